"""Sentences: abbreviations, figures and citation markers do not mislead."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.sentences import split_sentences


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It grew.", "It shrank."],
        ["It grew ^[3].", "It shrank^[4]."],
        ["It grew.[3]", "It shrank."],
        ["It grew. [3]", "It shrank."],
        ["It grew.", "[3] says no."],
        ["It grew.¹²,³", "It shrank.⁴"],
        ["It grew.<sup>3</sup>", "It shrank."],
        ["It grew.3", "It shrank.4,5–7", "“It grew.”8", "It is 0.3 Mm."],
        ["Smith et al. (2001) saw it.", "So did Jones et al. in Fig. 3."],
        ["J. R. Smith came.", "Dr. Jones, e.g. by No. 5 of vol. 3, pp. 4–5, went."],
        ["It was 3.5 m.", "2 of them were 1.5 m."],
        ["He said “It grew.”", "She did not."],
        ["Who (and why?) was it?", "Nobody!", "Well…", "So be it."],
        ["他来了。", "他走了[1]。", "“好。”[2]", "真的？"],
        ["one that has no end"],
        ["Line ends\ndo not part.", "They\njoin."],
        ["See https://example.org/a.B?c=d for it.", "Done."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """A text put together from sentences comes apart into the same ones."""
    glue = "" if "。" in sentences[0] else " "
    assert _sentences(glue.join(sentences)) == sentences


@pytest.mark.parametrize("text", ["", "   \n "])
def test_blank_text_has_no_sentence(text: str) -> None:
    """Nothing comes of nothing."""
    assert split_sentences(text) == []


@given(st.text(alphabet="aB1 .!?[]^()。，\n\"'", max_size=200))
def test_nothing_is_lost_or_doubled(text: str) -> None:
    """What can be seen lies in exactly one sentence, in order."""
    spans = split_sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(
        text.split()
    )
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


@pytest.mark.parametrize("unit", [".", "a", ". ", "[1", ".[1,", "a. [1 1 1", " ", ".[1]", "。"])
def test_long_lines_come_to_an_end(unit: str) -> None:
    """A line of 200,000 characters is cut into sentences that lie in it."""
    text = unit * (200_000 // len(unit))
    assert all(0 <= start < end <= len(text) for start, end in split_sentences(text))
