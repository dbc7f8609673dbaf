"""Write references that are printed from structured works, with spans, for training.

Usage: python tools/train_reference_tagger/generate.py FORMATS TRAIN HELDOUT [COUNT]

FORMATS is the folder of free metadata, TRAIN and HELDOUT are the files to write (gzip, JSON
lines), COUNT is about how many references to write (15,000 unless told).
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter
from hashlib import sha1
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import generate_csl
import generate_gbt
import generate_house
from generate_marks import read_marks
from generate_noise import add_label, add_noise, chance, label_form
from generate_records import Composer, read_works

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20260529
SHARES = {"generated-csl": 0.56, "generated-house": 0.26, "generated-gbt": 0.18}
CSL_PER_STYLE = 12
_HELD_OUT = 10
_NAMES_OF_FIELDS = {"container": "container-title"}
_MIN_LENGTH, _MAX_LENGTH = 12, 900
_FEWEST_FIELDS = 2


def row_of(marked: str, style: str, source: str) -> dict[str, object] | None:
    """Turn a reference with marks into a line of the file, or None if it is not fit for use."""
    found = read_marks(marked)
    if found is None:
        return None
    raw, spans = found
    kinds = {label for _, _, label in spans}
    if not _MIN_LENGTH <= len(raw) <= _MAX_LENGTH or len(kinds) < _FEWEST_FIELDS:
        return None
    fields: dict[str, str] = {}
    for start, end, label in spans:
        name = _NAMES_OF_FIELDS.get(label, label)
        fields[name] = f"{fields[name]}, {raw[start:end]}" if name in fields else raw[start:end]
    return {
        "id": sha1(f"{style}\t{raw}".encode(), usedforsecurity=False).hexdigest()[:12],
        "raw": raw,
        "spans": sorted(spans),
        "style": style,
        "source": source,
        "fields": fields,
    }


def house_references(composer: Composer, count: int) -> Iterator[tuple[str, str]]:
    """Print works in the house styles; yields (style, reference with marks)."""
    styles = generate_house.house_styles()
    total = sum(style.share for style in styles)
    for style in styles:
        for _ in range(round(count * style.share / total)):
            marked = generate_house.compose(style, composer)
            if marked is None:
                break
            if style.label and composer.chance(0.6):
                marked = add_label(composer.random, marked, style.label)
            yield style.name, marked


def csl_references(composer: Composer, count: int) -> Iterator[tuple[str, str]]:
    """Print works in styles of CSL; yields (style, reference with marks)."""
    random = composer.random
    for style in generate_csl.sampled_styles(random, round(count / CSL_PER_STYLE)):
        form = label_form(random) if chance(random, 0.15) else ""
        for marked in generate_csl.print_works(style, composer, CSL_PER_STYLE):
            numbered = form and not generate_csl.has_number(marked)
            yield style.name, add_label(random, marked, form) if numbered else marked


def gbt_references(composer: Composer, count: int) -> Iterator[tuple[str, str]]:
    """Print works by GB/T 7714; yields (style, reference with marks)."""
    yield from generate_gbt.references(composer, count)


def is_held_out(style: str, names: list[str]) -> bool:
    """Tell whether a style is one of the tenth that training must not see."""
    order = sorted(names, key=lambda name: sha1(name.encode(), usedforsecurity=False).digest())
    return style in order[: max(1, len(order) // _HELD_OUT)]


def rows(folder: Path, count: int) -> Iterator[dict[str, object]]:
    """Yield the lines of the file, source by source."""
    real = read_works(folder)
    makers = {
        "generated-csl": csl_references,
        "generated-house": house_references,
        "generated-gbt": gbt_references,
    }
    for source, make in makers.items():
        random = Random(f"{SEED} {source}")
        composer = Composer(random, real)
        for style, marked in make(composer, round(count * SHARES[source])):
            row = row_of(add_noise(random, marked), style, source)
            if row is not None:
                yield row


def write(found: list[dict[str, object]], train: Path, held_out: Path) -> Counter[str]:
    """Write the lines, the held-out styles apart; returns how many of what."""
    counts: Counter[str] = Counter()
    held: set[tuple[object, object]] = set()
    for source in SHARES:
        names = sorted({str(row["style"]) for row in found if row["source"] == source})
        held |= {(source, name) for name in names if is_held_out(name, names)}
        counts[f"{source} styles"] = len(names)
    lines: dict[bool, list[str]] = {True: [], False: []}
    seen: set[object] = set()
    for row in found:
        if row["raw"] in seen:
            continue
        seen.add(row["raw"])
        is_held = (row["source"], row["style"]) in held
        lines[is_held].append(json.dumps(row, ensure_ascii=False) + "\n")
        counts[f"{row['source']} {'held out' if is_held else 'train'}"] += 1
    for path, is_held in ((train, False), (held_out, True)):
        path.write_bytes(gzip.compress("".join(lines[is_held]).encode(), mtime=0))
    return counts


def main() -> None:
    """Write the files and print the counts."""
    folder, train, held_out, *more = sys.argv[1:]
    start = time.time()
    found = list(rows(Path(folder), int(more[0]) if more else 15000))
    for name, value in sorted(write(found, Path(train), Path(held_out)).items()):
        sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.write(f"{time.time() - start:.0f} s\n")


if __name__ == "__main__":
    main()
