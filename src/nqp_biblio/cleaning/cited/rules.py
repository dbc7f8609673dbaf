"""The rules by which two cited references are one work, each with its score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nqp_biblio.cleaning.cited.fields import is_doi_slip
from nqp_biblio.cleaning.cited.groups import Links

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.cleaning.cited.likeness import Likeness
    from nqp_biblio.cleaning.cited.parts import Parts

    BoolArray = NDArray[np.bool_]

__all__ = [
    "LENIENT",
    "NARROW",
    "RULES",
    "SLIPS",
    "rule_number",
    "strong_links",
    "weak_links",
    "with_misprints",
]


class Rule(NamedTuple):
    """A rule.

    Attributes
    ----------
    name : str
        Its name, as in ``link_rule``.
    score : float
        How sure a link by it is, 0 to 1.
    meaning : str
        What it asks for.
    """

    name: str
    score: float
    meaning: str


RULES: tuple[Rule, ...] = (
    Rule("decision", 1.0, "the user said so"),
    Rule("given", 1.0, "it was known when it was read: a printed reference that is a work itself"),
    Rule("string", 1.0, "the same string"),
    Rule("doi", 1.0, "the same DOI"),
    Rule(
        "key",
        1.0,
        "the same number in OpenAlex, Lens, Dimensions, ADS, PubMed, arXiv or of a patent",
    ),
    Rule("place", 0.99, "first author, year, volume and first page"),
    Rule("place-title", 0.98, "title, volume and first page; year or author may differ"),
    Rule("title", 0.97, "title, first author, year or the one beside it"),
    Rule("place-year", 0.96, "first author, volume, first page and source; the year differs"),
    Rule("doi-misprint", 0.95, "as place or title, and the DOIs are one but for a slip"),
    Rule("place-author", 0.95, "year, volume, first page and source; the author is misspelt"),
    Rule("title-near", 0.92, "title with a slip, first author, year and nothing against it"),
    Rule("title-cut", 0.9, "the beginning of the title, first author, year, and volume or source"),
    Rule("page", 0.9, "first author, year, first page and source, of one work only"),
    Rule("text", 0.9, "the title of the work stands in the string, with author and year"),
    Rule("volume", 0.85, "first author, year, volume and source, of one work only"),
    Rule("source", 0.8, "first author with initial, year and source, of one work only"),
    Rule("volume-slip", 0.7, "as source, and the volume lacks a digit or stands as page"),
    Rule("source-year", 0.7, "the same with the year beside it"),
    Rule("volume-page", 1.0, "key of VOSviewer: first author, year, volume, first page"),
    Rule("source-page", 1.0, "key of VOSviewer: first author, year, start of the source, page"),
    Rule("likeness", 0.0, "likeness of CRExplorer over its threshold"),
)
"""All rules, the surest first."""

_NUMBERS = {rule.name: number for number, rule in enumerate(RULES)}
NARROW = frozenset(
    _NUMBERS[name]
    for name in ("title", "title-near", "title-cut", "volume", "page", "source", "source-year")
)
"""Rules that may not widen the years of a group to more than two that are neighbours."""

LENIENT = frozenset((_NUMBERS["decision"], _NUMBERS["given"]))
"""Rules that join whatever speaks against it."""

SLIPS = frozenset((_NUMBERS["doi-misprint"],))
"""Rules that may bring two DOIs together of which one is misprinted."""

_SAME_NAME, _LOOSE_NAME = 0.85, 0.7
_SAME_TITLE, _NEAR_TITLE = 0.97, 0.9
_SHORT_TITLE, _LONG_TITLE = 20, 40
_NEAR_SOURCE, _SAME_SOURCE, _OTHER_SOURCE = 0.5, 0.8, 0.2
_MANY_DIGITS = 3
_MOST_YEARS = 5
_DOUBTFUL_NAME, _DOUBTFUL_TITLE = 0.5, 0.6


def rule_number(name: str) -> int:
    """Return the number of a rule."""
    return _NUMBERS[name]


def strong_links(likeness: Likeness) -> Links:
    """Find the pairs that are one work for what they say themselves.

    Returns
    -------
    Links
        With the first rule that holds.
    """
    like = likeness
    is_place = (like.volume > 0) & (like.page > 0)
    near_title = (like.title >= _NEAR_TITLE) | like.is_cut_title
    like = like.where(is_place | near_title | (like.doi > 0))
    chosen = _chosen(like, {**_place_rules(like), **_title_rules(like)})
    return with_misprints(likeness.parts, chosen)


def weak_links(likeness: Likeness) -> Links:
    """Find the pairs that may be one work where no other comes into question.

    Returns
    -------
    Links
        With the first rule that holds.
    """
    like = likeness
    may_be = (like.doi >= 0) & (like.title < 0) & (like.year_gap >= 0) & (like.year_gap <= 1)
    like = like.where(may_be & ((like.volume >= 0) | like.volume_slip | (like.page > 0)))
    like = like.where((like.author >= _SAME_NAME) & (like.initials >= 0))
    is_open = (like.volume >= 0) & (like.page >= 0) & (like.title < 0)
    is_author = ~like.is_patent
    is_source = like.source >= _SAME_SOURCE
    is_near = like.source >= _NEAR_SOURCE
    long_page = like.page_length() >= _MANY_DIGITS
    is_slip = (like.volume < 0) & is_source & long_page & (like.title < 0)
    same_year = like.year_gap == 0
    is_beside = like.year_gap == 1
    same_page = (like.page > 0) & is_near & is_author & (like.year_gap >= 0)
    return _chosen(
        like,
        {
            "volume": is_open & is_author & same_year & (like.volume > 0) & is_near,
            "page": (same_page & is_open & (same_year | is_beside & (is_source | long_page)))
            | (same_page & same_year & is_slip),
            "source": is_open & is_author & same_year & is_source & (like.initials > 0),
            "volume-slip": is_author
            & same_year
            & is_source
            & like.volume_slip
            & (like.initials > 0)
            & (like.title < 0)
            & ((like.page == 0) | (like.volume == 0)),
            "source-year": is_open
            & is_author
            & is_beside
            & is_source
            & (like.initials > 0)
            & (like.page == 0),
        },
    )


def _place_rules(like: Likeness) -> dict[str, BoolArray]:
    """Compare author, year, volume, page and source."""
    is_author = like.author >= _SAME_NAME
    is_place = (like.volume > 0) & (like.page > 0)
    same_title = like.title >= _NEAR_TITLE
    is_long = like.page_length() >= _MANY_DIGITS
    may_be_source = (like.source < 0) | (like.source >= _OTHER_SOURCE) | is_long | same_title
    near_source = (like.source >= _NEAR_SOURCE) | same_title
    one_year = (like.year_gap >= 0) & (like.year_gap <= _MOST_YEARS) | (like.year_gap < 0)
    loose = (like.author >= _LOOSE_NAME) | (like.author < 0)
    no_other_title = (like.title < 0) | (like.title >= _DOUBTFUL_TITLE)
    return {
        "doi": (like.doi > 0) & ~_is_doubtful(like),
        "place": is_author & is_place & (like.year_gap == 0) & may_be_source,
        "place-title": is_place & same_title & like.has_same_numerals,
        "place-year": is_author & is_place & one_year & near_source & no_other_title,
        "place-author": loose
        & is_place
        & (like.year_gap == 0)
        & (like.source >= _NEAR_SOURCE)
        & no_other_title,
    }


def _is_doubtful(like: Likeness) -> BoolArray:
    """Tell the same DOI on two works of other authors and years, or of other titles and pages."""
    other_author = (like.author >= 0) & (like.author < _DOUBTFUL_NAME)
    backed = (like.title >= _DOUBTFUL_TITLE) | (like.page > 0) | (like.volume > 0)
    other_title = (like.title >= 0) & (like.title < _DOUBTFUL_TITLE)
    return (other_author & (like.year_gap > 1) & ~backed) | (other_title & (like.page < 0))


def _title_rules(like: Likeness) -> dict[str, BoolArray]:
    """Compare titles, with what must not speak against them."""
    is_author = (like.author >= _SAME_NAME) | (like.author < 0)
    near_year = like.year_gap <= 1
    is_exact = like.title >= 1
    is_open = (like.volume >= 0) & (like.page >= 0)
    half_open = (like.volume >= 0) | (like.page >= 0)
    is_long = like.title_length >= _SHORT_TITLE
    same = (like.title >= _SAME_TITLE) & is_long & like.has_same_numerals
    near = (like.title >= _NEAR_TITLE) & is_long & like.has_same_numerals & is_open
    backed = (like.volume > 0) | (like.page > 0) | (like.source >= _SAME_SOURCE)
    may_be_source = (like.source < 0) & (like.year_gap <= 0)
    may_be_source |= (like.source >= _NEAR_SOURCE) | backed
    stray = (like.title_length >= _LONG_TITLE) & (like.year_gap == 0) & backed
    cut = like.is_cut_title & is_long & (like.year_gap == 0) & is_open & backed
    title = same & (is_exact | is_open) & half_open & near_year & (is_author | stray)
    title |= same & is_author & (like.page > 0) & (like.year_gap <= _MOST_YEARS)
    by_title = title | near | cut
    fits = ~like.one_is_report(by_title & ~((like.page > 0) & backed))
    return {
        "title": title & fits,
        "title-near": near & is_author & near_year & may_be_source & fits,
        "title-cut": cut & is_author & fits,
    }


def with_misprints(parts: Parts, links: Links) -> Links:
    """Leave out pairs with two DOIs, but for those of one place of which one DOI is a slip.

    Parameters
    ----------
    parts : Parts
        The nodes.
    links : Links
        Links by place, title or text.

    Returns
    -------
    Links
        Those with a slip have the rule ``doi-misprint``.
    """
    first, second = parts.doi.code[links.one], parts.doi.code[links.other]
    values = parts.doi.values
    number, score = links.rule.copy(), links.score.copy()
    held = ~((first >= 0) & (second >= 0) & (first != second))
    by_place = np.isin(number, [_NUMBERS[name] for name in ("place", "place-title", "text")])
    for at in np.flatnonzero(~held & by_place).tolist():
        if is_doi_slip(values[first[at]], values[second[at]]):
            held[at] = True
            number[at], score[at] = _NUMBERS["doi-misprint"], RULES[_NUMBERS["doi-misprint"]].score
    return Links(links.one, links.other, number, score).where(held)


def _chosen(like: Likeness, rules: dict[str, BoolArray]) -> Links:
    """Take for each pair the first rule that holds."""
    names = sorted(rules, key=_NUMBERS.__getitem__)
    number = np.select([rules[name] for name in names], [_NUMBERS[name] for name in names], -1)
    scores = np.array([rule.score for rule in RULES])
    held = number >= 0
    return Links(like.one[held], like.other[held], number[held], scores[number[held]])
