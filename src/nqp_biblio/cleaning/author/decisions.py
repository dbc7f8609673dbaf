"""Doubtful authors, shown to a person, and what the person decided."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.author.names import align

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from nqp_biblio.cleaning.author.joins import Link
    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.cleaning.decisions import Decision
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["decided_mentions", "doubt_table", "name_mentions"]

_OF_WORK = ("title", "publication_year", "source_raw", "doi")


def name_mentions(mentions: Mentions) -> list[str]:
    """Name each mention by its content, so that it is known when its file is read again.

    Returns
    -------
    list of str
        Sixteen signs of a hash of work, role, position and name.
    """
    named = []
    for at, (_, role, position) in enumerate(mentions.place):
        *parts, raw = mentions.parts[mentions.printed[at]]
        name = raw or " ".join(filter(None, parts))
        whole = "\x1f".join((mentions.signs[mentions.work[at]], role, str(position), name))
        named.append(hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=8).hexdigest())
    return named


def decided_mentions(
    mentions: Mentions, decisions: Sequence[Decision]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the pairs of mentions that decisions are about: the same ones, the different ones."""
    pairs: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    if not decisions:
        return pairs
    places: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(name_mentions(mentions)):
        places[name].append(at)
    for left, right, is_same in decisions:
        for one, other in product(places.get(left, []), places.get(right, [])):
            if one != other:
                pairs[0 if is_same else 1].append((min(one, other), max(one, other)))
    return sorted(set(pairs[0])), sorted(set(pairs[1]))


def doubt_table(
    corpus: Corpus,
    mentions: Mentions,
    doubts: Iterable[Link],
    *,
    person: Sequence[int],
    shown: Mapping[int, str],
) -> pd.DataFrame:
    """Show pairs of authors that may be one.

    Returns
    -------
    DataFrame
        As ``doubtful_authors`` says.
    """
    import pandas as pd

    best = _best(mentions, doubts, person)
    rows = corpus.sql(f"SELECT work_id, {', '.join(_OF_WORK)} FROM works")
    works = {row[0]: dict(zip(_OF_WORK, row[1:], strict=True)) for row in rows}
    names = name_mentions(mentions)
    made = []
    for link in best:
        row: dict[str, object] = {"decision": None, "score": link.score, "rule": link.rule}
        row |= {"left": names[link.one], "right": names[link.other]}
        for side, mention in (("left", link.one), ("right", link.other)):
            row[f"author_{side}"] = shown[person[mention]]
            work = works[mentions.place[mention][0]]
            row |= {f"{column}_{side}": work[column] for column in _OF_WORK}
        made.append(row)
    columns = ["decision", "score", "rule", "left", "right"]
    columns += [f"{name}_{side}" for name in ("author", *_OF_WORK) for side in ("left", "right")]
    return pd.DataFrame(made, columns=columns)


def _best(mentions: Mentions, doubts: Iterable[Link], person: Sequence[int]) -> list[Link]:
    """Return the surest link of each pair of authors whose names can be one."""
    names: dict[int, set[int]] = defaultdict(set)
    for at, author in enumerate(person):
        names[author].add(int(mentions.name[at]))
    best: dict[tuple[int, int], Link | None] = {}
    for link in sorted(doubts, key=lambda link: (-link.score, link.one, link.other)):
        one, other = sorted((person[link.one], person[link.other]))
        if one != other and (one, other) not in best:
            pairs = product(names[one], names[other])
            is_open = all(align(mentions.names[a], mentions.names[b]) for a, b in pairs)
            best[one, other] = link if is_open else None
    return [link for link in best.values() if link is not None]
