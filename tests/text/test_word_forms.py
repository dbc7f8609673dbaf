"""Singulars and American spelling of English words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.word_forms import american, singular


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("network", "networks"),
        ("policy", "policies"),
        ("movie", "movies"),
        ("class", "classes"),
        ("approach", "approaches"),
        ("cache", "caches"),
        ("box", "boxes"),
        ("index", "indices"),
        ("index", "indexes"),
        ("matrix", "matrices"),
        ("bus", "buses"),
        ("virus", "viruses"),
        ("house", "houses"),
        ("use", "uses"),
        ("tomato", "tomatoes"),
        ("shoe", "shoes"),
        ("leaf", "leaves"),
        ("curve", "curves"),
        ("analysis", "analyses"),
        ("thrombosis", "thromboses"),
        ("criterion", "criteria"),
        ("child", "children"),
        ("mouse", "mice"),
        ("metric", "metrics"),
        ("gas", "gases"),
    ],
)
def test_plural_is_its_singular(one: str, many: str) -> None:
    """A noun has one form for one and for many."""
    assert singular(many) == singular(one)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("news", "new"),
        ("physics", "physic"),
        ("economics", "economic"),
        ("arms", "arm"),
        ("goods", "good"),
        ("arts", "art"),
        ("aids", "aid"),
        ("customs", "custom"),
        ("means", "mean"),
        ("humanities", "humanity"),
        ("glasses", "glass"),
        ("bias", "bia"),
    ],
)
def test_other_words_stay_apart(word: str, other: str) -> None:
    """A word that only looks like a plural is not the word without its s."""
    assert singular(word) != singular(other)


@pytest.mark.parametrize("word", ["statistics", "analysis", "species", "series", "gas", "virus"])
def test_stays(word: str) -> None:
    """A word that is no plural stays as it is."""
    assert singular(word) == word


@pytest.mark.parametrize(
    ("british", "its_american"),
    [
        ("colour", "color"),
        ("behavioural", "behavioral"),
        ("organisation", "organization"),
        ("organisational", "organizational"),
        ("optimise", "optimize"),
        ("optimising", "optimizing"),
        ("analyse", "analyze"),
        ("centre", "center"),
        ("fibre", "fiber"),
        ("nanofibre", "nanofiber"),
        ("kilometre", "kilometer"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("counsellor", "counselor"),
        ("catalogue", "catalog"),
        ("dialogue", "dialog"),
        ("programme", "program"),
        ("ageing", "aging"),
        ("grey", "gray"),
        ("defence", "defense"),
        ("judgement", "judgment"),
        ("leukaemia", "leukemia"),
        ("paediatric", "pediatric"),
        ("haemoglobin", "hemoglobin"),
        ("anaesthesia", "anesthesia"),
        ("oestrogen", "estrogen"),
        ("oesophageal", "esophageal"),
        ("sulphur", "sulfur"),
        ("aluminium", "aluminum"),
        ("manoeuvre", "maneuver"),
        ("artefact", "artifact"),
    ],
)
def test_british_is_american(british: str, its_american: str) -> None:
    """Both spellings have one form."""
    assert american(british) == american(its_american)


@pytest.mark.parametrize("word", ["hour", "source", "resource", "contour", "acre", "genre", "four"])
def test_other_words_keep_their_spelling(word: str) -> None:
    """A word that only looks British stays."""
    assert american(word) == word


@given(st.text(alphabet="abceilmnorstuvxyz", min_size=1, max_size=15))
def test_singular_of_singular(word: str) -> None:
    """A form is never empty."""
    assert american(singular(word))
