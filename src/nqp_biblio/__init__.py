"""Bibliometric citation analysis: from printed references and exports to networks and maps.

Everything is reached from here::

    import nqp_biblio as nb

    corpus = nb.normalise(nb.read("paper.txt"))
    net = nb.lay_out(nb.cluster(nb.cotopic_network(corpus)))
    nb.write_report(corpus, "report.html", networks=[net])

Modules are loaded when a name is first used, so importing this package is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nqp_biblio.cleaning.authors import disambiguate_authors, doubtful_authors
    from nqp_biblio.cleaning.check import check
    from nqp_biblio.cleaning.clean import clean
    from nqp_biblio.cleaning.dedupe import dedupe
    from nqp_biblio.cleaning.fix import fix
    from nqp_biblio.cleaning.link import link_references
    from nqp_biblio.cleaning.merging.unmerge import unmerge
    from nqp_biblio.cleaning.normalise import normalise
    from nqp_biblio.cleaning.places import find_places
    from nqp_biblio.cleaning.terms import clean_terms
    from nqp_biblio.cleaning.thesaurus import read_thesaurus
    from nqp_biblio.cleaning.topics import find_topics
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.corpus.load import corpus_of, read
    from nqp_biblio.corpus.store import open_corpus as open  # noqa: A004
    from nqp_biblio.errors import BiblioError
    from nqp_biblio.measures.authors import author_production
    from nqp_biblio.measures.beauty import sleeping_beauties
    from nqp_biblio.measures.bradford import bradford_law, bradford_zones
    from nqp_biblio.measures.bursts import bursts
    from nqp_biblio.measures.centrality import centrality
    from nqp_biblio.measures.citespace import citespace_network, sigma
    from nqp_biblio.measures.cluster_agreement import compare_clusters
    from nqp_biblio.measures.cluster_labels import cluster_terms, label_clusters
    from nqp_biblio.measures.cluster_levels import cluster_levels, cluster_tree
    from nqp_biblio.measures.cluster_stability import cluster_stability
    from nqp_biblio.measures.clusters import cluster, cluster_quality, cluster_table
    from nqp_biblio.measures.collaboration import collaboration, dominance
    from nqp_biblio.measures.concentration import concentration, lorenz_curve
    from nqp_biblio.measures.coword_factors import coword_axes, coword_factors, coword_works
    from nqp_biblio.measures.disruption import disruption
    from nqp_biblio.measures.diversity import citation_diversity
    from nqp_biblio.measures.force_atlas import lay_out_by_forces
    from nqp_biblio.measures.growth import annual_growth
    from nqp_biblio.measures.h_index import h_index
    from nqp_biblio.measures.historiograph import historiograph
    from nqp_biblio.measures.in_text import (
        hapax_references,
        near_cocitations,
        reference_places,
        section_citations,
    )
    from nqp_biblio.measures.knowledge_flow import knowledge_flow, knowledge_flow_links
    from nqp_biblio.measures.layered import lay_out_by_year
    from nqp_biblio.measures.layout import lay_out
    from nqp_biblio.measures.life_cycle import life_cycle, life_cycle_curve
    from nqp_biblio.measures.lotka import lotka
    from nqp_biblio.measures.main_information import main_information
    from nqp_biblio.measures.main_path import main_path
    from nqp_biblio.measures.maps import map_network
    from nqp_biblio.measures.mentions import (
        citation_contexts,
        citation_profile,
        mention_counts,
    )
    from nqp_biblio.measures.most_cited import most_cited_references, most_cited_works
    from nqp_biblio.measures.normalised import age_normalised_citations, normalised_impact
    from nqp_biblio.measures.novelty import atypical_combinations
    from nqp_biblio.measures.path_tables import (
        citespace_nodes,
        historiograph_works,
        main_path_citations,
    )
    from nqp_biblio.measures.periods import find_periods
    from nqp_biblio.measures.places import country_production, institution_production
    from nqp_biblio.measures.production import annual_production, source_production, type_production
    from nqp_biblio.measures.record_flow import record_flow
    from nqp_biblio.measures.result import Result
    from nqp_biblio.measures.sensitivity import cut_links, sensitivity
    from nqp_biblio.measures.silhouette import silhouette
    from nqp_biblio.measures.sliced import sliced_network
    from nqp_biblio.measures.spectroscopy import multi_rpys, rpys, rpys_peaks
    from nqp_biblio.measures.spectroscopy_sequences import reference_sequences
    from nqp_biblio.measures.structural_variation import structural_variation
    from nqp_biblio.measures.summary import completeness, summary
    from nqp_biblio.measures.thematic_evolution import (
        period_themes,
        term_overlap,
        thematic_evolution,
    )
    from nqp_biblio.measures.thematic_map import callon_map, thematic_map
    from nqp_biblio.measures.thematic_network import theme_network
    from nqp_biblio.measures.topic_model import topic_coherence, topic_model
    from nqp_biblio.measures.topics import topic_frequencies
    from nqp_biblio.measures.traversal import traversal_weights
    from nqp_biblio.measures.tree_of_science import tree_of_science
    from nqp_biblio.measures.trends import emerging_terms, trend_topics
    from nqp_biblio.measures.uncertainty import rank_intervals
    from nqp_biblio.measures.zipf import zipf
    from nqp_biblio.networks.backbones import backbone
    from nqp_biblio.networks.citation import citation_network
    from nqp_biblio.networks.coauthorship import coauthorship_network
    from nqp_biblio.networks.cocitation import cocitation_network
    from nqp_biblio.networks.conversions import network_from_networkx
    from nqp_biblio.networks.cooccurrence import cooccurrence_network
    from nqp_biblio.networks.cotopic import cotopic_network
    from nqp_biblio.networks.coupling import coupling_network
    from nqp_biblio.networks.kinds import network_of
    from nqp_biblio.networks.multimode import multimode_network
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.slices import slice_network
    from nqp_biblio.networks.weights import weigh
    from nqp_biblio.outputs.export import write
    from nqp_biblio.outputs.figures import (
        plot_bradford,
        plot_bursts,
        plot_collaboration,
        plot_countries,
        plot_evolution,
        plot_growth,
        plot_historiograph,
        plot_life_cycle,
        plot_lotka,
        plot_main_path,
        plot_network,
        plot_rpys,
        plot_thematic_map,
        plot_three_field,
        plot_tree,
        plot_trends,
    )
    from nqp_biblio.outputs.kept import find_losses
    from nqp_biblio.outputs.network_files.losses import network_losses
    from nqp_biblio.outputs.network_files.reading import read_network
    from nqp_biblio.outputs.report import write_report
    from nqp_biblio.outputs.report.paragraph import methods_paragraph
    from nqp_biblio.outputs.thesaurus import write_thesaurus
    from nqp_biblio.outputs.viewer import write_map
    from nqp_biblio.readers.reference_string import (
        TaggedReference,
        parse_reference,
        parse_references,
        tag_references,
    )
    from nqp_biblio.readers.registry import Format, register_format
    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record
    from nqp_biblio.services.enrich import enrich, unenrich
    from nqp_biblio.services.growth import snowball

__version__ = "0.1.0"

_HOMES = {
    "BiblioError": "errors",
    "CitedReference": "record",
    "Corpus": "corpus.corpus",
    "Format": "readers.registry",
    "Mention": "record",
    "Network": "networks.network",
    "Person": "record",
    "Problem": "record",
    "Record": "record",
    "Result": "measures.result",
    "Source": "readers.source",
    "TaggedReference": "readers.reference_string",
    "age_normalised_citations": "measures.normalised",
    "annual_growth": "measures.growth",
    "annual_production": "measures.production",
    "atypical_combinations": "measures.novelty",
    "author_production": "measures.authors",
    "backbone": "networks.backbones",
    "bradford_law": "measures.bradford",
    "bradford_zones": "measures.bradford",
    "bursts": "measures.bursts",
    "callon_map": "measures.thematic_map",
    "centrality": "measures.centrality",
    "check": "cleaning.check",
    "citation_contexts": "measures.mentions",
    "citation_diversity": "measures.diversity",
    "citation_network": "networks.citation",
    "citation_profile": "measures.mentions",
    "citespace_network": "measures.citespace",
    "citespace_nodes": "measures.path_tables",
    "clean": "cleaning.clean",
    "clean_terms": "cleaning.terms",
    "cluster": "measures.clusters",
    "cluster_levels": "measures.cluster_levels",
    "cluster_quality": "measures.clusters",
    "cluster_stability": "measures.cluster_stability",
    "cluster_table": "measures.clusters",
    "cluster_terms": "measures.cluster_labels",
    "cluster_tree": "measures.cluster_levels",
    "coauthorship_network": "networks.coauthorship",
    "cocitation_network": "networks.cocitation",
    "collaboration": "measures.collaboration",
    "compare_clusters": "measures.cluster_agreement",
    "completeness": "measures.summary",
    "concentration": "measures.concentration",
    "cooccurrence_network": "networks.cooccurrence",
    "corpus_of": "corpus.load",
    "cotopic_network": "networks.cotopic",
    "country_production": "measures.places",
    "coupling_network": "networks.coupling",
    "coword_axes": "measures.coword_factors",
    "coword_factors": "measures.coword_factors",
    "coword_works": "measures.coword_factors",
    "cut_links": "measures.sensitivity",
    "dedupe": "cleaning.dedupe",
    "disambiguate_authors": "cleaning.authors",
    "disruption": "measures.disruption",
    "dominance": "measures.collaboration",
    "doubtful_authors": "cleaning.authors",
    "emerging_terms": "measures.trends",
    "enrich": "services.enrich",
    "find_losses": "outputs.kept",
    "find_periods": "measures.periods",
    "find_places": "cleaning.places",
    "find_topics": "cleaning.topics",
    "fix": "cleaning.fix",
    "h_index": "measures.h_index",
    "hapax_references": "measures.in_text",
    "historiograph": "measures.historiograph",
    "historiograph_works": "measures.path_tables",
    "institution_production": "measures.places",
    "knowledge_flow": "measures.knowledge_flow",
    "knowledge_flow_links": "measures.knowledge_flow",
    "label_clusters": "measures.cluster_labels",
    "lay_out": "measures.layout",
    "lay_out_by_forces": "measures.force_atlas",
    "lay_out_by_year": "measures.layered",
    "life_cycle": "measures.life_cycle",
    "life_cycle_curve": "measures.life_cycle",
    "link_references": "cleaning.link",
    "lorenz_curve": "measures.concentration",
    "lotka": "measures.lotka",
    "main_information": "measures.main_information",
    "main_path": "measures.main_path",
    "main_path_citations": "measures.path_tables",
    "map_network": "measures.maps",
    "mention_counts": "measures.mentions",
    "methods_paragraph": "outputs.report.paragraph",
    "most_cited_references": "measures.most_cited",
    "most_cited_works": "measures.most_cited",
    "multi_rpys": "measures.spectroscopy",
    "multimode_network": "networks.multimode",
    "near_cocitations": "measures.in_text",
    "network_from_networkx": "networks.conversions",
    "network_losses": "outputs.network_files.losses",
    "network_of": "networks.kinds",
    "normalise": "cleaning.normalise",
    "normalised_impact": "measures.normalised",
    "open": "corpus.store",
    "parse_reference": "readers.reference_string",
    "parse_references": "readers.reference_string",
    "period_themes": "measures.thematic_evolution",
    "plot_bradford": "outputs.figures",
    "plot_bursts": "outputs.figures",
    "plot_collaboration": "outputs.figures",
    "plot_countries": "outputs.figures",
    "plot_evolution": "outputs.figures",
    "plot_growth": "outputs.figures",
    "plot_historiograph": "outputs.figures",
    "plot_life_cycle": "outputs.figures",
    "plot_lotka": "outputs.figures",
    "plot_main_path": "outputs.figures",
    "plot_network": "outputs.figures",
    "plot_rpys": "outputs.figures",
    "plot_thematic_map": "outputs.figures",
    "plot_three_field": "outputs.figures",
    "plot_tree": "outputs.figures",
    "plot_trends": "outputs.figures",
    "rank_intervals": "measures.uncertainty",
    "read": "corpus.load",
    "read_network": "outputs.network_files.reading",
    "read_thesaurus": "cleaning.thesaurus",
    "record_flow": "measures.record_flow",
    "reference_places": "measures.in_text",
    "reference_sequences": "measures.spectroscopy_sequences",
    "register_format": "readers.registry",
    "rpys": "measures.spectroscopy",
    "rpys_peaks": "measures.spectroscopy",
    "section_citations": "measures.in_text",
    "sensitivity": "measures.sensitivity",
    "sigma": "measures.citespace",
    "silhouette": "measures.silhouette",
    "sleeping_beauties": "measures.beauty",
    "slice_network": "networks.slices",
    "sliced_network": "measures.sliced",
    "snowball": "services.growth",
    "source_production": "measures.production",
    "structural_variation": "measures.structural_variation",
    "summary": "measures.summary",
    "tag_references": "readers.reference_string",
    "term_overlap": "measures.thematic_evolution",
    "thematic_evolution": "measures.thematic_evolution",
    "thematic_map": "measures.thematic_map",
    "theme_network": "measures.thematic_network",
    "topic_coherence": "measures.topic_model",
    "topic_frequencies": "measures.topics",
    "topic_model": "measures.topic_model",
    "traversal_weights": "measures.traversal",
    "tree_of_science": "measures.tree_of_science",
    "trend_topics": "measures.trends",
    "type_production": "measures.production",
    "unenrich": "services.enrich",
    "unmerge": "cleaning.merging.unmerge",
    "weigh": "networks.weights",
    "write": "outputs.export",
    "write_map": "outputs.viewer",
    "write_report": "outputs.report",
    "write_thesaurus": "outputs.thesaurus",
    "zipf": "measures.zipf",
}
_NAMES_AT_HOME = {"open": "open_corpus"}

__all__ = [
    "BiblioError",
    "CitedReference",
    "Corpus",
    "Format",
    "Mention",
    "Network",
    "Person",
    "Problem",
    "Record",
    "Result",
    "Source",
    "TaggedReference",
    "age_normalised_citations",
    "annual_growth",
    "annual_production",
    "atypical_combinations",
    "author_production",
    "backbone",
    "bradford_law",
    "bradford_zones",
    "bursts",
    "callon_map",
    "centrality",
    "check",
    "citation_contexts",
    "citation_diversity",
    "citation_network",
    "citation_profile",
    "citespace_network",
    "citespace_nodes",
    "clean",
    "clean_terms",
    "cluster",
    "cluster_levels",
    "cluster_quality",
    "cluster_stability",
    "cluster_table",
    "cluster_terms",
    "cluster_tree",
    "coauthorship_network",
    "cocitation_network",
    "collaboration",
    "compare_clusters",
    "completeness",
    "concentration",
    "cooccurrence_network",
    "corpus_of",
    "cotopic_network",
    "country_production",
    "coupling_network",
    "coword_axes",
    "coword_factors",
    "coword_works",
    "cut_links",
    "dedupe",
    "disambiguate_authors",
    "disruption",
    "dominance",
    "doubtful_authors",
    "emerging_terms",
    "enrich",
    "find_losses",
    "find_periods",
    "find_places",
    "find_topics",
    "fix",
    "h_index",
    "hapax_references",
    "historiograph",
    "historiograph_works",
    "institution_production",
    "knowledge_flow",
    "knowledge_flow_links",
    "label_clusters",
    "lay_out",
    "lay_out_by_forces",
    "lay_out_by_year",
    "life_cycle",
    "life_cycle_curve",
    "link_references",
    "lorenz_curve",
    "lotka",
    "main_information",
    "main_path",
    "main_path_citations",
    "map_network",
    "mention_counts",
    "methods_paragraph",
    "most_cited_references",
    "most_cited_works",
    "multi_rpys",
    "multimode_network",
    "near_cocitations",
    "network_from_networkx",
    "network_losses",
    "network_of",
    "normalise",
    "normalised_impact",
    "open",
    "parse_reference",
    "parse_references",
    "period_themes",
    "plot_bradford",
    "plot_bursts",
    "plot_collaboration",
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
    "rank_intervals",
    "read",
    "read_network",
    "read_thesaurus",
    "record_flow",
    "reference_places",
    "reference_sequences",
    "register_format",
    "rpys",
    "rpys_peaks",
    "section_citations",
    "sensitivity",
    "sigma",
    "silhouette",
    "sleeping_beauties",
    "slice_network",
    "sliced_network",
    "snowball",
    "source_production",
    "structural_variation",
    "summary",
    "tag_references",
    "term_overlap",
    "thematic_evolution",
    "thematic_map",
    "theme_network",
    "topic_coherence",
    "topic_frequencies",
    "topic_model",
    "traversal_weights",
    "tree_of_science",
    "trend_topics",
    "type_production",
    "unenrich",
    "unmerge",
    "weigh",
    "write",
    "write_map",
    "write_report",
    "write_thesaurus",
    "zipf",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_HOMES[name]}")
    value = getattr(module, _NAMES_AT_HOME.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, "__version__"])
