"""The command ``network``: backbones, similarity, clusters, layouts, centrality, engines."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from nqp_biblio.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

BIB = "\n".join(
    f"@article{{w{number}, author = {{{' and '.join(names)}}}, title = {{T{number}}},"
    f" year = {{{2000 + number}}}}}"
    for number, names in enumerate(
        [
            ("Ames, A", "Bell, B"),
            ("Ames, A", "Bell, B"),
            ("Ames, A", "Bell, B", "Cole, C"),
            ("Cole, C", "Dahl, D"),
            ("Dahl, D", "Ek, E", "Fay, F"),
            ("Ek, E", "Fay, F"),
        ]
    )
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a folder with a bibliography."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")


def _run(*arguments: str) -> Result:
    given = ["network", "refs.bib", "--kind", "coauthorship", *arguments]
    done = CliRunner().invoke(cli, given)
    assert done.exit_code == 0, done.output
    return done


def _edges(*arguments: str) -> dict[tuple[str, str], dict[str, str]]:
    rows = csv.DictReader(_run(*arguments).stdout.splitlines())
    return {(row["source"][0], row["target"][0]): row for row in rows}


def _items(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    _run(*arguments, "-o", str(folder / "map.json"))
    made = json.loads((folder / "map.json").read_text(encoding="utf-8"))
    items: list[dict[str, Any]] = made["network"]["items"]
    return items


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), 7),
        (("--backbone", "spanning-tree"), 5),
        (("--backbone", "min-weight", "--backbone-min", "2"), 2),
        (("--backbone", "min-weight", "--backbone-min", "0.3", "--backbone-on", "similarity"), 2),
        (("--backbone", "disparity", "--alpha", "0.5"), 7),
        (("--backbone", "disparity", "--alpha", "0.4"), 2),
        (("--backbone", "disparity", "--alpha", "0.01", "--one-edge", "keep"), 0),
        (("--backbone", "pathfinder"), 7),
        (("--backbone", "pathfinder", "--pathfinder-r", "1", "--pathfinder-q", "2"), 7),
        (("--top-links", "1"), 4),
    ],
)
def test_backbones(arguments: tuple[str, ...], expected: int) -> None:
    """A backbone keeps the edges that its method chooses, by weight or by similarity."""
    assert len(_edges(*arguments)) == expected


def test_similarity_against_what() -> None:
    """The marginal of a similarity is works or total link strength."""
    values = [
        float(_edges("--marginal", marginal)["A", "B"]["similarity"])
        for marginal in ("occurrences", "strength")
    ]
    assert values == [pytest.approx(3 / (3 * 3)), pytest.approx(3 * 20 / (4 * 4))]
    assert float(_edges("--map-like", "vosviewer")["A", "B"]["similarity"]) == values[1]


def test_clusters(tmp_path: Path) -> None:
    """Method, quality, resolution, weights and least size reach the clusters."""

    def n_clusters(*arguments: str) -> int:
        return max(int(item["cluster"]) for item in _items(tmp_path, *arguments))

    assert n_clusters("--method", "louvain") == 2
    assert n_clusters("--quality", "modularity", "--resolution", "0.1") == 1
    assert n_clusters("--cluster-on", "weight", "--resolution", "9") == 6
    assert n_clusters("--cluster-on", "weight", "--resolution", "9", "--min-size", "3") == 1


@pytest.mark.parametrize("layout", ["vos", "force-atlas", "layered"])
def test_layouts(tmp_path: Path, layout: str) -> None:
    """Nodes stand where the layout puts them, by year or by forces, each the same again."""
    places = [
        {item["label"]: (item["x"], item["y"]) for item in _items(tmp_path, "--layout", layout)}
        for _ in range(2)
    ]
    assert places[0] == places[1]
    assert len(set(places[0].values())) == 6
    if layout == "layered":
        order = sorted(places[0], key=lambda label: -places[0][label][1])
        assert order[0][0] in "AB"


def test_centrality(tmp_path: Path) -> None:
    """Each measure is a column of the nodes; one that there is not is named."""
    _run("--centrality", "degree, betweenness", "-o", str(tmp_path / "net.csv"))
    text = (tmp_path / "net.nodes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    most = max(rows, key=lambda row: float(row["betweenness"]))
    assert most["label"][0] in "CD"
    assert {row["degree"] for row in rows} == {"2", "3"}
    given = ["network", "refs.bib", "--centrality", "fame"]
    assert "measure of centrality" in str(CliRunner().invoke(cli, given).exception)


@pytest.mark.parametrize("engine", ["numpy", "kernel", "sql"])
def test_engines(engine: str) -> None:
    """An engine can be forced, -v says how pairs were counted, the edges are the same."""
    done = _run("--engine", engine, "--memory-budget", "1 GB", "-v")
    assert f"by {engine} (forced)" in done.stderr
    assert done.stdout == _run().stdout


def test_a_map_of_a_map(tmp_path: Path) -> None:
    """The options of a map hold for a file of a network too."""
    path = str(tmp_path / "net.graphml")
    _run("-o", path)
    done = CliRunner().invoke(cli, ["network", path, "--backbone", "spanning-tree"])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 6
