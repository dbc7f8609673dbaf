"""Relators of libraries."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.relators import role_of_relators


@pytest.mark.parametrize(
    ("relators", "role"),
    [
        (["aut"], "author"),
        (["http://id.loc.gov/vocabulary/relators/edt"], "editor"),
        (["joint author."], "author"),
        (["Hrsg."], "editor"),
        (["publisher", "translator"], "translator"),
        (["pbl"], None),
        ([], None),
    ],
)
def test_roles(relators: list[str], role: str | None) -> None:
    """Codes, addresses and words of several languages name roles."""
    assert role_of_relators(relators) == role
