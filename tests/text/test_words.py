"""Word lists."""

from __future__ import annotations

import pytest

from nqp_biblio.text.words import CONNECTORS, LANGUAGES, stop_words, verbs, word_list


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_function_words(language: str) -> None:
    """Each language that is named has a list, and its connectors."""
    assert len(stop_words(language)) > 30
    assert CONNECTORS[language]


def test_unknown_language_is_read_as_english() -> None:
    """A language without a list does not fail."""
    assert stop_words("xx") == stop_words("en")


@pytest.mark.parametrize("form", ["promote", "promotes", "promoted", "promoting", "drove"])
def test_verbs_have_all_forms(form: str) -> None:
    """A verb ends a phrase in whatever form it stands."""
    assert form in verbs()


@pytest.mark.parametrize("noun", ["mapping", "learning", "study", "setting"])
def test_nouns_that_look_like_verbs_end_no_phrase(noun: str) -> None:
    """Science mapping and machine learning stay phrases."""
    assert noun not in verbs()


def test_lists_hold_words_and_no_comment() -> None:
    """The first line of a list says what it is and is no word of it."""
    assert "#" not in word_list("generic")
    assert {"research", "path"} <= word_list("generic")
