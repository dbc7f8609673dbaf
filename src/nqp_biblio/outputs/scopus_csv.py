"""Works as Scopus CSV, for VOSviewer, bibliometrix and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.keys import citation_keys
from nqp_biblio.outputs.printed_names import inverted_name, scopus_name
from nqp_biblio.outputs.printed_numbers import first_and_last_page, printed_doi
from nqp_biblio.outputs.tables import format_rows
from nqp_biblio.readers.scopus_columns import TYPES
from nqp_biblio.readers.scopus_references import parse_references
from nqp_biblio.text.languages import language_name
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nqp_biblio.record import CitedReference, Person, Record

__all__ = ["COLUMNS", "format_scopus_csv"]

COLUMNS = (
    "Authors",
    "Author full names",
    "Author(s) ID",
    "Title",
    "Year",
    "Source title",
    "Volume",
    "Issue",
    "Art. No.",
    "Page start",
    "Page end",
    "Page count",
    "Cited by",
    "DOI",
    "Link",
    "Affiliations",
    "Authors with affiliations",
    "Abstract",
    "Author Keywords",
    "Index Keywords",
    "Molecular Sequence Numbers",
    "Chemicals/CAS",
    "Tradenames",
    "Manufacturers",
    "Funding Details",
    "Funding Texts",
    "References",
    "Correspondence Address",
    "Editors",
    "Publisher",
    "Sponsors",
    "Conference name",
    "Conference date",
    "Conference location",
    "Conference code",
    "ISSN",
    "ISBN",
    "CODEN",
    "PubMed ID",
    "Language of Original Document",
    "Abbreviated Source Title",
    "Document Type",
    "Publication Stage",
    "Open Access",
    "Source",
    "EID",
)
"""The columns of Scopus' export since 2023, in order."""

_TEXT = {
    "Title": "title",
    "Source title": "source_name",
    "Volume": "volume",
    "Issue": "issue",
    "Art. No.": "article_number",
    "Link": "url",
    "Abstract": "abstract",
    "Publisher": "publisher",
    "Conference name": "event",
    "ISSN": "issn",
    "ISBN": "isbn",
    "PubMed ID": "pmid",
}
_DOCUMENTS = {
    "article-journal": "Article",
    "article": "Preprint",
    "book": "Book",
    "chapter": "Book chapter",
    "paper-conference": "Conference paper",
    "report": "Report",
    "thesis": "Dissertation",
}
_KEYWORDS = {"Author Keywords": "author_keyword", "Index Keywords": "index_keyword"}


def format_scopus_csv(records: Iterable[Record]) -> str:
    r"""Write works as Scopus CSV.

    Parameters
    ----------
    records : iterable of Record
        The works, in order.

    Returns
    -------
    str
        A byte order mark, the columns of Scopus' export since 2023, and one row a work.
        Fields that have a column of Scopus are written there, others are left out. Cells are
        safe for spreadsheets as `format_rows` says.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> text = format_scopus_csv([Record(key="a", title="T")])
    >>> text.startswith('\ufeff"Authors","Author full names"'), text.endswith('"","a"\n')
    (True, True)
    """
    rows = (_row(key, record) for key, record in citation_keys(records))
    return "\ufeff" + format_rows(COLUMNS, rows, is_quoted=True)


def _row(key: str, record: Record) -> list[str]:
    """Return the cells of one work."""
    cells: dict[str, str] = {}
    for name, value in record.fields:
        if name in _NAMES and not cells.get(name):
            cells[name] = clean_text(value)
    for name, value in _own(key, record, cells):
        cells[name] = value or cells.get(name, "")
    return [cells.get(name, "") for name in COLUMNS]


_NAMES = frozenset(COLUMNS)


def _own(key: str, record: Record, kept: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the columns of the attributes."""
    authors = record.people_of("author")
    yield from _authors(authors, kept)
    for name, attribute in _TEXT.items():
        yield name, clean_text(getattr(record, attribute) or "")
    yield "Year", str(record.publication_year or clean_text(record.year_raw or ""))
    first, last = first_and_last_page(record)
    yield "Page start", first
    yield "Page end", last
    yield "Cited by", "" if record.cited_by_count is None else str(record.cited_by_count)
    yield "DOI", printed_doi(record)
    yield "Affiliations", _joined(dict.fromkeys(address for address, _ in record.affiliations))
    if "Authors with affiliations" not in kept:
        yield "Authors with affiliations", _placed(record, authors)
    for name, kind in _KEYWORDS.items():
        yield name, _joined(word for its_kind, word in record.keywords if its_kind == kind)
    yield "References", _references(record.cited_references)
    editors = _joined(map(inverted_name, record.people_of("editor")))
    yield "Editors", editors if ";" in editors or "," not in editors else f"{editors};"
    language = record.language or ""
    yield "Language of Original Document", language_name(language) or language
    yield "Document Type", _document(record)
    yield "Source", "Scopus" if record.format == "scopus-csv" else ""
    yield "EID", record.key or key


def _joined(items: Iterable[str]) -> str:
    """Join items, none of which has the sign between them."""
    return "; ".join(text for item in items if (text := _item(item)))


def _item(text: str) -> str:
    """Return a text without the sign that parts items."""
    return clean_text(text.replace(";", ","))


def _authors(authors: Sequence[Person], kept: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield short and full names, these with ids where they are known."""
    full = [_item(inverted_name(person)) for person in authors]
    short = [_item(scopus_name(person)) for person in authors]
    printed = kept.get("Authors", "").split("; ")
    yield "Authors", "; ".join(printed if len(printed) == len(full) and any(printed) else short)
    ids = [text.strip() for text in kept.get("Author(s) ID", "").split(";") if text.strip()]
    if len(ids) == len(full) and all(text.isdigit() for text in ids):
        full = [f"{name} ({number})" for name, number in zip(full, ids, strict=True)]
    yield "Author full names", "; ".join(full)


def _placed(record: Record, authors: Sequence[Person]) -> str:
    """Return the authors, each with the addresses that are known to be theirs."""
    places: dict[int, list[str]] = {}
    for address, at in record.affiliations:
        if at is not None:
            places.setdefault(at, []).append(_item(address))
    if not places:
        return ""
    return "; ".join(
        ", ".join([_item(scopus_name(person)), *places.get(at, [])])
        for at, person in enumerate(authors, 1)
    )


def _document(record: Record) -> str:
    """Return the type of document in Scopus' words, where it has one for it."""
    genre = clean_text(record.genre or "")
    said = TYPES.get(genre.casefold(), "document")
    if said == record.type or record.type is None:
        return genre
    return _DOCUMENTS.get(record.type, genre)


def _references(cited: Sequence[CitedReference]) -> str:
    """Return the references as they are where they read the same, else in today's form."""
    raws = [clean_text(item.raw) for item in cited]
    joined = "; ".join(raws)
    if cited and list(map(_parts, parse_references(joined))) == list(map(_parts, cited)):
        return joined
    return "; ".join(_reference(item) for item in cited)


def _parts(cited: CitedReference) -> tuple[str | int | None, ...]:
    """Return what Scopus prints of a reference."""
    place = (cited.source_raw, cited.volume, cited.first_page)
    return (cited.first_author, cited.publication_year, cited.title, *place)


def _reference(cited: CitedReference) -> str:
    """Return one reference in the form of today, which ends in its year."""
    author, year, title, source, volume, page = _parts(cited)
    if not author or not (title or source):
        return _item(cited.raw)
    parts = [
        scopus_name(parse_person(str(author))).replace(",", ""),
        str(title or ""),
        str(source or ""),
        str(volume or ""),
        f"pp. {page}" if page else "",
        f"({year})" if year else "",
    ]
    return ", ".join(text for part in parts if (text := _item(part)))
