"""Corpora and networks that the tests of the map viewer look at."""

from __future__ import annotations

import numpy as np

import nqp_biblio as nb

TOPICS = (
    ("heat", "flow", "pump"),
    ("heat", "flow"),
    ("heat", "pump", "cost"),
    ("flow", "cost"),
    ("cost", "tax"),
    ("tax", "law"),
    ("tax", "law", "cost"),
    ("law", "court"),
)
NAMES = ("Adams", "Brown", "Chen")
HOSTILE = (
    "<img src=x onerror=\"document.title='run'\">",
    "</script><script>document.title='run'</script>",
    "</noscript></title><svg onload=\"document.title='run'\">",
    "\u202egnorw \u2067 \u2028 \u2029 way",
    "long " * 2000,
    "=HYPERLINK(1)&amp;\u0000\u0007",
    "新质生产力",
    "lone \ud800 half",
)
"""Labels that must do nothing: markup, marks of direction, ends of line, length."""


def corpus_of_topics() -> nb.Corpus:
    """Make a corpus of eight works, a year apart, with keywords and references between them."""
    return nb.link_references(
        nb.normalise(
            nb.corpus_of(
                nb.Record(
                    role="record",
                    title=f"Work {number} on {' and '.join(words)}",
                    publication_year=2010 + number,
                    doi=f"10.5555/w{number}",
                    cited_by_count=number * 10,
                    people=[nb.Person(NAMES[number % 3], "A"), nb.Person("Both")],
                    keywords=[("author_keyword", word) for word in words],
                    cited_references=[
                        nb.CitedReference(raw=f"Work {other}", doi=f"10.5555/w{other}")
                        for other in range(max(0, number - 2), number)
                    ],
                )
                for number, words in enumerate(TOPICS)
            )
        )
    )


def map_of_topics() -> nb.Network:
    """Make the map of the keywords of these works."""
    return nb.map_network(nb.cooccurrence_network(corpus_of_topics(), of="author_keywords"))


def hostile_map() -> nb.Network:
    """Make a map whose labels and texts are those of an ill-willed file."""
    n = len(HOSTILE)
    ring = np.arange(n)
    net = nb.Network(
        kind="cooccurrence",
        of="keywords",
        directed=False,
        ids=ring + 1,
        labels=HOSTILE,
        source=ring[:-1],
        target=ring[1:],
        weight=np.ones(n - 1),
        manifest={"clustering": {"labels": {"1": HOSTILE[0], "2": HOSTILE[1]}}},
    )
    return net.with_nodes(
        x=np.cos(ring),
        y=np.sin(ring),
        cluster=1 + ring % 2,
        occurrences=ring + 1,
        url=np.array(["javascript:document.title='run'"] * n, dtype=object),
        description=np.array([HOSTILE[1]] * n, dtype=object),
    )
