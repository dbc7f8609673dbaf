"""Citations by author and year lead to the one reference that they mean."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.author_year import AuthorYearIndex, find_author_year
from nqp_biblio.readers.reference_string import parse_references

LIST = {
    "smith-j-2009": "Smith, J. (2009). One thing. Journal of Things, 3(4), 5–6.",
    "smith-a-2009": "Smith, A. (2009). Another thing. Journal of Things, 3(5), 7–9.",
    "smith-2011": "Smith, J. (2011). Late thing. Journal of Things, 5, 5–6.",
    "lee-2019a": "Smith, J., & Lee, B. (2019a). On lists. Journal of Things, 13, 1–9.",
    "lee-2019b": "Smith, J., & Lee, B. (2019b). On more. Journal of Things, 13, 10–19.",
    "wu-2": "Wu, C., & Ma, D. (2020). Roots. Forestry, 1, 4–5.",
    "wu-3": "Wu, C., Chen, D., & Li, E. (2020). Trees. Forestry, 1, 2–3.",
    "who": "World Health Organization. (2010). World health report. Geneva: Author.",
    "council": (
        "Committee on Lists, Books, and Libraries of the Council. (2004). Report. Town: Press."
    ),
    "roe": "Roe, R. (in press). To come. Journal of Things.",
    "unesco": "UNESCO. (n.d.). Glossary. Paris: UNESCO.",
    "price": "de Solla Price, D. J. (1965). Networks of papers. Science, 149, 510–515.",
    "marx": "Marx, K. (1867/1990). Capital. London: Penguin.",
    "garcia": "García Márquez, G. (1967). Cien años de soledad. Buenos Aires: Sudamericana.",
    "winter": "Winter, V. (2003). Seasons. Journal of Things, 1, 1–2.",
    "obrien": "O’Brien, T. (1990). The things they carried. Boston: Houghton.",
}
INDEX = AuthorYearIndex(list(LIST), parse_references(list(LIST.values())))


def _found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (text[one.start : one.end], one.labels)
        for one in sorted(find_author_year(text, INDEX), key=lambda one: one.start)
        if one.labels
    ]


@pytest.mark.parametrize(
    ("text", "marker", "labels"),
    [
        (
            "So (Smith & Lee, 2019a; cf. Wu et al. 2020).",
            "(Smith & Lee, 2019a; cf. Wu et al. 2020)",
            "lee-2019a wu-3",
        ),
        ("So (Smith & Lee, 2019a, 2019b).", "(Smith & Lee, 2019a, 2019b)", "lee-2019a lee-2019b"),
        ("So (Smith & Lee 2019a,b).", "(Smith & Lee 2019a,b)", "lee-2019a lee-2019b"),
        (
            "So (J. Smith 2009, 2011, p. 12).",
            "(J. Smith 2009, 2011, p. 12)",
            "smith-j-2009 smith-2011",
        ),
        ("So (A. Smith, 2009).", "(A. Smith, 2009)", "smith-a-2009"),
        ("So (Wu & Ma, 2020).", "(Wu & Ma, 2020)", "wu-2"),
        ("So (Winter, 2003).", "(Winter, 2003)", "winter"),
        ("So (see also Winter, 2003, Table 2).", "(see also Winter, 2003, Table 2)", "winter"),
        ("So (Winter 2003: 23–25).", "(Winter 2003: 23–25)", "winter"),
        ("So (Figure 1(a); Winter 2003).", "(Figure 1(a); Winter 2003)", "winter"),
        ("So (Fig. 2, Winter, 2003).", "(Fig. 2, Winter, 2003)", "winter"),
        ("So (Win-\nter, 2003).", "(Win-\nter, 2003)", "winter"),
        ("So (World Health Organization, 2010).", "(World Health Organization, 2010)", "who"),
        (
            "So (World Health Organization [WHO], 2010).",
            "(World Health Organization [WHO], 2010)",
            "who",
        ),
        ("So (WHO, 2010).", "(WHO, 2010)", "who"),
        (
            "So (Committee on Lists, Books, and Libraries of the Council, 2004).",
            "(Committee on Lists, Books, and Libraries of the Council, 2004)",
            "council",
        ),
        ("So (Roe, in press).", "(Roe, in press)", "roe"),
        ("So (UNESCO, n.d.).", "(UNESCO, n.d.)", "unesco"),
        ("So (Marx, 1990).", "(Marx, 1990)", "marx"),
        ("So (García, 1967).", "(García, 1967)", "garcia"),
    ],
)
def test_in_parentheses(text: str, marker: str, labels: str) -> None:
    """One pair of parentheses names all that stands in it."""
    assert _found(text) == [(marker, tuple(labels.split()))]


@pytest.mark.parametrize(
    ("text", "marker", "label"),
    [
        ("As Smith and Lee’s (2019b) study.", "Smith and Lee’s (2019b)", "lee-2019b"),
        ("Like J. Smith (2009) we did.", "J. Smith (2009)", "smith-j-2009"),
        ("Wu and colleagues (2020) say.", "Wu and colleagues (2020)", "wu-3"),
        ("Wu, Chen, and Li (2020) say.", "Wu, Chen, and Li (2020)", "wu-3"),
        ("In Norway, Wu et al. (2020) say.", "Wu et al. (2020)", "wu-3"),
        ("In Things, Carl Wu and Dan Ma (2020) say.", "Wu and Dan Ma (2020)", "wu-2"),
        ("The WHO (2010) says.", "WHO (2010)", "who"),
        ("What Roe (in press) says.", "Roe (in press)", "roe"),
        ("What de Solla Price (1965) says.", "de Solla Price (1965)", "price"),
        ("What Price [1965] says.", "Price [1965]", "price"),
        ("What O'Brien (1990) says.", "O'Brien (1990)", "obrien"),
        ("Winter’s 2003 paper.", "Winter’s 2003", "winter"),
        ("What Marx (1867/1990) says.", "Marx (1867/1990)", "marx"),
    ],
)
def test_in_the_sentence(text: str, marker: str, label: str) -> None:
    """A name before its year begins the marker, without the words before it."""
    assert _found(text) == [(marker, (label,))]


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 (Fig. 3) it was 2009.",
        "Data of winter (2003–2004), spring (2009) and Wuhan (2020).",
        "The winters of 2003 were cold.",
        "(Winter, pp. 2003–2010) and 2003%.",
        "(Winter 2003b4)",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    """Years, seasons, pages and places are no citations."""
    assert _found(text) == []


def test_open_choice_is_said() -> None:
    """Two references that fit alike are both named in the reason."""
    found = next(iter(find_author_year("Smith (2009).", INDEX)))
    assert found.unknown == (
        "Smith 2009 names 2 references of the list: smith-j-2009, smith-a-2009",
    )


def test_letters_count_where_the_list_prints_none() -> None:
    """The letters a and b mean the first and the second of one author and year."""
    works = parse_references(
        [
            "Roe, R. (2001). First. Journal of Things, 1, 1–2.",
            "Roe, R. (2001). Second. Journal of Things, 1, 3–4.",
        ]
    )
    index = AuthorYearIndex(["1", "2"], works)
    found = next(iter(find_author_year("So (Roe, 2001b).", index)))
    assert found.labels == ("2",)


@pytest.mark.parametrize("unit", ["(", "(a", "Aa, ", "Aa 2001 ", "2001", "[Aa 2001", "a-\n", "A. "])
def test_long_paragraphs_come_to_an_end(unit: str) -> None:
    """A paragraph of 100,000 characters is read to its end."""
    assert list(find_author_year(unit * (100_000 // len(unit)), INDEX)) == []
