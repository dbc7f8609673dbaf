"""What a node is where one reads it off printed strings, as bibliometrix does."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.units import Unit, check_places, country_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["cited_as_printed", "countries_as_printed"]

_LONGER_THAN = 10
_SOURCE_PART = 2
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_COMMAS = str.maketrans(",;", "  ")
_VOLUME = re.compile(r"V[0-9]")
_ENDS_IN = "RTRIM(UPPER(affiliation_raw), '. ') LIKE '%{}'"
_NAMES_USA = f"({_ENDS_IN.format('USA')} OR {_ENDS_IN.format('UNITED STATES')})"
_ITS_COUNTRY = (
    f"CASE WHEN country_code = 'GB' AND {_ENDS_IN.format('NORTH IRELAND')} THEN 'IE'"
    " WHEN country_code IN ('HK', 'MO', 'TW') THEN 'CN'"
    f" WHEN country_code IN ('PR', 'US') THEN CASE WHEN {_NAMES_USA} THEN 'US' END"
    " WHEN country_code <> 'BA' THEN country_code END"
)
_KOREA = "'KR'"
_WAS_ADDED = "COALESCE(place_rule, '') LIKE 'corresponding-address%'"


def cited_as_printed(of: str) -> Unit:
    """Return the unit for what references cite as bibliometrix reads it off their strings.

    Parameters
    ----------
    of : {"references", "authors", "sources"}
        What an item is. References: the string up to its volume or DOI, without commas, of
        strings of more than 10 characters; what stands behind a bracket that closes is cut
        off too. A blank before the cut stays, so that a string with a volume and one without
        are two, and all that are but a DOI are one. Authors: what stands before the first
        comma, without punctuation. Sources: the third part by commas.

    Raises
    ------
    UnknownNameError
        If there is no such unit.
    """
    parts: dict[str, Callable[[str], str]] = {
        "references": _printed_reference,
        "authors": _printed_author,
        "sources": _printed_source,
    }
    if of not in parts:
        raise UnknownNameError("cited unit", of, parts)
    sql = (
        "SELECT citing_work_id AS work_id, 0 AS place, raw AS key, raw AS label, raw AS printed"
        " FROM cited_references WHERE citing_work_id IS NOT NULL"
    )
    show = None if of == "references" else parts[of]
    return Unit(of, sql, parts[of], show)


def countries_as_printed(corpus: Corpus) -> Unit:
    """Return the unit for countries as bibliometrix reads them off the addresses of authors.

    Hong Kong, Macao and Taiwan are China, Puerto Rico is the USA, Northern Ireland is
    Ireland, North Korea is also South Korea; Bosnia, and places of the USA that do not name
    it, are no country. An address that only the corresponding author has counts where a work
    has no other.

    Raises
    ------
    OptionError
        If no address of the corpus has a country and ``find_places`` was not asked.
    """
    check_places(corpus, "countries")
    of_authors = (
        f"SELECT *, MIN(CASE WHEN {_WAS_ADDED} THEN 1 ELSE 0 END) OVER (PARTITION BY work_id)"
        " AS has_added_only FROM affiliations"
    )
    counted = f"FROM ({of_authors}) AS a WHERE (has_added_only = 1 OR NOT {_WAS_ADDED})"
    columns = "SELECT work_id, 0 AS place, {0} AS key, {0} AS label, affiliation_raw AS printed"
    sql = (
        f"{columns.format(_ITS_COUNTRY)} {counted}"
        f" UNION ALL {columns.format(_KOREA)} {counted} AND country_code = 'KP'"
    )
    return Unit("countries", sql, show=country_shown)


def _printed_reference(raw: str) -> str:
    """Cut a reference off at its volume or DOI."""
    text = raw.strip()
    if len(text) <= _LONGER_THAN:
        return ""
    head, bracket, _ = text.partition(")")
    plain = (head + bracket).translate(_COMMAS)
    cut = _VOLUME.search(plain)
    plain = (plain[: cut.start()] if cut else plain).partition("DOI ")[0]
    ends_in_blank = not plain or plain[-1].isspace()
    return " ".join(plain.split()) + (" " if ends_in_blank else "")


def _printed_author(raw: str) -> str:
    """Return what a reference has before its first comma, without punctuation."""
    if len(raw.strip()) <= _LONGER_THAN:
        return ""
    return raw.partition(",")[0].translate(_NO_PUNCTUATION).strip()


def _printed_source(raw: str) -> str:
    """Return the third part of a reference."""
    parts = raw.split(",")
    return parts[_SOURCE_PART].strip() if len(parts) > _SOURCE_PART else ""
