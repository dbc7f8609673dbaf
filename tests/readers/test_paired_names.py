"""Names whose parts come apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.paired_names import person_of_parts


@pytest.mark.parametrize(
    ("family", "given_name", "expected"),
    [
        ("Small", "Henry", ("Small", "Henry", None, None, None)),
        ("van der Berg", "Ada", ("Berg", "Ada", "van der", None, None)),
        ("Small", "Henry, Jr.", ("Small", "Henry", None, "Jr.", None)),
        ("Tran Thoai", "D. B.", ("Tran Thoai", "D. B.", None, None, None)),
        ("李", "明", ("李", "明", None, None, None)),
        ("World Health Organization", "", (None, None, None, None, "World Health Organization")),
        ("", "Plato", (None, None, None, None, "Plato")),
        ("Institute of Maps", "Oslo", ("Institute of Maps", "Oslo", None, None, None)),
    ],
)
def test_parts(family: str, given_name: str, expected: tuple[str | None, ...]) -> None:
    """Particle and suffix are parted off; one part alone is a whole name."""
    person = person_of_parts(family, given_name)
    assert person is not None
    found = (person.family, person.given, person.particle, person.suffix, person.literal)
    assert found == expected


@pytest.mark.parametrize("name", ["", " ", ",", "."])
def test_no_name(name: str) -> None:
    """What has no letter is no person."""
    assert person_of_parts(name, "") is None


@given(st.text(), st.text())
def test_any_parts(family: str, given_name: str) -> None:
    """A person always has a family name or a literal, and the name as printed."""
    person = person_of_parts(family, given_name)
    assert person is None or ((person.family or person.literal) and person.raw)
