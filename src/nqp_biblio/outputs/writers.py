"""The formats that works can be written in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.bibtex import format_bibtex
from nqp_biblio.outputs.csl_json import format_csl_json
from nqp_biblio.outputs.endnote_xml import format_endnote_xml
from nqp_biblio.outputs.jsonl import format_jsonl
from nqp_biblio.outputs.ris import format_ris
from nqp_biblio.outputs.scopus_csv import format_scopus_csv
from nqp_biblio.outputs.tables import format_works
from nqp_biblio.outputs.wos_plain import format_wos
from nqp_biblio.outputs.xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["Writer", "list_writers", "register", "writer_for"]


def _no_text(_: object) -> NoReturn:
    """Refuse to make text."""
    raise OptionError("this format is no text; write it to a file")


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
        Usual endings of files, with the dot; none where another format has them.
    text : callable
        From records to the text of the file.
    leaves_out : tuple of str
        What the format cannot hold, in words; ``kept.py`` says it column by column.
    file : callable, optional
        Writes a corpus to a file, for a format that is no text.
    is_whole : bool
        Whether references carry their works, and problems of no work are written too.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    text: Callable[[Iterable[Any]], str] = _no_text
    leaves_out: tuple[str, ...] = ()
    file: Callable[[Corpus, Path], None] | None = None
    is_whole: bool = False


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
        endings = ", ".join(writer.suffixes[0] for writer in list_writers() if writer.suffixes)
        names = ", ".join(_writers)
        raise OptionError(
            f"{target}: the ending names no format; {endings} do, or name one of {names}"
        )
    return found


def _write_parquet(corpus: Corpus, file: Path) -> None:
    """Write the table of works, to a file that is made first: a bad place is an OSError."""
    file.touch()
    corpus.write_parquet("works", file)


_MENTIONS = "mentions in the text"
_READING = "the reference as printed, and how sure its reading is"
_VOLUME = "a year in the place of the volume"
_RAW = "names and DOIs as printed, beside their clean form"
_CLEANED = "topics, and the names that normalise gives to authors, keywords and sources"

_WRITERS = (
    Writer(
        "bibtex",
        "BibTeX",
        (".bib",),
        format_bibtex,
        leaves_out=(
            _READING,
            _VOLUME,
            _RAW,
            "the author an address belongs to, unless the record is of Web of Science",
            _MENTIONS,
        ),
    ),
    Writer(
        "csl-json",
        "CSL-JSON",
        (".json",),
        format_csl_json,
        leaves_out=("parsed parts of cited references, whose text is kept", _RAW, _MENTIONS),
    ),
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
    ),
    Writer(
        "endnote-xml",
        "EndNote XML",
        (".xml",),
        format_endnote_xml,
        leaves_out=(
            _READING,
            _VOLUME,
            "cited references",
            "the author an address belongs to, and ORCIDs",
            "whether a keyword is the author's or the index's",
            "number of citations",
            "the conference, arXiv's number and other fields without an element",
            _MENTIONS,
        ),
    ),
    Writer(
        "parquet",
        "Parquet, the table of works",
        (".parquet",),
        file=_write_parquet,
        leaves_out=("all tables but works",),
    ),
    Writer(
        "records-jsonl",
        "Records as JSON lines, nothing lost",
        (".jsonl",),
        format_jsonl,
        leaves_out=(_CLEANED,),
        is_whole=True,
    ),
    Writer(
        "ris",
        "RIS",
        (".ris",),
        format_ris,
        leaves_out=(
            _READING,
            _VOLUME,
            "cited references",
            "the author an address belongs to, and ORCIDs",
            "whether a keyword is the author's or the index's",
            "number of citations",
            "the conference, arXiv's number and other fields without a tag",
            _MENTIONS,
        ),
    ),
    Writer(
        "scopus-csv",
        "Scopus CSV",
        (),
        format_scopus_csv,
        leaves_out=(
            _READING,
            _VOLUME,
            "dates but the year, place, edition, series, and arXiv's number",
            "translators, ORCIDs, and that a list of authors is cut",
            "types that Scopus has no word for",
            "fields without a column of Scopus",
            _MENTIONS,
        ),
    ),
    Writer(
        "wos",
        "Web of Science plain text",
        (".ciw", ".isi"),
        format_wos,
        leaves_out=(
            _READING,
            _VOLUME,
            "edition, and arXiv's number",
            "translators, and that a list of authors is cut",
            "titles of cited references",
            "types that Web of Science has no word for",
            "fields without a tag of Web of Science",
            _MENTIONS,
        ),
    ),
    Writer(
        "xlsx",
        "Excel workbook, a sheet a table",
        (".xlsx",),
        file=write_xlsx,
        leaves_out=("what is longer than the 32,767 characters of a cell",),
    ),
)
for _writer in _WRITERS:
    register(_writer)
