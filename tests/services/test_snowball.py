"""Growing a corpus by works cited and citing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loopback import Reply, Web, serve, work
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.record import CitedReference, Record
from nqp_biblio.schema import TABLES
from nqp_biblio.services.growth import snowball

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.corpus.corpus import Corpus

LINKS = (
    "SELECT c.title, d.title FROM cited_references r JOIN works c ON r.citing_work_id = c.work_id"
    " JOIN works d ON r.work_id = d.work_id ORDER BY 1, 2"
)


def _name(number: int) -> str:
    return f"Study number {number} of the drawing of maps"


def _work(number: int, *cited: int, has_doi: bool = True) -> dict[str, Any]:
    """Return a work as OpenAlex gives it."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.1000/w{number}" if has_doi else None,
        "title": _name(number),
        "publication_year": 2000 + number,
        "referenced_works": [f"https://openalex.org/W{one}" for one in cited],
        "primary_location": {"source": {"display_name": "Journal of Maps"}},
    }


@pytest.fixture
def web() -> Iterator[Web]:
    """Run a server: 1 cites 2 and 3, 2 cites 4, 5 cites 1; 3 has no DOI."""
    with serve() as made:
        made.openalex = [
            _work(1, 2, 3),
            _work(2, 4),
            _work(3, has_doi=False),
            _work(4),
            _work(5, 1),
        ]
        yield made


@pytest.fixture
def corpus() -> Corpus:
    """Return a corpus of the first work."""
    return corpus_of([Record(title=_name(1), doi="10.1000/w1", source_raw="Journal of Maps")])


def _titles(corpus: Corpus) -> list[str]:
    return [row[0] for row in corpus.sql("SELECT title FROM works ORDER BY work_id")]


@pytest.mark.parametrize(
    ("direction", "depth", "new", "links"),
    [
        ("references", 1, {2, 3}, {(1, 2), (1, 3)}),
        ("citing", 1, {5}, {(5, 1)}),
        ("both", 1, {2, 3, 5}, {(1, 2), (1, 3), (5, 1)}),
        ("references", 2, {2, 3, 4}, {(1, 2), (1, 3), (2, 4)}),
        ("both", 3, {2, 3, 4, 5}, {(1, 2), (1, 3), (2, 4), (5, 1)}),
    ],
)
def test_works_and_links(
    web: Web,
    corpus: Corpus,
    direction: str,
    *,
    depth: int,
    new: set[int],
    links: set[tuple[int, int]],
) -> None:
    """Works cited and citing are added once each, and linked to those that cite them."""
    with web.client() as client:
        grown = snowball(corpus, direction=direction, depth=depth, client=client)
    assert _titles(grown)[0] == _name(1)
    assert set(_titles(grown)[1:]) == {_name(number) for number in new}
    assert len(grown) == 1 + len(new)
    assert set(grown.sql(LINKS)) == {(_name(one), _name(other)) for one, other in links}


def test_new_rows_have_keys_of_their_own(web: Web, corpus: Corpus) -> None:
    """Keys are unique, sources of one name are one, and each new work says what brought it."""
    with web.client() as client:
        grown = snowball(corpus, direction="both", client=client)
    for name in ("works", "cited_references", "sources", "problems", "changes"):
        keys = [row[0] for row in grown.sql(f"SELECT {TABLES[name].order[0]} FROM {name}")]
        assert len(set(keys)) == len(keys)
    assert grown.sql("SELECT display_name, n_works FROM sources") == [("Journal of Maps", 4)]
    rules = dict(grown.sql("SELECT row_id, rule FROM changes"))
    assert sorted(rules) == [2, 3, 4]
    assert rules[4] == "snowball:openalex:citing:10.1000/w1@2026-11-24"


def test_printed_references_are_the_works_found(web: Web) -> None:
    """A reference printed in the list of a work is linked to what is found, and not doubled."""
    cited = CitedReference(
        raw=f"2002. {_name(2)}. Journal of Maps",
        title=_name(2),
        publication_year=2002,
        source_raw="Journal of Maps",
    )
    by_doi = CitedReference(raw="the third", doi="10.1000/w4")
    web.openalex[0] = _work(1, 2, 4)
    record = Record(title=_name(1), doi="10.1000/w1", cited_references=[cited, by_doi])
    with web.client() as client:
        grown = snowball(corpus_of([record]), client=client)
    rows = grown.sql(
        "SELECT raw, work_id IS NOT NULL FROM cited_references WHERE citing_work_id = 1"
    )
    assert ("the third", True) in rows
    assert len(set(grown.sql(LINKS))) == 3


def test_a_second_time_adds_nothing(web: Web, corpus: Corpus) -> None:
    """Works that are there are linked, not added again."""
    with web.client() as client:
        once = snowball(corpus, client=client)
        twice = snowball(once, client=client, depth=1)
    assert set(_titles(twice)) == {*_titles(once), _name(4)}
    with web.client() as client:
        again = snowball(twice, client=client)
    for name in set(TABLES) - {"mentions"}:
        assert again.n_rows(name) == twice.n_rows(name), name


def test_limit(web: Web, corpus: Corpus) -> None:
    """No more works are added than asked for; how many were left out is told."""
    with web.client() as client:
        grown = snowball(corpus, direction="both", limit=1, client=client)
    assert len(grown) == 2
    counts = grown.history[-1]["counts"]
    assert counts == {"added": 1, "links": 1, "asked": 2, "left out": 2}


@pytest.mark.parametrize("limit", [1, 2, 3, 9])
def test_limit_holds_over_all_depths(web: Web, corpus: Corpus, limit: int) -> None:
    """However deep it goes and whichever way, no more are added, and twice gives the same."""
    options: dict[str, Any] = {"direction": "both", "depth": 4, "limit": limit}
    with web.client() as client:
        grown = snowball(corpus, client=client, **options)
        again = snowball(corpus, client=client, **options)
    assert len(grown) == 1 + min(limit, 4)
    assert grown.works.equals(again.works)
    assert grown.cited_references.equals(again.cited_references)


@pytest.mark.parametrize(
    ("direction", "depth", "new", "links"),
    [
        ("references", 1, {2, 3}, {(1, 2), (1, 3)}),
        ("references", 2, {2, 3, 4}, {(1, 2), (1, 3), (2, 4)}),
        ("citing", 1, {5}, {(5, 1)}),
        ("citing", 2, {5, 6}, {(5, 1), (6, 5)}),
        ("both", 1, {2, 3, 5}, {(1, 2), (1, 3), (5, 1)}),
    ],
)
def test_opencitations_both_ways(
    web: Web,
    corpus: Corpus,
    direction: str,
    *,
    depth: int,
    new: set[int],
    links: set[tuple[int, int]],
) -> None:
    """OpenCitations tells who cites whom, and the works; one it cannot tell has its DOI alone."""
    numbers = [(1, 2), (1, 3), (2, 4), (5, 1), (6, 5)]
    web.cites = [(f"10.1000/w{one}", f"10.1000/w{other}") for one, other in numbers]
    web.works = {f"10.1000/w{n}": work(f"10.1000/w{n}", _name(n)) for n in (1, 2, 4, 5, 6)}
    options: dict[str, Any] = {"direction": direction, "depth": depth}
    with web.client() as client:
        grown = snowball(corpus, service="opencitations", client=client, **options)
    dois = {row[0] for row in grown.sql("SELECT doi FROM works WHERE work_id > 1")}
    assert dois == {f"10.1000/w{number}" for number in new}
    found = grown.sql(LINKS.replace(".title", ".doi"))
    assert set(found) == {(f"10.1000/w{one}", f"10.1000/w{other}") for one, other in links}
    titles = dict(grown.sql("SELECT doi, title FROM works"))
    assert all(titles[f"10.1000/w{n}"] == (None if n == 3 else _name(n)) for n in new)


def test_failure_is_reported_once(web: Web) -> None:
    """What could not be asked is a problem with DOI and reason; the rest is added."""
    web.broken["/openalex/works/doi:10.1000/w9"] = Reply(500, "")
    records = [Record(title=_name(1), doi="10.1000/w1"), Record(doi="10.1000/w9", file="a.bib")]
    with web.client() as client:
        grown = snowball(corpus_of(records), direction="both", client=client)
    [(file, reason, work_id)] = grown.sql("SELECT file, reason, work_id FROM problems")
    assert (file, work_id) == ("a.bib", 2)
    assert "10.1000/w9" in reason
    assert len(grown) == 5


def test_crossref_tells_references(web: Web, corpus: Corpus) -> None:
    """Crossref's references come as works where it knows them, else as printed."""
    references = [
        {"key": "a", "DOI": "10.1000/A", "unstructured": "A"},
        {"key": "b", "DOI": "10.1000/B", "article-title": "Gone", "author": "Roe", "year": "1999"},
        {"key": "c", "unstructured": "No DOI"},
    ]
    web.works["10.1000/w1"] = work("10.1000/w1", _name(1), reference=references)
    web.works["10.1000/a"] = work("10.1000/a", "A known one")
    with web.client() as client:
        grown = snowball(corpus, service="crossref", client=client)
    assert _titles(grown) == [_name(1), "A known one", "Gone"]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"direction": "refs"}, UnknownNameError, "unknown direction 'refs'"),
        ({"service": "datacite"}, UnknownNameError, "unknown service"),
        ({"service": "crossref", "direction": "both"}, OptionError, "openalex does"),
        ({"depth": 0}, OptionError, "depth must be at least 1"),
        ({"limit": 0}, OptionError, "limit must be at least 1"),
    ],
)
def test_options_that_cannot_be_used(
    corpus: Corpus, options: dict[str, Any], error: type[OptionError], message: str
) -> None:
    """A wrong option says what would do, before anything is asked."""
    with pytest.raises(error, match=message):
        snowball(corpus, **options)
