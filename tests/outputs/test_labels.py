"""Places of labels."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.outputs.labels import Box, Placed, place_labels

FRAME = Box(0, 0, 400, 300)
Node = tuple[str, float, float, float, float]


def _width_of(text: str, size: float) -> float:
    return 0.6 * size * len(text)


def _box(label: Placed) -> Box:
    """Return the rectangle that a label fills."""
    lines = label.text.split("\n")
    half_width = max(_width_of(line, label.size) for line in lines) / 2
    half_height = len(lines) * label.size * 1.18 / 2
    return Box(
        label.x - half_width, label.y - half_height, label.x + half_width, label.y + half_height
    )


def _place(nodes: list[Node], *, limit: int = 99) -> list[Placed]:
    return place_labels(nodes, width_of=_width_of, frame=FRAME, limit=limit)


WORDS = st.text("abc 新<$\n", min_size=0, max_size=60)
NODES = st.lists(
    st.tuples(
        WORDS, st.floats(0, 400), st.floats(0, 300), st.floats(0, 25), st.sampled_from([8.0, 11.7])
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=40)
@given(nodes=NODES, limit=st.integers(1, 12))
def test_nothing_is_covered(nodes: list[Node], limit: int) -> None:
    """No label covers another or leaves the frame; past the first half none covers a circle."""
    placed = _place(nodes, limit=limit)
    boxes = [_box(label) for label in placed]
    for one, other in itertools.combinations(boxes, 2):
        assert not one.meets(other)
    for place, (label, box) in enumerate(zip(placed, boxes, strict=True)):
        assert FRAME.left <= box.left <= box.right <= FRAME.right
        assert FRAME.bottom <= box.bottom <= box.top <= FRAME.top
        for index, (_, x, y, radius, _) in enumerate(nodes):
            if index != label.index and place > limit / 2:
                assert not box.meets(Box(x - radius, y - radius, x + radius, y + radius))


@settings(deadline=None, max_examples=30)
@given(nodes=NODES, limit=st.integers(0, 5))
def test_limit_and_order(nodes: list[Node], limit: int) -> None:
    """At most so many labels are placed, each node once, the first nodes first."""
    placed = [label.index for label in _place(nodes, limit=limit)]
    assert len(placed) <= limit
    assert placed == sorted(set(placed))


def test_the_first_goes_below() -> None:
    """A label with room all around stands under its node, in its own words."""
    [label] = _place([("ports", 200, 150, 10, 9)])
    assert (label.index, label.text, label.x) == (0, "ports", 200)
    assert _box(label).top < 140


def test_a_taken_side_is_left() -> None:
    """Of two nodes above each other, neither is written upon."""
    upper, lower = _place([("high", 200, 175, 10, 9), ("low", 200, 150, 10, 9)])
    assert not _box(upper).meets(Box(190, 140, 210, 160))
    assert not _box(lower).meets(Box(190, 165, 210, 185))


def test_what_does_not_fit_is_left_out() -> None:
    """A label wider than the frame is not placed, the next one is."""
    placed = _place([("x" * 200, 200, 150, 5, 11), ("short", 200, 100, 5, 11)])
    assert [label.index for label in placed] == [1]


LONG = "scientific and technological innovation"


def test_long_labels_are_wrapped() -> None:
    """A long label is broken between words and loses none."""
    [label] = _place([(LONG, 200, 150, 10, 9)])
    assert "\n" in label.text
    assert label.text.split() == LONG.split()


def test_lines_are_kept_clear() -> None:
    """A label gives way to a line where another side is free."""
    node = ("ports", 200.0, 150.0, 10.0, 9.0)
    straight_down = (200.0, 150.0, 200.0, 0.0)
    [label] = place_labels([node], width_of=_width_of, frame=FRAME, limit=1, lines=[straight_down])
    box = _box(label)
    assert not (box.left < 200 < box.right and box.bottom < 140)


BOXES = [
    (Box(0, 0, 1, 1), Box(0.5, 0.5, 2, 2), True),
    (Box(0, 0, 1, 1), Box(1, 0, 2, 1), False),
    (Box(0, 0, 1, 1), Box(0, 1, 1, 2), False),
    (Box(0, 0, 9, 9), Box(4, 4, 5, 5), True),
]


@pytest.mark.parametrize(("one", "other", "meet"), BOXES)
def test_boxes(one: Box, other: Box, meet: bool) -> None:  # noqa: FBT001
    """Boxes that only touch do not meet; which one asks makes no difference."""
    assert one.meets(other) is meet
    assert other.meets(one) is meet
