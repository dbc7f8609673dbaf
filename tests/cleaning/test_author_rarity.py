"""How many other people one must expect behind a name."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.author.names import AuthorName, read_name
from nqp_biblio.cleaning.author.rarity import pair_names
from nqp_biblio.text.names import parse_person

CROWD = [f"Wang, {given}" for given in ("Zhe", "Bo", "Fang", "Gang", "Jun", "Kai", "Lei", "Min")]


def _others(*names: str) -> dict[tuple[str, ...], float]:
    """Return the expected number of others by the given names of a pair."""
    folded: list[AuthorName] = sorted({read_name(parse_person(name)) for name in names})
    pairs = pair_names(folded)
    zipped = zip(pairs.one.tolist(), pairs.other.tolist(), pairs.others.tolist(), strict=True)
    return {
        tuple(sorted(" ".join((folded[i].family, *folded[i].given)) for i in (one, other))): n
        for one, other, n in zipped
    }


def test_rare_names_have_few_others() -> None:
    """Of a rare name one expects less than one other in ten, of a frequent one more than one."""
    found = _others("Leydesdorff, L.", "Wang, Z.", *CROWD)
    assert found["leidesdorf l.", "leidesdorf l."] < 0.1
    assert found["wang z.", "wang z."] > 1


def test_what_is_written_out_is_rarer() -> None:
    """A given name says more than an initial, two initials more than one."""
    found = _others("Smith, J.", "Smith, J. A.", "Brown, John", "Brown, K.")
    assert found["smith j. a.", "smith j. a."] < found["smith j.", "smith j. a."]
    assert found["brown john", "brown john"] < found["brown k.", "brown k."]


def test_rivals_are_counted() -> None:
    """An initial that may stand for two people of the corpus is worth less."""
    alone = _others("Okafor, C.", "Okafor, Chidi")
    rivals = _others("Okafor, C.", "Okafor, Chidi", "Okafor, Chinua")
    key = ("okafor c.", "okafor chidi")
    assert rivals[key] >= alone[key] + 1


@pytest.mark.parametrize(
    ("one", "other"), [("Souza, P.", "de Souza, Paulo"), ("Zhang, Wei", "Wei, Zhang")]
)
def test_loose_pairs_are_marked(one: str, other: str) -> None:
    """Pairs whose family names agree but loosely are told."""
    names = sorted({read_name(parse_person(name)) for name in (one, other)})
    pairs = pair_names(names)
    assert pairs.is_loose[(pairs.one == 0) & (pairs.other == 1)].tolist() == [True]


def test_pairs_are_sorted_and_distinct() -> None:
    """Each pair comes once, a name with itself too, in order."""
    names = sorted({read_name(parse_person(name)) for name in ("Wang, W.", *CROWD)})
    pairs = pair_names(names)
    rows = list(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))
    assert rows == sorted(set(rows))
    assert {(i, i) for i in range(len(names))} <= set(rows)


def test_no_names() -> None:
    """No names have no pairs."""
    assert pair_names([]).one.tolist() == []
