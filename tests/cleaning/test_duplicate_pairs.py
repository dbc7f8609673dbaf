"""Which pairs of works are compared, and how like they are."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.duplicate.features import FEATURES, compare_pairs
from nqp_biblio.cleaning.duplicate.pairs import candidate_pairs
from nqp_biblio.cleaning.duplicate.score import WEIGHTS, judge
from nqp_biblio.cleaning.duplicate.works import ComparedWorks, compared_works
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import Person, Record


def work(title: str | None, **values: object) -> Record:
    """Make an article by one author."""
    family = values.pop("family", "Ames")
    pages = values.pop("page", None)
    record = Record(title=title, type="article-journal", **values)  # type: ignore[arg-type]
    record.people = [Person(family=str(family), given="A.")] if family else []
    record.pages = [(str(pages), str(pages))] if pages else []
    return record


def compared(*records: Record) -> ComparedWorks:
    """Bring records into the form in which they are compared."""
    return compared_works(corpus_of(records))


LONG = "Harbour growth and the street networks of old towns"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work(LONG), work(LONG.upper() + ".")),
        (work(LONG), work(LONG.replace("street", "stret"))),
        (work(LONG), work("The " + LONG)),
        (work("A", doi="10.1000/a"), work("B", doi="10.1000/a")),
        (work("A", pmid="1"), work("B", pmid="1")),
        (work("A", arxiv_id="2101.00001"), work("B", arxiv_id="2101.00001")),
        (work(None, volume="3", page=7), work("B", volume="3", page=7)),
        (work("新质生产力的内涵特征与发展"), work("新质生产力的内涵特征和发展")),
    ],
)
def test_pairs_worth_comparing(one: Record, other: Record) -> None:
    """Typos, identifiers, places and scripts without blanks all lead to a pair."""
    assert candidate_pairs(compared(one, other)).tolist() == [[0, 1]]


def test_nothing_in_common() -> None:
    """Works with nothing in common are no pair; nor is a single work, or none."""
    assert candidate_pairs(compared(work(LONG), work("On tides"))).tolist() == []
    assert candidate_pairs(compared(work(LONG))).tolist() == []
    assert candidate_pairs(compared()).tolist() == []


def test_many_of_one_title() -> None:
    """A thousand editorials give pairs by the thousand, not by the million."""
    editorials = [work("Editorial", publication_year=1900 + at % 100) for at in range(1_000)]
    assert len(candidate_pairs(compared(*editorials))) <= 24_000


def test_every_feature_has_a_weight() -> None:
    """The score knows each feature."""
    assert set(FEATURES) == set(WEIGHTS)


YEAR = {"publication_year": 2001}


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (work(LONG, **YEAR), work(LONG, **YEAR), "one"),
        (work(LONG, **YEAR), work(LONG.replace("growth", "grwth"), **YEAR), "one"),
        (work(LONG, doi="10.1000/a"), work(LONG, doi="10.1000/b", **YEAR), "doubtful"),
        (work(LONG, doi="10.1000/a"), work("Tides", doi="10.1000/a", family="Bo"), "doubtful"),
        (work(LONG, family=""), work(LONG, family="", **YEAR), "doubtful"),
        (work(f"{LONG} 2001", **YEAR), work(f"{LONG} 2002", **YEAR), "doubtful"),
        (work("Editorial", **YEAR), work("Editorial", **YEAR), "doubtful"),
        (
            work("Editorial", source_raw="Ports", volume="3", page=1, **YEAR),
            work("Editorial", source_raw="Ports", volume="3", page=1, **YEAR),
            "one",
        ),
        (
            work(LONG, source_raw="Ports", volume="3", page=1, **YEAR),
            work(LONG, source_raw="Ports", volume="3", page=90, **YEAR),
            "doubtful",
        ),
        (work(LONG, **YEAR), work(LONG, family="Zola", publication_year=1950), "two"),
        (
            work("Tides of winter", volume="3", page=1, **YEAR),
            work(LONG, volume="3", page=1, **YEAR),
            "doubtful",
        ),
        (work(LONG, volume="3", page=1, **YEAR), work(None, volume="3", page=1, **YEAR), "one"),
        (work(LONG, volume="3", page=1, **YEAR), work(None, volume="3", page=1), "doubtful"),
    ],
)
def test_verdicts(one: Record, other: Record, verdict: str) -> None:
    """What agrees is one work; what differs in DOI, number or place is not without a person."""
    works = compared(one, other)
    found = compare_pairs(works, candidate_pairs(works))
    judged = judge(works, found, merge_from=0.9)
    named = "one" if judged.is_one[0] else "doubtful" if judged.is_doubtful[0] else "two"
    assert named == verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nutr Metab (Lond)", "Nutrition and Metabolism"),
        ("J. Informetr.", "Journal of Informetrics"),
        ("EUROPEAN JOURNAL OF OPERATIONAL RESEARCH", "European Journal of Operational Research"),
        ("JASIST", "Journal of the American Society for Information Science and Technology"),
    ],
)
def test_abbreviated_venues(one: str, other: str) -> None:
    """An abbreviation is the source that it stands for."""
    works = compared(work(LONG, source_raw=one), work(LONG, source_raw=other))
    found = compare_pairs(works, candidate_pairs(works))
    assert not found.has("venue_other")[0]


def test_article_numbers_are_no_pages() -> None:
    """A page and the number of an article do not speak against each other."""
    works = compared(work(LONG, page=262), work(LONG, article_number="9284403"))
    found = compare_pairs(works, candidate_pairs(works))
    assert not found.has("page_other")[0]
