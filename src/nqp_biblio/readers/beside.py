"""Files that a paper names: looked for in its folder and the folders in it alone."""

from __future__ import annotations

from pathlib import Path

__all__ = ["file_beside"]


def file_beside(paper: str, name: str) -> Path | None:
    """Find a file that a paper names.

    Parameters
    ----------
    paper : str
        The path of the paper.
    name : str
        What it calls the other file, as a path from its folder.

    Returns
    -------
    Path or None
        The file; None where there is none, it lies outside of the folder of the paper (also by
        a link), or the name is none that a file can have.
    """
    folder = Path(paper).parent
    file = folder / name
    try:
        is_inside = file.resolve().is_relative_to(folder.resolve())
        return file if is_inside and file.is_file() else None
    except (ValueError, OSError, RuntimeError):  # NUL, too long, links that lead in a circle
        return None
