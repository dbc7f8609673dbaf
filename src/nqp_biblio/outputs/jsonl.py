"""Works as JSON, one object a line, with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.corpus.record_lines import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.record import Problem, Record

__all__ = ["format_jsonl"]


def format_jsonl(entries: Iterable[Record | Problem]) -> str:
    """Write works as JSON, one object a line.

    Parameters
    ----------
    entries : iterable of Record or Problem
        Works, and what could not be read of any work, in order.

    Returns
    -------
    str
        Each line an object that begins with the version of this form, then the attributes of
        `Record` that have a value. A reference that carries a work has it under ``work``.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> print(format_jsonl([Record(key="a", title="T")]), end="")
    {"nqp_biblio": 1, "key": "a", "title": "T"}
    """
    return "".join(f"{line_of(entry)}\n" for entry in entries)
