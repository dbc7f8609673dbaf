"""Write trained weights as whole numbers into one small file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pycrfsuite

from nqp_biblio.readers.reference_tagger import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ascend import Weights
    from gather import Seen
    from numpy.typing import NDArray

    from data import Tagged

MAX_WEIGHT = 15.0
"""Keeps sums of a word's weights within sixteen bits."""

SOURCES = (
    "Trained on AnyStyle's parser sets (BSD-2-Clause), GROBID's citation corpus (Apache-2.0)"
    ", reference lists of PLOS articles (CC BY 4.0)"
    " and references printed for the purpose."
)


class Weighed(NamedTuple):
    """A trained model.

    Attributes
    ----------
    rows : dict of str to array
        For whatever there is to see the weight of each label.
    moves : array of shape (n_labels, n_labels)
        Weights of a label after another.
    """

    rows: dict[str, NDArray[np.float32]]
    moves: NDArray[np.float32]


def labels_of(tagged: Sequence[Tagged]) -> list[str]:
    """List the labels in the order the tagger has them."""
    fields = sorted({label[2:] for one in tagged for label in one.labels if label != "other"})
    return ["other", *(f"B-{name}" for name in fields), *(f"I-{name}" for name in fields)]


def of_file(trained: str, labels: Sequence[str]) -> Weighed:
    """Read the weights of a file that CRFsuite wrote."""
    tagger = pycrfsuite.Tagger()
    tagger.open(trained)
    info = tagger.info()
    number = {label: at for at, label in enumerate(labels)}
    rows: dict[str, NDArray[np.float32]] = {}
    for (attribute, label), weight in info.state_features.items():
        row = rows.setdefault(attribute, np.zeros(len(labels), np.float32))
        row[number[label]] = weight
    moves = np.zeros((len(labels), len(labels)), np.float32)
    for (first, second), weight in info.transitions.items():
        moves[number[first], number[second]] = weight
    return Weighed(rows, moves)


def of_steps(weights: Weights, seen: Seen, names: Sequence[str]) -> Weighed:
    """Name the weights that were found by small steps."""
    n_labels = len(weights.moves)
    rows: dict[str, NDArray[np.float32]] = {}
    for name, begin, end in zip(names, seen.label_starts, seen.label_starts[1:], strict=False):
        if weights.of_sights[begin:end].any():
            rows[name] = np.zeros(n_labels, np.float32)
            rows[name][seen.labels[begin:end]] = weights.of_sights[begin:end]
    return Weighed(rows, weights.moves)


def mean_of(one: Weighed, other: Weighed) -> Weighed:
    """Give the mean of two models: it errs less than either."""
    none = np.zeros(len(one.moves), np.float32)
    names = dict.fromkeys((*one.rows, *other.rows))
    rows = {name: (one.rows.get(name, none) + other.rows.get(name, none)) / 2 for name in names}
    return Weighed(rows, (one.moves + other.moves) / 2)


def store(weighed: Weighed, labels: Sequence[str], path: Path, least: float = 0.04) -> None:
    """Round weights to whole numbers, leave out the smallest, write the rest.

    Parameters
    ----------
    weighed : Weighed
        The weights.
    labels : sequence of str
        In the order of the weights.
    path : Path
        The file to write.
    least : float
        Smaller weights are left out.
    """
    rows = {
        name: [(int(at), rounded(float(row[at]))) for at in np.flatnonzero(np.abs(row) >= least)]
        for name, row in weighed.rows.items()
    }
    rows = {name: row for name, row in rows.items() if row}
    transitions = np.vectorize(rounded, otypes=[np.int16])(weighed.moves)
    traits = sorted(name for name in rows if is_trait(name))
    codes: dict[str, list[int]] = defaultdict(list)
    for name in rows:
        if not is_trait(name):
            question, _, code = name.partition("=")
            codes[question].append(int(code))
    questions = sorted(codes)
    order = traits + [f"{name}={code}" for name in questions for code in sorted(codes[name])]
    pairs = [sorted(rows[name]) for name in order]
    flat = np.array([pair for row in pairs for pair in row], np.int16)
    np.savez_compressed(
        path,
        labels=np.array("\n".join(labels)),
        transitions=transitions,
        traits=np.frombuffer("\n".join(traits).encode("utf-8"), np.uint8),
        contexts=np.array("\n".join(questions)),
        counts=np.array([len(row) for row in pairs], np.uint8),
        columns=flat[:, 0].astype(np.uint8),
        weights=flat[:, 1],
        licence=np.array(SOURCES),
        **{f"codes_{name}": np.diff(sorted(codes[name]), prepend=0) for name in questions},
    )


def is_trait(name: str) -> bool:
    """Tell a trait of a word from an answer about its context."""
    return name[0] in "-0123456789"


def rounded(weight: float) -> int:
    """Round a weight to a whole number."""
    return round(SCALE * max(-MAX_WEIGHT, min(MAX_WEIGHT, weight)))
