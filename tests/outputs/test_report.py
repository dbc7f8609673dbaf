"""The citation report: a page and a folder of data."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nqp_biblio as nb

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SEED = EXAMPLES / "data" / "new_quality_productivity_references.txt"
TakeApart = Callable[[str], Any]
CSP = (
    "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data: blob:;"
    " base-uri 'none'; form-action 'none'"
)
EXTERNAL = re.compile(
    r"(?:src|srcset|data|action|poster|xlink:href)\s*=|@import|url\((?!#)", re.IGNORECASE
)


def _report(folder: Path, *records: nb.Record | nb.Problem, **options: Any) -> str:
    """Write a report and return its page."""
    nb.write_report(nb.corpus_of(records), folder / "report.html", **options)
    return (folder / "report.html").read_text(encoding="utf-8")


def _manifest(folder: Path) -> list[str]:
    names: list[str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return names


@pytest.fixture(params=["seed_report", "paper_report"])
def page_text(request: pytest.FixtureRequest) -> str:
    """Give the page of the example list and that of a paper."""
    path: Path = request.getfixturevalue(request.param)
    return path.read_text(encoding="utf-8")


def test_policy_allows_own_style_and_script_only(page_text: str, take_apart: TakeApart) -> None:
    """The content security policy allows the style and the script of the page, by digest."""
    digests = []
    for tag in ("style", "script"):
        [text] = re.findall(rf"<{tag}>(.*?)</{tag}>", page_text, re.DOTALL)
        digests.append(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
    [policy] = [
        meta["content"]
        for meta in take_apart(page_text).all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == CSP.format(*digests)


def test_nothing_from_elsewhere(page_text: str, take_apart: TakeApart) -> None:
    """The page has one script of its own, no handler, no inline style, and loads nothing."""
    page = take_apart(page_text)
    tags = {tag for tag, _ in page.elements}
    assert [script.get("type") for script in page.all("script")].count(None) == 1
    assert {script.get("type") for script in page.all("script")} <= {None, "application/json"}
    assert not tags & {"iframe", "object", "embed", "link", "base", "form", "img"}
    names = {name for _, attributes in page.elements for name in attributes}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert not EXTERNAL.search(re.sub(r"<script.*?</script>", "", page_text, flags=re.DOTALL))
    links = {a["href"] for a in page.all("a")}
    assert all(re.match(r"#\w+$|https://doi\.org/10\.", link) for link in links), links


def test_ids_are_unique_and_links_lead_somewhere(page_text: str, take_apart: TakeApart) -> None:
    """No id stands twice, and every link within the page has its target."""
    page = take_apart(page_text)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    assert inner
    assert inner <= set(ids)


def test_sections_are_in_the_contents(page_text: str, take_apart: TakeApart) -> None:
    """Every section is in the contents, and its heading says what it is."""
    page = take_apart(page_text)
    sections = [section["id"] for section in page.all("section")]
    listed = [a["href"][1:] for a in page.all("a") if a["href"][1:] in sections]
    assert listed[: len(sections)] == sections
    assert all(page.sections[name] for name in sections)


def test_every_work_is_listed(seed_report: Path, take_apart: TakeApart) -> None:
    """All works are there with their number, title, year and the reference as printed."""
    page = take_apart(seed_report.read_text(encoding="utf-8"))
    titles = nb.read(SEED).sql("SELECT work_id, key, title FROM works ORDER BY work_id")
    assert len(titles) == 15
    ids = [li["id"] for li in page.all("li") if "id" in li]
    assert ids == [f"w{work_id}" for work_id, *_ in titles]
    for _, key, title in titles:
        assert f"[{key}]" in page.sections["works"]
        assert title in page.sections["works"]
    assert page.sections["works"].count("as printed") >= 15


SENTENCES = [
    ("left_out", "Every work is from 2025 , so there is no course of years to draw."),
    ("sources", "15 different sources , one work in each, so a ranking would say nothing."),
    ("authors", "None of the 25 authors has more than one work here"),
    ("left_out", "Only the list of works was read, not the text that cites them"),
    ("read", "Everything was read: no entry was lost, and none had to be guessed at."),
]


@pytest.mark.parametrize(("section", "sentence"), SENTENCES)
def test_sentences_instead_of_empty_charts(
    seed_report: Path, take_apart: TakeApart, section: str, sentence: str
) -> None:
    """Where a chart would say nothing, a sentence says why."""
    text = take_apart(seed_report.read_text(encoding="utf-8")).sections[section]
    assert sentence.replace(" ,", ",") in text


def test_paper_shows_where_it_cites(paper_report: Path, take_apart: TakeApart) -> None:
    """A paper read whole heads its report, is marked, and shows its citations by section."""
    text = paper_report.read_text(encoding="utf-8")
    page = take_apart(text)
    assert "<h1>Harbour Growth and Town Form</h1>" in text
    assert "the paper itself" in page.sections["works"]
    for section in ("1 Introduction", "2 Data and Methods", "3 Conclusion"):
        assert section in page.sections["profile"]
    rows = (paper_report.parent / "paper_data" / "measure_in_text_citations.csv").read_text(
        encoding="utf-8"
    )
    assert [row["n_mentions"] for row in csv.DictReader(rows.splitlines())] == ["3", "2", "1"]


FEW = [
    (
        "no years",
        [nb.Record(title="One"), nb.Record(title="Two")],
        {"left_out": "No year of publication was read, so there is nothing to draw."},
    ),
    (
        "one year and none",
        [nb.Record(title="One", publication_year=1999), nb.Record(title="Two")],
        {"left_out": "Every work with a year is from 1999, so there is no course of years to"},
    ),
    (
        "no topics",
        [nb.Record(publication_year=1999, people=[nb.Person(family="Chen")])],
        {"left_out": "No topic was found", "authors": "Chen"},
    ),
    (
        "one work",
        [nb.Record(title="Harbour Growth", source_raw="Acta", publication_year=1999)],
        {"sources": "1 different source, one work in each", "left_out": "No author was read."},
    ),
    (
        "only problems",
        [nb.Problem("a.bib", 7, "@article{<b>", "not closed & lost")],
        {"read": "a.bib:7 not closed & lost @article{<b>", "left_out": "No journal"},
    ),
    ("nothing", [], {"": "0 works", "left_out": "No author was read."}),
]


@pytest.mark.parametrize(("name", "entries", "expected"), FEW, ids=[few[0] for few in FEW])
def test_hardly_anything_to_report(
    tmp_path: Path, take_apart: TakeApart, name: str, entries: list[Any], expected: dict[str, str]
) -> None:
    """A corpus with hardly anything in it gives a page that says so in words."""
    page = take_apart(_report(tmp_path, *entries))
    for section, words in expected.items():
        assert words in page.sections[section], name


def test_years_are_drawn_where_they_differ(tmp_path: Path, take_apart: TakeApart) -> None:
    """Several years are a chart, works without a year are counted beside it."""
    records = [nb.Record(publication_year=year) for year in (2001, 2003, 2003, None)]
    page = take_apart(_report(tmp_path, *records))
    assert "Works by year of publication. 1 without a year are not shown" in page.sections["years"]
    assert any(svg.get("aria-label") == "Works a year, 2001 to 2003" for svg in page.all("svg"))


def test_problems_are_shown(tmp_path: Path, take_apart: TakeApart) -> None:
    """Problems stand at the top and at their work; past a hundred the rest is counted."""
    own = nb.Problem("a.txt", 3, "raw <i>text</i>", "no year in reference [7]")
    records = [nb.Record(title="One", problems=[own])]
    others = [nb.Problem("b.txt", n, "?", f"reason {n}") for n in range(1, 131)]
    page = take_apart(_report(tmp_path, *records, *others))
    assert "131 problems" in page.sections["read"]
    assert "a.txt:3 no year in reference [7] raw <i>text</i>" in page.sections["read"]
    assert "reason 99" in page.sections["read"]
    assert "reason 100" not in page.sections["read"]
    assert "31 more stand in the file." in page.sections["read"]
    assert "no year in reference [7]" in page.sections["works"]


def test_data_folder_is_as_its_manifest_says(seed_report: Path, take_apart: TakeApart) -> None:
    """The folder holds what the manifest lists, and every file that the page names."""
    folder = seed_report.parent / "report_data"
    names = _manifest(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names, "manifest.json"])
    assert all((folder / name).stat().st_size for name in names)
    page = take_apart(seed_report.read_text(encoding="utf-8"))
    assert set(re.findall(r"report_data/([\w.]*\w)", page.text)) <= set(names)
    for name in ("works.bib", "works.ris", "works.json"):
        assert len(nb.read(folder / name)) == 15


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    """A second report of the same name takes the place of the first, files and all."""
    _report(tmp_path, nb.Record(title="Harbour Growth and Street Networks"))
    first = _manifest(tmp_path / "report_data")
    text = _report(tmp_path, nb.Record(publication_year=1999))
    second = _manifest(tmp_path / "report_data")
    assert "Harbour" not in text
    assert set(second) < set(first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report_data"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A folder of that name with other files is not touched, and no page is written."""
    (tmp_path / "report_data").mkdir()
    (tmp_path / "report_data" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(nb.BiblioError, match="report_data: holds other files"):
        _report(tmp_path, nb.Record(title="One"))
    assert [path.name for path in tmp_path.rglob("*")] == ["report_data", "thesis.txt"]


def test_a_folder_in_the_place_of_the_page(tmp_path: Path) -> None:
    """Where the page cannot be written, nothing is."""
    (tmp_path / "report.html").mkdir()
    with pytest.raises(nb.BiblioError, match=r"report\.html: a folder, not a file"):
        _report(tmp_path, nb.Record(title="One"))
    assert [path.name for path in tmp_path.rglob("*")] == ["report.html"]


@pytest.fixture(scope="module")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the report of 1,200 works, the topics of the last ones shared."""
    words = ["Harbour Growth", "Street Networks", "Tidal Trade", "Quay Walls", "Lock Gates"]
    records = [
        nb.Record(
            title=f"{words[i % 5]} and {words[(i + 1 + i // 600) % 5]}",
            publication_year=2000,
            doi=f"10.5555/{i}",
        )
        for i in range(1_200)
    ]
    return _report(tmp_path_factory.mktemp("large"), *records)


def test_a_large_corpus_shows_the_first_works(large_page: str, take_apart: TakeApart) -> None:
    """Of 1,200 works 500 are listed, which the page says; the rest is in the folder."""
    page = take_apart(large_page)
    assert sum("id" in li for li in page.all("li")) == 500
    assert "The first 500 of 1200 works; all are in report_data/works.csv." in page.text
    ids = {attributes.get("id") for _, attributes in page.elements}
    inner = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    assert inner <= ids


def test_a_part_of_a_corpus(tmp_path: Path, take_apart: TakeApart) -> None:
    """A corpus whose first works were left out shows the first of those that are left."""
    records = [nb.Record(title=f"Work {n}", publication_year=n) for n in range(1_000, 1_620)]
    corpus = nb.corpus_of(records).filter("publication_year >= 1600")
    nb.write_report(corpus, tmp_path / "part.html")
    page = take_apart((tmp_path / "part.html").read_text(encoding="utf-8"))
    assert [li["id"] for li in page.all("li") if "id" in li] == [f"w{n}" for n in range(601, 621)]
    assert "Work 1619" in page.sections["works"]


def test_own_networks_and_title(tmp_path: Path, take_apart: TakeApart) -> None:
    """Networks given are shown in place of the map of topics, laid out or not."""
    people = [nb.Person(family=name, given="A.") for name in ("Ames", "Bell")]
    corpus = nb.corpus_of([nb.Record(title="One", people=people)])
    net = nb.coauthorship_network(corpus)
    nb.write_report(corpus, tmp_path / "own.html", networks=[net, net], title="A & <B>")
    text = (tmp_path / "own.html").read_text(encoding="utf-8")
    assert "<h1>A &amp; &lt;B&gt;</h1>" in text
    assert "Coauthorship of authors: 2 nodes, 1 links" in take_apart(text).sections["map"]
    names = _manifest(tmp_path / "own_data")
    assert {"map_coauthorship_authors.svg", "map_coauthorship_authors_2.svg"} <= set(names)


def test_no_networks(tmp_path: Path, take_apart: TakeApart) -> None:
    """Without networks there is no map, whatever the topics."""
    page = take_apart(_report(tmp_path, nb.Record(title="Harbour Growth"), networks=[]))
    assert not [svg for svg in page.all("svg") if svg.get("aria-label", "").startswith("Map")]


WEB = [
    ("https://example.org/?a=1&b=2", True),
    ("HTTP://example.org", True),
    ("javascript:alert(1)", False),
    ("data:text/html,x", False),
    (" https://example.org", False),
    ("file:///etc/passwd", False),
]


@pytest.mark.parametrize(("url", "is_link"), WEB)
def test_only_addresses_of_the_web_are_links(
    tmp_path: Path, take_apart: TakeApart, url: str, *, is_link: bool
) -> None:
    """An address is a link only where it is of the web."""
    page = take_apart(_report(tmp_path, nb.Record(title="One", url=url)))
    assert (url in [a["href"] for a in page.all("a")]) is is_link


BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> $x_1$ \\frac{ {{ 7*7 }} {% raw %}"


def test_hostile_text_stays_text(tmp_path: Path, take_apart: TakeApart) -> None:
    """Markup in any field of a work is shown letter by letter and does nothing."""
    record = nb.Record(
        key=BAD,
        type=BAD,
        title=BAD,
        year_raw=BAD,
        source_raw=BAD,
        volume=BAD,
        pages_raw=BAD,
        publisher=BAD,
        doi=f"10.5555/{BAD}",
        raw=BAD,
        people=[nb.Person(literal=BAD)],
        keywords=[("author_keyword", BAD)],
        file=BAD,
        problems=[nb.Problem(BAD, 1, BAD, BAD)],
    )
    text = _report(tmp_path, record, record, nb.Record(title="Harbour Growth"), title=BAD)
    page = take_apart(text)
    assert [script.get("type") for script in page.all("script")].count(None) == 1
    assert not page.all("img")
    assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on")]
    assert BAD in page.sections["works"]
    assert "{{ 7*7 }}" in page.text


CASES = [
    ("bib-html", (".html", ".svg", ".graphml")),
    ("bib-formula", (".csv", ".html")),
    ("bib-tex", (".bib",)),
]


@pytest.mark.parametrize(("case", "suffixes"), CASES)
def test_hostile_files(
    tmp_path: Path, shared_data: Path, case: str, suffixes: tuple[str, ...]
) -> None:
    """Hostile bibliographies lose no record, and no file that could act on them does."""
    folder = shared_data / "badinputs" / case
    expect = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    corpus = nb.read(folder / expect["file"])
    assert len(corpus) + corpus.n_rows("problems") >= expect["records_in"]
    nb.write_report(corpus, tmp_path / "report.html")
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in tmp_path.rglob("*")
        if file.is_file()
    }
    for word in expect["must_survive"]:
        assert word in texts["report.html"]
        assert word in texts["works.csv"]
    read = {name: text for name, text in texts.items() if name.endswith(suffixes)}
    assert read
    for name, text in read.items():
        for pattern in expect["must_not_render"]:
            assert not re.search(pattern, text), (name, pattern)


def test_formulas_in_tables(tmp_path: Path) -> None:
    """No cell of any table of the folder begins like a formula."""
    bad = "=HYPERLINK(1)"
    record = nb.Record(
        key="+k",
        type="@t",
        title=bad,
        source_raw=bad,
        publisher="-2+3",
        people=[nb.Person(literal="@SUM(1)")],
        keywords=[("author_keyword", bad)],
        problems=[nb.Problem(bad, 1, bad, bad)],
    )
    _report(tmp_path, record, record)
    for file in tmp_path.rglob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        acting = [c for c in cells if c[:1] in set("=+@\t\r-") and not _is_number(c)]
        assert acting == [], file.name


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


def test_seed_is_told(tmp_path: Path, take_apart: TakeApart) -> None:
    """The methods name the seed, and the code at the end repeats the report with it."""
    page = take_apart(_report(tmp_path, nb.Record(title="Harbour Growth"), seed=7))
    assert 'nb.write_report(corpus, "report.html", seed=7)' in page.sections["methods"]
    assert "seed 7" in page.sections["methods"]
