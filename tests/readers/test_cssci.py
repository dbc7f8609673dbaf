"""The reader of CSSCI's text export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.cssci import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")


@pytest.fixture(scope="module")
def two(data: Path) -> list[Record]:
    """The records of the fixture."""
    return _read(data / "cssci" / "two.txt")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.txt", data=text.encode())))


def test_record(two: list[Record]) -> None:
    """Title, people, journal, volume, issue and pages go to their columns."""
    record = two[0]
    assert (record.line, record.title) == (6, "关键词演进的示例研究")
    assert [(person.family, person.given) for person in record.people] == [
        ("李", "强"),
        ("赵", "一方"),
        ("黄", "岑"),
    ]
    assert (record.source_raw, record.publication_year) == ("示例科学", 2019)
    assert (record.volume, record.issue, record.pages) == ("40", "1", [("3", "19")])
    assert record.volume_raw == "2019,40(010):3-19"
    assert [word for _, word in record.keywords] == ["科技评价", "关键词", "共词分析"]


def test_addresses(two: list[Record]) -> None:
    """The name before an address tells the author; the first institution is not repeated."""
    assert two[0].affiliations == [
        ("示例研究院", 1),
        ("示例大学.管理学院", 2),
        ("示例大学.管理学院", 3),
    ]
    assert two[0].fields == [
        ("英文篇名", "A Study of Keyword Evolution"),
        ("基金", "国家自然科学基金面上项目(00000001)"),
        ("中图类号", "G306.0"),
    ]
    assert two[1].affiliations == [("示例大学", None)]


def test_supplement(two: list[Record]) -> None:
    """A compound family name, an issue that is a supplement, no volume, two ranges of pages."""
    record = two[1]
    assert record.people[0].family == "欧阳"
    assert (record.volume, record.issue) == (None, "S1")
    assert record.pages == [("1", "5"), ("9", "9")]
    assert (record.cited_references, record.fields) == ([], [])


def test_references(two: list[Record]) -> None:
    """Each numbered line is a cited reference with its parts."""
    assert [
        (one.label, one.first_author, one.publication_year, one.source_raw, one.volume)
        for one in two[0].cited_references
    ] == [
        ("1", "陈德", 1996, "示例管理", None),
        ("2", "Zahra, S. A.", 2002, "Academy of Examples", "27"),
        ("3", "何传", None, None, None),
        ("4", "朱泓", 2004, None, None),
        ("5", "Arrow, K.", 1962, "Rate and Direction of Activity", None),
        ("6", "万岚", 2015, "课程.教材.教法", None),
        ("7", None, 2015, None, None),
        ("8", None, None, None, None),
        ("9", "Ensley, MD", None, "Journal of Example Venturing", "17"),
        ("10", "李明", 2001, "示例管理", None),
    ]


def test_titles_of_references(two: list[Record]) -> None:
    """The title stands between author and source, without the mark of a thesis."""
    titles = [one.title for one in two[0].cited_references]
    assert titles[1:5] == [
        "Absorptive capacity: A review",
        "知识创新:竞争新焦点",
        "质量评估体系的研究",
        "Economic welfare",
    ]
    assert two[0].cited_references[4].first_page == "609"


def test_old_encoding(data: Path, two: list[Record]) -> None:
    """A file in GB 18030 with other line ends reads as one in UTF-8 does."""
    text = (data / "cssci" / "two.txt").read_text(encoding="utf-8")
    source = Source("a.txt", data=text.replace("\n", "\r\n").encode("gb18030"))
    assert detect_format(source).name == "cssci"
    found = [item for item in FORMAT.records(source) if isinstance(item, Record)]
    assert [(one.title, one.line) for one in found] == [(one.title, one.line) for one in two]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2019,40(110):3-19", ("40", "11", "3-19")),
        ("2019,40(12):3-19", ("40", "12", "3-19")),
        ("2019,(050):45-57", (None, "5", "45-57")),
        ("2019,40", ("40", None, None)),
    ],
)
def test_place(printed: str, expected: tuple[str | None, ...]) -> None:
    """An issue is two digits and a zero, or as printed."""
    (record,) = _of(f"【来源篇名】a\n【年代卷期】{printed}\n")
    assert isinstance(record, Record)
    assert (record.volume, record.issue, record.pages_raw) == expected


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("x", "no year in 'x'; year and volume are left empty"),
        (
            "2019,40(x",
            "cannot part '2019,40(x' into volume, issue and pages; they are left empty",
        ),
    ],
)
def test_bad_place(printed: str, reason: str) -> None:
    """A place that cannot be read is a problem of the record, which is kept."""
    (record,) = _of(f"【来源篇名】a\n【年代卷期】{printed}\n")
    assert isinstance(record, Record)
    assert [problem.reason for problem in record.problems] == [reason]


def test_nothing() -> None:
    """A file without the tag is one problem."""
    (problem,) = _of("nothing here")
    assert isinstance(problem, Problem)
    assert problem.reason == "no line begins with 【来源篇名】; nothing is read"


_LINES = [
    "【来源篇名】a",
    "【来源作者】李明/b",
    "【参考文献】",
    "1.a.b.c.2001",
    "",
    "z",
    "-" * 30,
    "【年代卷期】2",
]


@given(st.lists(st.sampled_from(_LINES)))
def test_any_lines(lines: list[str]) -> None:
    """Lines in any order never break the reader, and no record is lost."""
    found = _of("\n".join([_LINES[0], *lines]))
    assert len(found) >= 1 + lines.count(_LINES[0])


@given(st.text(_SIGNS, min_size=1))
def test_any_text(text: str) -> None:
    """Any text among the references makes a record."""
    assert _of(f"【来源篇名】a\n【参考文献】\n1.{text}")


def test_real_files(shared_data: Path) -> None:
    """Every record and every cited reference of the real files is read."""
    folder = shared_data / "formats" / "cssci"
    counts = {
        name: (len(found := _read(folder / name)), sum(len(r.cited_references) for r in found))
        for name in (
            "cnki_excel_to_cssci-zhuoyue.txt",
            "csscitextparser-1-60.txt",
            "derived-gb18030-first5.txt",
        )
    }
    assert list(counts.values()) == [(64, 1243), (60, 2935), (5, 343)]
