"""The methods paragraph, ready for a paper: sentences with counts, parameters and references."""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from nqp_biblio import __version__
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.record_flow import record_flow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.result import Result
    from nqp_biblio.networks.network import Network

__all__ = [
    "STAGES",
    "Paragraph",
    "cited_papers",
    "methods_bibtex",
    "methods_paragraph",
    "paragraph_of",
    "shown_pairs",
]

STAGES = {
    "similarity": "Similarity of nodes",
    "backbones": "Edges kept",
    "clustering": "Clusters",
    "layout": "Places on the map",
    "centrality": "Standing of nodes",
}
"""Stages of a map, by their key in its manifest."""

_STYLES = ("text", "markdown")
_LIBRARIES = {"DuckDB": "duckdb", "NumPy": "numpy", "SciPy": "scipy"}
_LEFT_OUT = frozenset({"labels", "reference", "references", "rule", "formula", "warning"})
_NOT_TOLD = _LEFT_OUT | {"measure", "engine", "counts"}
_NEXT_PAPER = re.compile(r"; (?=[^;()]{1,200} \(\d{4}\))")
_NAMES = {"Price, D. J. de Solla": "de Solla Price, D. J."}
_STEPS = {
    "normalise": "names of sources and fields were brought to one form",
    "dedupe": "records of the same work were merged",
    "link_references": "cited references were matched to works",
    "find_places": "institutions and countries were read from addresses",
    "disambiguate_authors": "names were assigned to authors",
    "clean_terms": "keywords were joined by form",
    "find_topics": "topics were found in titles, abstracts and keywords",
    "enrich": "missing fields were filled from a web service",
    "fix": "values were mended",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What was done.

    Attributes
    ----------
    sentences : list of str
        In order; a number in brackets names a reference.
    references : list of str
        Papers, in the order of their numbers from 1.
    """

    sentences: list[str]
    references: list[str]


def methods_paragraph(
    corpus: Corpus,
    *,
    networks: Sequence[Network] = (),
    results: Sequence[Result] = (),
    as_of: int | str | None = None,
    style: Literal["text", "markdown"] = "text",
) -> str:
    """Say how figures came about, in words ready for the methods section of a paper.

    Parameters
    ----------
    corpus : Corpus
        As it was analysed.
    networks : sequence of Network
        Maps shown, with the parameters in their manifests.
    results : sequence of Result
        Measures taken.
    as_of : int or str, optional
        The day that the figures stand for.
    style : {"text", "markdown"}
        Plain text, or Markdown with a numbered list of references.

    Returns
    -------
    str
        One paragraph and the numbered references, with a line feed at the end.

    Raises
    ------
    UnknownNameError
        If there is no such style.

    Examples
    --------
    >>> import nqp_biblio as nb
    >>> corpus = nb.corpus_of([nb.Record(title="On X", publication_year=2020)])
    >>> "1 record was read" in nb.methods_paragraph(corpus)
    True
    """
    if style not in _STYLES:
        raise UnknownNameError("style of the methods paragraph", style, _STYLES)
    made = paragraph_of(corpus, networks=networks, results=results, as_of=as_of)
    lines = [" ".join(made.sentences)]
    if made.references:
        lines += ["", "## References" if style == "markdown" else "References", ""]
        form = "{}. {}" if style == "markdown" else "[{}] {}"
        lines += [form.format(at, paper) for at, paper in enumerate(made.references, 1)]
    return "\n".join(lines) + "\n"


def methods_bibtex(references: Sequence[str]) -> str:
    """Write cited papers as BibTeX.

    Parameters
    ----------
    references : sequence of str
        As printed.

    Returns
    -------
    str
        One entry a paper.
    """
    from nqp_biblio.outputs.bibtex import format_bibtex
    from nqp_biblio.readers.reference_string import parse_references

    named = list(references)
    for name, plain in _NAMES.items():
        named = [paper.replace(name, plain) for paper in named]
    return format_bibtex(parse_references(named))


def paragraph_of(
    corpus: Corpus,
    *,
    networks: Sequence[Network],
    results: Sequence[Result],
    as_of: int | str | None,
) -> Paragraph:
    """Make the sentences of ``methods_paragraph``, with the papers they cite.

    Parameters
    ----------
    corpus, networks, results, as_of
        As there.

    Returns
    -------
    Paragraph
    """
    references: list[str] = []
    sentences = [_tools(), *_records(corpus), *_cleaning(corpus)]
    sentences += _measures(results, references)
    sentences += [_map(net, references) for net in networks]
    if as_of is not None:
        sentences.append(f"All figures stand for {as_of}.")
    return Paragraph(sentences, references)


def cited_papers(entry: Mapping[str, Any]) -> list[str]:
    """Return the papers that an entry of a manifest names."""
    cited = entry.get("references", entry.get("reference")) or []
    strings = [cited] if isinstance(cited, str) else [str(paper) for paper in cited]
    return [paper for string in strings for paper in _NEXT_PAPER.split(string)]


def shown_pairs(entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write the parameters of a manifest for people."""
    return [
        (name.replace("_", " "), _shown(value))
        for name, value in entry.items()
        if name not in {"labels", "reference", "references", "rule"} and value is not None
    ]


def _tools() -> str:
    """Name the programs and their versions."""
    used = ", ".join(
        f"{name} {importlib.metadata.version(package)}" for name, package in _LIBRARIES.items()
    )
    return f"The analysis was made with nqp_biblio {__version__} ({used})."


def _records(corpus: Corpus) -> list[str]:
    """Tell what was read, merged, left out and analysed."""
    rows = record_flow(corpus).rows
    total = {stage: n for stage, item, n in rows if item == "all" or stage == "analysed"}
    n_files = sum(1 for stage, item, _ in rows if stage == "read" and item not in {"all", ""})
    places = f" from {_counted(n_files, 'file')}" if n_files else ""
    told = [f"{_counted(total['read'], 'record')} {_was(total['read'])} read{places}."]
    formats = corpus.sql(
        "SELECT format, COUNT(*) FROM works WHERE format IS NOT NULL"
        " GROUP BY format ORDER BY COUNT(*) DESC, format"
    )
    if formats:
        named = ", ".join(f"{name} ({n:,})" for name, n in formats)
        told.append(f"By format, the works analysed are {named}.")
    reasons = {"merged": "merged as duplicates", "excluded": "excluded"}
    parts = [
        f"{_counted(total[stage], 'record')} {_was(total[stage])} {words} ({_items(rows, stage)})"
        for stage, words in reasons.items()
        if total[stage]
    ]
    if total["unreadable"]:
        n = total["unreadable"]
        parts.append(f"{_counted(n, 'entry', plural='entries')} could not be read")
    n = total["analysed"]
    parts.append(f"{_counted(n, 'work')} {_was(n)} analysed")
    return [*told, f"{'; '.join(parts)}."]


def _items(rows: Sequence[tuple[Any, ...]], stage: str) -> str:
    """List the rules or conditions of a stage."""
    return ", ".join(f"{item}: {n:,}" for at, item, n in rows if at == stage and item != "all")


def _cleaning(corpus: Corpus) -> list[str]:
    """Tell the steps of cleaning with their parameters."""
    told = []
    for step in corpus.history:
        name = str(step["step"])
        if name in _STEPS:
            rest = {key: value for key, value in step.items() if key != "step"}
            told.append(f"{_STEPS[name]}{_bracketed(rest)}")
    return [f"For cleaning, {'; '.join(told)}."] if told else []


def _measures(results: Sequence[Result], references: list[str]) -> list[str]:
    """Name the measures, with parameters and papers."""
    told: list[str] = []
    for result in results:
        name = str(result.manifest.get("measure") or "")
        if not name:
            continue
        own = result.manifest.get("parameters")
        given = own if isinstance(own, dict) else {}
        words = f"{name.replace('_', ' ')}{_bracketed(given)}"
        words += _numbers(cited_papers(result.manifest), references)
        if words not in told:
            told.append(words)
    return [f"Measures taken: {'; '.join(told)}."] if told else []


def _map(net: Network, references: list[str]) -> str:
    """Tell how a network was made, clustered and laid out."""
    manifest = net.manifest
    told = (
        f"The {net.kind} network of {net.of} has {_counted(net.n_nodes, 'node')} and"
        f" {_counted(net.n_edges, 'edge')}"
    )
    parameters = manifest.get("parameters")
    told += _bracketed(parameters if isinstance(parameters, dict) else {})
    told += _numbers(cited_papers(manifest), references)
    for name, title in STAGES.items():
        stages = manifest.get(name)
        for entry in stages if isinstance(stages, list | tuple) else [stages]:
            if isinstance(entry, dict):
                papers = _numbers(cited_papers(entry), references)
                told += f"; {title.lower()}{_bracketed(entry)}{papers}"
    return f"{told}."


def _numbers(papers: Sequence[str], references: list[str]) -> str:
    """Return the numbers of papers in brackets, and list those that are new."""
    references += [paper for paper in dict.fromkeys(papers) if paper not in references]
    numbers = sorted({references.index(paper) + 1 for paper in papers})
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _bracketed(entry: Mapping[str, Any]) -> str:
    """Write the parameters that were set, in parentheses."""
    pairs = [
        f"{name.replace('_', ' ')} {_shown(value)}"
        for name, value in entry.items()
        if name not in _NOT_TOLD and value not in (None, "", [], ())
    ]
    return f" ({', '.join(pairs)})" if pairs else ""


def _counted(n: int, noun: str, *, plural: str = "") -> str:
    """Write a number with its noun."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def _shown(value: object) -> str:
    """Write a value of a manifest for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    return str(value)
