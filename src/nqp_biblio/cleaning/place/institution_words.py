"""Words of names of institutions: abbreviations, other languages, and the key that names share."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from nqp_biblio.text.unicode import fold

__all__ = [
    "institution_key",
    "key_words",
    "names_an_institution",
    "read_lines",
    "spell_out",
    "standard_word",
    "standard_words",
]

_SMALL = frozenset(
    "a al am an and at av d da das de degli dei del dell della der des di do dos du e et fur för "  # noqa: SIM905
    "for i im in into la las le les los o of on sur the to und van von y zu zur studi".split()
)
_COMPANY = frozenset(
    "ab ag as asa bv co company corp corporation gmbh inc incorporated kk limited llc llp ltd nv "  # noqa: SIM905
    "oy plc pty sa sarl spa sro srl".split()
)
_INSTITUTIONS = frozenset(
    "university college school institute polytechnic academy hospital center laboratory department "  # noqa: SIM905
    "faculty foundation society association ministry museum agency bureau council clinic company "
    "corporation observatory hochschule fachhochschule division research library".split()
)
_NOT_TURNED = frozenset(("washington", "miami", "york", "china", "cork"))
_BRACKETS = re.compile(r"\s?[(\[][^()\[\]]{0,200}[)\]]")
_ABBREVIATIONS = {
    "Acad": "Academy", "Agcy": "Agency", "Agr": "Agricultural", "Aeronaut": "Aeronautics",
    "Appl": "Applied", "Assoc": "Association", "Astronaut": "Astronautics", "Coll": "College",
    "Ctr": "Center", "Educ": "Education", "Environm": "Environmental", "Engn": "Engineering",
    "Econ": "Economics", "Fdn": "Foundation", "Fed": "Federal", "Gen": "General",
    "Geosci": "Geosciences", "Hlth": "Health", "Hosp": "Hospital", "Informat": "Information",
    "Inst": "Institute", "Int": "International", "Lab": "Laboratory", "Med": "Medical",
    "Mem": "Memorial", "Minist": "Ministry", "Natl": "National", "Observ": "Observatory",
    "Petr": "Petroleum", "Pharmaceut": "Pharmaceutical", "Polytech": "Polytechnic",
    "Publ": "Public", "Res": "Research", "Sch": "School", "Sci": "Science", "Serv": "Service",
    "Soc": "Society", "Tech": "Technical", "Technol": "Technology", "Telecommun":
    "Telecommunications", "Univ": "University", "Vet": "Veterinary",
}  # fmt: skip
_HEADS = frozenset(("University", "Institute", "Academy"))
_NO_OF_BEFORE = frozenset(("Hospital", "College", "Medical", "of", "for", "&", "Clinic"))


@lru_cache(maxsize=1)
def _standard() -> dict[str, str]:
    """Read the standard word for each abbreviation and foreign form."""
    return {form: word for word, forms, *_ in _rows() for form in (*forms.split("|"), word) if form}


def _rows() -> list[list[str]]:
    return [line.split(";") for line in read_lines("institution_words.csv")]


@lru_cache(maxsize=1)
def standard_words() -> frozenset[str]:
    """Return the words that many institutions have in their names: university, national."""
    return frozenset(word for word, _, *names in _rows() if not names)


def read_lines(name: str) -> list[str]:
    """Read the lines of a table that comes with the library, less its comments."""
    text = (resources.files("nqp_biblio.cleaning.place") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def standard_word(word: str) -> str:
    """Return the standard form of a folded word: university for univ and universidad."""
    return _standard().get(word, word)


@lru_cache(maxsize=200_000)
def key_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that count, in their standard form and in order.

    Examples
    --------
    >>> key_words("Univ. de Granada"), key_words("Inst Phys")
    (('university', 'granada'), ('institute', 'physics'))
    """
    words = [
        standard_word(word)
        for word in fold(_BRACKETS.sub("", name) if "(" in name or "[" in name else name).split()
    ]
    kept = [word for word in words if word not in _SMALL]
    if len(kept) > 1:
        kept = [word for word in kept if word not in _COMPANY] or kept
    return tuple(kept or words)


@lru_cache(maxsize=200_000)
def institution_key(name: str) -> str:
    """Return what the names of one institution share.

    Abbreviations, the language of the common words, accents and small words do not count,
    nor does it whether the place stands before or behind "University". It does for a few
    that differ by it: University of Washington, Washington University.

    Examples
    --------
    >>> institution_key("Univ Granada") == institution_key("Universidad de Granada")
    True
    >>> institution_key("Oxford University") == institution_key("University of Oxford")
    True
    >>> institution_key("Univ Washington") == institution_key("Washington Univ")
    False
    """
    words = key_words(name)
    if words.count("university") == 1 and not _NOT_TURNED.intersection(words):
        return " ".join(sorted(words))
    return " ".join(words)


@lru_cache(maxsize=200_000)
def names_an_institution(text: str) -> bool:
    """Tell a text with a word that institutions have in their names."""
    return any(standard_word(word) in _INSTITUTIONS for word in fold(text).split())


def spell_out(name: str) -> str:
    """Write a name as Web of Science abbreviates it in full, as far as that is sure.

    Examples
    --------
    >>> spell_out("Natl Tech Univ Athens"), spell_out("Blekinge Inst Technol")
    ('National Technical University of Athens', 'Blekinge Institute of Technology')
    >>> spell_out("Univ Fed Goias")
    'Univ Fed Goias'
    """
    words = [_ABBREVIATIONS.get(word, word) for word in name.split()]
    if words == name.split():
        return name
    spelt: list[str] = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        spelt.append({"&": "and"}.get(word, word))
        if word in _HEADS and after and after not in _NO_OF_BEFORE and not after.isdecimal():
            if _is_foreign(name.split()[at + 1]):
                return name
            spelt.append("for" if name.startswith(("Max Planck", "Fraunhofer")) else "of")
    return " ".join(spelt)


def _is_foreign(word: str) -> bool:
    """Tell a word that stands behind "Univ" in names that are not English."""
    adjectives = {"federal", "national", "autonomous", "catholic", "state", "polytechnic", "new"}
    return standard_word(fold(word)) in adjectives | {"technical", "complutense"}
