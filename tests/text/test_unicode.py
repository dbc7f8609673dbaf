"""Cleaning, folding and stripping of printed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.unicode import clean_text, fold, strip_markup


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  a \t b\n c ", "a b c"),
        ("eco\u00adnomy", "economy"),
        ("\ufb01eld \ufb02ow", "field flow"),
        ("e\u0301t\u0065", "éte"),
        ("a\u00a0b\u2009c", "a b c"),
        ("\u202eabc\u200b\ufeff", "abc"),
        ("中文　论文", "中文 论文"),
        ("", ""),
    ],
)
def test_clean_text(text: str, clean: str) -> None:
    """Invisible signs go, ligatures open, blanks are single."""
    assert clean_text(text) == clean


@given(st.text())
def test_clean_text_twice_is_once(text: str) -> None:
    """Cleaning clean text changes nothing."""
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller-Łukasiewicz", "muller lukasiewicz"),
        ("O’Brien’s Théorie", "OBRIENS THEORIE"),
        ("Straße & Ærø", "strasse aero"),
        ("Journal of X, Part A.", "journal of x part a"),
    ],
)
def test_fold_brings_spellings_together(one: str, other: str) -> None:
    """Case, accents and signs make no difference to the key."""
    assert fold(one) == fold(other)


@given(st.text())
def test_fold_twice_is_once(text: str) -> None:
    """The key of a key is the key, and it has letters, digits and single blanks only."""
    key = fold(text)
    assert fold(key) == key
    assert all(sign.isalnum() or sign == " " for sign in key)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("*Journal of X*, **3**", "Journal of X, 3"),
        ("_Journal of X_ and snake_case_name", "Journal of X and snake_case_name"),
        ("<https://example.org/a_b_c>", "https://example.org/a_b_c"),
        ("[here](https://example.org/x)", "here https://example.org/x"),
        ("[https://a.org](https://a.org)", "https://a.org"),
        ("CO<sub>2</sub> &amp; <i>E. coli</i>", "CO2 & E. coli"),
        ("a < b and 2 * 3 * 4", "a < b and 2 * 3 * 4"),
        (r"5\*3", "5*3"),
    ],
)
def test_strip_markup(marked: str, plain: str) -> None:
    """Markup goes; signs that are no markup stay."""
    assert strip_markup(marked) == plain
