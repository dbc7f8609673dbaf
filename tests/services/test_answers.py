"""Answers: decoded and believed only when they are whole."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.services.answers import Fault, Reply, decode, http_date, read_reply, unpack

JSON_TYPES = [
    "application/json",
    "application/json;charset=utf-8",
    "application/vnd.citationstyles.csl+json",
]


@pytest.mark.parametrize("kind", JSON_TYPES)
def test_types_of_json(kind: str) -> None:
    """All types of JSON are JSON."""
    reply = Reply(200, {"Content-Type": kind}, b'{"a": 1}')
    assert read_reply(reply, accept="application/json") == ("found", {"a": 1})


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "deflate", "x-gzip", "br"]))
def test_any_bytes(body: bytes, encoding: str) -> None:
    """No bytes, however packed, are an exception."""
    unpacked = unpack([body], encoding, 100)
    if isinstance(unpacked, bytes):
        assert len(unpacked) <= 100
        decode(unpacked)
        decode(unpacked, envelope="message")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json(data: object) -> None:
    """Objects and lists are given as they are; nothing else is taken for an answer."""
    decoded = decode(json.dumps(data).encode())
    if isinstance(data, dict | list):
        assert decoded == data
    else:
        assert isinstance(decoded, Fault)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_packed_in_pieces(size: int) -> None:
    """A packed body is unpacked from pieces of any size, and a cut one is not believed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = packer.compress(b"some text" * size) + packer.flush()
    pieces = [body[place : place + 3] for place in range(0, len(body), 3)]
    assert unpack(pieces, "gzip", 1000) == b"some text" * size
    cut = unpack(pieces[:-1], "gzip", 1000)
    assert isinstance(cut, Fault)


def test_no_more_is_taken_than_fits() -> None:
    """What is too large is not read to its end."""
    taken = []

    def chunks() -> object:
        for number in range(1000):
            taken.append(number)
            yield b" " * 10

    fault = unpack(chunks(), "", 95)  # type: ignore[arg-type]
    assert isinstance(fault, Fault)
    assert len(taken) == 10


@pytest.mark.parametrize("text", ["", "soon", "Tue, 99 Nov 2026 12:00:00 GMT", "0", "2026-11-24"])
def test_no_date(text: str) -> None:
    """What is no date of a header is none."""
    assert http_date(text) is None


@given(st.text(max_size=80))
def test_any_date(text: str) -> None:
    """No text for a date is an exception."""
    http_date(text)
    assert Reply(200, {"Date": text}, b"").date is None or text


def test_excerpt_is_short_and_plain() -> None:
    """What a service says is told in one short line, and a page not at all."""
    said = Reply(400, {"Content-Type": "text/plain"}, b"no\x1b[31m\n such  field " + b"x" * 9999)
    fault = read_reply(said, accept="application/json")
    assert isinstance(fault, Fault)
    assert fault.reason.startswith("HTTP 400: no[31m such field xxx")
    assert len(fault.reason) < 200
    page = Reply(500, {"Content-Type": "text/html"}, b"<html>")
    fault = read_reply(page, accept="application/json")
    assert isinstance(fault, Fault)
    assert fault.reason == "HTTP 500"
