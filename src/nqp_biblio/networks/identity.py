"""When two names or two printed references are the same: the rules, each with a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.corpus.corpus import Corpus

__all__ = [
    "AUTHOR_RULES",
    "REFERENCE_RULES",
    "TERM_RULES",
    "author_key",
    "describe_references",
    "reference_keys",
    "term_key",
]

_CAPITALS = re.compile(r"[^\W\d_]{1,3}")
_WORD_BREAK = re.compile(r"[\s.\-‐‑]+")

AUTHOR_RULES: dict[str, str] = {
    "resolved": "the author that is known of it, else family name and initials without accents"
    " and signs, where initials printed together (LQ) are taken apart",
    "surname-initials": "family name and the first letter of each given name, in lower case",
    "surname-initial": "family name and the first letter of the first given name, without accents"
    " and signs",
    "printed": "the name exactly as printed",
    "lower-cased": "the name as printed, in lower case; groups are no authors, as in VOSviewer",
}
"""Rules that say when two names are one author."""

TERM_RULES: dict[str, str] = {
    "case-folded": "the form that normalise found, upper and lower case the same",
    "folded": "the form that normalise found, without case, accents and signs",
    "printed": "the term exactly as printed",
}
"""Rules that say when two keywords are one."""

REFERENCE_RULES: dict[str, str] = {
    "resolved": "the cited work that link_references found; where it was not asked, the work of"
    " the corpus, else DOI, else first author's name, year, volume and first page (which lend a"
    " DOI to a string that has none, where they have but one), else the printed string",
    "printed": "the work of the corpus, else the printed string",
    "doi": "the work of the corpus, else DOI, else the printed string",
    "author-year-source": "the work of the corpus, else first author, year and journal (folded"
    " to lower case), else the printed string",
}
"""Rules that say when two printed references are one work."""

_WORK = "CASE WHEN work_id IS NOT NULL THEN '#' || CAST(work_id AS VARCHAR)"
_PLACED = (
    "CASE WHEN first_author IS NOT NULL AND publication_year IS NOT NULL AND volume IS NOT NULL"
    " AND first_page IS NOT NULL THEN"
    " LOWER(SPLIT_PART(REPLACE(first_author, ',', ' '), ' ', 1)) || '|' ||"
    " CAST(publication_year AS VARCHAR) || '|' || LOWER(volume) || '|' || LOWER(first_page) END"
)
_SOURCED = (
    "WHEN first_author IS NOT NULL AND publication_year IS NOT NULL AND source_raw IS NOT NULL"
    " THEN 'a|' || LOWER(first_author) || '|' || CAST(publication_year AS VARCHAR) || '|' ||"
    " LOWER(source_raw)"
)
_KEPT = "reference_id, citing_work_id, work_id, doi, raw, first_author, publication_year"
_LINKED = (
    "CASE WHEN cited_work_id IS NOT NULL THEN COALESCE('#' || CAST(MIN(work_id) OVER"
    " (PARTITION BY cited_work_id) AS VARCHAR), 'c|' || CAST(cited_work_id AS VARCHAR)) END"
)
_SIMPLE = {
    "printed": f"{_WORK} ELSE raw END",
    "doi": f"{_WORK} WHEN doi IS NOT NULL THEN 'doi|' || doi ELSE raw END",
    "author-year-source": f"{_WORK} {_SOURCED} ELSE raw END",
}


def author_key(rule: str) -> Callable[[str], str]:
    """Return the function that turns a name into the key of an author.

    Parameters
    ----------
    rule : str
        One of ``AUTHOR_RULES``.

    Returns
    -------
    callable
        From a name, ``"Chen, Li-Qun"`` or as in cited references ``"CHEN LQ"``, to its key.

    Raises
    ------
    UnknownNameError
        If there is no such rule.

    Examples
    --------
    >>> [author_key("resolved")(name) for name in ("Chen, Li-Qun", "CHEN LQ")]
    ['chen lq', 'chen lq']
    """
    keys: dict[str, Callable[[str], str]] = {
        "resolved": _folded_initials,
        "surname-initials": _plain_initials,
        "surname-initial": _surname_initial,
        "printed": str,
        "lower-cased": str.lower,
    }
    if rule not in keys:
        raise UnknownNameError("identity of authors", rule, AUTHOR_RULES)
    return keys[rule]


def term_key(rule: str) -> Callable[[str], str]:
    """Return the function that turns a term into its key.

    Raises
    ------
    UnknownNameError
        If there is no such rule.
    """
    keys: dict[str, Callable[[str], str]] = {
        "case-folded": str.casefold,
        "folded": _folded,
        "printed": str,
    }
    if rule not in keys:
        raise UnknownNameError("identity of terms", rule, TERM_RULES)
    return keys[rule]


def reference_keys(rule: str) -> str:
    """Return a query for all cited references with the ``key`` that a rule gives them.

    Raises
    ------
    UnknownNameError
        If there is no such rule.
    """
    if rule not in REFERENCE_RULES:
        raise UnknownNameError("identity of references", rule, REFERENCE_RULES)
    if rule in _SIMPLE:
        return f"SELECT {_KEPT}, {_SIMPLE[rule]} AS key FROM cited_references"
    placed = (
        f"SELECT {_KEPT}, {_LINKED} AS linked,"
        f" CASE WHEN cited_work_id IS NULL THEN {_PLACED} END AS placed FROM cited_references"
    )
    one = (
        "MIN({0}) OVER (PARTITION BY {1}) = MAX({0}) OVER (PARTITION BY {1})"
        " THEN MIN({0}) OVER (PARTITION BY {1})"
    )
    known = (
        f"SELECT {_KEPT}, linked, placed, CASE WHEN doi IS NOT NULL THEN doi"
        f" WHEN placed IS NOT NULL AND {one.format('doi', 'placed')} END AS any_doi,"
        f" CASE WHEN placed IS NOT NULL AND {one.format('work_id', 'placed')} END AS placed_work"
        f" FROM ({placed}) AS p"
    )
    linked = (
        f"SELECT {_KEPT}, linked, placed, any_doi, CASE WHEN work_id IS NOT NULL THEN work_id"
        " WHEN any_doi IS NOT NULL THEN MIN(work_id) OVER (PARTITION BY any_doi)"
        f" ELSE placed_work END AS any_work FROM ({known}) AS k"
    )
    return (
        f"SELECT {_KEPT}, CASE WHEN linked IS NOT NULL THEN linked"
        " WHEN any_work IS NOT NULL THEN '#' || CAST(any_work AS VARCHAR)"
        " WHEN any_doi IS NOT NULL THEN 'doi|' || any_doi WHEN placed IS NOT NULL THEN"
        f" 'p|' || placed ELSE raw END AS key FROM ({linked}) AS l"
    )


def describe_references(corpus: Corpus, rule: str) -> dict[str, Any]:
    """Say what a rule does to the cited references of a corpus.

    Returns
    -------
    dict
        Rule, its meaning, distinct strings, keys, strings that share a key with another,
        and the keys that joined strings with different DOIs (likely over-merged).
    """
    groups = (
        "SELECT key, COUNT(DISTINCT raw) AS strings, COUNT(DISTINCT doi) AS dois FROM"
        f" ({reference_keys(rule)}) AS k WHERE citing_work_id IS NOT NULL GROUP BY key"
    )
    keys, strings, joined, joined_keys, differing = corpus.sql(
        "SELECT COUNT(*), COALESCE(SUM(strings), 0),"
        " COALESCE(SUM(CASE WHEN strings > 1 THEN strings ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN strings > 1 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN dois > 1 THEN 1 ELSE 0 END), 0)"
        f" FROM ({groups}) AS g"
    )[0]
    return {
        "rule": rule,
        "meaning": REFERENCE_RULES[rule],
        "strings": int(strings),
        "keys": int(keys),
        "strings_joined": int(joined),
        "keys_that_join": int(joined_keys),
        "keys_with_different_dois": int(differing),
    }


def _folded_initials(name: str) -> str:
    """Reduce a name to its folded family name and initials."""
    family, initials = _parts(name)
    return f"{family} {initials}".strip() or name


def _plain_initials(name: str) -> str:
    """Reduce a name to its family name and the first letter of each given name."""
    family, given = _split(name)
    initials = "".join(word[0] for word in _WORD_BREAK.split(given) if word)
    return f"{family} {initials}".strip().lower() or name


def _surname_initial(name: str) -> str:
    """Reduce a name to its family name and first initial."""
    family, initials = _parts(name)
    return f"{family} {initials[:1]}".strip() or name


def _parts(name: str) -> tuple[str, str]:
    """Part a name into folded family name and initials."""
    family, given = _split(name)
    return fold(family) or name, fold(_initials(given)).replace(" ", "")


def _split(name: str) -> tuple[str, str]:
    """Part a name into family name and given names or initials."""
    family, comma, given = name.partition(",")
    if comma:
        return family.strip(), given.replace(",", " ")
    words = name.split()
    cut = len(words)
    while cut > 1 and _is_initials(words[cut - 1]):
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def _initials(given: str) -> str:
    """Return the initials of given names; a short word in capitals is initials itself."""
    words = [word for word in _WORD_BREAK.split(given) if word]
    return "".join(word if _is_initials(word) else word[0] for word in words)


def _is_initials(word: str) -> bool:
    """Whether a word is initials printed together, such as LQ or L.Q."""
    bare = word.replace(".", "").replace("-", "")
    return bare.isupper() and bool(_CAPITALS.fullmatch(bare))


def _folded(term: str) -> str:
    """Fold a term; one without letters stays."""
    return fold(term) or term
