"""What the tagger of references looks at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.reference_contexts import contexts_of
from nqp_biblio.readers.reference_features import (
    PAD,
    Tokens,
    batch_of,
    tokens_of,
    traits_of,
)
from nqp_biblio.readers.reference_marks import lift_identifiers


def _tokens(text: str) -> Tokens:
    """Words of a text."""
    return tokens_of(*lift_identifiers(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roe, J.-P. (2019)", ["Roe", "J", "P", "2019"]),
        ("O’Brien 12–14", ["O’Brien", "12", "14"]),
        ("B250", ["B", "250"]),
        ("小科学 map", ["小", "科", "学", "map"]),
        ("X. doi: 10.1000/jm.12.", ["X", "<doi>"]),
        ("see https://example.org/a b", ["see", "<url>", "b"]),
        ("...", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Words are letters or digits; an identifier is one word, a Han character is one."""
    assert _tokens(text).words == words


@given(st.text(max_size=80))
def test_nothing_is_lost(text: str) -> None:
    """Words and what stands between them make up the text, and each word is where it says."""
    tokens = tokens_of(text, [])
    assert len(tokens.gaps) == len(tokens.words) + 1
    pieces = [piece for pair in zip(tokens.gaps, tokens.words, strict=False) for piece in pair]
    assert "".join([*pieces, tokens.gaps[-1]]) == text
    for word, start in zip(tokens.words, tokens.starts, strict=True):
        assert word[0] == "<" or text[start : start + len(word)] == word


def test_traits() -> None:
    """A word is told by itself, its shape, its ends and the lists it is on."""
    assert {"w:journal", "s:Xx", "l:journal", "p3:jou", "x3:nal"} <= set(traits_of("Journal"))
    assert "s:YEAR" in traits_of("1998")
    assert "s:IV" in traits_of("XIV")
    assert traits_of("<doi>") == ["w:<doi>"]


def test_a_reference_is_seen_alike_in_any_company() -> None:
    """What is seen of a reference does not depend on those beside it."""
    one = _tokens("Roe, J. (2019). “Maps of science.” Journal of Maps 12(3), 45–67.")
    other = _tokens("A. Poe, Phys. Rev. D 3, 5 (1990)")
    alone, together = batch_of([one]), batch_of([other, one, other])
    place = int(together.firsts[1])
    size = len(one.words)
    for single, joint in zip(contexts_of(alone), contexts_of(together), strict=True):
        for name, codes in single.items():
            inside = codes[PAD : PAD + size]
            assert np.array_equal(inside, joint[name][place : place + size]), name
