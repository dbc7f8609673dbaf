"""What each format keeps: declared column by column, and measured by writing and reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.export import write
from nqp_biblio.outputs.kept import find_losses, survival, told_losses
from nqp_biblio.outputs.round_trip import COLUMNS, compare_rows, rows_of
from nqp_biblio.outputs.writers import list_writers
from nqp_biblio.outputs.xlsx import SHEETS
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.outputs.writers import Writer

PEOPLE = [
    nb.Person(family="Doe", given="Jane", raw="Jane Doe", orcid="0000-0002-1825-0097"),
    nb.Person(family="Berg", given="Jan", particle="van der", suffix="Jr.", raw="Berg, Jan"),
    nb.Person(literal="World Health Organization", raw="World Health Organization"),
    nb.Person(family="Old", given="Ann", raw="Old, Ann", role="editor"),
    nb.Person(family="Nuevo", given="Ana", raw="Nuevo, Ana", role="translator"),
]
KEYWORDS = [
    ("author_keyword", "co-citation"),
    ("author_keyword", "maps; of science"),
    ("index_keyword", "BIBLIOMETRICS"),
]


def _article() -> nb.Record:
    return nb.Record(
        key="doe2001study",
        type="article-journal",
        title="A study of DNA, R&D and 50 % of {Gödel}",
        publication_year=2001,
        year_raw="2001a",
        publication_date="2001-03-05",
        source_raw="Journal of Examples",
        volume="9",
        volume_raw="vol. 9",
        issue="3",
        pages_raw="18–25 + 45",
        pages=[("18", "25"), ("45", "45")],
        article_number="e12",
        doi="10.1000/a_b",
        doi_raw="https://doi.org/10.1000/A_b",
        url="https://example.org/a_b?c=1&d=2",
        pmid="1234567",
        arxiv_id="2101.00001",
        isbn="978-3-16-148410-0",
        issn="1234-5678",
        publisher="Press & Co",
        publisher_place="Leiden",
        edition="2",
        series="Series of Examples",
        event="Conference of Examples",
        genre="Article",
        language="en",
        abstract="About #1 and $2, ~3 ^4 _5 \\6.",
        cited_by_count=12,
        et_al=True,
        people=PEOPLE,
        affiliations=[("CWTS, Leiden Univ, Leiden, Netherlands", 1), ("Univ B, Town", None)],
        keywords=KEYWORDS,
        cited_references=[
            nb.CitedReference(
                raw="SMALL H, 1973, J AM SOC INFORM SCI, V24, P265, DOI 10.1002/asi.4630240406",
                label="1",
                first_author="SMALL H",
                publication_year=1973,
                title="Co-citation in the scientific literature",
                source_raw="J AM SOC INFORM SCI",
                volume="24",
                first_page="265",
                doi="10.1002/asi.4630240406",
            )
        ],
        fields=[("note", "kept"), ("FU", "A fund"), ("Funding Details", "A fund")],
        problems=[nb.Problem("a.bib", 3, "month = 13", "no month 13; it is left out")],
        file="a.bib",
        line=90_017,
        format="zotero",
    )


def _paper() -> nb.Record:
    cited = nb.Record(
        role="reference",
        key="[1]",
        type="book",
        title="Little science, big science",
        publication_year=1963,
        year_raw="1963",
        publisher="Columbia University Press",
        confidence=0.75,
        raw="[1] Price D. Little science, big science. Columbia University Press, 1963.",
        people=[nb.Person(family="Price", given="D.", raw="Price D.")],
        file="paper.txt",
        line=91_009,
        format="text",
    )
    mention = nb.Mention("^[1]", "[1]", "1 Introduction", 1, 1, "Science grows ^[1].", 30)
    mention.context, mention.context_offset = "Science grows ^[1]. Why?", 14
    return nb.Record(
        role="paper",
        title="Growth",
        people=[nb.Person(family="Roe", given="Richard", raw="Richard Roe")],
        cited_references=[nb.CitedReference(raw=str(cited.raw), label="[1]", work=cited)],
        mentions=[mention],
        file="paper.txt",
        line=91_001,
        format="text",
    )


def _others() -> list[nb.Record]:
    shared: dict[str, Any] = {
        "publication_year": 2005,
        "year_raw": "2005",
        "file": "b.ris",
        "line": 90_077,
    }
    person = [nb.Person(family="Chen", given="L. Q.", raw="Chen, L. Q.")]
    more: list[dict[str, Any]] = [
        {"type": "chapter", "source_raw": "A Handbook", "publisher": "Press", "edition": "3"},
        {"type": "thesis", "genre": "PhD thesis", "publisher": "Leiden University"},
        {"type": "webpage", "url": "https://example.org/page", "language": "zh"},
        {"type": "book", "series": "Lecture Notes", "volume": "7", "isbn": "0-262-03384-4"},
        {
            "type": "paper-conference",
            "source_raw": "Proceedings",
            "pages": [("1", "9")],
            "pages_raw": "1–9",
            "doi": "10.1000/abc",
            "doi_raw": "10.1000/ABC",
        },
    ]
    return [
        nb.Record(key=f"k{at}", title=f"Title {at}", people=person, **shared, **one)
        for at, one in enumerate(more)
    ]


@pytest.fixture(scope="module")
def full() -> nb.Corpus:
    """Give a corpus with a value in every column of every table."""
    loose = nb.Problem("c.txt", 1, "?", "no work; nothing is read")
    corpus = nb.corpus_of([_article(), _paper(), loose, *_others()])
    return corpus.derive(
        authorships="SELECT * REPLACE (work_id AS author_id, upper(name_raw) AS author, 'orcid' AS"
        " author_rule, CAST(0.9 AS DOUBLE) AS author_score) FROM authorships",
        affiliations="SELECT * REPLACE (1 AS institution_id, 'Leiden University' AS institution,"
        " 'Leiden' AS city, 'NL' AS country_code, true AS is_corresponding, 'last-part' AS"
        " place_rule) FROM affiliations",
        sources="SELECT * REPLACE (CASE source_id WHEN 1 THEN upper(display_name) ELSE display_name"
        " END AS display_name, 'J. Ex.' AS abbreviated_title, 2 AS n_variants, '2234-5678' AS"
        " eissn) FROM sources",
        institutions="SELECT 1 AS institution_id, 'Leiden University' AS display_name,"
        " '027bh9e22' AS ror, 'Leiden' AS city, 'NL' AS country_code, 1 AS n_works,"
        " 2 AS n_variants",
        cited_references="SELECT * REPLACE (reference_id AS cited_work_id, 'doi' AS link_rule,"
        " CAST(0.9 AS DOUBLE) AS link_score) FROM cited_references",
        terms="SELECT work_id, kind, position, term_raw, lower(term) || 's' AS term,"
        " is_ubiquitous FROM terms UNION ALL SELECT 1, 'topic', 1, 'dna', 'dna', true",
        merges="SELECT 1 AS merge_id, 1 AS work_id, 'b.bib' AS file, 3 AS line, 'ris' AS format,"
        " 'doe2001' AS key, '10.1000/a_b' AS doi, 'A study' AS title, 'doi' AS rule,"
        " CAST(1 AS DOUBLE) AS score, '{}' AS record",
        relations="SELECT 1 AS work_id, 2 AS other_work_id, 'preprint-of' AS relation, 'title' AS"
        " rule, CAST(0.9 AS DOUBLE) AS score",
        changes="SELECT 1 AS change_id, 'authorships' AS table_name, 1 AS row_id, 1 AS position,"
        " 'family' AS column_name, 'DOE' AS before, 'Doe' AS after, 'case' AS rule,"
        " 'author' AS role",
    )


def _read_back(corpus: nb.Corpus, path: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    if name == "xlsx":
        return _sheets(path)
    if name == "parquet":
        rows = corpus.frame("SELECT * FROM read_parquet(?) ORDER BY work_id", (str(path),))
        return {"works": rows.astype(object).where(rows.notna(), None).to_dict("records")}  # type: ignore[dict-item]
    return rows_of(nb.read(path, format=name))


def _sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    from openpyxl import load_workbook

    book = load_workbook(path)
    found = {}
    for sheet, table in SHEETS.items():
        head, *rows = book[sheet].iter_rows(values_only=True)
        found[table] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def test_the_sample_is_full(full: nb.Corpus) -> None:
    """The corpus that is measured has a value in every column."""
    counts = compare_rows(rows_of(full), {})
    assert set(counts) == set(COLUMNS)


def _measured(full: nb.Corpus, folder: Path, writer: Writer) -> dict[tuple[str, str], str]:
    path = folder / f"out{next(iter(writer.suffixes), '.txt')}"
    write(full, path, format=writer.name)
    counts = compare_rows(rows_of(full), _read_back(full, path, writer.name))
    words = {True: "yes", False: "in part"}
    return {at: words[n == kept] if kept else "no" for at, (n, kept) in counts.items()}


@pytest.mark.parametrize("writer", list_writers(), ids=lambda writer: writer.name)
def test_what_is_declared_is_what_is_measured(
    full: nb.Corpus, tmp_path: Path, writer: Writer
) -> None:
    """Each column survives each format as the matrix says, found by writing and reading."""
    measured = _measured(full, tmp_path, writer)
    declared = survival(writer.name)
    wrong = {at: said for at, said in measured.items() if declared[at] != said}
    assert not wrong, _block(measured)


def _block(measured: dict[tuple[str, str], str]) -> str:
    """Say what to declare."""
    lines = []
    for state in ("in part", "no"):
        names = [f"{table}.{column}" for (table, column), said in measured.items() if said == state]
        for table in TABLES:
            own = {name for name in names if name.startswith(f"{table}.")}
            everything = {f"{table}.{column}" for at, column in COLUMNS if at == table}
            if own and own == everything:
                names = [name for name in names if name not in own] + [table]
        lines.append(f"{state}: {' '.join(names)}")
    return "\n".join(lines)


def test_losses_are_what_the_corpus_has(full: nb.Corpus) -> None:
    """What is lost for sure comes first, with counts; what the corpus lacks is not listed."""
    losses = find_losses(full, "ris")
    told = {loss.name: loss.n for loss in losses if not loss.in_part}
    assert told["mentions"] == 1
    assert told["cited_references"] == 2
    assert told["works.arxiv_id"] == 1
    assert [loss.in_part for loss in losses] == sorted(loss.in_part for loss in losses)
    plain = nb.corpus_of([nb.Record(key="a", type="book", title="T")])
    assert told_losses(find_losses(plain, "ris"), "ris", is_long=True) == ""


def test_losses_in_one_line(full: nb.Corpus) -> None:
    """The line names the format, what it does not hold, and at length what it holds in part."""
    losses = find_losses(full, "ris")
    short, long = (told_losses(losses, "ris", is_long=is_long) for is_long in (False, True))
    assert short.startswith("ris does not hold: works.volume_raw (1), ")
    assert "mentions (1)" in short
    assert long.startswith(short)
    assert "holds in part: " in long
    assert "works.file" not in long


def test_nothing_is_lost_in_records(full: nb.Corpus) -> None:
    """Records as JSON lines hold all that was read: only what cleaning made is lost."""
    losses = find_losses(full.filter("role = 'paper'"), "records-jsonl")
    assert {loss.name for loss in losses if not loss.in_part} == {
        "authorships.author_id",
        "authorships.author",
        "authorships.author_rule",
        "authorships.author_score",
        "cited_references.cited_work_id",
        "cited_references.link_rule",
        "cited_references.link_score",
        "changes",
        "merges",
    }


def test_a_format_of_another_package() -> None:
    """Of a format that is not measured nothing is promised."""
    assert set(survival("my-format").values()) == {"no"}
