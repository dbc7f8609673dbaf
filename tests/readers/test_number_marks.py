"""Numbers are read as citations only where they are some."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.number_marks import Numbers, find_numbers

NUMBERS = Numbers([str(number) for number in range(1, 31)])


def _found(texts: list[str], *, labelled: bool = True) -> list[tuple[str, ...]]:
    found, _ = find_numbers(texts, NUMBERS, labelled=labelled)
    return [marker.labels for text in texts for marker in found.get(text, ())]


def _cited(style: str, extra: str, numbers: range = range(1, 31)) -> list[str]:
    """Sentences that cite each number in turn, one of them with something else in it."""
    texts = [f"They said so many things there{style.format(number)}." for number in numbers]
    return [*texts[:15], extra, *texts[15:]]


@pytest.mark.parametrize(
    "extra",
    [
        "as in eq. (3), equation (2), Fig. 2 (3) and table (1).",
        "y = a + bx (7)",
        "There are (1) pears, (2) apples and (3) plums.",
        "Male 12 (3) 14 (5)",
        "About 5 (2%) of them, in May (2001), PI(3,4,5)P3.",
    ],
)
def test_parentheses(extra: str) -> None:
    """Equations, figures, items, cells of tables and years in parentheses cite nothing."""
    assert len(_found(_cited(" ({})", extra))) == 30


@pytest.mark.parametrize(
    "extra",
    [
        "It is 10⁶ m² or 5 cm³ of Ca²⁺ and ¹³C, dm⁻³.",
        "p27Kip¹ binds. p27Kip¹ is here. p27Kip¹ is there.",
        "The R² and the x² are large.",
    ],
)
def test_superscripts(extra: str) -> None:
    """Powers, units, charges, isotopes and names of genes cite nothing."""
    signs = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    texts = [text.translate(signs) if "there" in text else text for text in _cited("{}", "x")]
    texts[15] = extra
    assert len(_found(texts)) == 30


@pytest.mark.parametrize("extra", ["It is CD4 and CO2.", "In 5 cm3 or 7 km2.", "The year 2001."])
def test_glued_figures(extra: str) -> None:
    """Numbers that belong to a name or a unit cite nothing."""
    assert len(_found(_cited("{}", extra))) == 30


@pytest.mark.parametrize(
    ("caption", "count"),
    [
        ("Fig. 2. A shark lunged (1–3), stalled its approach (4–6) and slapped (7–10).", 30),
        ("The cells differ in shape (1, 2) and in size (3).", 30),
        ("The cells differ in shape (1) and in size (5).", 32),
        ("The cells differ in shape (2) and in size (3).", 32),
    ],
)
def test_parts_that_are_counted(caption: str, count: int) -> None:
    """Parentheses that count the parts of a picture from 1 on cite nothing."""
    assert len([one for one in _found(_cited(" ({})", caption)) if one]) == count


@pytest.mark.parametrize("year", ["in 1990", "in 2007", "of the 1980s", "(1999"])
def test_a_year_may_bear_a_citation(year: str) -> None:
    """A raised figure behind a year is no power."""
    signs = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    texts = [text.translate(signs) for text in _cited("{}", "x")]
    texts[15] = f"So it was {year}⁷, but not 1,990⁷ or 10⁷ or 2.2007⁷."
    assert _found(texts).count(("7",)) == 2


@pytest.mark.parametrize(
    "extra",
    [
        "So it is in the networks (e.g.,7) of old.",
        "The Life Identifier (LSID)7 is one.",
        "As they say (“self-confidence”)7 now.",
        "As in mice [Roe et al.7] too.",
    ],
)
def test_figures_stuck_to_punctuation(extra: str) -> None:
    """A figure may stick to a comma after e.g., and to a closing bracket or quotation mark."""
    assert _found(_cited("{}", extra)).count(("7",)) == 2


def test_acronyms_may_bear_a_citation() -> None:
    """A number stuck to an acronym cites where the acronym stands without it elsewhere."""
    extra = "The WHO said so. The WHO is there. All at the WHO15."
    assert len(_found(_cited("{}", extra))) == 31


def test_lists_in_the_order_of_names() -> None:
    """Numbers need not be cited in order, where nearly all of the list is cited."""
    order = [7, 3, 21, 30, 1, 14, 2, 29, 9, 11, 25, 4, 18, 6, 22, 5, 27, 8, 28, 10, 26, 12, 24]
    texts = [f"They said so many things there ({number})." for number in [*order, 13, 15]]
    assert len(_found(texts)) == 25


def test_the_style_that_names_most_is_taken() -> None:
    """A few powers do not hide that a text cites in brackets, nor brackets raised numbers."""
    texts = [f"It grew [{number}] by fields²." for number in range(1, 6)]
    assert _found(texts) == [(str(number),) for number in range(1, 6)]
    texts = ["From [0, 1] it grew.¹ And shrank.²,³ In [1, 2] it stays.⁴⁻⁶"]
    assert _found(texts) == [("1",), ("2", "3"), ("4", "5", "6")]


def test_numbers_of_a_list_without_numbers_must_cite_much_of_it() -> None:
    """Where the list prints no numbers, a few brackets are not taken for places in it."""
    assert _found(["From [2] to [3]."], labelled=False) == []
    assert len(_found([f"So [{number}]." for number in range(1, 16)], labelled=False)) == 15
