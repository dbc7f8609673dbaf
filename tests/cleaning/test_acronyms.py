"""Acronyms that texts define."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.acronyms import choose_long_forms, find_definitions, split_definition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use data envelopment analysis (DEA).", [("DEA", "data envelopment analysis")]),
        (
            "Hepatocellular carcinoma (HCC) and magnetic resonance imaging [MRI]",
            [("HCC", "Hepatocellular carcinoma"), ("MRI", "magnetic resonance imaging")],
        ),
        ("small and medium-sized firms (SMFs)", [("SMFs", "small and medium-sized firms")]),
        ("the Internet of Things (IoT; see above)", [("IoT", "Internet of Things")]),
        ("It ended. Deep learning (DL)", [("DL", "Deep learning")]),
        ("a model (2020) of nothing (XYZ)", []),
        ("(DEA) comes first", []),
        ("results (see Table)", []),
        ("", []),
    ],
)
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    """An acronym in brackets is found with the words before it that give its letters."""
    assert find_definitions(text) == expected


def test_many_brackets_are_quick() -> None:
    """A text of brackets alone is read in linear time."""
    assert find_definitions("(AB) " * 20_000) == []


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("Data envelopment analysis (DEA)", ("DEA", "Data envelopment analysis")),
        ("DEA (data envelopment analysis)", ("DEA", "data envelopment analysis")),
        ("Neoplasms (benign)", None),
        ("models of data envelopment analysis (DEA)", None),
        ("DEA", None),
    ],
)
def test_keyword_that_is_a_definition(term: str, expected: tuple[str, str] | None) -> None:
    """A keyword counts as a definition only as a whole."""
    assert split_definition(term) == expected


def test_one_long_form() -> None:
    """An acronym with two long forms has none, unless nearly all works agree."""
    one, two = ("SEM", "scanning electron microscopy"), ("SEM", "structural equation model")
    assert choose_long_forms([one], str) == {"SEM": one[1]}
    assert choose_long_forms([one, two], str) == {}
    assert choose_long_forms([one] * 19 + [two], str) == {"SEM": one[1]}
