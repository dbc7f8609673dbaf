"""What each format keeps of a network: the page says what is measured."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Load the script that writes the table."""
    spec = importlib.util.spec_from_file_location(
        "make_network_files", DOCS / "make_network_files.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_is_measured(maker: ModuleType) -> None:
    """The page has the table that writing and reading give: docs/make_network_files.py."""
    text = (DOCS / "network_files.md").read_text(encoding="utf-8")
    assert maker.network_files_page(text) == text


def test_losses_have_names_and_counts(small_network: nb.Network) -> None:
    """What does not come back is listed; what comes back is not."""
    assert not nb.network_losses(small_network, "graphml")
    assert not nb.network_losses(small_network, "vosviewer")
    weighed = nb.weigh(small_network)
    losses = nb.network_losses(weighed, "pajek")
    told = [(loss.name, loss.n) for loss in losses]
    assert told == [("network.kind", 1), ("network.of", 1), ("edges.similarity", 3)]


def test_unknown_format(small_network: nb.Network) -> None:
    """A format that there is not is refused by name."""
    with pytest.raises(UnknownNameError, match="Did you mean 'pajek'"):
        nb.network_losses(small_network, "pajeck")
