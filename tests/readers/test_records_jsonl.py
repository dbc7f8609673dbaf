"""Records as JSON lines: read back as they were, and bad lines told."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.outputs.jsonl import format_jsonl
from nqp_biblio.readers.records_jsonl import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.jsonl", data=text.encode())))


TEXT = st.text(max_size=12)
SOME = st.none() | TEXT
NUMBER = st.none() | st.integers(-5, 3000)
PEOPLE = st.builds(Person, SOME, SOME, SOME, SOME, SOME, SOME, TEXT, SOME)
PROBLEMS = st.builds(Problem, TEXT, NUMBER, TEXT, TEXT)
MENTIONS = st.builds(
    Mention, TEXT, TEXT, SOME, st.integers(0, 9), st.integers(0, 9), TEXT, st.integers(0, 9)
)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=2)


def _records(works: st.SearchStrategy[Record | None]) -> st.SearchStrategy[Record]:
    cited = st.builds(CitedReference, TEXT, SOME, SOME, NUMBER, SOME, SOME, SOME, SOME, SOME, works)
    plain = {
        name: SOME
        for name in Record.__dataclass_fields__
        if Record.__dataclass_fields__[name].type == "str | None"
    }
    return st.builds(
        Record,
        role=TEXT,
        publication_year=NUMBER,
        cited_by_count=NUMBER,
        et_al=st.booleans(),
        confidence=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        line=st.integers(1, 99),
        pages=PAIRS,
        people=st.lists(PEOPLE, max_size=2),
        affiliations=st.lists(st.tuples(TEXT, NUMBER), max_size=2),
        keywords=PAIRS,
        cited_references=st.lists(cited, max_size=2),
        mentions=st.lists(MENTIONS, max_size=2),
        fields=PAIRS,
        problems=st.lists(PROBLEMS, max_size=2),
        **plain,
    )


@settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(st.lists(_records(st.none() | _records(st.none())), min_size=1, max_size=2))
def test_any_record_comes_back(records: list[Record]) -> None:
    """A record with all that it carries is equal after writing and reading."""
    assert _read(format_jsonl(records)) == records


def test_every_attribute_is_written() -> None:
    """No attribute of a record is forgotten: each has its name in the line."""
    record = Record()
    for name, attribute in Record.__dataclass_fields__.items():
        kinds = {"bool": True, "float | None": 0.5, "int | None": 5, "str | None": "x", "str": "x"}
        if attribute.type in kinds:
            setattr(record, name, kinds[str(attribute.type)])
    record.people, record.cited_references = [Person()], [CitedReference("x")]
    record.pages, record.keywords, record.fields = [("1", "2")], [("a", "b")], [("a", "b")]
    record.affiliations, record.problems = [("x", 1)], [Problem("a", 1, "", "")]
    record.mentions = [Mention("1", "1", None, 1, 1, "x", 0)]
    written = json.loads(format_jsonl([record]))
    assert set(written) == {"nqp_biblio", *Record.__dataclass_fields__}


def test_a_problem_of_no_record() -> None:
    """What could not be read of any work is kept as well."""
    problem = Problem("a.bib", 3, "@article{", "not closed")
    assert _read(format_jsonl([problem])) == [problem]


def test_a_record_without_a_place_gets_that_of_its_line() -> None:
    """A record made in memory is found in the file that it is read from."""
    (first, second) = _read(format_jsonl([Record(title="a"), Record(title="b")]))
    assert (first.file, second.line) == ("a.jsonl", 2)


def test_it_is_told_from_other_json() -> None:
    """The mark at the beginning of the line tells the form; other JSON is not claimed."""
    assert FORMAT.matches(Source("x", data=format_jsonl([Record(title="a")]).encode())) == 0.99
    assert FORMAT.matches(Source("x", data=b'{"title": "a", "nqp_biblio": 1}')) == 0.0


BAD_LINES = [
    ("[1, 2]", "no record: an object was expected"),
    ('{"nqp_biblio": 1, "title": "a', "no JSON, cut short or broken"),
    ('{"nqp_biblio": 2, "title": "a"}', "version 2 of this form; up to 1 can be read"),
    ('{"title": "a"}', "version None of this form"),
    ("[" * 200_000, "nested too deeply|no JSON"),
    ('{"nqp_biblio": 1, "x": ' + "9" * 5_000 + "}", "no JSON, cut short or broken"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_is_a_problem(line: str, reason: str) -> None:
    """A line that is no record is told with its number, and those around it are kept."""
    good = format_jsonl([Record(title="good")])
    first, problem, last = _read(f"{good}{line}\n{good}")
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert isinstance(problem, Problem)
    assert (problem.file, problem.line) == ("a.jsonl", 2)
    assert re.search(reason, problem.reason)


BAD_VALUES = [
    ('"title": 5', "title cannot be 5; it is left empty"),
    ('"publication_year": "2001"', "publication_year cannot be"),
    ('"et_al": "yes"', "et_al cannot be"),
    ('"confidence": true', "confidence cannot be true"),
    ('"people": [null]', "1 of people cannot be read"),
    ('"people": {"family": 1}', "family cannot be 1"),
    ('"pages": [["1"]]', "1 of pages cannot be read"),
    ('"cited_references": ["x"]', "1 of cited_references cannot be read"),
    ('"affiliations": [[1, 2]]', "1 of affiliations cannot be read"),
]


@pytest.mark.parametrize(("part", "reason"), BAD_VALUES)
def test_a_bad_value_is_a_problem_of_its_record(part: str, reason: str) -> None:
    """A value of the wrong type is left out and told; the record is kept."""
    (record,) = _read(f'{{"nqp_biblio": 1, "key": "a", {part}}}')
    assert isinstance(record, Record)
    assert record.key == "a"
    assert reason in record.problems[0].reason


def test_an_unknown_name_is_kept() -> None:
    """What no attribute has the name of stays as a field."""
    (record,) = _read('{"nqp_biblio": 1, "title": null, "more": {"b": 1, "a": [2]}}')
    assert isinstance(record, Record)
    assert record.fields == [("more", '{"a": [2], "b": 1}')]
    assert record.problems == []


@settings(max_examples=200, deadline=None, derandomize=True)
@example('{"nqp_biblio": 1, "title": NaN}')
@example('{"nqp_biblio": 1, "problem": {"line": "x"}}')
@given(st.text(min_size=1, max_size=60) | st.text("{}[]\":,1ntrue nqp_biblio'").map(str))
def test_any_text_is_read(text: str) -> None:
    """Whatever stands in a file, it gives records and problems and no exception."""
    try:
        entries = _read(text.encode(errors="replace").decode())
    except InputError:
        return
    assert entries
