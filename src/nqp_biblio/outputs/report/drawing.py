"""Figures as parts of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures import plot_bars, svg_of
from nqp_biblio.outputs.report.section import Chart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup
    from matplotlib.figure import Figure

__all__ = ["NARROW", "WIDE", "bar_chart", "chart_of", "inline_svg"]

WIDE, NARROW = 6.2, 4.4
"""Widths of figures for wide and for narrow windows, in inches."""


def inline_svg(figure: Figure, name: str, title: str) -> Markup:
    """Draw a figure for the page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    name : str
        A word that makes its ids unique in the page.
    title : str
        What it shows, for readers who do not see it.

    Returns
    -------
    Markup
    """
    from markupsafe import Markup

    return Markup(svg_of(figure, name=name, title=title))  # noqa: S704  matplotlib escapes text


def chart_of(
    draw: Callable[[float], Figure],
    *,
    name: str,
    title: str,
    caption: str,
    file: str = "",
    code: str = "",
    is_one_for_all: bool = False,
) -> Chart:
    """Draw a figure for wide and for narrow windows.

    Parameters
    ----------
    draw : callable
        Draws the figure at a width in inches.
    name, title : str
        As in ``inline_svg``.
    caption, file, code : str
        As in ``Chart``.
    is_one_for_all : bool
        Whether the wide drawing can be read in a narrow window too.

    Returns
    -------
    Chart
    """
    wide = inline_svg(draw(WIDE), f"{name}-wide", title)
    narrow = None if is_one_for_all else inline_svg(draw(NARROW), f"{name}-narrow", title)
    return Chart(wide, narrow, caption, file, code)


def bar_chart(  # noqa: PLR0913  all by keyword but the bars
    labels: Sequence[str],
    values: Sequence[float],
    *,
    xlabel: str,
    name: str,
    title: str,
    caption: str,
    file: str = "",
    code: str = "",
    highlight: Sequence[bool] | None = None,
) -> Chart:
    """Draw bars for wide and for narrow windows.

    Parameters
    ----------
    labels, values : sequence
        The bars, the first on top.
    xlabel : str
        What the lengths are.
    name, title : str
        As in ``inline_svg``.
    caption, file, code : str
        As in ``Chart``.
    highlight : sequence of bool, optional
        Bars to set apart.

    Returns
    -------
    Chart
    """
    return chart_of(
        lambda width: plot_bars(labels, values, xlabel=xlabel, width=width, highlight=highlight),
        name=name,
        title=title,
        caption=caption,
        file=file,
        code=code,
    )
