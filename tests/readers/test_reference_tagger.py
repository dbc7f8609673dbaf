"""The trained tagger of references."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.readers.reference_features import Tokens, tokens_of
from nqp_biblio.readers.reference_tagger import (
    Labelled,
    RowTable,
    fields_of,
    first_reading,
    label_words,
    labelled_of,
    load_model,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ARTICLE = "Roe, J. A., & van Dam, K. (2019). Maps of small science. Journal of Maps, 12(3), 45–67."
PHYSICS = "J. Roe and K. Poe, Phys. Rev. Lett. 66 (1991) 1955"


def _fields(text: str) -> list[tuple[str, str]]:
    """Fields of a text, by their first and last words."""
    tokens = tokens_of(text, [])
    [labelled] = label_words([tokens])
    return [
        (label, " ".join(tokens.words[first : last + 1]))
        for first, last, label in fields_of(labelled)
    ]


def test_fields_of_an_article() -> None:
    """Each field of a usual reference is found."""
    assert _fields(ARTICLE) == [
        ("author", "Roe J A van Dam K"),
        ("date", "2019"),
        ("title", "Maps of small science"),
        ("container", "Journal of Maps"),
        ("volume", "12"),
        ("issue", "3"),
        ("pages", "45 67"),
    ]


def test_fields_without_a_title() -> None:
    """A style that prints no titles gives none."""
    assert dict(_fields(PHYSICS)) == {
        "author": "J Roe and K Poe",
        "container": "Phys Rev Lett",
        "volume": "66",
        "date": "1991",
        "pages": "1955",
    }


def test_company_makes_no_difference() -> None:
    """A reference is labelled the same alone and among others, in their order."""
    references = [tokens_of(text, []) for text in (PHYSICS, "", ARTICLE, "Roe")]
    together = label_words(references)
    assert together == [label_words([reference])[0] for reference in references]
    assert together[1] == Labelled([], 0.0)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_one_label_for_each_word(texts: list[str]) -> None:
    """Any text has as many labels as words, and no field goes on that has not begun."""
    references = [tokens_of(text, []) for text in texts]
    for reference, labelled in zip(references, label_words(references), strict=True):
        assert len(labelled.labels) == len(reference.words)
        assert labelled.margin >= 0
        for before, label in zip(["other", *labelled.labels], labelled.labels, strict=False):
            if label.startswith("I-"):
                assert before[2:] == label[2:]


def _best_by_trial(references: Sequence[Tokens]) -> list[int]:
    """Score of the best labels of one reference, word by word in plain Python."""
    model = load_model()
    read = first_reading(references, model)
    emissions = read.scores[read.batch.firsts[0] :][: read.batch.lengths[0]]
    scores = emissions[0].astype(int).tolist()
    for at, label in enumerate(model.labels):
        if label.startswith("I-"):
            scores[at] = -(10**9)
    for row in emissions[1:].astype(int).tolist():
        scores = [
            row[to]
            + max(
                scores[origin] + int(model.transitions[origin, to])
                for origin, name in enumerate(model.labels)
                if not label.startswith("I-") or (name[1:2] == "-" and name[2:] == label[2:])
            )
            for to, label in enumerate(model.labels)
        ]
    return [max(scores)]


def test_labels_are_the_best_there_are() -> None:
    """The labels found have the score of the best path, worked out the slow way."""
    model = load_model()
    reference = tokens_of(PHYSICS, [])
    read = first_reading([reference], model)
    emissions = read.scores[read.batch.firsts[0] :][: read.batch.lengths[0]]
    [labelled] = labelled_of(read, model)
    path = [model.labels.index(label) for label in labelled.labels]
    score = sum(int(emissions[at, label]) for at, label in enumerate(path))
    score += sum(int(model.transitions[pair]) for pair in pairwise(path))
    assert [score] == _best_by_trial([reference])


def test_rows_are_found() -> None:
    """Every known answer has its own row; another has the empty one."""
    random = np.random.default_rng(0)
    known = {
        "a": np.unique(random.integers(0, 1 << 60, 3000)),
        "b": np.arange(500, dtype=np.int64),
    }
    table = RowTable(known, first=7)
    assert np.array_equal(table.rows_of({"a": known["a"]})[0], np.arange(7, 7 + len(known["a"])))
    rows = table.rows_of({"b": np.array([0, 499, 500]), "c": np.array([0, 1, 2])})
    assert rows.tolist() == [[7 + len(known["a"]), 7 + len(known["a"]) + 499, 0], [0, 0, 0]]


def test_numpy_is_loaded_when_needed() -> None:
    """Importing the readers of references does not load NumPy."""
    code = "import sys, nqp_biblio; nqp_biblio.parse_reference; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"
