"""ROR: which organisation an affiliation names."""

from __future__ import annotations

from typing import Any

import pytest

from nqp_biblio.services import ror
from served import TURNED_AWAY, ServedClient


def item(number: str, name: str, *, chosen: bool) -> dict[str, Any]:
    """Make a candidate in the shape of ROR's second schema."""
    names = [
        {"value": name[:3], "types": ["acronym"], "lang": None},
        {"value": name, "types": ["label", "ror_display"], "lang": "en"},
    ]
    return {
        "substring": name,
        "score": 1.0 if chosen else 0.4,
        "matching_type": "EXACT",
        "chosen": chosen,
        "organization": {
            "id": f"https://ror.org/{number}",
            "names": names,
            "locations": [{"geonames_details": {"country_code": "DE"}}],
            "types": ["education"],
        },
    }


def test_the_chosen_one_is_taken() -> None:
    """The one organisation that ROR chooses comes with its country."""
    items = [item("01", "University of Things", chosen=True), item("02", "Other", chosen=False)]
    client = ServedClient({"/organizations": {"number_of_results": 2, "items": items}})
    found = ror.match_affiliation(client, "Dept. X,  University of Things").data
    assert (found.ror, found.name) == ("https://ror.org/01", "University of Things")
    assert (found.country_code, found.types, found.score) == ("DE", ("education",), 1.0)
    assert client.asked[0][2] == {"affiliation": "Dept. X, University of Things"}


@pytest.mark.parametrize("chosen", [(False, False), (True, True)])
def test_none_or_two_are_not_taken(chosen: tuple[bool, bool]) -> None:
    """A near one is not taken, nor one of two; `find` shows them."""
    items = [item(str(n), "Things", chosen=flag) for n, flag in enumerate(chosen)]
    client = ServedClient({"/organizations": {"items": [*items, {}, None]}})
    answer = ror.match_affiliation(client, "Things")
    assert answer.state == "not-found"
    assert "of 2 candidates" in answer.reason
    assert len(ror.find(client, "Things").data) == 2


def test_faults_pass_through() -> None:
    """A fault, and an answer of another shape, are no empty list."""
    client = ServedClient({"/organizations": TURNED_AWAY})
    assert ror.match_affiliation(client, "x").state == "refused"
    assert ror.find(ServedClient({"/organizations": {"errors": ["x"]}}), "x").state == "failed"
