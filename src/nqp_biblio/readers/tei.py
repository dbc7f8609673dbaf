"""TEI: papers as GROBID and Pub2TEI write them, records of archives, lists of references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_text import CitedIds, add_mentions, unique_labels
from nqp_biblio.readers.tagged_xml import drop_namespaces, tag_offsets
from nqp_biblio.readers.tei_bibl import read_bibl, take_keywords
from nqp_biblio.readers.tei_text import read_paragraphs
from nqp_biblio.readers.xml_door import elements, flat_text, looks_like_xml, text_at, text_of
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.languages import language_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?TEI(?:\.2|Corpus)?[\s>]")
_DOCUMENT = re.compile(r"<(?:[\w.-]{1,40}:)?TEI[\s>]")
_LOOSE = re.compile(r"<(?:[\w.-]{1,40}:)?biblStruct[\s>]")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _matches(source: Source) -> float:
    """Score a source: XML with TEI's names."""
    head = source.head
    if not looks_like_xml(head):
        return 0.0
    return 0.92 if _ROOT.search(head) or _LOOSE.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each document, or for each description of a list."""
    is_document = _DOCUMENT.search(source.head) is not None
    n_items, at, line_at = 0, 0, 1
    for item in elements(source, ("TEI",) if is_document else ("biblStruct",)):
        n_items += 1
        if isinstance(item, Problem):
            yield item
            continue
        line, element = item
        drop_namespaces(element)
        if not is_document:
            yield _placed(read_bibl(element, {}), (source.name, line), element, element)
            continue
        while line_at < line and (end := source.text.find("\n", at)) >= 0:
            at, line_at = end + 1, line_at + 1
        at_end = tag_offsets(element, "ref", source.text, at)
        yield from _document(source.name, line, element)
        line_at += source.text.count("\n", at, at_end)
        at = at_end
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no TEI document; nothing is read")


def _placed(record: Record, place: tuple[str, int], root: _Element, element: _Element) -> Record:
    """Say where a record stands."""
    file, line = place
    here, first = (cast("int | None", one.sourceline) or 1 for one in (element, root))
    record.file, record.line, record.format = file, line + max(here - first, 0), "tei"
    return record


def _document(file: str, line: int, root: _Element) -> Iterator[Record | Problem]:
    """Yield the records of one document: those it lists, its references, or the paper it is."""
    organisations = {
        one.get(_ID, ""): ", ".join(
            text for text in (text_at(one, "orgName"), _address(one)) if text
        )
        for one in root.iter("org")
    }
    listed = list(root.iter("biblFull"))
    for element in listed:
        record = _placed(read_bibl(element, organisations), (file, line), root, element)
        record.raw = None
        _take_profile(record, element)
        yield record
    if listed:
        return
    paper = _paper(root, organisations)
    _placed(paper, (file, line), root, root)
    cited = _take_references(paper, root, line)
    add_mentions(paper, read_paragraphs(root), cited)
    if paper.title or paper.doi or paper.mentions or root.find("text/body//p") is not None:
        yield paper
    elif paper.cited_references:
        yield from (one.work for one in paper.cited_references if one.work)
    else:
        yield Problem(file, line, flat_text(root)[:2_000], "a TEI document without title or text")


def _address(organisation: _Element) -> str:
    """Return the address of an organisation."""
    found = next(organisation.iter("address"), None)
    return flat_text(found) if found is not None else ""


def _paper(root: _Element, organisations: dict[str, str]) -> Record:
    """Read what the header says of the paper."""
    description = root.find("teiHeader/fileDesc/sourceDesc")
    record = Record() if description is None else read_bibl(description, organisations)
    record.role, record.raw, record.key = "paper", None, None
    if record.type == "document":
        record.type = None
    header = root.find("teiHeader/fileDesc/titleStmt")
    if header is not None:
        record.title = text_at(header, "title") or record.title
        for one in header.findall("funder"):
            if text := flat_text(one):
                record.fields.append(("funder", text))
    issued = root.find("teiHeader/fileDesc/publicationStmt")
    if issued is not None and record.publication_year is None:
        dated = read_bibl(issued, {})
        record.publication_year, record.year_raw = dated.publication_year, dated.year_raw
        record.publication_date = dated.publication_date
        record.publisher = record.publisher or dated.publisher
    _take_profile(record, root)
    return record


def _take_profile(record: Record, root: _Element) -> None:
    """Read keywords, abstract and language."""
    profile = next(root.iter("profileDesc"), None)
    if profile is not None:
        take_keywords(record, profile)
        languages = [one.get("ident", "") or text_of(one) for one in profile.iter("language")]
        record.language = next((code for one in languages if (code := language_code(one))), None)
    for path in ("text", "teiHeader"):
        found = root.find(path)
        if record.language is None and found is not None:
            record.language = language_code(found.get(_LANGUAGE, ""))


def _take_references(paper: Record, root: _Element, line: int) -> CitedIds:
    """Read the reference lists, and tell what each id stands for."""
    found = [one for holder in root.findall("text") for one in holder.iter("biblStruct")]
    printed = [one.get(_ID) or str(at) for at, one in enumerate(found, 1)]
    cited = CitedIds()
    for element, label in zip(found, unique_labels(printed), strict=True):
        work = _placed(read_bibl(element, {}), (paper.file or "", line), root, element)
        work.role, work.key = "reference", label
        paper.cited_references.append(CitedReference(work.raw or "", label, work=work))
        cited.add(element.get(_ID) or label, [label])
    return cited


FORMAT = Format(
    name="tei",
    title="TEI XML of GROBID, Pub2TEI and archives",
    suffixes=(".xml", ".tei"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
