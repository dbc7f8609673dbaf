"""The text around a marker: whole paragraphs, and windows in long ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.lines import join_placed
from nqp_biblio.readers.surroundings import MAX_CONTEXT, Surroundings
from nqp_biblio.text.sentences import split_sentences


def _around(text: str, marker: str) -> tuple[str, int]:
    return Surroundings(text, split_sentences(text)).of(text.index(marker))


def test_broken_lines_are_mended() -> None:
    """A word broken at the line end is whole, and the marker is found in its new place."""
    context, offset = _around("It was mea-\nsured twice\n [3], and\nnot again.", "[3]")
    assert context == "It was measured twice [3], and not again."
    assert context[offset:].startswith("[3]")


def test_long_paragraph_is_cut_at_sentences() -> None:
    """Of a long paragraph the sentences around the marker are kept, as far as they go whole."""
    many = [f"Sentence {number} is here." for number in range(1_000)]
    many[500] = "This one cites [7]."
    context, offset = _around("\n".join(many), "[7]")
    assert context[offset:].startswith("[7]")
    assert context.startswith("Sentence ")
    assert context.endswith(" is here.")
    assert 0.9 * MAX_CONTEXT < len(context) <= MAX_CONTEXT


def test_sentence_without_end() -> None:
    """A sentence that is too long for a context is cut on both sides of the marker."""
    context, offset = _around("word " * 5_000 + "[7] " + "word " * 5_000, "[7]")
    assert context[offset:].startswith("[7]")
    assert len(context) <= MAX_CONTEXT


@given(st.lists(st.text("ab-[1]. \u00ad第", max_size=12), max_size=8))
def test_lines_keep_their_places(pieces: list[str]) -> None:
    """Each line begins at the place that is told of it, but for the hyphen it may lose."""
    text, places = join_placed(pieces)
    assert len(places) == len(pieces)
    assert places == sorted(places)
    for piece, place in zip(pieces, places, strict=True):
        words = " ".join(piece.split())
        assert text[place:].startswith(words.rstrip("-\u00ad"))


@given(st.lists(st.sampled_from(["A b [1].", "C-", "d", "", " e  f ", "第一"]), max_size=30))
def test_marker_is_where_it_is_said_to_be(pieces: list[str]) -> None:
    """Wherever a marker stands in the lines, its context begins with it at its offset."""
    text = "\n".join(pieces)
    around = Surroundings(text, split_sentences(text))
    at = text.find("[1]")
    while at >= 0:
        context, offset = around.of(at)
        assert context[offset:].startswith("[1]")
        at = text.find("[1]", at + 1)
