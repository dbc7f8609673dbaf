"""Topics of a corpus."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.cleaning.topics import find_topics
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

TITLES = (
    "Green and Digital Innovation-Driven Growth of the Low-Carbon Economy: Logic and Paths",
    "Research on Green and Digital Innovation in the Steel Industry",
    "Green and Digital Innovations and the Low Carbon Economy of Suzhou",
    "Case Study on Cultivating Green and Digital Innovation Talents in Universities",
    "The Low-carbon economy and green and digital innovation: an analysis of R&D investment",
    "Prospects of China's Green and Digital Innovation",
)


def topics(corpus: Corpus) -> dict[str, int]:
    """Return the topics with the number of their works."""
    return dict(
        corpus.sql(
            "SELECT term, COUNT(*) FROM terms WHERE kind = 'topic' GROUP BY term ORDER BY term"
        )
    )


@pytest.fixture
def corpus() -> Corpus:
    """Return a corpus of six titles around one coordinated phrase."""
    return corpus_of([Record(title=title) for title in TITLES])


def test_topics_are_what_an_indexer_would_choose(corpus: Corpus) -> None:
    """Coordinated adjectives stay together, variants are one, generic words are none."""
    assert topics(find_topics(corpus)) == {
        "China": 1,
        "R&D investment": 1,
        "Suzhou": 1,
        "green and digital innovation": 6,
        "low-carbon economy": 3,
        "steel industry": 1,
        "talents": 1,
        "universities": 1,
    }


def test_topic_keeps_how_it_stands(corpus: Corpus) -> None:
    """The raw term is what the title prints."""
    rows = find_topics(corpus).sql(
        "SELECT work_id, position, term_raw FROM terms WHERE term = 'low-carbon economy'"
        " ORDER BY work_id"
    )
    assert rows == [
        (1, 2, "Low-Carbon Economy"),
        (3, 2, "Low Carbon Economy"),
        (5, 1, "Low-carbon economy"),
    ]


def test_topic_of_nearly_all_works_is_ubiquitous(corpus: Corpus) -> None:
    """What every work is about is marked, as it tells none from another."""
    marked = find_topics(corpus).sql("SELECT DISTINCT term FROM terms WHERE is_ubiquitous")
    assert marked == [("green and digital innovation",)]
    few = corpus_of([Record(title=title) for title in TITLES[:4]])
    assert find_topics(few).sql("SELECT COUNT(*) FROM terms WHERE is_ubiquitous") == [(0,)]


def test_rare_topics_can_be_left_out(corpus: Corpus) -> None:
    """A topic must stand in as many works as asked."""
    assert set(topics(find_topics(corpus, min_works=2))) == {
        "green and digital innovation",
        "low-carbon economy",
    }


def test_finding_again_replaces(corpus: Corpus) -> None:
    """Topics are not added twice, and keywords stay."""
    once = find_topics(corpus)
    assert topics(find_topics(once)) == topics(once)


def test_keywords_are_topics_as_they_are() -> None:
    """A keyword is a topic, joined with the title's own words; its row stays."""
    record = Record(title="Rural tourism in practice")
    record.keywords = [("author_keyword", "Rural Tourism"), ("author_keyword", "analysis")]
    found = find_topics(corpus_of([record]))
    assert topics(found) == {"rural tourism": 1}
    assert found.sql("SELECT COUNT(*) FROM terms WHERE kind = 'author_keyword'") == [(2,)]


def test_phrases_of_abstracts_must_recur() -> None:
    """What a single abstract mentions in passing is no topic."""
    records = [
        Record(title="Coffee", abstract="We weigh coffee beans by machine learning. A blue door."),
        Record(title="Tea", abstract="Tea leaves are sorted with machine learning."),
    ]
    assert topics(find_topics(corpus_of(records), fields=("abstract",))) == {"machine learning": 2}


def test_order_of_works_does_not_count(corpus: Corpus) -> None:
    """The same works in another order have the same topics."""
    turned = corpus_of([Record(title=title) for title in reversed(TITLES)])
    assert topics(find_topics(turned)) == topics(find_topics(corpus))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"fields": ["titel"]}, UnknownNameError, "Did you mean 'title'"),
        ({"min_works": 0}, OptionError, "must be 1 or more"),
        ({"ubiquitous_share": 0}, OptionError, "must be above 0"),
    ],
)
def test_options_out_of_range_are_refused(
    corpus: Corpus, options: dict[str, object], error: type[Exception], message: str
) -> None:
    """An option that cannot be used is told."""
    with pytest.raises(error, match=message):
        find_topics(corpus, **options)  # type: ignore[arg-type]


def test_empty_corpus_has_no_topics() -> None:
    """A corpus without text does not fail."""
    assert topics(find_topics(corpus_of([]))) == {}


def test_topics_of_the_first_paper(shared_data: Path) -> None:
    """The fifteen references of the first paper are about what a reader would say."""
    gold = json.loads((shared_data / "seed_gold.json").read_text(encoding="utf-8"))
    records = [Record(title=item["title"]) for item in gold["references"]]
    found = topics(find_topics(corpus_of(records)))
    assert found["new-quality productivity"] == 15
    assert found["scientific and technological innovation"] == 15
    assert {"digital economy", "modern industrial systems", "Suzhou textile industry"} <= set(found)
    assert not {"innovation", "productivity", "research", "path"} & set(found)


def test_connectors_stay_where_the_corpus_shows_it() -> None:
    """A phrase with "de la" inside is one topic where it recurs."""
    places = ("las aldeas", "los puertos", "las islas")
    records = [Record(title=f"La gestión de la memoria en {place}") for place in places]
    assert topics(find_topics(corpus_of(records)))["gestión de la memoria"] == 3
