"""From the cells of a row to a work, whatever the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nqp_biblio.readers.cited_line import parse_cited_line
from nqp_biblio.readers.ris_tags import TYPE_OF_TAG
from nqp_biblio.readers.table_people import people_of, placed_addresses, set_orcids, split_cell
from nqp_biblio.readers.table_rows import Row, Table, ragged
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi, find_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "Habits",
    "Values",
    "clean_cell",
    "csl_type",
    "fill_record",
    "finish_record",
    "left_over",
    "strip_tags",
    "values_of",
]

Values = dict[str, str]
"""The cells of a row by our names of columns."""

_PLAIN = (
    *("title", "volume", "volume_raw", "issue", "article_number", "url", "arxiv_id"),
    *("publisher", "publisher_place", "edition", "series", "event", "genre", "abstract"),
    *("year_raw", "doi_raw", "raw", "source_raw"),
)
_TYPE_NAMES = {
    "article-journal": "article|journal article|research article|review|review article|letter"
    "|editorial|journalarticle|magazinearticle|note|short survey|erratum|article in press"
    "|clinical study|case report|academic journal|scholarly journals|scholarly journal"
    "|ieee early access articles|zeitschriftenartikel|articulo|artigo|article de revue",
    "paper-conference": "conference paper|proceedings article|conference proceedings article"
    "|conference proceedings|proceedings paper|proceeding|inproceedings"
    "|article proceedings paper|conference article|conferencepaper|conference papers proceedings"
    "|konferenzbeitrag",
    "chapter": "book chapter|incollection|book section|booksection|book part"
    "|ieee books|inbook|kapitel|conference chapter"
    "|reference work entry",
    "book": "monograph|edited book|buch|libro|livre|proceedings|book series|reference book",
    "article": "preprint|working paper|posted content|web content",
    "thesis": "dissertation|phd thesis|doctoral thesis|master thesis|phdthesis|mastersthesis"
    "|dissertations theses|dissertation thesis",
    "report": "technical report|techreport",
    "webpage": "web page|website",
    "article-newspaper": "newspapers|newspaper|newspaper article",
    "article-magazine": "magazine|magazine article",
    "dataset": "data set|data file",
    "standard": "ieee standards",
    "patent": "patents",
    "software": "computer program",
}
_TYPES = {name: kind for kind, names in _TYPE_NAMES.items() for name in names.split("|")}
_TYPES_IN_PLURAL = {
    "journals": "article-journal",
    "magazines": "article-journal",
    "conferences": "paper-conference",
}
"""Last words of the kinds of IEEE, whatever the publisher before: IBM Journals."""
_CSL_TYPES = frozenset((*TYPE_OF_TAG.values(), *_TYPE_NAMES, "document", "software"))
_MISSING = frozenset(("na", "n/a", "nan", "none", "null", "[]", "<na>", "#n/a", "nat", "-", "--"))
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_GUARDED = re.compile(r"'[=+\-@\t\r]")
_EMBASE = re.compile(
    r"(?P<source>[^()]{2,200}) \((?P<year>\d{4})\)(?: (?P<volume>[^\s:()]{1,20})?"
    r"(?::(?P<issue>[^\s()]{1,30}))?)?(?: \((?P<pages>[^()]{1,40})\))?"
)
_BEHIND_NAME = re.compile(
    r"; ?(?P<volume>[\w.-]{1,20})? ?(?:\((?P<issue>[^()]{1,30})\))?"
    r"(?:[:;] ?(?P<pages>[\w.-]{1,40}))?(?:, (?P<date>\d{4}[\w. -]{0,20}))?[. ]{0,3}"
)
"""What SciELO and BVS print behind the name of the journal."""
_PUBMED = re.compile(
    r"\. (?P<date>\d{4}[\w -]{0,20});(?P<volume>[\w.-]{1,20})?(?:\((?P<issue>[^()]{1,30})\))?"
    r"(?::(?P<pages>[\w.-]{1,40}))?\."
)
_LANGUAGES = {
    "alemao": "de",
    "espanhol": "es",
    "espanol": "es",
    "frances": "fr",
    "ingles": "en",
    "italiano": "it",
    "portugues": "pt",
}
"""Names of languages on the pages of SciELO."""

_SCOPUS_ID = re.compile(r"\s{0,3}\(\d{5,15}\)(?=;|$)")
_MEDLINE = re.compile(r"mdl-(\d{1,9})")
_TAGS = re.compile(
    r"</?(?:i|b|u|sub|sup|em|strong|span|p|scp|sc|inf|jats:[a-z]{1,20}|mml:[a-z]{1,20})"
    r"(?: [^<>]{0,200})?/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a table prints what others print otherwise.

    Attributes
    ----------
    order : str
        How names are parted, see `people_of`.
    is_own : bool
        Whether this library wrote the table: the column source is a name to show.
    has_journal : bool
        Whether a work with a source but without a type is an article.
    is_springer : bool
        Whether a book stands in a series, which is called publication title.
    is_american : bool
        Whether dates are month, day, year.
    """

    order: str = "usual"
    is_own: bool = False
    has_journal: bool = False
    is_springer: bool = False
    is_american: bool = False


def values_of(
    row: Row, header: Sequence[str], column_of: Callable[[str], str | None]
) -> tuple[Values, list[tuple[str, str]]]:
    """Part the cells of a row into those that we have a name for and the rest.

    Parameters
    ----------
    row : Row
        The row.
    header : sequence of str
        Names of the columns.
    column_of : callable
        From a name of a column to ours, or None.

    Returns
    -------
    values : dict
        Cleaned cells by our names; the first of a column that stands there twice.
    left : list of (name, value)
        The others that are not empty, by the name printed.
    """
    values: Values = {}
    left: list[tuple[str, str]] = []
    for at, cell in enumerate(row.cells):
        name = header[at] if at < len(header) else ""
        column = column_of(name) if name else None
        text = clean_cell(cell)
        folded = text.casefold()
        if not text or (folded in _MISSING and column != "title"):
            continue
        if column is None or column in values:
            if column is None or values[column] != text:
                left.append((name or f"column {at + 1}", text))
        elif folded != f"no {name.casefold()}":
            values[column] = text
    return values, left


def clean_cell(cell: str) -> str:
    """Clean a cell, and take the apostrophe away that guards against formulas."""
    text = cell.strip(" ")
    text = clean_text(text[1:] if _GUARDED.match(text) else text)
    return clean_text(decode_entities(text)) if "&" in text else text


def fill_record(
    record: Record, values: Values, left: list[tuple[str, str]], habits: Habits
) -> list[str]:
    """Set the attributes of a record.

    Parameters
    ----------
    record : Record
        The record; what is set already stays where the row says nothing of it.
    values : dict
        Cells by our names; what is read is taken out.
    left : list of (name, value)
        What goes into the fields of the record, which is added to.
    habits : Habits
        How the table prints names, sources and dates.

    Returns
    -------
    list of str
        What is wrong.
    """
    reasons: list[str] = []
    _take_plain(record, values)
    _take_source(record, values, left, habits)
    _take_citation(record, values, left)
    _take_dates(record, values, reasons, habits)
    _take_identifiers(record, values)
    _take_pages(record, values)
    _take_type(record, values, left, habits)
    if record.type == "book" and record.series is None and habits.is_springer:
        record.series, record.source_raw = record.source_raw, None
    _take_people(record, values, habits)
    _take_lists(record, values)
    _take_numbers(record, values, left)
    return reasons


def finish_record(
    record: Record, row: Row, table: Table, *, left: Sequence[tuple[str, str]], reasons: list[str]
) -> Record:
    """Give a record its place, its fields and its problems.

    Parameters
    ----------
    record : Record
        The record; its file is set.
    row : Row
        The row it was read from.
    table : Table
        The table of the row.
    left : sequence of (name, value)
        Its fields.
    reasons : list of str
        What is wrong; a row with too few or too many cells is added.

    Returns
    -------
    Record
        The same record.
    """
    record.line = row.line
    record.fields += left
    if table.sheet is not None:
        record.fields.append(("sheet", table.sheet))
    if row.is_open:
        reasons = ["a quotation mark is never closed; the row is read to the end of its line"]
    elif said := ragged(row, table.header):
        reasons = [said, *reasons]
    raw = table.delimiter.join(row.cells)[:2_500] if reasons else ""
    record.problems += [Problem(record.file or "", row.line, raw, reason) for reason in reasons]
    return record


def left_over(
    values: Values, header: Sequence[str], column_of: Callable[[str], str | None]
) -> list[tuple[str, str]]:
    """Return what no attribute took, by the names printed.

    Examples
    --------
    >>> left_over({"language": "Quenya"}, ["Titel", "Sprache"], {"Sprache": "language"}.get)
    [('Sprache', 'Quenya')]
    """
    printed = {column_of(name): name for name in reversed(header)}
    return [(printed.get(column, column), text) for column, text in values.items()]


def strip_tags(text: str) -> str:
    """Take the tags of titles away, and nothing else that may be mathematics.

    Examples
    --------
    >>> strip_tags("<i>In vivo</i> H<sub>2</sub>O where a<b and x_{1}_")
    'In vivo H2O where a<b and x_{1}_'
    """
    return clean_text(_TAGS.sub("", text)) if "<" in text else text


def csl_type(printed: str) -> str | None:
    """Return a kind of work in the words of CSL, from those of RIS or of databases.

    Examples
    --------
    >>> csl_type("JOUR"), csl_type("Journal Article"), csl_type("IBM Journals"), csl_type("Poem")
    ('article-journal', 'article-journal', 'article-journal', None)
    """
    name = fold(printed)
    if printed in _CSL_TYPES and printed != "article":
        return printed
    if printed.upper() in TYPE_OF_TAG:
        return TYPE_OF_TAG[printed.upper()]
    if name.rpartition(" ")[2] in _TYPES_IN_PLURAL:
        return _TYPES_IN_PLURAL[name.rpartition(" ")[2]]
    return _TYPES.get(name, name) if name in _TYPES or name in _CSL_TYPES else None


def _take_plain(record: Record, values: Values) -> None:
    """Read what goes into an attribute as it is."""
    for name in _PLAIN:
        if name in values:
            setattr(record, name, values.pop(name))
    record.title = strip_tags(record.title) if record.title else None
    if record.source_raw is None:
        record.source_raw = values.pop("abbreviated", None)
    record.key = values.pop("key", record.key)
    if record.key and record.key.startswith("https://openalex.org/"):
        record.key = record.key.rpartition("/")[2]
    if values.get("role") in ("record", "paper", "reference"):
        record.role = values.pop("role")
    printed = values.get("language", "")
    if code := language_code(printed) or _LANGUAGES.get(fold(printed)):
        record.language = code
        values.pop("language")


def _take_source(
    record: Record, values: Values, left: list[tuple[str, str]], habits: Habits
) -> None:
    """Read the column source: a name to show, a line with volume and pages, or prose."""
    anthology = values.pop("anthology", None)
    if anthology and record.source_raw is None:
        record.source_raw = anthology
    elif anthology:
        record.series, record.source_raw = record.series or record.source_raw, anthology
    text = values.pop("source", None)
    if text is None or text == record.source_raw:
        return
    if habits.is_own:
        record.source = text
    elif record.source_raw is not None:
        behind = text.removeprefix(record.source_raw) if text.startswith(record.source_raw) else ""
        if found := _BEHIND_NAME.fullmatch(behind):
            _take_place(record, values, found)
        left.append(("source", text))
    elif found := _EMBASE.match(text):
        record.source_raw = found["source"].strip()
        _take_place(record, values, found)
        left.append(("source", text))
    else:
        record.source_raw = text


def _take_citation(record: Record, values: Values, left: list[tuple[str, str]]) -> None:
    """Read the citation that PubMed prints in one line; it stays among the fields."""
    text = values.pop("citation", None)
    if text is None:
        return
    left.append(("citation", text))
    if found := _PUBMED.search(text):
        _take_place(record, values, found)


def _take_place(record: Record, values: Values, found: re.Match[str]) -> None:
    """Take volume, issue, pages and date where no column has them."""
    parts = found.groupdict()
    record.volume = record.volume or parts["volume"]
    record.issue = record.issue or parts["issue"]
    for name in ("year", "date"):
        if parts.get(name):
            values.setdefault(name, parts[name] or "")
    if parts["pages"] and not values.keys() & {"first_page", "pages_raw"}:
        values.setdefault("pages", parts["pages"])


def _take_dates(record: Record, values: Values, reasons: list[str], habits: Habits) -> None:
    """Read year and date."""
    year, date = values.pop("year", ""), values.pop("date", "")
    parts = [values.pop(name, "") for name in ("month", "day")]
    record.year_raw = record.year_raw or year or date or None
    if habits.is_american and (found := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", date)):
        date = f"{found[3]}-{int(found[1]):02d}-{int(found[2]):02d}"
    record.publication_year = parse_year(year) or parse_year(date)
    if not date and year and parts[0]:
        digits = [part.zfill(2) for part in parts if part.isdecimal() and len(part) <= 2]  # noqa: PLR2004
        date = "-".join([year, *digits]) if digits else f"{year} {' '.join(parts)}"
    iso = parse_date(date) if date else None
    record.publication_year = record.publication_year or (int(iso[:4]) if iso else None)
    if iso and len(iso) > len("2001") and iso.startswith(str(record.publication_year)):
        record.publication_date = iso
    if year and record.publication_year is None:
        reasons.append(f"no year in {year[:80]!r}; the year is left empty")


def _take_identifiers(record: Record, values: Values) -> None:
    """Read DOI, PubMed's number, ISSN and ISBN."""
    doi = values.pop("doi", None)
    record.doi_raw = record.doi_raw or doi
    printed = doi or record.doi_raw
    record.doi = clean_doi(printed) if printed else None
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)
    if record.doi is None and "doi:" in values.get("open_url", ""):
        printed = values["open_url"].partition("doi:")[2].partition("&")[0]
        record.doi = find_doi(unquote(printed))
    number = values.pop("pmid", "").rstrip("/").rpartition("/")[2]
    record.pmid = number if number.strip("0") else None
    if record.pmid is None and (found := _MEDLINE.fullmatch(record.key or "")):
        record.pmid = found[1]
    record.isbn = values.pop("isbn", None)
    numbers = values.pop("issn", "")
    if record.isbn and not numbers and _ISSN.fullmatch(record.isbn):
        numbers, record.isbn = record.isbn, None
    first, *others = re.split(r"[;|,]\s?", numbers)
    record.issn = first.strip() or None
    if record.issn and re.fullmatch(r"\d{7}[\dXx]", record.issn):
        record.issn = f"{record.issn[:4]}-{record.issn[4:]}"
    if others:
        values["issn"] = numbers


def _take_pages(record: Record, values: Values) -> None:
    """Read pages: one column, or the first and the last page."""
    pages = values.pop("pages", None)
    printed = values.pop("pages_raw", None)
    first, last = values.pop("first_page", ""), values.pop("last_page", "")
    if pages is None and (first or last):
        pages = first if last in ("", first) else f"{first}–{last}"
    record.pages_raw = printed or pages
    record.pages = parse_pages(pages or printed or "")


def _take_type(record: Record, values: Values, left: list[tuple[str, str]], habits: Habits) -> None:
    """Read the kind of work; one that CSL has no word for stays among the fields."""
    printed = values.pop("type", "").strip(" ;")
    if len(printed) == 1:  # Web of Science: J, B, S, C before the type of document
        printed = next((text for name, text in left if fold(name) == "document type"), printed)
        left[:] = [pair for pair in left if fold(pair[0]) != "document type"]
    kind = csl_type(printed) if printed else None
    if kind is None:
        is_journal = habits.has_journal or record.issue is not None
        is_article = is_journal and record.source_raw is not None and not printed
        kind = "article-journal" if is_article else "document"
        if printed:
            left.append(("type", printed))
    record.type = kind


def _take_people(record: Record, values: Values, habits: Habits) -> None:
    """Read authors, by their full names where there is one for each, editors and translators."""
    full = values.get("full_names", "")
    if full.count(";") >= values.get("authors", "").count(";") and full:
        values["authors"] = _SCOPUS_ID.sub("", values.pop("full_names"))
    for role in ("author", "editor", "translator"):
        people, et_al = people_of(values.pop(f"{role}s", ""), order=habits.order)
        record.et_al = record.et_al or et_al
        for person in people:
            person.role = role
        record.people += people
    record.et_al = record.et_al or values.pop("et_al", "").casefold() == "true"
    if "orcids" in values and set_orcids(record.people_of("author"), values["orcids"]):
        values.pop("orcids")


def _take_lists(record: Record, values: Values) -> None:
    """Read keywords, addresses and cited references."""
    if values.get("author_keywords") == values.get("index_keywords"):
        values.pop("author_keywords", None)
    for kind in ("author_keyword", "index_keyword"):
        words = dict.fromkeys(split_cell(values.pop(f"{kind}s", ""), others=","))
        record.keywords += [(kind, word) for word in words]
    authors = record.people_of("author")
    if values.get("affiliations", "").startswith("["):
        values.setdefault("addresses_by_author", values.pop("affiliations"))
    if placed := placed_addresses(values.get("addresses_by_author", ""), authors):
        values.pop("addresses_by_author")
        record.affiliations = placed
    elif "affiliations" in values:
        found = split_cell(values.pop("affiliations"))
        record.affiliations = [(text, None) for text in dict.fromkeys(found)]
    record.cited_references += [
        _cited(raw) for raw in split_cell(values.pop("references", "")) if raw
    ]


def _cited(raw: str) -> CitedReference:
    """Read one cited reference: an id, a DOI, or a line of Web of Science."""
    raw = raw.rpartition("openalex.org/")[2]
    if ", " not in raw:
        return CitedReference(raw=raw, doi=find_doi(raw))
    cited = parse_cited_line(raw)
    cited.doi = cited.doi or find_doi(raw)
    return cited


def _take_numbers(record: Record, values: Values, left: list[tuple[str, str]]) -> None:
    """Read counts; what is no number stays as it is."""
    count = values.pop("cited_by_count", "")
    if re.fullmatch(r"\d{1,12}(?:\.0)?", count):
        record.cited_by_count = int(count.removesuffix(".0"))
    elif count:
        left.append(("cited_by_count", count))
    if re.fullmatch(r"[01](?:\.\d{1,20})?", values.get("confidence", "")):
        record.confidence = float(values.pop("confidence"))
