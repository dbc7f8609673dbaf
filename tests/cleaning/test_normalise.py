"""Normalising a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.cleaning.normalise import normalise
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import MissingFileError
from nqp_biblio.record import Person, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


def article(**values: object) -> Record:
    """Make a record of a journal article."""
    people = values.pop("people", [])
    record = Record(type="article-journal", **values)  # type: ignore[arg-type]
    record.people = list(people)  # type: ignore[call-overload]
    return record


@pytest.fixture
def corpus() -> Corpus:
    """Return a small corpus with one of each thing to clean."""
    return corpus_of(
        [
            article(
                title="A",
                source_raw="OPTICS EXPRESS",
                publication_year=2025,
                year_raw="2025",
                volume="2025",
                volume_raw="2025",
                issue="3",
                people=[Person(family="CHEN", given="LQ", raw="CHEN LQ")],
            ),
            article(
                title="B",
                source_raw="Opt. Express",
                year_raw="1998–2001",
                url="https://doi.org/10.1000/B",
                people=[
                    Person(family="Chen", given="Li-Qun", raw="Chen, Li-Qun"),
                    Person(literal="World Health Organization"),
                ],
            ),
            article(title="C", source_raw="Optics Express", year_raw="in press", volume="7"),
            article(title="D", source_raw="Nature", publication_year=2020),
            article(title="E"),
        ]
    )


def test_sources_become_one_and_works_follow(corpus: Corpus) -> None:
    """Works of the variants of a journal are in one source afterwards."""
    done = normalise(corpus)
    assert done.sql(
        "SELECT source_id, display_name, abbreviated_title, n_works, n_variants FROM sources"
        " ORDER BY source_id"
    ) == [(1, "Optics Express", "Opt. Express", 3, 3), (4, "Nature", "Nature", 1, 1)]
    assert done.sql("SELECT source_id, source_raw FROM works ORDER BY work_id") == [
        (1, "OPTICS EXPRESS"),
        (1, "Opt. Express"),
        (1, "Optics Express"),
        (4, "Nature"),
        (None, None),
    ]


def test_values_are_cleaned_and_raw_stays(corpus: Corpus) -> None:
    """Years, volumes and DOIs are cleaned; what was printed stays."""
    rows = normalise(corpus).sql(
        "SELECT publication_year, year_raw, volume, volume_raw, doi FROM works ORDER BY work_id"
    )
    assert rows == [
        (2025, "2025", None, "2025", None),
        (1998, "1998–2001", None, None, "10.1000/b"),
        (None, "in press", "7", None, None),
        (2020, None, None, None, None),
        (None, None, None, None, None),
    ]


def test_authors_get_an_identity_and_a_name_to_show(corpus: Corpus) -> None:
    """Two spellings of one author share key and name."""
    rows = normalise(corpus).sql(
        "SELECT author_id, author, family, name_raw FROM authorships ORDER BY work_id, position"
    )
    assert rows == [
        (1, "Chen, L. Q.", "Chen", "CHEN LQ"),
        (1, "Chen, L. Q.", "Chen", "Chen, Li-Qun"),
        (2, "World Health Organization", None, None),
    ]


def test_every_change_is_written_down(corpus: Corpus) -> None:
    """Each changed value names table, row, before, after and rule."""
    rows = normalise(corpus).sql(
        "SELECT table_name, row_id, position, column_name, before, after, rule FROM changes"
        " ORDER BY change_id"
    )
    assert rows == [
        ("works", 1, None, "volume", "2025", None, "year-as-volume"),
        ("works", 2, None, "publication_year", "1998–2001", "1998", "first-year-of-range"),
        ("works", 2, None, "doi", None, "10.1000/b", "doi-from-url"),
        ("works", 3, None, "publication_year", "in press", None, "not-yet-published"),
        ("sources", 1, None, "display_name", "OPTICS EXPRESS", "Optics Express", "same-name"),
        ("sources", 2, None, "display_name", "Opt. Express", "Optics Express", "abbreviation"),
        ("sources", 2, None, "source_id", "2", "1", "abbreviation"),
        ("sources", 3, None, "source_id", "3", "1", "same-name"),
        ("authorships", 1, 1, "family", "CHEN", "Chen", "name-in-capitals"),
    ]


def test_second_call_changes_nothing(corpus: Corpus) -> None:
    """What is normal stays as it is, in every table."""
    once = normalise(corpus, aliases={"Nature": "The Nature of Things"})
    twice = normalise(once)
    for table in TABLES:
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert once.sql(query) == twice.sql(query)


def test_corpus_given_stays_as_it_was(corpus: Corpus) -> None:
    """A step returns a new corpus and says in its history what it did."""
    done = normalise(corpus, aliases={"Nature": "The Nature of Things"})
    assert corpus.n_rows("changes") == 0
    assert done.history[-1] == {
        "step": "normalise",
        "aliases": {"Nature": "The Nature of Things"},
        "iso4": "pyiso4",
    }
    assert len(done.history) == len(corpus.history) + 1


def test_aliases_of_the_user_are_used(corpus: Corpus) -> None:
    """A user's alias names the source."""
    done = normalise(corpus, aliases={"Nature": "The Nature of Things"})
    assert done.sql("SELECT display_name FROM sources WHERE source_id = 4") == [
        ("The Nature of Things",)
    ]


def test_missing_file_of_aliases_says_so(corpus: Corpus) -> None:
    """A path that names no file is told."""
    with pytest.raises(MissingFileError, match="no such file"):
        normalise(corpus, aliases="none.csv")


def test_electronic_issn_and_abbreviation_beside_the_name() -> None:
    """The ISSN of the electronic edition is told apart, and abbreviations in fields join."""
    works = [
        article(source_raw="Zdravniski Vestnik", issn="0028-0836; 1476-4687"),
        article(
            source_raw="Journal of Zed",
            issn="0021-8901",
            fields=[("EI", "1365-2664"), ("J9", "ZD")],
        ),
        article(source_raw="ZD"),
    ]
    done = normalise(corpus_of(works))
    query = "SELECT display_name, issn, eissn, n_works FROM sources ORDER BY source_id"
    assert done.sql(query) == [
        ("Zdravniski Vestnik", "0028-0836", "1476-4687", 1),
        ("Journal of Zed", "0021-8901", "1365-2664", 2),
    ]
    assert normalise(done).sql(query) == done.sql(query)


def test_empty_corpus_is_normal() -> None:
    """A corpus without works does not fail."""
    assert len(normalise(corpus_of([]))) == 0
