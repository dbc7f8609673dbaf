"""Lotka's law: authors by their number of works, beside the fitted law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures.frames import SIZE, framed, legend_above, log_axis
from nqp_biblio.outputs.figures.style import PALETTE, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from nqp_biblio.measures.result import Result

__all__ = ["plot_lotka"]


def plot_lotka(result: Result, *, width: float = 6.2, ax: Axes | None = None) -> Figure:
    """Draw the share of authors by their number of works, both on logarithmic axes.

    Parameters
    ----------
    result : Result
        Of ``lotka``.
    width : float
        Width of a new figure, in inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.figure.Figure
        Observed shares as points, the fitted law as a line from `x_min` on; without a fit the
        points alone.

    Raises
    ------
    OptionError
        If there are no authors.

    Examples
    --------
    >>> nb.plot_lotka(nb.lotka(corpus)).savefig("lotka.svg")  # doctest: +SKIP
    """
    if not len(result):
        raise OptionError("there are no authors to draw")
    works, shares = result.column("n_works"), result.column("share")
    fitted = [
        (n, share)
        for n, share in zip(works, result.column("expected_share"), strict=True)
        if share is not None
    ]
    with house_style():
        figure, axes = framed((width, 3.6), ax, (50, 36, 12, 26))
        axes.plot(works, shares, "o", color=PALETTE[0], markersize=5, label="observed")
        if fitted:
            axes.plot(
                *zip(*fitted, strict=True),
                color=PALETTE[1],
                linewidth=1.6,
                label=_told(result.manifest),
            )
        axes.set_xlim(0.8, max(2, *works) * 1.25)
        axes.set_ylim(min(shares) * 0.4, 1.4)
        log_axis(axes, "x")
        log_axis(axes, "y")
        axes.set_xlabel("works of an author", size=SIZE)
        axes.set_ylabel("share of authors", size=SIZE)
        legend_above(axes)
    return figure


def _told(manifest: dict[str, Any]) -> str:
    """Name the fitted line by its exponent."""
    exponent, error = manifest["exponent"], manifest.get("standard_error")
    spread = f" ± {error:.2f}" if error is not None else ""
    return f"fitted law, exponent {exponent:.2f}{spread}"
