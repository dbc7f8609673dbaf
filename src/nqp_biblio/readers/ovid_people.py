"""Authors as Ovid prints them, with degrees and marks of address, and the addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.medline_names import medline_person
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.record import Person

__all__ = ["addresses_of", "people_of"]

_BETWEEN = re.compile(r";\s{2,}|\n|\t")
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? ?al\.?)", re.IGNORECASE)
_ROLE = re.compile(r" ?\[(?:Eds?|Author|Other|Trans)\.?\]\.?")
_MARKS = re.compile(r"(?:\s+|(?<=[a-z.])(?=[*+]))((?:[\d*+#@?]|\[[\w ]{1,20}\])[\d*+#@?, ]{0,20})$")
_DEGREES_TEXT = """
    BA BM BS BSC BSN CNM CRNP DC DDS DMD DNB DNP DO DPH DPHIL DPM DPT DRPH DSC DVM EDD FAAN FAAP
    FACC FACP FACS FACSM FAHA FRACP FRCA FRCP FRCPC FRCS FRCSC JD LCSW MA MBA MBBCH MBBS MBCHB MD
    MDCM ME MED MHA MHS MHSC MMED MPH MPHIL MRCP MRCS MS MSC MSN MSPH MSW NP OD PA PA-C PHARMD PHD
    PSYD PT RD RN RNC RPH SCD
    """
_DEGREES = frozenset(_DEGREES_TEXT.split())
_NUMBERED = re.compile(r"\((\d{1,3}|[*+#])\) ?")


def people_of(text: str, role: str) -> tuple[list[Person], list[tuple[str, ...]], bool]:
    """Read a list of names.

    Parameters
    ----------
    text : str
        The names as they stand, one a line or parted by a semicolon and two blanks.
    role : str
        Their role.

    Returns
    -------
    people : list of Person
        Without degrees and marks, which stay in `raw`.
    marks : list of tuple of str
        The marks of address of each.
    is_cut : bool
        Whether "et al." ends the list.

    Examples
    --------
    >>> people, marks, _ = people_of("Slade, Martin D. MPH 1;  Fu, Qiong 1,2", "author")
    >>> [person.display for person in people], marks
    (['Slade, Martin D.', 'Fu, Qiong'], [('1',), ('1', '2')])
    """
    people, marks, is_cut = [], [], False
    for piece in _BETWEEN.split(text):
        raw = clean_text(piece).strip(" ;")
        if not raw or _ET_AL.fullmatch(raw):
            is_cut = is_cut or bool(raw)
            continue
        name = _ROLE.sub("", raw)
        found = _MARKS.search(name)
        if found:
            name = name[: found.start()]
        person = medline_person(_without_degrees(name) or raw, role)
        person.raw = raw
        people.append(person)
        marks.append(tuple(re.findall(r"\d{1,3}|[*+#@]", found[1])) if found else ())
    return people, marks, is_cut


def _without_degrees(name: str) -> str:
    """Drop degrees behind the given names; what follows the first comma is never all dropped."""
    family, comma, given = name.partition(",")
    words = given.split()
    while len(words) > 1 and _is_degree(words[-1]):
        words.pop()
    return f"{family}{comma} {' '.join(words)}".strip(" ,;") if comma else name


def _is_degree(word: str) -> bool:
    """Tell an academic degree or the membership of a college."""
    return word.strip(",;()").replace(".", "").upper() in _DEGREES


def addresses_of(
    paragraphs: Sequence[str], people: Sequence[Person], marks: Sequence[tuple[str, ...]]
) -> list[tuple[str, int | None]]:
    """Read addresses with the positions of their authors.

    An address is given by name ("Roe, Ann: University of X") or by mark ("(1)University of X");
    one for which neither stands belongs to the work.
    """
    places = {fold(person.raw or person.display): at for at, person in enumerate(people, 1)}
    places |= {fold(person.display): at for at, person in enumerate(people, 1)}
    found: list[tuple[str, int | None]] = []
    for paragraph in paragraphs:
        name, colon, address = paragraph.partition(": ")
        if colon and (place := places.get(fold(name))):
            found.append((address, place))
            continue
        pieces = _NUMBERED.split(paragraph)
        if len(pieces) == 1 or len(pieces[0]) > len("From the "):
            found.append((paragraph, None))
            continue
        for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            address = piece.strip(" ;,.")
            holders: list[int | None] = [at for at, own in enumerate(marks, 1) if mark in own]
            found += [(address, holder) for holder in holders or [None] if address]
    return found
