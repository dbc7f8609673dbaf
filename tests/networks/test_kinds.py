"""Networks by the name of their kind."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.networks.kinds import NETWORK_KINDS, network_of


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give two works that share authors, keywords and a cited reference."""
    shared = nb.CitedReference(raw="Solow R, 1957, REV ECON STAT, V39, P312")
    people = [nb.Person(family="Ames", given="A."), nb.Person(family="Bell", given="B.")]
    records = [
        nb.Record(
            title=title,
            people=people,
            keywords=[("author_keyword", "ports"), ("author_keyword", "towns")],
            cited_references=[shared, nb.CitedReference(raw=f"{title} X, 1990, ACTA, V1, P1")],
        )
        for title in ("Harbour Growth and Street Networks", "Tidal Trade and Harbour Growth")
    ]
    return nb.corpus_of(records)


@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_each_kind_is_the_function_of_its_name(corpus: nb.Corpus, kind: str) -> None:
    """A kind by name is what the function of that kind makes."""
    net = network_of(corpus, kind)
    made = getattr(nb, f"{kind}_network")(corpus)
    assert net.kind == kind
    assert net.edges.equals(made.edges)
    assert net.nodes.equals(made.nodes)


UNITS = [
    ("cotopic", "topics", "topics"),
    ("cotopic", "works", "works"),
    ("cooccurrence", "author_keywords", "author_keywords"),
    ("citation", "sources", "sources"),
    ("cocitation", "references", "references"),
    ("coupling", "authors", "authors"),
]


@pytest.mark.parametrize(("kind", "unit", "of"), UNITS)
def test_unit(corpus: nb.Corpus, kind: str, unit: str, of: str) -> None:
    """What a node is can be said of every kind that has a choice, by the same word."""
    assert network_of(corpus, kind, of=unit).of == of


def test_none_is_the_default(corpus: nb.Corpus) -> None:
    """An option that is None is left to its default."""
    net = network_of(corpus, "coupling", of=None, counting=None, min_weight=None)
    assert net.manifest == nb.coupling_network(corpus).manifest


def test_options_are_passed_on(corpus: nb.Corpus) -> None:
    """Options reach the function."""
    net = network_of(corpus, "coauthorship", counting="fractional", min_weight=0.5)
    assert net.manifest["parameters"]["counting"] == "fractional"
    assert net.weight.tolist() == [2.0]


def test_unknown_kind(corpus: nb.Corpus) -> None:
    """A kind that there is not is refused, with the one that was meant."""
    with pytest.raises(nb.BiblioError, match="unknown kind of network 'cocite'; known: cotopic"):
        network_of(corpus, "cocite")


def test_unknown_option(corpus: nb.Corpus) -> None:
    """An option that a kind has not is refused, with those that it has."""
    with pytest.raises(nb.BiblioError, match=r"a citation network has no option 'level'; it has"):
        network_of(corpus, "citation", level="section")
