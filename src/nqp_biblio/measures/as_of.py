"""The day that figures stand for, instead of the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["AsOf", "until"]

AsOf = int | str | None
"""A year, an ISO date, or None for the last year of the corpus."""


def until(corpus: Corpus, as_of: AsOf) -> tuple[Corpus, int | None]:
    """Return the works published by a day, and the year of that day.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    as_of : int, str or None
        A year (2025: its last day), or a date as "2025-06-30". None is the last year of
        publication in the corpus, so that an answer does not change with the calendar.

    Returns
    -------
    corpus : Corpus
        Without the works published later: of a later year or, where the date of publication
        is known to the day, of a later day. Works without a year stay.
    year : int or None
        The year of `as_of`; None where it is not given and no work has a year.

    Raises
    ------
    OptionError
        If `as_of` is no year and no date.
    """
    last = corpus.sql("SELECT MAX(publication_year) FROM works")[0][0]
    if as_of is None:
        return corpus, last
    day = _day(as_of)
    if last is None or last < day.year:
        return corpus, day.year
    later = (
        f"publication_year > {day.year} OR (publication_year = {day.year}"
        f" AND LENGTH(publication_date) = 10 AND publication_date > '{day.isoformat()}')"
    )
    if not corpus.sql(f"SELECT COUNT(*) FROM works WHERE {later}")[0][0]:
        return corpus, day.year
    return corpus.filter(f"COALESCE(NOT ({later}), TRUE)"), day.year


def _day(as_of: int | str) -> dt.date:
    """Read a year or a date."""
    text = str(as_of)
    try:
        return dt.date.fromisoformat(f"{text}-12-31" if len(text) == len("2025") else text)
    except ValueError:
        told = f"as_of is {as_of!r}; it must be a year, as 2025, or a date, as 2025-06-30"
        raise OptionError(told) from None
