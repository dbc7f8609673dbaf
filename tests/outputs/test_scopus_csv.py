"""Works as Scopus CSV, in the form that other programs read."""

from __future__ import annotations

import csv
import io

from nqp_biblio.outputs.scopus_csv import COLUMNS, format_scopus_csv
from nqp_biblio.readers.scopus_csv import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import CitedReference, Person, Record

RECORD = Record(
    key="2-s2.0-1",
    type="article-journal",
    title="Software survey: VOSviewer",
    publication_year=2010,
    year_raw="2010",
    source_raw="Scientometrics",
    volume="84",
    issue="2",
    pages=[("523", "538")],
    pages_raw="523-538",
    doi="10.1007/s11192-009-0146-3",
    doi_raw="10.1007/s11192-009-0146-3",
    genre="Article",
    language="en",
    cited_by_count=9,
    people=[
        Person(family="Eck", given="Nees Jan", particle="van"),
        Person(family="Waltman", given="Ludo"),
        Person(family="Old", given="Ann", role="editor"),
    ],
    affiliations=[("Erasmus Univ, Rotterdam", 1), ("CWTS, Leiden", 2)],
    keywords=[("author_keyword", "mapping"), ("index_keyword", "software")],
    fields=[("Author(s) ID", "6506285783; 14522006000"), ("CODEN", "SCNTD")],
    cited_references=[
        CitedReference(
            raw="SMALL H, 1973, JASIS, V24, P265",
            first_author="SMALL H",
            publication_year=1973,
            title="Co-citation in the scientific literature",
            source_raw="JASIS",
            volume="24",
            first_page="265",
        ),
        CitedReference(
            raw="y",
            first_author="Price, D.",
            publication_year=1965,
            title="Networks; of papers",
            source_raw="Science",
        ),
    ],
)


def _row(record: Record) -> dict[str, str]:
    text = format_scopus_csv([record])
    return next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_columns() -> None:
    """The header is Scopus' own of 2023, behind a byte order mark."""
    text = format_scopus_csv([])
    assert text.startswith('\ufeff"Authors","Author full names","Author(s) ID","Title","Year",')
    assert text.endswith('"Open Access","Source","EID"\n')
    assert len(COLUMNS) == len(set(COLUMNS)) == 46


def test_cells() -> None:
    """Names, ids, addresses and references are in the forms of Scopus."""
    row = _row(RECORD)
    assert row["Authors"] == "van Eck N.J.; Waltman L."
    assert row["Author full names"] == "van Eck, Nees Jan (6506285783); Waltman, Ludo (14522006000)"
    assert row["Affiliations"] == "Erasmus Univ, Rotterdam; CWTS, Leiden"
    assert row["Authors with affiliations"] == (
        "van Eck N.J., Erasmus Univ, Rotterdam; Waltman L., CWTS, Leiden"
    )
    assert (row["Page start"], row["Page end"], row["CODEN"]) == ("523", "538", "SCNTD")
    assert row["References"] == (
        "SMALL H., Co-citation in the scientific literature, JASIS, 24, pp. 265, (1973); "
        "Price D., Networks, of papers, Science, (1965)"
    )


def test_it_comes_back() -> None:
    """What Scopus has a column for is the same when it is read again."""
    source = Source("a.csv", data=format_scopus_csv([RECORD]).encode())
    assert FORMAT.matches(source) > 0.9
    (again,) = (item for item in FORMAT.records(source) if isinstance(item, Record))
    for name in ("key", "type", "title", "publication_year", "source_raw", "volume", "pages_raw"):
        assert getattr(again, name) == getattr(RECORD, name), name
    for name in ("doi_raw", "genre", "language", "cited_by_count", "affiliations", "keywords"):
        assert getattr(again, name) == getattr(RECORD, name), name
    assert [(p.role, p.family, p.given, p.particle) for p in again.people] == [
        (p.role, p.family, p.given, p.particle) for p in RECORD.people
    ]
    titles = ["Co-citation in the scientific literature", "Networks, of papers"]
    assert [cited.title for cited in again.cited_references] == titles


def test_a_formula_is_no_formula() -> None:
    """A title that a spreadsheet would run gets an apostrophe."""
    assert _row(Record(title="=1+1"))["Title"] == "'=1+1"
