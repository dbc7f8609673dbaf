"""Publisher and place within a printed reference."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.readers.reference_marks import MASK, Span
from nqp_biblio.readers.reference_numbers import DATE_MASK
from nqp_biblio.readers.reference_people import UPPER
from nqp_biblio.readers.reference_words import (
    CITIES,
    HOST_WORDS,
    JOURNAL_WORDS,
    PUBLISHER_WORDS,
    SMALL_WORDS,
    WEAK_PUBLISHER_WORDS,
)

__all__ = ["Imprint", "find_imprint", "is_place", "is_publisher"]

_STATES_TEXT = """
AL AK AZ AR CA CO CT DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM
NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV DC D.C. USA UK U.S.A. U.K. US U.S. Mass. Mass
Calif. Conn. Ill. England Germany France Italy Spain Switzerland Austria Netherlands Belgium
Canada Australia Japan China India Sweden Norway Denmark Finland Poland Portugal Brazil Brasil
México Mexico Singapore Ireland Scotland Wales Greece Turkey Israel Russia Korea Taiwan
Deutschland Schweiz Österreich Ontario Quebec Québec Alberta BC ACT NSW VIC QLD Ont. Berks
Cliffs
"""
_STATES = frozenset(_STATES_TEXT.split())
_PLACE = (
    rf"(?:[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?,?(?!\.)"
    r"|(?:St|Ste|Mass|Calif|Conn|Ill|Pa|Fla|Mich|Va|Md|Wash|Ont|M|Br|Eng|D\.\s?C|N\.\s?[JYHC]"
    r"|U\.\s?K|U\.S(?:\.A)?)\.,?"
    r"|am|aan|de|la|upon|on|and|und|et|y|e|&|/|,|i\.|Br\.|a\.M\.|\([A-Z]{2}\))"
)
_NOT = rf"{MASK}{DATE_MASK}"
_COLON = re.compile(
    rf"(?:(?<=[.,;?!)\]”\"’»{DATE_MASK}]\s)|(?<=\s\()|(?<=[–-]\s))"
    rf"(?P<place>[{UPPER}][^\s:;().{_NOT}]{{1,24}}(?:(?:[\s/-]|(?<=St)\.\s)+{_PLACE}){{0,6}})\s?:\s?"
    rf"(?P<publisher>[{UPPER}0-9][^:;(){_NOT}]{{1,90}}?)"
    rf"(?=\s?(?:[.,;]?\s*(?:$|[{_NOT}(]|pp?\.|[Vv]ol|\d|In:|Available|Retrieved|Online|https?)"
    r"|[;)]|[.]\s))"
)
_PARENS = re.compile(rf"\((?P<inside>[^(){MASK}]{{3,120}}?)[\s,;]*{DATE_MASK}{{4,40}}\s?\)")
_TOWN_YEAR = re.compile(
    rf"[.,]\s(?P<place>[{UPPER}][^\W\d_]{{2,20}}(?:[/-][{UPPER}][^\W\d_]{{2,20}})?)\s{DATE_MASK}{{4}}(?!{DATE_MASK})"
)
_SEGMENT = re.compile(rf"[^,;()\[\]{MASK}{DATE_MASK}]+")


class Imprint(NamedTuple):
    """Where the imprint begins and ends, and its parts."""

    start: int
    end: int
    spans: list[Span]


def find_imprint(masked: str, start: int) -> Imprint | None:
    """Find publisher and place after a point of the text.

    Parameters
    ----------
    masked : str
        The reference; identifiers and date masked.
    start : int
        Where the title begins.

    Returns
    -------
    Imprint or None
        None where nothing looks like one.
    """
    return (
        _in_brackets(masked, start)
        or _with_colon(masked, start)
        or _by_commas(masked, start)
        or _before_year(masked, start)
    )


def is_place(text: str) -> bool:
    """Tell a known city, state or country."""
    text = text.strip(" .,()[]")
    if text in _STATES or text.lower() in CITIES:
        return True
    pieces = [
        piece
        for piece in re.split(r"\s?(?:[,/&]|\band\b|\bund\b|\bet\b)\s?|\s[-–]\s", text)
        if piece
    ]
    if len(pieces) > 1:
        return all(
            piece.strip(" .") in _STATES or piece.strip(" .").lower() in CITIES for piece in pieces
        )
    words = text.rsplit(" ", 1)
    return len(words) == 2 and words[0].lower() in CITIES and words[1] in _STATES  # noqa: PLR2004


def is_publisher(text: str) -> bool:
    """Tell the name of a publisher by a usual word and by its capitals."""
    words = text.split()
    if not words or len(words) > 12:  # noqa: PLR2004
        return False
    bare = [word.strip("().,").lower() for word in words]
    telling = [word for word in bare if word in PUBLISHER_WORDS]
    if not telling:
        return False
    other = JOURNAL_WORDS | HOST_WORDS
    if (
        all(word in WEAK_PUBLISHER_WORDS for word in telling)
        and sum(word in other for word in bare) > 1
    ):
        return False
    return all(
        word[:1].isupper() or not word[:1].isalpha() or word.lower() in SMALL_WORDS
        for word in words
    )


def _before_year(masked: str, start: int) -> Imprint | None:
    """Neuwied 1984: a town with the year right behind it."""
    match = next(iter(reversed(list(_TOWN_YEAR.finditer(masked, start + 1)))), None)
    if match is None:
        return None
    spans = _with_unknown_publisher(masked, [Span(*match.span("place"), "location")], start)
    return Imprint(spans[0].start, spans[-1].end, spans)


def _in_brackets(masked: str, start: int) -> Imprint | None:
    """(Kluwer, Dordrecht, 1993), (New York: Springer, 1990)."""
    match = next(iter(reversed(list(_PARENS.finditer(masked, start)))), None)
    if match is None or match.start() == start:
        return None
    inside, offset = match["inside"].strip(" ,;"), match.start("inside")
    offset += len(match["inside"]) - len(match["inside"].lstrip(" ,;"))
    if not inside[:1].isupper() or re.match(r"(?:[Vv]ol|[Pp]p|[Ee]ds?\b|[Nn]o)\b", inside):
        return None
    if ":" in inside:
        place, _, publisher = inside.partition(":")
        at = offset + len(place) + 1 + len(publisher) - len(publisher.lstrip())
        spans = [
            Span(offset, offset + len(place.rstrip()), "location"),
            Span(at, offset + len(inside), "publisher"),
        ]
        return Imprint(match.start(), match.end(), spans)
    found = _labelled(inside, offset)
    return Imprint(match.start(), match.end(), found) if found else None


def _with_colon(masked: str, start: int) -> Imprint | None:
    """Berlin: Springer; Thousand Oaks, CA: Sage."""
    best = None
    for match in _COLON.finditer(masked, start):
        if match.start() <= start + 1:
            continue
        place, publisher = match["place"], match["publisher"].strip()
        known = is_place(place) or is_place(place.split(",")[0])
        if not known and not is_publisher(publisher):
            at_end = not masked[match.end() :].strip(" .,;)" + MASK + DATE_MASK)
            if len(place.split()) > 3 or len(publisher.split()) > 4 or not at_end:  # noqa: PLR2004
                continue
        best = match
        if known:
            break
    if best is None:
        return None
    place_at, publisher_at = best.span("place"), best.span("publisher")
    publisher = masked[slice(*publisher_at)].rstrip(" .,")
    spans = [
        Span(place_at[0], place_at[1], "location"),
        Span(publisher_at[0], publisher_at[0] + len(publisher), "publisher"),
    ]
    begin = best.start() - 1 if masked[best.start() - 1 : best.start()] == "(" else best.start()
    return Imprint(begin, best.end(), spans)


def _by_commas(masked: str, start: int) -> Imprint | None:
    """Springer, Berlin; Paris, Hachette: known places and publishers, from the end."""
    segments = []
    for comma in _SEGMENT.finditer(masked, start):
        offset = comma.start()
        for piece in re.split(
            r"(?<=[^\W\d_][^\W\d_][^\W\d_])(?<!\bInc)(?<!\bLtd)(?<!Univ)\.\s", comma.group()
        ):
            segments.append((offset, piece))
            offset += len(piece) + 2
    spans: list[Span] = []
    text_is_state = False
    for offset, piece in reversed(segments[-12:]):
        text = piece.strip(" .:")
        if not text or (not text[:1].isalpha() and not spans):
            continue
        label = "location" if is_place(text) else "publisher" if is_publisher(text) else ""
        if (
            not label
            and spans
            and spans[-1].label == "location"
            and text_is_state
            and _is_town(text)
        ):
            label = "location"
        text_is_state = text in _STATES
        if not label or offset <= start:
            if spans:
                break
            continue
        if label in {span.label for span in spans} and label == "publisher":
            break
        at = offset + piece.index(text[0])
        spans.append(Span(at, at + len(text), label))
    if not spans:
        return None
    spans = _with_unknown_publisher(masked, _merged(sorted(spans)), start)
    return Imprint(spans[0].start, spans[-1].end, spans)


def _is_town(text: str) -> bool:
    """Tell what may be a town before its state or country."""
    words = text.split()
    return len(words) <= 3 and all(word[:1].isupper() for word in words) and not is_publisher(text)  # noqa: PLR2004


def _merged(spans: list[Span]) -> list[Span]:
    """Join places that follow one another."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].label == span.label == "location":
            merged[-1] = Span(merged[-1].start, span.end, "location")
        else:
            merged.append(span)
    return merged


def _with_unknown_publisher(masked: str, spans: list[Span], start: int) -> list[Span]:
    """Take the name beside a lone place for a publisher."""
    if [span.label for span in spans] != ["location"]:
        return spans
    place = spans[0]
    before = re.search(
        rf"(?:[.,]\s|\()([{UPPER}][\w.'’&-]{{1,20}}(?:\s[{UPPER}&][\w.'’&-]{{0,20}}){{0,3}}),\s$",
        masked[start : place.start],
    )
    if before:
        at = start + before.start(1)
        return [Span(at, start + before.end(1), "publisher"), place]
    after = re.match(
        rf"\s?[,:]\s?([{UPPER}][\w.'’&-]{{1,20}}(?:\s[\w.'’&-]{{1,20}}){{0,3}})(?=\s?[,.]?\s?\(?{DATE_MASK})",
        masked[place.end :],
    )
    if after:
        at = place.end + after.start(1)
        return [place, Span(at, place.end + after.end(1), "publisher")]
    return spans


def _labelled(inside: str, offset: int) -> list[Span]:
    """Label "Kluwer, Dordrecht" within brackets."""
    pieces = []
    at = 0
    for piece in re.split(r"[,;]", inside):
        text = piece.strip(" .")
        if text:
            begin = offset + at + piece.index(text[0])
            pieces.append((begin, begin + len(text), text))
        at += len(piece) + 1
    places = [is_place(text) for _, _, text in pieces]
    if len(pieces) == 1:
        label = "location" if places[0] else "publisher"
        return [Span(pieces[0][0], pieces[0][1], label)]
    if not any(places) and not any(is_publisher(text) for _, _, text in pieces) and len(pieces) > 2:  # noqa: PLR2004
        return []
    first_is_place = places[0] and not places[-1]
    if first_is_place:
        cut = next(i for i, known in enumerate(places) if not known)
        return [
            Span(pieces[0][0], pieces[cut - 1][1], "location"),
            Span(pieces[cut][0], pieces[-1][1], "publisher"),
        ]
    cut = next((i for i, known in enumerate(places) if known and i), len(pieces) - 1)
    return [
        Span(pieces[0][0], pieces[cut - 1][1], "publisher"),
        Span(pieces[cut][0], pieces[-1][1], "location"),
    ]
