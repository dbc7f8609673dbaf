"""What a node can be, and how it is found in the tables: topics, authors, places, references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from nqp_biblio.cleaning.place.country_names import country_name
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.identity import author_key, reference_keys, term_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nqp_biblio.corpus.corpus import Corpus

__all__ = [
    "FAMILY",
    "OWNERS",
    "Level",
    "Unit",
    "authors_of_works",
    "check_places",
    "cited_unit",
    "combined_unit",
    "country_shown",
    "owners_of_works",
    "resolved_authors",
    "sources_of_works",
    "terms_of_works",
    "works_themselves",
]

Level = Literal["work", "section", "paragraph", "sentence"]

OWNERS = ("authors", "sources", "institutions", "countries")
"""What works belong to: the units of networks of works brought together."""

FAMILY = "COALESCE({0}.literal, COALESCE({0}.particle || ' ', '') || {0}.family, {0}.name_raw)"
"""Family name in SQL, of a table whose name is put in."""

_TERM_KINDS = {
    "author_keywords": "kind = 'author_keyword'",
    "index_keywords": "kind = 'index_keyword'",
    "keywords": "kind IN ('author_keyword', 'index_keyword')",
    "topics": "kind = 'topic'",
    "title_terms": "kind = 'title_term'",
    "abstract_terms": "kind = 'abstract_term'",
    "text_terms": "kind IN ('title_term', 'abstract_term')",
}
_PLACES = {
    "section": "DENSE_RANK() OVER (ORDER BY COALESCE(m.section, ''))",
    "paragraph": "m.paragraph",
    "sentence": "m.sentence_number",
}
_NAME = (
    "COALESCE({0}.literal, CASE WHEN {0}.family IS NOT NULL THEN COALESCE({0}.particle || ' ', '')"
    " || {0}.family || COALESCE(', ' || {0}.given, '') END, {0}.name_raw)"
)
_IS_GROUP = "a.family IS NULL AND COALESCE(a.literal, '') NOT LIKE '%,%'"
_RESOLVED_MARK = "="
_RESOLVED = (
    f"'{_RESOLVED_MARK}' || {{0}}.author || '|' || COALESCE(CAST({{0}}.author_id AS VARCHAR), '')"
)
_LABEL_LIMIT = 60
_PLACED = {"institutions": "institution_id", "countries": "country_code"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of item and how to find it in the tables.

    Attributes
    ----------
    name : str
        Its name: topics, authors, references, …
    sql : str
        A query for ``work_id`` (the work that has the item), ``place`` (where in the work, 0
        for the work as a whole), ``key`` (the same for the same item), ``label`` and
        ``printed``.
    merge : callable, optional
        Brings the keys of the query together further; an empty one is no item.
    show : callable, optional
        Makes the name to show of the label of the query.
    prefers_own : bool
        Whether labels of the very key go before those of keys that `merge` brings to it.
    """

    name: str
    sql: str
    merge: Callable[[str], str] | None = None
    show: Callable[[str], str] | None = None
    prefers_own: bool = False


def terms_of_works(
    of: str, *, identity: str = "case-folded", include_ubiquitous: bool = False
) -> Unit:
    """Return the unit for keywords, topics, or terms of titles and abstracts.

    Raises
    ------
    UnknownNameError
        If there is no such kind of term or rule.
    """
    if of not in _TERM_KINDS:
        raise UnknownNameError("kind of term", of, _TERM_KINDS)
    where = f"term IS NOT NULL AND {_TERM_KINDS[of]}"  # null: clean_terms took it out
    if not include_ubiquitous:
        where += " AND NOT COALESCE(is_ubiquitous, FALSE)"
    term = "term_raw" if identity == "printed" else "term"
    label = "LOWER(term_raw)" if of.endswith("_terms") else term
    sql = (
        f"SELECT work_id, 0 AS place, {term} AS key, {label} AS label, term_raw AS printed"
        f" FROM terms WHERE {where}"
    )
    return Unit(of, sql, term_key(identity))


def authors_of_works(identity: str = "resolved") -> Unit:
    """Return the unit for authors of the works of the corpus.

    Raises
    ------
    UnknownNameError
        If there is no such rule.
    """
    merge = author_key(identity)
    name = _NAME.format("a")
    key, label, where = name, name, ""
    if identity == "printed":
        key = label = f"COALESCE(a.name_raw, {name})"
    if identity == "lower-cased":
        key = label = f"LOWER(TRIM(COALESCE(a.name_raw, {name})))"
        where = f" AND NOT ({_IS_GROUP})"
    if identity == "resolved":
        resolved = _RESOLVED.format("a")
        key = f"CASE WHEN a.author IS NOT NULL THEN {resolved} ELSE {name} END"
        label = f"COALESCE(a.author, {name})"
        merge = _AuthorKey(merge)
    sql = (
        f"SELECT a.work_id, 0 AS place, {key} AS key, {label} AS label,"
        f" COALESCE(a.name_raw, {name}) AS printed FROM authorships a"
        f" WHERE a.role = 'author'{where}"
    )
    return Unit("authors", sql, merge)


def sources_of_works() -> Unit:
    """Return the unit for the journals and books that works stand in."""
    sql = (
        "SELECT w.work_id, 0 AS place, s.display_name || '|' || CAST(s.source_id AS VARCHAR)"
        " AS key, s.display_name AS label, COALESCE(w.source_raw, s.display_name) AS printed"
        " FROM works w JOIN sources s ON w.source_id = s.source_id"
    )
    return Unit("sources", sql)


def works_themselves() -> Unit:
    """Return the unit for the works, each of which has itself."""
    sql = (
        "SELECT work_id, 0 AS place, CAST(work_id AS VARCHAR) AS key,"
        f" COALESCE(SUBSTR(COALESCE(title, raw), 1, {_LABEL_LIMIT}), 'work ' ||"
        " CAST(work_id AS VARCHAR)) AS label, COALESCE(title, raw) AS printed FROM works"
    )
    return Unit("works", sql)


def owners_of_works(corpus: Corpus, of: str, *, author_identity: str = "resolved") -> Unit:
    """Return the unit for what works belong to: authors, sources, institutions or countries.

    Parameters
    ----------
    corpus : Corpus
        The corpus; institutions and countries must have been found in it.
    of : {"authors", "sources", "institutions", "countries"}
        What an item is.
    author_identity : str
        Rule that says when two names are one author; see ``identity.AUTHOR_RULES``.

    Raises
    ------
    UnknownNameError
        If there is no such unit or rule.
    OptionError
        If no address of the corpus has an institution or country and ``find_places`` was
        not asked.
    """
    if of == "authors":
        return authors_of_works(author_identity)
    if of == "sources":
        return sources_of_works()
    if of not in _PLACED:
        raise UnknownNameError("owner of works", of, OWNERS)
    check_places(corpus, of)
    if of == "countries":
        sql = (
            "SELECT work_id, 0 AS place, country_code AS key, country_code AS label,"
            " affiliation_raw AS printed FROM affiliations"
        )
        return Unit(of, sql, show=country_shown)
    sql = (
        "SELECT a.work_id, 0 AS place, COALESCE(a.institution, i.display_name) || '|' ||"
        " CAST(a.institution_id AS VARCHAR) AS key, COALESCE(a.institution, i.display_name)"
        " AS label, a.affiliation_raw AS printed FROM affiliations a"
        " LEFT JOIN institutions i ON i.institution_id = a.institution_id"
    )
    return Unit(of, sql)


def cited_unit(
    of: str,
    *,
    identity: str = "resolved",
    author_identity: str = "resolved",
    level: str = "work",
    all_authors: bool = False,
    known: Mapping[str, str] | None = None,
) -> Unit:
    """Return the unit for what works cite: references, their authors or sources.

    Parameters
    ----------
    of : {"references", "authors", "sources"}
        What an item is.
    identity : str
        Rule that says when two references are one; see ``identity.REFERENCE_RULES``.
    author_identity : str
        Rule that says when two names are one author; see ``identity.AUTHOR_RULES``.
    level : {"work", "section", "paragraph", "sentence"}
        How near to each other references must be cited; all but work need mentions.
    all_authors : bool
        Whether all authors of a cited work of the corpus count; of others the first is known.
    known : mapping of str to str, optional
        Key of the resolved author by the key of a name; see ``resolved_authors``.

    Raises
    ------
    UnknownNameError
        If there is no such unit, rule or level.
    """
    if level not in get_args(Level):
        raise UnknownNameError("level", level, get_args(Level))
    parts: dict[str, tuple[str, str, Callable[[str], str] | None]] = {
        "references": ("r.key", _reference_label(), None),
        "authors": _cited_author(author_identity, known or {}),
        "sources": ("r.source", "r.source", term_key("folded")),
    }
    if of not in parts:
        raise UnknownNameError("cited unit", of, parts)
    key, label, merge = parts[of]
    place, joined = "0", ""
    if level != "work":
        place, joined = _PLACES[level], " JOIN mentions m ON m.reference_id = r.reference_id"
    described = _described_references(identity, all_authors=all_authors and of == "authors")
    sql = (
        f"SELECT r.citing_work_id AS work_id, {place} AS place, {key} AS key, {label} AS label,"
        f" r.raw AS printed FROM ({described}) AS r{joined}"
        " WHERE r.citing_work_id IS NOT NULL"
    )
    return Unit(of, sql, merge, prefers_own=bool(known))


def country_shown(code: str) -> str:
    """Return the name of a country, its code where there is none.

    Examples
    --------
    >>> country_shown("CL"), country_shown("??")
    ('Chile', '??')
    """
    return country_name(code) or code


def resolved_authors(corpus: Corpus) -> dict[str, str]:
    """Return the resolved author whom a name means, where exactly one of the corpus fits it.

    Returns
    -------
    dict of str to str
        Key of the resolved author by the key of the name.
    """
    reduce = author_key("resolved")
    rows = corpus.sql(
        f"SELECT DISTINCT a.author, {_RESOLVED.format('a')} FROM authorships a"
        " WHERE a.role = 'author' AND a.author IS NOT NULL ORDER BY 1, 2"
    )
    fits: dict[str, list[str]] = {}
    for name, key in rows:
        fits.setdefault(reduce(name), []).append(key)
    return {name: keys[0] for name, keys in fits.items() if len(keys) == 1}


def combined_unit(units: Mapping[str, Unit]) -> Unit:
    """Return one unit of several, whose keys begin with the number of theirs and a bar.

    Parameters
    ----------
    units : mapping of str to Unit
        The units by name.
    """
    parts = list(units.values())
    sql = " UNION ALL ".join(
        f"SELECT work_id, place, '{number}|' || key AS key, '{number}|' || label AS label, printed"
        f" FROM ({unit.sql}) AS u{number} WHERE key <> ''"
        for number, unit in enumerate(parts)
    )
    merge = _OfEach(tuple(unit.merge for unit in parts), keeps_number=True)
    show = _OfEach(tuple(unit.show for unit in parts), keeps_number=False)
    own = any(unit.prefers_own for unit in parts)
    return Unit("+".join(units), sql, merge, show, own)


@dataclass(frozen=True)
class _AuthorKey:
    """Keys of authors of whom some are resolved already."""

    other: Callable[[str], str]
    known: Mapping[str, str] | None = None

    def __call__(self, name: str) -> str:
        """Keep a resolved name, reduce another."""
        if name.startswith(_RESOLVED_MARK):
            return name
        key = self.other(name)
        return (self.known or {}).get(key, key)


@dataclass(frozen=True)
class _OfEach:
    """Keys or labels of several units together, each changed as its own unit says."""

    changes: tuple[Callable[[str], str] | None, ...]
    keeps_number: bool

    def __call__(self, text: str) -> str:
        """Change what stands behind the number of the unit."""
        number, _, own = text.partition("|")
        change = self.changes[int(number)]
        made = change(own) if change else own
        return f"{number}|{made}" if self.keeps_number else made


def check_places(corpus: Corpus, of: str) -> None:
    """Refuse a corpus whose addresses nobody has looked through."""
    if "find_places" in corpus.steps:
        return
    column = _PLACED[of]
    if not corpus.sql(f"SELECT COUNT(*) FROM affiliations WHERE {column} IS NOT NULL")[0][0]:
        raise OptionError(f"the {of} of this corpus are not known; call find_places(corpus) first")


def _cited_author(identity: str, known: Mapping[str, str]) -> tuple[str, str, Callable[[str], str]]:
    """Key, label and merging of the author of a reference."""
    if identity != "resolved":
        return "r.author", "r.author", author_key(identity)
    key = "COALESCE(r.known, r.author)"
    return key, "COALESCE(r.known_name, r.author)", _AuthorKey(author_key(identity), known)


def _described_references(identity: str, *, all_authors: bool = False) -> str:
    """Query all references with key, author and source, those of the linked work where known."""
    first = "" if all_authors else " AND a.position = 1"
    known = f"CASE WHEN a.author IS NOT NULL THEN {_RESOLVED.format('a')} END"
    return (
        "SELECT k.reference_id, k.citing_work_id, k.raw, k.key, k.publication_year,"
        f" COALESCE({FAMILY.format('a')}, k.first_author) AS short,"
        f" COALESCE({_NAME.format('a')}, k.first_author) AS author,"
        f" {known} AS known, a.author AS known_name,"
        " COALESCE(s.display_name, c.source_raw) AS source"
        f" FROM ({reference_keys(identity)}) AS k"
        " JOIN cited_references c ON c.reference_id = k.reference_id"
        f" LEFT JOIN authorships a ON a.work_id = k.work_id AND a.role = 'author'{first}"
        " LEFT JOIN works w ON w.work_id = k.work_id"
        " LEFT JOIN sources s ON s.source_id = w.source_id"
    )


def _reference_label() -> str:
    """Label of a reference: first author and year, else the beginning of the string."""
    return (
        "CASE WHEN r.short IS NOT NULL AND r.publication_year IS NOT NULL THEN r.short || ' (' ||"
        f" CAST(r.publication_year AS VARCHAR) || ')' ELSE SUBSTR(r.raw, 1, {_LABEL_LIMIT}) END"
    )
