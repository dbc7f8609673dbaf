"""Reference lists: found under any heading, parted in any layout, nothing lost."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.headings import ends_list, is_list_heading
from nqp_biblio.readers.lines import (
    find_compounds,
    find_furniture,
    join_pieces,
    lines_of,
    without_furniture,
)
from nqp_biblio.readers.reference_list import (
    find_reference_list,
    find_reference_lists,
    split_lines,
    split_references,
)

if TYPE_CHECKING:
    from pathlib import Path

WORKS = [
    "Smith J, Roe A. Growth of lists. Journal of Things. 2001;3(4):5–6.",
    (
        "van der Berg, K. (2003). A much longer title about the growth of things, and of lists"
        " of things, and of lists of lists. Journal of Inference, 5(1), 18–25."
    ),
    "World Health Organization. 2010. Reading and health. Geneva: Made-up Press.",
    "李四, 王五. 文献老化[J]. 图书馆学研究, 2005, 40(3): 10-20.",
    (
        "O'Neil C, Poe B. How to read. In: Doe D, editor. On reading. Oxford: Made-up Press;"
        " 1999. p. 12–34. https://doi.org/10.5555/made.1"
    ),
]


def _raws(text: str) -> list[str]:
    return [one.raw for one in split_references(lines_of(text)).references]


def _wrapped(text: str, first: str = "", others: str = "") -> str:
    return textwrap.fill(
        text,
        60,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=False,
    )


LABELS = {
    "brackets": "[{}] ",
    "brackets without blank": "[{}]",
    "bullets and brackets": "- [{}] ",
    "stars and brackets": "* [{}] ",
    "wide brackets": "［{}］",
    "black brackets": "【{}】",
    "dots": "{}. ",
    "dots without blank": "{}.",
    "parentheses": "({}) ",
    "half parentheses": "{}) ",
    "tags": "<sup>{}</sup> ",
    "carets": "^[{}] ",
    "bold": "**[{}]** ",
    "escaped": "\\[{}\\] ",
}
LAYOUTS = {
    "one a line": "\n".join(WORKS),
    "blank lines": "\n\n".join(WORKS),
    "wrapped, blank lines": "\n\n".join(_wrapped(work) for work in WORKS),
    "hanging": "\n".join(_wrapped(work, "", "    ") for work in WORKS),
    "first line indented": "\n".join(_wrapped(work, "    ") for work in WORKS),
    "hanging, blank lines": "\n\n".join(_wrapped(work, "", "\t") for work in WORKS),
    "dashes": "\n".join(f"- {work}" for work in WORKS),
    "bullets": "\n".join(f"• {work}" for work in WORKS),
    "bullets, wrapped": "\n".join(_wrapped(work, "• ", "  ") for work in WORKS),
}


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("wrap", [False, True], ids=["whole", "wrapped"])
def test_labelled_lists_come_apart(label: str, gap: str, *, wrap: bool) -> None:
    """Numbered references are the same whatever signs and line ends stand around them."""
    entries = [label.format(number) + work for number, work in enumerate(WORKS, 1)]
    text = gap.join(_wrapped(entry) if wrap else entry for entry in entries)
    split = split_references(lines_of(text))
    assert [one.raw for one in split.references] == WORKS
    assert [one.label for one in split.references] == ["1", "2", "3", "4", "5"]
    assert not split.strays
    assert not any(one.remark for one in split.references)


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_lists_without_labels_come_apart(text: str) -> None:
    """References without numbers are parted by bullets, indents, blank lines or wording."""
    assert _raws(text) == WORKS


def test_superscript_and_bare_numbers() -> None:
    """Raised numbers and numbers without any sign are labels too."""
    assert _raws("\n".join(f"{'¹²³⁴⁵'[at]} {work}" for at, work in enumerate(WORKS))) == WORKS
    assert _raws("\n".join(f"{at} {work}" for at, work in enumerate(WORKS, 1))) == WORKS


def test_keys_are_labels() -> None:
    """Keys in brackets label references as numbers do."""
    split = split_references(lines_of(f"[SR01] {WORKS[0]}\n[Berg 2003] {WORKS[1]}"))
    assert [(one.label, one.raw) for one in split.references] == [
        ("SR01", WORKS[0]),
        ("Berg 2003", WORKS[1]),
    ]


def test_all_in_one_line() -> None:
    """Numbered references that run on in one line are parted."""
    assert _raws(" ".join(f"[{at}] {work}" for at, work in enumerate(WORKS, 1))) == WORKS


@pytest.mark.parametrize(
    ("numbers", "remark"),
    [
        ([1, 2, 4, 5, 6], "the numbers jump from [2] to [4]"),
        ([1, 2, 2, 3, 4], "the label [2] stands twice in the list"),
        ([1, 2, 7, 8, 9], "the numbers jump from [2] to [7]"),
    ],
)
@pytest.mark.parametrize("label", ["[{}] ", "{}. "])
def test_odd_numbering_is_said_and_nothing_lost(
    numbers: list[int], remark: str, label: str
) -> None:
    """Where numbers jump or repeat, all references are kept and one says so."""
    entries = [label.format(at) + work for at, work in zip(numbers, WORKS, strict=True)]
    split = split_references(lines_of("\n".join(entries)))
    assert [one.raw for one in split.references] == WORKS
    assert [one.remark for one in split.references if one.remark] == [remark]


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        (["a com-", "puter"], "a computer"),
        (["a two-", "sided view"], "a two-sided view"),
        (["a side-", "by-side view"], "a side-by-side view"),
        (["pp. 18–", "25"], "pp. 18–25"),
        (["pp. 18-", "25"], "pp. 18-25"),
        (["Smith-", "Jones"], "Smith-Jones"),
        (["pre- ", "and post-war"], "pre- and post-war"),
        (["https://doi.org/10.5555/", "made.1"], "https://doi.org/10.5555/made.1"),
        (["https://doi.org/10.5555/made.", "2001.3"], "https://doi.org/10.5555/made.2001.3"),
        (["https://example.org/made.", "Then more"], "https://example.org/made. Then more"),
        (["文献", "计量"], "文献计量"),
        (["soft\u00ad", "ened"], "softened"),
        (["  one ", "", "\ttwo"], "one two"),
    ],
)
def test_lines_join_as_they_were_before_wrapping(pieces: list[str], joined: str) -> None:
    """Hyphens, dashes, addresses and Chinese are joined without harm."""
    assert join_pieces(pieces) == joined


def test_hyphen_stays_where_the_text_has_it_elsewhere() -> None:
    """A word that the text spells with its hyphen keeps it at a line end."""
    compounds = find_compounds("The in-text citation.")
    assert join_pieces(["An in-", "text citation"], compounds) == "An in-text citation"


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES:",
        "7. References",
        "VII. REFERENCES",
        "## References",
        "**References**",
        "R E F E R E N C E S",
        "References and notes",
        "Literature Cited",
        "Works cited",
        "Bibliography",
        "Literaturverzeichnis",
        "Bibliographie",
        "Références",
        "Referencias",
        "Bibliografía",
        "Referências bibliográficas",
        "Riferimenti bibliografici",
        "Список литературы",
        "参考文献",
        "参 考 文 献",
        "【参考文献】",
        "参考文献：",
        "参考文献 (References)",
        "\\section*{References}",
    ],
)
def test_list_is_found_under_its_heading(heading: str) -> None:
    """A list is found under the names it has in many languages, however printed."""
    text = f"Some text before.\n\n{heading}\n\n[1] {WORKS[0]}\n[2] {WORKS[1]}\n"
    found = find_reference_list(text)
    assert found is not None
    assert [one.raw for one in found.references] == WORKS[:2]
    assert found.heading == heading
    assert found.line == 3


@pytest.mark.parametrize("line", ["References in the text", "Introduction", "the references", ""])
def test_other_lines_are_no_headings(line: str) -> None:
    """A line that holds more than the name is no heading of a list."""
    assert not is_list_heading(line)


@pytest.mark.parametrize("heading", ["References: ", "参考文献：", "参考文献 "])
def test_heading_and_list_in_one_line(heading: str) -> None:
    """A list that begins in the line of its heading is found."""
    found = find_reference_list(f"Text.\n\n{heading}[1] {WORKS[0]}\n[2] {WORKS[1]}\n")
    assert found is not None
    assert [one.raw for one in found.references] == WORKS[:2]


@pytest.mark.parametrize(
    "ending",
    [
        "Publisher's note\n\nNothing is claimed.",
        "Appendix A. Proofs\n\nThe proof is easy.",
        "Acknowledgements\n\nWe thank nobody.",
        "Author biographies\n\nJane Doe is a reader.",
        "Figure 1. The growth of lists, 1999–2003.",
        "Copyright © 2021 by the authors.",
        "# Another section\n\nText of it.",
        "Received: 3 May 2021",
        "作者简介：李明，男。",
    ],
)
@pytest.mark.parametrize("label", ["[{}] ", "{}. ", ""])
def test_list_ends_where_other_matter_begins(ending: str, label: str) -> None:
    """Notes, appendices, legends and the like are no references."""
    entries = [label.format(number) + work for number, work in enumerate(WORKS[:3], 1)]
    text = "References\n\n" + "\n\n".join(entries) + f"\n\n{ending}\n"
    found = find_reference_list(text)
    assert found is not None
    assert [one.raw for one in found.references] == WORKS[:3]
    assert not found.strays


def test_list_goes_on_behind_a_figure_legend() -> None:
    """A legend that a page layout put into the list costs no reference."""
    text = f"References\n[1] {WORKS[0]}\n\nTable 1. Counts.\n\n[2] {WORKS[1]}\n[3] {WORKS[2]}\n"
    found = find_reference_list(text)
    assert found is not None
    assert [one.raw for one in found.references] == WORKS[:3]
    assert [one.raw for one in found.strays] == ["Table 1. Counts."]


def test_last_list_is_the_one_where_a_contents_page_names_it() -> None:
    """The word References in a table of contents does not make a list."""
    text = f"Contents\n\nReferences\n\nIndex\n\nText.\n\nReferences\n\n1. {WORKS[0]}\n"
    found = find_reference_list(text)
    assert found is not None
    assert (found.line, len(found.references)) == (9, 1)


def test_every_chapter_may_have_a_list(data: Path) -> None:
    """Lists of several chapters are found one by one."""
    text = (data / "papers" / "chapters.txt").read_text(encoding="utf-8")
    lists = find_reference_lists(text)
    assert [len(found.references) for found in lists] == [2, 2]
    assert find_reference_list(text) == lists[-1]


def test_list_without_heading() -> None:
    """A text that is nothing but references needs no heading, nor does a list at the end."""
    listed = "\n".join(f"[{at}] {work}" for at, work in enumerate(WORKS, 1))
    prose = "This is running text about reading, and it goes on for a while.\n\n" * 9
    for text in (listed, prose + listed):
        found = find_reference_list(text)
        assert found is not None
        assert found.heading is None
        assert [one.raw for one in found.references] == WORKS


@pytest.mark.parametrize(
    "text",
    ["", "hello", "Running text of 2001 about things.\n\n" * 9, "References\n\nNone.", "a\n" * 50],
)
def test_no_list_where_there_is_none(text: str) -> None:
    """Prose is not taken for references."""
    assert find_reference_list(text) is None


def test_page_breaks_leave_no_trace() -> None:
    """Running headers and page numbers go, whatever they cut in two."""
    header = "\f12   J. DOE: A STUDY OF THINGS"
    begin, end = WORKS[0].split(" of Things")
    text = f"[1] {begin} of\n\n{header}\n\nThings{end}\n[2] {WORKS[1]}\n\n13\n\n[3] {WORKS[2]}"
    found = find_reference_list(text)
    assert found is not None
    assert [one.raw for one in found.references] == WORKS[:3]


def test_number_that_ends_a_range_is_no_page_number() -> None:
    """The second half of a range alone in a line stays with its reference."""
    text = f"References\n[1] Roe A. Title. J Things 3: 18–\n\n25\n\n[2] {WORKS[0]}\n"
    found = find_reference_list(text)
    assert found is not None
    assert found.references[0].raw == "Roe A. Title. J Things 3: 18–25"
    assert find_furniture(lines_of("a\n\n7\n\nb")) == {2}


def test_places_are_those_of_the_file() -> None:
    """Line and offset of a reference lead to where it stands."""
    text = f"\fx\n\nReferences\n\n[1] {WORKS[0]}\n\n[2] {WORKS[1]}\n"
    found = find_reference_list(text)
    assert found is not None
    for one in found.references:
        assert text[one.offset : one.end] == f"[{one.label}] {one.raw}"
        assert text.split("\n")[one.line - 1].endswith(one.raw)


def test_lines_mode_takes_each_line() -> None:
    """One reference a line, with labels where every line has one."""
    split = split_lines(lines_of("a\n\n b \nc. d"))
    assert [(one.raw, one.label, one.line) for one in split.references] == [
        ("a", None, 1),
        ("b", None, 3),
        ("c. d", None, 4),
    ]
    numbered = split_lines(lines_of("1. a\n2. b"))
    assert [(one.raw, one.label) for one in numbered.references] == [("a", "1"), ("b", "2")]


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "    ", "- ", "[{n}] ", "{n}. ", "Smith J. ", "Roe, A. (2001). "]),
        st.lists(st.sampled_from(["Ax", "by", "2001", "3(4)", "5–6", "J.", "“q”"]), max_size=6),
        st.sampled_from(["\n", "\n\n", " \n"]),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_every_line_is_in_exactly_one_entry(rows: list[tuple[str, list[str], str]]) -> None:
    """Whatever the layout: no line of a list is lost, none stands twice."""
    marks = [f"mark{number}z" for number in range(len(rows))]
    text = "".join(
        lead.format(n=number + 1) + " ".join([*words, mark]) + end
        for number, ((lead, words, end), mark) in enumerate(zip(rows, marks, strict=True))
    )
    split = split_references(lines_of(text))
    entries = [one.raw for one in (*split.references, *split.strays)]
    assert [sum(mark in raw for raw in entries) for mark in marks] == [1] * len(marks)
    assert sum(raw.count("mark") for raw in entries) == len(marks)


@given(st.text(alphabet="aB1 [].,:;-–(）\n\f*#&/李。", max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    """No text breaks the search for a list, and lists lie in the text."""
    for found in find_reference_lists(text):
        assert found.references
        assert 0 <= found.offset <= found.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    ["a", "A ", "A-", "[1] ", "(", "1. ", " ", "#", "Smith, J. ", "中", "10.1234/", '"', ". ", "*"],
)
def test_long_lines_come_to_an_end(unit: str) -> None:
    """A list with a line of 200,000 characters is found, and lies in the text."""
    text = f"References\n[1] {unit * (200_000 // len(unit))}\n[2] {WORKS[0]}\n"
    (found,) = find_reference_lists(text)
    assert found.end <= len(text)


def test_seed_paper(shared_data: Path) -> None:
    """The list of the first paper is read as a person reads it."""
    text = (shared_data / "seed_paper.txt").read_text(encoding="utf-8")
    gold = json.loads((shared_data / "seed_gold.json").read_text(encoding="utf-8"))
    found = find_reference_list(text)
    assert found is not None
    assert [(one.raw, one.label, one.offset) for one in found.references] == [
        (one["raw"], str(one["number"]), one["source_span"][0]) for one in gold["references"]
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [("plaintext/anystyle-phd.txt", 43), ("plaintext/gbt7714-2015-numeric.txt", 141)],
)
def test_real_lists(shared_data: Path, name: str, count: int) -> None:
    """Lists of a thesis and of a standard come out whole."""
    text = (shared_data / "formats" / name).read_text(encoding="utf-8")
    found = find_reference_list(text)
    assert found is not None
    assert (len(found.references), found.strays) == (count, ())


FLUSH = [
    (
        "Kamiyama, T., Umino, T., & Satoh, T. (1995). The growth of lists in\n"
        "the last century. Journal of Things, 48, 924–928."
    ),
    "Piel, W. (2012). TreeBASE. http://treebase.org/",
    (
        "Utzinger, J., Raso, G., Brooker, S., de Savigny, D., & Tanner, M.\n"
        "(2009). Neglected lists of every kind.\nParasitology, 136, 1859–1874."
    ),
    (
        "Wu, C., & Ma, D. (2020). Roots of all kinds, and where they grow in\n"
        "town. Forestry, 1, 4–5."
    ),
]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_without_labels_or_indents_come_apart(gap: str) -> None:
    """Dates tell where references begin that nothing else parts; a journal is none of them."""
    found = find_reference_list("References\n" + gap.join(FLUSH))
    assert found is not None
    assert [one.raw for one in found.references] == [" ".join(one.split("\n")) for one in FLUSH]


def test_a_page_break_does_not_end_a_list() -> None:
    """A list without blank lines goes on over pages, whose numbers leave no trace."""
    pages = [f"Journal of Things 12 (2014)\n{{}}\n{number}\n" for number in range(1, 5)]
    text = "\f".join(
        page.format(body)
        for page, body in zip(pages, ["References", FLUSH[0], FLUSH[2], FLUSH[3]], strict=True)
    )
    found = find_reference_list(text)
    assert found is not None
    assert [one.raw[:8] for one in found.references] == ["Kamiyama", "Utzinger", "Wu, C., "]
    cut = text.replace(
        "Neglected lists of", "Neglec-\n3\n\fJournal of Things 12 (2014)\nted lists of"
    )
    found = find_reference_list(cut.replace("\n3\n\fJournal of Things 12 (2014)\nWu", "\nWu"))
    assert found is not None
    assert "Neglected lists of every kind" in found.references[1].raw


def test_headings_within_a_list_part_it() -> None:
    """What stands over a part of the list is said to be no reference."""
    text = (
        f"References\n\nPrimary\n\n{FLUSH[1]}\n{FLUSH[3]}\n\nSecondary\n\n{FLUSH[0]}\n{FLUSH[2]}\n"
    )
    found = find_reference_list(text)
    assert found is not None
    assert [one.raw for one in found.strays] == ["Primary", "Secondary"]
    assert [one.raw[:4] for one in found.references] == ["Piel", "Wu, ", "Kami", "Utzi"]


@pytest.mark.parametrize("last", ["literature.", "references”.", "Bibliography ."])
def test_last_word_of_a_sentence_is_no_heading(last: str) -> None:
    """A line that ends a sentence with the name of a list begins none."""
    text = f"Much has been said in the\n{last}\nMore here.\n\nReferences\n\n" + "\n\n".join(FLUSH)
    assert [one.heading for one in find_reference_lists(text)] == ["References"]


def test_footnotes_of_markdown_are_a_list() -> None:
    """Notes such as [^1]: at the end are a list with numbers."""
    notes = "\n".join(f"[^{at}]: {' '.join(one.split())}" for at, one in enumerate(FLUSH, 1))
    found = find_reference_list(f"# Title\n\n{'It is so.[^1] ' * 40}\n\n{notes}\n")
    assert found is not None
    assert [one.label for one in found.references] == ["1", "2", "3", "4"]


def test_end_of_list_by_name() -> None:
    """A reference is not taken for what follows a list."""
    assert not any(ends_list(work) for work in WORKS)


def test_names_and_date_alone_are_no_reference() -> None:
    """A line break behind the date parts no reference, though a title may look like names."""
    lines = [
        "Kamiyama, T., Umino, T., Satoh, T., & Yokose, K. (1995).",
        "Sulfobacins A and B, novel antagonists of many kinds",
        "of things. Journal of Antibiotics, 48: 924–928.",
        "Lee, A. (1999). The reading of lists in many narrow",
        "columns of print. Journal of Things, 3: 5–9.",
        "Roe, R., & Poe, C. (2001). The making of lists which",
        "are long and narrow. Journal of Things, 5: 15–29.",
    ]
    found = find_reference_list("References\n" + "\n".join(lines))
    assert found is not None
    assert [one.raw[:4] for one in found.references] == ["Kami", "Lee,", "Roe,"]


def test_header_and_number_at_the_top_of_pages() -> None:
    """Where header and page number stand below each other, both are taken out of the text."""
    words = ["one of them", "two or three", "a few more", "by and by", "in the end", "and so on"]
    pages = [f"A HISTORY OF LISTS\n{at}\n{word}\n" for at, word in enumerate(words, 11)]
    lines = lines_of("\f".join(pages))
    kept = [line.text for line in without_furniture(lines, find_furniture(lines)) if line.text]
    assert [line for line in kept if line not in {"A HISTORY OF LISTS", "11"}] == words
    assert kept.count("A HISTORY OF LISTS") == 1


def test_heading_that_is_printed_on_each_page_stays() -> None:
    """The heading of a list stays, though it is the header of the pages that follow."""
    page = "References\nmany words go on here\n"
    lines = lines_of("The text.\n\f" + "\f".join([page] * 5))
    kept = [line.text for line in without_furniture(lines, find_furniture(lines))]
    assert kept.count("References") == 1
