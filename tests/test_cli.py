"""The command line: streams, exit codes, and every command with its example."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx
import pytest

import nqp_biblio as nb
from nqp_biblio.cli import cli, main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "examples" / "data" / "new_quality_productivity_references.txt"
PAPER = ROOT / "tests" / "data" / "outputs" / "paper.txt"
BIB = """\
@article{ames2001,
  author = {Ames, Ada and Bell, Bo}, title = {Harbour Growth and Street Networks},
  journal = {Scientometrics}, year = {2001}, volume = {5}, pages = {10--20},
  keywords = {ports, towns},
}
@book{cole2003,
  author = {Cole, Cy and Ames, Ada}, title = {Tidal Trade}, publisher = {Quay Press},
  year = {2003}, keywords = {ports},
}
"""
BROKEN = BIB + "@article{cut2020, title = {Cut off"
REFERENCE = (
    "[1] Chen LQ, Hu ZH, 2025, Internal Logic of Growth. Pioneering Monthly, 38(3): 168–177."
)


class Done(NamedTuple):
    """What a run left: its exit code and its two streams."""

    code: int
    out: str
    err: str


Run = Any


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Done]:
    """Run the command line within this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["nqp-biblio", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Done(end.value.code, out, err)

    return call


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Write good and bad files to the folder of the run."""
    contents = {
        "good.bib": BIB.encode(),
        "broken.bib": BROKEN.encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\n\t\n",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "binary.dat": bytes(range(256)) * 50,
        "prose.txt": b"There is nothing here that anybody could cite.\n" * 20,
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "hollow").mkdir()
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "prose.txt").write_bytes(contents["prose.txt"])
    return {path.name: path for path in tmp_path.iterdir()}


READERS = ["report", "parse", "check", "network"]
UNUSABLE = [
    ("missing.bib", "missing.bib: no such file"),
    ("*.nothing", "no file fits this pattern"),
    ("empty.txt", "empty.txt: the file is empty"),
    ("blank.txt", "blank.txt: the file is empty"),
    ("picture.png", "picture.png: a PNG picture, not text"),
    ("binary.dat", "binary.dat: a binary file, not text"),
    ("prose.txt", "prose.txt: no reference found"),
    ("hollow", "hollow: no file in this folder"),
    ("words", "no reference found"),
]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("name", "reason"), UNUSABLE)
def test_unusable_input(run: Run, name: str, reason: str) -> None:
    """Input that cannot be used is one clear line on the standard error, and code 1."""
    done = run("check", name)
    assert done.code == 1
    assert done.out == ""
    [line] = done.err.splitlines()
    assert line.startswith("nqp-biblio: ")
    assert reason in line
    assert "Traceback" not in line


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("command", READERS)
def test_unusable_input_of_each_command(run: Run, tmp_path: Path, command: str) -> None:
    """Every command refuses it alike, and writes no file."""
    before = sorted(tmp_path.rglob("*"))
    done = run(command, "prose.txt")
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


USAGE = [
    [],
    ["nonsense"],
    ["check"],
    ["check", "--nonsense", "x.bib"],
    ["check", "--fix", "x.bib"],
    ["check", "-o", "y.bib", "x.bib"],
    ["check", "--as-of", "soon", "x.bib"],
    ["convert", "only-one.bib"],
    ["parse", "--lines", "--format", "text", "x.txt"],
    ["parse", "--to", "docx", "x.txt"],
    ["network", "x.bib", "--kind", "friendship"],
    ["network", "x.bib", "--min-occurrences", "0"],
    ["network", "x.bib", "--seed", "-1"],
    ["network", "x.bib", "--resolution", "many"],
    ["report", "x.bib", "--seed", "one"],
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    """Wrong usage is told on the standard error, with code 2."""
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Usage: nqp-biblio" in done.err


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["check", "good.bib", "--select", "Q001"], "unknown code 'Q001'"),
        (["check", "good.bib", "--format", "bibtx"], "unknown format 'bibtx'.*Did you mean"),
        (["convert", "good.bib", "out.xyz"], r"out\.xyz: the ending names no format"),
        (["convert", "good.bib", "-", "--to", "riss"], "unknown format 'riss'.*Did you mean 'ris'"),
        (["convert", "good.bib", "no/such/out.bib"], "out.bib: cannot be written"),
        (["network", "good.bib", "--similarity", "cosin"], "unknown similarity 'cosin'"),
        (["network", "good.bib", "--level", "section"], "cotopic network has no option 'level'"),
        (["network", "good.bib", "--of", "cats"], "unknown nodes 'cats'"),
        (["network", "good.bib", "--resolution", "0"], "resolution is 0"),
        (["network", "good.bib", "--min-occurrences", "9", "-o", "x.svg"], "without nodes cannot"),
        (["network", "good.bib", "-o", "x.bib"], "names no format of a network"),
        (["report", "good.bib", "-o", "hollow"], "hollow: a folder, not a file"),
    ],
)
def test_what_cannot_be_done(run: Run, arguments: list[str], reason: str) -> None:
    """What cannot be done is one clear line, and a code that is not 0."""
    done = run(*arguments)
    assert done.code in (1, 2)
    assert done.out == ""
    [line] = done.err.splitlines()
    assert re.search(reason, line)


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_help_has_one_example_that_runs(run: Run, tmp_path: Path, command: str) -> None:
    """The help of each command has one example, and the example does what it says."""
    for name, text in (
        ("paper.txt", PAPER.read_text(encoding="utf-8")),
        ("references.txt", SEED.read_text(encoding="utf-8")),
        ("export.bib", BIB),
        ("more.ris", "TY  - JOUR\nTI  - Lock Gates\nPY  - 1999\nER  - \n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    shown = run(command, "--help")
    assert shown.code == 0
    [example] = re.findall(r"Example: (nqp-biblio .*)", shown.out)
    _, name, *arguments = shlex.split(example)
    assert name == command
    offline = ["--offline", "--cache-dir", "kept"] if command == "enrich" else []
    done = run(name, *arguments, *offline)
    assert done.code == (3 if offline else 0), done.err  # nobody is asked here
    outputs = [a for a in arguments if Path(a).suffix and not (tmp_path / a).exists()]
    assert outputs == []


def test_help_and_version(run: Run) -> None:
    """Help lists all commands with the exit codes; the version is that of the package."""
    done = run("--help")
    assert done.code == 0
    assert all(f"\n  {name} " in done.out for name in cli.commands)
    assert "130 interrupted" in " ".join(done.out.split())
    assert run("--version").out == f"nqp-biblio, version {nb.__version__}\n"


def test_parse_to_a_file(run: Run, tmp_path: Path) -> None:
    """Printed references become CSL-JSON, each with its words as printed."""
    done = run("parse", SEED, "-o", "out.json")
    assert (done.code, done.out, done.err) == (0, "", "15 references\n")
    items = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert len(items) == 15
    assert items[0]["title"].startswith("Scientific and Technological Innovation-Driven")
    assert items[0]["custom"]["raw"].startswith("Chen LQ, Hu ZH, 2025, Scientific")
    assert items[9]["DOI"] == "10.28427/n.cnki.njjsb.2025.000102"


BEGINS = [("csl-json", "["), ("bibtex", "@"), ("ris", "TY  - "), ("csv", "role,")]


@pytest.mark.parametrize(("target", "begin"), BEGINS)
def test_parse_to_each_format(run: Run, target: str, begin: str) -> None:
    """--to names what goes to the standard output; talk does not mix with it."""
    done = run("parse", SEED, "--to", target)
    assert (done.code, done.err) == (0, "15 references\n")
    assert done.out.startswith(begin)
    assert done.out.endswith("\n")


def test_parse_writes_csl_json_by_itself(run: Run) -> None:
    """Without --to the standard output gets CSL-JSON, the same as in a file."""
    out = run("parse", SEED).out
    assert run("parse", SEED, "-o", "out.json").code == 0
    assert Path("out.json").read_text(encoding="utf-8") == out


def test_parse_takes_a_paper_apart(run: Run) -> None:
    """Of a whole paper the references are written, not the paper."""
    done = run("parse", PAPER)
    assert [item["title"] for item in json.loads(done.out)] == [
        "Harbour Growth and Street Networks",
        "Street Networks of Old Harbour Towns",
        "Tidal Trade and Harbour Growth",
    ]


def test_parse_lines(run: Run) -> None:
    """With --lines each line is a reference, whatever it looks like, from the standard input."""
    done = run("parse", "--lines", "-", stdin=f"{REFERENCE}\nno reference at all\n")
    items = json.loads(done.out)
    assert len(items) == 2
    assert items[0]["issued"]["date-parts"] == [[2025]]
    assert items[1]["custom"]["raw"] == "no reference at all"


def test_quiet(run: Run) -> None:
    """With -q nothing is said where all is well."""
    assert run("parse", "-q", SEED, "-o", "out.ris") == Done(0, "", "")


PAIRS = [(a, b) for a in ("bib", "json", "ris") for b in ("bib", "json", "ris", "csv")]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_convert_between_all(run: Run, tmp_path: Path, source: str, target: str) -> None:
    """Any format that is read can be made any that is written, with all works."""
    nb.write(nb.read(SEED), tmp_path / f"in.{source}")
    done = run("convert", f"in.{source}", f"out.{target}")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[0] == f"15 works in out.{target}"
    text = (tmp_path / f"out.{target}").read_text(encoding="utf-8")
    if target == "csv":
        titles = [row["title"] for row in csv.DictReader(io.StringIO(text))]
    else:
        titles = [title for (title,) in nb.read(tmp_path / f"out.{target}").sql(TITLES)]
    assert titles == [title for (title,) in nb.read(SEED).sql(TITLES)]


TITLES = "SELECT title FROM works ORDER BY work_id"


@pytest.mark.usefixtures("files")
def test_convert_from_stdin_to_stdout(run: Run) -> None:
    """- is the standard input as a file to read, and the standard output as one to write."""
    done = run("convert", "-", "-", "--to", "ris", stdin=BIB)
    assert done.code == 0
    assert done.out.count("TY  - ") == 2


@pytest.mark.usefixtures("files")
def test_convert_many_and_clean(run: Run, tmp_path: Path) -> None:
    """Several files become one; with --clean copies are merged, and -v says which rules acted."""
    (tmp_path / "more.bib").write_text(BIB.replace("Scientometrics", "SCIENTOMETRICS"))
    done = run("convert", "good.bib", "more.bib", "all.json", "--clean", "-v")
    assert done.code == 0
    assert re.search(r"^[\w-]+: \d+ values?$", done.err, re.MULTILINE)
    assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))) == 2


def test_formats(run: Run) -> None:
    """Formats are a line each, or JSON with the same names."""
    lines = run("formats").out.splitlines()
    rows = json.loads(run("formats", "--json").out)
    assert [line.split()[0] for line in lines] == [row["name"] for row in rows]
    assert {"bibtex", "csl-json", "ris", "text", "graphml", "parquet"} <= {r["name"] for r in rows}


def test_formats_of_one(run: Run) -> None:
    """With a name, a format tells which columns it keeps, keeps in part and does not keep."""
    done = run("formats", "ris")
    assert done.out.startswith("ris: RIS\nreads and writes .ris\nkept, yes:\n  works: key ")
    assert [row["name"] for row in json.loads(run("formats", "ris", "--json").out)] == ["ris"]
    assert "Did you mean 'ris'" in run("formats", "riss").err


def test_convert_says_what_is_lost(run: Run) -> None:
    """What the works have and the format does not hold is said with counts, unless quiet."""
    done = run("convert", SEED, "out.ris")
    assert "ris does not hold: " in done.err
    assert "works.raw (15)" in done.err
    assert "holds in part" in run("convert", SEED, "out.ris", "-v").err
    assert run("convert", SEED, "out.ris", "-q").err == ""


@pytest.mark.usefixtures("files")
def test_check_lists_problems(run: Run) -> None:
    """What cannot be read is listed with file and line on the standard output; code 3."""
    done = run("check", "broken.bib", "--select", "E")
    assert done.code == 3
    assert re.match(r"broken\.bib:10: E002 \S", done.out)
    assert re.search(r"^\d works, 1 findings$", done.err, re.MULTILINE)


@pytest.mark.usefixtures("files")
def test_check_as_json(run: Run) -> None:
    """The same as JSON, with counts."""
    done = run("check", "broken.bib", "--json", "-q")
    told = json.loads(done.out)
    assert done.code == 3
    assert done.err == ""
    [problem] = told["problems"]
    assert problem["line"] == 10
    assert problem["raw"].startswith("@article{cut2020")
    assert told["summary"]["problems"] == 1


@pytest.mark.usefixtures("files")
def test_check_of_a_good_file(run: Run) -> None:
    """A file that can be read has nothing listed, and code 0."""
    assert run("check", "good.bib", "--ignore", "D001") == Done(0, "", "2 works, 0 findings\n")


FAULTY = """\
@article{one, author = {Ames, Ada}, title = {Harbour growth.}, journal = {Scientometrics},
  year = {2001}, doi = {https://doi.org/10.1000/One}}
@article{two, author = {Bell, Bo}, title = {Street <i>networks</i>}, journal = {Scientometrics},
  year = {2002}, doi = {not one}}
"""


def test_check_mends(run: Run, tmp_path: Path) -> None:
    """With --fix what is safe is mended and written; what is left is listed, with code 3."""
    (tmp_path / "faulty.bib").write_text(FAULTY, encoding="utf-8")
    found = run("check", "faulty.bib")
    assert found.code == 3
    assert found.out.splitlines() == [
        "faulty.bib:1: D003 a DOI is written without 'https://doi.org/'",
        "faulty.bib:1: T006 the title ends with a full stop",
        "faulty.bib:3: D002 'not one' is no DOI",
        "faulty.bib:3: T003 markup in the title: <i>",
    ]
    assert "1  D003  DOI with its address or a prefix [--fix]" in found.err
    done = run("check", "faulty.bib", "--fix", "-o", "mended.bib")
    assert done.code == 3
    assert done.out == "faulty.bib:3: D002 'not one' is no DOI\n"
    assert done.err.startswith("2 works, 1 findings, 3 values mended\n")
    assert run("check", "mended.bib", "--ignore", "D").code == 0
    works = nb.read("mended.bib").works
    assert works["title"].tolist() == ["Harbour growth", "Street networks"]
    assert works["doi"][0] == "10.1000/one"


def test_check_findings_as_json(run: Run, tmp_path: Path) -> None:
    """As JSON each finding has its code, place, value and what would do."""
    (tmp_path / "faulty.bib").write_text(FAULTY, encoding="utf-8")
    told = json.loads(run("check", "faulty.bib", "--json", "--select", "D003,Y").out)
    assert told["findings"] == [
        {
            "code": "D003",
            "severity": "info",
            "work_id": 1,
            "key": "one",
            "file": "faulty.bib",
            "line": 1,
            "field": "doi",
            "value": "https://doi.org/10.1000/One",
            "message": "a DOI is written without 'https://doi.org/'",
            "suggestion": "10.1000/one",
        }
    ]


def test_check_as_of(run: Run, tmp_path: Path) -> None:
    """A year is in the future as of the year named, never by the clock."""
    (tmp_path / "faulty.bib").write_text(FAULTY, encoding="utf-8")
    assert run("check", "faulty.bib", "--select", "Y").code == 0
    done = run("check", "faulty.bib", "--select", "Y", "--as-of", "2001", "-q")
    assert done == Done(3, "faulty.bib:3: Y002 the year 2002 is after 2001\n", "")


@pytest.mark.usefixtures("files")
def test_one_bad_file_among_good_ones(run: Run) -> None:
    """One file that cannot be used does not hold up the others; it is listed, with code 3."""
    done = run("check", "good.bib", "picture.png", "empty.txt", "--select", "E")
    assert done.code == 3
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["picture.png", "empty.txt"]
    assert done.err.startswith("2 works, 2 findings")


def test_many_problems_are_cut_short(run: Run, tmp_path: Path) -> None:
    """Of many problems ten are told and the rest counted; -v tells all, -q none."""
    cut = "@article{a, title = {One}, year = 2020, = }\n@article{, \n"
    (tmp_path / "bad.bib").write_text(cut * 30)
    n_problems = nb.read("bad.bib").n_rows("problems")
    assert n_problems > 10
    told, all_told, none_told = (
        run("convert", "bad.bib", "out.json", *option) for option in ([], ["-v"], ["-q"])
    )
    assert {told.code, all_told.code, none_told.code} == {3}
    assert told.err.count("bad.bib:") == 10
    assert f"{n_problems - 10} more problems; -v lists them" in told.err
    assert all_told.err.count("bad.bib:") == n_problems
    assert none_told.err == ""


KINDS = ["cotopic", "cooccurrence", "citation", "cocitation", "coupling", "coauthorship"]


@pytest.mark.parametrize("kind", KINDS)
def test_network_of_each_kind(run: Run, kind: str) -> None:
    """Every kind of network can be made; its edges go to the standard output as CSV."""
    done = run("network", PAPER, "--kind", kind)
    assert done.code == 0, done.err
    edges = list(csv.DictReader(io.StringIO(done.out)))
    [told] = re.findall(r"^\d+ nodes, (\d+) edges$", done.err, re.MULTILINE)
    assert len(edges) == int(told)
    assert done.out.startswith("source_id,target_id,source,target,weight")


ENDINGS = [
    ("graphml", b"<graphml"),
    ("json", b"{"),
    ("net", b"*Vertices"),
    ("csv", b"source_id"),
    ("svg", b"<?xml"),
    ("pdf", b"%PDF"),
    ("png", b"\x89PNG"),
]


@pytest.mark.parametrize(("ending", "begin"), ENDINGS)
def test_network_to_each_kind_of_file(run: Run, tmp_path: Path, ending: str, begin: bytes) -> None:
    """The ending of the file says what is written."""
    done = run("network", PAPER, "-o", f"net.{ending}")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / f"net.{ending}").read_bytes().startswith(begin)


def test_network_options(run: Run, tmp_path: Path) -> None:
    """Unit, thresholds, counting, level and seed reach the network."""
    arguments = ["--kind", "cocitation", "--level", "sentence", "--min-weight", "1", "--seed", "3"]
    done = run("network", PAPER, *arguments, "-o", "net.graphml")
    assert done.code == 0
    graph = nx.read_graphml(tmp_path / "net.graphml")
    assert graph.number_of_edges() == 2
    works = run("network", PAPER, "--kind", "cotopic", "--of", "works").out
    assert "Tidal Trade" in works or "Rind" in works


def test_report(run: Run, tmp_path: Path) -> None:
    """A report is a page and a folder; the summary as JSON counts what the page shows."""
    done = run("report", SEED, "-o", "mine.html", "--title", "My <title>", "--json")
    assert done.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.html", "mine_data"]
    text = (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "<h1>My &lt;title&gt;</h1>" in text
    counts = json.loads(done.out)
    assert counts["works"] == 15
    assert counts["topics"] > 0
    assert f"<p>{counts['topics']} topics" in text
    assert done.err == "15 works, report in mine.html\n"


def test_report_without_names(run: Run, tmp_path: Path) -> None:
    """The page is report.html where no name is given; the standard input has a heading too."""
    done = run("report", "-", stdin=SEED.read_text(encoding="utf-8"))
    assert (done.code, done.out) == (0, "")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<h1>Citation report</h1>" in text


def test_report_with_problems(run: Run, files: dict[str, Path]) -> None:
    """A report is made in spite of problems, which are told, with code 3."""
    done = run("report", "broken.bib")
    assert done.code == 3
    assert "broken.bib:10: " in done.err
    assert "broken.bib:10" in (files["broken.bib"].parent / "report.html").read_text("utf-8")


def _start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "nqp_biblio", *arguments],
        stderr=subprocess.PIPE,
        **options,
    )


def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C ends a run with one line, code 130 and no file."""
    pipe = tmp_path / "slow.bib"
    os.mkfifo(pipe)
    # a shell that runs this in the background has its children ignore the signal
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = _start("report", pipe, "-o", tmp_path / "out.html")
    signal.signal(signal.SIGINT, before)
    with pipe.open("wb"):  # opens when the command has begun to read
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().strip() == "nqp-biblio: interrupted"
    assert [path.name for path in tmp_path.iterdir()] == ["slow.bib"]


@pytest.mark.parametrize("arguments", [["convert", SEED, "-"], ["formats"], ["--help"]], ids=str)
def test_a_reader_that_leaves(arguments: list[str | Path]) -> None:
    """Where the next command in a pipe has gone, nothing is complained of."""
    for_reading, for_writing = os.pipe()
    os.close(for_reading)
    process = _start(*arguments, stdout=for_writing)
    os.close(for_writing)
    _, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode == 1


def test_any_console(tmp_path: Path) -> None:
    """A console that cannot show a character gets it in another form, not an error."""
    (tmp_path / "zh.bib").write_text("@book{a, title = {新质生产力}, year = 2024}", "utf-8")
    process = _start(
        "convert",
        tmp_path / "zh.bib",
        "-",
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out)[0]["title"] == "新质生产力"


def test_bar(tmp_path: Path) -> None:
    """In a terminal, reading that takes long shows how far it is; one that is short does not."""
    entry = "@article{{k{0}, title = {{Title {0}}}, author = {{Berg, Anna}}, year = 2001}}\n"
    (tmp_path / "long.bib").write_text("".join(map(entry.format, range(2_000))), "utf-8")
    program = "from nqp_biblio.cli import main, options; options.PATIENCE = {}; main()"
    shown = {}
    for patience in (0, 1_000):
        own, other = pty.openpty()
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                program.format(patience),
                "check",
                "--select=E",
                tmp_path / "long.bib",
            ],
            stderr=other,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
        )
        os.close(other)
        shown[patience] = _all_of(own)
        assert process.wait(timeout=60) == 0
    assert re.search(rb"long.bib: [12],?\d{3} works", shown[0])
    assert b"long.bib:" not in shown[1_000]


def _all_of(terminal: int) -> bytes:
    """Read a terminal until the other side is closed."""
    pieces = []
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 4096):
            pieces.append(piece)
    os.close(terminal)
    return b"".join(pieces)


@pytest.mark.parametrize("how", ["option", "file"])
def test_columns(run: Run, tmp_path: Path, how: str) -> None:
    """A table with columns of its own is read by their names, given one by one or in a file."""
    (tmp_path / "table.csv").write_text("Paper name;Yr\nMaps;2001\nCharts;2002\n", "utf-8")
    (tmp_path / "names.toml").write_text('"Paper name" = "title"\nYr = "year"\n', "utf-8")
    given = {
        "option": ["--column", "Paper name=title", "--column", "Yr=year"],
        "file": ["--columns", "names.toml"],
    }
    done = run("convert", "table.csv", "-", *given[how])
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert [(item["title"], item["issued"]["date-parts"][0][0]) for item in found] == [
        ("Maps", 2001),
        ("Charts", 2002),
    ]
    wrong = run("check", "table.csv", "--column", "Paper name")
    assert wrong.code == 2
    assert "is not of the form" in wrong.err


def test_parse_shows_a_table(run: Run) -> None:
    """A table has a line for each reference, with what was read of it."""
    done = run("parse", SEED, "--table")
    assert done.code == 0, done.err
    assert done.out.split("\n")[0].split() == ["Author", "Year", "Title", "Source", "Place", "Sure"]
    assert "38(3): 168–177" in done.out
    assert all(f"{number:2} " in done.out for number in range(1, 16))


def test_parse_explains(run: Run) -> None:
    """Each reference is followed by its parts with their fields."""
    done = run("parse", SEED, "--explain")
    assert done.code == 0, done.err
    lines = done.out.split("\n")
    assert lines[0].startswith("[1] Chen LQ, Hu ZH, 2025, Scientific")
    assert [line.split(None, 1) for line in lines[1:3]] == [
        ["author", "Chen LQ, Hu ZH"],
        ["date", "2025"],
    ]
    assert "\x1b" not in done.out


def test_parse_shows_and_writes(run: Run, tmp_path: Path) -> None:
    """What is shown can be written to a file at the same time."""
    done = run("parse", SEED, "--explain", "-o", "refs.ris")
    assert done.code == 0, done.err
    assert done.out.startswith("[1] ")
    assert (tmp_path / "refs.ris").read_text("utf-8").count("TY  - ") == 15


def test_parse_in_a_terminal() -> None:
    """A terminal is shown a table, and the fields in colour."""
    shown = {}
    for option in ([], ["--explain"]):
        own, other = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "nqp_biblio", "parse", SEED, *option],
            stdout=other,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "140"},
        )
        os.close(other)
        shown[len(option)] = _all_of(own).decode()
        assert process.wait(timeout=60) == 0
    assert "Sure" in shown[0]
    assert "\x1b[1;34mChen LQ, Hu ZH\x1b[0m" in shown[1]
