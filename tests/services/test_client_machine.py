"""The client where the machine itself fails: names, disks, as they really do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

import faulty_server as fs

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MakeClient

_RUN = """
import resource, signal, sys
from pathlib import Path
from nqp_biblio.services.client import Client
url, folder, most = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
if most:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
with Client(addresses={"crossref": url}, cache_dir=folder, keys={}) as client:
    states = {client.get("crossref", f"/{number}").state for number in range(40)}
    print(states, client.counts["requests"], len(client.notes))
    print(*client.notes, sep="\\n")
"""


def test_host_without_an_address(make_client: MakeClient) -> None:
    """A host that no resolver knows is told as that, and asked for four times at most."""
    client = make_client(addresses={"crossref": "https://no-such-host.invalid"})
    answer = client.get("crossref", "/works/10.1000%2Fx")
    assert answer.state == "failed"
    assert "its host has no address (DNS) (4 tries)" in answer.reason
    assert not make_client(offline=True).get("crossref", "/works/10.1000%2Fx").is_cached


def _incompressible(web: fs.FaultyServer) -> None:
    """Answer with 20 kB that packing makes no smaller."""
    words = [f"{zlib.crc32(str(number).encode()):x}" for number in range(2_000)]
    web.otherwise(fs.message({"abstract": words}))
    web.headers["X-Rate-Limit-Limit"] = "500"


def _run(command: list[str]) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits of this kind")
def test_file_that_may_not_grow(web: fs.FaultyServer, tmp_path: Path) -> None:
    """Where no more may be written, answers are given all the same, and that is said once."""
    _incompressible(web)
    command = [sys.executable, "-c", _RUN, web.url, str(tmp_path / "kept")]
    said, *notes = _run([*command, "150000"])
    assert said == "{'found'} 40 1", notes
    assert "could not be looked up or remembered" in notes[0]
    said, *notes = _run([*command, "0"])
    states, n_asked, n_notes = said.split()
    assert (states, n_notes) == ("{'found'}", "0"), notes
    assert int(n_asked) <= 40


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no place of one's own can be made")
def test_disk_that_is_full(web: fs.FaultyServer, tmp_path: Path) -> None:
    """On a disk that really is full, answers are given all the same, and that is said."""
    _incompressible(web)
    place = tmp_path / "small"
    place.mkdir()
    made = f"mount -t tmpfs -o size=400k none '{place}'"
    space = ["unshare", "-rm", "sh", "-c"]
    tried = subprocess.run([*space, made], capture_output=True, check=False, timeout=60)
    if tried.returncode:
        pytest.skip("no small disk can be made here")
    script = tmp_path / "run.py"
    script.write_text(_RUN, encoding="utf-8")
    asked = f"'{sys.executable}' '{script}' '{web.url}' '{place}' 0; df '{place}' | tail -1"
    said, *rest = _run([*space, f"{made} && {asked}"])
    assert said.startswith("{'found'} 40"), rest
    assert "could not be looked up or remembered" in rest[0]
    assert int(rest[-1].split()[4].rstrip("%")) > 80, rest[-1]
