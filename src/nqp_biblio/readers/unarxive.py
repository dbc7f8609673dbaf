"""unarXive: full texts of arXiv with their references and citations, one a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.json_papers import JsonPaper, dicts_of, read_papers, text_in
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_text import Cite, CitedIds, CitingParagraph, add_mentions
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi
from nqp_biblio.text.names import parse_people, parse_person
from nqp_biblio.text.numbers import parse_date, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ID = re.compile(r'"paper_id"\s{0,9}:')
_OWN = re.compile(r'"(?:bib_entry_raw|sec_number|contained_arXiv_ids|sem_open_alex_id)"\s{0,9}:')
_SPAN = re.compile(r"\{\{(cite|formula|figure|table|ref):([^{}]{1,120})\}\}")
_TAKEN = frozenset({"id", "authors", "authors_parsed", "title", "abstract", "doi", "versions"})
_IDS = {"open_alex_id": "OpenAlex", "pubmed_id": "PMID", "pmc_id": "PMCID"}
_TIME = re.compile(r"\s\d{1,2}:\d\d.*")
_MAX_PARTS = 3


def _matches(source: Source) -> float:
    """Score a source: JSON with unarXive's keys."""
    head = source.head
    if head.lstrip()[:1] not in {"{", "["} or not _ID.search(head):
        return 0.0
    return 0.93 if _OWN.search(head) or "{{cite:" in head or "{{formula:" in head else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a paper for each line, in the order of the file."""
    for item in read_papers(source):
        yield item if isinstance(item, Problem) else _record(source.name, item)


def _record(file: str, item: JsonPaper) -> Record:
    """Make the record of a paper."""
    value = item.value
    metadata = value.get("metadata")
    about: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    number = text_in(value, "paper_id") or text_in(about, "id")
    record = Record(role="paper", type="article", file=file, line=item.line, format="unarxive")
    record.key, record.arxiv_id = number or None, clean_arxiv_id(f"arXiv:{number}")
    record.title = clean_text(text_in(about, "title")) or None
    _take_people(record, about)
    record.doi_raw = text_in(about, "doi") or None
    record.doi = clean_doi(record.doi_raw or "")
    abstract = value.get("abstract")
    told = text_in(abstract, "text") if isinstance(abstract, dict) else ""
    record.abstract = clean_text(told or text_in(about, "abstract")) or None
    _take_date(record, about)
    for name, other in about.items():
        if name not in _TAKEN and (text := text_in(about, name)):
            record.fields.append((name, clean_text(text)))
        elif name == "versions":
            record.fields += [("version", text_in(one, "version")) for one in dicts_of(other)]
    if discipline := text_in(value, "discipline"):
        record.fields.append(("discipline", discipline))
    cited = _take_references(record, value)
    add_mentions(record, list(_paragraphs(value, item)), cited)
    return record


def _take_people(record: Record, about: dict[str, Any]) -> None:
    """Read the authors: as parsed by arXiv, else from the printed list."""
    parsed = about.get("authors_parsed")
    for parts in parsed if isinstance(parsed, list) else []:
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            continue
        family, given, suffix = (*parts, "", "", "")[:_MAX_PARTS]
        if family and given:
            person = parse_person(f"{family}, {given}")
            person.suffix = suffix or person.suffix
            record.people.append(person)
        elif family:
            record.people.append(Person(literal=family, raw=family))
        record.affiliations += [(text, len(record.people)) for text in parts[_MAX_PARTS:] if text]
    if not record.people:
        record.people, record.et_al = parse_people(clean_text(text_in(about, "authors")))


def _take_date(record: Record, about: dict[str, Any]) -> None:
    """Read the date of the first version, else that of the last change."""
    created = [text_in(one, "created") for one in dicts_of(about.get("versions"))]
    printed = next((text for text in created if text), "") or text_in(about, "update_date")
    record.publication_year, record.year_raw = parse_year(printed), printed or None
    iso = parse_date(_TIME.sub("", printed)) or ""
    record.publication_date = iso if len(iso) > len("2001") else None


def _take_references(record: Record, value: dict[str, Any]) -> CitedIds:
    """Read the references."""
    cited = CitedIds()
    entries = value.get("bib_entries")
    listed: list[tuple[str, dict[str, Any], str]] = []
    for label, entry in entries.items() if isinstance(entries, dict) else ():
        about = entry if isinstance(entry, dict) else {}
        if about:
            listed.append((label, about, clean_text(text_in(about, "bib_entry_raw"))))
        else:
            reason = f"reference {label!r} is no object"
            record.problems.append(Problem(record.file or "", record.line, str(entry), reason))
    parsed = iter(parse_references([raw for *_, raw in listed if raw]))
    for label, about, raw in listed:
        work = next(parsed) if raw else Record(role="reference")
        work.key, work.file, work.line, work.format = label, record.file, record.line, "unarxive"
        for problem in work.problems:
            problem.file, problem.line = record.file or "", record.line
        _take_ids(work, about)
        record.cited_references.append(CitedReference(raw or label, label, work=work))
        cited.add(label, [label])
    return cited


def _take_ids(work: Record, about: dict[str, Any]) -> None:
    """Read the numbers found for a reference."""
    found = about.get("ids")
    ids: dict[str, Any] = found if isinstance(found, dict) else {}
    if work.doi is None and (doi := clean_doi(text_in(ids, "doi"))):
        work.doi, work.doi_raw = doi, text_in(ids, "doi")
    number = text_in(ids, "arxiv_id")
    for one in dicts_of(about.get("contained_arXiv_ids")):
        number = number or text_in(one, "id")
    if number and work.arxiv_id is None:
        work.arxiv_id = clean_arxiv_id(f"arXiv:{number}")
    for name, shown in _IDS.items():
        if text := text_in(ids, name):
            work.fields.append((shown, text))
    for one in dicts_of(about.get("contained_links")):
        link = text_in(one, "url")
        if link and work.url is None:
            work.url = link
    if discipline := text_in(about, "discipline"):
        work.fields.append(("discipline", discipline))


def _paragraphs(value: dict[str, Any], item: JsonPaper) -> Iterator[CitingParagraph]:
    """Yield the text with its citations, formulas put in their places."""
    entries = value.get("ref_entries")
    objects: dict[str, Any] = entries if isinstance(entries, dict) else {}
    for part in dicts_of(value.get("body_text")):
        text = part.get("text")
        if not isinstance(text, str) or not text.strip():
            continue
        section = clean_text(f"{text_in(part, 'sec_number')} {text_in(part, 'section')}") or None
        yield _paragraph(text, (section, objects), item)


def _paragraph(
    text: str, context: tuple[str | None, dict[str, Any]], item: JsonPaper
) -> CitingParagraph:
    """Read one paragraph."""
    section, objects = context
    begin = item.shift + item.places.find(text)
    paragraph = CitingParagraph(section)
    pieces: list[str] = []
    length = at = counted = passed = 0
    for span in _SPAN.finditer(text):
        pieces.append(text[at : span.start()])
        length += len(pieces[-1])
        at = span.end()
        if span[1] == "cite":
            passed += item.places.shift(text[counted : span.start()])
            counted = span.start()
            shown = span[0]
            cite = Cite(length, length + len(shown), (span[2],), begin + passed)
            paragraph.cites.append(cite)
        else:
            shown = _shown(objects.get(span[2]), span[1])
        pieces.append(shown)
        length += len(shown)
    paragraph.text = "".join([*pieces, text[at:]])
    return paragraph


def _shown(entry: object, kind: str) -> str:
    """Return what a formula prints, and the kind of anything else."""
    latex = text_in(entry, "latex") if isinstance(entry, dict) else ""
    return f"${clean_text(latex)}$" if latex else f"[{kind}]"


FORMAT = Format(
    name="unarxive",
    title="unarXive full texts",
    suffixes=(".jsonl", ".json"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
