"""Sequences and types of cited references."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.measures.spectroscopy_sequences import (
    citation_types,
    reference_sequences,
    z_scores,
)

SIGNS = {"+": 2.0, "0": 0.0, "-": -2.0}


def _types(sequence: str, like: Any = "crexplorer", cited: str | None = None) -> set[str]:
    """Return the types of a sequence of signs, cited where it is not 0 in `cited`."""
    z = np.array([[SIGNS[sign] for sign in sequence]])
    counts = np.array([[int(sign != "0") for sign in cited or "1" * len(sequence)]])
    return {name for name, marks in citation_types(counts, z, like).items() if marks[0]}


@pytest.mark.parametrize(
    ("sequence", "types"),
    [
        ("--00+", {"sleeping beauty"}),
        ("-0-00", set()),
        ("-00+0", set()),
        ("++-00--", {"hot paper"}),
        ("+0++0--", {"hot paper"}),
        ("+00++--", set()),
        ("00++++00", {"life cycle", "constant performer"}),
        ("++00++00", {"life cycle", "hot paper", "constant performer"}),
        ("000-0000", {"constant performer"}),
        ("00--0000", set()),
    ],
)
def test_types(sequence: str, types: set[str]) -> None:
    """Types are those of Thor et al. (2018) by CRExplorer's bounds."""
    assert _types(sequence) == types


def test_types_need_citations() -> None:
    """A constant performer is cited in most years."""
    assert _types("000000", cited="110110") == set()
    assert _types("00000", "bibliometrix", cited="11110") == {"constant performer"}
    assert _types("00000", cited="11110") == set()


@pytest.mark.parametrize(
    ("sequence", "crexplorer", "bibliometrix"),
    [
        ("0000+++00", True, False),  # the third year from the end is still above
        ("0000++000", True, True),
        ("00--++00", True, False),
        ("00++++", False, False),
    ],
)
def test_end_of_a_life_cycle(sequence: str, crexplorer: bool, bibliometrix: bool) -> None:  # noqa: FBT001
    """CRExplorer asks two of the last three years to be no more above, bibliometrix all."""
    assert ("life cycle" in _types(sequence)) is crexplorer
    assert ("life cycle" in _types(sequence, "bibliometrix")) is bibliometrix


def test_bounds() -> None:
    """A z of exactly 1 is above average for bibliometrix, not for CRExplorer."""
    z, counts = np.array([[1.0, 1.0, 0.0]]), np.ones((1, 3), dtype=int)
    assert not citation_types(counts, z)["hot paper"][0]
    assert citation_types(counts, z, "bibliometrix")["hot paper"][0]


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=5))
def test_scores_by_hand(table: list[list[int]]) -> None:
    """Expected is row by column by total; z sums to 0 where all columns expect the same."""
    total = sum(map(sum, table))
    z = z_scores(np.array(table))
    for i, row in enumerate(table):
        for j, observed in enumerate(row):
            expected = sum(row) * sum(line[j] for line in table) / total if total else 0
            hand = (observed - expected) / math.sqrt(expected) if expected else 0
            assert z[i, j] == pytest.approx(hand)


def _corpus(cites: list[tuple[int, str, int]]) -> nb.Corpus:
    """Make a work for each citation: its year, the name and the year of what it cites."""
    return nb.corpus_of(
        nb.Record(
            title=f"Work {n}",
            publication_year=year,
            cited_references=[nb.CitedReference(raw=name, publication_year=cited)],
        )
        for n, (year, name, cited) in enumerate(cites)
    )


def test_a_worked_table() -> None:
    """Two references of one year, one of them early and one late, by hand."""
    cites = [(2001, "A", 2000)] * 4 + [(2003, "B", 2000)] * 4 + [(2003, "C", 1990)] * 2
    found = reference_sequences(_corpus(cites), min_citations=4)
    # A: 4 of 8; expected 2 in 2001 and 2 in 2003, z = 2 / sqrt(2); nothing is cited in 2002
    shown = [row[0:1] + row[2:7] + row[-2:] for row in found.rows]
    # from 2001, the first year of the corpus; B has one year below, A one above
    assert shown == [
        ("A", 2000, 4, 1, 0.5, 0.5, "+0-", None),
        ("B", 2000, 4, 1, 0.5, 0.5, "-0+", None),
    ]
    assert found.column("share_of_all") == [0.4, 0.4]
    assert found.column("n_top50") == [1, 1]
    assert found.manifest["as_of"] == 2003


def test_all_references() -> None:
    """With a low bound all are listed; a reference of the future has no years."""
    cites = [(2001, "A", 2000), (2002, "C", 1990), (2002, "late", 2020)]
    found = reference_sequences(_corpus(cites), min_citations=1)
    assert found.column("reference") == ["C", "A"]
    assert found.column("sequence") == ["00", "00"]
    assert found.column("n_citing_years") == [1, 1]
    assert found.column("share_of_citing_years") == [1.0, 1.0]
    of_year = reference_sequences(_corpus(cites), min_citations=1, years=(2000, 2001))
    assert of_year.column("reference") == ["A"]
    early = reference_sequences(_corpus(cites), min_citations=1, as_of=2001)
    assert early.column("reference") == ["A"]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2000, 2005), st.sampled_from("ABCD"), st.just(1999)), max_size=25
    )
)
def test_counted_by_hand(cites: list[tuple[int, str, int]]) -> None:
    """Years and tops are those of a loop over the citations."""
    found = reference_sequences(_corpus(cites), min_citations=1)
    for row in found.frame.itertuples():
        own = [sum(c == (year, row.reference, 1999) for c in cites) for year in range(2000, 2006)]
        assert row.n_citations == sum(own)
        assert row.n_citing_years == sum(n > 0 for n in own)
    assert sum(found.column("n_citations")) == len(cites)
    assert sum(found.column("share_of_all")) == pytest.approx(1 if cites else 0)


def test_nothing() -> None:
    """Without references or years the table is empty."""
    for records in ([], [nb.Record(title="One")]):
        assert reference_sequences(nb.corpus_of(records)).rows == []
    undated = [nb.Record(title="O", cited_references=[nb.CitedReference(raw="A")])]
    found = reference_sequences(nb.corpus_of(undated), min_citations=1)
    assert (found.rows, found.manifest["n_without"]) == ([], 1)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"like": "excel"}, "unknown program"),
        ({"min_citations": 0}, "at least 1"),
        ({"years": (2001, 2000)}, "first and the last year"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that cannot be is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        reference_sequences(_corpus([]), **options)
