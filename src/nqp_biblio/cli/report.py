"""``nqp-biblio report``: a page and a folder of data."""

from __future__ import annotations

import re

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

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)


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
@click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of the headings.",
)
@click.option(
    "--as-of", metavar="DAY", help="A year or a date that figures stand for, as 2024-12-31."
)
@click.option("--years", metavar="FIRST-LAST", help="Report works of these years alone.")
@seed_option
@json_option
@reading_options
def report(  # noqa: PLR0913  options of click
    *,
    files: tuple[str, ...],
    output: str,
    title: str | None,
    lang: str,
    as_of: str | None,
    years: str | None,
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
    from nqp_biblio.cleaning.clean import open_steps

    span = _span(years)
    read = reading.read(files)
    with talk("cleaning", quiet=quiet) as say:
        cleaned = nb.clean(read, steps=open_steps(read))
        chosen = cleaned.filter(span) if span else cleaned
        corpus = nb.find_topics(chosen)
        say("writing the report")
        day = int(as_of) if as_of and as_of.isdecimal() else as_of
        nb.write_report(corpus, output, title=title, seed=seed, lang=lang, as_of=day)
    if as_json:
        write_json(dict(nb.summary(corpus).rows))
    finish(corpus, f"{len(corpus)} works, report in {output}", quiet=quiet, verbose=verbose)


def _span(years: str | None) -> str:
    """Return years as a condition over the works; empty where none are named."""
    if years is None:
        return ""
    found = _YEARS.fullmatch(years.strip())
    if found is None or (found[2] and found[2] < found[1]):
        raise click.BadParameter(
            f"{years!r} is neither a year nor FIRST-LAST", param_hint="--years"
        )
    return f"publication_year BETWEEN {found[1]} AND {found[2] or found[1]}"
