"""Compare what we read with what other programs read from the same file.

Truth stands beside a file: ``X.expected.json`` (items in Zotero's or a plain form),
``X.expected.bib`` (JabRef, cnki2bib) or ``X.colrev.bib``. Only fields that the truth has are
compared, after this normalisation: letter case, accents, markup, braces, punctuation and blanks
do not count in texts; an abbreviated journal is the one that a peer spells out; given names are compared without points and blanks; a particle belongs to
the family name, a suffix to nobody; dashes of pages are one, and 1215-8 is 1215-1218; a DOI is
compared bare; types by families, since every program has its own.

Run ``python tests/peers.py bibtex ris`` for a table of some folders.
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

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Comparison", "compare_file", "fields_of", "read_records", "truth_of"]

_SHORTENED = {"europhysics": ("europhys",), "international": ("int", "intl"), "quarterly": ("q",)}
_NOBODY = {("others", ""), ("", ""), ("et al", "")}
FIELDS = ("title", "authors", "year", "venue", "volume", "issue", "pages", "doi", "type")
SUFFIXES = (".expected.json", ".expected.bib", ".colrev.bib")
Fields = dict[str, Any]

FAMILIES: dict[str, tuple[str, ...]] = {
    "article": (
        *("journalarticle", "magazinearticle", "newspaperarticle", "article", "article-journal"),
        *("article-magazine", "article-newspaper", "periodical", "preprint", "review", "editorial"),
        *("bookreview", "obituary", "erratum", "eprint", "newsletter", "review-book"),
    ),
    "part": (
        *("booksection", "chapter", "incollection", "inbook", "encyclopediaarticle", "inbook"),
        *("dictionaryentry", "conferencepaper", "inproceedings", "conference", "inreference"),
        *("paper-conference", "entry-encyclopedia", "entry-dictionary", "abstract"),
    ),
    "book": ("book", "proceedings", "collection", "mvbook", "classic", "manual", "booklet"),
    "thesis": ("thesis", "phdthesis", "mastersthesis"),
    "report": ("report", "techreport", "standard"),
    "web": (
        "webpage",
        "blogpost",
        "post",
        "forumpost",
        "post-weblog",
        "online",
        "electronic",
        "www",
    ),
}
FAMILY_OF = {name: family for family, names in FAMILIES.items() for name in names}


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
    found: Fields = {
        "title": _text(item.get("title")),
        "authors": [_name(name) for name in item.get("authors") or []],
        "year": item.get("year"),
        "venue": _text(item.get("venue")),
        "volume": _text(item.get("volume")),
        "issue": _text(item.get("issue")),
        "pages": _pages(item.get("pages")),
        "doi": clean_doi(item.get("doi") or ""),
        "type": FAMILY_OF.get((item.get("type") or "").casefold()),
    }
    found["authors"] = [name for name in found["authors"] if name not in _NOBODY]
    return {name: value for name, value in found.items() if value}


def _of_entry(entry: Any) -> Fields:  # noqa: ANN401  bibtexparser's entry
    """Bring an entry of BibTeX into the form compared."""
    values = {key.casefold(): str(item.value) for key, item in entry.fields_dict.items()}
    authors = re.split(r"\s+and\s+", values.get("author", ""))
    venue = values.get("journal") or values.get("journaltitle") or values.get("booktitle")
    issue = values.get("number") if "journal" in values or "journaltitle" in values else None
    found: Fields = {
        "title": _text(values.get("title")),
        "authors": [_name(name) for name in authors if name.strip()],
        "year": parse_year(values.get("year") or values.get("date") or ""),
        "venue": _text(venue),
        "volume": _text(values.get("volume")),
        "issue": _text(issue or values.get("issue")),
        "pages": _pages(values.get("pages")),
        "doi": clean_doi(values.get("doi", "")),
        "type": FAMILY_OF.get(entry.entry_type.casefold()),
    }
    found["authors"] = [name for name in found["authors"] if name not in _NOBODY]
    return {name: value for name, value in found.items() if value}


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
        "type": FAMILY_OF.get((record.type or "").casefold()),
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
    *suffixes, given = given.split(",") if given else [""]
    return _folded_name(family, given if given.strip() else "".join(suffixes))


def _folded_name(family: str, given: str) -> tuple[str, str]:
    """Fold the parts of a name; a suffix is left out."""
    shown = re.sub(r"(?i)[, ]+(?:jr|sr|ii|iii|iv)\.?$", "", f"{family}").strip()
    return fold(shown), fold(re.sub(r"(?i)(?:^|[, ]+)(?:jr|sr|ii|iii|iv)\.?$", "", given)).replace(
        " ", ""
    )


def _pages(value: object) -> list[tuple[str, str]]:
    """Read pages."""
    text = re.sub(r"-{2,}", "-", decode_latex(str(value or "")).replace("–", "-"))
    ranges = parse_pages(text) or ([(text, text)] if text.strip() else [])
    return [(fold(first), fold(last)) for first, last in ranges]


def _is_equal(name: str, ours: Any, theirs: Any) -> bool:  # noqa: ANN401  values of fields
    """Whether two values of a field say the same."""
    if ours == theirs:
        return True
    if name == "authors" and ours and len(ours) == len(theirs):
        return all(_is_same_name(*pair) for pair in zip(ours, theirs, strict=True))
    if name in {"title", "venue"} and ours and ours.replace(" ", "") == theirs.replace(" ", ""):
        return True
    if name == "venue" and ours and _is_abbreviation(ours.split(), theirs.split()):
        return True
    return name == "pages" and bool(ours) and [a for a, _ in ours] == [a for a, _ in theirs]


def _is_abbreviation(short: list[str], long: list[str]) -> bool:
    """Whether the words of one name begin words of another in the same order."""
    words = iter(long)
    return len(short) <= len(long) and all(
        any(word.startswith(begin) or begin in _SHORTENED.get(word, ()) for word in words)
        for begin in short
    )


def _is_same_name(ours: tuple[str, str], theirs: tuple[str, str]) -> bool:
    """Whether two names are the same letters in the same order, however they are split."""
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
    for index, (theirs, record) in enumerate(zip(truth, _aligned(truth, records), strict=True)):
        ours = fields_of(record) if record is not None else {}
        for name in FIELDS:
            if name not in theirs or (name == "type" and not ours.get("type")):
                continue
            comparison.n_fields += 1
            if _is_equal(name, ours.get(name), theirs[name]):
                comparison.n_equal += 1
            else:
                comparison.differences.append((index, name, ours.get(name), theirs[name]))
    return comparison


def _aligned(truth: list[Fields], records: Sequence[Record]) -> list[Record | None]:
    """Give each item of the truth its record: the one that is most alike, wherever it stands."""
    ours = [fields_of(record) for record in records]
    by_value: dict[tuple[str, Any], list[int]] = {}
    for index, found in enumerate(ours):
        for name in ("title", "doi", "pages"):
            by_value.setdefault((name, str(found[name])), []).append(index)
    chosen: dict[int, int] = {}
    for least in (2, 0):
        for place, item in enumerate(truth):
            if place in chosen:
                continue
            near = {place} if place < len(records) and len(truth) == len(records) else set()
            for name in ("title", "doi", "pages"):
                near.update(by_value.get((name, str(item.get(name))), [])[:200])
            alike = [
                (_n_alike(ours[index], item), index == place, -index)
                for index in near.difference(chosen.values())
            ]
            if alike and max(alike)[0] >= least:
                chosen[place] = -max(alike)[2]
    return [records[chosen[at]] if at in chosen else None for at in range(len(truth))]


def _n_alike(ours: Fields, theirs: Fields) -> int:
    """Count the equal fields."""
    return sum(_is_equal(name, ours.get(name), value) for name, value in theirs.items())


def read_records(path: Path) -> list[Record]:
    """Read the records of a file in the format that is told by its content."""
    source = Source(path)
    return [item for item in detect_format(source).records(source) if isinstance(item, Record)]


def main(root: Path, folders: Sequence[str]) -> None:
    """Print how much is equal, by file and by field."""
    wrong: Counter[str] = Counter()
    total = equal = 0
    for path in sorted(root.glob("*/*")):
        if truth_path(path) is None or (folders and path.parent.name not in folders):
            continue
        try:
            found = compare_file(path, read_records(path))
        except InputError as error:
            print(f"{path.parent.name}/{path.name}: {error}")
            continue
        total, equal = total + found.n_fields, equal + found.n_equal
        if found.differences:
            print(f"{found.share:7.1%}  {path.parent.name}/{path.name}")
        for index, name, ours, theirs in found.differences:
            wrong[name] += 1
            print(f"          {index}:{name}  ours {str(ours)[:110]}  theirs {str(theirs)[:110]}")
    print(f"{equal} of {total} fields equal ({equal / max(total, 1):.2%}); {dict(wrong)}")


if __name__ == "__main__":
    main(Path(__file__).resolve().parents[2] / "shared" / "data" / "formats", sys.argv[1:])
