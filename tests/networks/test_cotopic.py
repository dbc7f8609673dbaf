"""Co-topic networks, of topics and of works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.networks.cotopic import cotopic_network
from nqp_biblio.record import Person, Record

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

TOPICS = {
    1: ["pipe", "heat", "wave"],
    2: ["pipe", "heat"],
    3: ["pipe", "wave", "heat"],
    4: ["pipe"],
}


@pytest.fixture
def corpus() -> Corpus:
    """Four works; all have the topic pipe, which is ubiquitous."""
    bare = corpus_of(
        Record(title=f"T{n}", publication_year=2000 + n, people=[Person(f"Au{n}")]) for n in TOPICS
    )
    rows = [
        (work, place, word) for work, words in TOPICS.items() for place, word in enumerate(words, 1)
    ]
    columns = {
        "work_id": [work for work, _, _ in rows],
        "kind": ["topic"] * len(rows),
        "position": [place for _, place, _ in rows],
        "term_raw": [word.upper() for _, _, word in rows],
        "term": [word for _, _, word in rows],
        "is_ubiquitous": [word == "pipe" for _, _, word in rows],
    }
    return bare.replace(step={"step": "test"}, terms=columns)


def test_topics_by_works(corpus: Corpus) -> None:
    """Heat and wave share two works; a topic of all works stays out and is named."""
    net = cotopic_network(corpus)
    assert net.labels == ("heat", "wave")
    assert net.weight.tolist() == [2.0]
    assert net.manifest["ubiquitous_topics"] == ["pipe"]
    rows = net.evidence("heat", "wave")
    assert rows["title"].tolist() == ["T1", "T3"]
    assert rows["printed_a"].tolist() == ["HEAT", "HEAT"]


def test_ubiquitous_topics_on_demand(corpus: Corpus) -> None:
    """include_ubiquitous brings them in."""
    assert cotopic_network(corpus, include_ubiquitous=True).labels == ("heat", "pipe", "wave")


def test_works_by_topics(corpus: Corpus) -> None:
    """Works 1 and 3 share heat and wave, each of them shares heat with work 2."""
    net = cotopic_network(corpus, nodes="works")
    assert net.labels == ("Au1 (2001)", "Au2 (2002)", "Au3 (2003)")
    assert net.weight.tolist() == [1.0, 2.0, 1.0]
    assert net.evidence(1, 3)["link"].tolist() == ["heat", "wave"]


def test_works_by_topics_fractional(corpus: Corpus) -> None:
    """Heat is in three works and counts a half per pair, wave in two and counts one."""
    net = cotopic_network(corpus, nodes="works", counting="fractional")
    assert net.weight.tolist() == [0.5, 1.5, 0.5]


def test_topics_are_found_where_there_are_none() -> None:
    """A corpus without topics gets them from its titles."""
    titles = [
        "Pipes conveying fluid",
        "Vibration of pipes conveying fluid",
        "Pipes conveying fluid II",
    ]
    net = cotopic_network(corpus_of(Record(title=title) for title in titles))
    assert net.kind == "cotopic"
    assert net.corpus is not None
    assert len(net.corpus.terms) > 0


def test_topics_as_cooccurrence(corpus: Corpus) -> None:
    """cooccurrence_network(of='topics') is the same network."""
    assert cooccurrence_network(corpus, of="topics").labels == ("heat", "wave")


def test_unknown_nodes(corpus: Corpus) -> None:
    """A node is a topic or a work."""
    with pytest.raises(UnknownNameError, match="unknown nodes 'authors'"):
        cotopic_network(corpus, nodes="authors")
