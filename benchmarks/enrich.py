"""Enrich 10,000 DOIs from a server on this machine of which 5 % of the answers are faults.

Run ``python benchmarks/enrich.py [n_works]``. It says whether the counts add up, how much memory
is held while asking (the server is another process), and what a second run asks for.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from loopback import Reply, Web, serve, work
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import Record
from nqp_biblio.services.enrich import enrich, unenrich

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from nqp_biblio.corpus.corpus import Corpus

ONCE = Reply(503, "busy", "text/plain")
FOR_EVER = (
    Reply(200, "<html>Sorry</html>", "text/html"),
    Reply(200, '{"status": "ok", "mess'),
    Reply(500, ""),
)
EVERY = 40
"""A fault at first, and one for ever or an unknown DOI, in each so many."""


def kind_of(number: int) -> str:
    """Tell what comes of a DOI in the end."""
    if number % EVERY != EVERY // 2:
        return "found"
    return "failed" if number % 3 else "not-found"


def serve_works(pipe: Connection, n_works: int) -> None:
    """Serve the works; tell the address, then the number of requests whenever asked."""
    with serve() as web:
        prepare(web, n_works)
        pipe.send(web.address)
        while pipe.recv():
            pipe.send((len(web.asked), max(web.count("/works/").values(), default=0)))


def prepare(web: Web, n_works: int) -> None:
    """Fill the server with works and faults."""
    for number in range(n_works):
        doi = f"10.1000/n{number}"
        path = f"/crossref/works/{doi}"
        if kind_of(number) != "not-found":
            web.works[doi] = work(doi, f"Work {number}", abstract="word " * 200)
        if number % EVERY == 0:
            web.faults[path] = [ONCE]
        if kind_of(number) == "failed":
            web.broken[path] = FOR_EVER[number % 3]


def memory() -> float:
    """Return the memory held now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(corpus: Corpus, web: Web, folder: Path) -> Corpus:
    """Enrich once, and say what it took."""
    started, marks = time.perf_counter(), {}

    def tell(n_done: int, n_works: int, _: object) -> None:
        """Note the memory at each tenth."""
        if n_done % (n_works // 10) == 0:
            marks[n_done] = round(memory())

    with web.client(folder) as client:
        richer = enrich(corpus, client=client, on_progress=tell)
        notes, counts = client.notes, client.counts
    print(f"{time.perf_counter() - started:8.1f} s, {memory():.0f} MB at the end; client: {counts}")
    print(f"MB by works done: {marks}", *notes, sep="\n")
    print(richer.history[-1])
    return richer


def main() -> None:
    """Run twice, compare, and take everything back."""
    n_works = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve_works, args=(theirs, n_works), daemon=True
    )
    server.start()
    web = Web(address=ours.recv())

    def asked() -> Any:  # noqa: ANN401
        """Ask the server for all requests so far, and the most for one DOI."""
        ours.send("asked")
        return ours.recv()

    corpus = corpus_of(Record(doi=f"10.1000/n{number}") for number in range(n_works))
    expected = Counter({"works": n_works, **Counter(map(kind_of, range(n_works)))})
    with tempfile.TemporaryDirectory() as name:
        first = run(corpus, web, Path(name))
        n_first, most = asked()
        print(f"{n_first:,} requests, {most} at most for one DOI")
        print("counts add up:", first.history[-1]["counts"] == dict(expected))
        second = run(corpus, web, Path(name))
        print("requests of the second run:", asked()[0] - n_first)
    print("second run the same:", first.changes.equals(second.changes))
    print("taken back:", unenrich(first).works.equals(corpus.works))
    ours.send("")
    server.join()


if __name__ == "__main__":
    main()
