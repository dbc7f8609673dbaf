"""Co-occurrence of keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of, read
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus


def test_by_hand(three_papers: Corpus) -> None:
    """Heat and flow stand together twice; a word twice in one work counts once."""
    net = cooccurrence_network(three_papers)
    assert net.labels == ("Flow", "heat", "Wave")
    assert net.nodes["occurrences"].tolist() == [2, 3, 1]
    assert net.weight.tolist() == [2.0, 1.0, 1.0]


def test_printed_words_stay_apart(three_papers: Corpus) -> None:
    """With identity='printed' case tells words apart."""
    net = cooccurrence_network(three_papers, identity="printed")
    assert net.labels == ("Flow", "HEAT", "Heat", "Wave", "flow", "heat")


def test_folding_takes_signs_away() -> None:
    """With identity='folded' hyphens and accents do not count."""
    words = [("author_keyword", word) for word in ("Café-bar", "cafe bar", "x")]
    corpus = corpus_of([Record(title="T", keywords=words)])
    assert cooccurrence_network(corpus, identity="folded").n_nodes == 2
    assert cooccurrence_network(corpus).n_nodes == 3


def test_both_kinds_of_keywords() -> None:
    """of='keywords' takes author's and index keywords together, each work once."""
    words = [("author_keyword", "heat"), ("index_keyword", "Heat"), ("index_keyword", "flow")]
    corpus = corpus_of([Record(title="T", keywords=words)])
    assert cooccurrence_network(corpus, of="keywords").weight.tolist() == [1.0]
    assert cooccurrence_network(corpus, of="index_keywords").n_nodes == 2


def test_rare_words_can_be_left_out(three_papers: Corpus) -> None:
    """min_occurrences counts works."""
    assert cooccurrence_network(three_papers, min_occurrences=2).labels == ("Flow", "heat")


def test_unknown_names(three_papers: Corpus) -> None:
    """Units and rules are checked by name."""
    with pytest.raises(UnknownNameError, match="Did you mean 'keywords'"):
        cooccurrence_network(three_papers, of="keyword")
    with pytest.raises(UnknownNameError, match="identity of terms 'x'"):
        cooccurrence_network(three_papers, identity="x")


@pytest.mark.parametrize(
    ("identity", "expected"),
    [("case-folded", (644, 2_102, 2_260)), ("printed", (747, 2_188, 2_260))],
)
def test_counted_line_by_line(
    shared_data: Path, identity: str, expected: tuple[int, int, int]
) -> None:
    """A real export gives the numbers counted from its lines."""
    corpus = read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    net = cooccurrence_network(corpus, identity=identity)
    assert (net.n_nodes, net.n_edges, net.weight.sum()) == expected
