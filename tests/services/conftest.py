"""What the tests of the services share: servers on this machine, and clients that know no other."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from faulty_server import FaultyServer
from nqp_biblio.services.client import Bounds, Client
from nqp_biblio.services.hosts import SERVICES
from served import trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import trustme

FAST = Bounds(
    connect_s=1.0, total_s=0.4, backoff_s=0.005, longest_wait_s=1.2, body_bytes=500_000, lock_s=0.1
)
QUICK = {
    "X-Rate-Limit-Limit": "500",
    "X-Rate-Limit-Interval": "1s",
    "X-Concurrency-Limit": "1",
}


class MakeClient(Protocol):
    """Makes a client for the server; options replace what is set."""

    def __call__(self, *, is_new: bool = False, **options: Any) -> Client:
        """Make one."""


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the user's keys, cache and proxies out of the tests."""
    variables = {name for service in SERVICES.values() for name in service.key_variables}
    proxies = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}
    for name in variables | proxies | {name.lower() for name in proxies}:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NQP_BIBLIO_KEYS", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("NQP_BIBLIO_CACHE", str(tmp_path / "user-cache"))


@pytest.fixture(autouse=True)
def served_clients(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let served clients trust their server, and close them at the end."""
    bundle = tmp_path / "served.pem"
    clients = trust(bundle)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    yield
    for client in clients.values():
        client.close()
    clients.clear()


@pytest.fixture
def web() -> Iterator[FaultyServer]:
    """Give a server that lets itself be asked 500 times a second, one at a time."""
    with FaultyServer(headers=dict(QUICK)) as server:
        yield server


@pytest.fixture
def make_client(web: FaultyServer, tmp_path: Path) -> Iterator[MakeClient]:
    """Give what makes clients of the server `web`, quick to give up; they are closed at the end.

    They know beforehand how fast the server lets itself be asked, unless ``is_new``.
    """
    made: list[Client] = []

    def make(*, is_new: bool = False, **options: Any) -> Client:
        usual = {
            "addresses": dict.fromkeys(SERVICES, web.url),
            "cache_dir": tmp_path / "cache",
            "bounds": FAST,
        }
        client = Client(**{**usual, **options})
        made.append(client)
        for service in () if is_new else SERVICES.values():
            client._pace(service).learn(QUICK)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def authority() -> trustme.CA:
    """Give an authority made for this test, which only those told of it trust."""
    made: trustme.CA = pytest.importorskip("trustme").CA()
    return made


@pytest.fixture
def safe_web(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[..., FaultyServer]]:
    """Give what makes servers that speak TLS with certificates of the authority, now trusted."""
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    servers: list[FaultyServer] = []

    def make(**options: Any) -> FaultyServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        names = options.pop("names", ["127.0.0.1"])
        authority.issue_cert(*names, **options).configure_cert(context)
        servers.append(FaultyServer(context=context, headers=dict(QUICK)))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()
