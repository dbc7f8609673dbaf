"""The one door to matplotlib: the figures, as vector graphics fit for print and for a page."""

from __future__ import annotations

import functools
import io
import re
import textwrap
import unicodedata
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.labels import Box, place_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

__all__ = ["PALETTE", "plot_bars", "plot_columns", "plot_network", "save_figure", "svg_of"]

PALETTE = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#b5568c",
    "#a87900",
    "#3b8fc2",
    "#7a5230",
    "#5a4fa2",
    "#4d7d1f",
    "#a33b3b",
)
"""Colours of clusters, told apart by colour-blind readers; further clusters are grey."""

_GREY = "#8a8f98"
_INK = "#1d2733"
_SOFT = "#c9ced6"
_FONTS = ["DejaVu Sans", "Verdana", "Arial", "sans-serif"]
_MAX_EDGES = 3_000
_MAX_CLEARED = 300
_MARGIN = 14.0
_UNKNOWN_ADVANCE = 0.7
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "nqp_biblio",
    "font.family": "sans-serif",
    "font.sans-serif": _FONTS,
    "font.size": 10.0,
    "axes.edgecolor": _SOFT,
    "axes.labelcolor": _INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "text.color": _INK,
    "text.parse_math": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "figure.facecolor": "white",
    "pdf.fonttype": 42,
}


def plot_network(
    net: Network,
    *,
    size: tuple[float, float] = (9.6, 6.4),
    max_labels: int = 80,
    font_size: float = 9.0,
) -> Figure:
    """Draw a network as a map.

    Parameters
    ----------
    net : Network
        The network. One without coordinates is laid out with ``lay_out`` and its defaults;
        one without clusters is drawn in one colour.
    size : (float, float)
        Width and height, in inches.
    max_labels : int
        Labels at the most; a label that would cover another is left out.
    font_size : float
        Size of the smallest label, in points; the largest has 1.3 times that.

    Returns
    -------
    matplotlib.figure.Figure
        Area of a circle: occurrences, else total link strength. Width of a line: weight; of
        more than 3,000 edges the strongest are drawn. Colour: cluster.

    Raises
    ------
    OptionError
        If the network has no nodes.

    Examples
    --------
    >>> nb.plot_network(net).savefig("map.svg")  # doctest: +SKIP
    """
    import numpy as np

    if not net.n_nodes:
        raise OptionError("a network without nodes cannot be drawn; lower its thresholds")
    if "x" not in net.node_columns:
        from nqp_biblio.measures.layout import lay_out

        net = lay_out(net)
    width, height = size[0] * 72, size[1] * 72
    volume = np.asarray(net.node_columns.get("occurrences", net.strength + 1), dtype=float)
    radius = _radii(volume, net.n_nodes)
    x, y = _fitted(net, (width, height), float(radius.max()))
    with _style():
        figure, axes = _canvas(size)
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.set_axis_off()
        colours = _node_colours(net)
        _draw_edges(axes, net, (x, y), colours)
        order = np.lexsort((np.arange(net.n_nodes), -volume))
        _draw_nodes(axes, (x[order], y[order], radius[order]), [colours[i] for i in order])
        sizes = font_size * (1 + 0.3 * _unit(np.sqrt(volume)))
        nodes = [
            (net.labels[i], float(x[i]), float(y[i]), float(radius[i]), float(sizes[i]))
            for i in order
        ]
        frame = Box(2, 2, width - 2, height - 2)
        lines = [
            (float(x[a]), float(y[a]), float(x[b]), float(y[b]))
            for a, b in zip(net.source[:_MAX_CLEARED], net.target[:_MAX_CLEARED], strict=True)
        ]
        for label in place_labels(
            nodes, width_of=_text_width, frame=frame, limit=max_labels, lines=lines
        ):
            axes.text(
                label.x,
                label.y,
                _safe(label.text),
                size=round(label.size, 2),
                ha="center",
                va="center",
                linespacing=1.05,
                zorder=4,
                parse_math=False,
            )
    return figure


def plot_bars(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    xlabel: str,
    width: float = 6.2,
    highlight: Sequence[bool] | None = None,
) -> Figure:
    """Draw horizontal bars, the first on top.

    Parameters
    ----------
    labels : sequence of str
        A name per bar; long ones are wrapped.
    values : sequence of float
        Their lengths.
    xlabel : str
        What the lengths are, with their unit.
    width : float
        Width of the figure, in inches; its height follows from the number of bars.
    highlight : sequence of bool, optional
        Bars to set apart by a paler colour.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    OptionError
        If there are no bars.
    """
    if not labels:
        raise OptionError("there are no bars to draw")
    wrapped = [_wrapped(label) for label in labels]
    lines = sum(label.count("\n") + 1 for label in wrapped)
    pale = highlight or [False] * len(wrapped)
    colours = ["#9fc3dc" if is_pale else PALETTE[0] for is_pale in pale]
    with _style():
        figure, axes = _canvas((width, 0.75 + 0.11 * len(wrapped) + 0.15 * lines))
        label_width = max(_text_width(part, 9) for label in wrapped for part in label.split("\n"))
        left = min(0.6, (label_width + 14) / (width * 72))
        height = figure.get_figheight()
        axes.set_position((left, 0.52 / height, 0.94 - left, 1 - 0.6 / height))
        places = range(len(wrapped))
        axes.barh(list(places), list(values), color=colours, height=0.68)
        axes.set_yticks(list(places), [_safe(label) for label in wrapped], size=9, linespacing=1.0)
        axes.invert_yaxis()
        axes.set_ylim(len(wrapped) - 0.4, -0.6)
        _count_axis(axes.xaxis, max(values))
        axes.set_xlabel(xlabel, size=9)
        axes.spines["bottom"].set_visible(False)
        for place, length in zip(places, values, strict=True):
            axes.annotate(
                f"{length:g}",
                (length, place),
                (4, 0),
                textcoords="offset points",
                va="center",
                size=9,
            )
    return figure


def plot_columns(
    years: Sequence[int], values: Sequence[float], *, ylabel: str, width: float = 6.2
) -> Figure:
    """Draw a column a year.

    Parameters
    ----------
    years : sequence of int
        The years, without gaps.
    values : sequence of float
        Their heights.
    ylabel : str
        What the heights are, with their unit.
    width : float
        Width of the figure, in inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.ticker import MaxNLocator

    with _style():
        figure, axes = _canvas((width, 2.9))
        axes.set_position((0.1, 0.14, 0.87, 0.8))
        axes.bar(list(years), list(values), color=PALETTE[0], width=0.72)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10, min_n_ticks=1))
        axes.set_xlim(min(years) - 0.8, max(years) + 0.8)
        _count_axis(axes.yaxis, max(values))
        axes.set_ylabel(ylabel, size=9)
        axes.tick_params(labelsize=9)
        axes.spines["left"].set_visible(False)
    return figure


def svg_of(figure: Figure, *, name: str = "", title: str = "") -> str:
    """Write a figure as SVG.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    name : str
        A word that makes its ids unique in a page; without it, a whole file is returned.
    title : str
        What the figure shows, for readers who do not see it.

    Returns
    -------
    str
        The same bytes for the same figure. With a name: an element to set into a page, free
        of style attributes, so that it stands under a strict content security policy.
    """
    buffer = io.StringIO()
    with _style(), _quiet():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": "nqp_biblio"})
    text = buffer.getvalue()
    return _inline(text, name, title) if name else text


def save_figure(figure: Figure, path: Path, *, kind: str) -> None:
    """Write a figure to a file.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    path : Path
        The file.
    kind : {"svg", "pdf", "png"}
        Its format; PNG comes at 200 dots an inch. The same figure gives the same bytes.
    """
    if kind == "svg":
        path.write_text(svg_of(figure), encoding="utf-8")
        return
    undated = {"png": {"Software": None}, "pdf": {"CreationDate": None, "Producer": None}}
    with _style(), _quiet():
        figure.savefig(path, format=kind, dpi=200, metadata=undated[kind])


@contextmanager
def _style() -> Iterator[None]:
    """Draw in this library's style, whatever the user's settings are."""
    from matplotlib import rc_context

    settings: Any = _SETTINGS  # its keys are text, not one of matplotlib's literals
    with rc_context(settings):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Let viewers choose a font for glyphs that the measuring font lacks."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def _canvas(size: tuple[float, float]) -> tuple[Figure, Axes]:
    """Return a figure that its axes fill."""
    from matplotlib.figure import Figure as NewFigure

    figure = NewFigure(figsize=size, dpi=72)
    return figure, figure.add_axes((0, 0, 1, 1))


def _radii(volume: NDArray[np.float64], n_nodes: int) -> NDArray[np.float64]:
    """Radii in points, areas in proportion to the volume."""
    import numpy as np

    largest = 20.0 if n_nodes <= 150 else 14.0  # noqa: PLR2004
    top = float(volume.max()) or 1.0
    return np.asarray(np.maximum(largest * np.sqrt(np.maximum(volume, 0) / top) * 0.8, 2.5))


def _fitted(
    net: Network, size: tuple[float, float], radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit the coordinates into the frame, with one scale for both directions."""
    import numpy as np

    x = np.asarray(net.node_columns["x"], dtype=float)
    y = np.asarray(net.node_columns["y"], dtype=float)
    inner = [length - 2 * (_MARGIN + radius) for length in size]
    inner[0] -= 0.14 * size[0]
    spans = [float(np.ptp(x)) or 1e-9, float(np.ptp(y)) or 1e-9]
    scales = [length / span for length, span in zip(inner, spans, strict=True)]
    # a map may be stretched a little to use the page, never so that distances mislead
    along = min(scales[0], 1.35 * scales[1])
    across = min(scales[1], 1.35 * scales[0])
    if net.n_nodes == 1:
        along = across = 0.0
    return (
        size[0] / 2 + (x - (x.max() + x.min()) / 2) * along,
        size[1] / 2 + (y - (y.max() + y.min()) / 2) * across,
    )


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale values to 0..1; all 0 where they are alike."""
    import numpy as np

    span = float(np.ptp(values))
    return np.asarray((values - values.min()) / span if span else np.zeros_like(values))


def _node_colours(net: Network) -> list[str]:
    """One colour per node, by cluster."""
    if "cluster" not in net.node_columns:
        return [PALETTE[0]] * net.n_nodes
    clusters = [int(number) for number in net.node_columns["cluster"]]
    return [colour_of(number) for number in clusters]


def colour_of(cluster: int) -> str:
    """Return the colour of a cluster, numbered from 1; grey past the palette."""
    return PALETTE[cluster - 1] if 1 <= cluster <= len(PALETTE) else _GREY


def _draw_edges(
    axes: Axes,
    net: Network,
    places: tuple[NDArray[np.float64], NDArray[np.float64]],
    colours: list[str],
) -> None:
    """Draw the strongest edges, those within a cluster in its colour."""
    import numpy as np
    from matplotlib.collections import LineCollection

    if not net.n_edges:
        return
    x, y = places
    order = np.lexsort((np.arange(net.n_edges), -net.weight))[:_MAX_EDGES][::-1]
    source, target = net.source[order], net.target[order]
    segments = np.stack(
        [np.stack([x[source], y[source]], 1), np.stack([x[target], y[target]], 1)], 1
    )
    strength = np.sqrt(net.weight[order] / net.weight.max())
    shades = [
        colours[a] if colours[a] == colours[b] else _GREY
        for a, b in zip(source, target, strict=True)
    ]
    alpha = 0.38 if net.n_edges <= 400 else 0.2  # noqa: PLR2004
    lines = LineCollection(
        list(segments), colors=shades, linewidths=0.5 + 2.2 * strength, alpha=alpha, zorder=1
    )
    axes.add_collection(lines)


def _draw_nodes(
    axes: Axes,
    circles: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    colours: list[str],
) -> None:
    """Draw a circle per node; scatter takes areas in square points."""
    x, y, radius = circles
    axes.scatter(
        x,
        y,
        s=(2 * radius) ** 2,
        c=colours,
        alpha=0.88,
        linewidths=0.8,
        edgecolors="white",
        zorder=2,
    )


def _count_axis(axis: Any, top: float) -> None:  # noqa: ANN401  XAxis or YAxis
    """Whole numbers and faint lines."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True, nbins=6, min_n_ticks=1))
    axis.axes.grid(visible=True, axis=axis.axis_name, color="#e6e9ee", linewidth=0.8)
    axis.axes.set_axisbelow(True)
    axis.set_tick_params(labelsize=9)
    if axis.axis_name == "x":
        axis.axes.set_xlim(0, max(top, 1) * 1.12)


def _wrapped(label: str) -> str:
    """Break a long label into at most three lines."""
    lines = textwrap.wrap(label, 34) or [label]
    return "\n".join(
        [*lines[:2], textwrap.shorten(" ".join(lines[2:]), 34, placeholder="…")][: len(lines)]
    )


def _safe(text: str) -> str:
    """Take away what SVG cannot hold."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")


@functools.cache
def _advance(character: str) -> float:
    """Width of a character, in ems."""
    from matplotlib import font_manager

    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    if not font.get_char_index(ord(character)):
        return _UNKNOWN_ADVANCE
    font.set_size(100, 72)
    return float(font.load_char(ord(character)).linearHoriAdvance) / 65536 / 100


def _text_width(text: str, size: float) -> float:
    """Width of a line, in points."""
    return size * sum(_advance(character) for character in text)


_TAG = re.compile(r"<[^<>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r' id="([^"]+)"')
_HREF = re.compile(r'xlink:href="#([^"]+)"')
_URL = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"(?P<weight>(?:bold|\d00) )?(?P<size>[\d.]+)px (?P<family>.+)")


def _inline(svg: str, name: str, title: str) -> str:
    """Make an element for a page of a whole SVG file."""
    from html import escape

    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = _TAG.sub(lambda match: _own_tag(match[0], name), body)
    box = re.search(r'viewBox="([^"]+)"', body)
    frame = box[1] if box else "0 0 1 1"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame}" role="img"'
        f' aria-label="{escape(title)}" stroke-linejoin="round" stroke-linecap="butt"'
        f' class="chart">'
    )
    return opening + re.sub(r"\s*\n\s*", "\n", body[body.index(">") + 1 :]).strip()


def _own_tag(tag: str, name: str) -> str:
    """Rename the ids of a tag and take its style apart; text between tags is left alone."""
    tag = _STYLE.sub(lambda match: _attributes(match[1]), tag)
    tag = _ID.sub(lambda match: f' id="{name}-{match[1]}"', tag)
    tag = _HREF.sub(lambda match: f'href="#{name}-{match[1]}"', tag)
    return _URL.sub(lambda match: f"url(#{name}-{match[1]})", tag)


def _attributes(style: str) -> str:
    """Turn a style attribute into presentation attributes."""
    out = []
    for item in style.split(";"):
        name, _, value = (part.strip() for part in item.partition(":"))
        font = _FONT.fullmatch(value) if name == "font" else None
        if font:
            family = font["family"].replace('"', "'")
            out.append(f'font-size="{font["size"]}" font-family="{family}"')
            if font["weight"]:
                out.append(f'font-weight="{font["weight"].strip()}"')
        elif name:
            out.append(f'{name}="{value}"')
    return "".join(f" {item}" for item in out)
