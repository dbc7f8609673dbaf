"""Bibliographies that BibTeX and biber make for LaTeX: .bbl files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.bibitems import read_bibitems
from nqp_biblio.readers.biblatex_bbl import is_biblatex_bbl, read_biblatex_bbl
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Record

__all__ = ["FORMAT"]

_LIST = "\\begin{thebibliography}"
_ITEM = "\\bibitem"
_PAPER = ("\\documentclass", "\\begin{document}", "\\section")


def _matches(source: Source) -> float:
    """Score a source: items or entries of a bibliography, and no paper around them."""
    head = source.head
    if any(command in head for command in _PAPER):
        return 0.0
    if (_LIST in head or source.suffix == ".bbl") and _ITEM in head:
        return 0.92
    if "\\" in head and is_biblatex_bbl(head) and "\\datalist" in head + "\\sortlist":
        return 0.92 if "\\entry{" in head or "biblatex auxiliary file" in head else 0.0
    return 0.6 if _LIST in head else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each item or entry, in the order of the file."""
    text = source.text.replace("\0", "")
    n_items = 0
    entries = (
        read_biblatex_bbl(text, source.name)
        if is_biblatex_bbl(text)
        else read_bibitems(text, source.name, "bbl")
    )
    for entry in entries:
        n_items += 1
        yield entry
    if not n_items:
        reason = "no \\bibitem and no \\entry in the file; nothing is read"
        yield Problem(source.name, 1, text[:200], reason)


FORMAT = Format(
    name="bbl",
    title="LaTeX bibliography of BibTeX or biber",
    suffixes=(".bbl",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
