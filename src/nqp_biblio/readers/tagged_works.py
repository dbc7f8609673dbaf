"""What the tagged formats of reference managers share: from values under tags to a work."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from nqp_biblio.record import Person
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.record import Record

__all__ = [
    "Values",
    "add_addresses",
    "add_keywords",
    "add_people",
    "clean_abstract",
    "plain_title",
    "pop_all",
    "pop_first",
    "split_list",
    "split_people",
    "take_date",
    "take_language",
    "take_numbers",
    "take_pages",
    "take_serial_numbers",
]

Values: TypeAlias = dict[str, list[str]]
"""Cleaned texts by tag, in the order of the file."""

_ET_AL = re.compile(r"(?:and )?(?:others|et\.? al\.?)|…|等", re.IGNORECASE)
_ELLIPSIS = "..."
_PEOPLE_BREAK = re.compile(r"\s*[;；、]+\s*")
_HAN_NAME = re.compile(r"[\u3400-\u9fff々]{2,4}")
_HAN = re.compile(r"[\u3400-\u9fff々]")
_COMMA = re.compile(r"\s*[,，]\s*")
_LIST_BREAK = re.compile(r"\s*[;；]{1,9}(?![^()]{0,80}\))\s*")
_ADDRESS_BREAK = re.compile(r"\s*[;；]+(?! ?\[)\s*")
_LETTERED = re.compile(r"(?:^|\)[,;] )([A-Z]{2})\(")
_ISSN = re.compile(r"(?<![\d-])(\d{4}-?\d{3}[\dXx])(?![\dXx-])")
_TWO_DOIS = re.compile(r"(10\.\d{4,9}/\S{1,200}?)(10\.48550/arxiv\.\S{1,40})", re.IGNORECASE)
_NO_ABSTRACT = frozenset({"", "not available", "n/a"})
_ABSTRACT_MARKS = re.compile(r"^<正>|\(#br\)")
_WHOLE = frozenset({"book", "report", "standard", "thesis"})
_RANGE = re.compile(r"\s*([A-Za-z]?\d{1,6})\s*[-–—~～]\s*([A-Za-z]?\d{1,6})\s*")
_MIN_WORDS = 3


def pop_first(values: Values, *tags: str) -> str | None:
    """Take the first value of the first tag that has one."""
    for tag in tags:
        if values.get(tag):
            text = values[tag].pop(0)
            if not values[tag]:
                del values[tag]
            return text
    return None


def pop_all(values: Values, *tags: str) -> list[str]:
    """Take all values of some tags, tag by tag."""
    return [text for tag in tags for text in values.pop(tag, [])]


def plain_title(text: str | None) -> str | None:
    """Take markup off a title."""
    return clean_text(strip_markup(text)) or None if text else None


def clean_abstract(texts: Iterable[str]) -> str | None:
    """Join the pieces of an abstract, without markup and the marks of CNKI."""
    text = " ".join(_ABSTRACT_MARKS.sub(" ", text) for text in texts)
    text = clean_text(strip_markup(text))
    return None if text.casefold() in _NO_ABSTRACT else text


def split_people(text: str) -> list[str]:
    """Cut a line of names into single names.

    Examples
    --------
    >>> split_people("薛婉钰;刘娜；苑鑫;"), split_people("李明，王小红"), split_people("司马, 相如")
    (['薛婉钰', '刘娜', '苑鑫'], ['李明', '王小红'], ['司马, 相如'])
    """
    names = [name for name in _PEOPLE_BREAK.split(text) if name.strip(" ,.")]
    return [single for name in names for single in _between_commas(name)]


def _between_commas(name: str) -> list[str]:
    """Cut "李明,王小红", where every part is a whole name."""
    parts = _COMMA.split(name)
    if len(parts) == 1 or not all(map(_HAN_NAME.fullmatch, parts)):
        return [name]
    return [name] if parse_person(parts[0]).literal else parts


def add_people(record: Record, texts: Iterable[str], role: str) -> None:
    """Read lines of names into the people of one role; a name of "et al." cuts the list."""
    for text in texts:
        for name in split_people(text) or [text]:
            if _is_et_al(name):
                record.et_al = True
            elif name.strip(" ,.;；、"):
                record.people.append(Person.of_parts(_parts(name), role))


def _is_et_al(text: str) -> bool:
    """Tell "et al.", "等" and ", . . ." of ADS."""
    dots = text.replace(" ", "")
    return _ET_AL.fullmatch(text) is not None or (
        _ELLIPSIS in dots and not any(map(str.isalnum, dots))
    )


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str | None, ...]:
    """Read one name; a comma at the end marks a group, and "., J. Doe" has no family name."""
    if name.endswith((",", "，")):
        return None, None, None, None, name.rstrip(",， "), name
    found = parse_person(name.removeprefix(".,"))
    if found.literal and _HAN.search(name):
        found.literal = name
    return found.family, found.given, found.particle, found.suffix, found.literal, name


def take_date(record: Record, years: list[str], dates: list[str]) -> tuple[str | None, list[str]]:
    """Read year and date of what is printed as year and as date.

    Returns
    -------
    reason : str or None
        What is wrong, where no year can be read.
    left : list of str
        Dates that the record does not hold.
    """
    printed = [*years, *dates]
    whole = next((text for text in printed if parse_year(text)), None)
    if whole is None:
        record.year_raw = years[0] if years else None
        bad = next((text for text in years if any(map(str.isalnum, text))), None)
        reason = f"no year in {bad[:80]!r}; the year is left empty" if bad else None
        return reason, [*years[1:], *dates]
    record.publication_year = parse_year(whole)
    record.year_raw = years[0] if years else whole
    year = str(record.publication_year)
    tries = [*years, *(date if parse_year(date) else f"{year} {date}" for date in dates)]
    found = max([parse_date(text) or "" for text in tries], key=len)
    is_date = len(found) > len("2001") and found[:4] == year
    record.publication_date = found if is_date else None
    is_same = [(parse_date(text) or "") == found for text in tries[len(years) :]]
    left = [text for text, same in zip(dates, is_same, strict=True) if not (is_date and same)]
    return None, left


def take_pages(record: Record, texts: list[str]) -> list[str]:
    """Read the pages; return what seems to be the number of pages, where it stands beside them."""
    ranges = [text for text in texts if _RANGE.fullmatch(text)]
    counts = {
        str(int(found[2]) - int(found[1]) + 1)
        for text in ranges
        if (found := _RANGE.fullmatch(text)) and found[1].isdigit() and found[2].isdigit()
    }
    kept = [text for text in texts if text not in counts]
    record.pages_raw = ", ".join(kept) or None
    is_count = record.type in _WHOLE and not any(_RANGE.search(text) for text in kept)
    record.pages = [] if is_count else parse_pages(record.pages_raw or "")
    return [text for text in texts if text in counts]


def take_numbers(record: Record, texts: list[str]) -> list[str]:
    """Read DOI and number of arXiv; return the other texts."""
    left = []
    for text in texts:
        found = _TWO_DOIS.search(text)
        arxiv_id = clean_arxiv_id(text) if "arxiv" in text.casefold() else None
        if arxiv_id is None and found is not None:
            arxiv_id = clean_arxiv_id(found[2].partition("rXiv.")[2])
        doi = clean_doi(found[1] if found else text)
        is_new = doi is not None and record.doi is None
        if is_new:
            record.doi, record.doi_raw = doi, text
        is_known = is_new or (doi is not None and doi == record.doi)
        record.arxiv_id = record.arxiv_id or arxiv_id
        if not is_known and (arxiv_id is None or arxiv_id != record.arxiv_id):
            left.append(text)
    return left


def take_serial_numbers(record: Record, texts: list[str]) -> list[str]:
    """Read ISSN and ISBN; return the other texts."""
    left = []
    for line in texts:
        for text in filter(None, _ADDRESS_BREAK.split(line)):
            issn, isbn = _ISSN.search(text), clean_isbn(text) or _mistyped_isbn(text)
            if issn and "ISBN" not in text.upper() and record.issn is None:
                record.issn = issn[1]
            elif isbn and record.isbn is None:
                record.isbn = isbn
            elif text not in {record.issn, record.isbn}:
                left.append(text)
    return left


def _mistyped_isbn(text: str) -> str | None:
    """Keep an ISBN whose check digit is wrong as it is printed."""
    digits = sum(map(str.isdigit, text))
    is_long = digits in {9, 10, 13} and len(text) < 2 * digits
    return text if is_long and not _ISSN.search(text) else None


def take_language(record: Record, texts: list[str]) -> list[str]:
    """Read the first language that is known; return the others."""
    left = []
    for text in texts:
        code = language_code(text)
        if code and record.language is None:
            record.language = code
        else:
            left.append(text)
    return left


def split_list(text: str) -> list[str]:
    """Cut a list at semicolons that stand outside of brackets.

    Examples
    --------
    >>> split_list("话题模型;;情感分析；V694 Mon (a; b)")
    ['话题模型', '情感分析', 'V694 Mon (a; b)']
    """
    return [piece for piece in _LIST_BREAK.split(text) if piece.strip(" .,")]


def add_keywords(record: Record, texts: Iterable[str]) -> None:
    """Add keywords, one or several to a text; some print Chinese words with blanks between."""
    for text in texts:
        words = split_list(text)
        if len(words) == 1 and len(parts := words[0].split()) >= _MIN_WORDS:
            n_han = sum(_HAN.search(part) is not None for part in parts)
            words = parts if n_han >= len(parts) - 1 else words
        record.keywords.extend(("author_keyword", word.strip()) for word in words)
    record.keywords = list(dict.fromkeys(record.keywords))


def add_addresses(record: Record, texts: list[str]) -> None:
    """Add addresses; one line per author, or letters before them, tell whose they are.

    ADS writes "AA(First Univ), AB(Second Univ)" for the addresses of the first two authors.
    """
    n_authors = len(record.people_of("author"))
    is_per_author = 1 < len(texts) == n_authors
    for at, text in enumerate(texts, 1):
        cuts = list(_LETTERED.finditer(text))
        if cuts and cuts[0].start() == 0 and cuts[0][1][0] == "A":
            _add_lettered(record, text, cuts)
            continue
        for piece in filter(None, _ADDRESS_BREAK.split(text)):
            if (address := (piece, at if is_per_author else None)) not in record.affiliations:
                record.affiliations.append(address)


def _add_lettered(record: Record, text: str, cuts: list[re.Match[str]]) -> None:
    """Add the addresses that stand behind AA, AB and so on."""
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    for cut, end in zip(cuts, ends, strict=True):
        first, second = (ord(letter) - ord("A") for letter in cut[1])
        inside = text[cut.end() : end].removesuffix(")")
        record.affiliations.extend(
            (piece, 26 * first + second + 1)
            for part in _ADDRESS_BREAK.split(inside)
            if (piece := part.strip(" ,"))
        )
