"""The CSL-JSON reader: tolerant of types, of forms of the file, and of cut files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.csl_json import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

ITEM = {"id": "a", "type": "book", "title": "T"}


def _items(text: str, folder: Path) -> list[Record | Problem]:
    path = folder / "a.json"
    path.write_text(text, encoding="utf-8")
    return list(FORMAT.records(Source(path)))


def _of(item: dict[str, Any], folder: Path) -> Record:
    (record,) = _items(json.dumps([ITEM | item]), folder)
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ITEM]),
        json.dumps(ITEM),
        json.dumps(ITEM) + "\n",
        json.dumps({"items": [ITEM]}),
        json.dumps({"references": [ITEM]}),
        "\ufeff" + json.dumps([ITEM]),
    ],
)
def test_forms_of_the_file(tmp_path: Path, text: str) -> None:
    """An array, one object, or a list under a name are all read."""
    (record,) = _items(text, tmp_path)
    assert isinstance(record, Record)
    assert (record.key, record.type, record.title) == ("a", "book", "T")


def test_json_lines(tmp_path: Path) -> None:
    """One object a line is read, with the line of each."""
    text = "\n".join(json.dumps(ITEM | {"id": key}) for key in "abc")
    assert [item.line for item in _items(text, tmp_path)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("item", "name", "expected"),
    [
        ({"title": ["A", "B"]}, "title", "A"),
        ({"title": 5}, "title", "5"),
        ({"title": "A <i>b</i> &amp; c"}, "title", "A b & c"),
        ({"volume": float("nan")}, "volume", None),
        ({"volume": 12}, "volume", "12"),
        ({"issued": 2001}, "publication_year", 2001),
        ({"issued": "2001-05"}, "publication_date", "2001-05"),
        ({"issued": {"raw": "May 2001"}}, "publication_date", "2001-05"),
        ({"issued": {"date-parts": [["2001", 5, 6]]}}, "publication_date", "2001-05-06"),
        ({"issued": {"date-parts": [[2001]]}}, "publication_date", None),
        ({"issued": {"date-parts": [2001, 5]}}, "publication_date", "2001-05"),
        ({"DOI": "https://doi.org/10.1000/X"}, "doi", "10.1000/x"),
        ({"page": "18-25, 45"}, "pages", [("18", "25"), ("45", "45")]),
        ({"language": "en-US"}, "language", "en"),
        ({"keyword": "a, b"}, "keywords", [("author_keyword", "a"), ("author_keyword", "b")]),
        ({"URL": "https://x.org/?a=1&region=2"}, "url", "https://x.org/?a=1&region=2"),
        ({"type": "article-journal", "number": "e1"}, "article_number", "e1"),
        ({"custom": {"other": 1}}, "fields", [("custom", '{"other": 1}')]),
        ({"note": "kept"}, "fields", [("note", "kept")]),
    ],
)
def test_types(tmp_path: Path, item: dict[str, Any], name: str, expected: object) -> None:
    """A value of a wrong type is read where it can be, and no error where it cannot."""
    record = _of(item, tmp_path)
    assert getattr(record, name) == expected
    assert record.problems == []


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ([{"family": "Doe", "given": "Jane"}], ["Doe, Jane"]),
        ([{"family": "Berg", "non-dropping-particle": "van"}], ["van Berg"]),
        ([{"literal": "A group"}], ["A group"]),
        ([{"given": "Alone"}], ["Alone"]),
        (["A text"], ["A text"]),
        ("Jane Doe; Richard Roe", ["Doe, Jane", "Roe, Richard"]),
        ({"family": "Doe"}, ["Doe"]),
        ([{"family": "Doe"}, {"literal": "others"}], ["Doe"]),
    ],
)
def test_names(tmp_path: Path, authors: object, names: list[str]) -> None:
    """Names come as objects, as texts, or as one printed list."""
    record = _of({"author": authors}, tmp_path)
    assert [person.display for person in record.people] == names


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"author": [None]}, "name of the authors"),
        ({"issued": {"date-parts": [["x", None]]}}, "no year"),
        ({"issued": {"literal": "in press"}}, "no year"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, item: dict[str, Any], reason: str) -> None:
    """The item stays, and a problem says what could not be read."""
    (problem,) = _of(item, tmp_path).problems
    assert reason in problem.reason


def test_a_cut_file_keeps_the_whole_items(tmp_path: Path) -> None:
    """Items before the cut are read, and the rest is a problem with its line."""
    text = json.dumps([ITEM, ITEM, ITEM], indent=1)
    first, second, cut = _items(text[:-20], tmp_path)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(cut, Problem)
    assert "cut short" in cut.reason
    assert cut.line == 12


def test_a_number_of_thousands_of_digits(tmp_path: Path) -> None:
    """A number that no computer word holds spoils neither its item nor the others."""
    text = '[{"id": "a", "type": "book", "volume": ' + "9" * 5_000 + '}, {"id": "b", "title": "T"}]'
    first, second = _items(text, tmp_path)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.key, first.volume, second.title) == ("a", "9" * 5_000, "T")


def test_a_broken_item_in_the_middle(tmp_path: Path) -> None:
    """Where each item begins a line, those after a broken one are read."""
    text = '[{"id": "a", "title": "A"},\n{"id": "b", "title": },\n{"id": "c", "title": "C"}]'
    first, broken, last = _items(text, tmp_path)
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert isinstance(broken, Problem)
    assert (broken.line, last.key) == (2, "c")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2001", "10.1000/x", "Doe, Jane", "1-9", "0000-0002-1825-0097"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "date-parts", "raw", "a"]), inner)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        *("id", "type", "title", "author", "editor", "issued", "DOI", "page", "volume", "custom"),
        *("keyword", "language", "URL"),
    ]
)


@given(st.lists(st.dictionaries(NAMES, JSON, max_size=5) | JSON, max_size=4), st.integers(0, 500))
@settings(max_examples=200, deadline=None)
def test_any_json(items: list[object], n_kept: int) -> None:
    """Any JSON, whole or cut anywhere, gives records and problems."""
    text = f"[{','.join(json.dumps(item) for item in items)}]"
    whole = list(FORMAT.records(Source("a.json", data=text.encode())))
    assert len(whole) == max(len(items), 1)
    assert list(FORMAT.records(Source("a.json", data=f"[ {text[1:n_kept]}".encode())))


@pytest.mark.parametrize("text", ["[1]", '["a"]', "[null]", "[]"])
def test_what_is_no_item(tmp_path: Path, text: str) -> None:
    """A member that is no object is a problem, an empty array too."""
    (problem,) = _items(text, tmp_path)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"error": "limit", "message": "Too many requests"}', "no record.*Too many requests"),
        ("{broken", "not JSON"),
        ('[{"title": ' + "[" * 960 + "]" * 960 + "}]", "nested too deeply"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A file that cannot be CSL-JSON is refused with its reason."""
    with pytest.raises(InputError, match=message):
        _items(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "is_likely"),
    [
        ('[{"type": "article-journal", "issued": {"date-parts": [[2001]]}}]', True),
        ('[{"id": "a", "type": "book"}]', True),
        ('{"message-type": "work", "message": {"container-title": ["J"]}}', False),
        ("@article{k}", False),
    ],
)
def test_content_tells_the_format(tmp_path: Path, text: str, *, is_likely: bool) -> None:
    """Names and types of CSL are the mark of the format."""
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert (FORMAT.matches(Source(tmp_path / "a.json")) >= 0.4) == is_likely
