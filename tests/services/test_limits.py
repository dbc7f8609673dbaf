"""Rates and waits: learnt from headers, whatever these say."""

from __future__ import annotations

import datetime as dt
import time
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.services.hosts import SERVICES, Limit
from nqp_biblio.services.limits import Pace, asked_wait


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": " 7 "}, 7.0),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "1e9"}, None),
        ({"Retry-After": "9" * 400}, None),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "30"}, 30.0),
        ({"X-RateLimit-Remaining-USD": "0.0", "X-RateLimit-Reset": "30"}, 30.0),
        ({"X-RateLimit-Remaining": "1", "X-RateLimit-Reset": "30"}, None),
        ({"X-RateLimit-Remaining": "0"}, None),
    ],
)
def test_asked_wait(headers: dict[str, str], seconds: float | None) -> None:
    """A wait is read where there is one, and never less than nothing."""
    assert asked_wait(headers) == seconds


@pytest.mark.parametrize("seconds", [-100, 0, 45])
def test_wait_until_a_date(seconds: int) -> None:
    """A date is taken against the service's clock, and against ours where it tells none."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    until = format_datetime(now + dt.timedelta(seconds=seconds), usegmt=True)
    expected = max(0, seconds)
    assert asked_wait({"Retry-After": until, "Date": format_datetime(now, usegmt=True)}) == expected
    assert asked_wait({"Retry-After": until}) == pytest.approx(expected, abs=5)


def test_wait_until_a_moment() -> None:
    """The moment of a new budget may be given in seconds since 1970."""
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 90)}
    assert asked_wait(headers) == pytest.approx(90, abs=5)


@pytest.mark.parametrize(
    ("limit", "interval", "rate"),
    [
        ("5", "1s", 5.0),
        ("50", "1s", 50.0),
        ("120", "1m", 2.0),
        ("2", "500ms", 4.0),
        ("3600", "1h", 1.0),
        ("10", "2", 5.0),
        ("999999", "1s", 1000.0),
        ("1", "999999s", 0.05),
        ("0", "1s", 3.0),
        ("5", "0s", 3.0),
        ("x", "1s", 3.0),
        ("5", "", 3.0),
        ("5", "1 week", 3.0),
    ],
)
def test_learn(limit: str, interval: str, rate: float) -> None:
    """A rate is learnt from any sensible unit, within bounds; nonsense changes nothing."""
    pace = Pace(Limit(3.0, 1))
    pace.learn({"X-Rate-Limit-Limit": limit, "X-Rate-Limit-Interval": interval})
    assert pace.rate == rate


@given(st.dictionaries(st.sampled_from(["Retry-After", "X-Rate-Limit-Limit",
    "X-Rate-Limit-Interval", "X-Concurrency-Limit", "Date", "X-RateLimit-Remaining",
    "X-RateLimit-Reset"]), st.text(max_size=40)))  # fmt: skip
def test_any_header(headers: dict[str, str]) -> None:
    """No header, whatever is in it, is an exception or a wait that is none."""
    pace = Pace(Limit(3.0, 1))
    pace.learn(headers)
    wait = asked_wait(headers)
    assert wait is None or wait >= 0
    assert 0.05 <= pace.rate <= 1000
    assert 1 <= pace.concurrency <= 16


def test_even_spacing() -> None:
    """Requests are spaced evenly, so that no span of time has more of them than allowed."""
    pace = Pace(Limit(10.0, 1))
    waits = [pace.reserve() for _ in range(5)]
    assert waits[0] == 0
    assert waits[4] == pytest.approx(4 * 0.105, abs=0.05)


def test_slower_and_faster() -> None:
    """After too much a service is asked half as fast, and then by and by as before."""
    pace = Pace(Limit(8.0, 1))
    pace.slow_down()
    assert pace.rate == 4.0
    pace.forget_failures()
    assert 4.0 < pace.rate < 8.0
    for _ in range(20):
        pace.forget_failures()
    assert pace.rate == 8.0


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_table_of_services(service: object) -> None:
    """Each service is asked by https, slowly enough, and faster only for who gives something."""
    from nqp_biblio.services.hosts import Service

    assert isinstance(service, Service)
    assert service.base.startswith("https://")
    assert not service.base.endswith("/")
    plain = service.limit_for(mailto=False, key=False)
    for mailto, key in ((True, False), (False, True), (True, True)):
        better = service.limit_for(mailto=mailto, key=key)
        assert plain.rate <= better.rate <= 10
        assert plain.concurrency <= better.concurrency <= 3
    assert service.key_header or not service.key_variables
