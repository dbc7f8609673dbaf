"""Write a corpus or a network to a file, its kind told by the ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.network import Network
from nqp_biblio.outputs.files import write_text, write_with
from nqp_biblio.outputs.network_files import NETWORK_FORMATS
from nqp_biblio.outputs.writers import list_writers, writer_for

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.outputs.writers import Writer

__all__ = ["text_of", "write"]

_PICTURES = (".svg", ".pdf", ".png")
_PARQUET = "parquet"


def write(thing: Corpus | Network, path: str | Path, *, format: str | None = None) -> None:  # noqa: A002
    """Write a corpus or a network to a file.

    Parameters
    ----------
    thing : Corpus or Network
        What to write.
    path : str or Path
        The file. It is written whole or not at all.
    format : str, optional
        Of a corpus: bibtex, ris, csl-json, csv or parquet. Of a network: graphml, vosviewer,
        pajek, csv, svg, pdf or png. Told by the ending of the file where not given. Parquet
        writes the table of works; ``corpus.save`` keeps all tables.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    OptionError
        If the ending names no format.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> nb.write(corpus, "clean.bib")  # doctest: +SKIP
    >>> nb.write(net, "map.json")  # doctest: +SKIP
    """
    target = Path(path)
    if isinstance(thing, Network):
        _write_network(thing, target, format)
    elif format == _PARQUET or (format is None and target.suffix.lower() == ".parquet"):
        write_with(target, lambda file: _write_parquet(thing, file))
    else:
        write_text(target, _writer(target, format).text(thing.records()))


def text_of(corpus: Corpus, format: str) -> str:  # noqa: A002
    """Write a corpus as text.

    Parameters
    ----------
    corpus : Corpus
        What to write.
    format : str
        Name of a format of text: bibtex, ris, csl-json or csv.

    Returns
    -------
    str

    Raises
    ------
    UnknownNameError
        If there is no such format.
    """
    return _writer(None, format).text(corpus.records())


def _write_parquet(corpus: Corpus, file: Path) -> None:
    """Write the table of works, to a file that is made first: a bad place is an OSError."""
    file.touch()
    corpus.write_parquet("works", file)


def _writer(target: Path | None, name: str | None) -> Writer:
    """Find the writer that a name or an ending asks for."""
    known = {writer.name: writer for writer in list_writers()}
    if name is None and target is not None:
        return writer_for(target)
    if name is None or name not in known:
        names = known if target is None else [*known, _PARQUET]
        raise UnknownNameError("format", str(name), names)
    return known[name]


def _write_network(net: Network, target: Path, name: str | None) -> None:
    """Write a network as data or as a picture."""
    suffix = f".{name}" if f".{name}" in _PICTURES else target.suffix.lower()
    if suffix in _PICTURES and (name is None or f".{name}" == suffix):
        _write_picture(net, target, suffix)
        return
    if name is not None and name not in NETWORK_FORMATS:
        known = [*NETWORK_FORMATS, *(picture[1:] for picture in _PICTURES)]
        raise UnknownNameError("format", name, known)
    for known_name, (suffixes, text) in NETWORK_FORMATS.items():
        if name == known_name or (name is None and suffix in suffixes):
            write_text(target, text(net))
            return
    endings = [*(suffixes[0] for suffixes, _ in NETWORK_FORMATS.values()), *_PICTURES]
    raise OptionError(f"{target}: the ending names no format of a network; {', '.join(endings)} do")


def _write_picture(net: Network, target: Path, suffix: str) -> None:
    """Draw a network into a file."""
    from nqp_biblio.outputs.figures import plot_network, save_figure

    write_with(target, lambda file: save_figure(plot_network(net), file, kind=suffix[1:]))
