"""PubMed XML: articles and books as efetch and the baseline files give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers import pubmed_types
from nqp_biblio.readers.medline_names import medline_person
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
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ITEMS = ("PubmedArticle", "PubmedBookArticle")
_BARE_ITEMS = ("MedlineCitation",)
_BARE_SET = re.compile(r"<MedlineCitationSet[\s>]")
_ROOT = re.compile(r"<(?:Pubmed(?:Book)?Article(?:Set)?|MedlineCitationSet)[\s>]")
_AUTHOR = re.compile(r"([^\s,.;:][^,.;:]{0,50} [A-Z][A-Z-]{0,3})(?=[,.;:])")
_PLACE = re.compile(
    r"(?:\. ([^.;]{2,90})\.? )?(?<!\d)((?:1[6-9]|20)\d\d)(?: [A-Z][a-z]{2}[\w -]{0,12})?;"
    r" ?(\w{1,8})(?:\([^()]{0,20}\))?:? ?([A-Za-z]{0,2}\d{1,8})?"
)
_YEAR = re.compile(r"(?<![\d-])((?:1[6-9]|20)\d\d)(?![\d-])")
_TAKEN = frozenset(
    {
        "Abstract",
        "Article",
        "ArticleIdList",
        "ArticleTitle",
        "AuthorList",
        "Book",
        "BookTitle",
        "CollectionTitle",
        "CommentsCorrectionsList",
        "ELocationID",
        "Edition",
        "ISSN",
        "Isbn",
        "Issue",
        "Journal",
        "JournalIssue",
        "KeywordList",
        "Language",
        "MeshHeadingList",
        "PMID",
        "Pagination",
        "PubDate",
        "PublicationType",
        "PublicationTypeList",
        "Publisher",
        "ReferenceList",
        "Title",
        "Volume",
    }
)
"""Elements that are read; of the others the text is kept."""


def _matches(source: Source) -> float:
    """Score a source: XML with PubMed's names."""
    head = source.head
    if not looks_like_xml(head):
        return 0.0
    return 0.95 if _ROOT.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each article or book, in the order of the file."""
    n_items = 0
    tags = _BARE_ITEMS if _BARE_SET.search(source.head) else _ITEMS
    for item in elements(source, tags):
        n_items += 1
        yield item if isinstance(item, Problem) else _record(source.name, *item)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no PubmedArticle; nothing is read")


def _record(file: str, line: int, element: _Element) -> Record:
    """Make a record of an article or a book."""
    record = Record(file=file, line=line, format="pubmed-xml")
    is_bare = local_name(element) in _BARE_ITEMS
    citation = element if is_bare else _first(element, "MedlineCitation", "BookDocument")
    if citation is None:
        raw = flat_text(element)[:2_000]
        reason = "no MedlineCitation in the article; the record is empty"
        record.problems.append(Problem(file, line, raw, reason))
        record.fields = [pair for pair in map(_named_text, element) if pair[1]]
        return record
    article = citation.find("Article")
    body = citation if article is None else article
    numbers = texts_at(citation, "PMID")
    record.pmid = numbers[0] if numbers else None
    record.fields = [("PMID", number) for number in numbers[1:]]
    record.abstract = _abstract(body.find("Abstract"))
    kinds = [*texts_at(body, "PublicationTypeList/PublicationType")]
    kinds += texts_at(body, "PublicationType")
    if article is None:
        _take_book(record, citation, kinds)
    else:
        _take_article(record, article, kinds)
    record.fields += [("PublicationType", kind) for kind in kinds if kind != "Journal Article"]
    _take_people(record, [citation, body, *body.findall("Book")])
    _take_numbers(record, element, body)
    _take_words(record, citation, body)
    _take_references(record, element)
    holders = [citation, article, body.find("Journal"), body.find("Journal/JournalIssue")]
    holders += [body.find("Book"), _first(element, "PubmedData", "PubmedBookData")]
    record.fields += [pair for holder in holders if holder is not None for pair in _rest(holder)]
    return record


def _first(element: _Element, *paths: str) -> _Element | None:
    """Return the first element at the first path that has one."""
    found = (element.find(path) for path in paths)
    return next((one for one in found if one is not None), None)


def _named_text(element: _Element) -> tuple[str, str]:
    """Return name and text of an element."""
    return local_name(element), flat_text(element)


def _rest(holder: _Element) -> Iterator[tuple[str, str]]:
    """Yield the text of what no attribute takes."""
    for child in holder:
        name = local_name(child)
        if name not in _TAKEN and (text := flat_text(child)):
            yield name, text


def _abstract(element: _Element | None) -> str | None:
    """Join the parts of an abstract, each after its label."""
    if element is None:
        return None
    parts = []
    for part in element.findall("AbstractText"):
        text, label = text_of(part), part.get("Label", "").strip()
        if text:
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return " ".join(parts) or None


def _take_article(record: Record, article: _Element, kinds: list[str]) -> None:
    """Read the journal, its issue, the title and the date."""
    record.type = pubmed_types.type_of(kinds)
    record.title = text_at(article, "ArticleTitle") or text_at(article, "VernacularTitle") or None
    names = texts_at(article, "Journal/Title") + texts_at(article, "Journal/ISOAbbreviation")
    record.source_raw = names[0] if names else None
    record.issn = text_at(article, "Journal/ISSN") or None
    record.volume = text_at(article, "Journal/JournalIssue/Volume") or None
    record.issue = text_at(article, "Journal/JournalIssue/Issue") or None
    _take_date(record, [article.find("Journal/JournalIssue/PubDate"), article.find("ArticleDate")])


def _take_book(record: Record, document: _Element, kinds: list[str]) -> None:
    """Read a book, or a chapter with its book."""
    book, part = text_at(document, "Book/BookTitle"), text_at(document, "ArticleTitle")
    record.type = "chapter" if part and book else pubmed_types.type_of(kinds, "book")
    record.title = part or book or None
    record.source_raw = book if part and book else None
    record.publisher = text_at(document, "Book/Publisher/PublisherName") or None
    record.publisher_place = text_at(document, "Book/Publisher/PublisherLocation") or None
    record.series = text_at(document, "Book/CollectionTitle") or None
    record.edition = text_at(document, "Book/Edition") or None
    record.volume = text_at(document, "Book/Volume") or None
    numbers = texts_at(document, "Book/Isbn")
    record.isbn = numbers[0] if numbers else None
    record.fields += [("Isbn", number) for number in numbers[1:]]
    _take_date(record, [document.find("Book/PubDate"), document.find("ContributionDate")])


def _take_date(record: Record, found: list[_Element | None]) -> None:
    """Read the first date that has a year."""
    for date in found:
        if date is None:
            continue
        printed = text_at(date, "MedlineDate")
        parts = [text_at(date, name) for name in ("Year", "Month", "Day")]
        whole = " ".join(part for part in parts if part) or printed
        if parts[1].isdigit():
            whole = "-".join(part.zfill(2) for part in parts if part)
        record.publication_year = parse_year(parts[0] or printed)
        if record.publication_year is None:
            continue
        record.year_raw = str(record.publication_year)
        iso = parse_date(whole) or ""
        record.publication_date = iso if len(iso) > len("2001") else None
        if printed or text_at(date, "Season"):
            record.fields.append((local_name(date), flat_text(date)))
        return


def _take_people(record: Record, holders: list[_Element]) -> None:
    """Read authors and editors with their addresses."""
    seen: list[_Element] = []
    for holder in holders:
        for names in holder.findall("AuthorList"):
            if any(names is one for one in seen):
                continue
            seen.append(names)
            role = "editor" if names.get("Type", "").startswith("editor") else "author"
            record.et_al = record.et_al or names.get("CompleteYN") == "N"
            for found in names.findall("Author"):
                _take_person(record, found, role)


def _take_person(record: Record, element: _Element, role: str) -> None:
    """Read one author: a person or a group."""
    family, given = text_at(element, "LastName"), text_at(element, "ForeName")
    given = given or text_at(element, "FirstName") or text_at(element, "Initials")
    group, suffix = text_at(element, "CollectiveName"), text_at(element, "Suffix")
    if not family and not group and not given:
        return
    if family:
        person = (
            medline_person(f"{family}, {given}") if given else Person(family=family, raw=family)
        )
        person.suffix = suffix or person.suffix
    else:
        person = Person(literal=group or given, raw=group or given)
    person.role = role
    for number in element.findall("Identifier"):
        if number.get("Source", "").upper() == "ORCID":
            person.orcid = clean_orcid(text_of(number))
    record.people.append(person)
    at = len(record.people_of("author")) if role == "author" else None
    addresses = texts_at(element, "AffiliationInfo/Affiliation") or texts_at(element, "Affiliation")
    record.affiliations += [(address, at) for address in addresses]


def _take_numbers(record: Record, element: _Element, body: _Element) -> None:
    """Read DOI, pages, language and the other numbers of the work."""
    found = [(one.get("EIdType", ""), text_of(one)) for one in body.findall("ELocationID")]
    found += [(one.get("EIdType", ""), text_of(one)) for one in body.findall("Book/ELocationID")]
    for path in ("PubmedData", "PubmedBookData", "BookDocument"):
        numbers = element.findall(f"{path}/ArticleIdList/ArticleId")
        found += [(one.get("IdType", ""), text_of(one)) for one in numbers]
    for kind, number in dict.fromkeys(found):
        if kind == "doi" and record.doi is None and (doi := clean_doi(number)):
            record.doi, record.doi_raw = doi, number
        elif kind == "pubmed" and record.pmid in (None, number):
            record.pmid = number
        elif number and not (kind == "doi" and clean_doi(number) == record.doi):
            record.fields.append((f"ArticleId {kind}".strip(), number))
            if number.lower().startswith("arxiv:"):
                record.arxiv_id = record.arxiv_id or clean_arxiv_id(number)
    start, end = text_at(body, "Pagination/StartPage"), text_at(body, "Pagination/EndPage")
    printed = text_at(body, "Pagination/MedlinePgn")
    record.pages_raw = printed or (f"{start}-{end}" if end and end != start else start) or None
    record.pages = parse_pages((record.pages_raw or "").partition(";")[0])
    for language in texts_at(body, "Language"):
        code = language_code(language)
        if record.language is None and code:
            record.language = code
        else:
            record.fields.append(("Language", language))


def _take_words(record: Record, citation: _Element, body: _Element) -> None:
    """Read MeSH headings with their qualifiers, and the authors' keywords."""
    words = []
    for heading in citation.findall("MeshHeadingList/MeshHeading"):
        parts = [(text_of(part), part.get("MajorTopicYN") == "Y") for part in heading]
        words.append(("index_keyword", "/".join(text for text, _ in parts)))
        if any(is_major for _, is_major in parts):
            printed = "/".join(f"{'*' * is_major}{text}" for text, is_major in parts)
            record.fields.append(("MeshHeading", printed))
    for holder in (citation, body) if body is not citation else (citation,):
        words += [("author_keyword", word) for word in texts_at(holder, "KeywordList/Keyword")]
    record.keywords = list(dict.fromkeys((kind, word) for kind, word in words if word))


def _take_references(record: Record, element: _Element) -> None:
    """Read the cited references, with those of old files that stand among the comments."""
    for found in element.iter("Reference"):
        numbers = [
            (one.get("IdType", ""), text_of(one))
            for one in found.findall("ArticleIdList/ArticleId")
        ]
        dois = [doi for kind, text in numbers if kind == "doi" and (doi := clean_doi(text))]
        raw = text_at(found, "Citation") or " ".join(": ".join(pair) for pair in numbers)
        if raw:
            record.cited_references.append(_reference(raw, dois[0] if dois else None))
    has_list = bool(record.cited_references)
    for note in element.iter("CommentsCorrections"):
        if note.get("RefType") == "Cites":
            if not has_list and (raw := text_at(note, "RefSource")):
                record.cited_references.append(_reference(raw, None))
        else:
            record.fields.append((note.get("RefType", "CommentsCorrections"), flat_text(note)))


def _reference(raw: str, doi: str | None) -> CitedReference:
    """Read author, year, journal, volume and page of a citation in PubMed's style."""
    reference = CitedReference(raw=raw, doi=doi)
    author, place = _AUTHOR.match(raw), _PLACE.search(raw)
    reference.first_author = author[1] if author else None
    if place:
        reference.source_raw, reference.publication_year = place[1], int(place[2])
        reference.volume, reference.first_page = place[3], place[4]
    elif len(years := set(_YEAR.findall(raw))) == 1:
        reference.publication_year = int(years.pop())
    return reference


FORMAT = Format(
    name="pubmed-xml",
    title="PubMed XML",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
