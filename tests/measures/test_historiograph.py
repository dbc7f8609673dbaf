"""The historiograph."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.citations import citation_links
from nqp_biblio.measures.historiograph import historiograph
from nqp_biblio.measures.printed_links import printed_links

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CITES = {1: [0], 2: [0, 1], 3: [0, 2], 4: [2], 5: [3]}
YEARS = [1990, 1991, 1991, 2000, 2001, None]
KNOWN = [10, None, 3, 50, 0, 7]


def records() -> Iterator[nb.Record]:
    """Yield six works of which most cite others."""
    for number, (year, known) in enumerate(zip(YEARS, KNOWN, strict=True)):
        cited = [f"10.1000/w{other}" for other in CITES.get(number, [])]
        yield nb.Record(
            title=f"Work on subject {number}",
            doi=f"10.1000/w{number}",
            publication_year=year,
            cited_by_count=known,
            cited_references=[nb.CitedReference(raw=doi, doi=doi) for doi in cited],
        )


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Make the six works."""
    return nb.link_references(nb.corpus_of(records()))


def test_the_works_cited_most(corpus: nb.Corpus) -> None:
    """The works with the most local citations, their counts in the whole corpus, and years."""
    net = historiograph(corpus, n=2)
    assert net.ids.tolist() == [1, 3]
    assert net.node_columns["local_citations"].tolist() == [3, 2]
    assert net.node_columns["local_references"].tolist() == [0, 2]
    assert net.node_columns["cited_by_count"].tolist() == [10, 3]
    assert net.node_columns["y"].tolist() == [0, -1]
    assert net.edges[["source", "target"]].to_numpy().tolist() == [[3, 1]]
    assert len(net.evidence(3, 1)) == 1
    told = net.manifest["historiograph"]
    assert (told["works_cited_locally"], told["local_citations"], told["as_of"]) == (4, 7, 2001)


def test_ties_at_the_end_are_shown(corpus: nb.Corpus) -> None:
    """Works cited as often as the last one are shown too, those not cited never."""
    assert historiograph(corpus, n=3).ids.tolist() == [1, 2, 3, 4]
    assert historiograph(corpus, n=100).ids.tolist() == [1, 2, 3, 4]


def test_by_global_citations(corpus: nb.Corpus) -> None:
    """The database's counts can choose; a count that is not known is nan, not 0."""
    net = historiograph(corpus, n=3, by="global", axis="x")
    assert net.ids.tolist() == [1, 4, 6]
    assert net.node_columns["x"].tolist() == [0, 10, -1]
    every = historiograph(corpus, n=4).node_columns["cited_by_count"]
    assert np.isnan(every).tolist() == [False, True, False, False]


def test_until_a_year(corpus: nb.Corpus) -> None:
    """Works published later neither stand in it nor count as citing."""
    net = historiograph(corpus, n=10, as_of=1991)
    assert net.ids.tolist() == [1, 2]
    assert net.node_columns["local_citations"].tolist() == [2, 1]


def test_counts_one_by_one(corpus: nb.Corpus) -> None:
    """The counts are those of the lists, counted one by one."""
    net = historiograph(corpus, n=10)
    counted = {n + 1: sum(n in cited for cited in CITES.values()) for n in range(6)}
    expected = {work: n for work, n in counted.items() if n}
    assert (
        dict(zip(net.ids.tolist(), net.node_columns["local_citations"].tolist(), strict=True))
        == expected
    )


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"n": 0}, OptionError, "n is 0"),
        ({"by": "both"}, UnknownNameError, "citations 'both'"),
        ({"like": "histcite"}, UnknownNameError, "like 'histcite'"),
        ({"axis": "z"}, UnknownNameError, "axis 'z'"),
        ({"as_of": 1990}, OptionError, r"link_references\(corpus\)"),
    ],
)
def test_bad_options(
    corpus: nb.Corpus, options: dict[str, Any], error: type[Exception], match: str
) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        historiograph(corpus, **options)


@pytest.mark.parametrize("by", ["local", "global"])
@pytest.mark.parametrize("n_works", [0, 1, 2])
def test_no_citations(n_works: int, by: Any) -> None:
    """Without citations there is nothing to draw, which is said."""
    corpus = nb.corpus_of(nb.Record(title=f"Work {n}") for n in range(n_works))
    with pytest.raises(OptionError, match="no work of this corpus"):
        historiograph(corpus, by=by)


@pytest.fixture(scope="module")
def labelled(shared_data: Path, management_corpus: nb.Corpus) -> nb.Corpus:
    """Give ``management`` the years of the labels that bibliometrix made of its works.

    58 works have another year in PY now: they were in early access, and the year was changed
    after the labels were made.
    """
    rdata = pytest.importorskip("rdata")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = rdata.read_rda(shared_data / "truths" / "management.rda")["management"]
    years = {key: label.split(", ")[1] for key, label in zip(frame.UT, frame.SR_FULL, strict=True)}

    def relabelled() -> Iterator[nb.Record]:
        for record in management_corpus.records():
            year = years[str(record.key)]
            record.publication_year = int(year) if year.isdigit() else None
            yield record

    return nb.corpus_of(relabelled())


FIRST = {
    "RAMOS-RODRIGUEZ": 108,
    "ZUPIC": 71,
    "NERUR": 67,
    "DAIM": 51,
    "MERIGO": 36,
}


def test_bibliometrix_management(labelled: nb.Corpus) -> None:
    """422 works of ``management`` are cited 2,092 times, as bibliometrix prints."""
    net = historiograph(labelled, n=5, like="bibliometrix")
    told = net.manifest["historiograph"]
    assert (told["works_cited_locally"], told["local_citations"]) == (422, 2_092)
    columns = (net.labels, net.node_columns["local_citations"].tolist())
    found = {label.split(" ")[0]: n for label, n in zip(*columns, strict=True)}
    assert found == FIRST
    pairs = net.edges[["source_label", "target_label"]].to_numpy().tolist()
    assert sorted(tuple(name.split(" ")[0] for name in pair) for pair in pairs) == [
        ("NERUR", "RAMOS-RODRIGUEZ"),
        ("ZUPIC", "NERUR"),
        ("ZUPIC", "RAMOS-RODRIGUEZ"),
    ]


def test_our_own_links_of_management(management_clean: nb.Corpus, labelled: nb.Corpus) -> None:
    """``link_references`` finds all of these citations, a work's own one apart, and 50 more."""
    net = historiograph(management_clean, n=5)
    told = net.manifest["historiograph"]
    assert (told["works_cited_locally"], told["local_citations"]) == (433, 2_141)
    assert max(net.node_columns["local_citations"].tolist()) == FIRST["RAMOS-RODRIGUEZ"] + 1
    links = citation_links(management_clean)
    ours = set(zip(links.citing.tolist(), links.cited.tolist(), strict=True))
    _, citing, cited = printed_links(labelled)
    printed = set(zip(citing.tolist(), cited.tolist(), strict=True))
    assert [a == b for a, b in printed - ours] == [True]
    assert len(ours - printed) == 50
