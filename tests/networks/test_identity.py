"""When two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.networks.identity import AUTHOR_RULES, author_key, term_key


@pytest.mark.parametrize(
    ("rule", "name", "key"),
    [
        ("resolved", "Chen, Li-Qun", "chen lq"),
        ("resolved", "CHEN LQ", "chen lq"),
        ("resolved", "Chen L.-Q.", "chen lq"),
        ("resolved", "van der Berg, J.", "van der berg j"),
        ("resolved", "World Health Organization", "world health organization"),
        ("resolved", "李明", "李明"),
        ("surname-initials", "Díaz, Luis C.", "díaz lc"),
        ("surname-initials", "Dias, LC", "dias l"),
        ("surname-initial", "Dias, Luis C.", "dias l"),
        ("printed", "Dias, LC", "Dias, LC"),
    ],
)
def test_author_keys(rule: str, name: str, key: str) -> None:
    """Each rule reduces a name to what it compares."""
    assert author_key(rule)(name) == key


@given(st.text(max_size=40), st.sampled_from(sorted(AUTHOR_RULES)))
def test_any_name_has_a_key(name: str, rule: str) -> None:
    """No name, however odd, is lost for want of a key."""
    assert author_key(rule)(name) or not name


@pytest.mark.parametrize(
    ("rule", "key"),
    [("case-folded", "café-bar"), ("folded", "cafe bar"), ("printed", "Café-Bar")],
)
def test_term_keys(rule: str, key: str) -> None:
    """Terms are compared as the rule says."""
    assert term_key(rule)("Café-Bar") == key
