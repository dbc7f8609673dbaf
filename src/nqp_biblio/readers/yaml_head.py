"""The YAML block at the top of a Markdown paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.lines import Line
    from nqp_biblio.record import Record

__all__ = ["head_values", "read_yaml_head"]

_KEY = re.compile(
    r"(?P<indent>\s{0,12})(?:-\s{1,4})?(?P<key>[A-Za-z_-]{1,30}):(?:\s+(?P<value>.*))?$"
)
_ITEM = re.compile(r"\s{0,12}-\s{1,4}(?P<value>[^:]{1,300}|\S[^:]{0,300}:\S.*)$")
_MAX_LINES, _LONGEST = 300, 200


def read_yaml_head(lines: Sequence[Line], record: Record) -> Sequence[Line]:
    """Read the YAML block of a Markdown file, where it has one.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the file.
    record : Record
        Gets title, authors, keywords, date, abstract and DOI.

    Returns
    -------
    sequence of Line
        The lines after the block; all where there is none.
    """
    texts = [line.text for line in lines[: 2 * _MAX_LINES]]
    bounds = _bounds(texts)
    if bounds is None:
        return lines
    _fill(_read_keys(texts[bounds[0] : bounds[1]]), record)
    return lines[bounds[1] + 1 :]


def head_values(text: str, key: str) -> list[str]:
    r"""Return the values of a key in the YAML block of a Markdown file.

    Parameters
    ----------
    text : str
        The file.
    key : str
        A key at the left of the block, in lower case.

    Returns
    -------
    list of str
        Its value, or the items of its list; empty where it is not there.

    Examples
    --------
    >>> head_values("---\nbibliography: [a.bib, b.bib]\n---\nText", "bibliography")
    ['a.bib', 'b.bib']
    """
    texts = text[: _MAX_LINES * _LONGEST].split("\n")[: 2 * _MAX_LINES]
    bounds = _bounds(texts)
    if bounds is None:
        return []
    found = _read_keys(texts[bounds[0] : bounds[1]])
    values = [value for left, inner, value in found if left == key and inner in {"", "-"}]
    listed = [one for value in values for one in _listed(value)]
    return [one for one in listed if one]


def _listed(value: str) -> list[str]:
    """Part a list written on one line."""
    if not (value.startswith("[") and value.endswith("]") and not value.startswith("[@")):
        return [value]
    return [one.strip(" '\"") for one in value[1:-1].split(",")]


def _bounds(texts: list[str]) -> tuple[int, int] | None:
    """Say where a YAML block lies: the line after its begin, and that of its end."""
    first = next((at for at, text in enumerate(texts) if text.strip()), None)
    if first is None or texts[first].strip() != "---":
        return None
    for at in range(first + 1, min(len(texts), first + _MAX_LINES)):
        if texts[at].strip() in {"---", "..."}:
            return first + 1, at
    return None


def _read_keys(texts: list[str]) -> list[tuple[str, str, str]]:
    """Read lines to (key at the left, key inside it, value); wrapped values are joined."""
    found: list[tuple[str, str, str]] = []
    outer = ""
    for text in texts:
        key = _KEY.match(text)
        item = _ITEM.match(text)
        if key and not key["indent"] and not text.startswith("-"):
            outer = key["key"].lower()
            found.append((outer, "", key["value"] or ""))
        elif key:
            found.append((outer, key["key"].lower(), key["value"] or ""))
        elif item:
            found.append((outer, "-", item["value"]))
        elif found and text.strip():
            left, inner, value = found[-1]
            value = value.removeprefix("|").removeprefix(">")
            found[-1] = (left, inner, f"{value} {text.strip()}")
    return [(left, inner, _unquoted(value)) for left, inner, value in found]


def _unquoted(value: str) -> str:
    """Take the quotation marks of YAML away."""
    value = clean_text(value)
    for sign in "'\"":
        if len(value) > 1 and value.startswith(sign) and value.endswith(sign):
            return value[1:-1].replace(sign * 2, sign)
    return value


def _fill(keys: list[tuple[str, str, str]], record: Record) -> None:
    """Put what the keys say into the record."""
    plain = {left: value for left, inner, value in keys if not inner and value}
    record.title = plain.get("title")
    record.abstract = plain.get("abstract")
    record.doi = clean_doi(plain.get("doi", ""))
    record.publication_date = parse_date(plain.get("date", ""))
    for left, inner, value in keys:
        if left in {"author", "authors"} and inner in {"name", "-"} and value:
            record.people.append(parse_person(value))
        elif left in {"tags", "keywords"} and inner == "-" and value:
            record.keywords.append(("author_keyword", value))
        elif left in {"tags", "keywords"} and not inner and value.startswith("["):
            words = (word.strip(" '\"") for word in value.strip("[]").split(","))
            record.keywords += [("author_keyword", word) for word in words if word]
        elif left == "affiliations" and inner == "name" and value:
            record.affiliations.append((value, None))
    if "author" in plain and not record.people:
        record.people.append(parse_person(plain["author"]))
