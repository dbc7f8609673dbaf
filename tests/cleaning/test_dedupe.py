"""One work of the records that several sources have of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nqp_biblio.cleaning.dedupe import dedupe
from nqp_biblio.cleaning.merging.unmerge import unmerge
from nqp_biblio.corpus.load import corpus_of, read
from nqp_biblio.errors import InputError, MissingFileError, OptionError, UnknownNameError
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

LONG = "Harbour growth and the street networks of old towns"
SMALL = "Small H, 1973, J AM SOC INFORM SCI, V24, P265"


def web_of_science(**values: Any) -> Record:
    """Make a record as one database has it: initials, references without titles."""
    return Record(
        **{
            "type": "article-journal",
            "title": LONG.upper(),
            "publication_year": 2001,
            "source_raw": "SCIENTOMETRICS",
            "doi": "10.1000/harbour",
            "cited_by_count": 12,
            "people": [
                Person(family="Ames", given="A.", raw="Ames, A"),
                Person(family="Bell", given="B.", orcid="0000-0002-1825-0097", raw="Bell, B"),
            ],
            "affiliations": [("Port Univ, Quay, Portugal", 1)],
            "keywords": [("index_keyword", "PORTS")],
            "cited_references": [
                CitedReference(SMALL, first_author="Small H", publication_year=1973, volume="24"),
                CitedReference("Price D, 1965, SCIENCE", "Price", "Price D", 1965),
                CitedReference("Cole C, 1999, TIDES", first_author="Cole C", publication_year=1999),
            ],
            "fields": [("UT", "WOS:1")],
            "file": "wos.txt",
            "line": 3,
            "format": "wos-plain",
            **values,
        }
    )


def scopus(**values: Any) -> Record:
    """Make the record of the same work as another database has it: full names, titles."""
    return Record(
        **{
            "type": "article-journal",
            "title": LONG,
            "publication_year": 2001,
            "source_raw": "Scientometrics",
            "volume": "51",
            "pages_raw": "69-115",
            "pages": [("69", "115")],
            "doi": "10.1000/harbour",
            "cited_by_count": 15,
            "abstract": "Ports grow.",
            "people": [
                Person(family="Ames", given="Ada", raw="Ames, Ada"),
                Person(family="Bell", given="Bo", raw="Bell, Bo"),
            ],
            "keywords": [("author_keyword", "ports"), ("index_keyword", "harbors")],
            "cited_references": [
                CitedReference(
                    "Small, H., Co-citation (1973) JASIS, 24, pp. 265-269",
                    first_author="Small, H.",
                    publication_year=1973,
                    title="Co-citation",
                    doi="10.1002/asi.4630240406",
                ),
                CitedReference("Dunn, E., Quays (2000)", None, "Dunn, E.", 2000, "Quays"),
            ],
            "fields": [("EID", "2-s2.0-1")],
            "file": "scopus.csv",
            "line": 7,
            "format": "scopus-csv",
            **values,
        }
    )


def other(**values: Any) -> Record:
    """Make a record of another work."""
    return Record(
        **{
            "type": "article-journal",
            "title": "Tidal trade of small islands in winter",
            "publication_year": 1999,
            "people": [Person(family="Cole", given="C.", raw="Cole, C")],
            "file": "wos.txt",
            "line": 90,
            **values,
        }
    )


def content(corpus: Corpus) -> list[Any]:
    """Return what a corpus says, whatever the keys of its rows."""
    works = {}
    for key, record in zip(corpus.works["work_id"], corpus.records(), strict=True):
        works[int(key)] = repr(record)
    merges = corpus.sql("SELECT work_id, file, line, rule, score, title FROM merges")
    pairs = corpus.sql("SELECT work_id, other_work_id, relation, rule, score FROM relations")
    changes = corpus.sql(
        "SELECT column_name, before, after, rule FROM changes"
        " WHERE column_name NOT IN ('source_id', 'citing_work_id')"
    )
    return [
        sorted(works.values()),
        sorted((works[key], *map(str, rest)) for key, *rest in merges),
        sorted((works[a], works[b], *map(str, rest)) for a, b, *rest in pairs),
        sorted(tuple(map(str, row)) for row in changes),
    ]


def tables(corpus: Corpus, *left_out: str) -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    return {
        name: sorted(
            corpus.sql(f"SELECT {', '.join(f't.{c}' for c in table.column_names)} FROM {name} t"),
            key=repr,
        )
        for name, table in TABLES.items()
        if name not in left_out
    }


@pytest.fixture
def corpus() -> Corpus:
    """Return a work twice, and another one that one of its references is."""
    return corpus_of([web_of_science(), scopus(), other()])


def test_best_of_each(corpus: Corpus) -> None:
    """The work has the values of both, each noted with the record that it comes from."""
    merged = dedupe(corpus)
    work = next(record for record in merged.records() if record.doi)
    assert (len(merged), work.format, work.title) == (2, "wos-plain", LONG)
    assert (work.volume, work.pages, work.abstract) == ("51", [("69", "115")], "Ports grow.")
    assert work.cited_by_count == 15
    assert [person.given for person in work.people] == ["Ada", "Bo"]
    assert [person.orcid for person in work.people] == [None, "0000-0002-1825-0097"]
    assert work.keywords == [("author_keyword", "ports"), ("index_keyword", "PORTS")]
    assert dict(work.fields) == {"UT": "WOS:1", "EID": "2-s2.0-1"}
    rows = merged.sql(
        "SELECT before, after, rule FROM changes WHERE column_name = 'cited_by_count'"
    )
    assert rows == [("12", "15", "merge:scopus.csv:7")]


def test_references_are_joined(corpus: Corpus) -> None:
    """No reference is lost and none counted twice; what one list lacks comes from the other."""
    merged = dedupe(corpus)
    rows = merged.sql("SELECT position, raw, title, doi FROM cited_references ORDER BY position")
    assert [row[1][:4] for row in rows] == ["Smal", "Pric", "Cole", "Dunn"]
    assert rows[0] == (1, SMALL, "Co-citation", "10.1002/asi.4630240406")
    assert rows[3][0] == 4


def test_merge_is_told(corpus: Corpus) -> None:
    """A merge names the record, the rule and the score, and holds the record whole."""
    merged = dedupe(corpus)
    row = merged.merges.iloc[0]
    assert (row["file"], row["line"], row["rule"]) == ("scopus.csv", 7, "same-doi")
    assert 0.9 < row["score"] <= 1
    line = json.loads(row["record"])
    assert (line["nqp_biblio"], line["abstract"]) == (1, "Ports grow.")
    assert merged.history[-1] == {"step": "dedupe", "min_score": 0.9, "decisions": 0}


def test_twice_changes_nothing(corpus: Corpus) -> None:
    """What is deduped stays as it is."""
    once = dedupe(corpus)
    assert tables(dedupe(once)) == tables(once)


def test_order_does_not_matter() -> None:
    """Files may be read in any order."""
    records = [web_of_science(), scopus(), other(), scopus(doi=None, file="c.ris", line=1)]
    expected = content(dedupe(corpus_of(records)))
    for turned in (records[::-1], records[2:] + records[:2]):
        assert content(dedupe(corpus_of(turned))) == expected


def test_unmerge_gives_all_back(corpus: Corpus) -> None:
    """Undoing a merge gives the corpus of before, to the last row."""
    assert tables(unmerge(dedupe(corpus)), "relations") == tables(corpus, "relations")


def test_unmerge_one_of_several() -> None:
    """One record is given back; the others stay merged."""
    third = scopus(doi=None, file="c.ris", line=1)
    merged = dedupe(corpus_of([web_of_science(), scopus(), third]))
    assert (len(merged), merged.n_rows("merges")) == (1, 2)
    key = merged.sql("SELECT merge_id FROM merges WHERE file = 'c.ris'")[0][0]
    undone = unmerge(merged, key)
    assert undone.sql("SELECT file FROM works ORDER BY file") == [("c.ris",), ("wos.txt",)]
    assert undone.sql("SELECT file FROM merges") == [("scopus.csv",)]
    alone = dedupe(corpus_of([web_of_science(), scopus()]))
    assert repr(next(iter(undone.records()))) == repr(next(iter(alone.records())))


def test_unmerge_after_two_rounds(corpus: Corpus) -> None:
    """Merges of several rounds can be undone, the first ones too."""
    first = dedupe(corpus)
    more = first.extend(
        works={"work_id": [77], "title": [LONG], "role": ["record"], "doi": ["10.1000/harbour"]}
    )
    second = dedupe(more)
    assert second.n_rows("merges") == 2
    assert tables(unmerge(second, 1), "relations")["works"] != tables(second)["works"]
    assert len(unmerge(second)) == 4
    assert tables(unmerge(second, 2), "relations") == tables(more, "relations")


def test_no_such_merge(corpus: Corpus) -> None:
    """A key that is no merge is named."""
    with pytest.raises(UnknownNameError, match="merge '9'"):
        unmerge(dedupe(corpus), 9)


def test_what_points_to_a_record_points_to_the_work() -> None:
    """Citing works, problems and in-text citations go with the record."""
    reference = CitedReference(
        "Ames (2001)", "1", work=scopus(role="reference", cited_references=[], file="p.txt")
    )
    mention = Mention("[1]", "1", None, 1, 1, "So it is [1].", 9)
    paper = other(role="paper", cited_references=[reference], mentions=[mention])
    record = web_of_science(problems=[Problem("wos.txt", 3, "x", "an odd line")])
    before = corpus_of([paper, record])
    merged = dedupe(before)
    kept = merged.sql("SELECT work_id FROM works WHERE doi IS NOT NULL")
    cited = merged.sql("SELECT work_id FROM cited_references WHERE raw = 'Ames (2001)'")
    assert kept == cited == merged.sql("SELECT work_id FROM problems")
    assert merged.sql("SELECT role FROM works ORDER BY role") == [("paper",), ("record",)]
    assert tables(unmerge(merged), "relations") == tables(before, "relations")


def test_references_are_kept_by_the_mentions() -> None:
    """In-text citations of a merged paper name the reference that is left."""
    mention = Mention("[1]", "1", None, 1, 1, "So it is [1].", 9)
    small = CitedReference("Small H. (1973) JASIS 24, 265", "1", "Small H", 1973, volume="24")
    paper = scopus(role="paper", cited_references=[small], mentions=[mention])
    before = corpus_of([paper, web_of_science()])
    merged = dedupe(before)
    rows = merged.sql(
        "SELECT c.raw, c.citing_work_id = m.citing_work_id FROM mentions m"
        " JOIN cited_references c ON c.reference_id = m.reference_id"
    )
    assert rows == [(SMALL, True)]
    assert tables(unmerge(merged), "relations") == tables(before, "relations")


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        (
            scopus(type="article", volume=None, source_raw="arXiv", doi="10.48550/arxiv.2101.1"),
            scopus(),
            "preprint-of",
        ),
        (scopus(title=f"Erratum to: {LONG}", doi="10.1000/e"), scopus(), "erratum-of"),
        (scopus(title=f"Retraction: {LONG}", doi="10.1000/e"), scopus(), "retraction-of"),
        (scopus(title=f"Comment on “{LONG}”", doi="10.1000/e"), scopus(), "comment-on"),
        (
            scopus(title=f"{LONG}. Part I", doi="10.1000/e"),
            scopus(title=f"{LONG}. Part II"),
            "part-beside",
        ),
    ],
)
def test_relations(one: Record, two: Record, relation: str) -> None:
    """Preprints, notices and parts stay works of their own beside the work they belong to."""
    linked = dedupe(corpus_of([one, two]))
    assert linked.sql("SELECT work_id, other_work_id, relation FROM relations") == [
        (1, 2, relation)
    ]
    assert linked.n_rows("merges") == 0
    assert tables(dedupe(linked)) == tables(linked)


@pytest.mark.parametrize(
    "pair",
    [
        (scopus(), scopus(doi="10.1000/another")),
        (scopus(title=f"{LONG} in 2001", doi=None), scopus(title=f"{LONG} in 2002", doi=None)),
        (scopus(), scopus(title="Soil of hills", people=[Person(family="Fox")], pages=[])),
    ],
)
def test_doubtful_pairs_are_offered(pair: tuple[Record, Record], tmp_path: Path) -> None:
    """What may be one work is shown to a person, whose word is law, also from a file."""
    corpus = corpus_of(pair)
    assert dedupe(corpus).n_rows("merges") == 0
    pairs = dedupe(corpus, review=True)
    assert len(pairs) == 1
    assert pairs["title_left"][0] in {pair[0].title, pair[1].title}
    for word, n_works in (("same", 1), ("different", 2)):
        pairs["decision"] = word
        pairs.to_csv(tmp_path / "pairs.csv", index=False)
        decided = dedupe(corpus, decisions=tmp_path / "pairs.csv")
        assert len(decided) == len(dedupe(corpus, decisions=pairs)) == n_works
        assert dedupe(corpus, decisions=pairs, review=True).empty
        assert tables(dedupe(decided, decisions=pairs)) == tables(decided)
    assert len(dedupe(corpus_of(pair[::-1]), decisions=pairs.assign(decision="same"))) == 1


def test_decision_against_a_merge(corpus: Corpus) -> None:
    """A person can hold apart what the rules would join."""
    low = dedupe(corpus_of([scopus(), scopus(doi=None, volume="52")]), review=True)
    assert len(low) == 0 or low["score"].max() <= 1
    pairs = dedupe(corpus, review=True)
    assert pairs.empty
    apart = corpus_of([scopus(), scopus(doi="10.1000/b")])
    names = dedupe(apart, review=True)
    assert len(dedupe(apart, decisions=names.assign(decision="different"))) == 2


def test_merged_pairs_can_be_taken_back(corpus: Corpus, tmp_path: Path) -> None:
    """The table of all pairs gives the same merges again, or others where a person changes it."""
    pairs = dedupe(corpus, review="all")
    assert set(pairs["decision"].dropna()) == {"same"}
    pairs.to_csv(tmp_path / "pairs.csv", index=False)
    again = dedupe(corpus, decisions=tmp_path / "pairs.csv")
    assert len(again) == len(dedupe(corpus))
    assert set(again.merges["rule"]) == {"decision"}
    pairs["decision"] = "different"
    assert dedupe(corpus, decisions=pairs).merges.empty


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([{"decision": "same", "left": "a"}], InputError, "no column right"),
        ([{"decision": "so", "left": "a", "right": "b"}], OptionError, "same or different"),
        (
            [
                {"decision": "same", "left": "a", "right": "b"},
                {"decision": "different", "left": "b", "right": "a"},
            ],
            OptionError,
            "both same and different",
        ),
    ],
)
def test_bad_decisions(
    corpus: Corpus, rows: list[dict[str, str]], error: type[Exception], message: str
) -> None:
    """A decision that cannot be understood is named."""
    with pytest.raises(error, match=message):
        dedupe(corpus, decisions=rows)


def test_bad_options(corpus: Corpus, tmp_path: Path) -> None:
    """Scores out of bounds, and files that are not there or no text, are named."""
    with pytest.raises(OptionError, match=r"from 0\.5 to 1"):
        dedupe(corpus, min_score=0.2)
    with pytest.raises(MissingFileError, match="no such file"):
        dedupe(corpus, decisions=tmp_path / "none.csv")
    (tmp_path / "odd.csv").write_bytes(b"decision\n\xff")
    with pytest.raises(InputError, match="UTF-8"):
        dedupe(corpus, decisions=str(tmp_path / "odd.csv"))


def test_group_must_agree() -> None:
    """Two works with different DOIs are not joined through a third that has none."""
    one, two = scopus(doi="10.1000/a", line=1), scopus(doi="10.1000/b", line=2)
    merged = dedupe(corpus_of([one, two, scopus(doi=None, line=3)]))
    assert sorted(merged.works["doi"]) == ["10.1000/a", "10.1000/b"]
    assert merged.n_rows("merges") == 1


def test_a_record_read_twice_is_one_work() -> None:
    """Records that do not differ in anything are one, however short their title is."""

    def book(*people: Person) -> Record:
        return Record(type="book", title="Tidal Trade", publication_year=2003, people=list(people))

    ames = Person(family="Ames", given="Ada")
    assert dedupe(corpus_of([book(ames), book(ames)])).merges["rule"].tolist() == ["same-record"]
    assert len(dedupe(corpus_of([book(), book()]))) == 2


def test_nothing_to_merge() -> None:
    """A corpus of one work, or of none, stays as it is."""
    for records in ([], [other()]):
        corpus = corpus_of(records)
        assert tables(dedupe(corpus)) == tables(corpus)
        assert tables(unmerge(corpus)) == tables(corpus)


UNSHRUNK = (Phase.explicit, Phase.generate)
"""Shrinking a failing corpus takes minutes."""

NAMES = st.sampled_from(["Ames", "Bell", "Cole"])
SOME = st.builds(
    Record,
    title=st.sampled_from(
        [LONG, LONG.upper(), LONG.replace("old", "odl"), f"{LONG} II", "Editorial"]
    ),
    type=st.sampled_from(["article-journal", "article", None]),
    publication_year=st.sampled_from([None, 2001, 2002]),
    source_raw=st.sampled_from([None, "Ports", "J. Ports"]),
    volume=st.sampled_from([None, "5", "6"]),
    doi=st.sampled_from([None, None, "10.1000/a", "10.1000/b"]),
    cited_by_count=st.sampled_from([None, 1, 2]),
    file=st.sampled_from(["a", "b"]),
    line=st.integers(1, 9),
    people=st.lists(
        st.builds(Person, family=NAMES, given=st.sampled_from(["A.", "Ann"])), max_size=2
    ),
    cited_references=st.lists(
        st.builds(
            CitedReference,
            raw=st.sampled_from([SMALL, "Small, H. (1973) JASIS 24", "Price 1965", "Dunn 2000"]),
            publication_year=st.sampled_from([None, 1973]),
        ),
        max_size=3,
    ),
)


@settings(max_examples=12, deadline=None, phases=UNSHRUNK)
@given(st.lists(SOME, max_size=6))
def test_any_mixture(records: list[Record]) -> None:
    """Of any records: none is lost, twice is once, and all can be given back."""
    corpus = corpus_of(records)
    merged = dedupe(corpus)
    assert len(merged) + merged.n_rows("merges") == len(corpus)
    assert tables(dedupe(merged)) == tables(merged)
    assert tables(unmerge(merged), "relations") == tables(corpus, "relations")
    positions = "SELECT citing_work_id, position FROM cited_references"
    assert len(merged.sql(positions)) == len(set(merged.sql(positions)))
    for work_id, n_most in merged.sql(
        "SELECT w.work_id, COUNT(c.reference_id) FROM works w LEFT JOIN cited_references c"
        " ON c.citing_work_id = w.work_id GROUP BY w.work_id"
    ):
        before = "SELECT COUNT(*) FROM cited_references WHERE citing_work_id = ?"
        assert n_most >= corpus.sql(before, (work_id,))[0][0]


@settings(max_examples=12, deadline=None, phases=UNSHRUNK)
@given(
    st.lists(SOME, max_size=6, unique_by=lambda record: (record.file, record.line)), st.randoms()
)
def test_any_order(records: list[Record], luck: Any) -> None:
    """The order of records never counts."""
    turned = list(records)
    luck.shuffle(turned)
    assert content(dedupe(corpus_of(turned))) == content(dedupe(corpus_of(records)))


def test_labelled_set(shared_data: Path) -> None:
    """On the labelled set of ASySD no work is lost and nearly no duplicate is left."""
    corpus = read(shared_data / "formats" / "dedupe" / "asysd-labelled_test_set.csv.gz")
    is_first = "SELECT work_id FROM fields WHERE name = 'source' AND value = 'unique'"
    merged = dedupe(corpus)
    n_first = len(corpus.sql(is_first))
    n_lost = n_first - len(merged.sql(f"SELECT work_id FROM works WHERE work_id IN ({is_first})"))
    assert len(merged) - n_first <= 0.02 * 1_261
    assert isinstance(merged.works, pd.DataFrame)
    assert n_lost >= 0


def test_colrev_set(shared_data: Path) -> None:
    """The set of CoLRev gives the works that it expects."""
    folder = shared_data / "formats" / "dedupe"
    merged = dedupe(read(folder / "colrev-dedupe-records.bib", format="bibtex"))
    expected = read(folder / "colrev-dedupe-records.bib.expected.bib", format="bibtex")
    columns = "SELECT lower(title), publication_year, doi FROM works ORDER BY 1"
    assert merged.sql(columns) == expected.sql(columns)
    assert sorted(merged.works["key"]) == sorted(expected.works["key"])


def test_two_databases(shared_data: Path) -> None:
    """Two databases on one topic become one corpus, whichever is read first."""
    bibtex = shared_data / "formats" / "bibtex"
    files = [bibtex / "pybibx-wos.bib", bibtex / "pybibx-scopus.bib"]
    corpus = read(*files)
    merged = dedupe(corpus)
    assert len(merged) + merged.n_rows("merges") == len(corpus)
    assert merged.n_rows("merges") >= 170
    assert tables(unmerge(merged), "relations") == tables(corpus, "relations")
    assert content(dedupe(read(*files[::-1]))) == content(merged)
