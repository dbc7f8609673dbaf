"""Thesaurus files of VOSviewer that are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nqp_biblio as nb
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def _corpus(*works: list[str]) -> nb.Corpus:
    """Make works with author keywords."""
    return nb.corpus_of(
        Record(title="One", keywords=[("author_keyword", word) for word in words])
        for words in works
    )


def test_what_is_written_can_be_used_again(tmp_path: Path) -> None:
    """What was joined and taken out is written, and read it does the same again."""
    corpus = _corpus(["Neural Networks", "article"], ["neural network"], ["neural network"])
    clean = nb.clean_terms(corpus, stop_words=["article"])
    file = tmp_path / "thesaurus.txt"
    nb.write_thesaurus(clean, file)
    text = "label\treplace by\narticle\t\nNeural Networks\tneural network\n"
    assert file.read_text(encoding="utf-8") == text
    assert nb.read_thesaurus(file) == {"article": None, "Neural Networks": "neural network"}
    again = nb.clean_terms(corpus, thesaurus=file, join=())
    assert again.terms["term"].tolist() == clean.terms["term"].tolist()


def test_nothing_is_joined(tmp_path: Path) -> None:
    """Without joins the file has its first line alone; case alone is no entry."""
    file = tmp_path / "thesaurus.txt"
    nb.write_thesaurus(nb.clean_terms(_corpus(["Heat", "heat"], ["heat"])), file)
    assert file.read_text(encoding="utf-8") == "label\treplace by\n"


def test_signs_are_quoted(tmp_path: Path) -> None:
    """A term with a quotation mark is written so that it is read as it was."""
    file = tmp_path / "thesaurus.txt"
    corpus = nb.clean_terms(_corpus(['the "open" port']), synonyms={'the "open" port': "port"})
    nb.write_thesaurus(corpus, file)
    assert nb.read_thesaurus(file) == {'the "open" port': "port"}
