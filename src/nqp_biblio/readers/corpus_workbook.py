"""The workbook that this library writes: a sheet a table, put together to works again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.spreadsheet import first_rows, is_workbook, sheets
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

    RowOf = dict[str, Any]

__all__ = ["is_corpus_workbook", "read_corpus_workbook"]

_OWN = ("works", "authorships", "cited_references")
_TABLE_OF = {table.column_names: name for name, table in TABLES.items()}
_KINDS = {
    column.name: column.type for table in reversed(TABLES.values()) for column in table.columns
}
_ATTRIBUTES = frozenset(Record.__dataclass_fields__)
_KEYWORDS = ("author_keyword", "index_keyword")
_CITED = (
    *("label", "first_author", "publication_year", "title", "source_raw", "volume"),
    *("first_page", "doi"),
)
_MENTION = (
    *("marker", "label", "section", "paragraph", "sentence_number", "sentence", "offset"),
    *("context", "context_offset"),
)


def is_corpus_workbook(source: Source) -> bool:
    """Tell a workbook with the tables of a corpus by the names of its columns."""
    if not is_workbook(source):
        return False
    headers = {tuple(rows[0]) for rows in first_rows(source) if rows}
    return all(TABLES[name].column_names in headers for name in _OWN)


def read_corpus_workbook(source: Source) -> Iterator[Record | Problem]:
    """Yield the works as they were, in their order, then what could not be read at all.

    Parameters
    ----------
    source : Source
        A workbook for which `is_corpus_workbook` holds.

    Yields
    ------
    Record or Problem
        A work with its people, keywords, cited references and problems; a reference that
        stands in the list of a paper is part of the paper. A row without a number of its
        work is a problem.

    Raises
    ------
    InputError
        If the workbook cannot be opened.
    """
    tables: dict[str, list[RowOf]] = {name: [] for name in TABLES}
    wrong: list[Problem] = []
    for name, rows in sheets(source):
        table = ""
        for line, cells in rows:
            known = _TABLE_OF.get(tuple(cells))
            if known or not table:
                table = known or table
                continue
            row = _row(TABLES[table].column_names, cells)
            if table == "works" and not isinstance(row["work_id"], int):
                reason = f"no work_id in a row of the sheet {name!r}; the row is left out"
                wrong.append(Problem(source.name, line, "\t".join(cells), reason))
            else:
                tables[table].append(row)
    yield from _put_together(tables)
    yield from wrong


def _row(names: Iterable[str], cells: list[str]) -> RowOf:
    """Turn the cells of a row into values."""
    filled = dict(zip(names, cells, strict=False))
    return {name: _value(filled.get(name, ""), _KINDS[name]) for name in names}


def _value(cell: str, kind: str) -> str | int | float | bool | None:
    """Turn a cell into a value of the type of its column; None for what is none."""
    if not cell:
        return None
    if kind == "BOOLEAN":
        return cell == "TRUE"
    if kind == "VARCHAR":
        return cell
    try:
        return int(cell) if kind == "BIGINT" else float(cell)
    except ValueError:
        return None


def _put_together(tables: dict[str, list[RowOf]]) -> Iterator[Record | Problem]:
    """Make works of the rows of all tables."""
    names = {row["source_id"]: row["display_name"] for row in tables["sources"]}
    works = {row["work_id"]: _work(row, names) for row in tables["works"]}
    nobody = Record()
    for row in tables["authorships"]:
        works.get(row["work_id"], nobody).people.append(_person(row))
    for row in tables["affiliations"]:
        place = (row["affiliation_raw"] or "", row["author_position"])
        works.get(row["work_id"], nobody).affiliations.append(place)
    for row in tables["page_ranges"]:
        pages = (row["first_page"] or "", row["last_page"] or "")
        works.get(row["work_id"], nobody).pages.append(pages)
    for row in tables["terms"]:
        if row["kind"] in _KEYWORDS:
            term = (row["kind"], row["term_raw"] or "")
            works.get(row["work_id"], nobody).keywords.append(term)
    for row in tables["fields"]:
        field = (row["name"] or "", row["value"] or "")
        works.get(row["work_id"], nobody).fields.append(field)
    for row in tables["mentions"]:
        mention = Mention(*(row[name] for name in _MENTION))
        works.get(row["citing_work_id"], nobody).mentions.append(mention)
    inner = _add_references(tables["cited_references"], works)
    loose = _add_problems(tables["problems"], works)
    yield from (work for key, work in works.items() if key not in inner)
    yield from loose


def _work(row: RowOf, names: dict[Any, Any]) -> Record:
    """Make a work of its row."""
    record = Record()
    for name, value in row.items():
        if name in _ATTRIBUTES and value is not None:
            setattr(record, name, value)
    shown = names.get(row["source_id"])
    record.source = shown if shown != record.source_raw else None
    return record


def _person(row: RowOf) -> Person:
    """Make a person of a row."""
    parts = (row["family"], row["given"], row["particle"], row["suffix"], row["literal"])
    return Person(*parts, row["name_raw"], row["role"] or "author", row["orcid"])


def _add_references(rows: list[RowOf], works: dict[Any, Record]) -> set[Any]:
    """Give each work its cited references; return the works that are part of another."""
    inner: set[Any] = set()
    for row in rows:
        citing = works.get(row["citing_work_id"])
        if citing is None:
            continue
        cited = CitedReference(row["raw"] or "", *(row[name] for name in _CITED))
        work = works.get(row["work_id"])
        if work is not None and work.role == "reference" and row["work_id"] not in inner:
            cited.work = work
            inner.add(row["work_id"])
        citing.cited_references.append(cited)
    return inner


def _add_problems(rows: list[RowOf], works: dict[Any, Record]) -> list[Problem]:
    """Give each work its problems; return those of no work."""
    loose: list[Problem] = []
    for row in rows:
        problem = Problem(row["file"] or "", row["line"], row["raw"] or "", row["reason"] or "")
        work = works.get(row["work_id"])
        (loose if work is None else work.problems).append(problem)
    return loose
