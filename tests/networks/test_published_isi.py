"""Networks that metaknowledge gives of its own file ``testFile.isi``, and where ours differ.

Its file has 34 records, of which two stand in it twice (works 6 and 8 repeat 5 and 7).
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.networks.identity import reference_keys

if TYPE_CHECKING:
    from pathlib import Path

REPEATED = (6, 8)
KEYS = reference_keys("author-year-source")
Pairs = Counter[tuple[str, str]]


def _author(raw: str) -> str | None:
    """Author of a reference as metaknowledge reads it: no points, no case."""
    first = raw.split(",", maxsplit=1)[0]
    return None if first[0].isdigit() else first.replace(".", "").title()


def _key(raw: str) -> str | None:
    """Author, year and source as printed, blanks included; none of an anonymous work."""
    author = _author(raw)
    if author == "[Anonymous]":
        return None
    parts = [part.removeprefix(" ") for part in raw.upper().split(",")]
    return "|".join([author or "", *parts[1:3]]) if author else "|".join(parts[:2])


def _printed(path: Path) -> list[list[str]]:
    """List the cited references of each record, letter by letter, but those of work 6."""
    works: list[list[str]] = []
    tag = ""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        tag = line[:2].strip() or tag
        if line.startswith("PT"):
            works.append([])
        if tag == "CR" and line[3:].strip():
            works[-1].append(line[3:])
    return [own for number, own in enumerate(works, 1) if number != REPEATED[0]]


def _joined(works: list[list[str]]) -> Pairs:
    """Join all that stand in one work; what stands in it twice is joined with itself."""
    pairs: Pairs = Counter()
    for own in works:
        for a, b in combinations(own, 2):
            pairs[min(a, b), max(a, b)] += 1
    return pairs


def _nodes(works: list[list[str]]) -> set[str]:
    return {key for own in works for key in own}


def _keys(works: list[list[str]]) -> list[list[str]]:
    return [[key for raw in own if (key := _key(raw))] for own in works]


@pytest.fixture(scope="module")
def works(shared_data: Path) -> list[list[str]]:
    """Give the references of each work as printed."""
    return _printed(shared_data / "truths" / "testFile.isi")


@pytest.fixture(scope="module")
def corpus(isi_corpus: nb.Corpus) -> nb.Corpus:
    """Give the works, each once."""
    return isi_corpus.filter("work_id NOT IN (6, 8)")


def test_coauthors(isi_corpus: nb.Corpus) -> None:
    """Names as printed are its 45 authors, with 46 edges; nine have no co-author."""
    net = nb.coauthorship_network(isi_corpus, identity="printed")
    joined = set(net.source.tolist()) | set(net.target.tolist())
    assert (net.n_nodes, net.n_edges, net.n_nodes - len(joined)) == (45, 46, 9)


def test_coauthors_once_each(isi_corpus: nb.Corpus) -> None:
    """By name and initials one author is printed in two ways."""
    assert nb.coauthorship_network(isi_corpus).n_nodes == 44


def test_keywords(isi_corpus: nb.Corpus) -> None:
    """Its keywords are those of the index."""
    net = nb.cooccurrence_network(isi_corpus, of="index_keywords")
    assert (net.n_nodes, net.n_edges) == (41, 142)


def test_what_its_cocitations_are(works: list[list[str]]) -> None:
    """Its rule, worked by hand: 493 nodes, 13,011 edges, 22 of them loops."""
    pairs = _joined(_keys(works))
    loops = [pair for pair in pairs if pair[0] == pair[1]]
    others = sum(n for pair, n in pairs.items() if pair[0] != pair[1])
    assert (len(_nodes(_keys(works))), len(pairs), len(loops), others) == (493, 13_011, 22, 16_316)
    assert pairs["Goos F|1947|ANN PHYS-BERLIN", "Lotsch Hkv|1970|OPTIK"] == 16


def test_what_its_cocited_authors_are(works: list[list[str]]) -> None:
    """Its authors: 320 names, and 6,733 edges with the 68 that join one with itself."""
    own = [[name for raw in refs if (name := _author(raw)) and _key(raw)] for refs in works]
    pairs = _joined(own)
    assert (len(_nodes(own)), len(pairs), sum(a == b for a, b in pairs)) == (320, 6_733, 68)


def test_where_cocitation_differs(corpus: nb.Corpus, works: list[list[str]]) -> None:
    """Ours by author, year and source is its network but for four things, each undone here.

    Runs of blanks in a source are one blank; ``Born M.`` and ``Born M`` are two; a work
    without a name, ``[ANONYMOUS], 1968, PHYS REV``, counts; none is joined with itself.
    """
    alike = [[" ".join(key.split()) for key in own] for own in _keys(works)]
    assert len(_nodes(_keys(works)) - _nodes(alike)) > 0
    theirs = {pair for pair in _joined(alike) if pair[0] != pair[1]}
    assert (len(_nodes(alike)), len(theirs)) == (492, 12_945)

    net = nb.cocitation_network(corpus, identity="author-year-source")
    assert (net.n_nodes, net.n_edges) == (494, 12_951)
    raw_of = dict(corpus.sql(f"SELECT key, MIN(raw) FROM ({KEYS}) AS k GROUP BY 1 ORDER BY 1"))
    theirs_of = dict(enumerate((_key(raw) for raw in raw_of.values()), 1))
    ours = set()
    for one, two in zip(net.ids[net.source].tolist(), net.ids[net.target].tolist(), strict=True):
        a, b = theirs_of[one], theirs_of[two]
        if a and b and a != b:
            ours.add((min(a, b), max(a, b)))
    assert ours == theirs


def test_where_coupling_differs(corpus: nb.Corpus, works: list[list[str]]) -> None:
    """Its coupling has 32 works, 304 edges, weight 1,186, at most 18; ours 307 and 1,195.

    The rest is a volume of 1968 by no author, and blanks in a source.
    """
    net = nb.coupling_network(corpus, identity="author-year-source")
    assert (net.n_nodes, net.n_edges, net.weight.sum(), net.weight.max()) == (32, 307, 1_195, 18)
    once = [own for number, own in enumerate(works, 1) if number != REPEATED[1] - 1]
    sets = [{_key(raw) or raw for raw in own} for own in once]
    shared = [n for a, b in combinations(sets, 2) if (n := len(a & b))]
    assert (len(sets), len(shared), sum(shared), max(shared)) == (32, 304, 1_186, 18)
