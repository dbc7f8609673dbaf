"""Authors as entities: homonyms apart, synonyms together, each decision with a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.cleaning.author.evidence import EVIDENCE
from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ORCID = "0000-0002-1825-0097"
OTHER_ORCID = "0000-0001-5109-3700"
OXFORD, KYOTO = "Univ Oxford, Dept Stat, Oxford, England", "Kyoto Univ, Fac Law, Kyoto, Japan"


def work(
    title: str,
    *names: str,
    year: int = 2010,
    addresses: Sequence[str] = (),
    orcids: Sequence[str | None] = (),
    fields: Sequence[tuple[str, str]] = (),
    cites: Sequence[str] = (),
    words: Sequence[str] = (),
) -> nb.Record:
    """Make a work of people called "Family, Given"."""
    people = []
    for name in names:
        family, _, given_name = name.partition(", ")
        people.append(nb.Person(family=family, given=given_name or None, raw=name))
    for person, orcid in zip(people, orcids, strict=False):
        person.orcid = orcid
    return nb.Record(
        title=title,
        publication_year=year,
        people=people,
        affiliations=[(address, at) for at, address in enumerate(addresses, 1)],
        fields=list(fields),
        cited_references=[nb.CitedReference(raw=raw) for raw in cites],
        keywords=[("author_keyword", word) for word in words],
    )


def crowd(n: int = 12) -> list[nb.Record]:
    """Make works of other people, of whom many are called Wang and Li."""
    names = ("Zhe", "Zhong", "Bo", "Fang", "Gang", "Jun", "Jie", "Kai", "Lei", "Min", "Na", "Ping")
    return [work(f"Other {i}", f"Wang, {names[i]}", f"Li, {names[i]}") for i in range(n)]


def people(*works: nb.Record, **options: object) -> dict[str, str]:
    """Return the author of the first name of each work, by its title."""
    found = nb.disambiguate_authors(nb.corpus_of(list(works)), **options)  # type: ignore[arg-type]
    return dict(
        found.sql(
            "SELECT w.title, a.author FROM authorships a JOIN works w ON w.work_id = a.work_id"
            " WHERE a.position = 1 AND a.role = 'author'"
        )
    )


SAME = {
    "co-author": (
        work("A", "Wang, Z.", "Quintero, Beatriz", "Okafor, Chidi", "Eriksen, Nils"),
        work("B", "Wang, Z.", "Quintero, B.", "Okafor, Chidi", "Eriksen, Nils"),
    ),
    "address": (
        work("A", "Wang, Z.", addresses=[OXFORD]),
        work("B", "Wang, Z", addresses=[OXFORD]),
    ),
    "e-mail": (
        work("A", "Wang, Z.", fields=[("EM", "z.wang@example.org")]),
        work("B", "Wang, Z.", fields=[("EM", "Z.Wang@example.org; x@example.org")]),
    ),
    "orcid": (
        work("A", "Wang, Z.", orcids=[ORCID], addresses=[OXFORD]),
        work("B", "Wang, Zhi", orcids=[ORCID], addresses=[KYOTO]),
    ),
    "source id": (
        work("A", "Wang, Z.", fields=[("Author(s) ID", "7006236300")]),
        work("B", "Wang, Zhi", fields=[("Author(s) ID", "7006236300;")]),
    ),
    "rare name": (
        work("A", "Leydesdorff, Loet", addresses=[OXFORD]),
        work("B", "LEYDESDORFF, L", addresses=["Univ Amsterdam, Oxford St, England"]),
    ),
    "married name": (
        work("A", "Smith, Jane", orcids=[ORCID]),
        work("B", "Miller, Jane", orcids=[ORCID]),
    ),
}
APART = {
    "nothing shared": (
        work("A", "Wang, Z.", addresses=[OXFORD]),
        work("B", "Wang, Z.", addresses=[KYOTO]),
    ),
    "initials": (
        work("A", "Li, J.", "Quintero, Beatriz", addresses=[OXFORD]),
        work("B", "Li, J. H.", addresses=[KYOTO]),
    ),
    "given names": (
        work("A", "Wang, Zhi", "Quintero, Beatriz"),
        work("B", "Wang, Zhen", "Quintero, Beatriz"),
    ),
    "two ORCIDs": (
        work("A", "Wang, Z.", "Quintero, Beatriz", orcids=[ORCID]),
        work("B", "Wang, Z.", "Quintero, Beatriz", orcids=[OTHER_ORCID]),
    ),
    "two ids of one database": (
        work("A", "Wang, Z.", addresses=[OXFORD], fields=[("Author(s) ID", "7006236300")]),
        work("B", "Wang, Z.", addresses=[OXFORD], fields=[("Author(s) ID", "57200000000")]),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_synonyms_join(case: str) -> None:
    """A co-author, address, e-mail, identifier or rare name brings names together."""
    found = people(*SAME[case], *crowd())
    assert found["A"] == found["B"]


@pytest.mark.parametrize("case", APART)
def test_homonyms_stay_apart(case: str) -> None:
    """Names that contradict, identifiers that differ, and frequent names alone do not join."""
    found = people(*APART[case], *crowd())
    assert found["A"] != found["B"]


def test_two_people_of_one_work_are_two() -> None:
    """Nobody stands twice in one list of authors, whatever speaks for it."""
    twins = [work(t, "Leydesdorff, L.", "Leydesdorff, L.", addresses=[OXFORD] * 2) for t in "AB"]
    found = nb.disambiguate_authors(nb.corpus_of(twins)).authorships
    assert found.groupby("work_id").author_id.nunique().tolist() == [2, 2]


def test_an_editor_may_be_the_author() -> None:
    """The editor of a book who wrote a chapter is one person."""
    book = work("A", "Leydesdorff, Loet")
    book.people.append(nb.Person(family="Leydesdorff", given="L.", role="editor"))
    found = nb.disambiguate_authors(nb.corpus_of([book])).authorships
    assert found.author_id.nunique() == 1


def test_the_fullest_form_is_shown() -> None:
    """All mentions show the form that is written out most."""
    works = [
        work(str(n), name)
        for n, name in enumerate(("Ibáñez, M.", "IBANEZ, MJ", "Ibáñez, María J."))
    ]
    assert set(people(*works).values()) == {"Ibáñez, María J."}


def test_homonyms_have_a_number() -> None:
    """Authors with one name have labels of their own, the most productive the plain one."""
    works = [work(str(n), "Wang, Z.", addresses=[KYOTO]) for n in range(3)]
    found = people(*works, work("X", "Wang, Z.", addresses=[OXFORD]), *crowd())
    assert [found[key] for key in "012X"] == ["Wang, Z."] * 3 + ["Wang, Z. (2)"]


def test_each_decision_has_rule_and_score() -> None:
    """The rule names the strongest evidence; scores are probabilities from the threshold on."""
    corpus = nb.corpus_of([*SAME["co-author"], *SAME["rare name"], *SAME["orcid"], *crowd()])
    found = nb.disambiguate_authors(corpus).authorships
    rules = set(found.author_rule)
    assert {"coauthors", "orcid", "alone"} <= rules <= {*EVIDENCE, "name", "alone", "orcid"}
    assert found.author_score.between(0, 1).all()
    assert (found.author_score[found.author_rule != "alone"] >= 0.5).all()
    assert (found.author_score[found.author_rule == "orcid"] == 1).all()


def test_a_higher_threshold_joins_less() -> None:
    """Links are made from the threshold on."""
    works = [*SAME["co-author"], *crowd()]
    low, high = people(*works, threshold=0.1), people(*works, threshold=1.0)
    assert low["A"] == low["B"]
    assert high["A"] != high["B"]


def test_evidence_can_be_left_out() -> None:
    """Without co-authors among the evidence they do not count; without ids neither."""
    for case, left in (("co-author", "coauthors"), ("orcid", "ids")):
        found = people(*SAME[case], *crowd(), evidence=set(EVIDENCE) - {left})
        assert found["A"] != found["B"]


@pytest.mark.parametrize("threshold", [0, 1.5, -1])
def test_threshold_is_a_probability(threshold: float) -> None:
    """A threshold out of bounds is refused."""
    with pytest.raises(OptionError, match="threshold"):
        nb.disambiguate_authors(nb.corpus_of(crowd()), threshold=threshold)


def test_unknown_evidence_is_refused() -> None:
    """A kind of evidence that is none is named, with what is meant."""
    with pytest.raises(UnknownNameError, match="coauthors"):
        nb.disambiguate_authors(nb.corpus_of(crowd()), evidence=["coauthor"])


def test_decisions_go_first(tmp_path: Path) -> None:
    """A table of doubts, decided and saved, joins and parts authors when it is replayed."""
    works = [*APART["nothing shared"], *SAME["co-author"][:1], *crowd()]
    corpus = nb.corpus_of(works)
    table = nb.doubtful_authors(corpus)
    assert {"decision", "score", "rule", "left", "right", "author_left"} <= set(table.columns)
    assert table.score.is_monotonic_decreasing
    table["decision"] = "same"
    table.to_csv(tmp_path / "authors.csv", index=False)
    joined = nb.disambiguate_authors(corpus, decisions=tmp_path / "authors.csv")
    assert joined.authorships.author_rule.eq("decision").any()
    before = nb.disambiguate_authors(corpus).authorships.author_id.nunique()
    assert joined.authorships.author_id.nunique() < before
    assert joined.history[-1]["decisions"] == str(tmp_path / "authors.csv")


def test_decided_different_stays_apart() -> None:
    """Two mentions that are said to be two people are not joined by any evidence."""
    corpus = nb.corpus_of([*SAME["co-author"], *crowd()])
    pairs = nb.doubtful_authors(corpus, threshold=0.9999)
    both = pairs.title_left.isin(["A", "B"]) & pairs.title_right.isin(["A", "B"])
    pair = pairs[both & pairs.author_left.str.startswith("Wang")]
    assert len(pair) == 1
    found = nb.disambiguate_authors(corpus, decisions=pair.assign(decision="different"))
    ids = found.sql(
        "SELECT COUNT(DISTINCT a.author_id) FROM authorships a JOIN works w"
        " ON w.work_id = a.work_id WHERE w.title IN ('A', 'B') AND a.position = 1"
    )
    assert ids == [(2,)]


def test_second_call_changes_nothing() -> None:
    """The step is idempotent, before and after normalise, and normalise keeps what it found."""
    corpus = nb.corpus_of([*SAME["co-author"], *APART["nothing shared"], *crowd()])
    once = nb.disambiguate_authors(corpus)
    assert nb.disambiguate_authors(once).authorships.equals(once.authorships)
    columns = ["work_id", "author_id", "author", "author_rule", "author_score"]
    after = nb.normalise(once).authorships[columns]
    assert after.equals(once.authorships[columns])
    before = nb.disambiguate_authors(nb.normalise(corpus)).authorships[columns]
    assert before.equals(once.authorships[columns])


def _by_content(corpus: nb.Corpus) -> list[tuple[object, ...]]:
    return corpus.sql(
        "SELECT w.title, w.file, w.line, a.role, a.position, a.author, a.author_rule,"
        " a.author_score FROM authorships a JOIN works w ON w.work_id = a.work_id ORDER BY ALL"
    )


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_works_does_not_matter(chance: object) -> None:
    """The same works in any order have the same authors, with the same names and scores."""
    works = [
        work(f"{case} {n}", *(p.raw or "" for p in one.people), addresses=[OXFORD] * n)
        for case, pair in (SAME | APART).items()
        for n, one in enumerate(pair)
    ]
    expected = _by_content(nb.disambiguate_authors(nb.corpus_of([*works, *crowd()])))
    chance.shuffle(works)  # type: ignore[attr-defined]
    assert _by_content(nb.disambiguate_authors(nb.corpus_of([*crowd(), *works]))) == expected


def test_order_of_real_files_does_not_matter(shared_data: Path) -> None:
    """Two exports read in either order give the same authors."""
    folder = shared_data / "formats"
    files = [folder / "openalex-json" / "bpy-openalex_20260529_174737.json"]
    files.append(folder / "scopus-csv" / "litstudy-scopus-2020header.csv")
    there, back = (nb.disambiguate_authors(nb.read(*order)) for order in (files, files[::-1]))
    assert _by_content(there) == _by_content(back)


def test_homonyms_are_two_nodes_and_two_rows() -> None:
    """Networks and counts go by the author: homonyms are two, one person is one."""
    works = [
        work("A", "Wang, Z.", "Quintero, Beatriz", addresses=[OXFORD, OXFORD]),
        work("B", "Wang, Z.", "Quintero, B.", addresses=[OXFORD, OXFORD]),
        work("C", "Wang, Z.", "Okafor, Chidi", addresses=[KYOTO, KYOTO]),
        *crowd(),
    ]
    corpus = nb.disambiguate_authors(nb.corpus_of(works))
    nodes = nb.coauthorship_network(corpus).nodes
    labels = [label for label in nodes["label"] if label.startswith(("Wang, Z.", "Quint"))]
    assert sorted(labels) == ["Quintero, Beatriz", "Wang, Z.", "Wang, Z. (2)"]
    counts = {row[0]: row[1] for row in nb.author_production(corpus).rows}
    assert (counts["Wang, Z."], counts["Wang, Z. (2)"], counts["Quintero, Beatriz"]) == (2, 1, 2)


def test_corpora_without_people() -> None:
    """A corpus without authors or works stays as it is."""
    for rows in ([nb.Record(title="A")], [nb.Problem("a.bib", 1, "?", "no entry")]):
        found = nb.disambiguate_authors(nb.corpus_of(rows))
        assert found.n_rows("authorships") == 0
        assert nb.doubtful_authors(found).empty


def test_what_is_not_a_name_is_kept() -> None:
    """Groups of one name are one, family names alone join where they are rare."""
    works = [nb.Record(title=t, people=[nb.Person(literal="World Bank")]) for t in "AB"]
    assert set(people(*works).values()) == {"World Bank"}
    found = people(work("A", "Plato"), work("B", "Plato"), work("C", ""), *crowd())
    assert found["A"] == found["B"] == "Plato"


def test_history_names_the_parameters() -> None:
    """The step stands in the history with what it was told."""
    found = nb.disambiguate_authors(nb.corpus_of(crowd()), threshold=0.7, evidence=["names"])
    assert found.history[-1] == {
        "step": "disambiguate_authors",
        "threshold": 0.7,
        "evidence": ["names"],
        "decisions": 0,
    }


@pytest.mark.parametrize(
    ("file", "scheme", "least"),
    [
        ("bibtex/pybibx-wos.bib", "orcid", 0.99),
        ("wos-plain/python-bibx-bit-pattern-savedrecs.txt", "researcherid", 0.99),
        ("scopus-csv/litstudy-scopus-2020header.csv", "scopus", 0.97),
        ("openalex-json/bpy-openalex_20260529_174737.json", "openalex", 0.97),
    ],
)
def test_hidden_identifiers_are_found_again(
    shared_data: Path, file: str, scheme: str, least: float
) -> None:
    """Without its identifiers a real file gives the people that they name, by B-cubed F."""
    from nqp_biblio.cleaning.author.ids import find_author_ids

    corpus = nb.read(shared_data / "formats" / file)
    truth = {row[:2]: row[3] for row in find_author_ids(corpus) if row[2] == scheme}
    found = nb.disambiguate_authors(corpus, evidence=set(EVIDENCE) - {"ids"})
    rows = found.sql("SELECT work_id, position, author_id FROM authorships WHERE role = 'author'")
    said = {(w, p): a for w, p, a in rows if (w, p) in truth}
    shares = []
    for one, other in ((truth, said), (said, truth)):
        groups: dict[object, set[tuple[int, int]]] = {}
        for mention, key in one.items():
            groups.setdefault(key, set()).add(mention)
        shares.append(
            sum(
                sum(other[m] == other[x] for x in groups[one[m]]) / len(groups[one[m]])
                for m in said
            )
            / len(said)
        )
    assert 2 * shares[0] * shares[1] / sum(shares) > least
