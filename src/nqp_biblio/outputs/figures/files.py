"""Figures as files, and as elements of a page."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures.style import house_style, quiet_fonts

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

__all__ = ["save_figure", "svg_of"]

_TAG = re.compile(r"<[^<>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r' id="([^"]+)"')
_HREF = re.compile(r'xlink:href="#([^"]+)"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_URL = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"(?P<weight>(?:bold|\d00) )?(?P<size>[\d.]+)px (?P<family>.+)")


def svg_of(figure: Figure, *, name: str = "", title: str = "") -> str:
    """Write a figure as SVG.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    name : str
        A word that makes its ids unique in a page; without it, a whole file is returned.
    title : str
        What the figure shows, for readers who do not see it.

    Returns
    -------
    str
        The same bytes for the same figure. With a name: an element to set into a page, free
        of style attributes, so that it stands under a strict content security policy.
    """
    buffer = io.StringIO()
    with house_style(), quiet_fonts():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": "nqp_biblio"})
    text = buffer.getvalue()
    return _inline(text, name, title) if name else text


def save_figure(figure: Figure, path: Path, *, kind: str) -> None:
    """Write a figure to a file.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    path : Path
        The file.
    kind : {"svg", "pdf", "png"}
        Its format; PNG comes at 200 dots an inch. The same figure gives the same bytes.
    """
    if kind == "svg":
        path.write_text(svg_of(figure), encoding="utf-8")
        return
    undated = {"png": {"Software": None}, "pdf": {"CreationDate": None, "Producer": None}}
    with house_style(), quiet_fonts():
        figure.savefig(path, format=kind, dpi=200, metadata=undated[kind])


def _inline(svg: str, name: str, title: str) -> str:
    """Make an element for a page of a whole SVG file."""
    from html import escape

    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = _TAG.sub(lambda match: _own_tag(match[0], name), body)
    box = re.search(r'viewBox="([^"]+)"', body)
    frame = box[1] if box else "0 0 1 1"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame}" role="img"'
        f' aria-label="{escape(title)}" stroke-linejoin="round" stroke-linecap="butt"'
        f' class="chart">'
    )
    return opening + re.sub(r"\s*\n\s*", "\n", body[body.index(">") + 1 :]).strip()


def _own_tag(tag: str, name: str) -> str:
    """Rename the ids of a tag and take its style apart; text between tags is left alone."""
    tag = _LONG.sub(lambda match: _short(match[0]), tag)
    tag = _STYLE.sub(lambda match: _attributes(match[1]), tag)
    tag = _ID.sub(lambda match: f' id="{name}-{match[1]}"', tag)
    tag = _HREF.sub(lambda match: f'href="#{name}-{match[1]}"', tag)
    return _URL.sub(lambda match: f"url(#{name}-{match[1]})", tag)


def _short(number: str) -> str:
    """Round a length to a hundredth of a point."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _attributes(style: str) -> str:
    """Turn a style attribute into presentation attributes."""
    out = []
    for item in style.split(";"):
        name, _, value = (part.strip() for part in item.partition(":"))
        font = _FONT.fullmatch(value) if name == "font" else None
        if font:
            family = font["family"].replace('"', "'")
            out.append(f'font-size="{font["size"]}" font-family="{family}"')
            if font["weight"]:
                out.append(f'font-weight="{font["weight"].strip()}"')
        elif name:
            out.append(f'{name}="{value}"')
    return "".join(f" {item}" for item in out)
