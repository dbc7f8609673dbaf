"""The small drawing of a network in a notebook."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import nqp_biblio as nb
from nqp_biblio.networks.sketch import sketch


def _net(*names: str) -> nb.Network:
    people = [nb.Person(name, "A.") for name in names]
    return nb.coauthorship_network(nb.corpus_of([nb.Record(title="X", people=people)]))


def test_a_map_is_drawn_in_a_notebook() -> None:
    """A laid-out network shows nodes, edges and labels above its table."""
    net = nb.map_network(_net("Ames", "Bell", "Cole"))
    shown = net._repr_html_()
    assert shown.count("<circle") == 3
    assert shown.count("<path") == 3
    assert "<svg" in shown
    assert "<table>" in shown


def test_without_a_layout_there_is_the_table_alone() -> None:
    """A network without places is shown as its table."""
    assert "<svg" not in _net("Ames", "Bell")._repr_html_()


def test_labels_cannot_break_the_drawing() -> None:
    """Markup in a label stays text, and the drawing is sound XML."""
    drawn = sketch(nb.map_network(_net("</svg><script>", "B&C")))
    assert "<script" not in drawn
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314  our own drawing


def test_the_same_network_gives_the_same_drawing() -> None:
    """Same network, same bytes."""
    net = nb.map_network(_net("Ames", "Bell", "Cole"))
    assert sketch(net) == sketch(net)
