"""A small server on this machine that answers as Crossref, doi.org and OpenAlex do."""

from __future__ import annotations

import json
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from nqp_biblio.services.client import Bounds, Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FAST = {"x-rate-limit-limit": "1000", "x-rate-limit-interval": "1s", "x-concurrency-limit": "8"}
_DAY = "Tue, 24 Nov 2026 12:00:00 GMT"


@dataclass
class Reply:
    """One answer of the server."""

    status: int
    body: str
    kind: str = "application/json"


@dataclass
class Web:
    """What the server knows, what goes wrong there, and what it was asked.

    Attributes
    ----------
    works : dict
        Crossref's works by DOI.
    found : list
        What Crossref's search gives, whatever is searched for.
    agencies : dict
        Agency by DOI.
    openalex : list
        OpenAlex's works.
    cites : list
        Pairs of DOIs, citing and cited, as OpenCitations' Index has them; its Meta knows all
        works of Crossref.
    faults : dict
        For a path (unquoted) the answers to give first; the last one stays where it is None.
    asked : list
        Paths asked for, unquoted, in order.
    """

    address: str = ""
    works: dict[str, dict[str, Any]] = field(default_factory=dict)
    found: list[dict[str, Any]] = field(default_factory=list)
    agencies: dict[str, str] = field(default_factory=dict)
    openalex: list[dict[str, Any]] = field(default_factory=list)
    cites: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, list[Reply]] = field(default_factory=dict)
    broken: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def client(self, cache: Path | None = None, **options: Any) -> Client:
        """Return a client whose services are all this server, and who loses no time waiting."""
        names = ("crossref", "doi", "openalex", "opencitations", "opencitations_meta", "datacite")
        bounds = Bounds(backoff_s=0.001, failures=1_000_000)
        addresses = {name: f"{self.address}/{name}" for name in names}
        return Client(addresses=addresses, cache_dir=cache, bounds=bounds, **options)

    def count(self, part: str) -> Counter[str]:
        """Count the requests by path, of those with some text in it."""
        return Counter(path for path in self.asked if part in path)

    def answer(self, path: str, query: dict[str, list[str]]) -> Reply:
        """Answer one request."""
        with self.guard:
            self.asked.append(path)
            if path in self.broken:
                return self.broken[path]
            if self.faults.get(path):
                return self.faults[path].pop(0)
        service, _, rest = path.lstrip("/").partition("/")
        return _ANSWERS[service](self, rest, query)


def work(doi: str, title: str, **more: Any) -> dict[str, Any]:
    """Return a work as Crossref gives it."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "container-title": ["Journal of Maps"],
        "volume": "3",
        "page": "1-9",
        "issued": {"date-parts": [[2019, 4]]},
        "author": [{"given": "Ada", "family": "Berg", "sequence": "first"}],
        "publisher": "Map Press",
    } | more


def _crossref(web: Web, rest: str, query: dict[str, list[str]]) -> Reply:
    if rest == "works" and "query.bibliographic" in query:
        message = {"total-results": len(web.found), "items": web.found}
        return _json({"status": "ok", "message-type": "work-list", "message": message})
    found = web.works.get(rest.removeprefix("works/").lower())
    if found is None:
        return Reply(404, "Resource not found.", "text/plain")
    return _json({"status": "ok", "message-type": "work", "message": found})


def _doi(web: Web, rest: str, _: dict[str, list[str]]) -> Reply:
    dois = rest.removeprefix("doiRA/").split(",")
    return _json(
        [
            {"DOI": doi, "RA": web.agencies[doi]}
            if doi in web.agencies
            else {"DOI": doi, "status": "DOI does not exist"}
            for doi in dois
        ]
    )


def _openalex(web: Web, rest: str, query: dict[str, list[str]]) -> Reply:
    """Answer ``filter=doi:a|b``, ``openalex:W1|W2``, ``cites:W1``, or one work."""
    name, _, values = query.get("filter", [""])[0].partition(":")
    wanted = {value.casefold().removeprefix("https://doi.org/") for value in values.split("|")}
    if rest != "works":
        identifier = (
            rest.removeprefix("works/").removeprefix("doi:").removeprefix("https://doi.org/")
        )
        hits = [one for one in web.openalex if identifier.casefold() in _names(one)]
        return _json(hits[0]) if hits else Reply(404, '{"error": "Not found"}')
    if name == "cites":
        hits = [one for one in web.openalex if wanted & _cited(one)]
    else:
        hits = [one for one in web.openalex if wanted & _names(one)]
    return _json({"meta": {"count": len(hits), "next_cursor": None}, "results": hits})


def _names(one: dict[str, Any]) -> set[str]:
    names = (one["id"].rpartition("/")[2], (one.get("doi") or "").removeprefix("https://doi.org/"))
    return {name.casefold() for name in names if name}


def _cited(one: dict[str, Any]) -> set[str]:
    return {name.rpartition("/")[2].casefold() for name in one.get("referenced_works", [])}


def _opencitations(web: Web, rest: str, _query: dict[str, list[str]]) -> Reply:
    """Answer ``citations/doi:…`` and ``references/doi:…``."""
    operation, _, doi = rest.partition("/doi:")
    end = 1 if operation == "citations" else 0
    pairs = [pair for pair in web.cites if pair[end] == doi]
    return _json([{"citing": f"doi:{citing}", "cited": f"doi:{cited}"} for citing, cited in pairs])


def _opencitations_meta(web: Web, rest: str, _query: dict[str, list[str]]) -> Reply:
    """Answer ``metadata/doi:…__doi:…``."""
    dois = [one.removeprefix("doi:") for one in rest.removeprefix("metadata/").split("__")]
    known = [web.works[doi] for doi in dois if doi in web.works]
    return _json([{"id": f"doi:{one['DOI']}", "title": one["title"][0]} for one in known])


def _json(value: object) -> Reply:
    return Reply(200, json.dumps(value, ensure_ascii=False))


_ANSWERS: dict[str, Callable[[Web, str, dict[str, list[str]]], Reply]] = {
    "crossref": _crossref,
    "doi": _doi,
    "openalex": _openalex,
    "opencitations": _opencitations,
    "opencitations_meta": _opencitations_meta,
}


class _Handler(BaseHTTPRequestHandler):
    web: ClassVar[Web]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer from what the server knows."""
        parts = urlsplit(self.path)
        reply = self.web.answer(unquote(parts.path), parse_qs(parts.query))
        body = reply.body.encode()
        self.send_response_only(reply.status)
        headers = {"Date": _DAY, "Content-Type": reply.kind, "Content-Length": str(len(body))}
        for name, value in (headers | _FAST).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as its base has it
        """Say nothing."""


@contextmanager
def serve() -> Iterator[Web]:
    """Run the server on a free port for as long as the block lasts."""
    web = Web()
    handler = type("_Bound", (_Handler,), {"web": web})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    web.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
