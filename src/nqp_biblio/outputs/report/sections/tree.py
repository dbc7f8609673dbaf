"""The tree of science of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures import plot_tree
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Section
from nqp_biblio.outputs.report.taken import n_references, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_FEWEST = 200
_N = 8


def section(given: ReportInput) -> Section:
    """Draw leaves, trunk and roots."""
    if n_references(given) < _FEWEST:
        few = f"A tree of science needs {_FEWEST} cited references or more."
        return Section("tree", absent=few)
    from nqp_biblio.measures.tree_of_science import tree_of_science

    taken = take(given, "tree_of_science", tree_of_science, n=_N)
    found = set(taken.result.column("part"))
    if not {"leaf", "root"} <= found:
        return Section("tree", absent="The citations do not hang together as a tree.")
    told = taken.manifest
    chart = chart_of(
        lambda width: plot_tree(taken.result, width=width),
        name="tree",
        title="Tree of science: leaves, trunk and roots",
        caption=f"Tree of science, {_N} works of each part: leaves cite most and are not cited"
        " here, the trunk stands on the most shortest paths of citations, roots are cited most"
        f" and cite nothing here. {told['nodes_left']:,} of {told['nodes']:,} works and"
        " references are left after those cited once, and those outside the largest connected"
        " part. A root may just be a work whose references are not known.",
        file=taken.file,
        code=taken.code,
    )
    return Section("tree", [chart])
