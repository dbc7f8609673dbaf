"""Write what became of the terms of a corpus as a thesaurus file of VOSviewer."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from nqp_biblio.outputs.files import write_text

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["write_thesaurus"]


def write_thesaurus(corpus: Corpus, path: str | Path) -> None:
    r"""Write the joins of terms as a thesaurus file of VOSviewer.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``clean_terms``; without it the file has the first line alone.
    path : str or Path
        The file: UTF-8, the columns ``label`` and ``replace by`` parted by a tab, sorted by
        label. A label is a term as printed that has another form; the second column is
        empty where a list took the term out. VOSviewer takes no account of case: of labels
        that differ in case alone the first is written, with the form most works have.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> write_thesaurus(corpus, "thesaurus.txt")  # doctest: +SKIP
    """
    rows = corpus.sql(
        "SELECT term_raw, term, COUNT(DISTINCT work_id) AS n_works FROM terms"
        " WHERE term_raw IS NOT NULL GROUP BY 1, 2 ORDER BY n_works DESC, term_raw, term"
    )
    entries: dict[str, tuple[str, str]] = {}
    for label, term, _ in rows:
        entries.setdefault(label.casefold(), (label, term or ""))
    file = io.StringIO()
    table = csv.writer(file, delimiter="\t", lineterminator="\n")
    table.writerow(("label", "replace by"))
    for low, (label, term) in sorted(entries.items()):
        if low != term.casefold():
            table.writerow((label, term))
    write_text(path, file.getvalue())
