"""Splitting .bib files: every entry, whatever state it is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.bibtex_entries import Entry, segments, split_entries


def _values(entry: Entry) -> dict[str, str]:
    return {value.name: "".join(part.text for part in value.parts) for value in entry.values}


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("@a{k, t = {v}}", "k", {"t": "v"}),
        ("@a{k,t={v},}", "k", {"t": "v"}),
        ('@a(k, t = "v")', "k", {"t": "v"}),
        ("@a ( k, t = {a (b) c} )", "k", {"t": "a (b) c"}),
        ("  @A\n{k,\n T = 1999}", "k", {"t": "1999"}),
        ("@a{WOS:1/x+y_z, t={v}}", "WOS:1/x+y_z", {"t": "v"}),
        ("@a{k, Web-of-Science-Categories  = {v}}", "k", {"web-of-science-categories": "v"}),
        ("@a{k, funding text 1={v}}", "k", {"funding text 1": "v"}),
        ('@a{k, author+an:orcid = {1="x"}}', "k", {"author+an:orcid": '1="x"'}),
        ('@a{k, t = {a "b" c}}', "k", {"t": 'a "b" c'}),
        ('@a{k, t = "a {"}b{"} c"}', "k", {"t": 'a {"}b{"} c'}),
        ("@a{k, t = {a, b = {c}}}", "k", {"t": "a, b = {c}"}),
        ("@a{k, t = {x@y.org and @b{c}}}", "k", {"t": "x@y.org and @b{c}"}),
        (r"@a{k, t = {\{}, u = {w}}", "k", {"t": r"\{", "u": "w"}),
        ("@a{k, t = {v}, % a remark\n u = {w}}", "k", {"t": "v", "u": "w"}),
        ("@a{k, , t = {v},, u = {w}}", "k", {"t": "v", "u": "w"}),
        ("@a{k}", "k", {}),
        ("@a(k)", "k", {}),
        ("@a{k,}", "k", {}),
    ],
)
def test_sound_entries(text: str, key: str, values: dict[str, str]) -> None:
    """Every way to write a sound entry is read without a word."""
    (entry,) = split_entries(text)
    assert (entry.key, _values(entry), entry.flaws) == (key, values, [])


def test_parts_and_macros() -> None:
    """Parts that # joins stay apart, and macros are known as such."""
    (entry,) = split_entries('@a{k, t = {x} # y # "z" # 3}')
    assert [(part.text, part.is_macro) for part in entry.values[0].parts] == [
        ("x", False),
        ("y", True),
        ("z", False),
        ("3", False),
    ]


def test_repeated_fields_stay() -> None:
    """A field that comes twice is there twice."""
    (entry,) = split_entries("@a{k, t = {1}, t = {2}}")
    assert [value.name for value in entry.values] == ["t", "t"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no entry at all",
        "mail jane@example.org (work)",
        "% @a{k, t={v}}",
        "@comment{@a{k, t={v}}}",
        "@comment jabref",
        "@preamble{for @a{k} only}",
        "@",
        "@a",
        "@a{",
    ],
)
def test_what_is_no_entry(text: str) -> None:
    """Comments, addresses and ends of files make no entry with fields."""
    assert [entry for entry in split_entries(text) if entry.values] == []


@pytest.mark.parametrize(
    ("text", "keys", "reason"),
    [
        ("@a{k, t = {v} u = {w}}", ["k"], "comma is missing after 't'"),
        ("@a{k\n t = {v}}", ["k"], "comma is missing after the key"),
        ("@a{t = {v}}", [None], "no key"),
        ("@a{, t = {v}}", [None], "no key"),
        ("@a{k, t = {v {w,\n u = {x}\n}\n@b{m, t = {v}}", ["k", "m"], "unclosed"),
        (" @a{k, t = {v {w,\n u = {x}\n}\n @b{m, t = {v}}", ["k", "m"], "unclosed"),
        ("@a{k, t = {v},\n@b{m, t = {v}}", ["k", "m"], "never closed"),
        ('@a{k, t = "v,\n u = {x}\n}\n@b{m, t = {v}}', ["k", "m"], "unclosed"),
        ("@a{k, t = {cut", ["k"], "end of file"),
        ("@a{k, t = {v}, stray words, u = {w}}", ["k"], "no field"),
        ('@a{k, t = "say "this" now", u = {w}}', ["k"], "quotation mark"),
        ('@a{k, t = "v")', ["k"], "opens with { and closes with )"),
        ("@a{k, t = {v} junk, u = {w}}", ["k"], "a comma was expected"),
    ],
)
def test_damaged_entries_are_kept_and_reported(
    text: str, keys: list[str | None], reason: str
) -> None:
    """Damage costs no entry, and a flaw says what is wrong."""
    entries = list(split_entries(text))
    assert [entry.key for entry in entries] == keys
    assert all(entry.values for entry in entries)
    assert any(reason in flaw.reason for flaw in entries[0].flaws)


def test_fields_behind_an_open_brace_are_read() -> None:
    """A brace that never closes costs its own field at most."""
    (entry,) = split_entries("@a{k,\n t = {v {w,\n u = {x}\n}\n")
    assert _values(entry) == {"t": "v {w", "u": "x"}


@given(st.text(alphabet='@a{}(),=#"\\% \nk1', max_size=80))
def test_nothing_makes_splitting_fail(text: str) -> None:
    """Whatever a file holds, its entries lie in the order of the file."""
    starts = [entry.start for entry in split_entries(text)]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    "unit",
    [
        "@a{k, t = {",
        " @a{k, t = {v\n",
        "@comment{",
        "@a(k, t = ",
        '"',
        '@a{k, t = "',
        "@a{k,,",
        "@ ",
    ],
)
def test_long_hostile_files_come_to_an_end(unit: str) -> None:
    """A hostile file of 200,000 characters gives no more entries than it has signs for them."""
    text = unit * (200_000 // len(unit))
    assert sum(1 for _ in split_entries(text)) <= text.count("@") + 1


PIECES = (
    "@a{k1, t = {v}}\n",
    "@a{k2,\n  t = {x\n@b{in a value} y},\n}\n\n",
    "@comment{ jabref\n@a{no, t = {entry}}\n}\n",
    "@comment{never closed\n",
    "@a{k3, t = {never closed\n",
    "a remark by jane@example.org\n",
    "@a(k4, t = 1999)\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.integers(1, 60), st.integers(1, 80))
def test_segments_are_the_file(pieces: list[str], block: int, size: int) -> None:
    """The segments of a file, joined, are the file, and hold as many entries of sound files."""
    text = "".join(pieces)
    blocks = [text[at : at + block] for at in range(0, len(text), block)]
    found = list(segments(blocks, size))
    assert "".join(piece for piece, _ in found) == text
    assert [is_last for _, is_last in found] == [False] * (len(found) - 1) + [True]
    if not {PIECES[3], PIECES[4]} & set(pieces):
        keys = [
            entry.key for piece, is_last in found for entry in split_entries(piece, is_last=is_last)
        ]
        assert keys == [entry.key for entry in split_entries(text)]


def test_a_segment_does_not_end_the_file() -> None:
    """An entry that is never closed at the end of a segment is read up to the next entry."""
    (entry,) = split_entries("@a{k, t = {v}\n", is_last=False)
    assert [flaw.reason for flaw in entry.flaws] == [
        "the entry is never closed; read up to the next entry"
    ]
