"""Rules of the lint on authors and editors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.lint.work import Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.cleaning.lint.work import Name, Work

__all__ = ["RULES"]

_NEEDS_AUTHOR = frozenset(("article-journal", "book", "chapter", "paper-conference", "thesis"))
_OTHERS = re.compile(r"\W*(?:et\s?al|and\s?others|others|u\.?\s?a|等)\W*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.[\s-]?){1,4}")
_FULL_WORD = re.compile(r"[A-Z][a-zà-ÿ]{2,}(?:[\s-][A-Z][a-zà-ÿ]+){0,2}")
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"\b[2-9](?:nd|rd|th)\b", re.IGNORECASE)
_LONG_NAME = 4
_WITHOUT_AUTHOR = frozenset(
    (
        "proceedings",
        "mvproceedings",
        "collection",
        "mvcollection",
        "manual",
        "booklet",
        "periodical",
    )
)


def _no_author(work: Work) -> Iterator[Found]:
    kinds = {value for _, value in work.fields_named("entrytype")}
    is_needed = work["type"] in _NEEDS_AUTHOR and not kinds & _WITHOUT_AUTHOR
    if is_needed and not work.names and not work["et_al"]:
        yield Found("author", None, "no author and no editor")


def _capitals(work: Work) -> Iterator[Found]:
    shouted = [name for name in _persons(work) if _is_shouted(name)]
    if shouted:
        message = f"{_counted(len(shouted))} in capitals"
        yield Found("author", shouted[0].shown, message)


def _is_shouted(name: Name) -> bool:
    """Tell a name whose given name is in capitals too, as 'SMITH, JOHN'; 'LI Wei' is usual."""
    family, given = name.family or "", name.given or ""
    says = family.isupper() and sum(map(str.isalpha, family)) >= _LONG_NAME
    return says and given.isupper()


def _others(work: Work) -> Iterator[Found]:
    for name in work.names:
        told = name.literal or ("" if name.given else name.family or name.shown)
        if _OTHERS.fullmatch(told):
            yield Found(name.role, name.shown, f"{name.shown!r} is no name")


def _cut(work: Work) -> Iterator[Found]:
    if work["et_al"]:
        yield Found("author", None, "the list of authors is cut by 'et al.' or 'and others'")


def _digits(work: Work) -> Iterator[Found]:
    for name in _persons(work):
        text = _ORDINAL.sub("", f"{name.family or ''} {name.given or ''}")
        if _DIGIT.search(text):
            yield Found(name.role, name.shown, f"digits in the name {text.strip()!r}")


def _swapped(work: Work) -> Iterator[Found]:
    for name in _persons(work):
        family, given = name.family or "", name.given or ""
        if _INITIALS.fullmatch(family) and _FULL_WORD.fullmatch(given):
            message = f"family and given name may be swapped: {family} | {given}"
            yield Found(name.role, name.shown, message, f"{given}, {family}")


def _persons(work: Work) -> Iterator[Name]:
    """Yield the people that are no groups."""
    return (name for name in work.names if name.literal is None)


def _counted(n_names: int) -> str:
    return "a name" if n_names == 1 else f"{n_names} names"


RULES = (
    Rule("A001", "warning", "no author and no editor", _no_author),
    Rule("A002", "info", "names in capitals", _capitals),
    Rule("A003", "error", "'et al.' or 'others' in the place of a name", _others),
    Rule("A004", "info", "list of authors that is cut", _cut),
    Rule("A005", "warning", "digits in a name", _digits),
    Rule("A006", "warning", "family and given name swapped", _swapped),
)
"""Rules on people."""
