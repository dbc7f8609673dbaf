"""Measures of production and laws are the same on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.spark,
    pytest.mark.usefixtures("spark_session"),
    # pyspark says so of its own use of pandas
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

LISTS = ("ab", "a", "ac*", "d", "ea", "fgb", "b", "hij", "", "k")
OSLO, LUND = "Univ Oslo, Oslo, Norway", "Univ Lund, Lund, Sweden"


def _record(number: int, authors: str) -> nb.Record:
    cited = [f"Xu {letter}, {1990 + number % 3}, J {letter}" for letter in authors[:2]]
    return nb.Record(
        title=f"Title {number}",
        genre="Article" if number % 2 else None,
        publication_year=None if number == 7 else 2000 + number // 2,
        cited_by_count=None if number == 3 else 3 * number,
        source_raw=f"Journal {number % 4}",
        doi=f"10.1016/j.title.{number}",
        et_al="*" in authors,
        people=[nb.Person(f"Author{letter}", "A.") for letter in authors.strip("*")],
        affiliations=[(place, None) for place in (OSLO, LUND)[: number % 3]],
        keywords=[("author_keyword", f"term {letter}") for letter in authors],
        cited_references=[
            *(nb.CitedReference(raw=raw, publication_year=int(raw[6:10])) for raw in cited),
            nb.CitedReference(
                raw=f"Author, Title {number - 1}", doi=f"10.1016/j.title.{number - 1}"
            ),
        ],
    )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, spark_session: None) -> list[nb.Corpus]:
    """Open ten works of eleven authors in DuckDB and in Spark."""
    del spark_session
    folder: Path = tmp_path_factory.mktemp("both") / "corpus"
    corpus = nb.corpus_of(_record(number, authors) for number, authors in enumerate(LISTS))
    nb.link_references(nb.find_places(nb.normalise(corpus))).save(folder)
    return [nb.open(folder), nb.open(folder, engine="spark")]


CASES: list[tuple[Any, dict[str, Any]]] = [
    (nb.main_information, {"like": "bibliometrix"}),
    (nb.completeness, {}),
    (nb.topic_frequencies, {"kind": "author_keyword", "like": "bibliometrix"}),
    (nb.most_cited_works, {"scope": "local"}),
    (nb.most_cited_references, {"top": 3}),
    (nb.collaboration, {"like": "bibliometrix"}),
    (nb.dominance, {"as_of": 2003}),
    (nb.lotka, {"n_bootstrap": 20}),
    (nb.bradford_zones, {}),
    (nb.concentration, {"of": "countries", "what": "citations"}),
]


@pytest.mark.parametrize(
    ("measure", "options"), CASES, ids=[f"{m.__name__}{list(o.values())}" for m, o in CASES]
)
def test_same_on_both(both: list[nb.Corpus], measure: Any, options: dict[str, Any]) -> None:
    """A measure gives the same rows and manifest on both engines."""
    ours, theirs = (measure(corpus, **options) for corpus in both)
    assert len(ours) > 0
    assert ours.columns == theirs.columns
    assert ours.rows == theirs.rows
    assert ours.manifest == theirs.manifest
