"""The text export of CSSCI, the Chinese Social Sciences Citation Index."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers.cssci_references import parse_references
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import Values, add_people, plain_title, pop_all, pop_first
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.numbers import parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGGED = re.compile(r"\s{0,9}【([^】\n]{2,20})】(.*)")
_TITLE = "来源篇名"
_REFERENCES = "参考文献"
_END = re.compile(r"\s{0,9}-{20,200}\s*")
_PLACE = re.compile(
    r"((?:19|20)\d\d)[,，.]?\s?([^(（:：,]{0,20}?)\s?(?:[(（]([^)）]{1,20})[)）])?(?:[:：]\s?(.{1,60}))?"
)
_YEAR = re.compile(r"((?:19|20)\d\d)(?!\d)")
_ISSUE = re.compile(r"([A-Z]?)0?(\d{1,2})0|(S)(\d)0", re.IGNORECASE)
_ADDRESS = re.compile(r"\[([^\]]{1,60})\]([^\[]{0,300})")

_Lines = list[tuple[str, list[str]]]


def _matches(source: Source) -> float:
    """Score a source: the tag of CSSCI's title."""
    return 0.95 if f"【{_TITLE}】" in source.head else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each title, in the order of the file."""
    n_entries = 0
    for line, lines in _entries(source.lines()):
        n_entries += 1
        yield _record(source.name, line, lines)
    if not n_entries:
        reason = f"no line begins with 【{_TITLE}】; nothing is read"
        yield Problem(source.name, 1, source.head[:200], reason)


def _entries(lines: Iterable[str]) -> Iterator[tuple[int, _Lines]]:
    """Split the file into records, each with the line where it begins."""
    start, entry = 0, _Lines()
    for number, line in enumerate(lines, 1):
        found = _TAGGED.match(line)
        name = "".join(found[1].split()) if found else ""
        if entry and (name == _TITLE or _END.fullmatch(line)):
            yield start, entry
            entry = []
        if found and (entry or name):
            start = start if entry else number
            entry.append((name, [found[2]]))
        elif entry and line.strip() and not _END.fullmatch(line):
            entry[-1][1].append(line)
    if entry:
        yield start, entry


def _record(file: str, line: int, lines: _Lines) -> Record:
    """Make a record of its lines."""
    values: Values = defaultdict(list)
    references: list[str] = []
    for name, pieces in lines:
        if name == _REFERENCES:
            references += pieces
        elif text := clean_text("\n".join(pieces)):
            values[name].append(text)
    record = Record(file=file, line=line, format="cssci", type="article-journal")
    record.title = plain_title(pop_first(values, _TITLE))
    for text in pop_all(values, "来源作者"):
        add_people(record, [name.strip() for name in text.split("/")], "author")
    record.source_raw = pop_first(values, "期刊")
    reason = _take_place(record, pop_first(values, "年代卷期") or "")
    _take_addresses(record, pop_all(values, "机构名称"))
    words = [word.strip() for text in pop_all(values, "关键词") for word in text.split("/")]
    record.keywords = list(dict.fromkeys(("author_keyword", word) for word in words if word))
    record.cited_references = parse_references(references)
    _drop_repeated(record, values)
    record.fields = [(name, text) for name, texts in values.items() for text in texts]
    if reason:
        raw = "\n".join(f"【{name}】{pieces[0]}" for name, pieces in lines[:20])
        record.problems = [Problem(file, line, raw, reason)]
    return record


def _take_place(record: Record, text: str) -> str | None:
    """Read "2019,40(010):3-19": year, volume, issue as two digits and a zero, pages."""
    record.volume_raw = text or None
    found = _PLACE.fullmatch(text) or _YEAR.match(text)
    if found is None:
        return f"no year in {text[:80]!r}; year and volume are left empty" if text else None
    record.publication_year, record.year_raw = int(found[1]), found[1]
    if found.re is _YEAR:
        return f"cannot part {text[:80]!r} into volume, issue and pages; they are left empty"
    record.volume = found[2].strip() or None
    record.issue = _issue_of(found[3]) if found[3] else None
    record.pages_raw = found[4].strip() if found[4] else None
    record.pages = parse_pages(record.pages_raw or "")
    return None


def _issue_of(code: str) -> str:
    """Read the code of an issue: 010 is the first, 110 the eleventh, S10 a supplement."""
    found = _ISSUE.fullmatch(code.strip())
    if found is None:
        return code.strip()
    return f"{found[1] or found[3] or ''}{found[2] or found[4]}".upper()


def _take_addresses(record: Record, texts: list[str]) -> None:
    """Read "[李强]某大学.某学院/[赵一方]某研究院." with the authors whose they are."""
    names = [person.raw for person in record.people]
    for text in texts:
        if not _ADDRESS.search(text):
            pieces = [piece.strip(" .") for piece in text.split("/")]
            record.affiliations.extend((piece, None) for piece in pieces if piece)
        for found in _ADDRESS.finditer(text):
            name, address = found[1].strip(), found[2].strip(" /.")
            at = names.index(name) + 1 if name in names else None
            if address and (address, at) not in record.affiliations:
                record.affiliations.append((address, at))


def _drop_repeated(record: Record, values: Values) -> None:
    """Drop the first author and the first institution where they only repeat others."""
    names = [person.raw for person in record.people[:1]]
    addresses = [address for address, _ in record.affiliations]
    if values.get("第一作者") == names:
        del values["第一作者"]
    first = values.get("第一机构", [])
    if first and any(address.startswith(first[0].rstrip(".")) for address in addresses):
        del values["第一机构"]


FORMAT = Format(
    name="cssci",
    title="CSSCI text",
    suffixes=(".txt",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
