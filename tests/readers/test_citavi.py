"""Citavi: people, series and parts found by their ids, in XML and in backups."""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.citavi import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(data: bytes, name: str = "a.ctv6") -> list[Record | Problem]:
    return list(FORMAT.records(Source(name, data=data)))


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    found = list(FORMAT.records(Source(data / "citavi" / "project.ctv6")))
    assert all(isinstance(entry, Record) for entry in found)
    return [entry for entry in found if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has its journal, pages, people, keyword and subtitle."""
    work = works[0]
    assert (work.key, work.type, work.line) == ("Small 1973", "article-journal", 25)
    title = "Co-citation in the scientific literature: A new measure of the relationship"
    assert work.title == title
    assert (work.source_raw, work.issn) == (
        "Journal of the American Society for Information Science",
        "0002-8231",
    )
    assert (work.volume, work.issue, work.pages) == ("24", "4", [("265", "269")])
    assert (work.doi, work.language) == ("10.1002/asi.4630240406", "en")
    assert [person.display for person in work.people] == [
        "Small, Henry G.",
        "van der Berg, Ada, Jr.",
    ]
    assert work.keywords == [("author_keyword", "co-citation")]
    assert work.abstract == "A new form of document coupling."


def test_nothing_is_lost(works: list[Record]) -> None:
    """Abbreviation, category and quotation are fields; RTF that repeats a text is not."""
    fields = dict(works[0].fields)
    assert fields["StandardAbbreviation"] == "JASIS"
    assert fields["category"] == "To read"
    assert fields["KnowledgeItem"] == 'The idea: "Two documents cited together"'
    assert "AbstractFormatted" not in fields


def test_part_takes_from_whole(works: list[Record]) -> None:
    """A contribution has title, editor, year, series and publisher of its book."""
    work = works[2]
    assert (work.type, work.source_raw) == ("paper-conference", "Proceedings of examples")
    assert (work.publication_year, work.publisher, work.series) == (
        2001,
        "Example Press",
        "Series of Books",
    )
    assert [(person.role, person.family) for person in work.people] == [
        ("author", "Berg"),
        ("editor", "Small"),
    ]


def test_thesis(works: list[Record]) -> None:
    """The organisation of a thesis is its school; an id without a person is passed over."""
    work = works[3]
    assert (work.publisher, work.genre) == ("Institute of Examples", "Dissertation")
    assert (work.title, work.publication_date) == ("Is it so? A study", "2013-02-21")
    assert len(work.people) == 1


def test_unknown_kind_and_year(works: list[Record]) -> None:
    """A kind that is not known stays as a field, a year that is none is a problem."""
    work = works[4]
    assert (work.type, dict(work.fields)["ReferenceType"]) == ("document", "Poem")
    assert [problem.reason for problem in work.problems] == [
        "no year in '[In press]'; the year is left empty"
    ]
    assert [person.literal for person in work.people] == ["Institute of Examples"]


def test_backup(data: Path) -> None:
    """A backup is the zipped project, told by its ending and read alike."""
    xml = (data / "citavi" / "project.ctv6").read_bytes()
    source = Source("a.ctv6bak", data=_zipped({"settings.bin": b"\x00", "project.ctv6": xml}))
    assert FORMAT.matches(source) > 0.8
    assert len(list(FORMAT.records(source))) == 5


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.txt": b"text"}, "no Citavi project in XML"),
        ({"a.ctv6": b" " * 3_000_000}, "100 times its size"),
    ],
)
def test_bad_backup(files: dict[str, bytes], message: str) -> None:
    """A backup without a project, or one that unpacks beyond bounds, is refused."""
    with pytest.raises(InputError, match=message):
        _read(_zipped(files), "a.ctv6bak")


def test_cut_file(data: Path) -> None:
    """A cut file keeps the references before the cut and says where it is."""
    whole = (data / "citavi" / "project.ctv6").read_bytes()
    found = _read(whole[: whole.index(b'<Reference id="r3">') + 30])
    assert [type(entry) for entry in found] == [Record, Record, Problem]


@pytest.mark.parametrize(
    ("head", "is_ours"),
    [
        ("<CitaviExchangeData Version='6'>", True),
        ("<records><record/></records>", False),
        ("CitaviExchangeData", False),
    ],
)
def test_matches(head: str, *, is_ours: bool) -> None:
    """The root element tells the format."""
    assert (FORMAT.matches(Source("a.xml", data=head.encode())) > 0) is is_ours


@given(st.text(min_size=1).filter(str.strip))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        assert _read(f"<CitaviExchangeData><References>{text}".encode("utf-8", "replace"))


@pytest.mark.parametrize(("number", "n_works"), [(1, 60), (3, 99), (5, 4)])
def test_real_projects(shared_data: Path, number: int, n_works: int) -> None:
    """Real backups give each reference once, with titles, people and years."""
    path = shared_data / "formats/citavi" / f"jabref-CitaviXmlImporterTest{number}.ctv6bak"
    works = [entry for entry in FORMAT.records(Source(path)) if isinstance(entry, Record)]
    assert len(works) == n_works
    assert all(work.title for work in works)
    assert sum(bool(work.people) for work in works) >= 0.7 * n_works or number == 5
