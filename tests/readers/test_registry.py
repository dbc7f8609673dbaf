"""The registry: formats by name, and by content before the ending of a file."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import (
    InputError,
    OptionError,
    PluginError,
    UnknownFormatError,
    UnknownNameError,
)
from nqp_biblio.readers import registry
from nqp_biblio.readers.registry import Format, detect_format, get_format, list_formats
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def _format(name: str, mark: str, score: float, suffixes: tuple[str, ...] = ()) -> Format:
    def matches(source: Source) -> float:
        return score if mark in source.head else 0.0

    def records(source: Source) -> Iterator[Record]:
        yield Record(title=source.text)

    return Format(name, name.upper(), suffixes, matches, records)


@pytest.fixture
def only_toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know the formats of this test alone."""
    monkeypatch.setattr(registry, "_formats", {})
    monkeypatch.setattr(registry, "_state", {"loaded": True})
    for toy in (
        _format("weak", "@", 0.5, (".txt",)),
        _format("strong", "@@", 0.9, (".bib",)),
        _format("even", "@", 0.5, (".toy",)),
    ):
        registry.register_format(toy)


def _source(folder: Path, text: str, name: str) -> Source:
    (folder / name).write_text(text, encoding="utf-8")
    return Source(folder / name)


@pytest.mark.usefixtures("only_toys")
@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("@@ x", "a.bib", "strong"),
        ("@@ x", "a.txt", "strong"),
        ("@ x", "a.txt", "weak"),
        ("@ x", "a.toy", "even"),
    ],
)
def test_content_decides_before_the_ending(
    tmp_path: Path, text: str, name: str, expected: str
) -> None:
    """A file is what it holds; its ending decides between formats that fit equally."""
    assert detect_format(_source(tmp_path, text, name)).name == expected


@pytest.mark.usefixtures("only_toys")
def test_nothing_fits(tmp_path: Path) -> None:
    """A file that no format fits is refused with the names that could be given."""
    with pytest.raises(UnknownFormatError, match=r"a\.txt: no format fits .* even, strong, weak"):
        detect_format(_source(tmp_path, "plain", "a.txt"))


@pytest.mark.usefixtures("only_toys")
def test_two_formats_fit(tmp_path: Path) -> None:
    """Two formats that claim a file equally are both named, and format= is asked for."""
    with pytest.raises(UnknownFormatError, match=r"a\.x: even and weak both claim .* format="):
        detect_format(_source(tmp_path, "@ x", "a.x"))


@pytest.mark.usefixtures("only_toys")
def test_last_resort(tmp_path: Path) -> None:
    """A format of last resort is asked only where no other claims the content."""
    asked = []

    def matches(source: Source) -> float:
        asked.append(source.name)
        return 0.3

    last = Format("last", "LAST", (), matches, lambda _: iter(()), is_last_resort=True)
    registry.register_format(last)
    assert detect_format(_source(tmp_path, "@@ x", "a.bib")).name == "strong"
    assert asked == []
    assert detect_format(_source(tmp_path, "plain", "b.txt")).name == "last"


@pytest.mark.usefixtures("only_toys")
def test_one_name_for_two_formats() -> None:
    """A format cannot take the name of another; registering one again changes nothing."""
    registry.register_format(_format("weak", "@", 0.5, (".txt",)))
    other = Format("weak", "another", (), lambda _: 0.0, lambda _: iter(()))
    with pytest.raises(OptionError, match="two formats are named 'weak': WEAK, and another"):
        registry.register_format(other)


TOY = Format("toy", "a toy", (".toy",), lambda _: 0.0, lambda _: iter(()))
"""What a package of a user would offer."""


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Install a package that offers a format at a place."""
    monkeypatch.setattr(registry, "_formats", dict(registry._formats))
    monkeypatch.setattr(registry, "_state", {"loaded": False})

    def offer(place: str) -> None:
        point = metadata.EntryPoint("toy", place, "nqp_biblio.formats")
        monkeypatch.setattr(registry.metadata, "entry_points", lambda **_: [point])

    return offer


def test_format_of_a_package(offered: Callable[[str], None]) -> None:
    """A format that an installed package names as an entry point is one like the others."""
    offered(f"{__name__}:TOY")
    assert get_format("toy") is TOY


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("no_such_package:FORMAT", "No module named 'no_such_package'"),
        ("nqp_biblio:NOTHING", "has no attribute 'NOTHING'"),
        ("nqp_biblio.errors:BiblioError", "is no Format object"),
    ],
)
def test_broken_format_of_a_package(
    offered: Callable[[str], None], place: str, reason: str
) -> None:
    """A package whose format cannot be loaded is named with the reason."""
    offered(place)
    with pytest.raises(PluginError, match=rf"the format 'toy' \({place}\).*{reason}"):
        list_formats()


@pytest.mark.usefixtures("only_toys")
def test_picture(tmp_path: Path) -> None:
    """A binary file is called what it is, not an unknown format."""
    (tmp_path / "a.bib").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError, match="PNG picture"):
        detect_format(Source(tmp_path / "a.bib"))


@pytest.mark.usefixtures("only_toys")
def test_unknown_name() -> None:
    """A format name that is wrong is answered by the near one."""
    with pytest.raises(UnknownNameError, match="Did you mean 'strong'"):
        get_format("strng")


def test_real_formats_are_complete() -> None:
    """Every format has a name for options and one for people; the list is sorted."""
    formats = list_formats()
    names = [known.name for known in formats]
    assert names == sorted(set(names))
    for known in formats:
        assert known.name == known.name.lower()
        assert known.title
        assert all(suffix.startswith(".") for suffix in known.suffixes)
        assert get_format(known.name) is known


@pytest.mark.parametrize("known", list_formats(), ids=lambda known: known.name)
@pytest.mark.parametrize("text", ["x", "{", "\x00" * 5 + "a" * 2000, "a" * 200_000, "[1]\n" * 50])
def test_no_format_fails_on_odd_content(tmp_path: Path, known: Format, text: str) -> None:
    """Telling formats never fails, and gives a share."""
    assert 0.0 <= known.matches(_source(tmp_path, text, "odd.txt")) <= 1.0
