"""Names and addresses in cells."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.table_people import people_of, placed_addresses, set_orcids, split_cell
from nqp_biblio.record import Person


@pytest.mark.parametrize(
    ("printed", "order", "names"),
    [
        ("Berg, Ada; Dahl, Bo", "usual", ["Berg, Ada", "Dahl, Bo"]),
        ("['Berg, Ada', \"O'Dahl, Bo\"]", "usual", ["Berg, Ada", "O'Dahl, Bo"]),
        ("Ada Berg|Bo Dahl", "usual", ["Berg, Ada", "Dahl, Bo"]),
        ("Berg A.Dahl B. C.", "usual", ["Berg, A.", "Dahl, B. C."]),
        ("NJ van Eck, L Waltman", "usual", ["van Eck, NJ", "Waltman, L"]),
        ("Van Eck, Nees Jan; Waltman, Ludo; ", "usual", ["Van Eck, Nees Jan", "Waltman, Ludo"]),
        ("Berg, Ada", "parted", ["Berg, Ada"]),
        ("Ada BergProf. Bo Dahl", "glued", ["Berg, Ada", "Dahl, Bo"]),
        ("Berg, Ada, Dahl, Bo", "pairs", ["Berg, Ada", "Dahl, Bo"]),
        ("", "usual", []),
    ],
)
def test_people(printed: str, order: str, names: list[str]) -> None:
    """Names are parted as each database parts them."""
    assert [person.display for person in people_of(printed, order=order)[0]] == names


def test_cut_list() -> None:
    """What stands for the others is no author."""
    people, et_al = people_of("Berg, Ada; et al.")
    assert [person.family for person in people] == ["Berg"]
    assert et_al


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ada (Oslo; Bergen); Bo (Leiden)", [("Oslo", 1), ("Bergen", 1), ("Leiden", 2)]),
        ("Ada (Dept (X), Oslo); Bo ()", [("Dept (X), Oslo", 1)]),
        ("Bo (Leiden)", [("Leiden", 2)]),
        ("Cy (Rome)", [("Rome", None)]),
        ("Ada (Dept (X; Oslo); Bo (Leiden)", [("Dept (X", 1), ("Oslo", 1), ("Leiden", 2)]),
        ("[Ada; Bo] Oslo; [Bo] Leiden", [("Oslo", 1), ("Oslo", 2), ("Leiden", 2)]),
        ("Oslo", []),
    ],
)
def test_addresses(printed: str, expected: list[tuple[str, int | None]]) -> None:
    """Each address goes to its author, whatever brackets it has of its own."""
    people = [Person(raw="Ada"), Person(raw="Bo")]
    assert placed_addresses(printed, people) == expected


def test_orcids() -> None:
    """ORCIDs go to their authors where there is a place for each."""
    people = [Person(raw="Ada"), Person(raw="Bo")]
    assert set_orcids(people, "https://orcid.org/0000-0002-1825-0097|")
    assert [person.orcid for person in people] == ["0000-0002-1825-0097", None]
    assert not set_orcids(people, "0000-0002-1825-0097")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("map; atlas;", ["map", "atlas"]),
        ("map|atlas; big", ["map", "atlas; big"]),
        ("map (old, new), atlas", ["map (old, new)", "atlas"]),
        ("one", ["one"]),
        ("[]", []),
    ],
)
def test_split(text: str, pieces: list[str]) -> None:
    """A list in a cell is split at the sign that parts it."""
    assert split_cell(text, others=",") == pieces
