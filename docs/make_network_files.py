"""Write the table of what each format of a network keeps: python docs/make_network_files.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import nqp_biblio as nb
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS

PAGE = Path(__file__).with_name("network_files.md")
BEGIN, END = "<!-- what is kept: python docs/make_network_files.py -->\n", "<!-- end -->\n"
MARKS = {False: "·", True: "◐"}

ROWS = {
    "labels": "plain nodes.label",
    "labels with a line end": "odd nodes.label",
    "labels with quotation marks, commas, other scripts": "signs nodes.label",
    "ids": "plain nodes.id",
    "edges": "plain edges.pair",
    "weights of edges": "plain edges.weight",
    "direction of edges": "directed edges.pair",
    "edges of a node with itself": "loops edges.pair",
    "`cluster`": "plain nodes.cluster",
    "`x`, `y`": "plain nodes.x",
    "`occurrences`": "plain nodes.occurrences",
    "other numbers of nodes": "plain nodes.mean_year",
    "numbers that are missing": "plain nodes.centrality",
    "`description`, `url`": "plain nodes.description",
    "other texts of nodes": "plain nodes.venue",
    "true and false of nodes": "plain nodes.is_new",
    "numbers of edges": "plain edges.similarity",
    "texts of edges": "plain edges.relation",
    "kind and unit of the network": "plain network.kind",
}
"""What is told, and the network and value that it is measured by."""


def sample(
    labels: tuple[str, str, str], pairs: list[tuple[int, int]], *, directed: bool
) -> nb.Network:
    """Make a network with a value of each kind."""
    net = nb.Network(
        kind="coupling",
        of="works",
        directed=directed,
        ids=np.array([11, 5, 27]),
        labels=labels,
        source=np.array([a for a, _ in pairs]),
        target=np.array([b for _, b in pairs]),
        weight=np.array([0.1 + 0.2, 2.0, 3.5][: len(pairs)]),
    )
    texts = np.array(["<b>a</b>", None, 'say "so"'], dtype=object)
    nodes = net.with_nodes(
        cluster=[1, 0, 2],
        x=[0.1, -0.7, 1 / 3],
        y=[0.0, 0.25, -1e-9],
        occurrences=[3, 2, 2],
        mean_year=[2001.5, 1999.25, 2010.0],
        centrality=[0.5, np.nan, 0.125],
        description=texts,
        venue=texts,
        is_new=[True, False, True],
    )
    n = nodes.n_edges
    relation = np.array(["cites", "uses", "cites"][:n], dtype=object)
    return nodes.with_edges(similarity=[0.5, 0.25, 0.1][:n], relation=relation)


def table() -> str:
    """Return the table in Markdown."""
    plain, ends = ("one", "two", "three"), [(0, 1), (1, 2)]
    samples = {
        "plain": sample(plain, ends, directed=False),
        "odd": sample(("one\nline", "two", "three"), ends, directed=False),
        "signs": sample(('a "b", c; d', "新质生产力 é", "=1+1 & <x>"), ends, directed=False),
        "directed": sample(plain, [(0, 1), (1, 0), (1, 2)], directed=True),
        "loops": sample(plain, [(0, 0), (0, 1)], directed=False),
    }
    lost = {
        (name, form): {loss.name: loss.in_part for loss in nb.network_losses(net, form)}
        for name, net in samples.items()
        for form in NETWORK_FORMATS
    }
    lines = ["| | " + " | ".join(f"`{form}`" for form in NETWORK_FORMATS) + " |"]
    lines.append("|---|" + "---|" * len(NETWORK_FORMATS))
    for told, at in ROWS.items():
        name, _, value = at.partition(" ")
        found = [lost[name, form] for form in NETWORK_FORMATS]
        cells = [MARKS[losses[value]] if value in losses else "●" for losses in found]
        lines.append(f"| {told} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def network_files_page(text: str) -> str:
    """Return the page with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, behind = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{behind}"


if __name__ == "__main__":
    PAGE.write_text(network_files_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
