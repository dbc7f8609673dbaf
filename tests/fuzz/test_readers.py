"""Damaged files of every family: read as far as they are sound, or refused in our own words."""

from __future__ import annotations

import os

import pytest
from families import FAMILIES, samples_of
from harness import entries_of, read_told, read_untold
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import Record

SAMPLES = [
    pytest.param(*sample, id=f"{sample[2]}-{sample[1]}")
    for family in FAMILIES
    for sample in samples_of(family)
]
MOST = 150
"""Places of a sample that are tried; ``ALL_BYTES=1`` in the environment tries each."""

budget = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
places = st.integers(0, 1_000_000)
pieces = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [
            b"\0",
            b"\xff\xfe",
            b"\xed\xa0\x80",
            b"\xe2\x80\xae",
            b"\n",
            b"\r\n",
            b'"',
            b"{",
            b"<",
            b"\\",
        ]
    ),
)


def _steps(data: bytes, most: int) -> range:
    """The places of a sample that are tried, the same each time."""
    return range(0, len(data), 1 if "ALL_BYTES" in os.environ else -(-len(data) // most))


@pytest.mark.parametrize(("data", "name", "form"), SAMPLES)
def test_cut_at_every_byte(data: bytes, name: str, form: str) -> None:
    """A sample that ends too early is read up to there, or refused."""
    for end in _steps(data, MOST):
        read_told(data[:end], name, form)


@pytest.mark.parametrize(("data", "name", "form"), SAMPLES)
def test_flipped_at_every_byte(data: bytes, name: str, form: str) -> None:
    """A sample with one wrong byte is read around it, or refused."""
    for count, at in enumerate(_steps(data, MOST)):
        bit = 0xFF if count % 2 else 1 << (at % 8)
        read_told(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], name, form)


@pytest.mark.parametrize(("data", "name", "form"), SAMPLES)
@budget
@given(st.lists(st.tuples(places, st.integers(0, 60), pieces), max_size=5), st.integers(0, 1))
def test_changed_at_some_places(
    data: bytes, name: str, form: str, changes: list[tuple[int, int, bytes]], told: int
) -> None:
    """A sample with pieces put in and taken out is read or refused, told its format or not."""
    content = bytearray(data)
    for at, length, piece in changes:
        start = at % (len(content) + 1)
        content[start : start + length] = piece
    if told:
        read_told(bytes(content), name, form)
    else:
        read_untold(bytes(content), name)


@pytest.mark.parametrize("family", FAMILIES)
@budget
@given(st.binary(max_size=400))
def test_any_bytes(family: str, data: bytes) -> None:
    """Bytes that are nothing are read as nothing, or refused."""
    for _, name, form in samples_of(family):
        read_told(data, name, form)


@pytest.mark.parametrize(("data", "name", "form"), SAMPLES)
def test_a_damaged_sample_makes_a_corpus(data: bytes, name: str, form: str) -> None:
    """NUL, half a surrogate and a turned direction in a sample do not keep it from the tables."""
    middle = len(data) // 2
    for piece in (b"\0", b"\xed\xa0\x80", b"\\ud800", "\u202e".encode(), "\U0001f600".encode()):
        entries = entries_of(data[:middle] + piece + data[middle:], name, form)
        if entries is not None:
            corpus = corpus_of(entries)
            texts = [value for row in corpus.sql("SELECT title, doi FROM works") for value in row]
            assert not any("\0" in str(value) or "\ud800" in str(value) for value in texts)


_WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_characters='@{}\\"%#,=~\r\n', exclude_categories=("C", "Z")
    ),
    min_size=1,
    max_size=20,
)
_BREAKS = st.sampled_from(["", "{", "\0", '"'])


@budget
@given(st.lists(_WORDS, min_size=1, max_size=12))
def test_all_of_ris_is_counted(titles: list[str]) -> None:
    """Works and problems of a RIS file are together as many as its entries."""
    text = "".join(f"TY  - JOUR\r\nTI  - {title}\r\nER  - \r\n\r\n" for title in titles)
    entries = entries_of(text.encode(), "a.ris", "ris")
    assert entries is not None
    assert len(entries) == len(titles)


@budget
@given(st.lists(st.tuples(_WORDS, _BREAKS), min_size=1, max_size=12))
def test_none_of_bibtex_is_lost(found: list[tuple[str, str]]) -> None:
    """Of a BibTeX file with broken entries each is a work or named by a problem."""
    text = "".join(
        f"@article{{k{number},\n  title = {{{title}{harm}}},\n  year = {{2001}}\n}}\n\n"
        for number, (title, harm) in enumerate(found)
    )
    entries = entries_of(text.encode(), "a.bib", "bibtex")
    assert entries is not None
    works = {entry.key for entry in entries if isinstance(entry, Record)}
    said = " ".join(str(entry) for entry in entries)
    for number in range(len(found)):
        assert f"k{number}" in works or f"k{number}" in said
    assert len(entries) >= len(found)


@budget
@given(st.lists(_WORDS, min_size=1, max_size=8))
def test_all_of_csv_is_counted(titles: list[str]) -> None:
    """Works and problems of a table are together as many as its rows."""
    rows = "".join(f'"Ada Lovelace","{title} notes",2001\n' for title in titles)
    entries = entries_of(f"Authors,Title,Year\n{rows}".encode(), "a.csv", "csv")
    assert entries is not None
    assert len(entries) == len(titles)
