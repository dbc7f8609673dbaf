"""What a node can be: places, all authors cited, terms of texts, and the evidence of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from unit_cases import CASES, GHENT, OSLO, works

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give three works with addresses, of which one cites another."""
    return nb.find_places(nb.corpus_of(works()))


def _edges(net: nb.Network) -> dict[tuple[str, str], float]:
    table = net.edges
    return {
        (a, b): weight
        for a, b, weight in zip(
            table["source_label"], table["target_label"], table["weight"], strict=True
        )
    }


def test_countries_by_works(corpus: nb.Corpus) -> None:
    """Countries are joined by the works with addresses in both, under their names."""
    net = nb.coauthorship_network(corpus, of="countries")
    assert _edges(net) == {("Belgium", "Sweden"): 1.0, ("Norway", "Sweden"): 1.0}
    assert net.evidence("Norway")["printed"].tolist() == [OSLO, OSLO]


def test_institutions_by_works(corpus: nb.Corpus) -> None:
    """Institutions are joined by the works of both, with the address as evidence."""
    net = nb.coauthorship_network(corpus, of="institutions")
    assert net.n_nodes == 3
    assert net.n_edges == 2
    a, b = int(net.ids[net.source[0]]), int(net.ids[net.target[0]])
    assert net.evidence(a, b)["printed_a"].tolist() == [GHENT]


def test_countries_by_what_they_cite(corpus: nb.Corpus) -> None:
    """Coupling of countries counts each shared reference once."""
    net = nb.coupling_network(corpus, of="countries")
    assert _edges(net) == {
        ("Belgium", "Norway"): 1.0,
        ("Belgium", "Sweden"): 1.0,
        ("Norway", "Sweden"): 2.0,
    }


def test_countries_that_cite(corpus: nb.Corpus) -> None:
    """Sweden cites Norway; Norway cites itself, which is an edge when asked."""
    net = nb.citation_network(corpus, of="countries")
    assert _edges(net) == {("Sweden", "Norway"): 1.0}
    assert net.manifest["self_citations_left_out"] == 1
    net = nb.citation_network(corpus, of="countries", self_loops=True)
    assert _edges(net)["Norway", "Norway"] == 1.0
    assert len(net.evidence("Norway", "Norway")) == 1


@pytest.mark.parametrize("of", ["institutions", "countries"])
@pytest.mark.parametrize("make", [nb.coauthorship_network, nb.coupling_network])
def test_places_must_be_found_first(make: object, of: str) -> None:
    """Without places the error says which step is missing."""
    assert callable(make)
    with pytest.raises(nb.BiblioError, match=rf"{of} of this corpus.*find_places\(corpus\) first"):
        make(nb.corpus_of(works()), of=of)


def test_all_authors_of_cited_works(corpus: nb.Corpus) -> None:
    """All authors of a cited work of the corpus count, and are joined by it."""
    first = nb.cocitation_network(corpus, of="authors")
    assert _edges(first) == {("Ames, Ada", "Solow R"): 1.0}
    net = nb.cocitation_network(corpus, of="authors", cited_authors="all")
    assert _edges(net) == {
        ("Ames, Ada", "Bell, Bo"): 1.0,
        ("Ames, Ada", "Solow R"): 1.0,
        ("Bell, Bo", "Solow R"): 1.0,
    }
    with pytest.raises(nb.BiblioError, match="cited authors 'last'"):
        nb.cocitation_network(corpus, of="authors", cited_authors="last")  # type: ignore[arg-type]


def _cited_inside_and_outside(*names: tuple[str, str]) -> nb.Corpus:
    """One work by each name; a last work cites the first, and a book of an 'Ames A'."""
    own = [nb.Record(title=f"Own {name}", people=[nb.Person(*name)]) for name in names]
    cited = [
        nb.CitedReference(raw="Ames A, 1990", first_author="Ames A", work=own[0]),
        nb.CitedReference(raw="Ames A, 1980, A BOOK", first_author="Ames A"),
    ]
    last = nb.Record(title="Last", people=[nb.Person("Zorn", "Z")], cited_references=cited)
    bare = nb.normalise(nb.corpus_of([*own[1:], last]))
    table = bare.authorships.astype(object)
    table = table.where(table.notna(), None)
    columns = {name: table[name].tolist() for name in table.columns}
    columns["author"] = columns["name_raw"] = [
        f"{family}, {given}" for family, given in zip(table["family"], table["given"], strict=True)
    ]
    columns["author_id"] = list(range(1, len(table) + 1))
    return bare.replace(step={"step": "test"}, authorships=columns)


def test_an_author_cited_inside_and_outside_is_one() -> None:
    """A printed name that one author of the corpus fits is that author."""
    net = nb.cocitation_network(_cited_inside_and_outside(("Ames", "A.")), of="authors")
    assert net.labels == ("Ames, A.",)


def test_an_author_cited_stays_apart_where_two_fit() -> None:
    """A printed name that two authors of the corpus fit is neither of them."""
    corpus = _cited_inside_and_outside(("Ames", "A."), ("Ames", "A"))
    net = nb.cocitation_network(corpus, of="authors")
    assert net.labels == ("Ames, A.", "Ames A")


def test_terms_of_texts(corpus: nb.Corpus) -> None:
    """Noun phrases of title and abstract are joined by works; one counts once a work."""
    net = nb.cooccurrence_network(corpus, of="text_terms", min_occurrences=2)
    assert "tidal trade" in net.labels
    occurrences = dict(zip(net.labels, net.nodes["occurrences"], strict=True))
    assert occurrences["tidal trade"] == 2
    titles = nb.cooccurrence_network(corpus, of="title_terms")
    assert "tidal trade" in titles.labels
    assert titles.evidence("tidal trade")["printed"].tolist() == ["Tidal trade", "Tidal trade"]


def test_numbers_are_no_terms() -> None:
    """A number in a text is no term of it."""
    corpus = nb.corpus_of([nb.Record(title="T", abstract="The tidal trade grew (p < 0.001).")])
    assert nb.cooccurrence_network(corpus, of="abstract_terms").labels == ("tidal trade",)


@pytest.mark.parametrize(("kind", "of"), CASES)
def test_every_unit_has_evidence(corpus: nb.Corpus, kind: str, of: str) -> None:
    """Behind each edge are as many rows as its weight, behind each node its works."""
    net = nb.network_of(corpus, kind, of=of)
    assert net.n_edges > 0
    for a, b, weight in zip(net.ids[net.source], net.ids[net.target], net.weight, strict=True):
        assert len(net.evidence(int(a), int(b))) == weight
    for node in net.ids.tolist():
        rows = net.evidence(node)
        assert list(rows.columns) == ["work_id", "title", "publication_year", "link", "printed"]
        assert len(rows) > 0
        assert rows["printed"].notna().all()


def test_occurrences_are_the_rows_of_a_node(corpus: nb.Corpus) -> None:
    """A node that is an item has as many works behind it as its occurrences say."""
    for kind, of in (("coauthorship", "countries"), ("cocitation", "references")):
        net = nb.network_of(corpus, kind, of=of)
        rows = [len(net.evidence(node)) for node in net.ids.tolist()]
        assert rows == net.nodes["occurrences"].tolist()


def test_countries_of_a_real_export(shared_data: Path) -> None:
    """On a real export the countries are those of the works, counted by a plain loop."""
    corpus = nb.find_places(nb.read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib"))
    net = nb.coauthorship_network(corpus, of="countries")
    works: dict[str, set[int]] = {}
    for work, code in corpus.sql(
        "SELECT work_id, country_code FROM affiliations WHERE country_code IS NOT NULL"
    ):
        works.setdefault(code, set()).add(work)
    expected = sum(len(works[a] & works[b]) for a in works for b in works if a < b)
    assert net.n_nodes == len(works)
    assert net.weight.sum() == expected
