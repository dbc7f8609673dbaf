"""How fast a service is asked, learnt from its answers, and how long anything may take."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.services.answers import http_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nqp_biblio.services.hosts import Limit

__all__ = ["Bounds", "Pace", "asked_wait"]

_MARGIN = 1.05  # what leaves evenly spaced does not arrive so
_FASTEST, _SLOWEST = 1000.0, 0.05
_MOST_AT_ONCE = 16
_FASTER = 1.1
_SECONDS = re.compile(r"\s*(\d{1,9}(?:\.\d{1,6})?)\s*")
_INTERVAL = re.compile(r"\s*(\d{1,6})\s*(ms|s|m|h)?\s*")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, None: 1.0}
_TRUSTED_CLOCK = 1_000_000_000.0  # seconds since 1970; less is a span of time


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one question may cost.

    Parameters
    ----------
    connect_s, total_s : float
        Seconds until connected, and until the whole reply is there, however slowly it drips.
    tries : int
        Most requests for one question.
    backoff_s : float
        Wait before the second try where the service names none; it doubles at each try.
    longest_wait_s : float
        A service that asks to wait longer is left alone until then.
    body_bytes : int
        Most bytes of a body, unpacked.
    redirects : int
        Most redirects of one request.
    failures : int
        So many questions in a row that nothing answered, or that were turned away, and the
        service is left alone for `pause_s`.
    pause_s : float
        See `failures`.
    lock_s : float
        Longest wait for a cache that another process has locked.
    """

    connect_s: float = 10.0
    total_s: float = 30.0
    tries: int = 4
    backoff_s: float = 0.25
    longest_wait_s: float = 60.0
    body_bytes: int = 10_000_000
    redirects: int = 5
    failures: int = 5
    pause_s: float = 60.0
    lock_s: float = 5.0


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Read how long a service asks to be left alone.

    Parameters
    ----------
    headers : mapping of str to str
        The headers of its reply: Retry-After in seconds or as a date. A date is taken against
        the service's own clock where it tells it, so that a wrong clock here does no harm.

    Returns
    -------
    float or None
        Seconds, 0 or more; None if it does not say.

    Examples
    --------
    >>> asked_wait({"Retry-After": "120"})
    120.0
    >>> asked_wait({"Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT",
    ...             "Date": "Tue, 24 Nov 2026 12:00:00 GMT"})
    30.0
    """
    given = headers.get("Retry-After", "")
    if match := _SECONDS.fullmatch(given):
        return float(match[1])
    until = http_date(given)
    if until is None:
        return _until_reset(headers)
    now = http_date(headers.get("Date", ""))
    return max(0.0, until.timestamp() - (now.timestamp() if now else time.time()))


def _until_reset(headers: Mapping[str, str]) -> float | None:
    """Where the budget is spent: the time until there is a new one."""
    spent = any(
        _number(headers.get(name, "")) == 0
        for name in ("X-RateLimit-Remaining", "X-RateLimit-Remaining-USD")
    )
    reset = _number(headers.get("X-RateLimit-Reset", "")) if spent else None
    if reset is None:
        return None
    return max(0.0, reset - time.time()) if reset > _TRUSTED_CLOCK else reset


def _number(text: str) -> float | None:
    match = re.fullmatch(r"\s*(\d{1,12}(?:\.\d{1,12})?)\s*", text)
    return float(match[1]) if match else None


class Pace:
    """Spaces the requests to one service evenly, in all threads of this process.

    Parameters
    ----------
    limit : Limit
        What is documented; the service's own headers change it.
    """

    def __init__(self, limit: Limit) -> None:
        self._lock = threading.Lock()
        self._last = self._paused_until = 0.0
        self._rate, self._concurrency = limit
        self._agreed = limit.rate
        self._failures = 0
        self._stopped_until = 0.0
        self._stopped_for = ""

    @property
    def gap(self) -> float:
        """Seconds between two requests."""
        return _MARGIN / self._rate

    @property
    def rate(self) -> float:
        """Requests per second, as learnt."""
        return self._rate

    @property
    def concurrency(self) -> int:
        """Requests at the same time, as learnt."""
        return self._concurrency

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over the rate that a reply names.

        Parameters
        ----------
        headers : mapping of str to str
            X-Rate-Limit-Limit and -Interval, X-Concurrency-Limit; what is no number is not heeded.
        """
        limit = _number(headers.get("X-Rate-Limit-Limit", ""))
        interval = _INTERVAL.fullmatch(headers.get("X-Rate-Limit-Interval", ""))
        at_once = _number(headers.get("X-Concurrency-Limit", ""))
        with self._lock:
            if limit and interval and int(interval[1]):
                rate = limit / (int(interval[1]) * _UNITS[interval[2]])
                self._rate = self._agreed = min(max(rate, _SLOWEST), _FASTEST)
            if at_once:
                self._concurrency = max(1, min(int(at_once), _MOST_AT_ONCE))

    def reserve(self, at_least: float = 0.0) -> float:
        """Take the next place in the row.

        Parameters
        ----------
        at_least : float
            Seconds that other processes ask to wait.

        Returns
        -------
        float
            Seconds to wait before the request.
        """
        with self._lock:
            now = time.monotonic()
            start = max(now + at_least, self._last + self.gap, self._paused_until)
            self._last = start
            return start - now

    def begin(self) -> None:
        """Begin a request, which may be later than it was to be."""
        with self._lock:
            self._last = max(self._last, time.monotonic())

    def pause(self, seconds: float) -> None:
        """Let nobody ask for some seconds."""
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    def slow_down(self) -> None:
        """Ask half as fast, after a service said that it was too much."""
        with self._lock:
            self._rate = max(self._rate / 2, _SLOWEST)

    def stop(self, seconds: float, reason: str) -> None:
        """Leave the service alone; questions are refused until then."""
        with self._lock:
            self._stopped_until = time.monotonic() + seconds
            self._stopped_for = reason

    def why_stopped(self) -> str:
        """Tell why the service is left alone now; empty if it is not."""
        with self._lock:
            return self._stopped_for if time.monotonic() < self._stopped_until else ""

    def count_failure(self) -> int:
        """Count one more question in a row that nothing answered."""
        with self._lock:
            self._failures += 1
            return self._failures

    def forget_failures(self) -> None:
        """Begin to count anew, as something answered, and ask a little faster again."""
        with self._lock:
            self._failures = 0
            self._rate = min(self._rate * _FASTER, self._agreed)
