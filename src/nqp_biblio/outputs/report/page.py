"""Everything that the template of the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio import __version__
from nqp_biblio.measures.summary import summary
from nqp_biblio.outputs.report.order import sections_of
from nqp_biblio.outputs.report.section import Own, Section
from nqp_biblio.outputs.report.words import LANGUAGES, TITLES, WORDS

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["page_values"]

_LAST = ("methods", "data")
_TILES = (
    ("works", "works"),
    ("in-text citations", "in-text citations"),
    ("authors", "authors"),
    ("sources", "sources"),
    ("topics", "topics"),
    ("works with a DOI", "with a DOI"),
    ("problems", "problems"),
)


def page_values(given: ReportInput) -> dict[str, Any]:
    """Give everything the template shows.

    Parameters
    ----------
    given : ReportInput
        What is reported.

    Returns
    -------
    dict
        Values by the names that the template uses.
    """
    counts = dict(given.measure("summary", summary).rows)
    at = LANGUAGES.index(given.lang)
    return {
        "version": __version__,
        "lang": given.lang,
        "title": given.title,
        "paths": given.paths,
        "counts": counts,
        "tiles": [(label, counts[item]) for item, label in _TILES if _is_told(item, counts)],
        "span": _span(counts),
        "sections": _with_left_out(sections_of(given), at),
        "titles": {name: words[at] for name, words in TITLES.items()},
        "words": {name: words[at] for name, words in WORDS.items()},
    }


def _with_left_out(sections: list[Section], at: int) -> list[Section]:
    """Put the reasons of sections that are left out into one, before the methods."""
    shown = [section for section in sections if not section.absent]
    reasons = [(TITLES[s.name][at], s.absent) for s in sections if s.absent]
    if reasons:
        place = next((i for i, s in enumerate(shown) if s.name in _LAST), len(shown))
        part = Own("part_left_out.html.j2", {"reasons": reasons})
        shown.insert(place, Section("left_out", [part]))
    return shown


def _is_told(item: str, counts: dict[str, Any]) -> bool:
    """Leave out a count that the corpus cannot have."""
    return item != "in-text citations" or bool(counts["papers read whole"])


def _span(counts: dict[str, Any]) -> str:
    """Say which years the works are from."""
    first, last = counts["first year"], counts["last year"]
    if first is None:
        return "no year of publication is known"
    return f"all from {first}" if first == last else f"{first} to {last}"
