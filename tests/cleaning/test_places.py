"""Institution, city and country of each address of a corpus."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from pathlib import Path

WOS = """FN Clarivate
VR 1.0
PT J
AU Smith, J
   Lee, K
AF Smith, Jane
   Lee, Kim
TI One
SO J ART
PY 2020
C1 [Smith, Jane; Lee, Kim] Univ Granada, Dept Art, Granada, Spain.
   [Lee, Kim] Univ Hong Kong, Hong Kong, Hong Kong, Peoples R China.
RP Lee, K (corresponding author), Univ Hong Kong, Hong Kong, Hong Kong, Peoples R China.
UT WOS:1
ER

PT J
AU Ek, A
AF Ek, Ada
TI Two
SO J ART
PY 2021
C1 [Ek, Ada] Univ Lund, Lund, Sweden.
RP Ek, A (corresponding author), Univ Oslo, Oslo, Norway.
UT WOS:2
ER

EF
"""
SCOPUS = (
    "Authors,Title,Year,Source title,Authors with affiliations,Affiliations,"
    "Correspondence Address,EID\n"
    '"Ruiz A., Chan B.",Three,2019,Art,"Ruiz A., Department of Art, Universidad de Granada,'
    ' Granada, Spain; Chan B., The University of Hong Kong, Hong Kong","Department of Art,'
    ' Universidad de Granada, Granada, Spain; The University of Hong Kong, Hong Kong","Ruiz, A.;'
    ' Department of Art, Spain; email: a@ugr.es",2-s2.0-1\n'
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Make one file of Web of Science and one of Scopus."""
    paths = [tmp_path / "savedrecs.txt", tmp_path / "scopus.csv"]
    paths[0].write_text(WOS, "utf-8")
    paths[1].write_text(SCOPUS, "utf-8")
    return paths


def _rows(corpus: nb.Corpus) -> list[tuple[Any, ...]]:
    return corpus.sql(
        "SELECT title, a.position, author_position, institution, city, country_code,"
        " is_corresponding FROM affiliations a JOIN works w ON a.work_id = w.work_id"
        " ORDER BY title, a.position"
    )


def test_one_corpus_of_two_databases(files: list[Path]) -> None:
    """One row per author and address; the forms of both databases are one institution."""
    corpus = nb.find_places(nb.read(*files))
    granada, hong_kong = "Universidad de Granada", "University of Hong Kong"
    assert _rows(corpus) == [
        ("One", 1, 1, granada, "Granada", "ES", False),
        ("One", 2, 2, granada, "Granada", "ES", False),
        ("One", 3, 2, hong_kong, "Hong Kong", "HK", True),
        ("Three", 1, 1, granada, "Granada", "ES", True),
        ("Three", 2, 2, hong_kong, None, "HK", False),
        ("Two", 1, 1, "University of Lund", "Lund", "SE", False),
        ("Two", 2, 1, "University of Oslo", "Oslo", "NO", True),
    ]
    table = corpus.institutions
    assert table.display_name.tolist() == sorted(table.display_name)
    assert table.n_works.tolist() == [2, 2, 1, 1]
    assert table.n_variants.tolist() == [2, 2, 1, 1]


def test_added_row_says_so(files: list[Path]) -> None:
    """An address of a corresponding author that is in no row is a row, and told as such."""
    corpus = nb.find_places(nb.read(*files))
    [rule] = [r[0] for r in corpus.sql("SELECT place_rule FROM affiliations WHERE city = 'Oslo'")]
    assert rule == "corresponding-address; country: country; institution: first-part, same-name"


def test_twice_is_once(files: list[Path]) -> None:
    """A second call changes no table."""
    once = nb.find_places(nb.read(*files))
    twice = nb.find_places(once)
    for table in ("affiliations", "institutions"):
        query = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert twice.sql(query) == once.sql(query)
    assert once.history[-1] == {"step": "find_places", "ror": None, "aliases": None}


def test_order_of_files_does_not_count(files: list[Path]) -> None:
    """The same places are found in any order of the files."""
    one, other = (nb.find_places(nb.read(*paths)) for paths in (files, files[::-1]))
    assert _rows(one) == _rows(other)
    query = "SELECT * FROM institutions ORDER BY institution_id"
    assert one.sql(query) == other.sql(query)


def test_ror_and_aliases(files: list[Path], tmp_path: Path) -> None:
    """A dump of ROR gives its id in the right country; a user's name wins over it."""
    places = [{"geonames_details": {"country_code": "SE", "name": "Lund"}}]
    names = [
        {"value": "Lund University", "types": ["ror_display"]},
        {"value": "University of Granada", "types": ["alias"]},
    ]
    dump = tmp_path / "ror.json"
    item = {"id": "https://ror.org/012a77v79", "names": names, "locations": places}
    dump.write_text(json.dumps([item]), "utf-8")
    corpus = nb.find_places(nb.read(*files), ror=dump, aliases={"Univ Oslo": "Oslo U"})
    found = corpus.sql("SELECT display_name, ror FROM institutions ORDER BY display_name")
    assert found[0] == ("Lund University", "012a77v79")
    assert ("Universidad de Granada", None) in found
    assert ("Oslo U", None) in found
    assert corpus.history[-1]["aliases"] == {"Univ Oslo": "Oslo U"}


def test_nothing_said() -> None:
    """Where the source says nothing of corresponding authors, that is null, not false."""
    record = nb.Record(title="A", affiliations=[("Univ Oslo, Oslo, Norway", None), ("???", None)])
    corpus = nb.find_places(nb.corpus_of([record, nb.Record(title="B")]))
    query = "SELECT institution, country_code, is_corresponding FROM affiliations ORDER BY position"
    assert corpus.sql(query) == [("University of Oslo", "NO", None), (None, None, None)]


def test_mail_in_an_address() -> None:
    """An address with a mail address is that of a corresponding author."""
    record = nb.Record(title="A", affiliations=[("Univ Oslo, Norway. a@uio.no", 1)])
    corpus = nb.find_places(nb.corpus_of([record]))
    assert corpus.sql("SELECT is_corresponding FROM affiliations") == [(True,)]


def test_flags_of_openalex() -> None:
    """All addresses of an author with the flag are marked, those of the others are not."""
    record = nb.Record(
        title="A",
        people=[nb.Person(family="Ek"), nb.Person(family="Li")],
        affiliations=[("Univ Oslo, Norway", 1), ("Univ Lund, Sweden", 2), ("Univ Umea, Sweden", 2)],
        fields=[("authorships.is_corresponding", "False|True")],
    )
    corpus = nb.find_places(nb.corpus_of([record]))
    query = "SELECT is_corresponding FROM affiliations ORDER BY position"
    assert corpus.sql(query) == [(False,), (True,), (True,)]


def test_empty_corpus() -> None:
    """A corpus without addresses has no institutions."""
    corpus = nb.find_places(nb.corpus_of([nb.Record(title="A")]))
    assert corpus.n_rows("institutions") == 0
