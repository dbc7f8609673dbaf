"""What a title tells of its work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.duplicate.titles import read_title


@pytest.mark.parametrize(
    ("title", "base", "kind"),
    [
        ("On the Origin of Species", "on the origin of species", ""),
        ("Erratum to: On the Origin", "on the origin", "erratum"),
        ("Author Correction: On the Origin", "on the origin", "erratum"),
        ("Corrigendum to “On the Origin”", "on the origin", "erratum"),
        ("On the Origin (vol 12, pg 3, 2004)", "on the origin", "erratum"),
        ("On the Origin [Erratum]", "on the origin", "erratum"),
        ("Retraction notice to: On the Origin", "on the origin", "retraction"),
        ("Retraction: On the Origin", "on the origin", "retraction"),
        ("RETRACTED: On the Origin", "on the origin", ""),
        ("RETRACTED ARTICLE: On the Origin", "on the origin", ""),
        ("On the Origin (Retracted article. See vol. 3, p. 4)", "on the origin", ""),
        ("Comment on “On the Origin”", "on the origin", "comment"),
        ("Reply to comment on On the Origin", "on the origin", "comment"),
        ("<i>Drosophila</i> &amp; others", "drosophila others", ""),
        ("新质生产力的内涵", "新质生产力的内涵", ""),
        ("…", "", ""),
    ],
)
def test_kind(title: str, base: str, kind: str) -> None:
    """Notices are told from the works they are about, which they name."""
    told = read_title(title)
    assert (told.base, told.kind) == (base, kind)


@pytest.mark.parametrize(
    ("title", "stem", "part"),
    [
        ("Growth and Decay. Part II: Results", "growth and decay", "2"),
        ("Growth and Decay, part 3", "growth and decay", "3"),
        ("Growth and Decay of Cities II", "growth and decay of cities", "2"),
        ("Growth in MCDM, I: Two categories", "growth in mcdm", "1"),
        ("Growth in MCDM, II: More categories", "growth in mcdm", "2"),
        ("Growth since 2015", "", ""),
        ("Departure lounges", "", ""),
    ],
)
def test_part(title: str, stem: str, part: str) -> None:
    """The number of a part is told from years and words."""
    told = read_title(title)
    assert (told.stem, told.part) == (stem, part)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SGLT 1/2 inhibition", "SGLT1/2 inhibition", True),
        ("Type II diabetes", "Type 2 diabetes", True),
        ("Report 2015", "Report 2016", False),
        ("Growth. Part A", "Growth. Part B", False),
        ("Growth", "Growth II", False),
    ],
)
def test_numbers(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    """Numbers are compared however they are set; parts count."""
    assert (read_title(one).numbers == read_title(other).numbers) is same


@given(st.text(max_size=60))
def test_any_text(title: str) -> None:
    """Any text can be a title, and its case does not count."""
    told = read_title(title)
    assert told.base == told.base.casefold()
