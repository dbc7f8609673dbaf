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
    PAD,
    Batch,
    Tokens,
    batch_of,
    traits_of,
)
from nqp_biblio.readers.reference_habits import UNKNOWN, Habits, habits_of
from nqp_biblio.readers.reference_reread import Reading, rereading_of

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
    "Read",
    "RowTable",
    "certainty_of",
    "fields_of",
    "first_reading",
    "label_words",
    "labelled_of",
    "load_model",
    "part_of",
    "read_model",
]

SCALE = 32
"""Units of a whole-number weight to one unit of log-likelihood."""

_AT_ONCE = 8192
_BATCH = 1024
_DOUBTS = (SCALE, 3 * SCALE, 6 * SCALE)
_STRETCH = 16
_SLOTS = {str(offset): slot for slot, offset in enumerate(OFFSETS)}
_SURE_MARGIN = 2.5
_CERTAINTY = (
    (0.0, 0.4), (1.0, 0.6), (2.0, 0.71), (3.0, 0.82), (4.0, 0.92), (6.0, 0.95), (9.0, 0.98),
)  # fmt: skip
_MAX_WORDS_KEPT = 30_000
_FAR = -(1 << 28)
_FEW_PLACES = 2000
_ROW_BITS = 24
_ROW_MASK = (1 << _ROW_BITS) - 1
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


class Paths(NamedTuple):
    """The best labels of references.

    Attributes
    ----------
    labels, rivals, leads : array of shape (n_steps, n_references)
        The label of each word, the next best before what follows, and by how much that is worse.
    margins : array of float
        The least lead of each reference.
    """

    labels: Codes
    rivals: Codes
    leads: Codes
    margins: NDArray[np.float64]


@dataclass(slots=True)
class Second:
    """Weights of what the second reading sees besides."""

    transitions: Scores
    weights: Weights
    contexts: RowTable


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
        entries = keys >> _ROW_BITS << _ROW_BITS | np.arange(first, first + len(keys))
        self._mask = (1 << (2 * len(keys)).bit_length()) - 1
        self._entries = np.zeros(self._mask + 1, np.int64)
        self._n_probes = 0
        slots = keys & self._mask
        while len(entries):
            taken = self._entries[slots] != 0
            _, chosen = np.unique(np.where(taken, -1 - slots, slots), return_index=True)
            chosen = chosen[~taken[chosen]]
            self._entries[slots[chosen]] = entries[chosen]
            left = np.ones(len(entries), bool)
            left[chosen] = False
            entries, slots = entries[left], (slots[left] + 1) & self._mask
            self._n_probes += 1

    def rows_of(self, answers: Mapping[str, Codes]) -> Codes:
        """Find the rows of answers.

        Returns
        -------
        array of shape (n_questions, n_places)
            The empty row where an answer is not known.
        """
        import numpy as np

        keys = np.concatenate([_keys_of(name, codes) for name, codes in answers.items()])
        slots = keys & self._mask
        # an entry of the same key differs from it in the bits of the row alone
        found = self._entries[slots]
        hit = (found ^ keys) >> _ROW_BITS == 0
        rows = np.where(hit, found & _ROW_MASK, 0)
        open_ = np.flatnonzero(~hit & (found != 0))
        slots, keys = slots[open_], keys[open_]
        for _ in range(self._n_probes - 1):
            if not len(open_):
                break
            slots = slots + 1 & self._mask
            found = self._entries[slots]
            hit = (found ^ keys) >> _ROW_BITS == 0
            rows[open_[hit]] = found[hit] & _ROW_MASK
            further = ~hit & (found != 0)
            open_, slots, keys = open_[further], slots[further], keys[further]
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
    traits : dict of str to int
        A number for each trait of a word.
    trait_begins, trait_slots : array
        Where the rows of each trait begin (after the empty row), and the offset of each row.
    contexts : RowTable
        The row of each answer to a question about the context.
    """

    labels: list[str]
    transitions: Scores
    weights: Weights
    traits: dict[str, int]
    trait_begins: Codes
    trait_slots: Codes
    contexts: RowTable
    second: Second | None = None
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

        known: list[int] = []
        counts: list[int] = []
        for word in words:
            traits = [self.traits[trait] for trait in traits_of(word) if trait in self.traits]
            known += traits
            counts.append(len(traits))
        n_slots = len(OFFSETS)
        summed = np.zeros((len(words) * n_slots, len(self.labels)), np.int16)
        if known:
            at = np.array(known)
            begins = self.trait_begins[at]
            sizes = self.trait_begins[at + 1] - begins
            ends = np.cumsum(sizes)
            rows = np.arange(ends[-1]) + np.repeat(begins - ends + sizes, sizes)
            owners = np.repeat(np.repeat(np.arange(len(words)) * n_slots, counts), sizes)
            owners += self.trait_slots[rows]
            order = np.argsort(owners, kind="stable")
            owners = owners[order]
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            found = self.weights[rows[order] + 1]
            summed[owners[starts]] = np.add.reduceat(found, starts, axis=0, dtype=np.int16)
        return summed.reshape(len(words), n_slots, len(self.labels))


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
        traits, begins, slots = _numbered(names)
        transitions, weights, contexts = _stored(stored, "", len(names))
        second = Second(*_stored(stored, "again_", 0)) if "again_counts" in stored else None
        return Model(labels, transitions, weights, traits, begins, slots, contexts, second)


def _numbered(names: Sequence[str]) -> tuple[dict[str, int], Codes, Codes]:
    """Number traits whose rows follow one another, each named with its offset in front."""
    import numpy as np

    traits: dict[str, int] = {}
    begins: list[int] = []
    slots: list[int] = []
    for row, name in enumerate(names):
        size = 1 + name.startswith("-")
        if traits.setdefault(name[size:], len(traits)) == len(begins):
            begins.append(row)
        slots.append(_SLOTS[name[:size]])
    return traits, np.array([*begins, len(names)]), np.array(slots)


def _stored(
    stored: Mapping[str, Codes], part: str, n_before: int
) -> tuple[Scores, Weights, RowTable]:
    """Read the weights of one reading."""
    import numpy as np

    counts, transitions = stored[f"{part}counts"], stored[f"{part}transitions"].astype(np.int32)
    rows = np.repeat(np.arange(1, len(counts) + 1), counts)
    weights = np.zeros((len(counts) + 1, len(transitions)), np.int16)
    weights[rows, stored[f"{part}columns"]] = stored[f"{part}weights"]
    questions = str(stored[f"{part}contexts"]).split("\n")
    known = {name: np.cumsum(stored[f"{part}codes_{name}"]) for name in questions}
    return transitions, weights, RowTable(known, n_before + 1)


def label_words(references: Sequence[Tokens], model: Model | None = None) -> list[Labelled]:
    """Label the words of the references of one list.

    What is not sure at first is read once more, with the habits that the list has shown and with
    what the first reading made of the whole reference.

    Parameters
    ----------
    references : sequence of Tokens
        In the order of the list; time is linear in their words.
    model : Model, optional
        That of the package unless another is given.
    """
    model = model or load_model()
    found: list[Labelled] = []
    for begin in range(0, len(references), _AT_ONCE):
        found += _label_part(references[begin : begin + _AT_ONCE], model)
    return found


def _label_part(references: Sequence[Tokens], model: Model) -> list[Labelled]:
    """Label references that are held in memory at once, the longest first."""
    found = [Labelled([], 0.0)] * len(references)
    order = sorted(
        (at for at, reference in enumerate(references) if reference.words),
        key=lambda at: -len(references[at].words),
    )
    parts = [order[begin : begin + _BATCH] for begin in range(0, len(order), _BATCH)]
    first = [first_reading([references[at] for at in part], model) for part in parts]
    for part, read in zip(parts, first, strict=True):
        for at, labelled in zip(part, labelled_of(read, model), strict=True):
            found[at] = labelled
    if model.second is None:
        return found
    habits = _habits_of(references, found)
    for part, read in zip(parts, first, strict=True):
        unsure = [at for at, labelled in enumerate(part) if found[labelled].margin < _SURE_MARGIN]
        if unsure:
            again = _second_reading(read, unsure, [habits[part[at]] for at in unsure], model)
            for at, labelled in zip(unsure, labelled_of(again, model), strict=True):
                found[part[at]] = labelled
    return found


class Read(NamedTuple):
    """References as they were read: the score of each label at each place, and the best paths."""

    batch: Batch
    scores: Weights
    paths: Paths


def first_reading(references: Sequence[Tokens], model: Model) -> Read:
    """Read references, the longest first, each by itself."""
    batch = batch_of(references)
    scores = _emissions(model, batch)
    return Read(batch, scores, _best_paths(scores, batch, model.transitions))


def _second_reading(
    read: Read, chosen: Sequence[int], habits: Sequence[Habits], model: Model
) -> Read:
    """Read some references once more, by what the first reading made of them."""
    batch, scores, reading = part_of(read, chosen, model)
    transitions = model.transitions
    if model.second is not None:
        transitions = model.second.transitions
        for answers in rereading_of(batch, reading, habits):
            _add_contexts(scores, model.second, answers)
    return Read(batch, scores, _best_paths(scores, batch, transitions))


def part_of(read: Read, chosen: Sequence[int], model: Model) -> tuple[Batch, Weights, Reading]:
    """Take some references out of a batch, with their scores and what was read.

    Parameters
    ----------
    read : Read
        The batch as it was read.
    chosen : sequence of int
        Which references, in their order.
    model : Model
        The model it was read by.
    """
    import numpy as np

    whole, paths, n_labels = read.batch, read.paths, len(model.labels)
    lengths = whole.lengths[chosen]
    sizes = lengths + 2 * PAD
    heads = np.cumsum(sizes) - sizes
    places = np.arange(sizes.sum()) + np.repeat(whole.firsts[chosen] - PAD - heads, sizes)
    batch = Batch(
        whole.vocabulary,
        ids=whole.ids[places],
        gaps=whole.gaps[places],
        flags=whole.flags[places],
        firsts=heads + PAD,
        lengths=lengths,
    )
    steps = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    inside = steps + np.repeat(batch.firsts, lengths)
    owner = np.repeat(np.asarray(chosen), lengths)
    labels, rivals = (np.full(len(places), n_labels, np.int64) for _ in range(2))
    doubts = np.zeros(len(places), np.int64)
    labels[inside], rivals[inside] = paths.labels[steps, owner], paths.rivals[steps, owner]
    doubts[inside] = len(_DOUBTS) - np.digitize(paths.leads[steps, owner], _DOUBTS)
    return batch, read.scores[places], Reading(labels, rivals, doubts, (n_labels - 1) // 2)


def labelled_of(read: Read, model: Model) -> list[Labelled]:
    """Name the labels of the words of each reference."""
    import numpy as np

    names = np.array(model.labels, dtype=object)
    labels, margins = names[read.paths.labels], (read.paths.margins / SCALE).tolist()
    return [
        Labelled(labels[:length, at].tolist(), margins[at])
        for at, length in enumerate(read.batch.lengths.tolist())
    ]


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


def _emissions(model: Model, batch: Batch) -> Weights:
    """Score each label at each place, by the words around it and by the context."""
    of_words = model.of_words(batch.vocabulary)
    scores: Weights = of_words[batch.ids, 0]
    for at, offset in enumerate(OFFSETS[1:], 1):
        _add_shifted(scores, of_words[:, at], batch.ids, offset)
    for answers in contexts_of(batch):
        _add_contexts(scores, model, answers)
    return scores


def _add_contexts(scores: Weights, model: Model | Second, answers: Mapping[str, Codes]) -> None:
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


def _best_paths(emissions: Weights, batch: Batch, transitions: Scores) -> Paths:
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


def _traced(history: list[Scores], batch: Batch, allowed: Scores) -> Paths:
    """Follow the best labels back from the last word."""
    import numpy as np

    n_references = len(batch.lengths)
    paths, rivals, leads = (np.zeros((len(history), n_references), np.int64) for _ in range(3))
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
        rival = reached.argmax(axis=1)
        paths[step, :n_active], rivals[step, :n_active] = label, rival
        leads[step, :n_active] = top - reached[row, rival]
        n_before = n_active
    shown = np.arange(len(history))[:, None] < batch.lengths
    margins = np.where(shown, leads, -_FAR).min(axis=0)
    return Paths(paths, rivals, leads, margins.astype(float))


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
