"""A server on this machine that counts, times, and can do whatever a server should not."""

from __future__ import annotations

import contextlib
import functools
import json
import socket
import ssl
import struct
import threading
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

JSON = "application/json"
_DRIPS = 200  # four seconds of them


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came: when, for what, with what."""

    at: float
    target: str
    headers: Mapping[str, str]
    body: str = ""


@dataclass
class FaultyServer:
    """Answers each path with the replies listed for it, the last of them for ever.

    Parameters
    ----------
    context : SSLContext, optional
        Speaks TLS with it.
    headers : dict
        Sent with every whole answer, such as the rate.
    """

    context: ssl.SSLContext | None = None
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        """Begin to listen on a free port."""
        self._replies: dict[str, list[Callable[[Exchange], None]]] = {}
        self._default: Callable[[Exchange], None] = text(404, "Resource not found.")
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        owner = self

        class Handler(Exchange):
            web = owner

        self._server = _Listener(("127.0.0.1", 0), Handler)
        if self.context:
            self._server.socket = self.context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    @property
    def url(self) -> str:
        """Its address."""
        scheme = "https" if self.context else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.seen)

    def on(self, path: str, *replies: Callable[[Exchange], None]) -> None:
        """Answer a path with these, one after the other, the last of them for ever."""
        self._replies[path] = list(replies)

    def otherwise(self, reply: Callable[[Exchange], None]) -> None:
        """Answer all other paths so; else they are 404, as Crossref says it."""
        self._default = reply

    def reply_to(self, path: str) -> Callable[[Exchange], None]:
        """Take the next reply for a path."""
        with self._lock:
            replies = self._replies.get(path, [self._default])
            place = min(self._counts[path], len(replies) - 1)
            self._counts[path] += 1
            return replies[place]

    def most_within(self, seconds: float) -> int:
        """Most requests that came within a span of time."""
        times = sorted(one.at for one in self.seen)
        spans = (sum(start <= at < start + seconds for at in times) for start in times)
        return max(spans, default=0)

    def enter(self, seen: Seen) -> None:
        """Count a request that is being answered."""
        with self._lock:
            self.seen.append(seen)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)

    def leave(self) -> None:
        """Count it no more."""
        with self._lock:
            self.at_once -= 1

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away, or do not trust the certificate."""


class Exchange(BaseHTTPRequestHandler):
    """One request, and what is done about it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 20
    web: FaultyServer

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer("")

    def do_POST(self) -> None:
        """Answer a POST."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, body: str) -> None:
        reply = self.web.reply_to(self.path.partition("?")[0])
        self.web.enter(Seen(time.monotonic(), self.path, dict(self.headers.items()), body))
        try:
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                reply(self)
        finally:
            self.web.leave()

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Send a whole answer."""
        self.head(status, {"Content-Length": str(len(body))} | self.web.headers | dict(headers))
        self.wfile.write(body)

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and headers."""
        self.send_response_only(status)
        for name, content in ({"Date": formatdate(usegmt=True)} | dict(headers)).items():
            self.send_header(name, content)
        self.end_headers()

    def write(self, data: bytes) -> None:
        """Send some bytes at once."""
        self.wfile.write(data)
        self.wfile.flush()


def raw(status: int, body: bytes, **headers: str) -> Callable[[Exchange], None]:
    """Answer with these bytes; ``Content_Type="…"`` and so on set headers."""
    named = {name.replace("_", "-"): content for name, content in headers.items()}
    return lambda exchange: exchange.send(status, body, named)


def ok(data: Any, **headers: str) -> Callable[[Exchange], None]:
    """Answer with JSON."""
    return raw(200, json.dumps(data).encode(), **({"Content_Type": JSON} | headers))


def message(content: Any) -> Callable[[Exchange], None]:
    """Answer as Crossref does."""
    return ok({"status": "ok", "message-type": "work", "message": content})


def text(status: int, words: str, **headers: str) -> Callable[[Exchange], None]:
    """Answer with plain text."""
    return raw(status, words.encode(), **({"Content_Type": "text/plain"} | headers))


def page(status: int, **headers: str) -> Callable[[Exchange], None]:
    """Answer with a page of HTML."""
    return raw(status, b"<!DOCTYPE html><title>Busy</title>", Content_Type="text/html", **headers)


def redirect(to: str, status: int = 302) -> Callable[[Exchange], None]:
    """Send to another address."""
    return raw(status, b"", Location=to)


def packed(data: Any, encoding: str = "gzip") -> Callable[[Exchange], None]:
    """Answer with JSON that is packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    body = packer.compress(json.dumps(data).encode()) + packer.flush()
    return raw(200, body, Content_Type=JSON, Content_Encoding=encoding)


def slow(reply: Callable[[Exchange], None], seconds: float) -> Callable[[Exchange], None]:
    """Answer after a while."""

    def later(exchange: Exchange) -> None:
        time.sleep(seconds)
        reply(exchange)

    return later


def reset(exchange: Exchange) -> None:
    """Reset the connection: closed with something still to send, it is not closed in peace."""
    exchange.close_connection = True
    linger = struct.pack("ii", 1, 0)
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    exchange.connection.close()


def reset_in_body(exchange: Exchange) -> None:
    """Reset the connection in the middle of the body."""
    exchange.head(200, {"Content-Type": JSON, "Content-Length": "1000"})
    exchange.write(b'{"message": {"DOI": "10.')
    time.sleep(0.02)
    reset(exchange)


def cut_short(exchange: Exchange) -> None:
    """Promise more bytes than are sent, and close."""
    exchange.close_connection = True
    exchange.head(200, {"Content-Type": JSON, "Content-Length": "1000", "Connection": "close"})
    exchange.write(b'{"message": {"DOI": "10.')


def no_http(exchange: Exchange) -> None:
    """Speak another language."""
    exchange.close_connection = True
    exchange.write(b"220 mail ready\r\n")


def drip(exchange: Exchange) -> None:
    """Send the body a byte at a time."""
    exchange.close_connection = True
    exchange.head(200, {"Content-Type": JSON, "Content-Length": "100000"})
    for _ in range(_DRIPS):
        exchange.write(b" ")
        time.sleep(0.02)


def drip_head(exchange: Exchange) -> None:
    """Send the headers a byte at a time."""
    exchange.close_connection = True
    exchange.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(_DRIPS):
        exchange.write(b"x")
        time.sleep(0.02)


def silence(exchange: Exchange) -> None:
    """Send nothing for some seconds."""
    exchange.close_connection = True
    time.sleep(3)


def endless_redirect(exchange: Exchange) -> None:
    """Redirect to the same place with a body that does not end."""
    exchange.close_connection = True
    head = {"Location": exchange.path, "Connection": "close"}
    exchange.head(302, head)
    for _ in range(_DRIPS):
        exchange.write(b" " * 1000)
        time.sleep(0.02)


def gzip_bomb(exchange: Exchange) -> None:
    """Send 500 MB of blanks, packed into 500 kB."""
    exchange.close_connection = True
    body = _packed_blanks()
    exchange.send(200, body, {"Content-Type": JSON, "Content-Encoding": "gzip"})


@functools.cache
def _packed_blanks() -> bytes:
    """Pack a million blanks once; flushed on both sides, the piece can be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    return head + (packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)) * 500


def endless(exchange: Exchange) -> None:
    """Send up to 50 MB without saying how much."""
    exchange.close_connection = True
    exchange.head(200, {"Content-Type": JSON, "Connection": "close"})
    blank = b" " * 1_000_000
    for _ in range(50):
        exchange.wfile.write(blank)
