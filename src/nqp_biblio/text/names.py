"""Names of people and groups as printed."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.record import Person
from nqp_biblio.text.unicode import clean_text

__all__ = ["has_group_word", "is_group", "parse_people", "parse_person"]

_PARTICLES_TEXT = (
    "af al ap at auf aus av bin ben d da dal dalla das de del dela della delle den der des "
    "di do dos du e el ibn la las le les lo los 't 's t te ten ter tot und van vande vander "
    "vd v von vom zu zum zur y"
)
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_SUFFIXES_TEXT = "jr sr ii iii iv 2nd 3rd 4th jnr snr junior filho neto phd md"
_SUFFIXES = frozenset(_SUFFIXES_TEXT.split())
_SUFFIX_LIKE_INITIALS = frozenset(("JR", "SR", "MD", "J.R.", "S.R.", "M.D."))
_CAPITALS = re.compile(r"[^\W\d_a-z]{4,30}(?:-[^\W\d_a-z]{2,30})?")
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z.]{1,30}(?:-[^\W\d_]{1,30})?")
_GROUP_WORDS_TEXT = (
    "administration agency alliance archives "
    "archive association associates authority "
    "bank board bureau center centers centre "
    "centres church cities city club co "
    "coalition collaboration collaborative "
    "collaborators college commission committee "
    "community company conference congress "
    "consortium cooperative corp corporation "
    "council court crown department dept "
    "directorate division embassy faculty "
    "federation firm force forum foundation "
    "government group inc initiative institut "
    "institute institutes institution instituto "
    "international investigators laboratory "
    "laboratories library limited llc ltd "
    "ministry ministère ministerio museum "
    "nations network office organisation "
    "organization parliament partnership "
    "platform program programme project registry "
    "research school schools secretariat senate "
    "service services society societies staff "
    "statistics states survey taskforce team "
    "trust union united universidad universidade "
    "university université universität "
    "universiteit università working workshop "
    "world gmbh bundesamt ministerium verband "
    "verein gesellschaft kommission panel press "
    "news times academy académie accademia "
    "akademie observatory task commonwealth "
    "inquiry development health national royal "
    "european american british canada australia "
    "china europe america"
)
_GROUP_WORDS = frozenset(_GROUP_WORDS_TEXT.split())
_GROUP_SIGNS = re.compile(
    r"委员会|研究院|研究所|协会|学会|公司|大学|学院|中心|部门|杂志社|编辑部|出版社|联合会|图书馆|博物馆|"
    r"[省市县区厅局署部院馆社会厂网组]$|政府|实验室|课题组|銀行|银行|集团|系统|委員会"
)
_COMPOUND_SURNAMES_TEXT = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 "
    "赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 "
    "司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 呼延 歐陽 司馬 諸葛 東方 公孫"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES_TEXT.split())
_HAN = re.compile(r"[\u3400-\u9fff々]")
_HAN_NAME = re.compile(r"[\u3400-\u9fff々]{2,4}")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HANGUL_NAME = re.compile(r"[\uac00-\ud7af]{2,4}")
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΑ-ΩА-ЯЁЇІЄ"
_INITIALS = re.compile(
    rf"(?:[{_UPPER}](?:h|s|z|u|a|e|l)?\s?\.[\s-]{{0,2}}(?:[-‐–]\s?)?){{1,6}}(?:[{_UPPER}]\.?)?|"
    rf"[{_UPPER}](?:[\s-]{{0,2}}[{_UPPER}]){{0,3}}|[{_UPPER}][a-z]?[-‐–][{_UPPER}a-z]\.?"
)
_INITIALS_TOKEN = re.compile(rf"(?:[{_UPPER}][a-z]?\.?[-‐–]?){{1,4}}\.?")
_ET_AL = re.compile(
    r"(?<![\s,;&(\[])[\s,;&(\[]*(?:\b(?:et\s?\.?\s?al(?:ii|\b)\.?|and\s(?:others|co-?workers|colleagues)|et\scoll\.?|u\.\s?a\.|"
    r"y\sotros|et\sautres|и\sдр\.?|\betal\.?)|，?等)[\s.,:;)\]]*$",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"(?:,\s?)?(?:\.\s?\.\s?\.|…)\s?,?(?:\s?&)?\s*")
_EDITOR_MARK = re.compile(
    r"(?<![\s,])[\s,]*[(\[]?\s?\b(?:eds?|edited\sby|editors?|hrsg|hg|ed\.s|coords?|comps?|dirs?|orgs?|trans|translators?)"
    r"\b\.?\s?[)\]]?[.,:\s]*$",
    re.IGNORECASE,
)
_AND = re.compile(
    r"(?<=[\w.,)])\s{0,3}(?:[,，]\s?)?(?:&|＆|\s(?:[Aa][Nn][Dd]|und|UND|et|ET|og|och|with|и|y|en|e|i)\s)\s{0,3}"
)
_STRONG_BREAK = re.compile(r"\s*[;；、]\s*(?:(?:and|und|et|y|&)\s)?")
_COMMA = re.compile(r"\s*[,，]\s*")
_INITIALS_GAP = re.compile(rf"(?<=\b[{_UPPER}])\s\.|(?<=\b[{_UPPER}]\.)(?=[{_UPPER}][a-z])")
_BRAND = re.compile(r"[a-z][A-Z]{2}|^[A-Z]{3,}[a-z]{2}|\d")
_FULL_STOP = re.compile(r"(?<=[^\W\d_A-Z][^\W\d_A-Z])\.$")
_MAX_GIVEN = 3
_ACRONYM = re.compile(r"[A-Z]{3,6}")


class _Words(NamedTuple):
    """A name cut at its particle: words before, particle, words after."""

    before: list[str]
    particle: list[str]
    after: list[str]


def parse_person(text: str) -> Person:
    """Read one name, whatever the order of its parts.

    Parameters
    ----------
    text : str
        One name: "Chen LQ", "Chen, Li-Qun", "L. Q. Chen", "van der Berg, J.", "李明" or
        a group.

    Returns
    -------
    Person
        With family and given name, or with `literal` for a group and for what cannot be
        split; `raw` is the name as printed. Case stays as printed.

    Examples
    --------
    >>> parse_person("van der Berg, J.").display
    'van der Berg, J.'
    >>> parse_person("Chen LQ").given
    'LQ'
    """
    raw = clean_text(text)
    name = _INITIALS_GAP.sub(lambda gap: "." if gap.group() else " ", raw).strip(" ,;:")
    if not name:
        return Person(literal=raw or None, raw=raw)
    if _HAN.search(name) or _HANGUL.match(name):
        return _eastern(name)
    if "," in name:
        return _inverted(_FULL_STOP.sub("", name), raw)
    if is_group(name):
        return Person(literal=name, raw=raw)
    return _straight(_FULL_STOP.sub("", name).split(), raw)


def parse_people(text: str) -> tuple[list[Person], bool]:
    """Read a printed list of names.

    Parameters
    ----------
    text : str
        Names in any usual style, parted by commas, semicolons, "and", "&" or "、".

    Returns
    -------
    people : list of Person
        In the order printed.
    et_al : bool
        Whether the list is cut: by "et al.", "等", "and others" or an ellipsis.

    Examples
    --------
    >>> people, et_al = parse_people("Wang LL, Li PY, et al.")
    >>> [person.display for person in people], et_al
    (['Wang, LL', 'Li, PY'], True)
    >>> [person.display for person in parse_people("Smith, J. A., & van Dam, K.")[0]]
    ['Smith, J. A.', 'van Dam, K.']
    """
    text = _EDITOR_MARK.sub("", clean_text(text).strip(" ,;:"))
    shorter = _ET_AL.sub("", text)
    et_al = shorter != text
    if _ELLIPSIS.search(shorter):
        shorter, et_al = _ELLIPSIS.sub(", ", shorter).strip(" ,"), True
    return [parse_person(name) for name in _names_of(shorter) if name.strip(" .,;:&")], et_al


def has_group_word(name: str) -> bool:
    """Tell whether a name has a word such as Institute, Ministry or Committee in it."""
    folded = [word.strip(".,()'’\"").casefold() for word in name.replace("/", " ").split()]
    if not any(word in _GROUP_WORDS for word in folded):
        return False
    return len(folded) > 1 or folded[0] not in {"bank", "church", "crown", "court", "press"}


def is_group(name: str) -> bool:
    """Tell whether a name is that of a group rather than of a person."""
    words = name.replace("/", " ").split()
    if has_group_word(name):
        return True
    if len(words) == 1:
        return _BRAND.search(name) is not None
    return any(word in {"of", "for", "the", "on", "in", "für"} for word in words)


_ROLE_IN_BRACKETS = re.compile(
    r"[（(\[［]\s?(?:主编|编著|编译|编|著|译|等|整理|校注?|国籍不详|[美英法德日俄])\s?[)）\]］]"
)


def _eastern(name: str) -> Person:
    """Read a name in Han characters or Hangul."""
    printed = name
    name = re.sub(r"[（(\[［][^)）\]］]{0,20}[)）\]］]", "", name).strip(" .，,。")
    if "·" in name or "•" in name:
        *given, family = re.split(r"[·•]", name)
        return Person(family=family, given="·".join(given), raw=printed)
    parts = re.split(r"[\s,，　]+", name)
    if len(parts) == 2 and all(_HAN.match(part) for part in parts):  # noqa: PLR2004
        return Person(family=parts[0], given=parts[1], raw=printed)
    at = 2 if name[:2] in _COMPOUND_SURNAMES else 1
    is_person = _HAN_NAME.fullmatch(name) or _HANGUL_NAME.fullmatch(name)
    if not is_person or _GROUP_SIGNS.search(name) or len(name) - at not in (1, 2):
        group = _ROLE_IN_BRACKETS.sub("", printed).strip(" .，,。") if _HAN.search(name) else name
        return Person(literal=group or printed, raw=printed)
    return Person(family=name[:at], given=name[at:], raw=printed)


def _inverted(name: str, raw: str) -> Person:
    """Read "Family, Given", with a suffix before or after the given name."""
    parts = [part for part in _COMMA.split(name) if part]
    suffixes = [part for part in parts[1:] if _is_suffix(part)]
    if len(parts) == 2 and parts[1] in _SUFFIX_LIKE_INITIALS:  # noqa: PLR2004
        suffixes = []
    rest = [part for part in parts if part not in suffixes]
    if not rest:
        return Person(literal=name, raw=raw)
    if len(rest) == 1:
        person = (
            Person(literal=rest[0], raw=raw)
            if is_group(rest[0])
            else _straight(rest[0].split(), raw)
        )
        person.suffix = person.suffix or (suffixes[0] if suffixes else None)
        return person
    if is_group(rest[0]) and not _is_initials(rest[1]):
        return Person(literal=name, raw=raw)
    given, particle = _without_particle_at_end(rest[1].split())
    words = _cut_at_particle(rest[0].split())
    if words.before and words.particle:
        words = _Words([], [], rest[0].split())
    if not suffixes and len(given) > 1 and _is_suffix(given[-1]) and _is_initials(given[0]):
        suffixes = [given.pop()]
    return Person(
        family=" ".join(words.after) or rest[0],
        given=" ".join([*given, *rest[2:]]) or None,
        particle=" ".join([*words.particle, *particle]) or None,
        suffix=suffixes[0] if suffixes else None,
        raw=raw,
    )


def _straight(words: list[str], raw: str) -> Person:
    """Read a name without comma: initials behind, initials before, or names in full."""
    if len(words) == 2 and words[1] in _SUFFIX_LIKE_INITIALS:  # noqa: PLR2004
        return Person(family=words[0], given=words[1], raw=raw)
    suffix = words.pop() if len(words) > 1 and _is_suffix(words[-1]) else None
    if (at := _capitals_at(words)) is not None:
        given = [*words[:at], *words[at + 1 :]]
        return Person(family=words[at], given=" ".join(given), suffix=suffix, raw=raw)
    if len(words) == 1:
        if _ACRONYM.fullmatch(words[0]):
            return Person(literal=words[0], raw=raw)
        return Person(family=words[0], suffix=suffix, raw=raw)
    if (at := _trailing_initials(words)) < len(words):
        cut = _cut_at_particle(words[:at])
        if cut.before and cut.particle:
            cut = _Words([], [], words[:at])
        given, particle = words[at:], cut.particle
        if given[-1] in _PARTICLES:
            given, tail = _without_particle_at_end(given)
            particle = [*particle, *tail]
        return Person(
            family=" ".join(cut.after),
            given=" ".join(given) or None,
            particle=" ".join(particle) or None,
            suffix=suffix,
            raw=raw,
        )
    cut = _cut_at_particle(words)
    if not cut.particle:
        cut = _Words(words[:-1], [], words[-1:])
    return Person(
        family=" ".join(cut.after),
        given=" ".join(cut.before) or None,
        particle=" ".join(cut.particle) or None,
        suffix=suffix,
        raw=raw,
    )


def _capitals_at(words: list[str]) -> int | None:
    """Where a family name in capitals stands, first or last, beside given names that are not."""
    ends = {0, len(words) - 1}
    found = [i for i in ends if _CAPITALS.fullmatch(words[i])]
    others = [word for i, word in enumerate(words) if i not in found]
    is_plain = bool(others) and all(_CAPITALISED.fullmatch(word) for word in others)
    return found[0] if len(found) == 1 and is_plain else None


def _trailing_initials(words: list[str]) -> int:
    """Where the initials that end a name begin; the number of words where none do."""
    at = len(words)
    while at > 1 and (words[at - 1] in _PARTICLES or _is_initials(words[at - 1])):
        at -= 1
    while at < len(words) and words[at] in _PARTICLES:
        at += 1
    if not any(_is_initials(word) for word in words[at:]):
        return len(words)
    head_is_initials = all(_is_initials(word) for word in words[:at])
    if head_is_initials and (
        len(words[0].strip(".")) < len(words[-1].strip(".")) or "." in words[0]
    ):
        return len(words)
    return at


def _cut_at_particle(words: list[str]) -> _Words:
    """Cut the words of a name around its first particle."""
    first = next(
        (i for i, word in enumerate(words[:-1]) if _is_particle(word, last=i == len(words) - 1)),
        None,
    )
    if first is None:
        return _Words([], [], words)
    after = first
    while after < len(words) - 1 and _is_particle(words[after], last=False):
        after += 1
    return _Words(words[:first], words[first:after], words[after:])


def _is_particle(word: str, *, last: bool) -> bool:
    """Tell a particle: a word of the list in lower case, or d' and 't."""
    return not last and word in _PARTICLES


def _without_particle_at_end(words: list[str]) -> tuple[list[str], list[str]]:
    """Take a particle off the end of given names: "P. H. van der"."""
    at = len(words)
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return words[:at], words[at:]


def _is_initials(text: str) -> bool:
    """Tell whether a text is nothing but initials: LQ, L. Q., J.-P., Yu."""
    if len(text) > 24:  # noqa: PLR2004
        return False
    return _INITIALS.fullmatch(text) is not None or (
        _INITIALS_TOKEN.fullmatch(text) is not None and text.count(".") > 0
    )


def _is_suffix(text: str) -> bool:
    """Tell Jr., Sr., III and their like."""
    return text.strip(" .()").casefold() in _SUFFIXES


def _names_of(text: str) -> list[str]:
    """Cut a list of names into single names."""
    if _STRONG_BREAK.search(text):
        pieces = [piece for piece in _STRONG_BREAK.split(text) if piece]
        return [name for piece in pieces for name in _names_between_semicolons(piece)]
    if _HAN.search(text):
        return _COMMA.split(_AND.sub(",", text))
    return _join_parts(_parts_of(text))


def _names_between_semicolons(piece: str) -> list[str]:
    """Cut what stands between two semicolons: mostly one name."""
    if piece.count(",") <= 1 and not _AND.search(piece):
        return [piece]
    return _join_parts(_parts_of(piece))


def _parts_of(text: str) -> list[str]:
    """Cut at commas and conjunctions, which stay as empty parts."""
    if is_group(text) and not re.search(rf",\s?[{_UPPER}]\.", text) and text.count(",") < 2:  # noqa: PLR2004
        return [text] if " and " in text or " of " in text else _COMMA.split(text)
    return _COMMA.split(_AND.sub(",,", text))


def _join_parts(parts: list[str]) -> list[str]:
    """Join "Family" and "Given" parts of a comma list to names."""
    names: list[str] = []
    open_family = False
    in_full = _gives_names_in_full(parts)
    for part in parts:
        if not part:
            open_family = False
        elif names and _is_suffix(part):
            names[-1] += f", {part}"
        elif open_family and (
            _is_initials_with_particle(part) or (in_full and len(part.split()) <= _MAX_GIVEN)
        ):
            names[-1] += f", {part}"
            open_family = False
        else:
            names.append(part)
            open_family = _may_want_given(part)
    return names


def _gives_names_in_full(parts: list[str]) -> bool:
    """Tell whether the second part is the given name of the first: "Smith, John"."""
    solid = [part for part in parts[:3] if part]
    if len(solid) < 2 or not parts[1]:  # noqa: PLR2004
        return False
    words = solid[1].split()
    return (
        _may_want_given(solid[0])
        and len(words) <= _MAX_GIVEN
        and not is_group(solid[1])
        and all(_is_initials(word) for word in words[1:])
    )


def _may_want_given(part: str) -> bool:
    """Tell a family name that stands alone."""
    words = part.split()
    if _trailing_initials(words) < len(words) or (_is_initials(words[0]) and len(words) > 1):
        return False
    cut = _cut_at_particle(words)
    return len(cut.before) + len(cut.after) <= 2 and not is_group(part)  # noqa: PLR2004


def _is_initials_with_particle(part: str) -> bool:
    """Tell "P. H. van der" and plain initials."""
    words, _ = _without_particle_at_end(part.split())
    return bool(words) and _is_initials(" ".join(words))
