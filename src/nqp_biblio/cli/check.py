"""``nqp-biblio check``: what could not be read."""

from __future__ import annotations

import click

from nqp_biblio.cli.options import (
    Reading,
    files_argument,
    json_option,
    reading_options,
)
from nqp_biblio.cli.telling import finish, write_json

__all__ = ["check"]


@click.command()
@files_argument
@json_option
@reading_options
def check(
    files: tuple[str, ...], as_json: bool, reading: Reading, quiet: bool, verbose: bool
) -> None:
    """Read files and list what could not be read, with file and line.

    Example: nqp-biblio check export.bib
    """
    import nqp_biblio as nb
    from nqp_biblio.outputs.checks import check_rows

    corpus = reading.read(files)
    rows = check_rows(corpus)
    if as_json:
        write_json({"summary": dict(nb.summary(corpus).rows), "problems": rows})
    else:
        for row in rows:
            click.echo(f"{row['file']}:{row['line'] or '?'}: {row['reason']}")
    told = f"{len(corpus)} works, {len(rows)} problems"
    finish(corpus, told, quiet=quiet, verbose=verbose, listed=True)
