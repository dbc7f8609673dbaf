"""Time the counting of pairs by each road beside scipy, DuckDB and networkx, and the kinds.

Run ``python benchmarks/networks.py pairs FOLDER [N_WORKS]`` for the roads, ``growth FOLDER`` for
how time follows size, or ``kinds [N_WORKS]`` for whole networks. FOLDER has a folder for each
number of works with the ``refs.parquet`` of the generator (``citing`` and ``cited``), see
``synthetic.py``. CPU is the time of the process, of all its threads, which others on the machine
disturb less than the clock.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import networkx as nx
import numpy as np
from scipy import sparse
from synthetic import without_hubs

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.layout import lay_out
from nqp_biblio.networks.cocitation import cocitation_network
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.networks.coupling import coupling_network
from nqp_biblio.networks.pairs import Counting, fractions
from nqp_biblio.networks.pairs_kernel import _prepared, count_by_kernel
from nqp_biblio.networks.pairs_numpy import count_by_numpy
from nqp_biblio.networks.pairs_plan import Means, plan_pairs
from nqp_biblio.networks.pairs_sql import count_by_sql
from nqp_biblio.networks.pairs_task import PairTask
from nqp_biblio.record import CitedReference, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Found = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]

REFERENCES_OF_A_WORK = 30
KEYWORDS_OF_A_WORK = 6
COUPLING_CAP = 500
GROWTH = (10_000, 31_623, 100_000, 316_228, 1_000_000)


@dataclass(frozen=True)
class Case:
    """What is counted: references cited so often, edges of such a weight, so many of a node."""

    at_least: int = 50
    min_weight: float = 0.0
    top_links: int | None = None
    counting: Counting = "full"


CASES = {
    "cocitation": Case(),
    "cocitation_fractional": Case(counting="fractional"),
    "cocitation_top_20": Case(top_links=20),
    "cocitation_weight_3": Case(at_least=1, min_weight=3),
    "cocitation_small": Case(at_least=1),
    "coupling": Case(),
}


def cited(folder: Path, n_works: int, *, at_least: int = 1) -> sparse.csr_array:
    """Load works by the references that enough of them cite."""
    path = folder / str(n_works) / "refs.parquet"
    query = f"SELECT citing, cited FROM '{path}' ORDER BY ALL"
    given: Any = duckdb.execute(query).fetchnumpy()
    refs = without_hubs(given, n_works)
    times = np.bincount(refs["cited"])
    number = np.cumsum(times >= at_least) - 1
    kept = times[refs["cited"]] >= at_least
    works, items = refs["citing"][kept], number[refs["cited"][kept]].astype(np.int32)
    ends = np.concatenate([[0], np.cumsum(np.bincount(works, minlength=n_works))])
    shape = (n_works, int(number[-1]) + 1)
    return sparse.csr_array((np.ones(len(items)), items, ends.astype(np.int32)), shape=shape)


def task_of(name: str, folder: Path, n_works: int) -> PairTask:
    """Return what is counted under a name."""
    case = CASES[name]
    if name == "coupling":
        references = sparse.csr_array(cited(folder, n_works).T)
        references.sort_indices()
        is_counted = np.diff(references.indptr) <= COUPLING_CAP
        return PairTask.of(references, is_counted.astype(np.float64), min_weight=3)
    works = cited(folder, n_works, at_least=case.at_least)
    sizes = np.diff(works.indptr)
    share = fractions(sizes.astype(np.int64), case.counting)
    return PairTask.of(works, share, min_weight=case.min_weight, top_links=case.top_links)


def by_scipy(task: PairTask) -> Found:
    """Count pairs with the product of sparse matrices, as one does without this library."""
    kept = np.repeat(task.share > 0, np.diff(task.indptr))
    rows = np.repeat(np.arange(len(task.share)), np.diff(task.indptr))[kept]
    shape = (len(task.share), task.n_items)
    ones = np.ones(len(rows), np.int32)
    sets = sparse.csr_array((ones, (rows, task.indices[kept])), shape=shape)
    counts = sparse.triu(sets.T.tocsr() @ sets, 1, format="csr")
    counts.sort_indices()
    if task.min_weight:
        counts.data[counts.data < task.min_weight] = 0
        counts.eliminate_zeros()
    return counts.indices, counts.indices, counts.data


def by_duckdb(task: PairTask) -> Found:
    """Count pairs with one query in memory."""
    rows = np.repeat(np.arange(len(task.share)), np.diff(task.indptr))
    kept = np.repeat(task.share > 0, np.diff(task.indptr))
    duckdb.register("given", {"s": rows[kept], "i": task.indices[kept]})
    duckdb.sql("CREATE OR REPLACE TEMP TABLE entries AS SELECT * FROM given")
    found: Any = duckdb.execute(
        "SELECT a.i AS source, b.i AS target, COUNT(*) AS n FROM entries a JOIN entries b"
        f" ON a.s = b.s AND a.i < b.i GROUP BY 1, 2 HAVING n >= {task.min_weight}"
    ).fetchnumpy()
    return found["source"], found["target"], found["n"]


ROADS: dict[str, Callable[[PairTask], Found]] = {
    "kernel": count_by_kernel,
    "numpy": count_by_numpy,
    "sql": lambda task: count_by_sql(task, memory=2_000_000_000),
    "scipy": by_scipy,
    "duckdb": by_duckdb,
}


def measure(name: str, road: str, folder: Path, n_works: int) -> dict[str, float]:
    """Count by one road, twice, and return the better seconds, with edges and memory."""
    task = task_of(name, folder, n_works)
    if road == "kernel":
        load_kernel()
    told: dict[str, float] = {"pairs": task.n_pairs, "is_whole": task.is_whole}
    best = None
    for _ in range(2):  # memory that a virtual machine gets for the first time is slow
        before = memory_now("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        start, cpu = time.perf_counter(), time.process_time()
        source, _, weight = ROADS[road](task)
        taken = time.process_time() - cpu, time.perf_counter() - start
        told["mb_above"] = max(memory_now("VmHWM") - before, told.get("mb_above", 0))
        told |= {"edges": len(source), "sum": float(weight.sum())}
        best = min(best or taken, taken)
        del source, weight
    told |= dict(zip(("cpu", "seconds"), best or (0.0, 0.0), strict=True))
    if road == "kernel":
        start = time.process_time()
        _prepared(task, both=False)
        told["prepare"] = time.process_time() - start
        plan = plan_pairs(task, Means(memory_budget="64 GB"))
        told["planned_mb"] = plan.bytes_needed / 1e6
    return told


def memory_now(name: str) -> float:
    """Return what this process has in memory, or had at most since that was reset, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1e3


def load_kernel() -> None:
    """Compile the kernel, or load what the last run compiled, outside of what is timed."""
    for share in (1.0, 0.5):
        for top_links in (None, 1):
            rows = sparse.csr_array(np.ones((2, 3)))
            count_by_kernel(PairTask.of(rows, np.full(2, share), top_links=top_links))


def measured_apart(name: str, road: str, folder: Path, n_works: int) -> dict[str, float]:
    """Measure in a process of its own, so that memory is that of one road."""
    args = [sys.executable, __file__, "one", name, road, str(folder), str(n_works)]
    done = subprocess.run(args, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(name: str, folder: Path, n_works: int, roads: tuple[str, ...]) -> None:
    """Print what each road takes, and how many times the kernel is faster."""
    print(f"\n{name}, {n_works:,} works")
    first: dict[str, float] = {}
    for road in roads:
        told = measured_apart(name, road, folder, n_works)
        first = first or told
        same = (told["edges"], told["sum"]) == (first["edges"], first["sum"])
        print(
            f"{road:<8}{told['seconds']:8.2f} s{told['cpu']:8.2f} s CPU"
            f"{told['cpu'] / first['cpu']:7.1f} x CPU"
            f"{told['seconds'] / first['seconds']:7.1f} x clock"
            f"{told['mb_above']:8.0f} MB above  {told['edges']:,} edges of {told['pairs']:,} pairs"
            f"{'' if same else '  OTHER RESULT'}"
        )
        if "prepare" in told:
            print(
                f"        of which {told['prepare']:.2f} s CPU to prepare;"
                f" planned {told['planned_mb']:.0f} MB"
            )


def pairs(folder: Path, largest: int) -> None:
    """Compare the roads."""
    every = ("kernel", "scipy", "duckdb", "numpy", "sql")
    compare("cocitation", folder, largest, every)
    compare("cocitation_fractional", folder, largest, ("kernel", "numpy", "sql"))
    compare("cocitation_top_20", folder, largest, ("kernel",))
    compare("coupling", folder, 100_000, every)
    beside_networkx(folder)


def beside_networkx(folder: Path) -> None:
    """Compare with networkx at 10,000 works."""
    task = task_of("cocitation_small", folder, GROWTH[0])
    sets = [s.tolist() for s in np.split(task.indices, task.indptr[1:-1])]
    slow, graph = timed("networkx, 10,000 works", lambda: by_networkx(sets))
    load_kernel()
    for road in ("kernel", "numpy"):
        fast, edges = timed(road, lambda road=road: ROADS[road](task))  # type: ignore[misc]
        for _ in range(3):
            del edges  # else the next run gets memory that is new to a virtual machine
            again, edges = timed(road, lambda road=road: ROADS[road](task))  # type: ignore[misc]
            fast = min(fast, again)
        same = graph.number_of_edges() == len(edges[0])
        print(f"{'ratio of CPU':<40}{slow / fast:8.1f}    same edges: {same}")


def growth(folder: Path) -> None:
    """Fit how time follows size: CPU ~ pairs ** a, and pairs ~ works ** b."""
    rows = []
    for n_works in GROWTH:
        told = measured_apart("cocitation_weight_3", "kernel", folder, n_works)
        rows.append((n_works, told["pairs"], told["cpu"], told["edges"]))
        print(f"{n_works:>10,} works {told['pairs']:>13,} pairs {told['cpu']:8.3f} s CPU")
    works, counted, seconds, _ = (
        np.log(np.array(column, float)) for column in zip(*rows, strict=True)
    )
    print(f"CPU ~ pairs^{np.polyfit(counted, seconds, 1)[0]:.2f}")
    print(f"pairs ~ works^{np.polyfit(works, counted, 1)[0]:.2f}")


def timed(name: str, make: Callable[[], Any]) -> tuple[float, Any]:
    """Run once and say how long it took; CPU seconds."""
    start, cpu = time.perf_counter(), time.process_time()
    made = make()
    used = time.process_time() - cpu
    print(f"{name:<40}{time.perf_counter() - start:8.2f} s {used:8.2f} s CPU  {made!r:.60}")
    return used, made


def by_networkx(sets: list[list[int]]) -> nx.Graph[int]:
    """Count pairs as one would with networkx alone."""
    graph: nx.Graph[int] = nx.Graph()
    for items in sets:
        for a, b in itertools.combinations(items, 2):
            if graph.has_edge(a, b):
                graph[a][b]["weight"] += 1
            else:
                graph.add_edge(a, b, weight=1)
    return graph


def draw(n_works: int, n_items: int, per_work: int) -> list[list[int]]:
    """Draw items for works, few of them in most works."""
    random = np.random.default_rng(1)
    drawn = (random.random((n_works, per_work)) ** 3 * n_items).astype(int)
    return [sorted(set(row)) for row in drawn.tolist()]


def kinds(n_works: int) -> None:
    """Time whole networks of a corpus."""
    cited_by = draw(n_works, n_works * 4, REFERENCES_OF_A_WORK)
    words = draw(n_works, n_works // 2, KEYWORDS_OF_A_WORK)
    records = (
        Record(
            title=f"Work {number}",
            keywords=[("author_keyword", f"word {word}") for word in word_list],
            cited_references=[CitedReference(raw=f"Reference {item}") for item in items],
        )
        for number, (items, word_list) in enumerate(zip(cited_by, words, strict=True))
    )
    _, corpus = timed("corpus", lambda: corpus_of(records))
    timed("coupling of works", lambda: coupling_network(corpus))
    timed("co-citation of references", lambda: cocitation_network(corpus))
    net = timed("co-occurrence", lambda: cooccurrence_network(corpus, min_occurrences=8))[1]
    timed("clusters of co-occurrence", lambda: cluster(net))
    timed("layout of co-occurrence", lambda: lay_out(net))


def main() -> None:
    """Run the part that is asked for."""
    part, *given = [*sys.argv[1:], *(["kinds"] if len(sys.argv) == 1 else [])]
    if part == "kinds":
        kinds(int(given[0]) if given else 5_000)
        return
    if part == "one":
        name, road, folder, n_works = given
        print(json.dumps(measure(name, road, Path(folder), int(n_works))))
        return
    if part == "growth":
        growth(Path(given[0]))
        return
    pairs(Path(given[0]), int(given[1]) if len(given) > 1 else GROWTH[-1])


if __name__ == "__main__":
    main()
