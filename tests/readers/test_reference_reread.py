"""What the first reading of references tells the second."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.readers.reference_features import PAD, Tokens, tokens_of
from nqp_biblio.readers.reference_habits import UNKNOWN
from nqp_biblio.readers.reference_reread import rereading_of
from nqp_biblio.readers.reference_tagger import first_reading, load_model, part_of

ARTICLE = "Roe, J. (2019). “Maps of science.” Journal of Maps 12(3), 45–67."
BOOK = "Poe, A. Maps and men. Leiden: Brill, 1990."


def _answers(references: list[Tokens], chosen: list[int]) -> tuple[list[int], dict[str, list[int]]]:
    """First places of some references, and what is seen of all places."""
    model = load_model()
    batch, _, reading = part_of(first_reading(references, model), chosen, model)
    groups = rereading_of(batch, reading, [UNKNOWN] * len(chosen))
    answers = {name: codes.tolist() for group in groups for name, codes in group.items()}
    return batch.firsts.tolist(), answers


def test_a_reference_is_seen_alike_in_any_company() -> None:
    """What the second reading sees of a reference does not depend on those beside it."""
    one, other = tokens_of(ARTICLE, []), tokens_of(BOOK, [])
    size = len(other.words)
    _, alone = _answers([other], [0])
    firsts, together = _answers([one, other, other], [2, 0, 1])
    for name, codes in alone.items():
        for first in (firsts[0], firsts[2]):
            assert codes[PAD : PAD + size] == together[name][first : first + size], name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab,. 12()", min_size=1, max_size=40), min_size=1, max_size=4))
def test_any_text_is_seen(texts: list[str]) -> None:
    """Every question has an answer at each place, and none is negative."""
    references = [tokens for text in texts if (tokens := tokens_of(text, [])).words]
    if not references:
        return
    references.sort(key=lambda tokens: -len(tokens.words))
    _, answers = _answers(references, list(range(len(references))))
    size = sum(len(tokens.words) + 2 * PAD for tokens in references)
    for name, codes in answers.items():
        assert len(codes) == size, name
        assert np.min(codes) >= 0, name
