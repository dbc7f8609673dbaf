"""Corresponding authors: what databases print of them beside the addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.place.country_names import country_code_of
from nqp_biblio.cleaning.place.institution_words import names_an_institution
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["FIELD_NAMES", "Correspondent", "find_correspondents", "has_mail", "position_of"]

_WOS = re.compile(r"\s?\((?:reprint|corresponding) author\)\s?,?\s?", re.IGNORECASE)
_NEXT_RECORD = re.compile(r"\.?\s\[.*$", re.DOTALL)
_MAIL_PART = re.compile(r"\s?\be-?mail:?\s.*$", re.IGNORECASE | re.DOTALL)
_DIMENSIONS = re.compile(r"([^();]{2,80})\(([^()]{0,600}(?:\([^()]{0,200}\)[^()]{0,600}){0,9})\)")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")
_LONGEST_NAME = 60


class Correspondent(NamedTuple):
    """One corresponding author.

    Attributes
    ----------
    name : str or None
        As printed; None where the source gives no name.
    address : str or None
        The address for letters; None where the source only marks the author.
    position : int or None
        Place among the authors, where the source says it by number.
    """

    name: str | None
    address: str | None
    position: int | None = None


def find_correspondents(fields: Mapping[str, Sequence[str]]) -> list[Correspondent]:
    """Find the corresponding authors in the fields of a work that no column holds.

    Parameters
    ----------
    fields : mapping of str to sequence of str
        Values by name: "RP" of Web of Science, "Correspondence Address" of Scopus and
        Embase, ``authorships.is_corresponding`` of OpenAlex and so on.

    Returns
    -------
    list of Correspondent
        In the order printed.

    Examples
    --------
    >>> find_correspondents({"RP": ["Aria, M (corresponding author), Univ Naples, Naples, Italy."]})
    [Correspondent(name='Aria, M', address='Univ Naples, Naples, Italy', position=None)]
    """
    found: list[Correspondent] = []
    for name, read in _READERS.items():
        for value in fields.get(name, ()):
            found += read(value)
    numbers = fields.get("corresponding_author_ids", ()), fields.get("authorships.author.id", ())
    if all(numbers):
        found += _by_number(numbers[0][0], numbers[1][0])
    return list(dict.fromkeys(found))


def has_mail(address: str) -> bool:
    """Tell an address with a mail address in it, as PubMed has it of those who correspond."""
    return _MAIL.search(address) is not None


def position_of(name: str, authors: Sequence[tuple[int, str, str]]) -> int | None:
    """Find the author whom a name means.

    Parameters
    ----------
    name : str
        As printed with the address.
    authors : sequence of (int, str, str)
        Position, family name with particle and given name of each author, folded.

    Returns
    -------
    int or None
        None where no author, or more than one, has that family name and first initial.
    """
    person = parse_person(name)
    family = fold(" ".join(filter(None, (person.particle, person.family or person.literal))))
    initial = fold(person.given or "")[:1]
    fitting = [
        position
        for position, own, given in authors
        if _same_family(family, own) and (not initial or not given or given[:1] == initial)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _same_family(one: str, other: str) -> bool:
    """Tell family names that are one, also where a particle or a second name is left out."""
    return bool(one and other) and (
        one == other
        or one.endswith(f" {other}")
        or other.endswith(f" {one}")
        or one.replace(" ", "") == other.replace(" ", "")
    )


def _of_wos(text: str) -> list[Correspondent]:
    """Read "Names (corresponding author), address." as often as it is there."""
    pieces = _WOS.split(text.strip())
    if len(pieces) == 1:
        family, _, rest = text.partition(", ")
        given, _, address = rest.partition(", ")
        if not address or len(given) > _LONGEST_NAME:
            return []
        return [Correspondent(f"{family}, {given}", address.rstrip(" ."))]
    found: list[Correspondent] = []
    names = pieces[0].split("; ")
    for number, piece in enumerate(pieces[1:], 1):
        items = piece.split("; ")
        behind: list[str] = []
        while number < len(pieces) - 1 and len(items) > 1 and _is_name(items[-1]):
            behind.insert(0, items.pop())
        address = _NEXT_RECORD.sub("", "; ".join(items)).strip(" .;")
        found += [Correspondent(name.strip(), address) for name in names if name.strip()]
        names = behind
    return found


def _of_scopus(text: str) -> list[Correspondent]:
    """Read "Name; address; email: …", or the address alone."""
    pieces = [piece.strip(" .") for piece in text.split(";")]
    found: list[Correspondent] = []
    name: str | None = None
    for piece in pieces:
        if not piece or piece.casefold().startswith(("email:", "e-mail:")):
            name = None
        elif _is_name(piece):
            name = piece
        else:
            found.append(Correspondent(name, piece))
    return found


def _of_embase(text: str) -> list[Correspondent]:
    """Read "B. Name, address. Email: …"."""
    if ";" in text.partition("mail")[0]:
        return _of_scopus(text)
    name, _, address = _MAIL_PART.sub("", text).strip(" .").partition(", ")
    if not _is_name(name):
        return _of_scopus(text)
    return [Correspondent(name, address or None)]


def _of_dimensions(text: str) -> list[Correspondent]:
    """Read "Family, Given (address; address); …"."""
    return [
        Correspondent(match[1].strip(" ;"), match[2].partition("; ")[0].strip() or None)
        for match in _DIMENSIONS.finditer(text)
    ]


def _of_flags(text: str) -> list[Correspondent]:
    """Read "False|True", one for each author."""
    flags = text.casefold().split("|")
    return [Correspondent(None, None, at) for at, flag in enumerate(flags, 1) if flag == "true"]


def _by_number(corresponding: str, authors: str) -> list[Correspondent]:
    """Read the numbers of the corresponding authors, and of all."""
    wanted = set(re.findall(r"A\d+", corresponding))
    numbers = [(re.findall(r"A\d+", one) or [""])[0] for one in authors.split("|")]
    return [Correspondent(None, None, at) for at, one in enumerate(numbers, 1) if one in wanted]


def _is_name(text: str) -> bool:
    """Tell a name of a person from an address."""
    return (
        len(text) <= _LONGEST_NAME
        and not any(sign.isdigit() for sign in text)
        and not names_an_institution(text)
        and text.count(",") <= 1
        and country_code_of(text.rpartition(",")[2]) is None
    )


_READERS: dict[str, Callable[[str], list[Correspondent]]] = {
    **dict.fromkeys(("RP", "rp", "corresponding-address"), _of_wos),
    "Correspondence Address": _of_embase,
    **dict.fromkeys(("correspondence_address", "correspondence_address1"), _of_scopus),
    "Corresponding Authors": _of_dimensions,
    "authorships.is_corresponding": _of_flags,
}

FIELD_NAMES = (*_READERS, "corresponding_author_ids", "authorships.author.id")
"""Names of the fields that tell of corresponding authors."""
