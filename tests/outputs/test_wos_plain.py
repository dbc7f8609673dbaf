"""Works as Web of Science plain text, in the form that other programs read."""

from __future__ import annotations

import pytest

from nqp_biblio.outputs.wos_plain import format_wos
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.wos_plain import FORMAT
from nqp_biblio.record import CitedReference, Person, Record


def _lines(record: Record) -> list[str]:
    return format_wos([record]).splitlines()


def _again(record: Record) -> Record:
    items = FORMAT.records(Source("a.txt", data=format_wos([record]).encode()))
    (found,) = (item for item in items if isinstance(item, Record))
    return found


def test_the_whole_form() -> None:
    """A record has the tags of Web of Science in its order, between the header and EF."""
    record = Record(
        key="WOS:A1973",
        type="article-journal",
        title="Co-citation in the scientific literature",
        publication_year=1973,
        publication_date="1973-07-05",
        source_raw="JOURNAL OF THE AMERICAN SOCIETY FOR INFORMATION SCIENCE",
        volume="24",
        issue="4",
        pages=[("265", "269")],
        doi="10.1002/asi.4630240406",
        language="en",
        genre="Article",
        cited_by_count=7,
        people=[Person(family="Small", given="Henry"), Person(family="Doe", given="J. A.")],
        affiliations=[("Inst Sci Informat, Philadelphia, PA USA", 1), ("Univ B, Town", None)],
        keywords=[("author_keyword", "co-citation"), ("index_keyword", "SCIENCE")],
        cited_references=[CitedReference(raw="PRICE DJD, 1965, SCIENCE, V149, P510")],
        abstract="About it.",
    )
    expected = """
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Small, H
   Doe, JA
AF Small, Henry
   Doe, J. A.
TI Co-citation in the scientific literature
SO JOURNAL OF THE AMERICAN SOCIETY FOR INFORMATION SCIENCE
LA English
DT Article
DE co-citation
ID SCIENCE
AB About it.
C1 [Small, Henry] Inst Sci Informat, Philadelphia, PA USA.
   Univ B, Town.
CR PRICE DJD, 1965, SCIENCE, V149, P510
NR 1
TC 7
J9 JOURNAL OF THE AMERICAN SOCIETY FOR INFORMATION SCIENCE
PD JUL 5
PY 1973
VL 24
IS 4
BP 265
EP 269
DI 10.1002/asi.4630240406
UT WOS:A1973
ER

EF
"""
    assert format_wos([record]) == expected.lstrip()


REFERENCES = [
    (CitedReference(raw="Small H, 1973, J AM SOC INFORM SCI, V24, P265"), None),
    (
        CitedReference(
            raw="Small, H. (1973). Co-citation. JASIS, 24, 265.",
            first_author="Small, Henry",
            publication_year=1973,
            title="Co-citation",
            source_raw="J. Am. Soc. Inform. Sci.",
            volume="24",
            first_page="265",
            doi="10.1002/asi.4630240406",
        ),
        "SMALL H, 1973, J. AM. SOC. INFORM. SCI., V24, P265, DOI 10.1002/asi.4630240406",
    ),
    (
        CitedReference(
            raw="x", first_author="van Eck N.J.", publication_year=2010, title="A, b and c"
        ),
        "VAN ECK NJ, 2010, A B AND C",
    ),
    (
        CitedReference(raw="y", publication_year=2023, source_raw="Lancet", volume="5"),
        "[ANONYMOUS], 2023, LANCET, V5",
    ),
    (CitedReference(raw="https://openalex.org/W1"), None),
]


@pytest.mark.parametrize(("cited", "line"), REFERENCES)
def test_references(cited: CitedReference, line: str | None) -> None:
    """A reference in the form of Web of Science stays, another is put into it."""
    found = [text for text in _lines(Record(cited_references=[cited])) if text.startswith("CR ")]
    assert found == [f"CR {line or cited.raw}"]


def test_long_values_go_on_behind_three_blanks() -> None:
    """A long title is wrapped, and one again when it is read; no word can look like a tag."""
    record = Record(key="a", type="article-journal", title="ER a word in a title " * 20)
    lines = _lines(record)
    assert max(map(len, lines)) <= 80
    assert lines.count("ER") == 1
    assert _again(record).title == record.title.strip()  # type: ignore[union-attr]


def test_groups_and_particles() -> None:
    """Groups at the end stand under CA, particles before the family name."""
    people = [
        Person(family="Eck", given="Nees Jan", particle="van"),
        Person(family="李", given="明"),
        Person(literal="ATLAS Collaboration"),
    ]
    lines = _lines(Record(people=people))
    assert lines[3:8] == [
        "AU van Eck, NJ",
        "   李明",
        "AF van Eck, Nees Jan",
        "   李, 明",
        "CA ATLAS Collaboration",
    ]
    again = _again(Record(people=people)).people
    assert [(p.family, p.given, p.particle, p.literal) for p in again] == [
        (p.family, p.given, p.particle, p.literal) for p in people
    ]


def test_fields_of_the_database_come_back() -> None:
    """A field under a tag of Web of Science is written there; others are left out."""
    record = Record(key="a", type="article-journal", fields=[("WC", "Economics"), ("note", "x")])
    assert _again(record).fields == [("WC", "Economics")]


def test_addresses_come_back() -> None:
    """Each address stands once, with its authors, who come back."""
    people = [Person(family="Doe", given="Jane"), Person(family="Roe", given="Richard")]
    placed = [("Univ A, Town", 1), ("Univ A, Town", 2), ("Univ B, City", 2)]
    record = Record(people=people, affiliations=placed)  # type: ignore[arg-type]
    assert "C1 [Doe, Jane; Roe, Richard] Univ A, Town." in _lines(record)
    assert _again(record).affiliations == placed
