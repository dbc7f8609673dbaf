"""Questions, and under which name their answers are kept."""

from __future__ import annotations

import pytest

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.services.questions import question_of

JSON = "application/json"


def test_the_same_question_has_the_same_name() -> None:
    """The order of the query, keys and addresses of e-mail do not count; all else does."""
    one = question_of("crossref", "/works", {"rows": "5", "query": "x"}, accept=JSON)
    secret = {"mailto": "me@example.org", "api_key": "k3y", "Token": "t"}
    other = question_of("crossref", "/works", {"query": "x", "rows": "5", **secret}, accept=JSON)
    assert one == other
    assert one.key == other.key
    assert "k3y" not in repr(other)
    for changed in (
        question_of("datacite", "/works", dict(one.params), accept=JSON),
        question_of("crossref", "/work", dict(one.params), accept=JSON),
        question_of("crossref", "/works", {"query": "x"}, accept=JSON),
        question_of("crossref", "/works", dict(one.params), accept="text/plain"),
    ):
        assert changed.key != one.key


def test_what_is_no_question() -> None:
    """An unknown service and a path that is none are refused."""
    with pytest.raises(UnknownNameError, match="Did you mean 'crossref'"):
        question_of("crosref", "/x", None, accept=JSON)
    with pytest.raises(OptionError, match="does not begin with"):
        question_of("crossref", "x", None, accept=JSON)
