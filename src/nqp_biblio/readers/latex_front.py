"""What a LaTeX paper says of itself: title, authors, abstract, keywords, date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.latex_text import plain_tex
from nqp_biblio.readers.tex_groups import argument_at
from nqp_biblio.text.names import has_group_word, parse_person
from nqp_biblio.text.numbers import parse_date, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from nqp_biblio.record import Record

__all__ = ["take_front"]

_COMMAND = re.compile(
    r"\\(title|subtitle|author|abstract|keywords?|date|affiliation|affil|address|institute|doi)"
    r"(?![A-Za-z])"
)
_ENVIRONMENT = re.compile(
    r"\\begin\s{0,5}\{(abstract|keywords?|IEEEkeywords)\}(.{0,20000}?)\\end\s{0,5}\{\1\}", re.DOTALL
)
_NOTES = re.compile(
    r"\\(?:thanks|Thanks|footnotemark|inst|orcid\w{0,10}|textsuperscript|thanksref|corref|fnref|email"
    r"|ead|textbf|IEEEauthorrefmark|vspace|affiliation|footnote|href|url)(?:\s{0,3}\[[^\[\]]{0,200}\])?"
    r"(?:\s{0,3}\{[^{}]{0,500}\})?|\$[^$]{0,200}\$"
)
_NOTE = re.compile(r"\\(?:thanks|Thanks|footnote|email)(?=\s{0,3}\{)")
_BETWEEN = re.compile(
    r"\\(?:and|And|AND|quad|qquad|newline|IEEEauthorblockN)(?![A-Za-z])|\\\\|\n|,| and "
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,5}")
_TEX = re.compile(r"[\\{}@]")


def take_front(record: Record, text: str, macros: dict[str, str]) -> None:
    """Read title, authors, abstract, keywords and date.

    Parameters
    ----------
    record : Record
        The paper, to be filled.
    text : str
        Its source, masked.
    macros : dict of str to str
        What its own macros print.
    """
    found: dict[str, list[str]] = {}
    at = 0
    for command in _COMMAND.finditer(text):
        if command.start() < at:
            continue
        optional = argument_at(text, command.end(), "[")
        argument = argument_at(text, optional[1] if optional else command.end())
        if argument is not None:
            found.setdefault(command[1], []).append(argument[0])
            at = argument[1]
    for environment in _ENVIRONMENT.finditer(text):
        name = "abstract" if environment[1] == "abstract" else "keywords"
        found.setdefault(name, []).append(environment[2])
    shown = {
        name: [clean_text(plain_tex(_without_notes(value), macros)) for value in values]
        for name, values in found.items()
        if name != "author"
    }
    titles = [text for text in shown.get("title", []) if text]
    subtitles = [text for text in shown.get("subtitle", []) if text]
    record.title = ": ".join([*titles[:1], *subtitles[:1]]) or None
    for value in found.get("author", []):
        _take_authors(record, value, macros)
    record.abstract = next((text for text in shown.get("abstract", []) if text), None)
    for text_of_words in [*shown.get("keywords", []), *shown.get("keyword", [])]:
        words = re.split(r"\s{0,3}(?:[;,·•]|\\sep|\\and)\s{0,3}", text_of_words)
        record.keywords += [("author_keyword", word) for word in dict.fromkeys(words) if word]
    for name in ("affiliation", "affil", "address", "institute"):
        record.affiliations += [(text, None) for text in shown.get(name, []) if text]
    date = next((text for text in shown.get("date", []) if parse_year(text)), None)
    if date is not None:
        record.publication_year, record.year_raw = parse_year(date), date
        iso = parse_date(date) or ""
        record.publication_date = iso if len(iso) > len("2001") else None


def _without_notes(value: str) -> str:
    """Take footnotes, marks of affiliations and their like out."""
    pieces: list[str] = []
    at = 0
    while (note := _NOTE.search(value, at)) and (inner := argument_at(value, note.end())):
        pieces.append(value[at : note.start()])
        at = inner[1]
    return "".join([*pieces, value[at:]])


def _take_authors(record: Record, value: str, macros: dict[str, str]) -> None:
    """Read the names in one author command; what is no name is kept as a line."""
    for piece in _BETWEEN.split(_NOTES.sub("", _without_notes(value))):
        text = clean_text(plain_tex(piece.replace("~", " "), macros)).strip(" *.,")
        if not text or _TEX.search(text):
            continue
        if _NAME.fullmatch(text) and not has_group_word(text):
            record.people.append(parse_person(text))
        else:
            record.fields.append(("author-line", text))
