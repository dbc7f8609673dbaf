"""The rules by which cited references are one work."""

from __future__ import annotations

from nqp_biblio.cleaning.cited.rules import RULES, rule_number


def test_rules_are_sorted_and_named_once() -> None:
    """A rule has one name, and the surer ones come first."""
    own = [rule for rule in RULES if rule.name not in {"volume-page", "source-page", "likeness"}]
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.score for rule in own] == sorted((rule.score for rule in own), reverse=True)
    assert RULES[rule_number("title")].name == "title"
