"""The families of formats that are fuzzed, and the small samples they start from."""

from __future__ import annotations

from pathlib import Path

__all__ = ["DATA", "FAMILIES", "samples_of"]

DATA = Path(__file__).resolve().parents[1] / "data"

FAMILIES = {
    "bibtex": (("bibtex/quirks.bib", "bibtex"),),
    "ris": (("ris/dialects.ris", "ris"),),
    "tagged": (
        ("wos/quirks.txt", "wos"),
        ("pubmed/classics.nbib", "pubmed-nbib"),
        ("pubmed/eric.nbib", "pubmed-nbib"),
        ("endnote/dialects.enw", "endnote-enw"),
        ("refworks/dialects.txt", "refworks"),
        ("ovid/tagged.txt", "ovid"),
        ("cochrane/trials.txt", "cochrane"),
        ("copac/books.txt", "copac"),
        ("inspec/records.txt", "inspec"),
        ("ads/works.txt", "ads-tagged"),
        ("cssci/two.txt", "cssci"),
        ("cnki/cnki.noteexpress.net", "noteexpress"),
        ("repec-nep/mail.txt", "repec-nep"),
    ),
    "csv": (
        ("scopus/today.csv", "scopus-csv"),
        ("csv/bvs.csv", "csv"),
        ("csv/wos_excel.tsv", "csv"),
        ("wos/tab.txt", "wos-tab"),
        ("lens/works.csv", "lens-csv"),
        ("dimensions/export.csv", "dimensions"),
        ("embase/rows.csv", "embase-csv"),
        ("openalex/works.csv", "openalex-csv"),
        ("zotero-csv/library.csv", "zotero-csv"),
        ("opencitations/meta.csv", "opencitations-meta"),
    ),
    "json": (
        ("openalex/works.jsonl", "openalex"),
        ("crossref/work.json", "crossref-json"),
        ("lens/works.json", "lens"),
        ("s2/graph.json", "semantic-scholar"),
        ("s2/s2orc.json", "s2orc"),
        ("s2/unarxive.jsonl", "unarxive"),
        ("ads/works.json", "ads-json"),
        ("reflib-json/works.json", "reflib-json"),
        ("reference-json/references.json", "reference-json"),
        ("publish-or-perish/found.json", "publish-or-perish"),
        ("opencitations/index.json", "opencitations"),
        ("cff/CITATION.cff", "cff"),
        ("hayagriva/works.yml", "hayagriva"),
    ),
    "xml": (
        ("endnote/classics.xml", "endnote-xml"),
        ("ads/works.xml", "ads-xml"),
        ("scopus-xml/abstract.xml", "scopus-xml"),
        ("msbib/sources.xml", "msbib"),
        ("tei/paper.tei.xml", "tei"),
        ("jats/records.xml", "jats"),
        ("datacite/resources.xml", "datacite-xml"),
    ),
    "references": (
        ("outputs/paper.txt", "text"),
        ("papers/chinese.txt", "text"),
        ("doi-list/list.txt", "doi-list"),
    ),
    "papers": (
        ("papers/numbered.txt", "text"),
        ("papers/author_year.md", "markdown"),
        ("papers/chapters.txt", "text"),
    ),
    "latex": (
        ("latex/paper.tex", "latex"),
        ("latex/paper.bbl", "bbl"),
        ("latex/biblatex.bbl", "bbl"),
    ),
}
"""For each family its samples, under tests/data, and the format each is read as."""


def samples_of(family: str) -> list[tuple[bytes, str, str]]:
    """Return the content, the file name and the format of each sample of a family."""
    return [((DATA / path).read_bytes(), Path(path).name, form) for path, form in FAMILIES[family]]
