"""A work in the words of DataCite's schema, whether it came as JSON or XML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.datacite_people import listed, plain, take_people
from nqp_biblio.readers.datacite_related import take_related
from nqp_biblio.readers.datacite_types import is_plain_kind, type_of_kind
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["record_of_attributes"]

_SKIPPED = frozenset(("xml", "agency", "provider", "state", "isActive"))
"""What is the same work once more, or says nothing of it."""

_PAGES = re.compile(
    r"(?:pp?\.|S\.|pages|Seiten)?\s?([A-Za-z]?\d{1,6}\s?[-–]\s?[A-Za-z]?\d{1,6})"
    r"(?:\s?(?:pp?\.?|S\.?|pages|Seiten))?",
    re.IGNORECASE,
)
"""A size that is a range of pages."""

_DATES = ("issued", "published", "available")
_OWN_DATES = (
    ("Published", "datePublished"),
    ("Created", "dateCreated"),
    ("Published", "published"),
)
_ID_KINDS = {"isbn": "isbn", "arxiv": "arxiv_id", "pmid": "pmid", "pubmed": "pmid"}
_KEBAB = re.compile(r"-([a-z])")


def record_of_attributes(attributes: dict[str, Any], place: tuple[str, int | None, str]) -> Record:
    """Make a record of a work.

    Parameters
    ----------
    attributes : dict
        Its properties, by the names that the JSON of the schema gives them.
    place : (str, int or None, str)
        File, line and name of the format.

    Returns
    -------
    Record
        What no attribute of a record holds is in its fields; what cannot be read is a problem.
    """
    file, line, form = place
    record = Record(file=file, line=line, format=form)
    left = {
        _KEBAB.sub(lambda found: found[1].upper(), name): value
        for name, value in attributes.items()
        if value is not None and name not in _SKIPPED
    }
    _take_type(record, left)
    _take_titles(record, left)
    people = [left.pop(name, None) for name in ("creators", "creator", "contributors")]
    reasons = take_people(record, people[0] or people[1], people[2])
    _take_identifiers(record, left)
    _take_publisher(record, left)
    _take_date(record, left, reasons)
    take_related(record, left)
    _take_sizes(record, left)
    _take_descriptions(record, left)
    _take_subjects(record, left)
    _take_rest(record, left)
    raw = json.dumps(attributes, ensure_ascii=False, default=str)[:2_000] if reasons else ""
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _take_type(record: Record, left: dict[str, Any]) -> None:
    """Read the kind of resource; what CSL has no word for is kept."""
    types = left.pop("types", None)
    types = types if isinstance(types, dict) else {}
    said = {_KEBAB.sub(lambda found: found[1].upper(), str(key)): types[key] for key in types}
    said |= {key: left.pop(key) for key in ("resourceTypeGeneral", "resourceType") if key in left}
    general, free = plain(said.get("resourceTypeGeneral")), plain(said.get("resourceType"))
    mapped = plain(said.get("citeproc")), plain(said.get("ris"))
    record.type = type_of_kind(general, free, mapped)
    if not is_plain_kind(general, free):
        shown = {"resourceTypeGeneral": general, "resourceType": free}
        record.fields += [(name, kind) for name, kind in shown.items() if kind]
    if record.type in ("thesis", "report") and free:
        record.genre = free


def _take_titles(record: Record, left: dict[str, Any]) -> None:
    """Read the main title with its subtitle; others are kept with their kind."""
    titles = listed(left.pop("titles", None)) or listed(left.pop("title", None))
    found: list[tuple[str, str, str]] = []
    for item in titles:
        item = item if isinstance(item, dict) else {"title": item}  # noqa: PLW2901
        text = plain(item.get("title"))
        if text:
            found.append((plain(item.get("titleType")), plain(item.get("lang")), text))
    main = next((title for title in found if not title[0]), found[0] if found else None)
    if main is None:
        return
    record.title = main[2]
    for title in found:
        kind, language, text = title
        is_of_main = not {main[1], language} - {""} or main[1] == language or not language
        if title is main:
            continue
        if kind == "Subtitle" and is_of_main and record.title == main[2]:
            if text.casefold() not in main[2].casefold():
                record.title = f"{main[2].rstrip(' :')}: {text}"
        elif text != main[2]:
            record.fields.append((f"title.{kind}" if kind else "title", text))


def _take_identifiers(record: Record, left: dict[str, Any]) -> None:
    """Read DOI, address and the numbers of other schemes."""
    own = listed(left.pop("identifiers", None)) + listed(left.pop("alternateIdentifiers", None))
    own += listed(left.pop("identifier", None))
    found: list[tuple[str, str]] = []
    for item in own:
        if isinstance(item, dict):
            number = plain(item.get("identifier") or item.get("alternateIdentifier"))
            kind = item.get("identifierType") or item.get("alternateIdentifierType")
            found.append((plain(kind), number))
        else:
            found.append(("DOI" if clean_doi(plain(item)) else "", plain(item)))
    candidates = [plain(left.pop(name, None)) for name in ("doi", "id")]
    candidates += [number for kind, number in found if kind.casefold() == "doi"]
    dois = [text for text in candidates if clean_doi(text)]
    record.doi_raw = dois[0] if dois else next(filter(None, candidates), None)
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    record.url = plain(left.pop("url", None)) or None
    for kind, number in found:
        attribute = _ID_KINDS.get(re.sub(r"[^a-z]", "", kind.casefold()))
        if not number or (kind.casefold() == "doi" and clean_doi(number) == record.doi):
            continue
        if attribute is not None and getattr(record, attribute) is None:
            setattr(record, attribute, _number(attribute, number))
        elif number != record.url:
            record.fields.append((f"identifier.{kind}" if kind else "identifier", number))


def _number(attribute: str, printed: str) -> str:
    """Bring a number into its bare form, or leave one that is no such number as printed."""
    if attribute == "isbn":
        return clean_isbn(printed) or printed
    return (clean_arxiv_id(printed) or printed) if attribute == "arxiv_id" else printed


def _take_publisher(record: Record, left: dict[str, Any]) -> None:
    """Read the publisher, which is a text or an object with a name."""
    publisher = left.pop("publisher", None)
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    record.publisher = plain(name) or None
    if isinstance(publisher, dict) and plain(publisher.get("publisherIdentifier")):
        record.fields.append(("publisherIdentifier", plain(publisher["publisherIdentifier"])))
    record.language = language_code(plain(left.get("language")))
    if record.language is not None:
        left.pop("language")


def _take_date(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read the year of publication and the date of issue that goes with it."""
    dates = [
        (plain(item.get("dateType")), plain(item.get("date")))
        for item in listed(left.pop("dates", None))
        if isinstance(item, dict)
    ]
    dates += [(name, plain(left.pop(key, None))) for name, key in _OWN_DATES]
    printed = plain(left.pop("publicationYear", None))
    by_kind = {kind.casefold(): text for kind, text in reversed(dates) if text}
    issued = [by_kind[kind] for kind in _DATES if kind in by_kind]
    record.year_raw = printed or next(iter(issued), None)
    record.publication_year = parse_year(record.year_raw or "")
    if record.year_raw and record.publication_year is None:
        reasons.append(f"no year in {record.year_raw[:80]!r}; the year is left empty")
    for text in issued:
        date = parse_date(text)
        if date and len(date) > len("2001") and parse_year(date) == record.publication_year:
            record.publication_date = date
            break
    shown = {record.publication_date, str(record.publication_year)}
    record.fields += [(f"date.{kind}", text) for kind, text in dates if text and text not in shown]


def _take_sizes(record: Record, left: dict[str, Any]) -> None:
    """Read pages that stand among the sizes; other sizes are kept."""
    for size in map(plain, listed(left.pop("sizes", None))):
        if record.pages_raw is None and (found := _PAGES.fullmatch(size)):
            record.pages_raw, record.pages = size, parse_pages(found[1])
        elif size:
            record.fields.append(("size", size))


def _take_descriptions(record: Record, left: dict[str, Any]) -> None:
    """Read the first abstract; other descriptions are kept with their kind."""
    for item in listed(left.pop("descriptions", None)) + listed(left.pop("description", None)):
        item = item if isinstance(item, dict) else {"description": item}  # noqa: PLW2901
        kind, text = plain(item.get("descriptionType")), plain(item.get("description"))
        references = _references_in(item.get("description")) if kind == "Other" else []
        if references:
            record.cited_references += [CitedReference(raw=text) for text in references]
        elif text and record.abstract is None and kind in ("Abstract", ""):
            record.abstract = text
        elif text:
            record.fields.append((f"description.{kind}" if kind else "description", text))


def _references_in(text: object) -> list[str]:
    """Return the references that repositories put into a description as JSON."""
    if not isinstance(text, str) or not text.lstrip().startswith('{"references"'):
        return []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [line for line in map(plain, listed(found.get("references"))) if line]


def _take_subjects(record: Record, left: dict[str, Any]) -> None:
    """Read subjects: free words are the author's, those of a scheme belong to an index."""
    words: dict[tuple[str, str], None] = {}
    for item in listed(left.pop("subjects", None)):
        item = item if isinstance(item, dict) else {"subject": item}  # noqa: PLW2901
        kind = "index_keyword" if plain(item.get("subjectScheme")) else "author_keyword"
        if text := plain(item.get("subject")):
            words[kind, text] = None
    record.keywords = sorted(words, key=lambda word: word[0])


def _take_rest(record: Record, left: dict[str, Any]) -> None:
    """Read the count of citations, and keep what no attribute takes."""
    count = left.get("citationCount")
    if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
        record.cited_by_count = left.pop("citationCount")
    for item in listed(left.pop("rightsList", None)):
        item = item if isinstance(item, dict) else {"rights": item}  # noqa: PLW2901
        said = plain(item.get("rights")), plain(item.get("rightsUri") or item.get("rightsURI"))
        if any(said):
            record.fields.append(("rights", " ".join(filter(None, said))))
    record.fields += _kept(left.items())


def _kept(items: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Turn what is left into texts."""
    found: list[tuple[str, str]] = []
    for name, value in items:
        if value in ("", 0, [], {}):
            continue
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            found += [(name, part) for part in value if part.strip()]
        else:
            is_text = isinstance(value, str)
            found.append((name, value if is_text else _as_json(value)))
    return found


def _as_json(value: object) -> str:
    """Write a value that is no text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
