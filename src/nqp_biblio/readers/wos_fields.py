"""From the fields of a Web of Science record to a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.readers.cited_line import parse_cited_line, parse_wos_reference
from nqp_biblio.readers.wos_tags import TEXT_OF, TYPE_OF_PT, TYPES
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages
from nqp_biblio.text.unicode import clean_text, fold

__all__ = ["ReferenceCount", "Values", "record_of"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.record import CitedReference

Values = dict[str, list[str]]
"""Tags with their values: one a name, an address or a cited reference, else one a tag."""

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_PLAIN_DATE = re.compile(
    r"(?:\d{4} )?(?:[^\W\d_]{3,12}\.?|\d{1,2})(?: \d{1,2})?(?:,? \d{4})?|\d{4}"
)
_EMAIL = re.compile(r"\s{0,3}\([^()\s]{1,100}@[^()\s]{1,100}\)")
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? ?al\.?|\.\.\.|…|等)", re.IGNORECASE)
_BRACKETED = re.compile(r"\[([^\[\]]{1,100000})\]\s{0,3}(.{0,5000})", re.DOTALL)
_ORCID = re.compile(r"([^/;]{1,200})/((?:\d{4}-){3}\d{3}[\dXx])")
_GROUP_TAGS = ("CA",)
_YEAR_TAGS = ("PY", "EY", "EA")


@dataclass(slots=True)
class ReferenceCount:
    """Whether the cited references that the records of a file count are in the file."""

    n_works: int = 0
    n_references: int = 0
    are_exported: bool = False

    def add(self, record: Record) -> None:
        """Count a record."""
        counted = next((value for name, value in record.fields if name == "NR"), "0")
        if record.cited_references:
            self.are_exported = True
        elif counted.isdecimal() and int(counted):
            self.n_works += 1
            self.n_references += int(counted)

    def problems(self, file: str) -> Iterator[Problem]:
        """Say so where the file was exported without its cited references."""
        if self.n_works and not self.are_exported:
            reason = (
                f"references not exported: {self.n_works} records count {self.n_references} cited"
                " references (NR), and none is in the file (CR); export 'Full Record and Cited"
                " References'"
            )
            yield Problem(file, 1, "", reason)


def record_of(values: Values) -> tuple[Record, list[str]]:
    """Make a record of the values of its tags.

    Parameters
    ----------
    values : dict of str to list of str
        Values by tag; it is used up.

    Returns
    -------
    record : Record
        With all that the values hold; what no attribute takes is in ``fields``.
    reasons : list of str
        What is wrong in it.
    """
    left = {
        tag: cleaned
        for tag, texts in values.items()
        if tag != "CR" and (cleaned := [text for text in map(_clean, texts) if text])
    }
    record = Record()
    reasons: list[str] = []
    _take_type(record, left)
    _take_people(record, left)
    for tag, attribute in TEXT_OF.items():
        if texts := left.pop(tag, None):
            setattr(record, attribute, texts[0])
            if texts[1:]:
                left[tag] = texts[1:]
    if record.issn is None and "EI" in left:
        record.issn = _pop_first(left, "EI")
    _take_numbers(record, left)
    if reason := _take_dates(record, left):
        reasons.append(reason)
    _take_addresses(record, left)
    _take_orcids(record, left)
    _take_keywords(record, left)
    if reason := _take_references(record, values.get("CR", []), left):
        reasons.append(reason)
    record.fields = [(tag, text) for tag, texts in left.items() for text in texts]
    return record, reasons


def _clean(text: str) -> str:
    """Clean a value."""
    return clean_text(decode_entities(text) if "&" in text else text)


def _take_references(record: Record, lines: list[str], left: Values) -> str | None:
    """Read cited references; say so where they are not as many as the record counts."""
    lines = [line for line in lines if line.strip()]
    counted = left.get("NR", [""])[0]
    n_counted = int(counted) if counted.isdecimal() else len(lines)
    if len(lines) > n_counted:
        lines = _with_groups(lines)
    record.cited_references = [_reference(line) for line in lines]
    if lines and len(lines) != n_counted:
        return f"NR counts {n_counted} cited references, {len(lines)} are in the file"
    return None


def _with_groups(lines: list[str]) -> list[str]:
    """Join groups to the reference behind them: they are authors, parted by semicolons too."""
    joined: list[str] = []
    groups: list[str] = []
    for line in lines:
        groups.append(line)
        if "," in line:
            joined.append("; ".join(groups))
            groups = []
    return [*joined, *groups]


def _reference(line: str) -> CitedReference:
    """Read one cited reference; those in the form of Scopus have their year in brackets."""
    decoded = decode_entities(line) if "&" in line else line
    return parse_cited_line(decoded) if "(" in decoded else parse_wos_reference(decoded)


def _pop_first(left: Values, tag: str) -> str | None:
    """Take the first value of a tag."""
    texts = left.pop(tag, None)
    if not texts:
        return None
    if texts[1:]:
        left[tag] = texts[1:]
    return texts[0]


def _take_type(record: Record, left: Values) -> None:
    """Tell the type by that of the publication, then by that of the document."""
    publication = (_pop_first(left, "PT") or "").upper()
    document = " ".join(left.get("DT", ())).casefold()
    by_document = next((kind for word, kind in TYPES if word in document), None)
    record.type = TYPE_OF_PT.get(publication) or by_document or "document"
    if publication not in TYPE_OF_PT and publication and by_document is None:
        stands_alone = not left.get("SO") or fold(left["SO"][0]) == fold(left.get("TI", [""])[0])
        record.type = "book" if stands_alone else "chapter"
    if publication not in {"J", ""}:
        left["PT"] = [publication]


def _take_people(record: Record, left: Values) -> None:
    """Read authors, by their full names where there is one for each, and editors."""
    short, full = left.pop("AU", []), left.pop("AF", [])
    names = full if len(full) >= len(short) else short
    other = short if names is full else full
    if not names:
        names, other = left.pop("BF", []) or left.pop("BA", []), []
    record.people.extend(_people(record, names, "author"))
    for tag in _GROUP_TAGS:
        for name in left.pop(tag, ()):
            record.people.append(Person(literal=name, raw=name))
    for tag in ("BE", "ED"):
        record.people.extend(_people(record, left.pop(tag, ()), "editor"))
    if other and other != names:
        left["AU" if other is short else "AF"] = ["; ".join(other)]
    for tag in ("BA", "BF"):
        if tag in left:
            left[tag] = ["; ".join(left[tag])]


def _people(record: Record, names: Iterable[str], role: str) -> list[Person]:
    """Read names; "et al." is none."""
    people = []
    for name in names:
        if _ET_AL.fullmatch(name):
            record.et_al = record.et_al or role == "author"
        elif name.strip(" ,.;"):
            people.append(Person.of_parts(_parts(name), role))
    return people


@lru_cache(maxsize=50_000)
def _parts(name: str) -> tuple[str | None, ...]:
    """Read one name."""
    raw = name.rstrip(" ,;")
    found = parse_person(_EMAIL.sub("", raw) if "@" in raw else raw)
    return found.family, found.given, found.particle, found.suffix, found.literal, raw


def _take_numbers(record: Record, left: Values) -> None:
    """Read pages, DOI, language and the number of citations."""
    first, last = _pop_first(left, "BP"), _pop_first(left, "EP")
    if first or last:
        parts = [part for part in (first, last) if part]
        record.pages_raw = "-".join(dict.fromkeys(parts))
    elif "PS" in left:
        record.pages_raw = _pop_first(left, "PS")
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    record.doi_raw = _pop_first(left, "DI")
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    if language := left.get("LA"):
        record.language = language_code(language[0])
        if record.language is not None:
            _pop_first(left, "LA")
    for tag in ("TC", "Z9"):
        count = left.get(tag, [""])[0]
        if record.cited_by_count is None and count.isdecimal():
            record.cited_by_count = int(_pop_first(left, tag) or 0)


def _take_dates(record: Record, left: Values) -> str | None:
    """Read year and date; say so where there is a year that is none."""
    tag = next((tag for tag in _YEAR_TAGS if tag in left), None)
    printed = left.get("PD", [""])[0]
    record.year_raw = left[tag][0] if tag else printed or None
    if tag == "PY":
        _pop_first(left, "PY")
    found = _YEAR.search(record.year_raw or "")
    if found is None:
        return _no_year(record)
    record.publication_year = int(found[1])
    if not printed and tag != "PY" and tag:
        printed_early = parse_date(left.get("EA", [""])[0]) or ""
        if printed_early.startswith(found[1]) and len(printed_early) > len(found[1]):
            record.publication_date = printed_early
        return None
    date = _date_of(printed, found[1])
    record.publication_date = date if len(date) > len(found[1]) else None
    if printed and (_PLAIN_DATE.fullmatch(printed) and (date or printed == found[1])):
        _pop_first(left, "PD")
    return None


def _no_year(record: Record) -> str | None:
    """Say that what stands for the year is none."""
    if not record.year_raw or not any(sign.isalnum() for sign in record.year_raw):
        record.year_raw = None
        return None
    return f"no year in {record.year_raw[:80]!r}; the year is left empty"


@lru_cache(maxsize=5_000)
def _date_of(printed: str, year: str) -> str:
    """Read the date beside a year; empty where it is of another year."""
    text = printed if _YEAR.search(printed) else f"{printed} {year}"
    date = parse_date(text) or ""
    return date if date.startswith(year) else ""


def _take_addresses(record: Record, left: Values) -> None:
    """Read addresses, each once for each of its authors."""
    lines = left.pop("C1", [])
    authors = record.people_of("author") if any("[" in line for line in lines) else []
    positions = {_key(person): at for at, person in reversed(list(enumerate(authors, 1)))}
    unknown: list[str] = []
    nowhere: list[int | None] = [None]
    for line in lines:
        found = _BRACKETED.fullmatch(line)
        address = (found[2] if found else line).strip().removesuffix(".").rstrip()
        names = found[1].split(";") if found else []
        at = [positions.get(_folded(name.strip())) for name in names]
        placed = list(dict.fromkeys(position for position in at if position is not None))
        record.affiliations.extend((address, position) for position in placed or nowhere)
        if None in at:
            unknown.append(line)
    if unknown:
        left["C1"] = unknown


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """Fold a name, remembering it."""
    return fold(name)


def _key(person: Person) -> str:
    """Return the form in which Web of Science repeats a name."""
    return _folded(person.raw or person.display)


def _take_orcids(record: Record, left: Values) -> None:
    """Give each ORCID to its author; what fits none stays a field."""
    texts = left.get("OI")
    if not texts:
        return
    authors = record.people_of("author")
    by_name = {_key(person): person for person in reversed(authors)}
    short = left.get("AU", [""])[0].split("; ")
    if len(short) == len(authors):
        by_name = {_folded(name): person for name, person in zip(short, authors, strict=True)} | (
            by_name
        )
    lost = []
    for name, orcid in _ORCID.findall("; ".join(texts)):
        person, number = by_name.get(_folded(name.strip())), clean_orcid(orcid)
        if person is None or number is None or person.orcid not in {None, number}:
            lost.append(f"{name.strip()}/{orcid}")
        else:
            person.orcid = number
    if lost:
        left["OI"] = ["; ".join(lost)]
    else:
        left.pop("OI")


def _take_keywords(record: Record, left: Values) -> None:
    """Read keywords of the authors and of the database."""
    found = [
        (kind, word.strip())
        for tag, kind in (("DE", "author_keyword"), ("ID", "index_keyword"))
        for text in left.pop(tag, ())
        for word in text.replace("；", ";").split(";")
    ]
    record.keywords = list(dict.fromkeys(pair for pair in found if pair[1]))
