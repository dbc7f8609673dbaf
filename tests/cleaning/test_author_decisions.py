"""Mentions by content, and decisions about them."""

from __future__ import annotations

import nqp_biblio as nb
from nqp_biblio.cleaning.author.decisions import decided_mentions, name_mentions
from nqp_biblio.cleaning.author.mentions import read_mentions

WORKS = [
    nb.Record(title=title, publication_year=2000, people=[nb.Person("Wang", "Z.", raw="Wang Z")])
    for title in "ABC"
]


def test_names_are_of_the_content() -> None:
    """A mention has the same name whatever the order of works, and after normalise."""
    there, back = nb.corpus_of(WORKS), nb.corpus_of(WORKS[::-1])
    names = name_mentions(read_mentions(there))
    assert len(set(names)) == 3
    assert name_mentions(read_mentions(back)) == names
    assert name_mentions(read_mentions(nb.normalise(there))) == names


def test_decisions_find_their_mentions() -> None:
    """Pairs are found by their names; what is not in the corpus is passed over."""
    mentions = read_mentions(nb.corpus_of(WORKS))
    a, b, c = name_mentions(mentions)
    decisions = [(a, b, True), (b, c, False), (a, "0" * 16, True)]
    assert decided_mentions(mentions, decisions) == ([(0, 1)], [(1, 2)])
    assert decided_mentions(mentions, []) == ([], [])
