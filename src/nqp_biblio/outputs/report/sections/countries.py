"""The countries that works come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.places import country_production
from nqp_biblio.outputs.figures import plot_countries
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Column, Section, Table, Text
from nqp_biblio.outputs.report.taken import take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_LISTED = 50
_COLUMNS = (
    Column("Country"),
    Column("Works", "count"),
    Column("Fractional", "decimal"),
    Column("One country", "count"),
    Column("Several", "count"),
    Column("Share of several", "percent"),
)


def section(given: ReportInput) -> Section:
    """Show works by country on a map and in a table."""
    taken = take(given, "countries", country_production)
    result = taken.result
    if not len(result):
        return Section("countries", absent="No address with a country was read.")
    values = dict(zip(result.column("country_code"), result.column("n_works"), strict=True))
    file, code = taken.file, taken.code
    n_without = result.manifest["n_without"]
    told = f" {n_without} works without a known country are not shown." if n_without else ""
    chart = chart_of(
        lambda width: plot_countries(values, label="works", width=width),
        name="countries",
        title="Works by country",
        caption=f"Works by country: a work counts for each country in its addresses.{told}",
        file=file,
        code=code,
        is_one_for_all=True,
    )
    rows = [row[1:] for row in result.rows[:_LISTED]]
    lead = (
        f"{len(result)} countries. A work with addresses in n countries counts 1 for each, or 1/n"
        " in fractional counting; “several” are works with addresses in more than one country."
    )
    table = Table(_COLUMNS, rows, file=file, n_rows=len(result), code=code)
    return Section("countries", [Text(lead), chart, table])
