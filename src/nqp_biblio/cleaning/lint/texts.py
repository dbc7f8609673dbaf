"""Rules of the lint on titles and other texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.lint.work import Found, Rule
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.cleaning.lint.work import Work

__all__ = ["RULES"]

_TEXTS = ("title", "abstract", "source_raw", "publisher", "series", "event")
_MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|span|font|sc|scp|italic|bold|jats:[a-z]{1,20}|mml:[a-z]{1,20})"
    r"(?:\s[^<>]{0,300})?/?>|&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{3,8}|#x?[0-9a-f]{2,6});",
    re.IGNORECASE,
)
_LATEX = re.compile(
    r"\\[a-zA-Z]{2,}|\\[\"'`^~=.][{\\]?[a-zA-Z]|\$[^$]{0,80}[\\^_{][^$]{0,80}\$|\{\\|\\[&%#_$]"
)
# letters of two bytes read as letters of one byte each, or not read at all
_MOJIBAKE = re.compile(
    r"[ÃÂ][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac"
    r"\u2122]|â€|[ÐÑ][\x80-\xbf\u2013-\u203a\u0192\u20ac\u2122][ÐÑ]|ï¿½|\ufffd"
)
_CODE_PAGES = ("cp1252", "latin-1")
_STOPS_WELL = re.compile(
    r"(?:\.\.|[^\w)]\.|\b\w\.|\b(?:inc|ltd|co|corp|jr|sr|etc|al|vs|no|nos|vol|spp|sp|cf|dr|st|gen"
    r"|nov|ed|eds|pt|subsp|var|ssp|bros|dept|univ|assoc|approx|fig|ca|ser|suppl|rev|abstr|hort))\.$",
    re.IGNORECASE,
)
_MIN_CAPITALS, _MIN_WORDS = 15, 3
_NEEDS_TITLE = ["article-journal", "book", "chapter", "paper-conference", "report", "thesis"]
_SHOWN = 80
_PUBMED = "pubmed"


def _no_title(work: Work) -> Iterator[Found]:
    if not work["title"] and work["type"] in _NEEDS_TITLE and work["role"] != "reference":
        yield Found("title", None, "no title")


def _capitals(work: Work) -> Iterator[Found]:
    title = work["title"] or ""
    long_enough = sum(map(str.isalpha, title)) >= _MIN_CAPITALS
    if title.isupper() and long_enough and len(title.split()) >= _MIN_WORDS:
        yield Found("title", title, "the title is in capitals")


def _markup(work: Work) -> Iterator[Found]:
    title = work["title"] or ""
    match = _MARKUP.search(title)
    if match:
        yield Found("title", title, f"markup in the title: {match.group()}", _without_markup(title))


def _latex(work: Work) -> Iterator[Found]:
    title = work["title"] or ""
    match = _LATEX.search(title)
    if match:
        plain = _without_latex(title)
        better = plain if plain != title and not _LATEX.search(plain) else None
        yield Found("title", title, f"LaTeX in the title: {match.group()}", better)


def _mojibake(work: Work) -> Iterator[Found]:
    for name, text in _named_texts(work):
        match = _MOJIBAKE.search(text)
        if match:
            around = text[max(0, match.start() - 15) : match.end() + 15]
            yield Found(name, around, f"broken letters: {around!r}", _decoded(text))


def _full_stop(work: Work) -> Iterator[Found]:
    """Find a full stop; PubMed ends all titles so, and is left alone."""
    title = (work["title"] or "").rstrip()
    is_usual = (work["format"] or "").startswith(_PUBMED)
    if title.endswith(".") and not is_usual and not _STOPS_WELL.search(title):
        yield Found("title", title, "the title ends with a full stop", title[:-1])


def _braces(work: Work) -> Iterator[Found]:
    for name, text in _named_texts(work):
        if text.count("{") != text.count("}"):
            yield Found(name, text[:_SHOWN], "braces that do not match")


def _named_texts(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the texts of a work and the names of its people."""
    for name in _TEXTS:
        if work[name]:
            yield name, work[name]
    for person in work.names:
        yield person.role, person.shown


def _without_markup(title: str) -> str:
    return clean_text(strip_markup(_MARKUP.sub(_tag_taken, title)))


def _tag_taken(match: re.Match[str]) -> str:
    """Take a tag away and keep an entity, which is decoded."""
    return "" if match.group().startswith("<") else match.group()


def _without_latex(title: str) -> str:
    return clean_text(decode_latex(title))


def _decoded(text: str) -> str | None:
    """Read the bytes of a text as UTF-8, where they are that as a whole."""
    for page in _CODE_PAGES:
        try:
            better = text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        if not _MOJIBAKE.search(better):
            return better
    return None


RULES = (
    Rule("T001", "error", "no title", _no_title),
    Rule("T002", "info", "title in capitals", _capitals),
    Rule("T003", "warning", "markup left in the title", _markup),
    Rule("T004", "warning", "LaTeX left in the title", _latex),
    Rule("T005", "error", "letters broken by a wrong encoding", _mojibake),
    Rule("T006", "info", "title that ends with a full stop", _full_stop),
    Rule("T007", "warning", "braces that do not match", _braces),
)
"""Rules on texts."""
