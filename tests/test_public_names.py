"""The public names: listed, loaded when used, documented."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import nqp_biblio as nb

ROOT = Path(__file__).resolve().parents[1]
API = ROOT / "docs" / "api"
PAGES = sorted(API.glob("*.md"))


def _documented() -> list[str]:
    """List the names that the pages of the API describe."""
    pattern = re.compile(
        r"auto(?:function|class|exception)::\s+nqp_biblio\.(\w+)\s*$", re.MULTILINE
    )
    return [name for page in PAGES for name in pattern.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", nb.__all__)
def test_can_be_used(name: str) -> None:
    """Each public name is there, and has a docstring."""
    value = getattr(nb, name)
    assert callable(value)
    assert inspect.getdoc(value)


def test_lists_agree() -> None:
    """What is listed is what is loaded and what a shell offers."""
    assert sorted(nb.__all__) == sorted(nb._HOMES)
    assert list(nb.__all__) == sorted(set(nb.__all__))
    assert dir(nb) == sorted([*nb.__all__, "__version__"])


@pytest.mark.parametrize("name", nb.__all__)
def test_home_lists_it_too(name: str) -> None:
    """A public name is public in the module it comes from."""
    value = getattr(nb, name)
    module = inspect.getmodule(value)
    assert module is not None
    assert value.__name__ in module.__all__


def test_star_import() -> None:
    """A star import brings the public names, and no module."""
    names: dict[str, object] = {}
    exec("from nqp_biblio import *", names)  # noqa: S102
    assert set(nb.__all__) <= set(names)
    assert not [name for name, value in names.items() if inspect.ismodule(value)]


def test_unknown_name() -> None:
    """A name that is not there is an attribute error, as everywhere."""
    with pytest.raises(AttributeError, match="has no attribute 'raed'"):
        nb.raed  # noqa: B018


@pytest.mark.parametrize("name", nb.__all__)
def test_is_documented_once(name: str) -> None:
    """Each public name stands once in the pages of the API."""
    assert _documented().count(name) == 1


def test_nothing_else_is_documented() -> None:
    """The pages of the API promise nothing that is not there."""
    assert set(_documented()) <= set(nb.__all__)


@pytest.mark.parametrize("name", [name for name in nb.__all__ if name.islower()])
def test_docstring_names_every_parameter(name: str) -> None:
    """A function's docstring explains each of its parameters."""
    function = getattr(nb, name)
    text = inspect.getdoc(function) or ""
    for parameter in inspect.signature(function).parameters:
        assert re.search(rf"^(?:\*|.*, ){{0,3}}{parameter}\b.* : ", text, re.MULTILINE), parameter
