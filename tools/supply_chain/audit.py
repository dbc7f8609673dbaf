"""Look pinned versions up in a dump of known vulnerabilities; asks nothing of the web.

``python tools/supply_chain/audit.py DUMP``: a zip file or folder of OSV records (JSON), as
OSV publishes for PyPI. Exit code 1 says that a pinned version is named in one.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = Path(__file__).resolve().parents[2] / "constraints.txt"


def pinned(text: str) -> dict[str, Version]:
    """Read a file of ``name==version`` lines."""
    pairs = (line.split("==") for line in text.splitlines() if "==" in line and line[0] != "#")
    return {str(canonicalize_name(name)): Version(version) for name, version in pairs}


def records(dump: Path) -> Iterator[dict[str, Any]]:
    """Read the records of a zip file or a folder."""
    if dump.is_dir():
        for path in sorted(dump.rglob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))
        return
    with zipfile.ZipFile(dump) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def found_in(record: dict[str, Any], versions: dict[str, Version]) -> list[str]:
    """Name the pinned packages that a record is about."""
    if record.get("withdrawn"):
        return []
    told = []
    for affected in record.get("affected", []):
        package = affected.get("package", {})
        name = canonicalize_name(package.get("name", ""))
        if package.get("ecosystem") == "PyPI" and name in versions:
            version = versions[name]
            if str(version) in affected.get("versions", []) or any(
                is_between(version, line.get("events", [])) for line in affected.get("ranges", [])
            ):
                told.append(f"{name} {version}: {record.get('id')} {record.get('summary', '')}")
    return told


def is_between(version: Version, events: list[dict[str, str]]) -> bool:
    """Tell whether a version lies in a range of events; a range of commits holds no version."""
    is_in = False
    for event in events:
        for kind, value in event.items():
            try:
                bound = Version("0" if value == "0" else value)
            except InvalidVersion:
                return False
            if kind == "introduced" and version >= bound:
                is_in = True
            if (kind == "fixed" and version >= bound) or (
                kind == "last_affected" and version > bound
            ):
                is_in = False
    return is_in


def main() -> int:
    """Look all versions up."""
    versions = pinned(LOCK.read_text(encoding="utf-8"))
    told = [line for record in records(Path(sys.argv[1])) for line in found_in(record, versions)]
    print("\n".join(told) or f"none of {len(versions)} versions is named")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
