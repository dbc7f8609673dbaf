"""Tags and entities in values of databases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.html_tags import without_tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H<sub>2</sub>O", "H2O"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> & c"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("Not Available <P />", "Not Available"),
        ('<mml:mi mathvariant="normal">Cl</mml:mi> decay', "Cl decay"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("p <0.05, n> 3", "p <0.05, n> 3"),
        ("_a_ *b* https://x.org/a_b_c", "_a_ *b* https://x.org/a_b_c"),
    ],
)
def test_without_tags(text: str, expected: str) -> None:
    """Tags go, what only looks like one and Markdown stay."""
    assert without_tags(text) == expected


@given(st.text())
def test_any_text(text: str) -> None:
    """The text never grows but by what an entity stands for."""
    assert len(without_tags(text)) <= 3 * len(text)
