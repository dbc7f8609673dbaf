"""Writing a corpus or a network to a file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.export import text_of
from nqp_biblio.outputs.formats import format_table


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give two works."""
    people = [nb.Person(family="Chen", given="L. Q.")]
    return nb.corpus_of(
        [
            nb.Record(title="=Ports", type="book", publication_year=2001, people=people),
            nb.Record(title="新质生产力", type="book", publication_year=2002, key="b2"),
        ]
    )


BEGINS = [
    (".bib", "bibtex", "@"),
    (".json", "csl-json", "["),
    (".ris", "ris", "TY  - "),
    (".csv", "csv", "role,"),
]


@pytest.mark.parametrize(("suffix", "name", "begin"), BEGINS)
def test_corpus_by_ending_and_by_name(
    tmp_path: Path, corpus: nb.Corpus, suffix: str, name: str, begin: str
) -> None:
    """The ending of the file or format= say what is written, and that is what text_of gives."""
    by_ending, by_name = tmp_path / f"out{suffix.upper()}", tmp_path / "out.dat"
    nb.write(corpus, by_ending)
    nb.write(corpus, by_name, format=name)
    text = by_ending.read_text(encoding="utf-8")
    assert text.startswith(begin)
    assert "新质生产力" in text
    assert by_name.read_text(encoding="utf-8") == text == text_of(corpus, name)


@pytest.mark.parametrize("suffix", [".bib", ".json", ".ris"])
def test_corpus_is_read_back(tmp_path: Path, corpus: nb.Corpus, suffix: str) -> None:
    """What is written can be read again, with the same works."""
    nb.write(corpus, tmp_path / f"out{suffix}")
    back = nb.read(tmp_path / f"out{suffix}")
    columns = ["title", "publication_year", "type"]
    pd.testing.assert_frame_equal(back.works[columns], corpus.works[columns])
    assert back.n_rows("problems") == 0


@pytest.mark.parametrize(("name", "format_name"), [("w.parquet", None), ("w.dat", "parquet")])
def test_parquet(tmp_path: Path, corpus: nb.Corpus, name: str, format_name: str | None) -> None:
    """Parquet holds the table of works, cell by cell."""
    nb.write(corpus, tmp_path / name, format=format_name)
    again = corpus.sql(
        "SELECT work_id, title FROM read_parquet(?) ORDER BY work_id", (str(tmp_path / name),)
    )
    assert again == corpus.sql("SELECT work_id, title FROM works ORDER BY work_id")


NETWORKS = [
    (".graphml", "graphml", b"<graphml"),
    (".json", "vosviewer", b"{"),
    (".net", "pajek", b"*Vertices"),
    (".csv", "csv", b"source_id,"),
    (".svg", "svg", b"<?xml"),
    (".pdf", "pdf", b"%PDF"),
    (".png", "png", b"\x89PNG"),
]


@pytest.mark.parametrize(("suffix", "name", "begin"), NETWORKS)
def test_network_by_ending_and_by_name(
    tmp_path: Path, small_network: nb.Network, suffix: str, name: str, begin: bytes
) -> None:
    """Networks and their pictures go by the ending too; a name overrules it."""
    by_ending, by_name = tmp_path / f"net{suffix}", tmp_path / "net.txt"
    nb.write(small_network, by_ending)
    nb.write(small_network, by_name, format=name)
    assert by_ending.read_bytes().startswith(begin)
    assert by_name.read_bytes() == by_ending.read_bytes()


def test_a_name_overrules_the_ending_of_a_picture(
    tmp_path: Path, small_network: nb.Network
) -> None:
    """format= decides where the ending says something else."""
    nb.write(small_network, tmp_path / "net.svg", format="graphml")
    assert (tmp_path / "net.svg").read_bytes().startswith(b"<graphml")


CORPUS_ERRORS = [
    ("x.bib", "bibtx", "unknown format 'bibtx'; known: bibtex.* Did you mean 'bibtex'"),
    ("x.xyz", None, r"x\.xyz: the ending names no format"),
    ("x", None, r"x: the ending names no format"),
    ("x.svg", None, r"x\.svg: the ending names no format"),
    ("x.bib", "graphml", "unknown format 'graphml'"),
]


@pytest.mark.parametrize(("name", "format_name", "match"), CORPUS_ERRORS)
def test_unknown_formats_of_a_corpus(
    tmp_path: Path, corpus: nb.Corpus, name: str, format_name: str | None, match: str
) -> None:
    """A format that there is not is refused by name, and nothing is written."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.write(corpus, tmp_path / name, format=format_name)
    assert list(tmp_path.iterdir()) == []


NETWORK_ERRORS = [
    ("x.graphml", "graphm", "unknown format 'graphm'; known: graphml.* Did you mean 'graphml'"),
    ("x.bib", None, r"names no format of a network; \.graphml.* do"),
    ("x", None, "names no format of a network"),
    ("x.graphml", "bibtex", "unknown format 'bibtex'"),
]


@pytest.mark.parametrize(("name", "format_name", "match"), NETWORK_ERRORS)
def test_unknown_formats_of_a_network(
    tmp_path: Path, small_network: nb.Network, name: str, format_name: str | None, match: str
) -> None:
    """The same for a network."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.write(small_network, tmp_path / name, format=format_name)
    assert list(tmp_path.iterdir()) == []


def test_text_of_knows_only_text(corpus: nb.Corpus) -> None:
    """Parquet is no text, so it is not offered as one."""
    with pytest.raises(nb.BiblioError, match="unknown format 'parquet'") as caught:
        text_of(corpus, "parquet")
    assert "Did you mean" not in str(caught.value)
    assert not re.search(r"known:.*parquet", str(caught.value))


TARGETS = ["works.bib", "works.parquet", "map.svg", "map.graphml", "map.pdf"]


@pytest.mark.parametrize("name", TARGETS)
def test_whole_or_not_at_all(
    tmp_path: Path, corpus: nb.Corpus, small_network: nb.Network, name: str
) -> None:
    """Where a file cannot be written there is a clear error, and nothing half-written."""
    thing = corpus if name.startswith("works") else small_network
    with pytest.raises(nb.BiblioError, match=f"{name}: cannot be written"):
        nb.write(thing, tmp_path / "no such folder" / name)
    (tmp_path / name).mkdir()
    with pytest.raises(nb.BiblioError, match=f"{name}: a folder, not a file"):
        nb.write(thing, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_older_file_stays_when_writing_fails(
    tmp_path: Path, corpus: nb.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was there is left as it was where the new one cannot be finished."""
    target = tmp_path / "works.bib"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(nb.BiblioError, match="No space left on device"):
        nb.write(corpus, target)
    assert [path.name for path in tmp_path.iterdir()] == ["works.bib"]
    assert target.read_text(encoding="utf-8") == "old"


def test_one_table_of_all_formats() -> None:
    """The table of formats has every name with what it reads and writes, and is plain data."""
    rows = {(row["of"], row["name"]): row for row in format_table()}
    assert rows["corpus", "bibtex"]["reads"]
    assert rows["corpus", "bibtex"]["writes"]
    assert not rows["corpus", "parquet"]["reads"]
    assert rows["network", "graphml"]["suffixes"] == [".graphml"]
    assert list(rows) == sorted(rows)
    assert json.loads(json.dumps(format_table())) == format_table()
