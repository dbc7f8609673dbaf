"""Citation keys: stable, in ASCII, each once."""

from __future__ import annotations

import pytest

from nqp_biblio.outputs.keys import citation_keys
from nqp_biblio.record import Person, Record


def _key(record: Record) -> str:
    return next(citation_keys([record]))[0]


@pytest.mark.parametrize(
    ("own", "role", "key"),
    [
        ("Doe:2001/a-b", "record", "Doe:2001/a-b"),
        ("WOS:0001", "record", "WOS:0001"),
        ("7", "record", "7"),
        ("7", "reference", "muller2001uber"),
        ("[7]", "reference", "muller2001uber"),
        ("two words", "record", "muller2001uber"),
        ("k<b>1", "record", "muller2001uber"),
        ("a,b", "record", "muller2001uber"),
        (None, "record", "muller2001uber"),
    ],
)
def test_own_or_made(own: str | None, role: str, key: str) -> None:
    """A proper key stays; else author, year and first word of the title make one."""
    people = [Person(family="Müller", given="A.")]
    record = Record(
        key=own, role=role, title="The Über-model", publication_year=2001, people=people
    )
    assert _key(record) == key


@pytest.mark.parametrize(
    "record",
    [Record(), Record(title="李明的书", people=[Person(family="李")]), Record(title="Книга")],
)
def test_always_ascii(record: Record) -> None:
    """Names and titles in any script give a key in ASCII that is not empty."""
    key = _key(record)
    assert key.isascii()
    assert key


def test_repeated_keys_get_letters() -> None:
    """The first keeps its key, the others get a, b, …, also where only case differs."""
    records = [Record(key=key) for key in ("x", "X", "x", "xa")] + [Record(key="y")] * 28
    keys = [key for key, _ in citation_keys(records)]
    assert keys[:4] == ["x", "Xa", "xb", "xaa"]
    assert keys[-1] == "yaa"
    assert len({key.casefold() for key in keys}) == len(keys)
