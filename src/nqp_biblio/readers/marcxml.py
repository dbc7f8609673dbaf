"""MARCXML: MARC 21 records of library catalogues, alone, in a collection or in an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.marc_fields import MarcRecord, marc_record, unpunctuated
from nqp_biblio.readers.marc_host import take_host
from nqp_biblio.readers.marc_names import NAME_TAGS, take_names
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import elements, flat_text, local_name, looks_like_xml
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_doi, clean_isbn
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_FIELD = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:datafield|controlfield)\s[^<>]{0,200}?tag\s?=\s?[\"']\d{3}"
)
_SUBFIELD = re.compile(r"<(?:[\w.-]{1,40}:)?subfield\s")
_WRAPPED = re.compile(r"<(?:[\w.-]{1,40}:)?recordData[\s>]")
_HARVESTED = re.compile(r"<(?:[\w.-]{1,40}:)?OAI-PMH[\s>]")
_UNBOUND = re.compile(r"namespace prefix \S+ on \S+ is not defined")
"""What is said of answers whose envelope has lost its namespace; their records are whole."""

_BY_LEADER = {
    "c": "musical_score",
    "d": "musical_score",
    "e": "map",
    "f": "map",
    "g": "motion_picture",
    "i": "song",
    "j": "song",
    "k": "graphic",
}
"""Types by the sixth character of the leader; for text the seventh decides."""

_READ = frozenset(
    (
        *NAME_TAGS,
        *("020", "022", "024", "041", "245", "250", "260", "264", "440", "490", "502", "520"),
        *("600", "610", "611", "630", "648", "650", "651", "653", "655", "773", "830", "856"),
    )
)
"""Fields that are read; any other is kept under its tag."""

_SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653")


def _matches(source: Source) -> float:
    """Score a source: fields with tags of three digits, and subfields."""
    head = source.head
    if not looks_like_xml(head) or not _FIELD.search(head):
        return 0.0
    return 0.95 if _SUBFIELD.search(head) else 0.6


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each one of the catalogue, in the order of the file."""
    head, n_entries = source.head, 0
    wrap = "recordData" if _WRAPPED.search(head) else "metadata" if _HARVESTED.search(head) else ""
    envelope: Problem | None = None
    for item in elements(source, (wrap or "record",)):
        if isinstance(item, Problem) and _UNBOUND.search(item.reason):
            envelope = item
            continue
        n_entries += 1
        yield item if isinstance(item, Problem) else _entry(source.name, *item)
    if not n_entries:
        reason = "no element record; nothing is read"
        yield envelope or Problem(source.name, 1, source.text[:200], reason)


def _entry(file: str, line: int, element: _Element) -> Record | Problem:
    """Make a record of an element, or of the one inside it that has the fields."""
    inner = next((one for one in element.iter() if _is_record(one)), element)
    marc = marc_record(inner)
    if marc.fields or marc.control:
        return _record(file, line, marc)
    return Problem(file, line, flat_text(element)[:200], "no MARC record: it has no fields")


def _is_record(element: _Element) -> bool:
    """Whether an element holds fields of MARC."""
    return isinstance(element.tag, str) and any(
        local_name(child) in ("datafield", "controlfield") for child in element
    )


def _record(file: str, line: int, marc: MarcRecord) -> Record:
    """Make a record of the fields."""
    record = Record(file=file, line=line, format="marcxml")
    record.key = marc.control.get("001", "").strip() or None
    _take_title(record, marc)
    take_names(record, marc)
    host = take_host(record, marc)
    record.type = _type(marc, host)
    _take_imprint(record, marc)
    _take_thesis(record, marc)
    _take_year(record, marc)
    _take_series(record, marc)
    _take_numbers(record, marc)
    _take_words(record, marc)
    for field in marc.fields:
        if field.tag not in _READ and field.whole:
            plain = field.first("a") if len(field.subfields) == 1 else ""
            record.fields.append((field.tag, plain or field.whole))
    return record


def _type(marc: MarcRecord, host: str | None) -> str:
    """Tell the kind of work by the leader, the kind of content and the host."""
    kind, level = (marc.leader[6:7] or "a"), (marc.leader[7:8] or "m")
    content = marc.first("336", "b")
    if kind in _BY_LEADER:
        return _BY_LEADER[kind]
    if kind == "m" and content not in ("txt", ""):
        return "dataset" if content in ("cod", "crd") else "document"
    if any(True for _ in marc.tagged("502")):
        return "thesis"
    if level in ("a", "b") or host is not None:
        is_article = level == "b" or host in ("journal", None)
        return "article-journal" if is_article else "chapter"
    if level in ("s", "i"):
        return "periodical" if level == "s" else "webpage"
    return "collection" if level == "c" else "book"


def _take_title(record: Record, marc: MarcRecord) -> None:
    """Put the title together of its parts; the statement of responsibility is kept."""
    field = next(marc.tagged("245"), None)
    if field is None:
        return
    title = ""
    for code, text in field.subfields:
        part = unpunctuated(text)
        if code == "a" and not title:
            title = part
        elif code in "bp" and part:
            title = f"{title}: {part}" if title else part
        elif code in "ns" and part:
            title = f"{title}. {part}" if title else part
        elif part and code in "chfgk":
            record.fields.append((f"245.{code}", text))
    record.title = title or None


def _take_imprint(record: Record, marc: MarcRecord) -> None:
    """Read place, publisher and year of the publication, and the edition."""
    imprints = [one for one in marc.tagged("260", "264") if one.indicators[1:] in (" ", "1", "")]
    for field in imprints or list(marc.tagged("264")):
        record.publisher_place = record.publisher_place or unpunctuated(field.first("a")) or None
        record.publisher = record.publisher or unpunctuated(field.first("b")) or None
        if record.year_raw is None or parse_year(field.first("c")) is not None:
            record.year_raw = unpunctuated(field.first("c")) or record.year_raw
    record.edition = unpunctuated(marc.first("250", "a")) or None


def _take_thesis(record: Record, marc: MarcRecord) -> None:
    """Read degree, school and year of a thesis; a note that is one text is kept."""
    for field in marc.tagged("502"):
        degree, school, year = (unpunctuated(field.first(code)) for code in "bcd")
        record.genre = degree or record.genre
        record.publisher = record.publisher or school or None
        record.year_raw = record.year_raw or year or None
        if text := field.first("a"):
            record.fields.append(("502", text))


def _take_year(record: Record, marc: MarcRecord) -> None:
    """Read the year that is printed, else the one that is coded."""
    coded = marc.control.get("008", "")[7:11]
    if parse_year(record.year_raw or "") is None and coded.isdecimal():
        record.year_raw = coded
    record.publication_year = parse_year(record.year_raw or "")
    if record.year_raw and record.publication_year is None:
        reason = f"no year in {record.year_raw[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, record.year_raw, reason))
    date = parse_date(record.year_raw or "")
    record.publication_date = date if date and len(date) > len("2001") else None


def _take_series(record: Record, marc: MarcRecord) -> None:
    """Read the series with the number in it; further series are kept."""
    for field in marc.tagged("490", "440", "830"):
        name, number = unpunctuated(field.first("a")), unpunctuated(field.first("v"))
        if record.series is None and name:
            record.series = name
            record.issn = record.issn or field.first("x") or None
            if number and record.type in ("book", "thesis") and record.volume is None:
                record.volume = number
            elif number:
                record.fields.append(("series.number", number))
        elif name and name != record.series:
            record.fields.append((field.tag, field.whole))


def _take_numbers(record: Record, marc: MarcRecord) -> None:
    """Read ISBN, ISSN, DOI and addresses; further ones are kept."""
    isbns = [clean_isbn(text) or text for one in marc.tagged("020") for text in one.every("a")]
    issns = [text for one in marc.tagged("022") for text in one.every("a")]
    if isbns:
        record.isbn = isbns[0]
    record.issn = issns[0] if issns else record.issn
    record.fields += [("020", number) for number in dict.fromkeys(isbns[1:])]
    record.fields += [("022", number) for number in dict.fromkeys(issns[1:])]
    urls = [url for one in marc.tagged("856") for url in one.every("u")]
    candidates = [one.first("a") for one in marc.tagged("024") if one.first("2").lower() == "doi"]
    candidates += [url for url in urls if "doi.org/" in url]
    record.doi_raw = next((text for text in candidates if clean_doi(text)), None)
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    other = [url for url in urls if clean_doi(url) is None or "doi.org/" not in url]
    record.url = next(iter(other or urls), None)
    record.fields += [("856", url) for url in dict.fromkeys(urls) if url != record.url]
    for field in marc.tagged("024"):
        if field.first("2").lower() != "doi" and field.whole:
            record.fields.append(("024", field.whole))


def _take_words(record: Record, marc: MarcRecord) -> None:
    """Read language, abstract and subjects."""
    spoken = [text for one in marc.tagged("041") for text in one.every("a")]
    spoken = [text[at : at + 3] for text in spoken for at in range(0, min(len(text), 30), 3)]
    spoken += [marc.control.get("008", "")[35:38]]
    codes = list(dict.fromkeys(filter(None, map(language_code, spoken))))
    record.language = next(iter(codes), None)
    record.fields += [("041", code) for code in codes[1:]]
    abstracts = [text for one in marc.tagged("520") if (text := " ".join(one.every("ab")))]
    record.abstract = next(iter(abstracts), None)
    record.fields += [("520", text) for text in abstracts[1:]]
    words: dict[tuple[str, str], None] = {}
    for field in marc.tagged(*_SUBJECTS):
        kind = "author_keyword" if field.tag == "653" else "index_keyword"
        main = ", ".join(map(unpunctuated, field.every("abcd")))
        parts = [main, *map(unpunctuated, field.every("tvxyz"))]
        if field.tag == "653":
            parts = [" -- ".join(field.every("a"))]
        if word := " -- ".join(filter(None, parts)):
            words[kind, word] = None
    record.keywords = sorted(words, key=lambda word: word[0])
    record.fields += [("655", text) for one in marc.tagged("655") for text in one.every("a")]


FORMAT = Format(
    name="marcxml",
    title="MARCXML",
    suffixes=(".xml", ".marcxml", ".mrcx"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
