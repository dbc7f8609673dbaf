"""One citation marker in a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Marker"]


@dataclass(frozen=True, slots=True)
class Marker:
    """One citation marker.

    Attributes
    ----------
    start, end : int
        Where it stands in its paragraph.
    labels : tuple of str
        Labels of the references that it names.
    unknown : tuple of str
        One reason for each name or number that the list has not.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    unknown: tuple[str, ...] = ()
