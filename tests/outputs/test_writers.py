"""The formats that works can be written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError
from nqp_biblio.outputs import writers
from nqp_biblio.outputs.writers import Writer, list_writers, register, writer_for
from nqp_biblio.record import Person, Record

HOSTILE = Record(
    key="+k<b>",
    title='=HYPERLINK("http://x","y") \\input{/etc/passwd} <script>alert(1)</script>\nER  - ',
    people=[Person(family="@SUM(1+1)", given="J."), Person(literal="}{")],
    url="javascript:alert(1)",
    fields=[("odd name}", "\\immediate\\write18{touch x}")],
)


def test_names_are_sorted() -> None:
    """All writers are listed, by name."""
    names = [writer.name for writer in list_writers()]
    assert names == sorted(names)
    assert {"bibtex", "csl-json", "csv", "endnote-xml", "records-jsonl", "ris"} <= set(names)
    assert {"scopus-csv", "wos", "xlsx", "parquet"} <= set(names)


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("clean.bib", "bibtex"),
        ("A.BIB", "bibtex"),
        (Path("x/y.ris"), "ris"),
        ("y.json", "csl-json"),
        ("y.csv", "csv"),
        ("y.xml", "endnote-xml"),
        ("y.jsonl", "records-jsonl"),
        ("y.xlsx", "xlsx"),
        ("y.parquet", "parquet"),
        ("y.ciw", "wos"),
        ("scopus-csv", "scopus-csv"),
        ("ris", "ris"),
    ],
)
def test_by_name_or_ending(target: str | Path, name: str) -> None:
    """A writer is found by its name, or by the ending of a file."""
    assert writer_for(target).name == name


@pytest.mark.parametrize("target", ["x.docx", "x", "riss"])
def test_an_unknown_ending_says_what_would_do(target: str) -> None:
    """The error names the endings that are known."""
    with pytest.raises(OptionError, match=r"\.bib"):
        writer_for(target)


def test_a_new_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that is registered is found like the others."""
    monkeypatch.setattr(writers, "_writers", dict(writers._writers))
    register(Writer("count", "Count", (".n",), lambda records: str(len(list(records)))))
    assert writer_for("a.n").text([Record(), Record()]) == "2"


TEXT_WRITERS = [writer for writer in list_writers() if writer.file is None]
FILE_WRITERS = [writer for writer in list_writers() if writer.file is not None]


@pytest.mark.parametrize("writer", TEXT_WRITERS, ids=lambda writer: writer.name)
def test_every_writer(writer: Writer) -> None:
    """Every writer takes none, bare and hostile records, and gives the same text again."""
    assert isinstance(writer.text([]), str)
    records = [Record(), HOSTILE, HOSTILE]
    text = writer.text(records)
    assert text == writer.text(iter(records))
    assert text.endswith("\n")
    assert writer.leaves_out


@pytest.mark.parametrize("writer", FILE_WRITERS, ids=lambda writer: writer.name)
def test_every_writer_of_files(writer: Writer, tmp_path: Path) -> None:
    """A format that is no text is written to a file, the same bytes each time."""
    assert writer.file is not None
    corpus = corpus_of([Record(), HOSTILE, HOSTILE])
    for name in ("a", "b"):
        writer.file(corpus, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert writer.leaves_out
    with pytest.raises(OptionError, match="no text; write it to a file"):
        writer.text([])


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("bibtex", "\\input{"),
        ("bibtex", "\\immediate"),
        ("csv", "\n=HYPERLINK"),
        ("csv", ",=HYPERLINK"),
        ("ris", "\nER  - \nER"),
        ("scopus-csv", '"=HYPERLINK'),
        ("wos", "\nER  -"),
        ("endnote-xml", "<script>"),
    ],
)
def test_nothing_harmful_is_written(name: str, harm: str) -> None:
    """Commands, formulas and tags in values do not come to life."""
    assert harm not in writer_for(name).text([HOSTILE])
