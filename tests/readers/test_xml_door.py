"""The one door to XML: safe, tolerant, and true about lines."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.source import Source
from nqp_biblio.readers.xml_door import (
    elements,
    flat_text,
    looks_like_xml,
    raw_text,
    text_at,
    text_of,
    texts_at,
)
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from pathlib import Path


def _read(data: str | bytes, *tags: str) -> tuple[list[tuple[int, str]], list[Problem]]:
    """Return the lines and texts of the elements, and the problems."""
    raw = data.encode() if isinstance(data, str) else data
    texts, problems = [], []
    for item in elements(Source("a.xml", data=raw), tags or ("r",)):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            texts.append((item[0], text_of(item[1])))
    return texts, problems


def test_elements_come_with_their_lines() -> None:
    """Each element has the line where it begins, whatever declaration stands before."""
    texts, problems = _read(
        '<?xml version="1.0"?>\n<x>\n <r>one</r><r>two</r>\n\n <r>three\n</r></x>'
    )
    assert texts == [(3, "one"), (3, "two"), (5, "three")]
    assert problems == []


def test_names_of_several_elements_and_any_namespace() -> None:
    """Elements are found by their local names."""
    texts, problems = _read(
        '<x xmlns:a="urn:a"><a:r>1</a:r><b/><s>2</s><rest>3</rest></x>', "r", "s"
    )
    assert [text for _, text in texts] == ["1", "2"]
    assert problems == []


def test_a_declared_entity_is_never_expanded() -> None:
    """A reference to an entity of the file stays as printed, also in an attribute."""
    names = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
    data = f'<!DOCTYPE x [<!ENTITY l0 "ha">{names}]>\n<x><r a="&l8;">&l8;</r></x>'
    for item in elements(Source("a.xml", data=data.encode()), ["r"]):
        if not isinstance(item, Problem):
            assert (text_of(item[1]), item[1].get("a")) == ("&l8;", "&l8;")
            break
    else:
        pytest.fail("the element is lost")


def test_declared_entities_are_reported() -> None:
    """A DOCTYPE with entities is named with its line."""
    _, (problem,) = _read('<!DOCTYPE x [\n<!ENTITY a "b">\n]>\n<x><r>&a;</r></x>')
    assert (problem.line, problem.raw) == (2, '<!ENTITY a "b">')
    assert "not expanded" in problem.reason


def test_no_file_and_no_address_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither a DTD nor an entity outside of the file is opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    entity = f'<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "http://x.invalid/p">'
    data = f'<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd" [{entity}]><x><r>&e;</r></x>'
    texts, _ = _read(data)
    assert texts == [(1, "&e;")]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("&eacute;&nbsp;&lt;b&gt; &amp; &#233; &#xE9;", "é <b> & é é"),
        ("<![CDATA[&eacute; <b> &]]>", "&eacute; <b> &"),
        ("&unknown;", "&unknown;"),
        ("<i>a</i>b<!-- c -->d<?e f?>", "abd"),
    ],
)
def test_characters(inner: str, expected: str) -> None:
    """Entities of HTML are known in any file; CDATA stays as it stands."""
    assert _read(f"<x><r>{inner}</r></x>") == ([(1, expected)], [])


def test_a_bare_ampersand_is_read_as_itself() -> None:
    """An & that should have been escaped costs no record, and is named."""
    texts, (problem,) = _read("<x>\n<r>A & B, A&B</r>\n<r>C</r></x>")
    assert texts == [(2, "A & B, A&B"), (3, "C")]
    assert (problem.line, problem.raw) == (2, "<r>A & B, A&B</r>")


def test_control_characters_are_blanks() -> None:
    """Characters that XML forbids are blanks, and are named."""
    texts, (problem,) = _read("<x>\n<r>a\x01b&#2;c</r>" + "<y/>" * 99 + "</x>")
    assert texts == [(2, "a b c")]
    assert "control characters" in problem.reason


def test_a_file_that_is_cut_gives_its_whole_elements() -> None:
    """What is whole is read; what is cut is one problem, with its line."""
    texts, (problem,) = _read("<x>\n<r>1</r>\n<r>2</r>\n<r>3")
    assert texts == [(2, "1"), (3, "2")]
    assert problem.line == 4
    assert problem.raw == "<r>3"
    assert "cut short or broken" in problem.reason


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("<x><r>1</r><r>2</x><r>3</r></x>", ["1", "3"]),
        ("<x><r>1<r>2</r><r>3</r></x>", ["2", "3"]),
        ("<x><r>1</r><r><b>2</r><r>3</r></x>", ["1", "3"]),
        ("<x><y></z><r>1</r><r>2</r></x>", ["1", "2"]),
        ("<r>1</r>\n<r>2</r><r>3</r>", ["1", "2", "3"]),
        ('<x><r>1</r></x>\n<?xml version="1.0"?><x><r>2</r><r>3</r></x>', ["1", "2", "3"]),
    ],
)
def test_reading_goes_on_behind_a_break(data: str, kept: list[str]) -> None:
    """One broken element does not cost its neighbours, nor does a missing or second root."""
    texts, problems = _read(data)
    assert [text for _, text in texts] == kept
    assert len(problems) == 1


def test_many_breaks_come_to_an_end() -> None:
    """A file that is broken all over is given up, and says so."""
    _, problems = _read("<x>" + "<r></q></r>" * 1_500)
    assert "more than 1000 breaks" in problems[-1].reason
    assert len(problems) == 1_001


def test_too_deep_a_tree_is_refused() -> None:
    """Elements nested without end are a problem, not a crash."""
    texts, problems = _read("<x><r>" + "<b>" * 9_000 + "</b>" * 9_000 + "</r><r>1</r></x>")
    assert [text for _, text in texts] == ["1"]
    assert "depth" in problems[0].reason


@pytest.mark.parametrize(
    ("declared", "encoding", "said"),
    [
        ("UTF-8", "latin-1", "declares the encoding utf-8 but is read as cp1252"),
        ("ISO-8859-1", "utf-8", "declares the encoding iso-8859-1 but is read as utf-8"),
        ("no-such", "latin-1", "declares the encoding no-such but is read as cp1252"),
        ("zlib", "latin-1", "declares the encoding zlib but is read as cp1252"),
        ("unicode_escape", "latin-1", "declares the encoding unicode_escape"),
        ("ISO-8859-1", "latin-1", None),
        ("windows-1252", "cp1252", None),
        ("UTF-8", "utf-8", None),
        ("UTF-16", "utf-16", None),
    ],
)
def test_a_wrong_declaration_is_named(declared: str, encoding: str, said: str | None) -> None:
    """The encoding declared is used where it is true; else the true one is, and it is said."""
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<x><r>Müller</r></x>'
    texts, problems = _read(text.encode(encoding))
    assert texts == [(2, "Müller")]
    assert [(said or "") in problem.reason for problem in problems] == [True] * bool(said)
    assert said is None or problems[0].line == 1


def test_texts_of_elements() -> None:
    """Text is taken with its children, at a path, apart or as it stands."""
    data = b"<x><r><a> one<b>two</b> </a><a/><a>three</a></r></x>"
    for item in elements(Source("a.xml", data=data), ["r"]):
        assert not isinstance(item, Problem)
        element = item[1]
        assert (text_at(element, "a"), text_at(element, "c")) == ("onetwo", "")
        assert texts_at(element, "a") == ["onetwo", "three"]
        assert flat_text(element) == "one two three"
        assert raw_text(element.find("a")) == " onetwo "
        assert (raw_text(None), text_of(None)) == ("", "")


@pytest.mark.parametrize(
    ("head", "expected"), [("\ufeff\n <x/>", True), ("x <y>", False), ("", False)]
)
def test_it_tells_xml(head: str, expected: bool) -> None:  # noqa: FBT001
    """XML begins with a tag, whatever blanks stand before."""
    assert looks_like_xml(head) is expected


@given(st.text(alphabet=st.sampled_from("<>/xr!&;[]-?\"' aE\n\x85"), max_size=120))
def test_any_text_is_read(text: str) -> None:
    """No text makes the door fail, and lines are within the file."""
    data = f"<x>{text}<r>1</r></x>"
    texts, problems = _read(data)
    n_lines = data.count("\n") + 1
    assert all(1 <= line <= n_lines for line, _ in texts)
    assert all(1 <= (problem.line or 1) <= n_lines + 1 for problem in problems)
    assert texts or problems


def test_ampersands_in_comments_do_not_count() -> None:
    """What stands in a comment is nobody's concern."""
    texts, problems = _read("<x><!-- a & b &nbsp; --><r>one</r><![CDATA[ & ]]><r>a &amp; b</r></x>")
    assert [text for _, text in texts] == ["one", "a & b"]
    assert problems == []
