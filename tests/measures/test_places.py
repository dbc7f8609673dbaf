"""Works by country and by institution."""

from __future__ import annotations

from typing import Any

import pytest

import nqp_biblio as nb


def _work(*addresses: str, reprint: str | None = None) -> nb.Record:
    fields = [("RP", f"Ek, A (corresponding author), {reprint}.")] if reprint else []
    return nb.Record(
        title=" ".join(addresses) or "none",
        people=[nb.Person(family="Ek", given="A")],
        affiliations=[(address, None) for address in addresses],
        fields=fields,
    )


OSLO, LUND, GHENT = (
    "Univ Oslo, Oslo, Norway",
    "Univ Lund, Lund, Sweden",
    "Univ Ghent, Ghent, Belgium",
)
TAIPEI = "Natl Taiwan Univ, Taipei, Taiwan"


@pytest.fixture
def corpus() -> nb.Corpus:
    """Make five works, one of them without address."""
    works = [
        *(_work(OSLO, LUND, reprint=LUND), _work(OSLO), _work(LUND, GHENT), _work()),
        _work(TAIPEI, OSLO, reprint=TAIPEI),
    ]
    return nb.find_places(nb.corpus_of(works))


def test_all_countries(corpus: nb.Corpus) -> None:
    """A work counts for each of its countries, and in shares that sum to the works."""
    result = nb.country_production(corpus)
    assert result.rows == [
        ("NO", "Norway", 3, 2.0, 1, 2, 2 / 3),
        ("SE", "Sweden", 2, 1.0, 0, 2, 1.0),
        ("BE", "Belgium", 1, 0.5, 0, 1, 1.0),
        ("TW", "Taiwan", 1, 0.5, 0, 1, 1.0),
    ]
    assert sum(result.column("fractional")) == 4
    assert result.manifest["n_without"] == 1


def test_by_corresponding_author(corpus: nb.Corpus) -> None:
    """A work counts once, for its corresponding author, else for its first address."""
    result = nb.country_production(corpus, by="corresponding")
    assert [row[:3] + row[4:6] for row in result.rows] == [
        ("SE", "Sweden", 2, 0, 2),
        ("NO", "Norway", 1, 1, 0),
        ("TW", "Taiwan", 1, 0, 1),
    ]


def test_like_bibliometrix(corpus: nb.Corpus) -> None:
    """As bibliometrix has it, Taiwan is China, and the alphabet decides between addresses."""
    result = nb.country_production(corpus, by="corresponding", like="bibliometrix")
    assert [row[:3] for row in result.rows] == [
        *(("BE", "Belgium", 1), ("CN", "China", 1), ("NO", "Norway", 1), ("SE", "Sweden", 1)),
    ]


def test_institutions(corpus: nb.Corpus) -> None:
    """Institutions come by works, with shares and with works of corresponding authors."""
    result = nb.institution_production(corpus)
    assert [row[1:] for row in result.rows[:2]] == [
        ("University of Oslo", "Oslo", "NO", "Norway", 3, 2.0, 0),
        ("University of Lund", "Lund", "SE", "Sweden", 2, 1.0, 1),
    ]


def test_places_must_be_known() -> None:
    """Before find_places there is nothing to count, which is said."""
    corpus = nb.corpus_of([nb.Record(title="A")])
    for measure in (nb.country_production, nb.institution_production):
        with pytest.raises(nb.BiblioError, match="call find_places"):
            measure(corpus)


@pytest.mark.parametrize(
    ("options", "match"),
    [({"by": "author"}, "unknown by 'author'"), ({"like": "excel"}, "unknown like 'excel'")],
)
def test_unknown_options(corpus: nb.Corpus, options: dict[str, Any], match: str) -> None:
    """An option that is none is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.country_production(corpus, **options)


def test_published_counts(management_clean: nb.Corpus) -> None:
    """The counts that bibliometrix gives of its own set, by corresponding author.

    China and Spain are the same. Of the United States three works print a state and no
    country: bibliometrix leaves two of them out and counts the third among several countries.
    """
    result = nb.country_production(management_clean, by="corresponding", like="bibliometrix")
    found = {row[0]: (row[2], row[4], row[5]) for row in result.rows}
    assert found["CN"] == (84, 41, 43)
    assert found["ES"] == (72, 51, 21)
    assert found["US"] == (148, 95, 53)  # 146, 92, 54


def test_as_of() -> None:
    """Later works do not count."""
    works = [_work(OSLO), _work(LUND)]
    works[1].publication_year = 2010
    works[0].publication_year = 2000
    corpus = nb.find_places(nb.corpus_of(works))
    assert nb.country_production(corpus, as_of=2005).column("country_code") == ["NO"]
    assert nb.institution_production(corpus, as_of=2005).column("country_code") == ["NO"]
