"""XML files of networks, through the one door to XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import elements
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from nqp_biblio.networks.drafts import NetworkDraft
    from nqp_biblio.readers.source import Source

__all__ = ["default_direction", "root_of", "walk"]

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(graphml|gexf)(?=[\s>])")
_MENDED = (
    "control characters",
    "the DOCTYPE declares entities",
    "an & that begins no entity",
    "declares the encoding",
)
"""How the problems of XML begin that are mended without a loss of nodes or edges."""


def root_of(source: Source) -> str:
    """Name the root of a file of a network; empty for any other."""
    if not source.head.lstrip().startswith("<"):
        return ""
    found = _ROOT.search(source.head)
    return found[1] if found else ""


def default_direction(source: Source, attribute: str) -> bool:
    """Whether the edges of a graph have a direction where nothing else is said."""
    found = re.search(rf"\b{attribute}\s*=\s*[\"'](\w+)", source.head)
    return found is not None and found[1].lower() == "directed"


def walk(
    source: Source, draft: NetworkDraft, tags: Sequence[str]
) -> Iterator[tuple[int, _Element]]:
    """Yield elements with their lines; each is gone when the next one is read.

    Raises
    ------
    InputError
        If the file is broken, or an element of one name stands inside another.
    """
    for found in elements(source, tags):
        if isinstance(found, Problem):
            if not found.reason.startswith(_MENDED):
                raise draft.error(found.reason, found.line)
            draft.notes.append(f"line {found.line}: {found.reason}")
        else:
            yield found
