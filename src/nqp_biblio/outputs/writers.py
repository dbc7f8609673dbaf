"""The formats that works can be written in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.bibtex import format_bibtex
from nqp_biblio.outputs.csl_json import format_csl_json
from nqp_biblio.outputs.ris import format_ris
from nqp_biblio.outputs.tables import format_works

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nqp_biblio.record import Record

__all__ = ["Writer", "list_writers", "register", "writer_for"]


@dataclass(frozen=True, slots=True)
class Writer:
    """One format that works can be written in.

    Attributes
    ----------
    name : str
        Its name, as given to ``format=``.
    title : str
        Its name for people.
    suffixes : tuple of str
        Usual endings of files, with the dot.
    text : callable
        From records to the text of the file.
    leaves_out : tuple of str
        What the format cannot hold.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    text: Callable[[Iterable[Record]], str]
    leaves_out: tuple[str, ...] = ()


_writers: dict[str, Writer] = {}


def register(new: Writer) -> None:
    """Make a writer known; one of the same name is replaced."""
    _writers[new.name] = new


def list_writers() -> list[Writer]:
    """Return all writers, by name."""
    return [_writers[name] for name in sorted(_writers)]


def writer_for(target: str | Path) -> Writer:
    """Return the writer that a name or the ending of a file asks for.

    Parameters
    ----------
    target : str or Path
        Name of a format, or a file.

    Raises
    ------
    OptionError
        If it is neither.

    Examples
    --------
    >>> writer_for("clean.bib").name, writer_for("csl-json").name
    ('bibtex', 'csl-json')
    """
    if str(target) in _writers:
        return _writers[str(target)]
    suffix = Path(target).suffix.lower()
    found = next((writer for writer in list_writers() if suffix in writer.suffixes), None)
    if found is None:
        endings = ", ".join(writer.suffixes[0] for writer in list_writers())
        names = ", ".join(_writers)
        raise OptionError(
            f"{target}: the ending names no format; {endings} do, or name one of {names}"
        )
    return found


_MENTIONS = "mentions in the text"

register(
    Writer(
        "bibtex",
        "BibTeX",
        (".bib",),
        format_bibtex,
        leaves_out=(
            "the reference as printed, and how sure its reading is",
            "a year in the place of the volume",
            "names and DOIs as printed, beside their clean form",
            "the author an address belongs to, unless the record is of Web of Science",
            _MENTIONS,
        ),
    )
)
register(
    Writer(
        "csl-json",
        "CSL-JSON",
        (".json",),
        format_csl_json,
        leaves_out=(
            "parsed parts of cited references, whose text is kept",
            "names and DOIs as printed, beside their clean form",
            _MENTIONS,
        ),
    )
)
register(
    Writer(
        "ris",
        "RIS",
        (".ris",),
        format_ris,
        leaves_out=(
            "the reference as printed, and how sure its reading is",
            "a year in the place of the volume",
            "cited references",
            "the author an address belongs to, and ORCIDs",
            "whether a keyword is the author's or the index's",
            "number of citations",
            "the conference, arXiv's number and other fields without a tag",
            _MENTIONS,
        ),
    )
)
register(
    Writer(
        "csv",
        "CSV, one row a work",
        (".csv",),
        format_works,
        leaves_out=(
            "names in parts, and which names are editors of what",
            "text of cited references, of which the number is kept",
            "fields without a column",
            _MENTIONS,
        ),
    )
)
