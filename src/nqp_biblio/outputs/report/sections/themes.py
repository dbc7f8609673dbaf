"""Themes: how central and dense they are, and how they go on from period to period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures import plot_evolution, plot_thematic_map
from nqp_biblio.outputs.report.drawing import WIDE, chart_of
from nqp_biblio.outputs.report.section import Chart, Column, Part, Section, Text
from nqp_biblio.outputs.report.taken import Taken, counted, listed, take, warning

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_FEWEST, _MOST, _FEWEST_TERMS = 4, 30, 20
_FEWEST_WORKS = 60  # of which each period has a third
_N_PERIODS, _N_THEMES = 3, 10
_TERMS = (
    "SELECT 1 FROM terms WHERE kind = ? GROUP BY COALESCE(term, term_raw)"
    " HAVING COUNT(DISTINCT work_id) > 1 LIMIT ?"
)
_KINDS = {
    "author_keyword": "author_keywords",
    "index_keyword": "index_keywords",
    "topic": "topics",
}
_COLUMNS = {
    "label": Column("Theme"),
    "quadrant": Column("Quadrant"),
    "n_terms": Column("Terms", "count"),
    "n_works": Column("Works", "count"),
    "centrality": Column("Centrality", "decimal"),
    "density": Column("Density", "decimal"),
    "mean_citations": Column("Mean citations", "decimal"),
    "h": Column("h", "count"),
}


def section(given: ReportInput) -> Section:
    """Draw the thematic map, and its evolution where there are periods."""
    of = _terms(given)
    if not of:
        few = f"A thematic map needs {_FEWEST_TERMS} keywords or topics of two works or more."
        return Section("themes", absent=few)
    from nqp_biblio.measures.thematic_map import thematic_map

    taken = take(given, "thematic_map", thematic_map, of=of, seed=given.seed)
    if len(taken.result) < _FEWEST:
        few = f"The terms make fewer than {_FEWEST} themes, which a map could not set apart."
        return Section("themes", absent=few)
    parts: list[Part] = [*warning(taken)]
    if len(taken.result) <= _MOST:
        parts.append(_map(taken, of))
    parts += [
        listed(taken, _COLUMNS, caption="Themes, by their three most linked terms."),
        *_evolution(given, of),
    ]
    return Section("themes", parts)


def _terms(given: ReportInput) -> str:
    """Choose keywords of authors before those of databases and topics; none where few."""
    for kind, name in _KINDS.items():
        if len(given.corpus.sql(_TERMS, (kind, _FEWEST_TERMS))) == _FEWEST_TERMS:
            return name
    return ""


def _map(taken: Taken, of: str) -> Chart:
    """Draw the themes by centrality and density."""
    told = taken.manifest
    return chart_of(
        lambda width: plot_thematic_map(
            taken.result, width=width, n_terms=2 if width == WIDE else 1
        ),
        name="themes",
        title="Thematic map: themes by centrality and density",
        caption=f"Thematic map of {of.replace('_', ' ')}: {counted(len(taken.result), 'theme')} of"
        f" {counted(told['n_terms'], 'term')}, with {told['n_without']:,} more in none."
        " Centrality: links to other themes; density: links inside; both by"
        f" {told['similarity']['name']}, parted at the {told['split']} of each {told['axes']}."
        " Area of a bubble: works. Labels that would cover others are left to the table.",
        file=taken.file,
        code=taken.code,
    )


def _evolution(given: ReportInput, of: str) -> list[Part]:
    """Draw how themes go on, or say why not."""
    from nqp_biblio.measures.thematic_evolution import thematic_evolution

    years = given.corpus.sql(
        "SELECT COUNT(publication_year), COUNT(DISTINCT publication_year) FROM works"
    )[0]
    if years[0] < _FEWEST_WORKS or years[1] < _N_PERIODS:
        needed = (
            f"How themes go on from period to period is left out: that needs {_FEWEST_WORKS} works"
            f" of {_N_PERIODS} years or more."
        )
        return [Text(needed)]
    options = {"of": of, "n_periods": _N_PERIODS, "seed": given.seed}
    taken = take(given, "thematic_evolution", thematic_evolution, **options)
    if not len(taken.result):
        return [Text("No theme of a period shares a term with one of the next.")]
    told = taken.manifest
    chart = chart_of(
        lambda width: plot_evolution(taken.result, n_themes=_N_THEMES, width=width),
        name="evolution",
        title="Thematic evolution: themes of each period and the terms they share",
        caption=f"Thematic evolution of {of.replace('_', ' ')} over {', '.join(told['periods'])}"
        f" ({told['periods_by']}). Height of a bar: terms of the theme; of a band: terms that both"
        " have, blue where the most linked term of either is among them. At the most"
        f" {_N_THEMES} themes a period, those of the most terms; themes that share no term with a"
        " neighbour are not drawn.",
        file=taken.file,
        code=taken.code,
    )
    return [*warning(taken), chart]
