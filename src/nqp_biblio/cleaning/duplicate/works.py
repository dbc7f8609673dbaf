"""The works of a corpus as columns that can be compared, each value in the form for that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.duplicate.titles import ToldTitle, read_title
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["ComparedWorks", "codes_of", "compared_works"]

_WORKS = (
    "SELECT w.work_id, w.type, w.title, COALESCE(w.publication_year, 0) AS year,"
    " w.source_raw, w.volume, w.issue, COALESCE(p.first_page, w.article_number) AS page,"
    " w.doi, w.pmid, w.arxiv_id, w.isbn"
    " FROM works w LEFT JOIN page_ranges p ON p.work_id = w.work_id AND p.position = 1"
    " ORDER BY w.work_id"
)
_PEOPLE = (
    "SELECT work_id, role, COALESCE(family, literal, name_raw) AS name FROM authorships"
    " WHERE position <= 3 AND role IN ('author', 'editor') ORDER BY work_id, role, position"
)
_NOTHING = ToldTitle("")
_PREPRINT_PLACE = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|techrxiv|eartharxiv|preprints?|ssrn"
    r"|research ?square)\b"
)
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550/arxiv|2139/ssrn|21203/rs\.|26434/chemrxiv|31219/osf|31234/osf|31235/osf"
    r"|20944/preprints|36227/techrxiv|1101/(?:\d{6}|20\d\d\.))"
)
_VERSION = re.compile(r"(?<=[\d/])\.?v\d{1,2}$|/v\d{1,2}$")
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"([a-z]{0,3})0*(\d{1,9})")
_OWN_KINDS = {
    "thesis": "thesis",
    "book": "book",
    "review-book": "review",
    "review": "review",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "figure": "figure",
    "motion_picture": "film",
}
"""Types by CSL's names that no article is taken for; all others are taken for one kind."""


@dataclass(slots=False)
class ComparedWorks:
    """Works as columns; a missing value is the empty text, or 0 for a year.

    Attributes
    ----------
    ids : array of shape (n_works,)
        The ``work_id`` of each.
    told : list of ToldTitle
        What its title tells.
    kinds : list of str
        article, preprint, erratum, …; empty where the type is not known.
    years : array of shape (n_works,)
        Year of publication.
    first, people : list of str
        Family name of the first author, and of the first three, folded.
    venues, volumes, issues, pages : list of str
        Where it stands, folded; the page is the first one.
    dois, pmids, arxiv_ids, isbns : list of str
        Identifiers.
    """

    ids: NDArray[np.int64]
    told: list[ToldTitle]
    kinds: list[str]
    years: NDArray[np.int64]
    first: list[str]
    people: list[str]
    venues: list[str]
    volumes: list[str]
    issues: list[str]
    pages: list[str]
    dois: list[str]
    pmids: list[str]
    arxiv_ids: list[str]
    isbns: list[str]

    def __post_init__(self) -> None:
        """Begin with no codes."""
        self._codes: dict[str, NDArray[np.int64]] = {}

    def __len__(self) -> int:
        """Return the number of works."""
        return len(self.told)

    def codes(self, name: str) -> NDArray[np.int64]:
        """Return the values of a column as numbers, equal for equal values; -1 for none."""
        if name not in self._codes:
            self._codes[name] = codes_of(getattr(self, name))
        return self._codes[name]

    @cached_property
    def stems(self) -> list[str]:
        """The titles before the number of a part; empty where none is named."""
        return [told.stem for told in self.told]

    @cached_property
    def numbers(self) -> list[str]:
        """The digits in each title."""
        return [told.numbers for told in self.told]

    @cached_property
    def bases(self) -> list[str]:
        """The folded titles, of a notice that of the work it is about."""
        return [told.base for told in self.told]

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """The place of each work in an order by content alone, whatever the order read."""
        import numpy as np

        content = list(
            zip(
                *(self.bases, self.first, self.years.tolist(), self.pages, self.volumes),
                *(self.venues, self.dois, range(len(self))),
                strict=True,
            )
        )
        order = sorted(range(len(self)), key=content.__getitem__)
        ranks = np.empty(len(self), dtype=np.int64)
        ranks[order] = np.arange(len(self))
        return ranks


def compared_works(corpus: Corpus) -> ComparedWorks:
    """Bring the works of a corpus into the form in which they are compared.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; it need not be normalised.

    Returns
    -------
    ComparedWorks
        In the order of ``work_id``.
    """
    import numpy as np

    columns = {name: list(values) for name, values in corpus.columns(_WORKS).items()}
    ids = np.array(columns["work_id"], dtype=np.int64)
    told = [read_title(title) if title else _NOTHING for title in columns["title"]]
    dois = [
        _VERSION.sub("", doi) if doi and _PREPRINT_DOI.match(doi) else doi or ""
        for doi in columns["doi"]
    ]
    venues = _folded(columns["source_raw"])
    volumes = _each(columns["volume"], _volume_key)
    kinds = [
        _kind_of(*item) for item in zip(told, columns["type"], dois, venues, volumes, strict=True)
    ]
    first, people = _people(corpus, ids)
    return ComparedWorks(
        ids,
        told,
        kinds,
        np.array(columns["year"], dtype=np.int64),
        first,
        people,
        venues,
        volumes,
        _each(columns["issue"], fold),
        _each(columns["page"], _page_key),
        dois,
        *([value or "" for value in columns[name]] for name in ("pmid", "arxiv_id", "isbn")),
    )


def codes_of(values: Iterable[str]) -> NDArray[np.int64]:
    """Number texts so that equal ones have one number; the empty text is -1.

    Parameters
    ----------
    values : iterable of str
        Texts.

    Returns
    -------
    array of shape (n_values,)
        Numbers from 0 in the order met.
    """
    import numpy as np

    known: dict[str, int] = {"": -1}
    return np.array([known.setdefault(value, len(known) - 1) for value in values], dtype=np.int64)


def _each(values: Sequence[str | None], key: object) -> list[str]:
    """Bring each value into its form, each different one once."""
    known: dict[str | None, str] = {None: "", "": ""}
    made = []
    for value in values:
        if value not in known:
            known[value] = key(value)  # type: ignore[operator]
        made.append(known[value])
    return made


def _folded(values: Sequence[str | None]) -> list[str]:
    """Fold each value, each different one once."""
    return _each(values, fold)


def _volume_key(text: str) -> str:
    """Return the first number of a volume, else all of it."""
    found = _DIGITS.search(text)
    return found[0].lstrip("0") or "0" if found else fold(text)


def _page_key(text: str) -> str:
    """Return a first page or number of an article in one form: e0012 is 12."""
    folded = fold(text).replace(" ", "")
    found = _PAGE.match(folded)
    if not found:
        return folded
    letters = "" if found[1] in {"e", "p", "pp", "art"} else found[1]
    return letters + found[2]


def _kind_of(told: ToldTitle, type_: str | None, doi: str, venue: str, volume: str) -> str:
    """Tell the kind of a work, by which works that are no duplicates are held apart."""
    if told.kind:
        return told.kind
    if doi and _PREPRINT_DOI.match(doi):
        return "preprint"
    if _PREPRINT_PLACE.search(venue):
        return "preprint"
    if type_ == "article" and not volume:
        return "preprint"
    if not type_ or type_ == "document":
        return "article" if volume else ""
    return _OWN_KINDS.get(type_, "article")


def _people(corpus: Corpus, ids: NDArray[np.int64]) -> tuple[list[str], list[str]]:
    """Return the first author of each work, and the first three; editors where it has none."""
    import numpy as np

    found = corpus.columns(_PEOPLE)
    names = _folded(list(found["name"]))
    places = np.searchsorted(ids, np.array(found["work_id"], dtype=np.int64)).tolist()
    roles: list[str] = [""] * len(ids)
    lists: list[list[str]] = [[] for _ in range(len(ids))]
    for place, role, name in zip(places, found["role"], names, strict=True):
        roles[place] = roles[place] or role
        if role == roles[place] and name:
            lists[place].append(name)
    return [names[0] if names else "" for names in lists], [" ".join(names) for names in lists]
