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
    from nqp_biblio.measures.centrality import centrality
    from nqp_biblio.measures.clusters import cluster
    from nqp_biblio.measures.force_atlas import lay_out_by_forces
    from nqp_biblio.measures.layered import lay_out_by_year
    from nqp_biblio.measures.layout import lay_out
    from nqp_biblio.measures.maps import map_network
    from nqp_biblio.measures.mentions import (
        citation_contexts,
        citation_profile,
        mention_counts,
    )
    from nqp_biblio.measures.places import country_production, institution_production
    from nqp_biblio.measures.production import annual_production, source_production
    from nqp_biblio.measures.record_flow import record_flow
    from nqp_biblio.measures.result import Result
    from nqp_biblio.measures.summary import summary
    from nqp_biblio.measures.topic_model import topic_model
    from nqp_biblio.measures.topics import topic_frequencies
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
    from nqp_biblio.outputs.figures import plot_network
    from nqp_biblio.outputs.kept import find_losses
    from nqp_biblio.outputs.network_files.losses import network_losses
    from nqp_biblio.outputs.network_files.reading import read_network
    from nqp_biblio.outputs.report import write_report
    from nqp_biblio.outputs.thesaurus import write_thesaurus
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
    "annual_production": "measures.production",
    "author_production": "measures.authors",
    "backbone": "networks.backbones",
    "centrality": "measures.centrality",
    "check": "cleaning.check",
    "citation_contexts": "measures.mentions",
    "citation_network": "networks.citation",
    "citation_profile": "measures.mentions",
    "clean": "cleaning.clean",
    "clean_terms": "cleaning.terms",
    "cluster": "measures.clusters",
    "coauthorship_network": "networks.coauthorship",
    "cocitation_network": "networks.cocitation",
    "cooccurrence_network": "networks.cooccurrence",
    "corpus_of": "corpus.load",
    "cotopic_network": "networks.cotopic",
    "country_production": "measures.places",
    "coupling_network": "networks.coupling",
    "dedupe": "cleaning.dedupe",
    "disambiguate_authors": "cleaning.authors",
    "doubtful_authors": "cleaning.authors",
    "enrich": "services.enrich",
    "find_losses": "outputs.kept",
    "find_places": "cleaning.places",
    "find_topics": "cleaning.topics",
    "fix": "cleaning.fix",
    "institution_production": "measures.places",
    "lay_out": "measures.layout",
    "lay_out_by_forces": "measures.force_atlas",
    "lay_out_by_year": "measures.layered",
    "link_references": "cleaning.link",
    "map_network": "measures.maps",
    "mention_counts": "measures.mentions",
    "multimode_network": "networks.multimode",
    "network_from_networkx": "networks.conversions",
    "network_losses": "outputs.network_files.losses",
    "network_of": "networks.kinds",
    "normalise": "cleaning.normalise",
    "open": "corpus.store",
    "parse_reference": "readers.reference_string",
    "parse_references": "readers.reference_string",
    "plot_network": "outputs.figures",
    "read": "corpus.load",
    "read_network": "outputs.network_files.reading",
    "read_thesaurus": "cleaning.thesaurus",
    "record_flow": "measures.record_flow",
    "register_format": "readers.registry",
    "slice_network": "networks.slices",
    "snowball": "services.growth",
    "source_production": "measures.production",
    "summary": "measures.summary",
    "tag_references": "readers.reference_string",
    "topic_frequencies": "measures.topics",
    "topic_model": "measures.topic_model",
    "unenrich": "services.enrich",
    "unmerge": "cleaning.merging.unmerge",
    "weigh": "networks.weights",
    "write": "outputs.export",
    "write_report": "outputs.report",
    "write_thesaurus": "outputs.thesaurus",
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
    "annual_production",
    "author_production",
    "backbone",
    "centrality",
    "check",
    "citation_contexts",
    "citation_network",
    "citation_profile",
    "clean",
    "clean_terms",
    "cluster",
    "coauthorship_network",
    "cocitation_network",
    "cooccurrence_network",
    "corpus_of",
    "cotopic_network",
    "country_production",
    "coupling_network",
    "dedupe",
    "disambiguate_authors",
    "doubtful_authors",
    "enrich",
    "find_losses",
    "find_places",
    "find_topics",
    "fix",
    "institution_production",
    "lay_out",
    "lay_out_by_forces",
    "lay_out_by_year",
    "link_references",
    "map_network",
    "mention_counts",
    "multimode_network",
    "network_from_networkx",
    "network_losses",
    "network_of",
    "normalise",
    "open",
    "parse_reference",
    "parse_references",
    "plot_network",
    "read",
    "read_network",
    "read_thesaurus",
    "record_flow",
    "register_format",
    "slice_network",
    "snowball",
    "source_production",
    "summary",
    "tag_references",
    "topic_frequencies",
    "topic_model",
    "unenrich",
    "unmerge",
    "weigh",
    "write",
    "write_report",
    "write_thesaurus",
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
