"""The pieces of a note: references, and the short ways of citing again what was cited before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nqp_biblio.readers.traits import count_traits, starts_with_name

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NotePiece", "cites_again", "pieces_of_note"]

Kind = Literal["reference", "same", "before", "short", "text"]

_SEE = (
    r"(?:see|cf\.|compare|contrast|consult|vgl\.|siehe|s\.|dazu|hierzu|voir|véase|vid\.|cfr\.|vedi"
    r"|e\.g\.,?|for example,?|quoted (?:in|by|from)|cited (?:in|by)|as cited in"
    r"|zit(?:iert)?\.? nach|so auch|so|thus|see, e\.g\.,?|см\.|ср\.)"
    r"(?:\s(?:also|too|auch|aussi|esp(?:ecially|\.)?,?|e\.g\.,?|for (?:example|instance),?"
    r"|in particular|z\.\s?B\.|etwa|etwa:|inter alia,?|generally,?|notably))*"
)
_LEAD = re.compile(rf"(?:^|[\s(,:])(?:but\s|and\s|und\s|et\s)?{_SEE}\s+(?=\S)", re.IGNORECASE)
_NEXT = re.compile(rf"\s*;\s+|(?<=[.)\]”\"])\s+(?=(?:But\s)?{_SEE}\s)", re.IGNORECASE)
_AND = re.compile(r"(?:and|und|et|y|e)\s", re.IGNORECASE)
_SAME = re.compile(
    r"(?:ibid(?:em)?|ebd|ebenda|ebda|ibíd|íbid|там же|тамо же|同上|同前|(?-i:[Ii]b\.|[Ii]vi))"
    r"(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_SAME_AUTHOR = re.compile(
    r"(?:idem|id|eadem|ders(?:elbe)?|dies(?:elbe)?|он же|она же)(?![^\W\d_])\.?,?\s",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:op\.?\s?cit|loc\.?\s?cit|ob\.\s?cit|art\.\s?cit|opus cit|a\.\s?a\.\s?o|cit\.(?=[\s,]|$)"
    r"|указ\.\s?соч)"
    r"|\b(?:supra|above|oben|see|as in)?,?\s?\(?(?:n|nn|note|fn|anm|fußn|прим)\.?"
    r"\s?(?P<note>\d{1,4})\)?(?=[\s,.):;]|$)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<![\d–-])(?:1[4-9]\d\d|20\d\d)[a-z]?(?!\d)|\bn\.\s?d\.|forthcoming|in press|o\.\s?j\.",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"[(\[][^()\[\]]{0,120}(?:1[4-9]\d\d|20\d\d)[a-z]?[)\]]")
_TITLE = re.compile(r"[“\"«„‘][^”\"»’]{6,300}[”\"»’]|\*[^*]{5,200}\*|_[^_]{5,200}_")
_SHORT = re.compile(
    r"(?:[^\W\d_a-z]\.[\s-]?){0,3}[^\W\d_a-z][\w'’-]{1,30}"
    r"(?:\s(?:and|&|und|et|y|et al\.)\s?[^\W\d_a-z]?[\w'’-]{0,30})?,\s.{0,200}\d[\d–-]{0,9}\W{0,3}$"
)
_MANY = 3
_LONGEST = 1_500


@dataclass(frozen=True, slots=True)
class NotePiece:
    """One citation in a note.

    Attributes
    ----------
    text : str
        As printed, without what leads to it ("See also").
    kind : {"reference", "same", "before", "short", "text"}
        A reference with its date; ibid.; op. cit. or "note 5"; an author with words of a title
        and a page; or nothing that cites.
    note : str or None
        The number of the note that it names.
    same_author : bool
        Whether "idem" stands for the author.
    """

    text: str
    kind: Kind
    note: str | None = None
    same_author: bool = False


def cites_again(text: str) -> bool:
    """Whether a note begins with ibid. or the like, or holds an op. cit., as no reference does.

    Examples
    --------
    >>> [cites_again(text) for text in ("Ibid., p. 4.", "Roe, op. cit., 4.", "Roe, On X, 1999.")]
    [True, True, False]
    """
    return any(
        piece.kind == "same" or (piece.kind == "before" and piece.note is None)
        for piece in pieces_of_note(text[:_LONGEST])
    )


def pieces_of_note(text: str) -> list[NotePiece]:
    """Part a note into what it cites.

    Parameters
    ----------
    text : str
        The note on one line, without its number.

    Returns
    -------
    list of NotePiece
        In the order printed; one of kind text where the note cites nothing.

    Examples
    --------
    >>> note = "Ibid., p. 4; see also A. Roe, On X (Oxford: OUP, 1999), p. 3."
    >>> [(piece.kind, piece.text) for piece in pieces_of_note(note)]
    [('same', 'Ibid., p. 4'), ('reference', 'A. Roe, On X (Oxford: OUP, 1999), p. 3.')]
    """
    pieces: list[NotePiece] = []
    for part in _parts(text):
        piece = _piece(part)
        if piece.kind == "text" and pieces and pieces[-1].kind != "text":
            before = pieces[-1]
            pieces[-1] = NotePiece(
                f"{before.text}; {piece.text}", before.kind, before.note, before.same_author
            )
            continue
        pieces.append(piece)
    citing = [piece for piece in pieces if piece.kind != "text"]
    return citing or pieces[:1] or [NotePiece(text, "text")]


def _parts(text: str) -> Iterator[str]:
    """Give what stands between semicolons, and before the next "See also"."""
    for part in _NEXT.split(text):
        if part.strip(" .;,"):
            yield part.strip()


def _piece(part: str) -> NotePiece:
    """Tell what one part of a note is, with what leads to it or without."""
    start = _AND.match(part)
    bare = _without_lead(part[start.end() :] if start else part)
    own = _SAME_AUTHOR.match(bare)
    if own and not _is_reference(bare[own.end() :], named=True):
        return NotePiece(bare, "same")
    if own:
        return NotePiece(bare, "reference", same_author=True)
    if _SAME.match(bare):
        return NotePiece(bare, "same")
    again = _BEFORE.search(bare)
    if again and not (_IMPRINT.search(bare) and not again["note"]):
        return NotePiece(bare, "before", again["note"])
    if _is_reference(bare):
        return NotePiece(bare, "reference")
    return NotePiece(bare, "short" if _SHORT.match(bare) else "text")


def _without_lead(part: str) -> str:
    """Take away what leads to a citation, where one follows."""
    for lead in _LEAD.finditer(part[:_LONGEST]):
        rest = part[lead.end() : lead.end() + _LONGEST]
        if _SAME.match(rest) or _SHORT.match(rest) or _is_reference(rest):
            return part[lead.end() :].strip()
    return part


def _is_reference(text: str, *, named: bool = False) -> bool:
    """Whether a text is dated and reads as a reference."""
    if not _DATE.search(text[:_LONGEST]):
        return False
    begins = named or starts_with_name(text) or text[:1].isupper()
    text = text[:_LONGEST]
    told = _IMPRINT.search(text) is not None or _TITLE.search(text) is not None
    return begins and (told or starts_with_name(text) or count_traits(text) >= _MANY)
