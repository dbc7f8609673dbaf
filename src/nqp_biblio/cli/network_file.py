"""A file of a network on the command line, where works are expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network

__all__ = ["cut_network", "network_in"]

_FIT = frozenset({"top", "largest_component"})


def network_in(files: tuple[str, ...]) -> Network | None:
    """Read the network where the one file that is given holds one; None where it holds works."""
    if len(files) != 1 or not Path(files[0]).is_file():
        return None
    from nqp_biblio.outputs.network_files.reading import is_network_file, read_network
    from nqp_biblio.readers.source import Source

    return read_network(files[0]) if is_network_file(Source(files[0])) else None


def cut_network(net: Network, options: dict[str, Any]) -> Network:
    """Cut a network that was read as the options say, and tell what reading noted.

    Raises
    ------
    UsageError
        If an option is given that is for works.
    """
    context = click.get_current_context()
    for name in sorted({*options, "why"} - _FIT):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = "of" if name == "unit" else name.replace("_", "-")
            raise click.UsageError(f"--{option} is for works, and the file holds a network")
    for note in net.manifest["notes"]:
        click.echo(note, err=True)
    kept = net.top(options["top"]) if options["top"] else net
    return kept.largest_component() if options["largest_component"] else kept
