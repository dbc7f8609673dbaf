"""Calibrate and measure the matching of printed references with candidates.

Usage: python benchmarks/matching.py [SHARED] [--fit] [--show]

SHARED is the folder that holds data/formats and data/references; it lies beside the checkout
unless said otherwise. The candidates come from a server on this machine, asked by the client as
it is. One half of the references serves to fit the weights (`--fit` prints them) and may be
looked at (`--show`); the others give the figures.
"""

from __future__ import annotations

import collections
import random
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matching_cases import Index, glutton_cases, serve, tagged_cases, thinned
from scipy import optimize

from nqp_biblio.services import crossref, matching
from nqp_biblio.services.client import Client
from nqp_biblio.services.likeness import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matching_cases import Case

    from nqp_biblio.record import Record

    MakeCases = Callable[..., list[Case]]

ROWS = 20
KINDS = ("article", "chapter", "book", "other")
HEADER = (
    f"{'set':13}{'kind':9}{'candidates':14}{'n':>5}{'precision':>11}{'recall':>8}{'review':>8}"
    f"{'rejected':>9}{'wrong':>7}{'without':>8}{'ms':>7}"
)
VERDICTS = ("same", "doubtful", "other", "unchecked")
_RARITY = 0.1
"""Weight of a near miss in the fit: each work has eighteen here, and few in print."""

_BOUNDS = {
    "same": (0, None),
    "short": (None, 0),
    "close": (None, 0),
    "cut": (None, 0),
    "listed": (None, 0),
    "next": (None, 0),
    "near": (None, 0),
    "other": (None, 0),
}
"""The sign that the weight of a level must have; of `LESSER` ones what they bear beside it."""

DIFFERING = frozenset(("other", "near", "next"))
LESSER = frozenset(("short", "close", "cut", "listed", "next"))
"""Levels that are less than the same, and may not weigh more."""


def main() -> None:
    """Print the weights, or the figures on the references that had no part in them."""
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    shared = Path(names[0]) if names else Path(__file__).parents[2] / "shared"
    glutton = shared / "data" / "formats" / "plaintext" / "glutton-refs-1000.json"
    references = shared / "data" / "references"
    core = references / "train_anystyle_core.jsonl.gz"
    calibration: dict[str, MakeCases] = {
        "calibration": partial(glutton_cases, glutton, 0),
        "core, half 0": partial(tagged_cases, core, half=0),
    }
    if "--fit" in sys.argv:
        fit([case for make in calibration.values() for change in (False, True)
             for case in make(is_changed=change)])  # fmt: skip
        return
    held_out: dict[str, MakeCases] = {
        "held out": partial(glutton_cases, glutton, 1),
        "core, half 1": partial(tagged_cases, core, half=1),
    }
    for name in ("dev_plos", "dev_grobid", "dev_excite"):
        held_out[name] = partial(tagged_cases, references / f"{name}.jsonl.gz")
    print(HEADER)
    shown = calibration if "--show" in sys.argv else calibration | held_out
    for name, make in shown.items():
        for is_changed in (False, True):
            rows(name, make(is_changed=is_changed), is_changed=is_changed)
    if "--show" not in sys.argv:
        print(f"\n{'check_doi':13}{'against':15}" + "".join(f"{state:>11}" for state in VERDICTS))
        for name, make in held_out.items():
            check(name, make(is_changed=True))


def check(name: str, cases: list[Case]) -> None:
    """Print what `check_doi` says of the true works, of near misses, and of others."""
    against = {
        "the true work": [(case.record, case.truth) for case in cases],
        "near misses": [(case.record, work) for case in cases for _, work in case.misses],
        "another work": [
            (case.record, cases[at - 1 - at % 7].truth) for at, case in enumerate(cases)
        ],
    }
    for kind, pairs in against.items():
        states = collections.Counter(matching.check_doi(*pair).state for pair in pairs)
        shares = "".join(f"{states[state] / len(pairs):11.4f}" for state in VERDICTS)
        print(f"{name:13}{kind:15}{shares}")


def candidates(cases: list[Case], *, is_known: bool) -> list[list[Record]]:
    """Ask the server for the candidates of each reference; the true work may be unknown there."""
    works = [work for case in cases for _, work in case.misses]
    works += [case.truth for case in cases if is_known]
    with serve(Index(works)) as address, Client(addresses={"crossref": address}) as client:
        answers = [crossref.find(client, case.record.raw or "", ROWS) for case in cases]
    failed = [answer.reason for answer in answers if answer.state != "found"]
    if failed:
        sys.exit(f"{len(failed)} searches failed: {failed[0]}")
    return [answer.data for answer in answers]


def fit(cases: list[Case]) -> None:
    """Fit the weights to pairs of references and candidates, and print them."""
    names = [f"{part}={level}" for part in PARTS for level in matching.WEIGHTS[part]]
    kinds = {work.doi: kind for case in cases for kind, work in case.misses}
    marks, labels, counts = [], [], []
    chance = random.Random(7)  # noqa: S311
    for case, found in zip(cases, candidates(cases, is_known=True), strict=True):
        for work in found:
            match = matching.score(case.record, thinned(work, chance))
            is_miss = work.doi in kinds
            if match.conflicts or (is_miss and not DIFFERING.intersection(match.parts.values())):
                continue  # a near miss without the part in which it differs is the work itself
            marks.append([mark(match.parts, name) for name in names])
            labels.append(work.doi == case.truth.doi)
            counts.append(_RARITY if is_miss else 1.0)
    bounds = [_BOUNDS[name.partition("=")[2]] for name in names]
    weights = regress(np.array(marks), np.array(labels, dtype=float), np.array(counts), bounds)
    print(f"{len(labels)} pairs, {sum(labels)} of one work\nBIAS = {weights[-1]:.1f}")
    own = dict(zip(names, weights, strict=False))
    for name, n_pairs in zip(names, np.array(marks).sum(axis=0), strict=True):
        part, _, level = name.partition("=")
        weight = own[name] + (own[f"{part}=same"] if level in LESSER else 0)
        print(f"{name:20}{weight:8.1f}{int(n_pairs):8}")


def mark(parts: Mapping[str, str], name: str) -> float:
    """Mark a level; one that is less than the same is marked as the same too, and bears less."""
    part, _, level = name.partition("=")
    return float(parts[part] == level or (level == "same" and parts[part] in LESSER))


def regress(
    marks: np.ndarray, labels: np.ndarray, counts: np.ndarray, bounds: list[tuple[Any, Any]]
) -> np.ndarray:
    """Fit a logistic regression with a mild penalty; each weight has the sign that it must."""
    marks = np.hstack([marks, np.ones((len(marks), 1))])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = marks @ weights
        signs = 2 * labels - 1
        value = (counts * np.logaddexp(0, -signs * odds)).sum() + 0.1 * (weights[:-1] ** 2).sum()
        slope = marks.T @ (counts * (1 / (1 + np.exp(-odds)) - labels))
        slope[:-1] += 0.2 * weights[:-1]
        return float(value), slope

    start = np.zeros(marks.shape[1])
    return optimize.minimize(loss, start, jac=True, bounds=[*bounds, (None, None)]).x


def rows(name: str, cases: list[Case], *, is_changed: bool) -> None:
    """Match all cases twice, once where the service lacks the true work; print a row by kind."""
    known, seconds = match_all(cases, is_known=True)
    unknown, _ = match_all(cases, is_known=False)
    how = "as deposited" if is_changed else "as in the set"
    for kind in KINDS:
        n_cases = sum(case.kind == kind for case in cases)
        if not n_cases:
            continue
        states, wrong = known[kind], unknown[kind]["wrong"]
        right, n_wrong = states["accepted"], states["wrong"] + wrong
        figures = f"{right / max(right + n_wrong, 1):11.4f}{right / n_cases:8.4f}"
        counts = f"{states['review']:8}{states['rejected']:9}{states['wrong']:7}{wrong:8}"
        time_taken = f"{1000 * seconds / len(cases):7.1f}"
        taken = dict(known[f"{kind} taken"] + unknown[f"{kind} taken"])
        print(f"{name:13}{kind:9}{how:14}{n_cases:5}{figures}{counts}{time_taken}  {taken or ''}")


def match_all(
    cases: list[Case], *, is_known: bool
) -> tuple[dict[str, collections.Counter[str]], float]:
    """Match all cases; count the decisions by kind."""
    states: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    found = candidates(cases, is_known=is_known)
    begin = time.process_time()
    decisions = [
        matching.best_match(case.record, works) for case, works in zip(cases, found, strict=True)
    ]
    seconds = time.process_time() - begin
    kinds = {work.doi or "": kind for case in cases for kind, work in case.misses}
    for case, decision in zip(cases, decisions, strict=True):
        best = decision.candidate.doi if decision.candidate else None
        is_wrong = decision.state == "accepted" and best != case.truth.doi
        state = "wrong" if is_wrong else decision.state
        states[case.kind][state] += 1
        if is_wrong:
            states[f"{case.kind} taken"][kinds.get(best or "", "another reference's")] += 1
        if "--show" in sys.argv and (is_wrong or (is_known and decision.state != "accepted")):
            miss = kinds.get(best or "", "a true work")
            print(f"  {case.kind} {state} ({miss}): {decision.reason}\n    {case.record.raw}")
            print(f"    {case.record.type} {case.record.title!r} | {case.truth.title!r}")
    return states, seconds


if __name__ == "__main__":
    main()
