"""The cited references of a Scopus record, in the form of before 2023 and in that of today."""

from __future__ import annotations

import re

from nqp_biblio.readers.cited_line import parse_scopus_reference, split_scopus_references
from nqp_biblio.record import CitedReference
from nqp_biblio.text.identifiers import find_doi
from nqp_biblio.text.unicode import clean_text

__all__ = ["parse_references"]

_NAME = r"[^,;()]{1,60}? (?:[^\W\d_][\w'’]{0,3}\.[- ]?){1,5}"
_AUTHOR = re.compile(rf"{_NAME}(?:,? (?:Jr|Sr|I{{1,3}}|IV)\.?)?")
_BEGINS = re.compile(rf"{_NAME}(?=,)")
_COMPLETE = re.compile(r"\((?:c?)((?:1[4-9]|20)\d\d)[a-z]?\)$")
_NUMBER = re.compile(r"[A-Za-z]{0,3}\d[\w./-]{0,20}|\(?[\d-]{1,12}\)?")
_PAGES = re.compile(r"pp?\. ?([A-Za-z]{0,3}\d[\w.]{0,15}).{0,30}")


def parse_references(text: str) -> list[CitedReference]:
    """Split and read the references of a Scopus record.

    Parameters
    ----------
    text : str
        References parted by semicolons; since 2023 these part the authors too, and each
        reference ends in its year.

    Returns
    -------
    list of CitedReference
        In the order printed.

    Examples
    --------
    >>> text = "Roe A.; Doe B., One, and two, J Ex, 5, pp. 1-9, (2020); Poe C., Three, (2021)"
    >>> [(cited.first_author, cited.title, cited.volume) for cited in parse_references(text)]
    [('Roe A.', 'One, and two', '5'), ('Poe C.', 'Three', None)]
    """
    cleaned = clean_text(text)
    pieces = [piece.strip() for piece in cleaned.split("; ")]
    if not _is_new(pieces):
        return [parse_scopus_reference(piece) for piece in split_scopus_references(cleaned)]
    return [_parse_new(raw) for raw in _joined(pieces)]


def _is_new(pieces: list[str]) -> bool:
    """Tell today's form: names stand alone, or the year ends the references after initials."""
    if any(_AUTHOR.fullmatch(piece) for piece in pieces):
        return True
    n_complete = sum(_COMPLETE.search(piece) is not None for piece in pieces)
    n_new = sum(_BEGINS.match(piece) is not None for piece in pieces)
    return n_new > 0 and 2 * n_complete > len(pieces)


def _joined(pieces: list[str]) -> list[str]:
    """Join the pieces of each reference: authors, a title with semicolons, up to the year."""
    references: list[str] = []
    open_pieces: list[str] = []
    for piece in (piece for piece in pieces if piece):
        has_title = bool(open_pieces) and not _AUTHOR.fullmatch(open_pieces[-1])
        if has_title and (_AUTHOR.fullmatch(piece) or _BEGINS.match(piece)):
            references.append("; ".join(open_pieces))
            open_pieces = []
        open_pieces.append(piece)
        if _COMPLETE.search(piece):
            references.append("; ".join(open_pieces))
            open_pieces = []
    if open_pieces:
        references.append("; ".join(open_pieces))
    return references


def _parse_new(raw: str) -> CitedReference:
    """Read one reference in today's form."""
    cited = CitedReference(raw=raw, doi=find_doi(raw) if "10." in raw else None)
    rest = raw
    if found := _COMPLETE.search(rest):
        cited.publication_year = int(found[1])
        rest = rest[: found.start()].rstrip(" ,")
    *names, rest = rest.split("; ")
    while names and not _AUTHOR.fullmatch(names[-1]):
        rest = f"{names.pop()}; {rest}"
    if found := _BEGINS.match(rest):
        names.append(found[0])
        rest = rest[found.end() :].lstrip(" ,")
    elif _AUTHOR.fullmatch(rest):
        names, rest = [*names, rest], ""
    cited.first_author = names[0] if names else None
    _read_rest(cited, [part.strip() for part in rest.split(", ") if part.strip()])
    return cited


def _read_rest(cited: CitedReference, parts: list[str]) -> None:
    """Read title, source, volume and pages; the numbers stand at the end."""
    numbers: list[str] = []
    while len(parts) > 1:
        if found := _PAGES.fullmatch(parts[-1]):
            cited.first_page = found[1]
        elif _NUMBER.fullmatch(parts[-1]):
            numbers.append(parts[-1])
        else:
            break
        parts.pop()
    cited.volume = numbers[-1] if numbers else None
    if len(parts) > 1:
        cited.source_raw = parts.pop()
    cited.title = ", ".join(parts) or None
