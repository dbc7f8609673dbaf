"""Measure the finding of authors: against identifiers that are hidden, and by the clock.

Usage: python benchmarks/people.py [SHARED] [--fit] [--show] [--speed]

SHARED is the folder that holds data/formats and data/truths; it lies beside the checkout
unless said otherwise. The identifiers of the files (ORCID, ResearcherID, Scopus, OpenAlex)
are the truth and are hidden from the step. `--fit` fits the weights to the files on which
they were chosen, `--show` lists what is wrong on them, `--speed` only times the step on made
corpora. The conversion of the one file in R's form needs the package rdata.
"""

from __future__ import annotations

import dataclasses
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from people_sets import (
    CHOSEN,
    MEASURED,
    crowded,
    made_corpus,
    mentions_of,
    plain_persons,
    read_set,
    simple_rule,
    truths_of,
)

import nqp_biblio as nb
from nqp_biblio.cleaning.author.evidence import EVIDENCE, gather_evidence
from nqp_biblio.cleaning.author.joins import WEIGHTS, join_mentions, score_links
from nqp_biblio.cleaning.author.pairs import FEATURES, describe_pairs, find_pairs
from nqp_biblio.cleaning.author.rarity import pair_names

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from people_sets import Truth

    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.corpus.corpus import Corpus

HEADER = (
    f"{'set':26}{'truth':14}{'n':>6}{'people':>7}{'again':>6}  {'rule':15}"
    f"{'B3 P':>6}{'B3 R':>6}{'B3 F':>6}{'P':>7}{'R':>6}{'F':>6}{'joined':>8}{'parted':>8}"
)
FEWEST = 3
"""People with two works or more that a truth must have to be told."""

PRIOR = (1, -3, 1, 3, 1, -1, 0.5, 0.8, 1.5, 0.6, 0.3, -0.2)
"""Weights towards which the fit is drawn: the order of Caron and van Eck's points."""

STRENGTH = 100.0
SIZES = (20_000, 100_000, 400_000)


def main() -> None:
    """Print what was asked for."""
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    shared = Path(names[0]) if names else Path(__file__).parents[2] / "shared"
    if "--speed" in sys.argv:
        tell_speed()
    elif "--fit" in sys.argv:
        fit_weights(shared)
    else:
        print(HEADER)
        for part, sets in (("chosen", CHOSEN), ("measured only", MEASURED)):
            print(f"--- {part}")
            totals: dict[str, list[tuple[float, ...]]] = defaultdict(list)
            for name, path in sets.items():
                tell_set(name, read_set(shared, path), totals)
            for rule, rows in totals.items():
                means = np.mean([row[:6] for row in rows], axis=0)
                print(f"{'mean of rows':59}  {rule:15}" + _shown(means.tolist()))


def tell_set(name: str, corpus: Corpus, totals: dict[str, list[tuple[float, ...]]]) -> None:
    """Print the figures of one file, as it is and crowded."""
    mentions = mentions_of(corpus)
    cases: list[tuple[str, Mentions, Truth]] = [
        (scheme, mentions, truth) for scheme, truth in sorted(truths_of(mentions).items())
    ]
    plain = plain_persons(mentions)
    cases += [
        (f"crowded {share}", crowded(mentions, plain, share=share, seed=5), plain)
        for share in (0.0, 0.5, 1.0)
    ]
    for kind, given, truth in cases:
        again = sum(times > 1 for times in Counter(truth.values()).values())
        if again < FEWEST:
            continue
        rules: dict[str, Sequence[Hashable]] = {
            "step": find_people(corpus, given),
            "first initial": simple_rule(given, is_short=True),
            "all initials": simple_rule(given, is_short=False),
        }
        for rule, people in rules.items():
            row = scores(truth, people)
            totals[f"{'crowded' if ' ' in kind else 'ids'}: {rule}"].append(row)
            sizes = f"{len(truth):6}{len(set(truth.values())):7}{again:6}"
            print(f"{name:26}{kind:14}{sizes}  {rule:15}" + _shown(row[:6], row[6:]))
        if "--show" in sys.argv and name in CHOSEN and " " not in kind:
            show_wrong(given, truth, rules["step"])


def find_people(corpus: Corpus, mentions: Mentions, threshold: float = 0.5) -> list[int]:
    """Find people without a look at their identifiers."""
    blind = dataclasses.replace(mentions, ids=[frozenset()] * len(mentions.place))
    names = pair_names(blind.names)
    evidence = gather_evidence(corpus, blind)
    links, doubts = score_links(blind, evidence, names, threshold=threshold, kinds=EVIDENCE)
    return join_mentions(blind, names, links, doubts=doubts).person


def scores(truth: Mapping[int, str], people: Sequence[Hashable]) -> tuple[float, ...]:
    """Return B-cubed precision, recall and F, the same by pairs, and wrong pairs of two kinds."""
    true, found = Counter(truth.values()), Counter(people[m] for m in truth)
    both = Counter((truth[m], people[m]) for m in truth)
    n = len(truth)
    precision = sum(k * k / found[person] for (_, person), k in both.items()) / n
    recall = sum(k * k / true[one] for (one, _), k in both.items()) / n
    right, said, meant = (sum(k * (k - 1) // 2 for k in c.values()) for c in (both, found, true))
    pairs = right / said if said else 1.0, right / meant if meant else 1.0
    return (
        precision,
        recall,
        _f(precision, recall),
        *pairs,
        _f(*pairs),
        said - right,
        meant - right,
    )


def show_wrong(mentions: Mentions, truth: Truth, people: Sequence[Hashable]) -> None:
    """Print people in two, and homonyms in one."""
    for mine, others in ((truth, people), (dict(enumerate(people)), truth)):
        groups: dict[Hashable, set[tuple[str, str]]] = defaultdict(set)
        for mention in truth:
            printed = mentions.parts[mentions.printed[mention]][5] or ""
            groups[mine[mention]].add((printed, str(others[mention])))
        for key, members in sorted(groups.items(), key=str):
            if len({other for _, other in members}) > 1:
                print("   ", "parted" if mine is truth else "joined", key, sorted(members))


def fit_weights(shared: Path) -> None:
    """Print weights fitted to pairs of the chosen files, drawn towards the prior."""
    from scipy import optimize

    found = [_pairs_of(*case) for case in _fit_cases(shared)]
    x, y, w = (np.concatenate([part[at] for part in found]) for at in range(3))
    columns = np.hstack([np.ones((len(x), 1)), x])
    prior = np.array(PRIOR, dtype=np.float64)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = columns @ weights
        away = np.concatenate([[0.0], weights[1:] - prior])
        slope = columns.T @ (w * (1 / (1 + np.exp(-odds)) - y)) + STRENGTH * away
        return float(
            (w * (np.logaddexp(0, odds) - y * odds)).sum() + STRENGTH * away @ away / 2
        ), slope

    best = optimize.minimize(loss, np.array([0.0, *PRIOR]), jac=True, method="L-BFGS-B").x
    for name, weight in zip(("intercept", *FEATURES), best.tolist(), strict=True):
        print(f"{name:16}{weight:8.2f}   in use {WEIGHTS[name]:6.2f}")
    used = np.array([WEIGHTS[name] for name in ("intercept", *FEATURES)])
    probability = 1 / (1 + np.exp(-(columns @ used)))
    print("\nprobability      pairs   share that is one person")
    for low in np.arange(0.0, 1.0, 0.1):
        part = (probability >= low) & (probability < low + 0.1)
        if part.any():
            share = (w * y)[part].sum() / w[part].sum()
            print(f"{low:.1f} to {low + 0.1:.1f}  {int(part.sum()):9}   {share:.3f}")


def _fit_cases(shared: Path) -> list[tuple[Corpus, Mentions, Truth]]:
    """Return the cases of the fit: identifiers as they are, and crowded names."""
    cases = []
    for path in CHOSEN.values():
        corpus = read_set(shared, path)
        mentions = mentions_of(corpus)
        cases += [
            (corpus, mentions, truth)
            for scheme, truth in truths_of(mentions).items()
            if scheme != "researcherid"
        ]
        plain = plain_persons(mentions)
        cases += [
            (corpus, crowded(mentions, plain, share=share, seed=0), plain) for share in (0.5, 1.0)
        ]
    return cases


def _pairs_of(
    corpus: Corpus, mentions: Mentions, truth: Truth
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what is known of pairs, whether they are one person, and what a pair weighs."""
    blind = dataclasses.replace(mentions, ids=[frozenset()] * len(mentions.place))
    names, evidence = pair_names(blind.names), gather_evidence(corpus, blind)
    pairs = find_pairs(blind, evidence, names, is_sure=np.zeros(len(names.one), dtype=bool))
    is_known = np.isin(pairs[0], list(truth)) & np.isin(pairs[1], list(truth))
    one, other, row = (part[is_known] for part in pairs)
    is_one = [truth[i] == truth[j] for i, j in zip(one.tolist(), other.tolist(), strict=True)]
    times = np.bincount(np.concatenate([one, other]), minlength=len(blind.place))
    weight = 1 / np.sqrt(times[one] * times[other])
    columns = describe_pairs(blind, evidence, names, pairs=(one, other, row))
    return columns, np.array(is_one, dtype=np.float64), weight


def tell_speed() -> None:
    """Print seconds, authorships per second and memory on made corpora."""
    print(f"{'authorships':>12}{'people':>10}{'seconds':>9}{'per second':>12}{'peak MB':>9}")
    for n in SIZES:
        corpus = made_corpus(int(n / 3.9))
        size = corpus.n_rows("authorships")
        began = time.process_time()
        done = nb.disambiguate_authors(corpus)
        seconds = time.process_time() - began
        people = done.sql("SELECT COUNT(DISTINCT author_id) FROM authorships")[0][0]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:12,}{people:10,}{seconds:9.1f}{size / seconds:12,.0f}{peak:9.0f}")


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shown(shares: Sequence[float], counts: Sequence[float] = ()) -> str:
    return "".join(f"{share:7.3f}" for share in shares) + "".join(f"{n:8.0f}" for n in counts)


if __name__ == "__main__":
    main()
