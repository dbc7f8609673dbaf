"""Time the search for duplicates, and the merging, on synthetic works of growing number.

Run ``python benchmarks/dedupe.py [n_works ...]``. One work in ten has a second record, in which
title, names, year or place are changed as databases change them; how many of those are found is
told too. Seconds are of processor time, so that other work on the machine does not count.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING, Any

import nqp_biblio as nb
from nqp_biblio.cleaning.duplicate.features import compare_pairs
from nqp_biblio.cleaning.duplicate.finding import find_duplicates
from nqp_biblio.cleaning.duplicate.pairs import candidate_pairs
from nqp_biblio.cleaning.duplicate.works import compared_works

if TYPE_CHECKING:
    from collections.abc import Iterator

SYLLABLES = (
    *("ba", "co", "di", "fu", "ge", "ha", "ki", "lo", "mu", "ne", "po", "qua", "ri", "sa", "to"),
    *("ve", "wi", "xy", "za", "tri", "gra", "pho"),
)
SIZES = (25_000, 50_000, 100_000, 200_000)
SHARE = 10
HALF, MOST = 0.5, 0.7
N_WORDS = 10_000


def words(n_words: int, luck: random.Random) -> list[str]:
    """Make words."""
    made = {"".join(luck.choices(SYLLABLES, k=luck.randint(2, 5))) for _ in range(n_words * 2)}
    return sorted(made)[:n_words]


def mistyped(text: str, luck: random.Random) -> str:
    """Change one or two letters of a text."""
    for _ in range(luck.randint(1, 2)):
        at = luck.randrange(len(text))
        text = text[:at] + luck.choice("aeioust") + text[at + luck.randint(0, 1) :]
    return text


def works(n_works: int, seed: int = 1) -> Iterator[nb.Record]:
    """Yield works; every tenth twice, the second time as another database has it."""
    luck = random.Random(seed)  # noqa: S311
    known = words(N_WORDS, luck)
    weights = [1 / (rank + 5) for rank in range(len(known))]
    luck.shuffle(known)
    n_different = n_works * SHARE // (SHARE + 1)
    drawn = luck.choices(known, weights, k=n_different * 10)
    for at in range(n_different):
        title = " ".join(drawn[at * 10 : at * 10 + luck.randint(6, 10)])
        people = [f"{luck.choice(known).title()}" for _ in range(3)]
        year, first = luck.randint(1980, 2024), luck.randint(1, 900)
        doi = f"10.1000/{at}" if luck.random() < MOST else None
        place: dict[str, Any] = {
            "volume": str(luck.randint(1, 90)),
            "pages": [(str(first), str(first + 9))],
        }
        yield record(
            title.capitalize(), people, year, f"Journal {at % 300}", doi=doi, key=str(at), **place
        )
        if at % SHARE == 0:
            twin = mistyped(title, luck) if luck.random() < HALF else title.upper()
            has_doi = doi if luck.random() < HALF else None
            has_place = place if luck.random() < MOST else {}
            yield record(
                twin, people[:2], year, f"J. {at % 300}", doi=has_doi, key=str(at), **has_place
            )


def record(title: str, people: list[str], year: int, source: str, **values: Any) -> nb.Record:  # noqa: ANN401
    """Make one record."""
    return nb.Record(
        title=title,
        publication_year=year,
        source_raw=source,
        people=[nb.Person(family=name, given="A. B.") for name in people],
        type="article-journal",
        **values,
    )


def measure(n_works: int) -> None:
    """Time one size."""
    corpus = nb.corpus_of(works(n_works))
    compared = compared_works(nb.corpus_of(works(100)))  # loads what is loaded once
    compare_pairs(compared, candidate_pairs(compared))
    start = time.process_time()
    compared = compared_works(corpus)
    read = time.process_time()
    pairs = candidate_pairs(compared)
    blocked = time.process_time()
    found = find_duplicates(compared, merge_from=0.9)
    end = time.process_time()
    merged = nb.dedupe(corpus)
    done = time.process_time()
    twins = {
        frozenset(ids)
        for (ids,) in corpus.sql("SELECT LIST(work_id) FROM works GROUP BY key HAVING COUNT(*) = 2")
    }
    ids = compared.ids.tolist()
    groups = {frozenset(ids[at] for at in members) for members in found.groups.members}
    print(
        f"{n_works:>8,} works: columns {read - start:5.2f} s, pairs {blocked - read:5.2f} s"
        f" ({len(pairs):,}), columns to groups {end - start - (blocked - read):5.2f} s,"
        f" dedupe {done - end:6.2f} s;"
        f" found {len(twins & groups)} of {len(twins)}, wrong {len(groups - twins)},"
        f" left {len(merged):,}"
    )


def main() -> None:
    """Time all sizes."""
    for n_works in [int(size) for size in sys.argv[1:]] or SIZES:
        measure(n_works)


if __name__ == "__main__":
    main()
