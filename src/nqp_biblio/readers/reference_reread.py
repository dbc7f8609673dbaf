"""What the first reading of printed references tells the second, as numbers that a tagger looks up.

The first reading sees a few words at a time; what it made of a whole reference shows which fields
are there, in which order, and how often, and where it was in doubt.

References
----------
.. [1] Cohen, W. W. & Carvalho, V. R. (2005). Stacked sequential learning. IJCAI, 671-676.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.readers.reference_contexts import (
    COARSE_BITS,
    SORT_BITS,
    coarse_of,
    habit_answers,
    marks_of,
    packed,
    row_of,
    shifted,
    since_head,
    style_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.readers.reference_contexts import Row
    from nqp_biblio.readers.reference_features import Batch
    from nqp_biblio.readers.reference_habits import Habits

    Codes = NDArray[np.int64]

__all__ = ["Reading", "rereading_of"]

_LABEL_BITS = 6
_FIELD_BITS = 5
_BLANK = (1 << _FIELD_BITS) - 1


class Reading(NamedTuple):
    """What the first reading made of each place of a batch.

    Attributes
    ----------
    labels : array
        The label of each place; their number at blanks.
    rivals : array
        The next best label there.
    doubts : array
        How near that comes: 0 (far) to 3.
    n_fields : int
        How many fields there are; labels are "other", every "B-", every "I-".
    """

    labels: Codes
    rivals: Codes
    doubts: Codes
    n_fields: int


class _Runs(NamedTuple):
    """Runs of places with one field: where each begins, its field, that of the place's run."""

    starts: Codes
    fields: Codes
    run: Codes


def rereading_of(
    batch: Batch, reading: Reading, habits: Sequence[Habits]
) -> list[dict[str, Codes]]:
    """Say of each place what the first reading made of it, its surroundings and its reference.

    Parameters
    ----------
    batch : Batch
        References as one row of words.
    reading : Reading
        The first reading.
    habits : sequence of Habits
        Those of the list each reference is from.

    Returns
    -------
    list of dict of str to array
        In groups of like questions: for each a number per place.
    """
    import numpy as np

    row = row_of(batch)
    fields = np.where(reading.labels > 0, (reading.labels - 1) % reading.n_fields + 1, 0)
    fields[reading.labels == 2 * reading.n_fields + 1] = _BLANK
    ends = (reading.labels <= reading.n_fields) & (
        (reading.labels > 0) | (shifted(reading.labels, 1) != 0)
    )
    ends |= fields == _BLANK
    ends[0] = True
    starts = np.flatnonzero(ends)
    runs = _Runs(starts, fields[starts], np.cumsum(ends) - 1)
    style = style_of(row)
    return [
        _labels_near(row, reading),
        _words_near(row, reading.labels),
        _whole_of(row, fields, ends),
        _order_of(row, runs),
        _run_of(row, runs),
        {
            **habit_answers(row, style, habits),
            "rt": packed((fields, _FIELD_BITS), (style.sort, SORT_BITS)),
            "rq": packed((reading.labels, _LABEL_BITS), (style.style, 4), (style.passed, 1)),
        },
    ]


def _labels_near(row: Row, reading: Reading) -> dict[str, Codes]:
    """Say how a place and those beside it were labelled."""
    here = reading.labels
    left, right = shifted(here, 1), shifted(here, -1)
    doubted = packed((here, 6), (reading.rivals, 6), (reading.doubts, 2))
    near = packed((left, 6), (here, 6), (right, 6))
    return {
        "rl": here,
        "rd": doubted,
        "rdl": packed((shifted(doubted, 1), 14), (doubted, 14)),
        "rdr": packed((doubted, 14), (shifted(doubted, -1), 14)),
        "rn": near,
        "rnn": packed((shifted(here, 2), 6), (near, 18), (shifted(here, -2), 6)),
        "rsb": packed((here, 6), (row.shapes, 5), (row.bare, 20)),
        "rdb": packed((doubted, 14), (row.bare, 20), (row.shapes, 5)),
        "rba": packed((here, 6), (row.bare, 20), (shifted(row.bare, -1), 20)),
    }


def _words_near(row: Row, labels: Codes) -> dict[str, Codes]:
    """Say which words stand at a place and beside it, and how they were labelled."""
    words = row.words
    return {
        "rw": packed((labels, 6), (words, 31)),
        "rwl": packed((labels, 6), (shifted(words, 1), 31)),
        "rwr": packed((labels, 6), (shifted(words, -1), 31)),
    }


def _whole_of(row: Row, fields: Codes, ends: NDArray[np.bool_]) -> dict[str, Codes]:
    """Say which fields the reference has, how often that of a place, and which before it."""
    import numpy as np

    begun = ends & (fields > 0) & (fields < _BLANK)
    present = np.bitwise_or.reduceat(np.where(begun, np.int64(1) << fields, 0), row.heads)
    mask = present[row.owner]
    before = np.zeros(len(fields), np.int64)
    for field in np.unique(fields[begun]).tolist():
        passed = since_head(row, (begun & (fields == field)).astype(np.int64))
        before |= (passed > (fields == field)).astype(np.int64) << field
    nth, total = _times_of(row, fields, ends, begun)
    return {
        "rm": packed((fields, _FIELD_BITS), (mask, 1 << _FIELD_BITS)),
        "rc": packed((fields, _FIELD_BITS), (nth, 2), (total, 2)),
        "rk": packed((fields, _FIELD_BITS), (before, 1 << _FIELD_BITS)),
        "rmb": packed((mask, 1 << _FIELD_BITS), (row.bare, 20), (row.shapes, 5)),
    }


def _times_of(
    row: Row, fields: Codes, ends: NDArray[np.bool_], begun: NDArray[np.bool_]
) -> tuple[Codes, Codes]:
    """Say how many runs of its field a reference has, and which of them a place is in."""
    import numpy as np

    keys = row.owner << _FIELD_BITS | fields
    order = np.flatnonzero(begun)
    order = order[np.argsort(keys[order], kind="stable")]
    sorted_keys = keys[order]
    earlier = np.searchsorted(sorted_keys, sorted_keys)
    nth = np.zeros(len(fields), np.int64)
    nth[order] = np.arange(len(order)) - earlier
    run_starts = np.maximum.accumulate(np.where(ends, np.arange(len(ends)), 0))
    totals = np.bincount(sorted_keys, minlength=len(row.heads) << _FIELD_BITS)
    return np.minimum(nth[run_starts], 3), np.minimum(totals[keys], 3)


def _order_of(row: Row, runs: _Runs) -> dict[str, Codes]:
    """Say which fields stand before and behind that of a place, whatever is between."""
    import numpy as np

    fields = runs.fields
    named = np.flatnonzero(fields > 0)
    rank: Codes = np.cumsum(fields > 0)
    sequence = fields[named]
    last = len(sequence) - 1

    def at(places: Codes) -> Codes:
        """Take fields by their rank."""
        return sequence[np.clip(places, 0, last)]

    is_named: Codes = (fields > 0).astype(np.int64)
    before, before2 = at(rank - 1 - is_named), at(rank - 2 - is_named)
    behind, behind2 = at(rank), at(rank + 1)
    three = packed((before, 5), (fields, 5), (behind, 5))
    return {
        "rp": three[runs.run],
        "rpp": packed((before2, 5), (three, 15))[runs.run],
        "rpn": packed((three, 15), (behind2, 5))[runs.run],
        "rpc": packed((three, 15), (coarse_of(marks_of(row, runs.starts)), COARSE_BITS))[runs.run],
        "rps": packed((three[runs.run], 15), (row.bare, 20)),
    }


def _run_of(row: Row, runs: _Runs) -> dict[str, Codes]:
    """Say how long the field of a place is, how it begins and ends, which marks it has."""
    import numpy as np

    starts, fields, run = runs
    sizes = np.diff(np.append(starts, len(row.shapes)))
    marks = marks_of(row, starts)
    words = row.words
    opening, closing = row.bare[starts], shifted(row.bare[starts], -1)
    first, last = words[starts], shifted(shifted(words, 1)[starts], -1)
    inside = np.arange(len(run)) - starts[run]
    left = sizes[run] - 1 - inside
    size = np.digitize(sizes, (2, 3, 4, 6, 9, 14, 24)).astype(np.int64)
    place = packed((np.minimum(inside, 2), 2), (np.minimum(left, 2), 2))
    return {
        "rz": packed((fields[run], 5), (size[run], 3), (place, 4)),
        "rf": packed((fields, 5), (first, 31))[run],
        "re": packed((fields, 5), (last, 31))[run],
        "rg": packed((fields, 5), (shifted(words, 1)[starts], 31))[run],
        "rx": packed((fields, 5), (opening, 20), (closing, 20))[run],
        "rj": packed((fields, 5), (marks, 20))[run],
        "rjp": packed((fields[run], 5), (marks[run], 20), (place, 4)),
    }
