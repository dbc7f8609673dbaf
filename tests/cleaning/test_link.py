"""Which cited references are one work, and which work of the corpus."""

from __future__ import annotations

import csv
import itertools
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.cleaning.cited.rules import RULES
from nqp_biblio.errors import InputError, OptionError, UnknownNameError
from nqp_biblio.readers.cited_line import parse_cited_line
from nqp_biblio.record import CitedReference, Person, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.corpus.corpus import Corpus

DATA = Path(__file__).resolve().parents[1] / "data"
JUDGED = DATA / "links" / "judged.csv"

ROE = "ROE A, 2001, J HEAT FLOW, V12, P345, DOI 10.1000/heat.12.345"
SAME = [
    "Roe A, 2001, J HEAT FLOW, V12, P345",
    "Roe AB, 2001, JOURNAL OF HEAT FLOW, V012, P345",
    "Roe Ann, 2001, Journal of Heat Flow, V12, P345",
    "ROE A, 2000, J HEAT FLOW, V12, P345",
    "ROE A, J HEAT FLOW, V12, P345",
    "Roe A., 2001, J HEAT FLOW, V12",
    "Roe A., 2001, J HEAT FLOW, P345",
    "Roe A., 2001, J HEAT FL",
    "Roe A., 2002, J HEAT FLOW",
    "Roe A., 2001, J HEAT FLOW, P12",
    "Roe, A., On flows of heat in very small tubes (2001) J. Heat Flow, 12 (3), pp. 345-360",
    "Doe B, 2001, ANN RISK, V9, P1, DOI 10.1000/HEAT.12.345",
]
OTHER = [
    "Roe A, 2001, J HEAT FLOW, V12, P901",
    "Roe A, 2001, J HEAT FLOW, V13, P12",
    "Roe A, 2001, J HEAT FLOW, V12, P345, DOI 10.1000/cold.77.901",
    "Poe C, 2001, J HEAT FLOW, V12, P345",
    "Roe A, 2001, ANN RISK, V9",
    "Roe C., 2001, J HEAT FLOW",
    "Roe A, 2004, J HEAT FLOW",
    "Roe A, 2001, THESIS U EXAMPLE",
    "Roe A, 2001, U.S. Patent, Patent No. [7,670,696, 7670696]",
]
OPEN = {f"Roe A., {end}" for end in ("2001, J HEAT FLOW, V12", "2001, J HEAT FL")}
OPEN |= {f"Roe A., {end}" for end in ("2002, J HEAT FLOW", "2001, J HEAT FLOW, P12")}
"""Strings that may be of two of the works, once both are cited."""


def cited(*lists: Sequence[str], works: Sequence[Record] = ()) -> Corpus:
    """Make a corpus of works that cite what is printed."""
    citing = [
        Record(
            title=f"Citing work {n}",
            publication_year=2020,
            cited_references=[parse_cited_line(line) for line in lines],
        )
        for n, lines in enumerate(lists, 1)
    ]
    return nb.corpus_of([*citing, *works])


def groups(corpus: Corpus) -> list[set[str]]:
    """Return the strings of each cited work."""
    found: dict[int, set[str]] = {}
    for key, raw in corpus.sql("SELECT cited_work_id, raw FROM cited_references"):
        found.setdefault(key, set()).add(raw)
    return sorted(found.values(), key=sorted)


def content(corpus: Corpus) -> list[tuple[Any, ...]]:
    """Return what was linked, without the numbers that depend on the order of files."""
    rows = corpus.sql(
        "SELECT c.file, c.line, c.title, r.position, r.raw, r.cited_work_id, w.file, w.line,"
        " w.title, r.link_rule, r.link_score FROM cited_references r"
        " LEFT JOIN works c ON c.work_id = r.citing_work_id"
        " LEFT JOIN works w ON w.work_id = r.work_id ORDER BY 1, 2, 3, 4, 5"
    )
    first: dict[int, int] = {}
    return [(*row[:5], first.setdefault(row[5], len(first)), *row[6:]) for row in rows]


HEAT = Record(
    title="On flows of heat in very small tubes",
    publication_year=2001,
    source_raw="Journal of Heat Flow",
    volume="12",
    pages=[("345", "360")],
    doi="10.1000/heat.12.345",
    people=[Person(family="Roe", given="Ann B.")],
)


@pytest.mark.parametrize("variant", SAME)
def test_variants_become_one(variant: str) -> None:
    """A misspelt, cut or incomplete string is the work of the full one, and of the corpus."""
    linked = nb.link_references(cited([ROE], [variant], works=[HEAT]))
    rows = linked.sql("SELECT cited_work_id, work_id FROM cited_references")
    assert len({row[0] for row in rows}) == 1
    assert {row[1] for row in rows} == {3}


@pytest.mark.parametrize("other", OTHER)
def test_others_stay_apart(other: str) -> None:
    """Another place, person, DOI, thesis or patent is another work."""
    linked = nb.link_references(cited([ROE], [other], works=[HEAT]))
    rows = linked.sql("SELECT cited_work_id, work_id FROM cited_references ORDER BY 1")
    assert rows == [(1, 3), (2, None)]


def test_all_variants_at_once() -> None:
    """Variants become one work although others are near, each with the rule that linked it."""
    others = [line for line in OTHER if "P12" not in line and "cold" not in line]
    linked = nb.link_references(cited([ROE, *others], SAME))
    assert next(group for group in groups(linked) if ROE in group) == {ROE, *SAME} - OPEN
    rows = linked.sql("SELECT link_rule, link_score FROM cited_references")
    names = {rule.name: rule.score for rule in RULES}
    assert all(names[rule] == score if rule else score is None for rule, score in rows)


def test_a_place_with_two_dois() -> None:
    """Strings without DOI whose place has two DOIs are one work, which is neither of the two."""
    linked = nb.link_references(cited([ROE, OTHER[2]], SAME[:3]))
    assert groups(linked) == sorted([{OTHER[2]}, {ROE}, set(SAME[:3])], key=sorted)


def test_ambiguous_strings_stay_alone() -> None:
    """A string that fits two works is linked to neither."""
    two = ["Roe A, 2001, J HEAT FLOW, V12, P345", "Roe A, 2001, J HEAT FLOW, V12, P901"]
    linked = nb.link_references(cited(two, ["Roe A, 2001, J HEAT FLOW, V12"]))
    assert len(groups(linked)) == 3


def test_a_string_does_not_bring_two_dois_together() -> None:
    """A string that is one work by its place does not join another one that has its title."""
    title = "Roe, A., On flows of heat in very small tubes (2001) J Heat Flow"
    placed, other = f"{title}, 12 (3), pp. 345-360", f"{title}. , 10.1000/cold.77.901"
    found = groups(nb.link_references(cited([ROE], [placed], [other])))
    assert found == sorted([{ROE, placed}, {other}], key=sorted)


def test_parts_are_told_apart() -> None:
    """Two parts with nearly one title, of one author and year, stay two works."""
    title = "An approach to sorting of things that are hard to sort"
    parts = [f"Roe, A., {title}, {part} (2007) Eur J Oper Res" for part in ("I", "II")]
    assert len(groups(nb.link_references(cited(parts)))) == 2


def test_report_is_not_the_article() -> None:
    """A working paper of the same title is another work than the article."""
    article = "Roe, A., On flows of heat in very small tubes (2001) J Heat Flow, 12, pp. 345-360"
    report = "Roe, A., (2000) On flows of heat in very small tubes, , Working paper, Paris"
    assert len(groups(nb.link_references(cited([article], [report])))) == 2


def test_misprinted_doi_is_told() -> None:
    """A cut DOI does not part a work; it stands in problems, once, with file and reason."""
    cut = "ROE A, 2001, J HEAT FLOW, V12, P345, DOI 10.1000/heat.12"
    linked = nb.link_references(cited([ROE], [ROE], [cut]))
    assert len(groups(linked)) == 1
    rows = linked.sql("SELECT raw, reason, work_id FROM problems")
    assert [(raw, work) for raw, _, work in rows] == [(cut, 3)]
    assert "10.1000/heat.12 is misprinted" in rows[0][1]
    again = nb.link_references(linked)
    assert again.sql("SELECT * FROM problems") == linked.sql("SELECT * FROM problems")


def test_wrong_doi_does_not_spread() -> None:
    """A DOI printed with a work of another author and time does not make the two one."""
    wrong = "MILLER W, 1992, EXAMPLE REPORTS, DOI 10.1000/heat.12.345"
    linked = nb.link_references(cited([ROE], [wrong, "MILLER W, 1992, EXAMPLE REPORTS"]))
    assert {ROE} in groups(linked)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("W2101234009", "W2101234009"),
        ("000-928-794-577-264", "000-928-794-577-264"),
        ("1990ApJ...355..726E", "1990ApJ...355..726E"),
    ],
)
def test_keys_of_databases(raw: str, key: str) -> None:
    """A reference that is a key of a database is the work with that key."""
    citing = Record(title="Citing", cited_references=[CitedReference(raw=raw)])
    linked = nb.link_references(nb.corpus_of([citing, Record(title="Cited", key=key)]))
    assert linked.sql("SELECT work_id, link_rule FROM cited_references") == [(2, "key")]


def test_article_number_is_a_page() -> None:
    """The number of an article stands for its first page, with a letter or not."""
    work = Record(
        title="Short",
        publication_year=2010,
        source_raw="PLoS Medicine",
        volume="7",
        article_number="e1000326",
        people=[Person(family="Bast", given="H")],
    )
    linked = nb.link_references(cited(["Bast H, 2010, PLOS MED, V7, P1000326"], works=[work]))
    assert linked.sql("SELECT work_id, link_rule FROM cited_references") == [(2, "place")]


def test_printed_references_keep_their_works() -> None:
    """A reference that is a work itself stays that work, and shares its identity with strings."""
    inner = Record(
        role="reference",
        title="On flows of heat in very small tubes",
        publication_year=2001,
        source_raw="J. Heat Flow",
        volume="12",
        pages=[("345", "360")],
        people=[Person(family="Roe", given="A.")],
        raw="Roe A. On flows of heat in very small tubes. J. Heat Flow 12, 345-360 (2001).",
    )
    paper = Record(
        role="paper",
        title="Whole",
        cited_references=[CitedReference(raw=inner.raw or "", work=inner)],
    )
    citing = Record(title="Citing", cited_references=[parse_cited_line(SAME[0])])
    linked = nb.link_references(nb.corpus_of([paper, citing]))
    rows = linked.sql("SELECT cited_work_id, work_id, link_rule FROM cited_references ORDER BY 1")
    inner_id = linked.sql("SELECT work_id FROM works WHERE role = 'reference'")[0][0]
    assert rows == [(1, inner_id, "given"), (1, inner_id, "place")]


@settings(max_examples=8, deadline=None)
@given(st.permutations([ROE, *SAME, *OTHER]))
def test_order_does_not_matter(lines: list[str]) -> None:
    """The same strings make the same cited works in any order."""
    one = groups(nb.link_references(cited([ROE, *SAME, *OTHER])))
    assert groups(nb.link_references(cited(lines[:9], lines[9:]))) == one


def test_twice_changes_nothing() -> None:
    """Linking what is linked gives the same tables."""
    linked = nb.link_references(cited([ROE, *OTHER], SAME, works=[HEAT]))
    again = nb.link_references(linked)
    query = "SELECT * FROM cited_references ORDER BY reference_id"
    assert again.sql(query) == linked.sql(query)
    assert again.history[-1] == linked.history[-1]


FORMATS = [
    "ads/works.json",
    "crossref/work.json",
    "cssci/two.txt",
    "dimensions/mapping.csv",
    "jats/paper.xml",
    "latex/paper.tex",
    "lens/works.json",
    "openalex/works.jsonl",
    "opencitations/index.csv",
    "papers/numbered.txt",
    "pubmed/set.xml",
    "s2/graph.json",
    "scopus/today.csv",
    "tei/paper.tei.xml",
    "wos/quirks.txt",
    "wos/tab.txt",
]


@cache
def n_references(file: str) -> int:
    """Count the references of a file."""
    return nb.read(file).n_rows("cited_references")


@pytest.mark.parametrize("pair", list(itertools.combinations(FORMATS, 2)), ids="+".join)
def test_no_reference_is_lost_or_doubled(pair: tuple[str, str]) -> None:
    """Of any two formats read together each reference is one row with one cited work."""
    files = [str(DATA / name) for name in pair]
    corpus = nb.read(*files)
    linked = nb.link_references(corpus)
    n_rows, n_filled = linked.sql("SELECT COUNT(*), COUNT(cited_work_id) FROM cited_references")[0]
    assert n_rows == n_filled == corpus.n_rows("cited_references")
    assert n_rows == sum(map(n_references, files))
    for table in ("works", "mentions", "relations", "merges"):
        assert linked.n_rows(table) == corpus.n_rows(table)
    kept = "SELECT reference_id, raw, doi FROM cited_references ORDER BY 1"
    assert linked.sql(kept) == corpus.sql(kept)
    assert content(nb.link_references(nb.read(*reversed(files)))) == content(linked)


def n_local(corpus: Corpus) -> int:
    """Count the references that are works of the corpus."""
    return int(corpus.sql("SELECT COUNT(work_id) FROM cited_references")[0][0])


def test_two_databases_of_one_topic(shared_data: Path) -> None:
    """Web of Science and Scopus together have at least the local links of each, in any order."""
    files = [str(shared_data / "formats" / "bibtex" / f"pybibx-{n}.bib") for n in ("wos", "scopus")]
    alone = [nb.link_references(nb.read(file)) for file in files]
    linked = nb.link_references(nb.read(*files))
    assert linked.n_rows("cited_references") == sum(c.n_rows("cited_references") for c in alone)
    assert n_local(linked) >= sum(map(n_local, alone))
    assert content(nb.link_references(nb.read(*reversed(files)))) == content(linked)


@pytest.mark.parametrize("name", ["pybibx-wos.bib", "pybibx-scopus.bib"])
def test_judged_links(shared_data: Path, name: str) -> None:
    """Of judged pairs of reference and work 99 % of the links are right, and 97 % are found."""
    with JUDGED.open(encoding="utf-8") as file:
        judged = [row for row in csv.DictReader(file) if row["file"] == name]
    linked = nb.link_references(nb.read(str(shared_data / "formats" / "bibtex" / name)))
    work_at = dict(linked.sql("SELECT line, work_id FROM works"))
    found = {
        row[:2]: row[2]
        for row in linked.sql(
            "SELECT w.line, r.position, r.work_id FROM cited_references r"
            " JOIN works w ON w.work_id = r.citing_work_id"
        )
    }
    counts = {(said, true): 0 for said in (True, False) for true in (True, False)}
    for row in judged:
        if row["verdict"] != "unclear":
            work = found[int(row["citing_line"]), int(row["position"])]
            counts[work == work_at[int(row["work_line"])], row["verdict"] == "same"] += 1
    right = counts[True, True]
    assert right >= 0.99 * (right + counts[True, False])
    assert right >= 0.97 * (right + counts[False, True])


def test_no_two_dois_in_one_work(shared_data: Path) -> None:
    """Author, year and journal join 28 groups with several DOIs in a file; ours join none."""
    file = shared_data / "formats" / "bibtex" / "pybibx-wos.bib"
    linked = nb.link_references(nb.read(str(file)))
    several = "SELECT cited_work_id FROM cited_references GROUP BY 1 HAVING COUNT(DISTINCT doi) > 1"
    assert linked.sql(several) == []
    described = nb.cocitation_network(linked).manifest["identity"]
    assert described["keys_with_different_dois"] == 0


def test_networks_use_the_identity() -> None:
    """Co-citation counts variants as one work once references are linked."""
    corpus = cited([ROE, OTHER[3]], ["Roe A., 2001, J HEAT FLOW", OTHER[3]])
    assert len(nb.cocitation_network(corpus).nodes) == 3
    assert len(nb.cocitation_network(nb.link_references(corpus)).nodes) == 2


def test_decisions_overrule() -> None:
    """What a person decided holds against the rules, both ways, by string or DOI."""
    decisions = [
        {"left": SAME[0], "right": "10.1000/HEAT.12.345", "decision": "different"},
        {"left": OTHER[3], "right": ROE, "decision": "same"},
    ]
    linked = nb.link_references(cited([ROE], [SAME[0], OTHER[3]]), decisions=decisions)
    assert groups(linked) == [{OTHER[3], ROE}, {SAME[0]}]
    assert linked.history[-1]["decisions"] == 2


def test_decisions_from_a_file(tmp_path: Path) -> None:
    """Decisions can be kept in a CSV file, which the history names."""
    file = tmp_path / "links.csv"
    file.write_text(f'left,right,decision\n"{ROE}","{OTHER[0]}",same\n', encoding="utf-8")
    linked = nb.link_references(cited([ROE], [OTHER[0]]), decisions=file)
    assert linked.sql("SELECT link_rule FROM cited_references WHERE position = 1")[1] == (
        "decision",
    )
    assert linked.history[-1]["decisions"] == str(file)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"like": "bibliometrx"}, UnknownNameError, "unknown program"),
        ({"like": "crexplorer", "equal": ["pages"]}, UnknownNameError, "unknown part 'pages'"),
        ({"threshold": 0.8}, OptionError, "for like='crexplorer' alone"),
        ({"like": "crexplorer", "threshold": 1.5}, OptionError, "threshold is 1.5"),
        ({"decisions": [{"left": "a", "right": "b"}]}, InputError, "no column decision"),
    ],
)
def test_refuses_what_means_nothing(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    """Options that are unknown or out of range are told."""
    with pytest.raises(error, match=message):
        nb.link_references(cited([ROE]), **options)


def test_empty_references_are_not_one_work() -> None:
    """References that say nothing at all are each alone."""
    citing = Record(title="Citing", cited_references=[CitedReference(raw="") for _ in range(3)])
    linked = nb.link_references(nb.corpus_of([citing]))
    rows = linked.sql("SELECT cited_work_id, link_rule FROM cited_references ORDER BY 1")
    assert rows == [(1, None), (2, None), (3, None)]


def test_corpus_without_references() -> None:
    """A corpus in which nothing is cited stays as it is."""
    linked = nb.link_references(nb.corpus_of([HEAT]))
    assert linked.n_rows("cited_references") == 0
    assert linked.history[-1]["step"] == "link_references"
