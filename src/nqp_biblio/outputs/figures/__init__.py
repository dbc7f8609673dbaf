"""The one door to matplotlib: the figures, as vector graphics fit for print and for a page."""

from nqp_biblio.outputs.figures.bars import plot_bars, plot_columns
from nqp_biblio.outputs.figures.bradford import plot_bradford
from nqp_biblio.outputs.figures.bursts import plot_bursts
from nqp_biblio.outputs.figures.citation_paths import plot_historiograph, plot_main_path
from nqp_biblio.outputs.figures.collaboration import plot_collaboration
from nqp_biblio.outputs.figures.country_map import plot_countries
from nqp_biblio.outputs.figures.evolution import plot_evolution
from nqp_biblio.outputs.figures.files import save_figure, svg_of
from nqp_biblio.outputs.figures.growth import plot_growth, plot_life_cycle
from nqp_biblio.outputs.figures.lotka import plot_lotka
from nqp_biblio.outputs.figures.network_map import plot_network
from nqp_biblio.outputs.figures.spectroscopy import plot_rpys
from nqp_biblio.outputs.figures.style import PALETTE, colour_of
from nqp_biblio.outputs.figures.thematic_map import plot_thematic_map
from nqp_biblio.outputs.figures.three_field import plot_three_field
from nqp_biblio.outputs.figures.tree import plot_tree
from nqp_biblio.outputs.figures.trends import plot_trends

__all__ = [
    "PALETTE",
    "colour_of",
    "plot_bars",
    "plot_bradford",
    "plot_bursts",
    "plot_collaboration",
    "plot_columns",
    "plot_countries",
    "plot_evolution",
    "plot_growth",
    "plot_historiograph",
    "plot_life_cycle",
    "plot_lotka",
    "plot_main_path",
    "plot_network",
    "plot_rpys",
    "plot_thematic_map",
    "plot_three_field",
    "plot_tree",
    "plot_trends",
    "save_figure",
    "svg_of",
]
