"""The citation report: one page that stands by itself, and a folder of data beside it."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import json
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.folders import MAKER, MANIFEST, fresh_folder
from nqp_biblio.errors import OutputError
from nqp_biblio.outputs.files import write_text
from nqp_biblio.outputs.report_data import ReportInput, prepare
from nqp_biblio.outputs.report_files import write_data
from nqp_biblio.outputs.report_parts import page_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

__all__ = ["write_report"]


def write_report(
    corpus: Corpus,
    path: str | Path,
    *,
    networks: Sequence[Network] | None = None,
    title: str | None = None,
    seed: int = 0,
) -> None:
    """Write a citation report.

    Parameters
    ----------
    corpus : Corpus
        The corpus. One that has not been normalised is cleaned; topics are found where there are
        none.
    path : str or Path
        The page, such as ``report.html``; data, tables and figures go to ``report_data``
        beside it. A page is written whole or not at all.
    networks : sequence of Network, optional
        Maps to show; by default the map of topics joined by works, weighed by association
        strength, clustered and laid out.
    title : str, optional
        Heading of the page; by default the title of the paper, or the name of the file.
    seed : int
        Seed of clustering and layout of the default map.

    Raises
    ------
    OutputError
        If the page or its folder cannot be written.

    Notes
    -----
    The page loads nothing from anywhere, has no script, and its content security policy
    allows neither. Same corpus, options and seed: the same bytes.

    Examples
    --------
    >>> nb.write_report(nb.read("paper.txt"), "report.html")  # doctest: +SKIP
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target}: a folder, not a file")
    given = prepare(corpus, networks, title=title, seed=seed, folder=f"{target.stem}_data")
    page = _page(given)
    with fresh_folder(target.with_name(given.folder)) as folder:
        names = write_data(given, folder)
        text = json.dumps({"made_by": MAKER, "what": "report", "files": names}, indent=1) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8")
    write_text(target, page)


def _page(given: ReportInput) -> str:
    """Fill the template."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nqp_biblio.outputs"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    assets = importlib.resources.files("nqp_biblio.outputs") / "assets"
    style = (assets / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = environment.get_template("report.html.j2")
    return template.render(style=style, style_digest=digest, **page_parts(given))
