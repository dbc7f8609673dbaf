"""Addresses on the web: which may be asked, and which redirect is followed."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from nqp_biblio.errors import OptionError
from nqp_biblio.services.hosts import service_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.services.hosts import Service

__all__ = ["check_address", "is_loopback", "origin", "refusal", "target"]

_HTTPS = 443
_PORTS = {"https": _HTTPS, "http": 80}


def check_address(name: str, given: str) -> str:
    """Check an address that stands in for a service's own.

    Parameters
    ----------
    name, given : str
        The service, and the address.

    Returns
    -------
    str
        The address, without a slash at its end.

    Raises
    ------
    OptionError
        If it is neither https nor http on this machine.

    Examples
    --------
    >>> check_address("crossref", "http://127.0.0.1:8080/v1/")
    'http://127.0.0.1:8080/v1'
    """
    service_of(name)
    try:
        scheme, host, _ = origin(given)
    except ValueError:
        scheme, host = "", ""
    if not host or not (scheme == "https" or (scheme == "http" and is_loopback(given))):
        raise OptionError(f"the address of {name} is not https, nor http on this machine")
    return given.rstrip("/")


def origin(url: str) -> tuple[str, str, int]:
    """Tell scheme, host and port of an address.

    Parameters
    ----------
    url : str
        The address.

    Returns
    -------
    tuple of str, str and int
        In lower case; the port is 0 where none is known.

    Raises
    ------
    ValueError
        If it is no address.

    Examples
    --------
    >>> origin("https://API.crossref.org/v1")
    ('https', 'api.crossref.org', 443)
    """
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme, 0)
    return parts.scheme.lower(), (parts.hostname or "").lower(), port


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine.

    Parameters
    ----------
    url : str
        The address.

    Returns
    -------
    bool
        Whether its host is ``localhost`` or a loopback number.
    """
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def target(url: str, location: str) -> str:
    """Tell where a redirect leads.

    Parameters
    ----------
    url : str
        Who redirects.
    location : str
        Where to, as it says.

    Returns
    -------
    str
        The whole address; the location itself if it is none.

    Examples
    --------
    >>> target("https://doi.org/10.1000/x", "/10.1000/y")
    'https://doi.org/10.1000/y'
    """
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def refusal(service: Service, url: str, given: Iterable[str] = ()) -> str:
    """Tell why a redirect is not followed.

    Parameters
    ----------
    service : Service
        Who redirects.
    url : str
        Where to.
    given : iterable of str
        Addresses that the user gave, which may be redirected to.

    Returns
    -------
    str
        The reason, without the path and query, which may hold a key; empty if it is followed:
        https on its usual port, to a host in the table of services.

    Examples
    --------
    >>> refusal(service_of("doi"), "https://api.crossref.org/v1/works/10.1000%2Fx/transform")
    ''
    >>> refusal(service_of("doi"), "http://192.168.1.1/")
    'redirects to http:192.168.1.1, where this is not followed'
    """
    try:
        scheme, host, port = origin(url)
        parts = urlsplit(url)
        has_user = bool(parts.username or parts.password)
    except ValueError:
        return "redirects to what is no address"
    if (scheme, host, port) in {origin(address) for address in given} and not has_user:
        return ""
    allowed = {urlsplit(service.base).hostname, *service.hosts}
    if scheme == "https" and host in allowed and port == _HTTPS and not has_user:
        return ""
    shown = re.sub(r"[^a-z0-9.:+-]", "?", f"{scheme}:{host}")[:80]
    return f"redirects to {shown}, where this is not followed"
