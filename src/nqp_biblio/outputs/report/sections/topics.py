"""The topics of the works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.topics import topic_frequencies
from nqp_biblio.outputs.report.drawing import bar_chart
from nqp_biblio.outputs.report.section import Part, Section, Text
from nqp_biblio.outputs.report.taken import counted

if TYPE_CHECKING:
    from nqp_biblio.measures.result import Result
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_DRAWN, _LISTED, _FEW = 20, 15, 5
_NONE = "No topic was found: the works have no titles, abstracts or keywords to find them in."


def section(given: ReportInput) -> Section:
    """Show topics by works; those in nearly every work are paler."""
    result = given.measure("topics", topic_frequencies)
    if not len(result):
        return Section("topics", absent=_NONE)
    parts: list[Part] = [Text(_lead(result))]
    repeated = [row for row in result.rows if row[1] > 1]
    shown = repeated[:_DRAWN] if len(repeated) > _FEW else result.rows[:_LISTED]
    if not repeated:
        names = " · ".join(row[0] for row in shown)
        parts.append(Text(f"No topic stands in two works. The first in the alphabet: {names}."))
        return Section("topics", parts)
    paler = " Paler: in nearly every work." if any(row[3] for row in shown) else ""
    parts.append(
        bar_chart(
            [row[0] for row in shown],
            [row[1] for row in shown],
            xlabel="works",
            name="topics",
            title="Topics by number of works",
            caption=f"Topics by number of works, of {len(given.corpus)}.{paler}",
            file=given.table_file("topics"),
            code=given.code("nb.topic_frequencies(corpus).frame"),
            highlight=[row[3] for row in shown],
        )
    )
    return Section("topics", parts)


def _lead(result: Result) -> str:
    """Say how many there are, and which are nearly everywhere."""
    n_once = sum(n == 1 for n in result.column("n_works"))
    told = (
        f"{counted(len(result), 'topic')}, found in titles, abstracts and keywords; {n_once:,}"
        f" {'stands' if n_once == 1 else 'stand'} in one work only."
    )
    everywhere = [f"“{row[0]}”" for row in result.rows if row[3]]
    if not everywhere:
        return told
    one = len(everywhere) == 1
    names = everywhere[0] if one else f"{', '.join(everywhere[:-1])} and {everywhere[-1]}"
    return (
        f"{told} {names} {'stands' if one else 'stand'} in nearly every work:"
        f" {'it is' if one else 'they are'} what the corpus is about, and no cluster of the map is"
        f" made of {'it' if one else 'them'}, so that the others can be seen."
    )
