"""What the variants of keywords share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.term_keys import JOINS, TermKey, find_acronym_words, is_acronym

ALL = TermKey(frozenset(JOINS))


@pytest.mark.parametrize(
    ("rules", "one", "other"),
    [
        ("case", "Neural networks", "neural Networks"),
        ("hyphen case", "Co-citation", "cocitation"),
        ("hyphen case", "health care", "Healthcare"),
        ("hyphen", "R&D", "R & D"),
        ("hyphen", "research & development", "research and development"),
        ("hyphen", "COVID 19", "COVID-19"),
        ("hyphen", "Bayes' theorem", "Bayes theorem"),
        ("hyphen", "café culture", "cafe culture"),
        ("hyphen", "*Humans", "Humans"),
        ("hyphen", "Malaria/*drug therapy", "Malaria [*drug therapy]"),
        ("plural", "neural networks", "neural network"),
        ("plural", "systems engineering", "system engineering"),
        ("plural case", "GPUs", "GPU"),
        ("plural", "Parkinson's disease", "Parkinson disease"),
        ("spelling", "consumer behaviour", "consumer behavior"),
        ("plural spelling", "organisations", "organization"),
    ],
)
def test_joined(rules: str, one: str, other: str) -> None:
    """Two variants share a key by the rules named, and by no fewer."""
    named = rules.split()
    key = TermKey(frozenset(named))
    assert key(one) == key(other)
    for rule in named:
        less = TermKey(frozenset(named) - {rule})
        assert less(one) != less(other)
    assert ALL(one) == ALL(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++", "C"),
        ("C#", "C"),
        ("CD4+ T cells", "CD4 T cells"),
        ("web 2.0", "web 20"),
        ("physics", "physic"),
        ("economics", "economic"),
        ("news", "new"),
        ("productivity", "product"),
        ("modeling", "model"),
        ("learning", "learner"),
        ("arms control", "arm control"),
        ("organization", "organ"),
        ("policy", "police"),
        ("statistics", "statistic"),
    ],
)
def test_not_joined(one: str, other: str) -> None:
    """Other words stay apart, though they have a stem in common."""
    assert ALL(one) != ALL(other)


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=5))
def test_hyphens_and_capitals_never_part(words: list[str]) -> None:
    """Hyphens, blanks and capitals between the same words give the same key."""
    assert ALL("-".join(words)) == ALL(" ".join(words)) == ALL(" ".join(words).capitalize())


@given(st.text(max_size=40))
def test_any_text_has_a_key(text: str) -> None:
    """Any text that shows something has a key."""
    assert ALL(text) or not text.isprintable() or not text.strip()


def test_acronym_words() -> None:
    """A word in capitals is an acronym unless it stands in small letters as often."""
    rows = [
        (1, "author_keyword", "GPRS network"),
        (1, "author_keyword", "mobile phone"),
        (1, "author_keyword", "DOGS"),
        (2, "author_keyword", "Dogs"),
        (3, "index_keyword", "TREES"),
        (3, "index_keyword", "NEURAL NETWORKS"),
    ]
    assert find_acronym_words(rows) == {"gprs"}


@pytest.mark.parametrize(
    ("term", "expected"),
    [("DEA", True), ("SMEs", True), ("R&D", True), ("MMP-9", True), ("Dea", False), ("A", False)],
)
def test_is_acronym(term: str, *, expected: bool) -> None:
    """Two capitals and no small letters but a last s make an acronym."""
    assert is_acronym(term) is expected
