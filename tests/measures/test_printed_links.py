"""Citations between works as bibliometrix finds them."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.printed_links import printed_links

CITED = nb.Record(
    title="The cited",
    people=[nb.Person("De Ruiter", "JP", raw="De Ruiter, JP"), nb.Person("Other", "A")],
    publication_year=2004,
    source_raw="STRATEGIC MANAGEMENT JOURNAL",
    doi="10.1002/smj.397",
    fields=[("J9", "STRATEGIC MANAGE J"), ("JI", "Strateg. Manage. J.")],
)


def links(*strings: str, cited: nb.Record = CITED) -> list[tuple[int, int]]:
    """Return who cites whom when a work prints these references."""
    references = [nb.CitedReference(raw=raw) for raw in strings]
    corpus = nb.corpus_of([nb.Record(title="The citing", cited_references=references), cited])
    work_id, citing, found = printed_links(corpus)
    return list(zip(work_id[citing].tolist(), work_id[found].tolist(), strict=True))


@pytest.mark.parametrize(
    ("raw", "is_found"),
    [
        ("De Ruiter JP, 2004, STRATEGIC MANAGE J, V25, P981, DOI 10.1002/SMJ.397", True),
        ("DE RUITER J.P., 2004, STRATEGIC MANAGE J, V25, P981, DOI 10.1002/smj.397", False),
        ("DE RUITER JP, 2004, STRATEGIC MANAGE J, DOI 10.1002/smj.397", True),
        ("DE RUITER JP., 2004, STRATEGIC MANAGE J, DOI 10.1002/smj.397", True),
        ("DE RUITER JP, 2004, STRATEGIC MANAGE J, V25, P981", False),
        ("DE RUITER JP, 2004, STRATEG MANAGE J, V25, P981, DOI 10.1002/smj.397", False),
        ("DE RUITER JP, 2005, STRATEGIC MANAGE J, V25, P981, DOI 10.1002/smj.397", False),
        ("DE RUITER", False),
        ("", False),
    ],
)
def test_equal_strings_only(raw: str, *, is_found: bool) -> None:
    """Author, year, source and DOI must be the same strings, capitals apart."""
    assert links(raw) == ([(1, 2)] if is_found else [])


def test_each_time_it_is_printed() -> None:
    """A reference printed twice counts twice, as in bibliometrix."""
    raw = "DE RUITER JP, 2004, STRATEGIC MANAGE J, V25, P981, DOI 10.1002/smj.397"
    assert links(raw, raw) == [(1, 2), (1, 2)]


def test_without_doi_on_both_sides() -> None:
    """Two works that cannot be told apart without a DOI are both cited."""
    same = [
        nb.Record(title=title, people=[nb.Person("Roe", "Jane")], source_raw="J. Odd")
        for title in ("One", "Two")
    ]
    citing = nb.Record(title="Three", cited_references=[nb.CitedReference(raw="Roe J, NA, J Odd")])
    work_id, _, cited = printed_links(nb.corpus_of([*same, citing]))
    assert work_id[cited].tolist() == [1, 2]


def test_the_short_name_is_a_field() -> None:
    """Where full names were read, the short one that was kept beside them is compared."""
    person = nb.Person("De Ruiter", "Jan Peter", raw="De Ruiter, Jan Peter")
    cited = nb.Record(
        title="The cited",
        people=[person],
        publication_year=2004,
        fields=[("AU", "De Ruiter, JP; Other, A"), ("J9", "J ODD")],
    )
    assert links("DE RUITER JP, 2004, J ODD", cited=cited) == [(1, 2)]
