"""``nqp-biblio parse``: printed references as records."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from nqp_biblio.cli.options import (
    Reading,
    files_argument,
    reading_options,
)
from nqp_biblio.cli.telling import finish
from nqp_biblio.cli.writing import write_corpus

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


__all__ = ["parse"]


@click.command()
@files_argument
@click.option(
    "-o", "--output", default="-", help="The file to write; the standard output if left out."
)
@click.option(
    "--to",
    "target",
    type=click.Choice(["csl-json", "bibtex", "ris", "csv"]),
    help="Format to write; by the ending of the file, else csl-json.",
)
@click.option("--lines", is_flag=True, help="Take each line for one reference.")
@click.option(
    "--table", "view", flag_value="table", help="Show a table; a terminal is shown one anyway."
)
@click.option(
    "--explain", "view", flag_value="fields", help="Show which part was taken for which field."
)
@reading_options
def parse(
    files: tuple[str, ...],
    output: str,
    target: str | None,
    lines: bool,
    view: str | None,
    reading: Reading,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read printed references, of a list or of a whole paper, and write them as records.

    Example: nqp-biblio parse references.txt -o references.json
    """
    if lines and reading.form:
        raise click.UsageError("--lines is a format; leave out --format")
    corpus = (replace(reading, form="reference-lines") if lines else reading).read(files)
    references = corpus.filter("role <> 'paper'")
    is_written = target is not None or output != "-"
    if not is_written and sys.stdout.isatty():
        view = view or "table"
    if view is not None:
        _show_references(references, explain=view == "fields")
    if is_written or view is None:
        write_corpus(references, output, target or ("csl-json" if output == "-" else None))
    finish(corpus, f"{len(references)} references", quiet=quiet, verbose=verbose)


def _show_references(references: Corpus, *, explain: bool) -> None:
    """Show references on the standard output, as a table or with their fields."""
    from rich.console import Console

    from nqp_biblio.outputs.reference_view import explain_lines, reference_table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    for shown in explain_lines(references) if explain else [reference_table(references)]:
        console.print(shown, soft_wrap=explain)
