"""The BibTeX reader on real and on hostile files."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio.errors import InputError
from nqp_biblio.outputs.bibtex import format_bibtex
from nqp_biblio.readers import bibtex, csl_json, ris
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {"bibtex": bibtex.FORMAT, "ris": ris.FORMAT, "csl-json": csl_json.FORMAT}
FOLDERS = {
    "bibtex": "bibtex",
    "biblatex": "bibtex",
    "bibtex-encodings": "bibtex",
    "ris": "ris",
    "csl-json": "csl-json",
}
CONTAINERS = {
    "biblatex/biber-examples.bib": 3,
    "biblatex/biber-skips.bib": 1,
    "biblatex/biber-tool.bib": 6,
    "biblatex/biber-xdata.bib": 19,
    "biblatex/typst-cross.bib": 3,
    "bibtex/jabref-BibtexImporter.examples.bib": 2,
}
"""Entries that are @set or @xdata, which are no works."""

COUNTED_OTHERWISE = {
    "bibtex/bbt-web_page_and_other_mendeley_idiocy.bib": 512,  # empty keys on lines of their own
    "bibtex-encodings/jabref-tiny-BE-noBOM.bib": 1,
    "bibtex-encodings/jabref-tiny-LE-noBOM.bib": 1,
}
ENCODING_WORDS = {"encod", "utf", "decod", "latin", "cp1252"}


def _read(format_name: str, path: Path) -> tuple[list[Record], list[Problem]]:
    items = list(FORMATS[format_name].records(Source(path)))
    records = [item for item in items if isinstance(item, Record)]
    problems = [item for item in items if isinstance(item, Problem)]
    return records, problems + [problem for record in records for problem in record.problems]


def _counted(data: Path) -> list[tuple[str, str, int]]:
    counts: dict[str, dict[str, Any]] = json.loads((data / "formats/COUNTS.json").read_bytes())
    found = []
    for name, facts in counts.items():
        format_name = FOLDERS.get(name.split("/", maxsplit=1)[0])
        n_entries = facts.get("entries_by_scan_of_@type", facts.get("n"))
        if format_name and n_entries is not None:
            n_works = COUNTED_OTHERWISE.get(name, n_entries - CONTAINERS.get(name, 0))
            if name.endswith(("16BE-with-header.bib", "16BE-without-header.bib")):
                n_works = 1
            found.append((name, format_name, n_works))
    return found


def test_every_entry_of_every_real_file(shared_data: Path) -> None:
    """Works are as many as the entries that were counted by other means."""
    wrong = {}
    for name, format_name, n_works in _counted(shared_data):
        records, _ = _read(format_name, shared_data / "formats" / name)
        if len(records) != n_works:
            wrong[name] = (len(records), n_works)
    assert wrong == {}


def test_references_of_web_of_science(shared_data: Path) -> None:
    """The printed references of a Web of Science export come out to the last one."""
    records, _ = _read("bibtex", shared_data / "formats/bibtex/pybibx-wos.bib")
    raws = [cited.raw for record in records for cited in record.cited_references]
    assert (len(records), len(raws), len(set(raws))) == (236, 9581, 6272)


def test_keywords_and_authors_of_web_of_science(shared_data: Path) -> None:
    """Wrapped lines neither split keywords nor names."""
    records, _ = _read("bibtex", shared_data / "formats/bibtex/pybibx-wos.bib")
    words = {
        word.casefold()
        for record in records
        for kind, word in record.keywords
        if kind == "author_keyword"
    }
    assert len(words) == 644
    assert not any("  " in word or "\n" in word for word in words)


@pytest.mark.parametrize("prefix", ["bib-", "ris-", "json-", "control-"])
def test_hostile_files(shared_data: Path, prefix: str) -> None:
    """Sound records survive, damaged ones are recovered or named."""
    wrong: dict[str, object] = {}
    for expected in sorted((shared_data / "badinputs").glob(f"{prefix}*/expect.json")):
        expect = json.loads(expected.read_bytes())
        if expect["format"] in FORMATS and (fault := _fault(expected.parent, expect)):
            wrong[expected.parent.name] = fault
    assert wrong == {}


def _fault(folder: Path, expect: dict[str, Any]) -> object:
    """Say what of the expectation is not met; None where all is."""
    try:
        records, problems = _read(expect["format"], folder / expect["file"])
    except InputError as error:
        reported = [Problem("", None, "", str(error))]
        return None if expect["allow_refuse"] and not _missed(expect, reported) else str(error)
    text = "\n".join(map(repr, records))
    lost = [word for word in expect["must_survive"] + expect["must_contain"] if word not in text]
    raws = " ".join(problem.raw for problem in problems)
    lost += [word for word in expect["may_fail"] if word not in text + raws]
    n_entries = len(records) + sum("cut short" in problem.reason for problem in problems)
    counts = (n_entries, expect["records_in"])
    return lost or _missed(expect, problems) or (counts if counts[0] != counts[1] else None)


def _missed(expect: dict[str, Any], problems: list[Problem]) -> list[object]:
    """List the reports that are not there; that of the encoding is not the reader's."""
    return [
        report
        for report in expect["must_report"]
        if not ENCODING_WORDS & set(report["any_of"])
        and not any(_tells(problem, report) for problem in problems)
    ]


def _tells(problem: Problem, report: dict[str, Any]) -> bool:
    lines = report["lines"]
    is_near = lines is None or (problem.line or 0) in range(lines[0], lines[1] + 1)
    return is_near and any(word.lower() in problem.reason.lower() for word in report["any_of"])


NOT_WRITTEN = {"file", "line", "problems", "doi_raw", "pages_raw", "key", "people", "fields"}


def test_real_files_written_and_read_again(shared_data: Path, tmp_path: Path) -> None:
    """What is written as BibTeX and read again is the same."""
    changed: Counter[str] = Counter()
    n_records = 0
    for name, format_name, _ in _counted(shared_data):
        if format_name != "bibtex":
            continue
        before, _ = _read("bibtex", shared_data / "formats" / name)
        (tmp_path / "a.bib").write_text(format_bibtex(before), encoding="utf-8")
        after, _ = _read("bibtex", tmp_path / "a.bib")
        if not before:
            continue
        n_records += len(before)
        assert len(after) == len(before), name
        changed.update(
            attribute
            for first, second in zip(before, after, strict=True)
            for attribute in Record.__dataclass_fields__
            if attribute not in NOT_WRITTEN
            and getattr(first, attribute) != getattr(second, attribute)
        )
        changed.update(
            "people"
            for first, second in zip(before, after, strict=True)
            if [(p.role, p.display, p.orcid) for p in first.people]
            != [(p.role, p.display, p.orcid) for p in second.people]
        )
    assert n_records > 10_000
    assert changed.total() <= 2, changed  # "and Oliver" and a particle before a particle
