"""Known names of institutions, and a user's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.cleaning.place.country_names import is_country_code
from nqp_biblio.cleaning.place.institution_aliases import alias_of, read_institution_aliases
from nqp_biblio.cleaning.place.institution_words import read_lines
from nqp_biblio.errors import MissingFileError, OptionError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "country", "shown"),
    [
        ("Swiss Fed Inst Technol", "CH", "ETH Zurich"),
        ("Eidgenössische Technische Hochschule Zürich", "CH", "ETH Zurich"),
        ("CSIC", "ES", "Spanish National Research Council"),
        ("CSIC", "PT", None),
        ("CSIC", None, None),
        ("北京大学", "CN", "Peking University"),
        ("NTU", "SG", "Nanyang Technological University"),
        ("NTU", "TW", "National Taiwan University"),
        ("Katholieke Univ Leuven", "BE", "KU Leuven"),
        ("Univ Catholique Louvain", "BE", "Université catholique de Louvain"),
        ("University of Nowhere", "CH", None),
    ],
)
def test_known_names(name: str, country: str | None, shown: str | None) -> None:
    """A name counts in its country only."""
    assert alias_of(name, country) == shown


def test_lines_are_well_formed() -> None:
    """Each line of the list is country, name and other names, and no alias has two names."""
    seen: dict[tuple[str, str], str] = {}
    for line in read_lines("institution_aliases.csv"):
        country, shown, others = line.split(";")
        assert is_country_code(country)
        for name in filter(None, (shown, *others.split("|"))):
            assert seen.setdefault((country, name.casefold()), shown) == shown, name


def test_of_a_user(tmp_path: Path) -> None:
    """A user's list is a mapping, or a file with a country where that matters."""
    path = tmp_path / "names.csv"
    path.write_text("# mine\nTUX,Technical University of X,DE\nFoo,Foo Institute\n\n", "utf-8")
    found = read_institution_aliases(path)
    assert found["DE", "tux"] == "Technical University of X"
    assert found[None, "foo"] == "Foo Institute"
    assert read_institution_aliases({"Foo": "Foo Institute"})[None, "foo"] == "Foo Institute"
    assert read_institution_aliases(None) == {}


@pytest.mark.parametrize(
    ("text", "match"), [("Foo", "is not alias,name"), ("A,B,Germany", "'Germany' is no code")]
)
def test_wrong_lines(tmp_path: Path, text: str, match: str) -> None:
    """A line that cannot be used is named."""
    path = tmp_path / "names.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(OptionError, match=match):
        read_institution_aliases(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is said so."""
    with pytest.raises(MissingFileError, match="no such file"):
        read_institution_aliases(tmp_path / "none.csv")
