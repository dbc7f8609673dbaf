"""Number what there is to see at each word of tagged references, for training."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nqp_biblio.readers.reference_contexts import contexts_of
from nqp_biblio.readers.reference_features import OFFSETS, PAD, batch_of, traits_of
from nqp_biblio.readers.reference_reread import rereading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from data import Tagged
    from nqp_biblio.readers.reference_features import Batch
    from nqp_biblio.readers.reference_habits import Habits
    from nqp_biblio.readers.reference_reread import Reading

REACH = {"w": 3, "s": 2, "l": 2, "x": 1}
"""How far from the word to be tagged a kind of trait counts; others at the word alone."""

LEAST = 2
"""How often something is seen with a label, to be given a weight for it."""

_WORDY = (
    *("ww", "wb", "wa", "nb", "fw", "lw", "fn", "ln", "fs"),
    *("rw", "rwl", "rwr", "rf", "re", "rg"),
)


class Seen(NamedTuple):
    """What there is to see, as numbers.

    Attributes
    ----------
    firsts, lengths : array
        Place of the first word of each reference, and how many it has.
    words : array
        The word at each place.
    contexts : array of shape (n_places, n_questions)
        The number of each answer, or -1.
    is_wordy : array
        For each question, whether it is about words themselves.
    trait_starts, traits, trait_numbers : array
        The traits of each word; the number of each trait at each offset, or -1.
    offsets : array
        Of the words whose traits count.
    label_starts, labels : array
        The labels that each number has weights for.
    labelled : array
        The label of each place.
    scores : array of shape (n_places, n_labels)
        Scores from before; one row of zeros if there are none.
    """

    firsts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    words: NDArray[np.int64]
    contexts: NDArray[np.int32]
    is_wordy: NDArray[np.bool_]
    trait_starts: NDArray[np.int64]
    traits: NDArray[np.int64]
    trait_numbers: NDArray[np.int32]
    offsets: NDArray[np.int64]
    label_starts: NDArray[np.int64]
    labels: NDArray[np.int8]
    labelled: NDArray[np.int8]
    scores: NDArray[np.float32]


class ReadBefore(NamedTuple):
    """What a first reading by a model that did not know them made of references.

    Attributes
    ----------
    batch : Batch
        The references in the order of the tagged ones.
    reading : Reading
        Labels and doubts.
    scores : array of shape (n_places, n_labels)
        What the first reading gave each label.
    labels : list of list of str
        Those of the words of each reference.
    """

    batch: Batch
    reading: Reading
    scores: NDArray[np.float32]
    labels: list[list[str]]


class _Numbers:
    """Numbers given so far, and the labels of each."""

    def __init__(self, labelled: NDArray[np.int8], n_labels: int) -> None:
        self.names: list[str] = []
        self.counts: list[NDArray[np.int64]] = []
        self.labels: list[NDArray[np.int64]] = []
        self._labelled = labelled.astype(np.int64)
        self._n_labels = n_labels

    def known(self, codes: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find the codes that are seen often enough, each at its place."""
        pairs, counts = np.unique(
            codes * self._n_labels + self._labelled[places], return_counts=True
        )
        pairs = pairs[counts >= LEAST]
        known, counts = np.unique(pairs // self._n_labels, return_counts=True)
        self.counts.append(counts)
        self.labels.append(pairs % self._n_labels)
        return known


def seen_of(tagged: Sequence[Tagged], labels: Sequence[str]) -> tuple[Seen, list[str]]:
    """Number what the first reading sees in tagged references; name what has a number."""
    batch = batch_of([one.tokens for one in tagged])
    labelled, inside = _labelled(batch, tagged, labels)
    numbers = _Numbers(labelled, len(labels))
    columns, is_wordy = _answers_seen(contexts_of(batch), inside, numbers)
    seen = Seen(
        batch.firsts,
        batch.lengths,
        batch.ids,
        columns,
        is_wordy,
        *_traits_seen(batch, inside, numbers),
        np.array(OFFSETS),
        np.concatenate([[0], np.cumsum(np.concatenate(numbers.counts))]),
        np.concatenate(numbers.labels).astype(np.int8),
        labelled,
        np.zeros((1, len(labels)), np.float32),
    )
    return seen, numbers.names


def seen_again(
    tagged: Sequence[Tagged], labels: Sequence[str], read: ReadBefore, habits: Sequence[Habits]
) -> tuple[Seen, list[str]]:
    """Number what the second reading sees besides the scores of the first."""
    batch = read.batch
    labelled, inside = _labelled(batch, tagged, labels)
    numbers = _Numbers(labelled, len(labels))
    columns, is_wordy = _answers_seen(rereading_of(batch, read.reading, habits), inside, numbers)
    none = np.zeros(0, np.int64)
    seen = Seen(
        batch.firsts,
        batch.lengths,
        batch.ids,
        columns,
        is_wordy,
        none,
        none,
        np.zeros((0, 0), np.int32),
        none,
        np.concatenate([[0], np.cumsum(np.concatenate(numbers.counts))]),
        np.concatenate(numbers.labels).astype(np.int8),
        labelled,
        read.scores,
    )
    return seen, numbers.names


def _labelled(
    batch: Batch, tagged: Sequence[Tagged], labels: Sequence[str]
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Give the label of each place, -1 at blanks, and the places of words."""
    number = {label: at for at, label in enumerate(labels)}
    owner = np.repeat(batch.firsts - np.cumsum(batch.lengths) + batch.lengths, batch.lengths)
    inside = np.arange(batch.lengths.sum()) + owner
    labelled = np.full(len(batch.ids), -1, np.int8)
    labelled[inside] = [number[label] for one in tagged for label in begun(one.labels)]
    return labelled, inside


def _answers_seen(
    groups: Sequence[dict[str, NDArray[np.int64]]], inside: NDArray[np.int64], numbers: _Numbers
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Number the answers to each question; tell which questions are about words."""
    columns, questions = [], []
    for group in groups:
        for question, codes in group.items():
            values, ranks = np.unique(codes, return_inverse=True)
            known = numbers.known(ranks.astype(np.int64)[inside], inside)
            table = np.full(len(values), -1, np.int32)
            table[known] = np.arange(len(numbers.names), len(numbers.names) + len(known))
            numbers.names += [f"{question}={code}" for code in values[known].tolist()]
            columns.append(table[ranks])
            questions.append(question)
    is_wordy = np.array([question.rstrip("12") in _WORDY for question in questions])
    return np.ascontiguousarray(np.stack(columns, axis=1)), is_wordy


def _traits_seen(
    batch: Batch, inside: NDArray[np.int64], numbers: _Numbers
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Number the traits of words at each offset."""
    ordinal: dict[str, int] = {}
    of_words = [
        [ordinal.setdefault(trait, len(ordinal)) for trait in traits_of(word)]
        for word in batch.vocabulary
    ]
    sizes = np.array([len(one) for one in of_words])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    traits = np.array([trait for one in of_words for trait in one])
    names = list(ordinal)
    reach = np.array([REACH.get(name[0], 0) for name in names])
    trait_numbers = np.full((len(OFFSETS), len(names)), -1, np.int32)
    owner = np.repeat(np.arange(len(batch.firsts)), batch.lengths)
    low, high = (batch.firsts - PAD)[owner], (batch.firsts + batch.lengths + PAD)[owner]
    for slot, offset in enumerate(OFFSETS):
        valid = (inside + offset >= low) & (inside + offset < high)
        places = inside[valid]
        ids = batch.ids[places + offset]
        repeats = sizes[ids]
        begin = np.cumsum(repeats) - repeats
        flat = traits[np.arange(repeats.sum()) + np.repeat(starts[ids] - begin, repeats)]
        at = np.repeat(places, repeats)
        near = reach[flat] >= abs(offset)
        known = numbers.known(flat[near], at[near])
        trait_numbers[slot, known] = np.arange(len(numbers.names), len(numbers.names) + len(known))
        numbers.names += [f"{offset}{names[trait]}" for trait in known.tolist()]
    return starts, traits, trait_numbers


def begun(labels: Sequence[str]) -> Iterator[str]:
    """Let each field begin with a "B-"."""
    last = ""
    for label in labels:
        yield f"B-{label[2:]}" if label[:2] == "I-" and last != label[2:] else label
        last = label[2:]
