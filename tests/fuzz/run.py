"""Fuzz one family of formats: ``python tests/fuzz/run.py FAMILY [--seconds 60]``.

With atheris the search follows the branches of the readers; without it, random changes are made
to the samples. An input that breaks a promise is left in build/fuzz, to become a file of
tests/fuzz/cases.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from families import FAMILIES, samples_of  # noqa: E402

FOUND = HERE.parents[1] / "build" / "fuzz"
TIMEOUT = 30
MAX_LENGTH = 8_192
MARKS = (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\n", b"\r", b'"', b"{", b"}", b"<")
"""Bytes that files break by: NUL, a byte order mark, half a surrogate, a direction, signs."""


def _seeds(family: str) -> Path:
    """Lay the samples out, each led by the byte that names its format."""
    folder = FOUND / family / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for number, (data, _, _) in enumerate(samples_of(family)):
        (folder / f"sample{number}").write_bytes(bytes([number]) + data)
    return folder


def _by_branches(family: str, seconds: int, *, is_quiet: bool) -> None:
    """Fuzz with atheris; it ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["nqp_biblio.readers", "nqp_biblio.text"]):
        from harness import read_told, read_untold

        from nqp_biblio.readers.registry import list_formats

        list_formats()
    samples = samples_of(family)

    def test_one(data: bytes) -> None:
        if not data:
            return
        chosen = data[0]
        _, name, form = samples[chosen % len(samples)]
        if chosen >= 128:
            read_untold(data[1:], name)
        else:
            read_told(data[1:], name, form)

    folder = _seeds(family)
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={TIMEOUT}",
        f"-max_len={MAX_LENGTH}",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={FOUND / family}/",
        f"-verbosity={0 if is_quiet else 1}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], test_one)
    atheris.Fuzz()


def _changed(data: bytes, chance: random.Random) -> bytes:
    """Change a sample at a few places."""
    content = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice((0, 1, 1, 4, 40, 400)))
        piece = chance.choice((b"", chance.choice(MARKS), chance.randbytes(2), content[at:end] * 2))
        content[at:end] = piece
        if not content:
            return b" "
    return bytes(content[:MAX_LENGTH])


def _by_chance(family: str, seconds: int) -> None:
    """Fuzz by random changes of the samples; the first input that fails is kept."""
    from harness import read_told, read_untold

    chance = random.Random(family)
    end, n_runs, samples = time.monotonic() + seconds, 0, samples_of(family)
    while time.monotonic() < end:
        data, name, form = chance.choice(samples)
        content = _changed(data, chance)
        n_runs += 1
        try:
            if chance.random() < 0.5:
                read_told(content, name, form)
            else:
                read_untold(content, name)
        except BaseException:
            FOUND.joinpath(family).mkdir(parents=True, exist_ok=True)
            kept = FOUND / family / f"crash-{hashlib.sha256(content).hexdigest()[:16]}-{name}"
            kept.write_bytes(content)
            print(f"{family}: {kept} after {n_runs} inputs", file=sys.stderr)
            raise
    print(f"{family}: {n_runs} inputs by chance, nothing found")


def main() -> None:
    """Fuzz the family that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=sorted(FAMILIES))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--quiet", action="store_true", help="no line for each new branch")
    parser.add_argument("--by-chance", action="store_true", help="without atheris")
    asked = parser.parse_args()
    has_atheris = importlib.util.find_spec("atheris") is not None
    if has_atheris and not asked.by_chance:
        _by_branches(asked.family, asked.seconds, is_quiet=asked.quiet)
    else:
        _by_chance(asked.family, asked.seconds)


if __name__ == "__main__":
    main()
