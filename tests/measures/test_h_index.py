"""The h-index and its kin."""

from __future__ import annotations

import math
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from made_corpus import NAMES, Made, made_corpus
from nqp_biblio.measures.h_index import h_index

Work = tuple[int | None, int | None, tuple[int, ...]]
"""Citations, year, authors."""

WORKS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 12)),
        st.one_of(st.none(), st.integers(2015, 2022)),
        st.sets(st.integers(0, 3), min_size=1).map(lambda own: tuple(sorted(own))),
    ),
    min_size=1,
    max_size=10,
)


LIKES: tuple[Literal["bibliometrix"] | None, ...] = (None, "bibliometrix")


def _corpus(works: list[Work]) -> nb.Corpus:
    """Make a corpus of works; authors are numbers."""
    return made_corpus([Made(*work) for work in works])


def _one(citations: list[int]) -> nb.Corpus:
    """Make a corpus of one author."""
    return _corpus([(count, 2020, (0,)) for count in citations])


def _rows(result: nb.Result) -> dict[str, dict[str, Any]]:
    """Give the rows by name."""
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return {row["name"]: row for row in rows}


def _plain_h(values: list[float]) -> int:
    return max(
        (h for h in range(len(values) + 1) if sum(v >= h - 1e-9 for v in values) >= h), default=0
    )


def _plain_g(values: list[int]) -> int:
    ranked = sorted(values, reverse=True)
    return max(g for g in range(len(values) + 1) if sum(ranked[:g]) >= g * g)


def _plain_hm(works: list[tuple[int, int]]) -> float:
    ranked = sorted(works, reverse=True)
    best = effective = 0.0
    for citations, authors in ranked:
        effective += 1 / authors
        best = effective if effective <= citations + 1e-9 else best
    return best


@pytest.mark.parametrize(
    ("citations", "h", "g", "g_uncapped"),
    [
        ([8, 5, 5, 4, 4, 1, 0], 4, 5, 5),
        ([4, 4, 4, 4, 0, 0], 4, 4, 4),
        ([15, 10, 5, 3], 3, 4, 5),
        ([3, 3, 3, 0, 0, 0], 3, 3, 3),
    ],
)
def test_worked_examples(citations: list[int], h: int, g: int, g_uncapped: int) -> None:
    """Values are those of Rousseau, Egghe & Guns, Becoming Metric-Wise (2018), page 218.

    They let works without citations follow; the cap at the number of works is ours.
    """
    corpus = _one(citations)
    (row,) = _rows(h_index(corpus)).values()
    assert (row["h"], row["g"]) == (h, g)
    assert h_index(corpus, g_capped=False).column("g") == [g_uncapped]


def test_all_indices_by_hand() -> None:
    """Four works of one author in 2020, with the sums written out."""
    corpus = _corpus([(9, 2018, (0,)), (4, 2020, (0, 1)), (2, 2020, (0, 1)), (0, 2016, (0,))])
    row = _rows(h_index(corpus))["Aston, A."]
    assert row["n_works"] == 4
    assert row["n_cited"] == 3
    assert (row["h"], row["g"], row["i10"]) == (2, 3, 0)
    assert row["e"] == pytest.approx(math.sqrt(9 - 2 + 4 - 2))
    assert row["a"] == pytest.approx(15 / 4)
    assert row["m"] == pytest.approx(2 / 4)
    assert row["hc"] == 3  # 4 x 9/3 = 12, 4 x 4/1 = 16, 4 x 2/1 = 8
    assert row["hi"] == pytest.approx(2 / 1.5)
    assert row["hi_norm"] == 2  # 9, 2, 1, 0
    assert row["hi_annual"] == pytest.approx(2 / 4)
    assert row["hm"] == pytest.approx(1 + 0.5 + 0.5)
    assert row["awcr"] == pytest.approx(9 / 3 + 4 / 1 + 2 / 1 + 0 / 5)
    assert row["awcr_per_author"] == pytest.approx(9 / 3 + 4 / 2 + 2 / 2)
    assert row["aw"] == pytest.approx(3)
    assert (row["first_year"], row["last_year"]) == (2016, 2020)
    assert row["citations_per_work"] == pytest.approx(15 / 4)
    assert row["citations_per_year"] == pytest.approx(15 / 4)
    assert row["citations_fractional"] == pytest.approx(9 + 2 + 1)
    assert row["n_works_fractional"] == pytest.approx(3)


@settings(max_examples=30, deadline=None)
@given(WORKS)
def test_against_plain_counting(works: list[Work]) -> None:
    """Each index is what counting author by author gives."""
    rows = _rows(h_index(_corpus(works), as_of=2022))
    assert len(rows) == len({name for *_, authors in works for name in authors})
    for author in range(4):
        own = [work for work in works if author in work[2]]
        if own:
            _compare(rows[f"{NAMES[author]}, A."], own)


def _compare(row: dict[str, Any], own: list[Work]) -> None:
    counted = [(c, year, len(authors)) for c, year, authors in own if c is not None]
    citations = [c for c, *_ in counted]
    assert row["n_works"] == len(own)
    assert row["n_without_count"] == len(own) - len(counted)
    years = [year for _, year, _ in own if year is not None]
    assert row["first_year"] == min(years, default=None)
    if not counted:
        assert row["h"] is row["g"] is row["hc"] is row["citations"] is None
        return
    dated = [(c, 2022 - year + 1, n) for c, year, n in counted if year is not None]
    assert (row["h"], row["g"]) == (_plain_h([*citations]), _plain_g(citations))
    hc = _plain_h([4 * c / age for c, age, _ in dated])
    assert row["hc"] == (hc if years else None)
    assert row["hi_norm"] == _plain_h([c / n for c, _, n in counted])
    assert row["hm"] == pytest.approx(_plain_hm([(c, n) for c, _, n in counted]))
    awcr = sum(c / age for c, age, _ in dated)
    assert row["awcr"] == (pytest.approx(awcr) if years else None)
    core = sorted(citations, reverse=True)[: row["h"]]
    assert row["e"] == pytest.approx(math.sqrt(sum(core) - row["h"] ** 2))
    m = row["h"] / max(1, 2022 - min(years)) if years else None
    assert row["m"] == (None if m is None else pytest.approx(m))


@settings(max_examples=10, deadline=None)
@given(WORKS, st.randoms(use_true_random=False))
def test_order_of_works_does_not_matter(works: list[Work], random: Any) -> None:
    """The same works in another order give the same figures."""
    shuffled = list(works)
    random.shuffle(shuffled)
    first, second = (_rows(h_index(_corpus(own))) for own in (works, shuffled))
    for row in [*first.values(), *second.values()]:
        row.pop("key")
    assert {name: list(row.values()) for name, row in first.items()} == {
        name: [pytest.approx(cell) if type(cell) is float else cell for cell in row.values()]
        for name, row in second.items()
    }


def test_h_of_none_is_kept() -> None:
    """Who was never cited has h = 0 and a row; bibliometrix leaves such authors out."""
    cited, uncited = 50, 18
    works: list[nb.Record] = [
        nb.Record(
            title=f"Work {number}",
            publication_year=2000 + number % 7,
            cited_by_count=3 if number < cited else 0,
            people=[nb.Person(family=f"Name{chr(97 + number // 26)}{chr(97 + number % 26)}")],
        )
        for number in range(cited + uncited)
    ]
    corpus = nb.normalise(nb.corpus_of(works))
    assert len(h_index(corpus)) == 68
    assert h_index(corpus).column("h").count(0) == 18
    peer = h_index(corpus, like="bibliometrix")
    assert len(peer) == 50
    assert peer.manifest["n_without_h"] == 18


def test_unknown_citations_are_no_zeros() -> None:
    """A work without a count is counted as such; an owner of such works alone has no index."""
    result = h_index(_corpus([(None, 2020, (0,)), (5, 2020, (0, 1)), (None, 2020, (2,))]))
    rows = _rows(result)
    assert (rows["Aston, A."]["n_works"], rows["Aston, A."]["n_without_count"]) == (2, 1)
    assert (rows["Aston, A."]["h"], rows["Aston, A."]["g"]) == (1, 1)
    assert rows["Clark, A."]["h"] is rows["Clark, A."]["awcr"] is None
    assert rows["Clark, A."]["n_works"] == 1
    assert result.manifest["n_without"] == 2


def test_hm_at_ties() -> None:
    """Of works cited as often those of more authors come first: 1/2, then 3/2 which is above 1."""
    for works in ([(1, 2020, (0, 1)), (1, 2020, (0,))], [(1, 2020, (0,)), (1, 2020, (0, 1))]):
        assert _rows(h_index(_corpus([*works])))["Aston, A."]["hm"] == 0.5


def test_works_without_authors() -> None:
    """They are in the h of a source, and not in what divides by authors."""
    works = [Made(5, authors=(0, 1)), Made(5, authors=()), Made(9, authors=(), source=1)]
    result = h_index(made_corpus(works), "sources")
    rows = _rows(result)
    assert (rows["Journal 0"]["h"], rows["Journal 0"]["hi"]) == (2, 1)
    assert (rows["Journal 0"]["hi_norm"], rows["Journal 0"]["citations_fractional"]) == (1, 2.5)
    assert rows["Journal 1"]["h"] == 1
    assert (
        rows["Journal 1"]["hi"] is rows["Journal 1"]["hi_norm"] is rows["Journal 1"]["hm"] is None
    )
    assert result.manifest["n_without_authors"] == 2


def test_works_without_years() -> None:
    """Who has no dated work has an h, and nothing that asks for an age."""
    (row,) = _rows(h_index(_corpus([(3, None, (0,))]), as_of=2020)).values()
    assert (row["h"], row["m"], row["hc"], row["awcr"], row["first_year"]) == (1, *[None] * 4)


def test_local_citations() -> None:
    """Local citations are those of works of the corpus."""
    cited = nb.CitedReference(raw="One", doi="10.1016/j.ek.2001.a")
    works = [nb.Record(title="One", doi="10.1016/j.ek.2001.a", people=[nb.Person(family="Ek")])]
    works += [
        nb.Record(title=f"W{n}", people=[nb.Person(family="Bo")], cited_references=[cited])
        for n in range(3)
    ]
    corpus = nb.link_references(nb.normalise(nb.corpus_of(works)))
    result = _rows(h_index(corpus, scope="local"))
    assert (result["Ek"]["citations"], result["Ek"]["h"]) == (3, 1)
    assert (result["Bo"]["citations"], result["Bo"]["h"]) == (0, 0)
    assert _rows(h_index(corpus))["Ek"]["h"] is None


def test_owners_without_works() -> None:
    """A corpus without such owners has a table without rows."""
    corpus = _one([1])
    assert h_index(corpus, "author_keywords").rows == []
    assert len(h_index(nb.normalise(nb.corpus_of([])), "sources")) == 0


def test_years_from_the_day() -> None:
    """As of an earlier year, later works are not there, and careers are shorter."""
    corpus = _corpus([(5, 2010, (0,)), (5, 2015, (0,)), (5, 2020, (0,))])
    (row,) = _rows(h_index(corpus, as_of=2015)).values()
    assert (row["n_works"], row["h"], row["m"]) == (2, 2, 2 / 5)
    (row,) = _rows(h_index(corpus, as_of=2015, like="bibliometrix")).values()
    assert row["m"] == 2 / 6


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"like": "scimat"}, "unknown like 'scimat'"),
        ({"gamma": 0}, "gamma is 0"),
        ({"scope": "lunar"}, "scope of citations"),
        ({"of": "planets"}, "owner of works"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that there is not is refused by name."""
    with pytest.raises(nb.BiblioError, match=match):
        h_index(_one([1]), **options)


@pytest.mark.parametrize(
    ("of", "name", "h", "g"),
    [
        ("authors", "MERIGO", 14, 20),
        ("authors", "KOSTOFF", 13, 16),
        ("authors", "KAJIKAWA", 11, 14),
        ("authors", "PORTER", 10, 19),
        ("sources", "RESEARCH POLICY", 41, 78),
    ],
)
def test_published_values(management_clean: nb.Corpus, of: str, name: str, h: int, g: int) -> None:
    """The h-index and the g-index are those that bibliometrix gives of ``management``."""
    rows = _rows(h_index(management_clean, of))
    (row, *_) = [row for shown, row in rows.items() if shown.upper().startswith(name)]
    assert (row["h"], row["g"]) == (h, g)


def test_years_of_bibliometrix(management_clean: nb.Corpus) -> None:
    """Its m counts the first year and the last: 14 / 6 for Merigo, where ours is 14 / 5."""
    ours, peer = (h_index(management_clean, like=like) for like in LIKES)
    m = {
        name: _rows(result)["Merigo, J. M."]["m"] for name, result in (("ours", ours), ("bx", peer))
    }
    assert m == {"ours": 14 / 5, "bx": pytest.approx(14 / 6)}
    assert len(peer) == len(ours) - ours.column("h").count(0)
