"""The footnotes of a JATS article without a reference list: references, and what marks cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from nqp_biblio.readers.jats_references import label_of, read_citations
from nqp_biblio.readers.notes import read_notes
from nqp_biblio.readers.reference_split import PrintedReference
from nqp_biblio.readers.tagged_text import CitedIds, unique_labels
from nqp_biblio.readers.xml_door import local_name
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["take_notes"]

_OUTSIDE = frozenset({"front", "front-stub", "author-notes", "table-wrap-foot", "table-wrap"})
_UNREAD = frozenset({"label", "object-id"})
_MARK = "bibr"


def take_notes(record: Record, article: _Element) -> CitedIds:
    """Put the references in the footnotes of an article on its record.

    Parameters
    ----------
    record : Record
        The paper; it gets `cited_references`, and problems for notes that cite what cannot be
        told.
    article : Element
        The article, without namespaces. The marks of notes that cite become citations in it.

    Returns
    -------
    CitedIds
        What the ids of the notes stand for.
    """
    elements = [one for one in article.iter("fn") if _is_note(one)]
    shown = [label_of(one) or str(at) for at, one in enumerate(elements, 1)]
    first_line = cast("int | None", article.sourceline) or 1
    notes = [
        PrintedReference(
            clean_text("".join(_texts(one))), label, _line(record, one, first_line), 0, 0
        )
        for one, label in zip(elements, unique_labels(shown), strict=True)
    ]
    read = read_notes(notes)
    tagged = {
        note.label: [work for _, work in works]
        for note, one, works in zip(notes, elements, read_citations(elements), strict=True)
        if next(one.iter("mixed-citation", "element-citation"), None) is not None
    }
    for one, read_work in zip(read.references, read.works, strict=True):
        own = tagged.get((one.label or "").split(" (", 1)[0], [])
        work = own.pop(0) if own else read_work
        work.key, work.file, work.line, work.format = one.label, record.file, one.line, "jats"
        record.cited_references.append(CitedReference(one.raw, one.label, work=work))
    cited = CitedIds()
    for note, element in zip(notes, elements, strict=True):
        if (target := element.get("id")) and (labels := read.cited.get(note.label or "")):
            cited.add(target, labels)
    for one in read.remarks:
        record.problems.append(Problem(record.file or "", one.line, one.raw, one.remark or ""))
    for mark in article.iter("xref"):
        if mark.get("rid") in cited.labels:
            mark.set("ref-type", _MARK)
    return cited


def _is_note(element: _Element) -> bool:
    """Whether a note belongs to the text, not to a table or to the head of the article."""
    return not any(local_name(one) in _OUTSIDE for one in element.iterancestors())


def _line(record: Record, element: _Element, first_line: int) -> int:
    """Return the line of the file where an element begins."""
    line = cast("int | None", element.sourceline) or first_line
    return (record.line or 1) + line - first_line


def _texts(element: _Element) -> list[str]:
    """Return the printed pieces of a note, its label left out."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in _UNREAD:
            gap = " " if local_name(child) == "given-names" else ""
            pieces += [gap, *_texts(child)]
        pieces.append(child.tail or "")
    return pieces
