"""Keys of names of institutions, and names spelt out."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.place.institution_words import (
    institution_key,
    key_words,
    names_an_institution,
    spell_out,
    standard_words,
)


@pytest.mark.parametrize(
    "names",
    [
        ("Universidad de Granada", "University of Granada", "Univ Granada", "UNIV GRANADA"),
        ("Univ Fed Goias", "Universidade Federal de Goiás", "Federal University of Goias"),
        ("Oxford University", "University of Oxford", "Univ. of Oxford"),
        ("Natl Tech Univ Athens", "National Technical University of Athens"),
        ("Poznan Univ Tech", "Poznań University of Technology"),
        ("Tatung Co.", "Tatung Company", "Tatung"),
        ("Univ Calif Berkeley", "University of California, Berkeley"),
    ],
)
def test_one_key(names: tuple[str, ...]) -> None:
    """Abbreviated, translated and accented forms of one name share a key."""
    assert len({institution_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Washington", "Washington University"),
        ("Miami University", "University of Miami"),
        ("Univ Paris 1", "Univ Paris 11"),
        ("Harbin Institute of Technology", "Harbin Engineering University"),
        ("University of Leuven", "University of Louvain"),
        ("Xi'an Technological University", "Xi'an University of Technology"),
        ("National Taiwan University", "National Taiwan Normal University"),
    ],
)
def test_two_keys(one: str, other: str) -> None:
    """Institutions that differ by one word, or by its place, stay apart."""
    assert institution_key(one) != institution_key(other)


def test_words() -> None:
    """A name of small or company words only is not empty."""
    assert key_words("The") == ("the",)
    assert key_words("AG") == ("ag",)
    assert "university" in standard_words()
    assert "lisbon" not in standard_words()
    assert names_an_institution("Royal Inst Technol")
    assert not names_an_institution("Beth Israel")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Univ Antwerp", "University of Antwerp"),
        ("Chinese Acad Sci", "Chinese Academy of Science"),
        ("Univ Hosp Brno", "University Hospital Brno"),
        ("Max Planck Inst Phys", "Max Planck Institute for Phys"),
        ("Univ Nacl Colombia", "Univ Nacl Colombia"),
        ("ETH Zurich", "ETH Zurich"),
        ("Seagate Technol", "Seagate Technology"),
    ],
)
def test_spelt_out(short: str, full: str) -> None:
    """Abbreviations are spelt out where that is sure."""
    assert spell_out(short) == full
