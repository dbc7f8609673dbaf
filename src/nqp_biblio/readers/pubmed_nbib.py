"""MEDLINE's tagged text: PubMed's nbib, MEDLARS of PubMed Central, and ERIC's copy of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers import pubmed_types
from nqp_biblio.readers.medline_names import medline_person
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.strays import MOST_LINES, above_first
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi, clean_isbn, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGS_TEXT = """
    AB AD AID AU AUID BTI CDAT CFR CI CIN CN COI COIS CON CP CPF CRDT CRF CRI CTDT CTI DA DCOM
    DDIN DDO DEP DP DRDT DRIN ECF ECI ED EDAT EFR EIN EN FAU FED FIR FPS GN GR GS IP IR IRAD IS
    ISBN ISSN JID JT LA LID LR MH MHDA MID MRI MRF NM NR OAB OABL OCI OID ORI ORF OT OTO OTOWN
    OWN PB PG PHST PL PMC PMCR PMID PRIN PROF PS PST PT PUBM RF RIN RN ROF RPF RPI RRF RRI SB
    SFM SI SO SPIN STAT STI SYN TA TI TT UIN UOF VI VTI
    """
TAGS = frozenset(_TAGS_TEXT.split())
_TAGGED = re.compile(r"\ufeff?([A-Z]{2,5}) {0,4}-(?: (.*)|(.*))$")
_WITHOUT_DASH = re.compile(r"([A-Z]{2,4}) {1,4}(?<=^.{6})(\S.*)$")
_FIRST_LINE = re.compile(r"(?m)^\ufeff?(?:PMID ?- ?\d|PMCR?[ ]?- ?(?:PMC)?\d|OWN {1,2}- [A-Z])")
_OTHER_LINE = re.compile(
    r"(?m)^(?:OWN|STAT|TI|FAU|AU|DP|PT|JT|TA|AB|MH|OID|SO|LA) {0,2}- ?\S|^SO  \S"
)
_OTHERS = re.compile(r"(?m)^(?:TY|VN|DB|DT) {1,2}- ")
_STARTS = frozenset({"PMID", "PMC", "PMCR", "OWN"})
_ONCE = frozenset({"PMID", "PMC", "OWN", "STAT", "TI", "JT", "TA", "AB", "DP", "VI", "PG", "SO"})
_BODY = frozenset({"TI", "BTI", "SO", "PT", "JT", "AU", "FAU"})
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? al\.?)", re.IGNORECASE)
_KIND = re.compile(r"(.{0,300}?) ?\[(doi|pii|pmc|bookaccession|arxiv|\w{1,20})\]", re.IGNORECASE)
_ISSN = re.compile(r"(?:E?ISSN[- ]?)?(\d{4}-\d{3}[\dXx])(?: ?\((\w{1,20})\))?")
_DISSERTATION = re.compile(r"([\w. ]{0,30}(?:Dissertation|Thesis)), (.{2,200})")
_SENTENCE_END = (".", ":", "?", "!", ";")
_ORDER_OF_ISSN = ("Print", "", "Electronic", "Undetermined", "Linking")
_DIGITS_OF_DATE = re.compile(r"\d{8}|\d{6}|\d{4}")
_NUMERIC_DATE = re.compile(r"\d{4} {1,4}\d\d(?: {1,4}\d\d)?")

_PLAIN: dict[str, str] = {"VI": "volume", "IP": "issue", "EN": "edition"}
"""Tags that hold one attribute each, as printed."""


@dataclass(slots=True)
class _Entry:
    """The lines of one record."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    reasons: list[tuple[int, str, str]] = field(default_factory=list)
    is_tight: bool = False

    def add(self, tag: str, value: str) -> None:
        """Take a tagged line."""
        self.lines.append((tag, [value]))
        self.seen.add(tag)


def _matches(source: Source) -> float:
    """Score a source: a line with a PMID or an owner, and other tags of MEDLINE."""
    head = source.head
    if not _FIRST_LINE.search(head) or _OTHERS.search(head):
        return 0.0
    return 0.95 if _OTHER_LINE.search(head) else 0.6


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each entry, in the order of the file."""
    n_entries = 0
    for entry in _entries(source.lines()):
        n_entries += 1
        yield _record(source.name, entry)
    if not n_entries:
        reason = "no PMID- line and no other tag of MEDLINE; nothing is read"
        yield Problem(source.name, 1, source.head[:200], reason)


def _entries(lines: Iterator[str]) -> Iterator[_Entry]:
    """Split the file into records, whether a blank line parts them or not."""
    entry, strays, after_blank = None, list[tuple[int, str]](), True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            after_blank = True
            continue
        tag, value, reason = _tagged(line)
        if tag and (entry is None or _begins(tag, value, entry, after_blank=after_blank)):
            if entry is not None:
                yield entry
            entry = _Entry(number, reasons=above_first(strays))
            strays = []
        if entry is None:
            strays += [(number, line)] if len(strays) < MOST_LINES else []
            continue
        if tag:
            entry.add(tag, value)
        elif line[0] in " \t" or not after_blank:
            entry.lines[-1][1].append(line)
        else:
            reason = "a line outside of any record is left out"
        if reason:
            entry.reasons.append((number, line, reason))
        entry.is_tight, after_blank = not after_blank, False
    if entry is not None:
        yield entry


def _begins(tag: str, value: str, entry: _Entry, *, after_blank: bool) -> bool:
    """Tell whether a tag begins another record than the one that is being read."""
    if tag == "PMID":
        if "PMID" in entry.seen:
            return entry.seen != {"PMID"} or entry.lines[0][1] != [value]
        return "SO" in entry.seen or (after_blank and bool(_BODY & entry.seen))
    if not after_blank:
        return tag == "OWN" and "OWN" in entry.seen and "PMID" not in entry.seen
    has_ended = "SO" in entry.seen or (entry.is_tight and bool(_BODY & entry.seen))
    return (tag in entry.seen and tag in _ONCE) or (tag in _STARTS and has_ended)


def _tagged(line: str) -> tuple[str, str, str | None]:
    """Split a line into tag, value, and what is wrong; no tag where it goes on with the last."""
    if found := _TAGGED.match(line):
        if found[1] in TAGS:
            return found[1], (found[2] if found[2] is not None else found[3]).strip(), None
    elif (bare := _WITHOUT_DASH.match(line)) and bare[1] in TAGS:
        return (
            bare[1],
            bare[2].strip(),
            f"no hyphen after the tag {bare[1]}; it is read all the same",
        )
    return "", line, None


def _record(file: str, entry: _Entry) -> Record:
    """Make a record of its lines."""
    record = Record(file=file, line=entry.line, format="pubmed-nbib")
    values: dict[str, list[str]] = defaultdict(list)
    for tag, value in _people_taken(record, entry):
        values[tag].append(value)
    record.people.sort(key=lambda person: person.role != "author")
    kinds = [kind for kind in values.pop("PT", []) if kind != "-"]
    reasons = list(entry.reasons)
    _take_type(record, values, kinds)
    _take_titles(record, values)
    _take_plain(record, values)
    for raw, reason in [*_take_pmid(record, values), *_take_date(record, values)]:
        reasons.append((entry.line, raw, reason))
    _take_identifiers(record, values)
    _take_serial_numbers(record, values)
    _take_words(record, values)
    record.fields += [("PT", kind) for kind in kinds if kind != "Journal Article"]
    record.fields += [(tag, text) for tag, texts in values.items() for text in texts]
    record.problems = [Problem(file, line, raw, reason) for line, raw, reason in reasons]
    return record


def _people_taken(record: Record, entry: _Entry) -> Iterator[tuple[str, str]]:
    """Read the people and their addresses; yield the other lines.

    An address, an ORCID and a short name belong to the person printed before them.
    """
    holder, is_full, has_full = None, False, {"FAU": "FAU" in entry.seen}
    for tag, lines in entry.lines:
        value = clean_text(decode_entities(" ".join(lines)))
        if not value or (tag in {"AU", "ED"} and _ET_AL.fullmatch(value)):
            record.et_al = record.et_al or bool(value)
        elif tag in {"FAU", "FED", "CN"} or (tag in {"AU", "ED"} and not is_full):
            role = "editor" if tag in {"FED", "ED"} else "author"
            if tag == "AU" and has_full["FAU"] and _is_known(record, value):
                continue
            is_group = tag == "CN"
            holder = Person(literal=value, raw=value) if is_group else medline_person(value, role)
            record.people.append(holder)
        elif tag == "AUID" and holder and (orcid := clean_orcid(value)):
            holder.orcid = orcid
        elif tag == "AD":
            at = len(record.people_of("author")) if holder and holder.role == "author" else None
            record.affiliations.append((value, at))
        elif tag not in {"AU", "ED"}:
            holder = None if tag in {"FIR", "IR"} else holder
            yield tag, value
        is_full = tag in {"FAU", "FED"}


def _is_known(record: Record, short: str) -> bool:
    """Tell whether a short name stands among the full ones already."""
    family = medline_person(short).family
    return any(person.family == family for person in record.people)


def _take_type(record: Record, values: dict[str, list[str]], kinds: list[str]) -> None:
    """Tell the type by the publication types; ERIC's numbers of articles begin with EJ."""
    is_eric = "ERIC" in values.get("OWN", [])
    if is_eric and any(number.startswith("EJ") for number in values.get("OID", [])):
        kinds = [*kinds, "Journal Article"]
    usual = "article-journal"
    if "BTI" in values:
        usual = "chapter" if "TI" in values else "book"
    elif is_eric and not any(number.startswith("EJ") for number in values.get("OID", [])):
        usual = "report"
    record.type = pubmed_types.type_of(kinds, usual)
    if usual == "chapter" and record.type in {"article-journal", "book"}:
        record.type = "chapter"


def _take_titles(record: Record, values: dict[str, list[str]]) -> None:
    """Read the title, and the journal or book that holds the work."""
    title = ""
    for piece in values.pop("TI", []):
        joint = " " if not title or title.endswith(_SENTENCE_END) else ": "
        title = f"{title}{joint}{piece}" if title else piece
    record.title = title or _pop_first(values, "BTI", "TT", "VTI")
    is_chapter = record.type == "chapter"
    if record.type in {"book", "chapter"}:
        record.publisher_place = _pop_first(values, "PL")
        record.source_raw = _pop_first(values, "BTI", "CTI") if is_chapter else None
        record.series = _pop_first(values, "CTI")
    record.publisher = _pop_first(values, "PB")
    if record.type == "thesis" and (found := _DISSERTATION.fullmatch(_first(values, "SO"))):
        record.genre, record.publisher = found[1], found[2]
    elif "ERIC" in values.get("OWN", []) and record.type != "article-journal":
        record.publisher = record.publisher or _pop_first(values, "JT")
    if record.type != "thesis":
        record.source_raw = record.source_raw or _pop_first(values, "JT", "TA")


def _take_plain(record: Record, values: dict[str, list[str]]) -> None:
    """Read what stands under one tag and goes into one attribute."""
    for tag, attribute in _PLAIN.items():
        setattr(record, attribute, _pop_first(values, tag))
    record.abstract = " ".join(values.pop("AB", [])) or None
    record.pages_raw = _pop_first(values, "PG")
    pages = (record.pages_raw or "").partition(";")[0]
    record.pages = [] if pages.casefold().startswith("no pag") else parse_pages(pages)
    for language in values.pop("LA", []):
        code = language_code(language)
        if record.language is None and code:
            record.language = code
        else:
            values["LA"].append(language)


def _take_pmid(record: Record, values: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Read the PMID; say so where something else stands there."""
    printed = _pop_first(values, "PMID") or ""
    digits = re.match(r"\d{0,12}(?!\d)", printed)
    record.pmid = (digits[0] if digits else "") or None
    if printed != (record.pmid or ""):
        values["PMID"].insert(0, printed)
        yield printed, f"{printed[:80]!r} is no PMID alone; its number is read"


def _take_date(record: Record, values: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Read year and date; say so where there is a date without a year."""
    printed = _pop_first(values, "DP") or ""
    record.publication_year = parse_year(printed)
    numeric = _NUMERIC_DATE.fullmatch(printed)
    iso = parse_date("-".join(printed.split()) if numeric else printed) or ""
    online = next(filter(_DIGITS_OF_DATE.fullmatch, values.get("DEP", [])), "")
    if record.publication_year is None and online:
        record.publication_year = parse_year(online[:4])
        iso = "-".join(filter(None, (online[:4], online[4:6], online[6:8])))
    record.publication_date = iso if len(iso) > len("2001") else None
    record.year_raw = printed or None
    if record.publication_year is None:
        if printed:
            yield printed, f"no year in {printed[:80]!r}; the year is left empty"
        return
    record.year_raw = str(record.publication_year)
    if printed and len(re.split(r"[ -]", printed)) != len(iso.split("-")):
        values["DP"].insert(0, printed)


def _take_identifiers(record: Record, values: dict[str, list[str]]) -> None:
    """Read DOI, address and article number among the identifiers of the place."""
    seen: set[str] = set()
    for tag in ("AID", "LID"):
        for text in values.pop(tag, []):
            found = _KIND.fullmatch(text)
            number, kind = (found[1], found[2].lower()) if found else (text, "")
            doi = clean_doi(number) if kind in {"doi", ""} else None
            if doi and record.doi in {None, doi}:
                record.doi, record.doi_raw = doi, record.doi_raw or number
            elif not kind and re.match(r"(?:https?://|www\.)", number):
                record.url, number = (number, "") if record.url is None else (record.url, number)
            elif tag == "LID" and not kind and record.article_number is None:
                record.article_number, number = number, ""
            if number and not (doi and doi == record.doi) and text not in seen:
                values[tag].append(text)
            seen.add(text)
    if record.doi is None:
        parts = [text.partition("doi:")[2].split() for text in values.get("SO", [])]
        dois = [doi for words in parts if words and (doi := clean_doi(words[0].rstrip(".")))]
        record.doi = record.doi_raw = dois[0] if dois else None


def _take_serial_numbers(record: Record, values: dict[str, list[str]]) -> None:
    """Read ISSN, the printed one before the others, and ISBN."""
    numbers = []
    for text in [*values.pop("IS", []), *values.pop("ISSN", [])]:
        if found := _ISSN.fullmatch(text):
            numbers.append((found[1], found[2] or ""))
        elif any(sign.isdigit() for sign in text):
            values["IS"].append(text)
    known = {name: at for at, name in enumerate(_ORDER_OF_ISSN)}
    numbers.sort(key=lambda number: known.get(number[1], len(known)))
    record.issn = numbers[0][0] if numbers else None
    for number, kind in numbers[1:]:
        values["IS"].append(f"{number} ({kind})" if kind else number)
    for text in values.pop("ISBN", []):
        if record.isbn is None:
            record.isbn = clean_isbn(text) or text
        else:
            values["ISBN"].append(text)


def _take_words(record: Record, values: dict[str, list[str]]) -> None:
    """Read MeSH headings with their qualifiers, and the authors' keywords."""
    words = []
    for heading in values.pop("MH", []):
        words.append(("index_keyword", heading.replace("*", "")))
        if "*" in heading:
            values["MH"].append(heading)
    kind = "index_keyword" if "ERIC" in values.get("OWN", []) else "author_keyword"
    words += [(kind, word.strip("* ")) for word in values.pop("OT", [])]
    record.keywords = list(dict.fromkeys((kind, word) for kind, word in words if word))


def _first(values: dict[str, list[str]], tag: str) -> str:
    """Return the first value of a tag, which stays; empty where there is none."""
    return next(iter(values.get(tag, [])), "")


def _pop_first(values: dict[str, list[str]], *tags: str) -> str | None:
    """Take the first value of the first tag that has one."""
    for tag in tags:
        if values.get(tag):
            text = values[tag].pop(0)
            if not values[tag]:
                del values[tag]
            return text
    return None


FORMAT = Format(
    name="pubmed-nbib",
    title="PubMed and MEDLINE tagged text",
    suffixes=(".nbib",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
