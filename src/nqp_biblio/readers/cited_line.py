"""Cited references as Web of Science and Scopus print them in their exports."""

from __future__ import annotations

import re

from nqp_biblio.record import CitedReference
from nqp_biblio.text.identifiers import find_doi
from nqp_biblio.text.numbers import parse_year
from nqp_biblio.text.unicode import clean_text

__all__ = [
    "parse_cited_line",
    "parse_scopus_reference",
    "parse_wos_reference",
    "split_scopus_references",
]

_YEAR = re.compile(r"[12]\d{3}")
_VOLUME = re.compile(r"V\s?(\S{1,20})")
_PAGE = re.compile(r"[Pp]\s?([A-Z]{0,3}\d\S{0,20}|[IVXLCivxlc]{1,10})")
_MAX_YEAR_PLACE = 3
_USUAL = re.compile(
    r"([^,]+), (1[4-9]\d\d|20\d\d), ([^,]+)(?:, V([^\s,]{1,20}))?(?:, P(\d[^\s,]{0,20}))?"
    r"(?:, DOI (10\.\d{4,9}/[\w./()-]{1,200}[^\W_]))?\.?"
)
"""The usual form, in which most references of most files are."""

_ANY_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_AUTHOR = re.compile(r"[^,;()]{1,60}, (?:[^\W\d_][\w'’]{0,3}\.[- ]?){1,5}(?=,|$)")
_BRACKETED_YEAR = re.compile(r"\((?:c?)((?:1[4-9]|20)\d\d)[a-z]?\)")
_SCOPUS_PLACE = re.compile(
    r"^(?P<source>[^,]{2,300}?),?\s(?P<volume>\d{1,5})(?:,?\s\(?[^(),]{1,20}\)?)?(?=,|$)"
)
_SCOPUS_PAGE = re.compile(r"\bpp?\.\s?([A-Za-z]{0,3}\d[\w.]{0,15})")
_MAX_FRAGMENT = 60


def parse_cited_line(line: str) -> CitedReference:
    """Read one reference in the form of Web of Science or of Scopus, whichever it is.

    Parameters
    ----------
    line : str
        The reference, with a full stop behind it that is not its own.

    Returns
    -------
    CitedReference
        With the line, without that full stop, as `raw`.
    """
    raw = clean_text(line).removesuffix(".")
    if _AUTHOR.match(raw) and _BRACKETED_YEAR.search(raw):
        return parse_scopus_reference(raw)
    return parse_wos_reference(line)


def parse_wos_reference(line: str) -> CitedReference:
    """Read one reference of Web of Science.

    Parameters
    ----------
    line : str
        "Author, year, source, Vn, Pn, DOI d"; any part may be missing.

    Returns
    -------
    CitedReference
        With the line, without full stop at its end, as `raw`.

    Examples
    --------
    >>> cited = parse_wos_reference("Greco S, 2021, EUR J OPER RES, V288, P225, DOI 10.1016/j.x.")
    >>> cited.first_author, cited.publication_year, cited.source_raw, cited.volume, cited.first_page
    ('Greco S', 2021, 'EUR J OPER RES', '288', '225')
    """
    if line.isascii() and line.isprintable() and "  " not in line:
        raw = line.strip().removesuffix(".")
        if usual := _USUAL.fullmatch(raw):
            author, year, source, volume, page, doi = usual.groups()
            return CitedReference(
                raw, None, author, int(year), None, source, volume, page, doi and doi.lower()
            )
    else:
        raw = clean_text(line).removesuffix(".")
    return _parse_parts(raw)


def _parse_parts(raw: str) -> CitedReference:
    """Read one reference of Web of Science part by part."""
    before, mark, behind = raw.partition(", DOI ")
    parts = before.split(", ")
    cited = CitedReference(raw=raw, doi=find_doi(behind) if mark else None)
    at = next((i for i, part in enumerate(parts[:_MAX_YEAR_PLACE]) if _YEAR.fullmatch(part)), None)
    if at is not None:
        cited.publication_year = parse_year(parts[at])
        cited.first_author = ", ".join(parts[:at]) or None
        parts = parts[at + 1 :]
    else:
        cited.first_author, parts = parts[0] or None, parts[1:]
    for part in parts:
        if cited.volume is None and cited.source_raw and (found := _VOLUME.fullmatch(part)):
            cited.volume = found[1]
        elif cited.first_page is None and cited.source_raw and (found := _PAGE.fullmatch(part)):
            cited.first_page = found[1]
        elif cited.source_raw is None:
            cited.source_raw = part or None
    return cited


def split_scopus_references(text: str) -> list[str]:
    """Split the list of references of a Scopus record.

    Parameters
    ----------
    text : str
        References parted by semicolons.

    Returns
    -------
    list of str
        One per reference; a short piece without author and year belongs to the one before.
    """
    references: list[str] = []
    for piece in clean_text(text).split("; "):
        piece_text = piece.strip(" ;")
        if references and _is_fragment(piece_text):
            references[-1] += f"; {piece_text}"
        elif piece_text:
            references.append(piece_text)
    return references


def parse_scopus_reference(text: str) -> CitedReference:
    """Read one reference of Scopus, in its older or its newer form.

    Parameters
    ----------
    text : str
        "Authors, Title (Year) Source, 1 (2), pp. 3-4" or
        "Authors, Title, Source, 1, 2, pp. 3-4, (Year)".

    Returns
    -------
    CitedReference
        With the text as `raw`.

    Examples
    --------
    >>> line = "Prade, H., Using arguments (2009) Artif Intell, 173 (3), pp. 413-436"
    >>> cited = parse_scopus_reference(line)
    >>> cited.first_author, cited.title, cited.source_raw, cited.volume, cited.first_page
    ('Prade, H.', 'Using arguments', 'Artif Intell', '173', '413')
    """
    cited = CitedReference(raw=text, doi=find_doi(text) if "10." in text else None)
    rest = text
    if found := _AUTHOR.match(rest):
        cited.first_author = found[0]
        while found:
            rest = rest[found.end() :].lstrip(", ")
            found = _AUTHOR.match(rest)
    page = _SCOPUS_PAGE.search(rest) if "p" in rest else None
    cited.first_page = page[1] if page else None
    year = _BRACKETED_YEAR.search(rest) if "(" in rest else None
    if year is None:
        cited.publication_year = parse_year(text)
        return cited
    cited.publication_year = int(year[1])
    before, behind = rest[: year.start()].strip(" ,"), rest[year.end() :].strip(" ,.")
    if behind:
        cited.title = before or None
        _read_place(cited, behind)
    else:
        title, _, place = before.partition(", ")
        cited.title = title or None
        _read_place(cited, place)
    return cited


def _read_place(cited: CitedReference, place: str) -> None:
    """Read source and volume."""
    if found := _SCOPUS_PLACE.match(place):
        cited.source_raw, cited.volume = found["source"].strip(" ,"), found["volume"]
    elif cited.title is None:
        cited.title = place.partition(", ")[0] or None
    else:
        cited.source_raw = place.partition(",")[0].strip() or None


def _is_fragment(piece: str) -> bool:
    """Tell a piece that a semicolon inside a reference cut off."""
    return (
        len(piece) < _MAX_FRAGMENT
        and not _ANY_YEAR.search(piece)
        and not _AUTHOR.match(piece)
        and "http" not in piece
    )
