"""What a report is made of: the corpus made ready, its maps, and the measures taken of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from nqp_biblio.outputs.report.default_maps import default_maps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.result import Result
    from nqp_biblio.networks.network import Network

__all__ = ["ReportInput", "prepare"]

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

    ready = corpus if "normalise" in corpus.steps else clean(corpus)
    has_topics = bool(ready.sql("SELECT 1 FROM terms WHERE kind = 'topic' LIMIT 1"))
    ready = ready if has_topics else find_topics(ready)
    maps = default_maps(ready, seed=seed) if networks is None else list(networks)
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
