"""Reading files of networks: by content, those beside them, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.errors import InputError, UnknownFormatError, UnknownNameError
from nqp_biblio.outputs.network_files.losses import compare_networks
from nqp_biblio.outputs.network_files.reading import is_network_file
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from pathlib import Path

JOI = "truths/vosviewer/JOI_2007-2016_co-authorship"
QSS = "truths/vosviewer/QSS_publication_bibliographic_coupling"
REAL = [
    (f"{JOI}_network.json", 252, 568),
    (f"{JOI}_map.txt", 252, 568),
    (f"{JOI}_network.txt", 252, 568),
    (f"{QSS}_network.json", 39, 194),
    (f"{QSS}_map.txt", 39, 194),
    ("truths/csss/vosviewer_map.txt", 2234, 15675),
    ("truths/csss/vosviewer_network.txt", 2234, 15675),
]


@pytest.mark.parametrize(("file", "nodes", "edges"), REAL)
def test_real_files(shared_data: Path, file: str, nodes: int, edges: int) -> None:
    """VOSviewer's own files are read whole, and nothing of them has to be noted."""
    net = nb.read_network(shared_data / file)
    assert (net.n_nodes, net.n_edges) == (nodes, edges)
    assert net.manifest["notes"] == []
    assert {"x", "y", "cluster", "weight<Citations>"} <= set(net.node_columns)


@pytest.mark.parametrize("stem", [JOI, QSS])
def test_json_and_text_of_vosviewer_agree(shared_data: Path, stem: str) -> None:
    """The same network is read from the JSON and from the pair of text files."""
    one = nb.read_network(shared_data / f"{stem}_network.json")
    other = nb.read_network(shared_data / f"{stem}_map.txt")
    assert not compare_networks(one, other)


@pytest.mark.parametrize("name", NETWORK_FORMATS)
@pytest.mark.parametrize("file", [REAL[3][0], REAL[5][0]])
def test_real_networks_survive(shared_data: Path, file: str, name: str) -> None:
    """VOSviewer's networks come back from every format; Pajek has no place for texts."""
    losses = nb.network_losses(nb.read_network(shared_data / file), name)
    expected = {"nodes.description", "nodes.url"} if name == "pajek" else set()
    assert {loss.name for loss in losses} <= expected


def test_weights_and_scores(shared_data: Path) -> None:
    """Weights keep VOSviewer's name, a score is the column of its own name."""
    net = nb.read_network(shared_data / f"{QSS}_network.json")
    first = net.nodes.iloc[0]
    assert (first["id"], first["label"], first["cluster"]) == (29, "visser (2021)", 1)
    assert (first["weight<Citations>"], first["Pub. year"], first["links"]) == (19, 2021, 20)
    assert first["url"].startswith("https://app.dimensions.ai/")
    assert net.manifest["vosviewer_info"]["title"].startswith("Bibliographic coupling")


SMALL = {
    "graphml": '<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/>'
    '<edge source="a" target="b"/></graph></graphml>',
    "gexf": '<gexf><graph defaultedgetype="directed"><nodes><node id="a"/><node id="b"/></nodes>'
    '<edges><edge id="0" source="a" target="b"/></edges></graph></gexf>',
    "gml": '# a note\ngraph [ directed 1 node [ id 1 label "a" ] node [ id 2 label "b" ]\n'
    "edge [ source 1 target 2 ] ]",
    "pajek": '% a note\n*Network n\n*Vertices 2\n1 "a"\n2 "b" 0.1 0.2 box ic Red\n*Arcs\n1 2\n',
    "vosviewer": '{"network": {"items": [{"id": "a"}, {"id": "b"}],'
    ' "links": [{"source_id": "a", "target_id": "b"}]}}',
    "csv": "Source;Target\na;b\n",
    "vosviewer-text": "a1\tb1\t1\n",
}


@pytest.mark.parametrize("name", SMALL)
def test_the_content_tells_the_format(tmp_path: Path, name: str) -> None:
    """Whatever the ending, a file is read by what stands in it; a weight that lacks is 1."""
    path = tmp_path / "net.dat"
    path.write_text(SMALL[name], encoding="utf-8")
    net = nb.read_network(path)
    assert net.manifest["format"] == name
    assert (net.n_nodes, net.weight.tolist()) == (2, [1.0])
    assert net.directed == (name in ("graphml", "gexf", "gml", "pajek"))
    assert is_network_file(Source(path))


KEYED = "<graphml><key id='k' for='node' attr.name='n' attr.type='int'/><graph>"
ONE_NODE = "<gexf><graph><nodes><node id='a'/></nodes><edges>"
BROKEN = [
    ("a.graphml", "<graphml><graph><node id='a'/>\n<node id='a'/></graph></graphml>", ":2: the no"),
    ("a.graphml", "<graphml><graph><node id='a'/>\n<node id='b'", ":2: XML cut short"),
    (
        "a.graphml",
        "<graphml><graph><node id='a'>\n<graph><node id='b'/></graph></node></graph></graphml>",
        ":2: element node",
    ),
    (
        "a.graphml",
        f"{KEYED}\n<node id='a'><data key='k'>many</data></node></graph></graphml>",
        ":2: the n 'many' is no",
    ),
    (
        "a.gexf",
        f"{ONE_NODE}\n<edge source='a' target='a' weight='x'/></edges></graph></gexf>",
        ":2: the weight 'x'",
    ),
    (
        "a.gexf",
        f"{ONE_NODE}\n<edge source='a' target='c'/></edges></graph></gexf>",
        "ends in 'c', and no node",
    ),
    ("a.gml", 'graph [\n node [ id 1 ]\n node [ label "x" ]\n]', ":3: a node without id"),
    ("a.gml", "graph [\n node [ id 1 ]", ":1: the list that begins here has no end"),
    ("a.gml", "graph [\n node [ id 1 !! ] ]", ":2: '!! "),
    ("a.net", '*Vertices 2\n1 "a"\n3 "b"\n', ":3: the vertex '3' is not one of 2"),
    ("a.net", "*Vertices 2\n*Edges\n1 5 1\n", ":3: an edge ends in '5'"),
    ("a.net", "*Vertices 2\n*Edges\n1 2 1e999\n", ":3: the weight '1e999'"),
    ("a.net", "*Vertices 99999999999\n", "0 of 99999999999 vertices are listed"),
    ("a.net", "*Vertices 2\n*Matrix\n1 0 0\n", ":3: 3 numbers for 2 vertices"),
    ("a.json", '{"network": {"items": [\n{"id": 1},\n{"label": "b"}]}}', "items\\[1\\] has no id"),
    ("a.json", '{"network": {"items": [\n{"id": 1,}]}}', ":2: broken JSON"),
    ("a.json", '{"network": {"items": [{"id": 1, "x": NaN}]}}', "NaN is no number"),
    ("a.json", '{"network": {"items": [{"id": 1, "weights": {"n": "a"}}]}}', "weights 'n' is 'a'"),
    (
        "a.json",
        '{"network": {"items": [{"id": 1}], "links": [{"source_id": 1, "target_id": 2}]}}',
        "links\\[0\\] ends in '2'",
    ),
    ("a_map.txt", "id\tlabel\tx\n1\ta\t0.1\n2\tb\tleft\n", ":3: the x 'left' is no number"),
    ("a_map.txt", "id\tlabel\n1\ta\tb\n", ":2: 3 cells under 2 headers"),
    ("a_network.txt", "1\t2\t1\n1\t3\theavy\n", ":2: the strength 'heavy'"),
    ("a.csv", "source,target,weight\na,b,1\na,c,\na,d,x\n", ":4: the weight 'x'"),
    ("a.csv", "source,target\na,b\na\n", ":3: 1 cells under 2 headers"),
    ("a.gml", "graph [\n" + "a [\n" * 60, ":50: lists stand more than 50 deep"),
    ("a.json", '{"network": {"items": ' + "[" * 100_000, "JSON"),
]


@pytest.mark.parametrize(("name", "text", "told"), BROKEN)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    """A file that cannot be read is an error with file, line and reason."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        nb.read_network(path)
    assert str(caught.value).startswith(str(path))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A document type with entities opens no file and grows no text; the note says so."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    path = tmp_path / "a.graphml"
    path.write_text(
        f'<!DOCTYPE g [<!ENTITY a "{"x" * 99}"><!ENTITY b SYSTEM "{secret.as_uri()}">]>'
        '<graphml><key id="l" for="node" attr.name="label"/><graph edgedefault="undirected">'
        '<node id="1"><data key="l">&b;&a;&a;</data></node></graph></graphml>',
        encoding="utf-8",
    )
    net = nb.read_network(path)
    assert net.labels == ("&b;&a;&a;",)
    assert "entities; they are not expanded" in net.manifest["notes"][0]


def test_notes_say_what_was_changed(tmp_path: Path) -> None:
    """Labels that stand twice, edges that stand twice, and files that are missing are noted."""
    path = tmp_path / "a_map.txt"
    path.write_text("id\tlabel\n1\tx\n2\tx\n", encoding="utf-8")
    net = nb.read_network(path)
    assert net.labels == ("x", "x [2]")
    assert len(net.manifest["notes"]) == 2
    (tmp_path / "a_network.txt").write_text("1\t2\t1\n2\t1\t2\n", encoding="utf-8")
    net = nb.read_network(path)
    assert net.weight.tolist() == [3.0]
    assert net.manifest["notes"][0].startswith("1 edges stood between the same nodes")


def test_edges_with_and_without_direction(tmp_path: Path) -> None:
    """Where some edges have a direction, one without runs both ways, and a note says so."""
    path = tmp_path / "a.net"
    path.write_text("*Vertices 3\n*Arcs\n1 2 2\n*Edges\n2 3 5\n", encoding="utf-8")
    net = nb.read_network(path)
    ends = list(zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True))
    assert ends == [(0, 1, 2.0), (1, 2, 5.0), (2, 1, 5.0)]
    assert len(net.manifest["notes"]) == 1


def test_what_pajek_and_others_draw_is_kept(tmp_path: Path) -> None:
    """Unknown attributes are columns: shapes and colours of Pajek, size and colour of GEXF."""
    path = tmp_path / "a.net"
    path.write_text(SMALL["pajek"], encoding="utf-8")
    net = nb.read_network(path)
    assert {"x", "y", "shape", "ic"} == set(net.node_columns)
    path.write_text(
        "<gexf xmlns:viz='v'><graph><nodes><node id='a' label='A'><viz:color r='255' g='0' b='16'/>"
        "<viz:size value='3'/><viz:position x='1' y='2' z='0'/></node></nodes></graph></gexf>",
        encoding="utf-8",
    )
    row = nb.read_network(path).nodes.iloc[0]
    assert (row["label"], row["color"], row["size"], row["x"]) == ("A", "#ff0010", 3.0, 1.0)


def test_the_name_is_the_label(tmp_path: Path) -> None:
    """Where nodes have no label, as in files of igraph and Cytoscape, their name is it."""
    path = tmp_path / "a.graphml"
    path.write_text(
        '<graphml><key id="v" for="node" attr.name="name"/><graph edgedefault="undirected">'
        '<node id="n0"><data key="v">visser</data></node></graph></graphml>',
        encoding="utf-8",
    )
    net = nb.read_network(path)
    assert net.labels == ("visser",)
    assert net.node_columns["key"].tolist() == ["n0"]


def test_a_project_of_pajek(tmp_path: Path) -> None:
    """A .paj file has network, partition and vectors in one."""
    path = tmp_path / "a.paj"
    path.write_text(
        '*Network n\n*Vertices 2\n1 "a"\n2 "b"\n*Edgeslist\n1 2\n*Partition p\n*Vertices 2\n'
        "1\n2\n*Vector year\n*Vertices 2\n1999.5\n2001\n",
        encoding="utf-8",
    )
    net = nb.read_network(path)
    assert net.node_columns["cluster"].tolist() == [1, 2]
    assert net.node_columns["year"].tolist() == [1999.5, 2001.0]


def test_no_network(tmp_path: Path, data: Path) -> None:
    """A file of works is no network, and an unknown format is refused by name."""
    path = next((data / "bibtex").glob("*.bib"))
    assert not is_network_file(Source(path))
    with pytest.raises(UnknownFormatError, match="no network that is known; formats: graphml"):
        nb.read_network(path)
    with pytest.raises(UnknownNameError, match="Did you mean 'gexf'"):
        nb.read_network(path, format="gexff")
    with pytest.raises(InputError, match="no such file"):
        nb.read_network(tmp_path / "none.net")
