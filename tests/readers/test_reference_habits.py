"""What a list of references shows of how it prints its fields."""

from __future__ import annotations

from nqp_biblio.readers.reference_features import bare_code, tokens_of
from nqp_biblio.readers.reference_habits import UNKNOWN, habits_of

LABELS = ["B-author", "I-author", "B-date", "B-title", "I-title", "B-container"]


def test_habits() -> None:
    """What usually ends a field, and what follows it, is found."""
    seen = [(tokens_of(text, []), LABELS) for text in ["Roe J (2001). On maps. Atlas"] * 4]
    ends, order = habits_of(seen)
    assert ends == (bare_code(" ("), bare_code("). "), bare_code(". "), 0)
    assert order == 0o1237


def test_short_list() -> None:
    """A list too short shows nothing."""
    assert habits_of([(tokens_of("Roe J (2001). On maps. Atlas", []), LABELS)]) is UNKNOWN
    assert habits_of([]) is UNKNOWN
