"""Show what the joins of keywords and the rules of the check do on real files, to be judged.

For each folder of files its joins and findings are counted, and a sample of each is printed:
python benchmarks/terms_and_check.py ../shared/data/formats [n_joins] [n_findings]
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import nqp_biblio as nb

FOLDERS = (
    *("bibtex", "biblatex", "ris", "wos-plain", "wos-tab", "scopus-csv", "pubmed-nbib"),
    *("pubmed-xml", "endnote-xml", "lens", "zotero-csv", "cochrane", "ieee-springer-csv"),
)
NO_INPUT = (".expected", ".peer", ".colrev.bib", ".md")


def main(root: str, n_joins: int = 300, n_findings: int = 20) -> None:
    """Read each folder, count, and print samples drawn with a fixed seed."""
    joins: set[tuple[str, str, str]] = set()
    findings: dict[str, list[str]] = defaultdict(list)
    for name in FOLDERS:
        files = sorted((Path(root) / name).iterdir())
        chosen = [file for file in files if not any(part in file.name for part in NO_INPUT)]
        corpus = nb.read(*chosen)
        clean = nb.clean_terms(corpus)
        joins.update(clean.sql("SELECT DISTINCT before, after, rule FROM changes"))
        found = nb.check(corpus)
        for row in found.itertuples():
            findings[str(row.code)].append(f"{row.file}:{row.line}: {row.message}")
        print(
            f"{name}: {len(corpus)} works, {clean.n_rows('changes')} terms, {len(found)} findings"
        )
    telling = sorted(join for join in joins if join[2] != "case")
    print(f"\n{len(telling)} joins that are not of case alone")
    for before, after, rule in drawn(telling, n_joins):
        print(f"{before} > {after}: {rule}")
    for code, lines in sorted(findings.items()):
        print(f"\n{code}: {len(lines)}")
        print("\n".join(drawn(lines, n_findings)))


def drawn(given: list[Any], n: int) -> list[Any]:
    """Draw a sample, the same each time."""
    return random.Random(1).sample(given, min(n, len(given)))  # noqa: S311  no secret


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
