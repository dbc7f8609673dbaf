"""The works behind nodes and edges of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest

import nqp_biblio as nb
from maps_to_view import corpus_of_topics
from nqp_biblio.outputs import viewer_works
from nqp_biblio.outputs.viewer_works import Behind, works_behind

if TYPE_CHECKING:
    from pathlib import Path

KINDS: list[tuple[str, dict[str, Any]]] = [
    ("cooccurrence", {"of": "author_keywords"}),
    ("coauthorship", {}),
    ("coauthorship", {"min_occurrences": 2}),
    ("cocitation", {}),
    ("coupling", {}),
    ("coupling", {"of": "authors"}),
    ("citation", {}),
    ("citation", {"of": "authors"}),
    ("multimode", {"fields": ("authors", "author_keywords")}),
]


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give eight works with keywords, authors and references."""
    return corpus_of_topics()


def _unpacked(packed: dict[str, list[int]]) -> list[list[int]]:
    """Undo the steps, list by list."""
    lists, place = [], 0
    for n in packed["n"]:
        lists.append(np.cumsum(packed["at"][place : place + n]).tolist())
        place += n
    assert place == len(packed["at"])
    return lists


def _behind_edges(net: nb.Network) -> list[list[int]]:
    """Return what the page finds behind each edge: numbers that both lists have."""
    behind = works_behind(net)
    assert behind is not None
    lists = {name: _unpacked(packed) for name, packed in behind.lists.items()}
    first = lists.get("first", lists["of_node"])
    second = lists.get("second", first)
    return [
        sorted(set(first[a]) & set(second[b]))
        for a, b in zip(net.source.tolist(), net.target.tolist(), strict=True)
    ]


def _expected(net: nb.Network, a: int, b: int) -> int:
    """Count what ``evidence`` says: works, or for coupling the things that both have."""
    assert net.trace is not None
    rows = net.trace(a, b)
    return len(rows) if net.kind == "coupling" else len({row[0] for row in rows})


@pytest.mark.parametrize(("kind", "options"), KINDS, ids=str)
def test_meetings_are_the_evidence(corpus: nb.Corpus, kind: str, options: dict[str, Any]) -> None:
    """What two lists share is what ``evidence`` finds behind the edge, for every edge."""
    net = nb.network_of(corpus, kind, **options)
    assert net.n_edges
    found = [len(numbers) for numbers in _behind_edges(net)]
    ends = zip(net.source.tolist(), net.target.tolist(), strict=True)
    assert found == [_expected(net, a, b) for a, b in ends]


@pytest.mark.parametrize(("kind", "options"), KINDS, ids=str)
def test_works_of_nodes_are_the_evidence(
    corpus: nb.Corpus, kind: str, options: dict[str, Any]
) -> None:
    """The list of a node names the works that ``evidence`` gives for it."""
    net = nb.network_of(corpus, kind, **options)
    behind = works_behind(net)
    assert behind is not None
    lists = _unpacked(behind.lists["of_node"])
    for node in range(net.n_nodes):
        titles = {behind.works["title"][number] for number in lists[node]}
        assert titles == set(net.evidence(int(net.ids[node]))["title"])


def test_part_of_a_network(corpus: nb.Corpus) -> None:
    """A part of a part of a network still knows its works."""
    net = nb.cooccurrence_network(corpus, of="author_keywords").top(5).top(3)
    ends = zip(net.source.tolist(), net.target.tolist(), strict=True)
    found = [len(numbers) for numbers in _behind_edges(net)]
    assert found == [_expected(net, a, b) for a, b in ends]


@pytest.mark.parametrize("kind", ["cooccurrence", "coauthorship", "cocitation", "coupling"])
def test_real_works(shared_data: Path, kind: str) -> None:
    """In a real file, what two lists share is what ``evidence`` finds."""
    corpus = nb.normalise(nb.read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib"))
    options = {"of": "keywords"} if kind == "cooccurrence" else {}
    net = nb.network_of(corpus, kind, **options).top(150)
    found = _behind_edges(net)
    for edge in range(0, net.n_edges, max(1, net.n_edges // 30)):
        a, b = int(net.source[edge]), int(net.target[edge])
        assert len(found[edge]) == _expected(net, a, b)


@pytest.mark.parametrize("level", ["paragraph", "section"])
def test_passages(shared_data: Path, level: Literal["paragraph", "section"]) -> None:
    """Behind a link of references cited in one passage stands the work, once."""
    net = nb.cocitation_network(nb.read(shared_data / "seed_paper.txt"), level=level)
    behind = works_behind(net)
    assert net.n_edges == 1
    assert [len(numbers) for numbers in _behind_edges(net)] == [1]
    assert behind is not None
    assert set(behind.sets or []) == {0}


def test_works_are_described(corpus: nb.Corpus) -> None:
    """A work has title, first authors, year, DOI and citations."""
    behind = works_behind(nb.coauthorship_network(corpus))
    assert behind is not None
    first = {name: values[0] for name, values in behind.works.items()}
    assert first == {
        "title": "Work 0 on heat and flow and pump",
        "by": "Adams, A.; Both",
        "year": 2010,
        "link": "10.5555/w0",
        "cited": 0,
    }


@pytest.mark.parametrize(
    ("doi", "url", "link"),
    [
        ("10.5555/a b<c>", None, "10.5555/a%20b%3Cc%3E"),
        (None, "https://example.org/1", "https://example.org/1"),
        (None, "javascript:alert(1)", None),
        ("javascript:alert(1)", "ftp://example.org", None),
        (None, None, None),
    ],
)
def test_addresses(doi: str | None, url: str | None, link: str | None) -> None:
    """Only DOIs and addresses of the web are kept."""
    assert viewer_works._address(doi, url) == link


def test_without_a_corpus(corpus: nb.Corpus, tmp_path: Path) -> None:
    """A network read from a file has no works."""
    nb.write(nb.coauthorship_network(corpus), tmp_path / "net.graphml")
    assert works_behind(nb.read_network(tmp_path / "net.graphml")) is None


def test_too_many_works(corpus: nb.Corpus) -> None:
    """Of too many works the most cited are kept, and a note says so."""
    behind = works_behind(nb.coauthorship_network(corpus), max_works=3)
    assert behind is not None
    assert behind.works["cited"] == [50, 60, 70]
    assert behind.notes == ["Of the 8 works behind the map the 3 most cited are listed."]
    assert max(max(numbers, default=0) for numbers in _unpacked(behind.lists["of_node"])) == 2


def test_too_many_places(corpus: nb.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the lists are too long for a page they are left out, and a note says so."""
    monkeypatch.setattr(viewer_works, "MAX_ENTRIES", 3)
    behind = works_behind(nb.coauthorship_network(corpus))
    assert behind == Behind(
        notes=["The works behind nodes and links are too many for a page and are left out."]
    )
