"""The one door to the web: asks services politely, within bounds, and remembers what they say."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import IncompleteRead, NameResolutionError

from nqp_biblio.services.addresses import check_address, is_loopback, origin, refusal, target
from nqp_biblio.services.answers import STATES, Answer, Fault, Reply, decode, read_reply, unpack
from nqp_biblio.services.cache import AnswerCache, Kept, default_folder
from nqp_biblio.services.hosts import SERVICES, Service
from nqp_biblio.services.keys import Mask, MaskingFilter, check_mailto, find_keys
from nqp_biblio.services.limits import Bounds, Pace, asked_wait
from nqp_biblio.services.questions import Question, question_of
from nqp_biblio.services.slots import Slots
from nqp_biblio.services.timed import TimedResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

__all__ = ["Answer", "Bounds", "Client"]

_ADDRESS_LOG = "urllib3.connectionpool"
_logger = logging.getLogger("nqp_biblio.services")
_TRIES = {"unreachable": 4, "timeout": 2, "cut": 4, "busy": 4, "turned-away": 1}
_EAGER = frozenset({"cut", "timeout"})  # a second try at once may do
_REDIRECTS = (301, 302, 303, 307, 308)
_TOO_MANY = 429
_REMEMBERED = frozenset({"found", "not-found", "no-metadata"})
_ANSWERED = frozenset({"timeout", "cut", "busy", "content", "redirect", "large"})
"""Kinds of faults of a service that could be reached: they are remembered for a while."""

_CHUNK = 65_536
_QUESTIONS = 32
"""Places for questions, so that no two processes ask the same at once."""


class _Tried(NamedTuple):
    """What came of one request, and how long the service asks to wait."""

    outcome: Answer | Fault
    body: bytes = b""
    wait_s: float | None = None


class Client:
    """Asks services of the web, and never raises for what goes wrong there.

    It keeps to the rate that a service names, in all threads and in all processes that share
    its folder; a question that was answered is not asked again, by nobody who shares it. Not
    to be carried over a fork.

    Parameters
    ----------
    mailto : str, optional
        An address of e-mail, which earns a better rate. It is told to the services alone.
    cache_dir : Path, optional
        Where answers are remembered; else the user's own place for caches, or in memory where
        `addresses` are given.
    offline : bool
        Whether to ask nobody, and answer from what is remembered.
    refresh : bool
        Whether to ask again what is remembered, once.
    retry_failed : bool
        Whether to ask again, once, what failed within the last hour. Else it is remembered
        that a service gave no answer that can be used, through all tries; not remembered is
        that it could not be reached, or turned a question away.
    addresses : mapping of str to str, optional
        Other addresses of services, such as those of a mirror: https, or http on this machine.
    keys : mapping of str to str, optional
        Keys by name of service; else those of the environment and of the file of keys.
    bounds : Bounds, optional
        What one question may cost.

    Attributes
    ----------
    counts : dict of str to int
        Answers by state, those of them that were ``cached``, and ``requests`` sent.
    notes : list of str
        What went wrong with the cache, each once.

    Raises
    ------
    OptionError
        If an option cannot be used. No message holds a key or an address of e-mail.
    """

    def __init__(
        self,
        *,
        mailto: str | None = None,
        cache_dir: Path | None = None,
        offline: bool = False,
        refresh: bool = False,
        retry_failed: bool = False,
        addresses: Mapping[str, str] | None = None,
        keys: Mapping[str, str] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._mailto = check_mailto(mailto)
        self._keys = find_keys(keys)
        self._mask = Mask([*self._keys.values(), *([self._mailto] if self._mailto else [])])
        self._addresses = {
            name: check_address(name, given) for name, given in (addresses or {}).items()
        }
        self._offline, self._refresh, self._retry_failed = offline, refresh, retry_failed
        self._bounds = bounds or Bounds()
        self.notes: list[str] = []
        self._guard = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._refreshed: set[str] = set()
        self._paces: dict[str, Pace] = {}
        folder = cache_dir if cache_dir or self._addresses else default_folder()
        self._cache = AnswerCache(folder, lock_s=self._bounds.lock_s, note=self._say)
        self._slots = Slots(folder)
        self._session = _session(list(self._addresses.values()))
        self._filter = MaskingFilter(self._mask)
        logging.getLogger(_ADDRESS_LOG).addFilter(self._filter)

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self.close()

    def __repr__(self) -> str:
        """Tell what it is without keys and addresses of e-mail."""
        return f"Client(offline={self._offline}, refresh={self._refresh})"

    @property
    def counts(self) -> dict[str, int]:
        """Answers by state, how many of them were remembered, and requests that were sent."""
        with self._guard:
            return {name: self._counts[name] for name in (*STATES, "cached", "requests")}

    def close(self) -> None:
        """Close connections and the cache."""
        self._session.close()
        self._slots.close()
        self._cache.close()
        logging.getLogger(_ADDRESS_LOG).removeFilter(self._filter)

    def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        accept: str = "application/json",
    ) -> Answer:
        """Ask a service.

        Parameters
        ----------
        service : str
            Its name.
        path : str
            What follows its address, such as ``"/works/10.1000%2Fx"``; quoted where need be.
        params : mapping of str to str, optional
            The query. Keys and addresses of e-mail are added by the client.
        accept : str
            The type of content to ask for; JSON is decoded, all else is given as a text.

        Returns
        -------
        Answer
            What came of it.

        Raises
        ------
        UnknownNameError
            If there is no such service.
        OptionError
            If the path does not begin with ``/``.
        """
        return self._answer(question_of(service, path, params, accept=accept))

    def post(
        self, service: str, path: str, body: object, *, params: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask a service with a body of JSON, as for many works at once.

        Parameters
        ----------
        service, path : str
            As for ``get``.
        body : object
            What JSON can hold.
        params : mapping of str to str, optional
            As for ``get``.

        Returns
        -------
        Answer
            What came of it.

        Raises
        ------
        OptionError
            As for ``get``.
        """
        text = json.dumps(body, ensure_ascii=True, sort_keys=True)
        question = question_of(service, path, params, accept="application/json")
        return self._answer(replace(question, body=text))

    def _answer(self, question: Question) -> Answer:
        answer = self._remembered(question) or self._why_not(question)
        if answer is None:
            answer = self._ask_in_turn(question)
        with self._guard:
            self._counts[answer.state] += 1
            self._counts["cached"] += answer.is_cached
        return answer

    def _remembered(self, question: Question) -> Answer | None:
        key, name = question.key, question.service.name
        with self._guard:
            if self._refresh and not self._offline and key not in self._refreshed:
                return None
            is_to_be_retried = self._retry_failed and key not in self._refreshed
        kept = self._cache.get(key, any_age=self._offline)
        if kept is None or (kept.state == "failed" and is_to_be_retried and not self._offline):
            return None
        data = None
        if kept.state == "found":
            is_json = "json" in question.accept
            data = decode(kept.body, is_json=is_json, envelope=question.service.envelope)
            if isinstance(data, Fault):
                return None
        return Answer(name, kept.state, data, kept.reason, kept.status, kept.day, is_cached=True)

    def _why_not(self, question: Question) -> Answer | None:
        """Tell why a question is not to be asked at all."""
        service = question.service
        reason = ""
        if self._offline:
            reason = "not asked: offline, and no answer is remembered"
        elif service.needs_mailto and not self._mailto:
            reason = f"not asked: {service.name} wants an address of e-mail (mailto)"
        elif service.needs_key and service.name not in self._keys:
            reason = f"not asked: {service.name} wants a key"
        if reason:
            return Answer(service.name, "refused", reason=reason)
        return self._left_alone(service)

    def _left_alone(self, service: Service) -> Answer | None:
        here = self._pace(service).why_stopped()
        if here:
            return Answer(service.name, "failed", reason=f"not asked: {here}")
        shared = self._cache.stopped(service.name)
        if shared is None:
            return None
        return Answer(service.name, "refused", reason=f"not asked: {shared[1]}")

    def _ask_in_turn(self, question: Question) -> Answer:
        """Ask when it is its turn, unless somebody else asked the same in the meantime."""
        service, bounds = question.service, self._bounds
        number = int(question.key[:8], 16)
        slot = f"{service.name}-{number % self._pace(service).concurrency}"
        # processes may not have learnt the same number of places yet: the question has its own
        own = f"{service.name}-question-{number % _QUESTIONS}"
        longest = bounds.tries * (bounds.total_s + bounds.longest_wait_s)
        with self._slots.hold(own, longest) as is_own, self._slots.hold(slot, longest) as is_held:
            if not (is_own and is_held):
                reason = "not asked: another process has been asking for too long"
                return Answer(service.name, "failed", reason=reason)
            answer = self._remembered(question) or self._left_alone(service)
            return answer or self._ask(question)

    def _ask(self, question: Question) -> Answer:
        service, bounds = question.service, self._bounds
        pace = self._pace(service)
        count = 0
        while True:
            count += 1
            tried = self._try(question)
            fault, wait = tried.outcome, tried.wait_s
            if isinstance(fault, Answer):
                pace.forget_failures()
                return self._keep(question, fault, tried.body)
            if wait is not None and wait > bounds.longest_wait_s:
                return self._stop(service, wait, fault)
            kind = "busy" if wait is not None else fault.kind
            if count >= min(_TRIES.get(kind, 1), bounds.tries):
                return self._failed(question, fault, count)
            if fault.status == _TOO_MANY and wait is None:
                pace.slow_down()
            is_eager = kind in _EAGER and count == 1
            backoff = 0.0 if is_eager else bounds.backoff_s * 2 ** (count - 1)
            pace.pause(max(wait or 0.0, backoff))
            if wait:
                self._cache.pause(service.name, wait)

    def _failed(self, question: Question, fault: Fault, tries: int) -> Answer:
        service = question.service
        pace = self._pace(service)
        is_refused = fault.kind == "turned-away" or fault.status == _TOO_MANY
        if is_refused or fault.kind in {"unreachable", "tls"}:
            if pace.count_failure() >= self._bounds.failures:
                reason = f"{service.name} failed {self._bounds.failures} times in a row"
                pace.stop(self._bounds.pause_s, f"{reason}, the last time: {fault.reason}")
        else:
            pace.forget_failures()
        times = f" ({tries} tries)" if tries > 1 else ""
        state = "refused" if is_refused else "failed"
        reason = self._mask(fault.reason + times)
        answer = Answer(service.name, state, reason=reason, status=fault.status, date=fault.date)
        if fault.kind in _ANSWERED and not is_refused:
            self._remember(question, answer, b"")
        return answer

    def _stop(self, service: Service, seconds: float, fault: Fault) -> Answer:
        """Leave a service alone for as long as it asks, and say when to go on."""
        seconds = min(seconds, 7 * 86_400.0)
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        reason = (
            f"{service.name} asks to wait {seconds:,.0f} s; go on after {until:%Y-%m-%d %H:%M} UTC"
        )
        self._cache.stop(service.name, seconds, reason)
        return Answer(service.name, "refused", reason=reason, status=fault.status, date=fault.date)

    def _keep(self, question: Question, answer: Answer, body: bytes) -> Answer:
        day = answer.date or datetime.now(UTC).date().isoformat()
        answer = replace(answer, date=day)
        if answer.state in _REMEMBERED:
            self._remember(question, answer, self._mask(body.decode("utf-8", "replace")).encode())
        return answer

    def _remember(self, question: Question, answer: Answer, body: bytes) -> None:
        kept = Kept(answer.state, answer.status, answer.date, body, answer.reason)
        before = self._cache.get(question.key) if kept.state == "failed" else None
        if before is None or before.state == "failed":  # a good answer outlives a failure
            self._cache.put(question.key, answer.service, kept)
        if self._refresh or self._retry_failed:
            with self._guard:
                self._refreshed.add(question.key)

    def _try(self, question: Question) -> _Tried:
        """Send a question once, and follow where it leads."""
        service = question.service
        base = self._addresses.get(service.name, service.base)
        query = dict(question.params)
        if service.mailto_parameter and self._mailto:
            query[service.mailto_parameter] = self._mailto
        url = base + question.path + (f"?{urlencode(query)}" if query else "")
        for _ in range(self._bounds.redirects + 1):
            reply = self._send(question, url, with_key=origin(url) == origin(base))
            if isinstance(reply, Fault):
                return _Tried(reply)
            if reply.status not in _REDIRECTS:
                return self._read(question, reply)
            url = target(url, reply.headers.get("Location", ""))
            why = refusal(service, url, self._addresses.values()) or _redirected_post(question)
            if why:
                return _Tried(Fault("redirect", why, reply.status, reply.date))
        many = f"more than {self._bounds.redirects} redirects"
        return _Tried(Fault("redirect", many, reply.status, reply.date))

    def _read(self, question: Question, reply: Reply) -> _Tried:
        service = question.service
        read = read_reply(reply, accept=question.accept, envelope=service.envelope)
        if isinstance(read, Fault):
            return _Tried(read, wait_s=asked_wait(reply.headers))
        state, data = read
        reason = "" if state == "found" else f"HTTP {reply.status}"
        answer = Answer(service.name, state, data, reason, reply.status, reply.date)
        return _Tried(answer, reply.body if state == "found" else b"")

    def _send(self, question: Question, url: str, *, with_key: bool) -> Reply | Fault:
        service = self._host_of(url, question.service)
        pace = self._pace(service)
        shared = self._cache.reserve(service.name, pace.gap, 2 * self._bounds.longest_wait_s)
        time.sleep(pace.reserve(shared))
        pace.begin()
        with self._guard:
            self._counts["requests"] += 1
        try:
            with contextlib.closing(self._open(question, url, with_key=with_key)) as response:
                pace.learn(response.headers)
                body = self._body(response)
        except (urllib3.exceptions.HTTPError, OSError, HTTPException, ValueError) as error:
            return _fault_of(error)
        if isinstance(body, Fault):
            return replace(body, status=response.status_code)
        return Reply(response.status_code, response.headers, body)

    def _open(self, question: Question, url: str, *, with_key: bool) -> requests.Response:
        bounds, service = self._bounds, question.service
        headers = {
            "Accept": question.accept,
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": _user_agent(self._mailto),
        }
        if question.body is not None:
            headers["Content-Type"] = "application/json"
        if with_key and service.key_header and service.name in self._keys:
            headers[service.key_header] = service.key_prefix + self._keys[service.name]
        return self._session.request(
            "GET" if question.body is None else "POST",
            url,
            data=question.body,
            headers=headers,
            timeout=_timeout(bounds),
            stream=True,
            allow_redirects=False,
            proxies={"no_proxy": urlsplit(url).hostname or ""} if is_loopback(url) else None,
        )

    def _body(self, response: requests.Response) -> bytes | Fault:
        limit = self._bounds.body_bytes
        length = response.headers.get("Content-Length", "")
        if response.status_code in _REDIRECTS:
            if length.isdecimal() and int(length[:15]) <= _CHUNK:
                response.raw.read(_CHUNK, decode_content=False)  # so that it can be asked again
            return b""
        if length.isdecimal() and int(length[:15]) > limit:
            return Fault("large", f"the answer is larger than {limit:,} bytes")
        return unpack(_chunks(response), response.headers.get("Content-Encoding", ""), limit)

    def _host_of(self, url: str, service: Service) -> Service:
        """Find the service that an address belongs to: its own rate holds after a redirect."""
        place = origin(url)
        own = self._addresses.get(service.name, service.base)
        if place == origin(own):
            return service
        for other in SERVICES.values():
            if place == origin(self._addresses.get(other.name, other.base)):
                return other
        return service

    def _pace(self, service: Service) -> Pace:
        with self._guard:
            if service.name not in self._paces:
                has_key = service.name in self._keys
                limit = service.limit_for(mailto=bool(self._mailto), key=has_key)
                self._paces[service.name] = Pace(limit)
            return self._paces[service.name]

    def _say(self, note: str) -> None:
        note = self._mask(note)
        if note not in self.notes:
            self.notes.append(note)
            _logger.warning("%s", note)


def _redirected_post(question: Question) -> str:
    return "redirects a question that has a body" if question.body is not None else ""


def _user_agent(mailto: str | None) -> str:
    from nqp_biblio import __version__

    who = f"; mailto:{mailto}" if mailto else ""
    return f"nqp-biblio/{__version__} (bibliometric citation analysis{who})"


def _timeout(bounds: Bounds) -> Any:  # noqa: ANN401 - requests takes it, its types do not know it
    return urllib3.Timeout(connect=bounds.connect_s, read=bounds.total_s, total=bounds.total_s)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    while chunk := response.raw.read(_CHUNK, decode_content=False):
        yield chunk


class _TimedConnection(HTTPConnection):
    response_class = TimedResponse


class _TimedSafeConnection(HTTPSConnection):
    response_class = TimedResponse


class _TimedPool(HTTPConnectionPool):
    ConnectionCls = _TimedConnection


class _TimedSafePool(HTTPSConnectionPool):
    ConnectionCls = _TimedSafeConnection


class _Adapter(HTTPAdapter):
    """Sends each request once, and bounds the time of its whole answer."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Take connections that bound their time."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _TimedPool, "https": _TimedSafePool}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> urllib3.ProxyManager:  # noqa: ANN401
        """Take the same to a proxy."""
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = {"http": _TimedPool, "https": _TimedSafePool}
        return manager


class _Session(requests.Session):
    """Never looks where a redirect leads: the client does, and reads no body of one."""

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:  # noqa: ANN401
        """Follow nothing."""
        return iter(())


def _session(addresses: list[str]) -> requests.Session:
    """Make a session that knows https, and http for the given addresses alone."""
    session = _Session()
    session.adapters.clear()
    session.mount("https://", _Adapter(max_retries=0))
    for address in addresses:
        session.mount(address, _Adapter(max_retries=0))
    session.auth = _no_login  # or requests looks for one in .netrc
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


_CAUSES: tuple[tuple[type[BaseException], str, str], ...] = (
    (NameResolutionError, "unreachable", "its host has no address (DNS)"),
    (ConnectionRefusedError, "unreachable", "the connection was refused"),
    (IncompleteRead, "cut", "the answer was cut short"),
    (ConnectionResetError, "cut", "the connection was reset"),
    (urllib3.exceptions.ConnectTimeoutError, "unreachable", "no connection within the time"),
    (urllib3.exceptions.ReadTimeoutError, "timeout", "no whole answer within the time"),
    (TimeoutError, "timeout", "no whole answer within the time"),
    (requests.exceptions.SSLError, "tls", "its certificate is not trusted"),
    (requests.exceptions.ProxyError, "unreachable", "the proxy failed"),
    (urllib3.exceptions.ProtocolError, "cut", "the connection broke"),
    (requests.exceptions.ConnectionError, "unreachable", "no connection"),
)
_TLS_REASON = re.compile(r"certificate verify failed: ([a-z -]{3,60})", re.IGNORECASE)


def _fault_of(error: BaseException) -> Fault:
    """Tell what went wrong in words of our own: those of an error may hold the address."""
    chain = list(_chain(error))
    for kind_of, kind, reason in _CAUSES:
        if any(isinstance(link, kind_of) for link in chain):
            said = _TLS_REASON.search(str(error)) if kind == "tls" else None
            return Fault(kind, f"{reason}: {said[1].strip()}" if said else reason)
    return Fault("content", f"the answer cannot be read ({type(error).__name__})")


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        held = (*link.args, link.__cause__, link.__context__, getattr(link, "reason", None))
        waiting.extend(one for one in held if isinstance(one, BaseException))
