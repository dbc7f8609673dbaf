"""Addresses: which redirect is followed, and which is not."""

from __future__ import annotations

import pytest

from nqp_biblio.services.addresses import is_loopback, refusal
from nqp_biblio.services.hosts import SERVICES

DOI = SERVICES["doi"]


@pytest.mark.parametrize(
    "url",
    [
        "https://api.crossref.org/v1/works/10.1000%2Fx/transform",
        "https://api.crossref.org:443/works/10.1000/x/transform",
        "https://data.crosscite.org/10.1000/x",
        "https://DOI.org/10.1000/x",
    ],
)
def test_followed(url: str) -> None:
    """Redirects by https to the agencies' hosts are followed."""
    assert refusal(DOI, url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://api.crossref.org/",
        "http://122.115.55.36:8000/",
        "https://api.crossref.org:8443/",
        "https://api.crossref.org.example.org/",
        "https://api.crossref.org@example.org/",
        "https://user:word@api.crossref.org/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://localhost/",
        "file:///etc/passwd",
        "ftp://api.crossref.org/",
        "data:application/json,{}",
        "javascript:alert(1)",
        "https://[::1",
        "https://api.crossref.org:99999/",
        "",
        "//",
    ],
)
def test_not_followed(url: str) -> None:
    """All others are not, and the reason shows nothing of path, query or login."""
    reason = refusal(DOI, url)
    assert reason.startswith("redirects to ")
    assert "word" not in reason
    assert "passwd" not in reason


def test_given_addresses_are_followed() -> None:
    """An address that the user gave may be redirected to, and no other port of its host."""
    given = ["http://127.0.0.1:8080/v1"]
    assert refusal(DOI, "http://127.0.0.1:8080/x", given) == ""
    assert refusal(DOI, "http://127.0.0.1:8081/x", given)
    assert refusal(DOI, "http://a:b@127.0.0.1:8080/x", given)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:1/", True),
        ("http://127.3.2.1/", True),
        ("http://[::1]/", True),
        ("http://localhost.example.org/", False),
        ("http://10.0.0.1/", False),
        ("http://", False),
    ],
)
def test_loopback(url: str, *, expected: bool) -> None:
    """The machine itself is known by its name and its numbers."""
    assert is_loopback(url) is expected
