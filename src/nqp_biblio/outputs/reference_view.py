"""Printed references in a terminal: as a table, and with their fields in colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.reference_string import tag_references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table
    from rich.text import Text

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.readers.reference_string import TaggedReference

__all__ = ["explain_lines", "reference_table"]

STYLES = {
    "author": "bold blue",
    "editor": "blue",
    "date": "bold green",
    "title": "bold yellow",
    "container": "bold magenta",
    "series": "magenta",
    "volume": "bold cyan",
    "issue": "cyan",
    "pages": "bold red",
    "publisher": "green",
    "location": "dim green",
    "doi": "underline",
    "url": "underline",
}
"""How the fields look; others are slanted."""

_OTHER = "italic"
_QUERY = (
    "SELECT w.key, COALESCE(a.author, a.literal, a.family) AS author, a.n, w.publication_year,"
    " w.title, w.source_raw, w.volume, w.issue, w.pages_raw, w.confidence"
    " FROM works w LEFT JOIN (SELECT work_id,"
    " MIN(CASE WHEN position = 1 THEN author END) AS author,"
    " MIN(CASE WHEN position = 1 THEN literal END) AS literal,"
    " MIN(CASE WHEN position = 1 THEN family END) AS family, COUNT(*) AS n"
    " FROM authorships WHERE role = 'author' GROUP BY work_id) a ON a.work_id = w.work_id"
    " ORDER BY w.work_id"
)


def reference_table(corpus: Corpus) -> Table:
    """Set the works of a corpus in a table for a terminal.

    Parameters
    ----------
    corpus : Corpus
        The references.

    Returns
    -------
    rich.table.Table
        A row a work: label, first author, year, title, source, volume with issue and pages,
        and how sure the reading is.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column("Author", ratio=3)
    table.add_column("Year", justify="right", no_wrap=True)
    table.add_column("Title", ratio=8)
    table.add_column("Source", ratio=5)
    table.add_column("Place", ratio=3)
    table.add_column("Sure", justify="right", no_wrap=True)
    for key, author, n, year, title, source, volume, issue, pages, sure in corpus.sql(_QUERY):
        first = f"{author} +{n - 1}" if author and n > 1 else author or ""
        place = f"{volume or ''}{f'({issue})' if issue else ''}{f': {pages}' if pages else ''}"
        cells = (key or "", first, str(year or ""), title or "", source or "", place)
        table.add_row(*map(Text, cells), _share(sure))
    return table


def _share(confidence: float | None) -> Text:
    """Print how sure a reading is; red where a person should look."""
    from rich.text import Text

    if confidence is None:
        return Text("")
    return Text(f"{confidence:.0%}", style="red" if confidence < 0.5 else "")  # noqa: PLR2004


def explain_lines(corpus: Corpus) -> Iterator[Text]:
    """Show the printed references of a corpus with the fields that their parts were taken for.

    Parameters
    ----------
    corpus : Corpus
        The references; those that were not read from text are left out.

    Yields
    ------
    rich.text.Text
        The reference with its fields in colour, then a line for each field.
    """
    rows = corpus.sql(
        "SELECT key, raw FROM works WHERE raw IS NOT NULL AND role = 'reference' ORDER BY work_id"
    )
    for (key, _), tagged in zip(rows, tag_references([raw for _, raw in rows]), strict=True):
        yield _in_colour(key, tagged)
        yield from _fields(tagged)


def _in_colour(key: str | None, tagged: TaggedReference) -> Text:
    """Colour the parts of a reference."""
    from rich.text import Text

    label = f"[{key}] " if key else ""
    shown = Text(label + tagged.text)
    for start, end, field in tagged.spans:
        shown.stylize(STYLES.get(field, _OTHER), start + len(label), end + len(label))
    shown.append(f"  {tagged.confidence:.0%}", style="dim")
    return shown


def _fields(tagged: TaggedReference) -> Iterator[Text]:
    """Name the field of each part."""
    from rich.text import Text

    for start, end, field in tagged.spans:
        line = Text(f"    {field:12}", style=STYLES.get(field, _OTHER))
        line.append(f" {tagged.text[start:end]}", style="default not bold not underline")
        yield line
