"""What tells two works with nearly one title apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.reference_string import parse_reference
from nqp_biblio.record import Record
from nqp_biblio.services.conflicts import find_conflicts


@pytest.mark.parametrize(
    ("printed", "found", "word"),
    [
        ("On things", "Erratum: On things", "erratum"),
        ("On things", "Correction to: On things", "erratum"),
        ("On things", "On things: corrigendum", "erratum"),
        ("On things", "Retraction: On things", "retraction"),
        ("On things", "Reply to: On things", "reply"),
        ("On things", "On things - reply", "reply"),
        ("On things", "Comment on On things", "comment"),
        ("On things", "Review of: On things", "review"),
        ("Erratum: On things", "On things", "erratum"),
        ("Review article: On things", "Review of: Review article: On things", "review"),
        ("On things", "On things. Part II", "part 2"),
        ("On things", "On things II", "part 2"),
        ("On things, part 1", "On things, part 2", "part 2"),
        ("On things. Part III", "On things", "part 3"),
        ("On things 2", "On things 3", "part 3"),
    ],
)
def test_another_work_on_the_same(printed: str, found: str, word: str) -> None:
    """Errata, replies, reviews and other parts are named, on either side."""
    conflicts = find_conflicts(Record(title=printed), Record(title=found))
    assert conflicts
    assert word in " ".join(conflicts)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("On things", "On Things"),
        ("Correction of the uptake of things", "Correction of the uptake of things"),
        ("A review of things", "A review of things"),
        ("On things", "On things. Part I"),
        ("Human defensin 3", "Human defensin 3"),
        ("Response of cells to things", "Response of cells to things"),
        ("On things: a review", "On things"),
        (None, "Erratum"),
        ("On things", None),
    ],
)
def test_nothing_speaks_against_the_same(printed: str | None, found: str | None) -> None:
    """Words such as correction and review in a title are no sign by themselves."""
    assert find_conflicts(Record(title=printed), Record(title=found)) == ()


def test_the_string_counts_where_the_title_was_cut() -> None:
    """A part that the string prints is none that the candidate has more."""
    record = parse_reference("Roe A (2001) On things. Part II. The rest. J Things 3:4-5")
    assert find_conflicts(record, Record(title="On things. Part II. The rest")) == ()


@pytest.mark.parametrize(
    ("raw", "n_conflicts"),
    [
        ("Roe A (2001) On the nature of things. J Things 3:4-5", 1),
        ("Roe A (2001) On the nature of things. bioRxiv 2001.01.01", 0),
        ("Roe A (2001) On the nature of things. Preprint, arXiv:2101.00001", 0),
    ],
)
def test_a_preprint_is_no_article(raw: str, n_conflicts: int) -> None:
    """A preprint stands for an article only where the reference says so."""
    preprint = Record(title="On the nature of things", source_raw="bioRxiv")
    posted = Record(title="On the nature of things", fields=[("type", "posted-content")])
    record = parse_reference(raw)
    assert len(find_conflicts(record, preprint)) == n_conflicts
    assert len(find_conflicts(record, posted)) == n_conflicts


def test_a_book_is_no_chapter() -> None:
    """The book in which a chapter stands is not taken for the chapter."""
    record = Record(title="A chapter", source_raw="Emerging powers in global governance")
    found = Record(title="Emerging Powers in Global Governance")
    assert find_conflicts(record, found) == ("the whole in which the work stands",)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_borne(printed: str, found: str) -> None:
    """Whatever is printed, an answer comes, and a work has nothing against itself."""
    find_conflicts(Record(raw=printed, title=printed), Record(title=found))
    assert not find_conflicts(Record(title=found), Record(title=found))


def test_a_part_of_the_book_is_not_the_book() -> None:
    """A chapter in a book of the printed title is another work than the book."""
    book = Record(title="Handbook of certain things", type="book")
    chapter = Record(title="Handbook of other things", source_raw="Handbook of Certain Things")
    assert find_conflicts(book, chapter) == ("a part of what is printed",)
    column = Record(title="Handbook of certain things", source_raw="Handbook of Certain Things")
    assert find_conflicts(book, column) == ()
