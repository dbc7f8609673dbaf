"""Measure the readers: rate, growth and memory, beside other libraries on the same file.

Run ``python benchmarks/readers.py`` for the rates, ``--large 100000`` for a corpus of so many
records of each format with its peak memory, ``--growth`` for one, two and four times the size.
``rispy`` and ``bibtexparser`` are compared with where they are installed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.load import read
from nqp_biblio.readers import ris, wos_plain
from nqp_biblio.readers.bibtex_entries import split_entries
from nqp_biblio.readers.registry import get_format, list_formats
from nqp_biblio.readers.scopus_rows import csv_rows
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS_TEXT = (
    "network analysis of citation and collaboration in science with a study on innovation growth"
    " regional policy models for knowledge transfer measuring research impact using large data"
)
WORDS = WORDS_TEXT.split()
NAMES = ("Smith", "Garc\u00eda", "Li", "van der Berg", "M\u00fcller", "Okafor", "Tanaka", "Rossi")
N_REFERENCES = 30


@dataclass(frozen=True)
class Work:
    """What one drawn record holds."""

    number: int
    title: str
    authors: tuple[str, ...]
    year: int
    abstract: str
    references: tuple[tuple[str, int, int, int], ...]


def draw(n_works: int) -> Iterator[Work]:
    """Draw works with references."""
    chance = random.Random(1)  # noqa: S311
    for number in range(n_works):
        cited = [(chance.choice(NAMES), chance.randint(1960, 2023)) for _ in range(N_REFERENCES)]
        yield Work(
            number,
            " ".join(chance.choices(WORDS, k=10)),
            tuple(f"{chance.choice(NAMES)}, {chance.choice('ABCDE')}." for _ in range(4)),
            chance.randint(1990, 2024),
            " ".join(chance.choices(WORDS, k=120)),
            tuple((n, y, chance.randint(1, 90), chance.randint(1, 900)) for n, y in cited),
        )


def as_bibtex(work: Work) -> str:
    """Print a work as BibTeX does."""
    return (
        f"@article{{key{work.number},\n  author = {{{' and '.join(work.authors)}}},\n"
        f"  title = {{{work.title}}},\n  journal = {{Journal of {work.title[:20]}}},\n"
        f"  year = {{{work.year}}},\n  volume = {{{work.number % 90}}},\n  pages = {{1--9}},\n"
        f"  doi = {{10.1000/x.{work.number}}},\n  abstract = {{{work.abstract}}}\n}}\n\n"
    )


def as_ris(work: Work) -> str:
    """Print a work as RIS does."""
    people = "".join(f"AU  - {name}\n" for name in work.authors)
    return (
        f"TY  - JOUR\n{people}TI  - {work.title}\nJO  - Journal of {work.title[:20]}\n"
        f"PY  - {work.year}\nVL  - {work.number % 90}\nSP  - 1\nEP  - 9\n"
        f"DO  - 10.1000/x.{work.number}\nAB  - {work.abstract}\nER  - \n\n"
    )


def as_wos(work: Work) -> str:
    """Print a work as Web of Science does."""
    cited = "\n   ".join(
        f"{name.upper()} A, {year}, J CITED WORKS, V{volume}, P{page}, DOI 10.1000/c.{page}"
        for name, year, volume, page in work.references
    )
    people = "\n   ".join(work.authors)
    return (
        f"PT J\nAU {people}\nTI {work.title}\nSO JOURNAL OF {work.title[:20].upper()}\n"
        f"DT Article\nAB {work.abstract}\nCR {cited}\nNR {N_REFERENCES}\nTC 3\nPY {work.year}\n"
        f"VL {work.number % 90}\nBP 1\nEP 9\nDI 10.1000/x.{work.number}\n"
        f"UT WOS:{work.number}\nER\n\n"
    )


def as_scopus(work: Work) -> str:
    """Print a work as a row of Scopus."""
    cited = "; ".join(
        f"{name} A., Title of it ({year}) Journal, {volume}, pp. {page}-{page + 9}"
        for name, year, volume, page in work.references
    )
    people = "; ".join(name.replace(",", "") for name in work.authors)
    cells = (
        people,
        work.title,
        str(work.year),
        f"Journal of {work.title[:20]}",
        str(work.number % 90),
        "1",
        "9",
        "3",
        f"10.1000/x.{work.number}",
        work.abstract,
        cited,
        "Article",
        "Scopus",
        f"2-s2.0-{work.number}",
    )
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def as_openalex(work: Work) -> str:
    """Print a work as OpenAlex does, one a line."""
    index: dict[str, list[int]] = {}
    for place, word in enumerate(work.abstract.split()):
        index.setdefault(word, []).append(place)
    value = {
        "id": f"https://openalex.org/W{work.number}",
        "doi": f"https://doi.org/10.1000/x.{work.number}",
        "title": work.title,
        "publication_year": work.year,
        "type": "article",
        "authorships": [{"author": {"display_name": name}} for name in work.authors],
        "primary_location": {"source": {"display_name": f"Journal of {work.title[:20]}"}},
        "biblio": {"volume": str(work.number % 90), "first_page": "1", "last_page": "9"},
        "referenced_works": [f"https://openalex.org/W{page}" for *_, page in work.references],
        "abstract_inverted_index": index,
    }
    return json.dumps(value, separators=(",", ":")) + "\n"


SCOPUS_HEADER = (
    "Authors,Title,Year,Source title,Volume,Page start,Page end,Cited by,DOI,Abstract,References,"
    "Document Type,Source,EID\n"
)
FORMATS: dict[str, tuple[str, str, Callable[[Work], str]]] = {
    "bibtex": (".bib", "", as_bibtex),
    "ris": (".ris", "", as_ris),
    "wos": (".txt", "FN Clarivate Analytics Web of Science\nVR 1.0\n", as_wos),
    "scopus-csv": (".csv", SCOPUS_HEADER, as_scopus),
    "openalex": (".jsonl", "", as_openalex),
}


def write(folder: Path, name: str, n_works: int) -> Path:
    """Write a file of a format."""
    suffix, header, printed = FORMATS[name]
    path = folder / f"{name}-{n_works}{suffix}"
    with path.open("w", encoding="utf-8") as file:
        file.write(header)
        file.writelines(map(printed, draw(n_works)))
    return path


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time of the best of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def count(name: str, path: Path) -> int:
    """Read the records of a file."""
    return sum(1 for _ in get_format(name).records(Source(path)))


def others(name: str, path: Path) -> dict[str, Callable[[], object]]:
    """Return what else reads a format, or does a part of it."""
    text = path.read_text("utf-8")
    found: dict[str, Callable[[], object]] = {}
    if name == "bibtex":
        from bibtexparser.entrypoint import parse_string

        found["  entries and fields alone"] = lambda: sum(1 for _ in split_entries(text))
        found["  bibtexparser 2"] = lambda: parse_string(text)
    if name == "ris":
        entries = ris._entries  # noqa: SLF001  the step before fields are read
        found["  tags and values alone"] = lambda: sum(1 for _ in entries(Source(path).lines()))
    if name == "wos":
        split = wos_plain._entries  # noqa: SLF001  the step before fields are read
        found["  tags and values alone"] = lambda: sum(
            1 for _ in split(Source(path).lines(), is_indented=True)
        )
    if name == "scopus-csv":
        found["  cells alone"] = lambda: sum(1 for _ in csv_rows(Source(path).text))
    if name == "ris" and importlib.util.find_spec("rispy"):
        rispy = importlib.import_module("rispy")

        found["  rispy"] = lambda: rispy.loads(text)
    if name == "openalex":
        import duckdb
        import msgspec

        lines = text.splitlines()
        decode = msgspec.json.Decoder().decode
        columns = "{id: 'VARCHAR', title: 'VARCHAR', referenced_works: 'VARCHAR[]'}"
        query = (
            f"SELECT * FROM read_json('{path}', columns = {columns}, format = 'newline_delimited')"
        )
        found["  json"] = lambda: sum(1 for _ in map(json.loads, lines))
        found["  msgspec"] = lambda: sum(1 for _ in map(decode, lines))
        found["  DuckDB, three columns"] = lambda: duckdb.execute(query).fetchall()
    return found


def rates(n_works: int) -> None:
    """Print the rate of each reader, and of others on the same file."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'':32}{'MB/s':>8}{'records/s':>11}{'of ours':>9}")
        for name in FORMATS:
            path = write(Path(folder), name, n_works)
            size = path.stat().st_size / 1e6
            ours = seconds(partial(count, name, path))
            rows = {name: ours, "  into a corpus": seconds(partial(read, path))}
            rows |= {other: seconds(action) for other, action in others(name, path).items()}
            for title, took in rows.items():
                ratio = f"{ours / took:9.2f}"
                print(f"{title:32}{size / took:8.1f}{n_works / took:11.0f}{ratio}")


def growth(n_works: int) -> None:
    """Print how the time grows with the size, as the exponent between one and four times."""
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            paths = [write(Path(folder), name, n_works * factor) for factor in (1, 2, 4)]
            times = [seconds(partial(read, path)) for path in paths]
            exponent = math.log(times[2] / times[0]) / math.log(4)
            shown = "  ".join(f"{took:6.2f} s" for took in times)
            print(f"{name:12}{shown}  exponent {exponent:.2f}")


def large(n_works: int) -> None:
    """Print time and peak memory of a corpus of each format, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            path = write(Path(folder), name, n_works)
            command = [sys.executable, __file__, "--one", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            size = path.stat().st_size / 1e6
            print(f"{name:12}{size:7.0f} MB  {done.stdout.strip()}", flush=True)
            path.unlink()


def one(path: str) -> None:
    """Read one file and print time and peak memory."""
    start = time.perf_counter()
    corpus = read(path)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(corpus):,} works in {took:.1f} s, {peak:,.0f} MB at most")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=3_000, help="records of a file")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--large", type=int, metavar="N")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    list_formats()
    if options.one:
        one(options.one)
    elif options.large:
        large(options.large)
    elif options.growth:
        growth(options.n)
    else:
        rates(options.n)


if __name__ == "__main__":
    main()
