"""What a person decided about pairs of works: offered as a table, saved as CSV, replayed."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.merging.kept_records import trace_of
from nqp_biblio.errors import InputError, MissingFileError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from nqp_biblio.cleaning.duplicate.groups import Edge
    from nqp_biblio.cleaning.duplicate.works import ComparedWorks
    from nqp_biblio.corpus.corpus import Corpus

__all__ = [
    "Decision",
    "decided_pairs",
    "fingerprints",
    "names_of",
    "pair_table",
    "read_decisions",
]

Decision = tuple[str, str, bool]
"""Fingerprints of two works, and whether they are one."""

_SAME = frozenset(("same", "duplicate", "merge", "yes", "y", "1", "true"))
_DIFFERENT = frozenset(("different", "distinct", "keep", "no", "n", "0", "false"))
_OF_WORK = (
    "file",
    "line",
    "key",
    "title",
    "publication_year",
    "source_raw",
    "volume",
    "pages_raw",
    "doi",
)
_BATCH = 500


def fingerprints(works: ComparedWorks) -> list[str]:
    """Name each work by its content, so that it is known again when its file is read again.

    Parameters
    ----------
    works : ComparedWorks
        The works.

    Returns
    -------
    list of str
        Sixteen signs of a hash of title, kind, year, first author, place and DOI. Works in
        which all of these are the same have the same one.
    """
    columns = zip(
        *(works.bases, works.kinds, works.years.tolist(), works.first, works.volumes),
        *(works.pages, works.dois),
        strict=True,
    )
    return [
        hashlib.blake2b(
            "\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=8
        ).hexdigest()
        for parts in columns
    ]


def names_of(corpus: Corpus, works: ComparedWorks) -> list[str]:
    """Name each work as `fingerprints` does, but by what it was before records became part of it.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    works : ComparedWorks
        Its works.

    Returns
    -------
    list of str
        Names under which the works are known also before they are merged.
    """
    names = dict(zip(works.ids.tolist(), fingerprints(works), strict=True))
    first: dict[int, str] = {}
    for key, name in _names_before(corpus, only_kept=True):
        first.setdefault(key, name)
    return list((names | {key: name for key, name in first.items() if key in names}).values())


def _names_before(corpus: Corpus, *, only_kept: bool = False) -> Iterable[tuple[int, str]]:
    """Yield the works that records are part of, with the names they had before, oldest first."""
    rows = corpus.sql("SELECT work_id, record FROM merges ORDER BY merge_id")
    traces = [(key, trace_of(line)) for key, line in rows]
    for key, trace in sorted(traces, key=lambda item: int(item[1]["layer"])):
        names = [trace.get("kept", {}).get("fingerprint")]
        if not only_kept:
            names.append(trace["fingerprint"])
        yield from ((key, name) for name in names if name)


def pair_table(
    corpus: Corpus, works: ComparedWorks, pairs: Sequence[Edge], *, same: Sequence[Edge] = ()
) -> pd.DataFrame:
    """Show pairs to a person.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    works : ComparedWorks
        Its works.
    pairs : sequence of Edge
        Pairs of places.
    same : sequence of Edge
        Further pairs, which are merged.

    Returns
    -------
    DataFrame
        One row a pair: ``decision`` (same for `same`, else empty, to be filled), ``score``,
        ``rule``, ``left`` and ``right`` (fingerprints), then for both works, in columns that
        end in ``_left`` and ``_right``, file, line, key, authors, title, year, source, volume,
        pages and DOI.
    """
    import pandas as pd

    names = names_of(corpus, works)
    listed = [(edge, None) for edge in pairs] + [(edge, "same") for edge in same]
    shown = _shown_works(corpus, sorted({int(works.ids[at]) for e, _ in listed for at in e[:2]}))
    ranks = works.ranks
    rows = []
    for edge, decision in listed:
        one, other = sorted(edge[:2], key=lambda at: int(ranks[at]))
        row: dict[str, object] = {"decision": decision, "score": edge.score, "rule": edge.rule}
        row |= {"left": names[one], "right": names[other]}
        left, right = shown[int(works.ids[one])], shown[int(works.ids[other])]
        for column in left:
            row[f"{column}_left"], row[f"{column}_right"] = left[column], right[column]
        rows.append(row)
    columns = ["decision", "score", "rule", "left", "right"]
    columns += [f"{name}_{side}" for name in ("authors", *_OF_WORK) for side in ("left", "right")]
    return pd.DataFrame(rows, columns=columns)


def _shown_works(corpus: Corpus, ids: Sequence[int]) -> dict[int, dict[str, object]]:
    """Return what is shown of works."""
    found: dict[int, dict[str, object]] = {}
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        marks = ", ".join("?" * len(batch))
        for key, *values in corpus.sql(
            f"SELECT work_id, {', '.join(_OF_WORK)} FROM works WHERE work_id IN ({marks})", batch
        ):
            found[key] = {"authors": None, **dict(zip(_OF_WORK, values, strict=True))}
        names: dict[int, list[str]] = defaultdict(list)
        for key, name in corpus.sql(
            "SELECT work_id, COALESCE(name_raw, family, literal) FROM authorships WHERE"
            f" role = 'author' AND position <= 3 AND work_id IN ({marks})"
            " ORDER BY work_id, position",
            batch,
        ):
            names[key].append(name or "")
        for key, listed in names.items():
            found[key]["authors"] = "; ".join(listed)
    return found


def read_decisions(
    given: str | Path | pd.DataFrame | Iterable[Mapping[str, object]] | None,
) -> list[Decision]:
    """Read decisions.

    Parameters
    ----------
    given : str, Path, DataFrame or iterable of mapping
        A CSV file or table with the columns ``decision``, ``left`` and ``right``, as
        ``dedupe(corpus, review=True)`` gives it. Rows without a decision are left out.

    Returns
    -------
    list of (str, str, bool)
        Two fingerprints and whether they are one work; sorted, each once.

    Raises
    ------
    MissingFileError
        If there is no such file.
    InputError
        If a column is missing, or the file is no text in UTF-8.
    OptionError
        If a decision is neither same nor different, or a pair is both.
    """
    if given is None:
        return []
    name = str(given) if isinstance(given, str | Path) else "decisions"
    made: dict[tuple[str, str], bool] = {}
    for number, row in enumerate(_rows_of(given), 2):
        missing = {"decision", "left", "right"} - set(row)
        if missing:
            raise InputError(f"{name}: no column {', '.join(sorted(missing))}")
        word = row["decision"]
        text = "" if word is None or word != word else str(word).strip().casefold()  # noqa: PLR0124
        if not text:
            continue
        if text not in _SAME | _DIFFERENT:
            raise OptionError(f"{name}:{number}: decision {word!r}; it is same or different")
        left, right = sorted((str(row["left"]), str(row["right"])))
        is_same = text in _SAME
        if made.setdefault((left, right), is_same) != is_same:
            raise OptionError(f"{name}:{number}: one pair is both same and different")
    return [(left, right, is_same) for (left, right), is_same in sorted(made.items())]


def _rows_of(
    given: str | Path | pd.DataFrame | Iterable[Mapping[str, object]],
) -> Iterable[Mapping[str, object]]:
    """Return the rows of decisions, from wherever they are."""
    if isinstance(given, str | Path):
        try:
            text = Path(given).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise MissingFileError(f"{given}: no such file") from None
        except UnicodeDecodeError as error:
            raise InputError(f"{given}: no text in UTF-8 ({error.reason})") from error
        return [dict(row) for row in csv.DictReader(io.StringIO(text))]
    if hasattr(given, "to_dict"):
        return [
            {str(name): value for name, value in row.items()} for row in given.to_dict("records")
        ]
    return given


def decided_pairs(
    corpus: Corpus, works: ComparedWorks, decisions: Sequence[Decision]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the pairs of keys that decisions are about: the same works, the different ones.

    A record that became part of another work stands for that one.
    """
    if not decisions:
        return [], []
    places: dict[str, list[int]] = defaultdict(list)
    for key, name in zip(works.ids.tolist(), fingerprints(works), strict=True):
        places[name].append(key)
    for key, name in _names_before(corpus):
        if key not in places[name]:
            places[name].append(key)
    pairs: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for left, right, is_same in decisions:
        for one, other in product(places.get(left, []), places.get(right, [])):
            if one != other:
                pairs[0 if is_same else 1].append((min(one, other), max(one, other)))
    return sorted(set(pairs[0])), sorted(set(pairs[1]))
