"""Records as JSON lines: a corpus is the same after writing and reading."""

from __future__ import annotations

from pathlib import Path

import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.jsonl import format_jsonl
from nqp_biblio.outputs.round_trip import rows_of
from nqp_biblio.outputs.whole_records import whole_records

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ROOT / "tests" / "data" / "outputs" / "paper.txt",
    ROOT / "examples" / "data" / "new_quality_productivity_references.txt",
    ROOT / "refs.bib",
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_corpus_comes_back(file: Path, tmp_path: Path) -> None:
    """All tables of a corpus are equal: a paper with its references and mentions, lists, works."""
    corpus = nb.read(file)
    nb.write(corpus, tmp_path / "a.jsonl")
    assert rows_of(nb.read(tmp_path / "a.jsonl")) == rows_of(corpus)


def test_several_files_come_back(tmp_path: Path) -> None:
    """Problems without a work keep their place among the others."""
    (tmp_path / "a.bib").write_text("@article{a, title = {One}, year = 20XX}\n@article{b, title")
    (tmp_path / "b.ris").write_text("nothing at all")
    corpus = nb.read(*FILES, tmp_path / "b.ris", tmp_path / "a.bib")
    assert corpus.n_rows("problems") > 1
    nb.write(corpus, tmp_path / "all.jsonl")
    again = nb.read(tmp_path / "all.jsonl")
    assert rows_of(again) == rows_of(corpus)
    nb.write(again, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()


def test_references_stand_in_their_paper() -> None:
    """A reference that is a work is carried by the paper, and stands not beside it."""
    cited = nb.Record(role="reference", key="1", title="Cited", raw="Cited.")
    paper = nb.Record(title="P", cited_references=[nb.CitedReference("Cited.", work=cited)])
    entries = list(whole_records(nb.corpus_of([paper, nb.Record(title="Q")])))
    assert [entry.title for entry in entries if isinstance(entry, nb.Record)] == ["P", "Q"]
    first = entries[0]
    assert isinstance(first, nb.Record)
    assert first.cited_references[0].work == cited


def test_half_a_pair_of_surrogates() -> None:
    """A text that UTF-8 cannot hold is written in escapes, and so kept."""
    assert format_jsonl([nb.Record(title="a\ud800")]) == (
        '{"nqp_biblio": 1, "title": "a\\ud800"}\n'
    )


def test_no_number_that_json_lacks() -> None:
    """Infinity and its like are left out."""
    record = nb.Record(title="T", confidence=float("nan"))
    assert format_jsonl([record]) == '{"nqp_biblio": 1, "title": "T"}\n'
