"""What a rule of the lint sees of a work, and what it finds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.text.phrases import guess_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["CorpusRule", "Finding", "Found", "Name", "Rule", "Work", "works_of"]

_COLUMNS = (
    *("work_id", "key", "file", "line", "format", "role", "type", "genre", "title"),
    *("publication_year", "year_raw", "publication_date", "source_raw", "volume", "volume_raw"),
    *("issue", "pages_raw", "article_number", "doi", "doi_raw", "url", "pmid", "arxiv_id", "isbn"),
    *("issn", "publisher", "publisher_place", "series", "event", "abstract", "et_al", "language"),
)
_TOLD_FIELDS = (
    *("orcid", "orcid-numbers", "orcids", "OI", "AUID", "issn", "isbn"),
    *("NR", "number-of-cited-references", "eissn", "EI"),
    *("PT", "PublicationType", "DT", "document_type", "document type"),
    *("RIN", "ROF", "RetractionIn", "RetractionOf", "is_retracted", "update-to", "updated-by"),
    *(
        "entrytype",
        "retracted_by",
        "hasRetraction",
        "RetractionNature",
        "RetractionDOI",
        "note",
        "N1",
    ),
)


class Found(NamedTuple):
    """What a rule found in a work.

    Attributes
    ----------
    field : str
        The column or field.
    value : str or None
        What stands there.
    message : str
        What is wrong.
    suggestion : str or None
        What would do, where that is known.
    work_id : int or None
        The work, where the rule does not look at one.
    """

    field: str
    value: str | None
    message: str
    suggestion: str | None = None
    work_id: int | None = None


class Finding(NamedTuple):
    """One finding with its place: a row of the table that ``check`` returns."""

    code: str
    severity: str
    work_id: int | None
    key: str | None
    file: str | None
    line: int | None
    field: str | None
    value: str | None
    message: str
    suggestion: str | None


class Name(NamedTuple):
    """A person or group on a work, in the order of the work."""

    role: str
    position: int
    family: str | None
    given: str | None
    literal: str | None
    name_raw: str | None

    @property
    def shown(self) -> str:
        """The name as printed, else as it was split."""
        return self.name_raw or self.literal or ", ".join(filter(None, (self.family, self.given)))


@dataclass(slots=True)
class Work:
    """A work with what rules look at.

    Attributes
    ----------
    values : dict
        Columns of ``works``.
    names : list of Name
        Its people.
    fields : list of (name, value)
        Its fields that some rule asks for.
    pages : list of (first, last)
        Its ranges of pages.
    """

    values: dict[str, Any]
    names: list[Name] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    pages: list[tuple[str | None, str | None]] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  a value of any column
        """Return the value of a column."""
        return self.values[name]

    def fields_named(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield its fields of some names."""
        return ((name, value) for name, value in self.fields if name in names)

    @property
    def is_english(self) -> bool:
        """Whether its title is English as far as one sees."""
        language = self.values["language"]
        return language == "en" or (
            language is None and guess_language(self["title"] or "") == "en"
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that looks at each work by itself.

    Attributes
    ----------
    code : str
        A letter for the subject and three digits.
    severity : str
        error (wrong as it stands), warning (most probably wrong) or info (worth a look).
    says : str
        What it finds.
    find : callable
        From a work to what is found.
    is_default : bool
        Whether it is used where no rule is named.
    """

    code: str
    severity: str
    says: str
    find: Callable[[Work], Iterator[Found]]
    is_default: bool = True


@dataclass(frozen=True, slots=True)
class CorpusRule:
    """One rule that looks at all works together; the attributes are those of ``Rule``."""

    code: str
    severity: str
    says: str
    find: Callable[[Corpus], Iterator[Found]]
    is_default: bool = True


def works_of(corpus: Corpus) -> Iterator[Work]:
    """Yield the works with what rules look at, in order of ``work_id``."""
    names: dict[int, list[Name]] = defaultdict(list)
    for work_id, *parts in corpus.sql(
        "SELECT work_id, role, position, family, given, literal, name_raw FROM authorships"
        " ORDER BY work_id, role, position"
    ):
        names[work_id].append(Name(*parts))
    fields: dict[int, list[tuple[str, str]]] = defaultdict(list)
    marks = ", ".join("?" for _ in _TOLD_FIELDS)
    for work_id, name, value in corpus.sql(
        f"SELECT work_id, name, value FROM fields WHERE name IN ({marks})"
        " AND value IS NOT NULL ORDER BY work_id, position",
        _TOLD_FIELDS,
    ):
        fields[work_id].append((name, value))
    pages: dict[int, list[tuple[str | None, str | None]]] = defaultdict(list)
    for work_id, first, last in corpus.sql(
        "SELECT work_id, first_page, last_page FROM page_ranges ORDER BY work_id, position"
    ):
        pages[work_id].append((first, last))
    for row in corpus.sql(f"SELECT {', '.join(_COLUMNS)} FROM works ORDER BY work_id"):
        work_id = row[0]
        values = dict(zip(_COLUMNS, row, strict=True))
        yield Work(values, names[work_id], fields[work_id], pages[work_id])
