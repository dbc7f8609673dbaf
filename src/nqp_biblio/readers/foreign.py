"""Files that are text but no prose: tables, tagged records, LaTeX, YAML.

They are told apart so that no line of them is taken for a printed reference.
"""

from __future__ import annotations

import re

__all__ = ["foreign_kind"]

_LINES = 60
_TAGGED = re.compile(
    r"[A-Z][A-Z0-9]{1,3} {0,2}-(?: |$)|[A-Z][A-Z0-9] \S|[A-Z][A-Z0-9]$|<\d{1,6}\.?>$"
)
_WOS = re.compile(r"\s*FN .{1,80}\nVR ")
_CSSCI = re.compile(r"^【[^】\n]{2,12}】", re.MULTILINE)
_COLUMN_NAMES_TEXT = (
    "abstract affiliation affiliations article author authors author(s) citing cited creation"
    " date database doi eid id issn issue journal keywords language link note oci pages page"
    " pmid publisher publication references source sources title titles titulo type url"
    " volume year pub. documents"
)
_COLUMN_NAMES = frozenset(_COLUMN_NAMES_TEXT.split())
_LATEX = re.compile(
    r"\\(?:begin\{thebibliography\}|bibitem|documentclass|datalist|refsection|entry\{)"
)
_YAML = re.compile(r"(?:cff-version|message|title|type|authors?): ?\S|[\w-]{2,40}:$|  +type: \w")
_TAG = 2
_FEW_CELLS, _FEW_NAMES, _MANY_CELLS = 4, 3, 8
_MOSTLY = 0.6


def foreign_kind(head: str) -> str | None:
    """Tell a text that is no prose.

    Parameters
    ----------
    head : str
        The beginning of the file.

    Returns
    -------
    str or None
        What it seems to be: ``"a table"``, ``"tagged records"``, ``"LaTeX"`` or ``"YAML"``.
    """
    lines = [line for line in head.split("\n") if line.strip()][:_LINES]
    kinds = {
        "a table": any(_is_header(line) for line in lines[:3]),
        "tagged records": _is_tagged(head, lines),
        "LaTeX": _LATEX.search(head) is not None,
        "YAML": _is_yaml(lines[:10]),
    }
    return next((kind for kind, is_so in kinds.items() if is_so), None)


def _is_tagged(head: str, lines: list[str]) -> bool:
    """Whether most lines that are no continuation begin with a tag."""
    if _WOS.match(head) or len(_CSSCI.findall(head)) >= _FEW_CELLS:
        return True
    first = [line.rstrip() for line in lines if not line.startswith((" ", "\t"))]
    return bool(first) and sum(map(bool, map(_TAGGED.match, first))) > _MOSTLY * len(first)


def _is_yaml(lines: list[str]) -> bool:
    """Whether the first lines are keys with values."""
    return bool(lines) and sum(map(bool, map(_YAML.match, lines))) >= min(_FEW_CELLS, len(lines))


def _is_header(line: str) -> bool:
    """Whether a line holds names of columns."""
    for delimiter in ("\t", ",", ";"):
        cells = [cell.strip(' "\ufeff').casefold() for cell in line.split(delimiter)]
        if len(cells) < _FEW_CELLS:
            continue
        named = sum(bool(_COLUMN_NAMES.intersection(re.split(r"[\s_]+", cell))) for cell in cells)
        short = sum(len(cell.split()) <= _FEW_CELLS for cell in cells)
        is_wide = len(cells) >= _MANY_CELLS and (
            not any(map(str.isdecimal, line)) or all(len(cell) <= _TAG for cell in cells)
        )
        if short >= 0.9 * len(cells) and (named >= _FEW_NAMES or is_wide):
            return True
    return False
