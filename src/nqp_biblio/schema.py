"""The tables of a corpus: every column with its type, its meaning and its names elsewhere.

Keys are integers from 1. Missing is null, never an empty text, 0 or -1. What was printed
stays in a column whose name ends in ``_raw`` beside the value that was made of it. A list
is rows of another table.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FORMAT_VERSION", "TABLES", "Column", "Table"]

FORMAT_VERSION = 2
"""Version of the tables on disk; a folder saved by another one is refused."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Its name, in OpenAlex's words where OpenAlex has one.
    type : str
        Its SQL type: BIGINT, DOUBLE, BOOLEAN or VARCHAR.
    meaning : str
        What it holds, with its unit.
    elsewhere : str
        Names in other formats, empty where there is none.
    """

    name: str
    type: str
    meaning: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a corpus.

    Attributes
    ----------
    name : str
        Its name.
    meaning : str
        What one row is.
    columns : tuple of Column
        Its columns, in order.
    order : tuple of str
        Columns that sort its rows; they name a row for good.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


_WORKS = Table(
    "works",
    "one work: a record read, a paper read whole, or a printed reference",
    (
        Column("work_id", "BIGINT", "key, from 1 in the order read"),
        Column(
            "role",
            "VARCHAR",
            "how it came in: record (of a database or bibliography), paper (a text read whole)"
            " or reference (of a printed list)",
        ),
        Column("key", "VARCHAR", "citation key or number as given", "BibTeX key, CSL id"),
        Column(
            "type", "VARCHAR", "kind of work, in CSL's words: article-journal, book, …", "DT, TY"
        ),
        Column("title", "VARCHAR", "title with its subtitle", "TI, T1"),
        Column("publication_year", "BIGINT", "year of publication", "PY, Y1"),
        Column("year_raw", "VARCHAR", "the year as printed"),
        Column("publication_date", "VARCHAR", "date, ISO 8601, as precise as known", "PD, DA"),
        Column("source_id", "BIGINT", "the source it stands in, key of sources"),
        Column(
            "source_raw", "VARCHAR", "name of the journal, book or newspaper as printed", "SO, JO"
        ),
        Column("volume", "VARCHAR", "volume; null where a year stands in its place", "VL"),
        Column("volume_raw", "VARCHAR", "what stands in the place of the volume"),
        Column("issue", "VARCHAR", "issue", "IS"),
        Column(
            "pages_raw", "VARCHAR", "pages as printed; the ranges are in page_ranges", "BP, EP, SP"
        ),
        Column("article_number", "VARCHAR", "number of an article without pages", "AR"),
        Column("doi", "VARCHAR", "DOI in lower case, without address", "DI, DO"),
        Column("doi_raw", "VARCHAR", "the DOI as printed"),
        Column("url", "VARCHAR", "address of the work", "UR"),
        Column("pmid", "VARCHAR", "PubMed's number", "PM"),
        Column("arxiv_id", "VARCHAR", "arXiv's number"),
        Column("isbn", "VARCHAR", "ISBN", "BN"),
        Column("issn", "VARCHAR", "ISSN of the source", "SN"),
        Column("publisher", "VARCHAR", "publisher, school or institution", "PU, PB"),
        Column("publisher_place", "VARCHAR", "place of publication", "PI, CY"),
        Column("edition", "VARCHAR", "edition", "ET"),
        Column("series", "VARCHAR", "series the book belongs to", "SE, T3"),
        Column("event", "VARCHAR", "conference", "CT"),
        Column("genre", "VARCHAR", "kind of thesis or report", "M3"),
        Column("language", "VARCHAR", "language, ISO 639-1", "LA"),
        Column("abstract", "VARCHAR", "abstract", "AB, N2"),
        Column("cited_by_count", "BIGINT", "citations as the database counts them", "TC, Z9"),
        Column("et_al", "BOOLEAN", "true where the list of authors is cut by et al."),
        Column("confidence", "DOUBLE", "how sure the reading of a printed reference is, 0 to 1"),
        Column("raw", "VARCHAR", "the reference as printed, markup taken away"),
        Column("file", "VARCHAR", "file it was read from"),
        Column("line", "BIGINT", "line in the file where it begins, from 1"),
        Column("format", "VARCHAR", "format that read it"),
    ),
    ("work_id",),
)

_AUTHORSHIPS = Table(
    "authorships",
    "one person or group on one work",
    (
        Column("work_id", "BIGINT", "the work"),
        Column("role", "VARCHAR", "author, editor or translator"),
        Column("position", "BIGINT", "place in the list of that role, from 1"),
        Column("author_id", "BIGINT", "the author as an entity; null before normalise"),
        Column("author", "VARCHAR", "name to show, 'Chen, L. Q.'; null before normalise"),
        Column("family", "VARCHAR", "family name"),
        Column("given", "VARCHAR", "given names or initials as printed"),
        Column("particle", "VARCHAR", "particle that is not sorted by: van, de, von der"),
        Column("suffix", "VARCHAR", "Jr., III"),
        Column("literal", "VARCHAR", "name of a group, or one that cannot be split"),
        Column("name_raw", "VARCHAR", "the name as printed"),
        Column("orcid", "VARCHAR", "ORCID without address", "OI"),
        Column("author_rule", "VARCHAR", "rule that found the author; null before disambiguation"),
        Column("author_score", "DOUBLE", "how sure it is that this is the author, 0 to 1"),
    ),
    ("work_id", "role", "position"),
)

_AFFILIATIONS = Table(
    "affiliations",
    "one address on one work",
    (
        Column("work_id", "BIGINT", "the work"),
        Column("position", "BIGINT", "place among the addresses of the work, from 1"),
        Column("author_position", "BIGINT", "the author it belongs to; null where not said"),
        Column("affiliation_raw", "VARCHAR", "address as printed", "C1, AD"),
        Column("institution_id", "BIGINT", "its institution, key of institutions; null where none"),
        Column("institution", "VARCHAR", "name of the institution to show"),
        Column("city", "VARCHAR", "city or town"),
        Column("country_code", "VARCHAR", "country, ISO 3166-1 alpha-2"),
        Column(
            "is_corresponding",
            "BOOLEAN",
            "true where it is the address of a corresponding"
            " author; null where the source does not say",
        ),
        Column("place_rule", "VARCHAR", "rules that found institution and country"),
    ),
    ("work_id", "position"),
)

_SOURCES = Table(
    "sources",
    "one journal, newspaper, book or series that works stand in",
    (
        Column("source_id", "BIGINT", "key, from 1"),
        Column("display_name", "VARCHAR", "name to show"),
        Column("abbreviated_title", "VARCHAR", "abbreviation by ISO 4; null before normalise"),
        Column("issn", "VARCHAR", "ISSN"),
        Column("n_works", "BIGINT", "works of the corpus in it"),
        Column("n_variants", "BIGINT", "spellings brought together in it"),
        Column("eissn", "VARCHAR", "ISSN of its electronic edition", "EI"),
    ),
    ("source_id",),
)

_INSTITUTIONS = Table(
    "institutions",
    "one institution that works come from; none before find_places",
    (
        Column("institution_id", "BIGINT", "key, from 1"),
        Column("display_name", "VARCHAR", "name to show"),
        Column("ror", "VARCHAR", "ROR without address, where a file of ROR was given"),
        Column("city", "VARCHAR", "city or town"),
        Column("country_code", "VARCHAR", "country, ISO 3166-1 alpha-2"),
        Column("n_works", "BIGINT", "works of the corpus from it"),
        Column("n_variants", "BIGINT", "spellings brought together in it"),
    ),
    ("institution_id",),
)

_CITED_REFERENCES = Table(
    "cited_references",
    "one printed reference",
    (
        Column("reference_id", "BIGINT", "key, from 1"),
        Column(
            "citing_work_id", "BIGINT", "the work whose list it stands in; null for a bare list"
        ),
        Column("position", "BIGINT", "place in the list, from 1"),
        Column("label", "VARCHAR", "number or key in the list as printed"),
        Column("raw", "VARCHAR", "the reference as printed", "CR"),
        Column("first_author", "VARCHAR", "first author, family name and initials"),
        Column("publication_year", "BIGINT", "year"),
        Column("title", "VARCHAR", "title, where printed"),
        Column("source_raw", "VARCHAR", "journal or book as printed"),
        Column("volume", "VARCHAR", "volume"),
        Column("first_page", "VARCHAR", "first page"),
        Column("doi", "VARCHAR", "DOI in lower case"),
        Column("work_id", "BIGINT", "the work of the corpus that it is; null where outside"),
        Column(
            "cited_work_id",
            "BIGINT",
            "the cited work, in the corpus or outside: references that share it are one work;"
            " null before link_references",
        ),
        Column("link_rule", "VARCHAR", "rule that found the cited work"),
        Column("link_score", "DOUBLE", "how sure that is, 0 to 1"),
    ),
    ("reference_id",),
)

_TERMS = Table(
    "terms",
    "one keyword or topic of one work",
    (
        Column("work_id", "BIGINT", "the work"),
        Column("kind", "VARCHAR", "author_keyword, index_keyword or topic"),
        Column("position", "BIGINT", "place among the terms of that kind, from 1"),
        Column("term_raw", "VARCHAR", "as it stands in the work"),
        Column(
            "term",
            "VARCHAR",
            "the form that its variants share; null where a stop list takes it out",
        ),
        Column("is_ubiquitous", "BOOLEAN", "true where nearly every work has it; topics only"),
    ),
    ("work_id", "kind", "position"),
)

_MENTIONS = Table(
    "mentions",
    "one in-text citation of one reference",
    (
        Column("mention_id", "BIGINT", "key, from 1 in the order of the text"),
        Column("citing_work_id", "BIGINT", "the paper"),
        Column("reference_id", "BIGINT", "the reference cited; null where the list has none such"),
        Column("marker", "VARCHAR", "the marker as printed: ^[1], [2–5, 7]"),
        Column("label", "VARCHAR", "the number or key that it names"),
        Column("section", "VARCHAR", "heading of the innermost section, with its number"),
        Column("paragraph", "BIGINT", "paragraph of the text, from 1"),
        Column("sentence_number", "BIGINT", "sentence of the text, from 1"),
        Column("sentence", "VARCHAR", "the sentence with its markers"),
        Column("offset", "BIGINT", "character of the file where the marker begins, from 0"),
        Column(
            "context",
            "VARCHAR",
            "the paragraph with its markers; of a long one the sentences around the marker",
        ),
        Column(
            "context_offset", "BIGINT", "character of the context where the marker begins, from 0"
        ),
    ),
    ("mention_id",),
)

_PAGE_RANGES = Table(
    "page_ranges",
    "one range of pages of one work; 18–25 + 45 is two",
    (
        Column("work_id", "BIGINT", "the work"),
        Column("position", "BIGINT", "place in the list, from 1"),
        Column("first_page", "VARCHAR", "first page"),
        Column("last_page", "VARCHAR", "last page, the first again for one page"),
    ),
    ("work_id", "position"),
)

_FIELDS = Table(
    "fields",
    "one field of a record that no column holds, kept as it was",
    (
        Column("work_id", "BIGINT", "the work"),
        Column("position", "BIGINT", "place among such fields of the work, from 1"),
        Column("name", "VARCHAR", "name of the field in its format"),
        Column("value", "VARCHAR", "its value"),
    ),
    ("work_id", "position"),
)

_PROBLEMS = Table(
    "problems",
    "one thing that could not be read, or only in part",
    (
        Column("problem_id", "BIGINT", "key, from 1"),
        Column("file", "VARCHAR", "the file"),
        Column("line", "BIGINT", "line where it begins, from 1"),
        Column("raw", "VARCHAR", "what stands there, at most 2,000 characters"),
        Column("reason", "VARCHAR", "what is wrong, and what would do"),
        Column("work_id", "BIGINT", "the work kept in spite of it; null where none could be"),
    ),
    ("problem_id",),
)

_MERGES = Table(
    "merges",
    "one record that became part of another work",
    (
        Column("merge_id", "BIGINT", "key, from 1"),
        Column("work_id", "BIGINT", "the work that it became part of"),
        Column("file", "VARCHAR", "file the record was read from"),
        Column("line", "BIGINT", "line in the file where it begins, from 1"),
        Column("format", "VARCHAR", "format that read it"),
        Column("key", "VARCHAR", "citation key or number as given"),
        Column("doi", "VARCHAR", "its DOI"),
        Column("title", "VARCHAR", "its title"),
        Column("rule", "VARCHAR", "rule by which both are one work"),
        Column("score", "DOUBLE", "how sure that is, 0 to 1"),
        Column("record", "VARCHAR", "the whole record, as a line of records-jsonl"),
    ),
    ("merge_id",),
)

_RELATIONS = Table(
    "relations",
    "two works that belong together and are not the same",
    (
        Column("work_id", "BIGINT", "the work"),
        Column("other_work_id", "BIGINT", "the other one"),
        Column(
            "relation",
            "VARCHAR",
            "what the work is to the other: preprint-of, erratum-of, retraction-of, comment-on,"
            " part-beside",
        ),
        Column("rule", "VARCHAR", "rule that found it"),
        Column("score", "DOUBLE", "how sure that is, 0 to 1"),
    ),
    ("work_id", "other_work_id", "relation"),
)

_CHANGES = Table(
    "changes",
    "one value that a cleaning step changed",
    (
        Column("change_id", "BIGINT", "key, from 1"),
        Column("table_name", "VARCHAR", "the table"),
        Column("row_id", "BIGINT", "key of the row: the work_id, or the table's own key"),
        Column("position", "BIGINT", "position of the row within the work; null where none"),
        Column("column_name", "VARCHAR", "the column"),
        Column("before", "VARCHAR", "value before"),
        Column("after", "VARCHAR", "value after"),
        Column("rule", "VARCHAR", "name of the rule"),
        Column("role", "VARCHAR", "role of the row in authorships, kind in terms"),
    ),
    ("change_id",),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _WORKS,
        _AUTHORSHIPS,
        _AFFILIATIONS,
        _SOURCES,
        _INSTITUTIONS,
        _CITED_REFERENCES,
        _TERMS,
        _MENTIONS,
        _PAGE_RANGES,
        _FIELDS,
        _PROBLEMS,
        _MERGES,
        _RELATIONS,
        _CHANGES,
    )
}
"""All tables by name."""
