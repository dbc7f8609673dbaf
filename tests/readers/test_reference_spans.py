"""Where the fields of a reference begin and end, given the labels of its words."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.reference_features import tokens_of
from nqp_biblio.readers.reference_spans import spans_of
from nqp_biblio.readers.reference_tagger import Labelled

FIELDS = {
    "a": "author",
    "d": "date",
    "t": "title",
    "c": "container",
    "v": "volume",
    "i": "issue",
    "p": "pages",
    "l": "publisher",
}
CASES = {
    "signs that end a title are part of it": (
        "Roe, J. Why maps? Atlas",
        "aattc",
        {"author": "Roe, J.", "title": "Why maps?", "container": "Atlas"},
    ),
    "a bracket opened in a title is closed in it": (
        "Maps (and more). Atlas 3",
        "tttcv",
        {"title": "Maps (and more)", "container": "Atlas", "volume": "3"},
    ),
    "et al. belongs to the people": (
        "Roe J, Poe K, et al. Maps",
        "aaaa  t",
        {"author": "Roe J, Poe K, et al.", "title": "Maps"},
    ),
    "people before the mark of editors are editors": (
        "Roe J (Ed.) Maps",
        "aa t",
        {"editor": "Roe J", "title": "Maps"},
    ),
    "people behind the title are editors": (
        "Maps. In: Roe J, Atlas",
        "t aac",
        {"title": "Maps", "editor": "Roe J", "container": "Atlas"},
    ),
    "a title in quotation marks ends with them": (
        "“Maps of small science,” Atlas 3",
        "tttttv",
        {"title": "Maps of small science,", "container": "Atlas", "volume": "3"},
    ),
    "a title that begins with a quoted word goes on": (
        '"Trust" and small maps',
        "tttt",
        {"title": 'Trust" and small maps'},
    ),
    "a lone issue that nothing names is a volume": (
        "Maps. Atlas 2019;12: 4",
        "tcdip",
        {"title": "Maps", "container": "Atlas", "date": "2019", "volume": "12", "pages": "4"},
    ),
    "an issue in brackets stays one": (
        "Atlas (12): 4",
        "cip",
        {"container": "Atlas", "issue": "12", "pages": "4"},
    ),
    "a year before an issue stands for the volume": (
        "Roe A, 2025, Maps. Atlas, 2025(1): 4",
        "aadtcdip",
        {
            "author": "Roe A",
            "date": "2025",
            "title": "Maps",
            "container": "Atlas",
            "volume": "2025",
            "issue": "1",
            "pages": "4",
        },
    ),
    "the letter of a section is of the journal": (
        "Phys. Rev. D92, 5 (2015)",
        "ccvvpd",
        {"container": "Phys. Rev. D", "volume": "92", "pages": "5", "date": "2015"},
    ),
    "pages printed in pieces are one field": (
        "Atlas 3: 4–9 + 12, 14",
        "cvppPP",
        {"container": "Atlas", "volume": "3", "pages": "4–9 + 12, 14"},
    ),
    "what follows pages is no page": (
        "Atlas 3: 4–9. Print",
        "cvppp",
        {"container": "Atlas", "volume": "3", "pages": "4–9"},
    ),
    "a series is told by its name": (
        "Proceedings of Maps. LNCS, vol. 3",
        "cccc v",
        {"container": "Proceedings of Maps", "series": "LNCS", "volume": "3"},
    ),
}


def _labels(code: str) -> list[str]:
    """Write out labels: a letter per word, a capital where the same field begins anew."""
    labels: list[str] = []
    before = " "
    for letter in code:
        name = FIELDS.get(letter.lower())
        goes_on = letter == before
        labels.append(f"{'I' if goes_on else 'B'}-{name}" if name else "other")
        before = letter if letter.islower() else " "
    return labels


@pytest.mark.parametrize(("text", "code", "fields"), CASES.values(), ids=CASES)
def test_spans(text: str, code: str, fields: dict[str, str]) -> None:
    """Labels of words become the fields a reader would mark."""
    tokens = tokens_of(text, [])
    spans = spans_of(text, tokens, Labelled(_labels(code), 1.0))
    assert {span.label: text[span.start : span.end] for span in spans} == fields
