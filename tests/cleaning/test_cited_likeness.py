"""How like the parts of two cited references are."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.cited.likeness import alike_names, alike_sources, core_of_source


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("koksalan", "kksalan", True),
        ("leone", "deleone", True),
        ("silva", "rodriguessilva", True),
        ("dias", "bias", False),
        ("li", "liu", False),
        ("zhang", "zheng", False),
        ("figueira", "doumpos", False),
    ],
)
def test_names(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    """A slip in a long name or a missing particle leaves it the same; a short name must agree."""
    assert (alike_names(one, other) >= 0.85) is expected
    assert alike_names(one, other) == alike_names(other, one)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("EUR J OPER RES", "European Journal of Operational Research", 1.0, 1.0),
        ("EUROPEAN J OPERATION", "European Journal of Operational Research", 0.8, 1.0),
        ("J OPERATIONAL RES SO", "Journal of the Operational Research Society", 1.0, 1.0),
        ("2019 9 INT C CLOUD COMP", "9th International Conference on Cloud Computing", 0.8, 1.0),
        ("IEEE SYS MAN CYBERN", "Int. Conf. on Systems, Man and Cybernetics (SMC)", 0.8, 1.0),
        ("INFORM SCI", "EUR J OPER RES", 0.0, 0.4),
        ("ANN RISK", "J HEAT FLOW", 0.0, 0.1),
    ],
)
def test_sources(one: str, other: str, least: float, most: float) -> None:
    """Abbreviations, names cut and conferences by number are like the name in full."""
    assert least <= alike_sources(one, other) <= most


def test_core_of_source() -> None:
    """Only the name of a conference loses its number and what all conferences say."""
    assert core_of_source("Proceedings of the 2nd International Conference on Flow") == "flow"
    assert core_of_source("International Journal of Flow") == "International Journal of Flow"
