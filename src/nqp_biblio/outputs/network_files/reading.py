"""Read a file of a network, whichever format it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownFormatError, UnknownNameError
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.form import NetworkFormat

__all__ = ["is_network_file", "read_network"]


def read_network(path: str | Path, *, format: str | None = None) -> Network:  # noqa: A002
    """Read a network that this or another program wrote.

    Parameters
    ----------
    path : str or Path
        The file. Of VOSviewer's map and network, of tables of edges and nodes, and of
        Pajek's network, partition and vectors one is enough: those beside it are read too.
    format : str, optional
        csv, gexf, gml, graphml, pajek, vosviewer or vosviewer-text. Told by the content
        where not given.

    Returns
    -------
    Network
        With all values of nodes and edges as columns; ``weight<…>`` of VOSviewer keeps that
        name, ``score<…>`` is the column of what stands in the brackets. ``manifest["notes"]``
        lists what was changed or is missing. There is no corpus, so that ``evidence`` ends in
        an error.

    Raises
    ------
    InputError
        If the file is broken, with file and line, or not there.
    UnknownFormatError
        If no format knows the content.
    UnknownNameError
        If there is no such format.

    Examples
    --------
    >>> net = nb.read_network("joi_map.txt")  # doctest: +SKIP
    >>> nb.write(nb.lay_out(net), "joi.gexf")  # doctest: +SKIP
    """
    if format is not None and format not in NETWORK_FORMATS:
        raise UnknownNameError("format of a network", format, NETWORK_FORMATS)
    source = Source(path)
    found = NETWORK_FORMATS[format] if format is not None else _format_of(source)
    if found is None:
        known = ", ".join(NETWORK_FORMATS)
        raise UnknownFormatError(f"{source.name}: no network that is known; formats: {known}")
    return found.read(source).network()


def is_network_file(source: Source) -> bool:
    """Whether a file holds a network."""
    return _format_of(source) is not None


def _format_of(source: Source) -> NetworkFormat | None:
    """Tell the format by the content."""
    return next((form for form in NETWORK_FORMATS.values() if form.matches(source)), None)
