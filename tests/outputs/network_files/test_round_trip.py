"""Networks as files: written, read, and the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.outputs.network_files.losses import compare_networks
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    NetworkOf = Callable[..., nb.Network]

MANY = settings(max_examples=60, deadline=None, derandomize=True)
SIGNS = "ab1é新Ж😀 \"'&<>#;,[]=+-@\\|%*{}()\u0301\u200b"
CONTROLS = "\x00\x07\n\r\t\x1b\x7f\x85\u2028\ufffe"
RICH = ("vosviewer", "gml")
XML = ("graphml", "gexf")
HELD = {
    **dict.fromkeys(RICH, SIGNS + CONTROLS + "\ud800"),
    **dict.fromkeys(XML, SIGNS + "\n\r\t\x7f\x85\u2028"),
    "pajek": SIGNS + CONTROLS,
    "csv": SIGNS + "\n\t\u2028",
    "vosviewer-text": SIGNS,
}
"""The characters that labels and texts keep, by format."""

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: value or 0.0)
WEIGHTS = st.floats(1e-6, 1e9) | st.integers(1, 10**9).map(float)


def _texts(signs: str) -> st.SearchStrategy[str]:
    """Give texts that no table can take for a number or an empty cell."""
    return st.text(st.sampled_from(signs), max_size=12).map(lambda text: f"{text}z")


@st.composite
def _networks(draw: st.DrawFn, signs: str, *, has_texts: bool, is_directed: bool) -> nb.Network:
    """Give a network with a column of each type, all its values there or some missing."""
    n = draw(st.integers(1, 6))
    labels = draw(st.lists(_texts(signs), min_size=n, max_size=n, unique=True))
    ids = draw(st.lists(st.integers(-(10**9), 10**9), min_size=n, max_size=n, unique=True))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    found = draw(st.lists(pairs, max_size=12))
    ends = sorted({pair if is_directed else (min(pair), max(pair)) for pair in found})
    made = nb.Network(
        kind="network",
        of="nodes",
        directed=is_directed,
        ids=np.array(ids, dtype=np.int64),
        labels=tuple(labels),
        source=np.array([a for a, _ in ends], dtype=np.int64),
        target=np.array([b for _, b in ends], dtype=np.int64),
        weight=np.array([draw(WEIGHTS) for _ in ends], dtype=np.float64),
    )
    columns: dict[str, Any] = {
        "occurrences": [draw(st.integers(0, 10**6)) for _ in labels],
        "cluster": [draw(st.integers(0, 1500)) for _ in labels],
        "x": [draw(NUMBERS) for _ in labels],
        "y": [draw(NUMBERS) for _ in labels],
        "weight<Citations>": [draw(st.integers(0, 999)) for _ in labels],
        "Citations": [draw(NUMBERS) for _ in labels],
        "mean_year": [draw(NUMBERS | st.just(float("nan"))) for _ in labels],
    }
    if has_texts:
        texts = (st.none() | _texts(signs)) if n else st.none()
        for name in ("description", "url", "venue"):
            column = np.empty(n, dtype=object)
            column[:] = [draw(texts) for _ in labels]
            columns[name] = column
    return made.with_nodes(**columns)


def _round_trip(net: nb.Network, folder: Path, name: str) -> nb.Network:
    path = folder / f"net{NETWORK_FORMATS[name].suffixes[0]}"
    for old in folder.iterdir():
        old.unlink()
    nb.write(net, path, format=name)
    return nb.read_network(path)


@pytest.mark.parametrize("name", NETWORK_FORMATS)
@MANY
@given(data=st.data())
def test_a_file_of_ours_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    """Nodes, edges, weights, clusters, places, scores, description and url come back."""
    is_directed = name != "vosviewer-text" and data.draw(st.booleans())
    has_texts = name != "pajek"
    given_net = _networks(HELD[name], has_texts=has_texts, is_directed=is_directed)
    net = data.draw(given_net)
    if name == "csv" and not net.n_edges:
        is_directed = False
    back = _round_trip(net, tmp_path_factory.mktemp("net", numbered=True), name)
    lost = [loss for loss in compare_networks(net, back) if loss.name != "network.directed"]
    assert not lost
    assert back.directed == (net.directed and (net.n_edges > 0 or name not in ("csv", "pajek")))
    assert not back.manifest["notes"]
    assert not set(back.node_columns) - set(net.node_columns)


@pytest.mark.parametrize("name", NETWORK_FORMATS)
@MANY
@given(label=st.text(min_size=1, max_size=20))
def test_any_label_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, network_of_labels: NetworkOf, name: str, label: str
) -> None:
    """Whatever stands in a label, no node and no edge is lost, and other labels stay."""
    net = network_of_labels([label, "other label", f"{label}!"], [(0, 1, 2.0), (1, 2, 1.0)])
    back = _round_trip(net, tmp_path_factory.mktemp("net"), name)
    assert back.n_nodes == net.n_nodes
    assert back.weight.tolist() == net.weight.tolist()
    assert "other label" in back.labels


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_a_map_reads_back_equal(tmp_path: Path, small_network: nb.Network, name: str) -> None:
    """A network that is clustered and laid out comes back, with an item that is alone."""
    assert not [
        loss
        for loss in compare_networks(small_network, _round_trip(small_network, tmp_path, name))
        if loss.table != "network"
    ]


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_the_same_bytes(tmp_path: Path, small_network: nb.Network, name: str) -> None:
    """What is written of what is read is the same file, byte for byte."""
    form = NETWORK_FORMATS[name]
    path = tmp_path / f"net{form.suffixes[0]}"
    first = form.files(small_network, path)
    assert form.files(_round_trip(small_network, tmp_path, name), path) == first


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_a_network_without_edges_or_nodes(
    tmp_path: Path, network_of_labels: NetworkOf, name: str
) -> None:
    """Networks without edges, and without nodes where a format has them, are read."""
    assert _round_trip(network_of_labels(["a", "b"], []), tmp_path, name).n_nodes == 2
    assert _round_trip(network_of_labels([], []), tmp_path, name).n_nodes == 0


def test_no_corpus_no_evidence(tmp_path: Path, small_network: nb.Network) -> None:
    """A network that was read has no works behind its edges, and says so."""
    back = _round_trip(small_network, tmp_path, "gml")
    with pytest.raises(nb.BiblioError, match="no corpus behind it"):
        back.evidence(1, 2)


def test_what_is_read_can_be_mapped(tmp_path: Path, small_network: nb.Network) -> None:
    """A network that was read can be weighed, clustered and laid out as any other."""
    back = _round_trip(small_network, tmp_path, "vosviewer")
    assert {"cluster", "x", "y"} <= set(nb.map_network(back).node_columns)
    (tmp_path / "plain_network.txt").write_text("1\t2\t3\n2\t3\t1\n", encoding="utf-8")
    plain = nb.map_network(nb.read_network(tmp_path / "plain_network.txt"))
    assert plain.manifest["similarity"]["marginal"] == "strength"
