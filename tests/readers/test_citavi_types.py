"""Kinds of reference in Citavi."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.bibtex_kinds import CSL_TYPES
from nqp_biblio.readers.citavi_types import type_of


@pytest.mark.parametrize(
    ("kind", "parent", "expected"),
    [
        ("JournalArticle", "", "article-journal"),
        ("Journal Article", "", "article-journal"),
        ("Contribution", "BookEdited", "chapter"),
        ("Contribution", "ConferenceProceedings", "paper-conference"),
        ("Contribution", "SpecialIssue", "article-journal"),
        ("Book", "ConferenceProceedings", "book"),
        ("Broadcast", "", "broadcast"),
        ("Poem", "", None),
    ],
)
def test_types(kind: str, parent: str, expected: str | None) -> None:
    """A kind is one of CSL; that of a part depends on the whole."""
    assert type_of(kind, parent) == expected
    assert expected is None or expected in CSL_TYPES
