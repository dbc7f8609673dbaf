"""The one door to DuckDB: an immutable set of tables that SQL can ask.

A session never changes. ``replace`` and ``derive`` return a new one that shares the tables
that stay; a table is dropped when the last session that holds it is gone.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from nqp_biblio.errors import OutputError
from nqp_biblio.schema import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb
    import msgspec
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["DuckDBSession", "Session", "Spool", "ask_past_memory", "open_parquet", "plain"]

Columns = dict[str, "NDArray[np.generic] | list[Any]"]
Given = Mapping[Table, Mapping[str, Sequence[object]]]
"""Tables for one query beside those of a corpus, with their columns."""

_LINE_LIMIT = 1 << 20
_IN_MEMORY = 512 << 20
_ON_DISK_MEMORY = "2GB"
_LEAST_MEMORY = 64_000_000
_CATALOG = "corpus"
_BATCH = 500
_serial = itertools.count(1)


class Session(Protocol):
    """An immutable set of tables, whatever engine holds them.

    SQL names the tables of ``schema.TABLES`` without a prefix. The order of rows is what
    ``ORDER BY`` says, and nothing else.
    """

    engine: str

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""

    def columns(self, sql: str, parameters: Sequence[object] = ()) -> Columns:
        """Return the columns of a query: arrays where no value is missing, else lists."""

    def frame(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Return a query as a pandas table."""

    def replace(self, tables: Mapping[str, Mapping[str, Sequence[object]]]) -> Self:
        """Return a session with some tables made anew from columns."""

    def extend(self, tables: Mapping[str, Mapping[str, Sequence[object]]]) -> Self:
        """Return a session with rows added to some tables, given as columns."""

    def derive(self, queries: Mapping[str, str], given: Given | None = None) -> Self:
        """Return a session with some tables made anew from queries on this one.

        The queries may ask `given` too: tables of their own, gone afterwards.
        """

    def write_parquet(self, sql: str, path: Path) -> None:
        """Write a query to a Parquet file."""


class _Handle:
    """A name of something to select from, which frees it when nobody holds it any more."""

    def __init__(self, relation: str) -> None:
        self.relation = relation


class _Folder:
    """A folder for one database, gone with the last session that holds it."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="nqp_biblio-")
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class DuckDBSession:
    """Tables held by an embedded DuckDB.

    Parameters
    ----------
    database : DuckDBPyConnection
        The connection that owns the tables.
    handles : mapping of str to handle
        What each table name stands for.
    folder : folder, optional
        Where the tables are, if they are on disk.
    """

    engine = "duckdb"

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        handles: Mapping[str, _Handle],
        folder: _Folder | None = None,
    ) -> None:
        self._database = database
        self._handles = dict(handles)
        self._folder = folder
        self._cursor = database.cursor()
        for name, handle in self._handles.items():
            self._cursor.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {handle.relation}")

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._cursor.execute(sql, list(parameters)).fetchall()

    def columns(self, sql: str, parameters: Sequence[object] = ()) -> Columns:
        """Return the columns of a query: arrays where no value is missing, else lists."""
        import numpy as np

        fetched = self._cursor.execute(sql, list(parameters)).fetchnumpy()
        columns: Columns = {}
        for name, values in fetched.items():
            if values.dtype == object or np.ma.is_masked(values):
                columns[name] = values.tolist()
            else:
                columns[name] = np.ma.getdata(values)
        return columns

    def frame(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Return a query as a pandas table; integers that may be missing are ``Int64``."""
        relation = self._cursor.execute(sql, list(parameters))
        kinds = {item[0]: str(item[1]) for item in relation.description}
        frame = relation.df()
        nullable = {"BIGINT": "Int64", "BOOLEAN": "boolean"}
        return frame.astype({n: nullable[k] for n, k in kinds.items() if k in nullable})

    def replace(self, tables: Mapping[str, Mapping[str, Sequence[object]]]) -> DuckDBSession:
        """Return a session with some tables made anew from columns."""
        with Spool() as spool:
            for name, columns in tables.items():
                spool.add_columns(name, columns)
            made = spool.handles(self._database, names=tables)
        return DuckDBSession(self._database, self._handles | made, self._folder)

    def extend(self, tables: Mapping[str, Mapping[str, Sequence[object]]]) -> DuckDBSession:
        """Return a session with rows added to some tables, given as columns."""
        added = self.replace(tables)._handles  # noqa: SLF001  of this class
        queries = {
            name: f"SELECT * FROM {self._handles[name].relation}"
            f" UNION ALL SELECT * FROM {added[name].relation}"
            for name in tables
        }
        return self.derive(queries)

    def derive(self, queries: Mapping[str, str], given: Given | None = None) -> DuckDBSession:
        """Return a session with some tables made anew from queries on this one."""
        wider = self._with(given) if given else self
        cursor = wider._cursor  # noqa: SLF001  of this class
        made = {name: _create(cursor, self._database, sql) for name, sql in queries.items()}
        return DuckDBSession(self._database, self._handles | made, self._folder)

    def _with(self, given: Given) -> DuckDBSession:
        """Return a session that has tables of its own too."""
        tables = {table.name: table for table in given}
        with Spool(tables) as spool:
            for table, columns in given.items():
                spool.add_columns(table.name, columns)
            made = spool.handles(self._database, names=tables)
        return DuckDBSession(self._database, self._handles | made, self._folder)

    def write_parquet(self, sql: str, path: Path) -> None:
        """Write a query to a Parquet file."""
        import duckdb

        target = _literal(str(path))
        # else a column without gaps is written as one that can have none, by chance of the rows
        self._cursor.execute("SET disabled_optimizers = 'statistics_propagation'")
        try:
            self._cursor.execute(f"COPY ({sql}) TO {target} (FORMAT parquet, COMPRESSION zstd)")
        except duckdb.IOException as error:
            raise OutputError(f"{path}: cannot be written ({error})") from error
        finally:
            self._cursor.execute("RESET disabled_optimizers")


class _Lines:
    """The rows of one table as JSON lines; what is null is left out."""

    def __init__(self, table: Table, folder: Path) -> None:
        import msgspec

        fields = [(name, Any, None) for name in table.column_names]
        self._row = msgspec.defstruct(table.name, fields, omit_defaults=True, gc=False)
        self._encode = msgspec.json.Encoder().encode_lines
        self._waiting: list[msgspec.Struct] = []
        self.longest = 0
        self.path = folder / f"{table.name}.jsonl"
        self.file = self.path.open("wb")

    def add(self, values: Sequence[object]) -> None:
        """Add a row."""
        self._waiting.append(self._row(*values))
        if len(self._waiting) >= _BATCH:
            self._write()

    def flush(self) -> int:
        """Write what waits, and return the size of the file in bytes."""
        self._write()
        self.file.flush()
        return self.file.tell()

    def _write(self) -> None:
        try:
            lines = self._encode(self._waiting)
        except UnicodeEncodeError:
            # half of a surrogate pair, which JSON may hold and UTF-8 not
            import msgspec

            whole = [
                self._row(*map(_encodable, msgspec.structs.astuple(row))) for row in self._waiting
            ]
            lines = self._encode(whole)
        self.longest = max(self.longest, *map(len, lines.split(b"\n")))
        self.file.write(lines)
        self._waiting.clear()


class Spool:
    """Rows on their way into a database, kept on disk so that memory stays small.

    Used as a context; its files are gone at the end.

    Parameters
    ----------
    tables : mapping of str to Table
        The tables that rows may go to; those of a corpus if left out.
    """

    def __init__(self, tables: Mapping[str, Table] = TABLES) -> None:
        self._tables = tables
        self._folder = tempfile.TemporaryDirectory(prefix="nqp_biblio-")
        self._lines: dict[str, _Lines] = {}

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close and remove its files."""
        for lines in self._lines.values():
            lines.file.close()
        self._folder.cleanup()

    def add(self, name: str, values: Sequence[object]) -> None:
        """Add one row to a table, its values in the order of the columns."""
        lines = self._lines.get(name)
        if lines is None:
            lines = self._lines[name] = _Lines(self._tables[name], Path(self._folder.name))
        lines.add(values)

    def add_columns(self, name: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Add rows to a table, given as columns of one length; columns left out are null."""
        names = self._tables[name].column_names
        places = {column: names.index(column) for column in columns}
        for values in zip(*columns.values(), strict=True):
            row: list[object] = [None] * len(names)
            for place, value in zip(places.values(), values, strict=True):
                row[place] = plain(value)
            self.add(name, row)

    def session(self) -> DuckDBSession:
        """Return a session of all tables, in a database of its own.

        Tables that would take much memory are kept in a file, of which DuckDB holds at most
        2 GB in memory at a time.
        """
        size = sum(lines.flush() for lines in self._lines.values())
        folder = _Folder() if size > _IN_MEMORY else None
        database = _connect(folder.path if folder else None)
        return DuckDBSession(database, self.handles(database, names=TABLES), folder)

    def handles(
        self, database: duckdb.DuckDBPyConnection, *, names: Iterable[str]
    ) -> dict[str, _Handle]:
        """Make tables of the rows."""
        for lines in self._lines.values():
            lines.flush()
        return {name: self._load(database, self._tables[name]) for name in names}

    def _load(self, database: duckdb.DuckDBPyConnection, table: Table) -> _Handle:
        types = ", ".join(f"{_literal(c.name)}: {_literal(c.type)}" for c in table.columns)
        if table.name not in self._lines:
            empty = ", ".join(f"CAST(NULL AS {c.type}) AS {_quoted(c.name)}" for c in table.columns)
            return _create(database, database, f"SELECT {empty} WHERE 1 = 0")
        lines = self._lines[table.name]
        path, limit = _literal(str(lines.path)), max(lines.longest + 1, _LINE_LIMIT)
        return _create(
            database,
            database,
            f"SELECT * FROM read_json({path}, format = 'newline_delimited',"
            f" columns = {{{types}}}, maximum_object_size = {limit})",
        )


def open_parquet(files: Mapping[str, Path]) -> DuckDBSession:
    """Return a session over Parquet files, read when they are asked."""
    return DuckDBSession(
        _connect(),
        {name: _Handle(f"read_parquet({_literal(str(path))})") for name, path in files.items()},
    )


def ask_past_memory(
    tables: Mapping[str, Mapping[str, NDArray[np.generic]]],
    sql: str,
    runs: Iterable[Sequence[object]],
    *,
    memory: int,
) -> Iterator[Columns]:
    """Ask tables of numbers in a database on disk, once for each run of parameters.

    Parameters
    ----------
    tables : mapping of str to mapping of str to array
        Columns of one length for each table, without missing values.
    sql : str
        The query.
    runs : iterable of sequence
        Its parameters, one answer each.
    memory : int
        Bytes that DuckDB may take, 64 MB at least; the rest goes to the folder of temporary
        files.

    Yields
    ------
    dict of str to array
        The columns of each answer.

    Raises
    ------
    OutputError
        If there is no room, on disk or in memory.
    """
    import duckdb
    import numpy as np

    folder = _Folder()
    connection = _connect(folder.path, memory=f"{max(memory, _LEAST_MEMORY) // 1000}kB")
    try:
        connection.execute("SET preserve_insertion_order = false")
        for name, columns in tables.items():
            connection.register("given", dict(columns))
            connection.execute(f"CREATE TABLE {_CATALOG}.main.{name} AS SELECT * FROM given")
            connection.unregister("given")
        connection.execute(f"USE {_CATALOG}")
        for parameters in runs:
            found = connection.execute(sql, list(parameters)).fetchnumpy()
            yield {name: np.ma.getdata(values) for name, values in found.items()}
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise OutputError(f"there is no room for the answer ({error})") from error
    finally:
        connection.close()


def _connect(
    folder: str | None = None, *, memory: str = _ON_DISK_MEMORY
) -> duckdb.DuckDBPyConnection:
    """Open a database in memory, or in a folder, that never reaches for the network."""
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    place = ":memory:"
    if folder is not None:
        place = str(Path(folder) / "corpus.duckdb")
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET temp_directory = {_literal(folder)}")
    connection.execute(f"ATTACH {_literal(place)} AS {_CATALOG}")
    return connection


def _create(
    cursor: duckdb.DuckDBPyConnection, database: duckdb.DuckDBPyConnection, sql: str
) -> _Handle:
    """Make a table of a query, dropped with its handle."""
    relation = f"{_CATALOG}.main.t{next(_serial)}"
    cursor.execute(f"CREATE TABLE {relation} AS {sql}")
    handle = _Handle(relation)
    weakref.finalize(handle, _drop, database, relation)
    return handle


def _drop(database: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Drop a table."""
    database.cursor().execute(f"DROP TABLE IF EXISTS {relation}")


def plain(value: object) -> object:
    """Turn NumPy's and pandas' scalars into Python's, and their missing values into None."""
    if value is None or isinstance(value, str | bool | int):
        return value
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    is_missing = type(plain).__name__ in {"NAType", "NaTType"} or plain != plain  # noqa: PLR0124
    return None if is_missing else plain


def _encodable(value: object) -> object:
    """Put a question mark in the place of half a surrogate pair."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'
