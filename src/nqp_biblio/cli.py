"""The command line: options, one call of the library, one write.

Data go to the standard output, talk to the standard error; ``-`` is the standard input.
Exit codes: 0 fine, 1 failed, 2 wrong usage, 3 finished but something could not be read,
130 interrupted.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from nqp_biblio import __version__
from nqp_biblio.errors import BiblioError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.readers.column_map import ColumnMap

__all__ = ["main"]

_PROBLEMS_SHOWN = 10
_NAME = "nqp-biblio"
_PATIENCE = 2.0
"""Seconds that pass before a bar is shown."""


class _UnreadError(click.ClickException):
    """Finished, but something could not be read."""

    exit_code = 3

    def show(self, file: Any = None) -> None:  # noqa: ANN401  as click has it
        """Say nothing: the problems are listed already."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a console of another encoding must not end a run over one character
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name=_NAME, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"{_NAME}: interrupted", err=True)
        code = 130
    except BiblioError as error:
        click.echo(f"{_NAME}: {error}", err=True)
        code = 2 if isinstance(error, OptionError) else 1
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _common(command: Callable[..., None]) -> Callable[..., None]:
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
        command(reading=_Reading(form, mapped, quiet=given["quiet"]), **given)

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


@dataclass(frozen=True)
class _Reading:
    """How the files of a command are to be read."""

    form: str | None
    columns: ColumnMap | None
    quiet: bool

    def read(self, files: Sequence[str]) -> Corpus:
        """Read files, with a bar on the standard error where that takes over two seconds."""
        import nqp_biblio as nb

        if self.quiet or not sys.stderr.isatty():
            return nb.read(*files, format=self.form, columns=self.columns)
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=1.0, visible=False)

            def show(file: str, share: float, n_entries: int) -> None:
                """Move the bar, which nobody sees in the first seconds."""
                told = f"{PurePath(file).name}: {n_entries:,} works"
                is_late = time.monotonic() - started > _PATIENCE
                bar.update(task, completed=share, description=told, visible=is_late)

            started = time.monotonic()
            return nb.read(*files, format=self.form, columns=self.columns, on_progress=show)


def _columns_of(file: str | None, options: tuple[str, ...]) -> ColumnMap | None:
    """Return the user's names of columns."""
    from nqp_biblio.readers.column_map import ColumnMap, load_columns, parse_columns

    if not (file or options):
        return None
    names = load_columns(file).names if file else ()
    return ColumnMap.of(dict(names) | dict(parse_columns(options).names if options else ()))


_files = click.argument("files", nargs=-1, required=True, metavar="FILE...")
_seed = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Seed of clusters and layout.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON to the standard output.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name=_NAME)
def cli() -> None:
    """Bibliometric citation analysis: references and exports in, networks and reports out.

    Nothing but enrich uses the network. Exit codes: 0 fine, 1 failed, 2 wrong usage,
    3 finished but something could not be read, 130 interrupted.
    """


@cli.command()
@_files
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    help="The page to write; data go to a folder beside it.",
)
@click.option("--title", help="Heading of the page.")
@_seed
@_json
@_common
def report(
    files: tuple[str, ...],
    output: str,
    title: str | None,
    seed: int,
    as_json: bool,
    reading: _Reading,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write a citation report: one HTML page and a folder of data.

    Example: nqp-biblio report paper.txt -o report.html
    """
    import nqp_biblio as nb

    read = reading.read(files)
    with _talk("finding topics", quiet=quiet) as say:
        corpus = nb.find_topics(nb.normalise(read))
        say("writing the report")
        nb.write_report(corpus, output, title=title, seed=seed)
    if as_json:
        _write_json(dict(nb.summary(corpus).rows))
    _finish(corpus, f"{len(corpus)} works, report in {output}", quiet=quiet, verbose=verbose)


@cli.command()
@_files
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
@_common
def parse(
    files: tuple[str, ...],
    output: str,
    target: str | None,
    lines: bool,
    view: str | None,
    reading: _Reading,
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
        _write_corpus(references, output, target or ("csl-json" if output == "-" else None))
    _finish(corpus, f"{len(references)} references", quiet=quiet, verbose=verbose)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="IN... OUT")
@click.option(
    "--to", "target", metavar="NAME", help="Format to write; by the ending of OUT if left out."
)
@click.option("--clean", is_flag=True, help="Normalise sources, years, names and DOIs first.")
@_common
def convert(
    files: tuple[str, ...],
    target: str | None,
    clean: bool,
    reading: _Reading,
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
    corpus = nb.normalise(read) if clean else read
    _write_corpus(corpus, output, target)
    name = target or ("csl-json" if output == "-" else writer_for(output).name)
    lost = told_losses(find_losses(corpus, name), name, is_long=verbose)
    told = f"{len(corpus)} works in {output}" + (f"\n{lost}" if lost else "")
    _finish(corpus, told, quiet=quiet, verbose=verbose)


@cli.command()
@click.argument("name", required=False)
@_json
def formats(name: str | None, as_json: bool) -> None:
    """List the formats that can be read and written, or what one of them keeps.

    Example: nqp-biblio formats ris
    """
    from nqp_biblio.outputs.formats import format_lines, format_table

    if name is not None and not as_json:
        click.echo("\n".join(format_lines(name)))
        return
    rows = [row for row in format_table() if name in {None, row["name"]}]
    if as_json:
        _write_json(rows)
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        marks = f"{'reads' if row['reads'] else '':5}  {'writes' if row['writes'] else '':6}"
        click.echo(
            f"{row['name']:{width}}  {marks}  {' '.join(row['suffixes']):22}  {row['title']}"
        )


@cli.command()
@_files
@_json
@_common
def check(
    files: tuple[str, ...], as_json: bool, reading: _Reading, quiet: bool, verbose: bool
) -> None:
    """Read files and list what could not be read, with file and line.

    Example: nqp-biblio check export.bib
    """
    import nqp_biblio as nb
    from nqp_biblio.outputs.checks import check_rows

    corpus = reading.read(files)
    rows = check_rows(corpus)
    if as_json:
        _write_json({"summary": dict(nb.summary(corpus).rows), "problems": rows})
    else:
        for row in rows:
            click.echo(f"{row['file']}:{row['line'] or '?'}: {row['reason']}")
    told = f"{len(corpus)} works, {len(rows)} problems"
    _finish(corpus, told, quiet=quiet, verbose=verbose, listed=True)


@cli.command()
@_files
@click.option(
    "--kind",
    type=click.Choice(
        ["cotopic", "cooccurrence", "citation", "cocitation", "coupling", "coauthorship"]
    ),
    default="cotopic",
    show_default=True,
    help="What joins the nodes.",
)
@click.option(
    "--of",
    "unit",
    metavar="UNIT",
    help="What a node is: works, authors, sources, references, author_keywords, …",
)
@click.option(
    "-o",
    "--output",
    default="-",
    help="File: .graphml, .json (VOSviewer), .net, .csv, .svg, .pdf, .png; - writes edges as CSV.",
)
@click.option(
    "--min-occurrences", type=click.IntRange(min=1), help="Works that a node must be in, at least."
)
@click.option("--min-weight", type=float, help="Leave out lighter edges.")
@click.option(
    "--counting", type=click.Choice(["full", "fractional"]), help="What a pair in one work counts."
)
@click.option("--identity", metavar="RULE", help="When two references or authors are one.")
@click.option(
    "--level",
    type=click.Choice(["work", "section", "paragraph", "sentence", "proximity"]),
    help="Where two references must be cited together.",
)
@click.option(
    "--similarity",
    default="association-strength",
    show_default=True,
    metavar="NAME",
    help="Similarity of nodes.",
)
@click.option(
    "--resolution",
    type=float,
    default=1.0,
    show_default=True,
    help="Higher makes more and smaller clusters.",
)
@_seed
@_common
def network(
    files: tuple[str, ...],
    output: str,
    reading: _Reading,
    quiet: bool,
    verbose: bool,
    **options: Any,  # noqa: ANN401  options of click
) -> None:
    """Make a network, with clusters and a layout.

    Example: nqp-biblio network export.bib --kind coupling -o coupling.graphml
    """
    import nqp_biblio as nb

    corpus = nb.normalise(reading.read(files))
    with _talk("making the network", quiet=quiet):
        settings = {name: options.pop(name) for name in ("similarity", "resolution", "seed")}
        net = nb.network_of(corpus, options.pop("kind"), of=options.pop("unit"), **options)
        _write_network(nb.map_network(net, **settings), output)
    _finish(corpus, f"{net.n_nodes} nodes, {net.n_edges} edges", quiet=quiet, verbose=verbose)


@cli.command()
@_files
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
@_json
@_common
def enrich(
    files: tuple[str, ...],
    output: str,
    target: str | None,
    as_json: bool,
    reading: _Reading,
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
        _write_corpus(corpus, output, target or ("csl-json" if output == "-" else None))
    step = corpus.history[-1]
    if as_json:
        _write_json(step)
    _finish_enriched(corpus, step, read.n_rows("problems"), quiet=quiet, verbose=verbose)


def _enriched(corpus: Corpus, options: dict[str, Any], *, quiet: bool) -> Corpus:
    """Ask a service, with a bar where somebody looks."""
    from pathlib import Path

    import nqp_biblio as nb
    from nqp_biblio.bars import asking_bar
    from nqp_biblio.services.client import Client

    given = {name: options[name] for name in ("mailto", "offline", "refresh")}
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


def _finish_enriched(
    corpus: Corpus, step: dict[str, Any], n_before: int, *, quiet: bool, verbose: bool
) -> None:
    """Sum up what came of it; leave with 3 where something failed."""
    from nqp_biblio.services.enrich import summary_lines

    if not quiet:
        click.echo("\n".join(summary_lines(step)), err=True)
        _list_problems(corpus, verbose=verbose)
    if n_before or any(step["counts"].get(state) for state in ("failed", "refused", "other-work")):
        raise _UnreadError("some works could not be asked for")


def _show_references(references: Corpus, *, explain: bool) -> None:
    """Show references on the standard output, as a table or with their fields."""
    from rich.console import Console

    from nqp_biblio.outputs.reference_view import explain_lines, reference_table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    for shown in explain_lines(references) if explain else [reference_table(references)]:
        console.print(shown, soft_wrap=explain)


def _write_corpus(corpus: Corpus, output: str, target: str | None) -> None:
    """Write a corpus to a file or to the standard output."""
    import nqp_biblio as nb

    if output != "-":
        nb.write(corpus, output, format=target)
        return
    from nqp_biblio.outputs.export import text_of

    click.echo(text_of(corpus, target or "csl-json"), nl=False)


def _write_network(net: Any, output: str) -> None:  # noqa: ANN401  Network
    """Write a network to a file, or its edges to the standard output."""
    import nqp_biblio as nb

    if output != "-":
        nb.write(net, output)
        return
    from nqp_biblio.outputs.network_files import format_edges

    click.echo(format_edges(net), nl=False)


def _write_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def _talk(text: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show what is going on, where somebody looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{text} …") as status:
        yield lambda now: status.update(f"{now} …")


def _finish(corpus: Corpus, told: str, *, quiet: bool, verbose: bool, listed: bool = False) -> None:
    """Tell how it went; leave with 3 where something could not be read."""
    if not quiet:
        click.echo(told, err=True)
    if verbose:
        for rule, n in corpus.sql("SELECT rule, COUNT(*) FROM changes GROUP BY rule ORDER BY rule"):
            click.echo(f"{rule}: {n} values", err=True)
    if not corpus.n_rows("problems"):
        return
    if not (quiet or listed):
        _list_problems(corpus, verbose=verbose)
    raise _UnreadError("some entries could not be read")


def _list_problems(corpus: Corpus, *, verbose: bool) -> None:
    """List what could not be read, the first of it or all."""
    n_problems = corpus.n_rows("problems")
    limit = n_problems if verbose else _PROBLEMS_SHOWN
    for file, line, reason in corpus.sql(
        "SELECT file, line, reason FROM problems ORDER BY problem_id LIMIT ?", (limit,)
    ):
        click.echo(f"{file}:{line or '?'}: {reason}", err=True)
    if n_problems > limit:
        click.echo(f"{n_problems - limit} more problems; -v lists them", err=True)
