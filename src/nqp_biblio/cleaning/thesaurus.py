"""What a user wants of terms: thesaurus files of VOSviewer, stop lists and synonyms."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.errors import MissingFileError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["STOP_RULE", "Wish", "Wishes", "read_stop_words", "read_thesaurus"]

STOP_RULE = "stop-word"
"""Rule of a change that takes a term out."""

_HEADER = ("label", "replace by")
_COLUMNS = 2
_DELIMITERS = "\t;,"


class Wish(NamedTuple):
    """What is to stand in the place of a term; None where nothing is."""

    term: str | None
    rule: str


def read_thesaurus(path: str | Path) -> dict[str, str | None]:
    r"""Read a thesaurus file of VOSviewer.

    Parameters
    ----------
    path : str or Path
        Text in UTF-8, the columns ``label`` and ``replace by`` parted by tabs (semicolons or
        commas do as well), the names of the columns in the first line. Empty lines and
        lines that begin with ``#`` say nothing.

    Returns
    -------
    dict of str to (str or None)
        From each label to what replaces it, in the order of the file; None where the second
        column is empty, by which VOSviewer ignores the term [1]_.

    Raises
    ------
    MissingFileError
        If there is no such file.
    OptionError
        If it has other columns, a line has no label, or a label has two replacements; the
        message begins with file and line.

    References
    ----------
    .. [1] van Eck, N. J. & Waltman, L. (2023). VOSviewer manual, version 1.6.19, section 4.3.

    Examples
    --------
    >>> read_thesaurus("thesaurus.txt")  # doctest: +SKIP
    {'neural networks': 'neural network', 'article': None}
    """
    lines = _lines(Path(path), "a thesaurus is a text file with the columns label and replace by")
    first = next(lines, None)
    if first is None:
        raise OptionError(f"{path}: empty; the first line must be 'label<TAB>replace by'")
    delimiter = next((sign for sign in _DELIMITERS if sign in first[1]), "\t")
    header = tuple(name.casefold() for name in _cells(first[1], delimiter))
    if header != _HEADER:
        raise OptionError(
            f"{path}:{first[0]}: {first[1]!r} is not the first line of a thesaurus;"
            " it must be 'label<TAB>replace by'"
        )
    found: dict[str, str | None] = {}
    known: dict[str, str | None] = {}
    for number, line in lines:
        label, instead = _entry(f"{path}:{number}", _cells(line, delimiter))
        low = label.casefold()
        if known.setdefault(low, instead) != instead:
            raise OptionError(
                f"{path}:{number}: {label!r} is replaced by {instead!r} here and by"
                f" {known[low]!r} above"
            )
        found.setdefault(label, instead)
    return found


def read_stop_words(stop_words: str | Path | Iterable[str] | None) -> list[str]:
    """Return the terms of a stop list: a file with one a line, or the terms themselves.

    Raises
    ------
    MissingFileError
        If there is no such file.
    """
    if stop_words is None:
        return []
    if isinstance(stop_words, str | Path):
        path = Path(stop_words)
        return [line for _, line in _lines(path, "a stop list is a text file, one term a line")]
    return sorted(set(stop_words))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user wants of terms, found by the term itself or by what its variants share.

    Attributes
    ----------
    key : callable
        From a term to what its variants share.
    exact, by_key : dict
        Wishes by the term in lower case, and by its key where all agree.
    targets : dict
        For the key of each replacement the form the user gave it, with its rule.
    """

    key: Callable[[str], str]
    exact: dict[str, Wish] = field(default_factory=dict)
    by_key: dict[str, Wish] = field(default_factory=dict)
    targets: dict[str, Wish] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        key: Callable[[str], str],
        *,
        synonyms: Mapping[str, str | None],
        thesaurus: Mapping[str, str | None],
        stop_words: Iterable[str],
    ) -> Wishes:
        """Gather wishes; synonyms win over the thesaurus, and both over stop words."""
        wishes = cls(key)
        stops = dict.fromkeys(stop_words)
        for rule, given in (
            ("synonym", synonyms),
            ("thesaurus", thesaurus),
            (STOP_RULE, stops),
        ):
            wishes._add(given, rule)
        return wishes

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.exact)

    def apply(self, term: str) -> Wish | None:
        """Return what is wanted in the place of a term; None where nothing is wanted.

        Raises
        ------
        OptionError
            If the replacements go in a circle.
        """
        wish: Wish | None = None
        seen = [term.casefold()]
        while True:
            found = self.exact.get(seen[-1]) or self.by_key.get(self.key(term))
            if found is None or found.term == term:
                return wish or self.targets.get(self.key(term))
            wish = wish or found
            if found.term is None:
                return found
            wish, term = Wish(found.term, wish.rule), found.term
            if term.casefold() == seen[-1] or self.key(term) == self.key(seen[-1]):
                return wish
            seen.append(term.casefold())
            if seen[-1] in seen[:-1]:
                raise OptionError(f"replacements of terms go in a circle: {' > '.join(seen)}")

    def _add(self, given: Mapping[str, str | None], rule: str) -> None:
        """Add the wishes of one kind behind those that win over them."""
        by_key: dict[str, set[str | None]] = {}
        for term, instead in given.items():
            wish = Wish(instead or None, rule)
            self.exact.setdefault(term.strip().casefold(), wish)
            by_key.setdefault(self.key(term), set()).add(wish.term)
            if wish.term is not None:
                self.targets.setdefault(self.key(wish.term), wish)
        for key, several in by_key.items():
            if len(several) == 1:
                self.by_key.setdefault(key, Wish(several.pop(), rule))


def _lines(path: Path, what: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of a file that say something."""
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; {what}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        at = path.read_bytes()[: error.start].count(b"\n") + 1
        raise OptionError(f"{path}:{at}: not UTF-8; save the file as UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip("\r\n")


def _cells(line: str, delimiter: str) -> list[str]:
    """Split a line into its cells."""
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]


def _entry(place: str, cells: list[str]) -> tuple[str, str | None]:
    """Return label and replacement of a line."""
    label, instead, *more = [*cells, "", ""][: max(_COLUMNS, len(cells))]
    if not label:
        raise OptionError(f"{place}: no label before {instead!r}")
    if any(more):
        raise OptionError(f"{place}: {len(cells)} columns; a thesaurus has label and replace by")
    return label, instead or None
