"""S2ORC: metadata, and full texts with their references and citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.json_papers import (
    JsonPaper,
    dicts_of,
    name_of,
    read_papers,
    text_in,
)
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_text import Cite, CitedIds, CitingParagraph, add_mentions
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ID = re.compile(r'"paper_id"\s{0,9}:')
_METADATA = re.compile(
    r'"(?:outbound_citations|has_pdf_parse|mag_field_of_study|s2_pdf_hash)"\s{0,9}:'
)
_FULL_TEXT = re.compile(r'"(?:_pdf_hash|pdf_parse|cite_spans|eq_spans)"\s{0,9}:|"BIBREF\d{1,4}"')
_UNARXIVE = re.compile(r'"(?:bib_entry_raw|sec_number|content_type)"\s{0,9}:')
_PARSES = ("pdf_parse", "latex_parse", "grobid_parse")
_TAKEN_TEXT = """
    paper_id title authors abstract year arxiv_id doi pubmed_id venue journal body_text
    bib_entries ref_entries back_matter pdf_parse latex_parse grobid_parse metadata
    outbound_citations inbound_citations s2_url volume issue pages raw_text ref_id other_ids urls
    """
_TAKEN = frozenset(_TAKEN_TEXT.split())


def _matches(source: Source) -> float:
    """Score a source: JSON with S2ORC's keys."""
    head = source.head
    if head.lstrip()[:1] not in {"{", "["} or not _ID.search(head) or _UNARXIVE.search(head):
        return 0.0
    return 0.93 if _METADATA.search(head) or _FULL_TEXT.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each paper, in the order of the file."""
    for item in read_papers(source):
        yield item if isinstance(item, Problem) else _record(source.name, item)


def _record(file: str, item: JsonPaper) -> Record:
    """Make the record of a paper."""
    value = item.value
    metadata = value.get("metadata")
    own = {**value, **metadata} if isinstance(metadata, dict) else value
    record = Record(
        file=file, line=item.line, format="s2orc", key=text_in(value, "paper_id") or None
    )
    _take_work(record, own)
    record.url = text_in(own, "s2_url") or None
    parse = next((value[name] for name in _PARSES if isinstance(value.get(name), dict)), value)
    abstract = " ".join(text_in(one, "text") for one in dicts_of(parse.get("abstract")))
    record.abstract = clean_text(abstract or text_in(value, "abstract")) or None
    outbound = value.get("outbound_citations")
    for number in outbound if isinstance(outbound, list) else []:
        record.cited_references.append(CitedReference(str(number), str(number)))
    cites_it = value.get("inbound_citations")
    if isinstance(cites_it, list) and value.get("has_inbound_citations") is not False:
        record.fields += [("inbound_citation", str(number)) for number in cites_it]
    if isinstance(parse.get("body_text"), list):
        record.role = "paper"
        cited = _take_references(record, parse)
        add_mentions(record, list(_paragraphs(parse, item)), cited)
    return record


def _take_work(record: Record, value: dict[str, Any]) -> None:
    """Read what is said of a paper or of a reference."""
    record.title = clean_text(text_in(value, "title")) or None
    for one in dicts_of(value.get("authors")):
        person = name_of(one)
        if person is None:
            continue
        record.people.append(person)
        if address := _address(one.get("affiliation")):
            record.affiliations.append((address, len(record.people)))
    printed = text_in(value, "year")
    record.publication_year, record.year_raw = parse_year(printed), printed or None
    journal, venue = text_in(value, "journal"), text_in(value, "venue")
    record.source_raw = clean_text(journal or venue) or None
    if journal and venue and journal != venue:
        record.fields.append(("venue", venue))
    record.type = "article-journal" if journal or text_in(value, "volume") else None
    record.volume = text_in(value, "volume") or None
    record.issue = text_in(value, "issue") or None
    record.pages_raw = text_in(value, "pages") or None
    record.pages = parse_pages(record.pages_raw or "")
    ids = value.get("other_ids")
    ids = {name.lower(): number for name, number in ids.items()} if isinstance(ids, dict) else {}
    printed_doi = text_in(value, "doi") or text_in(ids, "doi")
    record.doi, record.doi_raw = clean_doi(printed_doi), printed_doi or None
    record.arxiv_id = clean_arxiv_id(text_in(value, "arxiv_id") or text_in(ids, "arxiv"))
    record.pmid = text_in(value, "pubmed_id") or text_in(ids, "pmid", "pubmed") or None
    urls = value.get("urls")
    record.url = text_in(value, "urls") if isinstance(urls, list) else None
    for name, other in value.items():
        if name not in _TAKEN and isinstance(other, (str, int, float, list)) and other != "":
            others = other if isinstance(other, list) else [other]
            record.fields += [
                (name, str(one)) for one in others if isinstance(one, (str, int, float))
            ]


def _address(value: object) -> str:
    """Put an affiliation on one line."""
    if not isinstance(value, dict):
        return ""
    location = value.get("location")
    parts = [text_in(value, "laboratory"), text_in(value, "institution")]
    if isinstance(location, dict):
        parts += [str(one) for one in location.values() if isinstance(one, str)]
    return clean_text(", ".join(part for part in parts if part))


def _take_references(record: Record, parse: dict[str, Any]) -> CitedIds:
    """Read the references of a full text."""
    cited = CitedIds()
    entries = parse.get("bib_entries")
    for label, entry in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(entry, dict):
            raw = str(entry)[:2_000]
            reason = f"reference {label!r} is no object"
            record.problems.append(Problem(record.file or "", record.line, raw, reason))
            continue
        work = Record(role="reference", key=label, file=record.file, line=record.line)
        work.format = "s2orc"
        _take_work(work, entry)
        work.type = work.type or "document"
        work.raw = clean_text(text_in(entry, "raw_text")) or _composed(work)
        record.cited_references.append(CitedReference(work.raw or label, label, work=work))
        cited.add(label, [label])
    return cited


def _composed(work: Record) -> str | None:
    """Put a reference together of its parts, where it is not given as printed."""
    names = ", ".join(person.display.replace(",", "") for person in work.people)
    parts = [names, work.year_raw, work.title, work.source_raw, work.volume, work.pages_raw]
    return ". ".join(part for part in parts if part) or None


def _paragraphs(parse: dict[str, Any], item: JsonPaper) -> Iterator[CitingParagraph]:
    """Yield abstract, text and back matter with their citations."""
    parts = [
        one
        for name in ("abstract", "body_text", "back_matter")
        for one in dicts_of(parse.get(name))
    ]
    for part in parts:
        text = part.get("text")
        if not isinstance(text, str) or not text.strip():
            continue
        number = text_in(part, "sec_num")
        section = clean_text(f"{number} {text_in(part, 'section')}") or None
        begin = item.shift + item.places.find(text)
        paragraph = CitingParagraph(section, text)
        at, passed = 0, 0
        for start, end, target in sorted(_spans(part, len(text))):
            passed += item.places.shift(text[at:start])
            at = start
            paragraph.cites.append(Cite(start, end, (target,) if target else (), begin + passed))
        yield paragraph


def _spans(part: dict[str, Any], length: int) -> Iterator[tuple[int, int, str]]:
    """Yield begin, end and target of each citation."""
    for span in dicts_of(part.get("cite_spans")):
        start, end = span.get("start"), span.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length:
            yield start, end, text_in(span, "ref_id")


FORMAT = Format(
    name="s2orc",
    title="S2ORC JSON: metadata and full texts",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
