"""The citation report: one page that stands by itself, and a folder of data beside it."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.folders import MAKER, MANIFEST, fresh_folder
from nqp_biblio.errors import OutputError, UnknownNameError
from nqp_biblio.outputs.files import write_text
from nqp_biblio.outputs.report.files import write_data
from nqp_biblio.outputs.report.given import ReportInput, prepare
from nqp_biblio.outputs.report.markdown import markdown_report
from nqp_biblio.outputs.report.page import page_values
from nqp_biblio.outputs.report.words import LANGUAGES
from nqp_biblio.outputs.viewer import content_policy, viewer_script, viewer_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jinja2
    from markupsafe import Markup

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.section import Own

__all__ = ["write_report"]

_MARKDOWN = (".md", ".markdown")
_FORMS = {"count": "{:,}", "decimal": "{:,.2f}", "percent": "{:.0%}", "year": "{:d}"}


def write_report(
    corpus: Corpus,
    path: str | Path,
    *,
    networks: Sequence[Network] | None = None,
    title: str | None = None,
    seed: int = 0,
    lang: str = "en",
    as_of: int | str | None = None,
) -> None:
    """Write a citation report.

    Parameters
    ----------
    corpus : Corpus
        The corpus. One that has not been normalised is cleaned; topics are found where there are
        none.
    path : str or Path
        The page, such as ``report.html``, or ``report.md`` for Markdown with its figures as
        SVG files; data, tables and figures go to ``report_data``
        beside it. A page is written whole or not at all.
    networks : sequence of Network, optional
        Maps to show; by default the map of topics joined by works, weighed by association
        strength, clustered and laid out, and those of keywords, references, authors and
        countries that the corpus can carry, four in all at the most.
    title : str, optional
        Heading of the page; by default the title of the paper, or the name of the file.
    seed : int
        Seed of clustering and layout of the default maps.
    lang : {"en", "zh"}
        Language of the headings.
    as_of : int or str, optional
        A year or a date that the figures stand for; by default the last year of the corpus.

    Raises
    ------
    UnknownNameError
        If there are no headings in `lang`.
    OutputError
        If the page or its folder cannot be written.

    Notes
    -----
    The page loads nothing from anywhere; its content security policy allows its own style and
    script alone, by their digests. A section that the corpus cannot carry is left out, and a
    sentence says why. Same corpus, options and seed: the same bytes.

    Examples
    --------
    >>> nb.write_report(nb.read("paper.txt"), "report.html")  # doctest: +SKIP
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target}: a folder, not a file")
    if lang not in LANGUAGES:
        raise UnknownNameError("language of headings", lang, LANGUAGES)
    given = prepare(
        corpus,
        networks,
        title=title,
        seed=seed,
        folder=f"{target.stem}_data",
        lang=lang,
        as_of=as_of,
    )
    if target.suffix.lower() in _MARKDOWN:
        page, figures = markdown_report(given, _cell)
    else:
        page, figures = _page(given), {}
    with fresh_folder(target.with_name(given.folder)) as folder:
        names = sorted([*write_data(given, folder), *figures])
        for name, drawing in figures.items():
            (folder / name).write_text(drawing, encoding="utf-8", newline="\n")
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
    environment.filters["cell"] = _cell
    assets = importlib.resources.files("nqp_biblio.outputs") / "assets"
    style, script = (
        (assets / name).read_text(encoding="utf-8") for name in ("report.css", "report.js")
    )
    if any(net.n_edges for net in given.networks):
        style += viewer_style()
        script += viewer_script()
    return environment.get_template("report.html.j2").render(
        style=style,
        script=script,
        policy=content_policy([style], [script]),
        own=lambda part: _own(environment, part),
        **page_values(given),
    )


def _own(environment: jinja2.Environment, part: Own) -> Markup:
    """Fill the template that a part has of its own."""
    from markupsafe import Markup

    made = environment.get_template(part.template).render(part.values)
    return Markup(made)  # noqa: S704  escaped by its template


def _cell(value: object, form: str) -> str:
    """Write a value of a table for people."""
    if value is None:
        return ""
    if isinstance(value, int | float) and form in _FORMS:
        return _FORMS[form].format(value)
    return str(value)
