"""Names of authors as evidence: what two names can have in common, and where they contradict."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.people import clean_person, initials
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from nqp_biblio.record import Person

__all__ = [
    "AuthorName",
    "align",
    "clean_name",
    "family_weight",
    "fold_name",
    "is_related",
    "keys_of",
    "read_name",
    "sounded",
]

_HAN = re.compile(r"[\u3400-\u9fff々]")
_WORD = re.compile(r"[^\W\d_]+\.?")
_LETTERS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CONSONANTS = re.compile(r"[b-df-hj-np-tv-xz]+")
_DOUBLED = re.compile(r"([a-z])\1")
_LONGEST_INITIALS = 3
_SHORTEST_PART = 4
_SHORTEST_SOUND = 5

_FINALS_TEXT = """
: a ai an ang ao e ei en er o ou
b: a ai an ang ao ei en eng i ian iao ie in ing o u
p: a ai an ang ao ei en eng i ian iao ie in ing o ou u
m: a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f: a an ang ei en eng o ou u
d: a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo
t: a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n: a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve ue
l: a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve ue
g k h: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j q x: i ia ian iang iao ie in ing iong iu u uan ue un
zh sh: a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch: a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
r: an ang ao e en eng i ong ou u ua uan ui un uo
z: a ai an ang ao e ei en eng i ong ou u uan ui un uo
c s: a ai an ang ao e en eng i ong ou u uan ui un uo
y: a an ang ao e i in ing o ong ou u uan ue un
w: a ai an ang ei en eng o u
"""
_SYLLABLES = frozenset(
    initial + final
    for line in _FINALS_TEXT.strip("\n").splitlines()
    for initial in (line.partition(":")[0].split() or [""])
    for final in line.partition(":")[2].split()
)
_LONGEST_SYLLABLE = 6
_MOST_SYLLABLES = 3

_CHINESE_TEXT = """
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang
xie song tang han feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia
ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao
kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin yi chang wen mo qi niu
hong xiang xing pang gong ning bao tao zhuang zuo mu ou jiao min lan hua
"""
_WIDE_CHINESE_TEXT = """
chan cheung chiang chiu chou chow chu chuang chung hsieh hsu huang kuo kwok lai lam lau lee
leung lo ng shih sung tsai tsang tseng tung wong yeh yeung yip yuen ho hsiao hung ko lim tsui
"""
_KOREAN_TEXT = """
kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song yoo hong
jeon ko moon yang bae baek heo nam noh ryu son chung chang hyun
"""
_OTHER_TEXT = """
nguyen tran le pham hoang phan vu dang bui do ngo smith johnson williams brown jones miller
davis wilson anderson taylor thomas moore martin jackson thompson white harris clark lewis
robinson walker garcia rodriguez martinez hernandez lopez gonzalez perez sanchez fernandez gomez
diaz silva santos souza sousa oliveira pereira costa ferreira rodrigues alves kumar singh sharma
gupta khan ali ahmed hassan rahman das roy patel shah jain verma mohamed hussain tanaka sato
suzuki takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida muller schmidt schneider
fischer meyer weber wagner becker rossi russo ferrari ivanov jensen nielsen hansen andersson
johansson
"""
_HAN_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "張劉陳楊黃趙吳孫馬鄭許韓馮鄧蕭蔣葉蘇魏呂盧鍾譚陸範賈韋鄒閆龍賀顧龔萬錢嚴"
)
_CHINESE = frozenset((_CHINESE_TEXT + _WIDE_CHINESE_TEXT).split())
_WEIGHTS = (
    (frozenset((*_CHINESE, *_KOREAN_TEXT.split(), *_HAN_SURNAMES)), 12.0),
    (frozenset(_OTHER_TEXT.split()), 2.0),
)
_RARE_WEIGHT = 0.2


class AuthorName(NamedTuple):
    """A name folded for comparing.

    Attributes
    ----------
    kind : str
        person, single (a family name alone) or group.
    family : str
        Family name without particle, accents and signs, transliterations alike.
    words : tuple of str
        Its words, where there is more than one.
    particle : str
        Its particle in one piece.
    given : tuple of str
        Given names in order; one that is only begun (an initial, "Chr.") ends in a full stop.
    suffix : str
        Jr., III.
    is_chinese : bool
        Whether it reads as a Chinese name in pinyin or Han characters, whose given name is
        complete where it is written out.
    """

    kind: str
    family: str
    words: tuple[str, ...]
    particle: str
    given: tuple[str, ...]
    suffix: str
    is_chinese: bool


def read_name(person: Person) -> AuthorName:
    """Fold one name.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> read_name(Person(family="Chen", given="LiQun")).given
    ('li', 'qun')
    >>> read_name(Person(family="Chen", given="LQ")).given
    ('l.', 'q.')
    """
    return fold_name(clean_name(person))


def clean_name(person: Person) -> Person:
    """Clean one name; words of two letters or more in a row of capitals are no initials.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> clean_name(Person(family="LEE", given="YOU-NA")).given
    'You-Na'
    """
    given = person.given or ""
    n_words = sum(len(word) > 1 for word in _LETTERS.findall(given))
    if n_words > 1 and given.isupper() and (person.family or "").isupper():
        person = replace(person, given=given.title())
    return clean_person(person)[0]


def fold_name(person: Person) -> AuthorName:
    """Fold one name that is clean already."""
    if person.literal is not None or not person.family:
        name = fold(person.display) or (person.raw or "")
        return AuthorName("group", name, (), "", (), "", is_chinese=False)
    suffix = fold(person.suffix or "")
    if _HAN.search(person.family):
        given = (fold(person.given),) if person.given else ()
        kind = "person" if given else "single"
        return AuthorName(kind, fold(person.family), (), "", given, suffix, is_chinese=True)
    words = tuple(fold(person.family).split())
    family = "".join(words)
    tokens = _tokens(person.given or "")
    is_chinese, tokens = _in_syllables(family, tokens)
    if family not in _CHINESE:
        family = sounded(family)
    return AuthorName(
        "person" if tokens else "single",
        family,
        tuple(map(sounded, words)) if len(words) > 1 else (),
        fold(person.particle or "").replace(" ", ""),
        tokens,
        suffix,
        is_chinese,
    )


def keys_of(name: AuthorName) -> tuple[str, ...]:
    """Return the keys of which two names that can be one person share at least one.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> keys_of(read_name(Person(family="Zhang", given="Wei")))
    ('zhang|w', 'wei|z')
    """
    first = name.given[0][0] if name.given else ""
    keys = [f"{name.family}|{first}"]
    if name.particle:
        keys.append(f"{sounded(name.particle + name.family)}|{first}")
    keys += [f"{word}|{first}" for word in name.words if len(word) >= _SHORTEST_PART]
    if name.is_chinese and name.given and not name.given[0].endswith("."):
        keys.append(f"{''.join(name.given)}|{name.family[0]}")
    return tuple(dict.fromkeys(keys))


def align(one: AuthorName, other: AuthorName) -> tuple[tuple[tuple[str, bool], ...], bool] | None:
    """Compare two names.

    Returns
    -------
    tuple or None
        The given names on which both agree, each with whether both write it out, and
        whether the family names agree but loosely (a particle or a second family name that
        one of them lacks, or family and given name in other order). None where the names
        contradict each other.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> li, others = Person(family="Li", given="Jun"), ("J.", "Jun", "Jie", "JH")
    >>> [align(read_name(li), read_name(Person(family="Li", given=g))) for g in others]
    [((('j', False),), False), ((('jun', True),), False), None, None]
    """
    if one.kind != other.kind or (one.suffix and other.suffix and one.suffix != other.suffix):
        return None
    if _is_swapped(one, other):
        return ((("".join(one.given), True),), True)
    is_loose = _families(one, other)
    if is_loose is None:
        return None
    shared = _givens(one, other)
    return None if shared is None else (shared, is_loose)


def is_related(one: AuthorName, other: AuthorName) -> bool:
    """Tell whether two names have a part in common, as those of one identifier must."""
    if one.family == other.family or set(one.words) & set(other.words):
        return True
    if {*one.words, one.family} & {*other.words, other.family, *other.given}:
        return True
    return bool(one.given and other.given) and one.given[0] == other.given[0]


def family_weight(family: str) -> float:
    """Return how many more people a family name stands for than those of the corpus.

    A rule of thumb: the names that many people have (Chinese, Korean, a few of each
    language) are listed; others count little.
    """
    return _weights().get(family, _RARE_WEIGHT)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """Return the names that many people have, in either form, with their weights."""
    found: dict[str, float] = {}
    for names, weight in _WEIGHTS:
        for name in sorted(names):
            for form in (name, sounded(name)):
                found.setdefault(form, weight)
    return found


def _tokens(given: str) -> tuple[str, ...]:
    """Cut given names into words; initials and abbreviations end in a full stop."""
    tokens: list[str] = []
    if not given.isascii():
        signs = unicodedata.normalize("NFKD", given)
        given = "".join(sign for sign in signs if not unicodedata.combining(sign))
    for word in _WORD.findall(_CAMEL.sub(" ", given)):
        bare = word.removesuffix(".")
        folded = fold(bare).replace(" ", "")
        if not folded:
            continue
        if len(folded) == 1 or (bare.isupper() and len(bare) <= _LONGEST_INITIALS):
            tokens += [f"{letter}." for letter in fold(initials(bare)).replace(" ", "")]
        else:
            is_begun = word.endswith(".") or _CONSONANTS.fullmatch(folded)
            tokens.append(f"{folded}." if is_begun else folded)
    return tuple(tokens)


@lru_cache(maxsize=100_000)
def sounded(word: str) -> str:
    """Bring transliterations of one word together: Mueller and Müller, Sergey and Sergei.

    Examples
    --------
    >>> [sounded(word) for word in ("mueller", "muller", "sergey", "sergei")]
    ['muler', 'muler', 'sergei', 'sergei']
    """
    if word in {"lv", "lue"}:
        return "lu"
    if len(word) < _SHORTEST_SOUND:
        return word
    for before, after in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ks", "x"), ("ph", "f")):
        word = word.replace(before, after)
    return _DOUBLED.sub(r"\1", word.replace("y", "i").replace("j", "i"))


def _in_syllables(family: str, tokens: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """Tell a Chinese name in pinyin, and cut its given name into syllables."""
    if family not in _CHINESE or not tokens:
        return False, tokens
    cut: list[str] = []
    for token in tokens:
        syllables = (token,) if token.endswith(".") else _syllables(token)
        if syllables is None:
            return False, tokens
        cut += syllables
    return len(cut) <= _MOST_SYLLABLES, tuple(cut)


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> tuple[str, ...] | None:
    """Cut a word into the fewest syllables of pinyin; None where it cannot be cut."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        found = [
            (*before, word[start:end])
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (before := best[start]) is not None and word[start:end] in _SYLLABLES
        ]
        best.append(min(found, key=len, default=None))
    return best[-1]


def _is_swapped(one: AuthorName, other: AuthorName) -> bool:
    """Tell a Chinese name whose family and given name changed places."""
    if not (one.is_chinese or other.is_chinese) or one.family == other.family:
        return False
    return one.family == "".join(other.given) and other.family == "".join(one.given)


def _families(one: AuthorName, other: AuthorName) -> bool | None:
    """Tell whether family names agree only loosely; None where they differ."""
    if one.family == other.family:
        if one.particle and other.particle and one.particle != other.particle:
            return None
        return one.particle != other.particle
    if one.particle + one.family == other.particle + other.family:
        return False
    ends = [{name.family, *name.words[:1], *name.words[-1:]} for name in (one, other)]
    is_part = one.family in ends[1] or other.family in ends[0]
    return True if is_part else None


def _givens(one: AuthorName, other: AuthorName) -> tuple[tuple[str, bool], ...] | None:
    """Return the given names that agree; None where two contradict each other."""
    a, b = one.given, other.given
    if not a or not b or a == b:
        return tuple((token.removesuffix("."), not token.endswith(".")) for token in a)
    whole = ["".join(given) for given in (a, b)]
    if whole[0] == whole[1] and "." not in whole[0]:
        return tuple((token, True) for token in min(a, b, key=len))
    if one.is_chinese and other.is_chinese and _contradict(a, b):
        return None
    shared = []
    for mine, yours in zip(a, b, strict=False):
        found = _common(mine, yours)
        if found is None:
            return None
        shared.append(found)
    return tuple(shared)


def _contradict(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether a Chinese given name that is complete leaves no room for the other."""
    is_full = [not any(token.endswith(".") for token in given) for given in (a, b)]
    if all(is_full):
        return True
    return (is_full[0] and len(b) > len(a)) or (is_full[1] and len(a) > len(b))


def _common(mine: str, yours: str) -> tuple[str, bool] | None:
    """Return what two given names have in common, and whether both are written out."""
    short, long = sorted((mine.removesuffix("."), yours.removesuffix(".")), key=len)
    if mine.endswith(".") or yours.endswith("."):
        return (short, False) if long.startswith(short) else None
    return (long, True) if sounded(short) == sounded(long) else None
