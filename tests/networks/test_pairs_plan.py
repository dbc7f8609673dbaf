"""The choice of a road: by size and memory, or forced, and what is said when none fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import sparse

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.pairs import count_pairs, count_task
from nqp_biblio.networks.pairs_budget import bytes_of, size_of
from nqp_biblio.networks.pairs_kernel import bytes_of_kernel, count_by_kernel
from nqp_biblio.networks.pairs_plan import Engine, Means, plan_pairs, told_together
from nqp_biblio.networks.pairs_task import PairTask

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


def _task(*, min_weight: float = 0.0, top_links: int | None = None) -> PairTask:
    """Give 300 works that have each of 400 items with a chance that falls from one to the next."""
    random = np.random.default_rng(5)
    rows = random.random((300, 400)) < np.linspace(0.5, 0.02, 400)
    matrix = sparse.csr_array(rows.astype(float))
    return PairTask.of(matrix, np.ones(300), min_weight=min_weight, top_links=top_links)


TASK = _task()
N_EDGES = len(count_by_kernel(TASK)[0])


@pytest.fixture
def no_small_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every number of pairs as too large for blocks of NumPy."""
    monkeypatch.setattr("nqp_biblio.networks.pairs_plan.NUMPY_UP_TO", 0)


@pytest.mark.parametrize(
    ("size", "n_bytes"),
    [(17, 17), ("17", 17), ("2 GB", 2 * 10**9), ("2gb", 2 * 10**9), ("1.5 GiB", 3 * 2**29)],
)
def test_sizes_are_read(size: int | str, n_bytes: int) -> None:
    """A budget is a number of bytes or has a unit."""
    assert bytes_of(size) == n_bytes


@pytest.mark.parametrize("size", [0, -5, "", "much", "2 XB", "2 GB!", "1e9", "GB", "0.1"])
def test_other_sizes_are_refused(size: int | str) -> None:
    """What is no size is named."""
    told = f"memory_budget is {size!r}; it must be bytes or a size such as '2 GB'"
    with pytest.raises(OptionError, match=re.escape(told)):
        bytes_of(size)


def test_sizes_are_written() -> None:
    """Sizes are told in the unit that fits them."""
    assert [size_of(n) for n in (12, 1500, 2_500_000)] == ["12 bytes", "1.5 kB", "2.5 MB"]


def test_an_unknown_road_is_refused() -> None:
    """Only four names are known."""
    with pytest.raises(UnknownNameError, match=r"unknown engine 'scip'; known: auto, numpy"):
        plan_pairs(TASK, Means("scip"))  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["numpy", "kernel", "sql"])
def test_a_road_can_be_forced(engine: Engine) -> None:
    """The road that is asked for is taken, and told."""
    plan = plan_pairs(TASK, Means(engine))
    assert (plan.road, plan.is_forced) == (engine, True)
    assert f"by {engine} (forced)" in plan.told()["text"]


def test_small_counts_go_by_numpy() -> None:
    """A few pairs are counted without loading the compiled code."""
    told = plan_pairs(TASK, Means()).told()
    assert told["road"] == "numpy"
    assert told["pairs"] == TASK.n_pairs
    assert told["edges_at_most"] >= N_EDGES
    assert told["bytes"] <= told["budget"] == 4 * 10**9


@pytest.mark.usefixtures("no_small_ones")
def test_large_counts_go_by_the_kernel() -> None:
    """More pairs are counted by compiled code."""
    assert plan_pairs(TASK, Means()).road == "kernel"


@pytest.mark.usefixtures("no_small_ones")
def test_edges_are_counted_where_the_bound_does_not_fit() -> None:
    """A bound that is too high does not turn away what fits."""
    task = _task(min_weight=20)
    n_edges = len(count_by_kernel(task)[0])
    assert n_edges < task.edges_at_most
    plan = plan_pairs(task, Means(memory_budget=bytes_of_kernel(task, n_edges)))
    assert (plan.road, plan.edges_at_most, plan.is_measured) == ("kernel", n_edges, True)


@pytest.mark.usefixtures("no_small_ones")
def test_what_outgrows_memory_goes_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the budget edges are counted by DuckDB and stay on disk, the same edges."""
    monkeypatch.setattr("nqp_biblio.networks.pairs_budget.LEAST_OF_SQL", 0)
    budget = bytes_of_kernel(TASK, N_EDGES) - 1
    plan = plan_pairs(TASK, Means(memory_budget=budget))
    assert (plan.road, plan.edges_at_most) == ("sql", N_EDGES)
    edges, plan = count_task(TASK, Means(memory_budget=N_EDGES))
    assert plan.told()["on_disk"]
    assert isinstance(edges[0], np.memmap)
    for one, other in zip(edges, count_by_kernel(TASK), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("engine", ["auto", "kernel"])
@pytest.mark.parametrize("room", [0, 100, 10_000])
def test_thresholds_that_are_named_fit(engine: Engine, room: int) -> None:
    """Where nothing fits, each threshold of the message would do, and no lower weight."""
    budget = bytes_of_kernel(TASK, room)
    with pytest.raises(OptionError, match=r"do not fit into a memory_budget of") as caught:
        plan_pairs(TASK, Means(engine, budget))
    named = dict(re.findall(r"(min_\w+)=([\d.]+)", str(caught.value)))
    weight = float(named["min_weight"])
    assert plan_pairs(_task(min_weight=weight), Means(engine, budget)).road == "kernel"
    with pytest.raises(OptionError):
        plan_pairs(_task(min_weight=weight - 1), Means(engine, budget))
    occurrences = np.bincount(TASK.indices, minlength=400)
    part = TASK.of_items(occurrences >= int(named["min_occurrences"]))
    assert plan_pairs(part, Means(engine, budget)).road == "kernel"
    least = re.findall(r"memory_budget='(\d+ MB)'", str(caught.value))[-1]
    assert plan_pairs(TASK, Means(engine, least)).road in {"kernel", "numpy"}


def test_links_that_are_named_fit() -> None:
    """With top_links the number that fits is named."""
    task = _task(top_links=300)
    budget = bytes_of_kernel(task, 400 * 10)
    with pytest.raises(OptionError, match=r"top_links=\d+") as caught:
        plan_pairs(task, Means("kernel", budget))
    links = int(re.findall(r"top_links=(\d+)", str(caught.value))[0])
    assert links >= 10
    assert plan_pairs(_task(top_links=links), Means("kernel", budget)).road == "kernel"


def test_no_room_at_all_names_what_is_needed() -> None:
    """A budget that holds not even the sums says how much would do."""
    with pytest.raises(OptionError, match=r"a memory_budget of 1.0 kB .*memory_budget='\d+ MB'"):
        count_pairs(sparse.csr_array(np.ones((3, 3))), np.ones(3), means=Means("kernel", 1000))


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Edges that fit neither memory nor disk are refused beforehand."""
    monkeypatch.setattr("nqp_biblio.networks.pairs_budget.free_disk", lambda: 1000)
    with pytest.raises(OptionError, match=r"and 1.0 kB of free disk by sql; what would do"):
        plan_pairs(TASK, Means("sql"))


def test_counts_one_after_the_other_are_told_together() -> None:
    """Pairs and edges are those of all, the road that of the largest."""
    plans = [plan_pairs(TASK, Means(engine)) for engine in ("numpy", "kernel")]
    told = told_together(plans)
    assert told["pairs"] == 2 * TASK.n_pairs
    assert told["edges_at_most"] == 2 * TASK.edges_at_most
    assert told_together([]) == {}


def test_the_manifest_tells_the_road(three_papers: Corpus) -> None:
    """manifest["engine"] says which road was taken; it is no parameter of the method."""
    net = nb.coauthorship_network(three_papers, engine="kernel", memory_budget="1 GB")
    told = net.manifest["engine"]
    assert (told["road"], told["forced"], told["budget"]) == ("kernel", True, 10**9)
    assert told["text"].startswith("5 pairs, at most 5 edges by kernel (forced), in at most ")
    assert not {"engine", "memory_budget"} & set(net.manifest["parameters"])
    assert net.manifest["parameters"]["top_links"] is None


@pytest.mark.parametrize("kind", ["coauthorship", "coupling", "multimode"])
def test_links_of_each_node_must_be_some(three_papers: Corpus, kind: str) -> None:
    """top_links is 1 or more."""
    with pytest.raises(OptionError, match="top_links is 0; it must be 1 or more"):
        nb.network_of(three_papers, kind, top_links=0)
