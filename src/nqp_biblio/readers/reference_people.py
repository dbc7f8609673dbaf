"""Where the people who begin a printed reference end."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.readers.reference_words import (
    ABBREVIATIONS,
    GIVEN_NAMES,
    JOURNAL_WORDS,
    TITLE_WORDS,
)
from nqp_biblio.text.names import is_group

__all__ = ["UPPER", "Block", "find_editor_mark", "find_names"]

UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x530) if chr(code).isupper())
"""Upper-case letters for a character class."""

_L = r"[^\W\d_]"
_WORD = (
    rf"(?!(?:Hrsg|Hg|Eds?|Dir|Vol|In|The|An|A|On|Of|From|No|For)\b)(?:[{UPPER}]['’`]\s?(?=[{UPPER}])|d['’])?[{UPPER}]{_L}{{1,25}}+"
    rf"(?:['’]{_L}{{1,20}}+)?(?:\s?[-‐–]\s?(?=[{UPPER}]){_L}{{1,25}}+|[-‐]{_L}{{1,25}}+){{0,3}}"
)
_PARTICLE = (
    r"(?:(?:[Vv][ao]n|[Dd]e[rnl]?|[Dd]es|[Dd]ella|[Dd]i|[Dd][ao]s?|[Dd]u|[Ll][ae]s?|[Ee]l|[Aa]l"
    r"|[Tt]e[rn]|[Zz]ur?|[Bb][ie]n|af|av|St\.?|Mc|Mac|’t|'t|y|e|v\.)\s+|[dlDL]['’]\s?|[AaEe]l-){0,3}"
)
_FAMILY = rf"{_PARTICLE}{_WORD}(?:\s(?:y\s)?{_PARTICLE}{_WORD}){{0,2}}"
_SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III|IV|2nd|3rd|JR|SR)\b\.?)?"
_DOTTED = (
    rf"[{UPPER}][a-z]{{0,2}}\s?\.(?:\s?[-‐–]?\s?[{UPPER}a-z]{{1,2}}\s?\.){{0,5}}"
    rf"(?:\s?[-‐]?[{UPPER}](?![^\W\d_]))?"
)
_PLAIN = rf"[{UPPER}]{{1,4}}(?:[-‐][{UPPER}]{{1,2}})?(?:\s[{UPPER}](?![^\W\d_'’])){{0,3}}"
_END = (
    r"(?=\s*(?:[,;.:(\[&/“\"«=‘'’]|$|\ue002|\ue003|\d{4}|and\b|et\b|und\b|y\b|e\b|och\b|in\b|In\b"
    r"|with\b|等))"
)
_BEHIND = r"(?:\s(?:van|von|de|der|den|del|di|da|dos|du|la|v\.|dos)){0,3}"
_GIVEN = rf"{_WORD}(?:\s{_WORD})?(?:\s(?:{_DOTTED}|[{UPPER}](?!{_L})))?"

_STRICT = (
    re.compile(rf"{_FAMILY}\s?,\s?(?:{_DOTTED}|{_PLAIN}(?![^\W\d_])){_BEHIND}{_SUFFIX}{_END}"),
    re.compile(
        rf"{_FAMILY}\s(?:{_PLAIN}(?!{_L})(?!\s?\.\s?[-‐]?[{UPPER}]\s?\.)|{_DOTTED}(?=\s*(?:[,;:(&]|$|\ue002|\d{{4}}|and\b|et\b|und\b|[{UPPER}])))"
        rf"{_BEHIND}{_SUFFIX}{_END}"
    ),
    re.compile(rf"{_DOTTED}\s?(?:[{UPPER}]{_L}{{2,15}}\s)?{_FAMILY}{_SUFFIX}{_END}"),
    re.compile(rf"[{UPPER}]{{1,3}}\s{_FAMILY}{_SUFFIX}{_END}"),
)
_COLLECTIVE = re.compile(
    rf"(?:[Tt]he\s)?(?:[{UPPER}][\w/&-]{{1,20}}\s){{1,5}}(?:for\s(?:the\s)?[{UPPER}]\w+\s)?"
    rf"(?:Collaborations?|Consortium|Group|Team|Network|Investigators|Initiative|Committee)(?=\s?[,.:;(])"
)
_EASTERN = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}(?=\s?[,.:;，。：、(（·]|\s\(|\ue002)")
_LAST_FIRST = re.compile(rf"{_FAMILY}\s?,\s?{_GIVEN}{_SUFFIX}{_END}")
_FIRST_LAST = re.compile(
    rf"{_WORD}(?:\s(?:{_DOTTED}|[{UPPER}]\b\.?|{_WORD})){{0,2}}\s{_PARTICLE}{_WORD}{_SUFFIX}{_END}"
)
_SINGLE = re.compile(rf"{_FAMILY}{_END}")
_BEFORE_AND = re.compile(
    rf"{_FAMILY}(?=\s*(?:&|and\b|und\b|et\s|,?\s?et\.?\sal|\(\d{{4}}|\ue002|,\s?\d{{4}}))"
)
_BREAK = re.compile(
    r"\s*\.?\s*(?:[,;/]\s*(?:(?:and|und|et|y|e|og|och|&)\s*(?=[^a-z]))?"
    r"|(?:&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bog\b|\boch\b|\bwith\b|\band(?=[A-Z]))\s*"
    r"|[.]\s?,\s*(?:(?:and|&)\s*)?|\s[–-]\s(?=[A-Z]))"
)
_TITLE_FOLLOWS = re.compile(r"[\s,.:]{0,3}(?:[“\"«„‘(]|\ue002|(?:19|20)\d\d)")
_CREDITS_FOLLOW = re.compile(r"\.\s(?:Eds?|Dir|Trans|Directed|Edited|Translated)\b")
_ET_AL = re.compile(
    r"\s*[,;]?\s*(?:\(?et\.?\s?al(?:ii|ia)?\b\.{0,2}\)?|and\s(?:others|co-?workers)\b\.?|u\.\s?a\.|&\sal\.|et\scoll\.|"
    r"\[et al\.?\]|\bEt\s?al\b\.?|,?\s?等)"
)
_ELLIPSIS = re.compile(r"\s*,?\s*(?:\.\s?\.\s?\.|…)\s*,?\s*(?:&\s*)?(?=[A-ZÀ-Þ])")
_EDITOR_MARK = re.compile(
    r"\s*,?\s*(?:[(\[]\s?(?:eds?|editors?|edited\sby|hrsg|hg|hgg|hrsg\.\sv|dirs?|coords?|comps?|orgs?|éds?|red|"
    r"ed\.s|Herausgeber|a\scura\sdi|trans|translators?|transl|Übers)\b\.?[^()\[\]]{0,12}[)\]]"
    r"|(?:eds?|editors?|dirs?|coords?|hrsg|hg|éds?)\b\.?(?=\s*[,.:;(\d]|$|\s\S)(?<![a-z]\sed))\.?",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(r"\s*(?:[-–—_]{2,10}|Anon(?:ymous|\.)?|ANON\.?|Id\.|Idem)(?=[\s.,:(])")
_MAX_PEOPLE = 4000


class Block(NamedTuple):
    """People at the beginning of a text.

    Attributes
    ----------
    start, end : int
        Where the names begin and end; mark and what follows are outside.
    after : int
        Where the rest begins, past a mark such as "(eds.)".
    role : str
        author or editor.
    sure : bool
        Whether initials or a mark show that these are people.
    """

    start: int
    end: int
    after: int
    role: str
    sure: bool


def find_names(masked: str, start: int = 0) -> Block | None:
    """Find the list of people that begins at a place.

    Parameters
    ----------
    masked : str
        The reference, identifiers masked.
    start : int
        Where to look.

    Returns
    -------
    Block or None
        None where no name begins there.
    """
    if dashes := _ANONYMOUS.match(masked, start):
        return Block(start, dashes.end(), dashes.end(), "author", sure=True)
    end, sure = _scan(masked, start)
    if end == start:
        return None
    role, after = find_editor_mark(masked, end)
    return Block(start, end, after, role, sure or role == "editor")


def find_editor_mark(masked: str, end: int) -> tuple[str, int]:
    """Tell editors by the mark behind their names, and where that mark ends."""
    mark = _EDITOR_MARK.match(masked, end)
    if mark is None or not mark.group().strip(" ,"):
        return "author", end
    return "editor", mark.end()


def _scan(masked: str, start: int) -> tuple[int, bool]:
    """Read name after name; return the end of the last, and whether any had initials."""
    at = end = solid = start
    sure = in_full = False
    for count in range(_MAX_PEOPLE):
        found = _name_at(masked, at, in_full=in_full) if count else _first_name(masked, at)
        if found is None:
            break
        end, strict = found
        in_full = in_full or (not count and not strict)
        sure = sure or strict
        if (
            not count
            or strict
            or not in_full
            or _is_given(masked[at:end])
            or _is_joined_by_and(masked, at)
        ):
            solid = end
        if cut := _ET_AL.match(masked, end):
            return cut.end(), True
        if gap := _ELLIPSIS.match(masked, end):
            at, sure = gap.end(), True
            continue
        gap = _BREAK.match(masked, end)
        if gap is None:
            break
        at = gap.end()
    if solid != end and _TITLE_FOLLOWS.match(masked, end):
        solid = end
    return solid, sure


def _strict_at(masked: str, at: int) -> tuple[int, bool] | None:
    """Read one name with initials, or one that its script or its last word gives away."""
    for pattern in (_EASTERN, _COLLECTIVE):
        if match := pattern.match(masked, at):
            return match.end(), True
    for pattern in _STRICT:
        if (match := pattern.match(masked, at)) and not _is_abbreviated(match.group()):
            return match.end(), True
    return None


def _first_name(masked: str, at: int) -> tuple[int, bool] | None:
    """Read the first name of a list."""
    strict = _strict_at(masked, at)
    in_full = _first_in_full(masked, at)
    if strict is None or (
        in_full is not None and in_full[0] > strict[0] + 2 and _is_given(masked[at : in_full[0]])
    ):
        return in_full
    return strict


def _name_at(masked: str, at: int, *, in_full: bool) -> tuple[int, bool] | None:
    """Read one further name; return its end and whether it has initials."""
    joined = _is_joined_by_and(masked, at)
    match = _FIRST_LAST.match(masked, at) if in_full or joined else None
    strict = _strict_at(masked, at)
    if strict is not None and (match is None or strict[0] + 2 >= match.end()):
        return strict
    if match and not _looks_like_title(match.group()) and not _is_abbreviated(match.group()):
        return match.end(), False
    after_semicolon = masked[:at].rstrip()[-1:] == ";"
    if (
        (in_full or after_semicolon)
        and (match := _LAST_FIRST.match(masked, at))
        and not _looks_like_title(match.group())
    ):
        return match.end(), False
    if (
        joined
        and not in_full
        and (match := _SINGLE.match(masked, at))
        and not _is_word(match.group())
    ):
        return match.end(), False
    return None


def _first_in_full(masked: str, at: int) -> tuple[int, bool] | None:
    """Read the first name of a list where it has no initials."""
    match = _LAST_FIRST.match(masked, at)
    if match and not _looks_like_title(match.group()):
        family, _, given = match.group().partition(",")
        words = given.split()
        plausible = (
            len(words) == 1 or words[0].lower() in GIVEN_NAMES or len(words[-1].strip(".")) == 1
        )
        if plausible or family.isupper() or masked[match.end() : match.end() + 1] in tuple(".:;("):
            return match.end(), False
    match = _FIRST_LAST.match(masked, at)
    if (
        match
        and not _looks_like_title(match.group())
        and not _is_abbreviated(match.group())
        and not is_group(match.group())
        and not _CREDITS_FOLLOW.match(masked, match.end())
    ):
        return match.end(), False
    match = _BEFORE_AND.match(masked, at)
    if match is None or is_group(match.group()) or _is_word(match.group()):
        return None
    return match.end(), False


def _is_abbreviated(name: str) -> bool:
    """Tell an abbreviated journal from a name: no one is called J. Med."""
    if name.lower().startswith("new "):
        return True
    return any(
        word.strip(".,").lower() in ABBREVIATIONS
        for word in re.split(r"[\s.]+", name)
        if len(word) > 1
    )


def _is_joined_by_and(masked: str, at: int) -> bool:
    """Tell whether the name at a place is joined on by a conjunction."""
    return (
        re.search(r"(?:&|\band|\bund|\bet|\by|\be|\boch|\bog)\s*$", masked[max(0, at - 6) : at])
        is not None
    )


def _is_word(name: str) -> bool:
    """Tell a word of titles and journals from a family name that stands alone."""
    return name.lower() in TITLE_WORDS or (name.lower() in JOURNAL_WORDS and len(name) > 2)  # noqa: PLR2004


def _is_given(name: str) -> bool:
    """Tell whether the first word is a usual given name."""
    return name.split(maxsplit=1)[0].lower().rstrip(".") in GIVEN_NAMES


def _looks_like_title(name: str) -> bool:
    """Tell words that are of a title rather than of a name."""
    words = [word.strip(".,'’").lower() for word in name.split()]
    return words[0] in TITLE_WORDS or sum(word in TITLE_WORDS for word in words) > 1
