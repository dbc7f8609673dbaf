"""The country of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.place.affiliation_parts import split_address
from nqp_biblio.cleaning.place.country_search import ends_in_country, find_country


@pytest.mark.parametrize(
    ("address", "code", "rule"),
    [
        ("Univ Ghent, Dept Math, B-9000 Ghent, Belgium", "BE", "country"),
        ("Univ Oxford, Oxford OX1 3PJ, England", "GB", "country"),
        ("Xidian Univ, Xian 710071, Peoples R China", "CN", "country"),
        ("Beth Israel Deaconess Med Ctr, Boston, MA 02215 USA", "US", "end-of-part"),
        ("Beth Israel Hosp, Boston, MA", "US", "state"),
        ("Harvard Univ, Beth Israel", None, None),
        ("Univ New Mexico, Albuquerque, NM 87131 USA", "US", "end-of-part"),
        ("UNIV CALIF SAN DIEGO,LA JOLLA,CA 92093", "US", "state-and-zip"),
        ("Dept. of Art, Univ. of X, Toronto, ON, Canada", "CA", "country"),
        ("McGill University, Montreal, QC H3A 0G4", "CA", "state"),
        ("Univ Hong Kong, Hong Kong, Hong Kong, Peoples R China", "HK", "country"),
        ("Univ Hong Kong, Hong, Kong, Peoples R China", "HK", "country"),
        ("The University of Hong Kong, Pokfulam, Hong Kong", "HK", "country"),
        ("Natl Taiwan Univ, Taipei, Taiwan", "TW", "country"),
        ("Academia Sinica, Taipei, Republic of China", "TW", "country"),
        ("Univ Puerto Rico, San Juan, PR 00936 USA", "PR", "end-of-part"),
        ("BORIS KIDRIC INST,YU-11000 BELGRADE,YUGOSLAVIA", "RS", "former-state"),
        ("Inst Phys, Zagreb, Yugoslavia", "HR", "former-state"),
        ("Acad Sci, Inst Phys, Kiev 252028, USSR", "UA", "former-state"),
        ("Acad Sci, Inst Phys, Moscow, USSR", "RU", "former-state"),
        ("Emory University, Atlanta, Georgia", "US", "state"),
        ("Tbilisi State University, Tbilisi, Georgia", "GE", "country"),
        ("School of Arts, Hashemite UniversityJordan", "JO", "end-of-part"),
        ("Univ Nacl Colombia, Dept Fis", "CO", "name-of-institution"),
        ("University of Turin, Torino", "IT", "city"),
        ("Inst Chem, D-12345 Nowhere", "DE", "post-code"),
        ("北京大学", "CN", "script"),
        ("國立臺灣大學", "TW", "script"),
        ("京都大学", "JP", "script"),
        ("서울대학교", "KR", "script"),
        ("Laboratory of X. name@inst.ac.uk", "GB", "mail"),
        ("Laboratory of X. name@inst.com", None, None),
        ("University of Somewhere", None, None),
    ],
)
def test_country(address: str, code: str | None, rule: str | None) -> None:
    """The country is found where the address says it, and the rule says where that is."""
    found = split_address(address)
    assert (found.country_code, found.country_rule) == (code, rule)


def test_what_is_left() -> None:
    """The parts before the country, and what stands before it in its own part, are left."""
    found = find_country(["Univ X", "Dept Y", "Boston", "MA 02115 USA"])
    assert (found.n_left, found.rest) == (3, "MA 02115")
    assert find_country([]).n_left == 0


@pytest.mark.parametrize(
    ("text", "ends"), [("Paris, France", True), ("Boston, MA 02115", True), ("Univ X", False)]
)
def test_ends_in_country(text: str, *, ends: bool) -> None:
    """An address that is whole is told from a piece of one."""
    assert ends_in_country(text) is ends


@given(st.text(max_size=200))
def test_never_fails(text: str) -> None:
    """Any text can be parted, and a city is never longer than the text."""
    found = split_address(text)
    assert found.city is None or found.city in " ".join(found.parts) or len(found.city) <= len(text)
