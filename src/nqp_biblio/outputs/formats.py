"""One table of all formats, those that are read and those that are written."""

from __future__ import annotations

from typing import Any

from nqp_biblio.outputs.network_files import NETWORK_FORMATS
from nqp_biblio.outputs.writers import list_writers
from nqp_biblio.readers.registry import list_formats

__all__ = ["format_table"]

_PICTURES = {
    "svg": "picture of a network",
    "pdf": "picture of a network",
    "png": "picture of a network",
}


def format_table() -> list[dict[str, Any]]:
    """List all formats by name.

    Returns
    -------
    list of dict
        With ``name``, ``title``, ``suffixes``, ``reads`` and ``writes`` (booleans), ``of``
        (corpus or network) and ``leaves_out`` (what a written file cannot hold).
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for form in list_formats():
        rows["corpus", form.name] = _row(form.name, form.title, form.suffixes) | {"reads": True}
    for writer in list_writers():
        row = rows.setdefault(
            ("corpus", writer.name), _row(writer.name, writer.title, writer.suffixes)
        )
        row |= {"writes": True, "leaves_out": list(writer.leaves_out)}
    parquet = _row("parquet", "Parquet, the table of works", (".parquet",))
    rows["corpus", "parquet"] = parquet | {"writes": True, "leaves_out": ["all tables but works"]}
    for name, (suffixes, _) in NETWORK_FORMATS.items():
        title = f"{name} of a network"
        rows["network", name] = _row(name, title, suffixes, of="network") | {"writes": True}
    for name, title in _PICTURES.items():
        rows["network", name] = _row(name, title, (f".{name}",), of="network") | {"writes": True}
    return [rows[key] for key in sorted(rows)]


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
    }
