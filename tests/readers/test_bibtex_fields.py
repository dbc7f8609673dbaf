"""From the fields of a BibTeX entry to a record: types, titles, journals, names, references."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.readers.bibtex import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record


def _of(text: str) -> list[Record]:
    source = Source("a.bib", data=text.encode())
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("entry", "csl_type"),
    [
        ("@web_page{k, title = {T}}", "webpage"),
        ("@book_section{k, title = {T}, journal = {B}}", "chapter"),
        ("@newspaper_article{k, title = {T}}", "article-newspaper"),
        ("@magazine_article{k, title = {T}}", "article-magazine"),
        ("@generic{k, title = {T}, journal = {J}}", "article-journal"),
        ("@generic{k, title = {T}, volume = {3}}", "article-journal"),
        ("@generic{k, title = {T}}", "document"),
        ("@legmaterial{k, title = {T}}", "legislation"),
        ("@book{k, title = {T}, booktitle = {B}}", "chapter"),
        ("@book{k, title = {The {T}}, booktitle = {The T}}", "book"),
        ("@book{k, title = {T}}", "book"),
        ("@misc{k, title = {T}, entrysubtype = {figure}}", "figure"),
        ("@audio{k, title = {T}, entrysubtype = {speech}}", "song"),
        ("@image{k, title = {T}, entrysubtype = {map}}", "graphic"),
    ],
)
def test_types(entry: str, csl_type: str) -> None:
    """Kinds of reference managers, and books that are parts of books, have their types."""
    (record,) = _of(entry)
    assert record.type == csl_type


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("title = {T}, titleaddon = {Audiobook}", "T"),
        ("titleaddon = {A map of the town}", "A map of the town"),
        (r"title = {AND\slash OR}", "AND/OR"),
        (r"title = {\bibcyr{Дом}}", "Дом"),
    ],
)
def test_titles(fields: str, title: str) -> None:
    """What stands for the title is it, where there is no title."""
    (record,) = _of(f"@book{{k, {fields}}}")
    assert record.title == title


@pytest.mark.parametrize(
    ("journal", "name"),
    [
        (r"{\prl}", "Physical Review Letters"),
        (r"{{\mnras}}", "Monthly Notices of the Royal Astronomical Society"),
        (r"{\unknown}", r"\unknown"),
        ("JACM", "Journal of the ACM"),
        ("toplas", "ACM Transactions on Programming Languages and Systems"),
    ],
)
def test_journals_of_styles(journal: str, name: str) -> None:
    """Journals that a style spells out are spelt out."""
    (record,) = _of(f"@article{{k, journal = {journal}}}")
    assert record.source_raw == name


def test_own_macros_go_before_those_of_styles() -> None:
    """A file may define a macro of a style otherwise."""
    (record,) = _of("@string{jacm = {J. ACM}}\n@article{k, journal = jacm}")
    assert (record.source_raw, record.problems) == ("J. ACM", [])


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (r"Brise\~no-Garc\'ia, M.", ["Briseño-García, M."]),
        (r"Pe\~{n}a, A. and Mu{\~n}oz, B.", ["Peña, A.", "Muñoz, B."]),
        ("Jane~Doe", ["Doe, Jane"]),
        ("Miller, D., Firby, J. and Dean, T.", ["Miller, D.", "Firby, J.", "Dean, T."]),
        ("Aa, B. Cc, D. Ee, F. Gg, H. and Dean, T.", ["Aa, B. Cc D. Ee F. Gg H.", "Dean, T."]),
        ("King, Jr., M. L. and Doe, Jane", ["King, M. L., Jr.", "Doe, Jane"]),
    ],
)
def test_names(names: str, shown: list[str]) -> None:
    """A tilde is an accent behind a backslash and a blank else; commas alone part names too."""
    (record,) = _of(f"@article{{k, author = {{{names}}}}}")
    assert [person.display for person in record.people] == shown


def test_an_article_inherits_from_an_article() -> None:
    """An entry that only names another entry for the same article is that article."""
    text = "@article{a, crossref = {b}}\n@article{b, title = {T}, pages = {1-9}, doi = {10.1000/x}}"
    first, second = _of(text)
    assert (first.title, first.pages, first.doi) == (second.title, second.pages, second.doi)
    assert first.title == "T"


def test_references_of_scopus_since_2023() -> None:
    """References whose authors semicolons part are split where each ends in its year."""
    text = (
        "@article{k, source = {Scopus}, references = {Roe A.; Doe B., One, and two, J Ex, 5,"
        " pp. 1-9, (2020); Poe C., Three, (2021)}}"
    )
    (record,) = _of(text)
    found = [(cited.first_author, cited.title, cited.volume) for cited in record.cited_references]
    assert found == [("Roe A.", "One, and two", "5"), ("Poe C.", "Three", None)]


WOS = """@article{{WOS:1,
Author = {{Doe, Jane and Roe, Ann}},
Address = {{1 STREET, TOWN, LAND}},
Affiliation = {{Doe, J (Corresponding Author), Univ A, City, Land.
   Doe, Jane; Roe, Ann, Univ A, City, Land.
   Roe, Ann, Univ B, Town, Land.}},
Unique-ID = {{WOS:1}},
}}
""".replace("{{", "{").replace("}}", "}")


def test_addresses_of_web_of_science() -> None:
    """Addresses are those of its tagged export: without full stop, one for each author."""
    (record,) = _of(WOS)
    assert record.affiliations == [
        ("Univ A, City, Land", 1),
        ("Univ A, City, Land", 2),
        ("Univ B, Town, Land", 2),
    ]
    assert record.publisher_place is None
    assert ("address", "1 STREET, TOWN, LAND") in record.fields


XDATA = """
@xdata{people, author = {Roe, Ann and Poe, Bob}, editor = {xdata=more-editor}}
@xdata{more, editor = {Zoe, Una}, title = {Shared}}
"""


@pytest.mark.parametrize(
    ("fields", "name", "expected", "n_problems"),
    [
        ("author = {Doe, Jo and xdata=people-author-2}", "author", "Doe, Jo; Poe, Bob", 0),
        ("author = {xdata=people-author and Doe, Jo}", "author", "Roe, Ann; Poe, Bob; Doe, Jo", 0),
        ("editor = {xdata=people-editor-1}", "editor", "Zoe, Una", 0),
        ("author = {xdata=people-author-3}", "author", "xdata=people-author-3", 1),
        ("author = {xdata=nobody-author-1}", "author", "xdata=nobody-author-1", 1),
    ],
)
def test_values_taken_one_by_one(fields: str, name: str, expected: str, n_problems: int) -> None:
    """Single values come from @xdata entries; what leads nowhere stays and is a problem."""
    (record,) = _of(f"@book{{k, {fields}}}\n{XDATA}")
    assert "; ".join(person.display for person in record.people_of(name)) == expected
    assert len(record.problems) == n_problems


def test_values_in_a_circle() -> None:
    """Values that name each other stay as they are."""
    text = """@book{k, title = {xdata=a-title}}
        @xdata{a, title = {xdata=b-title and xdata=b-title}}
        @xdata{b, title = {xdata=a-title and xdata=a-title}}"""
    (record,) = _of(text)
    assert (record.title or "").startswith("xdata=")
    assert record.problems


PIECES = st.sampled_from(
    [
        *("@article{k, ", "@xdata{k, ", "@book(", "@string{k = ", "title = {", "author = {", "}"),
        *("xdata=k-title", " and ", "crossref = {k}", "journal = jacm", r"{\prl}", r"\~n", ", "),
        *('"', "{", ")", "=", "#", "\n", "Miller, D., Firby, J.", "number = 3", "@"),
    ]
)

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5)


@given(st.lists(PIECES | TEXT, max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text(pieces: list[str]) -> None:
    """No text makes the reader stumble; something comes of each."""
    assert list(FORMAT.records(Source("a.bib", data=f"@misc{{{''.join(pieces)}".encode())))
