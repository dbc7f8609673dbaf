"""The sets that the tagger of references is trained on are brought to one use of labels."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

TOOLS = Path(__file__).parents[1] / "tools" / "train_reference_tagger"


@pytest.fixture(scope="module")
def data() -> ModuleType:
    """Give the module of the tool, which is no package."""
    if not (TOOLS / "data.py").exists():
        pytest.skip("the tools are not beside the tests")
    sys.path.insert(0, str(TOOLS))
    try:
        return importlib.import_module("data")
    finally:
        sys.path.remove(str(TOOLS))


def _row(*parts: tuple[str, str], source: str = "") -> dict[str, Any]:
    """Put a tagged reference together."""
    raw = "".join(text for text, _ in parts)
    spans, at = [], 0
    for text, label in parts:
        if label:
            spans.append([at, at + len(text), label])
        at += len(text)
    return {"raw": raw, "spans": spans, "source": source}


def _labelled(data: ModuleType, row: dict[str, Any]) -> str:
    """Write the labels of the words in short: the first letters, a capital at the beginning."""
    tagged = data.tagged_of(row)
    short = [
        label[2:3].upper() if label.startswith("B-") else label[2:3] if "-" in label else "."
        for label in tagged.labels
    ]
    return "".join(short)


@pytest.mark.parametrize(
    ("parts", "labels"),
    [
        ((("[3] ", "citation-number"), ("Roe, J.", "author"), (" (2001)", "date")), "AaD"),
        ((("Roe J et al.", "author"), (" 2001", "date")), "Aa..D"),
        ((("Maps.", "title"), (" pp. 4-9", "pages")), "T.Pp"),
        ((("Maps.", "title"), (" P06004", "pages")), "TPp"),
        ((("In Atlas", "container"), (" vol. 3", "volume")), ".C.V"),
        ((("ed. by J. Roe", "editor"), (" Paris", "location")), "..EeL"),
        ((("Maps. ", "title"), ("PhD thesis", "note")), "TGg"),
        ((("Proc Sci ", "journal"), ("Maps ", "title"), ("Leiden", "institution")), "..TP"),
        ((("Proc. Natl. Acad. Sci ", "container"), ("USA", "location")), "Ccccc"),
    ],
)
def test_labels(data: ModuleType, parts: tuple[tuple[str, str], ...], labels: str) -> None:
    """Words that only point to a field are left out, and sources that differ agree."""
    assert _labelled(data, _row(*parts)) == labels


def test_tags_are_no_words(data: ModuleType) -> None:
    """Tags of typefaces are left out, and the fields stay where they were."""
    row = _row(("Roe J", "author"), (" <italic>The", "title"), (" life</italic>", "title"))
    plain = data.without_tags(row)
    assert plain["raw"] == "Roe J The life"
    assert [plain["raw"][begin:end] for begin, end, _ in plain["spans"]] == [
        "Roe J",
        " The",
        " life",
    ]
    assert data.without_tags(plain) is plain


def test_titles_in_italics_are_mended(data: ModuleType) -> None:
    """A title gets back the words that its source left out for being in italics."""
    row = _row(
        ("Roe J. ", "author"),
        ("The life of ", "title"),
        ("Oxytricha ", ""),
        ("in ponds. ", "title"),
        ("Growth of ", "title"),
        ("Lygus ", ""),
        ("J Biol", "container"),
        source="plos-jats",
    )
    assert _labelled(data, row) == "AaTttttttttCc"


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ((("Lancet. ", "container"), ("2001", "volume"), (";", ""), ("97", "issue")), "CDV"),
        (
            (
                ("Lancet. ", "container"),
                ("Jan ", "date"),
                ("2001", "volume"),
                (";", ""),
                ("97", "issue"),
                ("(3)", ""),
            ),
            "CDdVI",
        ),
        ((("Lancet. ", "container"), ("2001", "volume"), (":", ""), ("97", "pages")), "CVP"),
    ],
)
def test_a_year_is_no_volume(
    data: ModuleType, printed: tuple[tuple[str, str], ...], labels: str
) -> None:
    """Where a source took the year before a semicolon for the volume, the labels move on."""
    assert _labelled(data, _row(*printed)) == labels
