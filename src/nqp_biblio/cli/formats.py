"""``nqp-biblio formats``: what can be read and written."""

from __future__ import annotations

import click

from nqp_biblio.cli.options import (
    json_option,
)
from nqp_biblio.cli.telling import write_json

__all__ = ["formats"]


@click.command()
@click.argument("name", required=False)
@json_option
def formats(name: str | None, as_json: bool) -> None:
    """List the formats that can be read and written, or what one of them keeps.

    Example: nqp-biblio formats ris
    """
    from nqp_biblio.outputs.formats import format_lines, format_table

    if name is not None and not as_json:
        click.echo("\n".join(format_lines(name)))
        return
    rows = [row for row in format_table() if name in {None, row["name"]}]
    if as_json:
        write_json(rows)
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        marks = f"{'reads' if row['reads'] else '':5}  {'writes' if row['writes'] else '':6}"
        click.echo(
            f"{row['name']:{width}}  {marks}  {' '.join(row['suffixes']):22}  {row['title']}"
        )
