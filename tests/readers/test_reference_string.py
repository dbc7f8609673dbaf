"""One printed reference in the house style of the first paper, and what surrounds it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.readers.reference_string import parse_reference, parse_references, tag_references
from nqp_biblio.record import Person, Record

HOUSE_STYLE = (
    "- [1] Roe LQ, Poe ZH, 2025, On the Growth of Ideas: Logic, Path, and Limits."
    " *Letters on Science & Technology*, 38(3): 168–177."
)
YEAR_AS_VOLUME = (
    "- [2] Doe C, 2025, A Map of Small Fields. *Notes on Maps*, 2025(1): 190–192 + 196."
)
NEWSPAPER = (
    "- [3] Moe JH, 2025, Towns Build New Labs. *Northern Economic Times*, February 27, 2025, 1."
    " <https://doi.org/10.1000/n.times.2025.000102>"
)


def _names(record: Record, role: str = "author") -> list[str]:
    """Names of the people of one role."""
    return [person.display for person in record.people_of(role)]


def test_house_style_article() -> None:
    """An article of the house style gives all its fields."""
    record = parse_reference(HOUSE_STYLE)
    assert record.role == "reference"
    assert record.key == "1"
    assert _names(record) == ["Roe, LQ", "Poe, ZH"]
    assert record.publication_year == 2025
    assert record.title == "On the Growth of Ideas: Logic, Path, and Limits"
    assert record.source_raw == "Letters on Science & Technology"
    assert (record.volume, record.volume_raw, record.issue) == ("38", "38", "3")
    assert (record.pages_raw, record.pages) == ("168–177", [("168", "177")])
    assert record.type == "article-journal"
    assert not record.et_al
    assert not record.problems


def test_year_in_the_place_of_the_volume() -> None:
    """A year where the volume stands is kept as printed, and is no volume."""
    record = parse_reference(YEAR_AS_VOLUME)
    assert (record.volume, record.volume_raw, record.issue) == (None, "2025", "1")
    assert record.pages == [("190", "192"), ("196", "196")]


def test_newspaper() -> None:
    """A newspaper article gives its day, its page and its DOI."""
    record = parse_reference(NEWSPAPER)
    assert record.type == "article-newspaper"
    assert record.source_raw == "Northern Economic Times"
    assert record.publication_date == "2025-02-27"
    assert record.pages == [("1", "1")]
    assert record.doi == "10.1000/n.times.2025.000102"
    assert record.url == "https://doi.org/10.1000/n.times.2025.000102"
    assert (record.volume, record.issue) == (None, None)


@pytest.mark.parametrize("reference", [HOUSE_STYLE, YEAR_AS_VOLUME, NEWSPAPER])
def test_markup_makes_no_difference(reference: str) -> None:
    """The same reference without its Markdown gives the same record."""
    plain = reference.replace("*", "").replace("<", "").replace(">", "").removeprefix("- ")
    assert parse_reference(reference) == parse_reference(plain)


@pytest.mark.parametrize(
    ("printed", "label", "raw"),
    [
        ("[7] Roe A, 2020, On X.", "7", "Roe A, 2020, On X."),
        ("[Roe2020] Roe A, 2020, On X.", "Roe2020", "Roe A, 2020, On X."),
        ("7. Roe A, 2020, On X.", "7", "Roe A, 2020, On X."),
        ("(7) Roe A, 2020, On X.", "7", "Roe A, 2020, On X."),
        ("7) Roe A, 2020, On X.", "7", "Roe A, 2020, On X."),
        ("7 Roe A, 2020, On X.", "7", "Roe A, 2020, On X."),
        ("［7］Roe A, 2020, On X.", "7", "Roe A, 2020, On X."),
        ("* Roe A, 2020, On X.", None, "Roe A, 2020, On X."),
        ("Vgl. auch Roe, A., On X.", None, "Roe, A., On X."),
        ("Voir, A., On X.", None, "Voir, A., On X."),
        ("Roe A, 2020, *On* X &amp; Y.", None, "Roe A, 2020, On X & Y."),
        ("Roe A, 2020, 18–\n\n25 + 45.", None, "Roe A, 2020, 18–25 + 45."),
        ("Roe A, 2020, On cou-\n   pling.", None, "Roe A, 2020, On coupling."),
        ("Roe A, 2020,\nOn X.", None, "Roe A, 2020, On X."),
    ],
)
def test_raw_is_the_reference_alone(printed: str, label: str | None, raw: str) -> None:
    """Label, lead-in, markup and line breaks are taken off what is kept as printed."""
    record = parse_reference(printed)
    assert (record.key, record.raw) == (label, raw)


@pytest.mark.parametrize("printed", ["", "???", "ibid.", "12", "Lorem.", "—", "see above, note 3"])
def test_unreadable_is_kept(printed: str) -> None:
    """What cannot be read is a record with its text, low confidence and a problem."""
    record = parse_reference(printed)
    assert record.raw == printed
    assert record.confidence is not None
    assert record.confidence < 0.5
    assert [problem.raw for problem in record.problems] == [printed]


def test_as_many_out_as_in() -> None:
    """Each string of a list gives one record, in order."""
    raws = [HOUSE_STYLE, "", NEWSPAPER]
    assert [record.key for record in parse_references(raws)] == ["1", None, "3"]


def test_full_reference_is_more_certain_than_a_scrap() -> None:
    """Confidence grows with what is found."""
    scrap, whole = parse_references(["Roe A. On X.", HOUSE_STYLE])
    assert scrap.confidence is not None
    assert whole.confidence is not None
    assert scrap.confidence < whole.confidence <= 1


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_gives_a_record(text: str) -> None:
    """No text is an error, and the confidence is a share."""
    record = parse_reference(text)
    assert record.role == "reference"
    assert record.confidence is not None
    assert 0 <= record.confidence <= 1


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Roe, A.",
                "(2001)",
                "In: ",
                "*X y*",
                "12(3)",
                ": 4–5",
                "[J]",
                "//",
                "Press",
                "Paris",
                "“a b”",
                ". ",
                ", ",
                "vol. ",
                "eds.",
                "李明",
                "et al.",
            ]
        ),
        max_size=25,
    )
)
def test_any_mixture_of_parts_gives_a_record(parts: list[str]) -> None:
    """Parts in any order are no error, and each person has a name."""
    record = parse_reference("".join(parts))
    assert all(person.display for person in record.people)


@pytest.mark.parametrize(
    "piece",
    ["a", "A. ", "Ab, ", "a, ", "(", "*a ", "1-", "In: ", "2001 ", "Roe A, ", "“", "[J]", "中, "],
)
def test_hostile_line_comes_to_an_end(piece: str) -> None:
    """A line of 200,000 characters, and one as long as is read, are kept as they are."""
    for length in (19_000, 200_000):
        assert parse_reference((piece * length)[:length]).raw


def test_too_long_for_a_reference() -> None:
    """A text that is too long to be one reference is kept with a problem that says so."""
    record = parse_reference("a" * 200_000)
    assert record.confidence == 0
    assert "too long for one reference" in record.problems[0].reason


def test_same_on_any_hash_seed() -> None:
    """The order of sets has no part in a result."""
    code = (
        "from nqp_biblio.readers.reference_string import parse_reference as p;"
        f"print(p({NEWSPAPER!r}), p('Roe, A. (2001). On X. In B. Poe (Ed.), Y. Paris: Hachette.'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_people_of_each_role() -> None:
    """Authors come before editors, each with the role."""
    record = parse_reference(
        "Roe, A., & Poe, B. (2001). On X. In C. Doe (Ed.), Handbook of Y (pp. 1–9). Paris: Hatier."
    )
    assert record.people == [
        Person("Roe", "A.", raw="Roe, A."),
        Person("Poe", "B.", raw="Poe, B."),
        Person("Doe", "C.", raw="C. Doe", role="editor"),
    ]


def test_tagged_references() -> None:
    """The spans of fields are in the text, in order, and none lies over another."""
    raws = ["[1] Roe A, Poe BC, 2020, On X. *Journal of Y*, 3(2): 7–9.", "x" * 30_000, "???"]
    tagged, too_long, nothing = tag_references(raws)
    assert (tagged.label, tagged.text[:6]) == ("1", "Roe A,")
    parts = {field: tagged.text[start:end] for start, end, field in tagged.spans}
    assert parts["title"] == "On X"
    assert parts["container"] == "Journal of Y"
    assert (too_long.spans, too_long.confidence) == ((), 0.0)
    ends = [0, *(end for _, end, _ in tagged.spans)]
    assert all(start >= end for (start, _, _), end in zip(tagged.spans, ends, strict=False))
    assert nothing.text == "???"
