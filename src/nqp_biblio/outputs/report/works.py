"""The works as read, with what was changed and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nqp_biblio.outputs.checks import check_rows

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["MAX_SHOWN", "problem_rows", "shown_works", "work_rows"]

MAX_SHOWN = 500
"""Works on the page; all of them are in the folder of data."""

_MAX_PROBLEMS = 100
_WORK_FIELDS = (
    "work_id",
    "role",
    "key",
    "type",
    "title",
    "publication_year",
    "year_raw",
    "publication_date",
    "volume",
    "volume_raw",
    "issue",
    "pages_raw",
    "article_number",
    "doi",
    "url",
    "publisher",
    "et_al",
    "raw",
)


def work_rows(corpus: Corpus) -> list[dict[str, Any]]:
    """Describe the first works.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    list of dict
        At most ``MAX_SHOWN`` works, each with its fields, authors, locator, changes and
        problems.
    """
    fields = ", ".join(f"w.{name}" for name in _WORK_FIELDS)
    rows = corpus.sql(
        f"SELECT {fields}, COALESCE(s.display_name, w.source_raw) AS source FROM works w"
        " LEFT JOIN sources s ON w.source_id = s.source_id"
        f" ORDER BY w.work_id LIMIT {MAX_SHOWN}"
    )
    works = [dict(zip((*_WORK_FIELDS, "source"), row, strict=True)) for row in rows]
    last = works[-1]["work_id"] if works else 0
    people = _people(corpus, last)
    changes = _changes(corpus, last)
    problems = _grouped(
        corpus, "SELECT work_id, reason FROM problems WHERE work_id IS NOT NULL ORDER BY problem_id"
    )
    for work in works:
        work_id = work["work_id"]
        work["authors"] = people.get(work_id, [])
        work["locator"] = _locator(work)
        work["changes"] = changes.get(work_id, [])
        work["problems"] = [reason for (reason,) in problems.get(work_id, [])]
        work["link"] = _doi_link(work["doi"]) or _web(work["url"])
    return works


def shown_works(corpus: Corpus) -> set[int]:
    """Return the keys of the works that ``work_rows`` describes."""
    rows = corpus.sql(f"SELECT work_id FROM works ORDER BY work_id LIMIT {MAX_SHOWN}")
    return {work_id for (work_id,) in rows}


def problem_rows(corpus: Corpus) -> dict[str, Any]:
    """Describe what could not be read, the first hundred in full."""
    shown = check_rows(corpus, limit=_MAX_PROBLEMS)
    return {"rows": shown, "n": corpus.n_rows("problems")}


def _people(corpus: Corpus, last: int) -> dict[int, list[str]]:
    """Names of the authors of each work up to the last one, as they are shown."""
    found = _grouped(
        corpus,
        "SELECT work_id, COALESCE(author, literal, family || ', ' || given, family)"
        " FROM authorships WHERE role = 'author' AND work_id <= ? ORDER BY work_id, position",
        last,
    )
    return {work_id: [name for (name,) in rows if name] for work_id, rows in found.items()}


def _changes(corpus: Corpus, last: int) -> dict[int, list[tuple[Any, ...]]]:
    """What cleaning changed in each work up to the last one: column, before, after, rule."""
    return _grouped(
        corpus,
        "SELECT row_id, column_name, before, after, rule FROM changes"
        " WHERE table_name <> 'sources' AND row_id <= ? ORDER BY change_id",
        last,
    )


def _grouped(corpus: Corpus, query: str, *parameters: object) -> dict[int, list[tuple[Any, ...]]]:
    """Ask, and group the rows by their first value."""
    groups: dict[int, list[tuple[Any, ...]]] = {}
    for first, *rest in corpus.sql(query, parameters):
        groups.setdefault(first, []).append(tuple(rest))
    return groups


def _locator(work: dict[str, Any]) -> str:
    """Write volume, issue and pages as journals do."""
    issue = f"({work['issue']})" if work["issue"] else ""
    volume = f"{work['volume'] or work['volume_raw'] or ''}{issue}"
    pages = work["pages_raw"] or work["article_number"] or ""
    return ": ".join(part for part in (volume, pages) if part)


def _doi_link(doi: str | None) -> str | None:
    """Address of a DOI."""
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}" if doi else None


def _web(url: str | None) -> str | None:
    """Let only links to the web become links."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
