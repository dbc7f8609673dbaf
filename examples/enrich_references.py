"""Fill what a bibliography lacks from a web service, and show what came from where and when."""

import argparse
import os
from pathlib import Path

import nqp_biblio as nb
from nqp_biblio.services.client import Client
from nqp_biblio.services.enrich import summary_lines

BIBLIOGRAPHY = Path(__file__).parents[1] / "refs.bib"


def main() -> None:
    """Ask for each work, write the fuller bibliography, and list the values filled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", default=BIBLIOGRAPHY, help="file to read")
    parser.add_argument("-o", "--output", default="enriched.bib", help="file to write")
    parser.add_argument("--service", default="crossref", help="openalex, datacite, …")
    parser.add_argument("--mailto", default=os.environ.get("NQP_BIBLIO_MAILTO"), help="your e-mail")
    parser.add_argument("--cache-dir", type=Path, help="folder where answers are kept")
    parser.add_argument("--offline", action="store_true", help="use the answers that are kept")
    options = parser.parse_args()

    given = {"mailto": options.mailto, "offline": options.offline}
    with Client(cache_dir=options.cache_dir, **given) as client:
        corpus = nb.enrich(nb.read(options.path), service=options.service, client=client)
    print(*summary_lines(corpus.history[-1]), sep="\n")
    print(corpus.changes[["row_id", "column_name", "before", "after", "rule"]].to_string())
    nb.write(corpus, options.output)


if __name__ == "__main__":
    main()
