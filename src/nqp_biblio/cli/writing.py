"""Where the data of a command go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


__all__ = ["write_corpus", "write_network"]


def write_corpus(corpus: Corpus, output: str, target: str | None) -> None:
    """Write a corpus to a file or to the standard output."""
    import nqp_biblio as nb

    if output != "-":
        nb.write(corpus, output, format=target)
        return
    from nqp_biblio.outputs.export import text_of

    click.echo(text_of(corpus, target or "csl-json"), nl=False)


def write_network(net: Any, output: str) -> None:  # noqa: ANN401  Network
    """Write a network to a file, or its edges to the standard output."""
    import nqp_biblio as nb

    if output != "-":
        nb.write(net, output)
        return
    from nqp_biblio.outputs.network_files.csv_lists import format_edges

    click.echo(format_edges(net), nl=False)
