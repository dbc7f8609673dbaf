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
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

import pycrfsuite
from ascend import ascend
from gather import REACH, seen_of
from store import Weighed, labels_of, mean_of, of_file, of_steps, store

from data import SETS, Tagged, tagged_references
from nqp_biblio.readers.reference_contexts import contexts_of
from nqp_biblio.readers.reference_features import (
    OFFSETS,
    PAD,
    Tokens,
    batch_of,
    traits_of,
)
from nqp_biblio.readers.reference_habits import UNKNOWN, Habits, habits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PARAMETERS = {
    "c1": 0.08,
    "c2": 0.08,
    "max_iterations": 60,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
ONLY_BY_STEPS = frozenset(
    {"gk", "gb", "gs"}
    | {f"{name}{level}" for level in "12" for name in ("gm", "om", "fw", "lw", "fn", "ln", "fs")}
    | {f"{name}{level}" for level in "12" for name in ("tr", "tl", "tn")}
)
"""Questions that the model trained by CRFsuite is not asked, so that the two differ."""

WITH_HABITS = 0.6
"""Share of references that are shown the habits of their list."""

HELD_OUT = {"anystyle-core": 3, "anystyle-good": 12, "anystyle-ugly": 12, "anystyle-bad": 12}
"""One document of so many is left out, by source."""

_AT_ONCE = 500


def main() -> None:
    """Read the sets, train two models, store their mean."""
    folder, model, *generated = sys.argv[1:]
    files = [Path(folder, f"{name}.jsonl.gz") for name in SETS] + [Path(name) for name in generated]
    tagged: list[Tagged] = []
    habits: list[Habits] = []
    for path in files:
        part = [one for one in tagged_references(path) if not is_held_out(one)]
        tagged += part
        habits += habits_seen(part)
    begun = time.time()
    labels = labels_of(tagged)
    seen, names = seen_of(tagged, habits, labels)
    by_steps = of_steps(ascend(seen, labels), seen, names)
    by_all = trained_at_once(tagged, habits, labels)
    store(mean_of(by_all, by_steps), labels, Path(model))
    size = Path(model).stat().st_size
    print(f"{len(tagged)} references, {time.time() - begun:.0f} s, {size} bytes")


def trained_at_once(
    tagged: Sequence[Tagged], habits: Sequence[Habits], labels: Sequence[str]
) -> Weighed:
    """Train by the slopes over all references at once, with CRFsuite."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for begin in range(0, len(tagged), _AT_ONCE):
        part = tagged[begin : begin + _AT_ONCE]
        attributes = attributes_of([one.tokens for one in part], habits[begin : begin + _AT_ONCE])
        for one, rows in zip(part, attributes, strict=True):
            trainer.append(rows, one.labels)
    trainer.set_params(PARAMETERS)
    with tempfile.TemporaryDirectory() as scratch:
        trained = str(Path(scratch, "trained.crf"))
        trainer.train(trained)
        return of_file(trained, labels)


def is_held_out(tagged: Tagged) -> bool:
    """Tell the documents that are left out where choices are to be measured."""
    share = HELD_OUT.get(tagged.source, 0) if os.environ.get("NQP_HOLD_OUT") else 0
    return share > 0 and crc32(tagged.document.encode()) % share == 0


def habits_seen(tagged: Sequence[Tagged]) -> list[Habits]:
    """Give most references the habits of others from the same list, the rest none."""
    random = Random(0)
    lists: dict[str, list[Tagged]] = defaultdict(list)
    for one in tagged:
        lists[one.document].append(one)
    habits: list[Habits] = []
    for one in tagged:
        others = [other for other in lists[one.document] if other is not one]
        chosen = random.sample(others, min(len(others), random.randint(4, 15)))
        seen = habits_of((other.tokens, other.labels) for other in chosen)
        habits.append(seen if random.random() < WITH_HABITS else UNKNOWN)
    return habits


def attributes_of(
    references: Sequence[Tokens], habits: Sequence[Habits]
) -> Iterator[list[list[str]]]:
    """Name what there is to see at each word of references, as the tagger will look it up."""
    batch = batch_of(references)
    contexts = {
        name: codes.tolist()
        for group in contexts_of(batch, habits)
        for name, codes in group.items()
        if name not in ONLY_BY_STEPS
    }
    shifted = {
        (word, offset): [
            f"{offset}{trait}" for trait in traits_of(word) if abs(offset) <= REACH.get(trait[0], 0)
        ]
        for word in batch.vocabulary
        for offset in OFFSETS
    }
    words = [batch.vocabulary[at] for at in batch.ids.tolist()]
    for first, length in zip(batch.firsts.tolist(), batch.lengths.tolist(), strict=True):
        begin, end = first - PAD, first + length + PAD
        yield [
            [
                *(
                    name
                    for offset in OFFSETS
                    if begin <= at + offset < end
                    for name in shifted[words[at + offset], offset]
                ),
                *(f"{name}={codes[at]}" for name, codes in contexts.items()),
            ]
            for at in range(first, first + length)
        ]


if __name__ == "__main__":
    main()
