"""Print references as journals do, in styles that place year and title differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "Reference", "sort_key"]

SHOWN = 6


@dataclass
class Reference:
    """One reference of the list, with what a style prints of it."""

    key: str
    number: int
    people: list[tuple[str, str]]
    group: str
    year: str
    title: str
    source: str
    place: str
    text: str
    letter: str = ""

    @property
    def can_be_named(self) -> bool:
        """Whether there is something to cite it by."""
        return bool(self.people or self.group or self.title or self.source) and self.letter != "-"


def sort_key(one: Reference) -> tuple[str, str, int]:
    """Order of a list by names."""
    names = " ".join(family for family, _ in one.people) or one.group or one.title
    return names.casefold(), one.year, one.number


def vancouver(one: Reference) -> str:
    """Print a reference as numbered journals do."""
    people = ", ".join(f"{family} {given}".strip() for family, given in one.people[:6])
    people = f"{people}, et al." if len(one.people) > SHOWN else people or one.group
    parts = [f"{people} ({one.year}{one.letter})" if people else "", one.title, one.source]
    shown = ". ".join(part for part in parts if part)
    if not one.people and not one.title and not one.source:
        return one.text
    return f"{shown} {one.place}.".replace("..", ".").replace(") ", ") ", 1)


def apa(one: Reference) -> str:
    """Print a reference as author-year journals do."""
    if not (one.people or one.group or one.title or one.source):
        return one.text
    people = [f"{family}, {initials(given)}".rstrip(", ") for family, given in one.people]
    joined = ", ".join(people[:-1]) + (", & " if people[1:] else "") + (people or [one.group])[-1]
    title = f"{one.title}. " if one.title else ""
    if not joined:
        joined, title = (one.title, "") if one.title else (one.source, "")
    year = f"({one.year or 'n.d.'}{one.letter})"
    source = f"{one.source}, " if one.source != joined else ""
    return f"{joined} {year}. {title}{source}{one.place}.".replace(" ,", ",").strip()


def initials(given: str) -> str:
    """Print the initials of given names: J.-H. for JH, A. I. for Angus I."""
    letters = (
        re.findall(r"[^\W\d_]", given)
        if given.isupper()
        else [word[0] for word in re.split(r"[\s.-]+", given) if word]
    )
    return " ".join(f"{letter}." for letter in letters)


def harvard(one: Reference) -> str:
    """Print a reference with the year between commas."""
    if not (one.people or one.group or one.title or one.source):
        return one.text
    people = [f"{family}, {initials(given)}".rstrip(", ") for family, given in one.people]
    joined = ", ".join(people[:-1]) + (" and " if people[1:] else "") + (people or [one.group])[-1]
    head = joined or one.title or one.source
    title = f"{one.title}. " if one.title and head != one.title else ""
    source = f"{one.source}, " if one.source and head != one.source else ""
    return f"{head}, {one.year or 'n.d.'}{one.letter}. {title}{source}{one.place}.".strip()


def chicago(one: Reference) -> str:
    """Print a reference with the year between full stops and the title in quotes."""
    if not (one.people or one.group or one.title or one.source):
        return one.text
    first, *rest = one.people or [("", "")]
    people = [f"{first[0]}, {initials(first[1])}".rstrip(", ")]
    people += [f"{initials(given)} {family}".strip() for family, given in rest]
    joined = ", ".join(people[:-1]) + (", and " if rest else "") + people[-1]
    head = (joined or one.group or one.title or one.source).rstrip(".")
    title = f"“{one.title}.” " if one.title and head != one.title else ""
    source = f"{one.source} " if one.source and head != one.source else ""
    return f"{head}. {one.year or 'n.d.'}{one.letter}. {title}{source}{one.place}.".strip()


def nlm(one: Reference) -> str:
    """Print a reference with the year behind the journal."""
    if not (one.people or one.group or one.title or one.source):
        return one.text
    people = ", ".join(f"{family} {given}".strip() for family, given in one.people[:SHOWN])
    people = f"{people}, et al" if len(one.people) > SHOWN else people or one.group
    parts = [people, one.title, one.source]
    return f"{'. '.join(part for part in parts if part)}. {one.year}; {one.place}."


def ieee(one: Reference) -> str:
    """Print a reference with given names first and the year at the end."""
    if not (one.people or one.group or one.title or one.source):
        return one.text
    people = [f"{initials(given)} {family}".strip() for family, given in one.people]
    joined = ", ".join(people[:-1]) + (" and " if people[1:] else "") + (people or [one.group])[-1]
    title = f"“{one.title},”" if one.title else ""
    parts = [joined, title, one.source, one.place, one.year]
    return f"{', '.join(part for part in parts if part)}.".replace(",” ,", ",”").replace(
        ",”,", ",”"
    )


FORMATS: dict[str, Callable[[Reference], str]] = {
    "apa": apa,
    "harvard": harvard,
    "chicago": chicago,
    "superscript": nlm,
    "glued": nlm,
    "parenthesis": ieee,
}
"""How each style of citing prints its references; the others as `vancouver` does."""
