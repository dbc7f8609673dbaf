"""Addresses in their parts."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.place.affiliation_parts import is_street, split_address


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ("Univ Ghent, Lab Soete, B-9000 Ghent, Belgium", "Ghent"),
        ("Univ Liverpool, Sch Engn, Liverpool L69 3BX, Merseyside, England", "Liverpool"),
        ("Nihon Univ, Coll Sci & Technol, Tokyo 101, Japan", "Tokyo"),
        ("Tohoku Univ, Inst Mat Res, Himeji, Hyogo 6712280, Japan", "Himeji"),
        ("Univ Houston, Houston, TX 77204 USA", "Houston"),
        ("Texas A&M Univ, College Stn, TX 77843 USA", "College Stn"),
        ("Weill Cornell Med Coll, New York, NY USA", "New York"),
        (
            "University of Amsterdam, Kloveniersburgwal 48, NL-1012 CX Amsterdam, Netherlands",
            "Amsterdam",
        ),
        ("NTUA, 9 Heroon Polytechniou street, Zografou, 15780, Greece", "Zografou"),
        ("St Polten Univ Appl Sci, A-3100 St Polten, Austria", "St Polten"),
        ("Natl Univ Singapore, Singapore 117576, Singapore", "Singapore"),
        ("LAMSADE, University of Paris, Paris Cedex F-75775, France", "Paris"),
        ("Oita University, Japan", None),
        ("Department of X, University of Y, 12 Main Street, Canada", None),
    ],
)
def test_city(address: str, city: str | None) -> None:
    """The city comes without post code and state; a street is no city."""
    assert split_address(address).city == city


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("1Department of Art, Univ. of Oslo, Norway", "Department of Art"),
        ("[Smith, J.; Lee, K.] Univ Oslo, Oslo, Norway", "Univ Oslo"),
        ("Smith, J.; Univ Oslo, Dept Art, Oslo, Norway", "Univ Oslo"),
        ("Univ Oslo, Oslo, Norway; Univ Bergen, Bergen, Norway", "Univ Oslo"),
        ("Univ Oslo, Oslo, Norway. Electronic address: a.b@uio.no.", "Univ Oslo"),
        ("Univ Oslo, Oslo, Norway. Univ Bergen, Bergen, Norway.", "Univ Oslo"),
        ("U.S. Forest Service, Rapid City, United States", "U.S. Forest Service"),
        ("ETH ZÃ¼rich, CH-8092 ZÃ¼rich, Switzerland", "ETH Zürich"),
        (
            "Faculty of Physics, Astronomy and Informatics, Torun, Poland",
            "Faculty of Physics, Astronomy and Informatics",
        ),
    ],
)
def test_first_part(address: str, first: str) -> None:
    """Names, marks, mail addresses and further addresses are left out; lists stay whole."""
    assert split_address(address).parts[0] == first


def test_reference_in_the_place_of_an_address() -> None:
    """What is a reference has no parts and no country."""
    found = split_address("SMITH W, 1968, P NATL ACAD SCI USA, V60, P807, DOI 10.1000/x")
    assert found == ((), None, None, None, 0)


@pytest.mark.parametrize(
    ("part", "street"),
    [
        ("12 Main Street", True),
        ("Hofgartenstr. 8", True),
        ("Rua Antero de Quental 199", True),
        ("15780", True),
        ("POB 901", True),
        ("Univ Paris 11", False),
        ("Hosp 4", False),
        ("St Polten", False),
        ("Ghent", False),
    ],
)
def test_streets(part: str, *, street: bool) -> None:
    """Streets, boxes and numbers are told from institutions and cities."""
    assert is_street(part) is street
