"""Networks period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus


def test_periods_by_hand(three_papers: Corpus) -> None:
    """Each period has the works of its years, and the slice is in the manifest."""
    nets = nb.slice_network(three_papers, "coauthorship", periods=[(2001, 2002), (2003, 2003)])
    assert list(nets) == ["2001-2002", "2003-2003"]
    assert nets["2001-2002"].weight.tolist() == [2.0, 1.0, 1.0]
    assert nets["2003-2003"].labels == ("Afour, D", "Atwo, B")
    told = nets["2003-2003"].manifest["slice"]
    assert told == {"first": 2003, "last": 2003, "cumulative": False, "works_without_year": 0}


def test_widths_cover_all_years(three_papers: Corpus) -> None:
    """Periods of a width run from the first year to the last."""
    nets = nb.slice_network(three_papers, "cocitation", width=6)
    assert list(nets) == ["1990-1995", "1996-2001", "2002-2003"]
    total = nb.cocitation_network(three_papers).weight.sum()
    assert sum(net.weight.sum() for net in nets.values()) == total


def test_cumulative_ends_with_the_whole(three_papers: Corpus) -> None:
    """The last of cumulative networks is that of all years."""
    nets = nb.slice_network(three_papers, "coupling", width=5, cumulative=True)
    last = list(nets.values())[-1]
    whole = nb.coupling_network(three_papers)
    assert last.labels == whole.labels
    assert last.weight.tolist() == whole.weight.tolist()
    assert all(name.startswith("1990-") for name in nets)


KINDS = [
    ("coauthorship", {}),
    ("cocitation", {"of": "authors"}),
    ("cooccurrence", {"of": "text_terms"}),
    ("coupling", {"of": "sources"}),
    ("citation", {"of": "works"}),
    ("cotopic", {}),
    ("multimode", {"of": "authors+author_keywords"}),
]


@pytest.mark.parametrize(("kind", "options"), KINDS)
def test_a_node_is_the_same_in_all(shared_data: Path, kind: str, options: dict[str, Any]) -> None:
    """On a real export an id has one label in all periods, and in the whole."""
    corpus = nb.read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    nets = nb.slice_network(corpus, kind, width=8, **options)
    whole = nb.network_of(corpus, kind, **options)
    names = dict(zip(whole.ids.tolist(), whole.labels, strict=True))
    assert len(nets) > 1
    for net in nets.values():
        shown = dict(zip(net.ids.tolist(), net.labels, strict=True))
        assert shown.items() <= names.items()
    if kind in {"coauthorship", "cocitation", "multimode"}:
        dated = nb.network_of(corpus, kind, years=(1900, 2100), **options)
        assert sum(net.weight.sum() for net in nets.values()) == dated.weight.sum()


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({}, "give either periods or width"),
        ({"periods": [(2001, 2002)], "width": 2}, "give either periods or width"),
        ({"periods": []}, "periods is empty"),
        ({"width": 0}, "width is 0"),
        ({"width": 2, "years": (2001, 2002)}, "years is set by the periods"),
        ({"periods": [(2002, 2001)]}, "must not be before the first"),
    ],
)
def test_bad_options(three_papers: Corpus, options: dict[str, Any], match: str) -> None:
    """Periods must be said, once."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.slice_network(three_papers, "coauthorship", **options)


def test_a_corpus_without_years() -> None:
    """Without years there is nothing to cut."""
    with pytest.raises(nb.BiblioError, match="no work of this corpus has a year"):
        nb.slice_network(nb.corpus_of([nb.Record(title="A")]), "cotopic", width=2)
