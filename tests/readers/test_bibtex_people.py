"""Names in .bib files."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.bibtex_people import parse_bibtex_people, split_names


@pytest.mark.parametrize(
    ("value", "names", "et_al"),
    [
        ("Doe, Jane", ["Doe, Jane"], False),
        ("Jane Doe", ["Doe, Jane"], False),
        ("Jane Doe and Richard Roe", ["Doe, Jane", "Roe, Richard"], False),
        ("Doe, Jane AND\n  Roe, R.", ["Doe, Jane", "Roe, R."], False),
        ("Doe, Jane and others", ["Doe, Jane"], True),
        ("Doe, Jane and et al.", ["Doe, Jane"], True),
        ("Ludwig van Beethoven", ["van Beethoven, Ludwig"], False),
        ("van den Berg, Jan", ["van den Berg, Jan"], False),
        ("Schulte im Walde, Sabine", ["Schulte im Walde, Sabine"], False),
        ("Smith, Jr., Bill", ["Smith, Bill, Jr."], False),
        ("Smith, Bill, Jr.", ["Smith, Bill, Jr."], False),
        ("{World Health Organization}", ["World Health Organization"], False),
        ("World Health Organization", ["World Health Organization"], False),
        ("{Barnes and Noble} and Doe, Jane", ["Barnes and Noble", "Doe, Jane"], False),
        (r"G{\"o}del, Kurt", ["Gödel, Kurt"], False),
        (r"{\'E}mile Zola", ["Zola, Émile"], False),
        ("Chen LQ", ["Chen, LQ"], False),
        ("family=Doe, given=Jane, prefix=van, useprefix=true", ["van Doe, Jane"], False),
        ("Doe, J., Roe, R., Poe, E.", ["Doe, J.", "Roe, R.", "Poe, E."], False),
        ("Doe, J.; Roe, R.", ["Doe, J.", "Roe, R."], False),
        ("A and ,", ["A"], False),
        ("Doe, Jane and and Roe, R.", ["Doe, Jane", "Roe, R."], False),
        ("", [], False),
    ],
)
def test_names(value: str, names: list[str], *, et_al: bool) -> None:
    """Every way to write names gives family and given name, and says where the list is cut."""
    people, is_cut = parse_bibtex_people(value, "author")
    assert ([person.display for person in people], is_cut) == (names, et_al)


def test_han_names_are_split() -> None:
    """A name in Han characters has a family name, braces or not."""
    people, _ = parse_bibtex_people("李明 and {欧阳修}", "author")
    assert [(person.family, person.given) for person in people] == [("李", "明"), ("欧阳", "修")]


def test_role_and_printed_name() -> None:
    """People carry their role, and the name as it was printed."""
    (person,), _ = parse_bibtex_people(r"Kurt G{\"o}del", "editor")
    assert (person.role, person.raw) == ("editor", "Kurt Gödel")


def test_a_name_without_end_stays_whole() -> None:
    """A text of a megabyte in the place of a name is kept as one literal name."""
    (person,), _ = parse_bibtex_people("x" * 1_000_000, "author")
    assert person.literal is not None
    assert len(person.literal) == 1_000_000


def test_blanks_cost_nothing() -> None:
    """Long runs of blanks part names as one blank does."""
    assert split_names(f"Doe, Jane{' ' * 100_000}and{' ' * 100_000}Roe, R.") == [
        "Doe, Jane",
        "Roe, R.",
    ]
