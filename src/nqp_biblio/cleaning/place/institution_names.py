"""The institution that an address names: its main organisation, not the department."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.place.affiliation_parts import Address, is_street
from nqp_biblio.cleaning.place.country_names import folded, places_by_name, state_codes
from nqp_biblio.cleaning.place.institution_aliases import alias_of
from nqp_biblio.cleaning.place.institution_words import key_words, standard_word, standard_words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FoundInstitution", "find_institution"]

_UNIVERSITY, _ACADEMY, _ORGANISATION, _FIRST, _CENTRE, _OTHER, _DEPARTMENT, _NONE = range(8, 0, -1)
_ABBREVIATED = frozenset(
    "Univ Inst Dept Ctr Sch Hosp Coll Technol Sci Acad Natl Fac Lab Res Engn Med Gen Fdn Hlth Serv "  # noqa: SIM905
    "Phys Chem Biol Math Polytech Tech Corp Ist Div Observ Soc Int Agcy Geol Environm Informat "
    "Management Mat Appl Comp Elect Mech Educ Econ Govt Minist Canc Surg Orthoped Forens".split()
)
_DEPARTMENTS = frozenset(
    "department faculty division section sect unit group grp chair lehrstuhl program programme "  # noqa: SIM905
    "programa postgraduation office team team equipe area catedra abt abteilung subdivision "
    "professorship discipline branch ward doctoral student professor phd candidate".split()
)
_SCHOOLS = frozenset(("school", "college"))
_ORGANISATIONS = frozenset(
    "hospital clinic foundation society association ministry museum agency bureau council company "  # noqa: SIM905
    "corporation observatory academy bank survey limited gmbh ltd inc llc plc ag spa bv nv "
    "infirmary authority commission committee government park zoo trust police organization "
    "organisation charite".split()
)
_SUBJECTS = frozenset(
    "administration analysis applied art arts biochemistry biological biology biomedical botany "  # noqa: SIM905
    "business cell chemistry clinical cognitive communication computer developmental director "
    "directeur earth ecology economic economics education electrical engineering environment "
    "epidemiology evolutionary expertise finance general genetics geography geology gynecology "
    "health higher history human industrial information internal language law life linguistics "
    "management marine materials material mathematics mechanical medical microbiology molecular "
    "neurology neuroscience nursing nutrition obstetrics oncology orthopaedic pathology pediatric "
    "pharmacology philosophy physics physiology planning policy political production psychiatry "
    "psychology public radiology research science social sociology statistics studies surgery "
    "system technician technology theory toxicology traumatology urology veterinary zoology".split()
)
_CENTRES = frozenset("institute center laboratory station library".split())  # noqa: SIM905
_HIGHER = re.compile(
    r"\binst(?:itute|\.)? (?:of )?(?:sci(?:ence|\.)? (?:and|&) )?technol|\bhochschule|\btechnikon|"
    r"\bac(?:ad|ademy|ademia|adémie)\.? (?:of )?(?:\w+ ){0,2}(?:sci|nauk|sinica)|"
    r"\b(?:national|natl) lab(?:oratory|s)?\b|\bmax[- ]planck[- ]|\bfraunhofer|"
    r"\b(?:educational|higher) inst|"
    r"\bpolit[eé]cnic|\bpolyte(?:ch|kn)|\bpolitec|\binstitut[oe] (?:superior|tecnol|polit)|"
    r"^(?:[eé]cole|ensta?|escuela) (?:normale|polytech|nationale|des|sup|centrale)|"
    r"^tu [A-Z]|\bimperial coll|\bcollege (?:london|dublin|cork)|research council",
    re.IGNORECASE,
)
_KINDS = frozenset(("university", "hospital", "technology"))
_MOST_COMMON_WORDS = 3
_LINKS = frozenset(("and", "of", "for", "on", "in", "the", "y", "e", "et", "und"))
_UNIT_BEFORE = re.compile(
    r"^.*\b(?:unit|group|laboratory|lab|office|team) (?!of\b|for\b)(.+)$", re.IGNORECASE
)
_OWN_COLLEGE = re.compile(r"^(?!(?:coll(?:ege)?)\b).*\bcoll(?:ege)?\b(?! of\b)", re.IGNORECASE)
_OF_A_STATE = re.compile(
    r"^(.{2,40}?)\s+(?:dept\.?|department|ministry|bureau|division)\s+\w", re.IGNORECASE
)
_SUB_UNIT = re.compile(
    r"(?<=\w)[\s:-]+(?:(?:graduate |business |medical |law )?"
    r"(?:school|faculty|college|departme?nt|dept|division) (?:of|for)\b|"
    r"(?:medical|business|law) school\b|school of medicine\b|\w+ campus\b).*$",
    re.IGNORECASE,
)
_INNER = (
    re.compile(
        r"^.*\b(?i:department|dept|faculty|school|college|institute|cent(?:er|re)|division|unit|"
        r"affiliated|hospital|headquarters|laboratory|program|section|campus)\b.*?\b(?:of|at|to|in|,)"
        r" (?:the )?((?:(?!(?:of|the|and)\b)[A-Z][\w.’'-]* ){0,5}Universit[\w]*\b.*)$"
    ),
    re.compile(
        r"^(?:.*\b)?(?:headquarters|offices?) of (?:the )?(.+?)(?: in [A-Z]\w+)?$", re.IGNORECASE
    ),
    re.compile(r"^UMR \d+ and (.+)$"),
)
_TAIL = re.compile(
    r"\s?[(\[][^()\[\]]{0,200}[)\]]?\s?$|\s[-–—]\s[A-Z]{2,}\b.*$|\s{2,}.*$|(?<![:.])[:.]+$"
)
_TWO = re.compile(
    r"^((?:ETH|EPFL|TU)\b[^,]{0,30}?|.*\buniversit\w+\b.*?) and (?:the )?universit.*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:the|and|at|from|c/o)\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"[(\[]([A-Z][A-Za-z&/-]{1,11})[)\]]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_NAMES = tuple(
    re.compile(rf"^[\w（）()·]{{1,25}}?(?:{ends})")
    for ends in (
        "科学院大学|科學院大學",
        "大学|大學",
        "科学院|科學院",
        "学院|學院|研究院|医院|醫院|博物馆|博物館|出版社|党校|图书馆|公司|集团|研究所|中心|局|中学|学校",
    )
)
_IN_FULL = re.compile(
    r" of | de |\b(?:University|Universi\w+|Institute|Department|School|Hospital|College|"
    r"Center|Centre|Faculty|Academy|Research|Science|Sciences)\b"
)
_UNIT_OF_UNIVERSITY = frozenset(
    ("institute", "school", "library", "department", "center", "college")
)
_CAMPUSES = {
    "california": "berkeley davis irvine los+angeles merced riverside san+diego san+francisco"
    " santa+barbara santa+cruz",
    "texas": "austin dallas arlington el+paso san+antonio",
    "nevada": "las+vegas reno",
    "north carolina": "chapel+hill charlotte greensboro wilmington",
    "illinois": "chicago urbana springfield",
    "wisconsin": "madison milwaukee",
    "massachusetts": "amherst boston lowell dartmouth",
    "alabama": "birmingham huntsville",
    "tennessee": "knoxville memphis",
    "nebraska": "lincoln omaha",
}
_SYSTEM = re.compile(
    r"^univ(?:ersity)?\.? (?:of )?(calif(?:ornia)?|texas|nevada|n(?:orth)? carolina|illinois|"
    r"wisconsin|massachusetts|alabama|tennessee|nebraska)$",
    re.IGNORECASE,
)
_FULL_STATES = {"calif": "california", "n carolina": "north carolina"}


class FoundInstitution(NamedTuple):
    """The institution of an address.

    Attributes
    ----------
    name : str or None
        As printed, less what stands in brackets behind it; None where the address names none.
    rule : str or None
        What told it: ``first-part``, ``organisation-word``, ``known-name`` …
    acronym : str or None
        What stands in brackets behind it.
    """

    name: str | None
    rule: str | None
    acronym: str | None = None


def find_institution(address: Address) -> FoundInstitution:
    """Find the main organisation of an address.

    Parameters
    ----------
    address : Address
        From `split_address`.

    Returns
    -------
    FoundInstitution
        A university, academy or institute of technology before a hospital, company or
        agency, these before institutes and centres. Web of Science prints the organisation
        first, and it is taken. Departments alone, streets and cities are none.

    Examples
    --------
    >>> from nqp_biblio.cleaning.place.affiliation_parts import split_address
    >>> find_institution(split_address("Dept. of Physics, University of Oslo, Oslo, Norway")).name
    'University of Oslo'
    """
    parts = address.parts
    if not parts:
        return FoundInstitution(None, None)
    if _HAN.search(parts[0]):
        return _in_han(parts)
    country = address.country_code
    before_city = parts[: address.city_at] or (parts[:1] if not address.city else ())
    scores = [_score(part, at, country) for at, part in enumerate(before_city)]
    if not scores:
        return FoundInstitution(None, None)
    if _is_abbreviated(parts):
        at, rule = _of_abbreviated(scores), "first-part"
    else:
        at = max(range(len(scores)), key=lambda n: (scores[n], -n))
        rule = _RULES.get(scores[at], "")
    if at is None or (scores[at] <= _DEPARTMENT and not (rule == "first-part" and at == 0)):
        return FoundInstitution(None, None)
    return _named(parts, at, rule, address)


_RULES = {
    _UNIVERSITY: "university-word",
    _ACADEMY: "academy-word",
    _ORGANISATION: "organisation-word",
    _FIRST: "first-part",
    _CENTRE: "centre-word",
    _OTHER: "other-part",
}


def _named(parts: Sequence[str], at: int, rule: str, address: Address) -> FoundInstitution:
    """Cut the name out of its part; the campus of a state's university belongs to it."""
    part = parts[at]
    found, country = _ACRONYM.search(part), address.country_code
    name = _main_name(part, country)
    if system := _SYSTEM.match(name):
        state = system[1].lower().replace("  ", " ")
        for place in (*parts[at + 1 : at + 2], address.city or ""):
            campus = _campus(_FULL_STATES.get(state, state), place)
            if campus:
                name = f"{name}, {campus}"
                break
    elif address.city and _is_common(name) and not alias_of(name, country):
        name = f"{name}, {address.city}"
    return FoundInstitution(name or None, rule, found[1] if found else None)


def _is_common(name: str) -> bool:
    """Tell a name that many institutions have: "University of Technology"."""
    words = key_words(name)
    is_kind = not _KINDS.isdisjoint(words) and len(words) <= _MOST_COMMON_WORDS
    return is_kind and all(word in standard_words() for word in words)


def _campus(state: str, place: str) -> str | None:
    """Return the campus that a place is, None where it is none."""
    plain = folded(place)
    plain = "san diego" if (state, plain) == ("california", "la jolla") else plain
    known = [name.replace("+", " ") for name in _CAMPUSES[state].split()]
    return next((name.title() for name in known if plain.startswith(name)), None)


@lru_cache(maxsize=100_000)
def _main_name(part: str, country: str | None) -> str:
    """Take the main organisation out of a part."""
    text = part
    for _ in range(3):
        text = _TAIL.sub("", text).strip(' ,;-–"“”')
    if " " in text:
        text = next((match[1] for one in _INNER if (match := one.match(text))), text)
    if (match := _UNIT_BEFORE.match(text)) and alias_of(match[1], country):
        text = match[1]
    if match := _TWO.match(text):
        text = match[1]
    if "niversi" in text or "Univ" in text:
        text = _SUB_UNIT.sub("", text)
    return _LEADING.sub("", text).strip(" ,;-–")


def _is_abbreviated(parts: Sequence[str]) -> bool:
    """Tell an address as Web of Science writes it."""
    text = " ".join(parts)
    if _IN_FULL.search(text):
        return False
    return any(word in _ABBREVIATED for word in text.split()) or (
        text.isupper() and any(word.capitalize() in _ABBREVIATED for word in text.split())
    )


def _of_abbreviated(scores: Sequence[int]) -> int | None:
    """Choose the first part, or where that is a department the best of the others."""
    if scores[0] > _DEPARTMENT:
        return 0
    best = max(range(len(scores)), key=lambda n: (scores[n], -n))
    return best if scores[best] >= _CENTRE else None


@lru_cache(maxsize=200_000)
def _score(part: str, at: int, country: str | None) -> int:
    """Rate how likely a part is the main organisation."""
    known = alias_of(_main_name(part, country), country) is not None
    if is_street(part) and not known:
        return _NONE
    words = [standard_word(word) for word in folded(part).split()]
    found = frozenset(words)
    if "university" in found:
        return _score_university(part, words)
    if known or _HIGHER.search(part):
        return _ACADEMY
    if (match := _OF_A_STATE.match(part)) and _is_region(match[1], country):
        return _ORGANISATION
    is_organisation = bool(found & _ORGANISATIONS)
    if (found & _DEPARTMENTS and not is_organisation) or (
        words[:1] and words[0] in _SCHOOLS and "hospital" not in found
    ):
        return _DEPARTMENT
    return _score_others(part, at, found, is_organisation=is_organisation)


def _is_region(text: str, country: str | None) -> bool:
    """Tell a state or city, or the letters of a state."""
    return folded(text) in places_by_name() or text in state_codes().get(country or "", ())


def _score_university(part: str, words: Sequence[str]) -> int:
    """Rate a part with the word university."""
    if words[0] == "university" and words[1:2] and words[1] in _UNIT_OF_UNIVERSITY:
        return _CENTRE
    is_hospital = "hospital" in words and words[-1] != "university" and not _INNER[0].match(part)
    return _ORGANISATION if is_hospital else _UNIVERSITY


def _score_others(part: str, at: int, found: frozenset[str], *, is_organisation: bool) -> int:
    """Rate a part that is neither a university nor a department."""
    if _OWN_COLLEGE.match(part):
        return _ACADEMY
    if is_organisation:
        return _ORGANISATION
    if not (found - _SUBJECTS - _LINKS):
        return _DEPARTMENT
    if found & _CENTRES and not found & _SCHOOLS:
        return _CENTRE
    return _FIRST if at == 0 else _OTHER


def _in_han(parts: Sequence[str]) -> FoundInstitution:
    """Find the institution of an address in Han letters."""
    for pattern in _HAN_NAMES:
        for part in parts:
            if match := pattern.match(part.replace(" ", "")):
                return FoundInstitution(match[0], "organisation-word")
    return FoundInstitution(parts[0], "first-part")
