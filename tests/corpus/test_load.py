"""Reading: any mixture of paths makes one corpus, and nothing is lost on the way."""

from __future__ import annotations

import gc
import zipfile
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of, read
from nqp_biblio.errors import (
    EmptyInputError,
    InputError,
    MissingFileError,
    NoReferencesError,
    OptionError,
    UnknownFormatError,
    UnknownNameError,
)
from nqp_biblio.readers import registry
from nqp_biblio.readers.registry import Format
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nqp_biblio.readers.source import Source


def _matches(source: Source) -> float:
    return float(source.head.startswith("toy\n"))


def _records(source: Source) -> Iterator[Record | Problem]:
    """One work per line after the first; a line with a question mark cannot be read."""
    for number, line in enumerate(source.text.splitlines()[1:], 2):
        if "?" in line:
            yield Problem(source.name, number, line, "a question")
        elif line:
            yield Record(title=line, line=number)


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know one format, of this test alone."""
    monkeypatch.setattr(registry, "_state", {"loaded": True})
    monkeypatch.setattr(registry, "_formats", {"toy": Format("toy", "Toy", (), _matches, _records)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write good and bad files."""
    files = {
        "b.txt": "toy\nB1\nB2\n",
        "a.txt": "toy\nA1\nwhat?\nA2\n",
        "sub/c.txt": "toy\nC1\n",
        ".hidden/d.txt": "toy\nD1\n",
        "sub/.e.txt": "toy\nE1\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _titles(*paths: str | Path) -> list[str]:
    return list(read(*paths).works["title"])


def test_one_file(folder: Path) -> None:
    """A file gives its works with file, line and format, and its problems."""
    corpus = read(folder / "a.txt")
    path = str(folder / "a.txt")
    assert corpus.sql("SELECT title, file, line, format FROM works ORDER BY work_id") == [
        ("A1", path, 2, "toy"),
        ("A2", path, 4, "toy"),
    ]
    assert corpus.sql("SELECT file, line, raw, reason, work_id FROM problems") == [
        (path, 3, "what?", "a question", None)
    ]


def test_entries_in_are_works_and_problems(folder: Path) -> None:
    """Every entry of every file is a work or a problem."""
    corpus = read(folder)
    assert corpus.n_rows("works") + corpus.n_rows("problems") == 6


def test_paths_in_the_order_given(folder: Path) -> None:
    """Works come in the order of the paths."""
    assert _titles(folder / "b.txt", folder / "a.txt") == ["B1", "B2", "A1", "A2"]


def test_folder_is_read_with_its_subfolders(folder: Path) -> None:
    """A folder gives its files by name, subfolders too, hidden files not."""
    assert _titles(folder) == ["A1", "A2", "B1", "B2", "C1"]
    assert _titles(str(folder)) == _titles(folder)


@pytest.mark.parametrize(
    ("pattern", "titles"),
    [
        ("*.txt", ["A1", "A2", "B1", "B2"]),
        ("[b].txt", ["B1", "B2"]),
        ("**/*.txt", ["A1", "A2", "B1", "B2", "C1"]),
        ("su?/*", ["C1"]),
    ],
)
def test_patterns(folder: Path, pattern: str, titles: list[str]) -> None:
    """A pattern gives the files that fit, by name."""
    assert _titles(str(folder / pattern)) == titles


def test_file_with_brackets_in_its_name(folder: Path) -> None:
    """A file whose name looks like a pattern is read as the file."""
    (folder / "x[1].txt").write_text("toy\nX\n", encoding="utf-8")
    assert _titles(folder / "x[1].txt") == ["X"]


def test_pattern_without_files(folder: Path) -> None:
    """A pattern that fits nothing is an error, not an empty corpus."""
    with pytest.raises(MissingFileError, match="no file fits this pattern"):
        read(str(folder / "*.bib"))


def test_pattern_with_folders_only(folder: Path) -> None:
    """A pattern that fits folders only has no file either."""
    with pytest.raises(MissingFileError, match="no file fits this pattern"):
        read(str(folder / "su?"))


def test_folder_without_files(tmp_path: Path) -> None:
    """An empty folder is said to be empty."""
    with pytest.raises(EmptyInputError, match="no file in this folder"):
        read(tmp_path)


def test_no_path() -> None:
    """Reading nothing is a mistake of the caller."""
    with pytest.raises(OptionError, match="at least one path"):
        read()


def test_missing_file_alone(tmp_path: Path) -> None:
    """The only file, when it is missing, is an error."""
    with pytest.raises(MissingFileError, match="no such file"):
        read(tmp_path / "x.bib")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("gone.txt", None, "no such file"),
        ("empty.txt", b"", "the file is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("odd.txt", b"plain text", "no format fits the content"),
    ],
)
def test_one_bad_file_among_several(
    folder: Path, name: str, data: bytes | None, reason: str
) -> None:
    """A file that cannot be used among several is a problem, and the others are read."""
    if data is not None:
        (folder / name).write_bytes(data)
    corpus = read(folder / "b.txt", folder / name)
    assert list(corpus.works["title"]) == ["B1", "B2"]
    [(file, line, said)] = corpus.sql("SELECT file, line, reason FROM problems")
    assert (file, line) == (str(folder / name), None)
    assert said.startswith(reason)


def test_one_bad_file_alone(folder: Path) -> None:
    """The same file alone is an error."""
    (folder / "odd.txt").write_text("plain text", encoding="utf-8")
    with pytest.raises(UnknownFormatError, match="name one of toy with format="):
        read(folder / "odd.txt")
    with pytest.raises(InputError, match="odd"):
        read(folder / "odd.txt")


def test_format_by_name(folder: Path) -> None:
    """A format that is named is taken, whatever the content looks like."""
    (folder / "odd.txt").write_text("plain\ntext\n", encoding="utf-8")
    assert list(read(folder / "odd.txt", format="toy").works["title"]) == ["text"]
    with pytest.raises(UnknownNameError, match="unknown format 'toys'"):
        read(folder / "odd.txt", format="toys")


def test_history_says_what_was_read(folder: Path) -> None:
    """The corpus knows the call that made it."""
    path = str(folder / "b.txt")
    assert read(path).history == ({"step": "read", "paths": [path], "format": None},)
    assert corpus_of([]).history == ({"step": "corpus_of"},)


def test_empty_corpus() -> None:
    """No records make an empty corpus."""
    corpus = corpus_of([])
    assert len(corpus) == 0
    assert list(corpus.records()) == []


def test_references_of_a_paper_are_works() -> None:
    """The references of a paper follow it as works, and the reference points to its work."""
    cited = [
        CitedReference(raw=f"[{n}] X", label=str(n), work=Record(role="reference", title=f"X{n}"))
        for n in (1, 2)
    ]
    corpus = corpus_of([Record(role="paper", cited_references=cited), Record(title="next")])
    assert corpus.sql("SELECT work_id, title FROM works ORDER BY work_id") == [
        (1, None),
        (2, "X1"),
        (3, "X2"),
        (4, "next"),
    ]
    query = "SELECT citing_work_id, position, label, raw, title, work_id FROM cited_references"
    assert corpus.sql(query + " ORDER BY reference_id") == [
        (1, 1, "1", "[1] X", "X1", 2),
        (1, 2, "2", "[2] X", "X2", 3),
    ]


def test_bare_references_are_numbered_per_file() -> None:
    """References of a list without its paper have no citing work; each file counts anew."""
    records = [
        Record(
            role="reference",
            title=title,
            file=file,
            people=[Person(family="Li", given="M.")],
            article_number="e7",
        )
        for file, title in (("a", "A1"), ("a", "A2"), ("b", "B1"))
    ]
    rows = corpus_of(records).sql(
        "SELECT citing_work_id, position, title, first_author, first_page, work_id"
        " FROM cited_references ORDER BY reference_id"
    )
    assert rows == [
        (None, 1, "A1", "Li, M.", "e7", 1),
        (None, 2, "A2", "Li, M.", "e7", 2),
        (None, 1, "B1", "Li, M.", "e7", 3),
    ]


def test_mentions_find_their_reference() -> None:
    """An in-text citation points to the first reference of its label, or to none."""
    cited = [CitedReference(raw="a", label="1"), CitedReference(raw="b", label="1")]
    mentions = [Mention(f"[{label}]", label, None, 1, 1, "s", 0) for label in ("1", "2")]
    paper = Record(role="paper", cited_references=cited, mentions=mentions)
    corpus = corpus_of([Record(title="first"), paper])
    rows = corpus.sql("SELECT citing_work_id, label, reference_id FROM mentions ORDER BY 2")
    assert rows == [(2, "1", 1), (2, "2", None)]


def test_sources_are_counted() -> None:
    """Each printed name is a source of its own until normalised; works without stay without."""
    names = ("J A", "J B", "J A", None)
    records = [Record(source_raw=n, issn="1" if n == "J A" else None) for n in names]
    corpus = corpus_of(records)
    columns = "display_name, issn, n_works, n_variants"
    assert corpus.sql(f"SELECT {columns} FROM sources ORDER BY source_id") == [
        ("J A", "1", 2, 1),
        ("J B", None, 1, 1),
    ]
    assert corpus.sql("SELECT source_id FROM works ORDER BY work_id") == [(1,), (2,), (1,), (None,)]


def test_people_are_numbered_within_their_role() -> None:
    """The first editor is number one, after however many authors."""
    people = [Person(literal="A"), Person(literal="E", role="editor"), Person(literal="B")]
    rows = corpus_of([Record(people=people)]).sql(
        "SELECT role, position, literal FROM authorships ORDER BY role, position"
    )
    assert rows == [("author", 1, "A"), ("author", 2, "B"), ("editor", 1, "E")]


def test_problems_of_a_record_name_its_work() -> None:
    """A problem of a record that was kept points to it."""
    record = Record(title="kept", problems=[Problem("f", 3, "raw", "odd year")])
    corpus = corpus_of([Problem("f", 1, "x", "lost"), record])
    assert corpus.sql("SELECT problem_id, work_id FROM problems ORDER BY 1") == [(1, None), (2, 1)]


def test_a_folder_without_a_work_is_refused(tmp_path: Path) -> None:
    """Where no file of several gives a work, one error says so and names the first reason."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Prose alone, and no list.\n", encoding="utf-8")
    with pytest.raises(NoReferencesError, match="none of the 2 files has a work"):
        read(tmp_path)


def test_zip_of_files(tmp_path: Path) -> None:
    """The files in a zip are read like files in a folder; one that cannot be is a problem."""
    path = tmp_path / "exports.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "toy\nA1\n")
        packed.writestr("b.txt", "no format\n")
        packed.writestr("sub/c.txt", "toy\nC1\nwhat?\n")
    corpus = read(path)
    assert corpus.sql("SELECT title, file FROM works ORDER BY work_id") == [
        ("A1", f"{path}/a.txt"),
        ("C1", f"{path}/sub/c.txt"),
    ]
    found = corpus.sql("SELECT file, line FROM problems ORDER BY problem_id")
    assert found == [(f"{path}/b.txt", None), (f"{path}/sub/c.txt", 3)]


def test_zip_of_nothing(tmp_path: Path) -> None:
    """A zip without a file is empty."""
    path = tmp_path / "exports.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("folder/", "")
        packed.writestr(".hidden", "x")
    with pytest.raises(EmptyInputError, match="no file in this zip file"):
        read(path)


def test_progress(tmp_path: Path) -> None:
    """Who asks is told now and then how far a file has been read."""
    path = tmp_path / "long.txt"
    path.write_text("toy\n" + "work\n" * 999, encoding="utf-8")
    told: list[tuple[str, float, int]] = []
    read(path, on_progress=lambda *news: told.append(news))
    assert [n for _, _, n in told] == [200, 400, 600, 800]
    assert all(file == str(path) for file, _, _ in told)
    assert [round(share, 1) for _, share, _ in told] == [0.2, 0.4, 0.6, 0.8]


def test_large_corpus_is_kept_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables too large for memory answer as those in memory do, and leave no file behind."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    records = [Record(title=f"work {n}", publication_year=1900 + n) for n in range(50)]
    small = corpus_of(records)
    monkeypatch.setattr("nqp_biblio.corpus.engine._IN_MEMORY", 100)
    large = corpus_of(records)
    assert list(tmp_path.glob("*/corpus.duckdb"))
    query = "SELECT * FROM works ORDER BY work_id"
    assert large.sql(query) == small.sql(query)
    assert large.filter("publication_year > 1930").sql("SELECT COUNT(*) FROM works") == [(19,)]
    del large
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_columns_named_by_the_user(tmp_path: Path) -> None:
    """Columns of a table can be named; other files are read as always."""
    table = tmp_path / "table.csv"
    table.write_text("Paper name,Yr\nMaps,2001\nCharts,2002\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text("toy\nA1\n", encoding="utf-8")
    names = {"Paper name": "title", "Yr": "publication_year"}
    corpus = read(table, tmp_path / "other.txt", columns=names)
    assert corpus.sql("SELECT title, publication_year FROM works ORDER BY work_id") == [
        ("Maps", 2001),
        ("Charts", 2002),
        ("A1", None),
    ]
    assert corpus.history[0]["columns"] == names


def test_columns_that_no_file_has(tmp_path: Path) -> None:
    """Names that no table has are an error, and so are names of ours that do not exist."""
    path = tmp_path / "other.txt"
    path.write_text("toy\nA1\n", encoding="utf-8")
    with pytest.raises(OptionError, match="no file has one of the columns Paper name"):
        read(path, columns={"Paper name": "title"})
    with pytest.raises(UnknownNameError, match="Did you mean 'title'"):
        read(path, columns={"Paper name": "titel"})
