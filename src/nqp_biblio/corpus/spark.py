"""The one door to Spark: the same session over a cluster, for corpora past one machine.

SQL is written for DuckDB and put into Spark's words by sqlglot.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import MissingExtraError
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

    from nqp_biblio.corpus.engine import Columns, Given

__all__ = ["SparkTables", "open_spark"]

_TYPES = {"BIGINT": "bigint", "DOUBLE": "double", "BOOLEAN": "boolean", "VARCHAR": "string"}


class SparkTables:
    """Tables held by Spark.

    Parameters
    ----------
    spark : SparkSession
        The Spark session that the tables live in.
    frames : mapping of str to DataFrame
        What each table name stands for.
    """

    engine = "spark"

    def __init__(self, spark: SparkSession, frames: Mapping[str, DataFrame]) -> None:
        self._spark = spark
        self._frames = dict(frames)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return [tuple(row) for row in self._ask(sql, parameters).collect()]

    def columns(self, sql: str, parameters: Sequence[object] = ()) -> Columns:
        """Return the columns of a query: arrays where no value is missing, else lists."""
        import numpy as np

        answer = self._ask(sql, parameters)
        rows = answer.collect()
        columns: Columns = {}
        for index, name in enumerate(answer.columns):
            values = [row[index] for row in rows]
            is_text = answer.dtypes[index][1] == "string"
            has_gaps = any(value is None for value in values)
            columns[name] = values if is_text or has_gaps else np.array(values)
        return columns

    def frame(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Return a query as a pandas table; integers that may be missing are ``Int64``."""
        import pandas as pd

        answer = self._ask(sql, parameters)
        rows = [tuple(row) for row in answer.collect()]
        frame = pd.DataFrame(rows, columns=answer.columns)
        nullable = {"bigint": "Int64", "boolean": "boolean", "double": "float64"}
        return frame.astype({n: nullable[k] for n, k in answer.dtypes if k in nullable})

    def replace(self, tables: Mapping[str, Mapping[str, Sequence[object]]]) -> SparkTables:
        """Return a session with some tables made anew from columns."""
        given = {TABLES[name]: columns for name, columns in tables.items()}
        return SparkTables(self._spark, self._frames | self._made(given))

    def _made(self, given: Given) -> dict[str, DataFrame]:
        """Make tables of columns."""
        from nqp_biblio.corpus.engine import plain

        made = {}
        for table, columns in given.items():
            n_rows = max((len(values) for values in columns.values()), default=0)
            filled = [columns.get(c, itertools.repeat(None, n_rows)) for c in table.column_names]
            rows = [tuple(map(plain, values)) for values in zip(*filled, strict=True)]
            schema = ", ".join(f"`{c.name}` {_TYPES[c.type]}" for c in table.columns)
            made[table.name] = self._spark.createDataFrame(rows, schema=schema)
        return made

    def extend(self, tables: Mapping[str, Mapping[str, Sequence[object]]]) -> SparkTables:
        """Return a session with rows added to some tables, given as columns."""
        added = self.replace(tables)._frames  # noqa: SLF001  of this class
        made = {name: self._frames[name].unionAll(added[name]) for name in tables}
        return SparkTables(self._spark, self._frames | made)

    def derive(self, queries: Mapping[str, str], given: Given | None = None) -> SparkTables:
        """Return a session with some tables made anew from queries on this one."""
        wider = SparkTables(self._spark, self._frames | self._made(given or {}))
        made = {name: wider._ask(sql).cache() for name, sql in queries.items()}
        for table in given or ():
            self._spark.catalog.dropTempView(table.name)
        return SparkTables(self._spark, self._frames | made)

    def write_parquet(self, sql: str, path: Path) -> None:
        """Write a query to one Parquet file."""
        with tempfile.TemporaryDirectory(prefix="nqp_biblio-", dir=path.parent) as folder:
            part = Path(folder) / "part"
            self._ask(sql).coalesce(1).write.parquet(_address(part))
            shutil.move(next(part.glob("*.parquet")), path)

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> DataFrame:
        import sqlglot

        translated = sqlglot.transpile(sql, read="duckdb", write="spark")[0]
        # names are resolved when the query is set up, so the next session may take them over
        for name, frame in self._frames.items():
            frame.createOrReplaceTempView(name)
        return self._spark.sql(translated, args=list(parameters) or None)


def open_spark(files: Mapping[str, Path]) -> SparkTables:
    """Return a session over Parquet files, in Spark.

    Parameters
    ----------
    files : mapping of str to Path
        A Parquet file for each table.

    Returns
    -------
    SparkTables
        In the Spark session that is active, or else in a local one.

    Raises
    ------
    MissingExtraError
        If pyspark or sqlglot is not installed.
    """
    try:
        import sqlglot  # noqa: F401
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("pyspark", "spark") from None
    if SparkSession.getActiveSession() is None:
        # else its workers are whatever python3 is, and may be of another version
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("nqp_biblio").getOrCreate()
    frames = {name: spark.read.parquet(_address(file.resolve())) for name, file in files.items()}
    return SparkTables(spark, frames)


def _address(path: Path) -> str:
    """Name a file for Spark, which takes blanks and accents as they are, not as %20."""
    return f"file:///{path.as_posix().lstrip('/')}"
