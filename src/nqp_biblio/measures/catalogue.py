"""The measures that ``nqp-biblio measure NAME`` runs, by name."""

from __future__ import annotations

__all__ = ["MEASURES"]

MEASURES: dict[str, str] = {
    "annual-production": "production:annual_production",
    "author-production": "authors:author_production",
    "citation-profile": "mentions:citation_profile",
    "completeness": "summary:completeness",
    "country-production": "places:country_production",
    "institution-production": "places:institution_production",
    "mention-counts": "mentions:mention_counts",
    "record-flow": "record_flow:record_flow",
    "source-production": "production:source_production",
    "summary": "summary:summary",
    "topic-frequencies": "topics:topic_frequencies",
    "type-production": "production:type_production",
}
"""Module and function of each measure that takes a corpus and returns a Result.

The first line of its docstring says what it does; its keywords are the options of the command.
"""
