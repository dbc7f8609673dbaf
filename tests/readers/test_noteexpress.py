"""The reader of NoteExpress, as CNKI and Wanfang write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.noteexpress import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")


@pytest.fixture(scope="module")
def cnki(data: Path) -> list[Record]:
    """Records in the dialect of CNKI."""
    return _read(data / "cnki" / "cnki.noteexpress.net")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.net", data=text.encode())))


def test_every_record(cnki: list[Record]) -> None:
    """Each type makes a record, and so does a title after a blank line."""
    assert [(record.line, record.type) for record in cnki] == [
        (1, "article-journal"),
        (15, "article-journal"),
        (27, "thesis"),
        (35, "document"),
    ]
    assert [problem.reason for problem in cnki[3].problems] == [
        "no {Reference Type} begins the record"
    ]


def test_chinese(cnki: list[Record]) -> None:
    """Names, keywords and addresses stand between semicolons."""
    record = cnki[0]
    assert [person.display for person in record.people] == ["唐, 伦", "赵, 培", "赵, 国", "陈, 前"]
    assert [word for _, word in record.keywords] == ["虚拟网络", "预测", "迁移"]
    assert record.affiliations == [("示例邮电大学", None), ("示例重点实验室", None)]
    assert (record.source_raw, record.publication_year) == ("示例与信息学报", None)
    assert (record.issn, record.abstract) == ("1000-0003", "第一行 第二行")
    assert record.fields == [("Notes", "11-0003/TN"), ("Database Provider", "CNKI")]


def test_english(cnki: list[Record]) -> None:
    """Names of other countries stand between two semicolons."""
    record = cnki[1]
    assert [person.family for person in record.people] == ["Sieti", "Rivera"]
    assert (record.volume, record.issue, record.publication_year) == ("212", "02", 2019)


def test_thesis(cnki: list[Record]) -> None:
    """A thesis has university and kind; a year that cannot be is a problem."""
    thesis = cnki[2]
    assert (thesis.publisher, thesis.genre, thesis.year_raw) == ("示例大学", "硕士", "2989")
    assert [problem.reason for problem in thesis.problems] == [
        "no year in '2989'; the year is left empty"
    ]
    assert thesis.fields == [("Tertiary Author", "王导师")]


def test_wanfang(data: Path) -> None:
    """Repeated names make lists, an address a line is that of its author, translations stay."""
    (record,) = _read(data / "wanfang" / "wanfang.net")
    assert [person.display for person in record.people] == ["许, 雅", "张, 银"]
    assert [author for _, author in record.affiliations] == [1, 1, 2]
    assert (record.doi, record.language) == ("10.19347/j.cnki.2000-0004.202001019", "zh")
    assert (record.volume, record.issue, record.pages) == ("5", "1", [("49", "51")])
    assert ("Translated Author", "ZHANG Yin") in record.fields


@pytest.mark.parametrize("path", ["cnki/cnki.noteexpress.net", "wanfang/wanfang.net"])
def test_detected(data: Path, path: str) -> None:
    """The format is told by the content."""
    assert detect_format(Source(data / path)).name == "noteexpress"


def test_old_encoding(data: Path, cnki: list[Record]) -> None:
    """A file in GB 18030 reads as one in UTF-8 does."""
    text = (data / "cnki" / "cnki.noteexpress.net").read_text(encoding="utf-8")
    source = Source("a.net", data=text.encode("gb18030"))
    assert [one.title for one in FORMAT.records(source) if isinstance(one, Record)] == [
        record.title for record in cnki
    ]


def test_nothing() -> None:
    """A file without a type is one problem."""
    (problem,) = _of("nothing here")
    assert isinstance(problem, Problem)
    assert problem.reason == "no line begins with {Reference Type}; nothing is read"


_LINES = [
    "{Reference Type}: Book",
    "{Title}: a",
    "{Author}: 李明;b",
    "{Year}: x",
    "",
    "z",
    "{Pages}: 1-",
]


@given(st.lists(st.sampled_from(_LINES)))
def test_any_lines(lines: list[str]) -> None:
    """Lines in any order never break the reader, and no record is lost."""
    found = _of("\n".join([_LINES[0], *lines]))
    assert len(found) >= 1 + lines.count(_LINES[0])


@given(st.text(_SIGNS, min_size=1))
def test_any_text(text: str) -> None:
    """Any text makes records or one problem."""
    assert _of(f"{{Reference Type}}: {text}")


def test_real_files(shared_data: Path) -> None:
    """Every entry of the real files is a record."""
    files = sorted((shared_data / "formats" / "cnki").glob("*.net"))
    assert [len(_read(path)) for path in files] == [5, 21, 12]
    assert len(_read(shared_data / "formats" / "wanfang" / "wanfang-noteexpress-1.net")) == 1
