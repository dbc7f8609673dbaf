"""Which candidate a reference is: the score, and the decision."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio.readers.reference_string import parse_reference
from nqp_biblio.record import Person, Record
from nqp_biblio.services.likeness import PARTS
from nqp_biblio.services.matching import (
    ACCEPT,
    REVIEW,
    WEIGHTS,
    best_match,
    check_doi,
    score,
)

if TYPE_CHECKING:
    from pathlib import Path

PRINTED = "Roe AB, Poe C. On the nature of certain things. J Biol Things. 2007;12(3):345-9."
WORK = Record(
    title="On the nature of certain things",
    people=[Person(family="Roe", given="Ann B"), Person(family="Poe")],
    publication_year=2007,
    source_raw="Journal of Biological Things",
    volume="12",
    pages=[("345", "349")],
    doi="10.1000/true",
)
NEAR_MISSES: dict[str, dict[str, Any]] = {
    "other year": {"publication_year": 2010, "volume": "15", "pages": [("12", "19")]},
    "part II": {"title": f"{WORK.title}. Part II", "pages": [("350", "360")]},
    "other title": {"title": "On the decay of certain beasts", "pages": [("350", "360")]},
    "erratum": {"title": f"Erratum: {WORK.title}"},
    "corrigendum": {"title": f"{WORK.title}: corrigendum", "pages": [("901", "901")]},
    "preprint": {"source_raw": "bioRxiv", "volume": None, "pages": []},
    "review of": {"title": f"Review of: {WORK.title}", "people": [Person(family="Doe")]},
    "other pages": {"pages": [("901", "910")]},
    "other authors": {"people": [Person(family="Doe")], "volume": "4", "pages": [("3", "8")]},
    "neighbour": {"title": "Valve repair", "people": [Person(family="Doe")]},
}


def miss(kind: str) -> Record:
    """Make a near miss with a DOI of its own."""
    return replace(WORK, doi=f"10.1000/{kind.replace(' ', '-')}", **NEAR_MISSES[kind])


def test_every_level_has_a_weight() -> None:
    """What agrees never counts against, what differs never for."""
    assert tuple(WEIGHTS) == PARTS
    assert all(levels["same"] >= 0 >= levels["other"] for levels in WEIGHTS.values())
    assert 0 < REVIEW < ACCEPT < 1


def test_the_work_is_accepted() -> None:
    """A reference and its work are one, and the reason says in what."""
    decision = best_match(parse_reference(PRINTED), [WORK])
    assert (decision.state, decision.candidate) == ("accepted", WORK)
    assert decision.match is not None
    assert decision.match.score > ACCEPT
    assert "title same" in decision.reason


@pytest.mark.parametrize("kind", sorted(NEAR_MISSES))
def test_a_near_miss_is_never_accepted(kind: str) -> None:
    """Where the true work is not among the candidates, none is taken for it."""
    decision = best_match(parse_reference(PRINTED), [miss(kind)])
    assert decision.state in {"review", "rejected"}
    assert decision.reason


def test_the_work_is_found_among_near_misses() -> None:
    """The order of the candidates does not matter."""
    candidates = [WORK, *map(miss, NEAR_MISSES)]
    record = parse_reference(PRINTED)
    for seed in range(5):
        random.Random(seed).shuffle(candidates)  # noqa: S311
        decision = best_match(record, candidates)
        assert (decision.state, decision.candidate) == ("accepted", WORK)
        assert all(other.doi != WORK.doi for other, _ in decision.others)


def test_two_that_are_as_like_are_for_review() -> None:
    """Where two candidates fit as well, none is taken, and both are shown."""
    twin = replace(WORK, doi="10.1000/twin")
    decision = best_match(parse_reference(PRINTED), [WORK, twin])
    assert decision.state == "review"
    assert [other.doi for other, _ in decision.others] == ["10.1000/twin"]
    assert "as like" in decision.reason


def test_one_work_found_twice_is_no_rival() -> None:
    """The same DOI twice among the candidates is one candidate."""
    assert best_match(parse_reference(PRINTED), [WORK, replace(WORK)]).state == "accepted"


@pytest.mark.parametrize(
    "changes",
    [
        {"publication_year": 2008},
        {"title": "ON THE NATURE OF CERTAIN THINGS"},
        {"title": "On the natur of certain things"},
        {"volume": None},
        {"pages": []},
        {"people": []},
        {"source_raw": "J. Biol. Things"},
        {"source_raw": None},
        {"people": [Person(family="Roé")]},
    ],
)
def test_what_deposits_leave_out_or_get_wrong_is_borne(changes: dict[str, Any]) -> None:
    """One gap or slip in the metadata does not lose the work."""
    decision = best_match(parse_reference(PRINTED), [replace(WORK, **changes)])
    assert decision.state == "accepted", decision.reason


def test_a_reference_without_title_is_known_by_its_place() -> None:
    """Where no title is printed, author, venue, volume and page must all agree."""
    record = parse_reference("A. Roe, J. Biol. Things 12, 345 (2007)")
    assert best_match(record, [WORK]).state == "accepted"
    assert best_match(record, [replace(WORK, pages=[("346", "350")])]).state != "accepted"


def test_title_and_author_alone_are_not_enough() -> None:
    """Where nothing else can be compared, a look is asked for."""
    record = Record(title=WORK.title, people=WORK.people)
    assert best_match(record, [WORK]).state == "review"


def test_a_book_is_known_without_a_place() -> None:
    """Title, author and year do for a book, and not for an article of that name."""
    record = parse_reference("Roe AB (2007) On the nature of certain things. CRC Press, London.")
    book = replace(WORK, source_raw=None, volume=None, pages=[])
    assert best_match(record, [book]).state == "accepted"
    decision = best_match(record, [WORK])
    assert decision.state == "review"
    assert "place" in decision.reason
    assert best_match(record, [replace(book, publication_year=2008)]).state == "review"


BOOK = "Roe, Ann B. On the nature of certain things. 2nd ed. Oxford: Blackwell, 2007."
BOOK_WORK = Record(
    type="book",
    title="On the Nature of Certain Things",
    people=[Person(family="Roe", given="Ann")],
    publication_year=2007,
    publisher="Blackwell Publishing Ltd",
    doi="10.1000/book",
)
IN_JOURNAL: dict[str, Any] = {
    "type": "article-journal",
    "source_raw": "Blackwell Journal of Things",
    "volume": "3",
    "pages": [("9", "12")],
}
NEAR_BOOKS: dict[str, dict[str, Any]] = {
    "other edition": {"edition": "3"},
    "later edition": {"publication_year": 2011},
    "other publisher": {"publisher": "Quill House"},
    "article of its title": IN_JOURNAL,
    "review of its title": {**IN_JOURNAL, "people": [Person(family="Quimby")]},
    "chapter of its title": {"type": "chapter", "source_raw": "Essays on Things"},
    "volume 2": {"title": "On the Nature of Certain Things. Volume 2"},
    "other author": {"people": [Person(family="Doe")]},
    "preprint": {"type": "article", "source_raw": "SSRN Electronic Journal"},
}
CHAPTER = (
    "Roe, A. (2007). On the nature of certain things. In B. Poe (Ed.), Handbook of things "
    "(pp. 12-34). Oxford: Blackwell."
)
CHAPTER_WORK = replace(
    BOOK_WORK, type="chapter", source_raw="Handbook of Things", pages=[("12", "34")]
)
NEAR_CHAPTERS: dict[str, dict[str, Any]] = {
    "the book": {"type": "book", "title": "Handbook of Things", "source_raw": None, "pages": []},
    "a book of its title": {"type": "book", "source_raw": None, "pages": []},
    "another chapter": {"title": "On valve repair in infants", "pages": [("35", "50")]},
    "in another book": {"source_raw": "Readings in Method", "pages": [("1", "9")]},
    "in a journal": IN_JOURNAL,
    "later edition": {"publication_year": 2011, "pages": [("15", "40")]},
}


@pytest.mark.parametrize(
    ("printed", "work"),
    [
        (BOOK, BOOK_WORK),
        (BOOK, replace(BOOK_WORK, publisher_place="Malden, MA")),
        (BOOK, replace(BOOK_WORK, publisher=None)),
        (BOOK, replace(BOOK_WORK, publisher="Conglomerate", publisher_place="Oxford, UK")),
        (CHAPTER, CHAPTER_WORK),
        (CHAPTER, replace(CHAPTER_WORK, pages=[], publisher=None)),
    ],
)
def test_books_and_chapters_are_accepted(printed: str, work: Record) -> None:
    """A book is known by its publisher or place, a chapter by its book."""
    decision = best_match(parse_reference(printed), [work])
    is_doubtful = work.publisher == "Conglomerate"
    assert decision.state == ("review" if is_doubtful else "accepted"), decision.reason


@pytest.mark.parametrize(
    ("printed", "work"),
    [
        *((BOOK, replace(BOOK_WORK, **changes)) for changes in NEAR_BOOKS.values()),
        *((CHAPTER, replace(CHAPTER_WORK, **changes)) for changes in NEAR_CHAPTERS.values()),
    ],
    ids=[*NEAR_BOOKS, *NEAR_CHAPTERS],
)
def test_what_is_nearly_a_book_or_chapter_is_never_accepted(printed: str, work: Record) -> None:
    """Reviews, versions and neighbours of books and chapters are not taken."""
    assert best_match(parse_reference(printed), [work]).state != "accepted"


def test_books_and_chapters_are_found_among_near_misses() -> None:
    """The true work is taken though all its near misses were found as well."""
    near = [replace(BOOK_WORK, doi=f"10.9/{n}", **one) for n, one in enumerate(NEAR_BOOKS.values())]
    decision = best_match(parse_reference(BOOK), [*near, BOOK_WORK])
    assert (decision.state, decision.candidate) == ("accepted", BOOK_WORK)


def test_no_candidates() -> None:
    """Nothing found, and nothing like it, are both rejected with a reason."""
    record = parse_reference(PRINTED)
    assert best_match(record, []).state == "rejected"
    other = Record(title="Soil moisture", people=[Person(family="Doe")], publication_year=1999)
    decision = best_match(record, [other])
    assert (decision.state, decision.candidate) == ("rejected", None)
    assert "1 candidates" in decision.reason


def test_empty_records_are_borne() -> None:
    """Records with nothing in them give no match and no error."""
    assert best_match(Record(), [Record(), WORK]).state != "accepted"
    assert score(Record(), Record()).words == "nothing to compare"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "same"),
        ({"pages": [], "volume": None}, "same"),
        ({"title": "关于事物的研究", "people": [Person(family="罗")]}, "same"),
        ({"title": "Über gewisse Dinge"}, "doubtful"),
        ({"title": f"Erratum: {WORK.title}"}, "doubtful"),
        ({"pages": [("901", "902")]}, "doubtful"),
        (
            {
                "title": "Valve repair in infants",
                "people": [Person(family="Doe")],
                "publication_year": 1999,
                "source_raw": "Heart",
                "volume": "7",
                "pages": [("1001", "1002")],
            },
            "other",
        ),
    ],
)
def test_the_doi_of_another_work_is_known(changes: dict[str, Any], state: str) -> None:
    """A DOI whose metadata are another work is wrong; a translation is at most doubtful."""
    assert check_doi(parse_reference(PRINTED), replace(WORK, **changes)).state == state


def test_both_works_are_shown() -> None:
    """The verdict says what is printed and what stands under the DOI."""
    found = Record(title="Valve repair", people=[Person(family="Doe")], doi="10.1000/wrong")
    reason = check_doi(parse_reference(PRINTED), found).reason
    for words in ("Roe", "certain things", "10.1000/wrong", "Doe", "Valve repair"):
        assert words in reason


def test_too_little_is_unchecked() -> None:
    """A work with nothing but its DOI, or its year, can be no proof against it."""
    assert check_doi(Record(doi="10.1000/true"), WORK).state == "unchecked"
    assert check_doi(Record(publication_year=2007), WORK).state == "unchecked"


def test_real_references_find_their_works(shared_data: Path) -> None:
    """Of a hundred real references nearly all find their work, and none another."""
    path = shared_data / "formats" / "plaintext" / "glutton-refs-1000.json"
    items = json.loads(path.read_text(encoding="utf-8"))[::10]
    works = [
        Record(
            title=item.get("atitle"),
            people=[Person(family=item["firstAuthor"])] if "firstAuthor" in item else [],
            source_raw=item["jtitle"],
            volume=item["volume"],
            pages=[(item["firstPage"], item["firstPage"])],
            doi=item["doi"],
        )
        for item in items
    ]
    found = [best_match(parse_reference(item["reference"]), works) for item in items]
    taken = [
        (decision.candidate, work)
        for decision, work in zip(found, works, strict=True)
        if decision.state == "accepted"
    ]
    assert all(candidate is work for candidate, work in taken)
    assert len(taken) >= 95
