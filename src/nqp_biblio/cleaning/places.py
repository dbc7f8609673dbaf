"""Find institution, city and country of each address, and whose addresses are for letters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.place.affiliation_parts import Address, split_address
from nqp_biblio.cleaning.place.corresponding import (
    FIELD_NAMES,
    Correspondent,
    find_correspondents,
    has_mail,
    position_of,
)
from nqp_biblio.cleaning.place.institution_aliases import read_institution_aliases
from nqp_biblio.cleaning.place.institution_joins import Institution, Naming, join_institutions
from nqp_biblio.cleaning.place.institution_names import FoundInstitution, find_institution
from nqp_biblio.cleaning.place.ror_file import read_ror
from nqp_biblio.corpus.changes import as_columns
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["find_places"]

_ADDED = "corresponding-address"


class _Row(NamedTuple):
    """One row of ``affiliations`` as read."""

    work_id: int
    position: int
    author_position: int | None
    raw: str
    was_added: bool
    is_corresponding: bool | None = None


class _Place(NamedTuple):
    """What one address says."""

    address: Address
    found: FoundInstitution


def find_places(
    corpus: Corpus,
    *,
    ror: str | Path | None = None,
    aliases: Mapping[str, str] | str | Path | None = None,
) -> Corpus:
    """Find institution, city and country of each address.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. A second call with the same files changes nothing.
    ror : str or Path, optional
        A dump of ROR (https://ror.org): ZIP, JSON or CSV, of schema 1 or 2. An institution
        is matched by name, alias or acronym in its own country only.
    aliases : mapping, str or Path, optional
        More names: alias to the name to show, or a CSV file of alias, name and, where it
        shall count in one country only, its two letters. They win over ROR and the
        library's own list.

    Returns
    -------
    Corpus
        With ``institution_id``, ``institution``, ``city``, ``country_code``,
        ``is_corresponding`` and ``place_rule`` in ``affiliations``, and ``institutions``
        made anew. Where the address of a corresponding author is in none of the rows of
        that author, it is a row of its own behind the others. Nothing is taken away.

    Raises
    ------
    MissingFileError
        If a file is not there.
    InputError
        If `ror` is no dump of ROR.
    OptionError
        If a line of `aliases` has one column only.

    Notes
    -----
    England, Scotland, Wales and Northern Ireland are the United Kingdom; Hong Kong, Macao,
    Taiwan and Puerto Rico have codes of their own in ISO 3166-1 and keep them, so that Web of
    Science and Scopus agree. ``is_corresponding`` is null where the source says nothing.

    Examples
    --------
    >>> corpus = find_places(corpus, ror="v1.60-ror-data.zip")  # doctest: +SKIP
    """
    named = read_institution_aliases(aliases)
    index = None if ror is None else read_ror(ror)
    seen: dict[str, _Place] = {}
    rows = _with_correspondents(corpus, seen)
    institutions = join_institutions(_namings(rows, seen), aliases=named, ror=index)
    tables = _tables(rows, seen, institutions)
    step: dict[str, object] = {
        "step": "find_places",
        "ror": None if ror is None else str(ror),
        "aliases": _described(aliases),
    }
    return corpus.replace(step=step, **tables)


def _described(aliases: Mapping[str, str] | str | Path | None) -> object:
    """Say what aliases were given, for the history."""
    if isinstance(aliases, Mapping):
        return dict(sorted(aliases.items()))
    return None if aliases is None else str(aliases)


def _place(raw: str, seen: dict[str, _Place]) -> _Place:
    """Read an address, each once."""
    place = seen.get(raw)
    if place is None:
        address = split_address(raw)
        place = seen[raw] = _Place(address, find_institution(address))
    return place


def _with_correspondents(corpus: Corpus, seen: dict[str, _Place]) -> list[_Row]:
    """Return the rows of ``affiliations`` with those of corresponding authors marked."""
    found = corpus.sql(
        "SELECT work_id, position, author_position, affiliation_raw, place_rule FROM affiliations"
        " ORDER BY work_id, position"
    )
    by_work: dict[int, list[_Row]] = defaultdict(list)
    for work_id, position, author, raw, rule in found:
        was_added = (rule or "").startswith(_ADDED)
        by_work[work_id].append(_Row(work_id, position, author, raw or "", was_added))
    correspondents = _correspondents(corpus)
    authors = _authors(corpus, correspondents)
    rows: list[_Row] = []
    for work_id in sorted(by_work.keys() | correspondents.keys()):
        own = by_work.get(work_id, [])
        if work_id in correspondents:
            own = _marked(work_id, own, _placed(correspondents[work_id], authors[work_id]), seen)
        else:
            own = [row._replace(is_corresponding=has_mail(row.raw) or None) for row in own]
        rows.extend(own)
    return rows


def _correspondents(corpus: Corpus) -> dict[int, list[Correspondent]]:
    """Return the corresponding authors of each work that tells of them."""
    marks = ", ".join("?" for _ in FIELD_NAMES)
    fields: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = (
        f"SELECT work_id, name, value FROM fields WHERE name IN ({marks})"
        " ORDER BY work_id, position"
    )
    for work_id, name, value in corpus.sql(query, FIELD_NAMES):
        fields[work_id][name].append(value or "")
    found = {work_id: find_correspondents(own) for work_id, own in fields.items()}
    return {work_id: people for work_id, people in found.items() if people}


def _authors(corpus: Corpus, works: Iterable[int]) -> dict[int, list[tuple[int, str, str]]]:
    """Return position, family and given names of the authors of some works, folded."""
    found: dict[int, list[tuple[int, str, str]]] = {work_id: [] for work_id in works}
    query = (
        "SELECT work_id, position, particle, family, given, literal FROM authorships"
        " WHERE role = 'author' ORDER BY work_id, position"
    )
    for work_id, position, particle, family, given, literal in corpus.sql(query):
        if work_id in found:
            name = " ".join(filter(None, (particle, family or literal)))
            found[work_id].append((position, fold(name), fold(given or "")))
    return found


def _placed(
    people: Sequence[Correspondent], authors: Sequence[tuple[int, str, str]]
) -> list[Correspondent]:
    """Give each corresponding author the place among the authors."""
    return [
        one._replace(position=position_of(one.name, authors))
        if one.name and one.position is None
        else one
        for one in people
    ]


def _marked(
    work_id: int, rows: Sequence[_Row], people: Sequence[Correspondent], seen: dict[str, _Place]
) -> list[_Row]:
    """Mark the rows of corresponding authors; an address in none of them is added."""
    marked: set[int] = set()
    added: list[_Row] = []
    for one in people:
        at = _rows_of(one, rows, seen)
        marked.update(at)
        if not at and one.address and _place(one.address, seen).address.country_code:
            row = _Row(work_id, 0, one.position, one.address, was_added=True)
            if row not in added:
                added.append(row)
    last = max((row.position for row in rows), default=0)
    kept = [row._replace(is_corresponding=at in marked) for at, row in enumerate(rows)]
    return kept + [
        row._replace(position=position, is_corresponding=True)
        for position, row in enumerate(added, last + 1)
    ]


def _rows_of(one: Correspondent, rows: Sequence[_Row], seen: dict[str, _Place]) -> list[int]:
    """Return the numbers of the rows that are the address of a corresponding author."""
    own = [at for at, row in enumerate(rows) if row.author_position == one.position is not None]
    if not own and one.position is not None:
        own = [at for at, row in enumerate(rows) if row.author_position is None]
    if one.position is None:
        own = list(range(len(rows)))
    if one.address is None:
        return own if any(rows[at].author_position is not None for at in own) else []
    text, wanted = fold(one.address), _place(one.address, seen)
    same = [at for at in own if fold(rows[at].raw) == text]
    if same:
        return same
    places = {at: _place(rows[at].raw, seen) for at in own}
    country = wanted.address.country_code
    there = [at for at in own if places[at].address.country_code == country]
    if wanted.found.name is not None:
        name = fold(wanted.found.name)
        same = [at for at in there if fold(places[at].found.name or "") == name]
    if same:
        return _alike(text, same, rows)
    with_author = [at for at in there if rows[at].author_position is not None]
    return _alike(text, with_author, rows)


def _alike(text: str, at: Sequence[int], rows: Sequence[_Row]) -> list[int]:
    """Return the rows that share most words with an address."""
    words = set(text.split())
    shared = {n: len(words & set(fold(rows[n].raw).split())) for n in at}
    most = max(shared.values(), default=0)
    return [n for n in at if shared[n] == most]


def _namings(rows: Sequence[_Row], seen: dict[str, _Place]) -> list[Naming]:
    """Count each name of an institution in each country."""
    cities: dict[tuple[str, str | None], Counter[str | None]] = defaultdict(Counter)
    acronyms: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for raw, n_rows in Counter(row.raw for row in rows).items():
        address, found = _place(raw, seen)
        if found.name is not None:
            key = found.name, address.country_code
            cities[key][address.city] += n_rows
            if found.acronym:
                acronyms[key].add(found.acronym)
    return [
        Naming(*key, cities[key], frozenset(acronyms[key]), sum(cities[key].values()))
        for key in sorted(cities, key=lambda key: (key[0], key[1] or ""))
    ]


def _tables(
    rows: Sequence[_Row], seen: dict[str, _Place], institutions: Sequence[Institution]
) -> dict[str, Mapping[str, Sequence[object]]]:
    """Return the tables ``affiliations`` and ``institutions`` made anew."""
    at = {
        (naming.name, naming.country_code): number
        for number, one in enumerate(institutions, 1)
        for naming in one.namings
    }
    works: dict[int, set[int]] = defaultdict(set)
    made: list[tuple[object, ...]] = []
    for row in rows:
        address, found = _place(row.raw, seen)
        code, rule = address.country_code, address.country_rule
        number = at.get((found.name, code)) if found.name is not None else None
        own = institutions[number - 1] if number is not None else None
        rules = [_ADDED] if row.was_added else []
        if own is not None and code is None and own.country_code is not None:
            code, rule = own.country_code, "same-name-elsewhere"
        rules += [f"country: {rule}"] if rule else []
        if own is not None and number is not None:
            joined = own.rules[found.name or "", address.country_code]
            rules.append(f"institution: {found.rule}, {joined}")
            works[number].add(row.work_id)
        shown = own.display_name if own else None
        place = (number, shown, address.city, code, row.is_corresponding)
        key = (row.work_id, row.position, row.author_position, row.raw)
        made.append((*key, *place, "; ".join(rules) or None))
    table = [
        (
            *(number, one.display_name, one.ror, one.city, one.country_code),
            *(len(works[number]), len({naming.name for naming in one.namings})),
        )
        for number, one in enumerate(institutions, 1)
    ]
    return {
        "affiliations": as_columns("affiliations", made),
        "institutions": as_columns("institutions", table),
    }
