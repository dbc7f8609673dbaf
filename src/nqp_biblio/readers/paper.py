"""A text read whole: a paper with its references and citations, or a bare reference list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.errors import NoReferencesError
from nqp_biblio.readers.citations import CitedList, find_citations
from nqp_biblio.readers.front_matter import read_front_matter, text_offset
from nqp_biblio.readers.labels import label_number
from nqp_biblio.readers.lines import find_compounds, find_furniture, lines_of, without_furniture
from nqp_biblio.readers.reference_list import find_reference_lists
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.sections import read_paragraphs
from nqp_biblio.record import CitedReference, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.readers.lines import Line
    from nqp_biblio.readers.reference_list import PrintedReference, ReferenceList
    from nqp_biblio.readers.sections import Paragraph
    from nqp_biblio.record import Record

__all__ = ["read_printed", "read_text"]

_MIN_BODY = 200
_WIDE = 3
_MIN_CHAPTER = 1_000
_YEAR_FIRST = re.compile(r"([-–—_―.,\s]{0,12})[(\[](?:1[5-9]|20)\d\d[a-z]?[)\]]")
_AUTHORS = re.compile(r"([^\W\d_][^()\[\]]{2,300}?)\s[(\[](?:1[5-9]|20)\d\d[a-z]?[)\]]")
_CITATION = re.compile(r"[^\W_.,;]{2,40}[.,;]?\s?\^?[\[［]\d{1,3}[^\[\]\n]{0,20}[\]］]")
_SECTION = re.compile(
    r"^\W{0,6}(?:\d{1,2}\.?\s{1,3}\W{0,3})?(?:abstract|introduction|摘\s?要|引言|einleitung"
    r"|résumé|resumen|введение)\b",
    re.IGNORECASE | re.MULTILINE,
)


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
    lists = find_reference_lists(text)
    if not lists:
        raise NoReferencesError(
            f"{file}: no reference found; looked for a heading such as 'References',"
            " '参考文献' or 'Literatur' with references below it, and for a text that is a list;"
            " format='reference-lines' takes every line for a reference"
        )
    has_body = _has_body(text, lists)
    strays = [_problem(stray, file) for found in lists for stray in found.strays]
    if not has_body:
        for found in lists:
            yield from read_printed(found.references, file=file, format_name=format_name)
    else:
        yield _paper(text, lists, (file, format_name))
    yield from strays


def read_printed(
    printed: Sequence[PrintedReference], *, file: str, format_name: str = "text"
) -> list[Record]:
    """Read printed references to records.

    Parameters
    ----------
    printed : sequence of PrintedReference
        References as they stand in a list.
    file : str
        Name of the file.
    format_name : str
        Name of the format.

    Returns
    -------
    list of Record
        One a reference, of role reference; `key` is its label.
    """
    records = parse_references(_with_authors([one.raw for one in printed]))
    for one, record in zip(printed, records, strict=True):
        record.role, record.key, record.raw = "reference", one.label, one.raw
        record.file, record.line, record.format = file, one.line, format_name
        for problem in record.problems:
            problem.file, problem.line = file, one.line
        if one.remark:
            record.problems.append(_problem(one, file))
    return records


def _with_authors(raws: list[str]) -> list[str]:
    """Put the author of the reference before where only its year is printed: (1970): ..."""
    filled: list[str] = []
    authors = ""
    for raw in raws:
        begins_with_year = _YEAR_FIRST.match(raw)
        if begins_with_year and authors:
            filled.append(f"{authors} {raw[begins_with_year.end(1) :]}")
            continue
        before_year = _AUTHORS.match(raw)
        authors = before_year[1] if before_year else ""
        filled.append(raw)
    return filled


def _problem(one: PrintedReference, file: str) -> Problem:
    """Turn a remark into a problem."""
    return Problem(file, one.line, one.raw, one.remark or "cannot be read")


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


def _paper(text: str, lists: list[ReferenceList], origin: tuple[str, str]) -> Record:
    """Read a paper: what it says of itself, its references, its citations."""
    file, format_name = origin
    lines = lines_of(text)
    kept = without_furniture(lines, find_furniture(lines))
    body = [line for line in kept if not _in_lists(line, lists)]
    first = [line for line in body if line.offset < lists[0].offset]
    record = read_front_matter(first)
    record.file, record.format = file, format_name
    record.line = next((line.number for line in first if not line.is_blank), 1)
    begin = text_offset(first)
    paragraphs = read_paragraphs([line for line in body if line.offset >= begin])
    cited = _read_lists(record, lists)
    compounds = find_compounds(text)
    groups = _groups(lists)
    for number, group in enumerate(groups):
        begin = lists[groups[number - 1][-1]].offset if number else -1
        end = lists[group[-1]].offset if number + 1 < len(groups) else None
        own = _paragraphs_between(paragraphs, begin, end)
        _add_citations(record, own, (_joined([cited[place] for place in group]), compounds))
    return record


def _read_lists(record: Record, lists: list[ReferenceList]) -> list[CitedList]:
    """Read the references of all lists and hang them on the paper."""
    taken: set[str] = set()
    read: list[CitedList] = []
    for number, found in enumerate(lists, 1):
        works = read_printed(
            found.references, file=record.file or "", format_name=record.format or ""
        )
        labels = _labels(found, number, taken)
        taken.update(labels)
        record.cited_references += [
            CitedReference(raw=work.raw or "", label=label, work=work)
            for label, work in zip(labels, works, strict=True)
        ]
        read.append(CitedList(tuple(labels), tuple(works), found.labelled))
    return read


def _groups(lists: list[ReferenceList]) -> list[list[int]]:
    """Put lists together that one text cites: whose numbers go on, or with little between."""
    groups: list[list[int]] = []
    for place, found in enumerate(lists):
        before = lists[place - 1] if place else None
        if before is not None and _goes_with(before, found):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _goes_with(before: ReferenceList, found: ReferenceList) -> bool:
    """Whether a list goes on from the one before, as references of methods or of sources do."""
    if before.labelled != found.labelled:
        return False
    if not found.labelled:
        return found.offset - before.end < _MIN_CHAPTER
    last = label_number(before.references[-1].label)
    first = label_number(found.references[0].label)
    return last is not None and first is not None and 0 < first - last <= _WIDE


def _joined(lists: list[CitedList]) -> CitedList:
    """Make one list of several."""
    return CitedList(
        tuple(label for one in lists for label in one.labels),
        tuple(work for one in lists for work in one.works),
        lists[0].labelled,
    )


def _in_lists(line: Line, lists: list[ReferenceList]) -> bool:
    """Whether a line lies in one of the lists."""
    return any(found.offset <= line.offset < found.end for found in lists)


def _labels(found: ReferenceList, number: int, taken: set[str]) -> list[str]:
    """Labels of a list: as printed, its place where none is, the list named where two clash."""
    labels = [one.label or str(place) for place, one in enumerate(found.references, 1)]
    if found.labelled:
        own = {one.label for one in found.references}
        labels = [
            one.label or (f"{label}*" if label in own else label)
            for one, label in zip(found.references, labels, strict=True)
        ]
    if taken.isdisjoint(labels):
        return labels
    return [f"{label} (list {number})" for label in labels]


def _paragraphs_between(
    paragraphs: list[Paragraph], begin: int, end: int | None
) -> list[Paragraph]:
    """Take the paragraphs that cite a list: those since the list before, and after the last."""
    return [
        one
        for one in paragraphs
        if begin < one.offset_of(0) and (end is None or one.offset_of(0) < end)
    ]


def _add_citations(
    record: Record,
    paragraphs: list[Paragraph],
    context: tuple[CitedList, frozenset[str]],
) -> None:
    """Find the citations of a list and put them on the record."""
    cited, compounds = context
    for citation in find_citations(paragraphs, cited, compounds):
        record.mentions += citation.mentions
        record.problems += [
            Problem(record.file or "", citation.line, citation.marker, reason)
            for reason in citation.unknown
        ]
