"""Bring sources, years, names and identifiers of a corpus into one form, and say what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.identifiers import Identifiers, clean_identifiers
from nqp_biblio.cleaning.iso4 import has_word_list
from nqp_biblio.cleaning.people import author_key, clean_person, shown_name
from nqp_biblio.cleaning.venue_joins import Spelling, Venue, join_venues
from nqp_biblio.cleaning.venues import find_issns, read_aliases
from nqp_biblio.cleaning.years import clean_year, is_year_as_volume
from nqp_biblio.corpus.changes import Change, as_columns
from nqp_biblio.record import Person
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["normalise"]

_WORK_COLUMNS = ("publication_year", "volume", "doi", "pmid", "arxiv_id", "isbn")
_TYPES = {column.name: column.type for column in TABLES["works"].columns}
_FOUND_BY = TABLES["authorships"].column_names.index("author_rule")
_NAME_PARTS = ("family", "given", "particle", "suffix", "literal")
_ABBREVIATION_FIELDS = (
    *("J9", "JI", "TA", "J2", "ISOAbbreviation", "Abbreviated Source Title", "abbrev_source_title"),
    *("journal-iso", "abbr-1", "abbrev_title", "Journal Abbreviation"),
)
_EISSN_FIELDS = ("EI", "eissn")
_Rows = list[tuple[object, ...]]


def normalise(corpus: Corpus, *, aliases: Mapping[str, str] | str | Path | None = None) -> Corpus:
    """Bring sources, years, names of people and identifiers into one form.

    Sources that are one journal are joined: spellings in other case, with "&" for "and" or
    with a subtitle that only describes, parallel titles, abbreviations by ISO 4 and of Web of
    Science, those that a record prints beside the name, journals of one ISSN, known
    acronyms. Abbreviations need the extra ``iso4``; the history says whether it was there.
    Names get the form to show and the author they stand for; family name and all
    initials must agree. A year in the place of the volume is taken out. What was printed
    stays in the columns that end in ``_raw``.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. A second call changes nothing.
    aliases : mapping, str or Path, optional
        More names of sources: alias to full name, or a list of journals in JabRef's CSV
        form (full;abbreviation[;shortest]).

    Returns
    -------
    Corpus
        Every value that changed is a row in ``changes`` with the rule that changed it.
        Columns filled for the first time (``author``, ``author_id``,
        ``abbreviated_title``) are not listed there.

    Raises
    ------
    MissingFileError
        If the file of aliases is not there.
    OptionError
        If a line of it has no abbreviation.

    Examples
    --------
    >>> corpus = normalise(corpus, aliases={"TFSC": "Technological Forecasting"})  # doctest: +SKIP
    """
    venues = _venues(corpus, read_aliases(aliases))
    authorships, name_changes = _authorships(corpus)
    changes = [*_work_changes(corpus), *_venue_changes(corpus, venues), *name_changes]
    kept, last = _with_new(corpus, changes)
    step: dict[str, object] = {
        "step": "normalise",
        "aliases": _described(aliases),
        "iso4": "pyiso4" if has_word_list() else "not installed",
    }
    noted = corpus.replace(
        changes=as_columns("changes", kept),
        authorships=as_columns("authorships", authorships),
        sources=as_columns("sources", _sources(corpus, venues)),
    )
    return noted.derive(step=step, works=_changed_works(last))


def _described(aliases: Mapping[str, str] | str | Path | None) -> object:
    """Say what aliases were given, for the history."""
    if isinstance(aliases, Mapping):
        return dict(sorted(aliases.items()))
    return None if aliases is None else str(aliases)


def _work_changes(corpus: Corpus) -> Iterator[Change]:
    """Yield the changes of years, volumes and identifiers."""
    rows = corpus.sql(
        "SELECT work_id, publication_year, year_raw, volume, volume_raw, issue,"
        " doi, doi_raw, url, pmid, arxiv_id, isbn FROM works ORDER BY work_id"
    )
    for work_id, year, year_raw, volume, volume_raw, issue, *identifiers in rows:
        reading = clean_year(year, year_raw)
        if reading is not None:
            before = year_raw if year is None else str(year)
            after = None if reading.year is None else str(reading.year)
            yield Change("works", work_id, None, "publication_year", before, after, reading.rule)
        right_year = year if reading is None else reading.year
        if volume is not None and is_year_as_volume(volume_raw or volume, issue, right_year):
            yield Change("works", work_id, None, "volume", volume, None, "year-as-volume")
        given = Identifiers(*identifiers)
        for column, (value, rule) in clean_identifiers(given).items():
            yield Change("works", work_id, None, column, getattr(given, column), value, rule)


def _authorships(corpus: Corpus) -> tuple[_Rows, list[Change]]:
    """Return the rows of ``authorships`` made anew, and the changes of names."""
    names = TABLES["authorships"].column_names
    rows = corpus.sql(
        f"SELECT {', '.join(names)} FROM authorships ORDER BY work_id, role, position"
    )
    people: dict[tuple[str | None, ...], tuple[Person, str | None, str]] = {}
    ids: dict[str, int] = {}
    shown: dict[str, str] = {}
    made: _Rows = []
    changes: list[Change] = []
    n_known = max((row[3] for row in rows if row[_FOUND_BY] is not None), default=0)
    for row in rows:
        work_id, role, position, author_id, name, *rest = row
        parts, name_raw, behind = tuple(rest[:5]), rest[5], rest[6:]
        if parts not in people:
            person, rule = clean_person(Person(**dict(zip(_NAME_PARTS, parts, strict=True))))
            people[parts] = person, rule, author_key(person)
        person, rule, key = people[parts]
        if row[_FOUND_BY] is None:
            author_id = ids.setdefault(key or name_raw or "", n_known + len(ids) + 1)
            name = shown.setdefault(key, shown_name(person) or name_raw or "") or None
        after = [getattr(person, part) for part in _NAME_PARTS]
        made.append((work_id, role, position, author_id, name, *after, name_raw, *behind))
        if rule is not None:
            changes.extend(
                Change("authorships", work_id, position, column, old, new, rule, role)
                for column, old, new in zip(_NAME_PARTS, parts, after, strict=True)
                if old != new
            )
    return made, changes


def _venues(corpus: Corpus, aliases: Mapping[str, str]) -> list[Venue]:
    """Bring the spellings of sources together."""
    rows = corpus.sql(
        "SELECT source_id, source_raw, issn, type, COUNT(*) FROM works"
        " WHERE source_raw IS NOT NULL AND source_id IS NOT NULL"
        " GROUP BY source_id, source_raw, issn, type"
    )
    counts: dict[tuple[int, str], int] = defaultdict(int)
    issns: dict[tuple[int, str], set[str]] = defaultdict(set)
    types: dict[tuple[int, str], set[str]] = defaultdict(set)
    for source_id, name, issn, kind, n_works in rows:
        key = source_id, name
        counts[key] += n_works
        issns[key].update(find_issns(issn or ""))
        types[key].add(kind or "")
    for source_id, name, value in _beside(corpus, _EISSN_FIELDS):
        issns[source_id, name].update(find_issns(value))
    short: dict[tuple[int, str], set[str]] = defaultdict(set)
    for source_id, name, value in _beside(corpus, _ABBREVIATION_FIELDS):
        short[source_id, name].add(value)
    spellings = [
        Spelling(*key[::-1], counts[key], *map(frozenset, (issns[key], types[key], short[key])))
        for key in sorted(counts)
    ]
    known = dict(corpus.sql("SELECT source_id, display_name FROM sources"))
    return join_venues(spellings, aliases=aliases, known=known)


def _beside(corpus: Corpus, fields: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return source, its name as printed, and what fields print beside it."""
    marks = ", ".join("?" for _ in fields)
    return corpus.sql(
        "SELECT DISTINCT w.source_id, w.source_raw, f.value FROM works w JOIN fields f"
        f" ON w.work_id = f.work_id WHERE f.name IN ({marks}) AND f.value IS NOT NULL"
        " AND w.source_raw IS NOT NULL AND w.source_id IS NOT NULL ORDER BY 1, 2, 3",
        fields,
    )


def _eissns(corpus: Corpus) -> dict[int, str]:
    """Return for each source the ISSN of its electronic edition that most works print.

    It stands in a field of its own, or is the second of two.
    """
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = corpus.sql(
        "SELECT source_id, issn, COUNT(*) FROM works WHERE issn IS NOT NULL"
        " AND source_id IS NOT NULL GROUP BY source_id, issn"
    )
    for source_id, printed, n_works in rows:
        for issn in find_issns(printed)[1:2]:
            found[source_id][issn] += n_works
    for source_id, _, value in _beside(corpus, _EISSN_FIELDS):
        for issn in find_issns(value)[:1]:
            found[source_id][issn] += 1
    return {
        source_id: min(issns, key=lambda issn: (-issns[issn], issn))
        for source_id, issns in found.items()
    }


def _venue_changes(corpus: Corpus, venues: Iterable[Venue]) -> Iterator[Change]:
    """Yield the changes of names of sources, and which source became which."""
    known = dict(corpus.sql("SELECT source_id, display_name FROM sources"))
    for venue in venues:
        rules = {item.source_id: venue.rules[item.name] for item in venue.spellings}
        kept = min(rules)
        for source_id in sorted(rules):
            rule = "clean-name" if len(rules) == 1 else rules[source_id]
            before, after = known.get(source_id), venue.display_name
            if before != after:
                yield Change("sources", source_id, None, "display_name", before, after, rule)
            if source_id != kept:
                yield Change(
                    "sources", source_id, None, "source_id", str(source_id), str(kept), rule
                )


def _sources(corpus: Corpus, venues: Iterable[Venue]) -> _Rows:
    """Return the rows of ``sources`` made anew."""
    known = {key: issns for key, *issns in corpus.sql("SELECT source_id, issn, eissn FROM sources")}
    electronic = _eissns(corpus)
    rows: _Rows = []
    for venue in venues:
        ids = sorted({item.source_id for item in venue.spellings})
        issn, eissn = (next((known[i][n] for i in ids if known[i][n]), None) for n in (0, 1))
        issn = next(iter(find_issns(issn or "")), issn)
        eissn = eissn or next((electronic[i] for i in ids if i in electronic), None)
        n_works = sum(item.n_works for item in venue.spellings)
        n_variants = len({item.name for item in venue.spellings})
        shown = venue.display_name, venue.abbreviated_title
        rows.append((ids[0], *shown, issn, n_works, n_variants, eissn))
    return rows


def _with_new(corpus: Corpus, changes: Iterable[Change]) -> tuple[_Rows, int]:
    """Add changes to those of before, each once, and return the last key of before."""
    names = ", ".join(TABLES["changes"].column_names)
    rows: _Rows = list(corpus.sql(f"SELECT {names} FROM changes ORDER BY change_id"))
    last = int(str(rows[-1][0])) if rows else 0
    seen = {tuple(row[1:]) for row in rows}
    new = [change for change in changes if tuple(change) not in seen]
    rows.extend((key, *change) for key, change in enumerate(new, last + 1))
    return rows, last


def _changed_works(last: int) -> str:
    """Return the query that applies the changes after the last one of before to ``works``."""
    joins = []
    values = {name: f"w.{name}" for name in TABLES["works"].column_names}
    for name in (*_WORK_COLUMNS, "source_id"):
        table, key = ("sources", "w.source_id") if name == "source_id" else ("works", "w.work_id")
        joins.append(
            f" LEFT JOIN (SELECT row_id, after FROM changes WHERE table_name = '{table}'"
            f" AND column_name = '{name}' AND change_id > {last}) AS new_{name}"
            f" ON new_{name}.row_id = {key}"
        )
        kind = _TYPES[name]
        values[name] = (
            f"CASE WHEN new_{name}.row_id IS NULL THEN w.{name}"
            f" ELSE CAST(new_{name}.after AS {kind}) END"
        )
    columns = ", ".join(f"{value} AS {name}" for name, value in values.items())
    return f"SELECT {columns} FROM works AS w{''.join(joins)}"
