"""From the fields of a BibTeX or biblatex entry to a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.bibtex_dates import set_dates
from nqp_biblio.readers.bibtex_journals import spelt_out
from nqp_biblio.readers.bibtex_kinds import CSL_TYPES, is_verbatim, kind_of, type_of
from nqp_biblio.readers.bibtex_people import parse_bibtex_people
from nqp_biblio.readers.cited_line import parse_cited_line
from nqp_biblio.readers.scopus_references import parse_references
from nqp_biblio.record import Person, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.numbers import parse_pages
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Fields", "record_of"]

Fields = list[tuple[str, str]]
"""Names in lower case and values with their LaTeX, in the order of the entry."""

_TEX_ESCAPE = re.compile(r"\{?\\([_%&#~$^])(?:\{\})?\}?")
_URL = re.compile(r"\\(?:url|path)\s?\{([^{}]{1,2000})\}")
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_CITED_BY = re.compile(r"cited by:? ?(\d{1,7})[;,. ]*", re.IGNORECASE)
_WOS_LINE_END = re.compile(r"(?<=\.)\n\s{0,20}")
_CORRESPONDING = re.compile(r"\((?:Corresponding|Reprint) Author\)", re.IGNORECASE)
_ORCID_LINE = re.compile(r"([^/\n]{1,200})/((?:\d{4}-){3}\d{3}[\dXx])")
_ORCID_PLACE = re.compile(r"(\d{1,5})\s?=\s?\"?([^\";]{1,80})\"?")
_THESES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master's thesis",
    "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
}
_ROLES = ("author", "editor", "translator")
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_NUMBER_IS_ISSUE_TEXT = (
    "article-journal article-magazine article-newspaper periodical review article"
)
_NUMBER_IS_ISSUE = frozenset(_NUMBER_IS_ISSUE_TEXT.split())
_LATER_TEXT = (
    "title subtitle titleaddon booktitle booksubtitle journal journaltitle journalsubtitle date"
    " year month day publisher school institution organization address location"
)
_END_OF_TITLE = (".", ":", "?", "!", "…")

_ONCE = {
    "abstract": "abstract",
    "article-number": "article_number",
    "art_number": "article_number",
    "articleno": "article_number",
    "edition": "edition",
    "eid": "article_number",
    "eventtitle": "event",
    "conference": "event",
    "isbn": "isbn",
    "issn": "issn",
    "issue": "issue",
    "pmid": "pmid",
    "pubmed_id": "pmid",
    "series": "series",
    "volume": "volume",
}
"""Fields that one attribute takes as they are; what comes second stays a field."""

_FIRST_OF = {
    "publisher": ("publisher", "school", "institution", "organization"),
    "publisher_place": ("address", "location"),
}
"""Attributes with the fields they are taken from, the first that is there."""


@dataclass(slots=True)
class _Draft:
    """A record in the making, and the fields not yet used."""

    record: Record
    kind: str
    all_fields: dict[str, str]
    later: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    is_wos: bool = False
    is_scopus: bool = False


def record_of(kind: str, key: str | None, fields: Fields) -> tuple[Record, list[str]]:
    """Make a record of an entry.

    Parameters
    ----------
    kind : str
        Kind of the entry, in lower case.
    key : str or None
        Its key.
    fields : list of (name, value)
        Its fields, inherited ones at the end.

    Returns
    -------
    record : Record
        With all that the entry holds; what no attribute takes is in ``fields``.
    reasons : list of str
        What is wrong in it.
    """
    all_fields = dict(reversed(fields))
    record = Record(key=key, type=type_of(kind, all_fields))
    draft = _Draft(record, kind, all_fields)
    draft.is_wos = "unique-id" in draft.all_fields or "keywords-plus" in draft.all_fields
    draft.is_scopus = draft.all_fields.get("source") == "Scopus" or (
        "author_keywords" in draft.all_fields
    )
    for name, value in fields:
        if not value.strip():
            continue
        handler = _HANDLERS.get(name)
        if handler is None or not handler(draft, name, value):
            _keep(record, name, value)
    _finish(draft)
    return record, draft.wrong


def _plain(value: str) -> str:
    """Decode a value to plain text."""
    text = decode_latex(value)
    return clean_text(decode_entities(text) if "&" in text else text)


def _verbatim(value: str) -> str:
    """Read an address or code, in which only escapes of TeX are undone."""
    text = " ".join(value.split())
    if "\\" in text:
        if found := _URL.search(text):
            text = found[1]
        text = _TEX_ESCAPE.sub(r"\1", text)
    text = decode_entities(text)
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text


def _keep(record: Record, name: str, value: str) -> None:
    """Keep a field that no attribute takes."""
    text = " ".join(value.split()) if is_verbatim(name) else _plain(value)
    if text:
        record.fields.append((name, text))


def _take_once(draft: _Draft, name: str, value: str) -> bool:
    """Set an attribute that is still empty."""
    attribute = _ONCE[name]
    if (held := getattr(draft.record, attribute)) is not None:
        return bool(held == _plain(value))
    setattr(draft.record, attribute, _plain(value) or None)
    return True


def _take_later(draft: _Draft, name: str, value: str) -> bool:
    """Set a field aside until all are known."""
    text = _plain(spelt_out(value) if name == "journal" else value)
    if name in draft.later:
        return draft.later[name] == text
    draft.later[name] = text
    return True


def _take_doi(draft: _Draft, _: str, value: str) -> bool:
    """Read a DOI."""
    record, text = draft.record, _verbatim(value)
    if record.doi_raw is not None:
        return clean_doi(text) == record.doi
    record.doi_raw, record.doi = text, clean_doi(text)
    return True


def _take_url(draft: _Draft, _: str, value: str) -> bool:
    """Read an address."""
    text = _verbatim(value)
    if draft.record.url is not None:
        return text == draft.record.url
    draft.record.url = text
    return True


def _take_howpublished(draft: _Draft, _: str, value: str) -> bool:
    r"""Read the address in howpublished = {\url{…}}."""
    text = _verbatim(value) if "\\url" in value else _plain(value)
    if draft.record.url is None and "url" not in draft.all_fields and _ADDRESS.fullmatch(text):
        draft.record.url = text
        return True
    return False


def _take_people(draft: _Draft, name: str, value: str) -> bool:
    """Read authors, editors or translators."""
    if draft.is_wos and value.startswith("{") and "," in value:
        value = value.removeprefix("{").removesuffix("}")
    people, et_al = parse_bibtex_people(value, name)
    draft.record.people.extend(people)
    draft.record.et_al = draft.record.et_al or (et_al and name == "author")
    if et_al and name != "author":
        draft.record.fields.append((f"{name}-others", "true"))
    return True


def _take_pages(draft: _Draft, _: str, value: str) -> bool:
    """Read pages."""
    text = _plain(value)
    if draft.record.pages_raw is not None:
        return text == draft.record.pages_raw
    draft.record.pages_raw = text
    draft.record.pages = parse_pages(text)
    return True


def _take_number(draft: _Draft, _: str, value: str) -> bool:
    """Read a number, which is the issue in journals and a number of its own elsewhere."""
    text = _plain(value)
    has_journal = "journal" in draft.all_fields or "journaltitle" in draft.all_fields
    if draft.record.type not in _NUMBER_IS_ISSUE and not has_journal:
        return False
    if draft.record.issue is not None:
        return draft.record.issue == text
    draft.record.issue = text
    return True


def _take_keywords(draft: _Draft, name: str, value: str) -> bool:
    """Read keywords, parted by semicolons or else by commas."""
    is_index = name in {"keywords-plus", "index_keywords"} or (
        name in {"keywords", "keyword"} and draft.is_scopus
    )
    kind = "index_keyword" if is_index else "author_keyword"
    text = _plain(value)
    words = text.split(";") if ";" in text else text.split(",")
    seen = {word for its_kind, word in draft.record.keywords if its_kind == kind}
    for word in (piece.strip() for piece in words):
        if word and word not in seen:
            seen.add(word)
            draft.record.keywords.append((kind, word))
    return True


def _take_cited_by(draft: _Draft, name: str, value: str) -> bool:
    """Read the number of citations."""
    text = _plain(value)
    if draft.record.cited_by_count is not None or not text.isdigit():
        return False
    if name in {"tc", "z9"} and not draft.is_wos:
        return False
    draft.record.cited_by_count = int(text)
    return True


def _take_note(draft: _Draft, _: str, value: str) -> bool:
    """Read Scopus' "cited By 5" out of the note."""
    text = _plain(value)
    found = _CITED_BY.match(text)
    if found is None:
        return False
    draft.record.cited_by_count = int(found[1])
    if rest := text[found.end() :]:
        draft.record.fields.append(("note", rest))
    return True


def _take_language(draft: _Draft, name: str, value: str) -> bool:
    """Read the language; what is no single language stays as printed too."""
    text = _plain(value)
    code = language_code(text)
    if draft.record.language is not None:
        return draft.record.language == code and (name == "language" or text == code)
    draft.record.language = code
    return code is not None and (name == "language" or text == code)


def _take_eprint(draft: _Draft, name: str, value: str) -> bool:
    """Read the number of a preprint."""
    fields = draft.all_fields
    kind = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    text = _verbatim(value)
    if fold(kind) == "pubmed" and name == "eprint" and draft.record.pmid is None:
        draft.record.pmid = text
        return True
    if kind and fold(kind) != "arxiv":
        return False
    number = clean_arxiv_id(text)
    if number is None or draft.record.arxiv_id is not None:
        return number is not None and number == draft.record.arxiv_id
    draft.record.arxiv_id = number
    return text == number


def _take_eprint_kind(draft: _Draft, _: str, value: str) -> bool:
    """Drop the kind of a preprint that its attribute says."""
    return "eprint" in draft.all_fields and fold(value) in {"arxiv", "pubmed"}


def _take_type(draft: _Draft, _: str, value: str) -> bool:
    """Read the kind of thesis or report, or of document."""
    text = _plain(value)
    if draft.record.genre is not None:
        return draft.record.genre == text
    draft.record.genre = _THESES.get(text.lower(), text)
    return True


def _take_subtype(draft: _Draft, _: str, value: str) -> bool:
    """Tell newspapers and magazines from journals, and types that BibTeX has no kind for."""
    subtype = _plain(value).lower()
    if subtype in _SUBTYPES and draft.record.type == "article-journal":
        draft.record.type = _SUBTYPES[subtype]
        return True
    if subtype not in CSL_TYPES or draft.kind not in {"misc", kind_of(subtype, None)}:
        return False
    draft.record.type = subtype
    return True


def _take_affiliations(draft: _Draft, name: str, value: str) -> bool:
    """Read addresses: a line each in Web of Science, parted by semicolons elsewhere."""
    if name == "affiliations" and "affiliation" in draft.all_fields:
        return False
    if not draft.is_wos:
        addresses = [address.strip() for address in _plain(value).split(";")]
        draft.record.affiliations.extend((address, None) for address in addresses if address)
        return True
    for line in _WOS_LINE_END.split(value):
        address = _plain(line)
        if _CORRESPONDING.search(address):
            draft.record.fields.append(("corresponding-address", address))
        elif address:
            draft.record.affiliations.append((address.removesuffix(".").rstrip(), None))
    return True


def _take_references(draft: _Draft, name: str, value: str) -> bool:
    """Read cited references."""
    if name == "cited-references":
        lines = _joined_lines(value)
        draft.record.cited_references.extend(parse_cited_line(_plain(line)) for line in lines)
        return True
    if not draft.is_scopus and draft.record.cited_by_count is None:
        return False
    draft.record.cited_references.extend(parse_references(_plain(value)))
    return True


def _joined_lines(value: str) -> list[str]:
    """Return one line per reference: a line without full stop goes on in the next."""
    lines: list[str] = []
    is_open = False
    for line in value.strip().removeprefix("{").removesuffix("}").split("\n"):
        text = line.strip()
        if not text:
            continue
        if is_open:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
        is_open = not text.endswith(".")
    return lines


def _take_orcids(draft: _Draft, name: str, value: str) -> bool:
    """Set ORCIDs aside until the authors are known."""
    draft.later[name] = value
    return True


def _finish(draft: _Draft) -> None:
    """Set what depends on several fields."""
    record, later = draft.record, draft.later
    record.title = _titled(later, "title", "subtitle") or later.pop("titleaddon", "") or None
    _set_source(draft)
    for attribute, names in _FIRST_OF.items():
        if draft.is_wos and attribute == "publisher_place":
            continue  # a street, where other exports of the same works have the city
        name = next((name for name in names if name in later), None)
        setattr(record, attribute, later.pop(name) if name else None)
    if reason := set_dates(record, later):
        draft.wrong.append(reason)
    if draft.kind in _THESES and record.genre is None:
        record.genre = _THESES[draft.kind] if record.type == "thesis" else None
    if record.doi is None and record.doi_raw is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)
    _set_orcids(draft)
    if draft.is_wos:
        _place_authors(record)
    record.fields.extend(later.items())
    record.people.sort(key=lambda person: _ROLES.index(person.role))
    if kind_of(record.type, record.genre) != draft.kind:
        record.fields.append(("entrytype", draft.kind))


def _titled(later: dict[str, str], title: str, subtitle: str) -> str:
    """Take a title with its subtitle out of the fields."""
    first, second = later.pop(title, ""), later.pop(subtitle, "")
    if not first or not second:
        return first or second
    return f"{first}{'' if first.endswith(_END_OF_TITLE) else ':'} {second}"


def _set_source(draft: _Draft) -> None:
    """Set what the work stands in: a book for a chapter, else a journal."""
    record, later = draft.record, draft.later
    book = _titled(later, "booktitle", "booksubtitle")
    journals = [_titled(later, "journaltitle", "journalsubtitle"), later.pop("journal", "")]
    journal = journals[0] or journals[1]
    if journals[0] and journals[1] not in {"", journals[0]}:
        record.fields.append(("journal", journals[1]))
    if record.title is None and not journal and record.type == "book":
        record.title, book = book or None, ""
    if draft.kind == "book" and book and fold(book) != fold(record.title or ""):
        record.type = "chapter"
    is_in_book = record.type in {"chapter", "paper-conference", "entry-encyclopedia"}
    first, second = (book, journal) if is_in_book else (journal, book)
    record.source_raw = first or second or None
    if first and second and first != second:
        record.fields.append(("journal" if is_in_book else "booktitle", second))


def _set_orcids(draft: _Draft) -> None:
    """Give each ORCID to its author; one that fits none stays a field."""
    record = draft.record
    authors = record.people_of("author")
    for place, orcid in _ORCID_PLACE.findall(draft.later.pop("author+an:orcid", "")):
        if (number := clean_orcid(orcid)) and 1 <= int(place) <= len(authors):
            authors[int(place) - 1].orcid = number
    value = draft.later.pop("orcid-numbers", "")
    by_name = {_author_key(person): person for person in authors}
    for name, orcid in _ORCID_LINE.findall(value):
        person = by_name.get(fold(_plain(name)))
        if person is not None and (number := clean_orcid(orcid)):
            person.orcid = number
        else:
            record.fields.append(("orcid-numbers", f"{_plain(name)}/{orcid}"))


def _author_key(person: Person) -> str:
    """Return the form in which Web of Science repeats a name."""
    return fold(person.raw or person.display)


def _place_authors(record: Record) -> None:
    """Take the authors off the front of each address of Web of Science; one row for each."""
    authors = {_author_key(person): at for at, person in enumerate(record.people_of("author"), 1)}
    placed: list[tuple[str, int | None]] = []
    for address, position in record.affiliations:
        *names, last = address.split("; ")
        parts = last.split(", ", 2)
        names.append(", ".join(parts[:2]))
        places = [authors.get(fold(name)) for name in names]
        if len(parts) < 3 or None in places:  # noqa: PLR2004
            placed.append((address, position))
        else:
            placed += [(parts[2].strip(), at) for at in places]
    record.affiliations = placed


def _handlers() -> dict[str, Callable[[_Draft, str, str], bool]]:
    """Return what reads each field."""
    groups: tuple[tuple[Sequence[str], Callable[[_Draft, str, str], bool]], ...] = (
        (tuple(_ONCE), _take_once),
        (_LATER_TEXT.split(), _take_later),
        (("doi",), _take_doi),
        (("url",), _take_url),
        (("howpublished",), _take_howpublished),
        (_ROLES, _take_people),
        (("pages",), _take_pages),
        (("number",), _take_number),
        (
            ("keywords", "keyword", "author_keywords", "keywords-plus", "index_keywords"),
            _take_keywords,
        ),
        (("times-cited", "times_cited", "tc", "z9"), _take_cited_by),
        (("note",), _take_note),
        (("language", "langid"), _take_language),
        (("eprint", "arxivid"), _take_eprint),
        (("eprinttype", "archiveprefix"), _take_eprint_kind),
        (("type", "document_type"), _take_type),
        (("entrysubtype",), _take_subtype),
        (("affiliation", "affiliations"), _take_affiliations),
        (("cited-references", "references"), _take_references),
        (("author+an:orcid", "orcid-numbers"), _take_orcids),
    )
    return {name: handler for names, handler in groups for name in names}


_HANDLERS = _handlers()
