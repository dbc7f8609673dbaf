"""Names of people and groups, one by one and in lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.record import Person
from nqp_biblio.text.names import parse_people, parse_person
from nqp_biblio.text.unicode import clean_text


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Chen LQ", Person("Chen", "LQ")),
        ("Chen, Li-Qun", Person("Chen", "Li-Qun")),
        ("L. Q. Chen", Person("Chen", "L. Q.")),
        ("L.Q.Chen", Person("Chen", "L.Q.")),
        ("Li-Qun Chen", Person("Chen", "Li-Qun")),
        ("J.-P. Serre", Person("Serre", "J.-P.")),
        ("van der Berg, J.", Person("Berg", "J.", "van der")),
        ("Jan van der Berg", Person("Berg", "Jan", "van der")),
        ("VEEN P H van der", Person("VEEN", "P H", "van der")),
        ("da Silva AB", Person("Silva", "AB", "da")),
        ("DES MARAIS D J", Person("DES MARAIS", "D J")),
        ("Smith, J., Jr.", Person("Smith", "J.", suffix="Jr.")),
        ("Smith, Jr., J.", Person("Smith", "J.", suffix="Jr.")),
        ("PEEBLES P Z Jr", Person("PEEBLES", "P Z", suffix="Jr")),
        ("O'Brien K", Person("O'Brien", "K")),
        ("李明", Person("李", "明")),
        ("欧阳修文", Person("欧阳", "修文")),
        ("埃里克·坎德尔", Person("坎德尔", "埃里克")),
        ("중앙은행연구소", Person(literal="중앙은행연구소")),
        ("中国造纸学会", Person(literal="中国造纸学会")),
        ("World Health Organization", Person(literal="World Health Organization")),
        ("OpenAI", Person(literal="OpenAI")),
        ("Aristotle", Person("Aristotle")),
    ],
)
def test_parse_person(text: str, person: Person) -> None:
    """A name is split whatever the order of its parts; a group is left whole."""
    assert parse_person(text) == replace(person, raw=text)


@pytest.mark.parametrize(
    ("text", "names", "et_al"),
    [
        ("Chen LQ, Hu ZH", ["Chen, LQ", "Hu, ZH"], False),
        ("Wang LL, Li PY, Cao TT, et al.", ["Wang, LL", "Li, PY", "Cao, TT"], True),
        ("Smith, J. A., & van Dam, K.", ["Smith, J. A.", "van Dam, K."], False),
        ("Smith, John, Mary Jones, and Bob Lee", ["Smith, John", "Jones, Mary", "Lee, Bob"], False),
        ("Smith, A., Jr., Jones, B.", ["Smith, A., Jr.", "Jones, B."], False),
        ("Smith J; Jones K; Lee P", ["Smith, J", "Jones, K", "Lee, P"], False),
        ("J. S. Roe et J. Y. K. Poe", ["Roe, J. S.", "Poe, J. Y. K."], False),
        ("Müller, K., und Schmidt, P.", ["Müller, K.", "Schmidt, P."], False),
        ("ROE J A, POE E G", ["ROE, J A", "POE, E G"], False),
        ("Miller, R., . . . Wu, P.", ["Miller, R.", "Wu, P."], True),
        ("J. Roe & S. Poe (Eds.)", ["Roe, J.", "Poe, S."], False),
        ("牛永敢, 孔晓, 王阳, 等", ["牛, 永敢", "孔, 晓", "王, 阳"], True),
        ("李明、王芳", ["李, 明", "王, 芳"], False),
        ("Smith and Jones", ["Smith", "Jones"], False),
        ("U.S. Department of Transportation", ["U.S. Department of Transportation"], False),
        ("", [], False),
    ],
)
def test_parse_people(text: str, names: list[str], *, et_al: bool) -> None:
    """A list gives its people in order, and says whether it is cut."""
    people, is_cut = parse_people(text)
    assert [person.display for person in people] == names
    assert is_cut is et_al


@given(st.text(max_size=120))
def test_no_letter_is_lost(text: str) -> None:
    """Any text can be read, and a single name keeps its letters."""
    parse_people(text)
    person = parse_person(text)
    parts = (person.family, person.given, person.particle, person.suffix, person.literal)
    assert any(parts) or not clean_text(text)


@pytest.mark.parametrize(
    ("printed", "family", "given", "suffix"),
    [
        ("Smith, JR", "Smith", "JR", None),
        ("Platt SR", "Platt", "SR", None),
        ("Kittleson, MD", "Kittleson", "MD", None),
        ("Smith, John, Jr.", "Smith", "John", "Jr."),
        ("WANG Xiaoming", "WANG", "Xiaoming", None),
        ("Jean-Pierre DUPONT", "DUPONT", "Jean-Pierre", None),
        ("SMALL H", "SMALL", "H", None),
    ],
)
def test_capitals_are_read_for_what_they_are(
    printed: str, family: str, given: str, suffix: str | None
) -> None:
    """JR in capitals is initials; one name in capitals beside others is the family name."""
    person = parse_person(printed)
    assert (person.family, person.given, person.suffix) == (family, given, suffix)


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("学报(自然科学版)编辑部", "学报(自然科学版)编辑部"),
        ("中国社会科学院（工业经济研究所）", "中国社会科学院（工业经济研究所）"),
        ("国家统计局（编）", "国家统计局"),
    ],
)
def test_brackets_in_names_of_groups(name: str, literal: str) -> None:
    """A group in Chinese keeps what stands in brackets, but for the role it has."""
    assert parse_person(name).literal == literal
