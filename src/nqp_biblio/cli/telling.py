"""What a command says, on the standard error, and how it ends."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.corpus.corpus import Corpus


__all__ = ["UnreadError", "finish", "list_problems", "talk", "write_json"]


_PROBLEMS_SHOWN = 10


class UnreadError(click.ClickException):
    """Finished, but something could not be read."""

    exit_code = 3

    def show(self, file: Any = None) -> None:  # noqa: ANN401  as click has it
        """Say nothing: the problems are listed already."""


@contextmanager
def talk(text: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show what is going on, where somebody looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{text} …") as status:
        yield lambda now: status.update(f"{now} …")


def finish(corpus: Corpus, told: str, *, quiet: bool, verbose: bool, listed: bool = False) -> None:
    """Tell how it went; leave with 3 where something could not be read."""
    if not quiet:
        click.echo(told, err=True)
    if verbose:
        for rule, n in corpus.sql("SELECT rule, COUNT(*) FROM changes GROUP BY rule ORDER BY rule"):
            click.echo(f"{rule}: {n} values", err=True)
    if not corpus.n_rows("problems"):
        return
    if not (quiet or listed):
        list_problems(corpus, verbose=verbose)
    raise UnreadError("some entries could not be read")


def list_problems(corpus: Corpus, *, verbose: bool) -> None:
    """List what could not be read, the first of it or all."""
    n_problems = corpus.n_rows("problems")
    limit = n_problems if verbose else _PROBLEMS_SHOWN
    for file, line, reason in corpus.sql(
        "SELECT file, line, reason FROM problems ORDER BY problem_id LIMIT ?", (limit,)
    ):
        click.echo(f"{file}:{line or '?'}: {reason}", err=True)
    if n_problems > limit:
        click.echo(f"{n_problems - limit} more problems; -v lists them", err=True)


def write_json(value: object) -> None:
    """Write a value as JSON to the standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
