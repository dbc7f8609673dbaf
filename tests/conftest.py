"""What all tests share."""

from __future__ import annotations

import shutil
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb
from nqp_biblio.readers.cited_line import parse_wos_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_KEYWORDS = {"author_keyword": "DE", "index_keyword": "ID"}
_ASIDE = ("RP", "NR", "J9", "SR")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real third-party files beside the checkout; skips where it is missing."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the shared data folder is not at {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the project's own fixtures."""
    return Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def spark_session() -> Iterator[None]:
    """Start Spark on this machine, small and silent."""
    pyspark_sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime")
    builder = pyspark_sql.SparkSession.builder.master("local[2]").appName("tests")
    options = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
        # compiling a query costs more than running it on so few rows
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    for name, value in options.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = builder.getOrCreate()
        yield
        session.stop()


@pytest.fixture(scope="session")
def management_corpus(shared_data: Path) -> nb.Corpus:
    """Read the set ``management`` of bibliometrix, of 898 works, as it has it; not cleaned.

    Names, keywords and cited references are its strings; ``genre`` is its type of document.
    """
    rdata = pytest.importorskip("rdata")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = rdata.read_rda(shared_data / "truths" / "management.rda")["management"]
    return nb.corpus_of(_record_of(row) for _, row in frame.iterrows())


@pytest.fixture(scope="session")
def management_clean(management_corpus: nb.Corpus) -> nb.Corpus:
    """Give ``management`` after ``normalise``, ``find_places`` and ``link_references``."""
    return nb.link_references(nb.find_places(nb.normalise(management_corpus)))


@pytest.fixture(scope="session")
def isi_corpus(shared_data: Path) -> nb.Corpus:
    """Read the file of 33 records of Web of Science that metaknowledge tests with."""
    return nb.read(shared_data / "truths" / "testFile.isi")


def _record_of(row: Any) -> nb.Record:
    names = [(name, *name.rpartition(" ")) for name in _parts(row["AU"])]
    return nb.Record(
        key=row["UT"],
        type="article-journal",
        genre=row["DT"],
        title=row["TI"],
        publication_year=int(row["PY"]),
        source_raw=row["SO"],
        volume=_text(row["VL"]),
        doi=_text(row["DI"]),
        abstract=_text(row["AB"]),
        cited_by_count=int(row["TC"]),
        language="en",
        people=[
            nb.Person(family or given, given if family else None, raw=name)
            for name, family, _, given in names
        ],
        affiliations=[(one.strip(" ."), None) for one in _parts(row["C1"])],
        keywords=[(kind, word) for kind, tag in _KEYWORDS.items() for word in _parts(row[tag])],
        cited_references=[_reference_of(raw) for raw in _parts(row["CR"])],
        fields=[(tag, text) for tag in _ASIDE if (text := _text(row[tag]))],
    )


def _reference_of(raw: str) -> nb.CitedReference:
    reference = parse_wos_reference(raw)
    reference.raw = raw
    return reference


def _parts(value: object) -> list[str]:
    """Split a cell at semicolons; a cell without text has no parts."""
    return [part.strip() for part in (_text(value) or "").split(";") if part.strip()]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
