"""Names of columns, and rows that are headers."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.table_columns import COLUMNS, column_of, header_score, is_likely_header


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("TITLE ", "title"),
        ("Author(s)", "authors"),
        ("Año de publicación", "year"),
        ("刊名", "source_raw"),
        ("ArticleURL", "url"),
        ("StartPage", "first_page"),
        ("pubtitle", "source_raw"),
        ("Scopus Source title", "source_raw"),
        ("Journal/Book", "source_raw"),
        ("UT (Unique WOS ID)", "key"),
        ("OriginalPaperDOI", "doi"),
        ("RetractionDOI", None),
        ("label_included", None),
        ("asreview_label", None),
        ("", None),
    ],
)
def test_names(name: str, column: str | None) -> None:
    """A column is known by its name in any case, with or without accents and signs."""
    assert column_of(name) == column


def test_each_name_stands_for_one_column() -> None:
    """Our own names of columns stand for themselves."""
    hidden = {"full_names", "addresses_by_author", "anthology", "abbreviated", "open_url"}
    for name in COLUMNS - hidden:
        assert column_of(name) == name, name


@pytest.mark.parametrize(
    ("cells", "is_header"),
    [
        (["Title", "Authors", "Year"], True),
        (["title", "abstract"], True),
        (["Title"], False),
        (["source", "target", "weight"], False),
        (["Maps", "Ada Berg", "2001"], False),
        (["title", "x" * 70], False),
    ],
)
def test_likely_headers(cells: list[str], is_header: bool) -> None:  # noqa: FBT001
    """A header names a title, authors, a DOI or an abstract, and something else of a work."""
    assert is_likely_header(cells) is is_header


def test_score_counts_columns_once() -> None:
    """A name that stands twice counts once; a row with prose is no header."""
    assert header_score(["title", "Title", "year", "note"]) == 2
    assert header_score(["title", "year", "prose " * 40]) == 0
