"""Where in the text of a paper its references are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.mentions import citation_profile
from nqp_biblio.measures.summary import summary
from nqp_biblio.outputs.report.drawing import bar_chart
from nqp_biblio.outputs.report.section import Part, Section, Text

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_MAX_PAPERS = 5
_NO_TEXT = (
    "Only the list of works was read, not the text that cites them; give the whole paper to see"
    " where each reference is cited."
)


def section(given: ReportInput) -> Section:
    """Draw in-text citations by section, a chart a paper."""
    result = given.measure("in_text_citations", citation_profile)
    papers: dict[int, list[tuple[str, int]]] = {}
    for paper, place, n_mentions, *_ in result.rows:
        papers.setdefault(paper, []).append((place or "(before the first heading)", n_mentions))
    if not papers:
        n_papers = dict(given.measure("summary", summary).rows)["papers read whole"]
        noun = "paper" if n_papers == 1 else "papers"
        none = f"No in-text citation was found in the {noun}."
        return Section("profile", absent=none if n_papers else _NO_TEXT)
    parts: list[Part] = [Text("Where in the text the references are cited, section by section.")]
    for paper, rows in list(papers.items())[:_MAX_PAPERS]:
        names, numbers = zip(*rows, strict=True)
        parts.append(
            bar_chart(
                names,
                numbers,
                xlabel="in-text citations",
                name=f"profile{paper}",
                title="In-text citations by section",
                caption="In-text citations by section, in the order of the text.",
                file=given.table_file("in_text_citations"),
                code=given.code("nb.citation_profile(corpus).frame"),
            )
        )
    if len(papers) > _MAX_PAPERS:
        parts.append(Text(f"The first {_MAX_PAPERS} of {len(papers)} papers."))
    return Section("profile", parts)
