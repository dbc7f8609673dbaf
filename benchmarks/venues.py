"""How well names of journals are joined without their ISSNs, against the ISSNs of real files.

Run: python benchmarks/venues.py FOLDER [--show]

Each file under the folder that can be read gives the names of journals with the ISSNs beside
them, and the abbreviations that Web of Science prints beside a name (J9, JI). Two names are one
journal in truth if they share an ISSN; print and electronic ISSNs that stand in one record, or
beside names that differ by case only, count as one. Series of proceedings are left out.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import nqp_biblio as nb
from nqp_biblio.cleaning.venue_joins import Spelling, join_venues
from nqp_biblio.cleaning.venues import find_issns, may_share_issn, read_aliases
from nqp_biblio.text.unicode import fold

_JOURNALS = ("article-journal", "article-magazine", "article-newspaper")
_SKIPPED = ("expected", "peer", "colrev", "masked")
_BESIDE = ("J9", "JI")


class _Sets:
    """Items that are one."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, item: str) -> str:
        """Return the one that stands for the set."""
        while self.parent.setdefault(item, item) != item:
            item = self.parent[item]
        return item

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        self.parent[self.root(one)] = self.root(other)


def gather(folder: Path) -> tuple[Counter[str], dict[str, set[str]], set[tuple[str, str]]]:
    """Return works by name, ISSNs by name, and (name, abbreviation) of journals."""
    works: Counter[str] = Counter()
    issns: dict[str, set[str]] = defaultdict(set)
    beside: set[tuple[str, str]] = set()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(word in path.name for word in _SKIPPED):
            continue
        try:
            corpus = nb.read(path)
        except nb.BiblioError:
            continue
        marks = ", ".join(f"'{kind}'" for kind in _JOURNALS)
        where = f"type IN ({marks}) AND source_raw IS NOT NULL"
        for name, issn, n in corpus.sql(
            f"SELECT source_raw, issn, COUNT(*) FROM works WHERE {where} GROUP BY 1, 2"
        ):
            works[name] += n
            issns[name].update(find_issns(issn or ""))
        query = (
            "SELECT DISTINCT source_raw, value FROM works w JOIN fields f ON w.work_id ="
            f" f.work_id WHERE {where} AND f.name IN {_BESIDE} AND format LIKE 'wos%'"
        )
        beside.update((name, value) for name, value in corpus.sql(query))
    return works, issns, beside


def groups_of(names: list[str], works: Counter[str]) -> dict[str, int]:
    """Join names without their ISSNs and return the number of the journal of each."""
    spellings = [
        Spelling(name, at, works[name], frozenset(), frozenset(_JOURNALS[:1]))
        for at, name in enumerate(names)
    ]
    venues = join_venues(spellings, aliases=read_aliases(None))
    return {item.name: at for at, venue in enumerate(venues) for item in venue.spellings}


def main() -> None:
    """Print precision and recall of the pairs."""
    works, issns, beside = gather(Path(sys.argv[1]))
    shown = "--show" in sys.argv
    sets = _Sets()
    by_case: dict[str, list[str]] = defaultdict(list)
    for name, own in issns.items():
        by_case[fold(name)] += sorted(own)
    for own in [*issns.values(), *by_case.values()]:
        for one, other in combinations(sorted(own), 2):
            sets.join(one, other)
    known = {
        name: {sets.root(issn) for issn in own}
        for name, own in sorted(issns.items())
        if own and may_share_issn(name)
    }
    group = groups_of(sorted(works), works)
    _report("names with ISSN", known, group, shown=shown)
    names = sorted({name for pair in beside for name in pair})
    own_sets = _Sets()
    for name, short in beside:
        own_sets.join(fold(name), fold(short))
    truth = {name: {own_sets.root(fold(name))} for name in names if may_share_issn(name)}
    _report("names with J9 and JI", truth, groups_of(names, Counter(names)), shown=shown)


def _report(title: str, truth: dict[str, set[str]], group: dict[str, int], *, shown: bool) -> None:
    right = wrong = missed = 0
    for one, other in combinations(sorted(truth), 2):
        is_one, is_joined = bool(truth[one] & truth[other]), group[one] == group[other]
        if not (is_one or is_joined) or fold(one) == fold(other):
            continue
        right += is_one and is_joined
        wrong += is_joined and not is_one
        missed += is_one and not is_joined
        if shown and is_one != is_joined:
            print("WRONG " if is_joined else "MISSED", one, "|", other)
    print(
        f"{title}: {len(truth):,} names, {right + missed:,} pairs that differ by more than case:"
        f" precision {right / (right + wrong):.4f}, recall {right / (right + missed):.4f}"
        f" ({wrong} wrong, {missed} missed)"
    )


if __name__ == "__main__":
    main()
