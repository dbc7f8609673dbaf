"""The methods paragraph: words for a paper that hold what was done."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.report.paragraph import cited_papers, methods_bibtex


def _corpus() -> nb.Corpus:
    names = ("Ames", "Bell", "Cole")
    people = [nb.Person(name, "A.") for name in names]
    records = [nb.Record(title=f"On {x}", publication_year=2020, people=people) for x in "XYZ"]
    return nb.corpus_of(records)


def test_counts_and_conditions_are_told() -> None:
    """What was read, left out by which condition, and analysed is told in numbers."""
    told = nb.methods_paragraph(_corpus().filter("title <> 'On Z'"))
    assert "3 records were read." in told
    assert "1 record was excluded (title <> 'On Z': 1); 2 works were analysed." in told


def test_maps_measures_and_their_papers_are_numbered() -> None:
    """Seed and resolution stand in the text, and each number has its paper below."""
    corpus = _corpus()
    net = nb.map_network(nb.coauthorship_network(corpus), seed=7)
    told = nb.methods_paragraph(
        corpus, networks=[net], results=[nb.record_flow(corpus)], as_of=2024, style="markdown"
    )
    assert "seed 7" in told
    assert "resolution" in told
    assert "record flow [1]" in told
    assert "All figures stand for 2024." in told
    assert "\n1. Page, M. J. et al. (2021)." in told


def test_a_style_it_does_not_know_is_refused() -> None:
    """An unknown style is named in the error."""
    with pytest.raises(nb.BiblioError, match="latex"):
        nb.methods_paragraph(_corpus(), style="latex")  # type: ignore[arg-type]


def test_papers_in_one_string_are_told_apart() -> None:
    """Two papers in one string of a manifest become two references."""
    first = "Ames, A. (2001). On X. Journal of Y 1(2), 3-4"
    second = "Bell, B. & Cole, C. (2002). On Z; a study. Journal of Y 2(1), 5-6."
    assert cited_papers({"reference": f"{first}; {second}"}) == [first, second]


def test_papers_become_bibtex() -> None:
    """A cited paper is an entry of BibTeX with its authors, also one with a particle."""
    paper = "Price, D. J. de Solla (1981). Multiple authorship. Science 212, 986."
    text = methods_bibtex([paper])
    assert "@article{" in text
    assert "de Solla Price, D. J." in text
