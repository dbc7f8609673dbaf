"""Time, memory and accuracy of linking many cited references, on a corpus made here.

Run: python benchmarks/link.py [number of references] [seed]

The corpus is made up: works with authors of whom some are very frequent, in 400 journals of
which each has a name in full and one abbreviated. Each work is cited in the form of Web of
Science or of Scopus, with slips: a misspelt author, a volume, page or DOI left out, the year
beside it, the journal in full, a letter of the title wrong. What is one work is known, so
the share of right links is told as well.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import nqp_biblio as nb
from nqp_biblio.readers.cited_line import parse_scopus_reference, parse_wos_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wa xe zi chen lar mor sten berg".split()  # noqa: SIM905
_SUBJECTS = "heat flow risk citation water energy network learning soil cell".split()  # noqa: SIM905
_KINDS = (
    ("Journal of {} {}", "J {} {}"),
    ("International Journal of {} {}", "INT J {} {}"),
    ("Annals of {} {}", "ANN {} {}"),
    ("{} {} Letters", "{} {} LETT"),
)
_PER_LIST = 35
_RECENT, _OF_WOS = 0.97, 0.6
_SLIPS = {"author": 0.03, "volume": 0.05, "page": 0.05, "year": 0.03, "doi": 0.35, "title": 0.05}


class _Work(NamedTuple):
    """A cited work of the made-up corpus."""

    family: str
    initials: str
    year: int
    title: str
    journal: tuple[str, str]
    volume: int
    page: int
    doi: str


def main(n_references: int = 1_000_000, seed: int = 1) -> None:
    """Make a corpus, link it and tell what it took."""
    chance = random.Random(seed)  # noqa: S311
    works = _works(max(n_references // 6, 10), chance)
    cited: list[int] = []
    corpus = nb.corpus_of(_records(works, n_references, chance, cited))
    n_strings = corpus.sql("SELECT COUNT(DISTINCT raw) FROM cited_references")[0][0]
    print(f"{n_references:,} references, {n_strings:,} strings, {len(corpus):,} citing works")
    before, start, cpu = _memory(), time.perf_counter(), time.process_time()
    linked = nb.link_references(corpus)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"{seconds:.1f} s, of the processor {cpu:.1f} s: {n_references / cpu:,.0f} a second")
    print(f"memory: {before:.2f} GB before, {_memory():.2f} GB at most")
    found = [row[0] for row in _ask(linked)]
    print(
        "pairs of references that are one work: precision {:.4f}, recall {:.4f}".format(
            *_scores(cited, found)
        )
    )


def _ask(corpus: nb.Corpus) -> list[tuple[int]]:
    return corpus.sql("SELECT cited_work_id FROM cited_references ORDER BY reference_id")


def _memory() -> float:
    """Most memory used so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _scores(truth: list[int], found: list[int]) -> tuple[float, float]:
    """Precision and recall of the pairs of references in one group."""
    both: dict[tuple[int, int], int] = {}
    ours: dict[int, int] = {}
    theirs: dict[int, int] = {}
    for one, other in zip(truth, found, strict=True):
        both[one, other] = both.get((one, other), 0) + 1
        theirs[one] = theirs.get(one, 0) + 1
        ours[other] = ours.get(other, 0) + 1
    hit, said, true = (sum(n * (n - 1) // 2 for n in d.values()) for d in (both, ours, theirs))
    return hit / max(said, 1), hit / max(true, 1)


def _works(n_works: int, chance: random.Random) -> list[_Work]:
    """Make works; a few families are very frequent."""
    families = [
        "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()
        for _ in range(max(n_works // 12, 50))
    ]
    weights = [1 / (rank + 5) for rank in range(len(families))]
    journals = [_journal(chance) for _ in range(400)]
    made = []
    for number in range(n_works):
        words = chance.choices(_SUBJECTS, k=3) + [
            "".join(chance.choices(_SYLLABLES, k=3)) for _ in range(4)
        ]
        year = int(2024 - chance.paretovariate(1.2) * 3) if chance.random() < _RECENT else 1950
        made.append(
            _Work(
                chance.choices(families, weights)[0],
                "".join(chance.choices("ABCDEFGHJKLMPRSTW", k=chance.choice((1, 1, 2)))),
                max(year, 1900),
                " ".join(words).capitalize(),
                chance.choice(journals),
                chance.randint(1, 400),
                chance.randint(1, 9_000),
                f"10.1{chance.randint(100, 999)}/j.{number:07d}.{chance.randint(10, 99)}",
            )
        )
    return made


def _journal(chance: random.Random) -> tuple[str, str]:
    """Make the name of a journal in full and abbreviated."""
    full, short = chance.choice(_KINDS)
    words = ["".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(2)]
    return full.format(*words), short.format(*(word[:5].upper() for word in words))


def _records(
    works: list[_Work], n_references: int, chance: random.Random, cited: list[int]
) -> Iterator[nb.Record]:
    """Yield citing works, every tenth of which is a cited one itself."""
    weights = [1 / (1 + rank) ** 0.6 for rank in range(len(works))]
    totals = _summed(weights)
    for number in range(0, n_references, _PER_LIST):
        n_listed = min(_PER_LIST, n_references - number)
        chosen = chance.choices(range(len(works)), cum_weights=totals, k=n_listed)
        own = works[number // _PER_LIST] if number // _PER_LIST < len(works) else None
        is_cited = own is not None and number % (10 * _PER_LIST) == 0
        record = nb.Record(title=f"Citing work {number} of the made-up corpus")
        if own is not None and is_cited:
            record = _record(own)
        is_wos = chance.random() < _OF_WOS
        record.cited_references = [_cited(works[i], chance, is_wos=is_wos) for i in chosen]
        cited.extend(chosen)
        yield record


def _summed(weights: list[float]) -> list[float]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums


def _record(work: _Work) -> nb.Record:
    """Describe a work as a record."""
    return nb.Record(
        title=work.title,
        publication_year=work.year,
        source_raw=work.journal[0],
        volume=str(work.volume),
        pages=[(str(work.page), str(work.page + 9))],
        doi=work.doi,
        people=[nb.Person(family=work.family, given=work.initials)],
    )


def _cited(work: _Work, chance: random.Random, *, is_wos: bool) -> nb.CitedReference:
    """Print a work as a cited reference, with slips."""
    slip = {name for name, share in _SLIPS.items() if chance.random() < share}
    family = _misspelt(work.family, chance) if "author" in slip else work.family
    year = work.year + chance.choice((-1, 1)) if "year" in slip else work.year
    journal = work.journal[1] if is_wos else chance.choice(work.journal)
    if is_wos:
        parts = [f"{family} {work.initials}", str(year), journal]
        parts += [] if "volume" in slip else [f"V{work.volume}"]
        parts += [] if "page" in slip else [f"P{work.page}"]
        parts += [] if "doi" in slip else [f"DOI {work.doi}"]
        return parse_wos_reference(", ".join(parts))
    title = _misspelt(work.title, chance) if "title" in slip else work.title
    name = f"{family}, {'.'.join(work.initials)}."
    volume = "" if "volume" in slip else f", {work.volume}"
    page = "" if "page" in slip else f", pp. {work.page}-{work.page + 9}"
    return parse_scopus_reference(f"{name}, {title} ({year}) {journal}{volume}{page}")


def _misspelt(text: str, chance: random.Random) -> str:
    """Change, drop or double a letter."""
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice(("", text[at] * 2, "e")) + text[at + 1 :]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
