"""The style that all figures share: colours, fonts, axes, and how text is measured."""

from __future__ import annotations

import functools
import textwrap
import unicodedata
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "GREY",
    "INK",
    "PALETTE",
    "SOFT",
    "canvas",
    "colour_of",
    "count_axis",
    "house_style",
    "quiet_fonts",
    "safe_text",
    "text_width",
    "wrapped",
]

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

GREY = "#8a8f98"
INK = "#1d2733"
SOFT = "#c9ced6"
_FONTS = ["DejaVu Sans", "Verdana", "Arial", "sans-serif"]
_UNKNOWN_ADVANCE = 0.7
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "nqp_biblio",
    "font.family": "sans-serif",
    "font.sans-serif": _FONTS,
    "font.size": 10.0,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "figure.facecolor": "white",
    "pdf.fonttype": 42,
}


def colour_of(cluster: int) -> str:
    """Return the colour of a cluster, numbered from 1; grey past the palette."""
    return PALETTE[cluster - 1] if 1 <= cluster <= len(PALETTE) else GREY


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in this library's style, whatever the user's settings are."""
    from matplotlib import rc_context

    settings: Any = _SETTINGS  # its keys are text, not one of matplotlib's literals
    with rc_context(settings):
        yield


@contextmanager
def quiet_fonts() -> Iterator[None]:
    """Let viewers choose a font for glyphs that the measuring font lacks."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def canvas(size: tuple[float, float], ax: Axes | None = None) -> tuple[Figure, Axes]:
    """Return a figure that its axes fill, or the axes that are given with their figure.

    Raises
    ------
    OptionError
        If the axes stand in no figure.
    """
    from matplotlib.figure import Figure as NewFigure

    if ax is None:
        figure = NewFigure(figsize=size, dpi=72)
        return figure, figure.add_axes((0, 0, 1, 1))
    root = ax.get_figure(root=True)
    if root is None:
        raise OptionError("ax stands in no figure; make it with figure.add_subplot()")
    return root, ax


def count_axis(axis: Any, top: float) -> None:  # noqa: ANN401  XAxis or YAxis
    """Whole numbers and faint lines."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True, nbins=6, min_n_ticks=1))
    axis.axes.grid(visible=True, axis=axis.axis_name, color="#e6e9ee", linewidth=0.8)
    axis.axes.set_axisbelow(True)
    axis.set_tick_params(labelsize=9)
    if axis.axis_name == "x":
        axis.axes.set_xlim(0, max(top, 1) * 1.12)


def wrapped(label: str) -> str:
    """Break a long label into at most three lines."""
    lines = textwrap.wrap(label, 34) or [label]
    return "\n".join(
        [*lines[:2], textwrap.shorten(" ".join(lines[2:]), 34, placeholder="…")][: len(lines)]
    )


def safe_text(text: str) -> str:
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


def text_width(text: str, size: float) -> float:
    """Width of a line, in points."""
    return size * sum(_advance(character) for character in text)
