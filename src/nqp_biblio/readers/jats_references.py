"""The reference lists of a JATS article: tagged citations, and those printed as plain text."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.readers.jats_names import read_names
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.xml_door import local_name, text_of
from nqp_biblio.record import Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn, find_doi
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

__all__ = ["citations_of", "label_of", "link_of", "read_citations"]

_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "book-chapter": "chapter",
    "chapter": "chapter",
    "computer-program": "software",
    "confproc": "paper-conference",
    "conf-proceedings": "paper-conference",
    "conference": "paper-conference",
    "data": "dataset",
    "database": "dataset",
    "dataset": "dataset",
    "electronic-citation": "webpage",
    "gov": "report",
    "government": "report",
    "journal": "article-journal",
    "letter": "personal_communication",
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
    "patent": "patent",
    "periodical": "article-magazine",
    "preprint": "article",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
    "web": "webpage",
    "webpage": "webpage",
    "website": "webpage",
    "working-paper": "report",
}
_STANDING = frozenset({"book", "thesis", "report", "webpage", "software", "dataset", "patent"})
_TITLES = ("article-title", "chapter-title", "part-title", "data-title")
_TELLING = (*_TITLES, "source", "year", "volume", "fpage", "surname", "collab", "string-name")
_MIN_TELLING = 2
_SIMPLE = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "publisher-name": "publisher",
    "publisher-loc": "publisher_place",
    "series": "series",
    "conf-name": "event",
    "elocation-id": "article_number",
}
_READ_TEXT = """
    article-title bold chapter-title collab data-title day edition elocation-id etal fpage
    given-names issue italic label lpage month name named-content page-range part-title
    person-group prefix pub-id publisher-loc publisher-name role series source string-name
    styled-content sub suffix sup surname uri volume year conf-name object-id isbn issn
    citation-alternatives name-alternatives anonymous underline sc monospace roman x bold
    institution-wrap ext-link isbn abbrev
    """
_READ = frozenset(_READ_TEXT.split())
_UNPRINTED = frozenset({"label", "object-id"})
_ARXIV = re.compile(r"\barxiv\b", re.IGNORECASE)
_WORD = re.compile(r"\w")


class _Waiting(NamedTuple):
    """A citation of which the text is read, all of it or the title alone."""

    raw: str
    record: Record
    is_tagged: bool


class _Draft(NamedTuple):
    """A citation: whether it is tagged, or None for a note without a citation."""

    element: _Element
    record: Record
    raw: str
    is_tagged: bool | None


def label_of(reference: _Element) -> str | None:
    """Return the label of a reference as printed, without brackets and full stop."""
    label = next(reference.iter("label"), None)
    return text_of(label).strip(" .()[]") or None if label is not None else None


def citations_of(reference: _Element) -> list[_Element]:
    """Return the citations in a reference; of alternatives the one with more tags."""
    found: list[_Element] = []
    for element in reference.iter(*_CITATIONS):
        parent = element.getparent()
        if parent is not None and local_name(parent) in _CITATIONS:
            continue
        if parent is not None and local_name(parent) == "citation-alternatives":
            siblings = [one for one in parent if local_name(one) in _CITATIONS]
            if element is not max(siblings, key=_n_telling):
                continue
        found.append(element)
    return found


def read_citations(references: Sequence[_Element]) -> list[list[tuple[_Element, Record]]]:
    """Read the items of the lists of an article.

    Parameters
    ----------
    references : sequence of Element
        The ``ref`` elements, without namespaces.

    Returns
    -------
    list of list of (element, Record)
        One list per item: one record per citation in it, of role reference; a note without a
        citation gives one too. A citation with fewer than two telling tags is read from its
        text.
    """
    waiting: list[_Waiting] = []
    read = [_drafts(one, waiting) for one in references]
    parsed = parse_references([one.raw for one in waiting])
    for one, found in zip(waiting, parsed, strict=True):
        if one.is_tagged:
            one.record.title = found.title
            continue
        for attribute in fields(found):
            setattr(one.record, attribute.name, getattr(found, attribute.name))
    return [[(one.element, _finished(one)) for one in drafts] for drafts in read]


def _drafts(reference: _Element, waiting: list[_Waiting]) -> list[_Draft]:
    """Read the tags of the citations in one item, and note what must be read from its text."""
    found = citations_of(reference)
    if not found:
        raw = clean_text(" ".join(_printed(child) for child in reference))
        return [_Draft(reference, _untagged(raw, waiting), raw, is_tagged=None)]
    return [_citation(element, waiting) for element in found]


def _finished(draft: _Draft) -> Record:
    """Add to a citation what its text did not tell."""
    record, element = draft.record, draft.element
    if draft.is_tagged is None:
        return record
    if not draft.is_tagged:
        record.raw = draft.raw or None
        _take_numbers(record, element)
        return record
    if record.type == "document" and record.url and not record.source_raw:
        record.type = "webpage"
    _take_rest(record, element)
    return record


def link_of(element: _Element) -> str:
    """Return the address that an element links to; empty where it has none."""
    links = (str(value) for name, value in element.items() if str(name).endswith("href"))
    return next(links, "").strip()


def _n_telling(element: _Element) -> int:
    """Count the kinds of telling tags."""
    return sum(next(element.iter(name), None) is not None for name in _TELLING)


def _untagged(raw: str, waiting: list[_Waiting]) -> Record:
    """Begin a citation that is read from its text; one that is no reference keeps that only."""
    record = Record(role="reference", raw=raw or None)
    if parse_year(raw) is not None or find_doi(raw) is not None:
        waiting.append(_Waiting(raw, record, is_tagged=False))
    return record


def _citation(element: _Element, waiting: list[_Waiting]) -> _Draft:
    """Read the tags of one citation."""
    raw = _raw(element)
    if _n_telling(element) < _MIN_TELLING:
        return _Draft(element, _untagged(raw, waiting), raw, is_tagged=False)
    record = Record(role="reference", raw=raw)
    record.people, record.et_al, others = read_names(element)
    record.fields += others
    _take_titles(record, element)
    _take_imprint(record, element)
    _take_numbers(record, element)
    if record.doi is None and (doi := find_doi(raw)):
        record.doi = record.doi_raw = doi
    if not record.title and not record.source_raw:
        waiting.append(_Waiting(raw, record, is_tagged=True))
    return _Draft(element, record, raw, is_tagged=True)


def _first(element: _Element, name: str) -> str:
    """Return the text of the first element of a name."""
    found = next(element.iter(name), None)
    return text_of(found) if found is not None else ""


def _take_titles(record: Record, element: _Element) -> None:
    """Read title, source and type."""
    printed = (element.get("publication-type") or element.get("citation-type") or "").lower()
    record.type = _TYPES.get(printed)
    titles = [text for name in _TITLES if (text := _first(element, name))]
    source = _first(element, "source")
    record.title = titles[0].removesuffix(".") if titles else None
    record.fields += [("part-title", title) for title in titles[1:]]
    stands_alone = record.type in _STANDING or not _first(element, "volume")
    if source and not titles and stands_alone and record.type != "article-journal":
        record.title = source
    else:
        record.source_raw = source or None
    if record.type == "book" and titles and source:
        record.type = "chapter"
    if record.type is None:
        is_article = bool(record.source_raw and record.title and _first(element, "volume"))
        record.type = "article-journal" if is_article else "document"
    if printed and printed not in _TYPES:
        record.fields.append(("publication-type", printed))


def _take_imprint(record: Record, element: _Element) -> None:
    """Read date, volume, pages, publisher and their like."""
    for name, attribute in _SIMPLE.items():
        texts = [text for one in element.iter(name) if (text := text_of(one))]
        if texts:
            setattr(record, attribute, texts[0])
            record.fields += [(name, text) for text in texts[1:]]
    year = _first(element, "year")
    record.year_raw = year or None
    record.publication_year = parse_year(year)
    if record.publication_year is not None:
        parts = [str(record.publication_year), _first(element, "month"), _first(element, "day")]
        if parts[1].isdigit():
            whole = "-".join(part.zfill(2) for part in parts if part)
        else:
            whole = " ".join(part for part in (parts[2], parts[1], parts[0]) if part)
        iso = parse_date(whole) or ""
        record.publication_date = iso if len(iso) > len("2001") else None
    _take_pages(record, element)


def _take_pages(record: Record, element: _Element) -> None:
    """Read the pages."""
    firsts = [text for one in element.iter("fpage") if (text := text_of(one))]
    last, whole = _first(element, "lpage"), _first(element, "page-range")
    first = firsts[0] if firsts else ""
    record.pages_raw = whole or (f"{first}-{last}" if last and last != first else first) or None
    record.pages = parse_pages(record.pages_raw or "")
    record.fields += [("fpage", one) for one in firsts[1:]]


def _take_numbers(record: Record, element: _Element) -> None:
    """Read DOI, PubMed's number, addresses and other numbers."""
    for one in element.iter("pub-id", "object-id", "article-id"):
        kind, text = one.get("pub-id-type", "").lower(), text_of(one)
        if kind == "doi" and record.doi is None and (doi := clean_doi(text)):
            record.doi, record.doi_raw = doi, text
        elif kind == "pmid" and record.pmid is None and text.isdigit():
            record.pmid = text
        elif kind == "arxiv" and (number := clean_arxiv_id(text)):
            record.arxiv_id = number
        elif kind == "isbn" and record.isbn is None and (number := clean_isbn(text)):
            record.isbn = number
        elif text and clean_doi(text) != record.doi:
            record.fields.append((kind or "pub-id", text))
    for one in element.iter("isbn"):
        record.isbn = record.isbn or clean_isbn(text_of(one))
    for one in element.iter("issn"):
        record.issn = record.issn or text_of(one) or None
    for one in element.iter("ext-link", "uri", "self-uri"):
        _take_link(record, one)


def _take_link(record: Record, element: _Element) -> None:
    """Read an address, which may be that of a DOI."""
    text = text_of(element)
    link = link_of(element) or text
    kind = element.get("ext-link-type", "uri").lower()
    if kind == "doi" or "doi.org/" in link:
        if record.doi is None and (doi := clean_doi(link)):
            record.doi, record.doi_raw = doi, text or link
    elif "ncbi.nlm.nih.gov/pubmed/" in link or kind == "pmid":
        record.pmid = record.pmid or (re.findall(r"\d{1,9}", link) or [None])[-1]
    elif _ARXIV.search(link) and record.arxiv_id is None and (number := clean_arxiv_id(link)):
        record.arxiv_id, record.url = number, record.url or link
    elif record.url is None and "://" in link:
        record.url = link
    elif link and link != record.url:
        record.fields.append(("link", link))


def _take_rest(record: Record, element: _Element) -> None:
    """Keep the text of all other tags."""
    for child in element.iter():
        name = local_name(child)
        if child is element or name in _READ or not (text := text_of(child)):
            continue
        if name == "comment" and find_doi(text) == record.doi and record.doi:
            continue
        record.fields.append((name, text))


def _raw(element: _Element) -> str:
    """Return a citation as printed; one that is only tagged with commas between its parts."""
    if local_name(element) == "mixed-citation" or _WORD.search(_own_text(element)):
        return clean_text(_printed(element))
    parts: list[str] = []
    for child in element:
        if local_name(child) == "person-group":
            names = [clean_text(" ".join(_leaves(one))) for one in child]
            parts += [name for name in names if name]
        elif local_name(child) not in _UNPRINTED:
            parts.append(clean_text(" ".join(_leaves(child))))
    return ", ".join(part for part in parts if part)


def _own_text(element: _Element) -> str:
    """Return the text between the children."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _leaves(element: _Element) -> list[str]:
    """Return the names' parts of a person one by one, else the whole text."""
    if local_name(element) in {"name", "string-name"} and len(element):
        return [text_of(child) for child in element]
    return [text_of(element)]


def _printed(element: _Element) -> str:
    """Return the text without what is not printed."""
    if not isinstance(element.tag, str) or local_name(element) in _UNPRINTED:
        return ""
    if local_name(element) == "name" and len(element):
        return " ".join(text_of(child) for child in element)
    pieces = [element.text or ""]
    for child in element:
        pieces += [_printed(child), child.tail or ""]
    return "".join(pieces)
