"""A text read whole: a paper with its references and citations, or a bare reference list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.errors import NoReferencesError
from nqp_biblio.readers.citations import find_citations
from nqp_biblio.readers.cited_lists import (
    groups_of,
    joined,
    problem_of,
    read_lists,
    read_note_list,
    read_printed,
)
from nqp_biblio.readers.footnotes import find_footnotes, find_marked_notes
from nqp_biblio.readers.front_matter import read_front_matter, text_offset
from nqp_biblio.readers.lines import find_compounds, find_furniture, lines_of, without_furniture
from nqp_biblio.readers.note_pieces import pieces_of_note
from nqp_biblio.readers.reference_list import find_bare_lists, find_headed_lists
from nqp_biblio.readers.sections import read_paragraphs
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.readers.citations import Citation
    from nqp_biblio.readers.cited_lists import ReadList
    from nqp_biblio.readers.lines import Line
    from nqp_biblio.readers.reference_list import PrintedReference, ReferenceList
    from nqp_biblio.readers.sections import Paragraph
    from nqp_biblio.record import Record

__all__ = ["read_text", "read_unlisted"]

_MIN_BODY = 200
_WIDE = 3
_HALF = 0.5
_CITATION = re.compile(r"[^\W_.,;]{2,40}[.,;]?\s?\^?[\[［]\d{1,3}[^\[\]\n]{0,20}[\]］]")
_SECTION = re.compile(
    r"^\W{0,6}(?:\d{1,2}\.?\s{1,3}\W{0,3})?(?:abstract|introduction|摘\s?要|引言|einleitung"
    r"|résumé|resumen|введение)\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A text in lines, with the lists in it, and its notes with the lines they take."""

    text: str
    lines: list[Line]
    compounds: frozenset[str]
    lists: list[ReferenceList]
    notes: list[PrintedReference]
    taken: set[int]
    file: str
    format_name: str
    sign: str = ""

    def body(self, *, with_notes: bool) -> list[Line]:
        """Return the lines outside of the lists, and perhaps of the notes."""
        bounds = [(found.offset, found.end) for found in self.lists]
        return [
            line
            for line in self.lines
            if not any(begin <= line.offset < end for begin, end in bounds)
            and (with_notes or line.offset not in self.taken)
        ]


def read_text(text: str, *, file: str, format_name: str = "text") -> Iterator[Record | Problem]:
    r"""Read a paper or a reference list.

    Parameters
    ----------
    text : str
        The text with ``\n`` at line ends.
    file : str
        Name of the file, for problems.
    format_name : str
        Name of the format, for the records.

    Yields
    ------
    Record or Problem
        For a paper one record of role paper, on which its references and in-text citations
        hang; for a bare list one record of role reference each. Passages of a list that are
        no references come as problems. References and problems together are the entries
        of the list.

    Raises
    ------
    NoReferencesError
        If there is no reference in it.
    """
    printed = _part(text, file, format_name)
    noted = _noted_paper(printed) if printed.notes else None
    lists = printed.lists
    if noted is None and not lists:
        lists = find_bare_lists(printed.lines, printed.compounds)
        printed = replace(printed, lists=lists)
    if noted is None and not lists:
        raise NoReferencesError(
            f"{file}: no reference found; looked for a heading such as 'References',"
            " '参考文献' or 'Literatur' with references below it, for footnotes with references,"
            " and for a text that is a list;"
            " format='reference-lines' takes every line for a reference"
        )
    if noted is not None:
        yield from noted
    elif _has_body(text, lists):
        yield from _listed_paper(printed)
    else:
        for found in lists:
            yield from read_printed(found.references, file=file, format_name=format_name)
    yield from (problem_of(stray, file) for found in lists for stray in found.strays)


def read_unlisted(
    text: str, *, file: str, format_name: str = "text"
) -> tuple[Record, list[Paragraph]]:
    r"""Read what a paper says of itself and its paragraphs, but no list and no citation.

    Parameters
    ----------
    text : str
        The text with ``\n`` at line ends.
    file : str
        Name of the file.
    format_name : str
        Name of the format.

    Returns
    -------
    tuple of Record and list of Paragraph
        The paragraphs are those outside of reference lists.
    """
    printed = _part(text, file, format_name)
    return _front_and_text(printed, printed.body(with_notes=True))


def _part(text: str, file: str, format_name: str) -> _Printed:
    """Part a text into its lines, the lists under headings, and the notes."""
    lines = lines_of(text)
    kept = without_furniture(lines, find_furniture(lines))
    compounds = find_compounds(text)
    lists = find_headed_lists(kept, compounds)
    printed = _Printed(text, kept, compounds, lists, [], set(), file, format_name)
    body = printed.body(with_notes=True)
    notes, taken = find_marked_notes(body, compounds)
    sign = "^" if notes else ""
    if not notes:
        notes, taken = find_footnotes(body, compounds)
    if all(pieces_of_note(note.raw)[0].kind == "text" for note in notes):
        return printed
    return replace(printed, notes=notes, taken=taken, sign=sign)


def _has_body(text: str, lists: list[ReferenceList]) -> bool:
    """Whether running text stands before a list: a section, a citation, or simply enough."""
    begins = [0, *(found.end for found in lists[:-1])]
    before = "\n".join(
        text[begin : found.offset] for begin, found in zip(begins, lists, strict=True)
    )
    if len(before) < _MIN_BODY and (_CITATION.search(before) or _SECTION.search(before)):
        return True
    wide = sum("\u3400" <= sign <= "\u9fff" for sign in before)
    return len("".join(before.split())) + _WIDE * wide >= _MIN_BODY


def _listed_paper(printed: _Printed) -> list[Record | Problem]:
    """Read a paper whose references stand in lists."""
    body = printed.body(with_notes=True)
    read = read_lists(printed.lists, file=printed.file, format_name=printed.format_name)
    record, paragraphs = _front_and_text(printed, body)
    citations = _cited_from_lists(paragraphs, printed, read)
    return _filled(record, read, citations)


def _noted_paper(printed: _Printed) -> list[Record | Problem] | None:
    """Read a paper whose notes have references; None where the marks of most are not found.

    Where the paper has a list too, the notes must tie more of it to the text than names and
    years in them do.
    """
    origin = (printed.file, printed.format_name)
    read = read_lists(printed.lists, file=printed.file, format_name=printed.format_name)
    known = [pair for one in read for pair in zip(one.cited.labels, one.cited.works, strict=True)]
    suffix = " (note)" if known else ""
    notes = read_note_list(printed.notes, known, origin, sign=printed.sign, suffix=suffix)
    record, paragraphs = _front_and_text(printed, printed.body(with_notes=False))
    by_notes = find_citations(paragraphs, notes.cited, printed.compounds)
    if sum(bool(one.mentions) for one in by_notes) < _HALF * _n_citing(notes):
        return None
    citations = by_notes
    if read:
        marks = {(one.line, one.marker) for one in by_notes}
        citations = by_notes + _cited_beside(marks, paragraphs, (printed, read))
        whole = _front_and_text(printed, printed.body(with_notes=True))[1]
        beside = _cited_beside(marks, whole, (printed, read))
        listed = {label for label, _ in known}
        if _n_cited(beside, listed) >= _n_cited(citations, listed):
            return None
    citations.sort(key=lambda one: one.mentions[0].offset if one.mentions else -1)
    return _filled(record, [*read, notes], citations)


def _cited_beside(
    marks: set[tuple[int, str]],
    paragraphs: list[Paragraph],
    context: tuple[_Printed, Sequence[ReadList]],
) -> list[Citation]:
    """Find the citations of lists that are no marks of notes."""
    citations = _cited_from_lists(paragraphs, *context)
    return [one for one in citations if (one.line, one.marker) not in marks]


def _n_citing(notes: ReadList) -> int:
    """Count the notes that cite."""
    return sum(bool(labels) for labels in notes.cited.stands_for.values())


def _n_cited(citations: list[Citation], listed: set[str]) -> int:
    """Count the references of lists that are cited."""
    return len({mention.label for one in citations for mention in one.mentions} & listed)


def _front_and_text(printed: _Printed, body: list[Line]) -> tuple[Record, list[Paragraph]]:
    """Read what a paper says of itself, and part its text into paragraphs."""
    limit = printed.lists[0].offset if printed.lists else len(printed.text)
    first = [line for line in body if line.offset < limit]
    record = read_front_matter(first)
    record.file, record.format = printed.file, printed.format_name
    record.line = next((line.number for line in first if not line.is_blank), 1)
    begin = text_offset(first)
    return record, read_paragraphs([line for line in body if line.offset >= begin])


def _cited_from_lists(
    paragraphs: list[Paragraph], printed: _Printed, read: Sequence[ReadList]
) -> list[Citation]:
    """Find the citations of each list in the text that it belongs to."""
    lists = printed.lists
    groups = groups_of(lists)
    citations: list[Citation] = []
    for number, group in enumerate(groups):
        begin = lists[groups[number - 1][-1]].offset if number else -1
        end = lists[group[-1]].offset if number + 1 < len(groups) else None
        own = _paragraphs_between(paragraphs, begin, end)
        cited = joined([read[place].cited for place in group])
        citations += find_citations(own, cited, printed.compounds)
    return citations


def _paragraphs_between(
    paragraphs: list[Paragraph], begin: int, end: int | None
) -> list[Paragraph]:
    """Take the paragraphs that cite a list: those since the list before, and after the last."""
    return [
        one
        for one in paragraphs
        if begin < one.offset_of(0) and (end is None or one.offset_of(0) < end)
    ]


def _filled(
    record: Record, read: Sequence[ReadList], citations: Sequence[Citation]
) -> list[Record | Problem]:
    """Put references and citations on a record; notes that cite what is unknown come after it."""
    record.cited_references = [one for found in read for one in found.references]
    for citation in citations:
        record.mentions += citation.mentions
        record.problems += [
            Problem(record.file or "", citation.line, citation.marker, reason)
            for reason in citation.unknown
        ]
    return [record, *(problem for found in read for problem in found.problems)]
