"""Compare what we read with what other programs read from the same file.

Truth stands beside a file: ``X.expected.json`` (items in Zotero's or a plain form),
``X.expected.bib`` (JabRef, cnki2bib) or ``X.colrev.bib``. Only fields that the truth has are
compared, after this normalisation: letter case, accents, markup, braces, punctuation and blanks
do not count in texts; an abbreviated journal is the one that a peer spells out; given names are
compared without points and blanks; a particle belongs to the family name, a suffix to nobody; a
group is the same in one field or in two; dashes of pages are one, 1215-8 is 1215-1218, and a
peer that gives the first page alone is content with it; a DOI is compared bare; types by families,
since every program has its own; colrev's filler "UNKNOWN" is nothing.

Run ``python tests/peers.py bibtex ris`` for a table of some folders, by file and by field, of
what ``peers_known.py`` does not explain.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import fold, strip_markup
from peers_known import KNOWN_DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "Comparison",
    "compare_file",
    "fields_of",
    "read_records",
    "report",
    "truth_of",
    "truth_path",
]

_SHORTENED = {
    "europhysics": ("europhys",),
    "international": ("int", "intl"),
    "japanese": ("jpn",),
    "compounds": ("compd",),
    "quarterly": ("q",),
}
_SMALL_TEXT = "a and de der des die et for für in la of on the und"
_SMALL = frozenset(_SMALL_TEXT.split())
_NOBODY = {("others", ""), ("", ""), ("et al", ""), ("unknown", "")}
FIELDS = ("title", "authors", "year", "venue", "volume", "issue", "pages", "doi", "type")
SUFFIXES = (".expected.json", ".expected.bib", ".colrev.bib")
Fields = dict[str, Any]

_FAMILIES_TEXT = {
    "article": """
        journalarticle magazinearticle newspaperarticle article article-journal article-magazine
        article-newspaper periodical preprint review editorial bookreview obituary erratum eprint
        newsletter review-book
        """,
    "audio": "audiorecording song audio music musical_score radiobroadcast podcast",
    "book": "book proceedings collection mvbook classic manual booklet pamphlet",
    "dataset": "dataset data",
    "film": "film videorecording motion_picture movie video tvbroadcast broadcast",
    "law": "statute bill case legislation legal_case hearing jurisdiction regulation",
    "letter": "letter email personal_communication instantmessage",
    "manuscript": "manuscript unpublished",
    "map": "map",
    "part": """
        booksection chapter incollection inbook encyclopediaarticle dictionaryentry
        conferencepaper inproceedings conference inreference paper-conference
        entry-encyclopedia entry-dictionary abstract
        """,
    "patent": "patent",
    "picture": "artwork graphic image figure",
    "report": "report techreport standard",
    "software": "computerprogram software",
    "talk": "presentation talk speech",
    "thesis": "thesis phdthesis mastersthesis",
    "web": "webpage blogpost post forumpost post-weblog online electronic www",
}
_FAMILY_OF = {name: family for family, text in _FAMILIES_TEXT.items() for name in text.split()}
_SUFFIX = re.compile(r"(?i)(?:jr|sr|ii|iii|iv)\.?")
_SUFFIX_BEHIND = re.compile(r"(?i)(?:^|[, ]+)(?:jr|sr|ii|iii|iv)\.?$")
_SERIAL = ("journal", "journaltitle")
_HALF = 0.5


@dataclass
class Comparison:
    """How many fields of a file are equal, and which are not.

    A difference is (index of the record, field, ours, theirs).
    """

    n_fields: int = 0
    n_equal: int = 0
    differences: list[tuple[int, str, Any, Any]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of the fields that are equal."""
        return self.n_equal / self.n_fields if self.n_fields else 1.0

    def unexplained(self, known: dict[str, str]) -> list[tuple[int, str, Any, Any]]:
        """Return the differences that no row of a table explains."""
        return [
            found
            for found in self.differences
            if not {f"{found[0]}:{found[1]}", f"*:{found[1]}"} & known.keys()
        ]

    def stale(self, known: dict[str, str]) -> list[str]:
        """Return the rows of a table that explain nothing any more."""
        rows = {f"{at}:{name}" for at, name, _, _ in self.differences}
        rows |= {f"*:{name}" for _, name, _, _ in self.differences}
        return sorted(known.keys() - rows)


def truth_path(path: Path) -> Path | None:
    """Return the file beside a file that says what it holds."""
    beside = (path.with_name(path.name + suffix) for suffix in SUFFIXES)
    return next((truth for truth in beside if truth.exists()), None)


def truth_of(path: Path) -> list[Fields]:
    """Return the fields that another program reads from a file; empty where nobody says."""
    truth = truth_path(path)
    if truth is None:
        return []
    if truth.suffix == ".json":
        return [_of_item(item) for item in json.loads(truth.read_text("utf-8"))["records"]]
    library = parse_string(truth.read_text("utf-8"), append_middleware=[LatexDecodingMiddleware()])
    return [_of_entry(entry) for entry in library.entries]


def _of_item(item: dict[str, Any]) -> Fields:
    """Bring an item of an expected.json into the form compared."""
    return _filled(
        {
            "title": _text(item.get("title")),
            "authors": [_name(name) for name in item.get("authors") or []],
            "year": parse_year(str(item.get("year") or "")),
            "venue": _text(item.get("venue")),
            "volume": _text(item.get("volume")),
            "issue": _text(item.get("issue")),
            "pages": _pages(item.get("pages")),
            "doi": clean_doi(item.get("doi") or ""),
            "type": _FAMILY_OF.get((item.get("type") or "").casefold()),
        }
    )


def _of_entry(entry: Any) -> Fields:
    """Bring an entry of BibTeX into the form compared."""
    values = {key.casefold(): str(item.value) for key, item in entry.fields_dict.items()}
    serial = next((values[name] for name in _SERIAL if name in values), None)
    title = ": ".join(values[name] for name in ("title", "subtitle") if name in values)
    issue = values.get("issue") or (values.get("number") if serial else None)
    return _filled(
        {
            "title": _text(title),
            "authors": [_name(name) for name in re.split(r"\s+and\s+", values.get("author", ""))],
            "year": parse_year(values.get("year") or values.get("date") or ""),
            "venue": _text(serial or values.get("booktitle")),
            "volume": _text(values.get("volume")),
            "issue": _text(issue),
            "pages": _pages(values.get("pages")),
            "doi": clean_doi(values.get("doi", "")),
            "type": _FAMILY_OF.get(entry.entry_type.casefold()),
        }
    )


def _filled(found: Fields) -> Fields:
    """Leave out what is empty."""
    found["authors"] = [name for name in found["authors"] if name not in _NOBODY]
    return {name: value for name, value in found.items() if value and value != "unknown"}


def fields_of(record: Record) -> Fields:
    """Bring a record of ours into the form compared."""
    people = record.people_of("author")
    return {
        "title": _text(record.title),
        "authors": [
            _folded_name(
                person.literal or " ".join(filter(None, (person.particle, person.family))),
                person.given or "",
            )
            for person in people
        ],
        "year": record.publication_year,
        "venue": _text(record.source_raw),
        "volume": _text(record.volume or record.volume_raw),
        "issue": _text(record.issue),
        "pages": _pages(record.pages_raw or record.article_number),
        "doi": record.doi,
        "type": _FAMILY_OF.get((record.type or "").casefold()),
    }


def _text(value: object) -> str:
    """Fold a text."""
    return fold(strip_markup(decode_latex(str(value)))) if value is not None else ""


def _name(name: str) -> tuple[str, str]:
    """Fold a name printed "Family, Given", or a name in one field."""
    bare = strip_markup(name.replace("{", "").replace("}", ""))
    family, comma, given = bare.partition(",")
    if not comma:
        person = parse_person(bare)
        family = person.literal or " ".join(filter(None, (person.particle, person.family)))
        given = person.given or ""
    return _folded_name(family, given)


def _folded_name(family: str, given: str) -> tuple[str, str]:
    """Fold the parts of a name; a suffix is left out, wherever it stands."""
    parts = [part.strip() for part in given.split(",")]
    kept = " ".join(part for part in parts if not _SUFFIX.fullmatch(part))
    return (
        fold(_SUFFIX_BEHIND.sub("", family.strip())),
        fold(_SUFFIX_BEHIND.sub("", kept)).replace(" ", ""),
    )


def _pages(value: object) -> list[tuple[str, str]]:
    """Read pages."""
    text = re.sub(r"-{2,}", "-", decode_latex(str(value or "")).replace("–", "-"))
    ranges = parse_pages(text) or ([(text, text)] if text.strip() else [])
    return [(fold(first), fold(last)) for first, last in ranges]


def _is_equal(name: str, ours: Any, theirs: Any) -> bool:
    """Whether two values of a field say the same."""
    if ours == theirs:
        return True
    if name == "authors" and ours and len(ours) == len(theirs):
        return all(_is_same_name(*pair) for pair in zip(ours, theirs, strict=True))
    if name in {"title", "venue"} and ours and ours.replace(" ", "") == theirs.replace(" ", ""):
        return True
    if name == "pages" and ours and len(theirs) == 1 and theirs[0][0] == theirs[0][1]:
        return bool(ours[0][0] == theirs[0][0])
    words = [ours.split(), theirs.split()] if name == "venue" and ours else []
    return bool(words) and (_is_abbreviation(*words) or _is_abbreviation(*words[::-1]))


def _is_abbreviation(short: list[str], long: list[str]) -> bool:
    """Whether the words of one name begin the words of another, of which small ones may lack."""
    left = list(short)
    for word in long:
        if left and (word.startswith(left[0]) or left[0] in _SHORTENED.get(word, ())):
            left.pop(0)
        elif word not in _SMALL:
            return False
    return not left


def _is_same_name(ours: tuple[str, str], theirs: tuple[str, str]) -> bool:
    """Whether two names are the same, or the same letters where one of them is a group."""
    joined = [" ".join(name).replace(" ", "") for name in (ours, theirs)]
    turned = [f"{given}{family}".replace(" ", "") for family, given in (ours, theirs)]
    return ours == theirs or (
        not (ours[1] and theirs[1])
        and bool({*joined[:1], *turned[:1]} & {*joined[1:], *turned[1:]})
    )


def compare_file(path: Path, records: Sequence[Record]) -> Comparison:
    """Compare records with the truth beside their file."""
    truth = truth_of(path)
    comparison = Comparison()
    ours_of = _aligned(truth, [fields_of(record) for record in records])
    for index, (theirs, ours) in enumerate(zip(truth, ours_of, strict=True)):
        for name in (name for name in FIELDS if name in theirs):
            comparison.n_fields += 1
            if _is_equal(name, ours.get(name), theirs[name]):
                comparison.n_equal += 1
            else:
                comparison.differences.append((index, name, ours.get(name), theirs[name]))
    return comparison


def _aligned(truth: list[Fields], ours: list[Fields]) -> list[Fields]:
    """Give each item of the truth its record: the most alike first."""
    by_value: dict[tuple[str, str], list[int]] = {}
    for index, found in enumerate(ours):
        for name in ("title", "doi", "pages", "authors"):
            if found[name]:
                by_value.setdefault((name, str(found[name])), []).append(index)
    pairs = []
    for place, item in enumerate(truth):
        near = {place} if len(truth) == len(ours) else set()
        for name in ("title", "doi", "pages", "authors"):
            near.update(by_value.get((name, str(item.get(name))), [])[:200])
        pairs += [(-_n_alike(ours[at], item), abs(at - place), place, at) for at in near]
    chosen: dict[int, int] = {}
    _choose(((place, at) for n_alike, _, place, at in sorted(pairs) if n_alike), chosen)
    left = sorted(_left_over(truth, ours, chosen))
    _choose(((place, at) for _, place, at in left), chosen)
    for place in range(len(truth)):  # what follows the same record
        following = chosen.get(place - 1, len(ours)) + 1 if place else 0
        if following < len(ours):
            _choose([(place, following)], chosen)
    return [ours[chosen[place]] if place in chosen else {} for place in range(len(truth))]


def _choose(pairs: Iterable[tuple[int, int]], chosen: dict[int, int]) -> None:
    """Take the pairs in order whose both sides are free."""
    taken = set(chosen.values())
    for place, at in pairs:
        if place not in chosen and at not in taken:
            chosen[place] = at
            taken.add(at)


def _left_over(
    truth: list[Fields], ours: list[Fields], chosen: dict[int, int]
) -> Iterator[tuple[float, int, int]]:
    """Yield how alike is what has no equal: titles by half, or partly and the year."""
    taken = set(chosen.values())
    free = [(at, found) for at, found in enumerate(ours) if at not in taken]
    for place, item in enumerate(truth):
        words = set(item.get("title", "").split()) if place not in chosen else set()
        for at, found in free:
            its_words = set((found["title"] or "").split())
            share = len(words & its_words) / max(len(words | its_words), 1)
            is_same_year = item.get("year") is not None and item["year"] == found["year"]
            if share and share + _HALF * is_same_year > _HALF:
                yield -share - _HALF * is_same_year, place, at


def _n_alike(ours: Fields, theirs: Fields) -> int:
    """Count the equal fields; a title counts for three."""
    weights = {"title": 3, "doi": 3, "type": 0}
    return sum(
        weights.get(name, 1)
        for name, value in theirs.items()
        if _is_equal(name, ours.get(name), value)
    )


def read_records(path: Path) -> list[Record]:
    """Read the records of a file in the format that is told by its content."""
    source = Source(path)
    return [item for item in detect_format(source).records(source) if isinstance(item, Record)]


def report(root: Path, folders: Sequence[str]) -> Iterator[str]:
    """Yield lines that say how much is equal, by file and by field."""
    wrong: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for path in sorted(root.glob("*/*")):
        if truth_path(path) is None or (folders and path.parent.name not in folders):
            continue
        name = f"{path.parent.name}/{path.name}"
        known = KNOWN_DIFFERENCES.get(name, {})
        try:
            found = compare_file(path, read_records(path))
        except InputError as error:
            yield (f"{name}: {error}")
            continue
        asked.update({"fields": found.n_fields, "equal": found.n_equal})
        left, stale = found.unexplained(known), found.stale(known)
        asked["known"] += len(found.differences) - len(left)
        if left or stale:
            yield (f"{found.share:7.1%}  {name}  {f'stale rows {stale}' if stale else ''}")
        for index, field_name, ours, theirs in left:
            wrong[field_name] += 1
            said = f"ours {str(ours)[:150]}  theirs {str(theirs)[:150]}"
            yield (f"          {index}:{field_name}  {said}")
    share = asked["equal"] / max(asked["fields"], 1)
    equal = f"{asked['equal']} of {asked['fields']} fields equal ({share:.2%})"
    yield f"{equal}; {asked['known']} differences known, {wrong.total()} not: {dict(wrong)}"


if __name__ == "__main__":
    formats = Path(__file__).resolve().parents[2] / "shared" / "data" / "formats"
    sys.stdout.writelines(f"{line}\n" for line in report(formats, sys.argv[1:]))
