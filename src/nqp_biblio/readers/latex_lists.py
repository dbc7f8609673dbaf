r"""The reference list of a LaTeX paper: in it, or in the .bbl or .bib beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import BiblioError
from nqp_biblio.readers.beside import file_beside
from nqp_biblio.readers.bibitems import read_bibitems
from nqp_biblio.readers.biblatex_bbl import is_biblatex_bbl, read_biblatex_bbl
from nqp_biblio.readers.registry import get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ReferenceList", "find_list"]

_LIST = "\\begin{thebibliography}"
_NAMED = re.compile(
    r"\\(?:bibliography|addbibresource|addglobalbib|bibdata|nobibliography)\*?"
    r"\s{0,5}(?:\[[^\[\]]{0,200}\])?\s{0,5}\{([^{}]{1,2000})\}"
)
_FILE_CONTENTS = re.compile(
    r"\\begin\s{0,5}\{filecontents\*?\}\s{0,5}(?:\[[^\[\]]{0,100}\])?\s{0,5}\{[^{}]{0,300}\.bib\}"
    r"(.*?)(?:\\end\s{0,5}\{filecontents\*?\}|\Z)",
    re.DOTALL,
)


@dataclass(slots=True)
class ReferenceList:
    """References found for a paper.

    Attributes
    ----------
    works : list of Record
        The references, each with its key.
    is_whole : bool
        Whether all of them stand in the paper's list; else only those it cites do.
    problems : list of Problem
        What is missing or cannot be read.
    """

    works: list[Record] = field(default_factory=list)
    is_whole: bool = True
    problems: list[Problem] = field(default_factory=list)


def find_list(source: Source, text: str) -> ReferenceList:
    r"""Find the reference list of a paper.

    Parameters
    ----------
    source : Source
        The paper.
    text : str
        Its source without comments.

    Returns
    -------
    ReferenceList
        From the first that is there: a thebibliography in the paper; a .bbl of its name beside
        it; .bib files inside the paper (``filecontents``) and those that it names. Files are
        looked for in its folder and the folders in it only.
    """
    found = ReferenceList()
    if _LIST in text:
        _add(found, read_bibitems(text, source.name, "latex"), source.name)
        return found
    beside = Path(source.name).with_suffix(".bbl")
    if beside.is_file() and source.suffix:
        printed = Source(beside).text
        entries = (
            read_biblatex_bbl(printed, str(beside))
            if is_biblatex_bbl(printed)
            else read_bibitems(printed, str(beside), "latex")
        )
        _add(found, entries, source.name)
        return found
    found.is_whole = False
    for inner in _FILE_CONTENTS.finditer(source.text):
        if inner[1].strip():
            entries = _bibtex(Source(source.name, data=inner[1].encode()))
            shift = source.text.count("\n", 0, inner.start(1))
            _add(found, entries, source.name, shift)
    for name in _names(text):
        _add_file(found, source, name, has_own=bool(found.works))
    return found


def _add(
    found: ReferenceList, entries: Iterable[Record | Problem], file: str, shift: int = 0
) -> None:
    """Add references and problems."""
    for entry in entries:
        if entry.line is not None:
            entry.line += shift
        if isinstance(entry, Problem):
            found.problems.append(entry)
            continue
        entry.role = "reference"
        entry.file = entry.file or file
        found.works.append(entry)


def _bibtex(source: Source) -> Iterator[Record | Problem]:
    """Read a .bib file with the reader for it."""
    return get_format("bibtex").records(source)


def _names(text: str) -> list[str]:
    """Return the names of the .bib files that a paper names, each once."""
    names = [name.strip() for found in _NAMED.finditer(text) for name in found[1].split(",")]
    return [name for name in dict.fromkeys(names) if name]


def _add_file(found: ReferenceList, source: Source, name: str, *, has_own: bool) -> None:
    """Add the entries of a .bib file, or say why they are not there."""
    named = name if name.lower().endswith(".bib") else f"{name}.bib"
    named = named.replace("\\jobname", Path(source.name).stem)
    file = file_beside(source.name, named)
    if file is None and has_own and ".." not in named:
        return  # filecontents writes it where TeX runs
    if file is None:
        reason = (
            f"the bibliography {named!r} is not in the folder of the paper; its references are"
            " known by their keys only"
        )
        found.problems.append(Problem(source.name, None, name, reason))
        return
    try:
        _add(found, _bibtex(Source(file)), str(file))
    except BiblioError as error:
        found.problems.append(Problem(source.name, None, name, str(error)))
