"""A client whose services are a table: a server on this machine answers from it over https."""

from __future__ import annotations

import functools
import itertools
import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import trustme

from nqp_biblio.services.client import Bounds, Client
from nqp_biblio.services.hosts import SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["BUSY", "TURNED_AWAY", "Pages", "Reply", "ServedClient", "trust"]

_HEADERS = {
    "Date": "Tue, 24 Nov 2026 12:00:00 GMT",
    "x-rate-limit-limit": "1000",
    "x-rate-limit-interval": "1s",
    "x-concurrency-limit": "1",
}
_BOUNDS = Bounds(backoff_s=0.001, failures=1_000_000)


@dataclass(frozen=True)
class Reply:
    """An answer that is not simply good JSON."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Pages(list[Any]):
    """Answers that one path gives one after another, the last of them for ever."""


BUSY = Reply(503, b"<html>busy</html>", {"Content-Type": "text/html"})
TURNED_AWAY = Reply(429, b"<html>slow down</html>", {"Content-Type": "text/html"})
UNKNOWN = Reply(404, b"Resource not found.", {"Content-Type": "text/plain"})


class ServedClient(Client):
    """A client as it is, whose services all answer from a table, and who knows what was asked.

    A value of the table is what the JSON of the answer holds, `Pages` for one asking after
    another, or a `Reply`; what is not in the table is not found.
    """

    def __init__(self, table: Mapping[str, Any], **options: Any) -> None:
        self.table = dict(table)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.bodies: list[Any] = []
        self.accepted: list[str] = []
        server = _server()
        place = server.join(self)
        addresses = {name: f"{server.url}/{place}/{name}" for name in SERVICES}
        usual: dict[str, Any] = {
            "mailto": "me@example.org",
            "bounds": _BOUNDS,
            "addresses": addresses,
        }
        super().__init__(**(usual | options))

    def reply_to(self, service: str, target: str, handler: BaseHTTPRequestHandler) -> Reply:
        """Answer one request, and remember it."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.asked.append((service, parts.path, query))
        self.accepted.append(handler.headers["Accept"])
        if handler.command == "POST":
            body = handler.rfile.read(int(handler.headers["Content-Length"]))
            self.bodies.append(json.loads(body))
        value = self.table.get(parts.path, UNKNOWN)
        if isinstance(value, Pages):
            value = value.pop(0) if len(value) > 1 else value[0]
        if isinstance(value, Reply):
            return value
        accepts = handler.headers["Accept"]
        return Reply(200, json.dumps(value).encode(), {"Content-Type": accepts})


class _Server(ThreadingHTTPServer):
    """Speaks TLS, and hands each request to the client whose number begins its path."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert("127.0.0.1").configure_cert(context)
        super().__init__(("127.0.0.1", 0), _Handler)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://127.0.0.1:{self.server_port}"
        self.clients: dict[str, ServedClient] = {}
        self._numbers = itertools.count()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def join(self, client: ServedClient) -> str:
        """Give a client a place of its own."""
        place = str(next(self._numbers))
        self.clients[place] = client
        return place

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away."""


@functools.cache
def _server() -> _Server:
    """Begin to listen, once for all tests."""
    return _Server()


def trust(bundle: Path) -> dict[str, ServedClient]:
    """Write the authority of the server to a file; return its clients, to be closed."""
    server = _server()
    server.authority.cert_pem.write_to_path(str(bundle))
    return server.clients


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 20
    server: _Server

    def do_GET(self) -> None:
        """Answer from the table of the client."""
        _, place, service, *rest = self.path.split("/", 3)
        reply = self.server.clients[place].reply_to(service, "/" + "/".join(rest), self)
        self.send_response_only(reply.status)
        sent = _HEADERS | dict(reply.headers) | {"Content-Length": str(len(reply.body))}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_POST = do_GET  # noqa: N815  as its base names it

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as its base has it
        """Say nothing."""
