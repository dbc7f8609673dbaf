"""Formats that hold printed references read those of one list together, as a list of text is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.registry import get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRINTED = [
    "Roe R, Poe C. The making of long lists. Journal of Things. 2001;3(4):15-29.",
    "Lee A. On the reading of columns. Annals of Print. 2003;12:118-125.",
    "Wu B, Doe J. Headers of periodicals. Journal of Things. 2010;18(1):1-9.",
]


def _jats(references: list[str]) -> str:
    items = "".join(f"<ref><mixed-citation>{one}</mixed-citation></ref>" for one in references)
    return (
        "<article><front><article-meta/></front><body><p>T.</p></body>"
        f"<back><ref-list>{items}</ref-list></back></article>"
    )


def _bbl(references: list[str]) -> str:
    items = "\n".join(f"\\bibitem{{k{at}}} {one}" for at, one in enumerate(references))
    return f"\\begin{{thebibliography}}{{9}}\n{items}\n\\end{{thebibliography}}\n"


def _unarxive(references: list[str]) -> str:
    entries = {f"k{at}": {"bib_entry_raw": one} for at, one in enumerate(references)}
    return json.dumps({"paper_id": "2001.00001", "bib_entries": entries, "body_text": []})


def _json(references: list[str]) -> str:
    return json.dumps([{"reference": one} for one in references])


@pytest.mark.parametrize(
    ("name", "write"),
    [("jats", _jats), ("bbl", _bbl), ("unarxive", _unarxive), ("reference-json", _json)],
)
def test_read_as_one_list(name: str, write: Callable[[list[str]], str], tmp_path: Path) -> None:
    """Each reference is what it is in a list of text, in its place."""
    path = tmp_path / "file"
    path.write_text(write(PRINTED), encoding="utf-8")
    records = [one for one in get_format(name).records(Source(path)) if isinstance(one, Record)]
    works = [one.work for record in records for one in record.cited_references] or records
    for work, expected in zip(works, parse_references(PRINTED), strict=True):
        assert work is not None
        assert work.title == expected.title
        assert (work.volume, work.issue, work.pages) == (
            expected.volume,
            expected.issue,
            expected.pages,
        )
        assert work.raw == expected.raw
        assert [one.family for one in work.people] == [one.family for one in expected.people]
