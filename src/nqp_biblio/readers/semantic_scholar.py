"""Semantic Scholar: papers of its Graph API, with references and citations, and its data sets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_orcid
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT", "semantic_scholar_paper"]

_PAPER = re.compile(r'"paperId"\s{0,9}:')
_DATA_SET = re.compile(r'"corpusid"\s{0,9}:')
_OWN = re.compile(
    r'"(?:externalIds|externalids|corpusId|citationCount|citationcount|referenceCount'
    r"|influentialCitationCount|s2FieldsOfStudy|s2fieldsofstudy|citingPaper|citedPaper"
    r'|references|citations|publicationVenue|recommendedPapers)"\s{0,9}:'
)
_ADDRESS = "semanticscholar.org/"
_LISTS = ("data", "recommendedPapers", "papers")
_LIST_START = re.compile(r'"(?:data|recommendedPapers|papers)"\s{0,9}:\s{0,9}\[')
_SURE, _LIKELY = 0.91, 0.75
_TYPES = {
    "JournalArticle": "article-journal",
    "Conference": "paper-conference",
    "Book": "book",
    "BookSection": "chapter",
    "Dataset": "dataset",
    "Review": "article-journal",
    "CaseReport": "article-journal",
    "ClinicalTrial": "article-journal",
    "MetaAnalysis": "article-journal",
    "Study": "article-journal",
    "Editorial": "article-journal",
    "LettersAndComments": "article-journal",
    "News": "article-newspaper",
}
_SECOND = frozenset({"Review", "CaseReport", "ClinicalTrial", "MetaAnalysis", "Study"})
_NAMES = {
    "corpusid": "corpusId",
    "externalids": "externalIds",
    "citationcount": "citationCount",
    "referencecount": "referenceCount",
    "influentialcitationcount": "influentialCitationCount",
    "isopenaccess": "isOpenAccess",
    "publicationdate": "publicationDate",
    "publicationtypes": "publicationTypes",
    "publicationvenueid": "publicationVenueId",
    "s2fieldsofstudy": "s2FieldsOfStudy",
}
"""Names of the data sets and those of the API."""

_EXPECTED: dict[str, type] = {
    "authors": list,
    "citations": list,
    "externalIds": dict,
    "journal": dict,
    "publicationTypes": list,
    "references": list,
}
_UNPRINTED = frozenset({"embedding", "citationStyles"})


def _matches(source: Source) -> float:
    """Score a source: JSON with the ids and names of Semantic Scholar."""
    head = source.head
    if head.lstrip()[:1] not in {"{", "["}:
        return 0.0
    names = set(_OWN.findall(head))
    if _PAPER.search(head):
        return _SURE if names or _ADDRESS in head else _LIKELY
    return _SURE if _DATA_SET.search(head) and names else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each paper, in the order of the file."""
    return read_works(source, _record, unwrap=_works, list_start=_LIST_START)


def _works(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the papers of an answer, or the value itself; a batch has nulls for ids not found."""
    if isinstance(value, list):
        for item in value:
            yield from _works(name, line, item)
    elif isinstance(value, dict):
        found = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if found is not None and "paperId" not in value:
            yield from ((None, item) for item in found)
        elif "paperId" not in value and ("error" in value or "message" in value):
            said = _text(value.get("error")) or _text(value.get("message"))
            raise InputError(f"{name}:{line}: no paper, an error of the service: {said[:200]}")
        else:
            yield line, value
    else:
        yield line, value


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a paper, or of one that cites or is cited, with the words around that."""
    inner = next((key for key in ("citingPaper", "citedPaper") if key in item), None)
    paper = item.get(inner) if inner else item
    record = _work(paper if isinstance(paper, dict) else {})
    record.file, record.line, record.format = file, line, "semantic-scholar"
    if inner:
        record.fields.append(("relation", "cites" if inner == "citingPaper" else "is cited"))
        record.fields += [
            ("context", text) for one in _list(item.get("contexts")) if (text := _text(one))
        ]
        record.fields += [
            ("intent", text) for one in _list(item.get("intents")) if (text := _text(one))
        ]
        if item.get("isInfluential") is not None:
            record.fields.append(("isInfluential", str(item["isInfluential"])))
    for problem in record.problems:
        problem.file, problem.line = file, line
    for cited in record.cited_references:
        if cited.work is not None:
            cited.work.file, cited.work.line, cited.work.format = file, line, record.format
    return record


def _work(item: dict[str, Any]) -> Record:
    """Read one paper."""
    left = {_NAMES.get(name, name): value for name, value in item.items() if value is not None}
    record = Record()
    for name, kind in _EXPECTED.items():
        if name in left and not isinstance(left[name], kind):
            raw = json.dumps(left[name], ensure_ascii=False)[:500]
            shape = "list" if kind is list else "object"
            reason = f"the field {name} is no {shape}; it is kept as it is"
            record.problems.append(Problem("", None, raw, reason))
            record.fields.append((name, raw))
            del left[name]
    record.key = _text(left.pop("paperId", None)) or _text(left.get("corpusId")) or None
    record.title = _plain(left.pop("title", None)) or None
    record.abstract = _plain(left.pop("abstract", None)) or None
    record.url = _text(left.pop("url", None)) or None
    _take_date(record, left)
    _take_ids(record, left)
    _take_place(record, left)
    _take_people(record, left)
    count = left.pop("citationCount", None)
    record.cited_by_count = (
        count if isinstance(count, int) and not isinstance(count, bool) else None
    )
    _take_links(record, left)
    _take_terms(record, left)
    for name, value in left.items():
        if name not in _UNPRINTED and value not in ("", [], {}):
            shown = (
                value
                if isinstance(value, (str, int, float))
                else json.dumps(value, ensure_ascii=False)
            )
            record.fields.append((name, str(shown)))
    return record


def _text(value: object) -> str:
    """Return a text or number as text, anything else as nothing."""
    if isinstance(value, str):
        return clean_text(value)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _plain(value: object) -> str:
    """Return a text without entities."""
    text = _text(value)
    return clean_text(decode_entities(text)) if "&" in text else text


def _list(value: object) -> list[Any]:
    """Return a list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _take_date(record: Record, left: dict[str, Any]) -> None:
    """Read year and date."""
    year, date = left.pop("year", None), _text(left.pop("publicationDate", None))
    printed = _text(year) or date[:4]
    record.year_raw = printed or None
    record.publication_year = (
        int(printed) if printed.isdecimal() and len(printed) == len("2001") else None
    )
    iso = parse_date(date) if date else None
    if iso and len(iso) > len("2001") and iso[:4] == printed:
        record.publication_date = iso
    elif date and date != printed:
        record.fields.append(("publicationDate", date))
    if printed and record.publication_year is None:
        reason = f"{printed!r} is no year; it is kept in year_raw"
        record.problems.append(Problem("", None, printed, reason))


def _take_ids(record: Record, left: dict[str, Any]) -> None:
    """Read the numbers of other databases."""
    for name, value in _dict(left.pop("externalIds", None)).items():
        text = _text(value)
        kind = name.lower()
        if kind == "doi" and text:
            record.doi, record.doi_raw = clean_doi(text), text
        elif kind == "arxiv" and text:
            record.arxiv_id = clean_arxiv_id(f"arXiv:{text}")
        elif kind == "pubmed" and text:
            record.pmid = text
        elif text:
            record.fields.append((name, text))


def _take_place(record: Record, left: dict[str, Any]) -> None:
    """Read journal or book, volume, pages and type."""
    journal, venue = _dict(left.pop("journal", None)), _plain(left.pop("venue", None))
    about = _dict(left.pop("publicationVenue", None))
    name = _plain(journal.get("name"))
    record.source_raw = name or venue or _plain(about.get("name")) or None
    if venue and venue != record.source_raw:
        record.fields.append(("venue", venue))
    record.issn = _text(about.get("issn")) or None
    record.fields += [("venue-id", text) for text in [_text(about.get("id"))] if text]
    printed = _text(journal.get("volume"))
    volume, _, issue = printed.partition(" ")
    record.volume_raw = printed if issue else None
    record.volume, record.issue = volume or None, issue or None
    pages = _text(journal.get("pages"))
    record.pages_raw = pages or None
    record.pages = parse_pages(pages.replace(" ", ""))
    kinds = [_text(kind) for kind in _list(left.pop("publicationTypes", None))]
    first = sorted(kinds, key=lambda kind: kind in _SECOND)[:1]
    record.type = _TYPES.get(first[0], "document") if first else None
    record.fields += [("publicationType", kind) for kind in kinds if kind]
    if record.type is None:
        kind = _text(about.get("type"))
        record.type = {"journal": "article-journal", "conference": "paper-conference"}.get(kind)
    if record.type is None and record.arxiv_id:
        record.type = "article"


def _take_people(record: Record, left: dict[str, Any]) -> None:
    """Read the authors."""
    for author in _list(left.pop("authors", None)):
        name = _plain(_dict(author).get("name"))
        if not name:
            continue
        person = parse_person(name)
        ids = _dict(_dict(author).get("externalIds"))
        orcid = _text(ids.get("ORCID"))
        person.orcid = clean_orcid(orcid) if orcid else None
        record.people.append(person)
        number = _text(_dict(author).get("authorId"))
        at = len(record.people)
        record.fields += [("authorId", f"{at}: {number}")] if number else []
        places = _list(_dict(author).get("affiliations"))
        record.affiliations += [(text, at) for one in places if (text := _plain(one))]


def _take_links(record: Record, left: dict[str, Any]) -> None:
    """Read references, which become works, and citing papers, which stay fields."""
    for at, one in enumerate(_list(left.pop("references", None)), 1):
        if not isinstance(one, dict):
            continue
        work = _work(_dict(one.get("citedPaper")) or one)
        work.role, work.key = "reference", work.key or None
        work.raw = _printed(work)
        if work.raw is None:
            reason = "a reference without title, authors and id"
            record.problems.append(Problem("", None, json.dumps(one)[:500], reason))
            continue
        work.problems = []
        record.cited_references.append(CitedReference(work.raw, str(at), work=work))
    for one in _list(left.pop("citations", None)):
        citing = _work(_dict(_dict(one).get("citingPaper")) or _dict(one))
        shown = " ".join(part for part in (citing.key, _printed(citing)) if part)
        if shown:
            record.fields.append(("citation", shown))


def _printed(work: Record) -> str | None:
    """Put a reference together of its parts; its id where there is nothing else."""
    names = ", ".join(person.raw or person.display for person in work.people)
    place = " ".join(part for part in (work.source_raw, work.volume_raw or work.volume) if part)
    parts = [names, work.year_raw, work.title, place, work.pages_raw, work.doi_raw]
    return ". ".join(part for part in parts if part) or work.key


def _take_terms(record: Record, left: dict[str, Any]) -> None:
    """Read fields of study, each once, and the address of the open text."""
    words = [_text(word) for word in _list(left.pop("fieldsOfStudy", None))]
    words += [_text(_dict(one).get("category")) for one in _list(left.pop("s2FieldsOfStudy", None))]
    record.keywords = [("index_keyword", word) for word in dict.fromkeys(words) if word]
    summary = _plain(_dict(left.pop("tldr", None)).get("text"))
    link = _text(_dict(left.pop("openAccessPdf", None)).get("url"))
    record.fields += [pair for pair in (("tldr", summary), ("openAccessPdf", link)) if pair[1]]
    if "isOpenAccess" in left:
        record.fields.append(("isOpenAccess", str(left.pop("isOpenAccess"))))


def semantic_scholar_paper(item: dict[str, Any], file: str) -> Record:
    """Make a record of one decoded work of Semantic Scholar; `file` names where it came from."""
    return _record(file, None, item)


FORMAT = Format(
    name="semantic-scholar",
    title="Semantic Scholar JSON",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
