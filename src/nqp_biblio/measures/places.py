"""Works by country and by institution."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from nqp_biblio.cleaning.place.country_names import country_name
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

__all__ = ["country_production", "institution_production"]

_BASES = ("works", "corresponding")
_AS_CHINA = {"HK": "CN", "MO": "CN", "TW": "CN"}
_PRINTED = {"GB": "England", "US": "USA"}


def country_production(
    corpus: Corpus,
    *,
    by: Literal["works", "corresponding"] = "works",
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Count works by country, and those of one country and of several.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``find_places``.
    by : {"works", "corresponding"}
        ``works``: a work counts for each country in its addresses. ``corresponding``: it
        counts once, for the country of the first corresponding author, and where the source
        names none for the country of the first address.
    like : {"bibliometrix"}, optional
        Count as bibliometrix does: Hong Kong, Macao and Taiwan are China; of several
        corresponding authors (or addresses, where none is known) the country that comes first
        in the alphabet counts; whether a work is of several countries is read from the
        addresses of the authors alone.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``country_code``, ``country``, ``n_works``, ``fractional`` (a work of n
        countries counts 1/n for each), ``n_single_country`` (works whose addresses lie in one
        country), ``n_multi_country`` (in several) and ``multi_country_share`` of `n_works`, 0
        to 1; by works, then by name. Works without a known country are not in it; the
        manifest counts them as ``n_without``.

    Raises
    ------
    UnknownNameError
        If `by` or `like` is none of these.
    OptionError
        If ``find_places`` was not done.

    References
    ----------
    .. [1] Aria, M. & Cuccurullo, C. (2017). bibliometrix: An R-tool for comprehensive science
       mapping analysis. Journal of Informetrics 11(4), 959-975 (SCP and MCP by corresponding
       author). https://doi.org/10.1016/j.joi.2017.08.007

    Examples
    --------
    >>> nb.country_production(corpus, by="corresponding").frame  # doctest: +SKIP
    """
    if by not in _BASES:
        raise UnknownNameError("by", by, _BASES)
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    _check(corpus)
    corpus, year = until(corpus, as_of)
    countries = _countries(corpus, like)
    counted = countries if by == "works" else _first_countries(corpus, like)
    works: dict[str, int] = defaultdict(int)
    several: dict[str, int] = defaultdict(int)
    shares: dict[str, list[int]] = defaultdict(list)
    for work_id, own in counted.items():
        for code in own:
            works[code] += 1
            several[code] += len(countries[work_id]) > 1
    for own in countries.values():
        for code in own:
            shares[code].append(len(own))
    rows = [
        (
            *(code, country_name(code), n, _sum_of_parts(shares[code]), n - several[code]),
            *(several[code], several[code] / n),
        )
        for code, n in works.items()
    ]
    rows.sort(key=lambda row: (-row[2], row[1] or "", row[0]))
    columns = ("country_code", "country", "n_works", "fractional", "n_single_country")
    manifest: dict[str, object] = {
        "measure": "production of countries",
        "by": by,
        "like": like,
        "as_of": year,
        "n_without": len(corpus) - len(counted),
    }
    return Result((*columns, "n_multi_country", "multi_country_share"), list(rows), manifest)


def institution_production(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Count works by institution.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``find_places``.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``institution_id``, ``institution``, ``city``, ``country_code``, ``country``,
        ``n_works``, ``fractional`` (a work of n institutions counts 1/n for each) and
        ``n_corresponding`` (works with a corresponding author there); by works, then by name.

    Raises
    ------
    OptionError
        If ``find_places`` was not done.

    Examples
    --------
    >>> nb.institution_production(corpus).frame  # doctest: +SKIP
    """
    _check(corpus)
    corpus, year = until(corpus, as_of)
    rows = corpus.sql(
        "SELECT work_id, institution_id, MAX(CASE WHEN is_corresponding THEN 1 ELSE 0 END)"
        " FROM affiliations WHERE institution_id IS NOT NULL"
        " GROUP BY work_id, institution_id ORDER BY work_id, institution_id"
    )
    own: dict[int, list[int]] = defaultdict(list)
    corresponding: dict[int, int] = defaultdict(int)
    for work_id, institution_id, is_corresponding in rows:
        own[work_id].append(institution_id)
        corresponding[institution_id] += is_corresponding
    shares: dict[int, list[int]] = defaultdict(list)
    for ids in own.values():
        for institution_id in ids:
            shares[institution_id].append(len(ids))
    known = corpus.sql(
        "SELECT institution_id, display_name, city, country_code FROM institutions"
        " ORDER BY institution_id"
    )
    made = [
        (
            *(key, name, city, code, country_name(code), len(shares[key])),
            *(_sum_of_parts(shares[key]), corresponding[key]),
        )
        for key, name, city, code in known
        if key in shares
    ]
    made.sort(key=lambda row: (-row[5], row[1] or "", row[0]))
    columns = ("institution_id", "institution", "city", "country_code", "country", "n_works")
    return Result(
        (*columns, "fractional", "n_corresponding"),
        list(made),
        {"measure": "production of institutions", "as_of": year},
    )


def _check(corpus: Corpus) -> None:
    """Refuse a corpus whose places are not known."""
    if "find_places" not in corpus.steps:
        raise OptionError("the places of this corpus are not known; call find_places(corpus) first")


def _countries(corpus: Corpus, like: str | None) -> dict[int, list[str]]:
    """Return the countries of each work that has any."""
    rows = corpus.sql(
        "SELECT DISTINCT work_id, country_code,"
        " CASE WHEN place_rule LIKE 'corresponding-address%' THEN 1 ELSE 0 END AS was_added"
        " FROM affiliations WHERE country_code IS NOT NULL"
        " ORDER BY work_id, was_added, country_code"
    )
    if like is None:
        return _listed(row[:2] for row in rows)
    own = _listed((work, _AS_CHINA.get(code, code)) for work, code, added in rows if not added)
    for work_id, codes in _listed(
        (work, _AS_CHINA.get(code, code)) for work, code, _ in rows
    ).items():
        own.setdefault(work_id, codes)
    return own


def _first_countries(corpus: Corpus, like: str | None) -> dict[int, list[str]]:
    """Return the country of the first corresponding author, else of the first address."""
    rows = corpus.sql(
        "SELECT work_id, country_code, CASE WHEN is_corresponding THEN 0 ELSE 1 END AS behind"
        " FROM affiliations WHERE country_code IS NOT NULL ORDER BY work_id, behind, position"
    )
    if like is None:
        return {work_id: codes[:1] for work_id, codes in _listed(row[:2] for row in rows).items()}
    best: dict[int, tuple[int, str, str]] = {}
    for work_id, code, behind in rows:
        as_one = _AS_CHINA.get(code, code)
        name = _PRINTED.get(as_one) or country_name(as_one) or as_one
        best[work_id] = min(best.get(work_id, (2, "", "")), (behind, name, as_one))
    return {work_id: [code] for work_id, (_, _, code) in best.items()}


def _listed(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Return the countries of each work, each once."""
    found: dict[int, list[str]] = {}
    for work_id, code in rows:
        own = found.setdefault(work_id, [])
        if code not in own:
            own.append(code)
    return found


def _sum_of_parts(sizes: Iterable[int]) -> float:
    """Sum 1/n, in an order that does not depend on that of the works."""
    counts: Mapping[int, int] = _counted(sizes)
    return sum(counts[n] / n for n in sorted(counts))


def _counted(sizes: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for n in sizes:
        counts[n] += 1
    return counts
