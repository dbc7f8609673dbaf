"""Keys: where they are found, who may read them, and that nobody else sees them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import OptionError
from nqp_biblio.services.keys import Mask, check_mailto, find_keys, keys_file

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cret-s3cret"  # noqa: S105 - nobody's


def _write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def test_none() -> None:
    """Without environment and file there are no keys."""
    assert find_keys() == {}


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of the environment holds a key; the first of two names counts."""
    monkeypatch.setenv("S2_API_KEY", SECRET)
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "another")
    monkeypatch.setenv("OPENALEX_API_KEY", " ")
    assert find_keys() == {"semantic_scholar": SECRET}


@pytest.mark.parametrize("text", ['openalex = "{}"', '[keys]\nopenalex = "{}"'])
def test_file(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of keys holds keys by service; the environment goes before it."""
    _write(keys_file(), text.format(SECRET))
    assert find_keys() == {"openalex": SECRET}
    monkeypatch.setenv("OPENALEX_API_KEY", "newer")
    assert find_keys() == {"openalex": "newer"}
    assert find_keys({"ror": "given"}) == {"ror": "given"}
    assert find_keys({}) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_file_that_others_can_read(mode: int) -> None:
    """A file of keys that others can read is refused, with what to do about it."""
    _write(keys_file(), f'openalex = "{SECRET}"', mode)
    with pytest.raises(OptionError, match=r"others can read .* chmod 600") as error:
        find_keys()
    assert SECRET not in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"openalex = {SECRET}", "not a file of keys"),
        (f'openalex = "{SECRET}', "not a file of keys"),
        (f'keys = "{SECRET}"', r"\[keys\] is no table"),
        (f'opnalex = "{SECRET}"', "Did you mean 'openalex'"),
        (f'openalex = ["{SECRET}"]', "the key of openalex is not one"),
        (f'openalex = "{SECRET}\\nX: y"', "the key of openalex is not one"),
        ('openalex = ""', "the key of openalex is not one"),
    ],
)
def test_file_that_is_none(text: str, message: str) -> None:
    """A file that cannot be used is refused without repeating what is in it."""
    _write(keys_file(), text)
    with pytest.raises(OptionError, match=message) as error:
        find_keys()
    assert SECRET not in str(error.value)
    assert error.value.__cause__ is None


def test_folder_for_a_file() -> None:
    """What is no file is refused."""
    keys_file().mkdir(mode=0o700)
    with pytest.raises(OptionError, match="cannot be read"):
        find_keys()


@pytest.mark.parametrize(
    ("given", "kept"),
    [(None, None), ("", None), ("  ", None), (" a@b.org ", "a@b.org"), ("a+b@c-d.ac.uk",) * 2],
)
def test_mailto(given: str | None, kept: str | None) -> None:
    """An address of e-mail is taken as it is, without blanks around it."""
    assert check_mailto(given) == kept


@pytest.mark.parametrize("given", ["nobody", "a@b", "a b@c.org", "a@b.org\r\nX: y", "@b.org"])
def test_bad_mailto(given: str) -> None:
    """What is none is refused, and not repeated."""
    with pytest.raises(OptionError, match="mailto is no address") as error:
        check_mailto(given)
    assert given not in str(error.value)


def test_mask() -> None:
    """Secrets are hidden in every form in which an address may hold them."""
    mask = Mask(["a+b@c.org", "k/ey 1", "abc"])
    text = "a+b@c.org a%2Bb%40c.org k/ey 1 k/ey%201 k%2Fey%201 k%2Fey+1 abc"
    assert mask(text) == "*** *** *** *** *** *** abc"
    assert "c.org" not in repr(mask)
