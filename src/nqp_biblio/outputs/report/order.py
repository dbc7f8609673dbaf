"""The sections of a report, in their order."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.report.section import Section

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["SECTIONS", "sections_of"]

SECTIONS = (
    "read",
    "information",
    "years",
    "sources",
    "authors",
    "institutions",
    "countries",
    "collaboration",
    "most_cited",
    "references",
    "spectroscopy",
    "laws",
    "topics",
    "trends",
    "themes",
    "three_field",
    "map",
    "historiograph",
    "main_path",
    "tree",
    "profile",
    "works",
    "methods",
    "data",
)
"""Modules in ``sections/``, each with ``section(given)``."""


def sections_of(given: ReportInput) -> list[Section]:
    """Make all sections; one that the corpus cannot carry says why in ``absent``.

    Parameters
    ----------
    given : ReportInput
        What is reported.

    Returns
    -------
    list of Section
    """
    return [_section(name, given) for name in SECTIONS]


def _section(name: str, given: ReportInput) -> Section:
    """Make one section; a measure that refuses the corpus gives the reason."""
    module = importlib.import_module(f"nqp_biblio.outputs.report.sections.{name}")
    try:
        made: Section = module.section(given)
    except OptionError as error:
        return Section(name, absent=f"{error}.")
    return made
