"""The lint: each rule by bad and good examples, and what holds of all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.cleaning.check import RULES, check, choose_codes, find_all
from nqp_biblio.cleaning.fix import FIXED, fix
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.record import CitedReference, Person, Problem, Record

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

PAGE = Path(__file__).resolve().parents[2] / "docs" / "check.md"


def _article(**values: Any) -> Record:
    """Make an article in which nothing is wrong, but for the values given."""
    usual: dict[str, Any] = {
        "type": "article-journal",
        "title": "Harbour growth and street networks",
        "publication_year": 2001,
        "source_raw": "Scientometrics",
        "doi": "10.1000/one",
        "doi_raw": "10.1000/One",
        "people": [Person(family="Ames", given="Ada", raw="Ames, Ada")],
        "file": "a.bib",
        "line": 1,
        "format": "bibtex",
    }
    return Record(**(usual | values))


def _person(family: str, given: str | None = None, **parts: str) -> dict[str, Any]:
    return {"people": [Person(family=family, given=given, raw=f"{family}, {given}", **parts)]}


def _doi(raw: str, doi: str | None = "10.1000/one") -> dict[str, Any]:
    return {"doi": doi, "doi_raw": raw}


def _pages(first: str, last: str) -> dict[str, Any]:
    return {"pages_raw": f"{first}-{last}", "pages": [(first, last)]}


def _field(name: str, value: str) -> dict[str, Any]:
    return {"fields": [(name, value)]}


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("D001", {"doi": None, "doi_raw": None}, {"doi": None, "doi_raw": None, "arxiv_id": "1"}),
    ("D001", {"doi": None, "doi_raw": None}, {"doi": None, "type": "book", "publisher": "Quay"}),
    ("D001", {"doi": None, "doi_raw": None}, {"doi": None, "publication_year": 1960}),
    ("D002", _doi("doi-1", None), {}),
    ("D003", _doi("https://doi.org/10.1000/One"), {}),
    ("D003", _doi("doi: 10.1000/one"), _doi("https://doi.org/10.1000/one") | {"format": "cff"}),
    ("D004", _doi("10.1000/one."), _doi("10.1000/ONE")),
    ("D005", _doi("10.1000 / one"), {}),
    (
        "D006",
        {"doi": None, "doi_raw": None, "url": "https://doi.org/10.1000/one"},
        {"doi": None, "doi_raw": None, "url": "https://example.org/10.1000/one"},
    ),
    ("D007", {"issn": "0138-9131"}, {"issn": "0138-9130; 1588-2861"}),
    ("D007", {"issn": "theISSN"}, {"issn": "01389130"}),
    ("D008", {"isbn": "978-3-16-148410-1"}, {"isbn": "978-3-16-148410-0 (ISBN); 316148410X"}),
    ("D008", {"isbn": "12345"}, {"isbn": "0-306-40615-2"}),
    ("D009", _field("orcid", "0000-0002-1825-0098"), _field("orcid", "0000-0002-1825-0097")),
    ("Y001", {"publication_year": None}, {"publication_year": None, "type": "webpage"}),
    ("Y003", {"publication_year": 1200}, {"publication_year": 1543}),
    ("Y004", {"publication_date": "1999-05"}, {"publication_date": "2001-05"}),
    (
        "Y005",
        {"volume": "2001", "issue": "3"},
        {"volume": "2001", "publication_year": 2002, "issue": "3"},
    ),
    ("P001", _pages("90", "40"), _pages("40", "90")),
    ("P001", _pages("90", "40"), _pages("106108", "3")),
    ("P002", {"pages_raw": "1024-31"}, {"pages_raw": "1024-1031"}),
    ("P002", {"pages_raw": "71–5"}, {"pages_raw": "1024-31", "format": "pubmed-nbib"}),
    ("P003", {"volume": "In Press, Corrected Proof"}, {"volume": "PAMI-5"}),
    ("P003", {"volume": "30(1)"}, {"volume": "XV"}),
    ("P003", {"volume": "null"}, {"volume": "第1册"}),
    ("P004", {"issue": "nan"}, {"issue": "SUPPL. 2"}),
    ("P004", {"issue": "International Conference on Ports"}, {"issue": "Special Issue"}),
    ("T001", {"title": None}, {"title": None, "type": "webpage"}),
    ("T002", {"title": "THE GROWTH OF HARBOURS"}, {"title": "NASA"}),
    ("T003", {"title": "Growth of <i>E. coli</i>"}, {"title": "Growth where a < b and c > d"}),
    ("T003", {"title": "Ports &amp; towns in trade"}, {"title": "Ports & towns; trade"}),
    ("T004", {"title": r"The \emph{Growth} of ports"}, {"title": "From $5 to $10 a day"}),
    ("T005", {"title": "The CafÃ© as a place of work"}, {"title": "A SÃO PAULO história"}),
    ("T005", {"title": "Einsteinâ€™s paper of 1905"}, {"title": "Einstein’s paper of 1905"}),
    ("T006", {"title": "The growth of harbours."}, {"title": "Ports of Smith et al."}),
    ("T006", {"title": "The growth of harbours."}, {"title": "Wait for it..."}),
    ("T007", {"title": "The {Growth of harbours"}, {"title": "The {G}rowth of harbours"}),
    ("A001", {"people": []}, {"people": [], "type": "webpage"}),
    ("A001", {"people": []}, {"people": [], "type": "book"} | _field("entrytype", "proceedings")),
    ("A002", _person("SMITH", "JOHN"), _person("ZHANG", "Wei")),
    ("A003", _person("others"), _person("Others", "Ada")),
    ("A003", _person("et al.", None, literal="et al."), _person("Etal", "A.")),
    ("A004", {"et_al": True}, {}),
    ("A005", _person("Ames1", "Ada"), _person("Green", "Henry W 3rd")),
    ("A006", _person("L. Q.", "Anusuya"), _person("Ng", "L. Q.")),
    ("F001", {"source_raw": None}, {"source_raw": None, "type": "webpage"}),
    ("F002", {"type": "book"}, {"type": "book", "publisher": "Quay Press"}),
    ("R001", {"title": "RETRACTED: Harbour growth"}, {"title": "Retracted papers in physics"}),
    ("R001", {"title": "Ports (Retracted article. See vol. 4)"}, {"title": "The withdrawn child"}),
    ("R001", {"genre": "Article; Retracted Publication"}, {"genre": "Article"}),
    ("R001", _field("RetractionIn", "Ports. 2003;4:1"), _field("CIN", "Ports. 2003;4:1")),
    ("R001", _field("is_retracted", "true"), _field("is_retracted", "false")),
    ("R001", _field("updated-by", '[{"type": "retraction"}]'), _field("updated-by", "[]")),
    ("R002", {"title": "Retraction notice to Harbour growth"}, {"title": "Retraction and trust"}),
    ("R002", {"genre": "Retraction of Publication"}, {}),
    ("R002", _field("update-to", '[{"DOI": "10.1/a", "type": "retraction"}]'), {}),
]
NEEDS_TWO = {"K001", "W001", "W002", "V001", "C001", "C002", "E001", "E002", "E003", "Y002"}


def _codes(*records: Record | Problem, **options: Any) -> list[str]:
    return [item.code for item in find_all(nb.corpus_of(records), **options)]


@pytest.mark.parametrize(("code", "bad", "good"), CASES)
def test_rule(code: str, bad: dict[str, Any], good: dict[str, Any]) -> None:
    """A rule finds what it is for, and leaves what only resembles it."""
    assert code in _codes(_article(**bad), codes={code})
    assert code not in _codes(_article(**good), codes={code})


def test_nothing_is_found_in_a_good_record() -> None:
    """A record in which nothing is wrong has no finding."""
    assert _codes(_article()) == []


def test_each_rule_has_a_case_and_is_described() -> None:
    """Every code is tried by a case, and described on its page with its severity."""
    assert {code for code, *_ in CASES} | NEEDS_TWO == set(RULES)
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z]\d{3})` \| (\w+) \|(.*)\|$", text, re.MULTILINE)
    assert {code: severity for code, severity, _ in rows} == {
        code: severity for code, (severity, _) in RULES.items()
    }
    assert {code for code, _, says in rows if "mended" in says} == set(FIXED)


def test_repeated_keys() -> None:
    """Two entries of a file with one key are told, two of other files are not."""
    one, two = _article(key="a", doi=None), _article(key="a", line=9, title="Another one of them")
    found = find_all(nb.corpus_of([one, two]), codes={"K001"})
    assert [(item.line, item.message) for item in found] == [
        (9, "the key 'a' is used twice, first in line 1")
    ]
    assert "K001" not in _codes(one, _article(key="a", file="b.bib", title="Another one of them"))


def test_duplicates_and_shared_dois() -> None:
    """One DOI with one title is a duplicate; with two titles it is a wrong DOI."""
    assert _codes(_article(), _article(line=2)) == ["W001"]
    assert _codes(_article(), _article(line=2, title="Beetles of the southern seas")) == ["W002"]
    same_title = _article(line=2, doi=None, doi_raw=None, arxiv_id="1")
    assert _codes(_article(), same_title) == ["W001"]
    assert _codes(_article(), _article(line=2, doi="10.1000/two", doi_raw=None)) == []


def test_venues() -> None:
    """A journal that is spelt in two ways is told once, with the other spelling."""
    records = [
        _article(title=f"{what} and street networks", doi=None, arxiv_id="1", source_raw=name)
        for what, name in (
            ("Harbours", "Journal of Port Studies"),
            ("Rivers", "JOURNAL OF PORT STUDIES"),
            ("Railways", "Journal of Port Studies"),
        )
    ]
    [found] = find_all(nb.corpus_of(records), codes={"V001"})
    assert found.value == "JOURNAL OF PORT STUDIES"
    assert found.suggestion == "Journal of Port Studies"


def test_cited_references() -> None:
    """References of which nothing could be read, and another number of them, are told."""
    whole = CitedReference("Bell B, 1999", first_author="Bell B", publication_year=1999)
    work = _article(
        cited_references=[whole, CitedReference("www.example.org")], fields=[("NR", "3")]
    )
    assert _codes(work) == ["C001", "C002"]
    assert _codes(_article(cited_references=[CitedReference("not taken apart")])) == []


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("an unclosed brace", "E002"),
        ("no UTF-8: the encoding was guessed to be cp1252", "E003"),
    ],
)
def test_problems_are_findings(reason: str, code: str) -> None:
    """What could not be read is told with file and line; a guess of the encoding apart."""
    problem = Problem("a.bib", 4, "raw", reason)
    assert code in _codes(_article(problems=[problem]))
    [found] = find_all(nb.corpus_of([Problem("a.bib", 4, "raw", "no entry")]))
    assert (found.code, found.file, found.line, found.work_id) == ("E001", "a.bib", 4, None)


def test_years_to_come() -> None:
    """One year far off is found beside the years that several works have, or after as_of."""
    works = [
        _article(publication_year=year, doi=None, arxiv_id="1", title=f"Ports of {year} and on")
        for year in (2001, 2001, 2002, 2091)
    ]
    found = find_all(nb.corpus_of(works), codes={"Y002"})
    assert [item.value for item in found] == ["2091"]
    assert len(find_all(nb.corpus_of(works), codes={"Y002"}, as_of=2001)) == 2
    assert find_all(nb.corpus_of(works), codes={"Y002"}, as_of=2100) == []


def test_table_of_findings() -> None:
    """The table has a row for each finding, in order of file and line, and types that hold."""
    works = [_article(line=9, title="Ports."), _article(line=2, doi="10.1000/two", title=None)]
    table = check(nb.corpus_of(works))
    assert table["code"].tolist() == ["T001", "T006"]
    assert table["line"].tolist() == [2, 9]
    assert str(table["work_id"].dtype) == "Int64"
    assert table["severity"].tolist() == ["error", "info"]
    assert check(nb.corpus_of([_article()])).empty


def test_codes_are_chosen() -> None:
    """Rules are chosen by code or beginning; a name that is none is refused."""
    assert choose_codes(["Y002"]) == {"Y002"}
    assert choose_codes(["C"], ["C001"]) == {"C002"}
    assert choose_codes(None) == choose_codes(["ALL"]) == set(RULES)
    with pytest.raises(UnknownNameError, match="unknown code 'X'"):
        choose_codes(["X"])
    with pytest.raises(UnknownNameError, match="unknown code ''"):
        choose_codes([""])


@pytest.mark.parametrize(
    ("values", "column", "after", "code"),
    [
        (_doi("https://doi.org/10.1000/One"), "doi", "10.1000/one", "D003"),
        (_doi("10.1000/one."), "doi", "10.1000/one", "D004"),
        (_doi("10.1000 / one"), "doi", "10.1000/one", "D005"),
        (
            {"doi": None, "doi_raw": None, "url": "https://doi.org/10.1000/one"},
            "doi",
            "10.1000/one",
            "D006",
        ),
        ({"volume": "2001", "issue": "3"}, "volume", None, "Y005"),
        ({"title": "Growth of <i>E. coli</i>"}, "title", "Growth of E. coli", "T003"),
        ({"title": r"The {\"u}ber port"}, "title", "The über port", "T004"),
        ({"title": "The CafÃ© in town"}, "title", "The Café in town", "T005"),
        ({"title": "The <b>port</b> in town."}, "title", "The port in town", "T003"),
    ],
)
def test_mended(values: dict[str, Any], column: str, after: str | None, code: str) -> None:
    """What is safe is mended, told by its code, and not found again."""
    corpus = nb.corpus_of([_article(**values)])
    mended = fix(corpus)
    assert mended.sql(f"SELECT {column} FROM works") == [(after,)]
    assert f"check:{code}" in [rule for (rule,) in mended.sql("SELECT rule FROM changes")]
    assert find_all(mended) == []
    assert fix(mended).n_rows("changes") == mended.n_rows("changes")
    assert mended.history[-1]["step"] == "fix"


def test_what_is_not_sure_stays() -> None:
    """What is not sure, and what is not asked for, is left as it was."""
    corpus = nb.corpus_of([_article(title="THE GROWTH OF THE PORTS", volume="null")])
    assert fix(corpus).n_rows("changes") == 0
    stop = nb.corpus_of([_article(title="The growth of ports.", doi_raw="doi:10.1000/one")])
    rows = fix(stop, select=["T"]).sql("SELECT rule FROM changes")
    assert rows == [("check:T006",)]
    assert fix(stop, ignore=["T", "D"]).n_rows("changes") == 0


def test_order_of_files_does_not_matter() -> None:
    """The same files in another order give the same findings."""
    one = _article(title="Ports.", file="one.bib")
    two = _article(
        doi="10.1000/two", volume="null", file="two.bib", title="Rivers and canals of old"
    )
    found = [
        {item._replace(work_id=None) for item in find_all(nb.corpus_of(works))}
        for works in ([one, two], [two, one])
    ]
    assert found[0] == found[1]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_checked(title: str, number: str) -> None:
    """Whatever stands in a record, it can be checked and mended, and mended once for all."""
    record = _article(title=title, volume=number, issue=number, pages_raw=number, isbn=number)
    mended = fix(nb.corpus_of([record]), select=["T", "D", "Y"])
    assert len(mended) == 1
    assert fix(mended, select=["T", "D", "Y"]).n_rows("changes") == mended.n_rows("changes")


@pytest.mark.parametrize("piece", ["(", "$_", "<i ", "&", "Ã", "\\a", "retraction ", "1-", "{"])
def test_long_texts_are_checked_in_linear_time(piece: str) -> None:
    """A title that is one sign a hundred thousand times over does not hold up the check."""
    assert isinstance(_codes(_article(title=piece * 100_000), codes={"T003", "T004", "T005"}), list)
    assert isinstance(_codes(_article(title=piece * 100_000), codes={"R001", "R002"}), list)


def test_real_files(shared_data: Path) -> None:
    """Real exports are checked whole, and mended without losing a work."""
    folder = shared_data / "formats"
    corpus: Corpus = nb.read(
        folder / "bibtex" / "pybibx-scopus.bib",
        folder / "wos-plain" / "voscitespace-vos-savedrecs5.txt",
    )
    found = find_all(corpus)
    assert {"R001", "T003", "D001"} <= {item.code for item in found}
    mended = fix(corpus)
    assert len(mended) == len(corpus)
    assert not [item for item in find_all(mended) if item.code == "T003"]
