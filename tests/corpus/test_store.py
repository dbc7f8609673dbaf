"""A corpus on disk: whole or not at all, and the same bytes each time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus import folders
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.corpus.store import open_corpus
from nqp_biblio.errors import MissingFileError, OutputError, StoreError, UnknownNameError
from nqp_biblio.record import Record
from nqp_biblio.schema import FORMAT_VERSION, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus


@pytest.fixture
def saved(corpus: Corpus, tmp_path: Path) -> Path:
    """Save the corpus to a folder."""
    corpus.save(tmp_path / "saved")
    return tmp_path / "saved"


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_comes_back(corpus: Corpus, saved: Path) -> None:
    """A saved corpus is opened with the same tables and the same history."""
    again = open_corpus(saved)
    for name in TABLES:
        assert getattr(again, name).equals(getattr(corpus, name)), name
    assert again.history == corpus.history
    assert list(again.records()) == list(corpus.records())


def test_folder_holds_a_file_per_table(saved: Path) -> None:
    """The folder holds plain Parquet files that other programs can read."""
    expected = {"manifest.json", *(f"{name}.parquet" for name in TABLES)}
    assert {file.name for file in saved.iterdir()} == expected
    manifest = json.loads((saved / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format_version"] == FORMAT_VERSION
    assert manifest["rows"]["works"] == 5


def test_same_bytes(corpus: Corpus, saved: Path, tmp_path: Path) -> None:
    """Saved twice, and saved again after opening, a corpus gives the same bytes."""
    corpus.save(tmp_path / "twice")
    open_corpus(saved).save(tmp_path / "again")
    assert _contents(saved) == _contents(tmp_path / "twice") == _contents(tmp_path / "again")


def test_replaced_whole(saved: Path) -> None:
    """Saving over a saved corpus leaves nothing of the old one, and no temporary folder."""
    (saved / "left.over").write_text("x", encoding="utf-8")
    corpus_of([Record(title="new")]).save(saved)
    assert list(open_corpus(saved).works["title"]) == ["new"]
    assert not (saved / "left.over").exists()
    assert [path.name for path in saved.parent.iterdir()] == ["saved"]


def test_saved_over_itself(saved: Path) -> None:
    """A corpus may be saved over the folder that it was opened from."""
    open_corpus(saved).filter("work_id = 1").save(saved)
    assert open_corpus(saved).n_rows("works") == 1


def test_failed_save_leaves_the_old(
    corpus: Corpus, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save that fails half way leaves the saved corpus as it was."""
    before = _contents(saved)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_swap", fail)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left"):
        corpus.save(saved)
    assert _contents(saved) == before
    assert [path.name for path in saved.parent.iterdir()] == ["saved"]


def test_foreign_folder_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    """A folder with other files in it is never written over."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="holds other files; name another place"):
        corpus.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_file_in_the_way(corpus: Corpus, tmp_path: Path) -> None:
    """A file is not replaced by a folder."""
    (tmp_path / "x").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="name another place"):
        corpus.save(tmp_path / "x")
    with pytest.raises(OutputError, match="cannot be written"):
        corpus.save(tmp_path / "x" / "inner")


def test_empty_and_new_folders(corpus: Corpus, tmp_path: Path) -> None:
    """An empty folder is taken, and folders above are made."""
    (tmp_path / "empty").mkdir()
    corpus.save(tmp_path / "empty")
    corpus.save(tmp_path / "a" / "b" / "c")
    assert len(open_corpus(tmp_path / "empty")) == len(open_corpus(tmp_path / "a/b/c")) == 5


@pytest.mark.parametrize("name", ["it's", "a b", "ä-新", "semi;colon", "100%"])
def test_odd_folder_names(corpus: Corpus, tmp_path: Path, name: str) -> None:
    """The name of the folder may have quotes, blanks and letters of any script."""
    corpus.save(tmp_path / name)
    assert len(open_corpus(tmp_path / name)) == 5


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is said so."""
    with pytest.raises(MissingFileError, match="no such folder"):
        open_corpus(tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"format_version": "x", "history": []}'])
def test_other_folder(saved: Path, text: str) -> None:
    """A folder with another manifest is no saved corpus."""
    (saved / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="no saved corpus"):
        open_corpus(saved)


def test_folder_without_manifest(tmp_path: Path) -> None:
    """Any other folder is no saved corpus."""
    with pytest.raises(StoreError, match="no saved corpus"):
        open_corpus(tmp_path)


def test_missing_table(saved: Path) -> None:
    """A folder that lacks a file is refused, by the name of the file."""
    (saved / "terms.parquet").unlink()
    with pytest.raises(StoreError, match=r"terms\.parquet is missing"):
        open_corpus(saved)


@pytest.mark.parametrize("step", [-1, 1])
def test_other_version(saved: Path, step: int) -> None:
    """A corpus saved by another version is refused instead of being misread."""
    path = saved / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["format_version"] = FORMAT_VERSION + step
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(StoreError, match=f"reads {FORMAT_VERSION};"):
        open_corpus(saved)


def test_unknown_engine(saved: Path) -> None:
    """An engine that is not there is answered by those that are."""
    with pytest.raises(UnknownNameError, match="unknown engine 'duck'; known: duckdb, spark"):
        open_corpus(saved, engine="duck")
