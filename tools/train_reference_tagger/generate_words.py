"""Word lists by language, of which works are composed; they stand in words.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Language:
    """The words of one language."""

    families: list[str]
    given: list[str]
    journals: list[str]
    publishers: list[tuple[str, str]]
    places: list[str]
    universities: list[tuple[str, str]]
    institutions: list[tuple[str, str]]
    newspapers: list[str]
    sites: list[str]
    hosts: list[str]
    conferences: list[str]
    topics: list[str]
    series: list[str]
    theses: list[str]
    reports: list[str]
    frames: list[str]
    slots: dict[str, list[str]] = field(default_factory=dict)
    script: str = "latin"
    borrows_names: bool = False
    has_second_names: bool = False


_PAIRED = frozenset({"publishers", "universities", "institutions"})


def _listed(text: str) -> list[str]:
    """Split at bars; a line break is a blank."""
    return [value for part in text.split("|") if (value := re.sub(r"\s+", " ", part).strip())]


def _language(table: dict[str, object]) -> Language:
    values: dict[str, object] = {}
    for name, value in table.items():
        if name == "slots":
            values[name] = {slot: _listed(text) for slot, text in value.items()}
        elif name in ("script", "borrows_names", "has_second_names"):
            values[name] = value
        elif name in _PAIRED:
            pairs = [part.split("@") for part in _listed(value)]
            values[name] = [
                (pair[0].strip(), pair[1].strip() if pair[1:] else "") for pair in pairs
            ]
        else:
            values[name] = _listed(value)
    return Language(**values)


LANGUAGES = {
    code: _language(table)
    for code, table in tomllib.loads(
        Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    ).items()
}
