"""Works as EndNote XML, and the same when read again."""

from __future__ import annotations

from lxml import etree

from nqp_biblio.outputs.endnote_xml import format_endnote_xml
from nqp_biblio.readers.endnote_xml import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Person, Record

RECORD = Record(
    key="7",
    type="chapter",
    title="A <b> & c",
    publication_year=2001,
    year_raw="2001",
    publication_date="2001-03-05",
    source_raw="A Handbook",
    volume="9",
    issue="3",
    pages=[("18", "25")],
    pages_raw="18-25",
    doi="10.1000/x",
    doi_raw="10.1000/X",
    url="https://example.org/a?b=1&c=2",
    pmid="1234567",
    isbn="978-3-16-148410-0",
    issn="1234-5678",
    publisher="Press",
    publisher_place="Town",
    edition="2",
    series="Series",
    language="en",
    abstract="One.",
    et_al=True,
    people=[
        Person(family="Berg", given="Jan", particle="van der", suffix="Jr."),
        Person(literal="Institute of Examples, Leiden"),
        Person(family="Old", given="Ann", role="editor"),
    ],
    affiliations=[("Univ A; Dept B", None), ("Univ C", None)],
    keywords=[("author_keyword", "one"), ("author_keyword", "two, three")],
    fields=[("notes", "kept"), ("custom1", "too"), ("remote-database-name", "PubMed")],
)


def test_a_full_record_comes_back() -> None:
    """Every attribute that EndNote has an element for is the same after reading."""
    source = Source("a.xml", data=format_endnote_xml([RECORD]).encode())
    assert FORMAT.matches(source) > 0.9
    (again,) = (item for item in FORMAT.records(source) if isinstance(item, Record))
    for name in Record.__dataclass_fields__:
        if name not in {"file", "line", "format", "people"}:
            assert getattr(again, name) == getattr(RECORD, name), name
    assert [(p.role, p.display) for p in again.people] == [
        (p.role, p.display) for p in RECORD.people
    ]


def test_the_form_of_endnote() -> None:
    """Types have their number, text its style, groups a comma, and other keys are labels."""
    text = format_endnote_xml([RECORD, Record(key="doe2001", type="article-journal", title="T")])
    tree = etree.fromstring(text.encode())
    first, second = tree.findall("records/record")
    kind = first.find("ref-type")
    assert kind is not None
    assert (kind.get("name"), kind.text) == ("Book Section", "5")
    names = [name.text for name in first.findall("contributors/authors/author/style")]
    assert names == ["van der Berg, Jan, Jr.", "Institute of Examples, Leiden,", "et al."]
    assert second.findtext("rec-number") == "2"
    assert second.findtext("label/style") == "doe2001"


def test_any_sign_is_sound() -> None:
    """Signs that XML cannot hold are left out, whatever stands in a record."""
    hostile = "a\x00\x0b\ud800\ufffe]]>&<!--" + chr(0x1F600)
    record = Record(title=hostile, abstract=hostile, fields=[("notes", hostile)])
    tree = etree.fromstring(format_endnote_xml([record]).encode())
    assert tree.findtext("records/record/titles/title/style") == "a]]>&<!--😀"
