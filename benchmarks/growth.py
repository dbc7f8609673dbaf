"""Measure how the time of reading grows with hostile input, for every format and construct.

Each construct is repeated up to 16, 64 and 256 thousand times within a record of each format.
Printed are the constructs that take long, or whose time grows faster than the size to the power
of 1.25. Run ``python benchmarks/growth.py [FORMAT ...]``.
"""

from __future__ import annotations

import json
import math
import sys
import time
from html import escape
from typing import TYPE_CHECKING

from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import get_format, list_formats
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (16_000, 64_000, 256_000)
LONG = 10.0
MAX_EXPONENT = 1.25
NOTICED = 0.1
"""Seconds below which an exponent is noise."""

UNITS = (
    *(
        "{",
        "}",
        "{}",
        "(",
        ")",
        "[",
        "]",
        '"',
        "'",
        "\\",
        "\\\\",
        "$",
        "%",
        "&",
        "&amp;",
        "<",
        "<a>",
    ),
    *("a", "a ", "A. ", "A, ", "; ", ", ", " and ", "et al. ", "-", "--", "–", "1", "1 ", "1-2, "),
    *(
        "\n",
        "\n\n",
        "\n ",
        "\n@",
        "@a{",
        "=",
        "= ",
        "#",
        "|",
        "\t",
        "/",
        ".",
        ". ",
        ":",
        "*",
        "_",
        "`",
    ),
    *("[1] ", "(2001) ", "2001 ", "(Smith, 2001) ", "http://", "10.1000/", "doi:10.1/x ", "ISSN "),
    *("一", "一 ", "e\u0301", "\u200b", "ﬁ", "II ", "van ", "Vol. ", "pp. ", "In: ", "J. Ex. "),
)


def tagged(template: str) -> Callable[[str], str]:
    """Put a text into a template."""
    return lambda text: template.replace("%s", text)


def xml(template: str) -> Callable[[str], str]:
    """Put a text into a template of XML."""
    return lambda text: template.replace("%s", escape(text))


def as_json(template: str) -> Callable[[str], str]:
    """Put a text into a template of JSON."""
    return lambda text: template.replace("%s", json.dumps(text)[1:-1])


RECORDS: dict[str, Callable[[str], str]] = {
    "bibtex": tagged("@article{a, title = {T}, author = {%s}, journal = {J}, year = 2001}\n"),
    "ris": tagged("TY  - JOUR\nAU  - %s\nTI  - %s\nPY  - 2001\nER  - \n"),
    "wos": tagged("PT J\nAU %s\nTI %s\nCR %s\nC1 %s\nPY 2001\nER\n"),
    "pubmed-nbib": tagged("PMID- 1\nTI  - %s\nAU  - %s\nAD  - %s\nDP  - 2001\n"),
    "endnote-enw": tagged("%0 Journal Article\n%A %s\n%T %s\n%D 2001\n"),
    "refworks": tagged("RT Journal Article\nA1 %s\nT1 %s\nYR 2001\n"),
    "noteexpress": tagged("{Reference Type}: Journal Article\n{Title}: %s\n{Author}: %s\n"),
    "ovid": tagged("<1>\nUI\n  1\nTI\n  %s\nAU\n  %s\nSO\n  %s\n"),
    "cochrane": tagged("Record #1 of 1\nID: CN-1\nAU: %s\nTI: %s\nSO: %s\nYR: 2001\n"),
    "scopus-csv": tagged("Authors,Title,Year,References,EID\n%s,T,2001,%s,2-s2.0-1\n"),
    "csv": tagged("authors;title;year;journal;doi\n%s;%s;2001;%s;x\n"),
    "text": tagged("A paper\n\nText %s.\n\nReferences\n\n[1] Smith A. %s. J Ex. 2001;1:1-2.\n"),
    "reference-lines": lambda text: text.replace("\n", " ") + "\n",
    "doi-list": tagged("10.1000/a\n10.1000/b\n%s\n"),
    "csl-json": as_json(
        '[{"id": "a", "type": "book", "title": "%s", "author": [{"literal": "%s"}]}]'
    ),
    "openalex": as_json('{"id": "https://openalex.org/W1", "title": "%s", "authorships": []}'),
    "crossref-json": as_json('{"message": {"DOI": "10.1/x", "title": ["%s"], "type": "book"}}'),
    "pubmed-xml": xml(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>%s"
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ),
    "endnote-xml": xml(
        "<xml><records><record><titles><title>%s</title></titles><contributors><authors><author>%s"
        "</author></authors></contributors></record></records></xml>"
    ),
    "jats": xml(
        "<article><front><article-meta><title-group><article-title>%s</article-title></title-group>"
        "</article-meta></front><body><p>%s</p></body><back><ref-list><ref><mixed-citation>%s"
        "</mixed-citation></ref></ref-list></back></article>"
    ),
    "tei": xml(
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/><text><body><p>%s</p></body></text></TEI>"
    ),
    "mods": xml(
        "<mods xmlns='http://www.loc.gov/mods/v3'><titleInfo><title>%s</title></titleInfo></mods>"
    ),
    "bbl": tagged("\\begin{thebibliography}{9}\n\\bibitem{a} %s\n\\end{thebibliography}\n"),
    "latex": tagged("\\documentclass{article}\n\\begin{document}\n%s \\cite{a}\n\\end{document}\n"),
    "cff": tagged("cff-version: 1.2.0\ntitle: T\nabstract: '%s'\nauthors:\n  - family-names: A\n"),
}


def seconds(name: str, text: str) -> float:
    """Read a text and return the processor time."""
    start = time.process_time()
    try:
        for _ in get_format(name).records(Source("probe", data=text.encode("utf-8", "replace"))):
            pass
    except InputError:
        pass
    return time.process_time() - start


def probe(name: str, unit: str) -> tuple[list[float], float]:
    """Return the times of a construct, and the exponent with which they grow."""
    record = RECORDS[name]
    times = []
    for size in SIZES:
        times.append(seconds(name, record(unit * size)))
        if times[-1] > LONG:
            break
    if len(times) < len(SIZES):
        return times, math.inf
    return times, math.log(max(times[-1], 1e-9) / max(times[-2], 1e-9)) / math.log(4)


def main(names: list[str]) -> None:
    """Probe formats and print what grows too fast or takes too long."""
    known = {form.name for form in list_formats()}
    n_probes = n_bad = 0
    slowest = (0.0, "", "")
    for name in names or [name for name in RECORDS if name in known]:
        for unit in UNITS:
            times, exponent = probe(name, unit)
            n_probes += 1
            slowest = max(slowest, (times[-1], name, unit))
            if times[-1] > LONG or (times[-1] > NOTICED and exponent > MAX_EXPONENT):
                n_bad += 1
                shown = " ".join(f"{took:.2f}" for took in times)
                print(f"{name:16}{unit!r:20}{shown:24} exponent {exponent:.2f}", flush=True)
    print(f"{n_bad} of {n_probes} beyond; the slowest: {slowest}")


if __name__ == "__main__":
    main(sys.argv[1:])
