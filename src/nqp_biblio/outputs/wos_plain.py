"""Works as Web of Science plain text, for VOSviewer, bibliometrix and their like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.outputs.keys import citation_keys
from nqp_biblio.outputs.printed_names import inverted_name, wos_cited_name, wos_name
from nqp_biblio.outputs.printed_numbers import (
    first_and_last_page,
    listed_pages,
    printed_doi,
)
from nqp_biblio.readers.cited_line import parse_cited_line
from nqp_biblio.readers.wos_tags import LINE_TAGS, TAGS, TYPES
from nqp_biblio.text.languages import language_name
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.record import CitedReference, Person, Record

__all__ = ["format_wos"]

_HEADER = "FN Clarivate Analytics Web of Science\nVR 1.0\n"
_ORDER_TEXT = """
    AU BA BE GP AF BF CA TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI OI FU FP FX CR NR
    TC Z9 U1 U2 PU PI PA SN EI BN J9 JI PD PY VL IS PN SU SI MA BP EP PS AR DI DL D2 EA EY PG WC WE
    SC GA PM OA HC HP DA UR UT
    """
_ORDER = tuple(_ORDER_TEXT.split())
_BORDERS = frozenset({"PT", "ER", "EF", "FN", "VR"})
_KEPT = TAGS - _BORDERS
_ONE_LINE = LINE_TAGS - {"GP"}
_WIDTH = 77
_MONTHS_TEXT = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
_MONTHS = tuple(_MONTHS_TEXT.split())
_LETTERS = {
    "article-journal": "J",
    "article-magazine": "J",
    "article-newspaper": "J",
    "article": "J",
    "review": "J",
    "patent": "P",
    "thesis": "D",
    "paper-conference": "C",
}
_DOCUMENTS = {
    "article-journal": "Article",
    "paper-conference": "Proceedings Paper",
    "chapter": "Book Chapter",
    "book": "Book",
    "dataset": "Data Set",
    "software": "Software",
    "thesis": "Thesis",
    "patent": "Patent",
    "article": "Preprint",
}
_TEXT = {
    "TI": "title",
    "SO": "source_name",
    "SE": "series",
    "CT": "event",
    "AB": "abstract",
    "PU": "publisher",
    "PI": "publisher_place",
    "SN": "issn",
    "BN": "isbn",
    "VL": "volume",
    "IS": "issue",
    "AR": "article_number",
    "PM": "pmid",
    "UR": "url",
}
_LAST_COMMAS = re.compile(r"(?<![,\s])(?:[,\s]|\bDOI$)+$")


def format_wos(records: Iterable[Record]) -> str:
    """Write works as Web of Science plain text.

    Parameters
    ----------
    records : iterable of Record
        The works, in order.

    Returns
    -------
    str
        One record a work, with authors as ``Small, H`` under AU and in full under AF, and a
        cited reference a line. Long values go on in lines that begin with three blanks. Fields
        that have a tag of Web of Science are written under it, others are left out.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> print(format_wos([Record(key="a", type="article-journal", title="T")]), end="")
    FN Clarivate Analytics Web of Science
    VR 1.0
    PT J
    TI T
    DT Article
    UT a
    ER
    <BLANKLINE>
    EF
    """
    entries = "".join(_entry(key, record) for key, record in citation_keys(records))
    return f"{_HEADER}{entries}EF\n"


def _entry(key: str, record: Record) -> str:
    """Return the lines of one work."""
    kept: dict[str, list[str]] = {}
    for name, value in record.fields:
        if name in _KEPT:
            kept.setdefault(name, []).append(clean_text(value))
    letter = dict(record.fields).get("PT") or _LETTERS.get(record.type or "", "B")
    own = dict(_own(key, record, kept))
    lines = [f"PT {letter}"]
    for tag in (*_ORDER, *sorted(kept.keys() - set(_ORDER))):
        for items in [own.get(tag, []), *([value] for value in kept.get(tag, []))]:
            lines += _field(tag, [item for item in items if item])
    return "\n".join([*lines, "ER\n\n"])


def _field(tag: str, items: list[str]) -> list[str]:
    """Return the lines of one field: one an item, or wrapped."""
    if tag not in _ONE_LINE:
        items = _wrapped(" ".join(items))
    return [f"{'  ' if at else tag} {item}" for at, item in enumerate(items)]


def _wrapped(text: str) -> list[str]:
    """Cut a text at blanks into lines that are not too long."""
    lines: list[str] = []
    width = _WIDTH
    for word in text.split():
        if lines and width + len(word) < _WIDTH:
            lines[-1] += f" {word}"
            width += len(word) + 1
        else:
            lines.append(word)
            width = len(word)
    return lines


def _own(key: str, record: Record, kept: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the tags of the attributes with their values."""
    yield from _people(record, kept)
    for tag, attribute in _TEXT.items():
        yield tag, [clean_text(getattr(record, attribute) or "")]
    if "J9" not in kept and record.format != "wos":
        yield "J9", [_cited_source(record.source_name or "")]  # by which programs find a citation
    yield "LA", [language_name(record.language or "") or record.language or ""]
    yield "DT", [_document(record)]
    for tag, kind in (("DE", "author_keyword"), ("ID", "index_keyword")):
        words = [word.replace(";", ",") for its_kind, word in record.keywords if its_kind == kind]
        yield tag, [clean_text("; ".join(words))]
    yield "C1", _addresses(record, kept)
    yield "OI", [_orcids(record, kept)]
    references = [_reference(cited) for cited in record.cited_references]
    yield "CR", references
    yield "NR", [str(len(references))] if references and "NR" not in kept else []
    yield "TC", [] if record.cited_by_count is None else [str(record.cited_by_count)]
    yield from _dates(record, kept)
    yield from _pages(record)
    yield "DI", [printed_doi(record)]
    yield "UT", [clean_text(record.key or key)]


def _people(record: Record, kept: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield authors in both forms, groups at the end of the list, and editors."""
    people = record.people_of("author")
    groups: list[Person] = []
    while people and people[-1].literal is not None:
        groups.insert(0, people.pop())
    full = [_item(inverted_name(person)) for person in people]
    for tag in ("AU", "AF"):
        other = "; ".join(kept.pop(tag, [])).split("; ")
        is_other = other != [""] and (len(other) == len(full) or tag == "AF")
        made = [_item(wos_name(person)) for person in people] if tag == "AU" else full
        yield tag, other if is_other else made
    yield "CA", [clean_text(group.display) for group in groups]
    yield "BE", [_item(inverted_name(person)) for person in record.people_of("editor")]


def _item(name: str) -> str:
    """Return a name without the sign that parts names."""
    return name.replace(";", ",")


def _document(record: Record) -> str:
    """Return the type of document; it says the type of a work that its letter does not."""
    genre = clean_text(record.genre or "")
    name = _DOCUMENTS.get(record.type or "", (record.type or "").replace("-", " ").capitalize())
    has_letter = _LETTERS.get(record.type or "") in {"J", "P", "D"}
    if (genre and has_letter) or "PT" in dict(record.fields) or record.format == "wos":
        return genre
    said = next((kind for word, kind in TYPES if word in genre.casefold()), None)
    return genre if genre and said == record.type else "; ".join(filter(None, [genre, name]))


def _addresses(record: Record, kept: dict[str, list[str]]) -> list[str]:
    """Return the addresses, each once, with the authors that it belongs to."""
    authors = record.people_of("author")
    places: list[tuple[str, list[str]]] = []
    placed: dict[str, list[str]] = {}
    for printed, at in record.affiliations:
        address = clean_text(printed)
        if at is None or at > len(authors):
            places.append((address, []))
            continue
        if address not in placed:
            places.append((address, placed.setdefault(address, [])))
        placed[address].append(_item(inverted_name(authors[at - 1])))
    lines = kept.pop("C1", [])
    known = {line.rpartition("] ")[2].removesuffix(".").rstrip(): line for line in lines}
    found = [known.get(address) or _address(address, names) for address, names in places]
    return [*found, *(line for address, line in known.items() if address not in dict(places))]


def _address(address: str, names: list[str]) -> str:
    """Return one address, ended by a full stop."""
    return f"[{'; '.join(names)}] {address}." if names else f"{address}."


def _orcids(record: Record, kept: dict[str, list[str]]) -> str:
    """Return the ORCIDs with the names that they belong to."""
    found = [
        f"{_item(inverted_name(person))}/{person.orcid}"
        for person in record.people_of("author")
        if person.orcid
    ]
    return "; ".join([*found, *kept.pop("OI", [])])


def _reference(cited: CitedReference) -> str:
    """Return a cited reference as it is, where it is in the form of Web of Science, or made so."""
    raw = clean_text(cited.raw)
    again = parse_cited_line(raw)
    if _parts(again) == _parts(cited) and ", (" not in raw:
        return _LAST_COMMAS.sub("", raw)
    author, year, source, volume, page, doi = _parts(cited)
    parts = [
        wos_cited_name(str(author)) if author else "[ANONYMOUS]",
        str(year or ""),
        _cited_source(str(source or cited.title or "")),
        f"V{volume}" if volume else "",
        f"P{page}" if page else "",
        f"DOI {doi}" if doi else "",
    ]
    made = ", ".join(part for part in parts if part)
    is_known = bool(source and year) or bool(author and (year or source))
    return _LAST_COMMAS.sub("", made if is_known else raw)


def _cited_source(name: str) -> str:
    """Return the name of a source as it stands in a cited reference."""
    return clean_text(name).replace(",", "").upper()


def _parts(cited: CitedReference) -> tuple[str | int | None, ...]:
    """Return what Web of Science prints of a reference."""
    author, year = cited.first_author, cited.publication_year
    return (author, year, cited.source_raw, cited.volume, cited.first_page, cited.doi)


def _dates(record: Record, kept: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the year, and month and day."""
    year = str(record.publication_year or record.year_raw or "")
    yield "PY", [clean_text(year)]
    date = (record.publication_date or "").split("-")
    if len(date) > 1 and date[1].isdigit() and date[0] == year and "PD" not in kept:
        day = str(int(date[2])) if len(date) > 2 else ""  # noqa: PLR2004
        yield "PD", [f"{_MONTHS[int(date[1]) - 1]} {day}".strip()]


def _pages(record: Record) -> Iterator[tuple[str, list[str]]]:
    """Yield first and last page, or what else is printed."""
    first, last = first_and_last_page(record)
    if len(record.pages) > 1 and ("," in first or not last):
        first, last = "", ""
        yield "PS", [listed_pages(record)]
    yield "BP", [first]
    yield "EP", [last or first]
