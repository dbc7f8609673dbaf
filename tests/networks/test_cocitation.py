"""Co-citation, on whole works and on passages."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of, read
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.cocitation import cocitation_network
from nqp_biblio.record import CitedReference, Record

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network


def _weights(net: Network) -> dict[tuple[str, str], float]:
    ends = zip(net.edges["source_label"], net.edges["target_label"], strict=True)
    return dict(zip(ends, net.weight.tolist(), strict=True))


def test_by_hand(three_papers: Corpus) -> None:
    """X and Y are cited together twice; a reference that is a work is called as the work."""
    net = cocitation_network(three_papers)
    assert _weights(net) == {
        ("Aold (1990)", "Xu A (2000)"): 1.0,
        ("Aold (1990)", "Yu B (2001)"): 1.0,
        ("Xu A (2000)", "Yu B (2001)"): 2.0,
    }
    rows = net.evidence("Xu A (2000)", "Yu B (2001)")
    assert rows["title"].tolist() == ["Paper 1", "Paper 2"]
    assert rows["printed_b"].tolist() == ["Yu B, 2001, J TWO"] * 2


def test_authors_and_sources(three_papers: Corpus) -> None:
    """First authors and journals are joined in the same way."""
    authors = cocitation_network(three_papers, of="authors")
    assert authors.labels == ("Aold, E", "Xu A", "Yu B")
    sources = cocitation_network(three_papers, of="sources")
    assert _weights(sources)[("J ONE", "J TWO")] == 2.0


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("work", {(1, 2): 1, (1, 3): 1, (1, 4): 1, (2, 3): 1, (2, 4): 1, (3, 4): 1}),
        ("section", {(1, 2): 2, (1, 3): 1, (1, 4): 1, (2, 3): 1, (2, 4): 1, (3, 4): 1}),
        ("paragraph", {(1, 2): 2, (1, 3): 1, (2, 3): 1}),
        ("sentence", {(1, 2): 2}),
    ],
)
def test_levels(read_whole: Corpus, level: str, expected: dict[tuple[int, int], int]) -> None:
    """The nearer references must be cited, the fewer edges there are."""
    net = cocitation_network(read_whole, level=level)  # type: ignore[arg-type]
    names = {n: f"Author{n} A (200{n})" for n in range(1, 5)}
    assert _weights(net) == {(names[a], names[b]): n for (a, b), n in expected.items()}


def test_proximity(read_whole: Corpus) -> None:
    """A pair counts by its nearest place: 1 in a sentence, 1/2, 1/4 and 1/8 further apart."""
    net = cocitation_network(read_whole, level="proximity")
    names = {n: f"Author{n} A (200{n})" for n in range(1, 5)}
    expected = {(1, 2): 1.0, (1, 3): 0.5, (2, 3): 0.5, (1, 4): 0.25, (2, 4): 0.25, (3, 4): 0.25}
    assert _weights(net) == {(names[a], names[b]): n for (a, b), n in expected.items()}
    assert net.manifest["references"][0].startswith("Gipp, B. & Beel, J. (2009)")
    net = cocitation_network(read_whole, level="proximity", min_weight=0.5)
    assert len(net.weight) == 3


@pytest.mark.parametrize("of", ["references", "authors", "sources"])
def test_proximity_without_citations_in_the_text(three_papers: Corpus, of: str) -> None:
    """Where nothing says how near, a work counts 1/8; fractional counting takes its share."""
    near = cocitation_network(three_papers, of=of, level="proximity", counting="fractional")
    plain = cocitation_network(three_papers, of=of, counting="fractional")
    assert near.labels == plain.labels
    assert near.weight.tolist() == pytest.approx((plain.weight / 8).tolist())


def test_a_sentence_is_its_own_evidence(read_whole: Corpus) -> None:
    """Evidence of sentence co-citation quotes the sentences; of sections, their headings."""
    net = cocitation_network(read_whole, level="sentence")
    assert net.evidence(1, 2)["link"].tolist() == ["Sentence 1.", "Sentence 4."]
    net = cocitation_network(read_whole, level="section")
    assert net.evidence(1, 2)["link"].tolist() == ["1 Introduction", "2 Model"]


@pytest.mark.parametrize(
    ("identity", "keys", "differing"),
    [("printed", 5, 0), ("doi", 4, 0), ("author-year-source", 3, 1), ("resolved", 3, 0)],
)
def test_identity_rules(variants: Corpus, identity: str, keys: int, differing: int) -> None:
    """Each rule joins what it says, and the manifest tells where it joined too much."""
    net = cocitation_network(variants, identity=identity)
    told = net.manifest["identity"]
    assert (net.n_nodes, told["keys"], told["keys_with_different_dois"]) == (keys, keys, differing)
    assert told["strings"] == 5


def test_options_are_checked(three_papers: Corpus) -> None:
    """Names of units, levels and rules are checked."""
    for options, match in (
        ({"of": "titles"}, "cited unit 'titles'"),
        ({"level": "chapter"}, "level 'chapter'"),
        ({"identity": "isbn"}, "identity of references 'isbn'"),
    ):
        with pytest.raises(UnknownNameError, match=match):
            cocitation_network(three_papers, **options)  # type: ignore[arg-type]


def test_counted_line_by_line(shared_data: Path) -> None:
    """A real export gives the numbers counted from its lines, references as printed."""
    corpus = read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    net = cocitation_network(corpus, identity="printed")
    assert (net.n_nodes, net.n_edges, net.weight.sum()) == (6_272, 261_717, 281_888)
    top = sorted(net.weight.tolist(), reverse=True)[:10]
    assert top == [51, 48, 42, 40, 36, 31, 29, 29, 29, 28]
    told = cocitation_network(corpus, identity="author-year-source").manifest["identity"]
    assert (told["keys"], told["keys_that_join"], told["keys_with_different_dois"]) == (
        6_205,
        59,
        28,
    )


@pytest.mark.parametrize("identity", ["doi", "author-year-source"])
def test_the_rules_against_a_plain_loop(shared_data: Path, identity: str) -> None:
    """On a real export the rules give what a loop over the rows gives."""
    corpus = read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    cited: dict[int, set[str]] = {}
    for work, raw, doi, author, year, source in corpus.sql(
        "SELECT citing_work_id, raw, doi, first_author, publication_year, source_raw"
        " FROM cited_references"
    ):
        named = f"{author}|{year}|{source}".lower() if author and year and source else raw
        cited.setdefault(work, set()).add((doi or raw) if identity == "doi" else named)
    pairs = Counter(pair for keys in cited.values() for pair in combinations(sorted(keys), 2))
    net = cocitation_network(corpus, identity=identity)
    assert (net.n_edges, net.weight.sum()) == (len(pairs), pairs.total())


def _isi_references(path: Path) -> list[list[str]]:
    """Read the lists of references of a Web of Science file."""
    lists: list[list[str]] = []
    tag = ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        tag = line[:2] if line[:2].strip() else tag
        if line.startswith("PT "):
            lists.append([])
        if tag == "CR" and lists and line[3:].strip():
            lists[-1].append(line[3:].strip())
    return lists


def test_an_old_export(shared_data: Path) -> None:
    """On a Web of Science file the network is that of a plain loop over its lists."""
    lists = _isi_references(shared_data / "truths" / "testFile.isi")
    corpus = corpus_of(
        Record(title="T", cited_references=[CitedReference(raw=raw) for raw in raws])
        for raws in lists
    )
    net = cocitation_network(corpus, identity="printed")
    pairs = Counter(pair for raws in lists for pair in combinations(sorted(set(raws)), 2))
    assert net.n_nodes == len({raw for raws in lists for raw in raws})
    assert (net.n_edges, net.weight.sum()) == (len(pairs), pairs.total())
    assert net.weight.max() == 16
