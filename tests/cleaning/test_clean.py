"""All steps of cleaning, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.cleaning.clean import STEPS, open_steps
from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from pathlib import Path

WOS = """
@article{a, author = {Ames, A. and Bell, B.}, title = {HARBOUR GROWTH AND THE STREETS OF OLD TOWNS},
  journal = {PORTS}, year = {2001}, doi = {10.1000/h}, keywords = {town planning}}
@article{b, author = {Cole, C.}, title = {Tidal trade of small islands in winter}, year = {1999}}
"""
SCOPUS = """
@article{c, author = {Ames, Ada and Bell, Bo},
  title = {Harbour growth and the streets of old towns},
  journal = {Ports}, year = {2001}, volume = {5}, pages = {10--20}, keywords = {Town-planning}}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Give two files that share a work."""
    one, other = tmp_path / "wos.bib", tmp_path / "scopus.bib"
    one.write_text(WOS, "utf-8")
    other.write_text(SCOPUS, "utf-8")
    return one, other


def _content(corpus: nb.Corpus) -> list[tuple[object, ...]]:
    return sorted(
        corpus.sql(
            "SELECT w.title, w.doi, w.volume, a.author, a.position FROM works w"
            " JOIN authorships a ON a.work_id = w.work_id"
        )
    )


def test_all_steps_are_taken(files: tuple[Path, Path]) -> None:
    """Two files of one work become one corpus, with the best of both."""
    corpus = nb.clean(nb.read(*files))
    assert [step["step"] for step in corpus.history] == ["read", *STEPS]
    assert len(corpus) == 2
    assert len(corpus.merges) == 1
    assert ("Ames, Ada", "10.1000/h", "5") in corpus.sql(
        "SELECT a.author, w.doi, w.volume FROM works w JOIN authorships a ON a.work_id = w.work_id"
    )


def test_order_of_files_means_nothing(files: tuple[Path, Path]) -> None:
    """The same works and authors come of the files in any order."""
    assert _content(nb.clean(nb.read(*files))) == _content(nb.clean(nb.read(*reversed(files))))


def test_twice_changes_nothing(files: tuple[Path, Path]) -> None:
    """What is clean stays as it is."""
    once = nb.clean(nb.read(*files))
    twice = nb.clean(once)
    for table in ("works", "authorships", "merges", "changes", "terms", "cited_references"):
        assert getattr(twice, table).equals(getattr(once, table)), table


def test_some_steps_in_their_order(files: tuple[Path, Path]) -> None:
    """Steps can be left out, and come in their own order."""
    corpus = nb.clean(nb.read(*files), steps=["dedupe", "normalise"])
    assert [step["step"] for step in corpus.history] == ["read", "normalise", "dedupe"]


def test_unknown_step(files: tuple[Path, Path]) -> None:
    """A step that is not there is answered by those that are."""
    with pytest.raises(UnknownNameError, match="unknown step of cleaning 'wash'; known: normalise"):
        nb.clean(nb.read(*files), steps=["wash"])


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ((), STEPS),
        (("normalise",), STEPS[1:]),
        (("normalise", "link_references"), STEPS[1:]),
        (STEPS, ()),
    ],
)
def test_open_steps(
    files: tuple[Path, Path], taken: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """What is left to do begins with the first step that was not taken."""
    corpus = nb.clean(nb.read(*files), steps=taken)
    assert open_steps(corpus) == left
    assert corpus.steps == {"read", *taken}
