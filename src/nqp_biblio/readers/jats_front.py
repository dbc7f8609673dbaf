"""The front of a JATS article: what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.jats_names import read_group, read_name
from nqp_biblio.readers.jats_references import link_of
from nqp_biblio.readers.xml_door import flat_text, local_name, text_at, text_of, texts_at
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_orcid
from nqp_biblio.text.numbers import parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.record import Person, Record

__all__ = ["take_article_meta", "take_journal_meta"]

_TYPES = {
    "abstract": "paper-conference",
    "book": "book",
    "book-chapter": "chapter",
    "book-review": "review-book",
    "chapter": "chapter",
    "chapter-article": "chapter",
    "collection": "collection",
    "conference-paper": "paper-conference",
    "conference-proceedings": "paper-conference",
    "data-paper": "article-journal",
    "dataset": "dataset",
    "dissertation": "thesis",
    "patent": "patent",
    "phd-thesis": "thesis",
    "preprint": "article",
    "product-review": "review",
    "proceedings": "paper-conference",
    "report": "report",
    "software": "software",
    "technical-report": "report",
    "thesis": "thesis",
}
_DATES = ("epub-ppub", "ppub", "print", "collection", "pub", "epub", "electronic", "publication")
_READ = frozenset(
    {
        "abstract",
        "aff",
        "aff-alternatives",
        "article-categories",
        "article-id",
        "author-notes",
        "contrib-group",
        "counts",
        "custom-meta-group",
        "elocation-id",
        "fpage",
        "funding-group",
        "history",
        "issue",
        "kwd-group",
        "lpage",
        "page-range",
        "permissions",
        "pub-date",
        "self-uri",
        "title-group",
        "volume",
    }
)
_OWN_KEYWORDS = frozenset({"", "author", "author-keywords", "author-generated", "simple", "kwd"})
_ABSTRACTS = frozenset({"", "abstract", "main", "summary"})


def take_journal_meta(record: Record, meta: _Element) -> None:
    """Read the journal, its numbers and its publisher."""
    names = [*texts_at(meta, ".//journal-title"), *texts_at(meta, ".//abbrev-journal-title")]
    ids = [(one.get("journal-id-type", ""), text_of(one)) for one in meta.findall("journal-id")]
    ids.sort(key=lambda pair: pair[0] != "nlm-ta")
    names += [text for _, text in ids if text]
    record.source_raw = names[0] if names else None
    numbers = texts_at(meta, ".//issn")
    record.issn = numbers[0] if numbers else None
    record.publisher = text_at(meta, "publisher/publisher-name") or None
    record.publisher_place = text_at(meta, "publisher/publisher-loc") or None
    record.fields += [("issn", number) for number in numbers[1:]]
    record.fields += [(f"journal-id {kind}".strip(), text) for kind, text in ids if text]


def take_article_meta(record: Record, meta: _Element, kind: str) -> None:
    """Read title, people, date, place, numbers and words of an article.

    Parameters
    ----------
    record : Record
        The work, to be filled.
    meta : Element
        The ``article-meta``, without namespaces.
    kind : str
        The type of article, as JATS calls it; empty where it is not said.
    """
    is_in_journal = kind != "other" or record.issn is not None
    record.type = _TYPES.get(kind, "article-journal" if is_in_journal else "document")
    if kind:
        record.fields.append(("article-type", kind))
    _take_title(record, meta)
    _take_ids(record, meta)
    _take_people(record, meta)
    _take_dates(record, meta)
    record.volume = text_at(meta, "volume") or None
    record.issue = text_at(meta, "issue") or None
    first, last = text_at(meta, "fpage"), text_at(meta, "lpage")
    whole = text_at(meta, "page-range")
    record.pages_raw = whole or (f"{first}-{last}" if last and last != first else first) or None
    record.pages = parse_pages(record.pages_raw or "")
    record.article_number = text_at(meta, "elocation-id") or None
    _take_words(record, meta)
    record.fields += list(_rest(meta))


def _take_title(record: Record, meta: _Element) -> None:
    """Read the title with its subtitle."""
    title, subtitle = (
        text_at(meta, f"title-group/{name}") for name in ("article-title", "subtitle")
    )
    record.title = (f"{title.removesuffix(':')}: {subtitle}" if subtitle else title) or None
    for name in ("alt-title", "trans-title-group", "trans-title"):
        for one in meta.findall(f"title-group/{name}"):
            if text := flat_text(one):
                record.fields.append((name, text))


def _take_ids(record: Record, meta: _Element) -> None:
    """Read the numbers of the article."""
    for one in meta.findall("article-id"):
        kind, text = one.get("pub-id-type", "").lower(), text_of(one)
        if kind == "doi" and record.doi is None and (doi := clean_doi(text)):
            record.doi, record.doi_raw = doi, text
        elif kind == "pmid" and record.pmid is None and text:
            record.pmid = text
        elif kind == "arxiv" and (number := clean_arxiv_id(text)):
            record.arxiv_id = number
        elif text:
            record.fields.append((f"article-id {kind}".strip(), text))
            record.key = record.key or (text if kind in {"archive", "publisher-id"} else None)
    for one in meta.findall("self-uri"):
        link = link_of(one)
        if record.url is None and "://" in link:
            record.url = link
        elif link:
            record.fields.append(("self-uri", link))


def _take_people(record: Record, meta: _Element) -> None:
    """Read the contributors with their affiliations."""
    addresses = {
        one.get("id", ""): _address(one)
        for one in meta.iter("aff")
        if one.get("id") and _address(one)
    }
    used: set[str] = set()
    for group in meta.findall("contrib-group"):
        for contrib in group.findall("contrib"):
            at = _take_contrib(record, contrib)
            ids = [
                rid
                for one in contrib.findall("xref")
                if one.get("ref-type") == "aff"
                for rid in (one.get("rid") or "").split()
                if rid in addresses
            ]
            used.update(ids)
            own = [_address(one) for one in contrib.findall("aff")]
            used.update(one.get("id", "") for one in contrib.findall("aff"))
            if at is not None:
                found = [addresses[rid] for rid in ids] + [text for text in own if text]
                record.affiliations += [(text, at) for text in found]
    loose = [one for one in meta.iter("aff") if one.get("id", "") not in used]
    record.affiliations += [
        (text, None)
        for one in loose
        if (text := _address(one)) and not any(map(_is_contrib, one.iterancestors()))
    ]


def _is_contrib(element: _Element) -> bool:
    """Tell a contributor."""
    return local_name(element) == "contrib"


def _take_contrib(record: Record, contrib: _Element) -> int | None:
    """Read one contributor; return the place of an author, from 1."""
    person = _person_of(contrib)
    if person is None:
        return None
    kind = (contrib.get("contrib-type") or "author").lower()
    for number in contrib.findall("contrib-id"):
        if "orcid" in number.get("contrib-id-type", "").lower():
            person.orcid = clean_orcid(text_of(number))
    for link in contrib.iter("ext-link", "uri"):
        if "orcid.org" in link_of(link):
            person.orcid = person.orcid or clean_orcid(link_of(link))
    members = contrib.findall("collab/contrib-group/contrib")
    record.fields += [
        ("collab-member", one.display) for member in members if (one := _person_of(member))
    ]
    roles = texts_at(contrib, "role")
    if kind in {"author", "translator"} or (kind in {"editor", "guest-editor"} and not roles):
        person.role = kind.removeprefix("guest-")
        record.people.append(person)
        place = len(record.people_of("author"))
        record.fields += [("author-role", f"{person.display}: {role}") for role in roles]
        return place if person.role == "author" else None
    shown = f"{person.display}: {', '.join(roles)}" if roles else person.display
    record.fields.append((f"contributor {kind}", shown))
    return None


def _person_of(contrib: _Element) -> Person | None:
    """Read the name of a contributor."""
    for path in ("name", "name-alternatives/name", "string-name", "name-alternatives/string-name"):
        if (found := contrib.find(path)) is not None:
            return read_name(found)
    for path in ("collab", "collab-alternatives/collab"):
        if (found := contrib.find(path)) is not None:
            return read_group(found)
    return None


def _address(aff: _Element) -> str:
    """Return an address without its label."""
    pieces = [aff.text or ""]
    between = (
        "" if (aff.text or "").strip() or any((one.tail or "").strip() for one in aff) else ", "
    )
    for child in aff:
        if isinstance(child.tag, str) and local_name(child) not in {"label", "sup", "email"}:
            pieces += [flat_text(child), between]
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split()).strip(" ,;")


def _take_dates(record: Record, meta: _Element) -> None:
    """Read the date of publication: the year of the issue, else the first one online."""
    dates: list[tuple[int, str]] = []
    for one in meta.findall("pub-date"):
        kind = one.get("pub-type") or one.get("date-type") or one.get("publication-format") or ""
        iso = _iso(one)
        shown = iso or flat_text(one)
        if shown:
            record.fields.append((f"pub-date {kind}".strip(), shown))
        if iso:
            rank = _DATES.index(kind) if kind in _DATES else len(_DATES)
            dates.append((rank, iso))
    if dates:
        year = min(dates)[1][:4]
        same = [iso for _, iso in sorted(dates) if iso[:4] == year]
        best = max(same, key=len)
        record.publication_year, record.year_raw = int(year), year
        record.publication_date = best if len(best) > len(year) else None
    for one in meta.findall("history/date"):
        if iso := _iso(one):
            record.fields.append((f"date {one.get('date-type', '')}".strip(), iso))


def _iso(date: _Element) -> str | None:
    """Return a date, as precise as it is."""
    year = parse_year(text_at(date, "year"))
    if year is None:
        year_iso = date.get("iso-8601-date", "")[:10]
        return year_iso if parse_year(year_iso[:4]) else None
    parts = [f"{year:04d}"]
    for name, most in (("month", 12), ("day", 31)):
        text = text_at(date, name)
        if not (text.isdigit() and text.isascii() and 0 < int(text[:3]) <= most):
            break
        parts.append(text.zfill(2)[-2:])
    return "-".join(parts)


def _take_words(record: Record, meta: _Element) -> None:
    """Read keywords, subjects and abstracts."""
    for group in meta.findall("kwd-group"):
        is_own = (group.get("kwd-group-type") or "").lower() in _OWN_KEYWORDS
        kind = "author_keyword" if is_own else "index_keyword"
        words = [text for one in group.iter("kwd", "compound-kwd") if (text := flat_text(one))]
        record.keywords += [(kind, word) for word in dict.fromkeys(words)]
    for one in meta.iter("subject"):
        if text := text_of(one):
            record.fields.append(("subject", text))
    for one in meta.findall("abstract"):
        kind = (one.get("abstract-type") or "").lower()
        told = _abstract(one)
        if told and kind in _ABSTRACTS and record.abstract is None:
            record.abstract = told
        elif told:
            record.fields.append((f"abstract {kind}".strip(), told))


def _abstract(element: _Element) -> str | None:
    """Join the paragraphs of an abstract, each after the heading of its section."""
    parts: list[str] = []
    heading = ""
    for one in element.iter("title", "p"):
        text = text_of(one)
        parent = one.getparent()
        if local_name(one) == "title":
            is_inner = parent is not None and local_name(parent) == "sec"
            heading = f"{text.removesuffix(':').removesuffix('.')}: " if is_inner and text else ""
        elif text and (parent is None or local_name(parent) != "p"):
            parts.append(heading + text)
            heading = ""
    return " ".join(parts) or text_of(element) or None


def _rest(meta: _Element) -> Iterator[tuple[str, str]]:
    """Yield the text of what no attribute takes."""
    for name in ("permissions", "funding-group", "author-notes", "counts", "custom-meta-group"):
        for holder in meta.findall(name):
            yield from _pieces(holder)
    for child in meta:
        if isinstance(child.tag, str) and local_name(child) not in _READ:
            text = flat_text(child) or link_of(child)
            if text:
                yield local_name(child), text


def _pieces(holder: _Element) -> Iterator[tuple[str, str]]:
    """Yield each award, right, note or count of a group."""
    for child in holder:
        if not isinstance(child.tag, str):
            continue
        name = local_name(child)
        if name == "award-group":
            yield from ((local_name(one), text) for one in child if (text := flat_text(one)))
        elif text := flat_text(child) or child.get("count") or link_of(child):
            yield name, text
