"""``nqp-biblio convert``: files of any formats into one."""

from __future__ import annotations

import click

from nqp_biblio.cli.options import (
    Reading,
    reading_options,
)
from nqp_biblio.cli.telling import finish
from nqp_biblio.cli.writing import write_corpus

__all__ = ["convert"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="IN... OUT")
@click.option(
    "--to", "target", metavar="NAME", help="Format to write; by the ending of OUT if left out."
)
@click.option(
    "--clean",
    is_flag=True,
    help="Take all steps of cleaning first.",
)
@reading_options
def convert(
    files: tuple[str, ...],
    target: str | None,
    clean: bool,
    reading: Reading,
    quiet: bool,
    verbose: bool,
) -> None:
    """Convert files of any formats into one file.

    What the format written does not hold of the works is said on the standard error.

    Example: nqp-biblio convert export.bib more.ris all.json
    """
    import nqp_biblio as nb
    from nqp_biblio.outputs.kept import find_losses, told_losses
    from nqp_biblio.outputs.writers import writer_for

    *inputs, output = files
    if not inputs:
        raise click.UsageError("convert needs at least one file to read and one to write")
    read = reading.read(inputs)
    corpus = nb.clean(read) if clean else read
    write_corpus(corpus, output, target)
    name = target or ("csl-json" if output == "-" else writer_for(output).name)
    lost = told_losses(find_losses(corpus, name), name, is_long=verbose)
    told = f"{len(corpus)} works in {output}" + (f"\n{lost}" if lost else "")
    finish(corpus, told, quiet=quiet, verbose=verbose)
