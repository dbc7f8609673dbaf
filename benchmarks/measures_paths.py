"""Time main paths, historiograph, Tree of Science and CiteSpace's set on a saved corpus.

Run ``python benchmarks/measures_paths.py FOLDER [NAME ...]``; names are those of `TASKS`. Each is
run once before it is timed, on a corpus of two works, so that what is compiled is.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING, Any

import nqp_biblio as nb
from nqp_biblio.measures.acyclic import without_cycles
from nqp_biblio.measures.citations import citation_links
from nqp_biblio.measures.citespace import citespace_network
from nqp_biblio.measures.historiograph import historiograph
from nqp_biblio.measures.main_path import SEARCHES, main_path
from nqp_biblio.measures.structural_variation import structural_variation
from nqp_biblio.measures.traversal import WEIGHTS, traversal_weights, traverse
from nqp_biblio.measures.tree_of_science import tree_of_science

if TYPE_CHECKING:
    from collections.abc import Callable


def _weights_of(weight: str) -> Callable[[nb.Corpus], Any]:
    """Time the weight alone, from the citations as arrays."""

    def run(corpus: nb.Corpus) -> str:
        links = citation_links(corpus)
        start = time.process_time()
        graph = without_cycles(links.citing, links.cited, len(links.work_id))
        found = traverse(graph, weight)
        seconds = time.process_time() - start
        most = found.log2.max(initial=0.0)
        return f"{len(links.citing):,} citations in {seconds:.2f} s; largest 2^{most:.0f}"

    return run


def _path_of(search: str) -> Callable[[nb.Corpus], Any]:
    return lambda corpus: main_path(corpus, search=search)


TASKS: dict[str, Callable[[nb.Corpus], Any]] = {
    **{weight: _weights_of(weight) for weight in WEIGHTS},
    "table": traversal_weights,
    **{search: _path_of(search) for search in SEARCHES},
    "historiograph": historiograph,
    "tree": tree_of_science,
    "citespace": citespace_network,
    "variation": structural_variation,
}


def _two_works() -> nb.Corpus:
    """Make a work that cites another."""
    cited = [nb.CitedReference(raw="10.1000/w1", doi="10.1000/w1")]
    records = [
        nb.Record(title="One", doi="10.1000/w1", publication_year=2000),
        nb.Record(title="Two", publication_year=2001, cited_references=cited),
        nb.Record(title="Three", publication_year=2002, cited_references=cited),
    ]
    return nb.link_references(nb.corpus_of(records))


def main() -> None:
    """Time the tasks asked for, or all."""
    folder, *names = sys.argv[1:]
    corpus, small = nb.open(folder), _two_works()
    for name in names or TASKS:
        TASKS[name](small)
        start, wall = time.process_time(), time.perf_counter()
        found = TASKS[name](corpus)
        seconds, waited = time.process_time() - start, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        shown = found if isinstance(found, str) else repr(found)[:70]
        print(f"{name:<18}{seconds:8.2f} s CPU{waited:8.2f} s{peak:7.2f} GB  {shown}")


if __name__ == "__main__":
    main()
