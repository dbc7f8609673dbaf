"""From records to the tables of a corpus, and from files to a corpus."""

from __future__ import annotations

import glob
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.corpus import Corpus
from nqp_biblio.corpus.engine import Spool
from nqp_biblio.errors import (
    EmptyInputError,
    InputError,
    MissingFileError,
    NoReferencesError,
    OptionError,
)
from nqp_biblio.readers.registry import detect_format, get_format
from nqp_biblio.readers.source import STDIN, Source
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["corpus_of", "read"]


def _shared(table: str, kind: type) -> tuple[str, ...]:
    """Columns of a table that a record type holds under the same name."""
    names = {item.name for item in fields(kind)}
    return tuple(name for name in TABLES[table].column_names if name in names)


_WORK_COLUMNS = _shared("works", Record)
_PERSON_COLUMNS = _shared("authorships", Person)
_REFERENCE_COLUMNS = tuple(
    name for name in _shared("cited_references", CitedReference) if name != "work"
)
_MENTION_COLUMNS = _shared("mentions", Mention)


def read(*paths: str | Path, format: str | None = None) -> Corpus:  # noqa: A002
    """Read any mixture of files into one corpus.

    Parameters
    ----------
    *paths : str or Path
        Files, folders (read with their subfolders, hidden files left out), patterns such as
        ``"exports/*.bib"``, or ``"-"`` for the standard input.
    format : str, optional
        Name of the format of all files; told by content where not given.

    Returns
    -------
    Corpus
        All works, in the order of the paths. What could not be read is in ``problems``.

    Raises
    ------
    MissingFileError
        If a path or pattern names nothing.
    InputError
        If the only file cannot be used at all. Where several are read, such a file is a row
        in ``problems`` and the others are kept; if all are such, NoReferencesError.
    UnknownNameError
        If there is no such format.

    Examples
    --------
    >>> corpus = read("refs.bib")  # doctest: +SKIP
    """
    if not paths:
        raise OptionError("read needs at least one path")
    if format is not None:
        get_format(format)
    files = [file for path in paths for file in _files_of(path)]
    parameters = {"paths": [str(path) for path in paths], "format": format}
    corpus = corpus_of(
        (item for file in files for item in _entries(file, format, alone=len(files) == 1)),
        step={"step": "read", **parameters},
    )
    if len(files) > 1 and not len(corpus):
        raise NoReferencesError(_nothing_read(corpus, paths, len(files)))
    return corpus


def corpus_of(
    entries: Iterable[Record | Problem], *, step: dict[str, object] | None = None
) -> Corpus:
    """Make a corpus of records and problems.

    Parameters
    ----------
    entries : iterable of Record or Problem
        What a reader yields. References of a paper that carry a work become works too.
    step : dict, optional
        What the history of the corpus says of this.

    Returns
    -------
    Corpus
        Works numbered from 1 in the order given; the references of a paper follow it.
    """
    with Spool() as spool:
        loader = _Loader(spool)
        for entry in entries:
            if isinstance(entry, Problem):
                loader.add_problem(entry, None)
            else:
                loader.add_record(entry)
        loader.finish()
        return Corpus(spool.session(), history=(step or {"step": "corpus_of"},))


@dataclass(slots=True)
class _Loader:
    """Gives keys to records and spreads them over the tables."""

    spool: Spool
    counts: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    source_issn: dict[int, str] = field(default_factory=dict)
    source_works: dict[int, int] = field(default_factory=dict)

    def add_record(self, record: Record) -> None:
        """Add a record, its references and mentions."""
        work_id = self._add_work(record)
        if record.role == "reference":
            position = self._next(f"list of {record.file}")
            self._add_reference(_as_reference(record), None, position, work_id)
        references: dict[str, int] = {}
        for position, cited in enumerate(record.cited_references, 1):
            cited_id = self._add_work(cited.work) if cited.work else None
            key = self._add_reference(_filled(cited), work_id, position, cited_id)
            if cited.label is not None:
                references.setdefault(cited.label, key)
        for mention in record.mentions:
            row = {name: getattr(mention, name) for name in _MENTION_COLUMNS}
            row["mention_id"] = self._next("mentions")
            row["citing_work_id"] = work_id
            row["reference_id"] = references.get(mention.label)
            self.spool.add("mentions", row)

    def add_problem(self, problem: Problem, work_id: int | None) -> None:
        """Add a problem, with the work that is kept in spite of it."""
        row = {
            "problem_id": self._next("problems"),
            "file": problem.file,
            "line": problem.line,
            "raw": problem.raw,
            "reason": problem.reason,
            "work_id": work_id,
        }
        self.spool.add("problems", row)

    def finish(self) -> None:
        """Write the sources."""
        for name, source_id in self.sources.items():
            row = {
                "source_id": source_id,
                "display_name": name,
                "issn": self.source_issn.get(source_id),
                "n_works": self.source_works[source_id],
                "n_variants": 1,
            }
            self.spool.add("sources", row)

    def _add_work(self, record: Record) -> int:
        work_id = self._next("works")
        row = {name: getattr(record, name) for name in _WORK_COLUMNS}
        row["work_id"] = work_id
        row["source_id"] = self._source(record)
        self.spool.add("works", row)
        self._add_lists(record, work_id)
        for problem in record.problems:
            self.add_problem(problem, work_id)
        return work_id

    def _add_lists(self, record: Record, work_id: int) -> None:
        """Spread what a record has several of."""
        self._add_people(record, work_id)
        lists: dict[str, list[dict[str, object]]] = {
            "affiliations": [
                {"affiliation_raw": address, "author_position": author}
                for address, author in record.affiliations
            ],
            "page_ranges": [{"first_page": a, "last_page": b} for a, b in record.pages],
            "fields": [{"name": name, "value": value} for name, value in record.fields],
        }
        for name, rows in lists.items():
            for position, row in enumerate(rows, 1):
                self.spool.add(name, {"work_id": work_id, "position": position, **row})
        for kind in ("author_keyword", "index_keyword"):
            words = [word for its_kind, word in record.keywords if its_kind == kind]
            for position, word in enumerate(words, 1):
                row = {"work_id": work_id, "kind": kind, "position": position}
                self.spool.add("terms", row | {"term_raw": word, "term": word})

    def _add_people(self, record: Record, work_id: int) -> None:
        """Write the people of a work, each role numbered by itself."""
        positions: dict[str, int] = {}
        for person in record.people:
            positions[person.role] = positions.get(person.role, 0) + 1
            row = {name: getattr(person, name) for name in _PERSON_COLUMNS}
            row |= {"work_id": work_id, "position": positions[person.role]}
            row["name_raw"] = person.raw
            self.spool.add("authorships", row)

    def _add_reference(
        self, cited: CitedReference, citing: int | None, position: int | None, work_id: int | None
    ) -> int:
        reference_id = self._next("cited_references")
        row = {name: getattr(cited, name) for name in _REFERENCE_COLUMNS}
        row |= {"reference_id": reference_id, "citing_work_id": citing}
        row |= {"position": position, "work_id": work_id}
        self.spool.add("cited_references", row)
        return reference_id

    def _source(self, record: Record) -> int | None:
        """Return the key of the source a work stands in."""
        if record.source_raw is None:
            return None
        source_id = self.sources.setdefault(record.source_raw, len(self.sources) + 1)
        self.source_works[source_id] = self.source_works.get(source_id, 0) + 1
        if record.issn:
            self.source_issn.setdefault(source_id, record.issn)
        return source_id

    def _next(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]


def _nothing_read(corpus: Corpus, paths: Sequence[str | Path], n_files: int) -> str:
    """Say that no file gave a work, and what was wrong with the first."""
    file, reason = corpus.sql("SELECT file, reason FROM problems ORDER BY problem_id LIMIT 1")[0]
    named = ", ".join(map(str, paths[:3]))
    return f"{named}: none of the {n_files} files has a work that can be read; {file}: {reason}"


def _as_reference(record: Record) -> CitedReference:
    """Describe a work read from a list as a reference."""
    people = record.people_of("author") or record.people
    return CitedReference(
        raw=record.raw or record.title or "",
        label=record.key,
        first_author=people[0].display if people else None,
        publication_year=record.publication_year,
        title=record.title,
        source_raw=record.source_raw,
        volume=record.volume,
        first_page=record.pages[0][0] if record.pages else record.article_number,
        doi=record.doi,
        work=record,
    )


def _filled(cited: CitedReference) -> CitedReference:
    """Take the fields of a reference from the work it carries."""
    if cited.work is None:
        return cited
    return replace(_as_reference(cited.work), raw=cited.raw, label=cited.label)


def _files_of(path: str | Path) -> list[Path | str]:
    """Return the files that a path names, in a fixed order."""
    name = str(path)
    if name == STDIN:
        return [STDIN]
    if Path(name).is_dir():
        found = [file for file in sorted(Path(name).rglob("*")) if _is_visible(file, Path(name))]
        if not found:
            raise EmptyInputError(f"{name}: no file in this folder")
        return list(found)
    if Path(name).exists() or not glob.has_magic(name):
        return [Path(name)]
    matched = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  takes absolute patterns
    files: list[Path | str] = [Path(file) for file in matched if Path(file).is_file()]
    if not files:
        raise MissingFileError(f"{name}: no file fits this pattern")
    return files


def _is_visible(file: Path, folder: Path) -> bool:
    """Whether a path is a file that is not hidden."""
    parts = file.relative_to(folder).parts
    return file.is_file() and not any(part.startswith(".") for part in parts)


def _entries(file: Path | str, name: str | None, *, alone: bool) -> Iterator[Record | Problem]:
    """Read one file; one among several that cannot be used becomes a problem."""
    try:
        source = Source(file)
        form = get_format(name) if name else detect_format(source)
        for entry in form.records(source):
            yield _stamped(entry, source, form.name)
        if "text" in vars(source) and source.guess:
            yield Problem(file=source.name, line=1, raw="", reason=source.guess)
    except InputError as error:
        if alone:
            raise
        reason = str(error).removeprefix(f"{file}: ")
        yield Problem(file=str(file), line=None, raw="", reason=reason)


def _stamped(entry: Record | Problem, source: Source, name: str) -> Record | Problem:
    """Say in a record where it was read."""
    if isinstance(entry, Record):
        works = [entry, *(cited.work for cited in entry.cited_references if cited.work)]
        for work in works:
            work.file = work.file or source.name
            work.format = work.format or name
            for problem in work.problems:
                problem.file = problem.file or source.name
    return entry
