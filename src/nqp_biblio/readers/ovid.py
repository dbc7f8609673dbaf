"""Ovid's text exports of MEDLINE, Embase, PsycInfo, journals and books."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers.ovid_lines import entries
from nqp_biblio.readers.ovid_people import addresses_of, people_of
from nqp_biblio.readers.ovid_source import OvidSource, parse_source
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.identifiers import clean_doi, clean_isbn, find_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.ovid_lines import Entry
    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_NUMBER = re.compile(r"(?m)^\ufeff? ?<\d{1,7}\.? ?>\s*$")
_VENDOR = re.compile(r"(?m)^ ?VN {1,2}- ?Ovid")
_LABELS = re.compile(
    r"(?m)^(?:Accession Number|Author|Authors|Title|Source|Publication Type|Abstract|Institution"
    r"|Unique Identifier|Document Type|Chapter Title|DOI Number|NLM Journal Code)[ ]*\n {1,3}\S"
)
_MANY = 3
_NOTE = re.compile(r"(.{3,2000}?)\s?\[([A-Z][\w .,-]{2,40})\]\.?")
_TYPES = {
    "book": "book",
    "books": "book",
    "authored book": "book",
    "edited book": "book",
    "book chapter": "chapter",
    "chapter": "chapter",
    "conference abstract": "paper-conference",
    "conference paper": "paper-conference",
    "dissertation": "thesis",
    "dissertation abstract": "thesis",
    "drug reference": "book",
    "meeting paper": "paper-conference",
    "preprint": "article",
    "report": "report",
    "text/reference": "book",
    "thesis": "thesis",
}
_ORDER = ("chapter", "thesis", "article", "book", "report", "paper-conference")
_SURE_JOURNALS = frozenset({"journal article", "article", "review", "journal: article"})
_PLAIN = {"VO": "volume", "IP": "issue", "ET": "edition", "PM": "pmid"}
_MEDLINE = re.compile(r"medline", re.IGNORECASE)
_PMID = re.compile(r"\d{1,9}")
_SHORT = 60


def _matches(source: Source) -> float:
    """Score a source: Ovid's name, or numbers in angle brackets before names of fields."""
    head = source.head
    if _VENDOR.search(head):
        return 0.97
    n_labels = len(set(_LABELS.findall(head)))
    if _NUMBER.search(head) and n_labels:
        return 0.93
    return 0.9 if n_labels >= _MANY else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each entry, in the order of the file."""
    n_entries = 0
    for entry in entries(source.lines()):
        n_entries += 1
        yield _record(source.name, entry)
    if not n_entries:
        reason = "no record of Ovid, which begins with a number such as <1. >; nothing is read"
        yield Problem(source.name, 1, source.head[:200], reason)


def _record(file: str, entry: Entry) -> Record:
    """Make a record of its lines."""
    record = Record(file=file, line=entry.line, format="ovid")
    values: dict[str, list[str]] = defaultdict(list)
    raws: dict[str, str] = defaultdict(str)
    for tag, paragraphs, raw in entry.values():
        values[tag] += paragraphs if tag in {"IN", "RF"} else [" ".join(paragraphs)]
        raws[tag] += f"{raw}\n"
    record.problems = [Problem(file, line, raw, reason) for line, raw, reason in entry.strays]
    place = _take_source(record, values)
    _take_titles(record, values, place)
    _take_people(record, values, raws, place)
    reason = _take_date(record, values, place)
    if reason:
        record.problems.append(Problem(file, entry.line, record.year_raw or "", reason))
    _take_identifiers(record, values)
    _take_words(record, values)
    printed = values.pop("RF", [])
    found = parse_references(printed)
    record.cited_references = [_cited(*pair) for pair in zip(printed, found, strict=True)]
    record.fields += [(tag, text) for tag, texts in values.items() for text in texts]
    return record


def _take_source(record: Record, values: dict[str, list[str]]) -> OvidSource:
    """Read the source line, the type, and what the source line says of the place."""
    printed = _first(values, "BT") or _first(values, "SO") or ""
    place = parse_source(printed)
    record.type = _type_of(values, place)
    for tag, attribute in _PLAIN.items():
        setattr(record, attribute, _pop(values, tag))
    record.volume = record.volume or place.volume
    record.issue = record.issue or place.issue
    record.event = place.event
    record.pages_raw = _pop(values, "PG") or place.pages
    if record.pages_raw and not any(map(str.isdigit, record.pages_raw)):
        values["PG"].append(record.pages_raw)
        record.pages_raw = None
    record.pages = parse_pages(record.pages_raw or "")
    publisher = _pop(values, "PU") or _pop(values, "PB") or ""
    name, _, where = publisher.rpartition("; " if "; " in publisher else ", ")
    record.publisher = (name or where or place.publisher or "").strip(" .;") or None
    record.publisher_place = (where if name else place.place) or None
    if record.type == "book" and record.publisher_place is None:
        record.publisher_place = (_pop(values, "LC") or "").strip(" .") or None
    return place


def _type_of(values: dict[str, list[str]], place: OvidSource) -> str:
    """Tell the type by the types printed, then by the source line."""
    printed = [text.strip(" .:").casefold() for tag in ("DT", "PT") for text in values[tag]]
    if "CT" in values:
        return "chapter"
    if _SURE_JOURNALS & set(printed) and not place.is_book:
        return "article-journal"
    found = {_TYPES[name] for name in printed if name in _TYPES}
    is_part = place.pages is not None and "AU" in values and "TI" in values
    if place.is_book and is_part:
        found.add("chapter")
    if not found and (place.is_book or any(text.startswith("Books@") for text in values["DB"])):
        found.add("book")
    return next((kind for kind in _ORDER if kind in found), "article-journal")


def _take_titles(record: Record, values: dict[str, list[str]], place: OvidSource) -> None:
    """Read the title without its note, such as "[Article]", and the name of the source."""
    title = _pop(values, "TI")
    record.source_raw = _pop(values, "JN") or _pop(values, "JA") or place.name
    if record.type == "chapter" and "CT" in values:
        record.source_raw, title = title or place.name, _pop(values, "CT")
    elif record.type == "book":
        title, record.source_raw = title or place.name, None
    if title and (note := _NOTE.fullmatch(title)):
        record.fields.append(("TI", title))
        title = note[1]
    record.title = title
    record.abstract = _pop(values, "AB")


def _take_people(
    record: Record, values: dict[str, list[str]], raws: dict[str, str], place: OvidSource
) -> None:
    """Read authors with their addresses, then editors."""
    for tag in ("AU", "ED"):
        values.pop(tag, None)
    authors, marks, record.et_al = people_of(raws["AU"], "author")
    editors, _, _ = people_of(raws["ED"], "editor")
    is_editor = [" [Ed" in (person.raw or "") for person in authors]
    for person, so in zip(authors, is_editor, strict=True):
        person.role = "editor" if so else "author"
    record.people = [*authors, *(editors or place.editors)]
    record.affiliations = addresses_of(values.pop("IN", []), authors, marks)
    if record.type == "thesis" and record.affiliations:  # the distributor is no publisher
        values["PU"] += [record.publisher] if record.publisher else []
        record.publisher, record.publisher_place = record.affiliations[0][0], None


def _take_date(record: Record, values: dict[str, list[str]], place: OvidSource) -> str | None:
    """Read year and date; say so where a year is printed that is none."""
    printed = [text for tag in ("DP", "YR") for text in values.pop(tag, [])]
    printed += [place.date] if place.date else []
    dated = [(text, year) for text in printed if (year := parse_year(text))]
    if not dated:
        record.year_raw = printed[0] if printed else None
        return f"no year in {printed[0][:80]!r}; the year is left empty" if printed else None
    record.publication_year = dated[0][1]
    record.year_raw = str(record.publication_year)
    dates = [parse_date(text) or "" for text, year in dated if year == record.publication_year]
    longest = max(dates, key=len)
    record.publication_date = longest if len(longest) > len("2001") else None
    return None


def _take_identifiers(record: Record, values: dict[str, list[str]]) -> None:
    """Read key, DOI, PMID, ISSN, ISBN, language and address."""
    number = (_first(values, "AN") or _first(values, "UI") or "").rstrip(".")
    record.key = number.rpartition(": ")[2] or None
    for tag in ("DI", "DO"):
        for text in values.pop(tag, []):
            doi = clean_doi(text) or find_doi(text)
            if record.doi is None and doi:
                record.doi, record.doi_raw = doi, text
            elif doi != record.doi:
                values[tag].append(text)
    number = _first(values, "UI") or ""
    if record.pmid is None and _PMID.fullmatch(number):
        record.pmid = number if any(map(_MEDLINE.search, values.get("DB", []))) else None
    record.issn = _pop(values, "IS")
    numbers = _pop(values, "IB")
    record.isbn = clean_isbn(numbers.partition(",")[0]) or numbers if numbers else None
    if numbers and "," in numbers:
        values["IB"].insert(0, numbers)
    language = (_pop(values, "LG") or "").strip(" .")
    record.language = language_code(language) if language else None
    if language and record.language is None:
        values["LG"].insert(0, language)
    record.url = _pop(values, "XL")


def _take_words(record: Record, values: dict[str, list[str]]) -> None:
    """Read keywords of authors, and the headings of the database."""
    words = [
        ("author_keyword", word)
        for tag, cut in (("KW", r"[;.]\s|;$"), ("ID", r"[,;]\s"))
        for text in values.pop(tag, [])
        for word in re.split(cut, text)
    ]
    for heading in values.pop("MH", []):
        words.append(("index_keyword", heading.replace("*", "")))
        if "*" in heading:
            values["MH"].append(heading)
    for text in values.pop("DE", []):
        pieces = re.split(r"\s?[,;]\s", text)
        if max(map(len, pieces)) > _SHORT:
            values["DE"].append(text)
        else:
            words += [("index_keyword", piece) for piece in pieces]
    stripped = ((kind, word.strip(" .;*")) for kind, word in words)
    record.keywords = list(dict.fromkeys(pair for pair in stripped if pair[1]))


def _cited(raw: str, found: Record) -> CitedReference:
    """Keep a printed reference; it stays outside the works, as those of other databases."""
    authors = found.people_of("author")
    return CitedReference(
        raw=raw,
        first_author=authors[0].display if authors else None,
        publication_year=found.publication_year,
        title=found.title,
        source_raw=found.source_raw,
        volume=found.volume,
        first_page=found.pages[0][0] if found.pages else None,
        doi=found.doi,
    )


def _first(values: dict[str, list[str]], tag: str) -> str | None:
    """Return the first value of a tag, which stays."""
    return values[tag][0] if values.get(tag) else None


def _pop(values: dict[str, list[str]], tag: str) -> str | None:
    """Take the first value of a tag."""
    if not values.get(tag):
        return None
    text = values[tag].pop(0)
    if not values[tag]:
        del values[tag]
    return text


FORMAT = Format(
    name="ovid",
    title="Ovid tagged text and citations",
    suffixes=(".cgi", ".ovd"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
