"""Semantic Scholar's papers, S2ORC and unarXive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers import s2orc, semantic_scholar, unarxive
from nqp_biblio.readers.registry import detect_format, get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = (semantic_scholar.FORMAT, s2orc.FORMAT, unarxive.FORMAT)


def _entries(path: Path) -> list[Record | Problem]:
    source = Source(path)
    return list(detect_format(source).records(source))


def test_graph(data: Path) -> None:
    """A paper has its references as works, and what cites it as fields."""
    paper, citing, problem = _entries(data / "s2" / "graph.json")
    assert isinstance(paper, Record)
    assert (paper.key, paper.type, paper.doi) == (
        "aa11",
        "article-journal",
        "10.1126/science.122.3159.108",
    )
    assert (paper.source_raw, paper.volume, paper.issue) == ("Science", "122", "3159")
    assert (paper.publication_date, paper.cited_by_count) == ("1955-07-15", 5)
    assert [person.display for person in paper.people] == ["Garfield, E."]
    (reference,) = paper.cited_references
    assert reference.work is not None
    assert (reference.work.role, reference.work.title) == ("reference", "As we may think")
    assert ("citation", "cc33 1965. Networks of scientific papers") in paper.fields
    assert "a reference without title" in paper.problems[0].reason
    assert isinstance(citing, Record)
    assert ("context", "As said in [4].") in citing.fields
    assert "'soon' is no year" in citing.problems[0].reason
    assert isinstance(problem, Problem)


def test_error_of_the_service() -> None:
    """An answer that is an error is refused in one line."""
    source = Source("a.json", data=b'{"error": "Paper not found"}')
    with pytest.raises(InputError, match="Paper not found"):
        list(semantic_scholar.FORMAT.records(source))


def test_s2orc(data: Path) -> None:
    """A full text has references and mentions; a span without a reference keeps its words."""
    (paper,) = _entries(data / "s2" / "s2orc.json")
    assert isinstance(paper, Record)
    assert (paper.role, paper.key, paper.title) == ("paper", "N1", "Counting citations")
    assert paper.affiliations == [("University of Oslo, Norway", 1)]
    assert [one.label for one in paper.cited_references] == ["BIBREF0", "BIBREF1"]
    works = [one.work for one in paper.cited_references if one.work]
    assert (works[0].source_raw, works[0].pages) == ("Science", [("108", "111")])
    assert [one.label for one in paper.mentions] == ["BIBREF0", "Nobody", "BIBREF1"]
    assert paper.mentions[0].sentence == "Citations were “counted” (Garfield, 1955; Nobody)."
    assert {one.section for one in paper.mentions} == {"1 Introduction"}
    text = Source(data / "s2" / "s2orc.json").text
    begins = [text[one.offset :][:3] for one in paper.mentions]
    assert begins == ["(Ga", "Nob", "[2]"]
    assert "'BIBREF2' is no object" in paper.problems[0].reason


def test_s2orc_metadata() -> None:
    """A line of metadata is a record whose references are numbers."""
    lines = [
        {
            "paper_id": str(number),
            "title": "One",
            "authors": [{"first": "A", "middle": [], "last": "Roe", "suffix": "Jr"}],
            "year": 2001,
            "journal": "J X",
            "outbound_citations": ["7", "8"],
            "inbound_citations": [],
            "has_pdf_parse": False,
        }
        for number in (1, 2)
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    source = Source("meta.jsonl", data=text.encode())
    assert detect_format(source).name == "s2orc"
    records = [one for one in s2orc.FORMAT.records(source) if isinstance(one, Record)]
    assert [(one.role, one.line, one.type) for one in records] == [
        ("record", 1, "article-journal"),
        ("record", 2, "article-journal"),
    ]
    assert [one.raw for one in records[0].cited_references] == ["7", "8"]
    assert records[0].people[0].suffix == "Jr"


def test_unarxive(data: Path) -> None:
    """A line is a paper: formulas in their places, citations as mentions; a broken one is told."""
    first, problem, second = _entries(data / "s2" / "unarxive.jsonl")
    assert isinstance(first, Record)
    assert (first.type, first.arxiv_id, first.title) == (
        "article",
        "2001.00001",
        "Counting citations",
    )
    assert [person.display for person in first.people] == ["Roe, Ada B.", "Doe, Carl, Jr"]
    assert first.publication_date == "2020-01-02"
    assert [one.label for one in first.mentions] == ["c1", "c2", "c9"]
    assert first.mentions[0].marker == "{{cite:c1}}, {{cite:c2}}"
    assert first.mentions[0].sentence == 'Let $x_1$ be "early" {{cite:c1}}, {{cite:c2}}.'
    assert first.cited_references[0].work is not None
    assert first.cited_references[0].work.doi == "10.1126/science.122.3159.108"
    text = Source(data / "s2" / "unarxive.jsonl").text
    assert all(text.startswith("{{cite:", one.offset) for one in first.mentions)
    assert isinstance(problem, Problem)
    assert problem.line == 2
    assert isinstance(second, Record)
    assert second.line == 3


_NAMES_TEXT = """
    paperId paper_id title authors year externalIds journal references citations citingPaper
    contexts pdf_parse body_text bib_entries cite_spans text start end ref_id metadata abstract
    name first last middle bib_entry_raw ids authors_parsed versions ref_entries publicationTypes
    """
_KEYS = st.sampled_from(_NAMES_TEXT.split())
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _JSON, max_size=6))
def test_any_json(value: dict[str, Any]) -> None:
    """Values of any type in any place give a work or a problem."""
    for form in _FORMATS:
        source = Source("any.json", data=json.dumps(value).encode())
        try:
            entries = list(form.records(source))
        except InputError:
            continue
        assert entries


@given(st.text(max_size=100))
def test_any_text(text: str) -> None:
    """Text that is no JSON gives a problem."""
    for form in _FORMATS:
        source = Source("any.json", data=f'{{"paper_id": {text}'.encode(errors="replace"))
        try:
            entries = list(form.records(source))
        except InputError:  # control characters make it no text
            continue
        assert all(isinstance(entry, Problem) for entry in entries)


@pytest.mark.parametrize(
    ("name", "form", "n_works", "n_references", "n_mentions"),
    [
        ("semanticscholar/s2-Citation.json", "semantic-scholar", 1, 0, 0),
        ("semanticscholar/s2-Paper-60refs.json", "semantic-scholar", 1, 14, 0),
        ("semanticscholar/s2-PaperWithNullValues.json", "semantic-scholar", 1, 0, 0),
        ("semanticscholar/s2orc-fulltext-18980463.json", "s2orc", 1, 60, 95),
        ("semanticscholar/s2orc-fulltext-N18-3011.json", "s2orc", 1, 27, 28),
        ("semanticscholar/s2orc-metadata-sample-600.jsonl", "s2orc", 600, 2834, 0),
        ("unarxive/unarxive-2212-first20.jsonl", "unarxive", 20, 563, 842),
    ],
)
def test_real_files(
    shared_data: Path, name: str, form: str, n_works: int, n_references: int, n_mentions: int
) -> None:
    """Every paper, reference and tagged citation of real files is there."""
    source = Source(shared_data / "formats" / name)
    assert detect_format(source) is get_format(form)
    entries = list(get_format(form).records(source))
    records = [entry for entry in entries if isinstance(entry, Record)]
    assert (len(entries), len(records)) == (n_works, n_works)
    assert sum(len(record.cited_references) for record in records) == n_references
    assert sum(len(record.mentions) for record in records) == n_mentions
