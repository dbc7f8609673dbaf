"""Cases to measure matching by: printed references, their works, near misses, and a search.

A case is made of a tagged reference: the work that it is, as an agency deposits it, and works
that are nearly it. All of them stand in one index, which a server on this machine searches by
words, as Crossref does.
"""

from __future__ import annotations

import collections
import contextlib
import gzip
import hashlib
import json
import math
import random
import re
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from nqp_biblio.readers.reference_string import parse_reference
from nqp_biblio.record import Person, Record
from nqp_biblio.services.likeness import squash
from nqp_biblio.text.names import parse_people
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Case", "Index", "glutton_cases", "half_of", "serve", "tagged_cases", "thinned"]

PLACED = frozenset(("other pages", "same year, elsewhere"))
PUBLISHED = frozenset(("other publisher",))
DATED = frozenset(("other edition", "other year", "thesis", "later volume"))
_TYPES = {"article": "article-journal", "chapter": "chapter", "book": "book", "other": "report"}
_CROSSREF_TYPES = {
    "article-journal": "journal-article", "chapter": "book-chapter", "book": "book",
    "article": "posted-content", "thesis": "dissertation", "report": "report",
}  # fmt: skip
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


@dataclass
class Case:
    """A printed reference, the work that it is, and the near misses made of that.

    The kind is ``article``, ``chapter`` or ``book``, the last also for reports; ``other`` is
    what has neither container nor publisher.
    """

    kind: str
    record: Record
    truth: Record
    misses: list[tuple[str, Record]] = field(default_factory=list)


def half_of(name: str) -> int:
    """Put a reference into one of two halves, by its name."""
    return int(hashlib.sha256(name.lower().encode()).hexdigest(), 16) % 2


def glutton_cases(path: Path, half: int, *, is_changed: bool) -> list[Case]:
    """Make cases of references whose DOI is known; of the calibration half each second changes."""
    items = json.loads(path.read_text(encoding="utf-8"))
    items = [item for item in items if half_of(item["doi"]) == half]
    return [_glutton_case(item, is_changed=is_changed) for item in items]


def _glutton_case(item: dict[str, Any], *, is_changed: bool) -> Case:
    chance = random.Random(item["doi"] + str(is_changed))  # noqa: S311
    text = " ".join(re.sub(r"-\s*\n", "-\n", item["reference"]).split())
    truth = work_of(item, text)
    return _case("article", item["reference"], truth, chance, is_changed=is_changed)


def _case(
    kind: str, printed: str, truth: Record, chance: random.Random, *, is_changed: bool
) -> Case:
    """Make a case: the string parsed, the true work, and what is nearly it."""
    if is_changed:
        truth = as_deposited(truth, chance)
    record = parse_reference(printed)
    record.doi = record.doi_raw = None
    misses = _MISSES[kind](truth, chance)
    page = truth.pages[0][0] if truth.pages else ""
    if not page or page not in printed:
        # Works that differ only in what the reference does not print are no near misses of it.
        misses = [miss for miss in misses if miss[0] not in PLACED]
    if not truth.publisher or truth.publisher not in printed:
        misses = [miss for miss in misses if miss[0] not in PUBLISHED]
    if not truth.publication_year or str(truth.publication_year) not in printed:
        misses = [miss for miss in misses if miss[0] not in DATED]
    return Case(kind, record, truth, misses)


def tagged_cases(path: Path, *, is_changed: bool, half: int | None = None) -> list[Case]:
    """Make cases of a set of tagged references with titles."""
    cases: list[Case] = []
    seen: set[tuple[str, int | None]] = set()
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        reference = json.loads(line)
        is_wanted = half is None or half_of(reference["id"]) == half
        if "arxiv" in reference["fields"] and "container-title" not in reference["fields"]:
            continue  # Crossref has no preprints of arXiv
        if reference["fields"].get("title") and is_wanted:
            chance = random.Random(reference["id"] + str(is_changed))  # noqa: S311
            kind, truth = _of_tags(reference)
            name = squash(truth.title), truth.publication_year
            if name in seen:
                continue  # printed twice
            seen.add(name)
            cases.append(_case(kind, reference["raw"], truth, chance, is_changed=is_changed))
    return cases


def _of_tags(reference: dict[str, Any]) -> tuple[str, Record]:
    """Make the true work of the tags of a reference."""
    fields = reference["fields"]
    container, volume = fields.get("container-title"), fields.get("volume")
    is_book = bool(fields.get("publisher") or fields.get("location") or fields.get("editor"))
    kind = "article" if volume or (container and not is_book) else "chapter"
    kind = kind if container else ("book" if is_book else "other")
    year = _YEAR.search(fields.get("year") or fields.get("date") or "")
    page = re.split(r"\s*[-–−]", fields.get("pages") or "")[0]
    page = re.sub(r"^\s*(?:pp?|S|Seiten?|s)[. ]{1,3}(?=\w)", "", page).strip()
    people = parse_people(fields.get("author", ""))[0][:3]
    editors = parse_people(fields.get("editor", ""))[0][:3]
    return kind, Record(
        type=_TYPES[kind],
        title=fields["title"],
        people=[
            Person(one.family or one.literal, one.given, role=role)
            for role, found in (("author", people), ("editor", editors))
            for one in found
        ],
        publication_year=int(year[0]) if year else None,
        source_raw=container,
        volume=volume,
        pages=[(page, page)] if page and container else [],
        publisher=fields.get("publisher"),
        publisher_place=fields.get("location"),
        doi=f"10.88888/{reference['id']}",
    )


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
    "other name of the publisher": 0.3,
    "another house": 0.15,  # it was taken over since
    "no place": 0.4,
    "another place": 0.25,  # of a house that has several
}
"""How often a deposited record departs from print."""

MISSING = {"volume and pages": 0.15, "one part": 0.1}
"""How often parts are left out for the fit."""


def as_deposited(work: Record, chance: random.Random) -> Record:
    """Change a work as agencies' records differ from print: names in full, slips, gaps."""
    changed = replace(work)
    words = (work.source_raw or "").replace(".", "").split()
    if work.type == "article-journal":
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
    if work.publisher and happens["another house"]:
        changed.publisher = "Conglomerate BV"
    elif work.publisher and happens["other name of the publisher"]:
        changed.publisher = renamed(work.publisher, chance)
    if work.publisher_place and happens["another place"]:
        changed.publisher_place = chance.choice(("New York", "London", "Berlin", "Singapore"))
    changed.publisher_place = None if happens["no place"] else changed.publisher_place
    return changed


def renamed(publisher: str, chance: random.Random) -> str:
    """Name a publisher as others do: with its form in law, or by its first word."""
    first = publisher.split(maxsplit=1)[0].strip(",.")
    return chance.choice((f"{publisher} Ltd.", f"{first} Publishing", f"{publisher}, Inc.", first))


def misspelt(title: str, chance: random.Random) -> str:
    """Swap, drop or double a letter or two."""
    for _ in range(chance.choice((1, 2))):
        at = chance.randrange(1, max(len(title) - 1, 2))
        title = title[:at] + chance.choice((title[at + 1 :], title[at : at + 1] + title[at:]))
    return title


def near_articles(work: Record, chance: random.Random) -> list[tuple[str, Record]]:
    """Make works that are nearly an article, each with a DOI of its own."""
    title, year = work.title or "", work.publication_year or 2000
    page = page_apart(work, chance)
    later = year + chance.choice((1, 2, 3, 5))
    other_volume = str(chance.randrange(1, 400))
    made: dict[str, dict[str, Any]] = {
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
        "other journal, place unknown": {"source_raw": "Annals of Improbable Results",
                                         "pages": [], "volume": None},
        "other authors": {"people": [Person(family="Nemo")], "publication_year": later,
                          "volume": other_volume, "pages": page,
                          "source_raw": "Acta Incognita"},
        "same issue": {"title": neighbour(chance), "people": [Person(family="Neighbour")],
                       "pages": page},
        "next page": {"title": neighbour(chance), "people": [Person(family="Neighbour")]},
    }  # fmt: skip
    return _made(work, made)


def near_books(work: Record, chance: random.Random) -> list[tuple[str, Record]]:
    """Make works that are nearly a book or report, each with a DOI of its own."""
    title, year = work.title or "", work.publication_year or 2000
    later = year + chance.choice((2, 3, 5, 9))
    in_journal = {
        "type": "article-journal",
        "source_raw": chance.choice(_JOURNALS),
        "volume": str(chance.randrange(1, 90)),
        "pages": page_apart(work, chance),
        "publisher": "Sagacious",
        "publisher_place": None,
    }
    in_book = {"type": "chapter", "source_raw": title, "pages": page_apart(work, chance)}
    reviewer = [Person(family="Quimby")]
    made: dict[str, dict[str, Any]] = {
        "other edition": {"publication_year": later},
        "other year": {"publication_year": later, "publisher": "Other House",
                       "publisher_place": "Elsewhere"},
        "other publisher": {"publisher": "Other House", "publisher_place": "Elsewhere"},
        "review with its title": {**in_journal, "people": reviewer,
                                  "publication_year": year + chance.choice((0, 1))},
        "review of": {**in_journal, "title": f"Review of: {title}", "people": reviewer},
        "review by its author": {**in_journal, "title": f"{title} (review)"},
        "in a journal": {**in_journal, "publication_year": year + chance.choice((-1, 0, 1))},
        "introduction": {**in_book, "title": "Introduction"},
        "chapter": {**in_book, "title": other_title(title, chance)},
        "chapter of its title": {**in_book, "source_raw": f"Essays on {neighbour(chance)}",
                                 "publication_year": year + chance.choice((0, 1))},
        "later volume": {"title": f"{title}. Volume 2", "publication_year": year + 1},
        "II": {"title": f"{title} II", "publication_year": year + 1},
        "other title": {"title": other_title(title, chance)},
        "other authors": {"people": [Person(family="Nemo")], "publisher": "Other House",
                          "publication_year": later},
        "other authors, same year": {"people": [Person(family="Nemo")],
                                     "publisher": "Other House"},
        "thesis": {"type": "thesis", "publication_year": year - chance.choice((1, 2)),
                   "publisher": "University of Elsewhere", "publisher_place": None},
        "preprint": {"type": "article", "source_raw": "SSRN Electronic Journal",
                     "publisher": "Elsevier BV", "publisher_place": None,
                     "publication_year": year - chance.choice((0, 1))},
        "errata": {**in_journal, "title": f"Erratum: {title}"},
    }  # fmt: skip
    return _made(work, made)


def near_chapters(work: Record, chance: random.Random) -> list[tuple[str, Record]]:
    """Make works that are nearly a chapter, each with a DOI of its own."""
    title, year = work.title or "", work.publication_year or 2000
    page = page_apart(work, chance)
    later = year + chance.choice((2, 3, 5, 9))
    in_journal = {
        "type": "article-journal",
        "source_raw": chance.choice(_JOURNALS),
        "volume": str(chance.randrange(1, 90)),
        "pages": page,
        "publisher": "Sagacious",
        "publisher_place": None,
    }
    other = [Person(family="Neighbour")]
    made: dict[str, dict[str, Any]] = {
        "the book": {"title": work.source_raw, "source_raw": None, "pages": [], "type": "book",
                     "people": [replace(one, role="author") for one in work.people_of("editor")]},
        "next chapter": {"title": neighbour(chance), "people": other, "pages": page},
        "its author's next chapter": {"title": other_title(title, chance), "pages": page},
        "other edition": {"publication_year": later, "pages": page},
        "other year": {"publication_year": later, "source_raw": f"Readings in {neighbour(chance)}",
                       "pages": page, "publisher": "Other House"},
        "same year, elsewhere": {"source_raw": f"Readings in {neighbour(chance)}", "pages": page,
                                 "publisher": "Other House"},
        "in a journal": {**in_journal, "publication_year": year + chance.choice((-1, 0, 1))},
        "part II": {"title": f"{title}. Part II", "pages": page},
        "other authors": {"people": other, "publication_year": later, "pages": page,
                          "source_raw": "Acta Incognita"},
        "erratum": {"title": f"Erratum: {title}", "pages": page},
        "comment": {"title": f"Comment on {title}", "people": other, "pages": page},
        "preprint": {"type": "article", "source_raw": "SSRN Electronic Journal", "pages": [],
                     "publication_year": year - chance.choice((0, 1))},
        "book of its title": {"type": "book", "source_raw": None, "pages": [],
                              "publication_year": year + chance.choice((0, 1, 2))},
    }  # fmt: skip
    return _made(work, made)


def _made(work: Record, made: dict[str, dict[str, Any]]) -> list[tuple[str, Record]]:
    """Make works of what is other in each."""
    return [
        (kind, replace(work, doi=f"10.99999/{at}.{work.doi}", **changes))
        for at, (kind, changes) in enumerate(made.items())
    ]


_JOURNALS = ("Annals of Improbable Results", "Journal of Everything", "Quarterly Survey")
_MISSES = {"article": near_articles, "chapter": near_chapters, "book": near_books,
           "other": near_books}  # fmt: skip


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
        work.title, *(person.family for person in work.people), work.source_raw, work.publisher,
        str(work.publication_year), work.volume, pages,
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def as_crossref(work: Record) -> dict[str, Any]:
    """Bring a work into Crossref's JSON."""
    people = {
        role: [
            {"family": one.family, "given": one.given, "sequence": "additional" if at else "first"}
            for at, one in enumerate(work.people_of(role))
        ]
        for role in ("author", "editor")
    }
    return {
        "DOI": work.doi,
        "type": _CROSSREF_TYPES[work.type or "article-journal"],
        "title": [work.title] if work.title else [],
        **people,
        "issued": {"date-parts": [[work.publication_year]]},
        "container-title": [work.source_raw] if work.source_raw else [],
        "volume": work.volume,
        "page": work.pages[0][0] if work.pages else None,
        "publisher": work.publisher,
        "publisher-location": work.publisher_place,
    }


class _Handler(BaseHTTPRequestHandler):
    """Answers searches as Crossref does."""

    index: ClassVar[Index]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with the works nearest to the string."""
        query = parse_qs(urlsplit(self.path).query)
        found = self.index.search(query["query.bibliographic"][0], int(query["rows"][0]))
        message = {"total-results": len(found), "items": [as_crossref(work) for work in found]}
        answer = {"status": "ok", "message-type": "work-list", "message": message}
        body = json.dumps(answer).encode()
        self.send_response_only(200)
        sent = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "x-rate-limit-limit": "1000",
            "x-rate-limit-interval": "1s",
        }
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextlib.contextmanager
def serve(index: Index) -> Iterator[str]:
    """Search an index at an address on this machine."""
    handler = type("_Bound", (_Handler,), {"index": index})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def thinned(work: Record, chance: random.Random) -> Record:
    """Leave a part out now and then, so that the weights stand where parts are missing."""
    changed = replace(work)
    if chance.random() < MISSING["volume and pages"]:
        changed.volume, changed.pages = None, []
    empty_of: dict[str, Any] = {
        "volume": None,
        "pages": [],
        "source_raw": None,
        "people": [],
        "publisher": None,
    }
    for name, empty in empty_of.items():
        if chance.random() < MISSING["one part"]:
            setattr(changed, name, empty)
    return changed
