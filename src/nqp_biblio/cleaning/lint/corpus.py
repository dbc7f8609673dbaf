"""Rules of the lint that look at all works together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.lint.work import CorpusRule, Found
from nqp_biblio.corpus.changes import as_columns
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["RULES"]

_SAME_TITLE = 70
_LONG_TITLE = 25
_KEYED = ("bibtex", "csl-json", "hayagriva")
_COUNT_FIELDS = ("NR", "number-of-cited-references")


def _repeated_keys(corpus: Corpus) -> Iterator[Found]:
    """Find keys that two records of one file have."""
    marks = ", ".join("?" for _ in _KEYED)
    rows = corpus.sql(
        "SELECT w.work_id, w.key, f.first_line FROM works w JOIN (SELECT file, format, key,"
        " MIN(work_id) AS first_id, MIN(line) AS first_line FROM works"
        f" WHERE format IN ({marks}) AND key IS NOT NULL AND file IS NOT NULL"
        " GROUP BY file, format, key HAVING COUNT(*) > 1) AS f"
        " ON f.file = w.file AND f.key = w.key AND f.format = w.format"
        " WHERE w.work_id <> f.first_id ORDER BY w.work_id",
        _KEYED,
    )
    for work_id, key, line in rows:
        where = f", first in line {line}" if line else ""
        yield Found("key", key, f"the key {key!r} is used twice{where}", work_id=work_id)


def _shared_dois(corpus: Corpus) -> Iterator[Found]:
    """Find a DOI on works with other titles."""
    for doi, works in _groups(corpus, "doi"):
        first = next((title for _, title in works if title), None)
        for work_id, title in works[1:]:
            if first and not _are_alike(first, title):
                message = f"the DOI {doi} stands on another work too: {first[:60]!r}"
                yield Found("doi", doi, message, work_id=work_id)


def _duplicates(corpus: Corpus) -> Iterator[Found]:
    """Find works of one DOI and title, or of one long title, year and first author."""
    seen: set[int] = set()
    for doi, works in _groups(corpus, "doi"):
        for work_id, title in works[1:]:
            if _are_alike(works[0][1], title):
                seen.add(work_id)
                yield _duplicate(works[0][0], work_id, f"the DOI {doi}")
    rows = corpus.sql(
        "SELECT w.work_id, w.title, w.publication_year, a.family, w.doi, w.volume FROM works w"
        " LEFT JOIN authorships a ON a.work_id = w.work_id AND a.role = 'author' AND a.position = 1"
        " WHERE w.title IS NOT NULL AND w.role <> 'reference' ORDER BY w.work_id"
    )
    by_title: dict[tuple[object, ...], list[tuple[int, str | None, str | None]]] = defaultdict(list)
    for work_id, title, year, family, *numbers in rows:
        folded = fold(title)
        if len(folded) >= _LONG_TITLE:
            by_title[folded, year, fold(family or "")].append((work_id, *numbers))
    for group in by_title.values():
        first, *known = group[0]
        for work_id, *numbers in group[1:]:
            # another DOI or volume tells of proceedings in several volumes
            is_other = any(a and b and a != b for a, b in zip(known, numbers, strict=True))
            if work_id not in seen and not is_other:
                yield _duplicate(first, work_id, "title, year and first author")


def _are_alike(one: str | None, other: str | None) -> bool:
    """Tell whether two titles may be of one work; a missing one may."""
    from rapidfuzz import fuzz

    if not one or not other:
        return True
    return bool(fuzz.token_set_ratio(fold(one), fold(other)) >= _SAME_TITLE)


def _duplicate(first: int, work_id: int, what: str) -> Found:
    message = f"likely the same as work {first}, which has {what} too"
    return Found("work_id", str(first), message, "nb.dedupe merges them", work_id)


def _groups(corpus: Corpus, column: str) -> Iterator[tuple[str, list[tuple[int, str | None]]]]:
    """Yield what works share a value, each with id and title."""
    rows = corpus.sql(
        f"SELECT {column}, work_id, title FROM works WHERE role <> 'reference' AND {column} IN"
        f" (SELECT {column} FROM works WHERE role <> 'reference' AND {column} IS NOT NULL"
        f" GROUP BY 1 HAVING COUNT(*) > 1) ORDER BY 1, 2"
    )
    groups: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for value, work_id, title in rows:
        groups[value].append((work_id, title))
    yield from groups.items()


def _venues(corpus: Corpus) -> Iterator[Found]:
    """Find sources that are spelt in two ways, by what normalise would join."""
    from nqp_biblio.cleaning.normalise import normalise

    # without people, whose names take most of the time
    bare = corpus.replace(
        authorships=as_columns("authorships", []), changes=as_columns("changes", [])
    )
    clean = normalise(bare)
    joined = clean.sql(
        "SELECT row_id, after, rule FROM changes WHERE table_name = 'sources'"
        " AND column_name = 'source_id' ORDER BY row_id"
    )
    shown = dict(clean.sql("SELECT source_id, display_name FROM sources"))
    first = dict(corpus.sql("SELECT source_id, MIN(work_id) FROM works GROUP BY 1"))
    names = dict(corpus.sql("SELECT source_id, display_name FROM sources"))
    for source_id, kept, rule in joined:
        work_id, name, other = first.get(source_id), names[source_id], shown[int(kept)]
        if work_id is not None and name != other:
            message = f"{name!r} is written {other!r} elsewhere ({rule})"
            yield Found("source_raw", name, message, other, work_id)


def _no_parts(corpus: Corpus) -> Iterator[Found]:
    """Find references without author and year; works of which none was taken apart are left."""
    rows = corpus.sql(
        "SELECT citing_work_id, raw FROM cited_references"
        " WHERE first_author IS NULL AND publication_year IS NULL AND doi IS NULL"
        " AND citing_work_id IN (SELECT citing_work_id FROM cited_references"
        " WHERE first_author IS NOT NULL AND publication_year IS NOT NULL)"
        " ORDER BY reference_id"
    )
    for work_id, raw in rows:
        message = "a cited reference has no author, no year and no DOI"
        yield Found("cited_references", raw[:120] if raw else None, message, work_id=work_id)


def _other_number(corpus: Corpus) -> Iterator[Found]:
    """Find works with another number of references than they state."""
    marks = ", ".join("?" for _ in _COUNT_FIELDS)
    rows = corpus.sql(
        "SELECT f.work_id, f.name, f.value, c.n FROM fields f JOIN (SELECT citing_work_id,"
        " COUNT(*) AS n FROM cited_references GROUP BY 1) AS c ON c.citing_work_id = f.work_id"
        f" WHERE f.name IN ({marks}) ORDER BY f.work_id, f.position",
        _COUNT_FIELDS,
    )
    for work_id, name, value, n_cited in rows:
        if value.strip().isdecimal() and int(value) != n_cited:
            message = f"{value.strip()} cited references are stated, {n_cited} are there"
            yield Found(name, value, message, work_id=work_id)


RULES = (
    CorpusRule("K001", "error", "key that two records of a file have", _repeated_keys),
    CorpusRule("W001", "warning", "likely duplicate", _duplicates),
    CorpusRule("W002", "error", "DOI that stands on another work too", _shared_dois),
    CorpusRule("V001", "info", "source that is spelt in another way elsewhere", _venues),
    CorpusRule("C001", "warning", "cited reference of which no part could be read", _no_parts),
    CorpusRule(
        "C002", "warning", "number of cited references that is not the stated one", _other_number
    ),
)
"""Rules on all works."""
