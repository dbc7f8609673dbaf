"""All steps of cleaning, one after the other."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["STEPS", "clean", "open_steps"]

_HOMES = {
    "normalise": "normalise",
    "dedupe": "dedupe",
    "link_references": "link",
    "find_places": "places",
    "disambiguate_authors": "authors",
    "clean_terms": "terms",
}
STEPS = tuple(_HOMES)
"""The steps, in the order in which they build on each other."""


def clean(corpus: Corpus, *, steps: Sequence[str] = STEPS) -> Corpus:
    """Clean a corpus in all steps, each as it is by default.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    steps : sequence of str
        Which of ``STEPS`` to take; their order is always that of ``STEPS``.

    Returns
    -------
    Corpus
        With sources, years, names and identifiers in one form (``normalise``), one work for
        the records that several sources have of it (``dedupe``), an identity for each cited
        reference (``link_references``), institution and country for each address
        (``find_places``), authors told apart (``disambiguate_authors``) and variants of
        keywords joined (``clean_terms``). What was changed is in ``changes`` and ``merges``.

    Raises
    ------
    UnknownNameError
        If a step is none of ``STEPS``.

    Examples
    --------
    >>> corpus = clean(read("wos.txt", "scopus.csv"))  # doctest: +SKIP
    >>> corpus = clean(corpus, steps=["normalise", "dedupe"])  # doctest: +SKIP
    """
    for name in steps:
        if name not in _HOMES:
            raise UnknownNameError("step of cleaning", name, STEPS)
    for name in STEPS:
        if name in steps:
            module = importlib.import_module(f"nqp_biblio.cleaning.{_HOMES[name]}")
            step: Callable[[Corpus], Corpus] = getattr(module, name)
            corpus = step(corpus)
    return corpus


def open_steps(corpus: Corpus) -> tuple[str, ...]:
    """Return the steps of cleaning from the first that was not taken yet, in order.

    A step that stands behind an open one is taken again, since it builds on it.
    """
    at = next((at for at, name in enumerate(STEPS) if name not in corpus.steps), len(STEPS))
    return STEPS[at:]
