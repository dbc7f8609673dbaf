"""People and addresses in the cells of a table, however a database parts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.text.identifiers import clean_orcid
from nqp_biblio.text.names import parse_people, parse_person
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.record import Person

__all__ = ["people_of", "placed_addresses", "set_orcids", "split_cell"]

_QUOTED = re.compile(r"'((?:[^'\\]|\\.){0,2000})'|\"((?:[^\"\\]|\\.){0,2000})\"")
_COMMA = re.compile(r",(?![^()]{0,100}\))")
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?<!Mc)(?<!Mac)(?<!De)(?<!Di)(?<!La)(?<!Le)(?<!Van)(?=[A-ZÀ-Þ])")
_GLUED_INITIALS = re.compile(r"(?<=[A-ZÀ-Þ]\.)(?=[A-ZÀ-Þ][a-zà-ÿ]{2})")
_HONORIFIC = re.compile(r"(?:\b(?:Prof|Dr|Assoc)\.\s?){1,4}")
_BEFORE_ADDRESS = re.compile(r"\[([^\[\]]{0,20000})\] ?([^\[]{1,2000})")
_BRACKET = re.compile(r"[()]")
_ET_AL = frozenset(("et al", "others", "and others"))


def people_of(printed: str, *, order: str = "usual") -> tuple[list[Person], bool]:
    """Read the names in a cell.

    Parameters
    ----------
    printed : str
        Names parted by semicolons or bars, a list as Python prints it, or prose.
    order : str
        ``"glued"`` for names that nothing parts, ``"pairs"`` for family and given names that
        are all parted by commas, ``"parted"`` for semicolons between any two names,
        ``"mostly"`` where other cells have semicolons, so that one comma is that of one name,
        else ``"usual"``.

    Returns
    -------
    people : list of Person
        In the order printed, as authors.
    et_al : bool
        Whether the list is cut.

    Examples
    --------
    >>> [person.family for person in people_of("['Berg, Ada', 'Dahl, Bo']")[0]]
    ['Berg', 'Dahl']
    """
    printed = _separated(printed, order)
    if not printed:
        return [], False
    if not printed.startswith("[") and ";" not in printed and "|" not in printed:
        return parse_people(printed)
    names = split_cell(printed)
    whole = [name for name in names if fold(name) not in _ET_AL]
    return [_person(name) for name in whole], len(whole) < len(names)


def split_cell(text: str, others: str = "") -> list[str]:
    """Split a cell: a list as Python prints it, else by bars, semicolons or `others`.

    Examples
    --------
    >>> split_cell("map; atlas"), split_cell("a (b, c), d", others=",")
    (['map', 'atlas'], ['a (b, c)', 'd'])
    """
    if text.startswith("[") and text.endswith("]"):
        pieces = [one or other for one, other in _QUOTED.findall(text)]
    else:
        mark = next((sign for sign in f"|;{others}" if sign in text), "\n")
        pieces = _COMMA.split(text) if mark == "," else text.split(mark)
    return [piece.strip() for piece in pieces if piece.strip(" ,.")]


def set_orcids(people: Sequence[Person], printed: str) -> bool:
    """Give each person the ORCID in its place; False where their numbers differ."""
    numbers = re.split(r"\s?[|;]\s?", printed)
    if len(numbers) != len(people):
        return False
    for person, number in zip(people, numbers, strict=True):
        person.orcid = clean_orcid(number)
    return True


def placed_addresses(printed: str, people: Sequence[Person]) -> list[tuple[str, int | None]]:
    """Read the addresses of each author.

    Parameters
    ----------
    printed : str
        "Name (address; address); Name (address)", where addresses may have brackets of their
        own, or "[Name; Name] address; [Name] address".
    people : sequence of Person
        The authors.

    Returns
    -------
    list of (address, position or None)
        The position is that of the author with the name, else the place in the list where
        both lists are equally long.
    """
    numbered = reversed(list(enumerate(people, 1)))
    places = {fold(person.raw or person.display): at for at, person in numbered}
    if printed.startswith("["):
        return _bracketed(printed, places)
    entries = _entries(printed)
    is_aligned = len(entries) == len(people) or not people
    found: list[tuple[str, int | None]] = []
    for at, (name, addresses) in enumerate(entries, 1):
        position = places.get(fold(name), at if is_aligned else None)
        found += [(text.strip(), position) for text in addresses.split("; ") if text.strip()]
    return list(dict.fromkeys(found))


def _bracketed(printed: str, places: dict[str, int]) -> list[tuple[str, int | None]]:
    """Read addresses with the names of their authors in brackets before them."""
    found: list[tuple[str, int | None]] = []
    for names, address in _BEFORE_ADDRESS.findall(printed):
        positions = [places.get(fold(name)) for name in names.split(";")] if names else [None]
        text = address.strip(" ;")
        found += [(text, position) for position in positions if text]
    return list(dict.fromkeys(found))


def _entries(printed: str) -> list[tuple[str, str]]:
    """Part names from what stands in the brackets behind them."""
    if printed.count("(") != printed.count(")"):
        pieces = [piece.removesuffix(")") for piece in printed.split("); ")]
        halves = [piece.partition(" (") for piece in pieces]
        return [(name.strip(" ;"), addresses) for name, mark, addresses in halves if mark]
    entries: list[tuple[str, str]] = []
    start = opened = depth = 0
    for found in _BRACKET.finditer(printed):
        at = found.start()
        if found[0] == "(":
            opened = at if depth == 0 else opened
            depth += 1
        else:
            depth = max(0, depth - 1)
            if depth == 0:
                entries.append((printed[start:opened].strip(" ;"), printed[opened + 1 : at]))
                start = at + 1
    return entries


def _separated(printed: str, order: str) -> str:
    """Put semicolons between names that have none."""
    if order == "glued":
        return "; ".join(_HONORIFIC.sub("", name) for name in _GLUED.split(printed))
    is_one = order == "mostly" and printed.count(",") == 1
    if (order == "parted" or is_one) and printed and not printed.startswith("["):
        return f"{printed};"
    if order == "pairs" and len(parts := printed.split(", ")) % 2 == 0:
        return "; ".join(map(", ".join, zip(parts[::2], parts[1::2], strict=True)))
    if order in ("usual", "mostly") and ";" not in printed and "|" not in printed:
        return "; ".join(_GLUED_INITIALS.split(printed))
    return printed


def _person(name: str) -> Person:
    """Read one name."""
    person = parse_person(name)
    person.raw = name
    return person
