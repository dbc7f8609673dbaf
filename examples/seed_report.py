"""Write the citation report of a printed reference list or of a whole paper."""

import argparse
from pathlib import Path

import nqp_biblio as nb

LIST = Path(__file__).parent / "data" / "new_quality_productivity_references.txt"


def main() -> None:
    """Read the list, clean it, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=[LIST], help="files to read")
    parser.add_argument("-o", "--output", default="report.html", help="the page to write")
    options = parser.parse_args()

    corpus = nb.normalise(nb.read(*options.paths))
    nb.write_report(corpus, options.output)
    for item, value in nb.summary(corpus).rows:
        print(f"{item}: {value}")


if __name__ == "__main__":
    main()
