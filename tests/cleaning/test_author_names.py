"""Names of authors: what agrees, and what contradicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.author.names import (
    align,
    family_weight,
    is_related,
    keys_of,
    read_name,
    sounded,
)
from nqp_biblio.record import Person
from nqp_biblio.text.names import parse_person

NAMES = st.builds(
    Person,
    family=st.text("abmuöZ -", min_size=1, max_size=8),
    given=st.none() | st.text("abeJK. -", max_size=8),
    particle=st.sampled_from((None, "van", "de la")),
    suffix=st.sampled_from((None, "Jr.", "II")),
)

AGREE = [
    ("Chen, L.", "Chen, Li-Qun"),
    ("Chen, LQ", "Chen, Liqun"),
    ("Chen, Li Qun", "Chen, LiQun"),
    ("Chen, Li-Qun", "Liqun, Chen"),
    ("Lu, Wei", "Lü, Wei"),
    ("Lv, Wei", "Lü, Wei"),
    ("Smith, J", "Smith, John A."),
    ("Smith, John", "Smith, John Andrew"),
    ("Müller, J.", "Mueller, Jürgen"),
    ("Jørgensen, K.", "Joergensen, Kim"),
    ("Ivanov, Sergey", "Ivanov, Sergei"),
    ("Kim, Ji-Hoon", "Kim, Jihoon"),
    ("van der Berg, J.", "Berg, J. van der"),
    ("Van Den Bosch, F.", "VandenBosch, F"),
    ("García-Márquez, Gabriel", "Garcia Marquez, G."),
    ("García, Olmer", "García-Bedoya, Olmer"),
    ("Souza, P.", "de Souza, Paulo"),
    ("Müller, Chr.", "Müller, Christian"),
    ("Abadi, Martı\u0301n", "Abadi, Martín"),
    ("李明", "李 明"),
]
CONTRADICT = [
    ("Li, J", "Li, JH Wei"),
    ("Li, Jun", "Li, JH"),
    ("Li, Jun", "Li, Jie"),
    ("Wang, Wei", "Wang, Weiming"),
    ("Xu, Wei", "Xue, Wei"),
    ("Smith, JA", "Smith, JB"),
    ("LEE, YOU-NA", "LEE, YOUNGGEUN"),
    ("RAO, SOM SEKHAR", "RAO, SUJIT"),
    ("Smith, John", "Smith, Jane"),
    ("Smith, John", "Smythe, John"),
    ("Kane, J., Jr.", "Kane, J., III"),
    ("van der Berg, J.", "van Berg, J."),
    ("Chen, L.", "Chen"),
    ("李明", "李敏"),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_names_of_one_person_agree(one: str, other: str) -> None:
    """Initials, order, particles, transliterations and Chinese names agree, and share a key."""
    a, b = (read_name(parse_person(name)) for name in (one, other))
    assert align(a, b) is not None
    assert set(keys_of(a)) & set(keys_of(b))


@pytest.mark.parametrize(("one", "other"), CONTRADICT[1:])
def test_names_of_two_people_contradict(one: str, other: str) -> None:
    """Other initials, given names, suffixes, particles or families contradict."""
    assert align(*(read_name(parse_person(name)) for name in (one, other))) is None


def test_an_initial_may_be_any_name() -> None:
    """LI J agrees with Li Jun and with Li J. H.: what it is, evidence must say."""
    vague = read_name(Person(family="LI", given="J"))
    for given_names in ("Jun", "J. H.", "JH", "Jie"):
        assert align(vague, read_name(Person(family="Li", given=given_names)))


@pytest.mark.parametrize(
    ("one", "other", "loose"),
    [
        ("Souza, P.", "de Souza, P.", True),
        ("Zhang, Wei", "Wei, Zhang", True),
        ("Smith, J.", "Smith, John", False),
    ],
)
def test_loose_agreement_is_told(one: str, other: str, *, loose: bool) -> None:
    """A particle that one lacks and a changed order count as loose."""
    agreed = align(*(read_name(parse_person(name)) for name in (one, other)))
    assert agreed is not None
    assert agreed[1] is loose


@given(NAMES, NAMES)
def test_comparing_has_no_order(one: Person, other: Person) -> None:
    """Two names agree as much as the other way round; a name agrees with itself."""
    a, b = read_name(one), read_name(other)
    forth, back = align(a, b), align(b, a)
    assert (forth is None) == (back is None)
    if forth is not None and back is not None:
        assert forth[1] == back[1]
        assert len(forth[0]) == len(back[0])
    assert align(a, a) is not None


def test_groups_have_their_name() -> None:
    """A group is compared by its name alone."""
    group = read_name(Person(literal="World Health Organization"))
    assert group.kind == "group"
    assert align(group, read_name(Person(literal="WORLD HEALTH ORGANIZATION"))) == ((), False)


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("Smith, Jane", "Smith, J.", True),
        ("Smith, Jane", "Miller, Jane", True),
        ("Miyano, S.", "Satoru, M.", False),
        ("Smith, Jane", "Kumar, Ravi", False),
    ],
)
def test_related_names_share_a_part(one: str, other: str, *, related: bool) -> None:
    """A name changed at marriage is related, another person's is not."""
    assert is_related(*(read_name(parse_person(name)) for name in (one, other))) is related


def test_frequent_family_names_count_more() -> None:
    """Wang and Kim stand for more people than Smith, and Smith for more than Leydesdorff."""
    weights = [family_weight(name) for name in ("wang", "kim", "smith", "leidesdorf")]
    assert weights[0] == weights[1] > weights[2] > weights[3]
    assert sounded("sergey") == sounded("sergei")
