"""How like two works are, part by part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.reference_string import parse_reference
from nqp_biblio.record import Person, Record
from nqp_biblio.services.likeness import PARTS, compare, squash

PRINTED = (
    "Müller K, Roe AB (2007) On the nature of endo-\nscopic things in adults. "
    "J Biol Things 12(3):345-9"
)
WORK = {
    "title": "On the Nature of Endoscopic Things in Adults",
    "people": [Person(family="Muller", given="Karl"), Person(family="Roe", given="Ann B")],
    "publication_year": 2007,
    "source_raw": "Journal of Biological Things",
    "volume": "12",
    "pages": [("345", "349")],
}


IMPRINT = ("publisher", "place", "kind")


def level(part: str, **changes: object) -> str:
    """Compare the printed reference with a changed work, and give one level."""
    return compare(parse_reference(PRINTED), Record(**(WORK | changes)))[part]  # type: ignore[arg-type]


def test_the_work_itself_is_the_same_in_all() -> None:
    """Accents, abbreviations, cut words and short last pages do not count."""
    levels = compare(parse_reference(PRINTED), Record(**WORK))  # type: ignore[arg-type]
    assert {levels[part] for part in PARTS if part not in IMPRINT} == {"same"}
    assert {levels[part] for part in IMPRINT} == {"none"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ON THE NATURE OF ENDOSCOPIC THINGS IN ADULTS.", "same"),
        ("On the nature of <i>endoscopic</i> things in adults", "same"),
        ("On the natur of endoscopc thngs in adults", "close"),
        ("On the nature of endoscopic things in adults: a survey of 90 cities", "close"),
        ("On the nature of", "cut"),
        ("Valve repair in infants", "other"),
        (None, "none"),
        ("关于内镜的研究", "none"),
    ],
)
def test_titles(title: str | None, expected: str) -> None:
    """Slips are close, a cut one is known as such, another script says nothing."""
    assert level("title", title=title) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([Person(family="Müller")], "same"),
        ([Person(family="Muellr"), Person(family="Müller")], "listed"),
        ([Person(family="Roe")], "listed"),
        ([Person(family="Zhang")], "other"),
        ([Person(literal="Müller")], "same"),
        ([], "none"),
        ([Person(family="张")], "none"),
    ],
)
def test_first_authors(people: list[Person], expected: str) -> None:
    """The first author decides; another of the list is half of it."""
    assert level("author", people=people) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2007, "same"), (2006, "next"), (2008, "next"), (2009, "other"), (None, "none")],
)
def test_years(year: int | None, expected: str) -> None:
    """One year apart is usual between online and print."""
    assert level("year", publication_year=year) == expected


@pytest.mark.parametrize(
    ("printed", "found", "expected"),
    [
        ("Proc Natl Acad Sci USA", "Proceedings of the National Academy of Sciences", "same"),
        ("J. Clin. Invest.", "Journal of Clinical Investigation", "same"),
        ("PNAS", "Proceedings of the National Academy of Sciences", "same"),
        ("JASIST", "Journal of the American Society for Information Science", "other"),
        ("The Lancet", "Lancet", "same"),
        ("Brain", "Brain Research", "near"),
        ("Nature", "Science", "other"),
        (
            "Z Lebensm-Unters Forsch",
            "Zeitschrift für Lebensmittel-Untersuchung und -Forschung",
            "same",
        ),
        ("Cell", "Cell", "same"),
        (None, "Cell", "none"),
        ("科学通报", "Chinese Science Bulletin", "none"),
    ],
)
def test_venues(printed: str | None, found: str, expected: str) -> None:
    """Abbreviations and acronyms are read; one word in common is not enough."""
    levels = compare(Record(source_raw=printed), Record(source_raw=found))
    assert levels["venue"] == expected


def test_the_short_name_of_crossref_counts() -> None:
    """A journal's own abbreviation, which no rule would find, is compared too."""
    found = Record(source_raw="Whatever", fields=[("short-container-title", "Ann Odd; A. O.")])
    assert compare(Record(source_raw="Ann Odd"), found)["venue"] == "same"


@pytest.mark.parametrize(
    ("changes", "volume", "page"),
    [
        ({"volume": "012"}, "same", "same"),
        ({"volume": "13"}, "other", "same"),
        ({"volume": "2007"}, "none", "same"),
        ({"volume": None}, "none", "same"),
        ({"pages": [("354", "354")]}, "same", "near"),
        ({"pages": [("e345", "e345")]}, "same", "same"),
        ({"pages": [("901", "910")]}, "same", "other"),
        ({"pages": []}, "same", "none"),
        ({"pages": [], "article_number": "345"}, "same", "same"),
        ({"pages": [("1", "9")]}, "same", "other"),
    ],
)
def test_volumes_and_pages(changes: dict[str, object], volume: str, page: str) -> None:
    """Zeros before do not count, a slip in one digit is near, a year is no volume."""
    assert (level("volume", **changes), level("page", **changes)) == (volume, page)


def test_what_was_not_read_is_found_in_the_string() -> None:
    """A string that was read badly is searched for volume and page, title and author."""
    record = Record(raw="ROE AB ON THE NATURE OF ENDOSCOPIC THINGS. J Odd 12 (3), pp. 345-9, 2007")
    found = Record(**(WORK | {"people": [Person(family="Roe")]}))  # type: ignore[arg-type]
    levels = compare(record, found)
    assert (levels["author"], levels["volume"], levels["page"], levels["year"]) == (
        "same",
        "same",
        "same",
        "same",
    )


def test_a_page_that_was_not_read_still_differs() -> None:
    """Where the string has a page behind the volume, a candidate with another is another."""
    record = Record(raw="Roe A. On things. J Odd 23(16):3697-3705, 2005", volume="23")
    assert compare(record, Record(volume="23", pages=[("4007", "4010")]))["page"] == "other"
    assert compare(record, Record(volume="23", pages=[("3697", "3705")]))["page"] == "same"
    bare = Record(raw="Roe A. On things. J Odd 23, 2005", volume="23", publication_year=2005)
    assert compare(bare, Record(volume="23", pages=[("4007", "4010")]))["page"] == "none"


def test_the_last_page_is_not_the_first() -> None:
    """Volume and first page must follow each other: 12:345-349 does not begin at 349."""
    assert level("page", pages=[("349", "349")]) != "same"


def test_squash_joins_words_cut_by_a_line() -> None:
    """A word that a line cut is whole again."""
    assert squash("Endos-\ncopy") == squash("endoscopy")
    assert squash(None) == ""


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=20))
def test_any_text_has_levels(raw: str, title: str, number: str) -> None:
    """Whatever is printed, each part gets a level."""
    record = Record(raw=raw, title=title, volume=number, source_raw=title)
    found = Record(title=raw, volume=number, source_raw=raw, pages=[(number, number)])
    assert tuple(compare(record, found)) == PARTS
