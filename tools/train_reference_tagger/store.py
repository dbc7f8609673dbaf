"""Write trained weights as whole numbers into one small file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

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

LEAST = 0.04
"""Smaller weights are left out."""

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


def of_steps(weights: Weights, seen: Seen, names: Sequence[str]) -> Weighed:
    """Name the weights that were found by small steps."""
    n_labels = len(weights.moves)
    rows: dict[str, NDArray[np.float32]] = {}
    for name, begin, end in zip(names, seen.label_starts, seen.label_starts[1:], strict=False):
        if weights.of_sights[begin:end].any():
            rows[name] = np.zeros(n_labels, np.float32)
            rows[name][seen.labels[begin:end]] = weights.of_sights[begin:end]
    return Weighed(rows, weights.moves)


def mean_of(models: Sequence[Weighed]) -> Weighed:
    """Give the mean of models: it errs less than each."""
    none = np.zeros(len(models[0].moves), np.float32)
    names = dict.fromkeys(name for model in models for name in model.rows)
    rows = {
        name: sum((model.rows.get(name, none) for model in models), none) / len(models)
        for name in names
    }
    return Weighed(rows, np.mean([model.moves for model in models], axis=0))


def share_of(weighed: Weighed, moves: NDArray[np.float32], share: float) -> Weighed:
    """Go only a part of the way from other weights of a label after another, and from no others."""
    rows = {name: share * row for name, row in weighed.rows.items()}
    return Weighed(rows, moves + share * (weighed.moves - moves))


def store(first: Weighed, second: Weighed | None, labels: Sequence[str], path: Path) -> None:
    """Round weights to whole numbers, leave out the smallest, write the rest.

    Parameters
    ----------
    first, second : Weighed
        The weights of the first and of the second reading.
    labels : sequence of str
        In the order of the weights.
    path : Path
        The file to write.
    """
    np.savez_compressed(
        path,
        labels=np.array("\n".join(labels)),
        licence=np.array(SOURCES),
        **_arrays_of(first, ""),
        **(_arrays_of(second, "again_") if second else {}),
    )


def _arrays_of(weighed: Weighed, part: str) -> dict[str, NDArray[Any]]:
    """Put the weights of one reading into arrays."""
    rows = {
        name: [(int(at), rounded(float(row[at]))) for at in np.flatnonzero(np.abs(row) >= LEAST)]
        for name, row in weighed.rows.items()
    }
    rows = {name: row for name, row in rows.items() if row}
    traits = sorted((name for name in rows if is_trait(name)), key=trait_order)
    codes: dict[str, list[int]] = defaultdict(list)
    for name in rows:
        if not is_trait(name):
            question, _, code = name.partition("=")
            codes[question].append(int(code))
    questions = sorted(codes)
    order = traits + [f"{name}={code}" for name in questions for code in sorted(codes[name])]
    pairs = [sorted(rows[name]) for name in order]
    flat = np.array([pair for row in pairs for pair in row], np.int16)
    arrays = {
        "transitions": np.vectorize(rounded, otypes=[np.int16])(weighed.moves),
        "traits": np.frombuffer("\n".join(traits).encode("utf-8"), np.uint8),
        "contexts": np.array("\n".join(questions)),
        "counts": np.array([len(row) for row in pairs], np.uint8),
        "columns": flat[:, 0].astype(np.uint8),
        "weights": flat[:, 1],
        **{f"codes_{name}": np.diff(sorted(codes[name]), prepend=0) for name in questions},
    }
    return {f"{part}{name}": array for name, array in arrays.items()}


def is_trait(name: str) -> bool:
    """Tell a trait of a word from an answer about its context."""
    return name[0] in "-0123456789"


def trait_order(name: str) -> tuple[str, str]:
    """Put the rows of one trait side by side: its name comes behind the offset."""
    size = 1 + name.startswith("-")
    return name[size:], name[:size]


def rounded(weight: float) -> int:
    """Round a weight to a whole number."""
    return round(SCALE * max(-MAX_WEIGHT, min(MAX_WEIGHT, weight)))
