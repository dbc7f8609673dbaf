"""A user's own names of columns, checked: which column of a table holds what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import InputError, MissingFileError, OptionError, UnknownNameError
from nqp_biblio.readers.table_columns import COLUMNS, column_of
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["ColumnMap", "load_columns", "parse_columns"]

KEPT = "fields"
"""The name for a column that is kept as it is, whatever its own name says."""

_SAME = {
    "publication_year": "year",
    "publication_date": "date",
    "keywords": "author_keywords",
    "journal": "source_raw",
    "source": "source_raw",
    "source_name": "source_raw",
    "cited_references": "references",
    "affiliation": "affiliations",
    "author": "authors",
    "editor": "editors",
    "translator": "translators",
}
_HIDDEN = frozenset(("open_url", "citation", "abbreviated", "anthology", "addresses_by_author"))
_OWN = sorted((COLUMNS - _HIDDEN) - {"year", "date"} | {*_SAME, KEPT})


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column of a table holds what.

    Attributes
    ----------
    names : tuple of (str, str)
        Pairs of the name of a column in the file and our name, as the user gave them.

    Examples
    --------
    >>> columns = ColumnMap.of({"Paper name": "title", "Yr": "publication_year"})
    >>> columns.column_of("paper NAME"), columns.column_of("DOI"), columns.column_of("Rating")
    ('title', 'doi', None)
    """

    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, columns: Mapping[str, str]) -> ColumnMap:
        """Check a mapping of names of columns to ours.

        Parameters
        ----------
        columns : mapping of str to str
            From the name in the file, in which case, accents and signs do not count, to the
            name of a column of ``works`` such as ``"title"``, to ``"authors"``,
            ``"editors"``, ``"keywords"``, ``"index_keywords"``, ``"affiliations"``,
            ``"cited_references"``, ``"first_page"``, ``"last_page"``, or to ``"fields"`` for
            a column that is to be kept as it is.

        Returns
        -------
        ColumnMap
            The mapping.

        Raises
        ------
        UnknownNameError
            If a column of ours does not exist.
        OptionError
            If the mapping is empty, a name is, or two columns are to be the same one.
        """
        if not columns:
            raise OptionError("columns is empty; give a name in the file for a name of ours")
        seen: dict[str, str] = {}
        for printed, ours in columns.items():
            if not isinstance(printed, str) or not isinstance(ours, str) or not printed.strip():
                raise OptionError(f"columns needs names, not {printed!r}: {ours!r}")
            if ours not in _OWN and ours not in COLUMNS:
                raise UnknownNameError("column", ours, _OWN)
            name = _SAME.get(ours, ours)
            if name != KEPT and name in seen:
                raise OptionError(
                    f"{seen[name]!r} and {printed!r} both name the column {ours!r}; choose one"
                )
            seen[name] = printed
        return cls(tuple(columns.items()))

    def column_of(self, name: str) -> str | None:
        """Return our name of a column: the user's, else the usual one, None where there is none."""
        if (ours := self._by_key().get(_key(name))) is not None:
            return None if ours == KEPT else ours
        usual = column_of(name)
        return None if usual in self._taken() else usual

    def missing(self, header: Iterable[str]) -> list[str]:
        """Return the names of the map that a header does not have, in the order given."""
        found = {_key(name) for name in header}
        return [printed for printed, _ in self.names if _key(printed) not in found]

    def score(self, cells: Sequence[str]) -> float:
        """Score a row as a header: the user's columns count, the usual ones behind them."""
        own = len(self.names) - len(self.missing(cells))
        usual = len({name for cell in cells if (name := column_of(cell))})
        return 100.0 * own + usual if own else 0.0

    def _by_key(self) -> dict[str, str]:
        return {_key(printed): _SAME.get(ours, ours) for printed, ours in self.names}

    def _taken(self) -> set[str]:
        return set(self._by_key().values())


def load_columns(path: str | Path) -> ColumnMap:
    """Read a map of columns from a TOML file.

    Parameters
    ----------
    path : str or Path
        Lines such as ``"Paper name" = "title"``, also under ``[columns]``.

    Returns
    -------
    ColumnMap
        The map.

    Raises
    ------
    MissingFileError
        If there is no such file.
    InputError
        If it is no TOML, or holds anything but names.
    OptionError
        If a name cannot be used.
    """
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MissingFileError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = f'no TOML ({error}); write lines such as "Paper name" = "title"'
        raise InputError(f"{path}: {reason}") from None
    columns = found.get("columns", found)
    if not isinstance(columns, dict) or not all(isinstance(ours, str) for ours in columns.values()):
        raise InputError(f'{path}: write lines such as "Paper name" = "title", and nothing else')
    return ColumnMap.of(columns)


def parse_columns(options: Iterable[str]) -> ColumnMap:
    """Read a map of columns from texts such as ``"Paper name=title"``.

    Raises
    ------
    OptionError
        If a text has no equals sign, or a name cannot be used.

    Examples
    --------
    >>> parse_columns(["Paper name=title", "a = b=doi"]).names
    (('Paper name', 'title'), ('a = b', 'doi'))
    """
    columns: dict[str, str] = {}
    for option in options:
        printed, mark, ours = option.rpartition("=")
        if not mark or not printed.strip() or not ours.strip():
            raise OptionError(f"column {option!r} is not of the form 'name in the file=name'")
        if printed.strip() in columns:
            raise OptionError(f"the column {printed.strip()!r} is given twice; choose one")
        columns[printed.strip()] = ours.strip()
    return ColumnMap.of(columns)


def _key(name: str) -> str:
    """Return what names of columns are compared by."""
    return fold(name) or name.strip()
