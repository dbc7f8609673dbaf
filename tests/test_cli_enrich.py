"""The command that enriches: options, summary, exit codes, and going on after a stop."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from loopback import Reply, Web, serve, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# the command as it is, but for the addresses of the services
COMMAND = """
import functools, sys
from nqp_biblio.services import client
from nqp_biblio.cli import main
here = dict.fromkeys(("crossref", "doi", "openalex"))
address = sys.argv.pop(1)
made = client.Client
bounds = client.Bounds(backoff_s=0.001, failures=1_000_000)
addresses = {name: f"{address}/{name}" for name in here}
client.Client = functools.partial(made, addresses=addresses, bounds=bounds)
main()
"""


@pytest.fixture
def web() -> Iterator[Web]:
    """Run a server that knows four works."""
    with serve() as made:
        names = [f"10.1000/n{number}" for number in range(4)]
        made.works = {doi: work(doi, f"Work {doi}") for doi in names}
        yield made


@pytest.fixture
def dois(tmp_path: Path) -> Path:
    """Write a list of the DOIs of these works."""
    file = tmp_path / "dois.txt"
    file.write_text("".join(f"10.1000/n{number}\n" for number in range(4)), encoding="utf-8")
    return file


def _environment() -> dict[str, str]:
    environment = {name: text for name, text in os.environ.items() if "PROXY" not in name.upper()}
    return environment | {"NQP_BIBLIO_KEYS": "no-keys.toml"}  # none of the user's own


def _command(web: Web, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", COMMAND, web.address, "enrich", *map(str, arguments)]


def _start(web: Web, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _command(web, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=_environment(),
    )


def _run(web: Web, *arguments: str | Path) -> tuple[int, str, str]:
    with _start(web, *arguments) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_summary_and_file(web: Web, dois: Path, tmp_path: Path) -> None:
    """Works are written with what was filled; the summary goes to the standard error."""
    target = tmp_path / "out.json"
    options = ("--mailto", "me@example.org", "--cache-dir", tmp_path / "kept")
    code, out, err = _run(web, dois, "-o", target, *options)
    assert (code, out) == (0, "")
    assert "4 works: 4 found, 0 not found, 0 no metadata, 0 failed, 0 refused" in err
    assert "4 title" in err
    assert "me@example.org" not in err
    assert json.loads(target.read_text(encoding="utf-8"))[0]["title"] == "Work 10.1000/n0"


def test_failures_are_listed_and_end_with_3(web: Web, dois: Path, tmp_path: Path) -> None:
    """A work that could not be asked for is listed with its DOI; the rest is written."""
    web.broken["/crossref/works/10.1000/n1"] = Reply(500, "")
    target = tmp_path / "out.bib"
    code, out, err = _run(web, dois, "-o", target, "--json", "--fields", "title,authors")
    assert code == 3
    assert json.loads(out)["counts"] == {"works": 4, "found": 3, "failed": 1}
    assert f"{dois}:2: crossref: 10.1000/n1" in err
    assert sorted(json.loads(out)["filled"]) == ["authorships", "title"]
    assert len(nb.read(target)) == 4


def test_unknown_dois_are_no_failure(web: Web, dois: Path) -> None:
    """A DOI that nobody knows is listed, and the run is fine."""
    del web.works["10.1000/n2"]
    code, out, err = _run(web, dois)
    assert code == 0
    assert len(json.loads(out)) == 4
    assert "10.1000/n2: no agency has registered it" in err


def test_a_folder_keeps_the_changes(web: Web, dois: Path, tmp_path: Path) -> None:
    """A name without an ending is a folder, whose corpus can be taken back."""
    code, _, _ = _run(web, dois, "-o", tmp_path / "corpus", "-q")
    assert code == 0
    corpus = nb.open(tmp_path / "corpus")
    assert corpus.n_rows("changes")
    assert nb.unenrich(corpus).sql("SELECT COUNT(title) FROM works") == [(0,)]


def test_offline_uses_what_is_kept(web: Web, dois: Path, tmp_path: Path) -> None:
    """Offline nobody is asked; what was answered is used, and --refresh asks again."""
    kept = ("--cache-dir", tmp_path / "kept")
    assert _run(web, dois, *kept)[0] == 0
    n_asked = len(web.asked)
    assert _run(web, dois, *kept, "--offline")[0] == 0
    assert len(web.asked) == n_asked
    assert _run(web, dois, *kept, "--refresh")[0] == 0
    assert len(web.asked) == 2 * n_asked


def test_what_failed_is_asked_again_if_wanted(web: Web, dois: Path, tmp_path: Path) -> None:
    """A second run asks for nothing, says again what failed, and retries it with an option."""
    web.broken["/crossref/works/10.1000/n1"] = Reply(200, "<html>Sorry</html>", "text/html")
    kept = (dois, "-o", tmp_path / "out.json", "--cache-dir", tmp_path / "kept")
    first = _run(web, *kept)
    n_asked = len(web.asked)
    assert _run(web, *kept) == first
    assert first[0] == 3
    assert len(web.asked) == n_asked
    web.broken.clear()
    code, _, err = _run(web, *kept, "--retry-failed")
    assert (code, len(web.asked)) == (0, n_asked + 1)
    assert "4 found" in err


def test_two_at_once_share_one_cache(web: Web, tmp_path: Path) -> None:
    """Two runs over the same works at the same time ask for each work once."""
    names = [f"10.1000/s{number}" for number in range(150)]
    web.works = {doi: work(doi, f"Work {doi}") for doi in names}
    file = tmp_path / "many.txt"
    file.write_text("\n".join(names), encoding="utf-8")
    kept = ("--cache-dir", tmp_path / "kept")
    running = [_start(web, file, "-o", tmp_path / f"{n}.json", *kept) for n in range(2)]
    ends = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], ends
    assert all("150 found" in err for err in ends)
    assert set(web.count("/works/").values()) == {1}
    first, second = ((tmp_path / f"{n}.json").read_bytes() for n in range(2))
    assert first == second


@pytest.mark.skipif(sys.platform == "win32", reason="has no terminals of this kind")
def test_on_a_terminal(web: Web, tmp_path: Path) -> None:
    """Who looks sees how many are done, how fast, how long it will take, and the summary."""
    import pty

    names = [f"10.1000/t{number}" for number in range(120)]
    web.works = {doi: work(doi, f"Work {doi}") for doi in names}
    web.broken["/crossref/works/10.1000/t5"] = Reply(500, "")
    file = tmp_path / "many.txt"
    file.write_text("\n".join(names), encoding="utf-8")
    ours, theirs = pty.openpty()
    command = _command(web, file, "-o", tmp_path / "out.json")
    environment = _environment() | {"COLUMNS": "120", "TERM": "xterm"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = bytearray()
        with contextlib.suppress(OSError):  # so a terminal ends whose other side is closed
            while part := os.read(ours, 65_536):
                shown += part
    os.close(ours)
    assert process.returncode == 3
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())
    assert re.search(r"\d+/120\s+[\d.]+/s, [01] failed, \d:\d\d:\d\d left", text), text[-2_000:]
    assert "120 works: 119 found, 0 not found, 0 no metadata, 1 failed, 0 refused" in text
    assert "many.txt:6: crossref: 10.1000/t5: HTTP 500 (4 tries)" in text


def test_overwrite(web: Web, tmp_path: Path) -> None:
    """Fields named are set anew, others only where they are empty."""
    web.works["10.1000/n0"] = work("10.1000/n0", "On the making of maps")
    file = tmp_path / "a.bib"
    file.write_text(
        "@article{a, title={On the Making of Maps}, volume={77}, number={5}, year={2019},\n"
        " doi={10.1000/n0}}",
        encoding="utf-8",
    )
    _, out, _ = _run(web, file, "--overwrite", "volume")
    [item] = json.loads(out)
    assert (item["volume"], item["issue"]) == ("3", "5")


@pytest.mark.parametrize(
    "options",
    [
        ("--service", "nowhere"),
        ("--fields", "titel"),
        ("--json",),
        ("--mailto", "not an address"),
    ],
)
def test_wrong_usage(web: Web, dois: Path, options: tuple[str, ...]) -> None:
    """A wrong option ends with 2, and asks nobody."""
    code, _, err = _run(web, dois, *options)
    assert code == 2
    assert err
    assert not web.asked


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_stopped_run_goes_on(web: Web, tmp_path: Path, sign: signal.Signals) -> None:
    """Whatever stops a run, the next one asks only for what was not answered."""
    names = [f"10.1000/m{number}" for number in range(400)]
    web.works = {doi: work(doi, f"Work {doi}") for doi in names}
    file, target = tmp_path / "many.txt", tmp_path / "out.json"
    file.write_text("\n".join(names), encoding="utf-8")
    options = (file, "-o", target, "--cache-dir", tmp_path / "kept")
    with _start(web, *options) as process:
        until = time.monotonic() + 60
        while len(web.asked) < 60 and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(sign)
        _, err = process.communicate(timeout=60)
    assert process.returncode == (130 if sign == signal.SIGINT else -signal.SIGKILL)
    assert not target.exists()
    if sign == signal.SIGINT:
        assert "goes on from there" in err
    code, _, err = _run(web, *options)
    assert code == 0
    assert "400 found" in err
    again = sum(n - 1 for n in web.count("/works/").values())
    assert again <= (0 if sign == signal.SIGINT else 8)  # those on their way when it was killed
