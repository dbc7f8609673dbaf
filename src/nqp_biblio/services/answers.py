"""What a service answered: told apart into found, not found and faults, before it is believed."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

__all__ = ["STATES", "Answer", "Fault", "Reply", "decode", "http_date", "read_reply", "unpack"]

STATES = ("found", "not-found", "no-metadata", "failed", "refused")
_OK = 200
_NOT_FOUND = (404, 410)
_NO_METADATA = (204, 406)
_REFUSED = (401, 402, 403, 422, 429, 451)
_BUSY = (429, 500, 502, 503, 504)
_FAILURE_KINDS = ("resource-failure", "validation-failure")
_ENCODINGS = {"gzip": 47, "x-gzip": 47, "deflate": 47}
_EXCERPT = 160
_REASONS = {
    401: "the key is not accepted",
    402: "the budget is spent",
    403: "not allowed, or over the limit",
    404: "not known",
    406: "no machine-readable metadata",
    410: "withdrawn",
    429: "too many requests",
    451: "withheld for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking a service.

    Parameters
    ----------
    service : str
        The name of the service.
    state : {"found", "not-found", "no-metadata", "failed", "refused"}
        ``failed``: a fault of the web or of the answer; ``refused``: the service turned it
        away, or it was not asked at all; the reason says which.
    data : object, optional
        The decoded JSON, or the text where none was asked for; None unless found.
    reason : str
        Why it was not found. Never holds a key or an address of e-mail.
    status : int, optional
        HTTP status of the last reply; None if there was none.
    date : str, optional
        The day of the answer by the service's clock, YYYY-MM-DD.
    is_cached : bool
        Whether it was remembered, and the service not asked.
    """

    service: str
    state: str
    data: Any = None
    reason: str = ""
    status: int | None = None
    date: str | None = None
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a try gave no answer."""

    kind: str
    """One of unreachable, timeout, cut, busy, tls, content, redirect, large, turned-away."""
    reason: str
    status: int | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a server, whole and within bounds."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def date(self) -> str | None:
        """The day on which the server answered, by its own clock."""
        moment = http_date(self.headers.get("Date", ""))
        return moment.date().isoformat() if moment else None


def http_date(text: str) -> datetime | None:
    """Read a date of a header.

    Parameters
    ----------
    text : str
        The date.

    Returns
    -------
    datetime or None
        The moment, with its zone; None if it is no date.

    Examples
    --------
    >>> http_date("Tue, 24 Nov 2026 12:00:00 GMT").isoformat()
    '2026-11-24T12:00:00+00:00'
    >>> http_date("soon")
    """
    try:
        moment = parsedate_to_datetime(text[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def unpack(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes | Fault:
    """Take the parts of a body together, unpacked and within bounds.

    Parameters
    ----------
    chunks : iterable of bytes
        As they come; no more of them are taken than fit.
    encoding : str
        The header Content-Encoding.
    limit : int
        Most bytes, unpacked.

    Returns
    -------
    bytes or Fault
        The body, or what is wrong with it.
    """
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _joined(chunks, limit)
    if name not in _ENCODINGS:
        return Fault("content", "packed in a way that was not asked for")
    unpacker = zlib.decompressobj(_ENCODINGS[name])
    parts, size = [], 0
    try:
        for chunk in chunks:
            part = unpacker.decompress(chunk, limit + 1 - size)
            parts.append(part)
            size += len(part)
            if size > limit:
                return _too_large(limit)
    except zlib.error:
        return Fault("cut", "its packing is broken")
    return b"".join(parts) if unpacker.eof else Fault("cut", "the answer was cut short")


def _joined(chunks: Iterable[bytes], limit: int) -> bytes | Fault:
    parts, size = [], 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            return _too_large(limit)
    return b"".join(parts)


def _too_large(limit: int) -> Fault:
    return Fault("large", f"the answer is larger than {limit:,} bytes")


def read_reply(
    reply: Reply, *, accept: str, envelope: str | None = None
) -> tuple[str, Any] | Fault:
    """Tell what a reply says.

    Parameters
    ----------
    reply : Reply
        The reply.
    accept : str
        The type of content that was asked for.
    envelope : str, optional
        The field that must hold an object or a list.

    Returns
    -------
    tuple of str and object, or Fault
        The state and, where found, the data; or why the reply cannot be believed.
    """
    if reply.status != _OK:
        return _of_status(reply)
    wanted = accept.partition(";")[0].partition(",")[0].strip().lower()
    is_json = "json" in wanted
    if not (reply.media_type.endswith("json") if is_json else reply.media_type == wanted):
        sent = reply.media_type[:60] or "no type of content"
        return Fault("content", f"sent {sent} where {wanted} was asked", _OK, reply.date)
    data = decode(reply.body, is_json=is_json, envelope=envelope)
    if isinstance(data, Fault):
        return Fault(data.kind, data.reason, _OK, reply.date)
    return "found", data


def _of_status(reply: Reply) -> tuple[str, Any] | Fault:
    if reply.status in _NOT_FOUND:
        return _unknown(reply)
    if reply.status in _NO_METADATA:
        return "no-metadata", None
    kinds = ((_BUSY, "busy"), (_REFUSED, "turned-away"))
    return _fault(next((kind for codes, kind in kinds if reply.status in codes), "content"), reply)


def decode(body: bytes, *, is_json: bool = True, envelope: str | None = None) -> Any | Fault:  # noqa: ANN401
    """Decode a body, and look whether it is what it should be.

    Parameters
    ----------
    body : bytes
        The body.
    is_json : bool
        Whether it should be JSON, or else a text.
    envelope : str, optional
        The field that must hold an object or a list.

    Returns
    -------
    object or Fault
        An object or list of JSON, or the text.

    Examples
    --------
    >>> decode(b'{"message": null}', envelope="message").reason
    "its field 'message' holds no object"
    """
    if not body.strip():
        return Fault("content", "the answer is empty")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fault("content", "the answer is not UTF-8")
    if not is_json:
        return text
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return Fault("cut", "the answer is no whole JSON")
    wrong = _wrong_shape(data, envelope)
    return Fault("content", wrong) if wrong else data


def _wrong_shape(data: object, envelope: str | None) -> str:
    """Tell what an answer of JSON lacks; empty if nothing."""
    if not isinstance(data, dict | list):
        return "the answer holds no object"
    if envelope is None:
        return ""
    held = data.get(envelope) if isinstance(data, dict) else None
    if not isinstance(held, dict | list):
        return f"its field {envelope!r} holds no object"
    return f"its field {envelope!r} is empty" if held == {} else ""


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _unknown(reply: Reply) -> tuple[str, Any] | Fault:
    """Tell a work that is not known from a request that was not understood (both are 404)."""
    if reply.media_type.endswith("json"):
        data = decode(reply.body)
        if isinstance(data, dict) and data.get("message-type") in _FAILURE_KINDS:
            return _fault("content", reply)
    return "not-found", None


def _fault(kind: str, reply: Reply) -> Fault:
    said = _excerpt(reply)
    known = _REASONS.get(reply.status, "")
    reason = ": ".join(part for part in (f"HTTP {reply.status}", known, said) if part)
    return Fault(kind, reason, reply.status, reply.date)


def _excerpt(reply: Reply) -> str:
    """Give the first words of what the service says, unless it is a page."""
    if not (reply.media_type.endswith("json") or reply.media_type == "text/plain"):
        return ""
    text = " ".join(reply.body[: 4 * _EXCERPT].decode("utf-8", "replace").split())
    return "".join(sign for sign in text[:_EXCERPT] if sign.isprintable())
