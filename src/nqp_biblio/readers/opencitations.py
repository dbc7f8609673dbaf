"""OpenCitations: lists of citations of its Index, works of its Meta, as CSV or JSON.

A row of a list of citations is no work: the citing work is one, with a cited reference for each
of its rows. So rows are cited references and problems; rows of Meta are works and problems.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import find_header, first_cell
from nqp_biblio.readers.table_works import clean_cell, csl_type, finish_record, strip_tags
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn, clean_orcid
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table

__all__ = ["CITATIONS", "META", "meta_work"]

_CITING = frozenset(("citing", "citing id"))
_CITED = frozenset(("cited", "cited id"))
_PROVENANCE = frozenset(("oci", "snapshot", "agent", "source"))
_META = frozenset(("id", "title", "author", "pub date", "venue"))
_DATES = ["id", "value"]
_LOOKUP = ["c", "code"]
_SCHEMED = re.compile(r"(?:doi|pmid|pmcid|omid|issn|isbn|wikidata|openalex|arxiv|url|coci|croci):")
_ID = re.compile(r"(doi|pmid|pmcid|omid|issn|isbn|wikidata|openalex|arxiv|crossref|orcid|viaf|url)"
                 r":(\S{1,400})")  # fmt: skip
_SOURCE_OF_ID = re.compile(r"\b(?:coci|croci|doci|index|noci|poci|joci) ?=> ?")
_BRACKETS = re.compile(r"\s*\[([^\[\]]{0,2000})\]\s*$")
_CITATION_JSON = re.compile(r'"(?:citing|cited|oci)"\s*:\s*"')
_META_JSON = re.compile(r'"(?:pub_date|venue|author|page)"\s*:')
_META_ID = re.compile(r'"id"\s*:\s*"(?:doi|omid|isbn|issn|pmid|openalex|wikidata):')
_LIST = re.compile(r"\[")
_OCI = re.compile(r"(?:oci:)?(\d{5,1000})-(\d{5,1000})")
_CROSSREF = "020"
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz/.:;<=>?@[\\]^_`!\"#$%&'()*+,-{|}~"
"""The signs of a DOI in the order of their codes of two digits in an OCI."""

_TYPES = {
    "archival document": "document",
    "book series": "book",
    "book set": "book",
    "book track": "song",
    "component": "document",
    "journal": "periodical",
    "journal issue": "periodical",
    "journal volume": "periodical",
    "peer review": "review",
    "proceedings series": "book",
    "reference entry": "entry",
    "report series": "report",
    "retraction notice": "article-journal",
    "series": "book",
    "standard series": "standard",
}
_PART_OF_CITATION = ("oci", "timespan", "journal_sc", "author_sc")


def _matches_citations(source: Source) -> float:
    """Score a list of citations."""
    head = source.head.lstrip()
    if head.startswith(("[", "{")):
        names = {found.split('"')[1] for found in _CITATION_JSON.findall(head)}
        return 0.95 if {"citing", "cited"} <= names else 0.0
    header = find_header(source, _score_citations)
    if [fold(name) for name in header] == _DATES:
        return 0.9 if _SCHEMED.match(first_cell(source, header, "id")) else 0.0
    return 0.95 if header else 0.0


def _score_citations(cells: list[str]) -> float:
    """Score a row as a header of citations, of dates, or of the table of codes."""
    names = [fold(name) for name in cells]
    if names in (_DATES, _LOOKUP):
        return 1.0
    if _CITING.intersection(names) and _CITED.intersection(names):
        return 3.0
    return 2.0 if set(names) >= _PROVENANCE else 0.0


def _citations(source: Source) -> Iterator[Record | Problem]:
    """Yield each citing work with what it cites, in the order in which they first occur.

    Raises
    ------
    InputError
        If the file is the table of signs and codes, which holds no works.
    """
    if source.head.lstrip().startswith(("[", "{")):
        rows = read_works(source, _citation_of_object, unwrap=_items, list_start=_LIST)
        return _grouped(source.name, rows)
    if [fold(name) for name in find_header(source, _score_citations)] == _LOOKUP:
        raise InputError(
            f"{source.name}: a table of signs and their codes in OCIs, which holds no works"
        )
    wanted = "citing, cited"
    found = table_records(
        source, _citation, score=_score_citations, wanted=wanted, form="opencitations"
    )
    return _grouped(source.name, found)


def _grouped(file: str, rows: Iterable[Record | Problem]) -> Iterator[Record | Problem]:
    """Bring the rows of each citing work together.

    They may stand far from each other, so that the works are held until the end.
    """
    works: dict[str, Record] = {}
    for item in rows:
        if isinstance(item, Problem):
            yield item
        elif not item.key:
            reason = "; ".join(problem.reason for problem in item.problems)
            raw = item.problems[0].raw if item.problems else ""
            yield Problem(file, item.line, raw, reason or "no citing work in the row")
        else:
            work = works.setdefault(item.key, item)
            if work is not item:
                work.cited_references += item.cited_references
                work.fields += item.fields
                work.problems += item.problems
                work.publication_date = work.publication_date or item.publication_date
                work.publication_year = work.publication_year or item.publication_year
    yield from works.values()


def _citation(file: str, row: Row, table: Table) -> Record:
    """Make a citing work of one row."""
    names = [fold(name) for name in table.header]
    cells = dict(zip(names, map(clean_cell, row.cells), strict=False))
    record = Record(file=file)
    reasons = _fill_citation(record, cells)
    return finish_record(record, row, table, left=[], reasons=reasons)


def _citation_of_object(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a citing work of one object."""
    cells = {fold(name): clean_cell(value) for name, value in item.items() if _is_text(value)}
    record = Record(file=file, line=line, format="opencitations")
    raw = json.dumps(item, ensure_ascii=False)[:2_000]
    record.problems = [Problem(file, line, raw, text) for text in _fill_citation(record, cells)]
    return record


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _items(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the objects of a list, or the value itself."""
    del name
    if isinstance(value, list):
        yield from ((line, item) for item in value)
    else:
        yield line, value


def _fill_citation(record: Record, cells: dict[str, str]) -> list[str]:
    """Read the two works of a citation; return what is wrong."""
    citing = cells.get("citing") or cells.get("citing id") or ""
    cited = cells.get("cited") or cells.get("cited id") or ""
    if oci := _OCI.fullmatch(cells.get("oci", "")):
        citing = citing or _doi_of_code(oci[1]) or f"oci:{oci[1]}"
        cited = cited or _doi_of_code(oci[2]) or f"oci:{oci[2]}"
    if set(cells) == set(_DATES):
        citing = cells["id"]
    if not citing:
        return ["no citing work in the row; the row is left out"]
    _set_ids(record, citing)
    record.type = "document"
    date = cells.get("creation") or cells.get("citing publication date") or cells.get("value") or ""
    record.year_raw = date or None
    record.publication_year = parse_year(date)
    iso = parse_date(date) if date else None
    record.publication_date = iso if iso and len(iso) > len("2001") else None
    if not cited:
        return [] if set(cells) == set(_DATES) else ["no cited work in the row"]
    ids = _ids(cited)
    record.cited_references = [
        CitedReference(
            raw=cited,
            doi=clean_doi(ids.get("doi", "")),
            publication_year=parse_year(cells.get("cited publication date", "")),
        )
    ]
    said = [(name, cells.get(fold(name), "")) for name in _PART_OF_CITATION]
    if any(text for _, text in said):
        shown = "; ".join(f"{name}={text}" for name, text in said if text)
        record.fields.append(("citation", f"{cited}: {shown}"))
    return []


def _doi_of_code(code: str) -> str | None:
    """Read the DOI that one half of an OCI codes; None for what is no DOI of Crossref."""
    if not code.startswith(_CROSSREF) or len(code) % 2 == 0:
        return None
    numbers = [int(code[at : at + 2]) for at in range(len(_CROSSREF), len(code), 2)]
    if any(number >= len(_SIGNS) for number in numbers):
        return None
    return "10." + "".join(_SIGNS[number] for number in numbers)


def _ids(printed: str) -> dict[str, str]:
    """Read ids with their schemes; a bare one is a DOI."""
    printed = _SOURCE_OF_ID.sub("", printed)
    found: dict[str, str] = {}
    for scheme, text in _ID.findall(printed):
        found.setdefault(scheme, text.rstrip(";,"))
    if not found and (doi := clean_doi(printed)):
        found["doi"] = doi
    return found


def _set_ids(record: Record, printed: str) -> None:
    """Set the identifiers of a work; its key is the first."""
    ids = _ids(printed)
    record.doi_raw = ids.get("doi")
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    record.pmid = ids.get("pmid")
    record.isbn = clean_isbn(ids["isbn"]) or ids["isbn"] if "isbn" in ids else None
    record.issn = ids.get("issn")
    record.arxiv_id = clean_arxiv_id(ids["arxiv"]) if "arxiv" in ids else None
    record.url = ids.get("url")
    record.key = f"omid:{ids['omid']}" if "omid" in ids else record.doi or printed.partition(" ")[0]
    others = ("pmcid", "wikidata", "openalex")
    record.fields += [(name, ids[name]) for name in others if name in ids]
    n_isbn = len(re.findall("isbn:", printed))
    if n_isbn > 1:
        record.fields.append(("id", printed))


def _matches_meta(source: Source) -> float:
    """Score a table or JSON of OpenCitations Meta."""
    head = source.head.lstrip()
    if head.startswith(("[", "{")):
        names = {found.split('"')[1] for found in _META_JSON.findall(head)}
        is_meta = {"pub_date", "venue"} <= names and _META_ID.search(head)
        return 0.95 if is_meta else 0.0
    return 0.95 if find_header(source, _score_meta) else 0.0


def _score_meta(cells: list[str]) -> float:
    """Score a row as a header of Meta."""
    return 1.0 if {fold(name) for name in cells} >= _META else 0.0


def _meta(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    if source.head.lstrip().startswith(("[", "{")):
        return read_works(source, _meta_of_object, unwrap=_items, list_start=_LIST)
    wanted = "id, title, author, pub_date, venue"
    return table_records(
        source, _meta_of_row, score=_score_meta, wanted=wanted, form="opencitations-meta"
    )


def _meta_of_row(file: str, row: Row, table: Table) -> Record:
    """Make a record of one row."""
    pairs = zip(table.header, map(clean_cell, row.cells), strict=False)
    record = Record(file=file)
    reasons = _fill_meta(record, {fold(name): text for name, text in pairs if text})
    return finish_record(record, row, table, left=[], reasons=reasons)


def _meta_of_object(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of one object."""
    cells = {fold(name): clean_cell(value) for name, value in item.items() if _is_text(value)}
    record = Record(file=file, line=line, format="opencitations-meta")
    raw = json.dumps(item, ensure_ascii=False)[:2_000]
    reasons = _fill_meta(record, {name: text for name, text in cells.items() if text})
    wrong = [name for name, value in item.items() if value is not None and not _is_text(value)]
    reasons += [f"the field {name} is no text; it is kept as it is" for name in wrong]
    record.fields += [(name, json.dumps(item[name], ensure_ascii=False)) for name in wrong]
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _fill_meta(record: Record, cells: dict[str, str]) -> list[str]:
    """Set the attributes of a record; return what is wrong."""
    reasons = []
    _set_ids(record, cells.pop("id", ""))
    record.key = record.key or None
    record.title = strip_tags(cells.pop("title", "")) or None
    date = cells.pop("pub date", "")
    record.year_raw = date or None
    record.publication_year = parse_year(date)
    iso = parse_date(date) if date else None
    record.publication_date = iso if iso and len(iso) > len("2001") else None
    if date and record.publication_year is None:
        reasons.append(f"no year in {date[:80]!r}; the year is left empty")
    record.source_raw, ids = _split(cells.pop("venue", ""))
    record.issn, record.isbn = record.issn or ids.get("issn"), record.isbn or ids.get("isbn")
    record.fields += [("venue.omid", ids["omid"])] if "omid" in ids else []
    record.volume, record.issue = cells.pop("volume", None), cells.pop("issue", None)
    record.pages_raw = cells.pop("page", None)
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    record.publisher, ids = _split(cells.pop("publisher", ""))
    record.fields += [("publisher.crossref", ids["crossref"])] if "crossref" in ids else []
    kind = cells.get("type", "")
    record.type = _TYPES.get(kind) or csl_type(kind) or "document"
    if record.type != "document" and kind not in _TYPES:
        cells.pop("type")
    record.people = [
        _person(name, role)
        for role in ("author", "editor")
        for name in cells.pop(role, "").split("; ")
        if name.strip(" ;")
    ]
    record.fields += list(cells.items())
    return reasons


def _split(printed: str) -> tuple[str | None, dict[str, str]]:
    """Part a name from the ids in brackets behind it."""
    found = _BRACKETS.search(printed)
    if found is None:
        return printed or None, {}
    return printed[: found.start()] or None, _ids(found[1])


def _person(printed: str, role: str) -> Person:
    """Read a name with the ids behind it; one without a comma is a group or a single name."""
    name, ids = _split(printed.strip(" ;"))
    person = parse_person(name or printed)
    if name and name.endswith(","):
        person = Person(family=name.rstrip(", "))
    person.raw, person.role = name or printed, role
    person.orcid = clean_orcid(ids["orcid"]) if "orcid" in ids else None
    return person


def meta_work(item: dict[str, Any], file: str) -> Record:
    """Make a record of one decoded work of Meta; `file` names where it came from."""
    return _meta_of_object(file, None, item)


CITATIONS = Format(
    name="opencitations",
    title="OpenCitations Index: citations as CSV or JSON",
    suffixes=(".csv", ".json"),
    matches=_matches_citations,
    records=_citations,
)
"""Lists of citations."""

META = Format(
    name="opencitations-meta",
    title="OpenCitations Meta: works as CSV or JSON",
    suffixes=(".csv", ".json"),
    matches=_matches_meta,
    records=_meta,
)
"""Lists of works."""

register_format(CITATIONS)
register_format(META)
