"""Write trained weights as whole numbers into one small file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pycrfsuite

from nqp_biblio.readers.reference_tagger import SCALE

if TYPE_CHECKING:
    from pathlib import Path

MAX_WEIGHT = 15.0
"""Keeps sums of a word's weights within sixteen bits."""

SOURCES = (
    "Trained on AnyStyle's parser sets (BSD-2-Clause), GROBID's citation corpus (Apache-2.0)"
    ", reference lists of PLOS articles (CC BY 4.0)"
    " and references printed for the purpose."
)


def store(trained: str, path: Path, least: float = 0.04) -> None:
    """Round the weights of a CRFsuite model, leave out the smallest, write the rest.

    Parameters
    ----------
    trained : str
        The file CRFsuite wrote.
    path : Path
        The file to write.
    least : float
        Smaller weights are left out.
    """
    tagger = pycrfsuite.Tagger()
    tagger.open(trained)
    info = tagger.info()
    fields = sorted(label[2:] for label in tagger.labels() if label.startswith("B-"))
    labels = ["other", *(f"B-{name}" for name in fields), *(f"I-{name}" for name in fields)]
    number = {label: at for at, label in enumerate(labels)}
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (attribute, label), weight in info.state_features.items():
        if abs(weight) >= least and label in number:
            rows[attribute].append((number[label], rounded(weight)))
    transitions = np.zeros((len(labels), len(labels)), np.int16)
    for (first, second), weight in info.transitions.items():
        if first in number and second in number:
            transitions[number[first], number[second]] = rounded(weight)
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
