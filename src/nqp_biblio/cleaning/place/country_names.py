"""Countries: ISO 3166-1 codes, the names to show, and the names that databases print."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources

from nqp_biblio.text.unicode import fold

__all__ = [
    "cities_of",
    "country_code_of",
    "country_name",
    "country_names",
    "folded",
    "is_country_code",
    "places_by_name",
    "state_codes",
]


def country_name(code: str | None) -> str | None:
    """Return the name to show of a country, None for none and for a code that is unknown.

    Parameters
    ----------
    code : str or None
        ISO 3166-1, two letters; ``XK`` is Kosovo.

    Examples
    --------
    >>> country_name("CN"), country_name("GB")
    ('China', 'United Kingdom')
    """
    return _names().get(code, (None,))[0] if code else None


def country_names(code: str) -> tuple[str, ...]:
    """Return all names of a country, the one to show first; none for an unknown code.

    They hold the forms of Web of Science and Scopus, names in other languages, and those of
    states that went before.

    Examples
    --------
    >>> country_names("CN")[:2]
    ('China', 'Peoples R China')
    """
    return _names().get(code, ())


@lru_cache(maxsize=200_000)
def country_code_of(name: str) -> str | None:
    """Return the code of a country from one of its names, None where it is none.

    Parameters
    ----------
    name : str
        The whole name; case, accents and full stops do not count.

    Examples
    --------
    >>> country_code_of("PEOPLES R CHINA"), country_code_of("Scotland"), country_code_of("U.S.A.")
    ('CN', 'GB', 'US')
    >>> country_code_of("Beth Israel") is None
    True
    """
    return _codes().get(fold(name))


def is_country_code(text: str) -> bool:
    """Tell whether a text is one of the codes, in capitals."""
    return text in _names()


@lru_cache(maxsize=400_000)
def folded(text: str) -> str:
    """Fold a part of an address; parts come again and again, so each is folded once."""
    return fold(text)


@lru_cache(maxsize=1)
def places_by_name() -> dict[str, frozenset[tuple[str, str]]]:
    """Return the (country, kind) of states and cities by folded name; kind is state or city."""
    found: dict[str, set[tuple[str, str]]] = {}
    for code, kind, names in _regions():
        if kind != "code":
            for name in names:
                found.setdefault(fold(name), set()).add((code, kind))
    return {name: frozenset(places) for name, places in found.items()}


@lru_cache(maxsize=1)
def state_codes() -> dict[str, frozenset[str]]:
    """Return the letters that stand for states, by country."""
    return {code: frozenset(names) for code, kind, names in _regions() if kind == "code"}


@lru_cache(maxsize=256)
def cities_of(code: str) -> frozenset[str]:
    """Return the folded names of the cities known of a country."""
    return frozenset(name for name, places in places_by_name().items() if (code, "city") in places)


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Read the names by code."""
    rows = csv.DictReader(_text("country_names.csv").splitlines())
    return {
        row["code"]: tuple(
            dict.fromkeys((row["name"], *filter(None, row["other_names"].split("|"))))
        )
        for row in rows
    }


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return the code by folded name."""
    return {fold(name): code for code, names in _names().items() for name in names}


@lru_cache(maxsize=1)
def _regions() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Read states and cities."""
    rows = (line.split(";") for line in _text("country_regions.csv").splitlines()[1:])
    return tuple((code, kind, tuple(names.split("|"))) for code, kind, names in rows)


def _text(name: str) -> str:
    return (resources.files("nqp_biblio.cleaning.place") / name).read_text(encoding="utf-8")
