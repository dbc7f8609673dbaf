"""``nqp-biblio network``: a network with clusters and a layout."""

from __future__ import annotations

from typing import Any

import click

from nqp_biblio.cli.options import (
    Reading,
    files_argument,
    reading_options,
    seed_option,
)
from nqp_biblio.cli.telling import finish, talk
from nqp_biblio.cli.writing import write_network

__all__ = ["network"]


@click.command()
@files_argument
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
@seed_option
@reading_options
def network(
    files: tuple[str, ...],
    output: str,
    reading: Reading,
    quiet: bool,
    verbose: bool,
    **options: Any,  # noqa: ANN401  options of click
) -> None:
    """Make a network, with clusters and a layout.

    Example: nqp-biblio network export.bib --kind coupling -o coupling.graphml
    """
    import nqp_biblio as nb

    corpus = nb.normalise(reading.read(files))
    with talk("making the network", quiet=quiet):
        settings = {name: options.pop(name) for name in ("similarity", "resolution", "seed")}
        net = nb.network_of(corpus, options.pop("kind"), of=options.pop("unit"), **options)
        write_network(nb.map_network(net, **settings), output)
    finish(corpus, f"{net.n_nodes} nodes, {net.n_edges} edges", quiet=quiet, verbose=verbose)
