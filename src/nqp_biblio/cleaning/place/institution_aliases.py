"""Names of institutions that stand for others: the library's own list and a user's."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nqp_biblio.cleaning.place.country_names import folded, is_country_code
from nqp_biblio.cleaning.place.institution_words import institution_key, read_lines
from nqp_biblio.errors import MissingFileError, OptionError

__all__ = ["alias_of", "read_institution_aliases"]


def alias_of(name: str, country: str | None) -> str | None:
    """Return the name to show of an institution that the library's list knows, else None.

    Parameters
    ----------
    name : str
        A name or acronym.
    country : str or None
        Its country; an institution of another country is none.

    Examples
    --------
    >>> alias_of("Swiss Fed Inst Technol", "CH"), alias_of("CSIC", "PT")
    ('ETH Zurich', None)
    """
    exact, by_key = _built_in()
    key = country, folded(name)
    return exact.get(key) or by_key.get((country, institution_key(name)))


def read_institution_aliases(
    aliases: Mapping[str, str] | str | Path | None,
) -> dict[tuple[str | None, str], str]:
    """Read a user's aliases.

    Parameters
    ----------
    aliases : mapping, str, Path or None
        Alias to the name to show, or a CSV file with one of each a line, and with the
        country's two letters in a third column where they shall count there only.

    Returns
    -------
    dict
        The name to show by country (None for all) and key.

    Raises
    ------
    MissingFileError
        If there is no such file.
    OptionError
        If a line of it has one column only, or a country that is none.
    """
    if aliases is None:
        return {}
    if isinstance(aliases, Mapping):
        rows = [(alias, name, "") for alias, name in aliases.items()]
    else:
        rows = _rows(Path(aliases))
    found: dict[tuple[str | None, str], str] = {}
    for alias, name, country in rows:
        found[country or None, institution_key(alias)] = name
        found[country or None, institution_key(name)] = name
    return found


def _rows(path: Path) -> list[tuple[str, str, str]]:
    """Read alias, name and country."""
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; aliases are a CSV file or a mapping")
    rows = []
    lines = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    for number, row in enumerate(lines, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        alias, name, country = (*cells, "", "")[:3]
        if not alias or not name:
            raise OptionError(f"{path}:{number}: {','.join(cells)!r} is not alias,name[,country]")
        if country and not is_country_code(country):
            raise OptionError(f"{path}:{number}: {country!r} is no code of a country, such as 'DE'")
        rows.append((alias, name, country))
    return rows


_Aliases = dict[tuple[str | None, str], str]


@lru_cache(maxsize=1)
def _built_in() -> tuple[_Aliases, _Aliases]:
    """Read the list of the library, by folded name and by key; a key of two names is none."""
    exact: _Aliases = {}
    keys: dict[tuple[str | None, str], set[str]] = {}
    for line in read_lines("institution_aliases.csv"):
        country, shown, others = line.split(";")
        for name in filter(None, (shown, *others.split("|"))):
            exact[country, folded(name)] = shown
            keys.setdefault((country, institution_key(name)), set()).add(shown)
    return exact, {key: shown.copy().pop() for key, shown in keys.items() if len(shown) == 1}
