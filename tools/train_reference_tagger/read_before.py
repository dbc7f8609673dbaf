"""Read tagged references by models that were not trained on them, to train a second reading."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from gather import ReadBefore

from nqp_biblio.readers.reference_features import PAD, batch_of
from nqp_biblio.readers.reference_habits import UNKNOWN, Habits, habits_of
from nqp_biblio.readers.reference_reread import Reading
from nqp_biblio.readers.reference_tagger import (
    SCALE,
    first_reading,
    labelled_of,
    part_of,
    read_model,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from data import Tagged

N_FOLDS = 3
WITH_HABITS = 0.6
"""Share of references that are shown the habits of their list."""

_AT_ONCE = 1024


def read_in_folds(
    tagged: Sequence[Tagged],
    labels: Sequence[str],
    train: Callable[[Sequence[Tagged]], Path],
) -> ReadBefore:
    """Read each third of the documents by a model trained on the others.

    Parameters
    ----------
    tagged : sequence of Tagged
        All references.
    labels : sequence of str
        All labels.
    train : callable
        Trains a model for the first reading and returns its file.
    """
    batch = batch_of([one.tokens for one in tagged])
    n_places, n_labels = len(batch.ids), len(labels)
    found: list[list[str]] = [[] for _ in tagged]
    reading = Reading(
        np.full(n_places, n_labels), np.full(n_places, n_labels), np.zeros(n_places, np.int64),
        (n_labels - 1) // 2,
    )  # fmt: skip
    scores = np.zeros((n_places, n_labels), np.float32)
    folds = np.array([crc32(b"f" + one.document.encode()) % N_FOLDS for one in tagged])
    for fold in range(N_FOLDS):
        path = train([one for one, of in zip(tagged, folds, strict=True) if of != fold])
        model = read_model(path)
        chosen = np.flatnonzero(folds == fold)
        chosen = chosen[np.argsort(-batch.lengths[chosen], kind="stable")]
        for begin in range(0, len(chosen), _AT_ONCE):
            part = chosen[begin : begin + _AT_ONCE]
            read = first_reading([tagged[at].tokens for at in part.tolist()], model)
            _, part_scores, seen = part_of(read, range(len(part)), model)
            sizes = batch.lengths[part] + 2 * PAD
            skipped = batch.firsts[part] - PAD - (np.cumsum(sizes) - sizes)
            places = np.arange(sizes.sum()) + np.repeat(skipped, sizes)
            for whole, of_part in zip(reading[:3], seen[:3], strict=True):
                whole[places] = of_part
            scores[places] = part_scores.astype(np.float32) / SCALE
            for at, labelled in zip(part.tolist(), labelled_of(read, model), strict=True):
                found[at] = labelled.labels
    return ReadBefore(batch, reading, scores, found)


def habits_seen(tagged: Sequence[Tagged], labels: Sequence[Sequence[str]]) -> list[Habits]:
    """Give most references the habits of others from the same list, the rest none."""
    random = Random(0)
    lists: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(tagged):
        lists[one.document].append(at)
    habits: list[Habits] = []
    for at, one in enumerate(tagged):
        others = [other for other in lists[one.document] if other != at]
        chosen = random.sample(others, min(len(others), random.randint(4, 15)))
        seen = habits_of((tagged[other].tokens, labels[other]) for other in chosen)
        habits.append(seen if random.random() < WITH_HABITS else UNKNOWN)
    return habits
