"""Rows on their way into a corpus, kept in files so that memory stays small."""

from __future__ import annotations

import contextlib
import itertools
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, overload

from nqp_biblio.errors import OutputError
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["RowSpool", "columns_of", "row_of", "rows_of"]

_PAGE = 10_000
_Row = tuple[Any, ...]


class RowSpool:
    """Rows by the name of their table, in files that are gone at the end.

    Used as a context.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nqp_biblio-")
        self._files: dict[str, IO[bytes]] = {}
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close and remove the files."""
        for file in self._files.values():
            with contextlib.suppress(OSError):  # on a disk that is full
                file.close()
        self._folder.cleanup()

    @property
    def names(self) -> list[str]:
        """The tables of which there are rows."""
        return sorted(self._counts)

    def count(self, name: str) -> int:
        """Return how many rows of a table there are."""
        return self._counts[name]

    def add(self, name: str, row: Sequence[object]) -> None:
        """Add a row of texts, numbers, booleans and missing values.

        Raises
        ------
        OutputError
            If there is no room for it on the disk.
        """
        with _as_ours():
            if name not in self._files:
                self._files[name] = self._path(name).open("wb")
            self._files[name].write(json.dumps(row).encode() + b"\n")
        self._counts[name] += 1

    def rows(self, name: str) -> Iterator[_Row]:
        """Yield the rows of a table in the order in which they came."""
        if name not in self._files:
            return
        with _as_ours():
            self._files[name].flush()
        with self._path(name).open("rb") as file:
            for line in file:
                yield tuple(json.loads(line))

    def _path(self, name: str) -> Path:
        return Path(self._folder.name) / f"{name}.jsonl"


@contextlib.contextmanager
def _as_ours() -> Iterator[None]:
    """Say of a disk that is full what it keeps, and that nothing that was answered is lost."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"no place for what was filled: {error.strerror}; it waits in {tempfile.gettempdir()};"
            " answers are kept, and the same call goes on from there"
        ) from None


class _Column(Sequence[object]):
    """One column of rows that are gone through once, side by side with the others."""

    def __init__(self, values: Iterator[object]) -> None:
        self._values = values

    def __len__(self) -> int:
        """Return 0: how many are still to come is not known."""
        return 0

    def __iter__(self) -> Iterator[object]:
        """Yield the values."""
        return self._values

    @overload
    def __getitem__(self, place: int) -> object: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[object]: ...
    def __getitem__(self, place: int | slice) -> object:
        """Refuse: the rows before are gone."""
        raise TypeError(f"rows on their way have no place {place!r}")


def columns_of(table: str, rows: Iterable[_Row]) -> dict[str, Sequence[object]]:
    """Turn rows into columns that are read while they are written elsewhere.

    Parameters
    ----------
    table : str
        Name of the table, of which a row has all columns.
    rows : iterable of tuple
        The rows; gone through once.

    Returns
    -------
    dict of str to sequence
        To be gone through once, side by side, as ``Corpus.replace`` does.
    """
    names = TABLES[table].column_names
    ways = itertools.tee(rows, len(names))
    return {
        name: _Column(map(itemgetter(place), way))
        for place, (name, way) in enumerate(zip(names, ways, strict=True))
    }


def row_of(table: str, values: Mapping[str, object]) -> _Row:
    """Put values in the order of the columns of a table; those not named are missing."""
    return tuple(values.get(name) for name in TABLES[table].column_names)


def rows_of(corpus: Corpus, table: str, where: str = "1 = 1") -> Iterator[_Row]:
    """Yield the rows of a table, some thousands at a time.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    table : str
        Name of the table.
    where : str
        A condition in SQL.

    Yields
    ------
    tuple
        The values of a row in the order of its columns; rows come about in the table's order.
    """
    key, names = TABLES[table].order[0], ", ".join(TABLES[table].column_names)
    first, last = corpus.sql(f"SELECT MIN({key}), MAX({key}) FROM {table}")[0]
    query = f"SELECT {names} FROM {table} WHERE ({where})"
    yield from corpus.sql(f"{query} AND {key} IS NULL")
    for start in range(first or 0, (last or 0) + 1, _PAGE):
        yield from corpus.sql(f"{query} AND {key} BETWEEN ? AND ?", (start, start + _PAGE - 1))
