"""Names on works in a fixed order."""

from __future__ import annotations

import nqp_biblio as nb
from nqp_biblio.cleaning.author.mentions import read_mentions

BOOK = nb.Record(
    title="Book",
    publication_year=2001,
    people=[
        nb.Person("Wang", "Z.", raw="Wang, Z.", orcid="0000-0002-1825-0097"),
        nb.Person("WANG", "Z", raw="WANG Z", role="editor", orcid="0000-0001-5109-3700"),
    ],
)
OLD = nb.Record(title="Old", publication_year=1990, people=[nb.Person(literal="World Bank")])


def test_order_is_of_the_content() -> None:
    """Works stand by year and title, whatever was read first; no year comes first."""
    for records in ([BOOK, OLD], [OLD, BOOK]):
        mentions = read_mentions(nb.corpus_of(records))
        assert mentions.year.tolist() == [1990, 2001]
        assert [place[1] for place in mentions.place] == ["author", "author", "editor"]


def test_spellings_share_a_folded_name() -> None:
    """What folds alike is one name, and stays two forms."""
    mentions = read_mentions(nb.corpus_of([BOOK]))
    assert len(mentions.names) == 1
    assert len(mentions.parts) == 2


def test_lists_are_by_work_and_role() -> None:
    """Authors and editors of a work are two lists."""
    assert len(set(read_mentions(nb.corpus_of([BOOK])).team.tolist())) == 2


def test_identifiers_are_read_on_demand() -> None:
    """ORCIDs of authors and of others come with the mention, or not at all."""
    corpus = nb.corpus_of([BOOK])
    found = {number for ids in read_mentions(corpus).ids for _, number in ids}
    assert found == {"0000-0002-1825-0097", "0000-0001-5109-3700"}
    assert not any(read_mentions(corpus, with_ids=False).ids)
