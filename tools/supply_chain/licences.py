"""List the licences of all dependencies, and refuse what the project does not take.

``python tools/supply_chain/licences.py`` writes docs/supply_chain.md anew; ``--check`` only
checks: a licence that is not permissive in the core or an extra other than ``iso4`` fails.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

from closure import EXTRAS, Need, needs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "supply_chain.md"
MARK = "<!-- licences -->"
COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|GNU)")
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|0BSD|CC0|MPL|Public Domain"
)
READ_BY_HAND = {"alabaster": "BSD-3-Clause", "atheris": "Apache-2.0"}
"""Licences that the metadata do not name, read in the distribution."""

MAY_BE_COPYLEFT = {"iso4"}
"""Extras that say that they bring something under the GPL."""


def licence_of(name: str) -> str:
    """Return the licence of an installed distribution in one line; empty where it names none."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    told = metadata.metadata(name)
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    classified = [
        line.rsplit(" :: ", 1)[-1]
        for line in told.get_all("Classifier", [])
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    return (
        " or ".join(classified) or "".join(told.get_all("License", [])).partition("\n")[0].strip()
    )


def faults(found: list[Need]) -> list[str]:
    """Name the dependencies whose licence is not taken where they stand."""
    told = []
    for need in found:
        licence = licence_of(need.name)
        is_free = bool(PERMISSIVE.search(licence))
        if not licence:
            told.append(f"{need.name} ({need.asked_by}): names no licence")
        elif COPYLEFT.search(licence) and not is_free and need.asked_by not in MAY_BE_COPYLEFT:
            told.append(f"{need.name} ({need.asked_by}): {licence}")
        elif not is_free and not COPYLEFT.search(licence):
            told.append(f"{need.name} ({need.asked_by}): {licence} is not known as permissive")
    return told


def table(found: list[Need]) -> str:
    """Write the table of the page; versions stand in the lock file."""
    lines = ["| package | for | licence |", "|---|---|---|"]
    lines += [f"| {n.name} | {n.asked_by} | {licence_of(n.name)} |" for n in found]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Check, and write the page unless only a check is asked for."""
    found = needs(("core", *EXTRAS, "dev"))
    if told := faults(found):
        print("\n".join(told))
        return 1
    if "--check" not in sys.argv:
        text = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
        PAGE.write_text(f"{text}{MARK}\n\n{table(found)}", encoding="utf-8")
    print(f"{len(found)} dependencies, every licence taken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
