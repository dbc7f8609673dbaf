"""Which distributions the project needs, directly or through others."""

from __future__ import annotations

from importlib import metadata
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "nqp-biblio"
EXTRAS = ("iso4", "spark", "pdf", "text", "zh")
"""Extras that an installed development environment has; igraph is left to the user."""


class Need(NamedTuple):
    """A distribution with what asks for it: the core, an extra, or development."""

    name: str
    version: str
    asked_by: str


def needs(parts: tuple[str, ...]) -> list[Need]:
    """Return all that some parts need, each once, under the first part that asks for it.

    Parameters
    ----------
    parts : tuple of str
        ``core`` and names of extras, the most important first.

    Returns
    -------
    list of Need
        Sorted by name; what is not installed here is left out.
    """
    found: dict[str, Need] = {}
    for part in parts:
        extra = "" if part == "core" else part
        _walk(PROJECT, extra, part, found, set())
    found.pop(PROJECT, None)
    return sorted(found.values())


def _walk(
    name: str, extra: str, part: str, found: dict[str, Need], seen: set[tuple[str, str]]
) -> None:
    """Take a distribution and what it requires."""
    if (name, extra) in seen:
        return
    seen.add((name, extra))
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    found.setdefault(name, Need(name, distribution.version, part))
    for line in distribution.requires or []:
        required = Requirement(line)
        if required.marker is not None and not required.marker.evaluate({"extra": extra}):
            continue
        # of the project itself an extra asks for its own lines alone
        if name == PROJECT and extra and "extra ==" not in line:
            continue
        for wanted in ("", *sorted(required.extras)):
            _walk(canonicalize_name(required.name), wanted, part, found, seen)
