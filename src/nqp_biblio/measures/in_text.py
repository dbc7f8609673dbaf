"""In-text citations by part of the paper, by reference, and near to each other."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, get_args

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.section_types import SECTION_TYPES, section_types
from nqp_biblio.networks.cocitation import cocitation_network
from nqp_biblio.networks.proximity import PROXIMITY, PROXIMITY_REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.corpus.corpus import Corpus

    Mention = tuple[int, int | None, str | None, int | None]
    Placed = tuple[Mention, str]

__all__ = ["hapax_references", "near_cocitations", "reference_places", "section_citations"]

By = Literal["corpus", "works"]

_MENTIONS = (
    "SELECT citing_work_id, reference_id, section, sentence_number FROM mentions"
    " WHERE citing_work_id IS NOT NULL ORDER BY citing_work_id, mention_id"
)
_REFERENCES = (
    "SELECT citing_work_id, reference_id, label, raw FROM cited_references"
    " WHERE citing_work_id IN (SELECT citing_work_id FROM mentions)"
    " ORDER BY citing_work_id, position, reference_id"
)
_INVARIANT = (
    "Bertin, M., Atanassova, I., Gingras, Y. & Larivière, V. (2016). The invariant distribution"
    " of references in scientific articles. JASIST 67(1), 164-177."
    " https://doi.org/10.1002/asi.23367"
)
_DISTRIBUTION = (
    "Ding, Y., Liu, X., Guo, C. & Cronin, B. (2013). The distribution of references across"
    " texts. Journal of Informetrics 7(3), 583-592. https://doi.org/10.1016/j.joi.2013.03.003"
)
_NO_TEXT = "no in-text citations: only papers that were read whole have them"
_COUNTED = tuple(f"n_{name.partition(' ')[0]}" for name in SECTION_TYPES)


def section_citations(corpus: Corpus, *, by: By = "corpus", as_of: AsOf = None) -> Result:
    """Count in-text citations by standard part of the paper, from introduction to conclusion.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; without, the result has no rows.
    by : {"corpus", "works"}
        All papers together, or each one.
    as_of : int, str or None
        Papers published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        A row per part that has in-text citations, in the order of
        ``section_types.SECTION_TYPES``: ``citing_work_id`` (by works only), ``section_type``,
        ``n_papers`` (by corpus only), ``n_mentions``, ``share`` (of all in-text citations),
        ``n_references`` (different ones), ``n_sentences``, and ``mentions_per_reference``
        (None where none is known). The manifest says how many headings have no known word.

    Raises
    ------
    UnknownNameError
        If `by` is none of the known.

    References
    ----------
    .. [1] Bertin, M., Atanassova, I., Gingras, Y. & Larivière, V. (2016). The invariant
       distribution of references in scientific articles. JASIST 67(1), 164-177.
       https://doi.org/10.1002/asi.23367
    """
    if by not in get_args(By):
        raise UnknownNameError("kind of row", by, get_args(By))
    corpus, year = until(corpus, as_of)
    papers = list(_papers(corpus))
    everything = [(work_id, placed) for work_id, paper in papers for placed in paper]
    groups: list[tuple[int | None, list[tuple[int, Placed]]]] = [(None, everything)]
    if by == "works":
        groups = [(work_id, [(work_id, one) for one in paper]) for work_id, paper in papers]
    rows = []
    for work_id, group in groups:
        for name in SECTION_TYPES:
            inside = [(paper, one) for paper, (one, kind) in group if kind == name]
            if inside:
                head: tuple[Any, ...] = (work_id, name)
                if by == "corpus":
                    head = (name, len({paper for paper, _ in inside}))
                rows.append((*head, *_counts(inside, len(group))))
    columns = ("section_type", "n_papers") if by == "corpus" else ("citing_work_id", "section_type")
    headings = {(work_id, one[2]): kind for work_id, (one, kind) in everything if one[2]}
    manifest = _manifest("in-text citations by part", year, has_rows=bool(rows)) | {
        "by": by,
        "rule": "the first known word of the innermost heading; a subsection without one belongs"
        " to the section whose number it continues",
        "n_headings": len(headings),
        "n_without": sum(kind == "other" for kind in headings.values()),
        "reason": "headings with none of the known words; their citations are other",
        "reference": _INVARIANT,
    }
    counted = ("n_mentions", "share", "n_references", "n_sentences", "mentions_per_reference")
    return Result((*columns, *counted), rows, manifest)


def reference_places(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Tell how often, and where between first and last, a paper cites each of its references.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; without, the result has no rows.
    as_of : int, str or None
        Papers published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        A row per reference, in the order of the lists, of each paper with in-text citations:
        ``citing_work_id``, ``reference_id``, ``label``, ``raw``; ``n_mentions`` (0 where the
        text never cites it), ``is_hapax`` (cited once); ``first_sentence``, ``last_sentence``
        (numbers from 1), ``first_place``, ``last_place`` (the same as shares of the sentences
        up to the last that cites anything, above 0 to 1: how long the text goes on behind it
        is not in the corpus);
        ``first_type`` (part of the paper where it is first cited); and its mentions in each
        part, ``n_introduction`` to ``n_other`` and ``n_before`` (the first heading). None
        where it is not cited, or its sentence is not known.

    References
    ----------
    .. [1] Ding, Y., Liu, X., Guo, C. & Cronin, B. (2013). The distribution of references
       across texts. Journal of Informetrics 7(3), 583-592.
       https://doi.org/10.1016/j.joi.2013.03.003
    """
    corpus, year = until(corpus, as_of)
    papers = dict(_papers(corpus))
    rows = []
    for work_id, listed in groupby(corpus.sql(_REFERENCES), key=itemgetter(0)):
        last = max((one[3] or 0 for one, _ in papers[work_id]), default=0)
        cited: dict[int | None, list[Placed]] = {}
        for placed in papers[work_id]:
            cited.setdefault(placed[0][1], []).append(placed)
        rows += [(*one, *_places(cited.get(one[1], []), last)) for one in listed]
    places = ("first_sentence", "last_sentence", "first_place", "last_place", "first_type")
    columns = ("citing_work_id", "reference_id", "label", "raw", "n_mentions", "is_hapax")
    manifest = _manifest("places of references in the text", year, has_rows=bool(rows)) | {
        "n_without": sum(row[4] == 0 for row in rows),
        "reason": "references that the text never cites, as far as its markers can be read",
        "reference": _DISTRIBUTION,
    }
    return Result((*columns, *places, *_COUNTED), rows, manifest)


def hapax_references(corpus: Corpus, *, as_of: AsOf = None) -> Result:
    """Count the references that a paper cites once in its text, often, or never.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; without, the result has no rows.
    as_of : int, str or None
        Papers published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        A row per paper with in-text citations and a list of references: ``citing_work_id``,
        ``n_references``, ``n_hapax`` (cited once), ``n_repeated`` (more often), ``n_never``;
        ``n_mentions`` (of these references), ``mentions_per_reference`` (of those cited) and
        ``share_hapax`` (of those cited); None where none is.

    References
    ----------
    .. [1] Ding, Y., Liu, X., Guo, C. & Cronin, B. (2013). The distribution of references
       across texts. Journal of Informetrics 7(3), 583-592.
       https://doi.org/10.1016/j.joi.2013.03.003
    """
    places = reference_places(corpus, as_of=as_of)
    rows = []
    for work_id, group in groupby(places.rows, key=itemgetter(0)):
        counts = [row[4] for row in group]
        n_hapax, n_never = counts.count(1), counts.count(0)
        n_cited, n_mentions = len(counts) - n_never, sum(counts)
        means = (n_mentions / n_cited, n_hapax / n_cited) if n_cited else (None, None)
        rows.append((work_id, len(counts), n_hapax, n_cited - n_hapax, n_never, n_mentions, *means))
    columns = ("citing_work_id", "n_references", "n_hapax", "n_repeated", "n_never", "n_mentions")
    manifest = places.manifest | {"measure": "references cited once in the text"}
    return Result((*columns, "mentions_per_reference", "share_hapax"), rows, manifest)


def near_cocitations(
    corpus: Corpus,
    *,
    of: Literal["references", "authors", "sources"] = "references",
    min_weight: float = 0.0,
    as_of: AsOf = None,
) -> Result:
    """Weigh pairs of cited references, authors or sources by how near they are cited.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; works whose text is not known count 1/8 for each pair
        of their lists.
    of : {"references", "authors", "sources"}
        What is cited.
    min_weight : float
        Lighter pairs are left out.
    as_of : int, str or None
        Papers published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        A row per pair, the heaviest first, then by name: ``first``, ``second`` and ``weight``,
        the sum over the papers that cite both: 1 where they do so in one sentence, 1/2 in one
        paragraph, 1/4 in one section (what stands before the first heading is one), else 1/8.

    Raises
    ------
    UnknownNameError
        If there is no such unit.
    OptionError
        If `min_weight` is below 0.

    References
    ----------
    .. [1] Gipp, B. & Beel, J. (2009). Citation proximity analysis (CPA). Proceedings of the
       12th International Conference on Scientometrics and Informetrics, vol. 2, 571-575.
    """
    if min_weight < 0:
        raise OptionError(f"min_weight is {min_weight}; it must be at least 0")
    corpus, year = until(corpus, as_of)
    columns = ("first", "second", "weight")
    manifest = _manifest(
        "proximity-weighted co-citation", year, has_rows=bool(corpus.n_rows("mentions"))
    )
    manifest |= {"of": of, "min_weight": min_weight, "proximity": dict(PROXIMITY)}
    manifest["reference"] = PROXIMITY_REFERENCE
    net = cocitation_network(corpus, of=of, level="proximity", min_weight=min_weight)
    pairs = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    rows = [
        (*sorted((net.labels[first], net.labels[second])), weight)
        for first, second, weight in pairs
    ]
    return Result(columns, sorted(rows, key=lambda row: (-row[2], row[:2])), manifest)


def _manifest(measure: str, year: int | None, *, has_rows: bool) -> dict[str, object]:
    """Begin a manifest, with a warning where there is no text."""
    manifest: dict[str, object] = {"measure": measure, "as_of": year}
    return manifest if has_rows else manifest | {"warning": _NO_TEXT}


def _papers(corpus: Corpus) -> Iterator[tuple[int, list[Placed]]]:
    """Yield the in-text citations of each paper, each with the part that it stands in."""
    for work_id, group in groupby(corpus.sql(_MENTIONS), key=itemgetter(0)):
        mentions = list(group)
        kinds = section_types([mention[2] for mention in mentions])
        yield work_id, list(zip(mentions, kinds, strict=True))


def _counts(inside: list[tuple[int, Mention]], n_all: int) -> tuple[Any, ...]:
    """Count mentions, references and sentences of one part."""
    named = [(paper, one[1]) for paper, one in inside if one[1] is not None]
    sentences = {(paper, one[3]) for paper, one in inside if one[3] is not None}
    n_references = len(set(named))
    per_reference = len(named) / n_references if n_references else None
    return len(inside), len(inside) / n_all, n_references, len(sentences), per_reference


def _places(mentions: list[Placed], last: int) -> tuple[Any, ...]:
    """Say how often and where one reference is cited."""
    kinds = Counter(kind for _, kind in mentions)
    counts = [kinds[name] for name in SECTION_TYPES]
    sentences = [one[3] for one, _ in mentions if one[3] is not None]
    ends = (min(sentences), max(sentences)) if sentences else (None, None)
    shares = [None if end is None or not last else end / last for end in ends]
    first_type = mentions[0][1] if mentions else None
    return (len(mentions), len(mentions) == 1, *ends, *shares, first_type, *counts)
