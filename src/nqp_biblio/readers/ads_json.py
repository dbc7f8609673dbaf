"""ADS JSON: answers of the API of the Astrophysics Data System."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.ads_types import genre_of, thesis_genre, type_of, type_of_bibcode
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import add_people, clean_abstract, take_numbers
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.identifiers import clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_BIBCODE = re.compile(r"\"bibcode\"\s*:\s*\"(?:1[4-9]|20)\d\d[^\"\s]{15}\"")
_LIST_START = re.compile(r"\"docs\"\s*:\s*\[")
_ANSWER = frozenset(("response", "responseHeader", "docs", "error"))
_PLAIN = {
    "bibcode": "key",
    "pub": "source_raw",
    "volume": "volume",
    "issue": "issue",
    "publisher": "publisher",
    "series": "series",
    "edition": "edition",
}
_COUNTS = ("citation_count", "num_citations")
_ORCIDS = ("orcid_pub", "orcid_user", "orcid_other")


def _matches(source: Source) -> float:
    """Score a source: JSON with bibcodes."""
    head = source.head.lstrip()
    return 0.96 if head.startswith(("{", "[")) and _BIBCODE.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each document, in the order of the file."""
    return read_works(source, _record, unwrap=_unwrap, list_start=_LIST_START)


def _unwrap(file: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the documents of an answer, or a document alone."""
    if not isinstance(value, dict) or not _ANSWER.intersection(value):
        yield line, value
        return
    response = value.get("response", value)
    docs = response.get("docs") if isinstance(response, dict) else None
    if not isinstance(docs, list):
        error = value.get("error")
        said = json.dumps(error or list(value)[:5], ensure_ascii=False)[:200]
        raw = json.dumps(value, ensure_ascii=False)[:500]
        yield line, Problem(file, line, raw, f"no list of documents but {said}")
        return
    yield from ((None, doc) for doc in docs)


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a document."""
    record = Record(file=file, line=line, format="ads-json")
    left = dict(item)
    for name, attribute in _PLAIN.items():
        setattr(record, attribute, without_tags(_first(left.pop(name, None))) or None)
    record.title = without_tags(" ".join(_texts(left.pop("title", None)))) or None
    kind = _first(left.get("doctype"))
    record.type = type_of(kind) or type_of_bibcode(record.key or "") or "document"
    record.genre = genre_of(kind) or thesis_genre(record.source_raw or "")
    if thesis_genre(record.source_raw or ""):
        record.source_raw = None
    if kind in ("article", "book", "dataset", "software"):
        left.pop("doctype")
    _take_people(record, left)
    _take_pages(record, left)
    _take_dates(record, left)
    _take_identifiers(record, left)
    _take_lists(record, left)
    _take_counts(record, left)
    record.fields += [(name, text) for name, value in left.items() if (text := _kept(value))]
    return record


def _kept(value: object) -> str:
    """Turn what no attribute takes into text."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "; ".join(value)
    return clean_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _texts(value: object) -> list[str]:
    """Return the texts of a list, or one text; numbers as they are."""
    values = value if isinstance(value, list) else [value]
    found = [str(one) for one in values if isinstance(one, (str, int)) and one is not True]
    return [text for one in found if (text := clean_text(one)) and one != "False"]


def _first(value: object) -> str:
    """Return the first text."""
    return next(iter(_texts(value)), "")


def _take_people(record: Record, left: dict[str, Any]) -> None:
    """Read authors with their addresses and ORCIDs, and editors."""
    names = _texts(left.pop("author", None))
    places: dict[int, int] = {}
    for at, name in enumerate(names):
        n_before = len(record.people)
        add_people(record, [name.replace(";", ",")], "author")
        if len(record.people) > n_before:
            places[at] = len(record.people)
    add_people(record, _texts(left.pop("editor", None)), "editor")
    printed = left.pop("aff", None)
    for at, text in enumerate(printed if isinstance(printed, list) else [printed]):
        pieces = text.split(";") if isinstance(text, str) else []
        addresses = [without_tags(piece) for piece in pieces if piece.strip(" -")]
        record.affiliations += [(address, places.get(at)) for address in addresses if address]
    for name in _ORCIDS:
        for at, number in enumerate(_texts(left.get(name))):
            orcid = clean_orcid(number)
            if orcid and at in places and record.people[places[at] - 1].orcid is None:
                record.people[places[at] - 1].orcid = orcid


def _take_pages(record: Record, left: dict[str, Any]) -> None:
    """Read pages; a work with an article number has none."""
    number = _first(left.pop("eid", None))
    spread, first = _first(left.pop("page_range", None)), _first(left.pop("page", None))
    record.article_number = number or None
    pages = spread or (first if first != number else "")
    start, _, end = pages.partition("-")
    record.pages_raw = (start if start == end else pages) or None
    record.pages = parse_pages(record.pages_raw or "")


def _take_dates(record: Record, left: dict[str, Any]) -> None:
    """Read year and date; say so where there is a year that is none."""
    year, date = _first(left.pop("year", None)), _first(left.pop("pubdate", None))
    record.year_raw = year or date or None
    record.publication_year = parse_year(year) or parse_year(date)
    iso = parse_date(date)
    if iso and len(iso) > len("2001") and iso.startswith(str(record.publication_year)):
        record.publication_date = iso
    if record.publication_year is None and (year or date):
        reason = f"no year in {(year or date)[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, year or date, reason))


def _take_identifiers(record: Record, left: dict[str, Any]) -> None:
    """Read DOI, number of arXiv, ISBN and ISSN."""
    others = _texts(left.pop("identifier", None))
    arxiv = [text for text in others if text.casefold().startswith("arxiv:")]
    left["doi"] = take_numbers(record, _texts(left.pop("doi", None)) + arxiv)
    known = {record.key, record.doi, record.doi_raw, *arxiv}
    left["identifier"] = [text for text in dict.fromkeys(others) if text not in known]
    for name in ("isbn", "issn"):
        first, *rest = _texts(left.pop(name, None)) or [""]
        setattr(record, name, first or None)
        left[name] = rest


def _take_lists(record: Record, left: dict[str, Any]) -> None:
    """Read keywords, abstract, language and references, which are bibcodes."""
    words = [without_tags(word) for word in _texts(left.pop("keyword", None))]
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words) if word]
    record.abstract = clean_abstract([without_tags(" ".join(_texts(left.pop("abstract", None))))])
    cited = _texts(left.pop("reference", None))
    record.cited_references = [CitedReference(raw=bibcode) for bibcode in cited]
    record.language = language_code(_first(left.get("lang")))
    if record.language is not None:
        left.pop("lang")


def _take_counts(record: Record, left: dict[str, Any]) -> None:
    """Read how often the work is cited."""
    for name in _COUNTS:
        count = left.get(name)
        if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
            record.cited_by_count = count
            left.pop(name)
            return


FORMAT = Format(
    name="ads-json",
    title="ADS JSON of the API",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
