"""The page and the part of a page with the map viewer."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from maps_to_view import hostile_map, map_of_topics
from nqp_biblio.outputs.viewer import (
    content_policy,
    viewer_html,
    viewer_script,
    viewer_style,
    write_map,
)

if TYPE_CHECKING:
    from pathlib import Path

_DATA = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_ID = re.compile(r' id="([^"]+)"')
_OUTSIDE = re.compile(
    r"""(?:src|srcset|action|poster)\s*=|@import|\bfetch\(|XMLHttpRequest|WebSocket|innerHTML"""
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the map of a few topics, and return the page."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    nb.write(map_of_topics(), path)
    return path.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_policy_names_what_stands_there(page: str) -> None:
    """The policy of the page allows its one style and its one script by their hashes."""
    (style,), (script,) = _STYLE.findall(page), _SCRIPT.findall(page)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}';"
        f" script-src 'sha256-{_digest(script)}'; img-src data: blob:;"
        " base-uri 'none'; form-action 'none'"
    )


def test_nothing_from_outside(page: str) -> None:
    """Neither markup nor script loads anything, and no markup is made of text."""
    assert not _OUTSIDE.search(_DATA.sub("", page))


def test_no_inline_style_or_handler(page: str) -> None:
    """The markup has no style attribute and no event handler, which the policy would stop."""
    markup = _SCRIPT.sub("", _STYLE.sub("", _DATA.sub("", page)))
    assert not re.search(r"<[^>]+\s(?:style|on\w+)\s*=", markup)


def test_data_is_json(page: str) -> None:
    """The data of the page are JSON."""
    (data,) = _DATA.findall(page)
    assert json.loads(data)["nodes"]["label"] == sorted(json.loads(data)["nodes"]["label"])


def test_drawing_without_script(page: str) -> None:
    """Without a script there is a drawing, which says what it shows."""
    drawing = page[page.index("<noscript>") : page.index("</noscript>")]
    assert 'role="img"' in drawing
    assert "7 nodes" in drawing


def test_largest_are_drawn(network_of_labels: object) -> None:
    """Of a large network the drawing has the largest nodes, and says so."""
    assert callable(network_of_labels)
    labels = [f"node {number}" for number in range(400)]
    net = network_of_labels(labels, [(n, n + 1, 1.0) for n in range(399)])
    text = viewer_html(net.with_nodes(x=range(400), y=range(400)))
    assert "The 300 largest of 400 nodes" in text


def test_same_bytes(page: str, tmp_path: Path) -> None:
    """The same network gives the same bytes."""
    write_map(map_of_topics(), tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_ids_are_apart() -> None:
    """Two maps on a page share no id, and none has one twice."""
    net = map_of_topics()
    ids = [_ID.findall(_DATA.sub("", viewer_html(net, name=name))) for name in ("one", "two")]
    assert not set(ids[0]) & set(ids[1])
    assert len(set(ids[0])) == len(ids[0])


@pytest.mark.parametrize("name", ["", "1map", "a b", 'a"b', "é"])
def test_bad_name(name: str) -> None:
    """A name that cannot begin an id is refused."""
    with pytest.raises(nb.BiblioError, match="it begins ids"):
        viewer_html(map_of_topics(), name=name)


def test_hostile_labels_stay_data() -> None:
    """No label ends the script element, the drawing or an attribute."""
    text = viewer_html(hostile_map(), title='</script>"><b onmouseover=run>')
    (data,) = _DATA.findall(text)
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", data)
    assert json.loads(data)["nodes"]["label"][1].startswith("</script>")
    rest = _DATA.sub("", text)
    assert text.count("</script") == 1
    assert rest.count("</noscript") == 1
    assert "<img" not in rest
    assert "<b " not in rest


@pytest.mark.parametrize(
    ("title", "shown"),
    [(None, "Co-occurrence of author keywords"), ("Heat &\n pumps", "Heat &amp; pumps")],
)
def test_title(title: str | None, shown: str, tmp_path: Path) -> None:
    """A page has the given title, else one of kind and unit."""
    write_map(map_of_topics(), tmp_path / "map.html", title=title)
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert f"<title>{shown}</title>" in text


def test_format_by_name(tmp_path: Path) -> None:
    """The format can be named where the ending does not tell it."""
    nb.write(map_of_topics(), tmp_path / "map.page", format="html")
    assert (tmp_path / "map.page").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_policy_of_several() -> None:
    """A page with further styles and scripts allows each by its hash."""
    policy = content_policy(["a", viewer_style()], [viewer_script()])
    assert policy.count("sha256-") == 3


def test_script_is_strict() -> None:
    """The script is strict, leaves one name to the page and ends no script element."""
    script = viewer_script()
    assert script.startswith('(() => {\n"use strict";')
    assert re.findall(r"window\.(\w+) =", script) == ["nqpMaps"]
    assert "</" not in script
    assert "<!--" not in script
