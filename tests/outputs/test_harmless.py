"""Whatever a work holds, nothing in an output acts, breaks it or lands elsewhere."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openpyxl import load_workbook

import nqp_biblio as nb
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.networks.kinds import network_of
from nqp_biblio.outputs.report.write import write_report
from nqp_biblio.outputs.writers import list_writers
from nqp_biblio.record import Person, Record

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

HOSTILE = (
    "=HYPERLINK(1)",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "<script>alert(1)</script>",
    "]]><x/>",
    "\\write18{touch x}",
    "\\input{/etc/passwd}",
    "a\0b\x07c\x1b[31m",
    "half \ud800 pair",
    "\u202egnp.exe",
    "../../../x",
    "C:\\x",
    "x\u2028y\u2029z",
)
TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
ACTIVE = ("=", "+", "@", "\t", "\r")


@pytest.fixture(scope="module")
def hostile() -> Corpus:
    """A corpus whose every text is an attack."""
    return corpus_of(
        Record(
            key=text,
            type="article-journal",
            title=text,
            publication_year=2000 + place,
            people=[Person(family=text, given=text), Person(literal=text)],
            source_raw=text,
            url=f"javascript:alert('{text}')",
            keywords=[("author", text)],
            affiliations=[(text, None)],
        )
        for place, text in enumerate(HOSTILE)
    )


@pytest.mark.parametrize("name", [writer.name for writer in list_writers()])
def test_a_writer_stays_in_its_file(hostile: Corpus, tmp_path: Path, name: str) -> None:
    """Each writer makes the one file that is named, whatever keys and titles say."""
    folder = tmp_path / "out"
    folder.mkdir()
    nb.write(hostile, folder / "works.out", format=name)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        "out",
        "out/works.out",
    ]


@pytest.mark.parametrize("name", ["csv", "scopus-csv"])
def test_no_formula_in_a_table(hostile: Corpus, tmp_path: Path, name: str) -> None:
    """No cell of a CSV begins as a formula does."""
    nb.write(hostile, tmp_path / "a.csv", format=name)
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(ACTIVE)]
    assert not TEXT.search(text)


def test_no_formula_in_a_workbook(hostile: Corpus, tmp_path: Path) -> None:
    """No cell of a workbook is a formula or a link."""
    nb.write(hostile, tmp_path / "a.xlsx")
    for sheet in load_workbook(tmp_path / "a.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None


def test_xml_is_well_formed(hostile: Corpus, tmp_path: Path) -> None:
    """EndNote XML is read by a strict parser, and holds no element of a value."""
    nb.write(hostile, tmp_path / "a.xml")
    tags = {str(node.tag) for node in etree.parse(tmp_path / "a.xml").iter()}
    assert not tags & {"script", "x"}


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_networks_are_well_formed(hostile: Corpus, tmp_path: Path, suffix: str) -> None:
    """A network in XML is read by a strict parser, and holds no element of a label."""
    nb.write(network_of(hostile, "coauthorship"), tmp_path / f"a{suffix}")
    tags = {
        str(node.tag).rpartition("}")[2] for node in etree.parse(tmp_path / f"a{suffix}").iter()
    }
    assert not tags & {"script", "x"}


@pytest.mark.parametrize("suffix", [".gml", ".net", ".graphml", ".gexf"])
def test_networks_hold_no_control_characters(hostile: Corpus, tmp_path: Path, suffix: str) -> None:
    """Control characters of a label do not reach a file of a network."""
    nb.write(network_of(hostile, "coauthorship"), tmp_path / f"a{suffix}")
    assert not TEXT.search((tmp_path / f"a{suffix}").read_text(encoding="utf-8"))


def test_a_report_links_to_http_alone(hostile: Corpus, tmp_path: Path) -> None:
    """A report holds no tag of a value, and no link but http, https and into itself."""
    (tmp_path / "out").mkdir()
    write_report(hostile, tmp_path / "out" / "r.html")
    page = (tmp_path / "out" / "r.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    links = re.findall(r'\b(?:href|src|action)="([^"]*)"', page)
    assert not [
        link for link in links if not re.match(r"https?://|#|data:image/|data:text/csv", link)
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
