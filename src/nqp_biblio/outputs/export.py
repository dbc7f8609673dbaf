"""Write a corpus or a network to a file, its kind told by the ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.network import Network
from nqp_biblio.outputs.files import write_text, write_with
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS
from nqp_biblio.outputs.viewer import write_map
from nqp_biblio.outputs.whole_records import whole_records
from nqp_biblio.outputs.writers import list_writers, writer_for

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.outputs.writers import Writer

__all__ = ["text_of", "write"]

_PICTURES = (".svg", ".pdf", ".png")
_PAGE = ".html"


def write(thing: Corpus | Network, path: str | Path, *, format: str | None = None) -> None:  # noqa: A002
    """Write a corpus or a network to a file.

    Parameters
    ----------
    thing : Corpus or Network
        What to write.
    path : str or Path
        The file. It is written whole or not at all. Of a network some formats have files
        beside it: vosviewer-text the links (``…_network.txt`` beside ``…_map.txt``), csv the
        nodes (``….nodes.csv``), pajek clusters (``.clu``) and numbers (``.vec``).
    format : str, optional
        Of a corpus: bibtex, csl-json, csv, endnote-xml, parquet, records-jsonl, ris,
        scopus-csv, wos or xlsx. Of a network: graphml, gexf, gml, vosviewer, vosviewer-text,
        pajek, csv, svg, pdf, png, or html, a page to look at it. Told by the ending of the
        file where not given.
        `find_losses` tells what of a corpus a format cannot hold, `network_losses` what of a
        network; records-jsonl holds all that was read, ``corpus.save`` all tables.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    OptionError
        If the ending names no format, or the format cannot hold a value of the network.
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
        return
    writer = _writer(target, format)
    if (write_file := writer.file) is not None:
        write_with(target, lambda file: write_file(thing, file))
    else:
        write_text(target, _text(thing, writer))


def text_of(corpus: Corpus, format: str) -> str:  # noqa: A002
    """Write a corpus as text.

    Parameters
    ----------
    corpus : Corpus
        What to write.
    format : str
        Name of a format of text, such as bibtex, ris, csl-json, records-jsonl or csv.

    Returns
    -------
    str

    Raises
    ------
    UnknownNameError
        If there is no such format.
    """
    return _text(corpus, _writer(None, format))


def _text(corpus: Corpus, writer: Writer) -> str:
    """Write a corpus as text."""
    return writer.text(whole_records(corpus) if writer.is_whole else corpus.records())


def _writer(target: Path | None, name: str | None) -> Writer:
    """Find the writer that a name or an ending asks for; one of text where there is no file."""
    if name is None and target is not None:
        return writer_for(target)
    known = {
        writer.name: writer
        for writer in list_writers()
        if target is not None or writer.file is None
    }
    if name is None or name not in known:
        raise UnknownNameError("format", str(name), known)
    return known[name]


def _write_network(net: Network, target: Path, name: str | None) -> None:
    """Write a network as data or as a picture."""
    suffix = f".{name}" if f".{name}" in (*_PICTURES, _PAGE) else target.suffix.lower()
    if suffix == _PAGE and (name is None or f".{name}" == suffix):
        write_map(net, target)
        return
    if suffix in _PICTURES and (name is None or f".{name}" == suffix):
        _write_picture(net, target, suffix)
        return
    if name is not None and name not in NETWORK_FORMATS:
        known = [*NETWORK_FORMATS, *(ending[1:] for ending in (*_PICTURES, _PAGE))]
        raise UnknownNameError("format", name, known)
    for form in NETWORK_FORMATS.values():
        if name == form.name or (name is None and suffix in form.suffixes):
            for file, text in form.files(net, target).items():
                write_text(file, text)
            return
    endings = [*(form.suffixes[0] for form in NETWORK_FORMATS.values()), *_PICTURES, _PAGE]
    raise OptionError(f"{target}: the ending names no format of a network; {', '.join(endings)} do")


def _write_picture(net: Network, target: Path, suffix: str) -> None:
    """Draw a network into a file."""
    from nqp_biblio.outputs.figures import plot_network, save_figure

    write_with(target, lambda file: save_figure(plot_network(net), file, kind=suffix[1:]))
