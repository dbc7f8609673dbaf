"""Enriching a corpus from a service, and taking it back."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb
from loopback import Reply, Web, serve, work
from nqp_biblio.cleaning.normalise import normalise
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.record import CitedReference, Person, Record
from nqp_biblio.schema import TABLES
from nqp_biblio.services.enrich import enrich, summary_lines, unenrich

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

DOI = "10.1000/maps"
TITLE = "On the making of maps"
RULE = f"enrich:crossref:{DOI}@2026-11-24"
FULL: dict[str, Any] = {
    "abstract": "<jats:p>We draw maps.</jats:p>",
    "subject": ["Geography"],
    "author": [
        {"given": "Ada", "family": "Berg", "affiliation": [{"name": "University of Oslo"}]},
        {"given": "Bo", "family": "Dahl"},
    ],
    "reference": [
        {"key": "r1", "unstructured": "Roe A (1999) Old maps. J Maps 1:2", "DOI": "10.1000/OLD"},
        {"key": "r2", "unstructured": "Doe B (2001) New maps"},
    ],
    "updated-by": [{"DOI": "10.1000/Notice", "type": "retraction"}],
}


@pytest.fixture
def web() -> Iterator[Web]:
    """Run a server that knows one work."""
    with serve() as made:
        made.works[DOI] = work(DOI.upper(), TITLE, **FULL)
        yield made


def _same(one: Corpus, other: Corpus, *, but: tuple[str, ...] = ()) -> None:
    for name in TABLES:
        if name not in but:
            assert getattr(one, name).equals(getattr(other, name)), name


def _values(corpus: Corpus, columns: str, work_id: int = 1) -> tuple[Any, ...]:
    return corpus.sql(f"SELECT {columns} FROM works WHERE work_id = {work_id}")[0]


def _counts(corpus: Corpus) -> dict[str, int]:
    counts: dict[str, int] = corpus.history[-1]["counts"]  # type: ignore[assignment]
    assert counts["works"] == sum(counts.values()) - counts["works"] == len(corpus)
    return counts


def test_gaps_are_filled_and_traced(web: Web) -> None:
    """What is missing comes from the service, each value with service, DOI and date."""
    corpus = corpus_of([Record(type="document", doi=DOI, title=TITLE.upper(), volume="99")])
    with web.client() as client:
        richer = enrich(corpus, client=client)
    assert _values(richer, "type, title, volume, pages_raw, publication_year, abstract") == (
        *("article-journal", TITLE.upper(), "99", "1-9", 2019, "We draw maps."),
    )
    assert richer.sql("SELECT first_page, last_page FROM page_ranges") == [("1", "9")]
    assert richer.sql("SELECT name_raw FROM authorships ORDER BY position") == [
        ("Berg, Ada",),
        ("Dahl, Bo",),
    ]
    assert richer.sql("SELECT author_position, affiliation_raw FROM affiliations") == [
        (1, "University of Oslo")
    ]
    assert richer.sql("SELECT term FROM terms") == [("Geography",)]
    assert richer.sql("SELECT display_name, n_works FROM sources") == [("Journal of Maps", 1)]
    assert {row[0] for row in richer.sql("SELECT rule FROM changes")} == {RULE}
    assert _counts(richer) == {"works": 1, "found": 1}
    assert "volume" not in richer.history[-1]["filled"]  # type: ignore[operator]


def test_cited_references_know_works_of_the_corpus(web: Web) -> None:
    """A cited reference whose DOI is that of a work here is linked to it."""
    corpus = corpus_of([Record(doi=DOI), Record(doi="10.1000/old", title="Old maps")])
    with web.client() as client:
        richer = enrich(corpus, client=client, fields=["references"])
    assert richer.sql(
        "SELECT reference_id, citing_work_id, position, doi, work_id FROM cited_references"
        " ORDER BY reference_id"
    ) == [(1, 1, 1, "10.1000/old", 2), (2, 1, 2, None, None)]


def test_a_list_is_filled_only_where_there_is_none(web: Web) -> None:
    """Authors, keywords and references of the work itself stay as they are."""
    record = Record(
        doi=DOI,
        people=[Person(family="Berg", given="A", raw="Berg, A")],
        keywords=[("author_keyword", "maps")],
        cited_references=[CitedReference(raw="Roe, 1999")],
        affiliations=[("Oslo", None)],
    )
    corpus = corpus_of([record])
    with web.client() as client:
        richer = enrich(corpus, client=client)
    lists = ("authorships", "terms", "cited_references", "affiliations")
    for name in lists:
        assert getattr(richer, name).equals(getattr(corpus, name)), name


def test_retraction_is_flagged(web: Web) -> None:
    """A work that a later notice retracts is flagged, with the notice's DOI."""
    web.works[DOI]["updated-by"].append({"DOI": "10.1000/c", "type": "correction"})
    with web.client() as client:
        richer = enrich(corpus_of([Record(doi=DOI)]), client=client, fields=["retractions"])
    assert richer.sql("SELECT name, value FROM fields ORDER BY position") == [
        ("retracted_by", "10.1000/notice"),
        ("updated_by", "10.1000/c (correction)"),
    ]


def test_notes_are_filled_and_taken_back(web: Web) -> None:
    """Licences, topics, and institutions with their ROR stand in `fields`, each value traced."""
    licence = {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"}
    web.works[DOI]["license"] = [licence, licence, {"URL": None}, None]
    institution = {"display_name": "University of Oslo", "ror": "https://ror.org/01xtthb56"}
    one = {"author": {"display_name": "Ada Berg"}, "institutions": [institution, {}]}
    web.openalex = [
        {
            "id": "https://openalex.org/W1",
            "doi": f"https://doi.org/{DOI}",
            "title": TITLE,
            "authorships": [one, one],
            "topics": [{"display_name": "Cartography"}, {"display_name": "Geodesy"}],
        }
    ]
    corpus = corpus_of([Record(doi=DOI, title=TITLE)])
    with web.client() as client:
        first = enrich(corpus, client=client, fields=["licences"])
        names = ["topics", "institutions"]
        both = enrich(first, client=client, service="openalex", fields=names)
        _same(enrich(both, client=client, service="openalex", fields=names), both)
    assert both.sql("SELECT name, value FROM fields ORDER BY position") == [
        ("license", licence["URL"]),
        ("topics", "Cartography; Geodesy"),
        ("institution", "https://ror.org/01xtthb56 University of Oslo"),
    ]
    _same(unenrich(both, "openalex"), first)
    _same(unenrich(both), corpus)


def test_openalex_flags_and_fills_in_batches(web: Web) -> None:
    """OpenAlex is asked for many DOIs at once, and its flag of retraction is kept."""
    names = [f"10.1000/w{n}" for n in range(150)]
    web.openalex = [
        {"id": f"https://openalex.org/W{n}", "doi": f"https://doi.org/{doi}", "title": f"No. {n}"}
        for n, doi in enumerate(names)
    ]
    web.openalex[3]["is_retracted"] = True
    with web.client() as client:
        richer = enrich(
            corpus_of([Record(doi=doi) for doi in names]), client=client, service="openalex"
        )
    assert _counts(richer) == {"works": 150, "found": 150}
    assert len(web.asked) == 2
    flags = richer.sql("SELECT work_id, value FROM fields WHERE name = 'retracted_by'")
    assert flags == [(4, "a notice that openalex does not name")]


def test_overwrite_names_what_may_change(web: Web) -> None:
    """Only the fields named are set anew where a value stands, and the value before is kept."""
    corpus = corpus_of([Record(doi=DOI, title=TITLE, volume="99", issue="7", source_raw="J Maps")])
    with web.client() as client:
        richer = enrich(corpus, client=client, overwrite=["volume", "journal"], fields=["volume"])
        again = enrich(richer, client=client, overwrite=["volume", "journal"], fields=["volume"])
    assert _values(richer, "volume, issue, source_raw, source_id") == (
        *("3", "7", "Journal of Maps", 2),
    )
    assert richer.sql("SELECT source_id, n_works FROM sources ORDER BY 1") == [(1, 0), (2, 1)]
    _same(again, richer)
    _same(unenrich(richer), corpus)


def test_lists_are_overwritten_and_given_back(web: Web) -> None:
    """Authors that are named to be overwritten give way as a whole, and come back as they were."""
    record = Record(
        doi=DOI,
        people=[
            Person(family="BERG", given="A", raw="BERG A"),
            Person(family="Eik", orcid="0000-0002-1825-0097"),
            Person(literal="And More"),
        ],
        keywords=[("author_keyword", "maps")],
        et_al=True,
    )
    corpus = normalise(corpus_of([record, Record(title="Other", people=record.people)]))
    with web.client() as client:
        richer = enrich(corpus, client=client, overwrite=["authors", "keywords"])
        again = enrich(richer, client=client, overwrite=["authors", "keywords"])
    names = "SELECT name_raw FROM authorships WHERE work_id = 1 ORDER BY position"
    assert richer.sql(names) == [("Berg, Ada",), ("Dahl, Bo",)]
    assert richer.sql("SELECT term FROM terms") == [("Geography",)]
    assert _values(richer, "et_al") == (False,)
    _same(again, richer)
    _same(unenrich(richer), corpus)


def test_two_services_overwrite_one_list(web: Web) -> None:
    """The list of one service can be taken back from under that of another."""
    names = [{"author": {"display_name": name}} for name in ("Ada B. Berg", "Cy Dahl", "Eva Fox")]
    web.openalex = [
        {
            "id": "https://openalex.org/W1",
            "doi": f"https://doi.org/{DOI}",
            "title": TITLE,
            "authorships": names,
        }
    ]
    corpus = corpus_of([Record(doi=DOI, people=[Person(family="Berg", raw="Berg")])])
    options: dict[str, Any] = {"fields": ["authors"], "overwrite": ["authors"]}
    with web.client() as client:
        first = enrich(corpus, client=client, service="openalex", **options)
        both = enrich(first, client=client, **options)
        alone = enrich(corpus, client=client, **options)
    assert first.n_rows("authorships") == 3
    _same(unenrich(both, "crossref"), first)
    _same(unenrich(both, "openalex"), alone, but=("changes",))
    _same(unenrich(unenrich(both, "openalex")), corpus)
    _same(unenrich(both), corpus)


def test_date_of_another_year_is_not_filled(web: Web) -> None:
    """A date is filled only where it is of the year that the work has."""
    with web.client() as client:
        richer = enrich(corpus_of([Record(doi=DOI, publication_year=2018)]), client=client)
    assert _values(richer, "publication_year, publication_date") == (2018, None)


def test_twice_changes_nothing_and_asks_nobody(web: Web) -> None:
    """A second run gives the same tables, from what was answered before."""
    corpus = corpus_of([Record(doi=DOI), Record(doi="10.1000/none"), Record(title="No DOI at all")])
    with web.client() as client:
        once = enrich(corpus, client=client)
        n_asked = len(web.asked)
        twice = enrich(once, client=client)
    assert len(web.asked) == n_asked
    _same(once, twice)
    assert once.history[-1]["counts"] == twice.history[-1]["counts"]
    _same(unenrich(twice), corpus)


def test_what_failed_is_asked_again(web: Web, tmp_path: Path) -> None:
    """A failure is reported once, and forgotten when a later run gets an answer."""
    path = f"/crossref/works/{DOI}"
    web.broken[path] = Reply(500, "<html>broken</html>", "text/html")
    corpus = corpus_of([Record(doi=DOI, file="a.bib", line=3), Record(doi=DOI, issue="4")])
    with web.client(tmp_path) as client:
        failed = enrich(corpus, client=client)
        assert _counts(failed) == {"works": 2, "failed": 2}
        [(file, line, raw, reason, work_id)] = failed.sql(
            "SELECT file, line, raw, reason, work_id FROM problems"
        )
        assert (file, line, raw, work_id) == ("a.bib", 3, DOI, 1)
        assert reason.startswith(f"crossref: {DOI}: ")
    n_asked = len(web.asked)
    del web.broken[path]
    with web.client(tmp_path) as client:
        _same(enrich(failed, client=client), failed)
    assert len(web.asked) == n_asked
    with web.client(tmp_path, retry_failed=True) as client:
        found = enrich(failed, client=client)
    assert found.n_rows("problems") == 0
    _same(unenrich(found), corpus)
    _same(unenrich(failed), corpus)


def test_wrong_doi_fills_nothing(web: Web) -> None:
    """A DOI that belongs to another work is reported with both titles."""
    record = Record(
        doi=DOI,
        title="A theory of quantum gravity in seven dimensions",
        publication_year=1987,
        people=[Person(family="Zhang", given="W", raw="Zhang, W")],
        source_raw="Physical Review",
        volume="12",
    )
    with web.client() as client:
        richer = enrich(corpus_of([record]), client=client)
    assert _counts(richer) == {"works": 1, "other-work": 1}
    [(reason,)] = richer.sql("SELECT reason FROM problems")
    assert TITLE in reason
    assert "quantum gravity" in reason
    assert richer.sql("SELECT DISTINCT table_name FROM changes") == [("problems",)]


def test_another_title_alone_is_not_believed(web: Web) -> None:
    """Where little but another title stands, nothing is filled, and both titles are shown."""
    corpus = corpus_of([Record(doi=DOI, title="A theory of quantum gravity")])
    with web.client() as client:
        richer = enrich(corpus, client=client)
    assert "found" not in _counts(richer)
    [(reason,)] = richer.sql("SELECT reason FROM problems")
    assert TITLE in reason
    assert "quantum gravity" in reason


def test_answer_about_another_doi_fills_nothing(web: Web) -> None:
    """An answer that names another DOI than the one asked for is not used."""
    web.works["10.1000/other"] = web.works[DOI]
    web.works["10.1000/empty"] = {"title": ["No DOI"]}
    corpus = corpus_of([Record(doi="10.1000/other"), Record(doi="10.1000/empty")])
    with web.client() as client:
        richer = enrich(corpus, client=client)
    assert _counts(richer) == {"works": 2, "other-work": 2}
    assert "title" not in richer.history[-1]["filled"]  # type: ignore[operator]


def test_without_a_doi_a_sure_candidate_is_taken(web: Web) -> None:
    """A work without a DOI is searched for; the DOI of the sure candidate is filled."""
    web.found = [work("10.1000/near", "On the making of globes"), work(DOI, TITLE, **FULL)]
    record = Record(
        title=TITLE,
        publication_year=2019,
        source_raw="Journal of Maps",
        volume="3",
        pages=[("1", "9")],
        pages_raw="1-9",
        people=[Person(family="Berg", given="Ada", raw="Berg, Ada")],
    )
    with web.client() as client:
        richer = enrich(corpus_of([record]), client=client)
    assert _values(richer, "doi, publisher") == (DOI, "Map Press")
    assert _counts(richer) == {"works": 1, "found": 1}


def test_near_miss_is_offered_and_not_taken(web: Web) -> None:
    """A candidate that may be it stands in the problems, and fills nothing."""
    web.found = [work("10.1000/near", TITLE, volume="8", page="70-80")]
    record = Record(title=TITLE, publication_year=2011, source_raw="Cartography", volume="1")
    with web.client() as client:
        richer = enrich(corpus_of([record]), client=client)
    assert _counts(richer) == {"works": 1, "review": 1}
    [(reason,)] = richer.sql("SELECT reason FROM problems")
    assert "10.1000/near" in reason
    assert _values(richer, "doi, publisher") == (None, None)


def test_search_that_fails_is_counted(web: Web) -> None:
    """A search that got no answer is a failure, not an absence."""
    web.broken["/crossref/works"] = Reply(503, "")
    with web.client() as client:
        richer = enrich(corpus_of([Record(title=TITLE), Record()]), client=client)
    assert _counts(richer) == {"works": 2, "failed": 1, "not-asked": 1}
    [(raw, reason)] = richer.sql("SELECT raw, reason FROM problems")
    assert raw == TITLE
    assert "503" in reason


def test_an_empty_corpus_stays_empty(web: Web) -> None:
    """Without works there is nothing to ask."""
    with web.client() as client:
        richer = enrich(corpus_of([]), client=client)
    assert richer.history[-1]["counts"] == {"works": 0}
    assert not web.asked


def test_registered_elsewhere(web: Web) -> None:
    """A DOI unknown here says who has it; an agency without metadata is no problem."""
    web.agencies = {"10.1000/dc": "DataCite", "10.1000/of-cnki": "CNKI"}
    names = ["10.1000/dc", "10.1000/of-cnki", "10.1000/no", "10.28427/n.cnki.njjsb.2025.000102"]
    with web.client() as client:
        richer = enrich(corpus_of([Record(doi=doi) for doi in names]), client=client)
    assert _counts(richer) == {"works": 4, "not-found": 2, "no-metadata": 2}
    reasons = [row[0] for row in richer.sql("SELECT reason FROM problems ORDER BY work_id")]
    assert "DataCite" in reasons[0]
    assert "no agency" in reasons[1]
    assert len(reasons) == 2


def test_offline_asks_nobody(web: Web, tmp_path: Path) -> None:
    """Offline the answers that are kept are used, and the rest is refused."""
    corpus = corpus_of([Record(doi=DOI), Record(doi="10.1000/other")])
    with web.client(tmp_path) as client:
        enrich(corpus.filter("work_id = 1"), client=client)
    n_asked = len(web.asked)
    with web.client(tmp_path, offline=True) as client:
        richer = enrich(corpus, client=client)
    assert len(web.asked) == n_asked
    assert _counts(richer) == {"works": 2, "found": 1, "refused": 1}


def test_services_are_taken_back_apart(web: Web) -> None:
    """What one service filled can be taken back without the other's."""
    web.openalex = [
        {
            "id": "https://openalex.org/W1",
            "doi": f"https://doi.org/{DOI}",
            "title": TITLE.upper(),
            "cited_by_count": 12,
            "is_retracted": True,
        }
    ]
    corpus = corpus_of([Record(doi=DOI)])
    with web.client() as client:
        first = enrich(corpus, client=client, service="openalex")
        both = enrich(first, client=client, overwrite=["title", "cited_by_count"])
    _same(unenrich(both, "crossref"), first)
    left = unenrich(both, "openalex")
    assert _values(left, "title, cited_by_count, publisher") == (TITLE, None, "Map Press")
    assert not left.sql("SELECT 1 FROM changes WHERE rule LIKE '%openalex%'")
    _same(unenrich(left), corpus)
    _same(unenrich(both), corpus)
    assert unenrich(both).history == corpus.history


def test_cleaning_of_what_was_filled_goes_with_it(web: Web) -> None:
    """What normalise made of a filled value is taken back with it; its other changes stay."""
    corpus = corpus_of([Record(doi="https://doi.org/10.1000/A", year_raw="1998"), Record(doi=DOI)])
    web.works[DOI]["author"] = [{"given": "LQ", "family": "CHEN"}]
    with web.client() as client:
        clean = normalise(enrich(corpus, client=client))
    back = unenrich(clean)
    _same(back, normalise(corpus), but=("changes",))
    rules = "SELECT table_name, row_id, column_name, before, after, rule FROM changes ORDER BY 1, 2"
    assert back.sql(rules) == normalise(corpus).sql(rules)
    assert [step["step"] for step in back.history] == ["corpus_of", "normalise", "unenrich"]


def test_plain_corpus_has_nothing_to_take_back() -> None:
    """A corpus that was never enriched is the same after unenrich."""
    corpus = normalise(corpus_of([Record(doi=DOI, source_raw="J Maps")]))
    _same(unenrich(corpus), corpus)
    assert unenrich(corpus).history == corpus.history


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"service": "crosref"}, UnknownNameError, "Did you mean 'crossref'"),
        ({"fields": ["titel"]}, UnknownNameError, "Did you mean 'title'"),
        ({"fields": "title"}, OptionError, "list of names"),
        ({"overwrite": ["references"]}, OptionError, "references cannot be overwritten"),
        ({"overwrite": ["licences"]}, OptionError, "licences cannot be overwritten"),
    ],
)
def test_options_that_cannot_be_used(
    options: dict[str, Any], error: type[OptionError], message: str
) -> None:
    """A wrong option says what would do, before anything is asked."""
    with pytest.raises(error, match=message):
        enrich(corpus_of([]), **options)


FAULTS = {
    "html": Reply(200, "<html>Sorry</html>", "text/html"),
    "cut": Reply(200, '{"status": "ok", "message": {"DOI": "10.1'),
    "empty": Reply(200, ""),
    "no message": Reply(200, '{"status": "ok"}'),
    "null": Reply(200, '{"status": "ok", "message": null}'),
    "nulls": Reply(200, json.dumps({"status": "ok", "message": {"DOI": None, "title": None}})),
    "list": Reply(200, "[]"),
    "gone": Reply(410, "gone", "text/plain"),
    "busy": Reply(429, "<html>slow down</html>", "text/html"),
    "error": Reply(502, "bad gateway", "text/plain"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_fill_nothing(web: Web, fault: str) -> None:
    """Whatever goes wrong: as many works as before, nothing filled, one problem with the DOI."""
    web.broken[f"/crossref/works/{DOI}"] = FAULTS[fault]
    corpus = corpus_of([Record(doi=DOI, title="Kept")])
    with web.client() as client:
        richer = enrich(corpus, client=client)
    assert "found" not in _counts(richer)
    [(reason,)] = richer.sql("SELECT reason FROM problems")
    assert DOI in reason
    _same(richer, corpus, but=("problems", "changes"))


LASTING = {
    **FAULTS,
    "service": Reply(503, "<html>down</html>", "text/html"),
    "wrong type": Reply(200, "{}", "text/plain"),
    "another": Reply(200, json.dumps({"status": "ok", "message": work("10.1000/z", "Other")})),
}
"""Faults for ever; what is busy is refused, and asked again by each run."""


def test_a_thousand_dois_with_faults(web: Web, tmp_path: Path) -> None:
    """With 5 % of faults the counts add up exactly, and a second run asks for nothing."""
    names = [f"10.1000/n{number}" for number in range(1_000)]
    lasting = [fault for name, fault in LASTING.items() if name not in {"busy", "gone"}]
    expected = Counter({"works": 1_000})
    for number, doi in enumerate(names):
        path = f"/crossref/works/{doi}"
        web.works[doi] = work(doi, f"Work {number}")
        if number % 40 == 0:
            web.faults[path] = [Reply(503, "busy", "text/plain")]  # once
        if number % 40 == 10:
            web.broken[path] = lasting[number // 40 % len(lasting)]
            is_other = web.broken[path] is LASTING["another"] or web.broken[path] is FAULTS["nulls"]
            expected["other-work" if is_other else "failed"] += 1
        elif number % 40 == 20:
            del web.works[doi]
            expected["not-found"] += 1
        else:
            expected["found"] += 1
    corpus = corpus_of([Record(doi=doi) for doi in names])
    told: list[int] = []
    with web.client(tmp_path) as client:
        richer = enrich(
            corpus, client=client, on_progress=lambda n_done, _n, _counts: told.append(n_done)
        )
    assert Counter(_counts(richer)) == expected
    assert richer.history[-1]["filled"]["title"] == expected["found"]  # type: ignore[index]
    assert told == list(range(1, 1_001))
    assert richer.n_rows("problems") == 1_000 - expected["found"]
    n_asked = len(web.asked)
    with web.client(tmp_path) as client:
        again = enrich(corpus, client=client)
    assert len(web.asked) == n_asked
    _same(again, richer)


def test_interrupted_run_goes_on(web: Web, tmp_path: Path) -> None:
    """What was answered before an interruption is not asked again."""
    names = [f"10.1000/n{number}" for number in range(250)]
    web.works |= {doi: work(doi, f"Work {doi}") for doi in names}
    corpus = corpus_of([Record(doi=doi) for doi in names])

    def stop(n_done: int, _n: int, _counts: object) -> None:
        if n_done == 120:
            raise KeyboardInterrupt

    with web.client(tmp_path) as client, pytest.raises(KeyboardInterrupt):
        enrich(corpus, client=client, on_progress=stop)
    with web.client(tmp_path) as client:
        richer = enrich(corpus, client=client)
    assert _counts(richer) == {"works": 250, "found": 250}
    assert set(web.count("/works/").values()) == {1}


def test_the_seed_goes_through(web: Web) -> None:
    """The example's list of references goes through; its one DOI, of CNKI, has no metadata."""
    from pathlib import Path

    seed = Path(__file__).parents[2] / "examples/data/new_quality_productivity_references.txt"
    corpus = nb.read(seed)
    with web.client() as client:
        richer = enrich(corpus, client=client)
    assert _counts(richer) == {"works": 15, "not-found": 14, "no-metadata": 1}
    _same(richer, corpus)


def test_summary_tells_every_state() -> None:
    """The summary tells the five states always, and others where there are any."""
    step = {"service": "x", "counts": {"works": 2, "found": 1, "review": 1}, "filled": {}}
    assert summary_lines(step) == [
        "x: 2 works: 1 found, 0 not found, 0 no metadata, 0 failed, 0 refused, 1 review",
        "filled: nothing",
    ]
