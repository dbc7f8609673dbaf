"""Two tables in CSV, edges and nodes, for spreadsheets and programs of statistics."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqp_biblio.networks.drafts import NetworkDraft
from nqp_biblio.outputs.network_files.beside import found_beside, partner
from nqp_biblio.outputs.network_files.form import NetworkFormat
from nqp_biblio.outputs.network_files.values import read_cells, values_of
from nqp_biblio.outputs.tables import format_rows
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value

__all__ = ["CSV", "format_edges", "format_nodes"]

_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no table should hold; a file with many of these is taken for a binary one."""
_DELIMITERS = ",;\t"
_WAYS = {"directed": True, "undirected": False}
_EDGE_NAMES = ("source_id", "target_id", "source", "target", "weight", "type")


def format_edges(net: Network) -> str:
    """Write the edges of a network as CSV, one a row, with the labels of both ends."""
    way = "directed" if net.directed else "undirected"
    columns: dict[str, Sequence[Value]] = {
        "source_id": net.ids[net.source].tolist(),
        "target_id": net.ids[net.target].tolist(),
        "source": [net.labels[i] for i in net.source.tolist()],
        "target": [net.labels[i] for i in net.target.tolist()],
        "weight": net.weight.tolist(),
        "type": [way] * net.n_edges,
    }
    return _table(columns | {name: values_of(c) for name, c in net.edge_columns.items()})


def format_nodes(net: Network) -> str:
    """Write the nodes of a network as CSV, one a row, with all their columns."""
    columns: dict[str, Sequence[Value]] = {"id": net.ids.tolist(), "label": list(net.labels)}
    columns |= {name: values_of(column) for name, column in net.node_columns.items()}
    counted = {"links": net.degree.tolist(), "total_link_strength": net.strength.tolist()}
    return _table(columns | counted)


def _table(columns: Mapping[str, Sequence[Value]]) -> str:
    """Write columns as CSV, cells such that no spreadsheet takes them for a formula."""
    values = [[_cell(value) for value in column] for column in columns.values()]
    return format_rows(tuple(columns), zip(*values, strict=True))


def _cell(value: Value) -> Value:
    """Write a whole number without a point, and guard an apostrophe before a formula."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, str):
        text = _CONTROL.sub(" ", value)
        return f"'{text}" if _GUARDED.match(text) else text
    return value


def _files(net: Network, path: Path) -> dict[Path, str]:
    """Write the edges, and the nodes beside them."""
    edges, nodes = format_edges(net), format_nodes(net)
    if (beside := partner(path, ".nodes", ".edges")) is not None:
        return {beside: edges, path: nodes}
    beside = partner(path, ".edges", ".nodes") or path.with_stem(f"{path.stem}.nodes")
    return {path: edges, beside: nodes}


def _header(line: str) -> set[str]:
    """Return the names in a header."""
    mark = next((mark for mark in _DELIMITERS if mark in line), ",")
    return {name.strip(' "').lower() for name in line.split(mark)}


def _has_edges(names: set[str]) -> bool:
    return {"source", "target"} <= names or {"source_id", "target_id"} <= names


def _matches(source: Source) -> bool:
    line = source.head.partition("\n")[0]
    names = _header(line)
    is_nodes = {"id", "label"} <= names and ("\t" not in line)
    is_map = "weight<" in line.lower() or "score<" in line.lower()
    return _has_edges(names) or (is_nodes and (not is_map or "total_link_strength" in names))


def _read(source: Source) -> NetworkDraft:
    """Read edges and the nodes beside them, or nodes and the edges beside them."""
    draft = NetworkDraft(source.name, "csv")
    path = Path(source.name)
    edges: Source | None = source
    if _has_edges(_header(source.head.partition("\n")[0])):
        names = [partner(path, ".edges", ".nodes"), path.with_stem(f"{path.stem}.nodes")]
        nodes = _opened(found_beside(source, names))
    else:
        names = [partner(path, ".nodes", ".edges"), partner(path, ".nodes", "")]
        nodes, edges = source, _opened(found_beside(source, names))
    if nodes is None:
        draft.notes.append("no table of nodes beside the edges: nodes are those that have edges")
    else:
        _read_nodes(draft, nodes)
    if edges is None:
        draft.notes.append("no table of edges beside the nodes: there are no edges")
    else:
        _read_edges(draft, edges, has_nodes=nodes is not None)
    return draft


def _opened(path: Path | None) -> Source | None:
    return None if path is None else Source(path)


def _read_nodes(draft: NetworkDraft, source: Source) -> None:
    """Read the table of nodes."""
    draft.name = source.name
    lines, columns = _columns(draft, source)
    for i, line in enumerate(lines):
        key = columns["id"][i] if "id" in columns else str(i + 1)
        draft.add_node(key, {}, line)
    _fill(list(draft.nodes.values()), {k: v for k, v in columns.items() if k != "id"})


def _read_edges(draft: NetworkDraft, source: Source, *, has_nodes: bool) -> None:
    """Read the table of edges; without nodes it makes them."""
    draft.name = source.name
    lines, columns = _columns(draft, source)
    by_id = "source_id" in columns and "target_id" in columns
    keys = [columns[name] for name in (_EDGE_NAMES[:2] if by_id else _EDGE_NAMES[2:4])]
    labels = (
        [columns[name] for name in _EDGE_NAMES[2:4]]
        if {"source", "target"} <= set(columns)
        else keys
    )
    weights = columns.get("weight", ["1"] * len(lines))
    ways = columns.get("type", [""] * len(lines))
    rows: list[dict[str, Any]] = [{} for _ in lines]
    _fill(rows, {k: v for k, v in columns.items() if k not in _EDGE_NAMES})
    for i, line in enumerate(lines):
        for key, label in ((keys[0][i], labels[0][i]), (keys[1][i], labels[1][i])):
            if key not in draft.nodes and has_nodes:
                raise draft.error(f"an edge ends in {key!r}, and no node has that id", line)
            draft.nodes.setdefault(key, {"label": label})
        weight = draft.number(weights[i] or "1", "weight", line)
        draft.add_edge((keys[0][i], keys[1][i]), weight, rows[i], line)
    draft.direct([_WAYS.get(way.lower(), False) for way in ways])


def _fill(rows: list[dict[str, Any]], columns: Mapping[str, list[str]]) -> None:
    """Put the cells of columns, typed, into rows."""
    for name, cells in columns.items():
        values = list(cells) if name == "label" else read_cells(cells)
        for row, value in zip(rows, values, strict=True):
            if value is not None:
                row[name] = value


def _columns(draft: NetworkDraft, source: Source) -> tuple[list[int], dict[str, list[str]]]:
    """Read a table: the line of each row, and the cells by the names of the columns."""
    first = source.head.partition("\n")[0]
    mark = next((mark for mark in _DELIMITERS if mark in first), ",")
    table = csv.reader(io.StringIO(source.text), delimiter=mark)
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        names = [_name(cell) for cell in next(table)]
        for row in table:
            if not row:
                continue
            if len(row) != len(names):
                raise draft.error(f"{len(row)} cells under {len(names)} headers", table.line_num)
            lines.append(table.line_num)
            rows.append([_unguarded(cell) for cell in row])
    except csv.Error as error:
        raise draft.error(f"a table that cannot be read: {error}", table.line_num) from None
    if len(set(names)) != len(names):
        raise draft.error("two columns have the same name", 1)
    return lines, {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _name(cell: str) -> str:
    """Name a column; those that are known are so in any case."""
    known = ("id", "label", *_EDGE_NAMES)
    name = _unguarded(cell.strip())
    return name.lower() if name.lower() in known else name


def _unguarded(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


CSV = NetworkFormat(
    name="csv",
    title="CSV, edges and nodes",
    suffixes=(".csv",),
    files=_files,
    matches=_matches,
    read=_read,
)
