"""Standard parts of a paper."""

from __future__ import annotations

import pytest

from nqp_biblio.measures.section_types import SECTION_TYPES, heading_type, section_types


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("1 Introduction", "introduction"),
        ("一、引言", "introduction"),
        ("2 Literature review", "background"),
        ("二、文献综述", "background"),
        ("Materials & Methods", "methods"),
        ("3.1 Data", "methods"),
        ("三 研究方法", "methods"),
        ("Results and discussion", "results"),
        ("Résultats", "results"),
        ("实证分析", "results"),
        ("DISCUSSION", "discussion"),
        ("讨论与结论", "discussion"),
        ("Schlussfolgerungen", "conclusion"),
        ("五、结论", "conclusion"),
        ("Database selection", "other"),
        ("A tale of two cities", "other"),
        ("Summary", "other"),
        ("Summary and conclusions", "conclusion"),
        ("", "other"),
    ],
)
def test_words_of_headings(heading: str, expected: str) -> None:
    """A heading opens the part of the first known word in it; parts of words do not count."""
    assert heading_type(heading) == expected
    assert expected in SECTION_TYPES


def test_subsections() -> None:
    """A subsection without a known word belongs to the section that its number continues."""
    headings = [None, "2 Methods", "2.1 Corpora", "2.1.3 Tools", "3.1 Corpora", "2.2 Results"]
    expected = ["before the first heading", *["methods"] * 3, "other", "results"]
    assert section_types([*headings]) == expected
