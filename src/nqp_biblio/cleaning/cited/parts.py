"""The distinct cited strings and the works of a corpus, part by part, as arrays of codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nqp_biblio.cleaning.cited.fields import (
    cut_dois,
    doi_key,
    find_known_id,
    numerals_of,
    page_key,
    read_author,
    source_name,
    title_key,
    volume_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["Codes", "Parts", "read_parts"]

_COLUMNS = (
    "raw",
    "first_author",
    "publication_year",
    "title",
    "source_raw",
    "volume",
    "first_page",
    "doi",
)
_TITLED = ("title", "source_raw", "publication_year", "raw")
_ALONE = (
    "CASE WHEN COALESCE(raw, '') = '' AND COALESCE(first_author, title, source_raw, doi) IS NULL"
    " THEN reference_id ELSE 0 END"
)
"""Parts the references that say nothing, which else were one string."""
_ORDER = ", ".join(f"{name} NULLS FIRST" for name in _COLUMNS)
_LONG_NAME, _FEWEST_BLANKS, _SHORT_TITLE = 25, 3, 15
_MAY_HAVE_ID = re.compile(r"PMID|[Pp]atent|PATENT|[rR][xX][iI][vV]")
_NUMBER = re.compile(r"(?:, )?\b(?:V\S{0,20}\d|P[\dA-Z]{0,3}\d|p\S{0,4}\d|DOI |ARTN? )")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_WORK = (
    *("id", "title", "year", "source", "shown", "series", "volume", "article", "page", "doi"),
    *("key", "pmid", "arxiv", "author"),
)
_WORKS = (
    "SELECT w.work_id, w.title, w.publication_year, w.source_raw, s.display_name, w.series,"
    " w.volume, w.article_number, p.first_page, w.doi, w.key, w.pmid, w.arxiv_id,"
    " COALESCE(a.literal || ',', COALESCE(a.particle || ' ', '') || a.family || ', ' ||"
    " COALESCE(a.given, ''), a.name_raw) AS author, w.role, w.type, w.file, w.line FROM works w"
    " LEFT JOIN authorships a ON a.work_id = w.work_id AND a.role = 'author' AND a.position = 1"
    " LEFT JOIN page_ranges p ON p.work_id = w.work_id AND p.position = 1"
    " LEFT JOIN sources s ON s.source_id = w.source_id"
)


class Codes(NamedTuple):
    """One part of all nodes.

    Attributes
    ----------
    code : array of int
        For each node the place of its value in `values`, -1 where it has none.
    values : list of str
        The distinct values.
    """

    code: IntArray
    values: list[str]


@dataclass(frozen=True)
class Parts:
    """The distinct strings (first), then the works, each a node; the order is by content.

    A work with two page numbers or two titles has a node for each form.

    Attributes
    ----------
    reference_id, row_node : array of int
        The references in order, and the string of each.
    given : array of int
        For each reference the work that it was known to be, 0 where none was.
    n_strings : int
        Nodes that are strings.
    work_id : array of int
        The work of each node, 0 for strings.
    year : array of int
        0 where unknown.
    family, initials, title, numerals, source, volume, page, doi, known_id : Codes
        The parts as they are compared; `numerals` are the numbers in a title.
    cut_doi : Codes
        DOIs of which only the beginning is printed; `doi` has none of them.
    raw : list of str
        The strings as printed.
    """

    reference_id: IntArray
    row_node: IntArray
    given: IntArray
    n_strings: int
    work_id: IntArray
    year: IntArray
    family: Codes
    initials: Codes
    title: Codes
    numerals: Codes
    source: Codes
    volume: Codes
    page: Codes
    doi: Codes
    known_id: Codes
    cut_doi: Codes
    raw: list[str]

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.work_id)

    @cached_property
    def fullness(self) -> IntArray:
        """How many parts each node has, those that identify counting more."""
        weights = {"doi": 4, "title": 2, "volume": 2, "page": 2, "source": 1, "family": 1}
        full = (self.year > 0).astype(np.int64)
        for name, weight in weights.items():
            full += weight * (getattr(self, name).code >= 0)
        return full


def read_parts(corpus: Corpus) -> Parts:
    """Read the cited references and the works of a corpus.

    Returns
    -------
    Parts
        The same for the same content, whatever the order of rows.
    """
    rows = corpus.columns(
        "SELECT reference_id, CASE WHEN link_rule IS NULL OR link_rule = 'given'"
        " THEN COALESCE(work_id, 0) ELSE 0 END AS given,"
        f" DENSE_RANK() OVER (ORDER BY {_ORDER}, {_ALONE}) - 1 AS node"
        " FROM cited_references ORDER BY reference_id"
    )
    listed = corpus.columns(
        f"SELECT DISTINCT {', '.join(_COLUMNS)}, {_ALONE} AS alone FROM cited_references"
        f" ORDER BY {_ORDER}, alone"
    )
    columns: dict[str, list[Any]] = {name: list(listed[name]) for name in _COLUMNS}
    n_strings = len(columns["raw"])
    ids: list[str | None] = [None] * n_strings
    for at, found in _ids_in(columns):
        ids[at] = found
    work_ids = [0] * n_strings
    for work_id, known_id, form in _forms_of_works(corpus):
        work_ids.append(work_id)
        ids.append(known_id)
        for name, value in zip(_COLUMNS, form, strict=True):
            columns[name].append(value)
    return _coded_parts(rows, columns, ids=ids, work_ids=work_ids)


def _coded_parts(
    rows: dict[str, Any], columns: dict[str, list[Any]], *, ids: list[Any], work_ids: list[int]
) -> Parts:
    """Turn columns of texts into codes."""
    years = [
        year or _year_in(volume)
        for year, volume in zip(columns["publication_year"], columns["volume"], strict=True)
    ]
    people = _made(columns["first_author"], read_author)
    titles = [_title_of(*row) for row in zip(*(columns[name] for name in _TITLED), strict=True)]
    volumes = list(zip(columns["volume"], years, strict=True))
    dois = _made(columns["doi"], doi_key)
    cut = cut_dois({doi for doi in dois if doi})
    kept = {pair: volume_key(*pair) for pair in set(volumes) if pair[0]}
    return Parts(
        reference_id=np.asarray(rows["reference_id"], dtype=np.int64),
        row_node=np.asarray(rows["node"], dtype=np.int64),
        given=np.asarray(rows["given"], dtype=np.int64),
        n_strings=work_ids.count(0),
        work_id=np.array(work_ids, dtype=np.int64),
        year=np.array(years, dtype=np.int64),
        family=_coded(person and person[0] for person in people),
        initials=_coded(person and person[1] for person in people),
        title=_coded(_made(titles, title_key)),
        numerals=_coded(_made(titles, lambda title: " ".join(("#", *numerals_of(title))))),
        source=_coded(_made(_whole_sources(columns), source_name)),
        volume=_coded(kept.get(pair) for pair in volumes),
        page=_coded(_made(columns["first_page"], page_key)),
        doi=_coded(None if doi in cut else doi for doi in dois),
        cut_doi=_coded(doi if doi in cut else None for doi in dois),
        known_id=_coded(ids),
        raw=[raw or "" for raw in columns["raw"]],
    )


def _year_in(volume: str | None) -> int:
    """Return the year that stands in the place of a volume, 0 where none does."""
    return int(volume) if volume and _YEAR.fullmatch(volume) else 0


def _title_of(title: str | None, source: str | None, year: int | None, raw: str) -> str | None:
    """Return the title; a long name behind "(year)" where no title stands is one itself."""
    if title or not source or not year or len(source) < _LONG_NAME:
        return title
    is_behind_year = f"({year}) {source[:_LONG_NAME]}" in raw
    return source if is_behind_year and source.count(" ") >= _FEWEST_BLANKS else None


def _whole_sources(columns: dict[str, list[Any]]) -> list[str | None]:
    """Return the sources, in strings "author, year, source, Vn" up to the volume, with commas."""
    sources: list[str | None] = columns["source_raw"]
    wholes = list(sources)
    years, raws = columns["publication_year"], columns["raw"]
    for at, (source, year, raw) in enumerate(zip(sources, years, raws, strict=True)):
        if source and year and raw:
            start = raw.find(f"{year}, {source}, ")
            end = start + len(source) + len("2000, , ")
            if start > 0 and raw[end : end + 1].isalpha() and not _NUMBER.match(raw, end):
                found = _NUMBER.search(raw, end)
                wholes[at] = raw[start + len("2000, ") : found.start() if found else None]
    return wholes


def _made(values: Sequence[Any], make: Callable[[str], Any]) -> list[Any]:
    """Apply a function to each distinct value once."""
    made = {value: make(value) for value in set(values) if value}
    return [made.get(value) for value in values]


def _coded(values: Iterable[str | None]) -> Codes:
    """Number the distinct values in the order met."""
    places: dict[str, int] = {}
    code = [places.setdefault(value, len(places)) if value else -1 for value in values]
    return Codes(np.array(code, dtype=np.int64), list(places))


def _ids_in(columns: dict[str, list[Any]]) -> Iterator[tuple[int, str]]:
    """Find the keys of databases in strings that have no DOI, or one of arXiv."""
    for at, (raw, doi, author) in enumerate(
        zip(columns["raw"], columns["doi"], columns["first_author"], strict=True)
    ):
        if doi:
            may_have = doi.startswith("10.48550")
        else:
            may_have = bool(raw) and (not author or _MAY_HAVE_ID.search(raw))
        if may_have and (found := find_known_id(raw or "", doi)):
            yield at, found


def _forms_of_works(corpus: Corpus) -> Iterator[tuple[int, str | None, tuple[Any, ...]]]:
    """Yield each work in each of its forms: work, key of a database, values of the columns."""
    rows = [row for row in corpus.sql(_WORKS) if any(row[1:14])]
    for row in sorted(rows, key=_content):
        work = dict(zip(_OF_WORK, row[: len(_OF_WORK)], strict=True))
        titles = _titles(work["title"])
        numbers = list(dict.fromkeys(x for x in (work["page"], work["article"]) if x)) or [None]
        printed = (work["source"], work["shown"], work["series"])
        sources = [x for x in dict.fromkeys(printed) if x] or [None]
        described = " ".join(text for text in (row[15], work["source"]) if text)
        forms = [(titles[0], number, sources[0]) for number in numbers]
        forms += [(title, numbers[0], sources[0]) for title in titles[1:]]
        forms += [(titles[0], numbers[0], source) for source in sources[1:]]
        ids = _ids_of(work) or [None]
        for title, number, source in forms:
            values = (described, work["author"], work["year"], title, source, work["volume"])
            yield work["id"], ids[0], (*values, number, work["doi"])
        for known_id in ids[1:]:
            yield work["id"], known_id, (described, *[None] * (len(_COLUMNS) - 1))


def _content(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Order works by what they hold: records first, then by their fields."""
    *values, role, kind, file, line = row
    first = (role == "reference", -sum(value is not None for value in values))
    texts = ("" if value is None else str(value) for value in (*values[1:], kind, file))
    return (*first, *texts, line or 0)


def _titles(title: str | None) -> list[str | None]:
    """Return a title, and where a translation stands in brackets behind it both alone."""
    if not title or not title.endswith("]"):
        return [title]
    printed, _, translated = title[:-1].partition("[")
    short = min(len(printed), len(translated))
    return [printed.strip(), translated] if short >= _SHORT_TITLE else [title]


def _ids_of(work: dict[str, Any]) -> list[str | None]:
    """Return the keys of databases that a work has."""
    found = [find_known_id(work["key"] or "", work["doi"])]
    found += [f"pmid:{work['pmid']}"] if work["pmid"] else []
    found += [f"arxiv:{work['arxiv'].partition('v')[0]}"] if work["arxiv"] else []
    return [known_id for known_id in dict.fromkeys(found) if known_id]
