"""Keys and addresses of e-mail: where they are found, and how they are kept out of sight."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from nqp_biblio.errors import OptionError
from nqp_biblio.services.hosts import SERVICES, service_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Mask", "MaskingFilter", "check_mailto", "find_keys", "keys_file"]

_HIDDEN = "***"
_KEY = re.compile(r"[!-~]{1,2000}")
_MAILTO = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_SHORTEST_SECRET = 4


def keys_file() -> Path:
    """Tell where the file of keys is.

    Returns
    -------
    Path
        What NQP_BIBLIO_KEYS names, else ``nqp-biblio/keys.toml`` in the folder of settings. It
        has a line for each key, such as ``openalex = "..."``.
    """
    given = os.environ.get("NQP_BIBLIO_KEYS")
    if given:
        return Path(given)
    folder = os.environ.get("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME")
    return (Path(folder) if folder else Path.home() / ".config") / "nqp-biblio" / "keys.toml"


def find_keys(given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Find the keys of all services.

    Parameters
    ----------
    given : mapping of str to str, optional
        Keys by name of service. Where they are given, nothing else is looked at.

    Returns
    -------
    dict
        Keys by name of service: of the environment, else of the file of keys.

    Raises
    ------
    OptionError
        If others can read the file of keys, or it is none, or a key cannot be one. The message
        has no key in it.
    """
    found = dict(given) if given is not None else _from_file(keys_file()) | _from_environment()
    for name, key in found.items():
        service_of(name)
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise OptionError(f"the key of {name} is not one: blanks, signs or nothing in it")
    return found


def check_mailto(mailto: str | None) -> str | None:
    """Refuse what is no address of e-mail.

    Parameters
    ----------
    mailto : str or None
        The address.

    Returns
    -------
    str or None
        The same; None for a blank one.

    Raises
    ------
    OptionError
        If it is none. The message does not repeat it.

    Examples
    --------
    >>> check_mailto("nobody")
    Traceback (most recent call last):
    nqp_biblio.errors.OptionError: mailto is no address of e-mail; give one such as name@example.org
    """
    if not mailto or not mailto.strip():
        return None
    if not _MAILTO.fullmatch(mailto.strip()):
        raise OptionError("mailto is no address of e-mail; give one such as name@example.org")
    return mailto.strip()


class Mask:
    """Hides secrets in texts.

    Parameters
    ----------
    secrets : iterable of str
        What nobody shall read; also hidden where it is quoted as in an address.

    Examples
    --------
    >>> Mask(["me@example.org"])("/10.1/x?email=me%40example.org")
    '/10.1/x?email=***'
    """

    __slots__ = ("_forms",)

    def __init__(self, secrets: Iterable[str]) -> None:
        long = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]
        forms = {form for secret in long for form in (secret, quote(secret), quote_plus(secret))}
        forms |= {quote(secret, safe="") for secret in long}
        self._forms = sorted(forms, key=lambda form: (-len(form), form))

    def __call__(self, text: str) -> str:
        """Give the text without the secrets."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, _HIDDEN)
        return text

    def __repr__(self) -> str:
        """Tell nothing of the secrets."""
        return f"Mask(of {len(self._forms)} texts)"


class MaskingFilter(logging.Filter):
    """Keeps secrets out of a log that shows addresses.

    Parameters
    ----------
    mask : Mask
        Hides them.
    """

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, without the secrets."""
        record.msg, record.args = self._mask(record.getMessage()), ()
        return True


def _from_environment() -> dict[str, str]:
    found: dict[str, str] = {}
    for service in SERVICES.values():
        for variable in service.key_variables:
            key = os.environ.get(variable, "").strip()
            if key:
                found.setdefault(service.name, key)
    return found


def _from_file(path: Path) -> dict[str, str]:
    try:
        state = path.stat()
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise OptionError(f"{path}: the file of keys cannot be read: {error.strerror}") from None
    if sys.platform != "win32" and stat.S_IMODE(state.st_mode) & 0o077:
        mode = f"{stat.S_IMODE(state.st_mode):04o}"
        raise OptionError(f"{path}: others can read the keys (mode {mode}); chmod 600 it")
    return _parse(path, text)


def _parse(path: Path, text: bytes) -> dict[str, str]:
    try:
        content = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # What the parser says may hold a part of a key.
        raise OptionError(
            f'{path}: not a file of keys; lines are such as openalex = "..."'
        ) from None
    keys = content.get("keys", content)
    if not isinstance(keys, dict):
        raise OptionError(f"{path}: not a file of keys; [keys] is no table")
    return dict(keys)
