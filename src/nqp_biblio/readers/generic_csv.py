"""Tables of works as CSV or TSV, with names of columns in several languages."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.ris_tags import TYPE_OF_TAG
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi, clean_orcid, find_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_people, parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_NAMES = {
    "title": "title|document title|item title|article title|paper title|primary title|display name"
    "|titel|titulo|titre|titolo|标题|题名|篇名|タイトル|название|заглавие",
    "authors": "authors|author|author s|author names|author name|author full names|first authors"
    "|authorships author display name|autor|autoren|autores|autor es|auteur|auteurs|autore|autori"
    "|作者|著者|автор|авторы",
    "editors": "editors|editor|book editors|secondary authors|herausgeber|editores|editeurs",
    "translators": "translators|translator|ubersetzer|traductores|traducteurs",
    "year": "publication year|year|pubyear|pub year|py|published year|jahr|erscheinungsjahr|ano"
    "|ano de publicacion|annee|anno|年|年份|出版年|год",
    "year_raw": "year raw",
    "date": "publication date|date published|date|published|pub date|issue date|publication date"
    " online|online date|datum|fecha|data|日期|дата",
    "source_raw": "source raw|source title|publication title|journal|journal book|journal title"
    "|journal name|publication name|container title|secondary title|venue|booktitle|book title"
    "|primary location source display name|host venue display name|zeitschrift|revista|revue"
    "|rivista|期刊|刊名|来源|журнал",
    "source": "source|quelle|fuente",
    "volume": "volume|volume number|journal volume|vol|band|volumen|tome|tomo|biblio volume|卷|том",
    "volume_raw": "volume raw",
    "issue": "issue|issue number|journal issue|number|no|heft|nummer|numero|biblio issue|期"
    "|номер|выпуск",
    "pages": "pages|page|pagination|page range|seiten|paginas|pagine|页|页码|страницы",
    "pages_raw": "pages raw",
    "first_page": "start page|first page|page start|startpage|biblio first page",
    "last_page": "end page|last page|page end|endpage|biblio last page",
    "article_number": "article number|art no|article no",
    "doi": "doi|item doi|dois|digital object identifier|ids doi",
    "doi_raw": "doi raw",
    "url": "url|link|external url|pdf link|fulltext url|dimensions url|article url|web address"
    "|primary location landing page url|enlace|lien|链接",
    "open_url": "open url link",
    "pmid": "pmid|pubmed id|ids pmid",
    "arxiv_id": "arxiv id|arxiv",
    "isbn": "isbn|isbns",
    "issn": "issn|issns|eissn|primary location source issn l|primary location source issn",
    "publisher": "publisher|verlag|editorial|editeur|editore|出版社|издательство"
    "|primary location source host organization name",
    "publisher_place": "publisher place|place published|place|ort|lugar",
    "edition": "edition|auflage|edicion",
    "series": "series|series title|book series title|reihe|serie",
    "event": "event|conference|conference name|conference title|konferenz",
    "genre": "genre",
    "language": "language|language s|languages|sprache|idioma|langue|lingua|语言|язык",
    "abstract": "abstract|abstract note|summary|notes abstract|zusammenfassung|kurzfassung|resumen"
    "|resumo|resume|riassunto|摘要|аннотация",
    "type": "type|publication type|document type|content type|item type|type of reference"
    "|reference type|articletype|document identifier|typ|tipo|类型|тип",
    "cited_by_count": "cited by count|cited by|times cited|citing works count"
    "|article citation count|citations|citation count|cites|被引频次",
    "author_keywords": "author keywords|keywords|keyword|keyword s|schlagworter|schlusselworter"
    "|palabras clave|palavras chave|mots cles|mots clefs|parole chiave|关键词|ключевые слова"
    "|manual tags",
    "index_keywords": "index keywords|mesh terms|ieee terms|descriptor s|descriptors|subject"
    "|subjects|keywords display name|emtree medical index terms|automatic tags",
    "affiliations": "affiliations|affiliation|author affiliations|addresses|institution"
    "|institutions|authorships institutions display name|authors affiliations",
    "addresses_by_author": "authors raw affiliation",
    "orcids": "authorships author orcid|orcid|orcids|orcid s",
    "references": "references|cited references|referenced works",
    "key": "key|id|citation key|lens id|publication id|work id|record id",
    "role": "role",
    "et_al": "et al",
    "confidence": "confidence",
    "raw": "raw",
}
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_TELLING = frozenset(("title", "doi", "abstract", "authors"))
_COMMON = frozenset((*_TELLING, "year", "source_raw", "source", "author_keywords", "url", "key"))
_PLAIN = (
    "title",
    "volume",
    "volume_raw",
    "issue",
    "article_number",
    "url",
    "arxiv_id",
    "publisher",
    "publisher_place",
    "edition",
    "series",
    "event",
    "genre",
    "abstract",
    "year_raw",
    "doi_raw",
    "raw",
    "source_raw",
)
_TYPE_NAMES = {
    "article-journal": "article|journal article|research article|review|review article|letter"
    "|editorial|journalarticle|magazinearticle"
    "|ieee early access articles|zeitschriftenartikel|articulo|article de revue",
    "paper-conference": "conference paper|proceedings article|conference proceedings article"
    "|conference proceedings|proceedings paper|proceeding|inproceedings"
    "|conference article|conferencepaper"
    "|konferenzbeitrag",
    "chapter": "book chapter|incollection|book section|booksection"
    "|ieee books|inbook|kapitel|conference chapter"
    "|reference work entry",
    "book": "monograph|edited book|buch|libro|livre|proceedings|book series",
    "article": "preprint|working paper|posted content",
    "thesis": "dissertation|phd thesis|doctoral thesis|master thesis|phdthesis|mastersthesis",
    "report": "technical report|techreport",
    "webpage": "web page|website",
}
_TYPES = {name: kind for kind, names in _TYPE_NAMES.items() for name in names.split("|")}
_TYPES_IN_PLURAL = {
    "journals": "article-journal",
    "magazines": "article-journal",
    "conferences": "paper-conference",
}
"""Last words of the kinds of IEEE, whatever the publisher before: IBM Journals."""
_CSL_TYPES = frozenset((*TYPE_OF_TAG.values(), *_TYPE_NAMES, "document", "software"))
_MISSING = frozenset(("na", "n/a", "nan", "none", "null", "[]"))
_DELIMITERS = ",;\t|"
_HEAD, _HEADER_LINES, _MAX_NAME = 64_000, 6, 60
_SCORE, _MIN_NAMES, _MANY_NAMES = 0.5, 2, 4
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]")
_GUARDED = re.compile(r"'[=+\-@\t\r]")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.){0,2000})'|\"((?:[^\"\\]|\\.){0,2000})\"")
_COMMA = re.compile(r",(?![^()]{0,100}\))")
_EMBASE = re.compile(
    r"(?P<source>[^()]{2,200}) \((?P<year>\d{4})\)(?: (?P<volume>[^\s:()]{1,20})?"
    r"(?::(?P<issue>[^\s()]{1,30}))?)?(?: \((?P<pages>[^()]{1,40})\))?"
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?<!Mc)(?<!Mac)(?<!De)(?<!Di)(?<!La)(?<!Le)(?<!Van)(?=[A-ZÀ-Þ])")
_HONORIFIC = re.compile(r"(?:\b(?:Prof|Dr|Assoc)\.\s?){1,4}")
_WITH_ADDRESS = re.compile(r"[^()]{1,100} \((?P<addresses>.{1,4000})\)?", re.DOTALL)
_ET_AL = frozenset(("et al", "others", "and others"))


class _Table:
    """A table found in a text: its delimiter, its header, and where that stands."""

    def __init__(self, delimiter: str, header: list[str], at: int) -> None:
        self.delimiter, self.header, self.at = delimiter, header, at
        self.columns = [_COLUMN_OF.get(fold(name)) for name in header]
        self.n_known = len({column for column in self.columns if column})

    @property
    def is_likely(self) -> bool:
        """Whether the header names enough of what works have."""
        known = {column for column in self.columns if column}
        short = all(len(name) <= _MAX_NAME for name in self.header)
        few_others = self.n_known >= _MANY_NAMES or 2 * self.n_known >= len(self.header)
        return (
            short
            and few_others
            and bool(known & _TELLING)
            and len(known & _COMMON) >= _MIN_NAMES
            and len(self.header) > 1
        )


_SCOPUS = frozenset(("source title", "art. no.", "eid"))
"""Columns of Scopus, whose cited references and authors need rules of their own."""


def _matches(source: Source) -> float:
    """Score a source: a line of names of columns, and rows below it."""
    if source.head.lstrip().startswith(("{", "[", "<", "@", "%")):
        return 0.0
    table = _find_table(source.head)
    if table is None or _SCOPUS.issubset(name.casefold() for name in table.header):
        return 0.0
    return _SCORE if table.is_likely else 0.0


def _find_table(text: str) -> _Table | None:
    """Find the header among the first rows, under any delimiter."""
    found = []
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=delimiter)
        try:
            for at, row in zip(range(_HEADER_LINES), rows, strict=False):
                found.append(_Table(delimiter, [clean_text(name) for name in row], at))
        except csv.Error:
            continue
    return max(found, key=lambda table: table.n_known, default=None)


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file."""
    table = _find_table(source.text)
    if table is None or not table.n_known:
        reason = "no header with names of columns such as title, authors, year; nothing is read"
        yield Problem(source.name, 1, source.text[:200], reason)
        return
    n_records = 0
    for line, row, is_unclosed in _rows(source.text, table):
        n_records += 1
        record = _record(source.name, line, row=row, table=table)
        if is_unclosed:
            raw = table.delimiter.join(row)
            reason = "a quotation mark is never closed; each line from there on is read as a row"
            record.problems.append(Problem(source.name, line, raw, reason))
        yield record
    if not n_records:
        yield Problem(source.name, 1, source.text[:200], "no row below the header; nothing is read")


def _rows(text: str, table: _Table) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the rows below the header that are not blank, with their lines.

    A quotation mark never closed would swallow the rest of the file; from there on each
    line is a row, and the third value is true.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    lines = text.split("\n")
    n_lines = len(lines) - (not lines[-1])
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=table.delimiter)
    line = 1
    for at, row in enumerate(rows):
        span = lines[line - 1 : rows.line_num]
        if rows.line_num >= n_lines and len(span) > 1 and sum(map(_quotes, span)) % 2:
            for number, printed in enumerate(span, line):
                if printed.strip():
                    yield number, printed.split(table.delimiter), True
            return
        if at > table.at and any(cell.strip() for cell in row):
            yield line, row, False
        line = rows.line_num + 1


def _quotes(line: str) -> int:
    """Count the quotation marks of a line."""
    return line.count('"')


def _record(file: str, line: int, *, row: list[str], table: _Table) -> Record:
    """Make a record of a row."""
    record = Record(file=file, line=line, format="csv")
    reasons = _ragged(row, table.header)
    values: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    for at, cell in enumerate(row):
        name = table.header[at] if at < len(table.header) else ""
        column = table.columns[at] if at < len(table.header) else None
        text = _clean(cell)
        if not text or (text.casefold() in _MISSING and column != "title"):
            continue
        if column is None or column in values:
            left.append((name or f"column {at + 1}", text))
        else:
            values[column] = text
    _take_plain(record, values)
    _take_source(record, values, left, is_own="source_raw" in table.header)
    _take_dates(record, values, reasons)
    _take_identifiers(record, values)
    _take_pages(record, values)
    _take_type(record, values, left, has_journal="journal" in map(fold, table.header))
    if record.type == "book" and record.series is None and "Item DOI" in table.header:
        record.series, record.source_raw = record.source_raw, None
    _take_people(record, values, order=_order_of_names(table.header))
    _take_lists(record, values)
    _take_numbers(record, values, left)
    record.fields = left + list(values.items())
    raw = table.delimiter.join(row)
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _ragged(row: list[str], header: list[str]) -> list[str]:
    """Say where a row has another number of cells than the header; empty ones do not count."""
    n_cells = len(row)
    while n_cells > len(header) and not row[n_cells - 1].strip():
        n_cells -= 1
    if n_cells == len(header):
        return []
    return [f"{n_cells} cells where the header has {len(header)}; they are read from the left"]


def _clean(cell: str) -> str:
    """Clean a cell, and take the apostrophe away that guards against formulas."""
    text = cell.strip(" ")
    text = clean_text(text[1:] if _GUARDED.match(text) else text)
    return clean_text(decode_entities(text)) if "&" in text else text


def _take_plain(record: Record, values: dict[str, str]) -> None:
    """Read what goes into an attribute as it is."""
    for name in _PLAIN:
        setattr(record, name, values.pop(name, None))
    record.key = values.pop("key", None)
    if record.key and record.key.startswith("https://openalex.org/"):
        record.key = record.key.rpartition("/")[2]
    if values.get("role") in ("record", "paper", "reference"):
        record.role = values.pop("role")
    record.language = language_code(values.get("language", ""))
    if record.language is not None:
        values.pop("language")


def _take_source(
    record: Record, values: dict[str, str], left: list[tuple[str, str]], *, is_own: bool
) -> None:
    """Read the column source: a name to show, Embase's line, or prose beside the journal."""
    text = values.pop("source", None)
    if text is None or text == record.source_raw:
        return
    if is_own:
        record.source = text
    elif record.source_raw is not None:
        left.append(("source", text))
    elif found := _EMBASE.match(text):
        record.source_raw = found["source"].strip()
        record.volume = record.volume or found["volume"]
        record.issue = record.issue or found["issue"]
        for name in ("year", "pages"):
            if found[name]:
                values.setdefault(name, found[name])
        left.append(("source", text))
    else:
        record.source_raw = text


def _take_dates(record: Record, values: dict[str, str], reasons: list[str]) -> None:
    """Read year and date."""
    year, date = values.pop("year", ""), values.pop("date", "")
    record.publication_year = parse_year(year) or parse_year(date)
    record.year_raw = record.year_raw or year or date or None
    found = parse_date(date) if date else None
    if found and len(found) > len("2001") and found.startswith(str(record.publication_year)):
        record.publication_date = found
    if year and record.publication_year is None:
        reasons.append(f"no year in {year[:80]!r}; the year is left empty")


def _take_identifiers(record: Record, values: dict[str, str]) -> None:
    """Read DOI, PubMed's number, ISSN and ISBN."""
    doi = values.pop("doi", None)
    record.doi_raw = record.doi_raw or doi
    record.doi = clean_doi(doi or record.doi_raw) if doi or record.doi_raw else None  # type: ignore[arg-type]
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)
    if record.doi is None and "doi:" in values.get("open_url", ""):
        printed = values["open_url"].partition("doi:")[2].partition("&")[0]
        record.doi = find_doi(unquote(printed))
    record.pmid = values.pop("pmid", "").rstrip("/").rpartition("/")[2] or None
    record.isbn = values.pop("isbn", None)
    numbers = values.pop("issn", "")
    if record.isbn and not numbers and _ISSN.fullmatch(record.isbn):
        numbers, record.isbn = record.isbn, None
    first, *others = re.split(r"[;|]\s?", numbers)
    record.issn = first.strip() or None
    if record.issn and re.fullmatch(r"\d{7}[\dXx]", record.issn):
        record.issn = f"{record.issn[:4]}-{record.issn[4:]}"
    if others:
        values["issn"] = numbers


def _take_pages(record: Record, values: dict[str, str]) -> None:
    """Read pages: one column, or the first and the last page."""
    pages = values.pop("pages", None)
    printed = values.pop("pages_raw", None)
    first, last = values.pop("first_page", ""), values.pop("last_page", "")
    if pages is None and (first or last):
        pages = first if last in ("", first) else f"{first}–{last}"
    record.pages_raw = printed or pages
    record.pages = parse_pages(pages or printed or "")


def _take_type(
    record: Record, values: dict[str, str], left: list[tuple[str, str]], *, has_journal: bool
) -> None:
    """Read the kind of work, in the words of CSL, RIS or databases."""
    printed = values.pop("type", "")
    name = fold(printed)
    if printed in _CSL_TYPES and printed != "article":
        record.type = printed
    elif printed.upper() in TYPE_OF_TAG:
        record.type = TYPE_OF_TAG[printed.upper()]
    elif name.rpartition(" ")[2] in _TYPES_IN_PLURAL:
        record.type = _TYPES_IN_PLURAL[name.rpartition(" ")[2]]
    elif name in _TYPES or name in _CSL_TYPES:
        record.type = _TYPES.get(name, name)
    else:
        is_article = has_journal and record.source_raw is not None and not printed
        record.type = "article-journal" if is_article else "document"
        if printed:
            left.append(("type", printed))


def _split(text: str, others: str = "") -> list[str]:
    """Split a cell: a list as Python prints it, else by bars, semicolons or `others`."""
    if text.startswith("[") and text.endswith("]"):
        pieces = [one or other for one, other in _QUOTED.findall(text)]
    else:
        mark = next((sign for sign in f"|;{others}" if sign in text), "\n")
        pieces = _COMMA.split(text) if mark == "," else text.split(mark)
    return [piece.strip() for piece in pieces if piece.strip(" ,.")]


def _order_of_names(header: list[str]) -> str:
    """Tell how authors are printed: glued by Springer, parted by commas alone by SciELO."""
    if "Item DOI" in header:
        return "glued"
    if "source_raw" in header:
        return "own"
    return "pairs" if {"Author(s)", "Language(s)"} <= set(header) else "usual"


def _separated(printed: str, order: str) -> str:
    """Put semicolons between names that have none."""
    if order == "glued":
        names = _GLUED.split(printed)
        return "; ".join(_HONORIFIC.sub("", name) for name in names)
    if order == "own" and printed:
        return f"{printed};"
    parts = printed.split(", ")
    if order == "pairs" and len(parts) % 2 == 0:
        return "; ".join(map(", ".join, zip(parts[::2], parts[1::2], strict=True)))
    return printed


def _take_people(record: Record, values: dict[str, str], *, order: str) -> None:
    """Read authors, editors and translators."""
    for role in ("author", "editor", "translator"):
        printed = _separated(values.pop(f"{role}s", ""), order)
        people, et_al = _people(printed)
        record.et_al = record.et_al or et_al
        for person in people:
            person.role = role
        record.people += people
    record.et_al = record.et_al or values.pop("et_al", "").casefold() == "true"
    numbers = values.get("orcids", "").split("|")
    authors = record.people_of("author")
    if len(numbers) == len(authors) and values.pop("orcids", ""):
        for person, number in zip(authors, numbers, strict=True):
            person.orcid = clean_orcid(number)


def _people(printed: str) -> tuple[list[Person], bool]:
    """Read a list of names in any form."""
    if not printed:
        return [], False
    if not printed.startswith("[") and ";" not in printed and "|" not in printed:
        return parse_people(printed)
    names = _split(printed)
    whole = [name for name in names if fold(name) not in _ET_AL]
    return [_person(name) for name in whole], len(whole) < len(names)


def _person(name: str) -> Person:
    """Read one name."""
    person = parse_person(name)
    person.raw = name
    return person


def _take_lists(record: Record, values: dict[str, str]) -> None:
    """Read keywords, addresses and cited references."""
    if values.get("author_keywords") == values.get("index_keywords"):
        values.pop("author_keywords", None)
    for kind in ("author_keyword", "index_keyword"):
        words = dict.fromkeys(_split(values.pop(f"{kind}s", ""), others=","))
        record.keywords += [(kind, word) for word in words]
    by_author = _split_by_author(values.pop("addresses_by_author", ""))
    if by_author:
        record.affiliations = by_author
    else:
        found = _split(values.pop("affiliations", ""))
        record.affiliations = [(text, None) for text in dict.fromkeys(found)]
    record.cited_references = [
        CitedReference(raw=raw.rpartition("openalex.org/")[2], doi=find_doi(raw))
        for raw in _split(values.pop("references", ""))
    ]


def _split_by_author(printed: str) -> list[tuple[str, int | None]]:
    """Read "Name (address; address); Name (address)"."""
    found: list[tuple[str, int | None]] = []
    for position, piece in enumerate(printed.split("); "), 1):
        if match := _WITH_ADDRESS.match(piece.removesuffix(")")):
            addresses = match["addresses"].split("; ")
            found += [(text.strip(), position) for text in addresses if text.strip()]
    return found


def _take_numbers(record: Record, values: dict[str, str], left: list[tuple[str, str]]) -> None:
    """Read counts; what is no number stays as it is."""
    count = values.pop("cited_by_count", "")
    if re.fullmatch(r"\d{1,12}(?:\.0)?", count):
        record.cited_by_count = int(count.removesuffix(".0"))
    elif count:
        left.append(("cited_by_count", count))
    if re.fullmatch(r"[01](?:\.\d{1,20})?", values.get("confidence", "")):
        record.confidence = float(values.pop("confidence"))


FORMAT = Format(
    name="csv",
    title="CSV or TSV with names of columns",
    suffixes=(".csv", ".tsv", ".tab"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
