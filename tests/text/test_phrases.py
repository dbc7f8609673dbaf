"""Topic phrases of one text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.phrases import find_phrases, guess_language, phrase_key, split_segments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Study of Citation Indexes", ["Citation Indexes"]),
        ("Research on the Path of Green Finance", ["Green Finance"]),
        ("Case study on the role of rural schools", ["rural schools"]),
        ("Social and economic policy in practice", ["Social and economic policy"]),
        ("Digital economy and rural tourism", ["Digital economy", "rural tourism"]),
        ("Data-driven growth of the steel industry", ["Data-driven growth", "steel industry"]),
        ("Green innovation-driven towns", ["Green innovation", "towns"]),
        ("Brazil's coffee exports", ["Brazil", "coffee exports"]),
        ("Bradford's law in women's health", ["Bradford's law", "women's health"]),
        ("The impact factor and the Web of Science", ["impact factor", "Web of Science"]),
        ("Internal logic, realistic dilemma and implementation path", []),
        ("Promoting e-government quickly in 2020", ["e-government"]),
        ("Web 2.0 and Industry 4.0", ["Web 2.0", "Industry 4.0"]),
        ("R&D investment strategies", ["R&D investment"]),
        ("An ecosystem system", ["ecosystem"]),
        ("*Open science* in <i>school</i> libraries", ["Open science", "school libraries"]),
        ("La producción científica de los países", ["producción científica", "países"]),
        ("Zur Bedeutung der Bibliometrie für die Politik", ["Bibliometrie", "Politik"]),
        ("L'analyse des réseaux sociaux dans la ville", ["réseaux sociaux", "ville"]),
        ("", []),
        ("2019", []),
        ("the of and", []),
    ],
)
def test_phrases_of_a_title(text: str, expected: list[str]) -> None:
    """What an indexer would take from a title is found, and nothing general."""
    assert find_phrases(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("new-quality productivity", "New Quality Productivity"),
        ("innovations", "innovation"),
        ("citation analyses", "Citation analysis"),
        ("co-citation", "cocitation"),
        ("organisational behaviour", "organizational behavior"),
        ("Économie numérique", "economie numerique"),
        ("universities", "university"),
        ("R & D", "r d"),
    ],
)
def test_variants_share_a_key(one: str, other: str) -> None:
    """Case, hyphens, number, accents and spelling do not part a topic."""
    assert phrase_key(one) == phrase_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("productivity", "product"),
        ("university", "universe"),
        ("organization", "organ"),
        ("policy", "police"),
        ("economics", "economy"),
        ("news", "new"),
        ("bias", "bia"),
    ],
)
def test_other_words_have_another_key(one: str, other: str) -> None:
    """Words that a stemmer would throw together stay apart."""
    assert phrase_key(one) != phrase_key(other)


def test_chinese_titles_are_split_at_function_words() -> None:
    """Chinese titles give phrases too."""
    assert find_phrases("数字经济与乡村旅游的实践路径") == ["数字经济", "乡村旅游"]


def test_chinese_titles_do_without_jieba(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra zh Chinese is split at function words alone, and nothing fails."""
    monkeypatch.setitem(sys.modules, "jieba", None)
    assert find_phrases("数字经济与乡村旅游的实践路径") == ["数字经济", "乡村旅游"]


def test_english_inside_a_chinese_title_is_read_as_english() -> None:
    """A title in two languages gives the phrases of both."""
    found = find_phrases("乡村旅游 (A study of the rural tourism industry)")
    assert found == ["乡村旅游", "rural tourism industry"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("the science of cities", "en"), ("la ciencia de los datos", "es"), ("Bibliometrics", "en")],
)
def test_language_is_guessed(text: str, language: str) -> None:
    """Function words tell the language; English where nothing does."""
    assert guess_language(text) == language


@given(st.text(max_size=200))
def test_any_text_gives_phrases_that_stand_in_it(text: str) -> None:
    """No text makes it fail, and segments are what stands in the text."""
    for segment in split_segments(text):
        for word in segment:
            assert text[word.start : word.end] == word.text
    assert all(find_phrases(text))


@pytest.mark.parametrize("text", ["a" * 200_000, " and " * 40_000, "x-" * 100_000, "A.b" * 60_000])
def test_hostile_texts_come_to_an_end(text: str) -> None:
    """Long runs of one thing hold no phrase longer than a phrase can be."""
    assert all(len(phrase.split()) <= 6 for phrase in find_phrases(text))
