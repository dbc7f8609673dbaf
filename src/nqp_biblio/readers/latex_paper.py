r"""LaTeX papers with their ``\cite`` commands, and the .aux files that list what they cite."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.readers.cited_lists import read_note_list
from nqp_biblio.readers.latex_front import take_front
from nqp_biblio.readers.latex_lists import find_list
from nqp_biblio.readers.latex_text import masked, read_macros, read_paragraphs
from nqp_biblio.readers.note_pieces import pieces_of_note
from nqp_biblio.readers.reference_split import PrintedReference
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_text import CitedIds, add_mentions, unique_labels
from nqp_biblio.readers.tex_groups import without_comments
from nqp_biblio.record import CitedReference, Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.readers.source import Source

__all__ = ["AUX", "LATEX"]

_PAPER = re.compile(r"\\documentclass|\\begin\s{0,5}\{document\}|\\documentstyle")
_PART = re.compile(r"\\(?:sub)?section\*?\s{0,5}\{|\\[a-z]{0,10}cite[a-z]{0,10}\*?\s{0,5}[\[{]")
_INCLUDED = re.compile(r"\\(input|include)\s{0,5}\{([^{}]{1,300})\}")
_AUX = re.compile(r"\\(?:citation\{|bibdata\{|bibcite\{|abx@aux@|bibstyle\{)")
_AUX_CITED = re.compile(
    r"\\citation\{([^{}]{0,5000})\}|\\abx@aux@cite\{[^{}]{0,20}\}\{([^{}]{0,5000})\}"
)
_EVERYTHING = "*"


def _matches(source: Source) -> float:
    """Score a source: a LaTeX document, or part of one by its ending."""
    head = source.head
    if "\\" not in head or head.lstrip()[:1] in {"<", "@"}:
        return 0.0
    if _PAPER.search(head):
        return 0.93
    return 0.7 if source.suffix in {".tex", ".ltx"} and _PART.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield the paper, on which its references and citations hang, then what is missing."""
    text = without_comments(source.text)
    shown = masked(source.text)
    macros = read_macros(text)
    paper = Record(role="paper", file=source.name, line=1, format="latex")
    take_front(paper, shown, macros)
    read = read_paragraphs(shown, macros)
    cited = [key for one in read.paragraphs for cite in one.cites for key in cite.targets]
    paper.fields += [(found[1], found[2].strip()) for found in _INCLUDED.finditer(shown)]
    problems, ids = _take_references(paper, source, text, [*cited, *read.uncited])
    if not paper.cited_references:
        marked = read_paragraphs(shown, macros, marks_notes=True)
        if by_notes := _take_notes(paper, source, marked.notes):
            read, ids = marked, by_notes
    add_mentions(paper, read.paragraphs, ids)
    yield paper
    yield from problems


def _take_references(
    paper: Record, source: Source, text: str, cited: Sequence[str]
) -> tuple[list[Problem], CitedIds]:
    """Put the references on a paper; those of no list stand there by their keys."""
    found = find_list(source, text)
    is_all = found.is_whole or _EVERYTHING in cited
    wanted = {key.casefold() for key in cited}
    works = [work for work in found.works if is_all or (work.key or "").casefold() in wanted]
    labels = unique_labels([work.key or str(at) for at, work in enumerate(works, 1)])
    ids = CitedIds()
    for label, work in zip(labels, works, strict=True):
        paper.cited_references.append(CitedReference(work.raw or label, label, work=work))
        ids.add(work.key or label, [label])
        for name, value in work.fields:
            if name == "ids":
                for alias in value.split(","):
                    ids.labels.setdefault(alias.strip(), (label,))
    if not found.works:
        for key in dict.fromkeys(cited):
            if key != _EVERYTHING:
                paper.cited_references.append(CitedReference(key, key))
                ids.add(key, [key])
    return found.problems, ids


def _take_notes(paper: Record, source: Source, shown: Sequence[tuple[str, int]]) -> CitedIds | None:
    """Put the references in footnotes on a paper without a list; None where there are none."""
    if all(pieces_of_note(text)[0].kind == "text" for text, _ in shown):
        return None
    notes: list[PrintedReference] = []
    line, counted = 1, 0
    for number, (text, offset) in enumerate(shown, 1):
        line, counted = line + source.text.count("\n", counted, offset), offset
        notes.append(PrintedReference(text, str(number), line, offset, offset))
    read = read_note_list(notes, [], (source.name, "latex"))
    paper.cited_references += read.references
    paper.problems += read.problems
    return CitedIds(dict(read.cited.stands_for))


def _aux_matches(source: Source) -> float:
    """Score a source: the commands that LaTeX writes for BibTeX and biblatex."""
    return 0.9 if _AUX.search(source.head) and not _PAPER.search(source.head) else 0.0


def _aux_records(source: Source) -> Iterator[Record | Problem]:
    """Yield one paper with what it cites, by key where the .bib is not beside it."""
    text = source.text
    cited = [
        key.strip()
        for found in _AUX_CITED.finditer(text)
        for key in (found[1] or found[2] or "").split(",")
        if key.strip()
    ]
    paper = Record(role="paper", file=source.name, line=1, format="latex-aux")
    paper.key = Path(source.name).stem
    included = re.findall(r"\\@input\{([^{}]{1,300})\}", text)
    paper.fields += [("input", name) for name in dict.fromkeys(included)]
    problems, ids = _take_references(paper, source, text, cited)
    missing = [key for key in dict.fromkeys(cited) if key not in ids.labels and key != _EVERYTHING]
    for key in missing:
        reason = f"the text cites {key!r}, which is not in the list of references"
        paper.problems.append(Problem(source.name, None, key, reason))
    yield paper
    yield from problems


LATEX = Format(
    name="latex",
    title="LaTeX papers",
    suffixes=(".tex", ".ltx"),
    matches=_matches,
    records=_records,
)
AUX = Format(
    name="latex-aux",
    title="LaTeX .aux: what a paper cites",
    suffixes=(".aux",),
    matches=_aux_matches,
    records=_aux_records,
)
register_format(LATEX)
register_format(AUX)
