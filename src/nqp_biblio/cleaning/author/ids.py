"""Identifiers of authors that sources give: which author of which work has which."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.author.names import align, read_name
from nqp_biblio.record import Person
from nqp_biblio.text.identifiers import clean_orcid
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["SCHEMES", "find_author_ids"]

SCHEMES: dict[str, str] = {
    "orcid": "ORCID, given by the author",
    "scopus": "author identifier of Scopus, made by an algorithm",
    "openalex": "author identifier of OpenAlex, made by an algorithm",
    "researcherid": "ResearcherID of Web of Science, given by the author",
    "semantic-scholar": "author identifier of Semantic Scholar, made by an algorithm",
}
"""Kinds of identifiers that are read, and who gives them."""

_NAMED = re.compile(
    r"([^/;]{1,120})/\s{0,2}([A-Z]{1,3}-\d{4}-\d{4}|(?:\d{4}-){3}\d{3}[\dXx])(?![\w-])"
)
_PLACED = re.compile(r"(\d{1,5}):\s{0,3}(\w{1,40})")

_Author = tuple[int, str | None, str | None, str | None]
_Found = tuple[int, int, str, str]


def find_author_ids(corpus: Corpus) -> list[tuple[int, int, str, str]]:
    """Find the identifiers of the authors of each work.

    They stand in ``authorships.orcid`` and in fields that no column holds: lists in the
    order of the authors (Scopus, OpenAlex), with the place of the author (Semantic Scholar)
    or with the name (Web of Science: the one author of the work whose name agrees). A list
    that does not fit the authors is not used.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    list of tuple
        Work, position of the author, scheme (one of ``SCHEMES``) and identifier, sorted and
        distinct.

    Examples
    --------
    >>> find_author_ids(corpus)  # doctest: +SKIP
    [(1, 1, 'orcid', '0000-0001-5109-3700'), (1, 2, 'scopus', '7006236300')]
    """
    found: set[_Found] = set(
        corpus.sql(
            "SELECT work_id, position, 'orcid', orcid FROM authorships"
            " WHERE role = 'author' AND orcid IS NOT NULL"
        )
    )
    fields = _fields(corpus)
    authors = _authors(corpus, fields)
    for work_id, named in fields.items():
        listed = authors.get(work_id, [])
        for name, values in named.items():
            for position, scheme, number in _READERS[name](values, listed):
                found.add((work_id, position, scheme, number))
    return sorted(found)


def _fields(corpus: Corpus) -> dict[int, dict[str, list[str]]]:
    """Return the fields with identifiers by work and name."""
    names = sorted(_READERS)
    rows = corpus.sql(
        "SELECT work_id, LOWER(name), value FROM fields WHERE value IS NOT NULL AND LOWER(name)"
        f" IN ({', '.join('?' * len(names))}) ORDER BY work_id, position",
        names,
    )
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for work_id, name, value in rows:
        found[work_id][name].append(value)
    return found


def _authors(corpus: Corpus, works: Iterable[int]) -> dict[int, list[_Author]]:
    """Return position, family, given and printed name of the authors of works."""
    wanted = set(works)
    found: dict[int, list[_Author]] = defaultdict(list)
    if not wanted:
        return found
    rows = corpus.sql(
        "SELECT work_id, position, COALESCE(particle || ' ', '') || family, given, name_raw"
        " FROM authorships WHERE role = 'author' ORDER BY work_id, position"
    )
    for work_id, *author in rows:
        if work_id in wanted:
            found[work_id].append((author[0], author[1], author[2], author[3]))
    return found


def _listed(
    values: list[str], authors: list[_Author], *, scheme: str, pattern: re.Pattern[str], sign: str
) -> Iterator[tuple[int, str, str]]:
    """Read a list in the order of the authors, in one field or in one field each."""
    whole = values[0].strip() if len(values) == 1 else sign.join(values)
    numbers = whole.split(sign)
    if len(numbers) == len(authors) + 1 and not numbers[-1].strip():
        numbers.pop()
    if len(numbers) != len(authors):
        return
    for author, printed in zip(authors, numbers, strict=True):
        if match := pattern.fullmatch(printed.strip().rpartition("/")[2]):
            yield author[0], scheme, match.group()


def _placed(values: list[str], authors: list[_Author]) -> Iterator[tuple[int, str, str]]:
    """Read identifiers with the place of the author."""
    known = {author[0] for author in authors}
    for value in values:
        match = _PLACED.fullmatch(value.strip())
        if match and int(match[1]) in known:
            yield int(match[1]), "semantic-scholar", match[2]


def _named(values: list[str], authors: list[_Author]) -> Iterator[tuple[int, str, str]]:
    """Read identifiers with the name of the author, as Web of Science gives them."""
    for name, number in _NAMED.findall("; ".join(values)):
        position = _position_of(name.strip(" ,\t\n"), authors)
        orcid = clean_orcid(number)
        if position is not None and orcid:
            yield position, "orcid", orcid
        elif position is not None and number[0].isalpha():
            yield position, "researcherid", number


def _position_of(name: str, authors: list[_Author]) -> int | None:
    """Return the one author who has a name, else the one whose name agrees with it."""
    if not name:
        return None
    folded = fold(name)
    same = [author[0] for author in authors if author[3] and fold(author[3]) == folded]
    if not same:
        wanted = read_name(parse_person(name))
        same = [
            author[0]
            for author in authors
            if author[1] and align(wanted, read_name(Person(author[1], author[2])))
        ]
    return same[0] if len(same) == 1 else None


_SCOPUS = partial(_listed, scheme="scopus", pattern=re.compile(r"\d{6,12}"), sign=";")
_OPENALEX = partial(_listed, scheme="openalex", pattern=re.compile(r"A\d{4,12}"), sign="|")
_READERS: dict[str, Callable[[list[str], list[_Author]], Iterator[tuple[int, str, str]]]] = {
    "author(s) id": _SCOPUS,
    "作者 id": _SCOPUS,
    "作者識別碼": _SCOPUS,
    "著者id": _SCOPUS,
    "author.id": _SCOPUS,
    "authorships.author.id": _OPENALEX,
    "authorid": _placed,
    "ri": _named,
    "oi": _named,
    "researcherid-numbers": _named,
    "orcid-numbers": _named,
}
