"""Which columns of a corpus each format keeps, and what of a corpus is lost in a format.

The lists below are measured: a test writes a corpus that has a value in every column, reads it
again, and compares cell by cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.outputs.round_trip import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["STATES", "Loss", "find_losses", "survival", "told_losses"]

STATES = ("yes", "in part", "no")
"""What can become of a column."""

_CLEANED = """
    authorships.author_id authorships.author authorships.author_rule authorships.author_score
    affiliations.institution_id affiliations.institution affiliations.city affiliations.country_code
    affiliations.is_corresponding affiliations.place_rule sources.abbreviated_title
    sources.n_variants sources.eissn institutions cited_references.cited_work_id
    cited_references.link_rule cited_references.link_score terms.term terms.is_ubiquitous merges
    relations changes
    """
_PLACE_READ = "works.file works.line works.format"
_READING = "works.volume_raw works.confidence works.raw"

_IN_PART = {
    "bibtex": """
        works.role works.key works.source_raw works.pages_raw works.doi_raw authorships.name_raw
        cited_references.first_author cited_references.publication_year terms.term_raw fields
        """,
    "csl-json": "works.source_raw works.doi_raw authorships.name_raw terms.term_raw",
    "csv": "authorships.name_raw sources.display_name terms.term_raw",
    "endnote-xml": """
        works.role works.year_raw works.source_raw works.doi_raw works.edition works.series
        works.genre authorships.name_raw terms.term_raw
        """,
    "parquet": "",
    "records-jsonl": "sources.display_name terms.term_raw",
    "ris": """
        works.role works.year_raw works.source_raw works.pages_raw works.doi_raw
        authorships.name_raw terms.term_raw fields
        """,
    "scopus-csv": """
        works.role works.type works.year_raw works.source_raw works.pages_raw works.doi_raw
        works.genre works.et_al authorships.family authorships.given authorships.name_raw
        cited_references.title terms.term_raw fields
        """,
    "wos": """
        works.role works.type works.year_raw works.source_raw works.pages_raw works.doi_raw
        works.et_al authorships.family authorships.given authorships.name_raw
        cited_references.raw cited_references.first_author terms.term_raw fields
        """,
    "xlsx": "",
}
"""Columns, or whole tables, of which some values survive in a format."""

_LOST = {
    "bibtex": f"""{_CLEANED} {_PLACE_READ} {_READING}
        affiliations.author_position cited_references.label
        cited_references.title cited_references.work_id mentions problems
        """,
    "csl-json": f"""{_CLEANED} {_PLACE_READ}
        works.pages_raw cited_references.label cited_references.first_author
        cited_references.publication_year cited_references.title cited_references.source_raw
        cited_references.volume cited_references.first_page cited_references.doi
        cited_references.work_id mentions problems
        """,
    "csv": f"""{_CLEANED} {_PLACE_READ}
        authorships.orcid affiliations.author_position cited_references mentions fields problems
        """,
    "endnote-xml": f"""{_CLEANED} {_PLACE_READ} {_READING}
        works.key works.article_number works.arxiv_id works.event works.cited_by_count
        authorships.orcid affiliations.author_position cited_references mentions fields problems
        """,
    "parquet": """
        authorships affiliations sources institutions cited_references terms mentions page_ranges
        fields problems merges relations changes
        """,
    "records-jsonl": _CLEANED,
    "ris": f"""{_CLEANED} {_PLACE_READ} {_READING}
        works.arxiv_id works.event works.cited_by_count authorships.orcid
        affiliations.author_position cited_references mentions problems
        """,
    "scopus-csv": f"""{_CLEANED} {_PLACE_READ} {_READING}
        works.publication_date works.arxiv_id works.publisher_place works.edition works.series
        authorships.orcid cited_references.label cited_references.raw
        cited_references.first_author cited_references.doi cited_references.work_id mentions
        problems
        """,
    "wos": f"""{_CLEANED} {_PLACE_READ} {_READING}
        works.arxiv_id works.edition cited_references.label cited_references.title
        cited_references.work_id mentions problems
        """,
    "xlsx": "",
}
"""Columns, or whole tables, of which no value survives in a format."""

_NOT_TOLD = frozenset({"problems", "changes", "sources"})
_NOT_TOLD_COLUMNS = frozenset(
    f"{_PLACE_READ} works.source_id authorships.author_id cited_references.work_id".split()
)


@dataclass(frozen=True, slots=True)
class Loss:
    """What of a corpus a format does not keep.

    Attributes
    ----------
    table, column : str
        Where it stands; the column is empty where the whole table is lost.
    n : int
        How many values, or rows of a whole table, the corpus has there.
    in_part : bool
        Whether some of them may be kept.
    """

    table: str
    column: str
    n: int
    in_part: bool = False

    @property
    def name(self) -> str:
        """The table, and the column where one is meant."""
        return f"{self.table}.{self.column}" if self.column else self.table


@lru_cache(maxsize=64)
def survival(name: str) -> dict[tuple[str, str], str]:
    """Tell what becomes of each column in a format.

    Parameters
    ----------
    name : str
        Name of a format that is written. Of one that is not known here nothing is said to
        survive.

    Returns
    -------
    dict of (table, column) to str
        yes, in part or no, as `STATES` has them.

    Examples
    --------
    >>> kept = survival("ris")
    >>> kept["works", "title"], kept["works", "arxiv_id"], kept["mentions", "marker"]
    ('yes', 'no', 'no')
    """
    if name not in _LOST:
        return dict.fromkeys(COLUMNS, "no")
    lost, part = (frozenset(listed[name].split()) for listed in (_LOST, _IN_PART))
    return {at: _state(at, lost, part) for at in COLUMNS}


def find_losses(corpus: Corpus, name: str) -> list[Loss]:
    """Tell what a corpus has that a format does not keep.

    Parameters
    ----------
    corpus : Corpus
        The corpus that is written.
    name : str
        Name of the format.

    Returns
    -------
    list of Loss
        What is lost for sure first, then what may be lost in part; only what the corpus has.

    Examples
    --------
    >>> find_losses(corpus, "ris")  # doctest: +SKIP
    [Loss(table='works', column='arxiv_id', n=3, in_part=False)]
    """
    states = survival(name)
    found = []
    for table in dict.fromkeys(table for table, _ in COLUMNS):
        columns = {column: states[at, column] for at, column in COLUMNS if at == table}
        if set(columns.values()) == {"no"}:
            found.append(Loss(table, "", corpus.n_rows(table)))
            continue
        asked = [column for column, state in columns.items() if state != "yes"]
        counts = _counts(corpus, table, asked)
        found += [
            Loss(table, column, n, in_part=columns[column] == "in part")
            for column, n in zip(asked, counts, strict=True)
        ]
    return sorted((loss for loss in found if loss.n), key=lambda loss: loss.in_part)


def told_losses(losses: Sequence[Loss], name: str, *, is_long: bool = False) -> str:
    """Say in one line what is not kept; empty where nothing is to be said.

    Parameters
    ----------
    losses : sequence of Loss
        What `find_losses` gave.
    name : str
        Name of the format.
    is_long : bool
        Whether what may be lost in part is said too.

    Returns
    -------
    str
        Where a record was read, what reading said of it, and what cleaning made of it is not
        told of: these are no part of a bibliography.

    Examples
    --------
    >>> told_losses([Loss("mentions", "", 12), Loss("works", "arxiv_id", 3)], "ris")
    'ris does not hold: mentions (12), works.arxiv_id (3)'
    """
    told = [
        loss
        for loss in losses
        if loss.table not in _NOT_TOLD and loss.name not in _NOT_TOLD_COLUMNS
    ]
    lost, part = (
        ", ".join(f"{loss.name} ({loss.n:,})" for loss in told if loss.in_part == in_part)
        for in_part in (False, True)
    )
    parts = [f"does not hold: {lost}"] if lost else []
    if is_long and part:
        parts.append(f"holds in part: {part}")
    return f"{name} {'; '.join(parts)}" if parts else ""


def _state(at: tuple[str, str], lost: frozenset[str], part: frozenset[str]) -> str:
    """Tell what becomes of one column."""
    names = {at[0], ".".join(at)}
    if names & lost:
        return "no"
    return "in part" if names & part else "yes"


def _counts(corpus: Corpus, table: str, columns: Sequence[str]) -> tuple[int, ...]:
    """Count the values of columns; false is none, and a clean form only where it differs."""
    if not columns:
        return ()
    counted = ", ".join(f"COUNT({_VALUES.get((table, name), name)})" for name in columns)
    return tuple(int(n) for n in corpus.sql(f"SELECT {counted} FROM {table}")[0])


_VALUES = {
    ("works", "et_al"): "CASE WHEN et_al THEN 1 END",
    ("works", "role"): "CASE WHEN role <> 'record' THEN 1 END",
    ("terms", "term"): "CASE WHEN term <> term_raw THEN 1 END",
}
