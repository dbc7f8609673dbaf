"""Columns of nodes as VOSviewer names them: weights, scores and the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.network_files.values import type_of, values_of

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value

__all__ = ["SCORE", "WEIGHT", "column_name", "headed_columns", "refuse_negative"]

WEIGHT = re.compile(r"weight<(.+)>", re.DOTALL)
"""How the header of a weight looks."""
SCORE = re.compile(r"score<(.+)>", re.DOTALL)
"""How the header of a score looks."""

_PLACES = ("x", "y")
_MAX_CLUSTER = 1000
_BEYOND = "cluster_above_1000"
_TO_COLUMN = {
    "weight<Links>": "links",
    "weight<Total link strength>": "total_link_strength",
    "weight<Occurrences>": "occurrences",
    _BEYOND: "cluster",
}
_NO_SCORE = frozenset(
    {"id", "label", "description", "url", "x", "y", "cluster", "occurrences"}
    | {"links", "total_link_strength", _BEYOND}
)
_TAKEN = frozenset({"id", "label", "weights", "scores"})


def headed_columns(net: Network) -> dict[str, list[Value]]:
    """Return the values of nodes by the headers of a VOSviewer map.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    dict of str to list
        ``description``, ``url``, ``x``, ``y``, ``cluster`` (1 to 1000; a higher one stands in
        a column of its own, 0 is none), then ``weight<…>`` and ``score<…>`` for numbers and
        the columns of texts and truth values under their own names. Numbers are scores,
        apart from links, total link strength, occurrences and what has the name of a weight.

    Raises
    ------
    OptionError
        If a weight is negative or a text has a name that VOSviewer uses.
    """
    found: dict[str, list[Value]] = {
        "weight<Links>": list(net.degree.tolist()),
        "weight<Total link strength>": list(net.strength.tolist()),
    }
    for name, column in net.node_columns.items():
        values = values_of(column)
        if name == "cluster" and type_of(values) == "integer":
            found |= _clusters(values)
            continue
        header = _header(name, values)
        if header in found:
            raise OptionError(f"two columns are {header!r} for VOSviewer; rename {name!r}")
        found[header] = values
    for header, values in found.items():
        if WEIGHT.fullmatch(header) and any(isinstance(v, float) and v < 0 for v in values):
            raise OptionError(f"the column {header!r} is negative; VOSviewer has no such weights")
    return dict(sorted(found.items(), key=lambda item: _rank(item[0])))


def column_name(header: str) -> str:
    """Name the column of a network that a header of VOSviewer stands for.

    Examples
    --------
    >>> [column_name(h) for h in ("weight<Occurrences>", "weight<Documents>", "score<Year>")]
    ['occurrences', 'weight<Documents>', 'Year']
    """
    score = SCORE.fullmatch(header)
    if score and score[1] not in _NO_SCORE and not WEIGHT.fullmatch(score[1]):
        return header if SCORE.fullmatch(score[1]) else score[1]
    return _TO_COLUMN.get(header, header)


def refuse_negative(net: Network) -> None:
    """Refuse links of negative strength, which VOSviewer does not know.

    Raises
    ------
    OptionError
        If there is one.
    """
    if net.n_edges and float(net.weight.min()) < 0:
        raise OptionError("an edge has a negative weight; VOSviewer has no such links")


def _header(name: str, values: list[Value]) -> str:
    """Return the header of a column."""
    kind = type_of(values)
    is_number = kind in ("integer", "double")
    if not is_number:
        if name in _TAKEN or name in _PLACES or name == "cluster" or name in _TO_COLUMN:
            raise OptionError(f"the column {name!r} of texts has a name that VOSviewer uses")
        return name
    if name in _PLACES or WEIGHT.fullmatch(name) or SCORE.fullmatch(name):
        return name
    is_negative = any(isinstance(v, int | float) and v < 0 for v in values)
    if name == "occurrences" and not is_negative:
        return "weight<Occurrences>"
    return f"score<{name}>"


def _clusters(values: list[Value]) -> dict[str, list[Value]]:
    """Part the clusters that VOSviewer knows from those beyond."""
    known: list[Value] = [
        v if isinstance(v, int) and 1 <= v <= _MAX_CLUSTER else None for v in values
    ]
    beyond: list[Value] = [
        None if v in (kept, 0) else v for v, kept in zip(values, known, strict=True)
    ]
    return {"cluster": known} | ({_BEYOND: beyond} if any(beyond) else {})


def _rank(header: str) -> tuple[int, int]:
    """Put headers in the order that VOSviewer writes them in."""
    first = ("description", "url", "x", "y", "cluster")
    if header in first:
        return 0, first.index(header)
    return (1 if WEIGHT.fullmatch(header) else 2 if SCORE.fullmatch(header) else 3), 0
