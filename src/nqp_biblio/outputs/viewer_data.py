"""What the map viewer shows, as plain data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.network_files.values import type_of, values_of
from nqp_biblio.outputs.network_files.vosviewer_columns import SCORE, WEIGHT, headed_columns
from nqp_biblio.outputs.viewer_works import MAX_WORKS, Behind, works_behind

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value

__all__ = ["MAX_EDGES", "MAX_NODES", "viewer_data"]

MAX_NODES = 10_000
"""Nodes of a map at the most; of more the strongest are kept."""
MAX_EDGES = 100_000
"""Edges of a map at the most; of more the strongest are kept."""

_MAX_LABEL = 500
_MAX_TEXT = 2_000
_DIGITS = 8
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LINKS = "Links"
_STRENGTH = "Total link strength"
_TEXTS = ("description", "url")


def viewer_data(net: Network, *, max_works: int = MAX_WORKS) -> dict[str, Any]:
    """Give what the map viewer shows of a network.

    Parameters
    ----------
    net : Network
        The network. One without coordinates is laid out with ``lay_out`` and its defaults;
        one without clusters has one colour.
    max_works : int
        Works behind it that are described at the most; of more the most cited.

    Returns
    -------
    dict
        Plain values for JSON. ``kind``, ``of``, ``directed``; ``n_nodes`` and ``n_edges`` of
        the whole network; ``nodes`` with a list each for ``id``, ``label``, ``x``, ``y`` (up is
        positive), ``cluster`` (0 is none), ``weights`` and ``scores`` by name as in VOSviewer,
        and ``description`` and ``url`` where there are any; ``edges`` with ``source``,
        ``target`` (places in the lists of nodes) and ``weight``; ``clusters`` with labels by
        number; ``behind`` with the works, or None (see ``viewer_works.Behind``); ``notes``,
        what was left out, in sentences. Missing values are None. Weights and scores have eight
        significant digits, places five decimals.

    Raises
    ------
    OptionError
        If the network has no nodes.
    """
    if not net.n_nodes:
        raise OptionError("a network without nodes has no map; lower its thresholds")
    if "x" not in net.node_columns:
        from nqp_biblio.measures.layout import lay_out

        net = lay_out(net)
    small, notes = _bounded(net)
    order, note = _strongest_edges(small)
    behind = works_behind(small, max_works=max_works)
    nodes, more = _nodes(small, behind)
    notes += [*note, *more, *(behind.notes if behind else [])]
    return {
        "kind": net.kind,
        "of": net.of,
        "directed": net.directed,
        "n_nodes": net.n_nodes,
        "n_edges": net.n_edges,
        "nodes": nodes,
        "edges": {
            "source": small.source[order].tolist(),
            "target": small.target[order].tolist(),
            "weight": _short(small.weight[order].tolist()),
        },
        "clusters": _cluster_labels(net),
        "behind": _plain(behind),
        "notes": notes,
    }


def _bounded(net: Network) -> tuple[Network, list[str]]:
    """Keep the strongest nodes of a very large network."""
    if net.n_nodes <= MAX_NODES:
        return net, []
    note = f"Of {net.n_nodes:,} nodes the {MAX_NODES:,} with the strongest links are shown."
    return net.top(MAX_NODES), [note]


def _strongest_edges(net: Network) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Choose the edges that are shown, in their order."""
    own = net.source == net.target
    order = np.flatnonzero(~own)
    notes = [f"{int(own.sum()):,} links of a node with itself are not drawn."] if own.any() else []
    if len(order) > MAX_EDGES:
        notes.append(f"Of {len(order):,} links the {MAX_EDGES:,} strongest are shown.")
        ranked = np.lexsort((order, -np.abs(net.weight[order])))
        order = np.sort(order[ranked[:MAX_EDGES]])
    return order, notes


def _nodes(net: Network, behind: Behind | None) -> tuple[dict[str, Any], list[str]]:
    """Give the values of nodes as lists, and say which columns are none of these."""
    columns, notes = _columns(net)
    x, y, unplaced = _places(net)
    found: dict[str, Any] = {
        "id": net.ids.tolist(),
        "label": [_cut(label, _MAX_LABEL) for label in net.labels],
        "x": x,
        "y": y,
        "cluster": [
            _cluster(value) for value in net.node_columns.get("cluster", [0] * net.n_nodes)
        ],
        "weights": {},
        "scores": {},
    }
    for header, values in columns.items():
        if weight := WEIGHT.fullmatch(header):
            found["weights"][weight[1]] = _short(values)
        elif (score := SCORE.fullmatch(header)) and score[1] != "cluster":
            found["scores"][score[1]] = _short(values)
        elif header in _TEXTS and any(values):
            found[header] = [_text(header, value) for value in values]
    if behind is not None and behind.lists:
        _add_means(found, behind)
    return found, [*notes, *unplaced]


def _places(net: Network) -> tuple[list[float], list[float], list[str]]:
    """Return the places of nodes; one that has none is put in the middle."""
    both = np.stack([np.asarray(net.node_columns[name], dtype=float) for name in ("x", "y")])
    lost = ~np.isfinite(both).all(axis=0)
    if lost.any():
        known = both[:, ~lost]
        middle = (known.max(axis=1) + known.min(axis=1)) / 2 if known.size else np.zeros(2)
        both = np.where(lost, middle[:, None], both)
    x, y = ([round(value, 5) for value in row] for row in both.tolist())
    note = f"{int(lost.sum()):,} nodes without a place stand in the middle of the map."
    return x, y, [note] if lost.any() else []


def _cluster(value: Any) -> int:  # noqa: ANN401  a value of a column
    """Return the number of a cluster; 0 where there is none."""
    is_number = isinstance(value, int | float | np.integer) and not isinstance(value, bool)
    return max(0, int(value)) if is_number and np.isfinite(value) else 0


def _columns(net: Network) -> tuple[dict[str, list[Value]], list[str]]:
    """Part columns into weights and scores as VOSviewer does, or show the links alone."""
    try:
        return headed_columns(net), []
    except OptionError as error:
        columns: dict[str, list[Value]] = {
            f"weight<{_LINKS}>": list(net.degree.tolist()),
            f"weight<{_STRENGTH}>": list(np.maximum(net.strength, 0).tolist()),
        }
        for name, column in net.node_columns.items():
            values = values_of(column)
            if type_of(values) in ("integer", "double") and name not in ("x", "y", "cluster"):
                columns[f"score<{name}>"] = values
        return columns, [f"Numbers of nodes are shown as scores: {error}."]


def _add_means(found: dict[str, Any], behind: Behind) -> None:
    """Add mean year and mean citations of the works of each node, where they are known."""
    lists = behind.lists["of_node"]
    node = np.repeat(np.arange(len(lists["n"])), lists["n"])
    work = _numbers(lists)
    if behind.sets is not None:
        pairs = np.unique(np.stack([node, np.array(behind.sets, dtype=np.int64)[work]]), axis=1)
        node, work = pairs
    for name, column in (("mean_year", "year"), ("mean_citations", "cited")):
        values = np.array(behind.works[column], dtype=np.float64)[work]
        known = ~np.isnan(values)
        is_told = any(column in score.lower() for score in found["scores"])
        if is_told or not known.any():
            continue
        sums = np.bincount(node[known], values[known], minlength=len(lists["n"]))
        n_known = np.bincount(node[known], minlength=len(lists["n"]))
        means = np.divide(sums, n_known, out=np.full(len(sums), np.nan), where=n_known > 0)
        found["scores"][name] = _short(values_of(means))


def _numbers(lists: dict[str, list[int]]) -> np.ndarray[Any, Any]:
    """Undo the steps: the numbers in all lists, one after the other."""
    lengths = np.array(lists["n"], dtype=np.int64)
    total = np.cumsum(np.array(lists["at"], dtype=np.int64))
    starts = np.cumsum(lengths) - lengths
    before = np.concatenate([[0], total])[starts]
    numbers: np.ndarray[Any, Any] = total - np.repeat(before, lengths)
    return numbers


def _cluster_labels(net: Network) -> dict[str, str]:
    """Return the labels of clusters that the manifest has."""
    labels = net.manifest.get("clustering", {}).get("labels", {})
    return {str(number): _cut(str(label), _MAX_LABEL) for number, label in labels.items()}


def _plain(behind: Behind | None) -> dict[str, Any] | None:
    """Turn what lies behind into plain values."""
    if behind is None or not behind.lists:
        return None
    return {
        "works": behind.works,
        "lists": behind.lists,
        "sets": behind.sets,
        "kind": behind.kind,
    }


def _short(values: list[Any]) -> list[Any]:
    """Round to eight significant digits; whole numbers stay, what is not finite is None."""
    return [_rounded(value) for value in values]


def _rounded(value: Any) -> int | float | None:  # noqa: ANN401  a value of a column
    if value is None or isinstance(value, int):
        return value
    if not np.isfinite(value):
        return None
    if float(value).is_integer() and abs(value) < 1e15:  # noqa: PLR2004
        return int(value)
    return float(f"{value:.{_DIGITS}g}")


def _text(header: str, value: Value) -> str | None:
    """Return a description without its tags, and of addresses only those of the web."""
    if value is None:
        return None
    text = str(value)
    if header == "url":
        return text if text.lower().startswith(("http://", "https://")) else None
    return _cut(" ".join(_TAG.sub(" ", text).split()), _MAX_TEXT)


def _cut(text: str, length: int) -> str:
    """Shorten a long text."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
