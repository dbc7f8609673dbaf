"""Kinds of resources of DataCite."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.bibtex_kinds import CSL_TYPES
from nqp_biblio.readers.datacite_types import is_plain_kind, type_of_kind


@pytest.mark.parametrize(
    ("general", "free", "expected"),
    [
        ("JournalArticle", "", "article-journal"),
        ("Text", "Journal Article", "article-journal"),
        ("Text", "BlogPosting", "post-weblog"),
        ("Dissertation", "PhD Thesis", "thesis"),
        ("Sound", "Lecture", "song"),
        ("Model", "", "document"),
    ],
)
def test_types(general: str, free: str, expected: str) -> None:
    """The general type counts more than free words, but Text says nothing."""
    assert type_of_kind(general, free) == expected
    assert expected in CSL_TYPES


def test_plain_kinds() -> None:
    """A type that CSL's word says whole is not kept beside it."""
    assert is_plain_kind("Dataset", "dataset")
    assert not is_plain_kind("Dataset", "Survey")
