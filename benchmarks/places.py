"""Speed of finding places: addresses a second, on addresses made of known words.

Run: python benchmarks/places.py [number of addresses]
"""

from __future__ import annotations

import random
import sys
import time

import nqp_biblio as nb

_TOWNS = (
    *("Ghent|Belgium", "Lyon|France", "Granada|Spain", "Oslo|Norway", "Wuhan|Peoples R China"),
    *("Leeds|England", "Osaka|Japan", "Austin|TX 78712 USA", "Perth|Australia", "Pune|India"),
)
_SUBJECTS = ("Phys", "Chem", "Math", "Econ", "Law", "Hist", "Biol", "Surg", "Stat", "Geol")
_KINDS = ("Univ {}", "{} Univ Technol", "{} Gen Hosp", "Inst {} Res", "Natl Univ {}")


def addresses(n: int, seed: int = 0) -> list[str]:
    """Make n different addresses of as many institutions as a corpus of that size has."""
    rng = random.Random(seed)  # noqa: S311
    made = []
    for number in range(n):
        town, country = rng.choice(_TOWNS).split("|")
        name = "".join(rng.choice(("ba", "ri", "to", "mel", "kan", "su")) for _ in range(3)).title()
        kind = rng.choice(_KINDS).format(f"{name} {town}" if number % 3 else name)
        unit = f"Dept {rng.choice(_SUBJECTS)}, {rng.choice(_SUBJECTS)} Lab {number}"
        made.append(f"{kind}, {unit}, {rng.randrange(9999)} {town}, {country}")
    return made


def main() -> None:
    """Print addresses a second of processor time, of addresses that are all different."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = addresses(n)
    records = [
        nb.Record(
            title=f"Work {start}", affiliations=[(one, None) for one in made[start : start + 4]]
        )
        for start in range(0, n, 4)
    ]
    corpus = nb.corpus_of(records)
    began = time.process_time()
    found = nb.find_places(corpus)
    spent = time.process_time() - began
    print(f"{n:,} addresses, {found.n_rows('institutions'):,} institutions: {spent:.1f} s")
    print(f"{n / spent:,.0f} addresses a second of processor time")


if __name__ == "__main__":
    main()
