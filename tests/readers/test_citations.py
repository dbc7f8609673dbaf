"""In-text citations: every style of marker leads to its references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.citations import CitedList, find_citations
from nqp_biblio.readers.lines import lines_of
from nqp_biblio.readers.paper import read_text
from nqp_biblio.readers.sections import read_paragraphs
from nqp_biblio.record import Person, Record

if TYPE_CHECKING:
    from pathlib import Path

NUMBERED = CitedList(
    tuple("12345"), tuple(Record(role="reference") for _ in range(5)), labelled=True
)


def _work(family: str, year: int, *others: str, raw: str = "") -> Record:
    people = [Person(family=name) for name in (family, *others)]
    return Record(role="reference", people=people, publication_year=year, raw=raw)


NAMED = CitedList(
    ("1", "2", "3", "4", "5", "6", "7"),
    (
        _work("Smith", 2001),
        _work("Jones", 2003, "Lee", raw="Jones & Lee 2003a"),
        _work("Jones", 2003, "Lee", raw="Jones & Lee 2003b"),
        _work("Roe", 2006, "Doe", "Poe"),
        _work("Roe", 2006),
        Record(people=[Person(particle="van der", family="Berg")], publication_year=1999, raw=""),
        _work("张三", 2003),
    ),
    labelled=False,
)


def _found(text: str, cited: CitedList) -> list[tuple[str, str]]:
    paragraphs = read_paragraphs(lines_of(text))
    return [
        (one.marker, "".join(mention.label for mention in one.mentions))
        for one in find_citations(paragraphs, cited)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So ^[1]. And^[2].", [("^[1]", "1"), ("^[2]", "2")]),
        ("So [1, 3].", [("[1, 3]", "13")]),
        ("So [2–4; 1].", [("[2–4; 1]", "2341")]),
        ("So [2-3, 5] and ［4］.", [("[2-3, 5]", "235"), ("［4］", "4")]),
        ("So [1, p. 23] here.", [("[1, p. 23]", "1")]),
        ("So [see 2].", [("[see 2]", "2")]),
        ("So [1]–[3].", [("[1]–[3]", "123")]),
        ("So [1,\n2].", [("[1, 2]", "12")]),
        ("So【1】。", [("【1】", "1")]),
        ("So.¹ And²,³ more⁴⁻⁵.", [("¹", "1"), ("²,³", "23"), ("⁴⁻⁵", "45")]),
        ("So<sup>1,2–4</sup>.", [("<sup>1,2–4</sup>", "1234")]),
        ("So^1,2^ and^{3}.", [("^1,2^", "12"), ("^{3}", "3")]),
        ("So (1). And (2, 3). See (4, 5).", [("(1)", "1"), ("(2, 3)", "23"), ("(4, 5)", "45")]),
        ("So it grew1. It shrank2,3 and more4.", [("1", "1"), ("2,3", "23"), ("4", "4")]),
        ("Area 5 m² or 10³ cm³ [1].", [("[1]", "1")]),
        ("In [0, 1] and [2019] and [a] and [1.5].", []),
        ("There are (1) apples and 3 pears.", []),
    ],
)
def test_numbers(text: str, found: list[tuple[str, str]]) -> None:
    """Numbers in brackets, raised, in parentheses or stuck to words name references."""
    assert _found(text, NUMBERED) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So (Smith, 2001).", [("(Smith, 2001)", "1")]),
        ("So (Smith 2001; Jones & Lee 2003a).", [("(Smith 2001; Jones & Lee 2003a)", "12")]),
        ("So (see Jones and Lee, 2003a, b).", [("(see Jones and Lee, 2003a, b)", "23")]),
        ("As Smith (2001) says.", [("Smith (2001)", "1")]),
        ("As Roe et al. (2006, p. 3) say.", [("Roe et al. (2006, p. 3)", "4")]),
        ("As Roe (2006) says.", [("Roe (2006)", "5")]),
        ("As van der Berg (1999) says.", [("van der Berg (1999)", "6")]),
        ("As in Berg [1999].", [("Berg [1999]", "6")]),
        ("Smith's (2001) way.", [("Smith's (2001)", "1")]),
        ("张三（2003）指出。", [("张三（2003）", "7")]),
        (
            "很久很久以前在一个很远很远很远的地方有人说过并且李四说张三（2003）指出。",
            [("张三（2003）", "7")],
        ),
        ("本文指出（张三，2003）。", [("（张三，2003）", "7")]),
        ("It rained (2001), in March (2001).", []),
    ],
)
def test_author_and_year(text: str, found: list[tuple[str, str]]) -> None:
    """Names and years name references, in parentheses and in the sentence."""
    assert _found(text, NAMED) == found


@pytest.mark.parametrize(
    ("text", "cited", "reason"),
    [
        ("So [1, 9].", NUMBERED, "[9] names no reference of the list"),
        ("Smith (2001), Miller (1987).", NAMED, "Miller 1987 names no reference of the list"),
        (
            "Smith (2001), Jones & Lee (2003).",
            NAMED,
            "Jones & Lee 2003 names 2 references of the list: 2, 3",
        ),
    ],
)
def test_what_names_nothing_is_said(text: str, cited: CitedList, reason: str) -> None:
    """A marker that names no reference, or two, says so."""
    citations = find_citations(read_paragraphs(lines_of(text)), cited)
    assert [unknown for one in citations for unknown in one.unknown] == [reason]


def test_keys() -> None:
    """Keys in brackets name the references that bear them."""
    works = (Record(role="reference"), Record(role="reference"))
    cited = CitedList(("SR01", "Berg 2003"), works, labelled=True)
    assert _found("So [SR01]. And [SR01, Berg 2003] [not this].", cited) == [
        ("[SR01]", "SR01"),
        ("[SR01, Berg 2003]", "SR01Berg 2003"),
    ]


def test_place_of_a_citation(data: Path) -> None:
    """Each mention knows its section, sentence and character of the file."""
    text = (data / "papers" / "numbered.txt").read_text(encoding="utf-8")
    paper = next(iter(read_text(text, file="numbered.txt")))
    assert isinstance(paper, Record)
    for one in paper.mentions:
        assert text[one.offset : one.offset + len(one.marker)] == one.marker
        assert one.marker in one.sentence
    last = paper.mentions[-1]
    assert (last.section, last.sentence) == ("2.1 Data", "We took 40 papers from each year.[4]")
    assert [(one.line, one.raw) for one in paper.problems] == [(32, "[9]")]


def test_sentence_over_a_page_break_is_whole(data: Path) -> None:
    """A sentence that a page break cuts has one number and no running header in it."""
    text = (data / "papers" / "numbered.txt").read_text(encoding="utf-8").replace("[9]", "[1]")
    paper = next(iter(read_text(text, file="numbered.txt")))
    assert isinstance(paper, Record)
    assert paper.mentions[-1].sentence == (
        "Their lists were read by two computers, one after the other [1]."
    )


def test_author_marks_are_no_citations() -> None:
    """Raised numbers after the names of authors are not taken for citations."""
    text = (
        "A Title of Things\n\nJane Doe¹, Richard Roe²\n\nAbstract: Things grow.\n\n"
        "1. Introduction\n\nThings grow.¹ They shrink.²\n\nReferences\n\n"
        "1. Smith J. Growth of lists. J Things. 2001;3(4):5–6.\n"
        "2. Roe A. Reading. J Things. 2003;5(1):18–25.\n"
    )
    paper = next(iter(read_text(text, file="x")))
    assert isinstance(paper, Record)
    assert [one.label for one in paper.mentions] == ["1", "2"]


@given(st.text(alphabet="aB1 [](),;–^¹².（）张\n20Smith", max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    """No text breaks the search, and markers stand where they are said to."""
    for cited in (NUMBERED, NAMED):
        for one in find_citations(read_paragraphs(lines_of(text)), cited):
            for mention in one.mentions:
                assert mention.label in cited.labels
                assert text[mention.offset] == mention.marker[0]


@pytest.mark.parametrize("cited", [NUMBERED, NAMED], ids=["numbered", "named"])
@pytest.mark.parametrize(
    "unit", ["a", "A ", "[1] ", "(", "[", "^1", "¹", "1,", "Smith and ", "中", "(a ", "<sup>"]
)
def test_long_lines_come_to_an_end(unit: str, cited: CitedList) -> None:
    """In a paragraph of 200,000 characters, no more is cited than is in the list."""
    text = unit * (200_000 // len(unit))
    for one in find_citations(read_paragraphs(lines_of(text)), cited):
        assert all(mention.label in cited.labels for mention in one.mentions)
