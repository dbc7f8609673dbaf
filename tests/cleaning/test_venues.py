"""Names of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.venues import (
    clean_venue,
    find_issns,
    may_share_issn,
    part_of,
    read_aliases,
    venue_key,
)
from nqp_biblio.errors import MissingFileError, OptionError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("JOURNAL OF APPLIED OPTICS", "Journal of Applied Optics"),
        ("IEEE TRANSACTIONS ON ROBOTICS", "IEEE Transactions on Robotics"),
        ("JOURNAL OF PHYSICS A-MATHEMATICAL", "Journal of Physics A-Mathematical"),
        ("<i>Optics &amp; Lasers</i>", "Optics & Lasers"),
        ("*Optics Letters*,", "Optics Letters"),
        ("Optics Letters (Online)", "Optics Letters"),
        ("SCIENTOMETRICS", "Scientometrics"),
        ("NATURE", "Nature"),
        ("PNAS", "PNAS"),
        ("eLife", "eLife"),
        ("科学学研究", "科学学研究"),
    ],
)
def test_one_name_is_cleaned(name: str, clean: str) -> None:
    """Markup, capitals and medium go, acronyms stay, and a clean name is clean."""
    assert clean_venue(name) == clean
    assert clean_venue(clean) == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Lancet", "LANCET"),
        ("Optics and Lasers", "Optics & Lasers"),
        ("Sustainability (Switzerland)", "Sustainability"),
        ("Nature (London)", "Nature"),
        ("Omega-International Journal of Management Science", "Omega"),
        ("Cities: The International Journal of Urban Policy", "Cities"),
        ("Environment, Development and Sustainability", "Environment Development & Sustainability"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    """What does not name the source does not count."""
    assert venue_key(one) == venue_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nature", "Nature Materials"),
        ("Journal of Physics A", "Journal of Physics B"),
        ("Journal of Physics", "Journal of Physics: Condensed Matter"),
        ("Science and Technology in China", "China Science & Technology Resources Review"),
        (
            "Journal of Linyi University (Natural Science)",
            "Journal of Linyi University (Social Science)",
        ),
        ("Information Science", "Information Sciences"),
    ],
)
def test_different_journals_keep_different_keys(one: str, other: str) -> None:
    """Parts, sections and different journals are never one."""
    assert venue_key(one) != venue_key(other)


def test_issns_are_checked() -> None:
    """Only ISSNs with the right check digit are taken."""
    assert find_issns("ISSN 0028-0836, 14764687; 1234-5678") == ["0028-0836", "1476-4687"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Journal of Physics A: Mathematical and Theoretical", "a"),
        ("Physical Review Part B", "b"),
        ("Acta Logica III", "iii"),
        ("Nature", None),
    ],
)
def test_part_of_a_journal(name: str, part: str | None) -> None:
    """The letter of a part is told."""
    assert part_of(name) == part


def test_proceedings_share_the_issn_of_a_series() -> None:
    """An ISSN does not tell one volume of proceedings from another."""
    assert may_share_issn("Optics Letters")
    assert not may_share_issn("Proceedings of the Workshop on Optics")


def test_aliases_from_a_mapping_win() -> None:
    """A user's alias replaces the built-in one."""
    aliases = read_aliases({"PNAS": "Papers of the North Atlantic Society"})
    assert aliases[venue_key("PNAS")] == "Papers of the North Atlantic Society"
    assert read_aliases(None)[venue_key("PNAS")].startswith("Proceedings")


@pytest.mark.parametrize("sign", [";", ","])
def test_aliases_from_a_journal_list(tmp_path: Path, sign: str) -> None:
    """A list of journals as JabRef keeps it is read, with semicolons or commas."""
    path = tmp_path / "journals.csv"
    path.write_text(f"# own\nOptics Today{sign}Opt. Today{sign}OT\n\n", encoding="utf-8")
    aliases = read_aliases(path)
    assert aliases[venue_key("Opt. Today")] == aliases[venue_key("OT")] == "Optics Today"


def test_missing_journal_list_says_so(tmp_path: Path) -> None:
    """A path that names no file is told."""
    with pytest.raises(MissingFileError, match="no such file"):
        read_aliases(tmp_path / "none.csv")


def test_line_without_abbreviation_says_so(tmp_path: Path) -> None:
    """A line that cannot be used is told with its number."""
    path = tmp_path / "journals.csv"
    path.write_text("Optics Today\n", encoding="utf-8")
    with pytest.raises(OptionError, match=r"journals\.csv:1: 'Optics Today' is not full"):
        read_aliases(path)


@given(st.text(min_size=1, max_size=80))
def test_any_name_has_a_key(name: str) -> None:
    """No name makes it fail or loses its key."""
    assert venue_key(name)
    clean_venue(name)
