"""Train the tagger of printed references and write its weights.

Usage: python tools/train_reference_tagger/train.py DATA MODEL [GENERATED ...]

DATA is the folder of the tagged sets, MODEL the file to write (reference_model.npz of the
package), GENERATED are files that generate.py wrote. With NQP_HOLD_OUT=1 a part of the
documents of AnyStyle's sets is left out, so that choices can be measured on it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from ascend import Plan, ascend
from gather import begun, seen_again, seen_of
from read_before import habits_seen, read_in_folds
from store import Weighed, labels_of, mean_of, of_steps, share_of, store

from data import SETS, Tagged, tagged_references
from nqp_biblio.readers.reference_tagger import label_words, read_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FIRST = (Plan(1), Plan(2, kept=0.55), Plan(3), Plan(4, kept=0.55))
"""Models for the first reading; their mean is kept."""

IN_FOLDS = Plan(5)
"""Models that read what they were not trained on, to train the second reading."""

SECOND = (Plan(6, rounds=6, to_zero=2.0), Plan(7, rounds=6, to_zero=2.0))
"""Models for the second reading; their mean is kept."""

SHARE = 0.5
"""How far the second reading goes from the first."""

TIMES = {"anystyle-core": 5, "anystyle-good": 2, "anystyle-bad": 2, "anystyle-ugly": 0.5}
"""How often references are shown, by source; others once."""

ROUGH = "anystyle-ugly"
"""The source whose labels are often wrong."""

ALIKE = 0.85
"""Share of words of a rough reference that others must label as it does, for it to be kept."""

HELD_OUT = {"anystyle-core": 3, "anystyle-good": 6, "anystyle-ugly": 12, "anystyle-bad": 12}
"""One document of so many is left out, by source."""


def main() -> None:
    """Read the sets, train both readings, store their weights."""
    folder, model, *generated = sys.argv[1:]
    files = [Path(folder, f"{name}.jsonl.gz") for name in SETS] + [Path(name) for name in generated]
    begin = time.time()
    tagged = [one for path in files for one in tagged_references(path) if not is_held_out(one)]
    labels = labels_of(tagged)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "model.npz")
        tagged = without_mislabelled(tagged, labels, path)
        first = mean_of(first_models(tagged, labels, FIRST))
        read = read_in_folds(tagged, labels, lambda part: store_rough(part, labels, path))
    times, habits = times_of(tagged), habits_seen(tagged, read.labels)
    seen, names = seen_again(tagged, labels, read, habits)
    second = mean_of(
        [
            of_steps(ascend(seen, labels, times=times, plan=plan, moves=first.moves), seen, names)
            for plan in SECOND
        ]
    )
    store(first, share_of(second, first.moves, SHARE), labels, Path(model))
    size = Path(model).stat().st_size
    print(f"{len(tagged)} references, {time.time() - begin:.0f} s, {size} bytes")


def first_models(
    tagged: Sequence[Tagged], labels: Sequence[str], plans: Sequence[Plan]
) -> list[Weighed]:
    """Train models for the first reading."""
    seen, names = seen_of(tagged, labels)
    times = times_of(tagged)
    return [of_steps(ascend(seen, labels, times=times, plan=plan), seen, names) for plan in plans]


def store_rough(tagged: Sequence[Tagged], labels: Sequence[str], path: Path) -> Path:
    """Train one model for the first reading and store it."""
    store(first_models(tagged, labels, [IN_FOLDS])[0], None, labels, path)
    return path


def without_mislabelled(
    tagged: Sequence[Tagged], labels: Sequence[str], scratch: Path
) -> list[Tagged]:
    """Leave out rough references that a model trained on all others labels otherwise."""
    others = [one for one in tagged if one.source != ROUGH]
    rough = [one for one in tagged if one.source == ROUGH]
    model = read_model(store_rough(others, labels, scratch))
    found = label_words([one.tokens for one in rough], model)
    alike = [
        one
        for one, labelled in zip(rough, found, strict=True)
        if np.mean([a == b for a, b in zip(begun(one.labels), labelled.labels, strict=True)])
        > ALIKE
    ]
    return [*others, *alike]


def times_of(tagged: Sequence[Tagged]) -> NDArray[np.float64]:
    """Tell how often each reference is to be shown."""
    return np.array([TIMES.get(one.source, 1) for one in tagged], np.float64)


def is_held_out(tagged: Tagged) -> bool:
    """Tell the documents that are left out where choices are to be measured."""
    share = HELD_OUT.get(tagged.source, 0) if os.environ.get("NQP_HOLD_OUT") else 0
    return share > 0 and crc32(tagged.document.encode()) % share == 0


if __name__ == "__main__":
    main()
