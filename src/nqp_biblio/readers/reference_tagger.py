"""Tag printed references by a trained model: a conditional random field, read with NumPy alone.

All weights are whole numbers, so that sums and ties come out the same on every machine.

References
----------
.. [1] Lafferty, J., McCallum, A. & Pereira, F. (2001). Conditional random fields:
   probabilistic models for segmenting and labeling sequence data. ICML, 282-289.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from nqp_biblio.readers.reference_contexts import contexts_of
from nqp_biblio.readers.reference_features import (
    OFFSETS,
    Batch,
    Tokens,
    batch_of,
    traits_of,
)
from nqp_biblio.readers.reference_habits import UNKNOWN, Habits, habits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Weights = NDArray[np.int16]
    Codes = NDArray[np.int64]
    Scores = NDArray[np.int32]

__all__ = [
    "SCALE",
    "Labelled",
    "Model",
    "certainty_of",
    "fields_of",
    "label_words",
    "load_model",
    "read_model",
]

SCALE = 32
"""Units of a whole-number weight to one unit of log-likelihood."""

_BATCH = 1024
_STRETCH = 16
_SLOTS = {str(offset): slot for slot, offset in enumerate(OFFSETS)}
_SURE_MARGIN = 2.5
_CERTAINTY = (
    (0.0, 0.35), (1.0, 0.5), (2.0, 0.68), (3.0, 0.82), (4.0, 0.9), (6.0, 0.96), (9.0, 0.98),
)  # fmt: skip
_MAX_WORDS_KEPT = 30_000
_FAR = -(1 << 28)
_FEW_PLACES = 2000
_MIX = 0x1E3779B97F4A7C15


class Labelled(NamedTuple):
    """The labels of the words of one reference.

    Attributes
    ----------
    labels : list of str
        "B-title", "I-title" or "other", one for each word.
    margin : float
        By how much the labels are better than the next best, as a difference of
        log-likelihood.
    """

    labels: list[str]
    margin: float


class RowTable:
    """Rows by question and answer: a hash table, so that many are found at once.

    Parameters
    ----------
    known : dict of str to array
        For each question the known answers; their rows follow one another from `first` on.
    first : int
        The row of the first.
    """

    def __init__(self, known: Mapping[str, Codes], first: int) -> None:
        import numpy as np

        keys = np.concatenate([_keys_of(name, codes) for name, codes in known.items()])
        rows = np.arange(first, first + len(keys), dtype=np.int32)
        self._mask = (1 << (4 * len(keys)).bit_length()) - 1
        self._keys = np.zeros(self._mask + 1, np.int64)
        self._rows = np.zeros(self._mask + 1, np.int32)
        self._n_probes = 0
        slots = self._slots_of(keys)
        while len(keys):
            taken = self._rows[slots] != 0
            _, chosen = np.unique(np.where(taken, -1 - slots, slots), return_index=True)
            chosen = chosen[~taken[chosen]]
            self._keys[slots[chosen]], self._rows[slots[chosen]] = keys[chosen], rows[chosen]
            left = np.ones(len(keys), bool)
            left[chosen] = False
            keys, rows, slots = keys[left], rows[left], (slots[left] + 1) & self._mask
            self._n_probes += 1

    def _slots_of(self, keys: Codes) -> Codes:
        """Where to look first."""
        return (keys >> 24) & self._mask

    def rows_of(self, answers: Mapping[str, Codes]) -> Codes:
        """Find the rows of answers.

        Returns
        -------
        array of shape (n_questions, n_places)
            The empty row where an answer is not known.
        """
        import numpy as np

        keys = np.concatenate([_keys_of(name, codes) for name, codes in answers.items()])
        slots = self._slots_of(keys)
        rows = np.where(self._keys[slots] == keys, self._rows[slots], 0)
        open_ = np.flatnonzero((rows == 0) & (self._rows[slots] != 0))
        for _ in range(self._n_probes - 1):
            if not len(open_):
                break
            slots = (slots if len(slots) == len(open_) else slots[open_]) + 1 & self._mask
            found = self._rows[slots]
            hit = self._keys[slots] == keys[open_]
            rows[open_[hit]] = found[hit]
            further = ~hit & (found != 0)
            open_, slots = open_[further], slots[further]
        return rows.reshape(len(answers), -1)


def _keys_of(question: str, codes: Codes) -> Codes:
    """Mix question and answer into one number; sums beyond 64 bits wrap around."""
    import numpy as np

    salt = np.int64(crc32(question.encode()) | 1 << 40)
    mixed = (codes + salt) * np.int64(_MIX)
    return mixed ^ (mixed >> 29)


@dataclass(slots=True)
class Model:
    """Weights of the tagger.

    Attributes
    ----------
    labels : list of str
        "other" first, then every "B-", then every "I-" in the same order.
    transitions : array of shape (n_labels, n_labels)
        From the label of a word to that of the next.
    weights : array of shape (n_rows, n_labels)
        The first row is empty.
    traits : dict of str to list of (int, int)
        For each trait of a word the offsets where it counts, and its row for each.
    contexts : RowTable
        The row of each answer to a question about the context.
    """

    labels: list[str]
    transitions: Scores
    weights: Weights
    traits: dict[str, list[tuple[int, int]]]
    contexts: RowTable
    _numbers: dict[str, int] = field(default_factory=dict)
    _known: list[Weights] = field(default_factory=list)

    def of_words(self, vocabulary: Sequence[str]) -> Weights:
        """Add up the traits of words.

        Returns
        -------
        array of shape (n_words, n_offsets, n_labels)
        """
        import numpy as np

        if len(self._numbers) > _MAX_WORDS_KEPT:
            self._numbers.clear()
        new = [word for word in vocabulary if word not in self._numbers]
        if new:
            self._keep(new)
        known = self._known[0]
        numbers = np.array([self._numbers[word] for word in vocabulary])
        return np.asarray(known[numbers])

    def _keep(self, words: Sequence[str]) -> None:
        """Remember the traits of words not seen before."""
        import numpy as np

        begin = len(self._numbers)
        end = begin + len(words)
        if not self._known or len(self._known[0]) < end:
            larger = np.zeros((2 * end, len(OFFSETS), len(self.labels)), np.int16)
            if self._known:
                larger[:begin] = self._known[0][:begin]
            self._known[:] = [larger]
        self._known[0][begin:end] = self._summed(words)
        self._numbers.update(zip(words, range(begin, end), strict=True))

    def _summed(self, words: Sequence[str]) -> Weights:
        """Add up the traits of words."""
        import numpy as np

        rows: list[int] = []
        owners: list[int] = []
        for first, word in enumerate(words):
            for trait in traits_of(word):
                for slot, row in self.traits.get(trait, ()):
                    rows.append(row)
                    owners.append(first * len(OFFSETS) + slot)
        summed = np.zeros((len(words) * len(OFFSETS), len(self.labels)), np.int16)
        if rows:
            order = np.argsort(owners, kind="stable")
            owner = np.array(owners)[order]
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            found = self.weights[np.array(rows)[order]]
            summed[owner[starts]] = np.add.reduceat(found, starts, axis=0, dtype=np.int16)
        return summed.reshape(len(words), len(OFFSETS), len(self.labels))


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Load the model of this package."""
    from importlib.resources import as_file, files

    with as_file(files("nqp_biblio.readers") / "reference_model.npz") as path:
        return read_model(path)


def read_model(path: Path) -> Model:
    """Read the weights of a file made by training."""
    import numpy as np

    with np.load(path, allow_pickle=False) as stored:
        labels = str(stored["labels"]).split("\n")
        names = bytes(stored["traits"]).decode("utf-8").split("\n")
        counts = stored["counts"]
        rows = np.repeat(np.arange(1, len(counts) + 1), counts)
        weights = np.zeros((len(counts) + 1, len(labels)), np.int16)
        weights[rows, stored["columns"]] = stored["weights"]
        traits: dict[str, list[tuple[int, int]]] = {}
        for row, name in enumerate(names, 1):
            size = 1 + name.startswith("-")
            traits.setdefault(name[size:], []).append((_SLOTS[name[:size]], row))
        questions = str(stored["contexts"]).split("\n")
        known = {name: np.cumsum(stored[f"codes_{name}"]) for name in questions}
        contexts = RowTable(known, len(names) + 1)
        return Model(labels, stored["transitions"].astype(np.int32), weights, traits, contexts)


def label_words(references: Sequence[Tokens], model: Model | None = None) -> list[Labelled]:
    """Label the words of the references of one list.

    What is not sure at first is read once more, with the habits that the list has shown.

    Parameters
    ----------
    references : sequence of Tokens
        In the order of the list; time is linear in their words.
    model : Model, optional
        That of the package unless another is given.
    """
    model = model or load_model()
    found = _label(references, [UNKNOWN] * len(references), model)
    habits = _habits_of(references, found)
    again = [
        at
        for at, habit in enumerate(habits)
        if habit is not UNKNOWN and found[at].margin < _SURE_MARGIN
    ]
    second = _label([references[at] for at in again], [habits[at] for at in again], model)
    for at, labelled in zip(again, second, strict=True):
        found[at] = labelled
    return found


def _habits_of(references: Sequence[Tokens], found: Sequence[Labelled]) -> list[Habits]:
    """Find the habits of each stretch of a list."""
    habits = [UNKNOWN] * len(references)
    n_stretches = max(1, round(len(references) / _STRETCH))
    bounds = [len(references) * at // n_stretches for at in range(n_stretches + 1)]
    for begin, end in pairwise(bounds):
        labels = [labelled.labels for labelled in found[begin:end]]
        shown = habits_of(zip(references[begin:end], labels, strict=True))
        habits[begin:end] = [shown] * (end - begin)
    return habits


def _label(references: Sequence[Tokens], habits: Sequence[Habits], model: Model) -> list[Labelled]:
    """Label references of known habits, the longest first."""
    import numpy as np

    found = [Labelled([], 0.0)] * len(references)
    order = sorted(
        (at for at, reference in enumerate(references) if reference.words),
        key=lambda at: -len(references[at].words),
    )
    names = np.array(model.labels, dtype=object)
    for begin in range(0, len(order), _BATCH):
        part = order[begin : begin + _BATCH]
        batch = batch_of([references[at] for at in part])
        scores = _emissions(model, batch, [habits[at] for at in part])
        paths, margins = _best_paths(scores, batch, model.transitions)
        for at, path, margin in zip(part, paths, margins, strict=True):
            found[at] = Labelled(names[path].tolist(), margin / SCALE)
    return found


def _emissions(model: Model, batch: Batch, habits: Sequence[Habits]) -> Weights:
    """Score each label at each place, by the words around it and by the context."""
    of_words = model.of_words(batch.vocabulary)
    scores: Weights = of_words[batch.ids, 0]
    for at, offset in enumerate(OFFSETS[1:], 1):
        _add_shifted(scores, of_words[:, at], batch.ids, offset)
    for answers in contexts_of(batch, habits):
        _add_contexts(scores, model, answers)
    return scores


def _add_contexts(scores: Weights, model: Model, answers: Mapping[str, Codes]) -> None:
    """Add what a group of questions says: once for all places with the same answers."""
    import numpy as np

    if len(scores) < _FEW_PLACES:
        scores += model.weights[model.contexts.rows_of(answers)].sum(axis=0, dtype=np.int16)
        return
    joint = np.zeros(len(scores), np.int64)
    for codes in answers.values():
        joint = joint * np.int64(_MIX) + codes
    changes = np.concatenate(([True], joint[1:] != joint[:-1]))
    at = np.flatnonzero(changes)
    if 2 * len(at) < len(joint):
        places = np.cumsum(changes) - 1
    else:
        _, at, places = np.unique(joint, return_index=True, return_inverse=True)
    rows = model.contexts.rows_of({name: codes[at] for name, codes in answers.items()})
    summed = model.weights[rows[0]]
    for row in rows[1:]:
        summed += model.weights[row]
    scores += summed[places]


def _add_shifted(scores: Weights, of_words: Weights, ids: Codes, offset: int) -> None:
    """Add what the word so many places on says."""
    if offset > 0:
        scores[:-offset] += of_words[ids[offset:]]
    else:
        scores[-offset:] += of_words[ids[:offset]]


def _best_paths(
    emissions: Weights, batch: Batch, transitions: Scores
) -> tuple[list[Codes], list[float]]:
    """Find the best labels of each reference; the longest come first.

    A word inside a field follows a word of the same field.
    """
    import numpy as np

    n_labels = len(transitions)
    n_fields = (n_labels - 1) // 2
    begin, inside = slice(1, n_fields + 1), slice(n_fields + 1, n_labels)
    starts = n_fields + 1
    to_start = transitions[:, :starts, None]
    from_begin = np.diagonal(transitions[begin, inside])[:, None]
    from_inside = np.diagonal(transitions[inside, inside])[:, None]
    lengths = batch.lengths
    active = np.searchsorted(-lengths, -np.arange(1, lengths[0] + 1), side="right")
    best = emissions[batch.firsts].T.astype(np.int32)
    best[inside] = _FAR
    history = [best]
    for step, n_active in enumerate(active[1:].tolist(), 1):
        last = history[-1][:, :n_active]
        best = emissions[batch.firsts[:n_active] + step].T.astype(np.int32)
        best[:starts] += (last[:, None] + to_start).max(axis=0)
        best[inside] += np.maximum(last[begin] + from_begin, last[inside] + from_inside)
        history.append(best)
    return _traced(history, batch, _allowed(transitions, n_fields))


def _allowed(transitions: Scores, n_fields: int) -> Scores:
    """Forbid what no field allows: to go on within a field that has not begun."""
    import numpy as np

    allowed = transitions.copy()
    allowed[:, n_fields + 1 :] = _FAR
    for at in range(1, n_fields + 1):
        for origin in (at, at + n_fields):
            allowed[origin, at + n_fields] = transitions[origin, at + n_fields]
    return np.ascontiguousarray(allowed.T)


def _traced(
    history: list[Scores], batch: Batch, allowed: Scores
) -> tuple[list[Codes], list[float]]:
    """Follow the best labels back from the last word."""
    import numpy as np

    n_references = len(batch.lengths)
    paths = np.zeros((len(history), n_references), np.int64)
    margins = np.full(n_references, -_FAR, np.int64)
    n_before = 0
    for step in range(len(history) - 1, -1, -1):
        scores = history[step].T
        n_active = len(scores)
        reached = scores.copy()
        if n_before:
            reached[:n_before] += allowed[paths[step + 1, :n_before]]
        row = np.arange(n_active)
        label = reached.argmax(axis=1)
        top = reached[row, label]
        reached[row, label] = 4 * _FAR
        margins[:n_active] = np.minimum(margins[:n_active], top - reached.max(axis=1))
        paths[step, :n_active] = label
        n_before = n_active
    return (
        [paths[:length, at] for at, length in enumerate(batch.lengths.tolist())],
        margins.astype(float).tolist(),
    )


def certainty_of(margin: float) -> float:
    """Say how often all fields are right where labels have such a margin, as a share.

    Measured on references that were not trained on; straight lines between the knots.
    """
    for (low, share), (high, above) in pairwise(_CERTAINTY):
        if margin < high:
            return share + (above - share) * (margin - low) / (high - low)
    return _CERTAINTY[-1][1]


def fields_of(labelled: Labelled) -> Iterator[tuple[int, int, str]]:
    """Give the fields, as the first and the last of their words and their label."""
    begin = 0
    labels = labelled.labels
    for at in range(1, len(labels) + 1):
        if at == len(labels) or not labels[at].startswith("I-"):
            if labels[begin] != "other":
                yield begin, at - 1, labels[begin][2:]
            begin = at
