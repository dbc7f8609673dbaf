"""Rows on their way into a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OutputError
from nqp_biblio.record import Record
from nqp_biblio.schema import TABLES
from nqp_biblio.services.spooled import RowSpool, columns_of, row_of, rows_of

VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**62), 2**62), st.text(max_size=20))


@settings(deadline=None)
@given(st.lists(st.lists(VALUES, max_size=5)))
def test_rows_come_as_they_went(rows: list[list[object]]) -> None:
    """Any text, number or gap comes back as it was, in order, as often as wanted."""
    with RowSpool() as spool:
        for row in rows:
            spool.add("changes", row)
        assert spool.count("changes") == len(rows)
        for _ in range(2):
            assert list(spool.rows("changes")) == [tuple(row) for row in rows]
        assert list(spool.rows("works")) == []


def test_files_are_gone_at_the_end() -> None:
    """Nothing is left on the disk, whatever happens."""
    with RowSpool() as spool:
        folder = Path(spool._folder.name)
        spool.add("terms", (1, "x"))
        assert list(folder.iterdir())
    assert not folder.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no disk that is always full")
def test_full_disk_is_said() -> None:
    """Where there is no room, that is an error of ours that says what to do."""
    with RowSpool() as spool:
        spool._files["terms"] = Path("/dev/full").open("wb")  # noqa: SIM115  it is closed
        spool.add("terms", (1, "x"))
        with pytest.raises(OutputError, match="no place for what was filled: No space left"):
            list(spool.rows("terms"))


def test_columns_are_read_while_they_are_written() -> None:
    """A table made of rows on their way is the same; none of them is held."""
    corpus = corpus_of(Record(title=f"No. {number}") for number in range(3))
    rows = (row for row in rows_of(corpus, "works"))
    again = corpus.replace(works=columns_of("works", rows))
    assert again.works.equals(corpus.works)
    assert next(rows, None) is None


def test_a_row_has_all_columns() -> None:
    """Columns that are not named are missing, wherever they stand in the table."""
    row = dict(zip(TABLES["fields"].column_names, row_of("fields", {"value": "x"}), strict=True))
    assert row == {"work_id": None, "position": None, "name": None, "value": "x"}


def test_rows_of_a_table_come_whole() -> None:
    """All rows come, page by page, and a condition holds for all."""
    corpus = corpus_of(Record(title=f"No. {number}") for number in range(25))
    assert len(list(rows_of(corpus, "works"))) == 25
    assert len(list(rows_of(corpus, "works", "work_id > 20"))) == 5
    assert list(rows_of(corpus, "changes")) == []
