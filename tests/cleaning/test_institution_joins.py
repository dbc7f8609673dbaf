"""Names of institutions brought together."""

from __future__ import annotations

import random

import pytest

from nqp_biblio.cleaning.place.institution_joins import Institution, Naming, join_institutions


def _join(*rows: tuple[str, str | None, str | None], **options: object) -> list[Institution]:
    namings = [
        Naming(name.split(" (")[0], country, {city: 1}, frozenset(_acronym(name)))
        for name, country, city in rows
    ]
    return join_institutions(namings, aliases=options.pop("aliases", {}))  # type: ignore[arg-type]


def _acronym(name: str) -> list[str]:
    return [name.split(" (")[1].rstrip(")")] if " (" in name else []


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (("Univ Granada", "ES", "Granada"), ("Universidad de Granada", "ES", None), "same-name"),
        (("ETH", "CH", None), ("Swiss Fed Inst Technol", "CH", None), "alias"),
        (("UTX", "BR", None), ("Technical University of Xaxim (UTX)", "BR", None), "acronym"),
        (
            ("London Sch Hyg & Trop Med", "GB", None),
            ("London School of Hygiene and Tropical Medicine", "GB", None),
            "abbreviation",
        ),
        (
            ("Jagiellonian Univ Krakow", "PL", "Krakow"),
            ("Jagiellonian Univ", "PL", "Krakow"),
            "with-city",
        ),
        (
            ("Laser Laboratory Louisiana State University", "US", None),
            ("Louisiana State University", "US", None),
            "unit-before",
        ),
        (
            ("University of Toronto", None, None),
            ("Univ Toronto", "CA", "Toronto"),
            "same-name-elsewhere",
        ),
    ],
)
def test_one_institution(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None], rule: str
) -> None:
    """Forms of one name are one institution, and the rule is told."""
    [found] = _join(one, other)
    assert rule in found.rules.values()
    assert found.country_code == other[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Toho Univ", "JP", None), ("Tohoku Univ", "JP", None)),
        (("Monash University", "AU", None), ("Monash University", "MY", None)),
        (("Childrens Hosp Boston", "US", "Boston"), ("Childrens Hosp", "US", "Chicago")),
        (("Univ Colorado Denver", "US", "Denver"), ("Univ Colorado", "US", "Boulder")),
        (("Univ Paris 1", "FR", "Paris"), ("Univ Paris 13", "FR", "Paris")),
        (("Univ Hosp Brno", "CZ", "Brno"), ("Univ Hosp", "CZ", "Prague")),
    ],
)
def test_two_institutions(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None]
) -> None:
    """Names that only look alike stay apart."""
    assert len(_join(one, other)) == 2


def test_abbreviation_of_two() -> None:
    """An abbreviation that fits two names is joined to neither."""
    rows = [
        ("Inst Trop Hyg Res", "GB", None),
        ("Institute of Tropical Hygiene Research", "GB", None),
        ("Institute of Tropicalia and Hygienics Research", "GB", None),
    ]
    assert len(_join(*rows)) == 3
    assert len(_join(*rows[:2])) == 1


def test_name_to_show() -> None:
    """A full spelling is shown before an abbreviated one, which is spelt out if alone."""
    assert (
        _join(("Univ Granada", "ES", None), ("Universidad de Granada", "ES", None))[0].display_name
        == "Universidad de Granada"
    )
    assert _join(("Univ Antwerp", "BE", None))[0].display_name == "University of Antwerp"
    assert _join(("UNIV ANTWERP", "BE", None))[0].display_name == "University of Antwerp"


def test_users_alias_wins() -> None:
    """A name of the user's list is shown, also where the library knows another."""
    [found] = _join(("ETH", "CH", None), aliases={(None, "eth"): "My ETH"})
    assert found.display_name == "My ETH"
    assert found.rules == {("ETH", "CH"): "user-alias"}


def test_order_does_not_count() -> None:
    """The names may come in any order."""
    rows = [
        *(("Univ Granada", "ES", "Granada"), ("Universidad de Granada", "ES", None)),
        *(("ETH", "CH", None), ("ETH Zurich", "CH", "Zurich"), ("Univ Toronto", "CA", None)),
        *(("University of Toronto", None, None), ("Toho Univ", "JP", None)),
    ]
    once = _join(*rows)
    for seed in range(5):
        random.Random(seed).shuffle(rows)  # noqa: S311
        assert _join(*rows) == once
