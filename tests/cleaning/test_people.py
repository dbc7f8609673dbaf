"""Names of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.people import author_key, clean_person, initials, shown_name
from nqp_biblio.record import Person


@pytest.mark.parametrize(
    ("person", "shown", "rule"),
    [
        (Person(family="Chen", given="LQ"), "Chen, L. Q.", None),
        (Person(family="Chen", given="Li-Qun"), "Chen, L. Q.", None),
        (Person(family="CHEN", given="LQ"), "Chen, L. Q.", "name-in-capitals"),
        (Person(family="SMITH", given="JOHN"), "Smith, J.", "name-in-capitals"),
        (Person(family="O'BRIEN-LEE", given="P"), "O'Brien-Lee, P.", "name-in-capitals"),
        (Person(family="MCDONALD", given="R"), "McDonald, R.", "name-in-capitals"),
        (
            Person(family="VAN DER BERG", given="J"),
            "van der Berg, J.",
            "name-in-capitals+name-particle",
        ),
        (Person(family="de la Cruz", given="M"), "de la Cruz, M.", "name-particle"),
        (Person(family="Smith Jr", given="J"), "Smith, J., Jr.", "name-suffix"),
        (Person(family="Li*", given="J2"), "Li, J.", "name-without-marks"),
        (Person(family="李 明"), "李明", "chinese-name"),
        (Person(literal="李明"), "李明", "chinese-name"),
        (Person(literal="World Health Organization"), "World Health Organization", None),
        (Person(family="Plato"), "Plato", None),
    ],
)
def test_name_to_show(person: Person, shown: str, rule: str | None) -> None:
    """Each way to print a name gives the form to show, and names the rules that changed it."""
    cleaned, applied = clean_person(person)
    assert (shown_name(cleaned), applied) == (shown, rule)
    assert clean_person(cleaned) == (cleaned, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Chen", "LQ"), ("Chen", "Li-Qun"), True),
        (("Chen", "LQ"), ("Chen", "L.-Q."), True),
        (("Chen", "LQ"), ("Chen", "L. Q."), True),
        (("Müller", "K"), ("Muller", "K."), True),
        (("Chen", "LQ"), ("Chen", "L"), False),
        (("Chen", "LQ"), ("Cheng", "LQ"), False),
    ],
)
def test_same_author_only_where_all_initials_agree(
    one: tuple[str, str], other: tuple[str, str], *, same: bool
) -> None:
    """An author is family name and all initials, no less."""
    keys = {author_key(Person(family=family, given=given)) for family, given in (one, other)}
    assert (len(keys) == 1) is same


def test_particle_and_suffix_belong_to_the_author() -> None:
    """The particle counts wherever it stands, and the son is not the father."""
    apart = Person(family="Berg", particle="van der", given="J")
    within = Person(family="van der Berg", given="J.")
    assert author_key(apart) == author_key(within)
    assert author_key(Person(family="Berg", given="J", suffix="Jr.")) != author_key(
        Person(family="Berg", given="J")
    )


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [("LQ", "LQ"), ("Li-Qun", "LQ"), ("LiQun", "LQ"), ("John", "J"), ("JOHN", "J"), (None, "")],
)
def test_initials(given_names: str | None, expected: str) -> None:
    """Initials are read from names in full and from runs of letters."""
    assert initials(given_names) == expected


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_is_stable(family: str, given_names: str) -> None:
    """A cleaned name is clean."""
    cleaned, _ = clean_person(Person(family=family or None, given=given_names or None))
    assert clean_person(cleaned) == (cleaned, None)
