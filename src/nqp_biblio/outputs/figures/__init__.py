"""The one door to matplotlib: the figures, as vector graphics fit for print and for a page."""

from nqp_biblio.outputs.figures.bars import plot_bars, plot_columns
from nqp_biblio.outputs.figures.country_map import plot_countries
from nqp_biblio.outputs.figures.files import save_figure, svg_of
from nqp_biblio.outputs.figures.network_map import plot_network
from nqp_biblio.outputs.figures.style import PALETTE, colour_of

__all__ = [
    "PALETTE",
    "colour_of",
    "plot_bars",
    "plot_columns",
    "plot_countries",
    "plot_network",
    "save_figure",
    "svg_of",
]
