"""What a format of networks is: how it is told, written and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nqp_biblio.networks.drafts import NetworkDraft
    from nqp_biblio.networks.network import Network
    from nqp_biblio.readers.source import Source

__all__ = ["NetworkFormat", "one_file"]


@dataclass(frozen=True)
class NetworkFormat:
    """A format of networks.

    Attributes
    ----------
    name, title : str
        How it is called for ``format=``, and for people.
    suffixes : tuple of str
        Endings of its files.
    files : callable
        Gives the texts of the files, by path, for a network and the path that is asked for;
        that path is one of them.
    matches : callable
        Tells a file by its content.
    read : callable
        Reads a file, and those beside it that belong to it.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    files: Callable[[Network, Path], dict[Path, str]]
    matches: Callable[[Source], bool]
    read: Callable[[Source], NetworkDraft]


def one_file(write: Callable[[Network], str]) -> Callable[[Network, Path], dict[Path, str]]:
    """Make of a function that writes a text one that writes a file."""
    return lambda net, path: {path: write(net)}
