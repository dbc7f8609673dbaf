"""Collaboration and dominance, by hand and by plain loops."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb


def _corpus(*works: str, first: int | None = 2000) -> nb.Corpus:
    """Make works of authors, each a letter; a star cuts the list by et al."""
    return nb.corpus_of(
        nb.Record(
            title="T",
            publication_year=None if first is None else first + number,
            et_al="*" in authors,
            people=[
                nb.Person(family=f"Author{letter}", given="A.")
                for letter in authors
                if letter != "*"
            ],
        )
        for number, authors in enumerate(works)
    )


def _first(result: nb.Result) -> dict[str, Any]:
    return dict(zip(result.columns, result.rows[0], strict=True))


def test_by_hand() -> None:
    """Works of a, of a and b, and of c, d and e; one cut and one without authors beside them."""
    result = nb.collaboration(_corpus("a", "ab", "cde", "f*", ""))
    found = _first(result)
    assert (found["n_works"], found["n_single"], found["n_multi"]) == (3, 1, 2)
    assert found["degree"] == pytest.approx(2 / 3)
    assert (found["authors_per_work"], found["authors_per_multi_work"]) == (2, 2.5)
    assert found["collaboration_index"] == 2.5
    assert found["coefficient"] == pytest.approx(1 - (1 + 1 / 2 + 1 / 3) / 3)
    assert found["modified_coefficient"] == pytest.approx(1.5 * found["coefficient"])
    assert (result.manifest["n_cut"], result.manifest["n_without"]) == (1, 1)


def test_bibliometrix_leaves_out_who_has_a_work_alone() -> None:
    """Its index does not count a, who has a work alone, among the authors of works of several."""
    result = nb.collaboration(_corpus("a", "ab", "cde"), like="bibliometrix")
    assert _first(result)["collaboration_index"] == 2.0


def test_by_year() -> None:
    """A row for each year follows that of all works; works without a year are in that alone."""
    records = [*_corpus("ab", "c").records(), *_corpus("de", first=None).records()]
    result = nb.collaboration(nb.corpus_of(records), by="year")
    assert [row[:4] for row in result.rows] == [(None, 3, 1, 2), (2000, 1, 0, 1), (2001, 1, 1, 0)]
    assert result.rows[2][6:8] == (None, None)


@pytest.mark.parametrize("works", [(), ("",), ("a*",)])
def test_no_known_number_of_authors(works: tuple[str, ...]) -> None:
    """Without works whose authors are all listed there are no shares."""
    found = _first(nb.collaboration(_corpus(*works)))
    assert found["n_works"] == 0
    assert found["degree"] is None
    assert found["coefficient"] is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=8))
def test_plain_loops(works: list[set[str]]) -> None:
    """All figures are those of plain loops over the works."""
    lists = ["".join(sorted(authors)) for authors in works]
    found = _first(nb.collaboration(_corpus(*lists)))
    several = [authors for authors in works if len(authors) > 1]
    assert found["degree"] == pytest.approx(len(several) / len(works))
    assert found["coefficient"] == pytest.approx(1 - sum(1 / len(a) for a in works) / len(works))
    if several:
        index = len(set().union(*several)) / len(several)
        assert found["collaboration_index"] == pytest.approx(index)
    rows = {row[0][6]: row[1:] for row in nb.dominance(_corpus(*lists)).rows}
    for letter in sorted(set().union(*several)):
        own = [authors for authors in several if letter in authors]
        n_first = sum(min(authors) == letter for authors in own)
        n_works = sum(letter in authors for authors in works)
        assert rows[letter] == (
            n_works, n_works - len(own), len(own), n_first, n_first / len(own),
        )  # fmt: skip
    assert len(rows) == len(set().union(*several))


def test_dominance_by_hand() -> None:
    """First places count in works of several authors alone; a list cut by et al. is one."""
    result = nb.dominance(_corpus("a", "ab", "ba", "a*", "c"))
    assert result.rows == [
        ("Authora, A.", 4, 1, 3, 2, 2 / 3),
        ("Authorb, A.", 2, 0, 2, 1, 1 / 2),
    ]


def test_as_of() -> None:
    """Later works do not count."""
    corpus = _corpus("ab", "c", "ab")
    assert _first(nb.collaboration(corpus, as_of=2001))["n_works"] == 2
    assert nb.dominance(corpus, as_of=2001).column("n_works") == [1, 1]


@pytest.mark.parametrize(
    ("options", "match"),
    [({"by": "month"}, "unknown by 'month'"), ({"like": "excel"}, "unknown like 'excel'")],
)
def test_unknown_options(options: dict[str, Any], match: str) -> None:
    """An option that is none is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.collaboration(_corpus("a"), **options)


def test_published_index(management_clean: nb.Corpus) -> None:
    """The collaboration index of bibliometrix for management is 2.5315; by our rule 2.578.

    Ours counts the authors who have works alone and with others among those of the latter.
    """
    theirs = _first(nb.collaboration(management_clean, like="bibliometrix"))
    assert theirs["collaboration_index"] == pytest.approx(2.5315, abs=5e-5)
    found = _first(nb.collaboration(management_clean))
    assert found["collaboration_index"] == pytest.approx(2.578, abs=5e-4)
    assert (found["n_single"], found["n_multi"]) == (121, 777)
    assert found["authors_per_work"] == pytest.approx(2.96, abs=0.005)
