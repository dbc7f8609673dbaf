"""``nqp-biblio network`` of a file that holds a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

import nqp_biblio as nb
from nqp_biblio import cli

if TYPE_CHECKING:
    from pathlib import Path

NET = '*Vertices 4\n1 "a"\n2 "b"\n3 "c"\n4 "d"\n*Edges\n1 2 3\n2 3 1\n3 2 1\n'


def test_a_network_is_mapped_and_written_in_another_format(tmp_path: Path) -> None:
    """A file of a network is clustered, laid out and written; what reading noted is told."""
    (tmp_path / "a.net").write_text(NET, encoding="utf-8")
    out = tmp_path / "a.gexf"
    command = ["network", str(tmp_path / "a.net"), "--largest-component", "-o", str(out)]
    done = CliRunner().invoke(cli.cli, command)
    assert done.exit_code == 0, done.output
    assert "1 edges stood between the same nodes" in done.stderr
    net = nb.read_network(out)
    assert net.labels == ("a", "b", "c")
    assert {"cluster", "x", "y"} <= set(net.node_columns)


def test_options_for_works_are_refused(tmp_path: Path) -> None:
    """An option that a network cannot follow is a usage error, not passed over."""
    (tmp_path / "a.net").write_text(NET, encoding="utf-8")
    command = ["network", str(tmp_path / "a.net"), "--kind", "coupling"]
    done = CliRunner().invoke(cli.cli, command)
    assert done.exit_code == 2
    assert "--kind is for works, and the file holds a network" in done.stderr
