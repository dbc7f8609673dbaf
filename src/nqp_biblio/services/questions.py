"""What is asked of a service, without keys and addresses of e-mail, and how it is named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from nqp_biblio.errors import OptionError
from nqp_biblio.services.hosts import service_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nqp_biblio.services.hosts import Service

__all__ = ["Question", "question_of"]

_SECRET_NAMES = frozenset({"mailto", "email", "api_key", "apikey", "key", "token", "access_token"})
_SAFE = "/%:;()!$&'*+,=@~"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, without keys and addresses of e-mail."""

    service: Service
    path: str
    params: tuple[tuple[str, str], ...]
    accept: str
    body: str | None = None

    @property
    def key(self) -> str:
        """Under which the answer is remembered."""
        parts = (self.service.name, self.path, self.params, self.accept, self.body)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def question_of(name: str, path: str, params: Mapping[str, str] | None, *, accept: str) -> Question:
    """Make a question.

    Parameters
    ----------
    name, path : str
        The service, and what follows its address; quoted where need be.
    params : mapping of str to str, optional
        The query; keys and addresses of e-mail in it are left out.
    accept : str
        The type of content to ask for.

    Returns
    -------
    Question
        The same for the same query in another order.

    Raises
    ------
    UnknownNameError
        If there is no such service.
    OptionError
        If the path does not begin with ``/``.
    """
    service = service_of(name)
    if not path.startswith("/"):
        raise OptionError(f"the path {path!r} does not begin with '/'")
    pairs = ((key, str(text)) for key, text in (params or {}).items())
    public = sorted(pair for pair in pairs if pair[0].lower() not in _SECRET_NAMES)
    return Question(service, quote(path, safe=_SAFE, errors="replace"), tuple(public), accept)
