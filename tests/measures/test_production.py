"""Works by year, source and type."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.production import (
    annual_production,
    source_production,
    type_production,
)


@pytest.fixture(scope="module")
def five_works() -> nb.Corpus:
    """Give five works, two of them in one journal, two without a year, one without a source."""
    rows = [
        ("article-journal", 2001, "Acta"),
        ("article-journal", 2004, "Acta"),
        ("book", 2004, "Zeta"),
        (None, None, "Beta"),
        (None, None, None),
    ]
    return nb.corpus_of(
        nb.Record(type=kind, publication_year=year, source_raw=name) for kind, year, name in rows
    )


@pytest.fixture(scope="module")
def empty() -> nb.Corpus:
    """Give a corpus that holds nothing but a problem."""
    return nb.corpus_of([nb.Problem("a.bib", 1, "?", "no entry")])


def test_years_without_works_are_there(five_works: nb.Corpus) -> None:
    """Years run without gaps; works without a year stand last."""
    assert annual_production(five_works).rows == [
        (2001, 1),
        (2002, 0),
        (2003, 0),
        (2004, 2),
        (None, 2),
    ]


def test_no_year_known() -> None:
    """Without any year there is one row, for the works without."""
    corpus = nb.corpus_of([nb.Record(title="One"), nb.Record(title="Two")])
    assert annual_production(corpus).rows == [(None, 2)]


def test_one_year() -> None:
    """Works of one year give one row."""
    corpus = nb.corpus_of([nb.Record(publication_year=1999)] * 3)
    assert annual_production(corpus).rows == [(1999, 3)]


def test_sources_by_works_then_name(five_works: nb.Corpus) -> None:
    """The source with the most works stands first, equal ones by name."""
    rows = source_production(five_works).rows
    assert [(name, n, variants) for _, name, _, n, variants in rows] == [
        ("Acta", 2, 1),
        ("Beta", 1, 1),
        ("Zeta", 1, 1),
    ]


def test_variants_of_a_source_are_joined() -> None:
    """After cleaning, spellings of one journal are one source that says how many they were."""
    names = ["Scientometrics", "SCIENTOMETRICS", "Research Policy"]
    corpus = nb.normalise(nb.corpus_of([nb.Record(source_raw=name) for name in names]))
    rows = source_production(corpus).rows
    assert [(row[1], row[3], row[4]) for row in rows] == [
        ("Scientometrics", 2, 2),
        ("Research Policy", 1, 1),
    ]


def test_types(five_works: nb.Corpus) -> None:
    """Types stand by number of works, the unknown one after equals."""
    rows = type_production(five_works).rows
    assert rows == [("article-journal", 2), (None, 2), ("book", 1)]


@pytest.mark.parametrize("measure", [annual_production, source_production, type_production])
def test_nothing(empty: nb.Corpus, measure: object) -> None:
    """A corpus without works has no rows."""
    assert callable(measure)
    assert measure(empty).rows == []


def test_sums(five_works: nb.Corpus) -> None:
    """Years and types add up to all works, sources to the works with a source."""
    assert sum(annual_production(five_works).column("n_works")) == 5
    assert sum(type_production(five_works).column("n_works")) == 5
    assert sum(source_production(five_works).column("n_works")) == 4


def test_as_of(five_works: nb.Corpus) -> None:
    """Later works do not count, and works without a year stay."""
    assert annual_production(five_works, as_of=2001).rows == [(2001, 1), (None, 2)]
    assert source_production(five_works, as_of=2001).column("source") == ["Acta", "Beta"]
    assert type_production(five_works, as_of=2001).rows == [(None, 2), ("article-journal", 1)]


def test_by_genre() -> None:
    """Types can be those that the source names."""
    records = [nb.Record(genre=genre) for genre in ("Article", "Review", "Article")]
    assert type_production(nb.corpus_of(records), by="genre").rows == [
        ("Article", 2),
        ("Review", 1),
    ]


def test_unknown_type() -> None:
    """Works have no other types."""
    with pytest.raises(nb.BiblioError, match="unknown by 'kind'"):
        type_production(nb.corpus_of([]), by="kind")  # type: ignore[arg-type]


def test_published_counts(management_corpus: nb.Corpus) -> None:
    """Years, sources and types of management as bibliometrix counts them."""
    years = dict(annual_production(management_corpus).rows)
    assert (years[1985], years[2020], sum(years.values())) == (2, 199, 898)
    sources = source_production(management_corpus)
    assert [row[1] + f" {row[3]}" for row in sources.rows[:2]] == [
        "TECHNOLOGICAL FORECASTING AND SOCIAL CHANGE 97",
        "RESEARCH POLICY 83",
    ]
    assert len(sources) == 281
    assert [n for _, n in type_production(management_corpus, by="genre").rows] == [862, 26, 9, 1]
