"""Knowledge flow between sources, fields and clusters."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_corpus import Made, made_corpus

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.knowledge_flow import knowledge_flow, knowledge_flow_links

if TYPE_CHECKING:
    import nqp_biblio as nb


def _cites(*cited: int) -> tuple[tuple[int, float], ...]:
    return tuple((work, 1.0) for work in cited)


WORKS = [
    Made(source=0, cites=_cites(1, 2)),
    Made(source=0, cites=_cites(2, 3)),
    Made(source=1, cites=_cites(0)),
    Made(source=2),
    Made(source=None, cites=_cites(0)),
]


def _rows(found: nb.Result) -> dict[Any, dict[str, Any]]:
    return {row[1]: dict(zip(found.columns, row, strict=True)) for row in found.rows}


def test_by_hand() -> None:
    """Journal 0 cites itself once and others three times, and is cited once."""
    found = knowledge_flow(made_corpus(WORKS))
    first = _rows(found)["Journal 0"]
    assert [first[name] for name in ("self_citations", "exports", "imports")] == [1, 1, 3]
    assert (first["net_flow"], first["self_share"], first["self_share_received"]) == (-2, 0.25, 0.5)
    assert (first["n_cited_by"], first["n_citing"]) == (1, 2)
    assert found.column("name") == ["Journal 1", "Journal 0", "Journal 2"]
    assert _rows(found)["Journal 2"]["self_share"] is None
    assert (found.manifest["n_citations"], found.manifest["n_without"]) == (6, 1)


def test_matrix_by_hand() -> None:
    """The matrix has the citations of each pair, the most first."""
    found = knowledge_flow_links(made_corpus(WORKS))
    assert [(row[1], row[3], row[4]) for row in found.rows] == [
        ("Journal 0", "Journal 1", 2),
        ("Journal 0", "Journal 0", 1),
        ("Journal 0", "Journal 2", 1),
        ("Journal 1", "Journal 0", 1),
    ]
    assert found.column("share_of_citing") == [0.5, 0.25, 0.25, 1]
    assert found.column("share_of_cited") == [1, 0.5, 1, 0.5]
    assert len(knowledge_flow_links(made_corpus(WORKS), min_citations=2)) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("xyz"), max_size=3, unique=True),
            st.lists(st.integers(0, 4), max_size=5, unique=True),
        ),
        min_size=5,
        max_size=5,
    ),
    st.sampled_from(["full", "fractional"]),
)
def test_as_counted_one_by_one(works: list[tuple[list[str], list[int]]], counting: Any) -> None:
    """Flows are those of the citations taken one at a time; exports and imports balance."""
    flow: dict[tuple[str, str], float] = defaultdict(float)
    for i, (own, cited) in enumerate(works):
        for j in cited:
            for a in own if i != j else ():
                for b in works[j][0]:
                    n_pairs = len(own) * len(works[j][0])
                    flow[a, b] += 1 / n_pairs if counting == "fractional" else 1
    corpus = made_corpus([Made(keywords=tuple(own), cites=_cites(*cited)) for own, cited in works])
    links = knowledge_flow_links(corpus, "author_keywords", counting=counting)
    shown = {(row[0], row[2]): row[4] for row in links.rows}
    assert shown == pytest.approx(dict(flow))
    found = knowledge_flow(corpus, "author_keywords", counting=counting)
    exports: Counter[str] = Counter()
    for (a, b), count in flow.items():
        exports[b] += count if a != b else 0  # type: ignore[assignment]
    for name, row in _rows(found).items():
        assert row["exports"] == pytest.approx(exports[name])
    assert sum(found.column("net_flow")) == pytest.approx(0, abs=1e-7)


def test_clusters() -> None:
    """Groups of works given by their keys stand for clusters."""
    found = knowledge_flow(
        made_corpus(WORKS), "clusters", groups={1: "one", 2: "one", 3: "two", 5: "two"}
    )
    assert found.column("name") == ["one", "two"]
    assert found.column("exports") == [2, 2]
    assert found.column("n_works") == [2, 2]


@pytest.mark.parametrize("works", [[], [Made()], [Made(year=None), Made(year=None)]])
def test_no_citations(works: list[Made]) -> None:
    """Without citations flows are 0, shares are missing, and the manifest says why."""
    found = knowledge_flow(made_corpus(works))
    assert found.column("exports") == [0] * len(found)
    assert found.column("self_share") == [None] * len(found)
    assert "link_references" in str(found.manifest["warning"])
    assert knowledge_flow_links(made_corpus(works)).rows == []


def test_as_of() -> None:
    """Citations by works published later do not count."""
    works = [Made(year=2010), Made(year=2012, source=1, cites=_cites(0)), Made(year=2020)]
    works[2] = Made(year=2020, source=2, cites=_cites(0, 1))
    assert len(knowledge_flow_links(made_corpus(works), as_of=2015)) == 1


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"of": "colours"}, UnknownNameError, "owner"),
        ({"counting": "whole"}, UnknownNameError, "counting"),
        ({"min_citations": -1}, OptionError, "at least 0"),
        ({"of": "countries"}, OptionError, "find_places"),
    ],
)
def test_refused(options: dict[str, Any], error: type[Exception], match: str) -> None:
    """Options that cannot be are told."""
    with pytest.raises(error, match=match):
        knowledge_flow_links(made_corpus(WORKS), **options)
