"""The main path through the citations of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.path_tables import main_path_citations
from nqp_biblio.outputs.figures import plot_main_path
from nqp_biblio.outputs.figures.citation_paths import strongest_links
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Section
from nqp_biblio.outputs.report.taken import counted, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_FEWEST, _N = 5, 40


def section(given: ReportInput) -> Section:
    """Draw the main path."""
    from nqp_biblio.measures.main_path import main_path

    net = main_path(given.corpus, as_of=given.as_of)
    drawn = strongest_links(net, _N)
    if drawn.n_nodes < _FEWEST:
        few = f"The citations here make no path of {_FEWEST} works or more."
        return Section("main_path", absent=few)
    taken = take(given, "main_path", main_path_citations)
    told = net.manifest["main_path"]
    left = f" Of its {net.n_nodes} works those of the heaviest citations are drawn."
    chart = chart_of(
        lambda width: plot_main_path(net, n_works=_N, width=width),
        name="mainpath",
        title="Main path through the citations, by year",
        caption=f"Main path: {counted(drawn.n_nodes, 'work')} and"
        f" {counted(drawn.n_edges, 'citation')}, by {told['search']} search from the"
        f" {told['n_routes']} heaviest citations, weighed by {str(told['weight']).upper()}; where"
        " several weigh the same all are followed. An arrow goes from the citing to the cited"
        " work, the wider the heavier (by the logarithm); the area of a dot is by citations within"
        f" the corpus.{left if drawn.n_nodes < net.n_nodes else ''}",
        file=taken.file,
        code=taken.code,
    )
    return Section("main_path", [chart])
