"""Works by year with arrows to what they cite: the historiograph and the main path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, cut_text
from nqp_biblio.outputs.figures.style import GREY, PALETTE, SOFT, canvas, house_style

if TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[Any]

__all__ = ["plot_historiograph", "plot_main_path", "strongest_links"]

_SLOT, _ROW, _LEFT = 104.0, 25.0, 44.0  # of a work, of a line of works, of the years; in points
_LARGEST, _SMALLEST = 8.0, 3.0  # radius of a dot, in points
_TEXT = 8.0


def plot_historiograph(net: Network, *, width: float = 6.2, ax: Axes | None = None) -> Figure:
    """Draw the most cited works of a corpus by year, and who of them cites whom.

    Parameters
    ----------
    net : Network
        Of ``historiograph``, or any directed network of works with a year of publication.
    width : float
        Width of a new figure, in inches; its height follows from the years.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        The oldest year on top, works without a year above it; only years with works are
        drawn. An arrow goes from the citing to the cited work; the area of a dot is by
        citations within the corpus, of all dots one where they are not known.

    Raises
    ------
    OptionError
        If there are no works, or their years are not known.

    Examples
    --------
    >>> nb.plot_historiograph(nb.historiograph(corpus, n=20))  # doctest: +SKIP
    """
    import numpy as np

    return _draw(net, np.full(net.n_edges, 0.8), colour=GREY, width=width, ax=ax)


def plot_main_path(
    net: Network, *, n_works: int = 40, width: float = 6.2, ax: Axes | None = None
) -> Figure:
    """Draw the main path through the citations of a corpus, by year.

    Parameters
    ----------
    net : Network
        Of ``main_path``.
    n_works : int
        Works that are drawn at the most, those of the heaviest citations.
    width : float
        Width of a new figure, in inches; its height follows from the years.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        As ``plot_historiograph`` draws works; the wider an arrow, the more its citation
        weighs, by the logarithm.

    Raises
    ------
    OptionError
        If there are no works, or their years are not known.

    Examples
    --------
    >>> nb.plot_main_path(nb.main_path(corpus))  # doctest: +SKIP
    """
    import numpy as np

    net = strongest_links(net, n_works)
    weight = np.nan_to_num(_weights(net), neginf=0.0)
    span = float(np.ptp(weight)) if len(weight) else 0.0
    share = (weight - weight.min()) / span if span else np.full(len(weight), 0.5)
    return _draw(net, 0.8 + 2.2 * share, colour=PALETTE[0], width=width, ax=ax)


def strongest_links(net: Network, n_works: int) -> Network:
    """Return the network of the works of the heaviest citations of a main path.

    Parameters
    ----------
    net : Network
        Of ``main_path``.
    n_works : int
        Works that are kept at the most.

    Returns
    -------
    Network
        With all citations among the works kept.
    """
    import numpy as np

    if net.n_nodes <= n_works:
        return net
    keep = np.zeros(net.n_nodes, dtype=bool)
    for edge in np.lexsort((np.arange(net.n_edges), -_weights(net))):
        wider = keep.copy()
        wider[[net.source[edge], net.target[edge]]] = True
        if wider.sum() > n_works:
            break
        keep = wider
    return net.subnetwork(keep)


def _weights(net: Network) -> FloatArray:
    """Return the logarithms of the weights of citations; of equal weight where there are none."""
    import numpy as np

    name = next((name for name in net.edge_columns if name.startswith("log10_")), None)
    return np.zeros(net.n_edges) if name is None else np.asarray(net.edge_columns[name], float)


def _draw(
    net: Network, widths: FloatArray, *, colour: str, width: float, ax: Axes | None
) -> Figure:
    """Draw works in lines by year, and their citations."""
    if not net.n_nodes:
        raise OptionError("there are no works to draw")
    points = width * 72
    lines = _lines(net, max(1, int((points - _LEFT) / _SLOT)))
    size = (width, len(lines) * _ROW / 72)
    with house_style():
        figure, axes = canvas(size, ax)
        axes.set_axis_off()
        axes.set(xlim=(0, points), ylim=(size[1] * 72, 0))
        places = _places(net, lines, points)
        _draw_years(axes, lines, points)
        radii = _radii(net)
        _draw_arrows(axes, net, places, radii=radii, widths=widths, colour=colour)
        for node, (x, y) in places.items():
            axes.scatter(
                [x],
                [y],
                s=(2 * radii[node]) ** 2,
                color=PALETTE[0],
                edgecolors="white",
                linewidths=0.8,
                zorder=3,
            )
            label = cut_text(net.labels[node], _SLOT - 2 * _LARGEST - 4, _TEXT)
            axes.text(x + radii[node] + 3, y, label, size=_TEXT, va="center", zorder=4)
    return figure


def _lines(net: Network, n_slots: int) -> list[tuple[str, list[int]]]:
    """Part works into lines of one year each, in the order in which few citations cross."""
    import numpy as np

    from nqp_biblio.measures.layered import lay_out_by_year

    across = lay_out_by_year(net).node_columns["x"]
    years = np.nan_to_num(np.asarray(net.node_columns["publication_year"], float), nan=-np.inf)
    lines = []
    for year in np.unique(years):
        mine = np.flatnonzero(years == year)
        mine = mine[np.lexsort((mine, across[mine]))].tolist()
        n_lines = -(-len(mine) // n_slots)
        for at in range(n_lines):
            told = "no year" if np.isinf(year) else f"{year:.0f}"
            lines.append((told if at == 0 else "", mine[at::n_lines]))
    return lines


def _places(
    net: Network, lines: list[tuple[str, list[int]]], width: float
) -> dict[int, tuple[float, float]]:
    """Place works where the layout has them, as far as labels of one line leave room."""
    import numpy as np

    from nqp_biblio.measures.layered import lay_out_by_year

    across = np.asarray(lay_out_by_year(net).node_columns["x"], dtype=float)
    span = float(np.ptp(across))
    left, right = _LEFT + _LARGEST, width - _SLOT + _LARGEST
    share = (across - across.min()) / span if span else np.full(net.n_nodes, 0.5)
    places: dict[int, tuple[float, float]] = {}
    for at, (_, nodes) in enumerate(lines):
        wanted = [left + float(share[node]) * (right - left) for node in nodes]
        for place in range(1, len(nodes)):
            wanted[place] = max(wanted[place], wanted[place - 1] + _SLOT)
        limit = right
        for place in reversed(range(len(nodes))):
            wanted[place] = min(wanted[place], limit)
            limit = wanted[place] - _SLOT
        places |= {node: (x, (at + 0.5) * _ROW) for node, x in zip(nodes, wanted, strict=True)}
    return places


def _draw_years(axes: Axes, lines: list[tuple[str, list[int]]], width: float) -> None:
    """Name the years at the left, parted by faint lines."""
    for at, (year, _) in enumerate(lines):
        y = (at + 0.5) * _ROW
        if year:
            axes.text(2, y, year, size=SIZE, weight="bold", va="center")
        if year and at:
            top = y - _ROW / 2
            axes.plot([0, width], [top, top], color=SOFT, linewidth=0.5, zorder=0)


def _radii(net: Network) -> list[float]:
    """Return the radius of each dot."""
    import numpy as np

    counts = np.asarray(net.node_columns.get("local_citations", np.zeros(net.n_nodes)), float)
    largest = float(counts.max()) or 1.0
    radii: list[float] = np.maximum(_SMALLEST, _LARGEST * np.sqrt(counts / largest)).tolist()
    return radii


def _draw_arrows(
    axes: Axes,
    net: Network,
    places: dict[int, tuple[float, float]],
    *,
    radii: list[float],
    widths: FloatArray,
    colour: str,
) -> None:
    """Draw an arrow from each citing to each cited work, bent where a line would hide works."""
    from matplotlib.patches import FancyArrowPatch

    ends = zip(net.source.tolist(), net.target.tolist(), widths.tolist(), strict=True)
    for citing, cited, width in sorted(ends):
        if citing == cited:
            continue
        (x, y), (end_x, end_y) = places[citing], places[cited]
        bend = 0.06
        if y == end_y:  # towards the middle of the figure, which cuts off what leaves it
            is_upper = y < axes.get_ylim()[0] / 2
            bend = 0.16 if is_upper == (x < end_x) else -0.16
        axes.add_patch(
            FancyArrowPatch(
                places[citing],
                places[cited],
                arrowstyle="-|>",
                mutation_scale=6 + 1.5 * width,
                shrinkA=radii[citing],
                shrinkB=radii[cited] + 1,
                connectionstyle=f"arc3,rad={bend}",
                linewidth=width,
                color=colour,
                alpha=0.55,
                zorder=2,
            )
        )
