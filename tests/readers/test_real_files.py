"""Real files of all formats: what is read and what is a problem are together what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from counts_known import COUNTS_KNOWN
from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

FILES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "formats"
COUNTS_FILE = FILES / "COUNTS.json"
COUNTS: dict[str, int | None] = (
    {name: entry.get("n") for name, entry in json.loads(COUNTS_FILE.read_text("utf-8")).items()}
    if COUNTS_FILE.exists()
    else {"none": 0}
)

ENTRY = re.compile(r"(?m)^\s*@\s*([A-Za-z][\w:+-]*)\s*[{(]")
NO_WORKS = frozenset({"comment", "string", "preamble", "xdata", "set"})

REFUSED: dict[str, str] = {
    "opencitations/ocindex-lookup_full.csv": "a table of signs and their codes, without works",
    "opencitations/ocindex-lookup_new.csv": "a table of signs and their codes, without works",
    "lens/lens-api-doc-response-0.json": "a query of the API, without works",
    "bibtex/citationjs-nothing.txt": "no entry",
    "bibtex/citationjs-one_simple_entry.txt": "the peer's parse, no bibliography",
    "inspec/jabref-InspecImportTestFalse.txt": "the words 'this should fail'",
    "pubmed-nbib/jabref-MedlinePlainImporterTestInvalidFormat.xml": "three words of tags",
    "wos-plain/jabref-IsiImporterTestEmpty.isi": "two number signs",
}
"""Files without a work, which are refused by name."""


def _expected(name: str, source: Source) -> int | None:
    """Count the entries: by hand, in BibTeX by the lines that begin one, else as published."""
    if name in COUNTS_KNOWN:
        return COUNTS_KNOWN[name][0]
    if source.suffix == ".bib":
        kinds = [found[1].lower() for found in ENTRY.finditer(source.text)]
        return sum(kind not in NO_WORKS for kind in kinds) or None
    return COUNTS[name]


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_nothing_is_lost(shared_data: Path, name: str) -> None:
    """Works and problems of a file are the entries that are there."""
    path = shared_data / "formats" / name
    source = Source(path)
    if name in REFUSED:
        with pytest.raises(InputError):
            list(detect_format(source).records(source))
        return
    form = detect_format(source)
    entries = list(form.records(source))
    works = [entry for entry in entries if isinstance(entry, Record)]
    problems = [entry for entry in entries if isinstance(entry, Problem)]
    expected = _expected(name, source)
    if form.name == "opencitations":
        rows = sum(len(work.cited_references) for work in works)
        assert rows + len(problems) + sum(not work.cited_references for work in works) == expected
    elif form.name == "latex":
        assert [work.role for work in works] == ["paper"]
    elif expected is None:
        assert works or problems
    else:
        assert expected in {len(works), len(works) + len(problems)}
