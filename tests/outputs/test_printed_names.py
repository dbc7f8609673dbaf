"""Names in the forms that databases print."""

from __future__ import annotations

import pytest

from nqp_biblio.outputs.printed_names import (
    inverted_name,
    scopus_name,
    wos_cited_name,
    wos_name,
)
from nqp_biblio.record import Person

NAMES = [
    (Person(family="Small", given="Henry"), "Small, Henry", "Small, H", "Small H."),
    (
        Person(family="Eck", given="Nees Jan", particle="van"),
        "van Eck, Nees Jan",
        "van Eck, NJ",
        "van Eck N.J.",
    ),
    (Person(family="Roe", given="R.", suffix="Jr."), "Roe, R., Jr.", "Roe, R Jr.", "Roe R., Jr."),
    (Person(family="Plato"), "Plato", "Plato", "Plato"),
    (Person(family="王", given="一川", raw="王一川"), "王一川", "王一川", "王一川"),
    (Person(literal="ATLAS, the"), "ATLAS, the", "ATLAS, the", "ATLAS, the"),
    (Person(family="Doe", given="Jane", raw="Jane Doe"), "Doe, Jane", "Doe, J", "Doe J."),
    (Person(family="Doe", given="Jane", raw="DOE, Jane"), "Doe, Jane", "Doe, J", "Doe J."),
    (Person(family="Doe", given="J. A.", raw="Doe,  J. A."), "Doe, J. A.", "Doe, JA", "Doe J.A."),
]


@pytest.mark.parametrize(("person", "inverted", "wos", "scopus"), NAMES)
def test_forms(person: Person, inverted: str, wos: str, scopus: str) -> None:
    """Each database has its form; a name in Han characters and one of a group stay whole."""
    assert (inverted_name(person), wos_name(person), scopus_name(person)) == (inverted, wos, scopus)


@pytest.mark.parametrize(
    ("name", "printed"),
    [("Small, Henry", "SMALL H"), ("Small H.", "SMALL H"), ("OECD", "OECD"), ("Plato", "PLATO")],
)
def test_cited(name: str, printed: str) -> None:
    """A cited author has capitals and initials without signs."""
    assert wos_cited_name(name) == printed
