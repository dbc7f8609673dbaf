r"""What natbib's label in a ``\bibitem`` and its ``\newblock`` say: names, year, title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.text.names import parse_people
from nqp_biblio.text.numbers import parse_year
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from nqp_biblio.record import Person, Record

__all__ = ["for_parsing", "is_gbt", "take_blocks", "take_label"]

_LABEL = re.compile(
    r"(?P<short>[^()]{0,300})\((?P<year>[^()]{0,80})\)(?P<long>.{0,4000})", re.DOTALL
)
_LAST = re.compile(r"[.,，]\s{0,3}(?P<last>[^.,，]{0,60})[.．。]?\s{0,3}$")
_DATED = re.compile(r"\d{4}|无日期|n\.d|日付なし|\bund(?:ated)?\b")
_UNDATED = re.compile(r"[.,，]\s{0,3}(?:n\.\s?d\.?|无日期)(?:-?[a-z]{1,2})?[.。]?\s{0,3}$")
_CODE = re.compile(r"\s?\[(?:[A-Z]{1,3})(?:/(?:OL|CD|MT|DK))?\]")
_SOURCE = re.compile(r"(?P<name>[^,(\d]{2,120})\s?\((?P<issue>[\w/-]{1,12})\)")
_UNDATED_TITLE = re.compile(r"(?:n\.\s?d|无日期)")
_WORD = re.compile(r"[^\W\d_]{2}")
_WIDE = str.maketrans({"，": ", ", "：": ": ", "（": "(", "）": ")", "；": "; "})
_NAMELESS = frozenset({"anon", "anonymous", "佚名", "nn"})
_OTHERS = re.compile(r"[,，\s]{1,3}(?:等|et al\.?)\.?$")
_MEETING = re.compile(r"\b(?:proceedings|conference|workshop|symposium)\b", re.IGNORECASE)


def is_gbt(body: str) -> bool:
    """Tell an item in the style of the standard GB/T 7714 by its code for the type."""
    return "\\allowbreak[" in body or _CODE.search(body) is not None


def for_parsing(blocks: list[str]) -> str:
    """Make one printed reference of the blocks of an item by GB/T 7714, its year taken out.

    Parameters
    ----------
    blocks : list of str
        The blocks, as printed.

    Returns
    -------
    str
        With half-width signs; the year, which stands behind the authors, is not in it.
    """
    names = _without_year(blocks[0]).translate(_WIDE).strip(" .")
    rest = " ".join(blocks[1:]).translate(_WIDE)
    shown = "" if fold(names) in _NAMELESS else f"{names}. "
    return " ".join(f"{shown}{rest}".split())


def take_blocks(record: Record, blocks: list[str]) -> None:
    """Set people and title from the first two blocks where the style parts them.

    Parameters
    ----------
    record : Record
        What was read from the text.
    blocks : list of str
        The blocks, as printed.
    """
    if len(blocks) > 1 and (code := _CODE.search(blocks[1])):
        title = blocks[1][: code.start()].replace("*", "").translate(_WIDE).strip(" .")
        record.title = " ".join(title.split()) or None
        _set_people(record, blocks[0])
        _set_source(record, blocks)
    elif len(blocks) > 1 and _without_year(blocks[0]) != blocks[0] and _WORD.search(blocks[1]):
        _set_people(record, blocks[0])
        record.title = " ".join(blocks[1].replace("*", "").split()).strip(" .") or record.title
        if record.title and (record.source_raw or "").startswith(f"{record.title}."):
            record.source_raw = (record.source_raw or "")[len(record.title) :].strip(" .") or None
    if record.title and _UNDATED_TITLE.match(record.title):
        record.title = None
    if record.title and (record.people or record.publication_year):
        record.problems = []
    if record.type == "article-journal" and _MEETING.search(record.source_raw or ""):
        record.type = "paper-conference"
    if record.type in {"book", None} and record.arxiv_id and not record.publisher:
        record.type = "article"


def _set_source(record: Record, blocks: list[str]) -> None:
    """Read the journal whose issue follows it without a comma: 中国出版(5): 38-39."""
    if record.type != "article-journal" or record.source_raw or len(blocks) < 3:  # noqa: PLR2004
        return
    found = _SOURCE.match(" ".join(blocks[-1].translate(_WIDE).replace("*", "").split()))
    if found:
        record.source_raw = found["name"].strip()
        record.issue = record.issue or found["issue"]


def _set_people(record: Record, block: str) -> None:
    """Read the authors from the block that holds them alone."""
    names = _without_year(block).strip(" .*").translate(_WIDE)
    others = [person for person in record.people if person.role != "author"]
    cut = _OTHERS.search(names)
    record.et_al = record.et_al or cut is not None
    names = names[: cut.start()] if cut else names
    if fold(names) in _NAMELESS:
        record.fields.append(("anonymous", names))
        record.people = others
        return
    people, is_cut = parse_people(names)
    record.et_al = record.et_al or is_cut
    if people:
        record.people = people + others


def _without_year(block: str) -> str:
    """Take the year off the end of a block of authors."""
    if undated := _UNDATED.search(block):
        return block[: undated.start()]
    last = _LAST.search(block)
    return block[: last.start()] if last and _DATED.search(last["last"]) else block


def take_label(record: Record, label: str) -> None:
    """Take the year and the family names of natbib's label: ``Roe et al.(2001)Roe, Doe``.

    Parameters
    ----------
    record : Record
        What was read from the text.
    label : str
        The label as printed.
    """
    record.fields.append(("citation-label", label))
    found = _LABEL.fullmatch(label)
    if found is None:
        return
    if record.publication_year is None and (year := parse_year(found["year"])):
        record.publication_year, record.year_raw = year, found["year"]
    names = re.split(r"\s{0,3}(?:, and |,| and )\s{0,3}", found["long"] or found["short"])
    people = record.people_of("author")
    if len(names) == len(people):
        for name, person in zip(names, people, strict=True):
            _set_family(person, name.strip())


def _set_family(person: Person, family: str) -> None:
    """Part a name where the label says that its family name begins."""
    whole = (person.raw or "").strip(" .,")
    known = " ".join(part for part in (person.particle, person.family) if part)
    if not family or known == family or "," in whole or not whole.endswith(f" {family}"):
        return
    person.family, person.particle = family, None
    person.given = whole.removesuffix(family).strip()
    person.literal = None
