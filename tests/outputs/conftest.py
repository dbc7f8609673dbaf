"""Networks and reports that the tests of outputs share."""

from __future__ import annotations

import html.parser
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "examples" / "data" / "new_quality_productivity_references.txt"
BLOCKS = {"p", "li", "td", "dt", "dd", "blockquote", "h1", "h2", "h3", "text", "figcaption"}

NetworkOf = Callable[..., nb.Network]


@pytest.fixture(scope="session")
def network_of_labels() -> NetworkOf:
    """Make a network of labels and edges (source, target, weight), with columns of nodes."""

    def make(
        labels: list[str],
        edges: list[tuple[int, int, float]],
        *,
        directed: bool = False,
        **columns: ArrayLike,
    ) -> nb.Network:
        source, target, weight = np.array(edges or np.empty((0, 3))).reshape(-1, 3).T
        net = nb.Network(
            kind="cotopic",
            of="topics",
            directed=directed,
            ids=np.arange(1, len(labels) + 1),
            labels=tuple(labels),
            source=source.astype(np.int64),
            target=target.astype(np.int64),
            weight=weight.astype(np.float64),
        )
        return net.with_nodes(**columns)

    return make


@pytest.fixture(scope="session")
def small_network(network_of_labels: NetworkOf) -> nb.Network:
    """Give a mapped network of four nodes, one alone, with names that are no plain words."""
    labels = ["=HYPERLINK(1)", 'a "b" & <c>', "新质生产力", "alone"]
    edges = [(0, 1, 2.0), (0, 2, 0.5), (1, 2, 1.0)]
    net = network_of_labels(labels, edges, occurrences=[3, 2, 2, 1])
    return nb.lay_out(nb.cluster(net))


@dataclass
class Page:
    """A page taken apart: its elements with their attributes, and its text by section."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    text: str = ""

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


class _Parser(html.parser.HTMLParser):
    """Fills a page."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.section = ""
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.page.elements.append((tag, found))
        self.skipped += tag == "style"
        if tag == "section":
            self.section = found["id"]

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag == "style"
        if tag in BLOCKS:
            self.handle_data(" ")
        if tag == "section":
            self.section = ""

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.page.text += data
            before = self.page.sections.get(self.section, "")
            self.page.sections[self.section] = before + data


@pytest.fixture(scope="session")
def take_apart() -> Callable[[str], Page]:
    """Parse a page, as a browser would."""

    def parse(text: str) -> Page:
        parser = _Parser()
        parser.feed(text)
        parser.close()
        page = parser.page
        page.text = " ".join(page.text.split())
        page.sections = {name: " ".join(words.split()) for name, words in page.sections.items()}
        return page

    return parse


@pytest.fixture(scope="session")
def seed_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the example list."""
    path = tmp_path_factory.mktemp("seed") / "report.html"
    nb.write_report(nb.read(SEED), path)
    return path


@pytest.fixture(scope="session")
def paper_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of a paper read whole."""
    path = tmp_path_factory.mktemp("paper") / "paper.html"
    nb.write_report(nb.read(ROOT / "tests" / "data" / "outputs" / "paper.txt"), path)
    return path


@pytest.fixture(scope="session")
def long_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of works whose every field is a word without end."""
    word = "Abcdefghijklmnop" * 20
    records = [
        nb.Record(
            role="reference",
            key=word,
            type=word,
            title=f"{word} growth and {word} networks",
            publication_year=year,
            source_raw=word,
            volume=word,
            pages_raw=word,
            publisher=word,
            doi=f"10.5555/{word.lower()}",
            raw=word,
            people=[nb.Person(family=word, given=word), nb.Person(family=f"{word}{year}")],
            keywords=[("author_keyword", word)],
            problems=[nb.Problem(f"{word}.txt", 7, word, f"reason {word}")],
        )
        for year in (2001, 2003, 2003)
    ]
    path = tmp_path_factory.mktemp("long") / "long.html"
    nb.write_report(nb.corpus_of(records), path)
    return path
