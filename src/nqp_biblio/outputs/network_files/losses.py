"""What a format does not keep of a network: it is written, read back and compared."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.outputs.files import write_text
from nqp_biblio.outputs.kept import Loss
from nqp_biblio.outputs.network_files.reading import read_network
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS
from nqp_biblio.outputs.network_files.values import values_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from nqp_biblio.networks.network import Network

__all__ = ["compare_networks", "network_losses"]

_ABOUT = ("kind", "of", "directed")


def network_losses(net: Network, format: str) -> list[Loss]:  # noqa: A002
    """Tell what a format does not keep of a network.

    Parameters
    ----------
    net : Network
        The network.
    format : str
        A format of networks that is read and written, such as pajek.

    Returns
    -------
    list of Loss
        One for each of ``network`` (kind, of, directed), ``nodes`` (id, label, further
        columns) and ``edges`` (the pairs, weight, further columns) that does not come back,
        with the number of values that change; in part where some come back. The corpus and
        the manifest are in no file.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    OptionError
        If the format cannot hold a value of the network at all.

    Notes
    -----
    The network is written to a temporary folder and read back, which takes as long as both.

    Examples
    --------
    >>> [loss.name for loss in nb.network_losses(net, "pajek")]  # doctest: +SKIP
    ['network.kind', 'network.of', 'edges.similarity']
    """
    if format not in NETWORK_FORMATS:
        raise UnknownNameError("format of a network", format, NETWORK_FORMATS)
    form = NETWORK_FORMATS[format]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"net{form.suffixes[0]}"
        for file, text in form.files(net, path).items():
            write_text(file, text)
        return compare_networks(net, read_network(path, format=format))


def compare_networks(net: Network, other: Network) -> list[Loss]:
    """Tell which values of a network another one does not have.

    Parameters
    ----------
    net, other : Network
        The networks. Nodes are compared in their order, edges by their ends. Cluster 0 is
        no cluster.

    Returns
    -------
    list of Loss
        In order: the network, columns of nodes, columns of edges.
    """
    found = [
        Loss("network", name, 1) for name in _ABOUT if getattr(net, name) != getattr(other, name)
    ]
    ours, theirs = _nodes(net), _nodes(other)
    found += _compared("nodes", ours, theirs, range(net.n_nodes))
    ours, theirs = _edges(net), _edges(other)
    return found + _compared("edges", ours, theirs, list(ours["pair"]))


def _nodes(net: Network) -> dict[str, dict[Hashable, Any]]:
    """Return the values of nodes by column and place."""
    columns: dict[str, Sequence[Any]] = {"id": net.ids.tolist(), "label": net.labels}
    columns |= {name: values_of(column) for name, column in net.node_columns.items()}
    if "cluster" in columns:
        columns["cluster"] = [value or None for value in columns["cluster"]]
    return {name: dict(enumerate(values)) for name, values in columns.items()}


def _edges(net: Network) -> dict[str, dict[Hashable, Any]]:
    """Return the values of edges by column and ends."""
    ends = list(zip(net.source.tolist(), net.target.tolist(), strict=True))
    columns: dict[str, Sequence[Any]] = {"pair": ends, "weight": net.weight.tolist()}
    columns |= {name: values_of(column) for name, column in net.edge_columns.items()}
    return {name: dict(zip(ends, values, strict=True)) for name, values in columns.items()}


def _compared(
    table: str,
    ours: Mapping[str, Mapping[Hashable, Any]],
    theirs: Mapping[str, Mapping[Hashable, Any]],
    keys: Sequence[Hashable],
) -> list[Loss]:
    """Count the values that differ in each column."""
    found = []
    for name, values in ours.items():
        others = theirs.get(name, {})
        has = [key for key in keys if values[key] is not None]
        n_lost = sum(not _is_same(values[key], others.get(key)) for key in has)
        n_made = sum(others.get(key) is not None for key in keys if values[key] is None)
        if n_lost or n_made:
            found.append(Loss(table, name, n_lost + n_made, in_part=n_lost < len(has)))
    return found


def _is_same(one: object, other: object) -> bool:
    """Whether values are the same; true is not 1, but 1 is 1.0."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
