"""Marks in text that is being put together, so that each value can be found in the outcome.

A value is written between a private-use character that names its label and one that closes it.
"""

from __future__ import annotations

import re

LABELS = (
    "author", "editor", "translator", "title", "container", "date", "volume", "issue", "pages",
    "doi", "url", "publisher", "location", "edition", "series", "arxiv", "genre", "note", "isbn",
    "citation-number", "number",
)  # fmt: skip
OPENING = {label: chr(0xE000 + at) for at, label in enumerate(LABELS)}
CLOSING = chr(0xE100)
ANY_MARK = "[\ue000-\ue100]"

_LABEL_OF = {mark: label for label, mark in OPENING.items()}
_LEFT = (
    " .,;:()[]{}<>\"'“”„«»‘’‚‹›/&-–—…?!、，。：；（）《》「」『』【】〔〕［］／？！．\u00a0\u3000"
)
_PAIRS = {")": "(", "]": "[", "）": "（", "］": "［", "»": "«", "”": "“„", "》": "《", "›": "‹"}
_OTHERS = re.compile(
    r"[\s,;，、]*(?:\b(?:and|und|et|y|e|i|и|&)\s+)?"
    r"(?:et\s?al|u\.\s?a|y otros|e outros|et coll|i in|и др|и другие|others|"
    r"[Mm]itarbeiter|等|等人|他|ほか|et autres|e altri)[.,:;\s]*$",
    re.IGNORECASE,
)
_NAMED = frozenset({"author", "editor", "translator"})


def mark(label: str, text: object) -> str:
    """Put a value between marks; nothing stays nothing."""
    return f"{OPENING[label]}{text}{CLOSING}" if text not in (None, "") else ""


def unmarked(text: str) -> str:
    """Take all marks off."""
    return re.sub(ANY_MARK, "", text)


def read_marks(text: str) -> tuple[str, list[list[int | str]]] | None:
    """Return the text without marks and the spans of its values, or None if marks were lost."""
    parts: list[str] = []
    spans: list[list[int | str]] = []
    length, label, start = 0, None, 0
    for char in text:
        if char == CLOSING:
            if label is None:
                return None
            spans.append([start, length, label])
            label = None
        elif char in _LABEL_OF:
            if label is not None:
                return None
            label, start = _LABEL_OF[char], length
        else:
            parts.append(char)
            length += 1
    if label is not None:
        return None
    raw = "".join(parts)
    trimmed = [_trimmed(raw, *span) for span in spans]
    return raw, [span for span in trimmed if span[0] < span[1]]


def _trimmed(raw: str, start: int, end: int, label: str) -> list[int | str]:
    if label == "citation-number":
        return [start, end, label]
    while start < end and raw[start] in _LEFT and not _opens_inside(raw[start:end]):
        start += 1
    if label in _NAMED:
        others = _OTHERS.search(raw, start, end)
        if others and others.start() > start:
            end = others.start()
    while start < end and raw[end - 1] in _LEFT:
        opening = _PAIRS.get(raw[end - 1])
        if opening and any(one in raw[start:end] for one in opening):
            break
        if raw[end - 1] == '"' and '"' in raw[start : end - 1]:
            break
        end -= 1
    return [start, end, label]


def _opens_inside(text: str) -> bool:
    """Tell whether the bracket or quote at the start is closed before the end."""
    closing = [close for close, opening in _PAIRS.items() if text[0] in opening]
    if text[0] == '"':
        closing = ['"']
    return any(one in text[1:] for one in closing)
