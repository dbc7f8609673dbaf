"""The works that the corpus itself cites most, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.path_tables import historiograph_works
from nqp_biblio.outputs.figures import plot_historiograph
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Section
from nqp_biblio.outputs.report.taken import counted, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_N = 20
_FEWEST, _MOST = 5, 60


def section(given: ReportInput) -> Section:
    """Draw the most cited works and who of them cites whom."""
    from nqp_biblio.measures.historiograph import historiograph

    net = historiograph(given.corpus, n=_N, as_of=given.as_of)
    if net.n_nodes < _FEWEST or not net.n_edges:
        few = f"A historiograph needs {_FEWEST} works that others here cite, and cite each other."
        return Section("historiograph", absent=few)
    if net.n_nodes > _MOST:
        many = f"{net.n_nodes:,} works are cited equally often here, too many for a historiograph."
        return Section("historiograph", absent=many)
    taken = take(given, "historiograph", historiograph_works, n=_N)
    told = net.manifest["historiograph"]
    chart = chart_of(
        lambda width: plot_historiograph(net, width=width),
        name="historiograph",
        title="Historiograph: the works cited most by others here, by year",
        caption=f"Historiograph: the {net.n_nodes} works that others here cite most, with"
        f" their {counted(net.n_edges, 'citation')} of each other; of"
        f" {told['works_cited_locally']:,} works cited here, "
        f"{counted(told['local_citations'], 'time')} in all. Works that tie at the end are shown"
        " too. An arrow goes from the citing to the cited work; the area of a dot is by citations"
        " within the corpus.",
        file=taken.file,
        code=taken.code,
    )
    return Section("historiograph", [chart])
