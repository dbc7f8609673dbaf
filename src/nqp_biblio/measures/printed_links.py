"""Citations between works as bibliometrix finds them: by strings that are equal."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.cleaning.people import initials

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["PRINTED_RULE", "printed_links"]

PRINTED_RULE = (
    "as bibliometrix has it for Web of Science: a reference is a work where first author, year,"
    " abbreviated source and DOI are the same strings; where one side lacks the DOI it is none"
)
"""When a reference is a work of the corpus, in words."""

_SPACES = re.compile(r" {2,}")
_SPACE = re.compile(r"\s+")
_WORKS = (
    "SELECT w.work_id, w.publication_year, COALESCE(w.source_raw, s.display_name), w.doi,"
    " a.family, a.given, a.literal, a.name_raw FROM works w LEFT JOIN sources s"
    " ON s.source_id = w.source_id LEFT JOIN authorships a ON a.work_id = w.work_id"
    " AND a.role = 'author' AND a.position = 1 ORDER BY w.work_id"
)
_FIELDS = (
    "SELECT work_id, name, MIN(value) FROM fields WHERE name IN ('AU', 'J9', 'JI')"
    " GROUP BY work_id, name ORDER BY work_id, name"
)
_REFERENCES = (
    "SELECT citing_work_id, raw FROM cited_references WHERE citing_work_id IS NOT NULL"
    " AND raw IS NOT NULL ORDER BY citing_work_id, position, reference_id"
)


def printed_links(corpus: Corpus) -> tuple[IntArray, IntArray, IntArray]:
    """Find which work cites which by the strings of Web of Science, as bibliometrix does.

    Parameters
    ----------
    corpus : Corpus
        A corpus read from Web of Science, whose references read "AU, PY, J9, V, P, DOI x".

    Returns
    -------
    work_id : array of int, shape (n_works,)
        All works of the corpus, in order.
    citing, cited : array of int, shape (n_found,)
        Index in `work_id` of both ends, one for each reference that is a work: one printed
        twice in a list is there twice, as in bibliometrix, and so is a work by itself.

    References
    ----------
    .. [1] Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science
       mapping analysis. Journal of Informetrics 11(4), 959-975.
       https://doi.org/10.1016/j.joi.2017.08.007
    """
    fields: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for work, name, value in corpus.sql(_FIELDS):
        fields[work][name] = value
    works: list[int] = []
    named: defaultdict[str, list[int]] = defaultdict(list)
    for work, year, source, doi, *person in corpus.sql(_WORKS):
        own = fields.get(work, {})
        author = own["AU"].split(";")[0] if "AU" in own else _short_name(tuple(person))
        abbreviated = own.get("J9") or own.get("JI", source or "").replace(".", " ")
        label = _label(author.replace(",", " "), str(year or "NA"), abbreviated, doi or "")
        named[label].append(len(works))
        works.append(work)
    place = {work: index for index, work in enumerate(works)}
    pairs = [
        (place[work], cited)
        for work, raw in corpus.sql(_REFERENCES)
        for cited in named.get(_label_of_reference(raw), ())
    ]
    citing, cited = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return np.array(works, dtype=np.int64), citing, cited


def _label(author: str, year: str, source: str, doi: str) -> str:
    """Join what must be the same."""
    parts = (_SPACE.sub(" ", part).strip() for part in (author, year, source))
    return f"{', '.join(parts)} DOI {doi.strip()}".upper()


def _label_of_reference(raw: str) -> str:
    """Join what a reference prints; the DOI is what follows the first mark of one."""
    parts = [*raw.upper().split(","), "NA", "NA"]
    author = _SPACES.sub("", parts[0].replace(".", " "))
    doi = (*raw.upper().split("DOI"), "")[1]
    return _label(author, parts[1], parts[2], doi)


def _short_name(person: tuple[str | None, ...]) -> str:
    """Return a name as printed, else family name and initials without points."""
    family, given, literal, raw = person
    if raw or family is None:
        return raw or literal or "NA"
    return f"{family} {initials(given)}" if given else family
