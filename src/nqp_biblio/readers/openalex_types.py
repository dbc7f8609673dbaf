"""OpenAlex's kinds of works, in CSL's words."""

from __future__ import annotations

__all__ = ["PLAIN_TYPES", "TYPES"]

TYPES = {
    "article": "article-journal",
    "review": "article-journal",
    "editorial": "article-journal",
    "erratum": "article-journal",
    "letter": "article-journal",
    "retraction": "article-journal",
    "preprint": "article",
    "book": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "dataset": "dataset",
    "dissertation": "thesis",
    "libguides": "webpage",
    "peer-review": "review",
    "reference-entry": "entry",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "conference-paper": "paper-conference",
}
"""CSL's word for each kind."""

PLAIN_TYPES = frozenset(("article", "preprint", "book", "book-chapter", "dataset", "report"))
"""Kinds that CSL's word says in full; the others are kept beside it."""
