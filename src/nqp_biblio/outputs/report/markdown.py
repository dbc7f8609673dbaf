"""The report as Markdown, with its figures as SVG files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nqp_biblio.outputs.report.page import page_values
from nqp_biblio.outputs.report.section import Chart, Table, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    import jinja2

    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Section

__all__ = ["escaped", "markdown_report"]

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~$])")
_BLANK = re.compile(r"\s+")


def markdown_report(
    given: ReportInput, cell: Callable[[object, str], str]
) -> tuple[str, dict[str, str]]:
    """Write a report as Markdown.

    Parameters
    ----------
    given : ReportInput
        What is reported.
    cell : callable
        Writes a value of a table in the form of its column.

    Returns
    -------
    str
        The text.
    dict of str to str
        Its figures as SVG, by the names of their files in the folder of data.
    """
    values = page_values(given)
    figures: dict[str, str] = {}
    environment = _environment()
    lines = [f"# {escaped(given.title)}"]
    for section in values["sections"]:
        lines += [f"## {values['titles'][section.name]}"]
        lines += _parts(section, given, figures, environment=environment, cell=cell)
    return "\n\n".join(line for line in lines if line) + "\n", figures


def escaped(value: object) -> str:
    """Write text so that Markdown shows it as it is, on one line."""
    return _SIGNS.sub(r"\\\1", _BLANK.sub(" ", str(value)).strip())


def _environment() -> jinja2.Environment:
    """Load the templates of parts that are not charts, tables or text."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("nqp_biblio.outputs"),
        autoescape=False,  # noqa: S701  Markdown; data pass the filter md
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["md"] = escaped
    return made


def _parts(
    section: Section,
    given: ReportInput,
    figures: dict[str, str],
    *,
    environment: jinja2.Environment,
    cell: Callable[[object, str], str],
) -> list[str]:
    """Write the parts of a section."""
    made: list[str] = []
    for part in section.parts:
        if isinstance(part, Chart):
            made.append(_chart(part, section.name, given, figures))
        elif isinstance(part, Table):
            made.append(_table(part, cell))
        elif isinstance(part, Text):
            made.append(escaped(_plain(part.words)))
        else:
            template = environment.get_template(part.template.replace(".html.", ".md."))
            made.append(template.render(part.values).strip())
    return made


def _chart(part: Chart, section: str, given: ReportInput, figures: dict[str, str]) -> str:
    """Put a drawing among the figures, and name it with its caption."""
    name = f"figure_{len(figures) + 1:02d}_{section}.svg"
    figures[name] = f"{part.wide}\n"
    told = escaped(_plain(part.caption))
    return f"![{told}]({quote(given.file(name))})\n\n*{told}*{_source(part)}"


def _table(part: Table, cell: Callable[[object, str], str]) -> str:
    """Write a table."""
    if not part.rows:
        return ""
    heads = " | ".join(escaped(column.heading) for column in part.columns)
    marks = " | ".join("---" if column.form == "text" else "---:" for column in part.columns)
    rows = [
        " | ".join(escaped(cell(value, c.form)) for value, c in zip(row, part.columns, strict=True))
        for row in part.rows
    ]
    body = "\n".join(f"| {row} |" for row in (heads, marks, *rows))
    caption = f"*{escaped(_plain(part.caption))}*" if part.caption else ""
    return f"{caption}{_source(part)}\n\n{body}".strip()


def _source(part: Chart | Table) -> str:
    """Say where the table stands."""
    return f" Table: `{part.file}`." if part.file else ""


def _plain(words: Any) -> str:  # noqa: ANN401  str or Markup
    """Take the tags out of Markup; a plain text stays as it is."""
    return str(words.striptags()) if hasattr(words, "striptags") else str(words)
