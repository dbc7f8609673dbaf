"""What speaks for two mentions being one person."""

from __future__ import annotations

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.cleaning.author.evidence import gather_evidence
from nqp_biblio.cleaning.author.mentions import Mentions, read_mentions
from nqp_biblio.cleaning.author.pairs import FEATURES, describe_pairs, find_pairs
from nqp_biblio.cleaning.author.rarity import pair_names


def _record(title: str, year: int, **values: object) -> nb.Record:
    """Make a work of Wang, Z. and Quintero, B."""
    people = [nb.Person("Wang", "Z.", raw="Wang Z"), nb.Person("Quintero", "B.", raw="Quintero B")]
    return nb.Record(title=title, publication_year=year, people=people, **values)  # type: ignore[arg-type]


def _features(one: nb.Record, other: nb.Record) -> dict[str, float]:
    """Return what is known of the two Wangs of two works among others."""
    others = [
        nb.Record(title=f"Other thing {n}", people=[nb.Person(f"Person{n}", "A.")])
        for n in range(8)
    ]
    corpus = nb.corpus_of([one, other, *others])
    mentions = read_mentions(corpus)
    evidence, names = gather_evidence(corpus, mentions), pair_names(mentions.names)
    pairs = find_pairs(mentions, evidence, names, is_sure=np.zeros(len(names.one), dtype=bool))
    wang = [at for at, m in enumerate(pairs[0].tolist()) if _family(mentions, m) == "wang"]
    assert len(wang) == 1
    columns = describe_pairs(mentions, evidence, names, pairs=pairs)
    return dict(zip(FEATURES, columns[wang[0]].tolist(), strict=True))


def _family(mentions: Mentions, mention: int) -> str:
    return mentions.names[int(mentions.name[mention])].family


CASES = [
    ("coauthors", {}, {}),
    (
        "emails",
        {"fields": [("EM", "zwang@x.org; q@x.org")]},
        {"fields": [("author-email", "ZWANG@X.org")]},
    ),
    (
        "addresses",
        {"affiliations": [("Univ Oxford, Oxford OX1 3LB, England", 1)]},
        {"affiliations": [("Dept Stat, Univ. Oxford, England", 1)]},
    ),
    (
        "places",
        {"affiliations": [("Univ Oxford, England", None)]},
        {"affiliations": [("Univ Oxford, England", None)]},
    ),
    (
        "references",
        {"cited_references": [nb.CitedReference(raw="Price, 1965, SCIENCE")]},
        {"cited_references": [nb.CitedReference(raw="PRICE, 1965, Science")]},
    ),
    (
        "self-citations",
        {"doi": "10.1/a"},
        {"cited_references": [nb.CitedReference(raw="Wang", doi="10.1/a")]},
    ),
    ("venues", {"source_raw": "Nature"}, {"source_raw": "Nature"}),
    (
        "terms",
        {"keywords": [("author_keyword", "Heat Flow")]},
        {"keywords": [("index_keyword", "heat flow")]},
    ),
]


@pytest.mark.parametrize(("name", "one", "other"), CASES, ids=[case[0] for case in CASES])
def test_what_is_shared_is_seen(
    name: str, one: dict[str, object], other: dict[str, object]
) -> None:
    """Each kind of evidence counts where both works have it, and not where one lacks it."""
    both = _features(_record("First", 2000, **one), _record("Second", 2010, **other))
    assert both[name] > 0
    if name != "coauthors":
        assert _features(_record("First", 2000, **one), _record("Second", 2010))[name] == 0


def test_years_are_in_decades_up_to_three() -> None:
    """The gap between two works is told in decades."""
    assert _features(_record("A", 2000), _record("B", 2010))["years"] == 1
    assert _features(_record("A", 1900), _record("B", 2010))["years"] == 3


def test_two_known_addresses_without_a_part_in_common() -> None:
    """Where both addresses are known and nothing is shared, that counts too."""
    first = _record("A", 2000, affiliations=[("Univ Oxford, England", 1)])
    second = _record("B", 2000, affiliations=[("Kyoto Univ, Japan", 1)])
    more = [
        _record("C", 2000, affiliations=[("Univ Oxford, England", 2)]),
        _record("D", 2000, affiliations=[("Kyoto Univ, Japan", 2)]),
    ]
    corpus = nb.corpus_of([first, second, *more])
    mentions = read_mentions(corpus)
    evidence, names = gather_evidence(corpus, mentions), pair_names(mentions.names)
    pairs = find_pairs(mentions, evidence, names, is_sure=np.zeros(len(names.one), dtype=bool))
    columns = describe_pairs(mentions, evidence, names, pairs=pairs)
    assert columns[:, FEATURES.index("no-address")].sum() == 2


def test_sure_names_are_chained() -> None:
    """Mentions of a name that is enough by itself are linked one after the other."""
    corpus = nb.corpus_of([_record(f"Work {n}", 2000 + n) for n in range(30)])
    mentions = read_mentions(corpus)
    evidence, names = gather_evidence(corpus, mentions), pair_names(mentions.names)
    for is_sure, n_pairs in ((True, 29), (False, 30 * 29 // 2)):
        sure = np.full(len(names.one), is_sure)
        assert len(find_pairs(mentions, evidence, names, is_sure=sure)[0]) == 2 * n_pairs


def test_many_mentions_are_paired_by_what_few_share() -> None:
    """Of a name with hundreds of mentions those are compared that share a rare thing."""
    records = [
        nb.Record(
            title=f"Work {n}", people=[nb.Person("Wang", "Z."), nb.Person(f"Q{n // 2}x", "B.")]
        )
        for n in range(260)
    ]
    corpus = nb.corpus_of(records)
    mentions = read_mentions(corpus)
    evidence, names = gather_evidence(corpus, mentions), pair_names(mentions.names)
    one, other, _ = find_pairs(
        mentions, evidence, names, is_sure=np.zeros(len(names.one), dtype=bool)
    )
    wang = [_family(mentions, m) == "wang" for m in one.tolist()]
    assert sum(wang) == 130
    assert (mentions.work[one] != mentions.work[other]).all()
