"""Entities of HTML in text."""

from __future__ import annotations

import pytest

from nqp_biblio.text.entities import decode_entities


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Saúde &amp; Doenças", "Saúde & Doenças"),
        ("Alzheimer&#39;s", "Alzheimer's"),
        ("&amp;lt;", "<"),
        ("a?x=1&region=2&copy=3", "a?x=1&region=2&copy=3"),
        ("R&D; & co", "R&D; & co"),
        ("no entity", "no entity"),
    ],
)
def test_whole_entities_only(given: str, expected: str) -> None:
    """An entity becomes its character; an ampersand in an address stays."""
    assert decode_entities(given) == expected
