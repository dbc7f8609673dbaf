"""One table of all formats, those that are read and those that are written."""

from __future__ import annotations

from typing import Any

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.outputs.kept import STATES, survival
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS
from nqp_biblio.outputs.round_trip import COLUMNS
from nqp_biblio.outputs.writers import list_writers
from nqp_biblio.readers.registry import list_formats

__all__ = ["format_lines", "format_table", "survival_matrix"]

_PICTURES = {
    "svg": "picture of a network",
    "pdf": "picture of a network",
    "png": "picture of a network",
}
_MARKS = {"yes": "●", "in part": "◐", "no": "·"}


def format_table() -> list[dict[str, Any]]:
    """List all formats by name.

    Returns
    -------
    list of dict
        With ``name``, ``title``, ``suffixes``, ``reads`` and ``writes`` (booleans), ``of``
        (corpus or network), ``leaves_out`` (what a written file cannot hold, in words) and
        ``keeps`` (the columns of a corpus by what becomes of them in a written file: yes,
        in part, no).
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for form in list_formats():
        rows["corpus", form.name] = _row(form.name, form.title, form.suffixes) | {"reads": True}
    for writer in list_writers():
        row = rows.setdefault(
            ("corpus", writer.name), _row(writer.name, writer.title, writer.suffixes)
        )
        row |= {
            "writes": True,
            "leaves_out": list(writer.leaves_out),
            "keeps": _by_state(writer.name),
        }
    for name, net_form in NETWORK_FORMATS.items():
        row = _row(name, f"{net_form.title}, a network", net_form.suffixes, of="network")
        rows["network", name] = row | {"reads": True, "writes": True}
    for name, title in _PICTURES.items():
        rows["network", name] = _row(name, title, (f".{name}",), of="network") | {"writes": True}
    return [rows[key] for key in sorted(rows)]


def format_lines(name: str) -> list[str]:
    """Describe one format of a corpus: its endings, and what a written file keeps.

    Parameters
    ----------
    name : str
        Name of the format.

    Returns
    -------
    list of str
        Lines for people.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    """
    rows = {row["name"]: row for row in reversed(format_table())}
    if name not in rows:
        raise UnknownNameError("format", name, rows)
    row = rows[name]
    does = " and ".join(word for word in ("reads", "writes") if row[word])
    lines = [f"{name}: {row['title']}", f"{does} {' '.join(row['suffixes'])}".rstrip()]
    for state in STATES:
        if listed := row["keeps"].get(state):
            lines.append(f"kept, {state}:")
            lines += [f"  {table}: {' '.join(names)}" for table, names in _tables(listed).items()]
    return lines


def survival_matrix() -> str:
    """Return the table of columns and formats in Markdown: what is kept, in part, or not."""
    names = [writer.name for writer in list_writers()]
    kept = {name: survival(name) for name in names}
    lines = ["| column | " + " | ".join(f"`{name}`" for name in names) + " |"]
    lines.append("|---|" + "---|" * len(names))
    for table, column in COLUMNS:
        cells = [_MARKS[kept[name][table, column]] for name in names]
        lines.append(f"| {table}.{column} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _by_state(name: str) -> dict[str, list[str]]:
    """List the columns by what becomes of them."""
    kept = survival(name)
    return {
        state: [".".join(at) for at, its_state in kept.items() if its_state == state]
        for state in STATES
    }


def _tables(names: list[str]) -> dict[str, list[str]]:
    """Part names into tables and their columns."""
    found: dict[str, list[str]] = {}
    for name in names:
        table, _, column = name.partition(".")
        found.setdefault(table, []).append(column)
    return found


def _row(name: str, title: str, suffixes: tuple[str, ...], of: str = "corpus") -> dict[str, Any]:
    """Start a row."""
    return {
        "name": name,
        "title": title,
        "suffixes": list(suffixes),
        "reads": False,
        "writes": False,
        "of": of,
        "leaves_out": [],
        "keeps": {},
    }
