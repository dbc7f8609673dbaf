"""What a report is made of: the corpus made ready, its maps, and the measures taken of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from nqp_biblio.measures.topics import topic_frequencies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.result import Result
    from nqp_biblio.networks.network import Network

__all__ = ["ReportInput", "prepare"]

_MAX_TOPICS = 400
_WELL_JOINED = 0.5
_TITLE = "Citation report"


@dataclass(frozen=True)
class ReportInput:
    """A corpus ready to be reported.

    Attributes
    ----------
    title : str
        Heading of the page.
    corpus : Corpus
        Normalised, with topics.
    networks : list of Network
        Laid out and clustered.
    folder : str
        Name of the folder of data beside the page.
    paths : list of str
        The files as the user named them.
    seed : int
        Seed of clustering and layout.
    lang : str
        Language of the headings.
    as_of : int or str or None
        The day that figures stand for.
    results : dict of str to Result
        Measures taken so far, by name; a name is also that of a CSV file.
    """

    title: str
    corpus: Corpus
    networks: list[Network]
    folder: str
    paths: list[str]
    seed: int
    lang: str = "en"
    as_of: int | str | None = None
    results: dict[str, Result] = field(default_factory=dict)

    def measure(self, name: str, take: Callable[..., Result], **options: object) -> Result:
        """Take a measure once, and keep it for the folder of data.

        Parameters
        ----------
        name : str
            Name of its CSV file, after ``measure_``.
        take : callable
            A measure of a corpus.
        **options : object
            Its keywords.

        Returns
        -------
        Result
        """
        if name not in self.results:
            self.results[name] = take(self.corpus, **options)
        return self.results[name]

    def file(self, name: str) -> str:
        """Return the path of a file of the folder of data, as the page names it."""
        return f"{self.folder}/{name}"

    def table_file(self, name: str) -> str:
        """Return the path of the table of a measure, as the page names it."""
        return self.file(f"measure_{name}.csv")

    def code(self, call: str) -> str:
        """Return two lines of Python that take a measure, as ``nb.rpys(corpus)``, again."""
        paths = ", ".join(repr(path) for path in self.paths[:3]) or '"works.bib"'
        return f"corpus = nb.find_topics(nb.clean(nb.read({paths})))\n{call}"


def prepare(
    corpus: Corpus,
    networks: Sequence[Network] | None,
    *,
    title: str | None,
    seed: int,
    folder: str,
    lang: str = "en",
    as_of: int | str | None = None,
) -> ReportInput:
    """Make a corpus ready and draw its map.

    Parameters
    ----------
    corpus : Corpus
        As read, or further on.
    networks : sequence of Network or None
        Maps to show; None for the map of topics.
    title : str or None
        Heading of the page.
    seed : int
        Seed of clustering and layout.
    folder : str
        Name of the folder of data.
    lang : str
        Language of the headings.
    as_of : int or str, optional
        The day that figures stand for.

    Returns
    -------
    ReportInput
    """
    from nqp_biblio.cleaning.clean import clean
    from nqp_biblio.cleaning.topics import find_topics

    steps = [step["step"] for step in corpus.history]
    ready = corpus if "normalise" in steps else clean(corpus)
    has_topics = bool(ready.sql("SELECT 1 FROM terms WHERE kind = 'topic' LIMIT 1"))
    ready = ready if has_topics else find_topics(ready)
    maps = [topic_map(ready, seed=seed)] if networks is None else list(networks)
    paths = [str(path) for path in _listed(corpus.history[0].get("paths"))]
    return ReportInput(
        title=title or _title(ready, paths),
        corpus=ready,
        networks=[net for net in maps if net.n_nodes],
        folder=folder,
        paths=paths,
        seed=seed,
        lang=lang,
        as_of=as_of,
    )


def topic_map(corpus: Corpus, *, seed: int) -> Network:
    """Map the topics joined by works.

    Parameters
    ----------
    corpus : Corpus
        With topics.
    seed : int
        Seed of clustering and layout.

    Returns
    -------
    Network
        Topics that stand in nearly every work are left out, unless less than half of the
        others would hang together: then they hold the map together, outside of all clusters
        (cluster 0). Where there are more than 400 others, only those of two works or more
        are kept, and so on until 400 or fewer stay.
    """
    from nqp_biblio.measures.maps import map_network
    from nqp_biblio.networks.cotopic import cotopic_network

    least = 1
    frequencies = topic_frequencies(corpus).column("n_works")
    while sum(n >= least for n in frequencies) > _MAX_TOPICS:
        least += 1
    net = map_network(cotopic_network(corpus, min_occurrences=least), seed=seed)
    if not net.n_nodes or _largest_share(net) >= _WELL_JOINED:
        return net
    return _with_hubs(
        net, cotopic_network(corpus, min_occurrences=least, include_ubiquitous=True), seed
    )


def _largest_share(net: Network) -> float:
    """Share of the nodes that hang together in the largest component."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((net.weight, (net.source, net.target)), shape=(net.n_nodes, net.n_nodes))
    _, component = connected_components(links, directed=False)
    return float(np.bincount(component).max()) / net.n_nodes


def _with_hubs(net: Network, whole: Network, seed: int) -> Network:
    """Lay out a network with its hubs, which belong to no cluster."""
    import numpy as np

    from nqp_biblio.measures.layout import lay_out
    from nqp_biblio.networks.weights import weigh

    if whole.n_nodes == net.n_nodes:
        return net
    of_label = dict(zip(net.labels, net.node_columns["cluster"].tolist(), strict=True))
    numbers = np.array([of_label.get(label, 0) for label in whole.labels], dtype=np.int64)
    laid = lay_out(weigh(whole, similarity="association-strength"), seed=seed)
    entry = net.manifest["clustering"] | {"outside": "topics in nearly every work (cluster 0)"}
    return laid.with_nodes(cluster=numbers).with_manifest(clustering=entry)


def _title(corpus: Corpus, paths: list[str]) -> str:
    """Name the report by the paper read, else by the files."""
    papers = corpus.sql("SELECT title FROM works WHERE role = 'paper' ORDER BY work_id")
    if len(papers) == 1 and papers[0][0]:
        return str(papers[0][0])
    if len(paths) == 1:
        words = PurePath(paths[0]).stem.replace("_", " ").replace("-", " ").strip()
        return words[:1].upper() + words[1:] or _TITLE
    return f"{len(paths)} files" if paths else _TITLE


def _listed(value: object) -> list[object]:
    """Take a list out of the history, which may have been read from a file."""
    return list(value) if isinstance(value, list | tuple) else []
