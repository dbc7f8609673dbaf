"""Show which topics a bibliography has in which years: a small table and a figure."""

import argparse
from pathlib import Path

import matplotlib.pyplot as plt

import nqp_biblio as nb

BIBLIOGRAPHY = Path(__file__).parents[1] / "refs.bib"
QUERY = """
    SELECT w.publication_year AS year, t.term AS topic, COUNT(*) AS n_works
    FROM terms t JOIN works w ON t.work_id = w.work_id
    WHERE t.kind = 'topic' AND w.publication_year IS NOT NULL
    GROUP BY w.publication_year, t.term
"""


def main() -> None:
    """Find topics, count them by year, print the table and draw it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", default=BIBLIOGRAPHY, help="file to read")
    parser.add_argument("-n", type=int, default=8, help="number of topics")
    parser.add_argument("-o", "--output", default="topics_over_time.svg", help="figure to write")
    options = parser.parse_args()

    corpus = nb.find_topics(nb.normalise(nb.read(options.path)))
    topics = nb.topic_frequencies(corpus).column("term")[: options.n]
    counts = corpus.frame(QUERY).pivot_table("n_works", "topic", "year", fill_value=0)
    table = counts.reindex(topics).fillna(0).astype(int)
    print(table)
    axes = table.T.plot.bar(stacked=True, xlabel="year", ylabel="works", figsize=(8, 5))
    axes.legend(title="topic", loc="upper left", bbox_to_anchor=(1, 1))
    plt.savefig(options.output, bbox_inches="tight")


if __name__ == "__main__":
    main()
