"""What services say of a work that no column holds."""

from __future__ import annotations

import pytest

from nqp_biblio.record import Record
from nqp_biblio.services.notes import NOTES, notes


@pytest.mark.parametrize(
    ("what", "fields", "expected"),
    [
        (
            "retractions",
            [("updated-by", '[{"DOI": "10.1/R", "type": "retraction"}, {"DOI": "10.1/c"}, 7]')],
            [("retracted_by", "10.1/r"), ("updated_by", "10.1/c (update)")],
        ),
        (
            "retractions",
            [("is_retracted", "True")],
            [("retracted_by", "a notice that x does not name")],
        ),
        ("retractions", [("is_retracted", "false"), ("updated-by", "no JSON")], []),
        (
            "licences",
            [("license", '[{"URL": "https://l"}, {"URL": "https://l"}, {"URL": 7}]')],
            [("license", "https://l")],
        ),
        ("licences", [("license", '{"URL": "https://l"}')], [("license", "https://l")]),
        ("licences", [("license", "[" * 100_000)], []),
        ("topics", [("topics", "A; B"), ("other", "C")], [("topics", "A; B")]),
        ("open_access", [("is_oa", "true"), ("x", "y")], [("is_oa", "true")]),
    ],
)
def test_notes(what: str, fields: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """Each is told once, and what has another shape is nothing."""
    assert notes(Record(fields=fields), what, "x") == expected


@pytest.mark.parametrize("what", sorted(NOTES))
def test_nothing_said(what: str) -> None:
    """A record that says nothing gives nothing."""
    assert notes(Record(), what, "x") == []
