"""Probe every compiled pattern of the package with long text made of the signs it looks for.

Each module-level pattern is used as its module uses it (search, match, fullmatch, ...). Printed are
those that take more than a second for LENGTH characters, or are stopped after ten. Run
``python benchmarks/patterns.py [LENGTH]``; a million characters are the default.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import nqp_biblio as nb

LONG = 1.0
STOPPED = 10
COMMON = ("a", " ", "1", "A", "\n", ", ", ". ", "a ", "A. ", "ab, ", "1-", "一")
USED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def patterns() -> dict[tuple[str, str], tuple[re.Pattern[Any], set[str]]]:
    """Collect the patterns that stand in modules, and the methods each is used by there."""
    found = {}
    for info in pkgutil.walk_packages(nb.__path__, "nqp_biblio."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:  # an extra that is not installed
            continue
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                uses = set(re.findall(rf"\b{name}\.({'|'.join(USED)})\b", text))
                if uses:
                    found[info.name, name] = (value, uses)
    return found


def probes(pattern: re.Pattern[Any]) -> list[str]:
    """Return what long texts are made of: signs and words of a pattern, and common ones."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin1")
    bare = re.sub(r"\\[a-zA-Z]|\?P?<\w+>|\(\?[:=!<]+|[\[\](){}*+?|^$.\\]", " ", text)
    own = list(dict.fromkeys(bare.replace(" ", "")))[:12]
    words = [word for word in dict.fromkeys(bare.split()) if len(word) > 1][:6]
    return [*dict.fromkeys((*COMMON, *own, *words, *(f"{word} " for word in words)))]


def _stop(*_: object) -> NoReturn:
    raise TimeoutError


def seconds(pattern: re.Pattern[Any], use: str, text: str | bytes) -> float:
    """Time one use of a pattern on a text."""
    start = time.perf_counter()
    signal.alarm(STOPPED)
    try:
        if use in ("sub", "subn"):
            pattern.sub(text[:0], text)
        elif use == "finditer":
            sum(1 for _ in pattern.finditer(text))
        else:
            getattr(pattern, use)(text)
    except TimeoutError:
        return float(STOPPED)
    finally:
        signal.alarm(0)
    return time.perf_counter() - start


def main() -> None:
    """Print the patterns that take long."""
    signal.signal(signal.SIGALRM, _stop)
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    limit = LONG * length / 1_000_000
    found = patterns()
    n_long = 0
    for (module, name), (pattern, uses) in sorted(found.items()):
        for use in sorted(uses):
            worst, unit = 0.0, ""
            for piece in probes(pattern):
                text = (piece * (length // len(piece) + 1))[:length] + "\x01"
                is_bytes = isinstance(pattern.pattern, bytes)
                took = seconds(pattern, use, text.encode() if is_bytes else text)
                if took > worst:
                    worst, unit = took, piece
                if worst >= STOPPED:
                    break
            if worst > limit:
                n_long += 1
                print(f"{module}.{name}.{use}: {worst:.2f} s, of {unit!r}", flush=True)
    print(f"{len(found)} patterns, {n_long} uses beyond {limit:.3f} s for {length:,} characters")


if __name__ == "__main__":
    main()
