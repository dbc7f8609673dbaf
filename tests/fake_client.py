"""A client that answers from a table, for tests of what is asked and how answers are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nqp_biblio.services.answers import Answer
from nqp_biblio.services.client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FakeClient", "Pages"]


class FakeClient(Client):
    """Answers each path from a table, and remembers what it was asked.

    A value of the table is what the JSON of the answer holds, a list of several answers for
    one asking after another, or an Answer where it is no good one.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = dict(table)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.bodies: list[Any] = []
        self.accepted: list[str] = []

    def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        accept: str = "application/json",
    ) -> Answer:
        """Answer a path; one that is not in the table is not found."""
        self.asked.append((service, path, dict(params or {})))
        self.accepted.append(accept)
        if path not in self.table:
            return Answer(service, "not-found", status=404, date="2026-11-24")
        value = self.table[path]
        if isinstance(value, Pages):
            value = value.pop(0)
        if isinstance(value, Answer):
            return value
        data = json.loads(json.dumps(value))
        return Answer(service, "found", data, status=200, date="2026-11-24")

    def post(
        self, service: str, path: str, body: object, *, params: Mapping[str, str] | None = None
    ) -> Answer:
        """Answer a path, and remember the body."""
        self.bodies.append(body)
        return self.get(service, path, params)


class Pages(list[Any]):
    """Answers that one path gives one after another."""
