"""Read, write, read: the same works again, whatever stands in them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqp_biblio.outputs.writers import writer_for
from nqp_biblio.readers import bibtex, csl_json, endnote_xml, ris, scopus_csv, wos_plain
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Person, Record
from nqp_biblio.schema import TABLES
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.numbers import parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = "abcXYZ éÅßøł李明新質Жя 0123456789.,:()[]!?'\"-–—_#$%&~^\\{}@=+*/<>|`\n\t"
MANY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def _clean(text: str) -> str:
    return clean_text(decode_entities(clean_text(text)))


def _texts(signs: str = SIGNS, *, size: int = 40) -> st.SearchStrategy[str]:
    """Give texts as a reader leaves them: clean, and not empty."""
    found = st.text(st.sampled_from(signs), min_size=1, max_size=size).map(_clean)
    return found.filter(lambda text: bool(text) and _clean(text) == text and text.strip(" ,.{}"))


def _words(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


FAMILIES = _words(
    "Small", "O'Neil", "García Márquez", "Müller-Lüdenscheidt", "Łukasiewicz", "Plato"
)
GIVEN = _words("Henry", "H.", "H. G.", "Jean-Paul", "Ó.", "Mary Ann", "L.-Q.")
PARTICLES = st.none() | _words("van der", "de la", "von", "du")
PEOPLE = st.builds(
    Person,
    family=FAMILIES,
    given=GIVEN,
    particle=PARTICLES,
    suffix=st.none() | _words("Jr.", "III", "Sr."),
    role=_words("author", "editor", "translator"),
) | st.builds(
    Person,
    literal=_words("World Health Organization", "CERN Collaboration and Friends Association"),
    role=_words("author", "editor"),
)
PAGES = st.lists(
    _words("1", "17", "e12", "S100", "312", "xii").map(lambda page: (page, page))
    | st.sampled_from([("18", "25"), ("S1", "S9"), ("101", "1101")]),
    max_size=3,
)
ITEMS = _texts(SIGNS.replace(";", "")).filter(lambda text: ";" not in text)
KEYWORDS = st.lists(
    st.tuples(_words("author_keyword"), _words("maps, of science", "co-citation", "50 %") | ITEMS),
    max_size=4,
    unique=True,
)
AFFILIATIONS = st.lists(st.tuples(ITEMS, st.none()), max_size=3)
DATES = st.none() | _words("2001-03", "2001-03-05", "2001-12-31")
DOIS = st.none() | _words(
    "10.1000/a_b", "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
)
URLS = st.none() | _words("https://example.org/a_b%20c?d=1&e=2~f#g", "http://例.org/新")


def _records(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    text = st.none() | _texts()
    return st.builds(
        Record,
        key=_words("a", "small1973co", "x:1.2"),
        type=_words("article-journal", "book", "chapter", "thesis", "report", "webpage"),
        title=_texts(),
        publication_year=st.just(2001),
        publication_date=DATES,
        source_raw=text,
        volume=text,
        issue=st.none(),
        pages=PAGES,
        doi=DOIS,
        url=URLS,
        publisher=text,
        publisher_place=text,
        abstract=st.none() | _texts(size=200),
        language=st.none() | _words("en", "zh", "pt"),
        people=st.lists(PEOPLE, max_size=4),
        keywords=KEYWORDS,
        affiliations=AFFILIATIONS,
        isbn=st.none() | _words("978-3-16-148410-0", "0-262-03384-4"),
        **more,
    )


def _again(record: Record, name: str) -> Record:
    text = writer_for(name).text([record])
    form = {"bibtex": bibtex, "ris": ris}[name].FORMAT
    items = list(form.records(Source("a.txt", data=text.encode())))
    (found,) = (item for item in items if isinstance(item, Record))
    assert len(items) == 1
    assert found.problems == []
    return found


SKIPPED = {"file", "line", "format", "doi_raw", "pages_raw", "year_raw", "people", "fields"}


def _assert_same(again: Record, record: Record, *also: str) -> None:
    for attribute in fields(Record):
        if attribute.name not in {*SKIPPED, *also}:
            found, given_value = (getattr(item, attribute.name) for item in (again, record))
            assert found == given_value, attribute.name
    roles = ("author", "editor", "translator")
    ordered = sorted(record.people, key=lambda person: roles.index(person.role))
    assert [_parts(person) for person in again.people] == [_parts(person) for person in ordered]


def _parts(person: Person) -> tuple[str | None, ...]:
    return (
        person.role,
        person.family,
        person.given,
        person.particle,
        person.suffix,
        person.literal,
    )


@MANY
@given(
    _records(edition=st.none() | _texts(), series=st.none() | _texts(), issn=st.just("1234-5678"))
)
def test_bibtex(record: Record) -> None:
    """Any record is the same after it was written as BibTeX and read."""
    _assert_same(_again(record, "bibtex"), record, "genre")


@MANY
@given(_records(issn=st.just("1234-5678"), arxiv_id=st.none()))
def test_ris(record: Record) -> None:
    """Any record is the same after it was written as RIS and read."""
    also = ["genre"]
    if record.type == "book":
        also += ["source_raw", "series"]
    _assert_same(_again(record, "ris"), record, *also)


@MANY
@given(
    st.lists(
        st.tuples(
            _texts("ABcdé Øß'’-.&%_#$~^{}\\", size=12).filter(lambda text: text[0].isupper()),
            _texts("ABcdé. -&%{}", size=8).filter(lambda text: text[0].isupper()),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_names_with_the_signs_of_tex(names: list[tuple[str, str]]) -> None:
    """A family and a given name with signs that mean something to TeX stay what they are."""
    people = [Person(family=family, given=given_name) for family, given_name in names]
    again = _again(Record(title="T", people=people), "bibtex").people
    assert [(person.family, person.given) for person in again] == names


TRUTH = (".expected.json", ".peer.json", ".expected.bib", ".colrev.bib")
LARGEST = 3_000_000
FOLDERS = [
    ("bibtex", "bibtex"),
    ("ris", "ris"),
    ("wos-plain", "wos"),
    ("scopus-csv", "scopus-csv"),
    ("csl-json", "csl-json"),
    ("endnote-xml", "endnote-xml"),
]
MADE_KEYS = {"bibtex", "wos", "scopus-csv", "endnote-xml"}


def _is_same(column: str, before: Any, after: Any, name: str) -> bool:
    """Tell equal values, and the exceptions that docs/formats.md names."""
    if before == after:
        return True
    if column == "key":  # made where there is none, or none that BibTeX can take
        return name in MADE_KEYS and (before is None or name in {"bibtex", "endnote-xml"})
    if column == "doi_raw":  # without its address; or found in the URL
        return clean_doi(before or after) == clean_doi(after)
    if column == "pages_raw":  # with the dash of the format
        return parse_pages(before) == parse_pages(after)
    # an entity within an entity, which each reading decodes once
    return isinstance(before, str) and decode_entities(before) == after


@pytest.mark.parametrize(("folder", "name"), FOLDERS)
def test_real_files(shared_data: Path, folder: str, name: str) -> None:
    """The works of a real file are the same after they were written in its format and read."""
    n_files = 0
    for file in sorted((shared_data / "formats" / folder).iterdir()):
        if file.name.endswith(TRUTH) or file.stat().st_size > LARGEST:
            continue
        before = _entries(Source(file), name)
        if not before:
            continue
        n_files += 1
        text = writer_for(name).text(before)
        again = _entries(Source("a.txt", data=text.encode(errors="replace")), name)
        assert len(again) == len(before), file.name
        for number, (old, new) in enumerate(zip(before, again, strict=True), 1):
            pairs = {column: (getattr(old, column), getattr(new, column)) for column in COLUMNS}
            wrong = {at: pair for at, pair in pairs.items() if not _is_same(at, *pair, name)}
            assert not wrong, f"{file.name}, work {number}"
    assert n_files > 2


def _entries(source: Source, name: str) -> list[Record]:
    forms = (bibtex, ris, wos_plain, scopus_csv, csl_json, endnote_xml)
    form = next(module.FORMAT for module in forms if module.FORMAT.name == name)
    return [entry for entry in form.records(source) if isinstance(entry, Record)]


COLUMNS = [
    name
    for name in TABLES["works"].column_names
    if name in Record.__dataclass_fields__ and name not in {"file", "line", "format"}
]
