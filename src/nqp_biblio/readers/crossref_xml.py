"""Crossref XML: answers of the agency's query service, and deposits of publishers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

from nqp_biblio.readers.crossref_citations import take_citations
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import (
    elements,
    flat_text,
    local_name,
    looks_like_xml,
    text_at,
    text_of,
    texts_at,
)
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi, clean_isbn, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:doi_records?|crossref_result|doi_batch|crossref)[\s>]")
_RECORD = re.compile(r"<(?:[\w.-]{1,40}:)?doi_record[\s>]")
_QUERY = re.compile(r"<(?:[\w.-]{1,40}:)?crossref_result[\s>]")


class _Kind(NamedTuple):
    """What holds a kind of work: its own element, its metadata and its items."""

    type: str
    metadata: tuple[str, ...] = ()
    item: str = ""
    item_type: str = ""


_KINDS = {
    "journal": _Kind("periodical", ("journal_metadata",), "journal_article", "article-journal"),
    "book": _Kind(
        "book",
        ("book_metadata", "book_series_metadata", "book_set_metadata"),
        "content_item",
        "chapter",
    ),
    "conference": _Kind(
        "book",
        ("proceedings_metadata", "proceedings_series_metadata"),
        "conference_paper",
        "paper-conference",
    ),
    "report-paper": _Kind(
        "report",
        ("report-paper_metadata", "report-paper_series_metadata"),
        "content_item",
        "chapter",
    ),
    "standard": _Kind(
        "standard", ("standard_metadata", "standard_series_metadata"), "content_item", "chapter"
    ),
    "database": _Kind("dataset", ("database_metadata",), "dataset", "dataset"),
    "dissertation": _Kind("thesis"),
    "posted_content": _Kind("article"),
    "peer_review": _Kind("review"),
    "sa_component": _Kind("document", (), "component", "document"),
    "pending_publication": _Kind("document"),
}
_POSTED = {"dissertation": "thesis", "report": "report", "other": "post-weblog"}
_ITEM_TYPES = {"reference_entry": "entry"}
_ROLES = ("author", "editor", "translator")
_DATES = ("publication_date", "posted_date", "approval_date", "review_date", "acceptance_date")
_HANDLED = frozenset(
    (
        *(
            "titles",
            "contributors",
            "person_name",
            "publication_date",
            "posted_date",
            "pages",
            "doi_data",
        ),
        *("citation_list", "abstract", "publisher_item", "program", "publisher", "isbn", "issn"),
        *("institution", "degree", "edition_number", "volume", "proceedings_title", "full_title"),
        *("series_metadata", "approval_date", "review_date", "standards_body", "crossmark"),
        *("database_date", "content_item", "component_list", "language", "archive_locations"),
    )
)
"""Elements that are read; the text of any other is kept as a field."""


def _matches(source: Source) -> float:
    """Score a source: XML with a root of the agency and a kind of work in it."""
    head = source.head
    if not looks_like_xml(head) or not _ROOT.search(head[:6_000]):
        return 0.0
    return 0.95 if "crossref" in head else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    head = source.head[:20_000]
    is_answer = _QUERY.search(head) or _RECORD.search(head)
    tags = ("query",) if _QUERY.search(head) else ("doi_record",) if is_answer else tuple(_KINDS)
    n_items = 0
    for item in elements(source, tags):
        n_items += 1
        if isinstance(item, Problem):
            yield item
        elif is_answer:
            yield from _works_of_answer(source.name, *item)
        else:
            yield from _works(source.name, item, item[1], is_deposit=True)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no work in the file; nothing is read")


def _works_of_answer(file: str, line: int, answer: _Element) -> Iterator[Record | Problem]:
    """Yield the works of one answer, or what the service says is wrong."""
    inner = answer.find(".//{*}crossref")
    found = [child for child in (inner if inner is not None else ()) if local_name(child) in _KINDS]
    if not found:
        said = flat_text(inner if inner is not None else answer)[:200]
        yield Problem(file, line, said, "no work in the answer of the service")
    count = text_at(answer, "{*}crm-item[@name='citedby-count']")
    for child in found:
        for record in _works(file, (line, answer), child, is_deposit=False):
            if count.isdecimal() and len(count) < len("1000000000"):
                record.cited_by_count = int(count)
            yield record


def _works(
    file: str, start: tuple[int, _Element], element: _Element, *, is_deposit: bool
) -> Iterator[Record]:
    """Yield the works in one element: its items, and itself where it is a work of its own."""
    kind = _KINDS[local_name(element)]
    metadata = next(
        (e for name in kind.metadata if (e := element.find(f"{{*}}{name}")) is not None), None
    )
    own = element if metadata is None else metadata
    items = element.findall(f"{{*}}{kind.item}") if kind.item else []
    is_own_work = is_deposit and kind.type != "periodical" and own.find("{*}doi_data") is not None
    if not items or is_own_work:
        yield _record(file, _line(start, own), (element, own), own, kind.type)
    for item in items:
        yield _record(file, _line(start, item), (element, own), item, kind.item_type)


def _line(start: tuple[int, _Element], element: _Element) -> int:
    """Return the line of the file where an element inside another begins."""
    first, last = (cast("int | None", one.sourceline) or 0 for one in (start[1], element))
    return start[0] + max(last - first, 0)


def _record(
    file: str, line: int, host: tuple[_Element, _Element], item: _Element, kind: str
) -> Record:
    """Make a record of an item and of what is said of the whole that it stands in."""
    record = Record(file=file, line=line, format="crossref-xml", type=kind)
    _take_kind(record, item)
    _take_titles(record, host[1], item)
    _take_people(record, item)
    if item is not host[1]:
        aside = Record()
        _take_people(aside, host[1])
        _take_people(aside, host[0])
        record.people += [person for person in aside.people if person.role == "editor"]
    _take_numbers(record, *host, item)
    _take_dates(record, host[0], item)
    record.doi_raw = text_at(item, "{*}doi_data/{*}doi") or None
    record.doi = clean_doi(record.doi_raw or "")
    record.url = text_at(item, "{*}doi_data/{*}resource") or None
    _take_abstract(record, item)
    _take_rest(record, item)
    take_citations(record, item)
    spoken = (one.get("language", "") for one in (item, host[1]))
    record.language = language_code(next(filter(None, spoken), ""))
    return record


def _take_kind(record: Record, item: _Element) -> None:
    """Read the kind of a part or of posted content, and the degree of a thesis."""
    part, posted = item.get("component_type", ""), item.get("type", "")
    record.type = _ITEM_TYPES.get(part, record.type)
    if local_name(item) == "posted_content":
        record.type = _POSTED.get(posted, "article")
    for name, said in (("component_type", part), ("type", posted)):
        if said and said not in ("chapter", "preprint"):
            record.fields.append((name, said))
    record.genre = text_at(item, "{*}degree") or None


def _full_title(titles: _Element | None) -> str:
    """Join title and subtitle, unless the one holds the other."""
    if titles is None:
        return ""
    title, subtitle = text_at(titles, "{*}title"), text_at(titles, "{*}subtitle")
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title.rstrip(' :')}: {subtitle}" if title else subtitle


def _take_titles(record: Record, host: _Element, item: _Element) -> None:
    """Read the title of the item, and of the journal, book or series that it stands in."""
    own = item.find("{*}titles")
    name = (
        text_at(host, "{*}full_title")
        or text_at(host, "{*}proceedings_title")
        or _full_title(host.find("{*}titles"))
    )
    series = _full_title(host.find("{*}series_metadata/{*}titles"))
    record.title = _full_title(own) or (name if item is host else "") or None
    record.source_raw = name or None if item is not host else None
    record.series = series or None
    for extra in item.findall("{*}titles")[1:]:
        record.fields.append(("title", flat_text(extra)))
    original = text_at(own, "{*}original_language_title") if own is not None else ""
    if original:
        record.fields.append(("original_language_title", original))
    if short := text_at(host, "{*}abbrev_title"):
        record.fields.append(("abbrev_title", short))


def _take_people(record: Record, element: _Element) -> None:
    """Read names with ORCID, the addresses of authors, and the names of groups."""
    for name in element.findall("{*}contributors/*") + element.findall("{*}person_name"):
        role = name.get("contributor_role", "author")
        person = _person(name)
        if person is None:
            continue
        if role not in _ROLES:
            record.fields.append((f"contributor.{role}", person.display))
            continue
        person.role = role
        record.people.append(person)
        position = len(record.people_of("author"))
        if role == "author":
            places = dict.fromkeys(_places(name))
            record.affiliations += [(place, position) for place in places]


def _person(name: _Element) -> Person | None:
    """Read one name: of a person, or of a group."""
    family, given = text_at(name, "{*}surname"), text_at(name, "{*}given_name")
    if local_name(name) != "person_name" or not family:
        text = given if local_name(name) == "person_name" else text_of(name)
        return Person(literal=text, raw=text) if text else None
    suffix = text_at(name, "{*}suffix")
    person = person_of_parts(family, given) if given else None
    person = person or Person(family=family)
    person.suffix = suffix or person.suffix
    person.raw = ", ".join(filter(None, (family, given, suffix)))
    person.orcid = clean_orcid(text_at(name, "{*}ORCID"))
    return person


def _places(name: _Element) -> Iterator[str]:
    """Yield the addresses of a person, of the older form and of the newer one."""
    yield from texts_at(name, "{*}affiliation")
    for place in name.findall("{*}affiliations/{*}institution"):
        parts = (
            text
            for tag in ("institution_department", "institution_name", "institution_place")
            for text in texts_at(place, f"{{*}}{tag}")
        )
        if whole := ", ".join(parts):
            yield whole


def _take_numbers(record: Record, element: _Element, host: _Element, item: _Element) -> None:
    """Read volume, issue, pages, numbers, publisher, edition and event."""
    issue = element.find("{*}journal_issue")
    if issue is not None:
        record.volume = text_at(issue, "{*}journal_volume/{*}volume") or None
        record.issue = text_at(issue, "{*}issue") or None
        if special := _full_title(issue.find("{*}titles")):
            record.fields.append(("issue.title", special))
    record.volume = record.volume or text_at(host, "{*}volume") or None
    first, last = text_at(item, "{*}pages/{*}first_page"), text_at(item, "{*}pages/{*}last_page")
    pages = f"{first}-{last}" if last and last != first else first
    others = text_at(item, "{*}pages/{*}other_pages")
    record.pages_raw = ", ".join(filter(None, (pages, others))) or None
    record.pages = parse_pages(record.pages_raw or "")
    _take_item_numbers(record, item)
    _take_host_numbers(record, host, item)
    for attribute, path in (
        ("publisher", "publisher/{*}publisher_name"),
        ("publisher_place", "publisher/{*}publisher_place"),
        ("edition", "edition_number"),
    ):
        setattr(record, attribute, text_at(host, f"{{*}}{path}") or None)
    _take_institution(record, host, item)
    record.event = text_at(element, "{*}event_metadata/{*}conference_name") or None
    for part in element.findall("{*}event_metadata/*"):
        if text_of(part) not in ("", record.event):
            record.fields.append((local_name(part), text_of(part)))


def _take_item_numbers(record: Record, item: _Element) -> None:
    """Read the number of an article without pages; other numbers are kept."""
    for number in item.findall("{*}publisher_item/*") + item.findall("{*}item_number"):
        kind = number.get("item_number_type") or number.get("id_type") or ""
        text = text_of(number)
        if kind.replace("-", "_") == "article_number" and record.article_number is None:
            record.article_number = text or None
        elif text and clean_doi(text) != clean_doi(text_at(item, "{*}doi_data/{*}doi")):
            record.fields.append((kind or local_name(number), text))


def _take_host_numbers(record: Record, host: _Element, item: _Element) -> None:
    """Read ISSN and ISBN; further ones are kept."""
    issns = texts_at(host, "{*}issn") + texts_at(host, "{*}series_metadata/{*}issn")
    issns = [_issn(number) for number in issns]
    isbns = texts_at(item, "{*}isbn") or texts_at(host, "{*}isbn")
    isbns = [clean_isbn(number) or number for number in isbns]
    record.issn, record.isbn = next(iter(issns), None), next(iter(isbns), None)
    for name, numbers in (("issn", issns[1:]), ("isbn", isbns[1:])):
        record.fields += [(name, number) for number in dict.fromkeys(numbers)]


def _issn(number: str) -> str:
    """Write an ISSN with its hyphen."""
    return f"{number[:4]}-{number[4:]}" if re.fullmatch(r"\d{7}[\dXx]", number) else number


def _take_institution(record: Record, host: _Element, item: _Element) -> None:
    """Read school, institution or body; that of posted content is where it is posted."""
    place = next(
        (e for e in (item.find("{*}institution"), host.find("{*}institution")) if e is not None),
        None,
    )
    name = text_at(place, "{*}institution_name") if place is not None else ""
    name = name or text_at(host, "{*}standards_body/{*}standards_body_name")
    record.publisher = record.publisher or name or None
    if name and name != record.publisher:
        record.fields.append(("institution", name))
    if place is not None:
        record.publisher_place = (
            record.publisher_place or text_at(place, "{*}institution_place") or None
        )
        department = text_at(place, "{*}institution_department")
        if department:
            record.fields.append(("institution_department", department))
    if local_name(item) == "posted_content":
        record.source_raw = name or None


def _take_dates(record: Record, element: _Element, item: _Element) -> None:
    """Read the date of the print where there is one, else the first; others are kept."""
    dates = [date for name in _DATES for date in item.findall(f"{{*}}{name}")]
    dates += item.findall("{*}database_date/*")
    dates += element.findall("{*}journal_issue/{*}publication_date")
    dates += [date for e in element for date in e.findall("{*}publication_date") if not dates]
    dates = [date for date in dates if text_at(date, "{*}year")]
    printed = (date for date in dates if date.get("media_type", "print") == "print")
    chosen = next(printed, None)
    chosen = dates[0] if chosen is None and dates else chosen
    if chosen is None:
        return
    parts = [text_at(chosen, f"{{*}}{name}") for name in ("year", "month", "day")]
    record.year_raw, record.publication_year = parts[0], parse_year(parts[0])
    if record.publication_year is None:
        reason = f"no year in {parts[0][:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, parts[0], reason))
    else:
        record.publication_date = _iso(parts)
    for date in dates:
        said = _iso([text_at(date, f"{{*}}{name}") for name in ("year", "month", "day")])
        if said and date is not chosen and said != record.publication_date:
            name = f"{local_name(date)}.{date.get('media_type', '')}".rstrip(".")
            record.fields.append((name, said))


def _iso(parts: list[str]) -> str | None:
    """Write year, month and day as far as they are numbers; a year alone is no date."""
    limits = (9999, 12, 31)
    kept: list[str] = []
    for part, limit in zip(parts, limits, strict=True):
        if (
            not part.isdecimal()
            or not part.isascii()
            or len(part) > len("9999")
            or not 0 < int(part) <= limit
        ):
            break
        kept.append(part.zfill(2))
    return "-".join(kept) if len(kept) > 1 else None


def _take_abstract(record: Record, item: _Element) -> None:
    """Read the abstract; one of another kind, such as a summary for laymen, is kept."""
    found = item.findall("{*}abstract")
    plain = [one for one in found if not one.get("abstract-type")] or found
    for one in found:
        if one is plain[0]:
            record.abstract = flat_text(one) or None
        elif text := flat_text(one):
            kind = one.get("abstract-type", "")
            record.fields.append((f"abstract.{kind}" if kind else "abstract", text))


def _take_rest(record: Record, item: _Element) -> None:
    """Keep funders, licences, relations, links and the text of what is not read."""
    for program in item.findall("{*}program") + item.findall("{*}crossmark//{*}program"):
        for part in program.iter("{*}assertion", "{*}license_ref"):
            name = part.get("name", "") or local_name(part)
            text = " ".join((part.text or "").split())
            if text and (name, text) not in record.fields:
                record.fields.append((name, text))
        for part in program.iter("{*}inter_work_relation", "{*}intra_work_relation"):
            record.fields.append((f"relation.{part.get('relationship-type', '')}", text_of(part)))
    for part in item.findall("{*}crossmark/{*}custom_metadata/{*}assertion"):
        record.fields.append((part.get("name", "assertion"), text_of(part)))
    links = texts_at(item, "{*}doi_data/{*}collection/{*}item/{*}resource")
    links += texts_at(item, "{*}component_list/{*}component/{*}doi_data/{*}doi")
    record.fields += [("link", link) for link in dict.fromkeys(links) if link != record.url]
    for child in item:
        text = flat_text(child) if local_name(child) not in _HANDLED else ""
        if text and not (local_name(child) == "item_number" or local_name(child) == "abbrev_title"):
            record.fields.append((local_name(child), text))


FORMAT = Format(
    name="crossref-xml",
    title="Crossref XML",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
