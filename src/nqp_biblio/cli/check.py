"""``nqp-biblio check``: what could not be read, and what is wrong in a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.cli.options import (
    Reading,
    files_argument,
    json_option,
    reading_options,
)
from nqp_biblio.cli.telling import UnreadError, write_json
from nqp_biblio.cli.writing import write_corpus

if TYPE_CHECKING:
    from nqp_biblio.cleaning.lint.work import Finding
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["check"]


@click.command()
@files_argument
@click.option("--select", metavar="CODES", help="Rules to use, by commas: D,Y002. All if left out.")
@click.option("--ignore", metavar="CODES", help="Rules to leave out, by commas.")
@click.option("--as-of", type=int, metavar="YEAR", help="The newest year that a work may have.")
@click.option("--fix", "mends", is_flag=True, help="Mend what is safe to mend; needs -o.")
@click.option("-o", "--output", metavar="OUT", help="File to write with --fix.")
@click.option("--to", "target", metavar="NAME", help="Format to write; else by the ending.")
@json_option
@reading_options
def check(
    files: tuple[str, ...],
    output: str | None,
    target: str | None,
    as_json: bool,
    reading: Reading,
    quiet: bool,
    verbose: bool,
    **options: Any,  # noqa: ANN401  options of click
) -> None:
    """List what could not be read or looks wrong, as file:line: CODE message.

    Exit code 3 says that something is listed.

    Example: nqp-biblio check export.bib --ignore D001
    """
    from nqp_biblio.cleaning.check import choose_codes, find_all

    if options["mends"] != (output is not None):
        raise click.UsageError("--fix and -o go together")
    codes = choose_codes(_names(options["select"]), _names(options["ignore"]) or ())
    corpus = reading.read(files)
    if output is not None:
        corpus = _mended(corpus, sorted(codes), output=output, target=target)
    findings = find_all(corpus, codes=codes, as_of=options["as_of"])
    _tell(corpus, findings, as_json=as_json)
    _sum_up(corpus, findings, quiet=quiet, verbose=verbose)


def _names(given: str | None) -> list[str] | None:
    """Split codes at commas."""
    return None if given is None else [name.strip() for name in given.split(",") if name.strip()]


def _mended(corpus: Corpus, codes: list[str], *, output: str, target: str | None) -> Corpus:
    """Mend a corpus and write it."""
    import nqp_biblio as nb

    mended = nb.fix(corpus, select=codes) if codes else corpus
    write_corpus(mended, output, target)
    return mended


def _tell(corpus: Corpus, findings: list[Finding], *, as_json: bool) -> None:
    """List what was found on the standard output."""
    import nqp_biblio as nb
    from nqp_biblio.outputs.checks import check_rows, finding_lines

    if as_json:
        write_json(
            {
                "summary": dict(nb.summary(corpus).rows),
                "problems": check_rows(corpus),
                "findings": [item._asdict() for item in findings],
            }
        )
    else:
        for line in finding_lines(findings):
            click.echo(line)


def _sum_up(corpus: Corpus, findings: list[Finding], *, quiet: bool, verbose: bool) -> None:
    """Count what was found and what was mended; leave with 3 where something was found."""
    from nqp_biblio.outputs.checks import summary_lines

    if not quiet:
        told = f"{len(corpus)} works, {len(findings)} findings"
        n_mended = corpus.sql("SELECT COUNT(*) FROM changes WHERE rule LIKE 'check:%'")[0][0]
        click.echo(f"{told}, {n_mended} values mended" if n_mended else told, err=True)
        for line in summary_lines(findings):
            click.echo(line, err=True)
    if verbose:
        for rule, n in corpus.sql("SELECT rule, COUNT(*) FROM changes GROUP BY rule ORDER BY rule"):
            click.echo(f"{rule}: {n} values", err=True)
    if findings:
        raise UnreadError("something was found")
