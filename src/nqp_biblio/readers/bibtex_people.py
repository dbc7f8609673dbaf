"""Lists of names as BibTeX and biblatex write them."""

from __future__ import annotations

import re
from functools import lru_cache

from nqp_biblio.record import Person
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.names import is_group, parse_people, parse_person
from nqp_biblio.text.unicode import clean_text

__all__ = ["parse_bibtex_people", "split_names"]

_AND = re.compile(r" and ", re.IGNORECASE)
_STRAY_AND = re.compile(r"^\s*(?:and\b[ ,]*){1,9}|\s+and$", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and )?(?:others|et\.? al\.?|\.\.\.|…|等)", re.IGNORECASE)
_LABELLED = re.compile(r"(family|given|prefix|suffix)(?:-i)?\s?=\s?(.*)", re.IGNORECASE | re.DOTALL)
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_INITIALS_BEHIND = re.compile(
    r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)? (?:[A-Z]{1,3}|(?:[A-Z]\.-?){1,4})"
)
_TILDE = re.compile(r"\\~(?:\{\\?[A-Za-z]\}|[A-Za-z])")
_SINGLE = r"[^\W\d_][\w'’ -]{1,60}, ?(?:[A-Z]\.(?:[ -](?=[A-Z]\.))?){1,4}"
_COMMAS_ONLY = re.compile(rf"(?:{_SINGLE}, ?){{1,200}}{_SINGLE},?")
_MANY_COMMAS = 2
_MAX_NAME = 1_000
_PART_OF_LABEL = {"family": 0, "given": 1, "prefix": 2, "suffix": 3}
_Parts = tuple[str | None, str | None, str | None, str | None, str | None, str]


def parse_bibtex_people(value: str, role: str) -> tuple[list[Person], bool]:
    r"""Read a list of names of a .bib file.

    Parameters
    ----------
    value : str
        Names parted by "and", LaTeX not yet decoded: a brace keeps an "and" or a comma
        inside a name.
    role : str
        The role that the people have.

    Returns
    -------
    people : list of Person
        In the order given; a name in braces is literal.
    et_al : bool
        Whether the list ends in "others" or "et al.".

    Examples
    --------
    >>> names = r"{\'E}mile Zola and {The A and B} and others"
    >>> people, et_al = parse_bibtex_people(names, "author")
    >>> [person.display for person in people], et_al
    (['Zola, Émile', 'The A and B'], True)
    """
    names = split_names(value)
    if len(names) == 1 and "{" not in names[0] and _is_printed_list(names[0]):
        people, et_al = parse_people(decode_latex(names[0]))
        for person in people:
            person.role = role
        return people, et_al
    et_al = bool(names) and _OTHERS.fullmatch(names[-1].strip("{} ")) is not None
    names = [single for name in (names[:-1] if et_al else names) for single in _singles(name)]
    parts = [_parse(name) for name in names]
    return [Person.of_parts(found, role) for found in parts if found is not None], et_al


def _singles(name: str) -> list[str]:
    """Cut "Doe, J., Roe, R.", which an "and" follows, into names."""
    if name.count(",") <= _MANY_COMMAS or not _COMMAS_ONLY.fullmatch(name):
        return [name]
    pieces = [piece.strip() for piece in name.strip(" ,").split(",")]
    return [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]


def split_names(value: str) -> list[str]:
    """Split a list of names at each "and" outside braces."""
    text = " ".join(value.split())
    if "{" not in text:
        names = _AND.split(text)
    else:
        from bibtexparser.middlewares.names import split_multiple_persons_names

        names = split_multiple_persons_names(text)
    return [name for given in names if (name := _STRAY_AND.sub("", given).strip()).strip(" ,{}")]


def _is_printed_list(name: str) -> bool:
    """Tell a list in a printed style, whose names no "and" parts."""
    return (
        "=" not in name
        and len(name) <= 50 * _MAX_NAME
        and (";" in name or name.count(",") > _MANY_COMMAS)
    )


@lru_cache(maxsize=20_000)
def _parse(name: str) -> _Parts | None:
    """Read one name; None where nothing is left of it."""
    raw = clean_text(decode_latex(name))
    if not raw.strip(" ,."):
        return None
    if len(name) > _MAX_NAME:
        return (None, None, None, None, raw, raw)
    if "\\~" in name:  # an accent, while a tilde alone is a blank
        name = _TILDE.sub(lambda found: decode_latex(found[0]), name)
    if _is_braced(name):
        return _literal(raw)
    if "=" in name and (labelled := _labelled(name, raw)):
        return labelled
    if "{" not in name and "\\" not in name and _is_printed(raw):
        return _printed(raw)
    return _by_bibtex(name, raw)


def _is_braced(name: str) -> bool:
    """Tell whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(name) - 1 and not name.startswith("{\\")
    return False


def _is_printed(raw: str) -> bool:
    """Tell a name that the rules for printed names read better than those of BibTeX."""
    if raw.count(",") >= _MANY_COMMAS or _EASTERN.search(raw):
        return True
    if "," in raw:
        return False
    words = raw.split()
    if len(words) == 2:  # noqa: PLR2004
        return _INITIALS_BEHIND.fullmatch(raw) is not None or all(
            is_group(f"Xx {word}") for word in words
        )
    return len(words) > 2 and (is_group(raw) or _INITIALS_BEHIND.fullmatch(raw) is not None)  # noqa: PLR2004


def _literal(raw: str) -> _Parts:
    """Keep a name in braces whole; names in Han characters are split all the same."""
    return _printed(raw) if _EASTERN.search(raw) else (None, None, None, None, raw, raw)


def _printed(raw: str) -> _Parts:
    """Read a name by the rules for printed names."""
    found = parse_person(raw)
    return (found.family, found.given, found.particle, found.suffix, found.literal, raw)


def _labelled(name: str, raw: str) -> _Parts | None:
    """Read a name in biblatex's form: family=Doe, given=Jane, prefix=van."""
    parts: list[str | None] = [None, None, None, None]
    for piece in name.split(","):
        found = _LABELLED.fullmatch(piece.strip())
        if found is not None and "-i" not in piece.split("=")[0]:
            parts[_PART_OF_LABEL[found[1].lower()]] = clean_text(decode_latex(found[2])).strip('"')
    if not any(parts):
        return None
    family, given, particle, suffix = parts
    return (family, given, particle, suffix, None, raw)


def _by_bibtex(name: str, raw: str) -> _Parts:
    """Read a name by BibTeX's rules, but "Van den" and "Schulte im" belong to the family."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(name, strict=False)
    last, von = parts.last, parts.von
    if von and _begins_large(von[0]):
        last, von = [*von, *last], []
    family, given, particle, suffix = (
        clean_text(decode_latex(" ".join(words))).strip(" ,") or None
        for words in (last, parts.first, von, parts.jr)
    )
    if family is None:
        return (None, None, None, None, raw, raw)
    return (family, given, particle, suffix, None, raw)


def _begins_large(word: str) -> bool:
    """Tell a word whose first letter is a capital."""
    return next((sign.isupper() for sign in word if sign.isalpha()), False)
