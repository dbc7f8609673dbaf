"""The reader of EndNote's tagged export, with the dialects of databases, CNKI and Wanfang."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.endnote_enw import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")


@pytest.fixture(scope="module")
def dialects(data: Path) -> list[Record]:
    """Records of the file that has one record a dialect."""
    return _read(data / "endnote" / "dialects.enw")


@pytest.fixture(scope="module")
def cnki(data: Path) -> list[Record]:
    """Records in the dialect of CNKI."""
    return _read(data / "cnki" / "cnki.enw")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.enw", data=text.encode())))


def _names(record: Record, role: str = "author") -> list[str]:
    return [person.display for person in record.people_of(role)]


def test_every_record(dialects: list[Record]) -> None:
    """Each %0 begins a record; each has its line and type."""
    assert [(record.line, record.type) for record in dialects] == [
        (1, "article-journal"),
        (20, "book"),
        (39, "thesis"),
        (47, "article"),
        (55, "paper-conference"),
        (64, "document"),
    ]


def test_article(dialects: list[Record]) -> None:
    """The usual tags go to their columns."""
    record = dialects[0]
    assert record.title == "Citation Analysis as a Tool in Journal Evaluation"
    assert (record.key, record.source_raw, record.volume) == ("garfield1972", "Science", "178")
    assert (record.issue, record.pages) == ("4060", [("471", "479")])
    assert (record.publication_year, record.publication_date) == (1972, "1972-11-03")
    assert (record.doi, record.issn) == ("10.1126/science.178.4060.471", "0036-8075")
    assert (record.language, record.fields) == ("en", [])


def test_keywords(dialects: list[Record]) -> None:
    """Keywords stand between semicolons outside of brackets, else one a line."""
    assert [word for _, word in dialects[0].keywords] == [
        "Bibliometrics",
        "journals (a; b)",
        "citation analysis",
    ]
    assert [word for _, word in dialects[1].keywords] == ["Science policy", "Growth of science"]


def test_addresses_with_letters(dialects: list[Record]) -> None:
    """AA, AB and so on before an address tell the author."""
    assert dialects[0].affiliations == [
        ("Institute for Scientific Information, Philadelphia", 1),
        ("Another Institute", 1),
        ("Second Univ (Campus), Town", 2),
    ]


def test_people(dialects: list[Record]) -> None:
    """A comma at the end marks a group, dots cut the list, and each role has its tag."""
    book = dialects[1]
    assert _names(book) == ["Price, Derek J. de Solla", "World Bank"]
    assert book.et_al
    assert (_names(book, "editor"), _names(book, "translator")) == (
        ["Editor, Eva"],
        ["Translator, Tim"],
    )
    assert (book.isbn, book.edition, book.series) == ("0231085621", "1st", "Pegram lectures")
    assert (book.pages_raw, book.pages, book.fields) == ("118", [], [("%Z", "A note")])


def test_thesis_without_year(dialects: list[Record]) -> None:
    """The university is the publisher; a year that is none is a problem of the record."""
    thesis = dialects[2]
    assert (thesis.publisher, thesis.genre) == ("University of Example", "PhD")
    assert (thesis.year_raw, thesis.publication_year) == ("no date", None)
    assert [problem.reason for problem in thesis.problems] == [
        "no year in 'no date'; the year is left empty"
    ]
    assert ("%Y", "Adviser, Ann") in thesis.fields


def test_preprint(dialects: list[Record]) -> None:
    """Two DOIs run together are parted, and the second is the number of arXiv."""
    assert (dialects[3].doi, dialects[3].arxiv_id) == ("10.1000/abc.1", "1912.06970")
    assert dialects[3].fields == []


def test_number_of_pages(dialects: list[Record]) -> None:
    """The number of pages beside the pages is kept apart, as is a committee."""
    talk = dialects[4]
    assert talk.pages == [("269", "273")]
    assert talk.fields == [("%?", "Committee of Examples"), ("%P", "5")]


def test_strange_type(dialects: list[Record]) -> None:
    """A type without a place is kept as printed."""
    assert dialects[5].fields == [("%0", "Strange Thing")]


def test_untyped(data: Path) -> None:
    """Without %0 blank lines part the records, and other tags tell the type."""
    records = _read(data / "endnote" / "untyped.txt")
    assert [(record.title, record.type, record.source_raw) for record in records] == [
        ("Title before its type", "article-journal", "Quarterly of Examples"),
        ("Without a type", "paper-conference", "Example Conference 2019"),
        ("Corn", "book", None),
        ("A talk as AIS prints it", "paper-conference", "EXAMPLE 2017 Proceedings"),
    ]
    assert records[0].publication_date == "2021-09-01"


def test_cnki_article(cnki: list[Record]) -> None:
    """Chinese names are parted, and so are keywords and addresses between semicolons."""
    record = cnki[0]
    assert [(person.family, person.given) for person in record.people] == [
        ("欧阳", "晓明"),
        ("李", "明"),
    ]
    assert [word for _, word in record.keywords] == ["引文网络", "演化", "共被引"]
    assert record.affiliations == [("示例大学管理学院", None), ("示例大学图书馆", None)]
    assert record.abstract == "第一段。 第二段。 第三段。"
    assert (record.doi, record.issue) == ("10.13207/j.cnki.example.2019.03.001", "03")


def test_cnki_types(cnki: list[Record]) -> None:
    """Thesis, meeting, patent, standard and newspaper have their own places."""
    assert [record.type for record in cnki[1:]] == [
        "thesis",
        "paper-conference",
        "patent",
        "standard",
        "article-newspaper",
    ]
    assert (cnki[1].publisher, cnki[1].genre) == ("示例大学", "博士")
    assert (cnki[2].publisher_place, cnki[2].pages_raw) == ("中国南宁", "269-273")
    assert _names(cnki[3]) == ["Choi, Jaeyoung", "Jeong, Geunho"]
    assert ("PageCount-页码", "0") in cnki[3].fields
    assert (cnki[4].key, cnki[4].volume) == ("GB/T 00001-2023", None)
    assert _names(cnki[4]) == ["示例钢铁股份有限公司", "中海油(天津)技术有限公司"]
    assert (cnki[5].publication_date, cnki[5].source_raw) == ("2023-09-21", "示例日报")


def test_old_encoding(data: Path, cnki: list[Record]) -> None:
    """A file in GBK reads as one in UTF-8 does."""
    text = (data / "cnki" / "cnki.enw").read_text(encoding="utf-8")
    source = Source("a.enw", data=text.replace("\n", "\r\n").encode("gbk"))
    records = [item for item in FORMAT.records(source) if isinstance(item, Record)]
    assert [(one.title, one.line) for one in records] == [(one.title, one.line) for one in cnki]


def test_wanfang(data: Path) -> None:
    """One line of addresses per author tells whose they are; words may have blanks between."""
    (record,) = _read(data / "wanfang" / "wanfang.enw")
    assert [author for _, author in record.affiliations] == [1, 1, 2]
    assert len(record.keywords) == 4
    assert (record.source_raw, record.language) == ("示例情报", "zh")
    assert ("%J", "JOURNAL OF EXAMPLE INFORMATION") in record.fields


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("dialects.enw", "endnote"),
        ("untyped.txt", "endnote"),
        ("cnki.enw", "cnki"),
        ("wanfang.enw", "wanfang"),
    ],
)
def test_detected(data: Path, folder: str, name: str) -> None:
    """The format is told by the content."""
    assert detect_format(Source(data / folder / name)).name == "endnote-enw"


@pytest.mark.parametrize(
    "text",
    [
        "%PDF-1.4 %T",
        "% T comment\n%A",
        "TY  - JOUR\nER  - ",
        "a\n%0 b",
        "%R 2018TDM.....5a0201F\n%T A\n",
    ],
)
def test_others_are_left(text: str) -> None:
    """Comments of LaTeX and other formats are not claimed."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0


def test_text_before() -> None:
    """Text before the first record is a problem of that record."""
    (record,) = _of("My library\n%0 Book\n%T A\n")
    assert isinstance(record, Record)
    assert [(problem.line, problem.raw) for problem in record.problems] == [(1, "My library")]


def test_nothing() -> None:
    """A file without a tag is one problem."""
    (problem,) = _of("nothing here")
    assert isinstance(problem, Problem)
    assert problem.reason == "no line begins with a tag such as %T; nothing is read"


@given(
    st.lists(st.sampled_from(["%0 Book", "%T a", "%A 李明;b", "%P 1-", "%D x", "", "z", "%R 10."]))
)
def test_any_lines(lines: list[str]) -> None:
    """Lines in any order never break the reader, and no typed record is lost."""
    text = "\n".join(["%0 Book", "%T first", *lines])
    assert len(_of(text)) >= 1 + sum(line == "%0 Book" for line in lines)


@given(st.text(_SIGNS, min_size=1))
def test_any_text(text: str) -> None:
    """Any text makes records or one problem."""
    assert _of(f"%T {text}")


def test_real_files(shared_data: Path) -> None:
    """Every entry of the real files is a record."""
    folder = shared_data / "formats"
    counts = {
        "endnote-enw/ads-24-endnote.enw": 24,
        "endnote-enw/colrev-ais_enl.txt": 6,
        "endnote-enw/colrev-enl_data.enl": 3,
        "endnote-enw/jabref-refer.bibIX.ref": 4,
        "cnki/cmsax-demo-refer.enw": 40,
    }
    assert {name: len(_read(folder / name)) for name in counts} == counts
