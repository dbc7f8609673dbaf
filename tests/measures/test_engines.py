"""The measures of a corpus that Spark holds."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.catalogue import MEASURES

if TYPE_CHECKING:
    from nqp_biblio.measures.result import Result

pytestmark = [
    pytest.mark.spark,
    pytest.mark.usefixtures("spark_session"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def _record(number: int) -> nb.Record:
    names = ("Ames", "Bell", "Cole", "Dahl")
    cited = [
        nb.CitedReference(
            raw=f"Solow R, {1950 + year}, REV ECON STAT",
            first_author="Solow R",
            publication_year=1950 + year,
        )
        for year in range(number % 4 + 1)
    ]
    return nb.Record(
        title=f"Tidal trade {number}",
        type="article-journal",
        publication_year=2000 + number // 2,
        source_raw=f"J {number % 3}",
        cited_by_count=number * 3 % 11,
        language="en",
        people=[nb.Person(name, "A.") for name in names[: number % 4 + 1]],
        affiliations=[("Univ Oslo, Oslo, Norway", 1), ("Univ Lund, Lund, Sweden", None)],
        keywords=[("author_keyword", word) for word in ("tides", "ports", "heat")[: number % 3]],
        cited_references=cited,
    )


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give sixteen works of eight years with all that measures ask for."""
    raw = nb.corpus_of(_record(number) for number in range(16))
    return nb.find_topics(nb.link_references(nb.find_places(nb.normalise(raw))))


@pytest.fixture(scope="module")
def on_spark(corpus: nb.Corpus, tmp_path_factory: pytest.TempPathFactory) -> nb.Corpus:
    """Open the same corpus in Spark."""
    folder = tmp_path_factory.mktemp("spark") / "corpus"
    corpus.save(folder)
    return nb.open(folder, engine="spark")


def _answer(corpus: nb.Corpus, name: str) -> Any:
    module, _, function = MEASURES[name].partition(":")
    try:
        found: Result = getattr(importlib.import_module(f"nqp_biblio.measures.{module}"), function)(
            corpus
        )
    except nb.BiblioError as error:
        return str(error)
    return found.columns, [tuple(map(_rounded, row)) for row in found.rows]


def _rounded(value: object) -> object:
    """Sums of many parts may be added in another order."""
    return round(value, 9) if isinstance(value, float) else value


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure(corpus: nb.Corpus, on_spark: nb.Corpus, name: str) -> None:
    """Each measure that is a table has the same rows on both engines."""
    expected = _answer(corpus, name)
    assert repr(_answer(on_spark, name)) == repr(expected)
