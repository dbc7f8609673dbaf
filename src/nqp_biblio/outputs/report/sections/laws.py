"""The laws of Lotka and Bradford."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures import plot_bradford, plot_lotka
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Column, Section
from nqp_biblio.outputs.report.taken import counted, listed, take, warning

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Part

__all__ = ["section"]

_FEWEST_AUTHORS, _FEWEST_SOURCES, _FEWEST_COUNTS = 50, 10, 3
_AGAINST = 0.1
_FEW = (
    f"The laws of Lotka and Bradford need {_FEWEST_AUTHORS} authors, some with three works or"
    f" more, or {_FEWEST_SOURCES} sources, some with two works or more."
)
_ZONES = {
    "zone": Column("Zone", "count"),
    "n_sources": Column("Sources", "count"),
    "n_works": Column("Works", "count"),
    "share": Column("Share", "percent"),
    "multiplier": Column("Multiplier", "decimal"),
    "expected_sources": Column("Sources by the law", "decimal"),
}


def section(given: ReportInput) -> Section:
    """Show the laws that the corpus has enough authors or sources for."""
    parts = [*_lotka(given), *_bradford(given)]
    return Section("laws", parts) if parts else Section("laws", absent=_FEW)


def _lotka(given: ReportInput) -> list[Part]:
    """Draw authors by their number of works."""
    n_authors, n_counts = given.corpus.sql(
        "SELECT COUNT(*), COUNT(DISTINCT n) FROM (SELECT author_id, COUNT(DISTINCT work_id) AS n"
        " FROM authorships WHERE role = 'author' AND author_id IS NOT NULL GROUP BY author_id) a"
    )[0]
    if n_authors < _FEWEST_AUTHORS or n_counts < _FEWEST_COUNTS:
        return []
    from nqp_biblio.measures.lotka import lotka

    taken = take(given, "lotka", lotka, seed=given.seed)
    told = taken.manifest
    if told["exponent"] is None:
        return []
    verdict = "speaks against the law" if told["p"] < _AGAINST else "does not speak against it"
    n = counted(told["n_authors"], "author")
    chart = chart_of(
        lambda width: plot_lotka(taken.result, width=width),
        name="lotka",
        title="Lotka's law: share of authors by number of works",
        caption=f"Lotka's law: share of the {n} by their number of works, and the law fitted by"
        f" maximum likelihood from {counted(told['x_min'], 'work')} on. Kolmogorov-Smirnov"
        f" distance {told['ks']:.3f}, p = {told['p']:.3f} by {told['n_bootstrap']:,} samples"
        f" (seed {told['seed']}), which {verdict}.",
        file=taken.file,
        code=taken.code,
    )
    return [chart, *warning(taken)]


def _bradford(given: ReportInput) -> list[Part]:
    """Draw the works of the first sources, and list the zones."""
    n_sources, n_most = given.corpus.sql(
        "SELECT COUNT(*), COALESCE(MAX(n), 0) FROM (SELECT source_id, COUNT(*) AS n FROM works"
        " WHERE source_id IS NOT NULL GROUP BY source_id) s"
    )[0]
    if n_sources < _FEWEST_SOURCES or n_most <= 1:
        return []
    from nqp_biblio.measures.bradford import bradford_law, bradford_zones

    zones = take(given, "bradford_zones", bradford_zones)
    law = take(given, "bradford_law", bradford_law)
    told = law.manifest
    curve = ""
    if told["a_leimkuhler"] is not None:
        curve = (
            f" Broken line: Leimkuhler's curve {told['a_leimkuhler']:,.1f} ln(1 +"
            f" {told['b_leimkuhler']:.3g} r), R² {told['r_squared']:.3f}."
        )
    tied = sum(zones.manifest["n_tied"])
    ties = f" {counted(tied, 'source')} with as many works may stand on either side of an end."
    chart = chart_of(
        lambda width: plot_bradford(zones.result, law.result, width=width),
        name="bradford",
        title="Bradford's law: works of the first sources, added up",
        caption=f"Bradford's law: works of the first r sources, and {told['n_zones']} zones of"
        f" about as many works each.{curve}{ties if tied else ''}",
        file=zones.file,
        code=zones.code,
    )
    table = listed(law, _ZONES, caption="Bradford's zones, beside the number that Egghe expects.")
    return [chart, table, *warning(zones, law)]
