"""Links between mentions, and the people that they make."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.cleaning.author.joins import WEIGHTS, Link, join_mentions, links_of_ids
from nqp_biblio.cleaning.author.mentions import Mentions, read_mentions
from nqp_biblio.cleaning.author.pairs import FEATURES
from nqp_biblio.cleaning.author.rarity import pair_names

ORCID = "0000-0002-1825-0097"


def _mentions(*names: str, orcids: tuple[str | None, ...] = ()) -> Mentions:
    """Return mentions of names on one work each, in the order given."""
    records = []
    for number, name in enumerate(names):
        family, _, given = name.partition(", ")
        person = nb.Person(family, given, raw=name)
        person.orcid = orcids[number] if orcids else None
        records.append(nb.Record(publication_year=2000 + number, people=[person]))
    return read_mentions(nb.corpus_of(records))


def _people(mentions: Mentions, *links: Link, **options: object) -> list[int]:
    names = pair_names(mentions.names)
    return join_mentions(mentions, names, links, **options).person  # type: ignore[arg-type]


def test_every_feature_has_a_weight() -> None:
    """What is known of a pair is weighed, and nothing else."""
    assert set(WEIGHTS) == {"intercept", *FEATURES}


def test_the_surest_link_goes_first() -> None:
    """An initial goes to the person with the surer link, and takes none along."""
    mentions = _mentions("Okafor, C.", "Okafor, Chidi", "Okafor, Chinua")
    links = [Link(0, 1, "terms", 0.6), Link(0, 2, "coauthors", 0.9)]
    assert _people(mentions, *links) == [0, 1, 0]


def test_rule_and_score_are_of_the_surest_link() -> None:
    """A mention has the rule of its surest link; one alone the doubt that is left."""
    mentions = _mentions("Okafor, C.", "Okafor, C.", "Okafor, C.", "Okafor, C.")
    links = [Link(0, 1, "terms", 0.6), Link(1, 2, "coauthors", 0.9)]
    found = join_mentions(
        mentions, pair_names(mentions.names), links, doubts=[Link(2, 3, "name", 0.3)]
    )
    assert found.person == [0, 0, 0, 3]
    assert found.rule == ["terms", "coauthors", "coauthors", None]
    assert found.score == [0.6, 0.9, 0.9, 0.7]


def test_those_apart_stay_apart() -> None:
    """Mentions that are two people are not joined through a third one."""
    mentions = _mentions("Okafor, C.", "Okafor, C.", "Okafor, C.")
    links = [Link(0, 1, "coauthors", 0.9), Link(1, 2, "coauthors", 0.8)]
    assert _people(mentions, *links, apart=[(0, 2)]) == [0, 0, 2]


def test_identifiers_bar_a_link_through_others() -> None:
    """Two ORCIDs are not brought together by a mention that has none."""
    mentions = _mentions(*["Okafor, C."] * 3, orcids=(ORCID, None, "0000-0001-5109-3700"))
    links = [Link(0, 1, "coauthors", 0.9), Link(1, 2, "coauthors", 0.8)]
    assert _people(mentions, *links) == [0, 0, 2]


@pytest.mark.parametrize(
    ("names", "n_links"),
    [
        (("Smith, Jane", "Miller, Jane"), 1),
        (("Smith, Jane", "Smith, J."), 1),
        (("Smith, Jane", "Kumar, Ravi"), 0),
        (("Smith, Jane", "Kumar, Ravi", "Smith, J."), 1),
    ],
)
def test_an_orcid_links_related_names(names: tuple[str, ...], n_links: int) -> None:
    """An ORCID joins names that share a part; on another person's name it is a mistake."""
    mentions = _mentions(*names, orcids=(ORCID,) * len(names))
    assert len(list(links_of_ids(mentions))) == n_links
