"""Thesaurus files, stop lists and what they want of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.cleaning.term_keys import JOINS, TermKey
from nqp_biblio.cleaning.thesaurus import Wishes, read_stop_words, read_thesaurus
from nqp_biblio.errors import MissingFileError, OptionError

if TYPE_CHECKING:
    from pathlib import Path

KEY = TermKey(frozenset(JOINS))


def _wishes(
    synonyms: dict[str, str | None] | None = None,
    thesaurus: dict[str, str | None] | None = None,
    stop_words: list[str] | None = None,
) -> Wishes:
    return Wishes.of(
        KEY, synonyms=synonyms or {}, thesaurus=thesaurus or {}, stop_words=stop_words or []
    )


@pytest.mark.parametrize(
    "text",
    [
        "label\treplace by\nANN\tneural network\narticle\t\n",
        "\ufefflabel\treplace by\r\nANN\tneural network\r\narticle\t\r\n",
        "Label\tReplace by\n# a remark\n\nANN\tneural network\narticle",
        'label,replace by\n"ANN",neural network\narticle,\n',
        "label;replace by\nANN;neural network\narticle;\n",
    ],
)
def test_thesaurus(tmp_path: Path, text: str) -> None:
    """A thesaurus of VOSviewer is read with its usual separators, line ends and marks."""
    file = tmp_path / "thesaurus.txt"
    file.write_bytes(text.encode())
    assert read_thesaurus(file) == {"ANN": "neural network", "article": None}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "empty; the first line"),
        (b"ANN\tneural network\n", r"txt:1: .* is not the first line"),
        (b"label\treplace by\n\tx\n", r"txt:2: no label before 'x'"),
        (b"label\treplace by\na\tb\tc\n", r"txt:2: 3 columns"),
        (b"label\treplace by\na\tb\nA\tc\n", r"txt:3: 'A' is replaced by 'c' here and by 'b'"),
        (b"label\treplace by\na\tb\n\xff\n", r"txt:3: not UTF-8"),
    ],
)
def test_thesaurus_that_cannot_be_used(tmp_path: Path, text: bytes, message: str) -> None:
    """What is wrong with a thesaurus is told with file and line."""
    file = tmp_path / "thesaurus.txt"
    file.write_bytes(text)
    with pytest.raises(OptionError, match=message):
        read_thesaurus(file)


def test_missing_files(tmp_path: Path) -> None:
    """A file that is not there is told as such."""
    with pytest.raises(MissingFileError, match="a thesaurus is a text file"):
        read_thesaurus(tmp_path / "none.txt")
    with pytest.raises(MissingFileError, match="one term a line"):
        read_stop_words(tmp_path / "none.txt")


def test_stop_words(tmp_path: Path) -> None:
    """A stop list is a file with one term a line, or any iterable."""
    file = tmp_path / "stop.txt"
    file.write_text("# general\narticle\n\nsystematic review\n", encoding="utf-8")
    assert read_stop_words(file) == ["article", "systematic review"]
    assert read_stop_words(iter(["b", "a", "a"])) == ["a", "b"]
    assert read_stop_words(None) == []


def test_wishes_hold_for_variants() -> None:
    """What a list names is replaced in all its variants; another wish for one of them wins."""
    wishes = _wishes(thesaurus={"neural network": "ANN", "Neural Networks": "ANN"})
    assert wishes.apply("neural-networks") == ("ANN", "thesaurus")
    apart = _wishes(thesaurus={"model": "A", "models": "B"})
    assert [apart.apply(term) for term in ("Model", "MODELS")] == [
        ("A", "thesaurus"),
        ("B", "thesaurus"),
    ]


def test_order_of_wishes() -> None:
    """Synonyms win over the thesaurus, both over stop words, and each is followed to its end."""
    wishes = _wishes({"a1": "b1"}, {"a1": "c1", "b1": "d1"}, ["a1", "d1"])
    assert wishes.apply("a1") == (None, "stop-word")
    assert _wishes({"a1": "b1"}, {"b1": "d1"}).apply("a1") == ("d1", "synonym")


def test_a_target_keeps_its_form() -> None:
    """A replacement is written as the user wrote it, also where it stood before."""
    wishes = _wishes({"ANN": "Neural Network"})
    assert wishes.apply("neural networks") == ("Neural Network", "synonym")
    assert wishes.apply("tree") is None


def test_circle() -> None:
    """Replacements that go in a circle are refused."""
    with pytest.raises(OptionError, match="circle: one > two > one"):
        _wishes({"one": "two", "two": "one"}).apply("one")
