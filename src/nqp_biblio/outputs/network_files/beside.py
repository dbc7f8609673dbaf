"""Files that belong together: how the one beside another is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.source import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nqp_biblio.readers.source import Source

__all__ = ["found_beside", "partner"]


def partner(path: Path, own: str, other: str) -> Path | None:
    """Name the file whose stem ends otherwise; None where the stem does not end in `own`.

    Examples
    --------
    >>> from pathlib import Path
    >>> partner(Path("joi_map.txt"), "map", "network").name
    'joi_network.txt'
    """
    if not path.stem.lower().endswith(own):
        return None
    return path.with_name(path.stem[: len(path.stem) - len(own)] + other + path.suffix)


def found_beside(source: Source, names: Sequence[Path | None]) -> Path | None:
    """Return the first file that there is; none beside the standard input."""
    if source.name in (STDIN, "<stdin>"):
        return None
    return next((path for path in names if path is not None and path.is_file()), None)
