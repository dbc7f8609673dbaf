"""The journals, books and newspapers that works stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.production import source_production
from nqp_biblio.outputs.report.drawing import bar_chart
from nqp_biblio.outputs.report.indices import index_table
from nqp_biblio.outputs.report.section import Column, Part, Section, Table, Text
from nqp_biblio.outputs.report.taken import take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_DRAWN, _LISTED = 15, 50


def section(given: ReportInput) -> Section:
    """Show works by source."""
    taken = take(given, "sources", source_production)
    result = taken.result
    counts = result.column("n_works")
    if not counts:
        return Section("sources", absent="No journal, book or newspaper was read.")
    file, code = taken.file, taken.code
    parts: list[Part] = []
    if max(counts) == 1:
        noun = "source" if len(counts) == 1 else "sources"
        told = f"The works stand in {len(counts)} different {noun}, one work in each,"
        parts.append(Text(f"{told} so a ranking would say nothing."))
    else:
        shown = min(_DRAWN, len(counts))
        parts.append(
            bar_chart(
                result.column("source")[:shown],
                counts[:shown],
                xlabel="works",
                name="sources",
                title="Works by source",
                caption=f"Works by source, the first {shown} of {len(counts)}.",
                file=file,
                code=code,
            )
        )
    parts.append(_table(result.rows, file, code))
    parts += index_table(given, "sources", "Source")
    return Section("sources", parts)


def _table(rows: list[tuple[object, ...]], file: str, code: str) -> Table:
    """List the sources, with their abbreviations where there are any."""
    shown = rows[:_LISTED]
    has_short = any(row[2] for row in shown)
    columns = [Column("Source"), Column("Works", "count")]
    cells = [[_name(row), row[3]] for row in shown]
    if has_short:
        columns.insert(1, Column("ISO 4 abbreviation"))
        for cell, row in zip(cells, shown, strict=True):
            cell.insert(1, row[2])
    return Table(columns, cells, file=file, n_rows=len(rows), code=code)


def _name(row: tuple[object, ...]) -> str:
    """Name a source, and say how many spellings are joined in it."""
    n_variants = row[4]
    is_joined = isinstance(n_variants, int) and n_variants > 1
    return f"{row[1]} ({n_variants} spellings joined)" if is_joined else str(row[1])
