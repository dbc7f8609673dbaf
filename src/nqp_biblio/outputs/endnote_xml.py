"""Works as EndNote XML, for EndNote, Zotero, JabRef and their like."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nqp_biblio import __version__
from nqp_biblio.outputs.printed_names import inverted_name
from nqp_biblio.outputs.printed_numbers import listed_pages, printed_doi
from nqp_biblio.text.languages import language_name
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nqp_biblio.record import Person, Record

__all__ = ["format_endnote_xml"]

_TYPES: dict[str, tuple[str, int]] = {
    "article": ("Unpublished Work", 34),
    "article-journal": ("Journal Article", 17),
    "article-magazine": ("Magazine Article", 19),
    "article-newspaper": ("Newspaper Article", 23),
    "bill": ("Bill", 4),
    "book": ("Book", 6),
    "chapter": ("Book Section", 5),
    "classic": ("Classical Work", 49),
    "dataset": ("Dataset", 59),
    "document": ("Generic", 13),
    "entry-dictionary": ("Dictionary", 52),
    "entry-encyclopedia": ("Encyclopedia", 53),
    "figure": ("Figure", 37),
    "graphic": ("Artwork", 2),
    "hearing": ("Hearing", 18),
    "interview": ("Interview", 64),
    "legal_case": ("Case", 7),
    "legislation": ("Statute", 31),
    "manuscript": ("Manuscript", 36),
    "map": ("Map", 20),
    "motion_picture": ("Film or Broadcast", 21),
    "musical_score": ("Music", 61),
    "pamphlet": ("Pamphlet", 51),
    "paper-conference": ("Conference Proceedings", 10),  # Zotero takes 47 for a talk
    "patent": ("Patent", 25),
    "periodical": ("Serial", 57),
    "personal_communication": ("Personal Communication", 26),
    "post": ("Discussion Forum", 60),
    "post-weblog": ("Blog", 56),
    "regulation": ("Legal Rule or Regulation", 50),
    "report": ("Report", 27),
    "software": ("Computer Program", 9),
    "standard": ("Standard", 58),
    "thesis": ("Thesis", 32),
    "webpage": ("Web Page", 12),
}
_GENERIC = ("Generic", 13)
_PEOPLE = {
    "authors": "author",
    "secondary-authors": "editor",
    "subsidiary-authors": "translator",
}
_ELEMENTS_TEXT = """
    alt-periodical pages volume number issue num-vols edition section reprint-edition keywords
    dates pub-location publisher orig-pub isbn accession-num call-num report-id label image caption
    notes research-notes abstract work-type reviewed-item electronic-resource-num urls custom1
    custom2 custom3 custom4 custom5 custom6 custom7 misc1 misc2 misc3 remote-database-name
    remote-database-provider language access-date
    """
_ELEMENTS = tuple(_ELEMENTS_TEXT.split())
_MADE = frozenset({"alt-periodical", "dates", "keywords", "urls"})
_SERIES_EDITORS = frozenset({"book", "report"})
"""Types whose secondary authors edit the series; their own editors are tertiary authors."""

_SERIES_BELOW_TITLE = frozenset({"book"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STYLE = '<style face="normal" font="default" size="100%">'


def format_endnote_xml(records: Iterable[Record]) -> str:
    """Write works as EndNote XML.

    Parameters
    ----------
    records : iterable of Record
        The works, in order.

    Returns
    -------
    str
        One record element a work, a line each, with its number; other citation keys are labels.
        Fields that have an element of EndNote are written there, others are left out.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> text = format_endnote_xml([Record(key="a", type="book", title="T")])
    >>> '<ref-type name="Book">6</ref-type>' in text
    True
    """
    entries = (_entry(number, record) for number, record in enumerate(records, 1))
    body = "".join(f"<record>{entry}</record>\n" for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n{body}</records></xml>\n'


def _entry(place: int, record: Record) -> str:
    """Return the elements of one work."""
    has_number = record.key is not None and record.key.isdecimal() and record.key.isascii()
    number = record.key if has_number else str(place)
    name, code = _TYPES.get(record.type or "", _GENERIC)
    source = escape(f"nqp-biblio {__version__}")
    head = (
        f'<database name="{source}" path="{source}"/>'
        f'<source-app name="nqp-biblio" version="{__version__}"/>'
        f"<rec-number>{number}</rec-number>"
        f'<ref-type name="{name}">{code}</ref-type>'
    )
    kept: dict[str, list[str]] = {}
    for field, value in record.fields:
        kept.setdefault(_RENAMED.get(field, field), []).append(value)
    own = dict(_own(record))
    parts = [head, _contributors(record), _addresses(record), _titles(record, kept)]
    for tag in _ELEMENTS:
        if own.get(tag):
            parts.append(own[tag] if tag in _MADE else _element(tag, own[tag]))
        elif tag in kept and tag not in _MADE:
            parts.append(_element(tag, "\n".join(kept[tag])))
    return "".join(part for part in parts if part)


_RENAMED = {"note": "notes", "annote": "research-notes", "N1": "notes"}


def _text(value: str) -> str:
    """Return a text as EndNote wraps it, with its line ends."""
    lines = (clean_text(line) for line in _NOT_XML.sub("", value).split("\n"))
    text = "\n".join(line for line in lines if line)
    return f"{_STYLE}{escape(text, quote=False)}</style>" if text else ""


def _element(tag: str, value: str | None) -> str:
    """Return an element; nothing for an empty one."""
    text = _text(value or "")
    return f"<{tag}>{text}</{tag}>" if text else ""


def _list(tag: str, inner: str, values: Iterable[str]) -> str:
    """Return an element that holds a list; nothing for an empty one."""
    items = "".join(_element(inner, value) for value in values)
    return f"<{tag}>{items}</{tag}>" if items else ""


def _contributors(record: Record) -> str:
    """Return the people of all roles."""
    is_whole = record.type in _SERIES_EDITORS
    lists = [
        _list(
            "tertiary-authors" if is_whole and role == "editor" else tag,
            "author",
            _names(record.people_of(role), cut=record.et_al and role == "author"),
        )
        for tag, role in _PEOPLE.items()
    ]
    inner = "".join(lists)
    return f"<contributors>{inner}</contributors>" if inner else ""


def _names(people: Sequence[Person], *, cut: bool) -> list[str]:
    """Return names; that of a group ends in a comma, so that it is not split."""
    names = [
        f"{person.display}," if person.literal is not None else inverted_name(person)
        for person in people
    ]
    return [*names, "et al."] if cut else names


def _addresses(record: Record) -> str:
    """Return the addresses, one a line."""
    return _element("auth-address", "\n".join(clean_text(text) for text, _ in record.affiliations))


def _titles(record: Record, kept: dict[str, list[str]]) -> str:
    """Return the title, the source and the series."""
    above, series = record.source_name, record.series
    if record.type in _SERIES_BELOW_TITLE:
        above, series = series, None
    named = [("title", record.title), ("secondary-title", above), ("tertiary-title", series)]
    named += [(tag, next(iter(kept.get(tag, [])), None)) for tag in ("alt-title", "short-title")]
    inner = "".join(_element(tag, text) for tag, text in named)
    titles = f"<titles>{inner}</titles>" if inner else ""
    short = next(iter(kept.get("abbr-1", [])), None)
    names = [("full-title", record.source_name), ("abbr-1", short)]
    inner = "".join(_element(tag, text) for tag, text in names)
    return titles + (f"<periodical>{inner}</periodical>" if inner else "")


def _own(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the elements of the attributes, some of them whole."""
    yield "pages", listed_pages(record)
    yield "volume", record.volume or ""
    yield "number", record.issue or ""
    yield "edition", record.edition or ""
    yield "keywords", _list("keywords", "keyword", (word for _, word in record.keywords))
    date = _list("pub-dates", "date", [record.publication_date or ""])
    year = str(record.publication_year or record.year_raw or "")
    yield "dates", f"<dates>{_element('year', year)}{date}</dates>"
    yield "pub-location", record.publisher_place or ""
    yield "publisher", record.publisher or ""
    yield "isbn", "\n".join(number for number in (record.issn, record.isbn) if number)
    if record.pmid:
        yield "accession-num", record.pmid
        yield "remote-database-name", "PubMed"
    yield "label", "" if (record.key or "").isdecimal() else record.key or ""
    yield "abstract", record.abstract or ""
    yield "work-type", record.genre or ""
    yield "electronic-resource-num", printed_doi(record)
    urls = _list("related-urls", "url", [record.url or ""])
    yield "urls", f"<urls>{urls}</urls>" if urls else ""
    yield "custom7", record.article_number or ""
    yield "language", language_name(record.language or "") or record.language or ""
