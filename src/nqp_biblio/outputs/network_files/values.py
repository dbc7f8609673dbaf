"""Values in columns and their texts in files."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = [
    "Value",
    "number_text",
    "one_line",
    "read_cells",
    "read_value",
    "type_of",
    "values_of",
    "xml_text",
]

Value: TypeAlias = bool | int | float | str | None

_INT = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_BOOLEANS = {"true": True, "false": False, "1": True, "0": False}
_MAX_DIGITS = 400
_WHOLE_TYPES = frozenset({"int", "integer", "long", "short", "byte", "biginteger"})
_REAL_TYPES = frozenset({"float", "double", "bigdecimal"})


def values_of(column: NDArray[Any]) -> list[Value]:
    """Return the values of a column as Python has them; NaN is None."""
    return [None if isinstance(v, float) and math.isnan(v) else v for v in column.tolist()]


def type_of(values: Sequence[Value]) -> str:
    """Name the type of values: boolean, integer, double, or string where they are mixed."""
    types = {type(value) for value in values if value is not None}
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer"
    return "double" if types and types <= {int, float} else "string"


def number_text(value: float) -> str:
    """Write a number with all its digits; a whole one has no point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:  # noqa: PLR2004
        return str(int(value))
    return repr(value)


def one_line(text: str) -> str:
    """Put a text on one line: control characters are blanks, lone surrogates are left out."""
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return "".join(c for c in kept if unicodedata.category(c) != "Cs")


def xml_text(text: str) -> str:
    """Escape a text for XML, between tags or in double quotes.

    Control characters that XML forbids and lone surrogates are left out.
    """
    return escape(_NOT_XML.sub("", text), _IN_ATTRIBUTE)


def read_cells(cells: Sequence[str]) -> list[Value]:
    """Read a column of texts: numbers or true and false where all are, empty cells apart."""
    full = [cell for cell in cells if cell]
    if full and all(_INT.fullmatch(cell) for cell in full):
        return [int(cell) if cell else None for cell in cells]
    if full and all(_FLOAT.fullmatch(cell) for cell in full):
        return [float(cell) if cell else None for cell in cells]
    if full and all(cell in ("true", "false") for cell in full):
        return [cell == "true" if cell else None for cell in cells]
    return [cell or None for cell in cells]


def read_value(text: str, type_name: str) -> Value:
    """Read a text as a value of a type of GraphML or GEXF.

    Raises
    ------
    ValueError
        If it is none.
    """
    name = type_name.lower()
    if name == "boolean":
        if text.strip().lower() not in _BOOLEANS:
            raise ValueError(text)
        return _BOOLEANS[text.strip().lower()]
    if name in _WHOLE_TYPES or name in _REAL_TYPES:
        if not text.strip():
            return None
        if "_" in text or len(text) > _MAX_DIGITS:
            raise ValueError(text[:80])
        number = int(text) if name in _WHOLE_TYPES else float(text)
        return None if isinstance(number, float) and math.isnan(number) else number
    return text
