"""Tagged references for training: read, mend, and cut into words with one label each."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.reference_features import Tokens, tokens_of
from nqp_biblio.readers.reference_gbt import lift_marker
from nqp_biblio.readers.reference_marks import lift_identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETS = ("train_anystyle_core", "train_anystyle_more", "train_grobid", "train_plos")

LABELS = {
    "author": "author",
    "author2": "author",
    "editor": "editor",
    "translator": "translator",
    "date": "date",
    "title": "title",
    "container": "container",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "publisher": "publisher",
    "institution": "publisher",
    "location": "location",
    "edition": "edition",
    "series": "series",
    "genre": "genre",
    "tech": "genre",
    "note": "note",
    "idno": "number",
    "arxiv": "arxiv",
    "number": "number",
}
_SIGNPOSTS_TEXT = {
    "pages": "pp p page pages pg pgs s seite seiten pág págs с ss",
    "volume": "vol vols volume volumes bd band jg jahrgang tome t v",
    "issue": "no nos nr num number issue iss heft h núm n º nº fasc",
    "container": "in",
    "editor": """in ed eds edited by editor editors hrsg hg von éd éds dir dirs coord coords cura di
        a sous la direction de org orgs and""",
    "translator": "trans transl translated by trad traduit par tr from the",
    "author": "et al others eds ed hrsg u",
}
_SIGNPOSTS = {label: frozenset(words.split()) for label, words in _SIGNPOSTS_TEXT.items()}
_BOTH_ENDS = frozenset({"editor", "translator", "pages"})
_AT_END = frozenset({"author"})
_NUMBER_BEFORE = re.compile(
    r"\s*(?:[-*•]\s+)?(?:\[[\w.:+'’/ -]{1,40}?\]|\(\d{1,4}\)|\d{1,3}\s?[.)](?!\d)"
    r"|\d{1,3}\s+(?=[A-ZÀ-Þ]))\s*"
)
_GENRE = re.compile(
    r"\b(?:thes[ie]s|dissert|ph\.?\s?d|thèse|tese\b|tesis|habilit|diplom|doktor|diss\b|master|mémoire"
    r"|tech(?:nical|\.)?\s?rep|report\b|working\s(?:paper|draft)|discussion\spaper|white\spaper|memo"
    r"|manuscript|preprint)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_GENRE = 60
_MARKUP = re.compile(r"[*_]+")
_MAX_LOST = 8
_TAG = re.compile(r"</?(?:italic|cite|i|b|em|sup|sub)>", re.IGNORECASE)


@dataclass(slots=True)
class Tagged:
    """One reference with a label per word."""

    tokens: Tokens
    labels: list[str]
    source: str
    document: str


def tagged_references(path: Path) -> Iterator[Tagged]:
    """Read the tagged references of one file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tagged = tagged_of(row) if row.get("spans") else None
            if tagged is not None:
                yield tagged


def tagged_of(row: dict[str, Any]) -> Tagged | None:
    """Cut one reference into words and label them."""
    row = without_tags(row)
    raw = row["raw"]
    number = _NUMBER_BEFORE.match(raw)
    begin = number.end() if number else 0
    spans = sorted(
        (start, end, LABELS[label]) for start, end, label in row["spans"] if label in LABELS
    )
    if any(start < begin for start, _, _ in spans):
        begin = 0
    masked, lifted = lift_marker(*lift_identifiers(raw[begin:]))
    tokens = tokens_of(masked, lifted)
    if "style" in row:
        tokens = tokens._replace(gaps=[_MARKUP.sub("", gap) for gap in tokens.gaps])
    if not tokens.words:
        return None
    labels = ["other"] * len(tokens.words)
    ends = [start + len(word) for start, word in zip(tokens.starts, tokens.words, strict=True)]
    for start, end, named in spans:
        printed = raw[start:end]
        is_genre = named == "note" and len(printed) < _MAX_GENRE and _GENRE.search(printed)
        label = "genre" if is_genre else named
        inside = [
            at
            for at, (first, last) in enumerate(zip(tokens.starts, ends, strict=True))
            if start <= (first + last) / 2 + begin <= end and tokens.words[at][0] != "<"
        ]
        inside = _without_signposts(inside, label, tokens)
        for at in inside:
            labels[at] = f"{'B' if at == inside[0] else 'I'}-{label}"
    _mend_academy(tokens, labels)
    _mend_years(tokens, labels)
    source = row.get("source") or row.get("style") or ""
    if source == "plos-jats":
        _mend_titles(tokens, labels)
    return Tagged(tokens, labels, source, str(row.get("doc") or row.get("style") or ""))


def without_tags(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out the tags of typefaces that a text was printed with, and shift the spans."""
    raw = row["raw"]
    tags = [tag.span() for tag in _TAG.finditer(raw)]
    if not tags:
        return row

    def shifted(place: int) -> int:
        """Find a place again, its tags left out."""
        return place - sum(min(end, place) - begin for begin, end in tags if begin < place)

    spans = [[shifted(begin), shifted(end), label] for begin, end, label in row["spans"]]
    return {**row, "raw": _TAG.sub("", raw), "spans": spans}


def _without_signposts(inside: list[int], label: str, tokens: Tokens) -> list[int]:
    """Leave "pp.", "vol.", "edited by" out of what they point to."""
    signposts = _SIGNPOSTS.get(label)
    if not signposts:
        return inside
    words, gaps = tokens.words, tokens.gaps
    if label not in _AT_END:
        while len(inside) > 1 and words[inside[0]].lower() in signposts:
            if not gaps[inside[0] + 1] and len(words[inside[0]]) == 1:
                break
            inside = inside[1:]
    if label in _AT_END | _BOTH_ENDS:
        while len(inside) > 1 and words[inside[-1]].lower() in signposts:
            inside = inside[:-1]
    return inside


def _mend_academy(tokens: Tokens, labels: list[str]) -> None:
    """Leave "USA" to Proc. Natl. Acad. Sci. USA, where a source has it for a place."""
    for at in range(1, len(labels)):
        of_journal = labels[at - 1] == "I-container" and tokens.words[at - 1].lower() == "sci"
        if of_journal and labels[at] == "B-location" and "," not in tokens.gaps[at]:
            labels[at] = "I-container"
            after = at + 1
            while after < len(labels) and labels[after] == "I-location":
                labels[after] = "I-container"
                after += 1


def _mend_years(tokens: Tokens, labels: list[str]) -> None:
    """Take the year for the date in "2009;9(3):7", where a source has it for the volume."""
    for at, label in enumerate(labels[:-1]):
        is_year = label == "B-volume" and _YEAR.fullmatch(tokens.words[at])
        if not is_year or bare_sign(tokens.gaps[at + 1]) != ";":
            continue
        labels[at] = "I-date" if at and labels[at - 1][2:] == "date" else "B-date"
        if labels[at + 1] == "B-issue":
            labels[at + 1] = "B-volume"
            if at + 2 < len(labels) and bare_sign(tokens.gaps[at + 2]) == "(":
                labels[at + 2] = "B-issue"


def bare_sign(gap: str) -> str:
    """Leave out the blanks of a gap."""
    return gap.replace(" ", "")


def _mend_titles(tokens: Tokens, labels: list[str]) -> None:
    """Give a title the words in italics that its source left out."""
    at = 0
    while at < len(labels):
        if labels[at] == "B-title" and at and labels[at - 1].endswith("-title"):
            labels[at] = "I-title"
        if labels[at] != "other":
            at += 1
            continue
        end = at
        while end < len(labels) and labels[end] == "other":
            end += 1
        before = labels[at - 1][2:] if at else ""
        after = labels[end][2:] if end < len(labels) else ""
        if before == "title" and end - at <= _MAX_LOST:
            stopped = any(". " in gap for gap in tokens.gaps[at : end + (after == "title")])
            if after == "title" or (after == "container" and not stopped):
                labels[at:end] = ["I-title"] * (end - at)
                if after == "title":
                    labels[end] = "I-title"
        at = end
