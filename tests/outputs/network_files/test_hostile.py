"""Broken and hostile files of networks: an error of the library, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    NetworkOf = Callable[..., nb.Network]

PIECES = ["", "\x00", '"', "<", "&x;", "]", "[", "}", "*Arcs", "\t", "\n", ",", "1e999", "-", "nan"]
EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from(PIECES)), max_size=6
)


@pytest.mark.parametrize("name", NETWORK_FORMATS)
@settings(max_examples=80, deadline=None, derandomize=True)
@given(edits=EDITS, text=st.none() | st.text(max_size=60))
def test_no_file_is_a_surprise(
    tmp_path_factory: pytest.TempPathFactory,
    small_network: nb.Network,
    name: str,
    edits: list[tuple[int, int, str]],
    text: str | None,
) -> None:
    """A file that is damaged, or is another, is read or refused as no good input."""
    path = tmp_path_factory.mktemp("net") / f"net{NETWORK_FORMATS[name].suffixes[0]}"
    files = NETWORK_FORMATS[name].files(small_network, path)
    for file, whole in files.items():
        damaged = whole if text is None else text
        for at, length, piece in edits:
            start = at % (len(damaged) + 1)
            damaged = damaged[:start] + piece + damaged[start + length :]
        file.write_bytes(damaged.encode("utf-8", errors="replace"))
    try:
        net = nb.read_network(path, format=name)
    except nb.BiblioError:
        return
    assert net.n_nodes == len(set(net.labels))


@pytest.mark.parametrize("column", ["self", "name", "key", "links", "id_in_file"])
def test_columns_of_any_name(
    tmp_path_factory: pytest.TempPathFactory, network_of_labels: NetworkOf, column: str
) -> None:
    """A column may have any name, that of a parameter too."""
    net = network_of_labels(["a", "b"], [(0, 1, 2.0)])
    graph = net.to_networkx()
    for node in graph:
        graph.nodes[node][column] = 5
    made = nb.network_from_networkx(graph)
    for name, form in NETWORK_FORMATS.items():
        path = tmp_path_factory.mktemp("net") / f"net{form.suffixes[0]}"
        nb.write(made, path, format=name)
        assert nb.read_network(path).nodes.equals(made.nodes)
