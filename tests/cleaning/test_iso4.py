"""Abbreviations by ISO 4."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.cleaning.iso4 import abbreviate_title, fits_abbreviation, is_abbreviated


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (
            "Journal of the American Society for Information Science and Technology",
            "J. Am. Soc. Inf. Sci. Technol.",
        ),
        ("Nature", "Nature"),
        ("Nature Materials", "Nat. Mater."),
        ("Physical Review Letters", "Phys. Rev. Lett."),
        ("Research Policy", "Res. Policy"),
        ("Journal of Informetrics", "J. Informetr."),
        ("Zeitschrift für Soziologie", "Z. Soziol."),
        ("J. Phys. A", "J. Phys. A"),
        ("科学学研究", None),
    ],
)
def test_titles_are_abbreviated(title: str, short: str | None) -> None:
    """Titles in Latin letters get their ISO 4 form, by the words of their language."""
    assert abbreviate_title(title) == short


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("J. Am. Chem. Soc.", True),
        ("EUR J OPER RES", True),
        ("ANNALS OF PHYSICS", False),
        ("Scientometrics", False),
        ("Cell", False),
        ("New Horizons", False),
    ],
)
def test_abbreviated_titles_are_told(title: str, *, expected: bool) -> None:
    """A title with cut words is told from one in full."""
    assert is_abbreviated(title) is expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("J AM SOC INF SCI TEC", "Journal of the American Society for Information Science", False),
        ("APPL OPTICS", "Applied Optics", True),
        ("MANAGE SCI", "Management Science", True),
        ("J PHYS A", "Journal of Physics A", True),
        ("J PHYS A", "Journal of Physics B", False),
        ("J PHYSIOL", "Journal of Physics", False),
        ("J CHEM", "Journal of Chemical Physics", False),
        ("Ann. Phys.", "Annals of Physics", False),
    ],
)
def test_abbreviation_fits_word_by_word(short: str, full: str, *, expected: bool) -> None:
    """Irregular cuts fit too, but never another word or a letter of another part."""
    assert fits_abbreviation(short, full, abbreviate_title(full) or "") is expected


def test_without_the_word_list_nothing_is_abbreviated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, titles stay as they are and the history of the corpus says why."""
    for module in ("cleaning.iso4", "cleaning.normalise"):
        monkeypatch.setattr(f"nqp_biblio.{module}.has_word_list", lambda: False)
    is_abbreviated.cache_clear()
    corpus = nb.corpus_of([nb.Record(title="one", source_raw="Management Science")])
    done = nb.normalise(corpus)
    is_abbreviated.cache_clear()
    assert done.sql("SELECT display_name, abbreviated_title FROM sources") == [
        ("Management Science", None)
    ]
    assert done.history[-1]["iso4"] == "not installed"
