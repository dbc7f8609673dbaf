"""Make the map of topics of a bibliography and write it as GraphML, for Gephi and others."""

import argparse
from pathlib import Path

import nqp_biblio as nb

BIBLIOGRAPHY = Path(__file__).parents[1] / "refs.bib"


def main() -> None:
    """Join topics that works share, weigh, cluster and lay out; write the network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=[BIBLIOGRAPHY], help="files to read")
    parser.add_argument("-o", "--output", default="network.graphml", help="file to write")
    parser.add_argument("--seed", type=int, default=0, help="seed of clusters and layout")
    options = parser.parse_args()

    net = nb.cotopic_network(nb.normalise(nb.read(*options.paths)))
    net = nb.weigh(net, similarity="association-strength")
    net = nb.cluster(net, seed=options.seed)
    net = nb.lay_out(net, seed=options.seed)
    nb.write(net, options.output)
    print(net)
    print(net.nodes.nlargest(10, "total_link_strength")[["label", "cluster", "occurrences"]])


if __name__ == "__main__":
    main()
