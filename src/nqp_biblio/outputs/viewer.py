"""The map viewer: a network to look at in a page, to move, filter, search and ask."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import json
import re
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.figures import PALETTE
from nqp_biblio.outputs.files import write_text
from nqp_biblio.outputs.viewer_data import viewer_data
from nqp_biblio.outputs.viewer_drawing import draw_map
from nqp_biblio.outputs.viewer_works import MAX_WORKS

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from markupsafe import Markup

    from nqp_biblio.networks.network import Network

__all__ = [
    "content_policy",
    "viewer_data",
    "viewer_html",
    "viewer_script",
    "viewer_style",
    "write_map",
]

_SCRIPTS = (
    "map_data.js",
    "map_colour.js",
    "map_size.js",
    "map_edges.js",
    "map_density.js",
    "map_draw.js",
    "map_filter.js",
    "map_move.js",
    "map_panel.js",
    "map_export.js",
    "map_start.js",
)
_DARK = (
    "--nm-dark: 1; --nm-paper: #12171d; --nm-wash: #1a2129; --nm-ink: #e9eef3; --nm-soft: #a3b0bd;"
    " --nm-line: #2c3641; --nm-edge: #66737f; --nm-accent: #6db9e8; --nm-on: #0c1116;"
    " color-scheme: dark;"
)
_KINDS = {
    "cotopic": "Map",
    "cooccurrence": "Co-occurrence",
    "citation": "Citation",
    "cocitation": "Co-citation",
    "coupling": "Bibliographic coupling",
    "coauthorship": "Co-authorship",
    "multimode": "Map",
}
_NAME = re.compile(r"[A-Za-z][\w-]{0,99}", re.ASCII)
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_FORMULA = re.compile('"([=+@])')
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_TITLE = 200


def write_map(net: Network, path: str | Path, *, title: str | None = None) -> None:
    """Write a network as a page to look at: the map viewer, alone on its page.

    Parameters
    ----------
    net : Network
        The network. One without coordinates is laid out with ``lay_out`` and its defaults.
    path : str or Path
        The page, such as ``map.html``. It is written whole or not at all.
    title : str, optional
        Heading of the page; by default kind and unit of the network.

    Raises
    ------
    OptionError
        If the network has no nodes.
    OutputError
        If the page cannot be written.

    Notes
    -----
    The page stands by itself: it loads nothing, its content security policy lets no other
    script or style run, and it opens without a network. Without a script it shows a drawing.
    Same network and title: the same bytes.

    Examples
    --------
    >>> nb.write_map(nb.map_network(net), "map.html")  # doctest: +SKIP
    """
    from nqp_biblio import __version__

    style, script = viewer_style(), viewer_script()
    page = (
        _environment()
        .get_template("map_page.html.j2")
        .render(
            title=_title(net, title),
            style=_markup(style),
            script=_markup(script),
            policy=content_policy([style], [script]),
            version=__version__,
            map=_fragment(viewer_data(net), name="map", title=_title(net, title), is_page=True),
        )
    )
    write_text(path, page)


def viewer_html(
    net: Network, *, name: str = "map", title: str | None = None, max_works: int = MAX_WORKS
) -> Markup:
    """Make the map viewer of a network as a part of a page.

    Parameters
    ----------
    net : Network
        The network.
    name : str
        Begins all ids of the part, so that several stand on one page: a letter, then letters,
        digits, ``-`` and ``_``.
    title : str, optional
        What the map is called to readers who do not see it, and in the names of exported
        files; by default kind and unit of the network.
    max_works : int
        Works behind the map that are listed at the most, about 150 bytes each; of more the
        most cited, and the map says so.

    Returns
    -------
    Markup
        One element, free of style attributes and event handlers. The page gives
        ``viewer_style()`` in a style element of its head and, once, ``viewer_script()`` in a
        script element at the end of its body; ``content_policy`` allows both. The viewer
        follows ``data-theme`` (light or dark) of the page's root element, else the reader's
        setting.

    Raises
    ------
    OptionError
        If the network has no nodes or `name` cannot begin an id.
    """
    if not _NAME.fullmatch(name):
        raise OptionError(f"name is {name!r}; it begins ids: letters, digits, - and _")
    data = viewer_data(net, max_works=max_works)
    return _fragment(data, name=name, title=_title(net, title), is_page=False)


def viewer_style() -> str:
    """Return the style of the map viewer, once for a page."""
    text = _asset("map.css")
    by_reader = f":root:not([data-theme='light']) .nm {{ {_DARK} }}"
    by_page = f":root[data-theme='dark'] .nm {{ {_DARK} }}"
    dark = f"@media (prefers-color-scheme: dark) {{ {by_reader} }}\n{by_page}"
    return text.replace("/*dark*/", dark)


def viewer_script() -> str:
    """Return the script of the map viewer, once for a page."""
    body = "\n".join(_asset(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def content_policy(styles: list[str], scripts: list[str]) -> str:
    """Write a content security policy that allows some styles and scripts and nothing else.

    Parameters
    ----------
    styles, scripts : list of str
        The text of each style and script element of the page.

    Returns
    -------
    str
        For the ``content`` of a meta element.
    """
    allowed = {"style-src": styles, "script-src": scripts}
    hashes = [
        f"{name} {' '.join(_digest(text) for text in texts)}" for name, texts in allowed.items()
    ]
    rest = "base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; {'; '.join(hashes)}; img-src data: blob:; {rest}"


def _fragment(data: dict[str, Any], *, name: str, title: str, is_page: bool) -> Markup:
    """Fill the template of the viewer."""
    drawing, drawn = draw_map(data, name=f"{name}-drawing", title=title)
    text = (
        _environment()
        .get_template("map.html.j2")
        .render(
            name=name,
            title=title,
            is_page=is_page,
            palette=json.dumps(PALETTE),
            drawing=_markup(drawing),
            drawn=drawn,
            data=_markup(_embedded(data)),
        )
    )
    return _markup(text)


def _title(net: Network, title: str | None) -> str:
    """Name the map."""
    told = net.manifest.get("vosviewer_info", {}).get("title")
    kind = _KINDS.get(net.kind, net.kind)
    text = title or told or f"{kind[:1].upper()}{kind[1:]} of {net.of.replace('_', ' ')}"
    text = " ".join(text.split())
    return text if len(text) <= _MAX_TITLE else f"{text[: _MAX_TITLE - 1]}…"


def _embedded(data: dict[str, Any]) -> str:
    """Write data as JSON that no markup can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # a page that is opened as a table must not hold a formula either
    text = _FORMULA.sub(lambda found: f'"\\u{ord(found[1]):04x}', text.translate(_UNSAFE))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _environment() -> Any:  # noqa: ANN401  an Environment of jinja2, which is imported late
    """Give the maker of templates, which escapes what it is given."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("nqp_biblio.outputs"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _markup(text: str) -> Markup:
    """Mark text as safe that this library made: its own assets, escaped JSON and SVG."""
    from markupsafe import Markup as MarkupText

    return MarkupText(text)  # noqa: S704


def _asset(name: str) -> str:
    """Read a file of assets."""
    assets = importlib.resources.files("nqp_biblio.outputs") / "assets"
    return (assets / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Name a text by its hash, as a content security policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
