"""Markdown papers that cite by key, as for Pandoc, Quarto or JOSS, with the list beside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import BiblioError, NoReferencesError
from nqp_biblio.readers.beside import file_beside
from nqp_biblio.readers.citations import citations_by
from nqp_biblio.readers.pandoc_citations import cited_keys, find_pandoc, without_code
from nqp_biblio.readers.paper import read_text, read_unlisted
from nqp_biblio.readers.registry import Format, detect_format, register_format
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.yaml_head import head_values
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.citations import Citation

__all__ = ["FORMAT"]

_GROUP = re.compile(r"\[[^\[\]\n]{0,300}?(?<![\w@./+])-?@(?:\{|[^\W_])[^\[\]]{0,2000}\](?!\()")
_MARKED_UP = re.compile(r"\s*(?:<[?!a-zA-Z]|\{|\[\s*[{\"\]]|@\w{3,20}\s*[{(]|%|\\)")
_NAMED = re.compile(r"(?m)^bibliography:")
_KEY_PARTS = re.compile(r"(?P<name>[^\W\d]{2,40}?)[\W_]?(?P<year>(?:1[5-9]|20)\d\d)")
_ALL = "*"


def _matches(source: Source) -> float:
    """Score a source: Markdown with a citation by key in brackets, or a named bibliography."""
    head = source.head
    if not head or _MARKED_UP.match(head):
        return 0.0
    if _GROUP.search(without_code(head)):
        return 0.8
    named = head.startswith("---") and _NAMED.search(head) is not None
    return 0.8 if named and cited_keys(without_code(source.text)) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield the paper, on which its references and citations hang, then what is missing."""
    text = without_code(source.text)
    keys = cited_keys(text)
    bare, paragraphs = read_unlisted(text, file=source.name, format_name="markdown")
    paper, *others = _read_printed(text, bare)
    works, problems = _read_beside(source)
    labels = _take_references(paper, works, [*keys, *_uncited(source.text)])
    known = frozenset(keys)
    citations = citations_by(lambda shown: find_pandoc(shown, known), paragraphs)
    _take_citations(paper, citations, labels)
    yield paper
    yield from (*others, *problems)


def _read_printed(text: str, bare: Record) -> tuple[Record, *tuple[Record | Problem, ...]]:
    """Read the lists and notes that are printed in a paper; first comes the paper."""
    try:
        entries = list(read_text(text, file=bare.file or "", format_name="markdown"))
    except NoReferencesError:
        return (bare,)
    if isinstance(entries[0], Record) and entries[0].role == "paper":
        return (entries[0], *entries[1:])
    works = [one for one in entries if isinstance(one, Record)]
    bare.cited_references = [
        CitedReference(work.raw or "", work.key or str(place), work=work)
        for place, work in enumerate(works, 1)
    ]
    return (bare, *(one for one in entries if isinstance(one, Problem)))


def _read_beside(source: Source) -> tuple[list[Record], list[Problem]]:
    """Read the bibliographies that the head of a paper names, or one that has the paper's name."""
    works: list[Record] = []
    problems: list[Problem] = []
    for name in head_values(source.text, "bibliography"):
        file = file_beside(source.name, name)
        if file is None:
            own = (Path(source.name).with_suffix(".bib"), Path(f"{source.name}.bib"))
            file = next((one for one in own if one.is_file()), None)
            reason = f"the bibliography {name!r} is not in the folder of the paper; " + (
                f"{file.name!r} is read instead"
                if file is not None
                else "its references are known by their keys only"
            )
            problems.append(Problem(source.name, None, name, reason))
        if file is None:
            continue
        try:
            beside = Source(file)
            for entry in detect_format(beside).records(beside):
                entry.file = entry.file or str(file)
                (works if isinstance(entry, Record) else problems).append(entry)  # type: ignore[arg-type]
        except BiblioError as error:
            problems.append(Problem(source.name, None, name, str(error)))
    return works, problems


def _uncited(text: str) -> list[str]:
    """Return the keys that stand in the list without being cited; all by ``@*``."""
    named = " ".join(head_values(text, "nocite"))
    return [_ALL] if "@*" in named else cited_keys(f"[{named}]") if named else []


def _take_references(paper: Record, works: list[Record], keys: list[str]) -> dict[str, str]:
    """Put the references on a paper; return the label of each key, none where it is unknown.

    A key is that of a bibliography; else it tells author and year of one printed reference;
    where there is neither, the reference is known by its key only.
    """
    by_key = {work.key.casefold(): work for work in works if work.key}
    printed = list(paper.cited_references)
    wanted = by_key if _ALL in keys else dict.fromkeys(key.casefold() for key in keys)
    for work in (by_key[key] for key in wanted if key in by_key):
        work.role = "reference"
        cited = CitedReference(work.raw or work.key or "", work.key, work=work)
        paper.cited_references.append(cited)
    labels: dict[str, str] = {}
    for key in dict.fromkeys(key for key in keys if key != _ALL):
        listed = by_key.get(key.casefold())
        label = (listed.key if listed else None) or _printed_label(printed, key)
        if label is None and not works and not printed:
            paper.cited_references.append(CitedReference(key, key))
            label = key
        if label is not None:
            labels[key] = label
    return labels


def _printed_label(printed: list[CitedReference], key: str) -> str | None:
    """Return the printed reference whose first author and year a key tells: roe2019."""
    parts = _KEY_PARTS.match(key)
    if parts is None:
        return None
    name, year = fold(parts["name"]).replace(" ", ""), int(parts["year"])
    found = [
        one.label
        for one in printed
        if one.work
        and one.work.publication_year == year
        and any(
            name.startswith(fold(person.family or person.literal or "?").replace(" ", ""))
            for person in one.work.people[:1]
        )
    ]
    return found[0] if len(found) == 1 else None


def _take_citations(paper: Record, citations: list[Citation], labels: dict[str, str]) -> None:
    """Put the citations on a paper, in the order of the text."""
    for citation in citations:
        for mention in citation.mentions:
            key = mention.label
            mention.label = labels.get(key, key)
            paper.mentions.append(mention)
            if key not in labels:
                reason = f"the text cites {key!r}, which is not in the list of references"
                problem = Problem(paper.file or "", citation.line, citation.marker, reason)
                paper.problems.append(problem)
    paper.mentions.sort(key=lambda one: one.offset)


FORMAT = Format(
    name="markdown",
    title="Markdown papers that cite by key, with the bibliography beside them",
    suffixes=(".md", ".markdown", ".rmd", ".qmd"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
