"""Names of languages to codes."""

from __future__ import annotations

import pytest

from nqp_biblio.text.languages import language_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("English", "en"),
        ("ENG", "en"),
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("ngerman", "de"),
        ("Chinese", "zh"),
        ("中文", "zh"),
        ("english and french", None),
        ("en, es", None),
        ("Klingon", None),
        ("", None),
    ],
)
def test_one_language_has_one_code(name: str, code: str | None) -> None:
    """A name or code of one language gives its code of two letters, all else nothing."""
    assert language_code(name) == code
