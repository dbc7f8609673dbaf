"""MARCXML: punctuation of catalogues, relators, hosts, theses, answers around records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.marc_fields import unpunctuated
from nqp_biblio.readers.marcxml import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

FIXTURE = Path(__file__).parents[1] / "data" / "marcxml" / "collection.xml"


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=text.encode())))


def _field(tag: str, **subfields: str) -> str:
    """Write a field; a code that is a digit has an underscore before it."""
    inner = "".join(
        f'<subfield code="{code.strip("_")}">{text}</subfield>' for code, text in subfields.items()
    )
    return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inner}</datafield>'


def _one(*fields: str, leader: str = "00000nam a2200000 c 4500") -> Record:
    """Read one record without a namespace."""
    [record] = _read(f"<record><leader>{leader}</leader>{''.join(fields)}</record>")
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def items() -> list[Record | Problem]:
    """Return what the fixture of the project gives."""
    source = Source(FIXTURE)
    assert detect_format(source).name == "marcxml"
    return list(FORMAT.records(source))


def test_one_in_one_out(items: list[Record | Problem]) -> None:
    """Each record gives one, or a problem where it has no fields."""
    assert [type(item).__name__ for item in items] == ["Record"] * 3 + ["Problem"]
    assert [item.line for item in items] == [3, 22, 31, 40]


@pytest.mark.parametrize(
    ("index", "name", "expected"),
    [
        (0, "key", "ocm1"),
        (0, "type", "book"),
        (0, "title", "The growth of lists: a study"),
        (0, "publication_year", 2001),
        (0, "publisher", "Made-up Press"),
        (0, "publisher_place", "Town"),
        (0, "edition", "2nd ed."),
        (0, "isbn", "9783161484100"),
        (0, "series", "Series of Made-up"),
        (0, "volume", "12"),
        (0, "language", "en"),
        (0, "abstract", "What was found."),
        (0, "url", "https://made.up/1"),
        (
            0,
            "keywords",
            [("author_keyword", "growth"), ("index_keyword", "Lists -- Utopia -- Maps")],
        ),
        (1, "type", "article-journal"),
        (1, "source_raw", "Journal of Things"),
        (1, "volume", "7"),
        (1, "issue", "2"),
        (1, "pages", [("53", "57")]),
        (1, "publication_year", 2003),
        (1, "issn", "1234-567X"),
        (1, "doi", "10.5555/made.up.2"),
        (1, "language", "fr"),
        (2, "type", "thesis"),
        (2, "title", "A thesis. Part 2: Letters"),
        (2, "genre", "Ph. D."),
        (2, "publisher", "University of Made-up"),
        (2, "publication_date", "2023-06-26"),
        (2, "event", "Meeting of Made-up (6th, 1988, Town)"),
    ],
)
def test_values(items: list[Record | Problem], index: int, name: str, expected: object) -> None:
    """The fields of the catalogue come into their attributes, without its punctuation."""
    assert getattr(items[index], name) == expected


def test_people(items: list[Record | Problem]) -> None:
    """The main entry is an author, relators tell roles, bodies stay whole, others are kept."""
    first, second, third = (item for item in items if isinstance(item, Record))
    assert [(one.role, one.display) for one in first.people] == [
        ("author", "van der Berg, Ada, Jr."),
        ("translator", "Doe, Cy"),
    ]
    assert ("700.ill", "Moe, Dan") in first.fields
    assert second.people[0].orcid == "0000-0002-1825-0097"
    assert third.people[0].literal == "Made-up Office. Section of Lists"


@pytest.mark.parametrize(
    ("fields", "roles"),
    [
        ([_field("700", a="Roe, Ann")], ["author"]),
        ([_field("245", a="T", c="edited by A. Roe"), _field("700", a="Roe, Ann")], ["editor"]),
        ([_field("700", a="Roe, Ann", t="Another work")], []),
        ([_field("710", a="Office")], ["author"]),
        ([_field("720", a="Roe, Ann", e="Data collector")], []),
        ([_field("700", a="Roe, Ann", e="Hrsg.")], ["editor"]),
    ],
)
def test_roles(fields: list[str], roles: list[str]) -> None:
    """A name without a relator is an author, or an editor where the title page says so."""
    assert [one.role for one in _one(*fields).people] == roles


@pytest.mark.parametrize(
    ("leader", "fields", "expected"),
    [
        ("00000nas a2200000 c 4500", [], "periodical"),
        ("00000cem a2200000 c 4500", [], "map"),
        ("00000nab a2200000 c 4500", [], "article-journal"),
        ("00000naa a2200000 c 4500", [_field("773", t="Essays", z="1", g="S. 4-5")], "chapter"),
        ("00000nmm a2200000 c 4500", [_field("336", b="txt")], "book"),
        ("00000nmm a2200000 c 4500", [_field("336", b="cod")], "dataset"),
        ("", [], "book"),
    ],
)
def test_types(leader: str, fields: list[str], expected: str) -> None:
    """Leader, kind of content and host tell the kind."""
    assert _one(_field("245", a="T"), *fields, leader=leader).type == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"g": "volume:50"}, ("50", None, [])),
        ({"g": "50 (2023)"}, ("50", None, [])),
        ({"g": "Bd. 12 (1999), Heft 3, S. 4-9"}, ("12", "3", [("4", "9")])),
        ({"g": "Seite 447-473"}, (None, None, [("447", "473")])),
        ({"q": "7:2&lt;53"}, ("7", "2", [("53", "53")])),
        ({"g": "pages:1-2"}, (None, None, [("1", "2")])),
    ],
)
def test_hosts(
    parts: dict[str, str], expected: tuple[str | None, str | None, list[tuple[str, str]]]
) -> None:
    """Volume, issue and pages are read as coded, as enumerated, and in words."""
    record = _one(_field("773", t="J", **parts))
    assert (record.volume, record.issue, record.pages) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A title /", "A title"),
        ("[2023]", "2023"),
        ("Roe, A. B.", "Roe, A. B."),
        ("Maps.", "Maps"),
        ("After the war.", "After the war"),
        ("Roe & Co.,", "Roe & Co."),
        ("Boston, Mass. :", "Boston, Mass."),
    ],
)
def test_unpunctuated(text: str, expected: str) -> None:
    """Punctuation between parts goes; the full stop of an initial or abbreviation stays."""
    assert unpunctuated(text) == expected


@pytest.mark.parametrize(
    "start",
    [
        "<zs:records><zs:record><zs:recordData>{}</zs:recordData></zs:record></zs:records>",
        '<a xmlns:zs="z"><zs:record><zs:recordData>{}</zs:recordData></zs:record></a>',
        "<OAI-PMH><record><header/><metadata>{}</metadata></record></OAI-PMH>",
        "<record><recordData>{}</recordData></record>",
    ],
)
def test_answers(start: str) -> None:
    """Records in answers of library servers are found, also where a namespace is lost."""
    inner = f"<record><leader>00000nam</leader>{_field('245', a='T')}</record>"
    text = start.format(inner)
    assert FORMAT.matches(Source("a.xml", data=text.encode())) > 0.9
    [record] = _read(text)
    assert isinstance(record, Record)
    assert record.title == "T"


@pytest.mark.parametrize("inner", ["", "<zs:records/>", "<zs:records>", "<zs:record>"])
def test_answer_without_record(inner: str) -> None:
    """An answer that holds no record, or is cut before it, gives a problem."""
    [problem] = _read(f"<zs:answer>{inner}")
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("text", ["<record/>", "<mods/>", "<a datafield='1'/>", "001"])
def test_files_of_others(text: str) -> None:
    """XML without fields is not claimed."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) == 0


@pytest.mark.parametrize("percent", range(6, 99, 4))
def test_cut_short(percent: int) -> None:
    """A file that is cut gives what stands before the cut, and a problem."""
    text = FIXTURE.read_text("utf-8")
    result = _read(text[: len(text) * percent // 100])
    assert any(isinstance(item, Problem) for item in result)


@given(
    st.sampled_from(["008", "024", "041", "100", "245", "264", "490", "502", "700", "773", "856"]),
    st.sampled_from("abcgqtuvxz4"),
    st.text(alphabet="abS. ,/:;()[]-12:<", max_size=30),
)
def test_anything(tag: str, code: str, text: str) -> None:
    """Any text in any field gives a record, never an exception."""
    safe = text.replace("<", "&lt;")
    field = f'<datafield tag="{tag}"><subfield code="{code}">{safe}</subfield></datafield>'
    control = f'<controlfield tag="{tag}">{safe}</controlfield>'
    assert _one(control, field).format == "marcxml"


def test_real_files(shared_data: Path) -> None:
    """Each real file gives its one record with a title."""
    for path in sorted((shared_data / "formats" / "marcxml").glob("*.xml")):
        source = Source(path)
        assert detect_format(source).name == "marcxml"
        [record] = [item for item in FORMAT.records(source) if isinstance(item, Record)]
        assert record.title
