"""Stability of clusters: whether they come again with another seed or other works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_agreement import adjusted_rand, mutual_information, overlaps
from nqp_biblio.measures.cluster_recipe import recipe_of
from nqp_biblio.measures.cluster_sizes import apart, clusters_of
from nqp_biblio.networks.pairs import count_pairs, fractions
from nqp_biblio.networks.traces import SharedSetsTrace
from nqp_biblio.networks.weights import weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.measures.cluster_recipe import Recipe
    from nqp_biblio.networks.network import Network

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Sample = tuple[Network, BoolArray]

__all__ = ["cluster_stability"]

By = Literal["seeds", "bootstrap"]

_DISSOLVED, _RECOVERED = 0.5, 0.75
_REFERENCE = (
    "Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics &"
    " Data Analysis 52(1), 258-271. https://doi.org/10.1016/j.csda.2006.11.025"
)


def cluster_stability(
    net: Network, *, by: By = "bootstrap", n_runs: int = 50, seed: int = 0
) -> Network:
    """Say how surely the clusters of a network come again.

    Parameters
    ----------
    net : Network
        A network that ``cluster`` has parted; it is parted again by the same options.
    by : {"bootstrap", "seeds"}
        What is varied. ``bootstrap``: the works behind the network, as many, drawn with
        replacement, and edges counted anew (of coupling the references, which join the works);
        where the edges are not what the works say together, as in citation networks, the
        edges are drawn instead. The manifest says what was drawn. ``seeds``: only the random
        order of the search.
    n_runs : int
        How many times.
    seed : int
        Seed of the draws, or of the seeds.

    Returns
    -------
    Network
        With ``stability`` per node: the Jaccard index of its cluster and that of the same node
        in a run, mean over the runs in which it is; nan if in none. The manifest holds under
        ``cluster_stability`` the mean and least adjusted Rand index and mutual information of
        the runs with `net`, and per cluster the mean Jaccard index with the cluster of each
        run that is most like it [1]_, ``clusters``; clusters of two nodes or more with a mean
        below 0.5 are listed as ``dissolved``, those of 0.75 or more as ``stable``. Cost is
        that of `n_runs` clusterings.

    Raises
    ------
    UnknownNameError
        If `by` is none of the known.
    OptionError
        If the manifest does not say how clusters were found, or `n_runs` is below 1.

    References
    ----------
    .. [1] Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational
       Statistics & Data Analysis 52(1), 258-271. https://doi.org/10.1016/j.csda.2006.11.025

    Examples
    --------
    >>> net = cluster_stability(cluster(net), n_runs=100)  # doctest: +SKIP
    """
    if by not in get_args(By):
        raise UnknownNameError("way to vary", by, get_args(By))
    if n_runs < 1:
        raise OptionError(f"n_runs is {n_runs}; it must be 1 or more")
    recipe = recipe_of(net)
    base = clusters_of(net)
    source = _source(net) if by == "bootstrap" else None
    seeds = np.random.SeedSequence(seed).generate_state(n_runs).tolist()
    tally = _Tally.of(base)
    for run_seed in seeds:
        if source is None:
            found, present = replace(recipe, seed=run_seed).clusters(net), base >= 0
        else:
            sample, present = source.draw(np.random.default_rng(run_seed))
            found = recipe.clusters(_weighed(sample, recipe))
        tally.add(found, present)
    told: dict[str, Any] = {"by": by, "runs": n_runs, "seed": seed}
    if source is not None:
        told["drawn"] = source.what
    entry = told | tally.summary() | {"reference": _REFERENCE}
    return net.with_nodes(stability=tally.of_nodes).with_manifest(cluster_stability=entry)


@dataclass(slots=True)
class _Tally:
    """What the runs add up to."""

    base: IntArray
    node_sum: FloatArray
    node_runs: IntArray
    cluster_sum: FloatArray
    cluster_runs: IntArray
    agreement: list[tuple[float, float]]

    @classmethod
    def of(cls, base: IntArray) -> _Tally:
        """Begin for some clusters; a node in none is taken as alone."""
        n_nodes, n_clusters = len(base), int(base.max(initial=0)) + 1
        zeros = np.zeros(n_nodes), np.zeros(n_nodes, dtype=np.int64)
        sums = np.zeros(n_clusters), np.zeros(n_clusters, dtype=np.int64)
        return cls(base, *zeros, *sums, [])

    def add(self, found: IntArray, present: BoolArray) -> None:
        """Compare the clusters of a run with those of the network, on the nodes in both."""
        base, again = apart(self.base)[present], apart(found)[present]
        self.agreement.append((adjusted_rand(base, again), mutual_information(base, again)))
        if not base.size:
            return
        first, second, jaccard = overlaps(base, again)
        width = int(second.max()) + 1
        place = np.searchsorted(first * width + second, base * width + again)
        self.node_sum[present] += jaccard[place]
        self.node_runs[present] += 1
        most = np.zeros(int(first.max()) + 1)
        np.maximum.at(most, first, jaccard)
        clusters = np.unique(self.base[present & (self.base > 0)])
        self.cluster_sum[clusters] += most[clusters]
        self.cluster_runs[clusters] += 1

    @property
    def of_nodes(self) -> FloatArray:
        """Mean Jaccard index of each node."""
        means = np.full(len(self.base), np.nan)
        np.divide(self.node_sum, self.node_runs, out=means, where=self.node_runs > 0)
        return means

    def summary(self) -> dict[str, Any]:
        """Return the figures for the manifest."""
        rand, information = (np.array(part) for part in zip(*self.agreement, strict=True))
        means = {
            i: float(self.cluster_sum[i] / self.cluster_runs[i])
            for i in np.flatnonzero(self.cluster_runs).tolist()
        }
        sizes = np.bincount(self.base)
        several = {i: mean for i, mean in means.items() if sizes[i] > 1}
        return {
            "adjusted_rand": float(rand.mean()),
            "adjusted_rand_least": float(rand.min()),
            "mutual_information": float(information.mean()),
            "mutual_information_least": float(information.min()),
            "clusters": {str(i): mean for i, mean in means.items()},
            "dissolved": [i for i, mean in several.items() if mean < _DISSOLVED],
            "stable": [i for i, mean in several.items() if mean >= _RECOVERED],
        }


def _weighed(sample: Network, recipe: Recipe) -> Network:
    """Give the edges of a sample the similarity that those of the network have."""
    if recipe.weights != "similarity":
        return sample
    told = sample.manifest.get("similarity", {})
    if not {"name", "marginal"} <= told.keys():
        raise OptionError("the manifest does not say what the similarity is; weigh(net) does")
    return weigh(sample, similarity=told["name"], marginal=told["marginal"])


@dataclass(frozen=True, slots=True)
class _Edges:
    """Draws edges."""

    net: Network
    what: str = "edges"

    def draw(self, random: np.random.Generator) -> Sample:
        """Return a network of edges drawn with replacement, and the nodes that stay in it."""
        net = self.net
        drawn = random.integers(0, max(net.n_edges, 1), net.n_edges)
        times = np.bincount(drawn, minlength=net.n_edges)
        sample = _with_weights(net, net.weight * times)
        return sample, (sample.degree > 0) | (net.degree == 0)


@dataclass(frozen=True, slots=True)
class _Sets:
    """Draws the works, or other sets, that join the nodes.

    Attributes
    ----------
    net : Network
        The network.
    what : str
        What a set is.
    unit : array of shape (n_sets,)
        The number of what is drawn for each set: several passages are of one work.
    share : array of shape (n_sets,)
        What a pair of each set counts.
    """

    net: Network
    what: str
    unit: IntArray
    share: FloatArray

    def draw(self, random: np.random.Generator) -> Sample:
        """Return the network of sets drawn with replacement, and the nodes that are in one."""
        net = self.net
        n_units = int(self.unit.max(initial=-1)) + 1
        times = np.bincount(random.integers(0, max(n_units, 1), n_units), minlength=n_units)
        each = times[self.unit].astype(np.float64)
        occurrences = np.asarray(net.incidence.T @ each).ravel()
        sample = _with_weights(net, _counted(net, self.share * each))
        if "occurrences" in net.node_columns:
            sample = sample.with_nodes(occurrences=occurrences)
        return sample, occurrences > 0


def _source(net: Network) -> _Edges | _Sets:
    """Return what can be drawn: sets that give the edges back as they are, else edges."""
    if net.incidence is None or net.directed:
        return _Edges(net)
    sizes = np.diff(net.incidence.indptr).astype(np.int64)
    for counting in ("full", "fractional"):
        share = fractions(sizes, counting)
        if np.allclose(_counted(net, share), net.weight, rtol=1e-9, atol=0):
            return _Sets(net, *_units(net), share)
    return _Edges(net)


def _units(net: Network) -> tuple[str, IntArray]:
    """Return what is drawn, and its number for each set of the incidence."""
    trace: Any = net.trace
    while hasattr(trace, "kept"):  # of a part of the nodes
        trace = trace.trace
    n_sets = net.incidence.shape[0]
    if isinstance(trace, SharedSetsTrace) and len(trace.found.work_id) == n_sets:
        return "works", np.unique(trace.found.work_id, return_inverse=True)[1].astype(np.int64)
    return "what joins the nodes", np.arange(n_sets, dtype=np.int64)


def _counted(net: Network, share: FloatArray) -> FloatArray:
    """Return what the edges of a network weigh where each set counts so much."""
    source, target, weight = count_pairs(net.incidence, share)
    keys = source * net.n_nodes + target
    wanted = net.source * net.n_nodes + net.target
    if not keys.size:
        return np.zeros(net.n_edges)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, weight[place], 0.0)


def _with_weights(net: Network, weight: FloatArray) -> Network:
    """Return the network with other weights, without the edges that have none."""
    kept = weight > 0
    return replace(
        net,
        source=net.source[kept],
        target=net.target[kept],
        weight=weight[kept],
        edge_columns={name: values[kept] for name, values in net.edge_columns.items()},
    )
