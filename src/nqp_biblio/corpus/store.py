"""A corpus on disk: a folder of Parquet files and a manifest, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.corpus import Corpus
from nqp_biblio.corpus.engine import open_parquet
from nqp_biblio.corpus.folders import MAKER, MANIFEST, fresh_folder, recover
from nqp_biblio.errors import MissingFileError, StoreError, UnknownNameError
from nqp_biblio.schema import FORMAT_VERSION, TABLES

if TYPE_CHECKING:
    from nqp_biblio.corpus.engine import Session

__all__ = ["open_corpus", "save"]


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
    with fresh_folder(Path(folder)) as fresh:
        _write(corpus, fresh)


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
        If it is no saved corpus, lacks a file, or was saved by another version.
    UnknownNameError
        If there is no such engine.
    """
    path = Path(folder)
    recover(path)
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
    if version != FORMAT_VERSION:
        raise StoreError(
            f"{path}: saved in format {version}, this version reads {FORMAT_VERSION};"
            " read the files again and save"
        )
    return {"history": history}


def _write(corpus: Corpus, folder: Path) -> None:
    """Write all tables, and the manifest last."""
    for name in TABLES:
        corpus.write_parquet(name, folder / f"{name}.parquet")
    manifest = {
        "made_by": MAKER,
        "format_version": FORMAT_VERSION,
        "rows": {name: corpus.n_rows(name) for name in TABLES},
        "history": list(corpus.history),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
