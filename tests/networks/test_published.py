"""Networks that bibliometrix gives of its own set ``management``, of 898 works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")


def _parts(value: object) -> list[str]:
    """Split a cell at semicolons; a cell without text has no parts."""
    return [part.strip() for part in value.split(";") if part.strip()] if _is_text(value) else []


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _of_row(row: Any) -> nb.Record:
    people = [nb.Person(*name.split(" ", 1), raw=name) for name in _parts(row["AU"])]
    words = {"author_keyword": _parts(row["DE"]), "index_keyword": _parts(row["ID"])}
    return nb.Record(
        title=str(row["TI"]),
        people=people,
        keywords=[(kind, word) for kind, own in words.items() for word in own],
        cited_references=[nb.CitedReference(raw=raw) for raw in _parts(row["CR"])],
    )


@pytest.fixture(scope="module")
def corpus(shared_data: Path) -> nb.Corpus:
    """Read the set as bibliometrix has it."""
    rdata = pytest.importorskip("rdata")
    frame = rdata.read_rda(shared_data / "truths" / "management.rda")["management"]
    return nb.corpus_of(_of_row(row) for _, row in frame.iterrows())


AS_PRINTED = {"identity": "printed"}
LIKE = {"like": "bibliometrix"}
PUBLISHED: list[tuple[str, str, dict[str, Any], tuple[int, int, int]]] = [
    ("coauthorship", "authors", AS_PRINTED, (2_079, 3_149, 3_479)),
    ("cooccurrence", "author_keywords", AS_PRINTED, (2_243, 9_350, 10_357)),
    ("cooccurrence", "index_keywords", AS_PRINTED, (1_918, 18_974, 22_971)),
    ("cocitation", "authors", LIKE, (28_348, 2_064_635, 2_221_974)),
    ("cocitation", "sources", LIKE, (13_117, 750_960, 1_008_676)),
]


@pytest.mark.parametrize(("kind", "of", "options", "expected"), PUBLISHED)
def test_nodes_edges_and_weights(
    corpus: nb.Corpus, kind: str, of: str, options: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    """Nodes, edges and the sum of the weights are those published."""
    net = nb.network_of(corpus, kind, of=of, **options)
    assert (net.n_nodes, net.n_edges, net.weight.sum()) == expected


def test_the_strongest_authors(corpus: nb.Corpus) -> None:
    """Small and Garfield are cited together 70 times, each with a work behind it."""
    net = nb.cocitation_network(corpus, of="authors", like="bibliometrix")
    first, second = net.index("SMALL H"), net.index("GARFIELD E")
    is_pair = (net.source == min(first, second)) & (net.target == max(first, second))
    assert net.weight[is_pair].tolist() == [70]
    assert len(net.evidence("SMALL H", "GARFIELD E")) == 70


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"like": "citespace"}, "unknown like 'citespace'"),
        ({"like": "bibliometrix", "level": "sentence"}, "whole works and first authors only"),
        ({"like": "bibliometrix", "cited_authors": "all"}, "whole works and first authors only"),
    ],
)
def test_bad_conventions(corpus: nb.Corpus, options: dict[str, Any], match: str) -> None:
    """A convention that there is not, or that does not reach so far, is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.cocitation_network(corpus, of="authors", **options)
