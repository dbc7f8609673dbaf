"""Names and codes of countries."""

from __future__ import annotations

import re

import pytest

from nqp_biblio.cleaning.place.country_names import (
    cities_of,
    country_code_of,
    country_name,
    country_names,
    is_country_code,
    places_by_name,
    state_codes,
)

ISO = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW"
)


@pytest.mark.parametrize("code", ISO.split())
def test_every_code_has_a_name(code: str) -> None:
    """Each code of ISO 3166-1 has a name to show, by which it is found again."""
    name = country_name(code)
    assert name
    assert country_code_of(name) == code
    assert country_names(code)[0] == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Peoples R China", "CN"),
        ("PEOPLES R CHINA", "CN"),
        ("P.R. China", "CN"),
        ("England", "GB"),
        ("SCOTLAND", "GB"),
        ("North Ireland", "GB"),
        ("U Arab Emirates", "AE"),
        ("Bosnia & Herceg", "BA"),
        ("FED REP GER", "DE"),
        ("Cote Ivoire", "CI"),
        ("Turkiye", "TR"),
        ("Türkiye", "TR"),
        ("Russian Federation", "RU"),
        ("Viet Nam", "VN"),
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Czechia", "CZ"),
        ("U.S.A.", "US"),
        ("中国", "CN"),
        ("Beth Israel", None),
        ("New Mexico", None),
        ("", None),
    ],
)
def test_names_of_databases(name: str, code: str | None) -> None:
    """Forms of Web of Science, Scopus and other languages lead to one code, others to none."""
    assert country_code_of(name) == code


def test_unknown_code() -> None:
    """A code that is none has no name, and none is no error."""
    assert country_name("QQ") is None
    assert country_name(None) is None
    assert country_names("QQ") == ()
    assert not is_country_code("us")
    assert is_country_code("US")


def test_states_and_cities() -> None:
    """All places lie in countries that are known; letters of states are capitals."""
    lands = {land for places in places_by_name().values() for land, _ in places}
    assert all(is_country_code(land) for land in lands)
    assert "TX" in state_codes()["US"]
    assert all(
        re.fullmatch("[A-Z]{2,3}", state) for found in state_codes().values() for state in found
    )
    assert "granada" in cities_of("ES")
