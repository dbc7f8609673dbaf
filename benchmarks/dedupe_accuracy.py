"""Measure how well duplicates are found on labelled sets, or fit the weights of the score anew.

Run ``python benchmarks/dedupe_accuracy.py [--fit] [FOLDER]``; the folder with the sets is
``../shared/data/formats`` beside the checkout where it is left out.

The labelled set of ASySD says of each of 1,845 records whether it is the first of its work or
a duplicate. It is cut in two halves by groups of titles 80 % alike (parity of the CRC of the
place of the group's first record). The weights are fitted to one half, to copies of it in which
values are dropped and titles mistyped, and to pairs of records of other sets, which are one work
where their DOIs are the same. A record is counted as ASySD counts: of those merged together one
is kept; a first record that is not kept is a work lost, a duplicate that is kept where none of
its work is kept before is missed.
"""

from __future__ import annotations

import dataclasses
import random
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import fuzz, process

import nqp_biblio as nb
from nqp_biblio.cleaning.dedupe import MERGE_FROM
from nqp_biblio.cleaning.duplicate.features import FEATURES, Likeness, compare_pairs
from nqp_biblio.cleaning.duplicate.finding import find_duplicates
from nqp_biblio.cleaning.duplicate.pairs import candidate_pairs
from nqp_biblio.cleaning.duplicate.score import score_pairs
from nqp_biblio.cleaning.duplicate.works import ComparedWorks, compared_works

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2] / "shared" / "data" / "formats"
ASYSD = "dedupe/asysd-labelled_test_set.csv.gz"
COLREV = "dedupe/colrev-dedupe-records.bib"
WITH_DOIS = (
    "bibtex/pybibx-wos.bib",
    "bibtex/pybibx-scopus.bib",
    "bibtex/pybibx-scopus_m.bib",
    "bibtex/Scopus-Web-Of--WoS_Fibre_2_Dec2020.bib",
    "pubmed-nbib/pybibx-pubmed.txt",
)
OF_IDENTIFIERS = ("id_and_title", "id_alone", "id_other")
LIKE = 80
UNTOUCHED, CUT, LOST, WRONG, NEXT = 0.4, 0.15, 0.12, 0.02, 0.05
LETTERS = "abcdefghijklmnop "


class Labelled:
    """The set of ASySD: its records, which are first, and how it is cut."""

    def __init__(self, folder: Path) -> None:
        corpus = nb.read(folder / ASYSD)
        said = corpus.sql("SELECT value FROM fields WHERE name = 'source' ORDER BY work_id")
        self.works = compared_works(corpus)
        self.is_first = np.array([value == "unique" for (value,) in said])
        self.groups = titles_alike(self.works.bases)
        self.half = np.array([zlib.crc32(str(group).encode()) % 2 for group in self.groups])

    def truth(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Tell which pairs are one work: 1, 0, or -1 where the labels do not say."""
        firsts = Counter(self.groups[self.is_first].tolist())
        parts: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for at, group in enumerate(self.groups.tolist()):
            works = self.works
            place = works.years[at], works.pages[at], works.first[at]
            parts[(group,) if firsts[group] == 1 else (group, *place)].append(at)
        part = np.full(len(self.works), -1)
        for number, places in enumerate(parts.values()):
            if self.is_first[places].sum() == 1:
                part[places] = number
        one, other = part[pairs].T
        known = (one >= 0) & (other >= 0)
        return np.where(known, one == other, -1).astype(np.int64)


def titles_alike(titles: list[str]) -> NDArray[np.int64]:
    """Return groups of titles, each named by its first one."""
    likeness = process.cdist(titles, titles, scorer=fuzz.ratio, score_cutoff=LIKE)
    group = np.arange(len(titles))
    for one, other in np.argwhere(np.triu(likeness, 1)).tolist():
        low, high = sorted((group[one], group[other]))
        group[group == high] = low
    return group


def counted(labelled: Labelled, half: int) -> str:
    """Count the records of one half as ASySD does."""
    found = find_duplicates(labelled.works, merge_from=MERGE_FROM)
    owner = np.arange(len(labelled.works))
    for members in found.groups.members:
        owner[members] = members[0]
    right = wrong = missed = 0
    for places in (np.flatnonzero(owner == at) for at in np.unique(owner[labelled.half == half])):
        n_first = int(labelled.is_first[places].sum())
        n_more = len(places) - n_first
        right += n_more - (n_first == 0)
        missed += n_first == 0
        wrong += max(n_first - 1, 0)
    return (
        f"{len(places_of(labelled, half)):,} records: {right} duplicates found, {missed} missed,"
        f" {wrong} works lost; precision {right / (right + wrong):.4f},"
        f" recall {right / (right + missed):.4f}"
    )


def places_of(labelled: Labelled, half: int) -> NDArray[np.int64]:
    """Return the records of one half."""
    return np.flatnonzero(labelled.half == half)


def calibration(labelled: Labelled, half: int) -> None:
    """Compare scores with how often the pairs are one work."""
    found = compare_pairs(labelled.works, candidate_pairs(labelled.works))
    found = found.take(labelled.half[found.pairs[:, 0]] == half)
    truth, score = labelled.truth(found.pairs), score_pairs(found)
    for low, high in ((0, 0.1), (0.1, 0.5), (0.5, 0.9), (0.9, 0.99), (0.99, 1.01)):
        chosen = (score >= low) & (score < high) & (truth >= 0)
        if chosen.any():
            print(
                f"  score {low:.2f} to {min(high, 1):.2f}: {chosen.sum():5d} pairs,"
                f" mean score {score[chosen].mean():.3f}, one work {truth[chosen].mean():.3f}"
            )


def measure(folder: Path) -> None:
    """Measure all."""
    labelled = Labelled(folder)
    for half, name in enumerate(("fitted to", "not looked at")):
        print(f"ASySD, half {name}: {counted(labelled, half)}")
        calibration(labelled, half)
    merged = nb.dedupe(nb.read(folder / COLREV, format="bibtex"))
    expected = nb.read(folder / f"{COLREV}.expected.bib", format="bibtex")
    print(f"CoLRev: {len(merged)} works, {len(expected)} expected")


def noised(works: ComparedWorks, seed: int) -> ComparedWorks:
    """Return works with values dropped or exchanged, and titles mistyped or cut."""
    luck = random.Random(seed)  # noqa: S311

    def some(values: list[str], dropped: float, exchanged: float = 0.0) -> list[str]:
        kept = ["" if luck.random() < dropped else value for value in values]
        return [luck.choice(values) if luck.random() < exchanged else value for value in kept]

    def title(base: str) -> str:
        if luck.random() < UNTOUCHED or len(base) < LIKE / 4:
            return base
        for _ in range(luck.choice((1, 1, 2, 3, 5))):
            at = luck.randrange(len(base) - 1)
            if not base[at].isdigit():
                base = base[:at] + luck.choice(LETTERS) + base[at + luck.randint(0, 1) :]
        cut = int(len(base) * luck.choice((0.4, 0.6, 0.8)))
        return base[:cut].rpartition(" ")[0] if luck.random() < CUT else base

    lost = [luck.random() < LOST for _ in works.first]
    source = [
        luck.randrange(len(works)) if luck.random() < WRONG else at for at in range(len(works))
    ]
    years = [
        0 if luck.random() < LOST else year + luck.choice((-1, 1)) * (luck.random() < NEXT)
        for year in works.years.tolist()
    ]
    return dataclasses.replace(
        works,
        told=[told._replace(base=title(told.base)) for told in works.told],
        years=np.array(years),
        first=["" if gone else works.first[at] for gone, at in zip(lost, source, strict=True)],
        people=["" if gone else works.people[at] for gone, at in zip(lost, source, strict=True)],
        venues=some(works.venues, 0.18, 0.03),
        volumes=some(works.volumes, 0.35, 0.03),
        issues=some(works.issues, 0.35),
        pages=some(works.pages, 0.35, 0.015),
        dois=some(works.dois, 0.42),
    )


def samples(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return features, truth and weight of all pairs to fit to."""
    labelled = Labelled(folder)
    found = compare_pairs(labelled.works, candidate_pairs(labelled.works))
    found = found.take(labelled.half[found.pairs[:, 0]] == 0)
    parts: list[tuple[Likeness, NDArray[Any], float]] = [(found, labelled.truth(found.pairs), 1.0)]
    for seed in range(4):
        again = compare_pairs(noised(labelled.works, seed), found.pairs)
        parts.append((again, labelled.truth(again.pairs), 0.5))
    works = compared_works(nb.read(*(folder / name for name in WITH_DOIS)))
    pairs = compare_pairs(works, candidate_pairs(works))
    one, other = works.codes("dois")[pairs.pairs].T
    for name in OF_IDENTIFIERS:
        pairs.column(name)[:] = 0
    parts.append((pairs, np.where((one >= 0) & (other >= 0), one == other, -1), 1.0))
    features, truth, weight = (
        np.concatenate(columns)
        for columns in zip(*((p.features, t, np.full(len(p), w)) for p, t, w in parts), strict=True)
    )
    known = truth >= 0
    return features[known], truth[known].astype(float), weight[known]


def fit(folder: Path) -> None:
    """Fit the weights by logistic regression with a ridge, and print them."""
    features, truth, weight = samples(folder)
    columns = np.hstack([np.ones((len(features), 1)), features])
    ridge = np.eye(columns.shape[1])
    ridge[0, 0] = 1e-6
    odds = np.zeros(columns.shape[1])
    for _ in range(60):
        sure = 1 / (1 + np.exp(-columns @ odds))
        slope = columns.T @ (weight * (truth - sure)) - ridge @ odds
        bend = (columns * (weight * sure * (1 - sure))[:, None]).T @ columns + ridge
        odds += np.linalg.solve(bend, slope)
    print(f"{len(truth):,} pairs, {int(truth.sum()):,} of them one work")
    for name, value in zip(("BIAS", *FEATURES), odds.tolist(), strict=True):
        print(f"{name:<16}{value:6.1f}")


def main() -> None:
    """Measure, or fit."""
    given = [argument for argument in sys.argv[1:] if argument != "--fit"]
    folder = Path(given[0]) if given else ROOT
    (fit if "--fit" in sys.argv else measure)(folder)


if __name__ == "__main__":
    main()
