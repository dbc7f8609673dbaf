"""The name to show of an author."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.cleaning.author.labels import show_authors
from nqp_biblio.cleaning.author.mentions import read_mentions
from nqp_biblio.text.names import parse_person


def _shown(*names: str, people: list[int] | None = None) -> list[str]:
    """Return the name of the author of each name; all are one unless said otherwise."""
    records = [
        nb.Record(publication_year=2000 + at, people=[parse_person(name)])
        for at, name in enumerate(names)
    ]
    person = people or [0] * len(names)
    shown = show_authors(read_mentions(nb.corpus_of(records)), person)
    return [shown[one] for one in person]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("CHEN LQ", "Chen, L.", "Chen, Li-Qun"), "Chen, Li-Qun"),
        (("Chen, L.", "CHEN LQ"), "Chen, L. Q."),
        (("Müller, J.", "Muller, J."), "Müller, J."),
        (("van der Berg, J.", "Berg, J. van der"), "van der Berg, J."),
        (("李明",), "李明"),
        (("World Bank",), "World Bank"),
        (("Smith, John", "Smith, John A.", "Smith, John A."), "Smith, John A."),
    ],
)
def test_fullest_form(names: tuple[str, ...], shown: str) -> None:
    """Given names written out count most, then their number, frequency and accents."""
    assert set(_shown(*names)) == {shown}


def test_homonyms_are_numbered_by_works() -> None:
    """The author with most works has the plain name, the others a number."""
    shown = _shown("Wang, Z.", "Wang, Z.", "Wang, Z.", "Wang, Z.", people=[0, 1, 1, 3])
    assert shown == ["Wang, Z. (2)", "Wang, Z.", "Wang, Z.", "Wang, Z. (3)"]
