"""Write tables.md from the schema: python docs/make_tables.py."""

from __future__ import annotations

from pathlib import Path

from nqp_biblio.schema import TABLES

HEAD = """# Tables

A corpus is a set of tables. Each is a property of the corpus (`corpus.works`) that gives a
pandas table, and a name in SQL (`corpus.sql("SELECT … FROM works")`). On disk each is one
Parquet file of the same name.

Keys are integers from 1. What is missing is null, never an empty text, 0 or -1. What was printed
stays in a column whose name ends in `_raw` beside the value made of it. A list is rows of another
table. *Elsewhere* gives the names in other formats: tags of Web of Science and RIS.
"""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def tables_page() -> str:
    """Return the page as text."""
    parts = [HEAD]
    for table in TABLES.values():
        named = any(column.elsewhere for column in table.columns)
        head = ["column", "type", "meaning", *(["elsewhere"] if named else [])]
        lines = [_row(head), "|" + "---|" * len(head)]
        for column in table.columns:
            cells = [f"`{column.name}`", column.type.lower(), column.meaning]
            lines.append(_row([*cells, *([column.elsewhere] if named else [])]))
        order = ", ".join(f"`{name}`" for name in table.order)
        rows = "\n".join(lines)
        parts.append(
            f"## {table.name}\n\nOne row is {table.meaning}. Sorted by {order}.\n\n{rows}\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("tables.md").write_text(tables_page(), encoding="utf-8")
