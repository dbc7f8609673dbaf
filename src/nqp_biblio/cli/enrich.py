"""``nqp-biblio enrich``: what is missing, from a web service."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.cli.options import (
    Reading,
    files_argument,
    json_option,
    reading_options,
)
from nqp_biblio.cli.telling import UnreadError, list_problems, write_json
from nqp_biblio.cli.writing import write_corpus

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


__all__ = ["enrich"]


@click.command()
@files_argument
@click.option(
    "-o",
    "--output",
    default="-",
    help="File to write, or folder (no ending), which keeps the changes too; else CSL-JSON.",
)
@click.option("--to", "target", metavar="NAME", help="Format to write; else by the ending.")
@click.option(
    "--service",
    default="crossref",
    show_default=True,
    metavar="NAME",
    help="crossref, datacite, doi, europe_pmc, openalex, opencitations, semantic_scholar,"
    " unpaywall.",
)
@click.option(
    "--mailto",
    envvar="NQP_BIBLIO_MAILTO",
    metavar="ADDRESS",
    help="Your e-mail, for a better rate; also in the variable NQP_BIBLIO_MAILTO.",
)
@click.option("--fields", metavar="NAMES", help="What to fill, by commas: title,abstract,authors.")
@click.option("--overwrite", metavar="NAMES", help="What to fill even where a value stands.")
@click.option("--offline", is_flag=True, help="Ask nobody; use the answers that are kept.")
@click.option("--cache-dir", metavar="FOLDER", help="Where answers are kept.")
@click.option("--refresh", is_flag=True, help="Ask again what was answered.")
@click.option("--retry-failed", is_flag=True, help="Ask again what failed within the last hour.")
@json_option
@reading_options
def enrich(
    files: tuple[str, ...],
    output: str,
    target: str | None,
    as_json: bool,
    reading: Reading,
    quiet: bool,
    verbose: bool,
    **options: Any,  # noqa: ANN401  options of click
) -> None:
    """Fill what is missing from a web service; the only command that uses the network.

    What is there stays. A run that was stopped goes on where it stopped: answers are kept.

    Example: nqp-biblio enrich export.bib -o enriched.bib --service crossref
    """
    if as_json and output == "-":
        raise click.UsageError("--json and the works cannot both go to the standard output; use -o")
    read = reading.read(files)
    corpus = _enriched(read, options, quiet=quiet)
    if output != "-" and target is None and not PurePath(output).suffix:
        corpus.save(output)
    else:
        write_corpus(corpus, output, target or ("csl-json" if output == "-" else None))
    step = corpus.history[-1]
    if as_json:
        write_json(step)
    _finish(corpus, step, read.n_rows("problems"), quiet=quiet, verbose=verbose)


def _enriched(corpus: Corpus, options: dict[str, Any], *, quiet: bool) -> Corpus:
    """Ask a service, with a bar where somebody looks."""
    from pathlib import Path

    import nqp_biblio as nb
    from nqp_biblio.cli.bars import asking_bar
    from nqp_biblio.services.client import Client

    given = {name: options[name] for name in ("mailto", "offline", "refresh", "retry_failed")}
    folder = options["cache_dir"]
    names = {name: _names(options[name]) for name in ("fields", "overwrite")}
    with Client(cache_dir=Path(folder) if folder else None, **given) as client:
        try:
            with asking_bar(is_shown=not quiet) as told:
                enriched = nb.enrich(
                    corpus,
                    service=options["service"],
                    fields=names["fields"],
                    overwrite=names["overwrite"] or (),
                    client=client,
                    on_progress=told,
                )
        except KeyboardInterrupt:
            click.echo("what was answered is kept; the same command goes on from there", err=True)
            raise
        for note in client.notes:
            click.echo(note, err=True)
    return enriched


def _names(given: str | None) -> list[str] | None:
    """Split names at commas."""
    return None if given is None else [name.strip() for name in given.split(",") if name.strip()]


def _finish(
    corpus: Corpus, step: dict[str, Any], n_before: int, *, quiet: bool, verbose: bool
) -> None:
    """Sum up what came of it; leave with 3 where something failed."""
    from nqp_biblio.services.enrich import summary_lines

    if not quiet:
        click.echo("\n".join(summary_lines(step)), err=True)
        list_problems(corpus, verbose=verbose)
    if n_before or any(step["counts"].get(state) for state in ("failed", "refused", "other-work")):
        raise UnreadError("some works could not be asked for")
