"""Pin what a development environment holds: ``python tools/supply_chain/lock.py``."""

from __future__ import annotations

from pathlib import Path

from closure import EXTRAS, needs

LOCK = Path(__file__).resolve().parents[2] / "constraints.txt"
HEAD = """\
# Versions that the tests were last run with, on Python 3.11; made by tools/supply_chain/lock.py.
# pip install -c constraints.txt -e '.[dev]' makes that environment again.
"""


def main() -> None:
    """Write the file."""
    lines = [f"{need.name}=={need.version}" for need in needs(("core", *EXTRAS, "dev"))]
    LOCK.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} versions in {LOCK.name}")


if __name__ == "__main__":
    main()
