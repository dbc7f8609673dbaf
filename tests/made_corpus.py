"""Small corpora straight from tables, for tests that need many of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nqp_biblio as nb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES = ("Aston", "Baker", "Clark", "Davis", "Evans")


@dataclass(frozen=True)
class Made:
    """A work of a made corpus; owners are numbers from 0."""

    citations: int | None = None
    year: int | None = 2020
    authors: tuple[int, ...] = (0,)
    source: int | None = 0
    type: str | None = "article-journal"
    keywords: tuple[str, ...] = ()
    cites: tuple[tuple[int, float | None], ...] = ()
    """Index of works that it cites, each with the score of the link."""


def made_corpus(works: list[Made]) -> nb.Corpus:
    """Make a corpus as it is after ``normalise`` and ``link_references``."""
    tables: dict[str, list[dict[str, Any]]] = {
        "works": [],
        "authorships": [],
        "sources": [{"source_id": n + 1, "display_name": f"Journal {n}"} for n in range(5)],
        "terms": [],
        "cited_references": [],
    }
    for number, work in enumerate(works, 1):
        for table, rows in _rows_of(number, work).items():
            tables[table] += rows
    for number, row in enumerate(tables["cited_references"], 1):
        row["reference_id"] = number
    columns: dict[str, Mapping[str, Sequence[object]]] = {
        name: {column: [row[column] for row in rows] for column in rows[0]}
        for name, rows in tables.items()
        if rows
    }
    return nb.corpus_of([]).replace(step={"step": "normalise"}, **columns)


def _rows_of(number: int, work: Made) -> dict[str, list[dict[str, Any]]]:
    return {
        "works": [
            {
                "work_id": number,
                "role": "record",
                "type": work.type,
                "title": f"Work {number}",
                "publication_year": work.year,
                "source_id": None if work.source is None else work.source + 1,
                "cited_by_count": work.citations,
            }
        ],
        "authorships": [
            {
                "work_id": number,
                "role": "author",
                "position": position,
                "author_id": author + 1,
                "author": f"{NAMES[author]}, A.",
            }
            for position, author in enumerate(work.authors, 1)
        ],
        "terms": [
            {"work_id": number, "kind": "author_keyword", "position": n, "term": term}
            for n, term in enumerate(work.keywords, 1)
        ],
        "cited_references": [
            {
                "citing_work_id": number,
                "position": position,
                "raw": f"Work {cited + 1}",
                "work_id": cited + 1,
                "cited_work_id": cited + 1,
                "link_rule": "title",
                "link_score": score,
            }
            for position, (cited, score) in enumerate(work.cites, 1)
        ],
    }
