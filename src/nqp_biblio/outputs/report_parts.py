"""The parts of the page: each takes what is reported and gives what the template shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio import __version__
from nqp_biblio.outputs.figures import PALETTE, colour_of, plot_bars, plot_columns, plot_network
from nqp_biblio.outputs.report_files import DATA_FILES, map_name
from nqp_biblio.outputs.report_methods import methods
from nqp_biblio.outputs.report_works import MAX_SHOWN, problem_rows, work_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report_data import ReportInput

__all__ = ["page_parts"]

_TOP = 15
_FEW = 5
_MAX_PROFILES = 5
_TILES = (
    ("works", "works"),
    ("in-text citations", "in-text citations"),
    ("authors", "authors"),
    ("sources", "sources"),
    ("topics", "topics"),
    ("works with a DOI", "with a DOI"),
    ("problems", "problems"),
)


def page_parts(given: ReportInput) -> dict[str, Any]:
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
    counts = dict(
        zip(*(given.results["summary"].column(c) for c in ("item", "value")), strict=True)
    )
    works = work_rows(given.corpus)
    shown = {work["work_id"] for work in works}
    return {
        "version": __version__,
        "title": given.title,
        "paths": given.paths,
        "folder": given.folder,
        "counts": counts,
        "tiles": [(label, counts[item]) for item, label in _TILES if _is_told(item, counts)],
        "span": _span(counts),
        "works": works,
        "max_shown": MAX_SHOWN,
        "problems": problem_rows(given.corpus),
        "years": _years(given.results["years"]),
        "sources": _sources(given.results["sources"]),
        "authors": _authors(given.results["authors"], counts),
        "topics": _topics(given.results["topics"], counts["works"]),
        "maps": [_map(net, number, shown) for number, net in enumerate(given.networks)],
        "profile": _profile(given.results["in_text_citations"]),
        "completeness": given.results["completeness"].rows,
        "record_flow": _flow(given.results["record_flow"]),
        "types": given.results["types"].rows,
        "methods": methods(given),
        "data_files": DATA_FILES,
    }


def _flow(result: Result) -> list[tuple[str, str, int]]:
    """List what became of the records, where something was merged, left out or not read."""
    lost = {"unreadable", "merged", "excluded"}
    if not any(n for stage, item, n in result.rows if stage in lost and item == "all"):
        return []
    names = {"all": "", "same-doi": "same DOI", "alike": "alike in title, authors and place"}
    return [(stage, names.get(item, item), n) for stage, item, n in result.rows if n]


def _is_told(item: str, counts: dict[str, Any]) -> bool:
    """Leave out a count that the corpus cannot have."""
    return item != "in-text citations" or bool(counts["papers read whole"])


def _span(counts: dict[str, Any]) -> str:
    """Say which years the works are from."""
    first, last = counts["first year"], counts["last year"]
    if first is None:
        return "no year of publication is known"
    return f"all from {first}" if first == last else f"{first} to {last}"


def _chart(figure: Figure, name: str, title: str) -> Any:  # noqa: ANN401  Markup
    """Draw a figure for the page."""
    from markupsafe import Markup

    from nqp_biblio.outputs.figures import svg_of

    return Markup(svg_of(figure, name=name, title=title))  # noqa: S704  matplotlib escapes text


def _bars(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    xlabel: str,
    name: str,
    title: str,
    highlight: Sequence[bool] | None = None,
) -> dict[str, Any]:
    """Draw bars for wide and for narrow pages."""
    return {
        shape: _chart(
            plot_bars(labels, values, xlabel=xlabel, width=width, highlight=highlight),
            f"{name}-{shape}",
            title,
        )
        for shape, width in (("wide", 6.2), ("narrow", 4.4))
    }


def _years(result: Result) -> dict[str, Any]:
    """Years as a chart where there are several, as a sentence where there is one."""
    dated = [(year, n) for year, n in result.rows if year is not None]
    undated = sum(n for year, n in result.rows if year is None)
    part: dict[str, Any] = {"chart": None, "undated": undated, "n_years": len(dated)}
    part["only"] = dated[0] if len(dated) == 1 else None
    if len(dated) > 1:
        years, values = zip(*dated, strict=True)
        figure = plot_columns(years, values, ylabel="works")
        part["chart"] = _chart(figure, "years", f"Works a year, {years[0]} to {years[-1]}")
    return part


def _sources(result: Result) -> dict[str, Any]:
    """Sources as a chart where their numbers differ."""
    counts = result.column("n_works")
    part: dict[str, Any] = {"chart": None, "rows": result.rows[:_TOP], "n": len(result)}
    part["all_once"] = bool(counts) and max(counts) == 1
    part["has_short"] = any(result.column("abbreviated_title"))
    part["rest"] = max(0, len(result) - _TOP)
    if counts and not part["all_once"]:
        names = result.column("source")[:_TOP]
        title = "Works by source"
        part["chart"] = _bars(names, counts[:_TOP], xlabel="works", name="sources", title=title)
    return part


def _authors(result: Result, counts: dict[str, Any]) -> dict[str, Any]:
    """Authors as a chart where some have several works."""
    numbers = result.column("n_works")
    part: dict[str, Any] = {"chart": None, "rows": result.rows[:_TOP], "n": len(result)}
    part["all_once"] = bool(numbers) and max(numbers) == 1
    part["rest"] = max(0, len(result) - _TOP)
    part["cut"] = counts["works whose author list is cut by et al."]
    if numbers and not part["all_once"]:
        repeated = [row for row in result.rows if row[1] > 1][:_TOP]
        part["chart"] = _bars(
            [row[0] for row in repeated],
            [row[1] for row in repeated],
            xlabel="works",
            name="authors",
            title="Works by author",
        )
    return part


def _topics(result: Result, n_works: int) -> dict[str, Any]:
    """Topics by works; those in nearly every work are paler."""
    repeated = [row for row in result.rows if row[1] > 1]
    shown = repeated[:20] if len(repeated) > _FEW else result.rows[:_TOP]
    part: dict[str, Any] = {
        "chart": None,
        "n": len(result),
        "n_once": sum(n == 1 for n in result.column("n_works")),
        "ubiquitous": [row for row in result.rows if row[3]],
        "n_works": n_works,
    }
    part["all_once"] = [row[0] for row in shown] if not repeated else []
    if repeated:
        part["chart"] = _bars(
            [row[0] for row in shown],
            [row[1] for row in shown],
            xlabel="works",
            name="topics",
            title="Topics by number of works",
            highlight=[row[3] for row in shown],
        )
    return part


def _map(net: Network, number: int, shown: set[int]) -> dict[str, Any]:
    """A map, drawn wide and narrow, with its clusters and strongest links."""
    name = f"map{number + 1}"
    title = f"Map of {net.of}: {net.n_nodes} nodes, {net.n_edges} links"
    drawn: dict[str, Any] = {"wide": None, "narrow": None, "n_labels": 0}
    if net.n_edges:
        wide = plot_network(net, size=(10.4, 6.8))
        narrow = plot_network(net, size=(5.0, 6.4), max_labels=30, font_size=10)
        drawn["n_labels"] = len(wide.axes[0].texts)
        drawn["wide"] = _chart(wide, name, title)
        drawn["narrow"] = _chart(narrow, f"{name}n", title)
    return {
        **drawn,
        "kind": net.kind,
        "of": net.of,
        "n_nodes": net.n_nodes,
        "n_edges": net.n_edges,
        "has_hubs": 0 in net.node_columns.get("cluster", ()),
        "clusters": _clusters(net),
        "links": _links(net, shown),
        "isolated": int((net.degree == 0).sum()),
        "file": map_name(net, number),
    }


def _clusters(net: Network) -> list[dict[str, Any]]:
    """Clusters with their nodes, the weightiest first."""
    import numpy as np

    if "cluster" not in net.node_columns:
        return []
    numbers = net.node_columns["cluster"]
    volume = net.node_columns.get("occurrences", net.strength)
    order = np.lexsort((np.arange(net.n_nodes), -net.strength, -np.asarray(volume, dtype=float)))
    groups: dict[int, list[str]] = {}
    for index in order:
        groups.setdefault(int(numbers[index]), []).append(net.labels[index])
    return [
        {
            "number": number,
            "colour": colour_of(number),
            "is_grey": number > len(PALETTE),
            "n": len(members),
            "members": members[:12],
            "rest": max(0, len(members) - 12),
        }
        for number, members in sorted(groups.items())
    ]


def _links(net: Network, shown: set[int]) -> list[dict[str, Any]]:
    """The strongest links, those of hubs last, with the works behind them, if on the page."""
    import numpy as np

    if net.corpus is None or not net.n_edges:
        return []
    strengths = net.weight
    numbers = net.node_columns.get("cluster", np.ones(net.n_nodes))
    to_hub = (numbers[net.source] == 0) | (numbers[net.target] == 0)
    order = np.lexsort((np.arange(net.n_edges), -strengths, to_hub))[:10]
    keys = dict(net.corpus.sql("SELECT work_id, key FROM works"))
    links = []
    for edge in order:
        first, second = int(net.source[edge]), int(net.target[edge])
        works = _works_behind(net, first, second)
        links.append(
            {
                "first": net.labels[first],
                "second": net.labels[second],
                "weight": f"{strengths[edge]:.4g}",
                "works": [(work, keys.get(work) or str(work), work in shown) for work in works[:8]],
                "rest": max(0, len(works) - 8),
            }
        )
    return links


def _works_behind(net: Network, first: int, second: int) -> list[int]:
    """Keys of the works behind a link, each once."""
    rows = net.trace(first, second) if net.trace is not None else []
    return sorted({int(row[0]) for row in rows if row[0] is not None})


def _profile(result: Result) -> dict[str, Any]:
    """In-text citations by section, a chart a paper."""
    papers: dict[int, list[tuple[str, int]]] = {}
    for paper, section, n_mentions, *_ in result.rows:
        papers.setdefault(paper, []).append((section or "(before the first heading)", n_mentions))
    charts = []
    for paper, rows in list(papers.items())[:_MAX_PROFILES]:
        names, numbers = zip(*rows, strict=True)
        title = "In-text citations by section"
        name = f"profile{paper}"
        charts.append(_bars(names, numbers, xlabel="in-text citations", name=name, title=title))
    return {"charts": charts, "n_papers": len(papers)}
