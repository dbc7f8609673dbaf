"""The corpus: tables that never change, records that come back."""

from __future__ import annotations

import dataclasses
import gc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

ROWS = {
    "works": 5,
    "authorships": 5,
    "affiliations": 2,
    "sources": 2,
    "cited_references": 4,
    "terms": 3,
    "mentions": 3,
    "page_ranges": 2,
    "fields": 2,
    "problems": 2,
    "institutions": 0,
    "merges": 0,
    "relations": 0,
    "changes": 0,
}
STEP: dict[str, object] = {"step": "test"}


@pytest.mark.parametrize(("table", "n_rows"), ROWS.items())
def test_rows_of_each_table(corpus: Corpus, table: str, n_rows: int) -> None:
    """Each table is a pandas table with the columns of the schema, also when it is empty."""
    frame = getattr(corpus, table)
    assert tuple(frame.columns) == TABLES[table].column_names
    assert len(frame) == corpus.n_rows(table) == n_rows


def test_all_tables_are_listed() -> None:
    """No table is forgotten here."""
    assert set(ROWS) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_named_for_good(corpus: Corpus, table: str) -> None:
    """The columns that sort a table tell its rows apart, and its rows come in their order."""
    keys = [tuple(row) for row in getattr(corpus, table)[list(TABLES[table].order)].to_numpy()]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("table", "column", "dtype"),
    [
        ("works", "publication_year", "Int64"),
        ("works", "et_al", "boolean"),
        ("works", "confidence", "float64"),
        ("cited_references", "work_id", "Int64"),
        ("changes", "change_id", "Int64"),
    ],
)
def test_types_of_pandas_columns(corpus: Corpus, table: str, column: str, dtype: str) -> None:
    """A year that is missing does not turn the others into 2024.0."""
    assert str(getattr(corpus, table)[column].dtype) == dtype


def test_missing_is_null(corpus: Corpus) -> None:
    """What is missing is None in SQL and missing in pandas, never an empty text or 0."""
    assert corpus.sql("SELECT doi, volume, cited_by_count FROM works WHERE work_id = 5") == [
        (None, None, None)
    ]
    assert corpus.works["doi"].isna().sum() == 4


def test_parameters_are_bound(corpus: Corpus) -> None:
    """A value with quotes is a value."""
    query = "SELECT work_id FROM works WHERE title = ?"
    assert corpus.sql(query, ("Measuring “new” productivity; a survey",)) == [(1,)]
    assert corpus.sql(query, ("x' OR '1' = '1",)) == []


def test_columns_are_arrays_or_lists(corpus: Corpus) -> None:
    """Whole columns of numbers come as arrays; text, and what has gaps, as lists with None."""
    query = "SELECT work_id, publication_year, title, confidence FROM works ORDER BY work_id"
    columns = corpus.columns(query)
    assert isinstance(columns["work_id"], np.ndarray)
    assert columns["work_id"].tolist() == [1, 2, 3, 4, 5]
    assert columns["publication_year"] == [2024, 2025, 2024, None, 1999]
    assert columns["title"][1:3] == ["A whole paper", "新质生产力"]
    assert columns["confidence"] == [None, None, 0.5, 0.5, None]


def test_columns_of_no_rows(corpus: Corpus) -> None:
    """A query without an answer has its columns, empty."""
    columns = corpus.columns("SELECT work_id, title FROM works WHERE work_id > 99")
    assert {name: len(values) for name, values in columns.items()} == {"work_id": 0, "title": 0}


def test_frame(corpus: Corpus) -> None:
    """Any query can be had as a pandas table."""
    query = "SELECT role, COUNT(*) AS n FROM works WHERE work_id > ? GROUP BY role ORDER BY role"
    frame = corpus.frame(query, (1,))
    assert frame.to_dict("list") == {"role": ["paper", "reference"], "n": [1, 3]}


def test_replace_leaves_the_old_corpus_alone(corpus: Corpus) -> None:
    """A step gives a new corpus; the old one is as it was, the other tables are shared."""
    new = corpus.replace(step=STEP, sources={"source_id": [1], "display_name": ["Only"]})
    assert new is not corpus
    assert list(new.sources["display_name"]) == ["Only"]
    assert new.sources["issn"].isna().all()
    assert len(corpus.sources) == 2
    assert new.works.equals(corpus.works)
    assert new.history == (*corpus.history, STEP)
    assert len(corpus.history) == 1


def test_replace_takes_arrays(corpus: Corpus) -> None:
    """NumPy's numbers and missing values are taken as they are meant."""
    columns: dict[str, Any] = {
        "work_id": np.array([1, 2]),
        "publication_year": [np.int64(2024), None],
        "confidence": np.array([0.25, np.nan]),
        "et_al": np.array([True, False]),
        "title": ["a 'quoted' \"title\"\nwith \\ and \x01", None],
    }
    new = corpus.replace(step=STEP, works=columns)
    query = "SELECT work_id, publication_year, confidence, et_al, title FROM works ORDER BY 1"
    assert new.sql(query) == [
        (1, 2024, 0.25, True, columns["title"][0]),
        (2, None, None, False, None),
    ]


def test_replace_takes_pandas(corpus: Corpus) -> None:
    """A table taken out as pandas can be put back."""
    frame = corpus.works
    new = corpus.replace(step=STEP, works={name: list(frame[name]) for name in frame.columns})
    assert new.works.equals(frame)


def test_replace_needs_columns_of_one_length(corpus: Corpus) -> None:
    """Columns that do not fit together are refused."""
    with pytest.raises(ValueError, match="shorter"):
        corpus.replace(step=STEP, sources={"source_id": [1, 2], "display_name": ["x"]})


def test_replace_by_nothing_empties(corpus: Corpus) -> None:
    """A table can be emptied."""
    assert corpus.replace(step=STEP, terms={}).n_rows("terms") == 0


def test_derive(corpus: Corpus) -> None:
    """A table can be made of a query on the corpus, which stays."""
    query = "SELECT * FROM terms WHERE kind = 'author_keyword'"
    new = corpus.derive(step=STEP, terms=query)
    assert (new.n_rows("terms"), corpus.n_rows("terms")) == (2, 3)


def test_derived_tables_may_read_each_other_as_they_were(corpus: Corpus) -> None:
    """All queries of one step see the corpus before the step."""
    new = corpus.derive(
        step=STEP,
        works="SELECT * FROM works WHERE work_id = 1",
        terms="SELECT t.* FROM terms t JOIN works w ON w.work_id = t.work_id",
        problems="SELECT p.* FROM problems p, (SELECT COUNT(*) AS n FROM works) c WHERE c.n = 5",
    )
    assert [new.n_rows(name) for name in ("works", "terms", "problems")] == [1, 3, 2]


def test_steps_in_a_row_and_side_by_side(corpus: Corpus) -> None:
    """Several corpora made of one live side by side."""
    branches = [corpus.filter(f"work_id = {n}") for n in range(1, 6)]
    assert [branch.sql("SELECT work_id FROM works") for branch in branches] == [
        [(n,)] for n in range(1, 6)
    ]
    assert len(corpus) == 5


def test_filter_keeps_what_belongs(corpus: Corpus) -> None:
    """Works that do not fit go with their authors, keywords, references and mentions."""
    old = corpus.filter("publication_year < 2025 AND role = 'record'")
    assert {name: old.n_rows(name) for name in ROWS} == ROWS | {
        "works": 1,
        "authorships": 3,
        "sources": 1,
        "cited_references": 1,
        "mentions": 0,
    }
    assert list(old.sources["n_works"]) == [1]
    assert old.history[-1]["step"] == "filter"


def test_filter_leaves_no_key_to_nowhere(corpus: Corpus) -> None:
    """A reference whose work is filtered out is outside the corpus; the reference stays."""
    papers = corpus.filter("role = 'paper'")
    assert papers.sql("SELECT label, work_id FROM cited_references ORDER BY position") == [
        ("1", None),
        ("2", None),
    ]
    assert papers.n_rows("mentions") == 3


def test_filter_counts_the_works_of_a_source(corpus: Corpus) -> None:
    """A source counts the works that are left in it."""
    assert list(corpus.filter("work_id <> 3").sources["n_works"]) == [1, 1]


def test_filter_to_nothing(corpus: Corpus) -> None:
    """A condition that holds nowhere gives an empty corpus, not an error."""
    none = corpus.filter("publication_year > 3000")
    assert len(none) == 0
    assert list(none.records()) == []
    assert repr(none).startswith("<Corpus: 0 works")


def test_a_table_goes_with_its_last_corpus(corpus: Corpus) -> None:
    """Memory of a table is given back when no corpus holds it any more."""

    def tables() -> set[str]:
        rows = corpus.sql("SELECT table_name FROM duckdb_tables() WHERE NOT temporary")
        return {row[0] for row in rows}

    before = tables()
    one = corpus.derive(step=STEP, terms="SELECT * FROM terms")
    two = one.derive(step=STEP, fields="SELECT * FROM fields")
    assert len(tables() - before) == 2
    del one
    gc.collect()
    assert len(tables() - before) == 2
    assert two.n_rows("terms") == 3
    del two
    gc.collect()
    assert tables() == before


def test_a_corpus_outlives_the_one_it_was_made_of(corpus: Corpus) -> None:
    """A step may be the last holder of the tables it shares."""
    new = corpus_of([Record(title="x")]).derive(step=STEP, terms="SELECT * FROM terms")
    gc.collect()
    assert list(new.works["title"]) == ["x"]
    assert len(corpus) == 5


def test_records_come_back(entries: list[Record | Problem], corpus: Corpus) -> None:
    """What went in comes out as records, works first to last."""
    records = list(corpus.records())
    assert [record.title for record in records] == [
        "Measuring “new” productivity; a survey",
        "A whole paper",
        "新质生产力",
        "高质量发展",
        "Bare",
    ]
    article = entries[0]
    assert isinstance(article, Record)
    # keywords come by kind, in the order of each kind
    by_kind = sorted(article.keywords, key=lambda keyword: keyword[0])
    assert records[0] == dataclasses.replace(article, keywords=by_kind)
    assert records[3].problems == [Problem("p.txt", 41, "高质量发展", "no year")]


def test_records_keep_references_and_mentions(corpus: Corpus) -> None:
    """A paper comes back with its printed references and in-text citations."""
    paper = list(corpus.records())[1]
    assert [reference.label for reference in paper.cited_references] == ["1", "2"]
    assert paper.cited_references[0].first_author == "李, 明"
    assert [mention.label for mention in paper.mentions] == ["1", "2", "9"]
    assert paper.mentions[2].section is None


def test_records_make_the_same_corpus(corpus: Corpus) -> None:
    """A corpus made of its own records has the same works, people, pages and fields."""
    again = corpus_of(corpus.records())
    for name in ("works", "authorships", "affiliations", "sources", "page_ranges", "fields"):
        assert getattr(again, name).equals(getattr(corpus, name)), name
    terms = "SELECT work_id, kind, position, term_raw FROM terms ORDER BY 1, 2, 3"
    assert again.sql(terms) == corpus.sql(terms)


def test_records_in_batches(monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> None:
    """Works are handed over in bounded batches, and the batches join without a seam."""
    whole = list(corpus.records())
    monkeypatch.setattr("nqp_biblio.corpus.corpus._BATCH", 2)
    assert list(corpus.records()) == whole


def test_records_fill_every_field(corpus: Corpus) -> None:
    """No attribute of a record is lost on the way through the tables."""
    seen = {
        item.name
        for record in corpus.records()
        for item in dataclasses.fields(record)
        if getattr(record, item.name)
    }
    lists = {"people", "affiliations", "keywords", "cited_references", "mentions", "fields"}
    assert lists | {"problems", "pages", "raw", "confidence", "role", "key"} <= seen


def test_repr(corpus: Corpus) -> None:
    """The corpus says in one line what it holds; empty tables are left out."""
    assert repr(corpus) == (
        "<Corpus: 5 works, 5 authorships, 2 affiliations, 2 sources, 4 cited_references,"
        " 3 terms, 3 mentions, 2 page_ranges, 2 fields, 2 problems>"
    )


def test_notebook_table(corpus: Corpus) -> None:
    """In a notebook each table is shown with its rows and meaning."""
    shown = corpus._repr_html_()
    for name in TABLES:
        assert f"<td>{name}</td>" in shown


def test_engine_is_named(corpus: Corpus) -> None:
    """The corpus says what holds it."""
    assert corpus.engine == "duckdb"


def test_outside_reference_keeps_its_fields() -> None:
    """A reference of a database stays outside the works, with what it says."""
    cited = CitedReference(raw="X, 1999, J", first_author="X", publication_year=1999, doi="10.1/x")
    corpus = corpus_of([Record(title="t", cited_references=[cited])])
    assert next(iter(corpus.records())).cited_references == [cited]
    assert corpus.sql("SELECT citing_work_id, position, work_id FROM cited_references") == [
        (1, 1, None)
    ]
