"""The corpus: an immutable set of tables of works, their authors, sources and references."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from nqp_biblio.corpus.engine import Columns, Given, Session

__all__ = ["Corpus"]

_BATCH = 10_000
_LINKED_TABLES = ("authorships", "affiliations", "terms", "page_ranges", "fields")


class Corpus:
    """Works with their authors, sources, cited references, terms and mentions.

    A corpus never changes: each step returns a new one. It is made by ``read`` or ``open``.

    Parameters
    ----------
    session : Session
        The tables.
    history : tuple of dict
        The steps that led to it, each with its parameters.
    """

    def __init__(self, session: Session, history: tuple[dict[str, object], ...] = ()) -> None:
        self._session = session
        self.history = history

    @property
    def engine(self) -> str:
        """Name of the engine that holds the tables: duckdb or spark."""
        return self._session.engine

    @property
    def steps(self) -> frozenset[str]:
        """Names of the steps that made the corpus: read, normalise, link_references, …."""
        return frozenset(str(step.get("step")) for step in self.history)

    @property
    def works(self) -> pd.DataFrame:
        """One row per work."""
        return self._table("works")

    @property
    def authorships(self) -> pd.DataFrame:
        """One row per person or group on a work."""
        return self._table("authorships")

    @property
    def affiliations(self) -> pd.DataFrame:
        """One row per address on a work."""
        return self._table("affiliations")

    @property
    def sources(self) -> pd.DataFrame:
        """One row per journal, newspaper, book or series."""
        return self._table("sources")

    @property
    def institutions(self) -> pd.DataFrame:
        """One row per institution that works come from."""
        return self._table("institutions")

    @property
    def cited_references(self) -> pd.DataFrame:
        """One row per printed reference."""
        return self._table("cited_references")

    @property
    def terms(self) -> pd.DataFrame:
        """One row per keyword or topic of a work."""
        return self._table("terms")

    @property
    def mentions(self) -> pd.DataFrame:
        """One row per in-text citation."""
        return self._table("mentions")

    @property
    def page_ranges(self) -> pd.DataFrame:
        """One row per range of pages of a work."""
        return self._table("page_ranges")

    @property
    def fields(self) -> pd.DataFrame:
        """One row per field that no column holds."""
        return self._table("fields")

    @property
    def problems(self) -> pd.DataFrame:
        """One row per thing that could not be read."""
        return self._table("problems")

    @property
    def merges(self) -> pd.DataFrame:
        """One row per record that became part of another work."""
        return self._table("merges")

    @property
    def relations(self) -> pd.DataFrame:
        """One row per pair of works that belong together and are not the same."""
        return self._table("relations")

    @property
    def changes(self) -> pd.DataFrame:
        """One row per value that a cleaning step changed."""
        return self._table("changes")

    def sql(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Ask the tables in SQL.

        Parameters
        ----------
        query : str
            A SELECT over the tables of ``schema.TABLES``; ``?`` stands for a parameter. Rows
            have no order without ORDER BY.
        parameters : sequence
            The parameters.

        Returns
        -------
        list of tuple
            The rows; missing values are None.
        """
        return self._session.query(query, parameters)

    def columns(self, query: str, parameters: Sequence[object] = ()) -> Columns:
        """Ask the tables in SQL, for columns: arrays where no value is missing, else lists."""
        return self._session.columns(query, parameters)

    def frame(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Ask the tables in SQL, for a pandas table."""
        return self._session.frame(query, parameters)

    def n_rows(self, table: str) -> int:
        """Return the number of rows of a table."""
        return int(self.sql(f"SELECT COUNT(*) FROM {table}")[0][0])

    def replace(
        self, *, step: dict[str, object] | None = None, **tables: Mapping[str, Sequence[object]]
    ) -> Corpus:
        """Return a corpus with some tables made anew from columns.

        Parameters
        ----------
        step : dict, optional
            What the history says of it; nothing where this is a part of a step.
        **tables : mapping of str to sequence
            Columns of the new tables; columns left out are null, tables left out stay.

        Returns
        -------
        Corpus
            A new corpus that shares the tables which stay.
        """
        return Corpus(self._session.replace(tables), self._with(step))

    def extend(self, **tables: Mapping[str, Sequence[object]]) -> Corpus:
        """Return a corpus with rows added to some tables, given as columns; part of a step."""
        return Corpus(self._session.extend(tables), self.history)

    def derive(
        self,
        given: Given | None = None,
        /,
        *,
        step: dict[str, object] | None = None,
        **queries: str,
    ) -> Corpus:
        """Return a corpus with some tables made anew from queries on this one.

        Parameters
        ----------
        given : mapping of Table to columns, optional
            Tables that the queries may ask beside those of the corpus, gone afterwards.
        step : dict, optional
            What the history says of it; nothing where this is a part of a step.
        **queries : str
            A query by the name of the table that becomes its answer.

        Returns
        -------
        Corpus
            A new corpus that shares the tables which stay.
        """
        return Corpus(self._session.derive(queries, given), self._with(step))

    def filter(self, where: str) -> Corpus:
        """Keep the works for which a condition holds, and what belongs to them.

        Parameters
        ----------
        where : str
            A condition in SQL over the columns of ``works``.

        Returns
        -------
        Corpus
            Problems, merges and changes are kept whole, since they tell how the corpus came
            about; cited works keep their identity.

        Examples
        --------
        >>> recent = corpus.filter("publication_year >= 2020")  # doctest: +SKIP
        """
        kept = f"(SELECT work_id FROM works WHERE {where})"
        queries = {
            name: f"SELECT * FROM {name} WHERE work_id IN {kept}"
            for name in ("works", *_LINKED_TABLES)
        }
        own = f"citing_work_id IN {kept} OR (citing_work_id IS NULL AND work_id IN {kept})"
        columns = ", ".join(
            f"CASE WHEN work_id IN {kept} THEN work_id END AS work_id" if n == "work_id" else n
            for n in TABLES["cited_references"].column_names
        )
        queries["cited_references"] = f"SELECT {columns} FROM cited_references WHERE {own}"
        queries["relations"] = (
            f"SELECT * FROM relations WHERE work_id IN {kept} AND other_work_id IN {kept}"
        )
        queries["mentions"] = f"SELECT * FROM mentions WHERE citing_work_id IN {kept}"
        counts = (
            "SELECT s.source_id, s.display_name, s.abbreviated_title, s.issn,"
            " COUNT(*) AS n_works, s.n_variants, s.eissn FROM sources s JOIN works w"
            f" ON s.source_id = w.source_id WHERE w.work_id IN {kept} GROUP BY ALL"
        )
        queries["sources"] = counts.replace("GROUP BY ALL", "GROUP BY 1, 2, 3, 4, 6, 7")
        queries["institutions"] = (
            "SELECT i.institution_id, i.display_name, i.ror, i.city, i.country_code,"
            " COUNT(DISTINCT a.work_id) AS n_works, i.n_variants FROM institutions i"
            " JOIN affiliations a ON a.institution_id = i.institution_id"
            f" WHERE a.work_id IN {kept} GROUP BY 1, 2, 3, 4, 5, 7"
        )
        made = self.derive(step=None, **queries)
        n_excluded = len(self) - len(made)
        return made.replace(step={"step": "filter", "where": where, "n_excluded": n_excluded})

    def records(self) -> Iterator[Record]:
        """Yield the works as records, in order of ``work_id``; memory stays bounded.

        Yields
        ------
        Record
            With people, pages, keywords, cited references, mentions and problems. A
            reference that is a work of the corpus comes as a record of its own too.
        """
        ids = [row[0] for row in self.sql("SELECT work_id FROM works ORDER BY work_id")]
        for start in range(0, len(ids), _BATCH):
            yield from self._records_between(ids[start], ids[start : start + _BATCH][-1])

    def save(self, folder: str | Path) -> None:
        """Save the corpus to a folder of Parquet files; see ``store.save``."""
        from nqp_biblio.corpus.store import save

        save(self, folder)

    def write_parquet(self, table: str, path: Path) -> None:
        """Write one table to a Parquet file, in the order of its rows."""
        self._session.write_parquet(f"SELECT * FROM {table} ORDER BY {_order(table)}", path)

    def __len__(self) -> int:
        """Return the number of works."""
        return self.n_rows("works")

    def __repr__(self) -> str:
        """Say in one line what is in it."""
        counts = ", ".join(f"{n:,} {name}" for name, n in self._counts() if n or name == "works")
        return f"<Corpus: {counts}>"

    def _repr_html_(self) -> str:
        """Show the number of rows of each table in a notebook."""
        rows = "".join(
            f"<tr><td>{html.escape(name)}</td><td style='text-align:right'>{n:,}</td>"
            f"<td style='text-align:left'>{html.escape(TABLES[name].meaning)}</td></tr>"
            for name, n in self._counts()
        )
        return f"<table><tr><th>table</th><th>rows</th><th>one row is</th></tr>{rows}</table>"

    def _with(self, step: dict[str, object] | None) -> tuple[dict[str, object], ...]:
        return self.history if step is None else (*self.history, step)

    def _counts(self) -> list[tuple[str, int]]:
        return [(name, self.n_rows(name)) for name in TABLES]

    def _table(self, name: str) -> pd.DataFrame:
        return self.frame(f"SELECT * FROM {name} ORDER BY {_order(name)}")

    def _records_between(self, first: int, last: int) -> Iterator[Record]:
        names = TABLES["works"].column_names
        between = "BETWEEN ? AND ?"
        columns = ", ".join(f"w.{name}" for name in names)
        rows = self.sql(
            f"SELECT {columns}, s.display_name FROM works w"
            f" LEFT JOIN sources s ON w.source_id = s.source_id"
            f" WHERE w.work_id {between} ORDER BY w.work_id",
            (first, last),
        )
        records: dict[int, Record] = {}
        for *found, shown in rows:
            values = dict(zip(names, found, strict=True))
            work_id = values.pop("work_id")
            values.pop("source_id")
            values["et_al"] = bool(values["et_al"])
            values["source"] = shown if shown != values["source_raw"] else None
            records[work_id] = Record(**values)
        for name, fill in _FILLERS.items():
            owner = "citing_work_id" if name in _CITING_TABLES else "work_id"
            # a list that was joined has later places with earlier keys
            order = "position, reference_id" if name == "cited_references" else _order(name)
            query = f"SELECT * FROM {name} WHERE {owner} {between} ORDER BY {order}"
            for row in self.sql(query, (first, last)):
                values = dict(zip(TABLES[name].column_names, row, strict=True))
                if values[owner] in records:
                    fill(records[values[owner]], values)
        yield from records.values()


_REFERENCE_PARTS = CitedReference.__dataclass_fields__
_CITING_TABLES = ("cited_references", "mentions")


def _fill_person(record: Record, row: dict[str, Any]) -> None:
    names = ("family", "given", "particle", "suffix", "literal", "role", "orcid")
    record.people.append(Person(raw=row["name_raw"], **{name: row[name] for name in names}))


def _fill_reference(record: Record, row: dict[str, Any]) -> None:
    names = (name for name in row if name in _REFERENCE_PARTS)
    record.cited_references.append(CitedReference(**{name: row[name] for name in names}))


def _fill_mention(record: Record, row: dict[str, Any]) -> None:
    outside = ("mention_id", "citing_work_id", "reference_id")
    record.mentions.append(Mention(**{name: row[name] for name in row if name not in outside}))


def _fill_problem(record: Record, row: dict[str, Any]) -> None:
    names = ("file", "line", "raw", "reason")
    record.problems.append(Problem(**{name: row[name] for name in names}))


def _fill_keyword(record: Record, row: dict[str, Any]) -> None:
    if row["kind"] != "topic":
        record.keywords.append((row["kind"], row["term_raw"]))


_FILLERS = {
    "authorships": _fill_person,
    "affiliations": lambda record, row: record.affiliations.append(
        (row["affiliation_raw"], row["author_position"])
    ),
    "terms": _fill_keyword,
    "page_ranges": lambda record, row: record.pages.append((row["first_page"], row["last_page"])),
    "fields": lambda record, row: record.fields.append((row["name"], row["value"])),
    "cited_references": _fill_reference,
    "mentions": _fill_mention,
    "problems": _fill_problem,
}


def _order(table: str) -> str:
    return ", ".join(TABLES[table].order)
