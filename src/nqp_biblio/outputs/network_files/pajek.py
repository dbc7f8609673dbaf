"""Pajek: the network (.net), its clusters (.clu) and its numbers (.vec)."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from nqp_biblio.networks.drafts import NetworkDraft
from nqp_biblio.outputs.network_files.form import NetworkFormat
from nqp_biblio.outputs.network_files.pajek_lines import PajekReader, read_numbers
from nqp_biblio.outputs.network_files.values import number_text, type_of, values_of
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value

__all__ = ["PAJEK", "format_pajek"]

_UNKNOWN = {".clu": 9_999_998, ".vec": 999_999_998}
"""What Pajek takes for an unknown value of a partition and of a vector."""
_IS_PAJEK = re.compile(
    r"\s*+(?:%[^\n]{0,999}+\n\s*+){0,99}+\*(?:network|vertices)\b", re.IGNORECASE
)
_TO_ESCAPE = re.compile('["\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|&(?=#)')
_MARGIN, _SPAN = 0.05, 0.9


def format_pajek(net: Network) -> str:
    """Write a network in Pajek's .net form.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        Vertices numbered from 1 with their labels and, where the network is laid out, their
        place in Pajek's window (0 to 1, downwards), then arcs (directed) or edges. In labels
        quotation marks and control characters are ``&#…;``.

    References
    ----------
    .. [1] Mrvar, A. & Batagelj, V. Pajek reference manual. http://mrvar.fdv.uni-lj.si/pajek/
    """
    lines = [f"*Vertices {net.n_nodes}"]
    for number, (label, place) in enumerate(zip(net.labels, _places(net), strict=True), 1):
        lines.append(f'{number} "{_TO_ESCAPE.sub(_escaped, label)}"{place}')
    lines.append("*Arcs" if net.directed else "*Edges")
    ends = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    lines.extend(f"{a + 1} {b + 1} {number_text(w)}" for a, b, w in ends)
    return "\n".join(lines) + "\n"


def _escaped(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _places(net: Network) -> Iterator[str]:
    """Write the place of each node within Pajek's window; empty where it has none."""
    axes = [values_of(net.node_columns[name]) for name in ("x", "y") if name in net.node_columns]
    if len(axes) != 2 or any(type_of(axis) != "double" for axis in axes):  # noqa: PLR2004
        yield from [""] * net.n_nodes
        return
    known = [[v for v in axis if isinstance(v, float) and math.isfinite(v)] for axis in axes]
    low = [min(values, default=0.0) for values in known]
    span = max(*(max(v, default=0.0) - min(v, default=0.0) for v in known), 1e-12)
    for x, y in zip(*axes, strict=True):
        if isinstance(x, float) and isinstance(y, float) and math.isfinite(x + y):
            right = _MARGIN + _SPAN * (x - low[0]) / span
            down = 1 - _MARGIN - _SPAN * (y - low[1]) / span
            yield f" {right:.4f} {down:.4f} 0.5"
        else:
            yield ""


def _files(net: Network, path: Path) -> dict[Path, str]:
    """Write the network, a partition of the clusters, and a vector of each column of numbers.

    The exact coordinates are vectors, as are the ids where they are not the numbers of the
    vertices.
    """
    found = {path: format_pajek(net)}
    columns = {name: values_of(column) for name, column in net.node_columns.items()}
    if net.ids.tolist() != list(range(1, net.n_nodes + 1)):
        columns["id"] = list(net.ids.tolist())
    for name, values in columns.items():
        is_clusters = name == "cluster" and type_of(values) == "integer"
        if is_clusters:
            found[path.with_suffix(".clu")] = _numbers(values, ".clu")
        elif type_of(values) in ("integer", "double"):
            stem = quote(name, safe=" -_()")
            found[path.with_name(f"{path.stem}.{stem}.vec")] = _numbers(values, ".vec")
    return found


def _numbers(values: list[Value], ending: str) -> str:
    """Write a partition or a vector."""
    unknown = _UNKNOWN[ending]
    lines = [number_text(v) if isinstance(v, int | float) else str(unknown) for v in values]
    return "\n".join([f"*Vertices {len(values)}", *lines]) + "\n"


def _matches(source: Source) -> bool:
    return _IS_PAJEK.match(source.head) is not None


def _read(source: Source) -> NetworkDraft:
    """Read a .net file, or a project, with the partition and the vectors beside it."""
    draft = NetworkDraft(source.name, "pajek")
    reader = PajekReader(draft)
    for line, text in enumerate(source.lines(), 1):
        reader.read(text, line)
    reader.finish()
    path = Path(source.name)
    if path.is_file():
        for column, file in _beside(path):
            _read_beside(draft, column, file)
    return draft


def _beside(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the columns whose files stand beside a network."""
    partition, vector = path.with_suffix(".clu"), path.with_suffix(".vec")
    if partition.is_file():
        yield "cluster", partition
    if vector.is_file():
        yield "vector", vector
    begin = f"{path.stem}."
    for file in sorted(path.parent.iterdir()):
        name = file.name[len(begin) :].removesuffix(".vec")
        if file.name.startswith(begin) and file.suffix == ".vec" and file != vector and name:
            yield unquote(name), file


def _read_beside(draft: NetworkDraft, column: str, file: Path) -> None:
    """Read a partition or a vector of all vertices."""
    name, draft.name = draft.name, str(file)
    unknown = _UNKNOWN[file.suffix]
    numbers = list(read_numbers(draft, Source(file)))
    if len(numbers) != len(draft.nodes):
        raise draft.error(f"{len(numbers)} numbers for {len(draft.nodes)} vertices")
    draft.name = name
    rows: list[dict[str, Any]] = list(draft.nodes.values())
    for values, number in zip(rows, numbers, strict=True):
        if number != unknown:
            values[column] = number
        else:
            values.pop(column, None)


PAJEK = NetworkFormat(
    name="pajek",
    title="Pajek",
    suffixes=(".net",),
    files=_files,
    matches=_matches,
    read=_read,
)
