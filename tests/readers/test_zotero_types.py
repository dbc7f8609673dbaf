"""Kinds of item in Zotero."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.bibtex_kinds import CSL_TYPES
from nqp_biblio.readers.zotero_types import type_of


@pytest.mark.parametrize(
    "name",
    [
        *("artwork", "audioRecording", "bill", "blogPost", "book", "bookSection", "case"),
        *("computerProgram", "conferencePaper", "dataset", "dictionaryEntry", "document"),
        *("email", "encyclopediaArticle", "film", "forumPost", "hearing", "instantMessage"),
        *("interview", "journalArticle", "letter", "magazineArticle", "manuscript", "map"),
        *("newspaperArticle", "patent", "podcast", "preprint", "presentation", "report"),
        *("radioBroadcast", "standard", "statute", "thesis", "tvBroadcast", "webpage"),
        "videoRecording",
    ],
)
def test_types(name: str) -> None:
    """Each kind of Zotero is one of CSL."""
    assert type_of(name) in CSL_TYPES
