"""Enrich 10,000 DOIs from a server on this machine of which 5 % of the answers are faults.

Run ``python benchmarks/enrich.py [n_works]``. It says whether the counts add up, how much memory
was held at most, and what a second run asks for.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from loopback import Reply, Web, serve, work
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import Record
from nqp_biblio.services.enrich import enrich, unenrich

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

FAULTS = (
    Reply(503, "busy", "text/plain"),
    Reply(200, "<html>Sorry</html>", "text/html"),
    Reply(200, '{"status": "ok", "mess'),
    Reply(500, ""),
)
EVERY = 40


def memory() -> float:
    """Return the most memory held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prepare(web: Web, n_works: int) -> tuple[Corpus, Counter[str]]:
    """Fill the server, and return the corpus to enrich and the counts that must come out."""
    expected = Counter({"works": n_works})
    for number in range(n_works):
        doi = f"10.1000/n{number}"
        path = f"/crossref/works/{doi}"
        web.works[doi] = work(doi, f"Work {number}", abstract="word " * 200)
        if number % EVERY == 0:  # a fault at first
            web.faults[path] = [FAULTS[0]]
        elif number % EVERY == EVERY // 2 and number % 3:  # a fault for ever
            web.broken[path] = FAULTS[1 + number % 3]
            expected["failed"] += 1
            continue
        elif number % EVERY == EVERY // 2:
            del web.works[doi]
            expected["not-found"] += 1
            continue
        expected["found"] += 1
    return corpus_of(Record(doi=f"10.1000/n{number}") for number in range(n_works)), expected


def run(corpus: Corpus, web: Web, folder: Path) -> Corpus:
    """Enrich once, and say what it took."""
    n_before, started, marks = len(web.asked), time.perf_counter(), {}

    def tell(n_done: int, n_works: int, _: object) -> None:
        """Note the memory at each tenth."""
        if n_done % (n_works // 10) == 0:
            marks[n_done] = round(memory())

    with web.client(folder) as client:
        richer = enrich(corpus, client=client, on_progress=tell)
    seconds = time.perf_counter() - started
    print(f"{seconds:8.1f} s {len(web.asked) - n_before:8,} requests {memory():8.0f} MB at most")
    print(f"MB by works done: {marks}")
    print(richer.history[-1])
    return richer


def main() -> None:
    """Run twice, compare, and take everything back."""
    n_works = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with serve() as web, tempfile.TemporaryDirectory() as name:
        corpus, expected = prepare(web, n_works)
        first = run(corpus, web, Path(name))
        print("counts add up:", Counter(first.history[-1]["counts"]) == expected)
        n_known = len(set(web.count("/works/")) - set(web.broken))
        n_before = len(web.asked)
        second = run(corpus, web, Path(name))
        again = {path for path in web.asked[n_before:] if path not in web.broken}
        print(f"asked again of {n_known:,} that were answered: {len(again)}")
        print("second run the same:", first.changes.equals(second.changes))
        print("taken back:", unenrich(first).works.equals(corpus.works))


if __name__ == "__main__":
    main()
