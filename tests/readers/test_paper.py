"""Papers read whole: what they say of themselves, their references, their sections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nqp_biblio.errors import NoReferencesError
from nqp_biblio.readers.headings import section_heading
from nqp_biblio.readers.paper import read_text
from nqp_biblio.readers.registry import detect_format, get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "data"
REFERENCES = (
    "References\n\n[1] Smith J. Growth of lists. J Things. 2001;3(4):5–6.\n"
    "[2] Roe A. Reading. J Things. 2003;5(1):18–25.\n"
)


def _paper(path: Path) -> Record:
    items = list(read_text(path.read_text(encoding="utf-8"), file=path.name))
    assert len(items) == 1
    assert isinstance(items[0], Record)
    return items[0]


def _front(head: str) -> Record:
    item = next(iter(read_text(f"{head}\n\n1. Introduction\n\nSo [1].\n\n{REFERENCES}", file="x")))
    assert isinstance(item, Record)
    assert item.role == "paper"
    return item


def test_numbered_paper(data: Path) -> None:
    """Title, people, places, abstract, keywords, date and DOI come out as printed."""
    paper = _paper(data / "papers" / "numbered.txt")
    assert (paper.role, paper.type) == ("paper", "article-journal")
    assert paper.title == "On the Growth of Reference Lists in Scholarly Papers"
    assert [(one.family, one.given) for one in paper.people] == [
        ("Doe", "Jane Q."),
        ("Roe", "Richard"),
        ("Li", "Ming"),
    ]
    assert paper.affiliations == [
        ("University of Somewhere, Elsewhere, Country", 1),
        ("University of Somewhere, Elsewhere, Country", 3),
        ("Institute of Things, Town, Country", 2),
    ]
    assert paper.abstract is not None
    assert paper.abstract.startswith("Lists of references have grown longer in every decade. We")
    assert [word for _, word in paper.keywords] == ["reference lists", "growth", "ageing"]
    assert (paper.publication_date, paper.publication_year) == ("2021-05-03", 2021)
    assert paper.doi == "10.5555/made.2021.003"


def test_references_hang_on_their_paper(data: Path) -> None:
    """Each reference is a work of its own, with its number, its line and its text."""
    paper = _paper(data / "papers" / "numbered.txt")
    assert [cited.label for cited in paper.cited_references] == ["1", "2", "3", "4"]
    assert paper.cited_references[1].raw == (
        "Jones K, Lee B. A two-sided view of growth. J Inf Things. 2003;5(1):18–25."
    )
    works = [cited.work for cited in paper.cited_references]
    assert all(work is not None and work.role == "reference" for work in works)
    assert [work.line for work in works if work] == [39, 40, 45, 46]
    assert {(work.file, work.format) for work in works if work} == {("numbered.txt", "text")}


def test_markdown_paper(data: Path) -> None:
    """The YAML block of a Markdown paper is read."""
    paper = _paper(data / "papers" / "author_year.md")
    assert paper.title == "Who reads whom: a made-up study"
    assert [one.family for one in paper.people] == ["Doe", "Roe"]
    assert paper.keywords == [("author_keyword", "reading"), ("author_keyword", "citing")]
    assert (paper.publication_date, paper.doi) == ("2021-05-03", "10.5555/made.2021.004")
    assert len(paper.cited_references) == 6


def test_chinese_paper(data: Path) -> None:
    """Chinese names, marks, keywords and headings are read."""
    paper = _paper(data / "papers" / "chinese.txt")
    assert paper.title == "参考文献的增长研究"
    assert [(one.family, one.given) for one in paper.people] == [("李", "明"), ("王", "芳")]
    assert paper.affiliations == [
        ("某某大学 信息学院，北京 100000", 1),
        ("某某研究院，上海 200000", 2),
    ]
    assert [word for _, word in paper.keywords] == ["参考文献", "增长", "文献老化"]
    assert paper.cited_references[1].raw.endswith("40(3): 10-20.")


def test_chapters(data: Path) -> None:
    """Where two lists use the same numbers, the later labels name their list."""
    paper = _paper(data / "papers" / "chapters.txt")
    assert [cited.label for cited in paper.cited_references] == [
        "1",
        "2",
        "1 (list 2)",
        "2 (list 2)",
    ]
    assert [(one.label, one.section) for one in paper.mentions] == [
        ("1", "Introduction"),
        ("2", "Introduction"),
        ("1 (list 2)", "Methods"),
    ]


@pytest.mark.parametrize(
    ("line", "date", "year"),
    [
        ("Online publication: June 13, 2025", "2025-06-13", 2025),
        ("Published: 3 May 2021", "2021-05-03", 2021),
        ("Received: 1 May 2020; Published online: 3 May 2021", "2021-05-03", 2021),
        ("Copyright © 2024 the authors.", None, 2024),
        ("Received: 1 May 2020", None, None),
    ],
)
def test_dates(line: str, date: str | None, year: int | None) -> None:
    """The date is that of publication, the year at least that of the copyright."""
    paper = _front(f"A Title of Things\n\nJane Doe\n\n{line}")
    assert (paper.publication_date, paper.publication_year) == (date, year)


@pytest.mark.parametrize(
    ("line", "families"),
    [
        ("Peng Deng*", ["Deng"]),
        ("Jane Doe¹, Richard Roe²", ["Doe", "Roe"]),
        ("Jane Doe and Richard Roe", ["Doe", "Roe"]),
        ("Jane Doe, PhD, Richard Roe, MD", ["Doe", "Roe"]),
        ("Jane Doe1,2,*, Richard Roe2", ["Doe", "Roe"]),
        ("J. Q. Doe; R. van der Roe", ["Doe", "Roe"]),
    ],
)
def test_authors(line: str, families: list[str]) -> None:
    """Names of authors are told from the marks around them."""
    assert [one.family for one in _front(f"A Title of Things\n\n{line}").people] == families


def test_bare_list_gives_references_alone() -> None:
    """A list with nothing before it gives its references, and no paper."""
    items = list(read_text(REFERENCES, file="list.txt"))
    assert [(item.role, item.key, item.line) for item in items if isinstance(item, Record)] == [
        ("reference", "1", 3),
        ("reference", "2", 4),
    ]


def test_author_that_is_left_out_is_the_one_before() -> None:
    """Where a list leaves a repeated author out, the reference has him all the same."""
    text = (
        "References\n\nRoe, A. (2001): One thing. Journal of Things, 3(4), 5–6.\n\n"
        "    (2003): Another thing. Journal of Things, 5(1), 18–25.\n\n"
        "——— (2004): A third thing. Journal of Things, 6(1), 1–5.\n"
    )
    records = [one for one in read_text(text, file="x") if isinstance(one, Record)]
    assert [(one.people[0].family, one.publication_year) for one in records] == [
        ("Roe", 2001),
        ("Roe", 2003),
        ("Roe", 2004),
    ]
    assert records[1].raw == "(2003): Another thing. Journal of Things, 5(1), 18–25."


def test_strays_are_problems() -> None:
    """What stands in a list and is no reference is a problem with its line."""
    text = REFERENCES + "\n\nTable 3. Counts.\n\n[3] Poe C. Writing. J Things. 2004;6(1):1–2.\n"
    items = list(read_text(text, file="list.txt"))
    problems = [item for item in items if isinstance(item, Problem)]
    assert [(one.file, one.line, one.raw) for one in problems] == [
        ("list.txt", 7, "Table 3. Counts.")
    ]
    assert len(items) == 4


def test_odd_numbers_are_problems_of_their_record() -> None:
    """A number that jumps is said on the record that bears it."""
    text = REFERENCES + "[5] Poe C. Writing. J Things. 2004;6(1):1–2.\n"
    last = list(read_text(text, file="list.txt"))[-1]
    assert isinstance(last, Record)
    assert ("list.txt", 5, "the numbers jump from [2] to [5]") in [
        (one.file, one.line, one.reason) for one in last.problems
    ]


BODY = "A Title of Things\n\nJane Doe\n\nAbstract: Things grow.\n\n1. Introduction\n\n"
WORKS = [
    "Smith, J. (2001). Growth of lists. Journal of Things, 3(4), 5–6.",
    "Roe, A. (2003). Reading. Journal of Things, 5(1), 18–25.",
    "Poe, C. (2004). Writing. Journal of Things, 6(1), 1–2.",
    "Doe, D. (2005). Adding. Journal of Things, 6(1), 3–4.",
]


def _cited(text: str) -> list[tuple[str, str]]:
    paper = next(iter(read_text(text, file="x")))
    assert isinstance(paper, Record)
    assert paper.problems == []
    return [(one.marker, one.label) for one in paper.mentions]


def test_list_that_goes_on_is_cited_like_one() -> None:
    """References of the methods count on from those of the text, and either cites both."""
    text = (
        f"{BODY}Things grow [1, 4].\n\nReferences\n\n1. {WORKS[0]}\n2. {WORKS[1]}\n\n"
        f"Methods\n\n{'We counted all of the things. ' * 20}As before [2, 3].\n\n"
        f"References\n\n3. {WORKS[2]}\n4. {WORKS[3]}\n"
    )
    assert _cited(text) == [("[1, 4]", "1"), ("[1, 4]", "4"), ("[2, 3]", "2"), ("[2, 3]", "3")]


def test_lists_side_by_side_are_cited_like_one() -> None:
    """Sources and literature stand in two lists, which one text cites by names."""
    text = (
        f"{BODY}Things grow (Smith, 2001; Poe, 2004).\n\nSources\n\n{WORKS[0]}\n{WORKS[1]}\n\n"
        f"Literature\n\n{WORKS[2]}\n{WORKS[3]}\n"
    )
    assert _cited(text) == [
        ("(Smith, 2001; Poe, 2004)", "1"),
        ("(Smith, 2001; Poe, 2004)", "1 (list 2)"),
    ]


def test_rows_of_tables_cite() -> None:
    """A row of a table or a short line with a citation is no heading."""
    listed = "\n\n".join(WORKS)
    text = f"{BODY}It is so.\n\nOak\tRoe et al. (2003)\t+\n\nReferences\n\n{listed}\n"
    assert _cited(text) == [("Roe et al. (2003)", "2")]


def test_sentence_goes_on_over_a_page() -> None:
    """A name that a page break parts from its year is cited."""
    text = (
        f"{BODY}{'It is so here. ' * 20}It was said by Smith and by Doe and by\n\n3\n\n\f"
        f"Roe (2003) in his paper.\n\nReferences\n\n" + "\n\n".join(WORKS)
    )
    paper = next(iter(read_text(text, file="x")))
    assert isinstance(paper, Record)
    assert paper.mentions[0].sentence == (
        "It was said by Smith and by Doe and by Roe (2003) in his paper."
    )


def test_title_page_of_a_thesis() -> None:
    """What a title page says of the degree is no author."""
    paper = _front(
        "ESSAYS ON THINGS\n\nA DISSERTATION\nSUBMITTED TO THE COMMITTEE ON STUDIES\n"
        "OF SOME UNIVERSITY\n\nJane Doe\nJune 2010"
    )
    assert [(one.family, one.given) for one in paper.people] == [("Doe", "Jane")]


def test_no_references_at_all() -> None:
    """A text without references is refused in words that help."""
    with pytest.raises(NoReferencesError, match=r"x\.txt: no reference found; looked for"):
        list(read_text("Only prose.", file="x.txt"))


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1. Introduction", "1. Introduction"),
        ("2.1. Data", "2.1. Data"),
        ("## Data and *more*", "Data and more"),
        ("III. RESULTS", "III. RESULTS"),
        ("3.2 数据", "3.2 数据"),
        ("一、引言", "一、引言"),
        ("Discussion", "Discussion"),
        ("What was done", "What was done"),
        ("This is a sentence.", None),
        ("and this goes on", None),
        ("x = 3", None),
        ("", None),
    ],
)
def test_section_headings(line: str, heading: str | None) -> None:
    """Numbered, marked, named and short lines between blank ones are headings."""
    assert section_heading(line, alone=True) == heading


def test_text_formats_are_told_and_named() -> None:
    """Text is told by content; one reference a line only where it is named."""
    source = Source(EXAMPLE / "new_quality_productivity_references.txt")
    assert detect_format(source).name == "text"
    assert len(list(get_format("text").records(source))) == 15
    assert len(list(get_format("reference-lines").records(source))) == 17


def test_example_list_is_complete() -> None:
    """The list that ships is read with its broken third reference mended."""
    source = Source(EXAMPLE / "new_quality_productivity_references.txt")
    records = list(get_format("text").records(source))
    assert all(isinstance(one, Record) and one.key == str(at) for at, one in enumerate(records, 1))
    assert isinstance(records[2], Record)
    assert records[2].raw is not None
    assert records[2].raw.endswith("44(3): 18–25 + 45.")


def test_seed_paper(shared_data: Path) -> None:
    """The first paper is read as a person reads it: itself, its list, its citations."""
    gold = json.loads((shared_data / "seed_gold.json").read_text(encoding="utf-8"))
    paper = _paper(shared_data / "seed_paper.txt")
    assert [(one.family, one.given) for one in paper.people] == [("Deng", "Peng")]
    assert paper.publication_date == "2025-06-13"
    assert len(paper.keywords) == 4
    assert [cited.raw for cited in paper.cited_references] == [
        one["raw"] for one in gold["references"]
    ]
    assert [
        (one.marker, one.offset, one.label, one.section, one.sentence) for one in paper.mentions
    ] == [
        (one["marker"], one["offset"], str(one["refs"][0]), one["section"], one["sentence"])
        for one in gold["citations"]
    ]
    assert paper.problems == []


@pytest.mark.parametrize("case", ["control-text", "txt-wrapped", "txt-unicode", "txt-redos"])
def test_hostile_lists(shared_data: Path, case: str) -> None:
    """Broken and hostile lists lose no reference."""
    folder = shared_data / "badinputs" / case
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    items = list(get_format("text").records(Source(folder / expected["file"])))
    titles = [item.title or "" for item in items if isinstance(item, Record)]
    for word in expected["must_survive"]:
        assert sum(word in title for title in titles) == 1
    assert expected["records_in"] in {None, len(items)}
