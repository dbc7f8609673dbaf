"""A corpus on disk: a folder of Parquet files and a manifest, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.corpus import Corpus
from nqp_biblio.corpus.engine import open_parquet
from nqp_biblio.errors import MissingFileError, OutputError, StoreError, UnknownNameError
from nqp_biblio.schema import FORMAT_VERSION, TABLES

if TYPE_CHECKING:
    from nqp_biblio.corpus.engine import Session

__all__ = ["open_corpus", "save"]

MANIFEST = "manifest.json"
"""Name of the file that says what is in the folder."""


def save(corpus: Corpus, folder: str | Path) -> None:
    """Save a corpus to a folder.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    folder : str or Path
        The folder. One that holds a saved corpus is replaced when all is written; any other
        that is not empty is left alone.

    Raises
    ------
    OutputError
        If the folder holds something else, or cannot be written.
    """
    target = Path(folder)
    if target.exists() and not _is_replaceable(target):
        raise OutputError(f"{target}: not empty and no saved corpus; name another folder")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from error
    try:
        _write(corpus, fresh)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def open_corpus(folder: str | Path, *, engine: str = "duckdb") -> Corpus:
    """Open a saved corpus.

    Parameters
    ----------
    folder : str or Path
        The folder that ``save`` wrote.
    engine : {"duckdb", "spark"}
        What holds the tables. Spark needs the extra ``spark`` and a Java runtime.

    Returns
    -------
    Corpus
        Its tables are read from the files when they are asked.

    Raises
    ------
    MissingFileError
        If there is no such folder.
    StoreError
        If it is no saved corpus, lacks a file, or was saved by a later version.
    UnknownNameError
        If there is no such engine.
    """
    path = Path(folder)
    manifest = _manifest_of(path)
    files = {name: path / f"{name}.parquet" for name in TABLES}
    for file in files.values():
        if not file.is_file():
            raise StoreError(f"{path}: {file.name} is missing; save the corpus again")
    return Corpus(_session(files, engine), history=tuple(manifest["history"]))


def _session(files: dict[str, Path], engine: str) -> Session:
    """Open the files in an engine."""
    if engine == "duckdb":
        return open_parquet(files)
    if engine == "spark":
        from nqp_biblio.corpus.spark import open_spark

        return open_spark(files)
    raise UnknownNameError("engine", engine, ["duckdb", "spark"])


def _manifest_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Read and check the manifest of a saved corpus."""
    if not path.exists():
        raise MissingFileError(f"{path}: no such folder")
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        version = int(manifest["format_version"])
        history = list(manifest["history"])
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(f"{path}: no saved corpus, for {MANIFEST} cannot be read") from None
    if version > FORMAT_VERSION:
        raise StoreError(
            f"{path}: saved in format {version}, this version reads up to {FORMAT_VERSION}"
        )
    return {"history": history}


def _is_replaceable(folder: Path) -> bool:
    """Whether a folder is empty or a saved corpus."""
    return folder.is_dir() and (not any(folder.iterdir()) or (folder / MANIFEST).is_file())


def _write(corpus: Corpus, folder: Path) -> None:
    """Write all tables, and the manifest last."""
    for name in TABLES:
        corpus.write_parquet(name, folder / f"{name}.parquet")
    manifest = {
        "format_version": FORMAT_VERSION,
        "rows": {name: corpus.n_rows(name) for name in TABLES},
        "history": list(corpus.history),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one."""
    fresh.chmod(0o755)
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        target.rename(old / "old")
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        return
    fresh.rename(target)
