"""VOSviewer's pair of text files: a map with the items, a network with the links."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.networks.drafts import NetworkDraft
from nqp_biblio.outputs.network_files.beside import found_beside, partner
from nqp_biblio.outputs.network_files.form import NetworkFormat
from nqp_biblio.outputs.network_files.values import number_text, one_line, read_cells
from nqp_biblio.outputs.network_files.vosviewer_columns import (
    column_name,
    headed_columns,
    refuse_negative,
)
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value

__all__ = ["VOSVIEWER_TEXT", "format_vosviewer_links", "format_vosviewer_map"]

_DELIMITERS = "\t,;"
_HEADED = re.compile(r"(?:^|[\t,;])\"?(?:weight|score)<", re.IGNORECASE)
_LINK = re.compile(
    r"(?:\d{1,18}\t\d{1,18}|\S{1,99}\t\S{1,99}\t-?\d[\d.eE+-]{0,30}(?:\t[^\n]{0,999})?)\s{0,9}"
    r"|\d{1,18}([,;])\d{1,18}\1-?\d[\d.eE+-]{0,30}\s{0,9}"
)
_QUOTED = re.compile(r'[",;]|^\s|\s$')
_NUMBERS = ("x", "y", "cluster")
_OWN_HEADERS = frozenset({"id", "label", "x", "y", "cluster", "description", "url"})


def format_vosviewer_map(net: Network) -> str:
    """Write the items of a network as a VOSviewer map file.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        One row per node, its cells separated by tabs: id, label, place, cluster,
        ``weight<…>``, ``score<…>``, then the columns of texts. A line end within a text is
        a blank.

    References
    ----------
    .. [1] VOSviewer Online manual, map and network files.
       https://app.vosviewer.com/docs/file-types/map-and-network-file-type
    """
    columns: dict[str, list[Value]] = {"id": list(net.ids.tolist()), "label": list(net.labels)}
    columns |= headed_columns(net)
    rows = zip(*columns.values(), strict=True)
    lines = ["\t".join(_cell(header) for header in columns)]
    lines += ["\t".join(_cell(value) for value in row) for row in rows]
    return "\n".join(lines) + "\n"


def format_vosviewer_links(net: Network) -> str:
    """Write the links of a network as a VOSviewer network file: two ids and the strength."""
    refuse_negative(net)
    ids = net.ids.tolist()
    rows = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    return "".join(f"{ids[a]}\t{ids[b]}\t{number_text(weight)}\n" for a, b, weight in rows)


def _cell(value: Value) -> str:
    """Write a cell; a text is in quotes where it has to be."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return number_text(value)
    text = one_line(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _files(net: Network, path: Path) -> dict[Path, str]:
    """Write the map, and the network beside it."""
    items, links = format_vosviewer_map(net), format_vosviewer_links(net)
    if (beside := partner(path, "network", "map")) is not None:
        return {beside: items, path: links}
    beside = partner(path, "map", "network") or path.with_stem(f"{path.stem}_network")
    return {path: items, beside: links}


def _matches(source: Source) -> bool:
    """Tell a map by its header, and a network by two keys and a number."""
    first = source.head.lstrip("\n").partition("\n")[0]
    if _is_map(first):
        return "\t" in first or "total_link_strength" not in first
    return _LINK.fullmatch(first) is not None


def _is_map(line: str) -> bool:
    """Whether a line is the header of a map."""
    names = {name.strip(' "').lower() for name in line.split("\t")}
    return bool(_HEADED.search(line)) or (
        "\t" in line and ("label" in names or names >= {"id", "x", "y"})
    )


def _read(source: Source) -> NetworkDraft:
    """Read a map and the network beside it, or a network and the map beside it."""
    draft = NetworkDraft(source.name, "vosviewer-text")
    path = Path(source.name)
    if _is_map(source.head.partition("\n")[0]):
        _read_map(draft, source)
        names = [partner(path, "map", "network"), path.with_stem(f"{path.stem}_network")]
        links = found_beside(source, names)
        if links is None:
            draft.notes.append("no network file beside the map: there are no links")
        elif links.stat().st_size:
            _read_links(draft, Source(links), has_map=True)
        return draft
    items = found_beside(source, [partner(path, "network", "map"), partner(path, "_network", "")])
    if items is None:
        draft.notes.append("no map file beside the network: labels are the ids")
    else:
        _read_map(draft, Source(items))
    _read_links(draft, source, has_map=items is not None)
    return draft


def _read_map(draft: NetworkDraft, source: Source) -> None:
    """Read the items."""
    draft.name = source.name
    rows = _rows(draft, source)
    headed, header = next(rows)
    if len(set(header)) != len(header):
        raise draft.error("two columns have the same header", headed)
    names = [_named(name) for name in header]
    lines, cells = [], []
    for line, row in rows:
        if len(row) > len(names):
            raise draft.error(f"{len(row)} cells under {len(names)} headers", line)
        lines.append(line)
        cells.append(row + [""] * (len(names) - len(row)))
    columns = [
        (name, _typed(draft, name, [row[i] for row in cells], lines))
        for i, name in enumerate(names)
        if name != "id"
    ]
    for i, line in enumerate(lines):
        key = cells[i][names.index("id")] if "id" in names else str(i + 1)
        values = {name: column[i] for name, column in columns if column[i] not in (None, "")}
        draft.add_node(key, values, line)


def _typed(draft: NetworkDraft, name: str, cells: list[str], lines: list[int]) -> list[Value]:
    """Read the cells of a column."""
    if name == "label":
        return list(cells)
    values = read_cells(cells)
    if name in _NUMBERS:
        for line, value in zip(lines, values, strict=True):
            if isinstance(value, str):
                draft.number(value, name, line)
    return values


def _named(header: str) -> str:
    """Name the column of a header; VOSviewer's own are known in any case."""
    name = header.strip()
    return name.lower() if name.lower() in _OWN_HEADERS else column_name(name)


def _read_links(draft: NetworkDraft, source: Source, *, has_map: bool) -> None:
    """Read the links; without a map they make the nodes."""
    draft.name = source.name
    for line, row in _rows(draft, source):
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not 2 <= len(cells) <= 5:  # noqa: PLR2004  two ids, strength, url, description
            raise draft.error(f"{len(cells)} cells where two ids and a strength should be", line)
        for key in cells[:2]:
            if key not in draft.nodes and has_map:
                raise draft.error(
                    f"a link ends in {key!r}, and no item of the map has that id", line
                )
            draft.nodes.setdefault(key, {"label": key})
        weight = draft.number(cells[2], "strength", line) if len(cells) > 2 else 1.0  # noqa: PLR2004
        further = dict(zip(("url", "description"), cells[3:], strict=False))
        draft.add_edge((cells[0], cells[1]), weight, dict(further), line)


def _rows(draft: NetworkDraft, source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty with their lines."""
    first = source.head.partition("\n")[0]
    delimiter = next((mark for mark in _DELIMITERS if mark in first), "\t")
    table = csv.reader(io.StringIO(source.text), delimiter=delimiter)
    try:
        for row in table:
            if any(cell.strip() for cell in row):
                yield table.line_num, row
    except csv.Error as error:
        raise draft.error(f"a table that cannot be read: {error}", table.line_num) from None


VOSVIEWER_TEXT = NetworkFormat(
    name="vosviewer-text",
    title="VOSviewer map and network",
    suffixes=(".txt",),
    files=_files,
    matches=_matches,
    read=_read,
)
