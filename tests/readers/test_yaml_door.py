"""The door to YAML: text as printed, lines, broken files, and files made to do harm."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.yaml_door import Mapping, entries
from nqp_biblio.record import Problem


def _read(text: str) -> list[tuple[int, str, Any] | Problem]:
    return list(entries(Source("a.yml", data=text.encode("utf-8", "replace"))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 2003.10", "2003.10"),
        ("a: 2018-12-29", "2018-12-29"),
        ("a: yes", "yes"),
        ("a: ~", None),
        ("a:", None),
        ("a: '~'", "~"),
        ("a: [1, {b: 2}]", ["1", {"b": "2"}]),
        ("a: >-\n  one\n  two", "one two"),
        ("---\na: 1\n...\n", "1"),
        ("{a: 1}", "1"),
        ("a: {<<: {b: 1, c: 2}, b: 3}", {"b": "3", "c": "2"}),
        ("a: [&x [1], *x]", [["1"], ["1"]]),
        ("a: &x [*x]", [None]),
        ("a: {[1]: 2}", {"": "2"}),
    ],
)
def test_values(text: str, expected: object) -> None:
    """Scalars are text as printed, null is None, aliases are what they point at."""
    ((_, key, value),) = _read(text)  # type: ignore[misc]
    assert (key, value) == ("a", expected)


def test_lines() -> None:
    """Entries and mappings know the line where they begin, also in a broken file."""
    for end in ("", "bad: [\n"):
        first, second, *_ = _read("# c\na: 1\n\nb:\n  - x: 1\n  - x: 2\n" + end)
        assert not isinstance(first, Problem)
        assert not isinstance(second, Problem)
        assert (first[0], second[0]) == (2, 4)
        assert [one.line for one in second[2] if isinstance(one, Mapping)] == [5, 6]


def test_broken_entry() -> None:
    """A broken entry is a problem with its line; the others are read."""
    found = _read("a: 1\nb: 'open\nc: 3\n")
    kinds = [type(entry) is Problem for entry in found]
    assert kinds == [False, True, False]
    assert isinstance(found[1], Problem)
    assert "YAML cut short or broken" in found[1].reason
    assert found[1].line in (2, 3)


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "[1, 2]"])
def test_no_mapping(text: str) -> None:
    """A file that is no mapping is a problem that says what was expected."""
    (found,) = _read(text)
    assert isinstance(found, Problem)
    assert "no line such as 'title: …'" in found.reason


def test_control_characters() -> None:
    """Control characters are left out, and told."""
    problem, entry = _read(f"a: x\x01{'y' * 100}\n")
    assert isinstance(problem, Problem)
    assert entry == (1, "a", "x" + "y" * 100)


def test_alias_bomb() -> None:
    """Aliases that multiply are refused before they fill the memory."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(InputError, match="aliases repeat too much"):
        _read("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "[" * 900 + "]" * 900,
        "a: " + "{b: " * 900 + "}" * 900,
        "\n".join(" " * n + "a:" for n in range(500)),
    ],
)
def test_deep_nesting(text: str) -> None:
    """What is nested too deeply is refused."""
    with pytest.raises(InputError, match="nested too deeply"):
        _read(text)


@given(st.text(min_size=1).filter(str.strip))
def test_any_text(text: str) -> None:
    """Any text gives entries and problems."""
    with contextlib.suppress(InputError):
        assert all(isinstance(entry, (tuple, Problem)) for entry in _read("a: " + text))
