"""How like two names of a venue are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.venue_names import share_of_words


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Nature", "Nature", 1.0),
        ("Nature", "Science", 0.0),
        ("PNAS", "Proceedings of the National Academy of Sciences", 1.0),
        ("ANN RISK", "Annals of Risk Letters", 0.8),
        ("", "Nature", 0.0),
    ],
)
def test_shares(one: str, other: str, share: float) -> None:
    """Words met, abbreviated or not, count against all words; an acronym meets all."""
    assert share_of_words(one, other) == share


@given(st.text(max_size=40), st.text(max_size=40))
def test_share_is_a_share(one: str, other: str) -> None:
    """Whatever the names, the share is from 0 to 1."""
    assert 0 <= share_of_words(one, other) <= 1
