"""Grow a corpus by the works that its works cite, or that cite them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.record import CitedReference, Person, Record
from nqp_biblio.schema import TABLES
from nqp_biblio.services.enrich import open_client
from nqp_biblio.services.filling import reference_row
from nqp_biblio.services.linked import LINKING, ask_linked
from nqp_biblio.services.matching import best_match
from nqp_biblio.services.spooled import columns_of, row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.services.client import Answer, Client

    OnProgress: TypeAlias = Callable[[int, int, Mapping[str, int]], None]

__all__ = ["snowball"]

_DIRECTIONS = {
    "references": ("references",),
    "citing": ("citing",),
    "both": ("references", "citing"),
}
_LISTS = (
    *("authorships", "affiliations", "terms", "page_ranges", "fields"),
    *("cited_references", "problems"),
)
_Row = tuple[Any, ...]


def snowball(
    corpus: Corpus,
    *,
    direction: str = "references",
    depth: int = 1,
    limit: int = 500,
    service: str = "openalex",
    mailto: str | None = None,
    client: Client | None = None,
    on_progress: OnProgress | None = None,
) -> Corpus:
    """Add the works that the works of a corpus cite, or that cite them.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; its works with a DOI are asked for.
    direction : {"references", "citing", "both"}
        What to add: works cited, works citing, or both.
    depth : int, default 1
        How often to go on from the works added.
    limit : int, default 500
        Most works to add.
    service : str, default "openalex"
        openalex or opencitations; crossref knows references alone.
    mailto : str, optional
        Your address; services answer faster to those who can be reached.
    client : Client, optional
        A door to the web of your own.
    on_progress : callable, optional
        Told the number of works asked for, of all to ask for, and the counts so far.

    Returns
    -------
    Corpus
        The works of before with their keys, then the new ones; a work that is there already
        (by DOI or OpenAlex's number) is linked, not added. Who cites whom is in
        ``cited_references``; ``changes`` says for each new work what it was found by, and
        ``problems`` what could not be asked. The last step of the history has the counts.

    Raises
    ------
    UnknownNameError
        If there is no such direction or service.
    OptionError
        If depth or limit is below 1, or Crossref is asked for citing works.

    Examples
    --------
    >>> grown = snowball(corpus, direction="both", limit=200)  # doctest: +SKIP
    """
    if direction not in _DIRECTIONS:
        raise UnknownNameError("direction", direction, _DIRECTIONS)
    for name, value in (("depth", depth), ("limit", limit)):
        if value < 1:
            raise OptionError(f"{name} must be at least 1; got {value}")
    if service not in LINKING:
        raise UnknownNameError("service", service, LINKING)
    ways = _DIRECTIONS[direction]
    if not set(ways) <= set(LINKING[service]):
        raise OptionError(f"{service} does not tell citing works; openalex does")
    growth = _Growth.of(corpus, limit)
    with open_client(client, mailto) as door:
        for _ in range(depth):
            growth.grow(door, service, ways=ways, told=on_progress)
    step: dict[str, object] = {
        "step": "snowball",
        "service": service,
        "direction": direction,
        "depth": depth,
        "limit": limit,
        "counts": growth.told_counts,
    }
    return growth.joined(corpus, step)


@dataclass(slots=True)
class _Growth:
    """The works found so far, who cites whom, and from which works to go on."""

    limit: int
    first_key: int
    frontier: list[tuple[int, str]]
    ids: dict[str, int]
    new: list[Record] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    links: dict[tuple[int, int], Record] = field(default_factory=dict)
    failures: dict[tuple[int, str], None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, corpus: Corpus, limit: int) -> _Growth:
        """Begin with the works of a corpus."""
        rows = corpus.sql("SELECT work_id, doi, key, format FROM works ORDER BY work_id")
        ids: dict[str, int] = {}
        for work_id, doi, key, form in rows:
            if doi:
                ids.setdefault(doi.casefold(), work_id)
            if key and form and form.startswith("openalex"):
                ids.setdefault(key.casefold(), work_id)
        last = rows[-1][0] if rows else 0
        found = [(ids[doi.casefold()], doi.casefold()) for _, doi, *_ in rows if doi]
        return cls(limit, last + 1, list(dict.fromkeys(found)), ids)

    @property
    def told_counts(self) -> dict[str, int]:
        """What came of it."""
        return {"added": len(self.new), "links": len(self.links), **_sorted(self.counts)}

    def grow(
        self, client: Client, service: str, *, ways: Sequence[str], told: OnProgress | None
    ) -> None:
        """Ask for what each work of the frontier cites or is cited by; the new are the next."""
        frontier, self.frontier = self.frontier, []
        for n_asked, (work_id, doi) in enumerate(frontier, 1):
            for way in ways:
                answer = ask_linked(client, service, doi, way=way, limit=self.limit)
                self.counts["asked"] += 1
                self._use(answer, work_id, way=way, doi=doi)
            if told is not None:
                told(n_asked, len(frontier), self.told_counts)

    def _use(self, answer: Answer, work_id: int, *, way: str, doi: str) -> None:
        """Take the works of an answer, or note why there are none."""
        if answer.state != "found":
            self.counts[answer.state] += 1
            said = f"{answer.service}: {doi}: {answer.reason or answer.state}"
            self.failures[work_id, said] = None  # once, though it be asked both ways
            return
        if answer.data.key:
            self.ids.setdefault(answer.data.key.casefold(), work_id)
        day = f"@{answer.date}" if answer.date else ""
        for record in answer.data.works:
            self._take(record, work_id, way=way, rule=f"snowball:{answer.service}:{way}:{doi}{day}")

    def _take(self, record: Record, work_id: int, *, way: str, rule: str) -> None:
        """Add one work unless it is known or there are enough, and link it."""
        names = [name.casefold() for name in (record.doi, record.key) if name]
        other = next((self.ids[name] for name in names if name in self.ids), None)
        if other is None:
            if len(self.new) >= self.limit:
                self.counts["left out"] += 1
                return
            other = self.first_key + len(self.new)
            self.new.append(record)
            self.rules.append(rule)
            if record.doi:
                self.frontier.append((other, record.doi.casefold()))
        for name in names:
            self.ids.setdefault(name, other)
        if other != work_id:
            citing, cited = (work_id, other) if way == "references" else (other, work_id)
            self.links.setdefault((citing, cited), record if way == "references" else Record())

    def joined(self, corpus: Corpus, step: dict[str, object]) -> Corpus:
        """Return the corpus with the new works, links and failures in it."""
        tables = {name: _rows_of(corpus, name) for name in TABLES if name != "mentions"}
        _append(tables, corpus_of(self.new), self.first_key - 1)
        self._link(tables)
        self._tell(tables)
        columns: dict[str, Mapping[str, Sequence[object]]] = {
            name: columns_of(name, rows) for name, rows in tables.items()
        }
        return corpus.replace(step=step, **columns)

    def _tell(self, tables: dict[str, list[_Row]]) -> None:
        """List what each new work was found by, and what could not be asked."""
        last = max((row[0] for row in tables["changes"]), default=0)
        named = {"table_name": "works", "column_name": "work_id"}
        for n, (key, rule) in enumerate(zip(self._new_keys(), self.rules, strict=True), last + 1):
            row = named | {"change_id": n, "row_id": key, "after": str(key), "rule": rule}
            tables["changes"].append(row_of("changes", row))
        names = TABLES["works"].column_names
        file, line = names.index("file"), names.index("line")
        places = {row[0]: {"file": row[file] or "", "line": row[line]} for row in tables["works"]}
        last = max((row[0] for row in tables["problems"]), default=0)
        for n, (work_id, reason) in enumerate(self.failures, last + 1):
            said = {"problem_id": n, "raw": "", "reason": reason, "work_id": work_id}
            tables["problems"].append(row_of("problems", said | places[work_id]))

    def _new_keys(self) -> Iterator[int]:
        return iter(range(self.first_key, self.first_key + len(self.new)))

    def _link(self, tables: dict[str, list[_Row]]) -> None:
        """Say in the cited references which work of the corpus each is; add what is missing."""
        names = TABLES["cited_references"].column_names
        rows = [dict(zip(names, row, strict=True)) for row in tables["cited_references"]]
        linked: set[tuple[int, int]] = set()
        by_citing: dict[int, list[dict[str, Any]]] = {}
        for row in rows:
            if row["citing_work_id"] is None:
                continue
            by_citing.setdefault(row["citing_work_id"], []).append(row)
            if row["work_id"] is None:
                names_of = (row["doi"], row["raw"])
                known = (self.ids.get(name.casefold()) for name in names_of if name)
                row["work_id"] = next((work_id for work_id in known if work_id), None)
            if row["work_id"] is not None:
                linked.add((row["citing_work_id"], row["work_id"]))
        missing = {link: record for link, record in self.links.items() if link not in linked}
        _match_printed(by_citing, missing)
        rows_made = [tuple(row[name] for name in names) for row in rows]
        rows_made += self._added(tables, by_citing, missing)
        tables["cited_references"] = rows_made

    def _added(
        self,
        tables: Mapping[str, list[_Row]],
        by_citing: Mapping[int, list[dict[str, Any]]],
        missing: Iterable[tuple[int, int]],
    ) -> Iterator[_Row]:
        """Yield a row for each link that no list of references has."""
        last = max((row[0] for row in tables["cited_references"]), default=0)
        ends: dict[int, int] = {
            citing: max(row["position"] or 0 for row in rows) for citing, rows in by_citing.items()
        }
        cited_works = _as_cited(tables)
        for citing, cited in missing:
            last += 1
            ends[citing] = ends.get(citing, 0) + 1
            row = reference_row(cited_works[cited], (last, citing, ends[citing]), cited)
            yield row_of("cited_references", row)


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by name, those of nothing left out."""
    return {name: counts[name] for name in sorted(counts) if counts[name]}


def _match_printed(
    by_citing: Mapping[int, list[dict[str, Any]]], missing: dict[tuple[int, int], Record]
) -> None:
    """Link printed references that surely are one of the works found for their list."""
    wanted: dict[int, list[tuple[int, Record]]] = {}
    for (citing, cited), record in missing.items():
        if record.title:
            wanted.setdefault(citing, []).append((cited, record))
    for citing, candidates in wanted.items():
        keys = {id(record): cited for cited, record in candidates}
        for row in by_citing.get(citing, []):
            left = [record for cited, record in candidates if (citing, cited) in missing]
            if row["work_id"] is not None or not left:
                continue
            decision = best_match(_printed(row), left)
            if decision.state == "accepted":
                cited = row["work_id"] = keys[id(decision.candidate)]
                del missing[citing, cited]


def _printed(row: Mapping[str, Any]) -> Record:
    """Make a record of a printed reference."""
    first, page = row["first_author"], row["first_page"]
    return Record(
        title=row["title"],
        raw=row["raw"],
        publication_year=row["publication_year"],
        source_raw=row["source_raw"],
        volume=row["volume"],
        pages=[(page, page)] if page else [],
        people=[Person(literal=first, raw=first)] if first else [],
    )


def _as_cited(tables: Mapping[str, list[_Row]]) -> dict[int, CitedReference]:
    """Describe all works as references to them."""
    names = TABLES["works"].column_names
    firsts: dict[int, str | None] = {}
    of_person = TABLES["authorships"].column_names
    shown = [of_person.index(name) for name in ("name_raw", "literal", "family")]
    for row in sorted(tables["authorships"], key=lambda row: (row[0], row[1], row[2])):
        if row[1] == "author":
            firsts.setdefault(row[0], next((row[place] for place in shown if row[place]), None))
    pages = {row[0]: row[2] for row in tables["page_ranges"] if row[1] == 1}
    cited = {}
    for row in tables["works"]:
        work = dict(zip(names, row, strict=True))
        key = work["work_id"]
        parts = (
            *(firsts.get(key), work["publication_year"], work["title"], work["source_raw"]),
            *(work["volume"], pages.get(key), work["doi"]),
        )
        raw = work["raw"] or ", ".join(str(part) for part in parts if part) or f"work {key}"
        cited[key] = CitedReference(raw, None, *parts)
    return cited


def _append(tables: dict[str, list[_Row]], grown: Corpus, shift: int) -> None:
    """Put the rows of another corpus behind those of this one, with keys of their own."""
    sources = {row[1]: row[0] for row in tables["sources"]}
    moved = _append_sources(tables, _rows_of(grown, "sources"), sources)
    shifts = {"work_id": shift, "citing_work_id": shift}
    for name, key in (("cited_references", "reference_id"), ("problems", "problem_id")):
        shifts[key] = max((row[0] for row in tables[name]), default=0)
    for name in ("works", *_LISTS):
        columns = TABLES[name].column_names
        for row in _rows_of(grown, name):
            new = dict(zip(columns, row, strict=True))
            for column in shifts.keys() & new.keys():
                new[column] = None if new[column] is None else new[column] + shifts[column]
            if name == "works" and new["source_id"] is not None:
                new["source_id"] = moved[new["source_id"]]
            tables[name].append(tuple(new.values()))


def _append_sources(
    tables: dict[str, list[_Row]], new: Iterable[_Row], known: dict[str, int]
) -> dict[int, int]:
    """Add sources of new names, count the works of the others; return the keys by those before."""
    rows = {row[0]: row for row in tables["sources"]}
    moved = {}
    place = TABLES["sources"].column_names.index("n_works")
    for source_id, name, *rest in sorted(new, key=lambda row: row[0]):
        key = known.setdefault(name, max(rows, default=0) + 1)
        moved[source_id] = key
        row = list(rows.get(key, (key, name, *rest)))
        if key in rows:
            row[place] = (row[place] or 0) + (key, name, *rest)[place]
        rows[key] = tuple(row)
    tables["sources"] = list(rows.values())
    return moved


def _rows_of(corpus: Corpus, table: str) -> list[_Row]:
    """Return the rows of a table."""
    return corpus.sql(f"SELECT {', '.join(TABLES[table].column_names)} FROM {table}")
