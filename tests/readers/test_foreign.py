"""Text that is no prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.errors import UnknownFormatError
from nqp_biblio.readers.foreign import foreign_kind
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Authors,Title,Year,Source title,DOI\nRoe A.,One,2001,J. X,\n", "a table"),
        ("About this export\nTitle\tAuthors\tJournal\tYear\nOne\tRoe A\tJ X\t2001\n", "a table"),
        ("作者,書名,年份,來源,施引文獻,連結,文獻類型,來源出版物\n", "a table"),
        ("PT\tAU\tBA\tTI\tSO\tLA\tDT\tC1\tPY\nJ\tRoe, A\t\tOne\n", "a table"),
        ("FN Some Database\nVR 1.0\nPT J\nAU Roe, A\n   Doe, B\nTI One\nER\n", "tagged records"),
        ("PMID- 1\nOWN - NLM\nTI  - One\nAU  - Roe A\n", "tagged records"),
        ("【来源篇名】一\n【英文篇名】One\n【来源作者】李\n【期刊】某\n", "tagged records"),
        ("\\begin{thebibliography}{9}\n\\bibitem{a} Roe A. One.\n", "LaTeX"),
        ("cff-version: 1.2.0\nmessage: Cite this.\ntitle: One\ntype: software\n", "YAML"),
        ("References\n[1] Roe A. One. J X 2001;3:4-5.\n", None),
        ("Roe, A., Doe, B., Poe, C., Zoe, D., 2001. One title. Journal of X 3, 4-5.\n", None),
        ("A title\n\nA. Roe\n\nAbstract: some words, some more, and more.\n", None),
    ],
)
def test_kinds(head: str, kind: str | None) -> None:
    """Tables, tagged records, LaTeX and YAML are told from prose and from references."""
    assert foreign_kind(head) == kind


def test_tagged_records_are_not_read_as_references(tmp_path: Path) -> None:
    """A file in a form that has no reader is refused, not taken for a reference list."""
    file = tmp_path / "export.txt"
    file.write_text("%0 Journal\nQQ One\nZZ Roe A\nQQ Two\nZZ Doe B\n", encoding="utf-8")
    with pytest.raises(UnknownFormatError, match="no format fits the content"):
        nb.read(file)


def test_real_tables_and_tagged_files(shared_data: Path) -> None:
    """Real exports without a reader are never taken for prose."""
    folders = ("scopus-csv", "wos-plain", "wos-tab", "pubmed-nbib", "dimensions", "cssci", "latex")
    taken = [
        str(file)
        for folder in folders
        for file in sorted((shared_data / "formats" / folder).iterdir())
        if file.suffix in {".csv", ".nbib", ".bbl", ".txt", ".ciw", ".isi", ".tsv"}
        and file.stat().st_size > 100
        and detect_format_name(file) == "text"
    ]
    assert taken == []


def detect_format_name(file: Path) -> str | None:
    """Name the format of a file; None where none fits."""
    try:
        return detect_format(Source(file)).name
    except nb.BiblioError:
        return None
