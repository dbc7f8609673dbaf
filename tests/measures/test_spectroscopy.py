"""Reference publication year spectroscopy."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.measures.spectroscopy import multi_rpys, rpys, rpys_peaks, running_medians

OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"edges": "none"}, "unknown rule for the edges"),
    ({"window": "forward"}, "unknown window"),
    ({"like": "excel"}, "unknown program"),
    ({"identity": "looks"}, "unknown identity of references"),
    ({"identity": "printed", "like": "crexplorer"}, "cannot be had"),
    ({"years": (2000, 1990)}, "first and the last year"),
]


def _corpus(lists: list[tuple[int | None, list[tuple[str, int | None]]]]) -> nb.Corpus:
    """Make works of a year, each with references of a name and a year."""
    return nb.corpus_of(
        nb.Record(
            title=f"Work {n}",
            publication_year=year,
            cited_references=[
                nb.CitedReference(raw=name, publication_year=cited) for name, cited in references
            ],
        )
        for n, (year, references) in enumerate(lists)
    )


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Make three works: A is cited thrice, B twice in one list, C too late, D without year."""
    return _corpus(
        [
            (2001, [("A", 1990), ("B", 1992), ("B", 1992)]),
            (2002, [("A", 1990), ("C", 2030), ("D", None)]),
            (None, [("A", 1990)]),
        ]
    )


def test_counts(corpus: nb.Corpus) -> None:
    """A list counts a cited work once; years run without gaps; what is left out is told."""
    found = rpys(corpus)
    assert [row[:3] for row in found.rows] == [(1990, 3, 1), (1991, 0, 0), (1992, 1, 1)]
    told = ("n_without", "n_after", "n_repeated_in_a_list", "as_of")
    assert [found.manifest[name] for name in told] == [1, 1, 1, 2002]


def test_day(corpus: nb.Corpus) -> None:
    """Works published later do not cite; those without a year do."""
    assert [row[1] for row in rpys(corpus, as_of=2001).rows] == [2, 0, 1]
    assert [row[0] for row in rpys(corpus, as_of=2030).rows][-1] == 2030


def test_range(corpus: nb.Corpus) -> None:
    """A range cuts the table and not the medians."""
    whole = {row[0]: row for row in rpys(corpus).rows}
    assert rpys(corpus, years=(1991, 1992)).rows == [whole[1991], whole[1992]]


@pytest.mark.parametrize(
    ("like", "expected"),
    [
        ("crexplorer", {1990: 3, 1992: 2, 2030: 1}),
        ("metaknowledge", {1990: 2, 1992: 2}),
        ("bibliometrix", {}),
    ],
)
def test_like_others(corpus: nb.Corpus, like: Any, expected: dict[int, int]) -> None:
    """Other programs count each printed string, of the years that they take."""
    found = rpys(corpus, like=like)
    assert {year: n for year, n, *_ in found.rows if n} == expected
    assert sum(expected.values()) + int(str(found.manifest["n_without"])) == 7


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("SMALL H, 1973, J AM SOC INFORM SCI, V24, P265", 1973),
        ("ANONYMOUS (J SCI) 1973", None),
        ("PRICE D, 1650, OLD", None),
        ("UNKNOWN", None),
        ("X, V1234, 1999", None),
    ],
)
def test_years_like_bibliometrix(printed: str, year: int | None) -> None:
    """As in bibliometrix the first four digits before a closing bracket are the year."""
    found = rpys(_corpus([(2010, [(printed, 1980)])]), like="bibliometrix")
    assert [row[0] for row in found.rows] == ([year] if year else [])


@pytest.mark.parametrize(("options", "match"), OPTIONS)
def test_bad_options(corpus: nb.Corpus, options: dict[str, Any], match: str) -> None:
    """An option that is none of the known is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        rpys(corpus, **options)


def test_management(management_corpus: nb.Corpus) -> None:
    """Years and deviations are those that bibliometrix gives of its set ``management``."""
    found = {row[0]: (row[1], row[4]) for row in rpys(management_corpus, like="bibliometrix").rows}
    assert {year: found[year] for year in (2010, 1990, 1973)} == {
        2010: (3018, 223),
        1990: (821, 194),
        1973: (297, 171),
    }


def test_management_by_our_rule(management_clean: nb.Corpus) -> None:
    """Ours differ a little: years in names with brackets are read, repeated references once."""
    found = {row[0]: (row[1], row[4]) for row in rpys(management_clean).rows}
    assert {year: found[year] for year in (2010, 1990, 1973)} == {
        2010: (3020, 219),
        1990: (822, 198),
        1973: (300, 174),
    }


def test_isi(isi_corpus: nb.Corpus) -> None:
    """Counts are those that metaknowledge gives of the file that it tests with."""
    found = rpys(isi_corpus, like="metaknowledge", years=(2006, 2010))
    assert found.column("n_citations") == [3, 4, 1, 2, 2]


def test_smoothed_ends() -> None:
    """At the ends medians are of three, then Tukey's rule, as in R's runmed and smoothEnds."""
    values = np.array([10, 2, 30, 4, 50, 6, 70])
    # 2nd: median(10, 2, 10) = 10; 1st: median(10, 10, 3*10 - 2*10) = 10; 3rd: of 10, 2, 30, 4, 50
    # last but one: median(30, 6, 70) = 30; last: median(70, 30, 3*30 - 2*30) = 30
    assert running_medians(values, edges="median").tolist() == [10, 10, 10, 6, 30, 30, 30]


@pytest.mark.parametrize("n", range(6))
@pytest.mark.parametrize("edges", ["zero", "median"])
def test_short_spectra(n: int, edges: Any) -> None:
    """Spectra of few years have a median for each."""
    assert len(running_medians(np.full(n, 3), edges=edges)) == n
    if n and edges == "median":
        assert set(running_medians(np.full(n, 3), edges=edges).tolist()) == {3.0}


@given(st.lists(st.integers(0, 50), max_size=30))
def test_medians_by_hand(values: list[int]) -> None:
    """Medians are those of Python's statistics over padded windows."""
    padded = [0, 0, *values, 0, 0]
    centred = [statistics.median(padded[n : n + 5]) for n in range(len(values))]
    assert running_medians(np.array(values, dtype=int)).tolist() == centred
    for edges, fill in (("zero", 0), ("median", values[0] if values else 0)):
        before = [fill] * 4 + values
        backward = [statistics.median(before[n : n + 5]) for n in range(len(values))]
        found = running_medians(np.array(values, dtype=int), edges=edges, window="backward")  # type: ignore[arg-type]
        assert found.tolist() == backward


LISTS = st.lists(
    st.tuples(
        st.sampled_from([None, 2000, 2001, 2002, 2003]),
        st.lists(
            st.sampled_from([("A", 1990), ("B", 1990), ("C", 1993), ("D", None), ("E", 2002)]),
            max_size=5,
        ),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(LISTS)
def test_counted_by_hand(lists: list[tuple[int | None, list[tuple[str, int | None]]]]) -> None:
    """Counts are those of a loop over the lists, and multi-RPYS adds up to them."""
    corpus = _corpus(lists)
    last = max((year for year, _ in lists if year), default=None)
    counts: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for year, references in lists:
        for _, cited in set(references):
            if cited and (last is None or cited <= last):
                counts[cited] += 1
                if year:
                    both[year, cited] += 1
    found = rpys(corpus)
    assert {row[0]: row[1] for row in found.rows if row[1]} == counts
    bands = multi_rpys(corpus)
    assert {row[:2]: row[2] for row in bands.rows if row[2]} == both
    assert sum(both.values()) + int(str(bands.manifest["n_without"])) == sum(
        len(set(references)) for _, references in lists
    )


def test_multi_rpys_ranks() -> None:
    """Ranks run within a citing year, equal deviations share their mean rank."""
    lists = [(2001, [("A", 1990), ("B", 1992)]), (2002, [("A", 1990)])]
    found = multi_rpys(_corpus(lists))  # type: ignore[arg-type]
    assert found.rows == [
        (2001, 1990, 1, 1.0, 2.5),
        (2001, 1991, 0, 0.0, 1.0),
        (2001, 1992, 1, 1.0, 2.5),
        (2002, 1990, 1, 1.0, 3.0),
        (2002, 1991, 0, 0.0, 1.5),
        (2002, 1992, 0, 0.0, 1.5),
    ]
    assert len(multi_rpys(_corpus(lists), years=(1990, 1990))) == 2  # type: ignore[arg-type]


def test_peaks() -> None:
    """The largest deviation stands first, with its most cited references and all that tie."""
    lists = [
        (2001, [("A", 1990), ("B", 1990), ("C", 1990)]),
        (2002, [("A", 1990), ("D", 1980)]),
    ]
    found = rpys_peaks(_corpus(lists), n_references=2)  # type: ignore[arg-type]
    assert found.rows == [
        (1, 1990, 4.0, "A", None, 2, 0.5),
        (1, 1990, 4.0, "B", None, 1, 0.25),
        (1, 1990, 4.0, "C", None, 1, 0.25),
        (2, 1980, 1.0, "D", None, 1, 1.0),
    ]
    assert len(rpys_peaks(_corpus(lists), n_peaks=1, n_references=1)) == 1  # type: ignore[arg-type]
    with pytest.raises(nb.BiblioError, match="at least 1"):
        rpys_peaks(_corpus([]), n_peaks=0)


def test_all_ties() -> None:
    """Where each year is cited as often, no year inside stands out."""
    same = [(2020, [(str(year), year) for year in range(1990, 2000)])]
    found = rpys(_corpus(same), edges="median")  # type: ignore[arg-type]
    assert not any(found.column("is_peak"))
    assert set(found.column("deviation")) == {0.0}


@pytest.mark.parametrize("measure", [rpys, rpys_peaks, multi_rpys])
def test_nothing_cited(measure: Any) -> None:
    """Without references, or without years, the table is empty."""
    cases: list[Any] = [[], [(2001, [])], [(None, [("A", None)])]]
    for lists in cases:
        assert measure(_corpus(lists)).rows == []


def test_one_year() -> None:
    """A spectrum of one year has one row."""
    assert rpys(_corpus([(2001, [("A", 1990)])])).rows == [(1990, 1, 1, 0.0, 1.0, True, False)]


def test_moved_rows(corpus: nb.Corpus) -> None:
    """The order of the rows changes nothing."""
    turned = corpus.derive(
        cited_references="SELECT * FROM cited_references ORDER BY reference_id DESC"
    )
    assert rpys(turned) == rpys(corpus)
    assert multi_rpys(turned) == multi_rpys(corpus)
    assert rpys_peaks(turned) == rpys_peaks(corpus)
