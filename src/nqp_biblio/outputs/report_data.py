"""What a report is made of: the corpus made ready, its measures and its maps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from nqp_biblio.measures.authors import author_production
from nqp_biblio.measures.mentions import citation_profile
from nqp_biblio.measures.production import annual_production, source_production, type_production
from nqp_biblio.measures.summary import completeness, summary
from nqp_biblio.measures.topics import topic_frequencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.result import Result
    from nqp_biblio.networks.network import Network

__all__ = ["ReportInput", "prepare"]

_MAX_TOPICS = 400


@dataclass(frozen=True, slots=True)
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
    results : dict of str to Result
        Measures by name; a name is also the name of a CSV file.
    folder : str
        Name of the folder of data beside the page.
    paths : list of str
        The files as the user named them.
    seed : int
        Seed of clustering and layout.
    """

    title: str
    corpus: Corpus
    networks: list[Network]
    results: dict[str, Result]
    folder: str
    paths: list[str]
    seed: int


def prepare(
    corpus: Corpus,
    networks: Sequence[Network] | None,
    *,
    title: str | None,
    seed: int,
    folder: str,
) -> ReportInput:
    """Make a corpus ready, measure it and draw its map.

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

    Returns
    -------
    ReportInput
    """
    from nqp_biblio.cleaning.normalise import normalise
    from nqp_biblio.cleaning.topics import find_topics

    steps = [step["step"] for step in corpus.history]
    ready = corpus if "normalise" in steps else normalise(corpus)
    has_topics = bool(ready.sql("SELECT 1 FROM terms WHERE kind = 'topic' LIMIT 1"))
    ready = ready if has_topics else find_topics(ready)
    maps = [topic_map(ready, seed=seed)] if networks is None else list(networks)
    paths = [str(path) for path in _listed(corpus.history[0].get("paths"))]
    return ReportInput(
        title=title or _title(ready, paths),
        corpus=ready,
        networks=[net for net in maps if net.n_nodes],
        results={
            "summary": summary(ready),
            "completeness": completeness(ready),
            "years": annual_production(ready),
            "sources": source_production(ready),
            "types": type_production(ready),
            "authors": author_production(ready),
            "topics": topic_frequencies(ready),
            "in_text_citations": citation_profile(ready),
        },
        folder=folder,
        paths=paths,
        seed=seed,
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
        Topics that stand in nearly every work are left out. Where there are more than 400
        others, only those of two works or more are kept, and so on until 400 or fewer stay.
    """
    from nqp_biblio.measures.maps import map_network
    from nqp_biblio.networks.cotopic import cotopic_network

    least = 1
    frequencies = topic_frequencies(corpus).column("n_works")
    while sum(n >= least for n in frequencies) > _MAX_TOPICS:
        least += 1
    return map_network(cotopic_network(corpus, min_occurrences=least), seed=seed)


def _title(corpus: Corpus, paths: list[str]) -> str:
    """Name the report by the paper read, else by the files."""
    papers = corpus.sql("SELECT title FROM works WHERE role = 'paper' ORDER BY work_id")
    if len(papers) == 1 and papers[0][0]:
        return str(papers[0][0])
    if len(paths) == 1:
        return PurePath(paths[0]).name
    return f"{len(paths)} files" if paths else "Citation report"


def _listed(value: object) -> list[object]:
    """Take a list out of the history, which may have been read from a file."""
    return list(value) if isinstance(value, list | tuple) else []
