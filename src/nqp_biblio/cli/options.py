"""Options that commands share."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import wraps
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.corpus.folders import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.readers.column_map import ColumnMap


__all__ = ["Reading", "files_argument", "json_option", "reading_options", "seed_option"]


PATIENCE = 2.0
"""Seconds that pass before a bar is shown."""


@dataclass(frozen=True)
class Reading:
    """How the files of a command are to be read."""

    form: str | None
    columns: ColumnMap | None
    quiet: bool

    def read(self, files: Sequence[str]) -> Corpus:
        """Read files, with a bar on the standard error where that takes over two seconds.

        A folder that ``Corpus.save`` wrote is opened.
        """
        import nqp_biblio as nb

        if len(files) == 1 and (Path(files[0]) / MANIFEST).is_file():
            return nb.open(files[0])
        if self.quiet or not sys.stderr.isatty():
            return nb.read(*files, format=self.form, columns=self.columns)
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=1.0, visible=False)

            def show(file: str, share: float, n_entries: int) -> None:
                """Move the bar, which nobody sees in the first seconds."""
                told = f"{PurePath(file).name}: {n_entries:,} works"
                is_late = time.monotonic() - started > PATIENCE
                bar.update(task, completed=share, description=told, visible=is_late)

            started = time.monotonic()
            return nb.read(*files, format=self.form, columns=self.columns, on_progress=show)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all readers of files share, as one `reading`."""

    @wraps(command)
    def call(
        form: str | None,
        columns: str | None,
        column: tuple[str, ...],
        **given: Any,  # noqa: ANN401  options of click
    ) -> None:
        """Run the command."""
        mapped = _columns_of(columns, column)
        command(reading=Reading(form, mapped, quiet=given["quiet"]), **given)

    options = (
        click.option(
            "--format",
            "form",
            metavar="NAME",
            help="Format of the files; told by content if left out.",
        ),
        click.option(
            "--column",
            multiple=True,
            metavar="NAME=COLUMN",
            help="What a column of a table holds: --column 'Paper name=title'.",
        ),
        click.option(
            "--columns", metavar="FILE", help='A TOML file of such names: "Paper name" = "title".'
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        click.option("-v", "--verbose", is_flag=True, help="List every problem and cleaning rule."),
    )
    for option in reversed(options):
        call = option(call)
    return call


def _columns_of(file: str | None, options: tuple[str, ...]) -> ColumnMap | None:
    """Return the user's names of columns."""
    from nqp_biblio.readers.column_map import ColumnMap, load_columns, parse_columns

    if not (file or options):
        return None
    names = load_columns(file).names if file else ()
    return ColumnMap.of(dict(names) | dict(parse_columns(options).names if options else ()))


files_argument = click.argument("files", nargs=-1, required=True, metavar="FILE...")


seed_option = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Seed of clusters and layout.",
)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON to the standard output."
)
