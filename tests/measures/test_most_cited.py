"""Most cited works and references."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.most_cited import count_references


def _reference(name: str, year: int | None = 2000) -> nb.CitedReference:
    return nb.CitedReference(
        raw=f"{name} A, {year}, J {name}",
        first_author=f"{name} A",
        publication_year=year,
        source_raw=f"J {name}",
    )


def _work(title: str, year: int | None, citations: int | None, *cited: str) -> nb.Record:
    return nb.Record(
        title=title,
        publication_year=year,
        cited_by_count=citations,
        source_raw=f"J {title}",
        people=[nb.Person(family=title, given="A.")],
        cited_references=[_reference(name) for name in cited],
    )


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give four works that cite three references, one reference without year among them."""
    works = [
        _work("One", 2000, 5, "X", "Y", "X"),
        _work("Two", 2005, None, "X", "Z"),
        _work("Three", None, 9, "Y"),
        _work("Four", 2010, 5, "X"),
    ]
    works[0].cited_references.append(_reference("ANONYMOUS", None))
    return nb.corpus_of(works)


def test_works_by_hand(corpus: nb.Corpus) -> None:
    """Works stand by citations, ties by order; without count they are left out."""
    result = nb.most_cited_works(corpus)
    assert [(row[0], row[5], row[7], row[9]) for row in result.rows] == [
        (1, "Three", 9, None),
        (2, "One", 5, 5 / 11),
        (2, "Four", 5, 5.0),
    ]
    assert (result.manifest["n_without"], result.manifest["n_citations"]) == (1, 19)


def test_works_of_the_day(corpus: nb.Corpus) -> None:
    """Later works are left out, and citations a year run to the day."""
    result = nb.most_cited_works(corpus, as_of=2004)
    assert [(row[5], row[9]) for row in result.rows] == [("Three", None), ("One", 1.0)]


def test_ties_left_out_are_told(corpus: nb.Corpus) -> None:
    """Works cited as often as the last shown are counted."""
    assert nb.most_cited_works(corpus, top=2).manifest["n_tied_left_out"] == 1


def test_local_citations() -> None:
    """Local citations are those by works of the corpus that were linked."""
    works = [_work("Ames", 2000, 1), _work("Bell", 2001, 7, "Ames"), _work("Cole", 2002, 0, "Ames")]
    unlinked = nb.most_cited_works(nb.corpus_of(works), scope="local")
    assert "call link_references" in str(unlinked.manifest["warning"])
    corpus = nb.link_references(nb.normalise(nb.corpus_of(works)))
    result = nb.most_cited_works(corpus, scope="local")
    assert [(row[5], row[7], row[8]) for row in result.rows[:2]] == [("Ames", 1, 2), ("Bell", 7, 0)]
    assert result.manifest["n_cited"] == 1


def test_references_by_hand(corpus: nb.Corpus) -> None:
    """References count once a work, as printed before they are linked; nameless ones do not."""
    result = nb.most_cited_references(corpus)
    assert [(row[0], row[1], row[6], row[7]) for row in result.rows] == [
        (1, "X A, 2000, J X", 3, 0.75),
        (2, "Y A, 2000, J Y", 2, 0.5),
        (3, "Z A, 2000, J Z", 1, 0.25),
    ]
    manifest = result.manifest
    assert (manifest["identity"], manifest["n_references"], manifest["n_without"]) == (
        "printed",
        3,
        1,
    )


def test_references_as_bibliometrix_counts(corpus: nb.Corpus) -> None:
    """Like bibliometrix, references count each time they are printed, also the nameless."""
    result = nb.most_cited_references(corpus, like="bibliometrix")
    assert result.column("n_works") == [4, 2, 1, 1]


def test_printed_forms_count_together() -> None:
    """After linking the printed forms of one work are one reference."""
    forms = [
        "Xu A, 2000, J ONE, V1, P1, DOI 10.1016/j.xu.2000.01",
        "Xu AB, 2000, J ONE, V1, P1, DOI 10.1016/j.xu.2000.01",
    ]
    works = [
        nb.Record(
            title=f"T {n}",
            cited_references=[
                nb.CitedReference(
                    raw=form, first_author="Xu A", publication_year=2000, doi="10.1016/j.xu.2000.01"
                )
            ],
        )
        for n, form in enumerate(forms)
    ]
    result = nb.most_cited_references(nb.link_references(nb.normalise(nb.corpus_of(works))))
    assert [(row[1], row[6], row[8]) for row in result.rows] == [(forms[0], 2, 2)]
    assert result.manifest["identity"] == "linked"


@pytest.mark.parametrize("measure", [nb.most_cited_works, nb.most_cited_references])
def test_nothing(measure: Any) -> None:
    """Without works there are no rows."""
    assert measure(nb.corpus_of([])).rows == []


@pytest.mark.parametrize(
    ("measure", "options", "match"),
    [
        (nb.most_cited_works, {"scope": "national"}, "unknown scope of citations 'national'"),
        (nb.most_cited_works, {"top": 0}, "top is 0"),
        (nb.most_cited_references, {"top": 0}, "top is 0"),
        (nb.most_cited_references, {"like": "excel"}, "unknown like 'excel'"),
    ],
)
def test_bad_options(corpus: nb.Corpus, measure: Any, options: dict[str, Any], match: str) -> None:
    """An option that cannot be used is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        measure(corpus, **options)


@pytest.mark.parametrize("top", [1, 7, 60])
def test_references_by_plain_loops(management_clean: nb.Corpus, top: int) -> None:
    """The references of management are those of counting citing works one by one."""
    pairs = set(
        management_clean.sql(
            "SELECT citing_work_id, cited_work_id FROM cited_references"
            " WHERE publication_year IS NOT NULL OR doi IS NOT NULL OR title IS NOT NULL"
        )
    )
    counts = Counter(cited for _, cited in pairs)
    first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    result = nb.most_cited_references(management_clean, top=top)
    assert [(row[5], row[6]) for row in result.rows] == first[:top]
    ties = sum(n == first[top - 1][1] for _, n in first[top:])
    assert result.manifest["n_tied_left_out"] == ties


def test_published_local_citations(management_clean: nb.Corpus) -> None:
    """The works of management cited most by the others: those of the historiograph of bibliometrix.

    It counts 108 of Ramos-Rodriguez, where a second printed form of the DOI is linked too, and
    422 works cited with 2,092 citations for our 433 with 2,141.
    """
    result = nb.most_cited_works(management_clean, scope="local", top=5)
    assert [(row[2].split(",")[0], row[8]) for row in result.rows] == [
        ("Ramos-Rodriguez", 109),
        ("Zupic", 71),
        ("Nerur", 67),
        ("Daim", 51),
        ("Merigo", 36),
    ]
    assert (result.manifest["n_cited"], result.manifest["n_citations"]) == (433, 2141)
    assert nb.most_cited_works(management_clean).manifest["n_citations"] == 33_332


def test_references_by_number() -> None:
    """A number of OpenAlex alone is a reference; words that name none are not."""
    cited = [nb.CitedReference(raw=raw) for raw in ("W2194775991", "W1", "NO TITLE CAPTURED")]
    corpus = nb.link_references(nb.corpus_of([nb.Record(title="One", cited_references=cited)]))
    assert count_references(corpus) == 2
