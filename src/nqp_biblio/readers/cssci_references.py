"""The cited references of CSSCI: first author, title and source parted by full stops."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.record import CitedReference
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["parse_references"]

_NUMBER = re.compile(r"\s{0,9}(\d{1,4})\.(.*)", re.DOTALL)
_PLACE = re.compile(
    r"[.,](?P<year>(?:1[4-9]|20)\d\d)(?::(?P<pages>\d[\d-]{0,20})|\.(?P<volume>[^.()]{0,12}?)(?:\((?P<issue>[^()]{1,15})\))?)?\.?$"
    r"|\.(?P<alone>\d{1,4})\((?P<number>[^()]{1,15})\)$"
)
_IMPRINT = re.compile(r"[^.:：]{1,40}[:：]\s?[^:：]{2,80}")
_INITIALS = re.compile(r"[^.]{1,40}?,\s?(?:[A-Z]\w{0,12}[. ]{0,2}){1,4}\.(?=\.)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_THESIS = re.compile(r"[:：](?:(?:博士|硕士)?学位论文)$")
_CONTAINER = re.compile(r"(?<=[a-z?!)]):(?=[A-Z])")
_DOTTED = ("课程.教材.教法",)
_AUTHOR_WITHIN = 80


def parse_references(lines: Sequence[str]) -> list[CitedReference]:
    """Read the numbered lines of a list of references.

    Parameters
    ----------
    lines : sequence of str
        The lines; one without a number goes on with the one before.

    Returns
    -------
    list of CitedReference
        In the order printed; the label is the number.

    Examples
    --------
    >>> lines = ["1.李明.论引文分析.科研管理.2012.33(4)", "2.Doe,J..Links.J Ex.2001"]
    >>> cited = parse_references(lines)
    >>> [(one.label, one.first_author, one.source_raw, one.volume) for one in cited]
    [('1', '李明', '科研管理', '33'), ('2', 'Doe, J.', 'J Ex', None)]
    """
    joint: list[tuple[str | None, list[str]]] = []
    for line in lines:
        if found := _NUMBER.match(line):
            joint.append((found[1], [found[2]]))
        elif joint and line.strip():
            joint[-1][1].append(line)
        elif line.strip():
            joint.append((None, [line]))
    texts = [(label, clean_text(" ".join(pieces))) for label, pieces in joint]
    return [_parse(text, label) for label, text in texts if text]


def _parse(raw: str, label: str | None) -> CitedReference:
    """Read one reference from its ends: the author before, year and source behind."""
    cited = CitedReference(raw=raw, label=label)
    rest = raw
    if found := _PLACE.search(rest):
        rest = rest[: found.start()]
        cited.publication_year = int(found["year"]) if found["year"] else None
        cited.volume = found["volume"] or found["alone"] or None
        cited.first_page = found["pages"].partition("-")[0] if found["pages"] else None
    cited.first_author, rest = _author_of(rest)
    cited.title, cited.source_raw = _title_and_source(rest, has_place=found is not None)
    return cited


def _author_of(text: str) -> tuple[str | None, str]:
    """Take the author off the beginning; none stands before a full stop with a blank behind."""
    if text.startswith("."):
        return None, text[1:]
    end = text.find("..", 0, _AUTHOR_WITHIN)
    if (found := _INITIALS.match(text)) and found.end() <= _AUTHOR_WITHIN:
        end = found.end() - 1
    if end > 0:
        return _printed(text[: end + 1]), text[end + 2 :]
    end = text.find(".", 0, _AUTHOR_WITHIN)
    if end < 1 or text[end + 1 : end + 2] in {" ", ""}:
        return None, text
    return _printed(text[:end]), text[end + 1 :]


def _printed(name: str) -> str:
    """Write a name with a blank behind its comma; of Chinese names give the first."""
    if _HAN.search(name):
        return re.split(r"[,，]", name)[0].rstrip(".").strip()
    return clean_text(name.replace(",", ", "))


def _title_and_source(text: str, *, has_place: bool) -> tuple[str | None, str | None]:
    """Part title and source at the last full stop."""
    dotted = next((name for name in _DOTTED if text.endswith(f".{name}")), None)
    cut = len(text) - len(dotted) - 1 if dotted else text.rfind(".")
    title, source = (text[:cut], text[cut + 1 :]) if cut > 0 else (text, "")
    if source and _IMPRINT.fullmatch(source) and not (has_place and _is_journal(text, source)):
        title = _THESIS.sub("", title).strip()
        found = _CONTAINER.search(title)
        return (title[: found.start()], title[found.end() :]) if found else (title or None, None)
    if source and (not has_place or source.count(")") > source.count("(")):
        title, source = text, ""
    return title.strip() or None, source.strip() or None


def _is_journal(text: str, source: str) -> bool:
    """Tell a journal with a colon in its name from place and publisher."""
    return "学位论文" not in text and not re.search(
        r"出版|书局|书店|大学|Press|Publish|Wiley|Springer", source
    )
