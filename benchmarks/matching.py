"""Calibrate and measure the matching of printed references with candidates.

Usage: python benchmarks/matching.py [SHARED] [--fit]

SHARED is the folder that holds data/formats; it lies beside the checkout unless said
otherwise. One half of the references serves to fit the weights and to choose the score from
which a candidate is taken (`--fit` prints them); the other half gives the figures.
"""

from __future__ import annotations

import collections
import gzip
import hashlib
import json
import math
import random
import re
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize

from nqp_biblio.readers.crossref_json import crossref_work
from nqp_biblio.readers.reference_string import parse_reference
from nqp_biblio.record import Person, Record
from nqp_biblio.services import matching
from nqp_biblio.services.likeness import PARTS
from nqp_biblio.text.names import parse_people
from nqp_biblio.text.unicode import fold

SET = Path("data/formats/plaintext/glutton-refs-1000.json")
ROWS = 20
PLACED = frozenset(("other pages", "same year, elsewhere"))
HEADER = (
    "references  candidates         n precision  recall   review rejected    wrong  without      ms"
)
VERDICTS = ("same", "doubtful", "other", "unchecked")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20[012]\d)(?!\d)")
_FIRST_NAME = re.compile(r"[^\W\d_][\w'’-]*(?:\s[a-z][\w'’-]+)?")
_FULL = {
    "j": "Journal of", "am": "American", "int": "International", "clin": "Clinical",
    "med": "Medicine", "res": "Research", "biol": "Biology", "chem": "Chemistry",
    "exp": "Experimental", "sci": "Sciences", "proc": "Proceedings of the", "natl": "National",
    "acad": "Academy of", "rev": "Review", "eur": "European", "appl": "Applied",
    "phys": "Physics", "mol": "Molecular", "genet": "Genetics", "physiol": "Physiology",
    "pharmacol": "Pharmacology", "surg": "Surgery", "ann": "Annals of", "arch": "Archives of",
    "br": "British", "soc": "Society", "environ": "Environmental", "psychol": "Psychology",
    "neurosci": "Neuroscience", "neurol": "Neurology", "immunol": "Immunology",
    "biochem": "Biochemistry", "biophys": "Biophysics", "dev": "Developmental",
    "microbiol": "Microbiology", "pediatr": "Pediatrics", "curr": "Current",
    "opin": "Opinion in", "acta": "Acta", "endocrinol": "Endocrinology", "metab": "Metabolism",
}  # fmt: skip
"""Words of journals in full, for candidates as agencies deposit them."""

_RARITY = 0.02
"""Weight of a near miss in the fit: each work has eighteen here, and hardly one in print."""

_BOUNDS = {
    "same": (0, None),
    "short": (0, None),
    "close": (0, None),
    "cut": (0, None),
    "listed": (None, None),
    "next": (None, 0),
    "near": (None, 0),
    "other": (None, 0),
}
"""The sign that the weight of a level must have."""


@dataclass
class Case:
    """A printed reference, the work that it is, and the near misses made of that."""

    record: Record
    truth: Record
    misses: list[tuple[str, Record]] = field(default_factory=list)


def main() -> None:
    """Print the weights, or the figures on the half that had no part in them."""
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    shared = Path(names[0]) if names else Path(__file__).parents[2] / "shared"
    items = json.loads((shared / SET).read_text(encoding="utf-8"))
    halves = [[item for item in items if half_of(item) == half] for half in (0, 1)]
    if "--fit" in sys.argv:
        fit([make_case(item, is_changed=at % 2 == 1) for at, item in enumerate(halves[0])])
        return
    names_of_sets = ("dev_plos", "dev_grobid", "dev_excite")
    unseen = [(name, tagged(shared / "data" / "references" / f"{name}.jsonl.gz"))
              for name in names_of_sets]  # fmt: skip
    print(HEADER)
    for name, half in (("calibration", halves[0]), ("held out", halves[1]), *unseen):
        row(name, "as in the set", [make_case(item, is_changed=False) for item in half])
        row(name, "as deposited", [make_case(item, is_changed=True) for item in half])
    print(f"\n{'check_doi':12}{'against':30}" + "".join(f"{state:>11}" for state in VERDICTS))
    for name, half in (("held out", halves[1]), *unseen):
        check(name, [make_case(item, is_changed=True) for item in half])


def tagged(path: Path) -> list[dict[str, Any]]:
    """Read a set of tagged references with titles, in the keys of the first set."""
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    items = []
    for line in lines:
        reference = json.loads(line)
        fields = reference["fields"]
        people = parse_people(fields.get("author", ""))[0]
        if fields.get("title"):
            items.append({
                "reference": reference["raw"], "doi": f"10.88888/{reference['id']}",
                "atitle": fields["title"], "jtitle": fields.get("container-title"),
                "volume": fields.get("volume"), "year": fields.get("year"),
                "firstPage": re.split(r"\s*[-–−]", fields.get("pages") or "")[0],
                "firstAuthor": (people[0].family or people[0].literal) if people else None,
            })  # fmt: skip
    return items


def check(name: str, cases: list[Case]) -> None:
    """Print what `check_doi` says of the true works, of near misses, and of others."""
    against = {
        "the true work": [(case.record, case.truth) for case in cases],
        "near misses": [(case.record, work) for case in cases for _, work in case.misses],
        "another work": [
            (case.record, cases[at - 1 - at % 7].truth) for at, case in enumerate(cases)
        ],
    }
    for kind, pairs in against.items():
        states = collections.Counter(matching.check_doi(*pair).state for pair in pairs)
        shares = "".join(f"{states[state] / len(pairs):11.4f}" for state in VERDICTS)
        print(f"{name:12}{kind:30}{shares}")


def half_of(item: dict[str, Any]) -> int:
    """Put a reference into one of two halves, by its DOI."""
    return int(hashlib.sha256(item["doi"].lower().encode()).hexdigest(), 16) % 2


def make_case(item: dict[str, Any], *, is_changed: bool) -> Case:
    """Make a case: the string parsed, the true work, and what is nearly it."""
    chance = random.Random(item["doi"] + str(is_changed))  # noqa: S311
    text = " ".join(re.sub(r"-\s*\n", "-\n", item["reference"]).split())
    truth = work_of(item, text)
    if is_changed:
        truth = as_deposited(truth, chance)
    record = parse_reference(item["reference"])
    record.doi = record.doi_raw = None
    misses = near_misses(truth, chance)
    if not item["firstPage"] or item["firstPage"] not in item["reference"]:
        # Works that differ only in what the reference does not print are no near misses of it.
        misses = [miss for miss in misses if miss[0] not in PLACED]
    return Case(record, truth, misses)


def work_of(item: dict[str, Any], text: str) -> Record:
    """Make the true work of the keys; the set has no year, and no author for a third."""
    family = item.get("firstAuthor") or (_FIRST_NAME.match(text) or [""])[0]
    text = text.replace("Phila Pa 1976", "").partition("doi")[0]
    volume, page = item["volume"], item["firstPage"]
    years = [year for year in _YEAR.findall(text) if year not in (volume, page)]
    years = re.findall(r"\((\d{4})[a-z]?\)", text) or years[::-1]
    years = [item["year"][:4]] if _YEAR.match(item.get("year") or "") else years
    return Record(
        title=item.get("atitle"),
        people=[Person(family=family)] if family else [],
        publication_year=int(years[0]) if years else None,
        source_raw=item["jtitle"],
        volume=volume,
        pages=[(page, page)] if page else [],
        doi=item["doi"].lower(),
        type="article-journal",
    )


CHANGES = {
    "upper case": 0.15,
    "misspelt": 0.18,  # of the rest
    "no subtitle": 0.3,
    "year apart": 0.15,
    "no pages": 0.05,
    "no volume": 0.05,
    "no author": 0.03,
}
"""How often a deposited record departs from print."""

MISSING = {"volume and pages": 0.15, "one part": 0.1}
"""How often parts are left out for the fit."""


def as_deposited(work: Record, chance: random.Random) -> Record:
    """Change a work as agencies' records differ from print: names in full, slips, gaps."""
    changed = replace(work)
    words = (work.source_raw or "").replace(".", "").split()
    changed.source_raw = " ".join(_FULL.get(word.lower(), word) for word in words)
    happens = {what: chance.random() < share for what, share in CHANGES.items()}
    if work.title and happens["upper case"]:
        changed.title = work.title.upper()
    elif work.title and happens["misspelt"]:
        changed.title = misspelt(work.title, chance)
    elif work.title and ":" in work.title and happens["no subtitle"]:
        changed.title = work.title.partition(":")[0]
    if work.publication_year and happens["year apart"]:
        changed.publication_year = work.publication_year + chance.choice((-1, 1))
    changed.pages = [] if happens["no pages"] else work.pages
    changed.volume = None if happens["no volume"] else work.volume
    changed.people = [] if happens["no author"] else work.people
    return changed


def misspelt(title: str, chance: random.Random) -> str:
    """Swap, drop or double a letter or two."""
    for _ in range(chance.choice((1, 2))):
        at = chance.randrange(1, max(len(title) - 1, 2))
        title = title[:at] + chance.choice((title[at + 1 :], title[at : at + 1] + title[at:]))
    return title


def near_misses(work: Record, chance: random.Random) -> list[tuple[str, Record]]:
    """Make works that are nearly the true one, each with a DOI of its own."""
    title, year = work.title or "", work.publication_year or 2000
    page = page_apart(work, chance)
    later = year + chance.choice((1, 2, 3, 5))
    other_volume = str(chance.randrange(1, 400))
    made = {
        "other year": {"publication_year": later, "volume": other_volume, "pages": page},
        "same year, elsewhere": {"volume": other_volume, "pages": page},
        "part II": {"title": f"{title}. Part II", "pages": page},
        "II": {"title": f"{title} II", "publication_year": year + 1, "pages": page},
        "other title": {"title": other_title(title, chance), "pages": page},
        "other title and volume": {
            "title": other_title(title, chance), "pages": page, "volume": other_volume},
        "erratum": {"title": f"Erratum: {title}", "pages": page},
        "erratum, same place": {"title": f"Correction to: {title}"},
        "corrigendum": {"title": f"{title}: corrigendum", "publication_year": year + 1},
        "preprint": {"source_raw": "bioRxiv", "volume": None, "pages": [], "type": "article",
                     "publication_year": year - chance.choice((0, 1))},
        "review of": {"title": f"Review of: {title}", "people": [Person(family="Quimby")],
                      "pages": page, "volume": other_volume},
        "reply": {"title": f"{title} - reply", "pages": page},
        "comment": {"title": f"Comment on {title}", "people": [Person(family="Oddly")],
                    "pages": page},
        "other pages": {"pages": page},
        "other journal": {"source_raw": "Annals of Improbable Results", "pages": page,
                          "volume": other_volume},
        "other authors": {"people": [Person(family="Nemo")], "publication_year": later,
                          "volume": other_volume, "pages": page,
                          "source_raw": "Acta Incognita"},
        "same issue": {"title": neighbour(chance), "people": [Person(family="Neighbour")],
                       "pages": page},
        "next page": {"title": neighbour(chance), "people": [Person(family="Neighbour")]},
    }  # fmt: skip
    return [
        (kind, replace(work, doi=f"10.99999/{at}.{work.doi}", **changes))  # type: ignore[arg-type]
        for at, (kind, changes) in enumerate(made.items())
    ]


def page_apart(work: Record, chance: random.Random) -> list[tuple[str, str]]:
    """Return another first page, at least some pages away."""
    digits = re.sub(r"\D", "", work.pages[0][0]) if work.pages else ""
    page = str(int(digits or 100) + chance.choice((7, 13, 45, 112, 310)))
    return [(page, page)]


def other_title(title: str, chance: random.Random) -> str:
    """Make a title of the same authors on the same matter: some words are others."""
    words = title.split() or ["Notes"]
    new = ["further", "observations", "mice", "kinetics", "outcome", "model", "adults", "long-term"]
    for at in chance.sample(range(len(words)), max(len(words) // 3, 1)):
        words[at] = chance.choice(new)
    return " ".join(words)


def neighbour(chance: random.Random) -> str:
    """Make the title of a neighbour in the same volume."""
    matters = ("valve repair", "soil moisture", "spin glasses", "infant sleep", "tax reform")
    return f"Observations on {chance.choice(matters)} in a cohort of {chance.randrange(20, 900)}"


class Index:
    """A search over all candidates by the words of a string, as a service has one."""

    def __init__(self, works: list[Record]) -> None:
        self.works = works
        self.places: dict[str, list[int]] = collections.defaultdict(list)
        for at, work in enumerate(works):
            for word in set(fold(text_of(work)).split()):
                self.places[word].append(at)
        self.lengths = [len(fold(text_of(work)).split()) for work in works]

    def search(self, text: str, rows: int) -> list[Record]:
        """Return the works that share the rarest words with a text."""
        scores: dict[int, float] = collections.defaultdict(float)
        for word in sorted(set(fold(text).split())):
            places = self.places.get(word, [])
            if len(places) < len(self.works) / 5:
                for at in places:
                    scores[at] += math.log(len(self.works) / len(places))
        ranked = sorted(scores, key=lambda at: (-scores[at] / (12 + self.lengths[at]), at))
        return [self.works[at] for at in ranked[:rows]]


def text_of(work: Record) -> str:
    """Return what a service indexes of a work."""
    pages = work.pages[0][0] if work.pages else ""
    parts = (
        work.title, *(person.family for person in work.people), work.source_raw,
        str(work.publication_year), work.volume, pages,
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def fit(cases: list[Case]) -> None:
    """Fit the weights to pairs of references and candidates, and print them."""
    index = Index([work for case in cases for work in candidates_of(case, is_known=True)])
    names = [f"{part}={level}" for part in PARTS for level in matching.WEIGHTS[part]]
    kinds = {work.doi: kind for case in cases for kind, work in case.misses}
    rows, labels, counts = [], [], []
    chance = random.Random(7)  # noqa: S311
    for case in cases:
        for work in index.search(case.record.raw or "", ROWS):
            match = matching.score(case.record, thinned(work, chance))
            if match.conflicts:
                continue
            rows.append([float(match.parts[name.partition("=")[0]] == name.partition("=")[2])
                         for name in names])  # fmt: skip
            labels.append(work.doi == case.truth.doi)
            counts.append(_RARITY if work.doi in kinds else 1.0)
    bounds = [_BOUNDS[name.partition("=")[2]] for name in names]
    weights = regress(np.array(rows), np.array(labels, dtype=float), np.array(counts), bounds)
    print(f"{len(labels)} pairs, {sum(labels)} of one work\nBIAS = {weights[-1]:.2f}")
    for name, weight, n_pairs in zip(names, weights, np.array(rows).sum(axis=0), strict=False):
        print(f"{name:20}{weight:8.2f}{int(n_pairs):8}")


def thinned(work: Record, chance: random.Random) -> Record:
    """Leave a part out now and then, so that the weights stand where parts are missing."""
    changed = replace(work)
    if chance.random() < MISSING["volume and pages"]:
        changed.volume, changed.pages = None, []
    for name, empty in (("volume", None), ("pages", []), ("source_raw", None), ("people", [])):
        if chance.random() < MISSING["one part"]:
            setattr(changed, name, empty)
    return changed


def regress(
    rows: np.ndarray, labels: np.ndarray, counts: np.ndarray, bounds: list[tuple[Any, Any]]
) -> np.ndarray:
    """Fit a logistic regression with a mild penalty; each weight has the sign that it must."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ weights
        signs = 2 * labels - 1
        value = (counts * np.logaddexp(0, -signs * odds)).sum() + 0.1 * (weights[:-1] ** 2).sum()
        slope = rows.T @ (counts * (1 / (1 + np.exp(-odds)) - labels))
        slope[:-1] += 0.2 * weights[:-1]
        return float(value), slope

    start = np.zeros(rows.shape[1])
    return optimize.minimize(loss, start, jac=True, bounds=[*bounds, (None, None)]).x


def candidates_of(case: Case, *, is_known: bool) -> list[Record]:
    """Return what a case brings into the index; the true work where the service knows it."""
    works = [*([case.truth] if is_known else []), *(work for _, work in case.misses)]
    return [through_crossref(work) for work in works]


def through_crossref(work: Record) -> Record:
    """Bring a work into Crossref's JSON and read it again, as an answer is."""
    item = {
        "DOI": work.doi,
        "type": "posted-content" if work.type == "article" else "journal-article",
        "title": [work.title] if work.title else [],
        "author": [{"family": person.family, "sequence": "first"} for person in work.people],
        "issued": {"date-parts": [[work.publication_year]]},
        "container-title": [work.source_raw] if work.source_raw else [],
        "volume": work.volume,
        "page": work.pages[0][0] if work.pages else None,
    }
    return crossref_work(item, "crossref")


def row(name: str, kind: str, cases: list[Case]) -> None:
    """Match all cases twice, once where the service lacks the true work, and print one row."""
    known, _, seconds = match_all(cases, is_known=True)
    unknown, wrong, _ = match_all(cases, is_known=False)
    right, n_wrong = known["accepted"], known["wrong"] + unknown["wrong"]
    figures = (len(cases), right / max(right + n_wrong, 1), right / len(cases))
    counts = (known["review"], known["rejected"], known["wrong"], unknown["wrong"])
    print(f"{name:12}{kind:15}{figures[0]:5}{figures[1]:10.4f}{figures[2]:8.4f}"
          + "".join(f"{count:9}" for count in counts)
          + f"{1000 * seconds / len(cases):8.1f}  {dict(wrong)}")  # fmt: skip


def match_all(
    cases: list[Case], *, is_known: bool
) -> tuple[collections.Counter[str], collections.Counter[str], float]:
    """Match all cases; count the decisions, and the kinds of what was taken wrongly."""
    index = Index([work for case in cases for work in candidates_of(case, is_known=is_known)])
    kinds = {work.doi: miss for case in cases for miss, work in case.misses}
    states: collections.Counter[str] = collections.Counter()
    wrong: collections.Counter[str] = collections.Counter()
    begin = time.process_time()
    for case in cases:
        decision = matching.best_match(case.record, index.search(case.record.raw or "", ROWS))
        found = decision.candidate.doi if decision.candidate else None
        is_right = found == case.truth.doi
        is_wrong = decision.state == "accepted" and not is_right
        states["wrong" if is_wrong else decision.state] += 1
        wrong[kinds.get(found, "another work of the set")] += is_wrong
        if "--show" in sys.argv and (is_wrong or (is_known and decision.state != "accepted")):
            print(
                "   ", decision.state, decision.reason, "|", case.record.raw, "|", case.truth.title
            )
    return states, +wrong, time.process_time() - begin


if __name__ == "__main__":
    main()
