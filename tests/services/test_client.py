"""The client: polite, bounded, remembering, and never raising for a fault of the web."""

from __future__ import annotations

import datetime as dt
import json
import logging
import socket
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest

import faulty_server as fs
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.services.client import Bounds, Client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import MakeClient

WORK = {"DOI": "10.1000/x", "title": ["A title"]}
GOOD = fs.message(WORK)
FAST = Bounds(connect_s=1.0, total_s=0.4, backoff_s=0.005, longest_wait_s=1.2, body_bytes=500_000)
KEY, MAILTO = "k3y-of-nobody-else", "reader@example.org"

# What the server does, the state and a part of the reason, and most requests that it may cost.
FAULTS: dict[str, tuple[Any, str, str, int]] = {
    "404": (fs.text(404, "Resource not found."), "not-found", "HTTP 404", 1),
    "404-json-type": (
        fs.text(404, "Resource not found.", Content_Type="application/json;charset=utf-8"),
        "not-found",
        "HTTP 404",
        1,
    ),
    "404-page": (fs.page(404), "not-found", "HTTP 404", 1),
    "410": (fs.text(410, "Gone"), "not-found", "HTTP 410", 1),
    "406": (fs.page(406), "no-metadata", "HTTP 406", 1),
    "204": (fs.raw(204, b""), "no-metadata", "HTTP 204", 1),
    "400": (fs.text(400, "Integer specified as things"), "failed", "Integer specified", 1),
    "401": (fs.text(401, "who?"), "refused", "the key is not accepted", 1),
    "403": (fs.page(403), "refused", "not allowed", 1),
    "422": (fs.text(422, "bad email"), "refused", "bad email", 1),
    "418": (fs.text(418, "teapot"), "failed", "HTTP 418", 1),
    "429-page": (fs.page(429), "refused", "too many requests (4 tries)", 4),
    "429-nonsense": (fs.page(429, Retry_After="soon"), "refused", "(4 tries)", 4),
    "500": (fs.page(500), "failed", "HTTP 500 (4 tries)", 4),
    "502": (fs.page(502), "failed", "HTTP 502 (4 tries)", 4),
    "503": (fs.page(503), "failed", "HTTP 503 (4 tries)", 4),
    "504": (fs.page(504), "failed", "HTTP 504 (4 tries)", 4),
    "reset": (fs.reset, "failed", "the connection was reset", 4),
    "reset-in-body": (fs.reset_in_body, "failed", "the connection was reset", 4),
    "cut-short": (fs.cut_short, "failed", "cut short", 4),
    "drip": (fs.drip, "failed", "no whole answer within the time", 2),
    "drip-of-headers": (fs.drip_head, "failed", "no whole answer within the time", 2),
    "silence": (fs.silence, "failed", "no whole answer within the time", 2),
    "half-json": (
        fs.raw(200, b'{"message": {"DOI": "10.', Content_Type=fs.JSON),
        "failed",
        "no whole JSON",
        4,
    ),
    "not-a-number": (
        fs.raw(200, b'{"message": {"n": NaN}}', Content_Type=fs.JSON),
        "failed",
        "no whole JSON",
        4,
    ),
    "deep": (fs.raw(200, b"[" * 200_000, Content_Type=fs.JSON), "failed", "no whole JSON", 4),
    "page": (fs.page(200), "failed", "sent text/html where", 1),
    "wrong-type": (fs.text(200, json.dumps({"message": WORK})), "failed", "sent text/plain", 1),
    "no-type": (
        fs.raw(200, json.dumps({"message": WORK}).encode()),
        "failed",
        "no type of content",
        1,
    ),
    "empty-body": (fs.raw(200, b"", Content_Type=fs.JSON), "failed", "empty", 1),
    "empty-message": (fs.message({}), "failed", "'message' is empty", 1),
    "null-message": (fs.message(None), "failed", "'message' holds no object", 1),
    "text-message": (fs.message("ok"), "failed", "'message' holds no object", 1),
    "null": (fs.ok(None), "failed", "holds no object", 1),
    "list": (fs.ok([]), "failed", "'message' holds no object", 1),
    "bad-utf8": (
        fs.raw(200, b'{"message": {"DOI": "\xff\xfe"}}', Content_Type=fs.JSON),
        "failed",
        "not UTF-8",
        1,
    ),
    "gzip-bomb": (fs.gzip_bomb, "failed", "larger than 500,000 bytes", 1),
    "endless": (fs.endless, "failed", "larger than 500,000 bytes", 1),
    "large": (
        fs.raw(200, b" " * 600_000, Content_Type=fs.JSON),
        "failed",
        "larger than 500,000 bytes",
        1,
    ),
    "no-gzip": (
        fs.raw(200, b"{}", Content_Type=fs.JSON, Content_Encoding="gzip"),
        "failed",
        "packing is broken",
        4,
    ),
    "half-gzip": (
        fs.raw(200, b"\x1f\x8b\x08\x00", Content_Type=fs.JSON, Content_Encoding="gzip"),
        "failed",
        "cut short",
        4,
    ),
    "unknown-packing": (
        fs.raw(200, b"{}", Content_Type=fs.JSON, Content_Encoding="br"),
        "failed",
        "packed in a way",
        1,
    ),
    "loop": (fs.redirect("/fault"), "failed", "more than 5 redirects", 6),
    "endless-loop": (fs.endless_redirect, "failed", "more than 5 redirects", 6),
    "to-http": (fs.redirect("http://api.crossref.org/x"), "failed", "to http:api.crossref", 1),
    "to-file": (fs.redirect("file:///etc/passwd"), "failed", "redirects to file:", 1),
    "to-private": (fs.redirect("https://192.168.0.1/x"), "failed", "https:192.168.0.1", 1),
    "to-metadata": (fs.redirect("http://169.254.169.254/"), "failed", "169.254.169.254", 1),
    "to-stranger": (fs.redirect("https://example.org/x"), "failed", "https:example.org", 1),
    "to-other-port": (fs.redirect("http://127.0.0.1:1/x"), "failed", "http:127.0.0.1", 1),
    "to-user": (fs.redirect("https://a:b@api.crossref.org/x"), "failed", "not followed", 1),
    "to-nonsense": (fs.redirect("https://[::1"), "failed", "no address", 1),
    "to-nowhere": (fs.raw(302, b""), "failed", "more than 5 redirects", 6),
    "no-http": (
        fs.no_http,
        "failed",
        "broke",
        4,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault(name: str, web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Each fault is told once, with its reason; few requests; what comes after it is well."""
    reply, state, reason, most = FAULTS[name]
    web.on("/fault", reply)
    web.on("/good", GOOD)
    client = make_client()
    answer = client.get("crossref", "/fault")
    assert (answer.service, answer.state, answer.data) == ("crossref", state, None)
    assert reason in answer.reason
    assert web.count <= most
    assert client.get("crossref", "/good").data["message"] == WORK
    assert client.counts[state] == 1 + (state == "found")
    assert client.counts["requests"] == web.count


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_remembered_for_an_hour(
    name: str, web: fs.FaultyServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run asks for none of what failed, unless it is told to, or an hour has passed."""
    reply, state, reason, most = FAULTS[name]
    web.on("/fault", *[reply] * most, GOOD)
    make_client().get("crossref", "/fault")
    asked = web.count
    again = make_client().get("crossref", "/fault")
    is_kept = state != "refused"
    assert again.is_cached is is_kept
    assert (web.count == asked) is is_kept
    if state != "failed":
        return
    assert again.state == "failed"
    assert reason in again.reason
    assert not make_client(offline=True).get("crossref", "/fault").data
    true_time = time.time
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: true_time() + 3_700)
        assert make_client().get("crossref", "/fault").state == "found"
    assert make_client().get("crossref", "/fault").is_cached


def test_retry_failed(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """What failed is asked again where that is wanted, once; what was answered is not."""
    web.on("/fault", fs.page(200), fs.page(200), GOOD)
    web.on("/good", GOOD)
    for path in ("/fault", "/good", "/missing"):
        make_client().get("crossref", path)
    client = make_client(retry_failed=True)
    for is_cached in (False, True):
        answer = client.get("crossref", "/fault")
        assert (answer.state, answer.is_cached) == ("failed", is_cached)
    assert client.get("crossref", "/good").is_cached
    assert client.get("crossref", "/missing").is_cached
    assert make_client(retry_failed=True).get("crossref", "/fault").state == "found"
    assert web.count == 5


def test_a_good_answer_outlives_a_failure(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Where a refresh fails, what was answered before is still there for the next run."""
    web.on("/x", GOOD, fs.page(500))
    make_client().get("crossref", "/x")
    assert make_client(refresh=True).get("crossref", "/x").state == "failed"
    assert make_client().get("crossref", "/x").state == "found"


@pytest.mark.parametrize(
    "fault",
    [fs.page(429), fs.page(500), fs.page(503), fs.reset, fs.reset_in_body, fs.cut_short, fs.drip],
)
def test_passing_fault(
    fault: Callable[[fs.Exchange], None], web: fs.FaultyServer, make_client: MakeClient
) -> None:
    """What goes wrong once is tried again, and then found."""
    web.on("/work", fault, GOOD)
    answer = make_client().get("crossref", "/work")
    assert answer.state == "found"
    assert web.count == 2


def test_good_answer(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """An answer has its data, its status and the service's own day."""
    web.on("/works/10.1000%2Fx", fs.ok({"message": WORK}, Date="Mon, 02 Mar 2026 23:59:59 GMT"))
    answer = make_client().get("crossref", "/works/10.1000%2Fx")
    assert answer.state == "found"
    assert answer.data == {"message": WORK}
    assert (answer.status, answer.date, answer.is_cached) == (200, "2026-03-02", False)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_packed_answer(encoding: str, web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Packed answers are unpacked."""
    web.on("/x", fs.packed({"message": WORK}, encoding))
    assert make_client().get("crossref", "/x").data == {"message": WORK}


def test_text_answer(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """What is not asked for as JSON is given as a text."""
    bibtex = "@article{x, title={Größe}}"
    web.on("/x", fs.text(200, bibtex, Content_Type="application/x-bibtex; charset=utf-8"))
    client = make_client()
    for is_cached in (False, True):
        answer = client.get("doi", "/x", accept="application/x-bibtex")
        assert (answer.state, answer.data, answer.is_cached) == ("found", bibtex, is_cached)


def test_strange_letters_are_kept(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Half a pair of surrogates and a mark of the order of bytes do no harm."""
    body = b'\xef\xbb\xbf{"message": {"title": "\\ud800 \xe4\xb8\xad"}}'
    web.on("/x", fs.raw(200, body, Content_Type=fs.JSON))
    client = make_client()
    first, second = client.get("crossref", "/x"), client.get("crossref", "/x")
    assert first.data == second.data == {"message": {"title": "\ud800 中"}}
    assert second.is_cached


def test_bad_cursor_is_no_unknown_work(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A 404 that says the request was wrong is a failure, and not remembered."""
    words = [{"type": "cursor-invalid", "message": "Cursor specified but it is invalid"}]
    failure = {"status": "failed", "message-type": "resource-failure", "message": words}
    web.on("/works", fs.raw(404, json.dumps(failure).encode(), Content_Type=fs.JSON))
    answer = make_client().get("crossref", "/works", {"cursor": "thing"})
    assert answer.state == "failed"
    assert "cursor-invalid" in answer.reason


@pytest.mark.parametrize("path", ["/works/10.1000/a<b>c", "/works/10.1%2Fä#?", "/works/10.1/../x"])
def test_odd_paths(path: str, web: fs.FaultyServer, make_client: MakeClient) -> None:
    """No DOI, however odd, is an exception."""
    web.otherwise(GOOD)
    assert make_client().get("crossref", path).state == "found"
    assert "#" not in web.seen[0].target


def test_many_at_once(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A batch goes as a body of JSON, and is remembered by it."""
    web.on("/paper/batch", fs.ok([{"paperId": "1"}, None]))
    client = make_client()
    for _ in range(2):
        answer = client.post("semantic_scholar", "/paper/batch", {"ids": ["a", "b"]})
        assert answer.data == [{"paperId": "1"}, None]
    assert json.loads(web.seen[0].body) == {"ids": ["a", "b"]}
    client.post("semantic_scholar", "/paper/batch", {"ids": ["a"]})
    assert web.count == 2


# Waiting


def test_waits_longer_each_time(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Where a service names no wait, each try waits longer than the one before."""
    web.on("/x", fs.page(503), fs.page(503), GOOD)
    client = make_client(bounds=replace(FAST, backoff_s=0.15))
    assert client.get("crossref", "/x").state == "found"
    assert web.most_within(0.1) == 1
    assert web.most_within(0.3) <= 2


def test_waits_for_seconds(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Retry-After in seconds is obeyed."""
    web.on("/x", fs.page(429, Retry_After="1"), GOOD)
    assert make_client().get("crossref", "/x").state == "found"
    assert web.most_within(0.7) == 1


@pytest.mark.parametrize("days", [0, -400, 400])
def test_waits_for_a_date(days: int, web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Retry-After as a date is obeyed, by the service's clock and not by ours."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=days)
    later = format_datetime(now + dt.timedelta(seconds=1), usegmt=True)
    reply = fs.page(503, Retry_After=later, Date=format_datetime(now, usegmt=True))
    web.on("/x", reply, GOOD)
    assert make_client().get("crossref", "/x").state == "found"
    assert web.most_within(0.7) == 1


@pytest.mark.parametrize("status", [429, 403, 503])
def test_long_wait_stops(status: int, web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A service that asks for a long wait is left alone, by the next run too, and it is said."""
    web.on("/x", fs.page(status, Retry_After="3600"))
    first, second = make_client(), make_client()
    answers = [client.get("crossref", path) for client in (first, second) for path in ("/x", "/y")]
    assert {answer.state for answer in answers} == {"refused"}
    assert all("go on after 20" in answer.reason for answer in answers)
    assert web.count == 1
    assert first.get("datacite", "/y").state == "not-found"


def test_spent_budget_stops(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Where the budget of the day is spent, nobody asks until there is a new one."""
    spent = {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "7200"}
    web.otherwise(fs.text(429, "budget", **spent))
    client = make_client()
    answers = [client.get("openalex", f"/works/{number}") for number in range(5)]
    assert {answer.state for answer in answers} == {"refused"}
    assert "7,200 s" in answers[-1].reason
    assert web.count == 1


def test_rate_is_learnt(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """The rate that answers name is kept, retries and redirects counted."""
    web.headers.update({"X-Rate-Limit-Limit": "20", "X-Rate-Limit-Interval": "1s"})
    web.on("/1", fs.page(503), GOOD)
    web.on("/2", fs.redirect("/elsewhere"))
    web.otherwise(GOOD)
    client = make_client()
    for number in range(9):
        assert client.get("crossref", f"/{number}").state == "found"
    assert client.counts["requests"] == web.count == 11
    assert web.most_within(0.2) <= 5


@pytest.mark.parametrize("mailto", [None, MAILTO])
def test_documented_rate_before_any_answer(
    mailto: str | None, web: fs.FaultyServer, make_client: MakeClient
) -> None:
    """Without headers the documented rate holds: 5 a second, 10 for who says who he is."""
    web.headers.clear()
    web.otherwise(GOOD)
    client = make_client(mailto=mailto, is_new=True)
    for number in range(4):
        client.get("crossref", f"/{number}")
    assert web.most_within(0.15 if mailto else 0.3) <= 2


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Rate-Limit-Limit": "0", "X-Rate-Limit-Interval": "1s"},
        {"X-Rate-Limit-Limit": "many", "X-Rate-Limit-Interval": "1s"},
        {"X-Rate-Limit-Limit": "99999", "X-Rate-Limit-Interval": "0s"},
        {"X-Rate-Limit-Limit": "-5", "X-Rate-Limit-Interval": "x"},
        {"X-Concurrency-Limit": "0"},
    ],
)
def test_nonsense_rate(
    headers: dict[str, str], web: fs.FaultyServer, make_client: MakeClient
) -> None:
    """A rate that is none changes nothing."""
    web.headers = headers
    web.otherwise(GOOD)
    client = make_client(is_new=True)
    for number in range(3):
        assert client.get("crossref", f"/{number}").state == "found"
    assert web.most_within(0.15) <= 2


@pytest.mark.parametrize("at_once", [1, 3])
def test_no_more_at_once_than_allowed(
    at_once: int, web: fs.FaultyServer, make_client: MakeClient
) -> None:
    """Threads share one client, its rate and the places that the service allows."""
    web.headers["X-Concurrency-Limit"] = str(at_once)
    web.on("/first", GOOD)
    web.otherwise(fs.slow(GOOD, 0.03))
    client = make_client()
    client.get("crossref", "/first")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: client.get("crossref", f"/{n % 12}"), range(24)))
    assert {answer.state for answer in answers} == {"found"}
    assert web.count == 13
    assert web.most_at_once <= at_once


# The host cannot be reached


def test_refused_connection(make_client: MakeClient) -> None:
    """A service that is down is given up after some questions in a row, each of them told."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        client = make_client(addresses={"crossref": address}, keys={})
        answers = [client.get("crossref", f"/{number}") for number in range(20)]
    assert {answer.state for answer in answers} == {"failed"}
    assert all("the connection was refused" in answer.reason for answer in answers)
    assert client.counts["failed"] == 20
    assert client.counts["requests"] <= 20


def _crossref() -> Any:
    from nqp_biblio.services.hosts import SERVICES

    return SERVICES["crossref"]


# TLS


def test_trusted_certificate(
    safe_web: Callable[..., fs.FaultyServer], make_client: MakeClient
) -> None:
    """A certificate of a trusted authority is taken."""
    server = safe_web()
    server.otherwise(GOOD)
    assert make_client(addresses={"crossref": server.url}).get("crossref", "/x").state == "found"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"not_after": dt.datetime(2020, 1, 2, tzinfo=dt.UTC)}, "certificate has expired"),
        ({"names": ["elsewhere.example"]}, "IP address mismatch"),
    ],
)
def test_bad_certificate(
    options: dict[str, Any],
    reason: str,
    safe_web: Callable[..., fs.FaultyServer],
    make_client: MakeClient,
) -> None:
    """A certificate that is over, or another's, ends the question, and nothing is sent."""
    if "not_after" in options:
        options = options | {"not_before": dt.datetime(2019, 1, 1, tzinfo=dt.UTC)}
    server = safe_web(**options)
    answer = make_client(addresses={"crossref": server.url}).get("crossref", "/x")
    assert answer.state == "failed"
    assert reason in answer.reason
    assert server.count == 0


def test_untrusted_certificate(
    safe_web: Callable[..., fs.FaultyServer],
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A certificate that nobody vouches for is not taken."""
    server = safe_web()
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    answer = make_client(addresses={"crossref": server.url}).get("crossref", "/x")
    assert "certificate is not trusted" in answer.reason
    assert server.count == 0


def test_drip_over_tls(safe_web: Callable[..., fs.FaultyServer], make_client: MakeClient) -> None:
    """The time is bounded over TLS as well."""
    server = safe_web()
    server.otherwise(fs.drip)
    answer = make_client(addresses={"crossref": server.url}).get("crossref", "/x")
    assert "no whole answer within the time" in answer.reason
    assert server.count <= 2


# What else a session would do by itself


def test_proxy_is_not_asked_for_this_machine(
    web: fs.FaultyServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment serves the web, and not addresses of this machine."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    web.otherwise(GOOD)
    assert make_client().get("crossref", "/x").state == "found"


def test_proxy_that_fails(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that does not work is told as that."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    answer = make_client(addresses={}, bounds=replace(FAST, tries=1)).get("crossref", "/x")
    assert answer.state == "failed"
    assert "refused" in answer.reason or "proxy" in answer.reason


def test_no_login_of_netrc(
    web: fs.FaultyServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Logins that the user has in .netrc are not sent."""
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(file))
    make_client().get("crossref", "/x")
    assert "Authorization" not in web.seen[0].headers


def test_no_cookies(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Cookies are not taken."""
    web.otherwise(fs.ok({"message": WORK}, Set_Cookie="id=1; Path=/"))
    client = make_client()
    for path in ("/x", "/y"):
        client.get("crossref", path)
    assert "Cookie" not in web.seen[1].headers


# What is remembered


def test_remembered(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A second run asks nothing; offline it still answers, and refuses what is not there."""
    web.on("/found", GOOD)
    for is_cached in (False, True):
        client = make_client()
        assert client.get("crossref", "/found").is_cached is is_cached
        assert client.get("crossref", "/missing").is_cached is is_cached
    assert web.count == 2
    offline = make_client(offline=True)
    assert offline.get("crossref", "/found").data["message"] == WORK
    assert offline.get("crossref", "/missing").state == "not-found"
    new = offline.get("crossref", "/new")
    assert (new.state, "offline" in new.reason) == ("refused", True)
    assert offline.counts == {
        "found": 1, "not-found": 1, "no-metadata": 0, "failed": 0, "refused": 1,
        "cached": 2, "requests": 0,
    }  # fmt: skip
    assert web.count == 2


def test_refresh(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """With refresh each question is asked anew, once, and the new answer remembered."""
    web.on("/x", GOOD, fs.message({"DOI": "10.1000/x", "title": ["Another"]}))
    make_client().get("crossref", "/x")
    client = make_client(refresh=True)
    answers = [client.get("crossref", "/x") for _ in range(3)]
    assert [answer.data["message"]["title"] for answer in answers] == [["Another"]] * 3
    assert web.count == 2
    assert make_client().get("crossref", "/x").data["message"]["title"] == ["Another"]


def test_questions_are_told_apart(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Path, query and type make a question; the order of the query does not."""
    web.otherwise(GOOD)
    client = make_client()
    client.get("crossref", "/x", {"a": "1", "b": "2"})
    assert client.get("crossref", "/x", {"b": "2", "a": "1"}).is_cached
    assert not client.get("crossref", "/x", {"a": "1", "b": "3"}).is_cached
    assert not client.get("crossref", "/y", {"a": "1", "b": "2"}).is_cached
    assert not client.get("datacite", "/x", {"a": "1", "b": "2"}).is_cached


def test_unknown_work_is_asked_again_after_a_month(
    web: fs.FaultyServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not found is not remembered for ever; what was found is."""
    web.on("/found", GOOD)
    for path in ("/found", "/missing"):
        make_client().get("crossref", path)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 31 * 86_400)
    client = make_client()
    assert client.get("crossref", "/found").is_cached
    assert not client.get("crossref", "/missing").is_cached


@pytest.mark.parametrize("jump_s", [-400 * 86_400, -3600, 3600, 400 * 86_400])
def test_clock_jumps(
    jump_s: float, web: fs.FaultyServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that jumps changes neither rate nor waits nor what is remembered."""
    web.headers.update({"X-Rate-Limit-Limit": "20"})
    web.otherwise(GOOD)
    client = make_client()
    client.get("crossref", "/0")
    true_time = time.time
    monkeypatch.setattr(time, "time", lambda: true_time() + jump_s)
    for number in range(5):
        assert client.get("crossref", f"/{number}").state == "found"
    assert web.count == 5
    assert web.most_within(0.05) <= 3


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.5, 0.9])
def test_cache_cut_short(part: float, web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A cache that was cut short is set aside; questions are answered and remembered again."""
    web.otherwise(GOOD)
    with make_client() as client:
        file = client._cache._file
        for number in range(60):
            client.get("crossref", f"/{number}")
    assert file is not None
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    client = make_client()
    answers = [client.get("crossref", f"/{number}") for number in range(60)]
    assert {answer.state for answer in answers} == {"found"}
    assert len(client.notes) <= 1
    client.close()
    again = make_client()
    assert all(again.get("crossref", f"/{number}").is_cached for number in range(60))


def test_cache_of_junk(web: fs.FaultyServer, make_client: MakeClient, tmp_path: Path) -> None:
    """A file that is no cache is set aside and not lost, and that is said."""
    web.otherwise(GOOD)
    folder = tmp_path / "junk"
    folder.mkdir()
    (folder / "answers.sqlite").write_bytes(b"my thesis" * 1000)
    client = make_client(cache_dir=folder)
    assert client.get("crossref", "/x").state == "found"
    assert client.get("crossref", "/x").is_cached
    assert "broken" in client.notes[0]
    assert [file.read_bytes()[:9] for file in folder.glob("*.broken-*")] == [b"my thesis"]


def test_locked_cache(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A cache that another locks for long is done without, and that is said."""
    import sqlite3

    web.otherwise(GOOD)
    client = make_client()
    client.get("crossref", "/0")
    other = sqlite3.connect(str(client._cache._file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert client.get("crossref", "/0").is_cached
    assert client.get("crossref", "/1").state == "found"
    assert make_client().get("crossref", "/2").state == "found"
    assert any("locked" in note for note in client.notes)
    other.execute("ROLLBACK")
    other.close()
    client.get("crossref", "/3")
    assert client.get("crossref", "/3").is_cached


def test_full_disk(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Where the disk is full, answers are given all the same, and that is said once."""
    web.otherwise(fs.message({"abstract": [f"{number:x}" for number in range(9000)]}))
    client = make_client()
    client.get("crossref", "/first")
    assert client._cache._db is not None
    client._cache._db.execute("PRAGMA max_page_count = 12")
    answers = [client.get("crossref", f"/{number}") for number in range(20)]
    assert {answer.state for answer in answers} == {"found"}
    assert sum("full" in note for note in client.notes) == 1
    assert client.get("crossref", "/first").is_cached


def test_no_place_for_a_cache(
    web: fs.FaultyServer, make_client: MakeClient, tmp_path: Path
) -> None:
    """Where no folder can be made, answers are not remembered, and that is said."""
    web.otherwise(GOOD)
    (tmp_path / "file").write_text("")
    client = make_client(cache_dir=tmp_path / "file" / "cache")
    assert client.get("crossref", "/x").state == "found"
    assert "not remembered" in client.notes[0]


def test_other_addresses_leave_the_user_s_cache_alone(
    web: fs.FaultyServer, make_client: MakeClient, tmp_path: Path
) -> None:
    """Answers of other addresses are remembered in memory, unless a folder is named."""
    web.otherwise(GOOD)
    client = make_client(cache_dir=None)
    assert [client.get("crossref", "/x").is_cached for _ in range(2)] == [False, True]
    assert not (tmp_path / "user-cache").exists()


# Several processes, and their ends

_RUN = """
import sys
from pathlib import Path
from nqp_biblio.services.client import Bounds, Client
url, folder, first, last = sys.argv[1:]
step = 1 if int(last) >= int(first) else -1
with Client(addresses={"crossref": url}, cache_dir=Path(folder), bounds=Bounds()) as client:
    for number in range(int(first), int(last), step):
        assert client.get("crossref", f"/{number}").state == "found"
    print(client.counts["requests"], client.notes)
"""


def _start(web: fs.FaultyServer, folder: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _RUN, web.url, str(folder), str(first), str(last)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize("at_once", ["1", "3"])
def test_processes_share_a_cache(at_once: str, web: fs.FaultyServer, tmp_path: Path) -> None:
    """Three processes with the same questions ask each once, at the rate of one."""
    web.headers.update({"X-Rate-Limit-Limit": "100", "X-Concurrency-Limit": at_once})
    web.otherwise(fs.slow(GOOD, 0.005))
    spans = [(0, 40), (0, 40), (39, -1)]
    running = [_start(web, tmp_path, first, last) for first, last in spans]
    ends = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], ends
    assert all("[]" in out for out, _ in ends)
    assert web.count == 40
    assert web.most_at_once <= int(at_once)


@pytest.mark.parametrize("sign", ["SIGKILL", "SIGINT", "SIGTERM"])
def test_goes_on_after_its_end(sign: str, web: fs.FaultyServer, tmp_path: Path) -> None:
    """After kill -9 or Ctrl-C nothing that was answered is asked again."""
    import signal

    web.otherwise(fs.slow(GOOD, 0.01))
    process = _start(web, tmp_path, 0, 60)
    while web.count < 20 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(getattr(signal, sign))
    process.communicate(timeout=20)
    assert process.returncode != 0
    asked = web.count
    assert asked < 60
    out, error = _start(web, tmp_path, 0, 60).communicate(timeout=60)
    assert not error
    assert int(out.split()[0]) <= 60 - asked + 1
    assert web.count <= 61


def test_interrupt_in_the_middle(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """An interrupt passes through, and leaves nothing held."""
    client = make_client()
    web.on("/x", fs.page(503), GOOD)

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    client._pace(_crossref()).reserve = interrupt  # type: ignore[assignment,method-assign]
    with pytest.raises(KeyboardInterrupt):
        client.get("crossref", "/y")
    done = []
    thread = threading.Thread(target=lambda: done.append(make_client().get("crossref", "/x")))
    thread.start()
    thread.join(10)
    assert done[0].state == "found"


# Secrets


def test_secrets_go_to_the_service_alone(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """Keys go by header, an address of e-mail by the User-Agent that names the project."""
    web.otherwise(GOOD)
    client = make_client(keys={"openalex": KEY}, mailto=MAILTO)
    client.get("openalex", "/x")
    client.get("crossref", "/x")
    client.get("unpaywall", "/x")
    openalex, crossref, unpaywall = web.seen
    assert openalex.headers["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in crossref.headers
    agent = crossref.headers["User-Agent"]
    assert agent.startswith("nqp-biblio/")
    assert f"mailto:{MAILTO}" in agent
    assert unpaywall.target == "/x?email=reader%40example.org"
    assert KEY not in openalex.target


def test_key_does_not_follow_a_redirect(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A redirect to another origin is not given the key."""
    with fs.FaultyServer() as other:
        other.otherwise(GOOD)
        web.on("/x", fs.redirect(f"{other.url}/y"))
        client = make_client(
            keys={"openalex": KEY}, addresses={"openalex": web.url, "crossref": other.url}
        )
        assert client.get("openalex", "/x").state == "found"
        assert "Authorization" in web.seen[0].headers
        assert "Authorization" not in other.seen[0].headers


def test_no_secret_in_what_is_written(
    web: fs.FaultyServer,
    make_client: MakeClient,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    """No key and no address of e-mail is in an answer, a log, or a byte of the cache."""
    echo = f"{KEY} {MAILTO} reader%40example.org"
    web.on("/echo", fs.message({"DOI": "10.1000/x", "query": echo}))
    web.on("/400", fs.text(400, f"unknown user {echo}"))
    web.on("/422", fs.ok({"error": True, "message": echo}))
    web.on("/away", fs.redirect(f"https://example.org/?email={MAILTO}&api_key={KEY}"))
    web.on("/here", fs.redirect(f"/echo?api_key={KEY}"))
    for name, (reply, *_) in FAULTS.items():
        web.on(f"/{name}", reply)
    caplog.set_level(logging.DEBUG)
    client = make_client(
        keys={"openalex": KEY, "crossref": KEY},
        mailto=MAILTO,
        bounds=Bounds(total_s=0.1, tries=2, backoff_s=0, body_bytes=100_000, longest_wait_s=1),
    )
    paths = [
        "/echo",
        "/400",
        "/422",
        "/away",
        "/here",
        "/missing",
        *(f"/{name}" for name in FAULTS),
    ]
    answers = [
        client.get(service, path, {"mailto": MAILTO, "api_key": KEY, "q": "x"})
        for service in ("unpaywall", "crossref")
        for path in paths
    ]
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert client._cache._db is not None
    packed = client._cache._db.execute("SELECT body FROM answers").fetchall()
    kept += b"".join(zlib.decompress(body) for (body,) in packed)
    shown = [
        *(answer.reason for answer in answers), repr(client), repr(vars(client)["_mask"]),
        caplog.text, *client.notes,
    ]  # fmt: skip
    assert len(kept) > 1000
    assert caplog.text
    for secret in (KEY, MAILTO, "reader%40example.org"):
        assert secret.encode() not in kept
        assert not [text for text in shown if secret in text]
    again = make_client()
    assert again.get("crossref", "/echo", {"q": "x"}).is_cached


def test_needs_an_address_of_e_mail(web: fs.FaultyServer, make_client: MakeClient) -> None:
    """A service that answers nobody without one is not asked without one."""
    answer = make_client().get("unpaywall", "/10.1000%2Fx")
    assert (answer.state, "mailto" in answer.reason) == ("refused", True)
    assert web.count == 0


# Misuse


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mailto": "nobody"}, "mailto is no address"),
        ({"keys": {"crossref": "two words"}}, "the key of crossref is not one"),
        ({"addresses": {"crossref": "http://example.org"}}, "is not https, nor http on this"),
        ({"addresses": {"crossref": "file:///etc"}}, "is not https"),
        ({"addresses": {"crossref": "https://[::1"}}, "is not https"),
    ],
)
def test_misuse(options: dict[str, Any], message: str) -> None:
    """An option that cannot be used is refused at once."""
    with pytest.raises(OptionError, match=message):
        Client(**options)


def test_misuse_of_get(make_client: MakeClient) -> None:
    """An unknown service and a path that is none are refused."""
    with pytest.raises(UnknownNameError, match="Did you mean 'crossref'"):
        make_client().get("crosref", "/x")
    with pytest.raises(OptionError, match="does not begin with"):
        make_client().get("crossref", "works")
