"""``nqp-biblio measure``: one measure of a corpus, as a table."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.cli.measure_options import first_line, function_of, options_of
from nqp_biblio.cli.options import Reading, files_argument, json_option, reading_options
from nqp_biblio.cli.telling import finish, talk, write_json
from nqp_biblio.measures.catalogue import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.measures.result import Result

__all__ = ["measure"]


class _Measures(click.Group):
    """The measures, each a command that is made when it is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """List the names."""
        return sorted(MEASURES)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a measure."""
        return _command(cmd_name) if cmd_name in MEASURES else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name what is meant where there is no such measure."""
        if args and args[0] not in MEASURES:
            near = difflib.get_close_matches(args[0], MEASURES, n=3)
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            told = f"no measure {args[0]!r}{meant} nqp-biblio measure --help lists them."
            raise click.UsageError(told, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List each measure with what it does."""
        with formatter.section("Measures"):
            formatter.write_dl([(name, first_line(name)) for name in self.list_commands(ctx)])


@click.group(cls=_Measures, subcommand_metavar="NAME FILE...")
def measure() -> None:
    """Compute one measure of the works in files, or of a saved corpus.

    Files are cleaned first, as for a report. nqp-biblio measure NAME --help lists the options of
    a measure.

    Example: nqp-biblio measure author-production export.bib
    """


def _command(name: str) -> click.Command:
    """Make the command of one measure."""
    function = function_of(name)
    own = list(options_of(function))
    names = {option.name for option in own}

    @click.command(name, help=f"{first_line(name)}\n\nExample: nqp-biblio measure {name} works.bib")
    @files_argument
    @click.option("-o", "--output", default="-", help="CSV file to write; - is standard output.")
    @json_option
    @reading_options
    def command(files: tuple[str, ...], reading: Reading, **options: Any) -> None:  # noqa: ANN401
        """Read, clean, measure and write."""
        given = {key: options.pop(key) for key in list(options) if key in names}
        _run(function, files, reading, options | {"given": given})

    command.params[1:1] = own
    return command


def _run(
    function: Callable[..., Result],
    files: tuple[str, ...],
    reading: Reading,
    options: dict[str, Any],
) -> None:
    """Read, clean, measure and write."""
    import nqp_biblio as nb

    quiet, verbose = options["quiet"], options["verbose"]
    with talk("reading", quiet=quiet) as say:
        corpus = reading.read(files)
        if "normalise" not in corpus.steps:
            say("cleaning")
            corpus = nb.find_topics(nb.clean(corpus))
        say("measuring")
        given = {key: value for key, value in options["given"].items() if value is not None}
        result = function(corpus, **given)
    _write(result, options["output"], as_json=options["as_json"])
    if (warning := result.manifest.get("warning")) and not quiet:
        click.echo(f"warning: {warning}", err=True)
    told = f"{result.manifest.get('measure')}: {len(result)} rows"
    finish(corpus, told, quiet=quiet, verbose=verbose)


def _write(result: Result, output: str, *, as_json: bool) -> None:
    """Write the table as CSV or, with its manifest, as JSON."""
    from nqp_biblio.outputs.files import write_text
    from nqp_biblio.outputs.tables import format_rows

    if as_json:
        rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
        write_json(_plain({"manifest": result.manifest, "rows": rows}))
        return
    text = format_rows(result.columns, result.rows)
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_text(output, text)


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever a manifest holds
    """Turn what a result holds into what JSON has."""
    from nqp_biblio.corpus.engine import plain

    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return plain(value)
