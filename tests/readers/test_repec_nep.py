"""NEP reports: as mailed with a list of contents, and as shown on the web."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.repec_nep import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def _works(path: Path) -> list[Record]:
    source = Source(path)
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_mail(data: Path) -> None:
    """The list of contents is passed over, wrapped titles are one, the handle is the key."""
    first, second = _works(data / "repec-nep" / "mail.txt")
    assert (first.type, first.title, first.line) == (
        "report",
        "Weak examples and strong ones",
        18,
    )
    assert [person.display for person in first.people] == ["Berg, Ada", "Dahl, Bo"]
    assert first.abstract == "An abstract that runs over two lines."
    assert [word for _, word in first.keywords] == ["economics", "examples", "words"]
    assert (first.publication_date, first.key) == ("2005-08-31", "RePEc:dgr:examp:2005039")
    assert (second.title, second.people) == ("Second paper", [])
    assert [one.reason for one in second.problems] == ["no year in 'soon'; the year is left empty"]


def test_web(data: Path) -> None:
    """Addresses in brackets belong to their authors; what has no column is a field."""
    (work,) = _works(data / "repec-nep" / "web.txt")
    assert [person.display for person in work.people] == ["van der Berg, Ada", "Dahl, Bo"]
    assert work.affiliations == [("University of Examples, Faculty of Examples", 1)]
    assert (work.abstract, work.fields) == ("An abstract of two lines", [("JEL", "D81 O31")])
    assert [word for _, word in work.keywords] == ["Innovation", "Patent"]


@pytest.mark.parametrize("text", ["1. A paper\nDate: 2001\n", "nep.repec.org\nwords"])
def test_other_files(text: str) -> None:
    """A numbered list, or the name of the service alone, is not claimed."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        data = ("nep.repec.org\n1. T\nBy: " + text).encode("utf-8", "replace")
        assert list(FORMAT.records(Source("a.txt", data=data)))


@pytest.mark.parametrize(("number", "n_people"), [(1, 3), (2, 3), (3, 0)])
def test_real_files(shared_data: Path, number: int, n_people: int) -> None:
    """Each real file has one paper, with its authors and the handle of its address."""
    path = shared_data / f"formats/repec-nep/jabref-RepecNepImporterTest{number}.txt"
    (work,) = _works(path)
    assert len(work.people) == n_people
    assert (work.key or "").startswith("RePEc:")
