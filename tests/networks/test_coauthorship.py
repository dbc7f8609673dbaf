"""Co-authorship."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of, read
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.coauthorship import coauthorship_network
from nqp_biblio.record import Person, Record

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network


def _weights(net: Network) -> dict[tuple[str, str], float]:
    ends = zip(net.edges["source_label"], net.edges["target_label"], strict=True)
    return dict(zip(ends, net.weight.tolist(), strict=True))


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("full", [1.0, 2.0, 1.0, 1.0]),
        ("fractional", [1.0, 1.5, 0.5, 0.5]),
    ],
)
def test_the_example_of_the_manual(
    three_papers: Corpus, counting: str, expected: list[float]
) -> None:
    """The three documents of VOSviewer's manual give its weights, full and fractional."""
    weights = _weights(coauthorship_network(three_papers, counting=counting))  # type: ignore[arg-type]
    pairs = [("Afour, D", "Atwo, B"), ("Aone, A", "Athree, C")]
    pairs += [("Aone, A", "Atwo, B"), ("Athree, C", "Atwo, B")]
    assert [weights[pair] for pair in pairs] == expected
    assert len(weights) == len(pairs)


def test_fractions_count_all_authors(three_papers: Corpus) -> None:
    """An author left out for being rare still divides the work."""
    net = coauthorship_network(three_papers, counting="fractional", min_occurrences=2)
    assert _weights(net)[("Aone, A", "Atwo, B")] == 0.5
    assert "Afour, D" not in net.labels


def test_large_teams_can_be_left_out(three_papers: Corpus) -> None:
    """max_items_per_work leaves out works, and the manifest counts them."""
    net = coauthorship_network(three_papers, max_items_per_work=2)
    assert _weights(net)[("Aone, A", "Athree, C")] == 1.0
    assert net.manifest["works_left_out"] == 1


@pytest.mark.parametrize(
    ("identity", "n_authors"),
    [("resolved", 3), ("surname-initials", 4), ("surname-initial", 2), ("printed", 5)],
)
def test_the_rule_decides_who_is_who(identity: str, n_authors: int) -> None:
    """Each rule joins the names that it says."""
    names = ["Díaz, Li-Qun", "Diaz, L. Q.", "DIAZ, LQ", "Diaz, L.", "Chen, L."]
    people = [[Person(*name.split(", "), raw=name)] for name in names]
    corpus = corpus_of(Record(title="T", people=person) for person in people)
    assert coauthorship_network(corpus, identity=identity).n_nodes == n_authors


def test_the_resolved_author_comes_first() -> None:
    """Where normalise gave an author, its name is the node."""
    corpus = corpus_of(
        Record(title="T", people=[Person("Chen", "L.", raw="Chen L"), Person("Wu", "Q")])
        for _ in range(2)
    )
    table = corpus.authorships.astype(object)
    table = table.where(table.notna(), None)
    table["author"] = ["Chen, Long", None, "Chen, Li", None]
    columns = {name: table[name].tolist() for name in table.columns}
    net = coauthorship_network(corpus.replace(step={"step": "test"}, authorships=columns))
    assert net.labels == ("Chen, Li", "Chen, Long", "Wu, Q")


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"identity": "orcid"}, UnknownNameError, "identity of authors 'orcid'"),
        ({"max_items_per_work": 0}, OptionError, "max_items_per_work is 0"),
        ({"min_occurrences": 0}, OptionError, "min_occurrences is 0"),
        ({"min_weight": -1}, OptionError, "min_weight is -1"),
    ],
)
def test_bad_options(
    three_papers: Corpus, options: dict[str, object], error: type[Exception], match: str
) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        coauthorship_network(three_papers, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("identity", "expected"),
    [("surname-initials", (476, 792, 938)), ("printed", (518, 827, 941))],
)
def test_counted_line_by_line(
    shared_data: Path, identity: str, expected: tuple[int, int, int]
) -> None:
    """A real export gives the numbers counted from its lines."""
    corpus = read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    net = coauthorship_network(corpus, identity=identity)
    assert (net.n_nodes, net.n_edges, net.weight.sum()) == expected


def test_a_published_vosviewer_map(shared_data: Path) -> None:
    """From 2,338 records to a published map: every author, link, weight and year."""
    folder = shared_data / "truths" / "csss"
    corpus = read(folder / "savedrecs_*.txt")
    net = coauthorship_network(corpus, of="authors", min_occurrences=2, like="vosviewer")
    assert net.n_nodes == 2_523
    net = net.largest_component()
    assert (net.n_nodes, net.n_edges) == (2_234, 15_675)
    with (folder / "vosviewer_map.txt").open(encoding="utf-8-sig") as file:
        items = {row["label"]: row for row in csv.DictReader(file, delimiter="\t")}
    name_of = {row["id"]: label for label, row in items.items()}
    with (folder / "vosviewer_network.txt").open(encoding="utf-8-sig") as file:
        links = {
            tuple(sorted((name_of[a], name_of[b]))): float(w)
            for a, b, w in csv.reader(file, delimiter="\t")
        }
    nodes = net.nodes.set_index("label")
    documents = {label: float(row["weight<Documents>"]) for label, row in items.items()}
    years = {label: float(row["score<Avg. pub. year>"]) for label, row in items.items()}
    assert nodes["occurrences"].to_dict() == documents
    assert nodes["mean_year"].to_dict() == pytest.approx(years, abs=1e-4)
    assert _weights(net) == links
    assert net.weight.sum() == 29_064
