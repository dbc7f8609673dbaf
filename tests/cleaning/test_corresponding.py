"""Corresponding authors."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.place.corresponding import find_correspondents, has_mail, position_of

AUTHORS = [(1, "smith", "jane"), (2, "smith", "adam"), (3, "van der berg", "k"), (4, "li", "")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (
            {"RP": ["Li, M (reprint author), Univ Oslo, Oslo, Norway."]},
            [("Li, M", "Univ Oslo, Oslo, Norway", None)],
        ),
        ({"RP": ["Li, M, Univ Oslo, Oslo, Norway."]}, [("Li, M", "Univ Oslo, Oslo, Norway", None)]),
        (
            {
                "RP": [
                    (
                        "Li, M; Ek, A (corresponding author), Univ Oslo, Oslo, Norway.;"
                        " Ek, A (corresponding author), Univ Lund, Lund, Sweden."
                    )
                ]
            },
            [
                ("Li, M", "Univ Oslo, Oslo, Norway", None),
                ("Ek, A", "Univ Oslo, Oslo, Norway", None),
                ("Ek, A", "Univ Lund, Lund, Sweden", None),
            ],
        ),
        (
            {
                "corresponding-address": [
                    (
                        "Li, M (Reprint Author), Univ Oslo, Oslo, Norway."
                        " [Ek, A] Univ Lund, Lund, Sweden."
                    )
                ]
            },
            [("Li, M", "Univ Oslo, Oslo, Norway", None)],
        ),
        (
            {
                "Correspondence Address": [
                    "M. Li; Department of Art, University of Oslo, Oslo, Norway; email: m@uio.no"
                ]
            },
            [("M. Li", "Department of Art, University of Oslo, Oslo, Norway", None)],
        ),
        (
            {"Correspondence Address": ["M. Li, Institute of Art, Oslo, Norway. Email: m@uio.no"]},
            [("M. Li", "Institute of Art, Oslo, Norway", None)],
        ),
        (
            {"correspondence_address1": ["Centre for Art, University of Oslo, Oslo, Norway"]},
            [(None, "Centre for Art, University of Oslo, Oslo, Norway", None)],
        ),
        (
            {
                "Corresponding Authors": [
                    "Li, Mia (University of Oslo; NTNU); Ek, Ada (Lund University)"
                ]
            },
            [("Li, Mia", "University of Oslo", None), ("Ek, Ada", "Lund University", None)],
        ),
        ({"authorships.is_corresponding": ["False|True|true"]}, [(None, None, 2), (None, None, 3)]),
        (
            {
                "corresponding_author_ids": ['["https://openalex.org/A12"]'],
                "authorships.author.id": ["A11|A12"],
            },
            [(None, None, 2)],
        ),
        ({"corresponding_author_ids": ["[]"]}, []),
        ({"RP": ["", "Not In File"]}, []),
        ({}, []),
    ],
)
def test_fields(
    fields: dict[str, list[str]], found: list[tuple[str | None, str | None, int | None]]
) -> None:
    """Each database's way to tell of corresponding authors is read."""
    assert [tuple(one) for one in find_correspondents(fields)] == found


@pytest.mark.parametrize(
    ("name", "position"),
    [
        ("Smith, J", 1),
        ("A. Smith", 2),
        ("Smith", None),
        ("van der Berg, K.", 3),
        ("Berg, K", 3),
        ("Li, Wei", 4),
        ("Jones, J", None),
    ],
)
def test_position(name: str, position: int | None) -> None:
    """A name means the one author of that family name and initial."""
    assert position_of(name, AUTHORS) == position


def test_mail() -> None:
    """An address with a mail address in it is told."""
    assert has_mail("Univ Oslo. Electronic address: a@uio.no")
    assert not has_mail("Univ Oslo, Norway")
