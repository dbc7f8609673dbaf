"""Cleaning of keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.cleaning.term_keys import JOINS
from nqp_biblio.cleaning.terms import clean_terms
from nqp_biblio.errors import MissingFileError, UnknownNameError
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def _corpus(*works: list[str], abstracts: tuple[str, ...] = ()) -> nb.Corpus:
    """Make works with author keywords."""
    texts = [*abstracts, *[None] * (len(works) - len(abstracts))]
    return nb.corpus_of(
        Record(
            title=f"Work {number}",
            abstract=text,
            keywords=[("author_keyword", word) for word in words],
        )
        for number, (words, text) in enumerate(zip(works, texts, strict=True))
    )


def _terms(corpus: nb.Corpus) -> list[str | None]:
    return [row[0] for row in corpus.sql("SELECT term FROM terms ORDER BY work_id, position")]


def _changes(corpus: nb.Corpus) -> list[tuple[str, str | None, str]]:
    return corpus.sql("SELECT before, after, rule FROM changes ORDER BY change_id")


def test_variants_take_the_most_frequent_form() -> None:
    """Variants are joined under the form that most works print, each change with its rule."""
    corpus = _corpus(["neural network"], ["Neural Networks"], ["neural network"], ["tree"])
    clean = clean_terms(corpus)
    assert _terms(clean) == ["neural network"] * 3 + ["tree"]
    assert _changes(clean) == [("Neural Networks", "neural network", "case+plural")]
    assert clean.terms["term_raw"].tolist() == corpus.terms["term_raw"].tolist()
    row = clean.changes.iloc[0]
    assert (row["table_name"], row["row_id"], row["position"], row["role"]) == (
        "terms",
        2,
        1,
        "author_keyword",
    )


def test_ties_and_capitals() -> None:
    """Of forms as frequent the first by letter is shown, one in capitals last."""
    assert set(_terms(clean_terms(_corpus(["Heat flow"], ["heat flow"])))) == {"Heat flow"}
    shouted = _corpus(["HEAT FLOW"], ["HEAT-FLOW"], ["heat flow"])
    assert set(_terms(clean_terms(shouted))) == {"heat flow"}
    starred = _corpus(["*Heat"], ["*Heat"], ["Heat"])
    assert set(_terms(clean_terms(starred))) == {"Heat"}


def test_acronym_that_the_corpus_defines() -> None:
    """An acronym takes the long form that an abstract gives it, where that is a keyword too."""
    corpus = _corpus(
        ["DEA"],
        ["data envelopment analysis"],
        ["Data envelopment analysis (DEA)"],
        abstracts=("We use data envelopment analysis (DEA) here.",),
    )
    clean = clean_terms(corpus)
    assert set(_terms(clean)) == {"data envelopment analysis"}
    assert [rule for *_, rule in _changes(clean)] == ["acronym"] * 2


@pytest.mark.parametrize(
    "abstracts",
    [
        (),
        ("data envelopment analysis (DEA)", "a dense exact algorithm (DEA)"),
    ],
)
def test_acronym_that_it_does_not_define(abstracts: tuple[str, ...]) -> None:
    """An acronym without a definition, or with two, stays."""
    corpus = _corpus(["DEA"], ["data envelopment analysis"], abstracts=abstracts)
    assert _terms(clean_terms(corpus)) == ["DEA", "data envelopment analysis"]


def test_two_letters_need_a_keyword() -> None:
    """An acronym of two letters is joined only where a keyword defines it."""
    abstracts = ("a finite element (FE) model",)
    assert _terms(clean_terms(_corpus(["FE"], ["finite element"], abstracts=abstracts)))[0] == "FE"
    corpus = _corpus(["FE"], ["finite element (FE)"], ["finite element"])
    assert set(_terms(clean_terms(corpus))) == {"finite element"}


def test_lists_of_the_user(tmp_path: Path) -> None:
    """Synonyms, thesaurus and stop words are applied to all variants, and said."""
    stop = tmp_path / "stop.txt"
    stop.write_text("article\n", encoding="utf-8")
    corpus = _corpus(["Rock music", "Articles"], ["ANN", "tree"])
    clean = clean_terms(
        corpus,
        synonyms={"rock music": "music"},
        thesaurus={"ann": "neural network"},
        stop_words=stop,
    )
    assert _terms(clean) == ["music", None, "neural network", "tree"]
    assert [rule for *_, rule in _changes(clean)] == ["synonym", "stop-word", "thesaurus"]
    step = clean.history[-1]
    assert step["synonyms"] == {"rock music": "music"}
    assert step["stop_words"] == str(stop)
    assert step["join"] == list(JOINS)


def test_taken_out_is_in_no_network() -> None:
    """A term that a stop list takes out is no node, by any rule, and in no count."""
    corpus = _corpus(["a1", "b1", "article"], ["a1", "b1", "article"])
    clean = clean_terms(corpus, stop_words=["article"])
    for identity in ("case-folded", "printed"):
        net = nb.cooccurrence_network(clean, identity=identity)
        assert net.labels == ("a1", "b1")
    counted = nb.topic_frequencies(clean, kind="author_keyword")
    assert counted.column("term") == ["a1", "b1"]


def test_again_changes_nothing() -> None:
    """A second call with the same options changes nothing; another goes on from the first."""
    corpus = _corpus(["ANN", "neural-network"], ["Neural Network", "article"])
    options = {"synonyms": {"ann": "neural network"}}
    once = clean_terms(corpus, stop_words=["article"], **options)  # type: ignore[arg-type]
    twice = clean_terms(once, stop_words=["article"], **options)  # type: ignore[arg-type]
    assert _terms(twice) == _terms(once)
    assert len(twice.changes) == len(once.changes)
    more = clean_terms(once, thesaurus={"neural network": "network"})
    assert _terms(more) == ["network"] * 3 + [None]


def test_kinds_and_joins_are_chosen() -> None:
    """Only the kinds named are cleaned, by the rules named; other names are refused."""
    corpus = _corpus(["Trees", "tree"], ["tree"])
    assert _terms(clean_terms(corpus, kinds=("topic",))) == ["Trees", "tree", "tree"]
    assert _terms(clean_terms(corpus, join=("case",))) == ["Trees", "tree", "tree"]
    assert _terms(clean_terms(corpus, join=())) == ["Trees", "tree", "tree"]
    with pytest.raises(UnknownNameError, match="Did you mean 'topic'"):
        clean_terms(corpus, kinds=("topics",))
    with pytest.raises(UnknownNameError, match="Did you mean 'plural'"):
        clean_terms(corpus, join=("plurals",))
    with pytest.raises(MissingFileError, match="no such file"):
        clean_terms(corpus, thesaurus="nowhere.txt")


def test_topics_are_joined_too() -> None:
    """Topics take what the user's lists say, as keywords do."""
    corpus = nb.find_topics(_corpus(["green finance"], ["carbon tax"]))
    clean = clean_terms(corpus, kinds=("topic",), synonyms={"carbon taxes": "green finance"})
    rows = clean.sql("SELECT DISTINCT term FROM terms WHERE kind = 'topic' AND term LIKE '%n%'")
    assert rows == [("green finance",)]


def test_order_of_works_does_not_matter() -> None:
    """The same works in another order give the same terms."""
    works = [["Trees", "ANN"], ["tree"], ["neural networks (ANN)"], ["Neural network"], ["tree-s"]]
    one = set(clean_terms(_corpus(*works)).sql("SELECT term_raw, term FROM terms"))
    back = clean_terms(_corpus(*works[::-1]))
    assert set(back.sql("SELECT term_raw, term FROM terms")) == one


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "Tree",
                    "trees",
                    "tree",
                    "DEA",
                    "R&D",
                    "r & d",
                    "C++",
                    "*Tree",
                    "co-word",
                    "Coword",
                    "  ",
                ]
            ),
            max_size=4,
        ),
        max_size=4,
    )
)
def test_rows_stay(works: list[list[str]]) -> None:
    """Whatever the keywords are, no row is lost and a second call changes nothing."""
    corpus = _corpus(*works)
    clean = clean_terms(corpus)
    assert clean.n_rows("terms") == corpus.n_rows("terms")
    assert len(clean_terms(clean).changes) == len(clean.changes)


def test_real_keywords(shared_data: Path) -> None:
    """Cleaning is asked for: a network without it has the numbers counted from the lines."""
    corpus = nb.read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    assert nb.cooccurrence_network(corpus).n_nodes == 644
    clean = clean_terms(corpus)
    assert nb.cooccurrence_network(clean).n_nodes < 644
    assert clean.n_rows("terms") == corpus.n_rows("terms")
    assert len(clean_terms(clean).changes) == len(clean.changes)
