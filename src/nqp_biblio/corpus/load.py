"""From records to the tables of a corpus, and from files to a corpus."""

from __future__ import annotations

import glob
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
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
from nqp_biblio.readers.archives import is_zip, unpack_zip
from nqp_biblio.readers.registry import detect_format, get_format
from nqp_biblio.readers.source import STDIN, Source
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nqp_biblio.readers.column_map import ColumnMap
    from nqp_biblio.readers.registry import Format

__all__ = ["corpus_of", "read"]


_ATTRIBUTES = {item.name for item in fields(Record)}
_WORK_COLUMNS = TABLES["works"].column_names[1:]
_SOURCE_PLACE = _WORK_COLUMNS.index("source_id")
_WORK = attrgetter(*(name for name in _WORK_COLUMNS if name in _ATTRIBUTES - {"source_id"}))
_PERSON = attrgetter("family", "given", "particle", "suffix", "literal", "raw", "orcid")
_REFERENCE = attrgetter(
    *("label", "raw", "first_author", "publication_year", "title", "source_raw", "volume"),
    *("first_page", "doi"),
)
_MENTION = attrgetter(
    *("marker", "label", "section", "paragraph", "sentence_number", "sentence", "offset"),
    *("context", "context_offset"),
)
_REPORT_EVERY = 200

OnProgress = Callable[[str, float, int], None]
"""Told the file, the share of its lines that are read, and the number of its entries."""


def read(
    *paths: str | Path,
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | ColumnMap | None = None,
    on_progress: OnProgress | None = None,
) -> Corpus:
    """Read any mixture of files into one corpus.

    Parameters
    ----------
    *paths : str or Path
        Files, also packed by gzip, or several in a zip file; folders (read with their subfolders,
        hidden files left out); patterns such as ``"exports/*.bib"``; ``"-"`` for the standard
        input.
    format : str, optional
        Name of the format of all files; told by content where not given.
    columns : mapping of str to str, optional
        What columns of tables (CSV, Excel) hold, such as ``{"Paper name": "title"}``; other
        columns go by their usual names. Files without one of them are read as always.
    on_progress : callable, optional
        Called now and then with the name of the file, the share of it that is read (0 to 1)
        and the number of its entries so far.

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
        If there is no such format, or no such column of ours.
    OptionError
        If no file has one of `columns`.

    Examples
    --------
    >>> corpus = read("refs.bib")  # doctest: +SKIP
    """
    if not paths:
        raise OptionError("read needs at least one path")
    if format is not None:
        get_format(format)
    reader = _Reader(format, on_progress or _say_nothing)
    if columns is not None:
        reader.take_columns(columns)
    files = [file for path in paths for file in _files_of(path)]
    parameters: dict[str, object] = {"paths": [str(path) for path in paths], "format": format}
    if reader.columns:
        parameters["columns"] = reader.columns
    alone = len(files) == 1
    corpus = corpus_of(
        (item for file in files for item in reader.entries(file, alone=alone)),
        step={"step": "read", **parameters},
    )
    if reader.columns and not reader.has_mapped:
        raise OptionError(f"no file has one of the columns {', '.join(reader.columns)}")
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
            keys = (self._next("mentions"), work_id, references.get(mention.label))
            self.spool.add("mentions", (*keys, *_MENTION(mention)))

    def add_problem(self, problem: Problem, work_id: int | None) -> None:
        """Add a problem, with the work that is kept in spite of it."""
        key = self._next("problems")
        row = (key, problem.file, problem.line, problem.raw, problem.reason, work_id)
        self.spool.add("problems", row)

    def finish(self) -> None:
        """Write the sources."""
        for name, key in self.sources.items():
            issn = self.source_issn.get(key)
            self.spool.add("sources", (key, name, None, issn, self.source_works[key], 1))

    def _add_work(self, record: Record) -> int:
        work_id = self._next("works")
        values = _WORK(record)
        before, behind = values[:_SOURCE_PLACE], values[_SOURCE_PLACE:]
        self.spool.add("works", (work_id, *before, self._source(record), *behind))
        self._add_lists(record, work_id)
        for problem in record.problems:
            self.add_problem(problem, work_id)
        return work_id

    def _add_lists(self, record: Record, work_id: int) -> None:
        """Spread what a record has several of."""
        add = self.spool.add
        positions: dict[str, int] = {}
        for person in record.people:
            position = positions[person.role] = positions.get(person.role, 0) + 1
            keys = (work_id, person.role, position, None, None)
            add("authorships", (*keys, *_PERSON(person)))
        for position, (address, author) in enumerate(record.affiliations, 1):
            add("affiliations", (work_id, position, author, address))
        for position, (first, last) in enumerate(record.pages, 1):
            add("page_ranges", (work_id, position, first, last))
        for position, (name, value) in enumerate(record.fields, 1):
            add("fields", (work_id, position, name, value))
        for kind, word in record.keywords:
            position = positions[kind] = positions.get(kind, 0) + 1
            add("terms", (work_id, kind, position, word, word))

    def _add_reference(
        self, cited: CitedReference, citing: int | None, position: int, work_id: int | None
    ) -> int:
        reference_id = self._next("cited_references")
        row = (reference_id, citing, position, *_REFERENCE(cited), work_id)
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


def _say_nothing(file: str, share: float, n_entries: int) -> None:
    """Take what nobody wants to know."""


@dataclass(slots=True)
class _Reader:
    """How files are read: the format that was asked for, and that of the user's tables."""

    name: str | None
    told: OnProgress
    columns: dict[str, str] = field(default_factory=dict)
    mapped: Format | None = None
    has_mapped: bool = False

    def take_columns(self, columns: Mapping[str, str] | ColumnMap) -> None:
        """Read tables by the user's names of columns."""
        from nqp_biblio.readers.column_map import ColumnMap
        from nqp_biblio.readers.generic_csv import mapped_format

        chosen = columns if isinstance(columns, ColumnMap) else ColumnMap.of(columns)
        self.columns, self.mapped = dict(chosen.names), mapped_format(chosen)

    def entries(self, file: Path | str, *, alone: bool) -> Iterator[Record | Problem]:
        """Read one file; one among several that cannot be used becomes a problem."""
        try:
            source = Source(file)
            form = self._packed_format(source) if is_zip(source.start) else self._format(source)
            if form is None:
                yield from self._unpacked(source)
            else:
                yield from self._read(source, form)
        except InputError as error:
            if alone:
                raise
            yield _unusable(str(file), error)

    def _format(self, source: Source) -> Format:
        """Return the format of a source."""
        if self.mapped is not None and self.mapped.matches(source):
            self.has_mapped = True
            return self.mapped
        return get_format(self.name) if self.name else detect_format(source)

    def _packed_format(self, source: Source) -> Format | None:
        """Return the format of a zip file; None for one that holds files of formats."""
        try:
            form = self._format(source)
        except InputError:
            return None
        return form if form.matches(source) else None

    def _unpacked(self, source: Source) -> Iterator[Record | Problem]:
        """Read the files in a zip file; one that cannot be used becomes a problem."""
        n_members = 0
        for member, data in unpack_zip(source.data, source.name):
            n_members += 1
            path = f"{source.name}/{member}"
            try:
                inner = Source(path, data=data)
                yield from self._read(inner, self._format(inner))
            except InputError as error:
                yield _unusable(path, error)
        if not n_members:
            raise EmptyInputError(f"{source.name}: no file in this zip file")

    def _read(self, source: Source, form: Format) -> Iterator[Record | Problem]:
        """Read a source, and say how it was decoded where that was a guess."""
        for n_entries, entry in enumerate(form.records(source), 1):
            if not n_entries % _REPORT_EVERY:
                line = entry.line or 0
                self.told(source.name, min(line / (source.n_lines or 1), 1.0), n_entries)
            yield _stamped(entry, source, form.name)
        if source.guess:
            yield Problem(file=source.name, line=1, raw="", reason=source.guess)


def _unusable(file: str, error: InputError) -> Problem:
    """Say why a file cannot be used."""
    return Problem(file=file, line=None, raw="", reason=str(error).removeprefix(f"{file}: "))


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
