"""Small corpora worked through by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import CitedReference, Mention, Person, Record

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


def _person(name: str) -> Person:
    family, _, given = name.partition(", ")
    return Person(family=family, given=given or None, raw=name)


def _cited(raw: str, label: str | None = None, work: Record | None = None) -> CitedReference:
    author, year, source = raw.split(", ")[:3]
    doi = raw.partition(" DOI ")[2] or None
    return CitedReference(
        raw=raw,
        label=label,
        first_author=author,
        publication_year=int(year),
        source_raw=source,
        doi=doi,
        work=work,
    )


@pytest.fixture
def three_papers() -> Corpus:
    """The three papers of VOSviewer's manual on fractional counting, with words and references.

    D1 of A1, A2, A3; D2 of A1, A3; D3 of A2, A4. D1 cites X, Y and the old work of A5, D2
    cites X and Y, D3 cites X.
    """
    old = Record(
        title="An old work", publication_year=1990, source_raw="OLD J", people=[_person("Aold, E")]
    )
    x, y, o = "Xu A, 2000, J ONE", "Yu B, 2001, J TWO", "Aold E, 1990, OLD J"
    papers = [
        (2001, ["Aone, A", "Atwo, B", "Athree, C"], ["Heat", "flow", "Wave"], "J ONE"),
        (2002, ["Aone, A", "Athree, C"], ["heat", "Flow", "HEAT"], "J ONE"),
        (2003, ["Atwo, B", "Afour, D"], ["heat"], "J TWO"),
    ]
    cited = [[_cited(x), _cited(y), _cited(o, work=old)], [_cited(x), _cited(y)], [_cited(x)]]
    return corpus_of(
        Record(
            title=f"Paper {number}",
            publication_year=year,
            source_raw=source,
            people=[_person(name) for name in people],
            keywords=[("author_keyword", word) for word in words],
            cited_references=references,
        )
        for number, ((year, people, words, source), references) in enumerate(
            zip(papers, cited, strict=True), 1
        )
    )


@pytest.fixture
def read_whole() -> Corpus:
    """A paper read whole: sections with paragraphs and sentences that cite references 1 to 4."""
    places = [("1", "1 Introduction", 1, 1), ("2", "1 Introduction", 1, 1)]
    places += [("3", "1 Introduction", 1, 2), ("4", "1 Introduction", 2, 3)]
    places += [("1", "2 Model", 3, 4), ("2", "2 Model", 3, 4), ("1", "2 Model", 3, 4)]
    mentions = [
        Mention(
            marker=f"[{label}]",
            label=label,
            section=section,
            paragraph=paragraph,
            sentence_number=sentence,
            sentence=f"Sentence {sentence}.",
            offset=offset,
        )
        for offset, (label, section, paragraph, sentence) in enumerate(places)
    ]
    cited = [_cited(f"Author{n} A, 200{n}, J {n}", label=str(n)) for n in range(1, 5)]
    return corpus_of(
        [Record(role="paper", title="Whole", cited_references=cited, mentions=mentions)]
    )


@pytest.fixture
def variants() -> Corpus:
    """Two works that cite the same article, printed in four ways, and one of the same year."""
    printed = [
        (1, "ROY B, 1984, MANAGE SCI, V30, P1323", None, "30", "1323"),
        (1, "Chen TY, 2014, INFORM SCIENCES, V263, P1, DOI 10.1/a", "10.1/a", "263", "1"),
        (2, "Roy B, 1984, MANAGE SCI, V30, P1323, DOI 10.1/r", "10.1/r", "30", "1323"),
        (2, "Roy B, 1984, Management Science, DOI 10.1/r", "10.1/r", None, None),
        (2, "Chen TY, 2014, INFORM SCIENCES, V286, P188, DOI 10.1/b", "10.1/b", "286", "188"),
    ]
    cited: dict[int, list[CitedReference]] = {1: [], 2: []}
    for work, raw, doi, volume, page in printed:
        author, year, source = raw.split(", ")[:3]
        cited[work].append(
            CitedReference(
                raw=raw,
                first_author=author,
                publication_year=int(year),
                source_raw=source,
                volume=volume,
                first_page=page,
                doi=doi,
            )
        )
    return corpus_of(
        Record(title=f"Paper {n}", publication_year=2020, cited_references=references)
        for n, references in cited.items()
    )
