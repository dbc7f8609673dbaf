"""Records that the tests of the corpus share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


def _article() -> Record:
    return Record(
        key="chen2024",
        type="article-journal",
        title="Measuring “new” productivity; a survey",
        publication_year=2024,
        source_raw="Economics Letters",
        issn="0165-1765",
        volume="241",
        pages=[("18", "25"), ("45", "45")],
        doi="10.1016/j.econlet.2024.1",
        cited_by_count=3,
        people=[
            Person(family="Chen", given="L. Q.", raw="Chen LQ", orcid="0000-0002-1825-0097"),
            Person(family="Berg", given="J.", particle="van der"),
            Person(family="Wu", given="M.", role="editor"),
        ],
        affiliations=[("Univ A, Beijing", 1), ("Univ B", None)],
        keywords=[
            ("author_keyword", "productivity"),
            ("index_keyword", "GROWTH"),
            ("author_keyword", "innovation"),
        ],
        cited_references=[
            CitedReference(raw="SOLOW R, 1957, REV ECON STAT", publication_year=1957),
        ],
        fields=[("note", "kept as it was"), ("note", "twice")],
        file="a.bib",
        line=7,
        format="bibtex",
    )


def _paper() -> Record:
    def reference(label: str, title: str, year: int | None) -> CitedReference:
        work = Record(
            role="reference",
            key=label,
            title=title,
            publication_year=year,
            source_raw="经济研究",
            people=[Person(family="李", given="明")],
            raw=f"[{label}] 李明. {title}. 经济研究",
            confidence=0.5,
            problems=[] if year else [Problem("p.txt", 41, title, "no year")],
        )
        return CitedReference(raw=work.raw or "", label=label, work=work)

    return Record(
        role="paper",
        title="A whole paper",
        publication_year=2025,
        cited_references=[reference("1", "新质生产力", 2024), reference("2", "高质量发展", None)],
        mentions=[
            Mention("^[1,2]", "1", "1 Introduction", 1, 1, "As shown.^[1,2]", 10),
            Mention("^[1,2]", "2", "1 Introduction", 1, 1, "As shown.^[1,2]", 10),
            Mention("^[9]", "9", None, 2, 2, "No such.^[9]", 40),
        ],
        file="p.txt",
    )


@pytest.fixture(scope="module")
def entries() -> list[Record | Problem]:
    """Give a record of a database, a whole paper, a bare reference and a problem."""
    bare = Record(role="reference", key="5", title="Bare", publication_year=1999, raw="[5] Bare")
    return [_article(), Problem("a.bib", 99, "@article{", "not closed"), _paper(), bare]


@pytest.fixture(scope="module")
def corpus(entries: list[Record | Problem]) -> Corpus:
    """Load these entries: five works, four references, three mentions."""
    return corpus_of(entries)
