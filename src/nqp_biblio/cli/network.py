"""``nqp-biblio network``: a network with clusters and a layout, or what lies behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.cli.network_file import cut_network, network_in
from nqp_biblio.cli.network_map import Mapping, map_options
from nqp_biblio.cli.options import Reading, files_argument, reading_options
from nqp_biblio.cli.telling import finish, talk
from nqp_biblio.cli.writing import write_network
from nqp_biblio.networks.kinds import NETWORK_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

__all__ = ["network"]

_WHY = "--why"
_YEARS = re.compile(r"(\d{4})-(\d{4})")


class _WhyCommand(click.Command):
    """A command whose ``--why`` takes one name or two."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give each of the names an option of its own."""
        return super().parse_args(ctx, list(_one_by_one(args)))


def _years(_: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read a first and a last year."""
    if value is None:
        return None
    match = _YEARS.fullmatch(value)
    if match is None:
        told = f"{value!r} is not a first and a last year, as 2001-2010"
        raise click.BadParameter(told, param=param)
    return int(match[1]), int(match[2])


@click.command(cls=_WhyCommand)
@files_argument
@click.option(
    "--kind",
    type=click.Choice(NETWORK_KINDS),
    default="cotopic",
    show_default=True,
    help="What joins the nodes.",
)
@click.option(
    "--of",
    "unit",
    metavar="UNIT",
    help="What a node is: works, authors, sources, institutions, countries, references,"
    " author_keywords, text_terms, …; of a multimode network several, as authors+keywords.",
)
@click.option(
    "-o",
    "--output",
    default="-",
    help="File: .graphml, .gexf, .gml, .json and .txt (VOSviewer), .net, .csv, .html, .svg, .pdf,"
    " .png; - writes edges as CSV.",
)
@click.option(
    "--min-occurrences", type=click.IntRange(min=1), help="Works that a node must be in, at least."
)
@click.option("--min-weight", type=float, help="Leave out lighter edges.")
@click.option(
    "--max-items-per-work",
    type=click.IntRange(min=1),
    help="Leave out works with more nodes (VOSviewer: 25 authors).",
)
@click.option(
    "--hub-cap", type=click.IntRange(min=1), help="What has more nodes than this joins none."
)
@click.option("--top", type=click.IntRange(min=1), help="Keep the nodes of most link strength.")
@click.option(
    "--largest-component", is_flag=True, help="Keep the largest set of connected nodes only."
)
@click.option("--self-loops", is_flag=True, default=None, help="Join nodes with themselves too.")
@click.option(
    "--years",
    metavar="YEAR-YEAR",
    callback=_years,
    help="Works published from one year to another.",
)
@click.option(
    "--width",
    type=click.IntRange(min=1),
    help="One network for each so many years, in a file whose name ends in them.",
)
@click.option("--cumulative", is_flag=True, help="With --width: begin each with the first year.")
@click.option(
    "--counting", type=click.Choice(["full", "fractional"]), help="What a pair in one work counts."
)
@click.option("--identity", metavar="RULE", help="When two references, authors or terms are one.")
@click.option("--author-identity", metavar="RULE", help="When two authors are one.")
@click.option(
    "--cited-authors",
    type=click.Choice(["first", "all"]),
    help="Of co-citation of authors: which authors of a cited work.",
)
@click.option(
    "--like",
    type=click.Choice(["vosviewer", "bibliometrix"]),
    help="Count as another program does.",
)
@click.option(
    "--level",
    type=click.Choice(["work", "section", "paragraph", "sentence", "proximity"]),
    help="Where two references must be cited together.",
)
@click.option("--top-links", type=click.IntRange(min=1), help="Heaviest edges kept of each node.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "numpy", "kernel", "sql"]),
    help="How pairs are counted; -v says how they were.",
)
@click.option("--memory-budget", metavar="SIZE", help="What counting may take, such as '2 GB'.")
@click.option(
    _WHY,
    multiple=True,
    metavar="A [B]",
    help="Write the works behind node A, or behind the edge of A and B, as CSV instead.",
)
@map_options
@reading_options
def network(
    files: tuple[str, ...],
    reading: Reading,
    mapping: Mapping,
    quiet: bool,
    verbose: bool,
    **options: Any,  # noqa: ANN401  options of click
) -> None:
    """Make a network, with clusters and a layout, or tell the works behind it.

    A file that holds a network (VOSviewer, Pajek, GraphML, GEXF, GML, CSV) is mapped anew.

    Example: nqp-biblio network export.bib --kind coupling -o coupling.graphml
    """
    import nqp_biblio as nb

    output, why = options.pop("output"), options.pop("why")
    if (given := network_in(files)) is not None:
        write_network(mapping.of(cut_network(given, options)), output)
        return
    corpus = nb.normalise(reading.read(files))
    told = []
    with talk("making the network", quiet=quiet):
        for path, net in _networks(corpus, output, options):
            if why:
                _write_why(net, why, path)
            else:
                write_network(mapping.of(net), path)
            told.append(f"{net.n_nodes} nodes, {net.n_edges} edges")
            if verbose and (engine := net.manifest.get("engine")):
                told.append(engine["text"])
    finish(corpus, "\n".join(told), quiet=quiet, verbose=verbose)


def _networks(
    corpus: Corpus, output: str, options: dict[str, Any]
) -> Iterator[tuple[str, Network]]:
    """Make the network, or that of each period, and say where it goes."""
    import nqp_biblio as nb

    kind, of, width = (options.pop(name) for name in ("kind", "unit", "width"))
    cumulative, top = options.pop("cumulative"), options.pop("top")
    is_largest = options.pop("largest_component")
    if of and {"institutions", "countries"} & set(of.split("+")):
        corpus = nb.find_places(corpus)
    if width is None:
        made = {"": nb.network_of(corpus, kind, of=of, **options)}
    elif output == "-":
        raise click.UsageError("--width makes several networks; name a file with -o")
    else:
        del options["years"]
        made = nb.slice_network(corpus, kind, width=width, cumulative=cumulative, of=of, **options)
    for period, whole in made.items():
        net = whole.top(top) if top else whole
        path = Path(output)
        named = str(path.with_stem(f"{path.stem}-{period}")) if period else output
        yield named, net.largest_component() if is_largest else net


def _write_why(net: Network, why: tuple[str, ...], output: str) -> None:
    """Write the works behind a node or an edge as CSV."""
    from nqp_biblio.outputs.files import write_text

    names = [int(name) if name.isdigit() and name not in net.labels else name for name in why]
    text = net.evidence(*names).to_csv(index=False)
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_text(output, text)


def _one_by_one(args: list[str]) -> Iterator[str]:
    """Repeat the option before a second name; a file is none."""
    at = 0
    while at < len(args):
        yield args[at]
        at += 1
        if args[at - 1] != _WHY or at == len(args):
            continue
        yield args[at]
        at += 1
        if at < len(args) and not args[at].startswith("-") and not Path(args[at]).exists():
            yield from (_WHY, args[at])
            at += 1
