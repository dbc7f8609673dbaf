"""Sets on which the finding of authors is measured: real files, crowded ones, made ones."""

from __future__ import annotations

import dataclasses
import random
import tempfile
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import nqp_biblio as nb
from nqp_biblio.cleaning.author.mentions import read_mentions
from nqp_biblio.cleaning.author.names import align, clean_name, fold_name
from nqp_biblio.cleaning.author.rarity import pair_names
from nqp_biblio.cleaning.people import clean_person, initials
from nqp_biblio.record import CitedReference, Person, Record
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.corpus.corpus import Corpus

    Truth = dict[int, str]

FORMATS = "data/formats"
CHOSEN = {
    "malaria, WoS": "data/truths/csss/savedrecs*.txt",
    "bit pattern, WoS": f"{FORMATS}/wos-plain/python-bibx-bit-pattern-savedrecs.txt",
    "learning, OpenCitations": f"{FORMATS}/opencitations/ocmeta-endgame-2.csv",
    "litstudy, Scopus": f"{FORMATS}/scopus-csv/litstudy-scopus-2020header.csv",
    "OpenAlex": f"{FORMATS}/openalex-json/bpy-openalex_20260529_174737.json",
}
"""Files on which rules and weights were chosen."""

MEASURED = {
    "management, WoS": "data/truths/management.rda",
    "decision aid, WoS BibTeX": f"{FORMATS}/bibtex/pybibx-wos.bib",
    "veterinary, WoS": f"{FORMATS}/wos-plain/voscitespace-vos-savedrecs5.txt",
    "fibre, WoS BibTeX": f"{FORMATS}/bibtex/Scopus-Web-Of--WoS_Fibre_2_Dec2020.bib",
    "PubMed": f"{FORMATS}/pubmed-nbib/pybibx-pubmed.txt",
    "OpenCitations 0": f"{FORMATS}/opencitations/ocmeta-endgame-0.csv",
    "OpenCitations 1": f"{FORMATS}/opencitations/ocmeta-endgame-1.csv",
    "helioszjr, Scopus": f"{FORMATS}/scopus-csv/helioszjr-scopus-2022header-10fundingtexts.csv",
    "zoorec, WoS": f"{FORMATS}/wos-plain/litsearchr-zoorec.txt",
}
"""Files that had no part in it."""

_GROUPS = (2, 2, 3, 5, 10, 30)
_WOS_TAGS = "AU AF TI SO DE ID AB C1 EM RI OI CR PY VL IS BP EP DI UT".split()  # noqa: SIM905
_LISTS = frozenset(("AU", "AF", "CR"))


def read_set(shared: Path, name: str) -> Corpus:
    """Read one file, normalised."""
    path = shared / name
    if path.suffix == ".rda":
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "management.txt"
            text.write_text("\n".join(_wos_lines(path)), encoding="utf-8")
            return nb.normalise(nb.read(text))
    return nb.normalise(nb.read(path))


def truths_of(mentions: Mentions) -> dict[str, Truth]:
    """Return who is who by each kind of identifier, of those that have one alone."""
    found: dict[str, Truth] = defaultdict(dict)
    for mention, ids in enumerate(mentions.ids):
        times = Counter(scheme for scheme, _ in ids)
        for scheme, number in ids:
            if times[scheme] == 1:
                found[scheme][mention] = number
    return found


def plain_persons(mentions: Mentions) -> Truth:
    """Return who is who by names alone, where nobody can doubt it.

    Persons have an ORCID, or a rare name that is written out, and are the only ones of the
    corpus with their family name and first initial.
    """
    pairs = pair_names(mentions.names)
    zipped = zip(pairs.one.tolist(), pairs.other.tolist(), pairs.others.tolist(), strict=True)
    others = {one: n for one, other, n in zipped if one == other}
    person: Truth = {}
    blocks: dict[tuple[str, str], set[str]] = defaultdict(set)
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mention, at in enumerate(mentions.name.tolist()):
        name = mentions.names[at]
        orcids = sorted(number for scheme, number in mentions.ids[mention] if scheme == "orcid")
        is_full = bool(name.given) and len(name.given[0]) > 2 and name.given[0][-1] != "."  # noqa: PLR2004
        if orcids:
            person[mention] = orcids[0]
        elif is_full and others[at] < 0.02:  # noqa: PLR2004
            person[mention] = str(at)
        if name.kind == "person":
            block = name.family, name.given[0][0]
            blocks[block].add(str(at))
            members[block].append(mention)
    plain: Truth = {}
    for block, names in blocks.items():
        known = {person[m] for m in members[block] if m in person}
        orcids_known = {one for one in known if "-" in one}
        ats = sorted(map(int, names))
        agree = all(align(mentions.names[a], mentions.names[b]) for a in ats for b in ats)
        if agree and known and len(orcids_known) < 2:  # noqa: PLR2004
            one = min(known)
            plain |= {m: f"{block}{one}" for m in members[block] if m in person}
    return plain


def crowded(mentions: Mentions, truth: Truth, *, share: float, seed: int) -> Mentions:
    """Let many people share few family names, and print a share of given names as initials.

    Six of ten family names are pooled, 2 to 30 to one name; everything else stays.
    """
    rng = random.Random(seed)  # noqa: S311  no secret
    families = sorted({name.family for name in mentions.names if name.kind == "person"})
    rng.shuffle(families)
    pooled: dict[str, str] = {}
    at, end = 0, int(0.6 * len(families))
    while at < end:
        size = rng.choice(_GROUPS)
        pooled |= dict.fromkeys(families[at : at + size], families[at])
        at += size
    parts = []
    for mention, printed in enumerate(mentions.printed.tolist()):
        as_read = mentions.parts[printed]
        name = mentions.names[mentions.name[mention]]
        person = clean_name(Person.of_parts(as_read, "author"))
        if name.kind != "person":
            parts.append(as_read)
            continue
        given = person.given or ""
        if mention in truth and rng.random() < share:
            given = " ".join(f"{letter}." for letter in initials(given))
        family = pooled.get(name.family)
        own = (person.family, given, person.particle) if family is None else (family, given, None)
        parts.append((*own, person.suffix, None, None))
    return renamed(mentions, parts)


def renamed(mentions: Mentions, parts: list[tuple[str | None, ...]]) -> Mentions:
    """Return mentions with other names."""
    known = sorted(set(parts), key=lambda values: tuple(value or "" for value in values))
    people = [clean_name(Person.of_parts(values, "author")) for values in known]
    folded = [fold_name(person) for person in people]
    names = sorted(set(folded))
    at_name = {name: at for at, name in enumerate(names)}
    at_part = {values: at for at, values in enumerate(known)}
    printed = np.array([at_part[values] for values in parts], dtype=np.int64)
    name = np.array([at_name[one] for one in folded], dtype=np.int64)[printed]
    return dataclasses.replace(
        mentions, name=name, printed=printed, names=names, parts=known, people=people
    )


def simple_rule(mentions: Mentions, *, is_short: bool) -> list[str]:
    """Name the author of each mention by family name and first initial, or all initials."""
    keys = []
    for values in mentions.parts:
        person = clean_person(Person.of_parts(values, "author"))[0]
        letters = fold(initials(person.given)).upper()
        family = fold(f"{person.particle or ''} {person.family or person.display}")
        keys.append(f"{family}|{letters[:1] if is_short else letters}")
    return [keys[at] for at in mentions.printed.tolist()]


def made_corpus(n_works: int, seed: int = 0) -> Corpus:
    """Make a corpus of teams: 4.5 authors a work, family names as frequent as in life."""
    return nb.corpus_of(_made_records(n_works, seed))


def mentions_of(corpus: Corpus) -> Mentions:
    """Read the mentions of a corpus, without a word about what the readers warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_mentions(corpus)


def _made_records(n_works: int, seed: int) -> Iterator[Record]:
    rng = random.Random(seed)  # noqa: S311  no secret
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
    families = ["".join(rng.choices(syllables, k=rng.choice((2, 3)))).title() for _ in range(9000)]
    givens = ["".join(rng.choices(syllables, k=2)).title() for _ in range(800)]
    weights = [1 / (rank + 20) for rank in range(len(families))]
    n_people = int(1.8 * n_works)
    firsts = list(zip(rng.choices(families, weights, k=n_people), rng.choices(givens, k=n_people)))  # noqa: B905
    n_teams = max(n_works // 6, 1)
    for number in range(n_works):
        team = int(n_teams * rng.random() ** 1.5)
        near = [(team * 9 + int(rng.expovariate(0.3))) % n_people for _ in range(rng.randint(1, 8))]
        people = []
        for one in dict.fromkeys(near):
            family, given = firsts[one]
            given = given if rng.random() < 0.6 else f"{given[0]}."  # noqa: PLR2004
            people.append(Person(family, given, raw=f"{family}, {given}"))
        record = Record(role="record", title=f"Work {number} on {rng.choice(syllables)} {team}")
        record.publication_year = 1990 + number % 35
        record.source_raw = f"Journal {team % 300}"
        record.people = people
        record.affiliations = [
            (f"Univ {(team + at) % 2000}a, Dept {team % 40}b, Town {team % 500}c", at + 1)
            for at in range(len(people))
        ]
        record.keywords = [("author_keyword", f"topic {(team + k) % 900}") for k in range(3)]
        record.cited_references = [
            CitedReference(raw=f"X, {1990 + k}, J {(team * 7 + k) % (3 * n_works)}")
            for k in range(10)
        ]
        yield record


def _wos_lines(path: Path) -> Iterator[str]:
    """Yield a table of tags in R's form as an export of Web of Science."""
    import rdata

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = rdata.read_rda(path)["management"]
    yield from ("FN Clarivate Analytics Web of Science", "VR 1.0")
    for row in frame.to_dict("records"):
        yield "PT J"
        for tag in _WOS_TAGS:
            value = row.get(tag)
            if not isinstance(value, str) and (value is None or value != value):  # noqa: PLR0124
                continue
            text = str(int(float(value))) if tag == "PY" else str(value)
            parts = [part.strip() for part in text.split(";")] if tag in _LISTS else [text]
            kept = [part for part in parts if part]
            if kept:
                yield from (f"{tag} {kept[0]}", *(f"   {part}" for part in kept[1:]))
        yield from ("ER", "")
    yield "EF"
