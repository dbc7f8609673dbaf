"""``nqp-biblio report``: a page and a folder of data."""

from __future__ import annotations

import click

from nqp_biblio.cli.options import (
    Reading,
    files_argument,
    json_option,
    reading_options,
    seed_option,
)
from nqp_biblio.cli.telling import finish, talk, write_json

__all__ = ["report"]


@click.command()
@files_argument
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    help="The page to write; data go to a folder beside it.",
)
@click.option("--title", help="Heading of the page.")
@seed_option
@json_option
@reading_options
def report(
    files: tuple[str, ...],
    output: str,
    title: str | None,
    seed: int,
    as_json: bool,
    reading: Reading,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write a citation report: one HTML page and a folder of data.

    Example: nqp-biblio report paper.txt -o report.html
    """
    import nqp_biblio as nb

    read = reading.read(files)
    with talk("cleaning", quiet=quiet) as say:
        corpus = nb.find_topics(nb.clean(read))
        say("writing the report")
        nb.write_report(corpus, output, title=title, seed=seed)
    if as_json:
        write_json(dict(nb.summary(corpus).rows))
    finish(corpus, f"{len(corpus)} works, report in {output}", quiet=quiet, verbose=verbose)
