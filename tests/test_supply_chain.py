"""What the project brings with it: licences, pinned versions, and the look-up of known faults."""

from __future__ import annotations

import importlib
import json
import re
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "tools" / "supply_chain"


@pytest.fixture(scope="module")
def tools() -> SimpleNamespace:
    """Give the modules of the tools, which are no package."""
    if not TOOLS.exists():
        pytest.skip("the tools are not beside the tests")
    sys.path.insert(0, str(TOOLS))
    try:
        names = ("closure", "licences", "audit")
        return SimpleNamespace(**{name: importlib.import_module(name) for name in names})
    finally:
        sys.path.remove(str(TOOLS))


def test_every_licence_is_taken(tools: SimpleNamespace) -> None:
    """No dependency of the core is under a copyleft licence, and each names one."""
    found = tools.closure.needs(("core", *tools.closure.EXTRAS, "dev"))
    assert {"networkx", "pandas", "requests"} <= {n.name for n in found if n.asked_by == "core"}
    assert tools.licences.faults(found) == []


@pytest.mark.parametrize(
    ("licence", "asked_by", "is_fault"),
    [
        ("MIT", "core", False),
        ("BSD License or GNU General Public License (GPL)", "dev", False),
        ("GNU General Public License v3", "core", True),
        ("AGPL-3.0", "dev", True),
        ("GPLv2", "iso4", False),
        ("", "core", True),
        ("Proprietary", "iso4", True),
    ],
)
def test_licences_told_apart(
    tools: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    licence: str,
    asked_by: str,
    *,
    is_fault: bool,
) -> None:
    """A copyleft or unknown licence is a fault, but in the extra that says it has one."""
    monkeypatch.setattr(tools.licences, "licence_of", lambda _: licence)
    need = tools.closure.Need("thing", "1.0", asked_by)
    assert bool(tools.licences.faults([need])) is is_fault


def test_pinned_versions_cover_the_core() -> None:
    """Each dependency that the project names has a pinned version."""
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project[project.index("dependencies = [") : project.index("[project.optional")]
    for name in re.findall(r'"([A-Za-z0-9_-]+)>=', block):
        assert f"\n{name.lower().replace('_', '-')}==" in pinned


def _record(**affected: Any) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": "Left_Pad"}
    return {"id": "X-1", "summary": "bad", "affected": [{"package": package, **affected}]}


RANGE = [{"events": [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0"}]}]


@pytest.mark.parametrize(
    ("version", "record", "is_named"),
    [
        ("1.1", _record(ranges=RANGE), True),
        ("1.2", _record(ranges=RANGE), False),
        ("2.1", _record(ranges=RANGE), True),
        ("1.5", _record(versions=["1.5"]), True),
        (
            "1.5",
            _record(ranges=[{"events": [{"introduced": "1"}, {"last_affected": "1.5"}]}]),
            True,
        ),
        (
            "1.6",
            _record(ranges=[{"events": [{"introduced": "1"}, {"last_affected": "1.5"}]}]),
            False,
        ),
        ("1.1", _record(ranges=[{"events": [{"introduced": "abc123"}]}]), False),
        ("1.1", _record(ranges=RANGE) | {"withdrawn": "2020"}, False),
    ],
)
def test_known_faults(
    tools: SimpleNamespace, version: str, record: dict[str, Any], *, is_named: bool
) -> None:
    """A version is named where a record lists it or its range holds it."""
    assert bool(tools.audit.found_in(record, {"left-pad": Version(version)})) is is_named


def test_dump_as_zip_and_folder(tools: SimpleNamespace, tmp_path: Path) -> None:
    """Records are read from a zip file and from a folder alike."""
    record = _record(versions=["1.5"])
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "X-1.json").write_text(json.dumps(record), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("X-1.json", json.dumps(record))
    for dump in ("folder", "all.zip"):
        assert list(tools.audit.records(tmp_path / dump)) == [record]
