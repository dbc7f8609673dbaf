"""Score the reading of printed references on tagged sets, and time it.

Usage: python benchmarks/references.py [SHARED] [SET ...]

SHARED is the folder that holds data/references and tools/score_references.py; it lies
beside the checkout unless said otherwise.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.reference_string import parse_references

if TYPE_CHECKING:
    from nqp_biblio.record import Person, Record

SETS = ("dev_seed", "dev_plos", "dev_grobid", "dev_excite", "test_anystyle_gold")
FIELDS = (
    "author",
    "title",
    "container-title",
    "year",
    "volume",
    "issue",
    "pages",
    "doi",
    "publisher",
)


def main() -> None:
    """Print one row per set: share of fields right, and references per second of processor time."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared"
    names = sys.argv[2:] or SETS
    print(f"{'set':22}{'n':>6}{'micro':>8}{'core':>8}{'whole':>8}{'refs/s':>9}  F1 per field")
    for name in names:
        gold = find_set(shared / "data" / "references", name)
        scores, rate = measure(gold, shared / "tools" / "score_references.py")
        fields = "  ".join(
            f"{field} {100 * scores['fields'][field]['f1']:.1f}"
            for field in FIELDS
            if scores["fields"][field]["gold"]
        )
        shares = (scores["micro"]["f1"], scores["core"], scores["whole"])
        row = "".join(f"{100 * share:8.1f}" for share in shares)
        print(f"{name:22}{scores['n']:6}{row}{rate:9.0f}  {fields}")


def find_set(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read one tagged set."""
    path = folder / f"{name}.jsonl.gz"
    if path.exists():
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    else:
        lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def measure(gold: list[dict[str, Any]], scorer: Path) -> tuple[dict[str, Any], float]:
    """Read a set, score it with the scorer, and time the reading."""
    raws = [str(reference["raw"]) for reference in gold]
    parse_references(raws[:1])  # loads the model
    begin = time.process_time()
    records = parse_references(raws)
    rate = len(raws) / (time.process_time() - begin)
    with tempfile.TemporaryDirectory() as folder:
        gold_path, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold_path.write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
        rows = [
            {"id": reference["id"], "fields": fields_of(record)}
            for reference, record in zip(gold, records, strict=True)
        ]
        predicted.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, scorer, gold_path, predicted, "--json"],
            capture_output=True,
            check=True,
            text=True,
        )
    return json.loads(done.stdout), rate


def fields_of(record: Record) -> dict[str, Any]:
    """Name the fields of a record as the scorer does, with what is printed."""
    fields = {
        "author": [name_of(person) for person in record.people_of("author")],
        "title": record.title,
        "container-title": record.source_raw,
        "year": record.year_raw,
        "volume": record.volume,
        "issue": record.issue,
        "pages": record.pages_raw or record.article_number,
        "doi": record.doi,
        "publisher": record.publisher,
    }
    return {name: field for name, field in fields.items() if field}


def name_of(person: Person) -> dict[str, str]:
    """Name the parts of a name as the scorer does."""
    parts = ("family", "given", "particle", "suffix", "literal")
    return {part: getattr(person, part) for part in parts if getattr(person, part)}


if __name__ == "__main__":
    main()
