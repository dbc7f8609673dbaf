r"""Items of a thebibliography environment: printed references with the style's commands."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.bibitem_labels import for_parsing, is_gbt, take_blocks, take_label
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.tex_groups import argument_at, arguments_at
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BibItem", "read_bibitems", "split_bibitems"]

_ITEM = re.compile(r"\\bibitem(?![A-Za-z])")
_END = re.compile(r"\\end\s{0,5}\{thebibliography\}")
_LINE_BREAK = re.compile(r"(?<!\\)%[ \t]{0,20}\n[ \t]{0,200}")
_COMMAND = re.compile(r"\\([A-Za-z@]{1,60})\*?")
_SKIP = re.compile(
    r"\\penalty\s?-?\d{1,6} ?|\\hskip[^\\]{0,80}\\relax|\\BIBentry[A-Za-z]{1,60}\s?"
    r"|\\bgroup|\\egroup|\\endgroup|\\begingroup"
)
_SLANTED = re.compile(r"\{\\(?:em|it|itshape|sl|slshape)(?![A-Za-z])\s{0,5}([^{}*]{1,600})\}")
_BLOCK = re.compile(r"\\newblock(?![A-Za-z])")
_ESCAPED = re.compile(r"\\([%&_#~])")
_MAX_DEPTH = 12

_PLAIN = {
    "allowbreak": "",
    "BBA": "&",
    "BBCQ": "",
    "BBOQ": "",
    "BCBL": ",",
    "BCBT": ",",
    "BCnt": "",
    "BED": "ed.",
    "BEDS": "eds.",
    "BHBI": ".-",
    "BIn": "In",
    "BOthers": "et al.",
    "BPBI": ". ",
    "BPG": "p.",
    "BPGS": "pp.",
    "bibrangedash": "–",
    "BibitemOpen": "",
    "BibitemShut": "",
    "bysame": "———",
    "newblock": " ",
    "newline": " ",
    "penalty": "",
    "protect": "",
    "qquad": " ",
    "quad": " ",
    "relax": "",
    "urlprefix": "",
    "xspace": "",
}
_INSIDE_TEXT = """
    bibfnamefont bibnamefont citenamefont enquote mbox MakeUppercase natexlab text textbf
    textmd textnormal textrm textsc textsf textup texttt translation uppercase eprint
    Capitalize textquotedblleft BibliographyTitle refname APACrefbtitle fbox hbox
    """
_INSIDE = frozenset(_INSIDE_TEXT.split())
_SLANTING = frozenset({"emph", "textit", "textsl", "mkbibemph"})
_ADDRESSES = frozenset({"url", "nolinkurl", "path", "burl", "urlalt"})
_LAST_OF = {
    "href": 2,
    "Eprint": 2,
    "bibfield": 2,
    "bibinfo": 2,
    "foreignlanguage": 2,
    "BIBforeignlanguage": 2,
    "APACrefatitle": 2,
    "APACrefbtitle": 2,
    "textcolor": 2,
}
_GONE = {
    "BibitemShut": 1,
    "urlstyle": 1,
    "PrintBackRefs": 1,
    "label": 1,
    "hspace": 1,
    "selectlanguage": 1,
}
_ATTRIBUTES = {
    "title": "title",
    "journal": "source_raw",
    "booktitle": "source_raw",
    "volume": "volume",
    "number": "issue",
    "pages": "pages_raw",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "address": "publisher_place",
    "edition": "edition",
    "series": "series",
    "eid": "article_number",
}
_MIN_TAGGED = 3


@dataclass(slots=True)
class BibItem:
    r"""One ``\bibitem``.

    Attributes
    ----------
    key : str
        Its key.
    label : str or None
        What stands in brackets before the key, with its LaTeX.
    body : str
        What is printed, with its LaTeX.
    start : int
        Where it begins in the text.
    flaw : str or None
        What is wrong with it.
    """

    key: str
    label: str | None
    body: str
    start: int
    flaw: str | None = None


@dataclass(slots=True)
class _Found:
    """What the commands of an item say beside its text."""

    links: list[str] = field(default_factory=list)
    dois: list[str] = field(default_factory=list)
    tagged: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """An item before its text is read: its line, its blocks, what is parsed, what commands say."""

    item: BibItem
    line: int
    blocks: list[str]
    for_parsing: str
    found: _Found


def split_bibitems(text: str) -> Iterator[BibItem]:
    """Yield the items of a text, in order.

    Parameters
    ----------
    text : str
        LaTeX source; what stands outside the items is not looked at.

    Yields
    ------
    BibItem
        One per command; one without a readable key has a flaw.
    """
    starts = [found.start() for found in _ITEM.finditer(text)]
    for start, following in itertools.pairwise([*starts, len(text)]):
        at = start + len("\\bibitem")
        label = argument_at(text, at, "[") if following > at else None
        at = label[1] if label else at
        key = argument_at(text, at)
        if key is None or key[1] > following:
            yield BibItem(
                "", None, text[start:following], start, "\\bibitem without a key in braces"
            )
            continue
        ending = _END.search(text, key[1], following)
        body = text[key[1] : ending.start() if ending else following]
        name = "".join(_LINE_BREAK.sub("", key[0]).split())
        yield BibItem(name, label[0] if label else None, body, start)


def read_bibitems(text: str, file: str, format_name: str) -> list[Record | Problem]:
    """Read all items of a text as one list.

    Parameters
    ----------
    text : str
        LaTeX source.
    file : str
        Name of the file.
    format_name : str
        Name of the format.

    Returns
    -------
    list of Record or Problem
        In the order of the text, each with its line from 1. Records are of role reference;
        `raw` is the printed text, `key` the key. What the style's commands say of fields
        (revtex, hyperlinks) goes before what is read from the text.
    """
    drafts: list[_Draft | Problem] = []
    counted, line = 0, 1
    for item in split_bibitems(text):
        line, counted = line + text.count("\n", counted, item.start), item.start
        if item.flaw:
            drafts.append(Problem(file, line, item.body, item.flaw))
        else:
            drafts.append(_draft(item, line))
    waiting = [one.for_parsing for one in drafts if isinstance(one, _Draft)]
    parsed = iter(parse_references(waiting))
    return [
        one if isinstance(one, Problem) else _finished(one, next(parsed), (file, format_name))
        for one in drafts
    ]


def _draft(item: BibItem, line: int) -> _Draft:
    """Take the text of an item apart."""
    found = _Found()
    blocks = [_printed(block, found) for block in _BLOCK.split(item.body)]
    blocks = [block for block in blocks if block]
    is_standard = item.label is not None and len(blocks) > 1 and is_gbt(item.body)
    printed = for_parsing(blocks) if is_standard else " ".join(blocks)
    return _Draft(item, line, blocks, printed, found)


def _finished(draft: _Draft, record: Record, origin: tuple[str, str]) -> Record:
    """Add to what was read from the text of an item what its commands say."""
    record.raw = clean_text(" ".join(draft.blocks).replace("*", "")) or None
    record.key = draft.item.key
    if draft.item.label:
        take_blocks(record, draft.blocks)
        label = _expanded(_LINE_BREAK.sub("", draft.item.label), _Found())
        take_label(record, clean_text(decode_latex(label)))
    _take_tagged(record, draft.found.tagged)
    _take_links(record, draft.found)
    record.file, record.line, record.format = origin[0], draft.line, origin[1]
    for problem in record.problems:
        problem.file, problem.line = origin[0], draft.line
    return record


def _printed(body: str, found: _Found) -> str:
    """Turn the LaTeX of an item into what it prints, slanted words between stars."""
    text = _SKIP.sub(" ", _LINE_BREAK.sub("", body))
    text = _SLANTED.sub(r"*\1*", _expanded(text, found))
    return " ".join(decode_latex(text).split())


def _expanded(text: str, found: _Found, depth: int = 0) -> str:
    """Expand the commands of bibliography styles."""
    if depth > _MAX_DEPTH or "\\" not in text:
        return text
    pieces: list[str] = []
    at = 0
    while command := _COMMAND.search(text, at):
        pieces.append(text[at : command.start()])
        shown, at = _shown(text, command, found, depth)
        pieces.append(shown)
    return "".join([*pieces, text[at:]])


def _shown(text: str, command: re.Match[str], found: _Found, depth: int) -> tuple[str, int]:
    """Return what a command shows, and where the text goes on."""
    name, end = command[1], command.end()
    if name in _GONE:
        return "", arguments_at(text, end, _GONE[name])[1]
    if name in _PLAIN:
        gap = (
            0
            if _PLAIN[name].strip()
            else len(text[end : end + 20]) - len(text[end : end + 20].lstrip(" "))
        )
        return _PLAIN[name], end + gap
    if name in _SLANTING or name in _INSIDE or name in _ADDRESSES or name == "doi":
        return _of_one(text, command, found, depth)
    if name not in _LAST_OF:
        return command[0], end
    (first, inner), end = _padded(text, end, _LAST_OF[name])
    shown = _expanded(inner, found, depth + 1)
    if name in {"href", "Eprint"}:
        found.links.append(_ESCAPED.sub(r"\1", "".join(first.split())))
    elif name == "bibinfo":
        found.tagged.append((first.strip(), clean_text(decode_latex(shown))))
    return shown, end


def _of_one(text: str, command: re.Match[str], found: _Found, depth: int) -> tuple[str, int]:
    """Return what a command with one argument shows, and where the text goes on."""
    name = command[1]
    (inner,), end = _padded(text, command.end(), 1)
    if name == "doi":
        found.dois.append(inner.replace("\\", ""))
        return f"doi: {inner}", end
    if name in _ADDRESSES:
        address = _ESCAPED.sub(r"\1", "".join(inner.split()))
        found.links.append(address)
        return address.replace("_", r"\_").replace("~", r"\textasciitilde{}"), end
    shown = _expanded(inner, found, depth + 1).strip()
    is_slanted = name in _SLANTING and shown and "*" not in shown
    return f"*{shown}*" if is_slanted else shown, end


def _padded(text: str, at: int, count: int) -> tuple[list[str], int]:
    """Read arguments, empty ones where they are missing."""
    arguments, end = arguments_at(text, at, count)
    return arguments + [""] * (count - len(arguments)), end


def _take_tagged(record: Record, tagged: list[tuple[str, str]]) -> None:
    """Take the fields that the style tags over those read from the text."""
    if len({name for name, text in tagged if text}) < _MIN_TAGGED:
        return
    people = [(name, text) for name, text in tagged if name in {"author", "editor"} and text]
    if people:
        record.people = []
        for role, text in people:
            person = parse_person(text)
            person.role = role
            record.people.append(person)
    for name, text in tagged:
        if name in _ATTRIBUTES and text:
            setattr(record, _ATTRIBUTES[name], text.strip(" .,"))
        elif name == "year" and (year := parse_year(text)):
            record.publication_year, record.year_raw = year, text
    record.pages = parse_pages(record.pages_raw or "")


def _take_links(record: Record, found: _Found) -> None:
    """Take DOI and address from the links."""
    for link in [*found.dois, *found.links]:
        if "doi.org/" in link or link in found.dois:
            if record.doi is None and (doi := clean_doi(link)):
                record.doi, record.doi_raw = doi, link
        elif "arxiv.org/" in link:
            record.arxiv_id = record.arxiv_id or clean_arxiv_id(link)
            record.url = record.url or link
        elif "://" in link and record.url is None:
            record.url = link
        elif "://" in link and link != record.url:
            record.fields.append(("link", link))
