"""The same 24 works of ADS, read from every format that ADS exports, are the same works.

What differs is not of our making and is written down here: formats that leave a field out, and
printed forms of a source. Before comparing, letter case, accents, tags and punctuation are taken
off texts; of pages the first counts, or the article number or number of arXiv in their place; a
DOI is compared bare; a given name is compared by its initials; what ADS prints for the journal of
a thesis ("Ph.D. Thesis") is no source.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio.readers.registry import get_format, list_formats
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Person, Record
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "ads-json": "ads/ads-24-solr.json",
    "ads-tagged": "ads/ads-24-adstagged.txt",
    "ads-xml": "ads/ads-24-ref-abs.xml",
    "bibtex": "bibtex/ads-24.bib",
    "endnote-enw": "endnote-enw/ads-24-endnote.enw",
    "jats": "jats/ads-24-jats-records.xml",
    "refworks": "refworks/ads-24-refworks.txt",
}
FIELDS = ("title", "authors", "year", "venue", "volume", "issue", "pages", "doi")
NOT_EXPORTED = {
    "ads-tagged": {"issue"},
    "bibtex": {"issue"},
    "endnote-enw": {"issue"},
    "jats": {"authors", "pages"},
    "refworks": {"issue"},
}
"""Fields that an export of ADS leaves out; one that is there and wrong would still show."""

ABBREVIATED = {"jats"}
"""Formats in which ADS prints its own short code for the journal."""

KNOWN: dict[str, dict[str, str]] = {
    "ads-json": {},
    "ads-tagged": {},
    "ads-xml": {
        "3:venue": "the line begins with the title of the book, the series follows",
        "6:venue": "printed without its last letter: AAS Nova Highlight",
        "9:venue": "printed On-line",
        "15:venue": "the series follows the book without a sign that parts them",
        "16:venue": "printed Meeting 210 for Meeting Abstracts #210",
        "18:venue": "the subtitle of the report follows",
        "19:venue": "the place follows the series without a sign that parts them",
        "20:venue": "arXiv for arXiv e-prints",
        "21:venue": "AIAA written out",
        "23:venue": "printed with The",
        "23:pages": "the line has an article number that the other exports lack",
    },
    "bibtex": {
        "3:venue": "exported as a book without its series",
        "3:volume": "exported as a book without its volume",
        "5:doi": "not exported",
        "6:venue": "in howpublished",
        "8:venue": "in howpublished",
        "11:venue": "in howpublished",
        "17:authors": "printed with a point for the family name",
        "12:pages": "not exported for a thesis",
        "13:venue": "in institution",
        "14:venue": "in howpublished",
        "19:venue": "exported as a book without its series",
        "21:authors": "exported as editors",
        "22:venue": "in publisher",
    },
    "endnote-enw": {
        "19:venue": "the journal of a book is its series",
    },
    "refworks": {
        "19:venue": "the journal of a book is its series",
    },
}
"""Differences by work and field, with their reasons."""


def _name(person: Person) -> str:
    """A name as it is compared: family name and initials."""
    if person.literal is not None:
        return fold(person.literal)
    family = fold(f"{person.particle or ''} {person.family or ''}")
    initials = "".join(word[0] for word in fold(person.given or "").split())
    return f"{family} {initials}".strip()


def _seen(work: Record) -> dict[str, Any]:
    """The fields of a work as they are compared."""
    venue = fold(work.source_raw or "")
    title = re.sub(r"<[^<>]{0,200}>", "", work.title or "")
    pages = work.pages[0][0] if work.pages else work.article_number or work.pages_raw
    if work.arxiv_id and (not pages or pages == work.arxiv_id.partition("/")[0].partition("-")[0]):
        pages = work.arxiv_id
    return {
        "title": fold(title),
        "authors": [_name(person) for person in work.people_of("author")],
        "year": work.publication_year,
        "venue": "" if venue.endswith("thesis") else venue,
        "volume": work.volume,
        "issue": work.issue,
        "pages": (pages or "").removeprefix("arXiv:") or None,
        "doi": work.doi,
    }


def _works(path: Path, name: str) -> list[Record]:
    found = get_format(name).records(Source(path))
    return [entry for entry in found if isinstance(entry, Record)]


@pytest.fixture(scope="module")
def truth(shared_data: Path) -> list[dict[str, Any]]:
    """The works as the API gives them."""
    return [_seen(work) for work in _works(shared_data / "formats" / FILES["ads-json"], "ads-json")]


def _is_comparable(name: str, field: str, ours: object) -> bool:
    """Whether a format exports a field of a work."""
    if field == "venue" and name in ABBREVIATED:
        return False
    return not (field in NOT_EXPORTED.get(name, set()) and not ours)


def test_api(shared_data: Path, truth: list[dict[str, Any]]) -> None:
    """What is read from the API is what the API says."""
    path = shared_data / "formats" / f"{FILES['ads-tagged']}.expected.json"
    expected = json.loads(path.read_text("utf-8"))["records"]
    assert len(truth) == len(expected) == 24
    for ours, theirs in zip(truth, expected, strict=True):
        assert ours["title"] == fold(re.sub(r"<[^<>]{0,200}>", "", theirs["title"]))
        assert (ours["year"], ours["volume"], ours["issue"]) == (
            theirs["year"],
            theirs["volume"],
            theirs["issue"],
        )
        assert ours["doi"] == (theirs["doi"] or "").lower() or ours["doi"] is theirs["doi"]
        assert ours["pages"] == theirs["pages"] or (ours["pages"] and theirs["pages"] is None)
        named = [name for name in theirs["authors"] if fold(name)]
        assert len(ours["authors"]) == len(named)


@pytest.mark.parametrize("name", [name for name in FILES if name != "ads-json"])
def test_same_works(shared_data: Path, truth: list[dict[str, Any]], name: str) -> None:
    """Every export gives the same title, authors, year, source, numbers and DOI."""
    if name not in {form.name for form in list_formats()}:
        pytest.skip(f"no format {name} yet")
    works = _works(shared_data / "formats" / FILES[name], name)
    assert len(works) == len(truth)
    different = {}
    for at, (work, wanted) in enumerate(zip(works, truth, strict=True)):
        ours = _seen(work)
        for field in FIELDS:
            if ours[field] != wanted[field] and _is_comparable(name, field, ours[field]):
                different[f"{at}:{field}"] = (ours[field], wanted[field])
    known = KNOWN.get(name, {})
    assert {at: pair for at, pair in different.items() if at not in known} == {}
    assert [at for at in known if at not in different] == []
