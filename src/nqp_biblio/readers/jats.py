"""JATS: articles whole or as records, with references and in-text citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from nqp_biblio.readers.jats_front import take_article_meta, take_journal_meta
from nqp_biblio.readers.jats_notes import take_notes
from nqp_biblio.readers.jats_references import label_of, read_citations
from nqp_biblio.readers.jats_text import read_paragraphs
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_text import CitedIds, add_mentions, unique_labels
from nqp_biblio.readers.tagged_xml import drop_namespaces, tag_offsets
from nqp_biblio.readers.xml_door import elements, flat_text, local_name, looks_like_xml
from nqp_biblio.record import CitedReference, Problem, Record
from nqp_biblio.text.languages import language_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ARTICLE = re.compile(r"<(?:[\w.-]{1,40}:)?article[\s>]")
_OWN = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:article-meta|journal-meta|front-stub)[\s>]"
    r"|<!DOCTYPE\s{1,9}article\s[^>]{0,200}(?:JATS|NLM)"
)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _matches(source: Source) -> float:
    """Score a source: XML with an article and JATS's own names."""
    head = source.head
    if not looks_like_xml(head) or not _ARTICLE.search(head):
        return 0.0
    return 0.93 if _OWN.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each article, in the order of the file."""
    n_items, at, line_at = 0, 0, 1
    for item in elements(source, ("article",)):
        n_items += 1
        if isinstance(item, Problem):
            yield item
            continue
        line, article = item
        while line_at < line and (end := source.text.find("\n", at)) >= 0:
            at, line_at = end + 1, line_at + 1
        drop_namespaces(article)
        at_end = tag_offsets(article, "xref", source.text, at)
        yield _record(source.name, line, article)
        line_at += source.text.count("\n", at, at_end)
        at = at_end
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no article; nothing is read")


def _record(file: str, line: int, article: _Element) -> Record:
    """Make a record of an article: a paper where its text is there."""
    record = Record(file=file, line=line, format="jats")
    front = article.find("front")
    journal = article.find("front/journal-meta")
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front-stub")
    if journal is not None:
        take_journal_meta(record, journal)
    if meta is None:
        raw = flat_text(article if front is None else front)
        reason = "no article-meta in the article; title, authors and year are not known"
        record.problems.append(Problem(file, line, raw, reason))
    else:
        take_article_meta(record, meta, article.get("article-type", "").lower())
    record.language = language_code(article.get(_LANGUAGE, ""))
    _take_parts(record, article)
    cited = _take_references(record, article)
    if article.find("body") is not None or record.cited_references:
        record.role = "paper"
        add_mentions(record, read_paragraphs(article), cited)
    return record


def _take_parts(record: Record, article: _Element) -> None:
    """Keep titles and DOIs of sub-articles, whose text is part of the paper."""
    for part in (*article.findall("sub-article"), *article.findall("response")):
        kind = part.get("article-type") or part.get("response-type") or local_name(part)
        stub = part.find("front-stub")
        stub = part.find("front") if stub is None else stub
        if stub is None:
            continue
        titles = [flat_text(one) for one in stub.iter("article-title")][:1]
        numbers = [flat_text(one) for one in stub.iter("article-id")][:1]
        shown = "; ".join(text for text in (*titles, *numbers) if text)
        if shown:
            record.fields.append((f"sub-article {kind}", shown))


def _take_references(record: Record, article: _Element) -> CitedIds:
    """Read all reference lists, and tell what each id stands for."""
    first_line = cast("int | None", article.sourceline) or 1
    elements = list(article.iter("ref"))
    found = list(zip(elements, read_citations(elements), strict=True))
    if not found:
        return take_notes(record, article)
    printed = [label_of(one) or one.get("id") or "" for one, _ in found]
    labels = unique_labels([label or str(at) for at, label in enumerate(printed, 1)])
    cited = CitedIds()
    for (reference, works), label in zip(found, labels, strict=True):
        own = [label] if len(works) == 1 else [f"{label}{_letter(at)}" for at in range(len(works))]
        line = (cast("int | None", reference.sourceline) or first_line) - first_line
        for name, (element, work) in zip(own, works, strict=True):
            work.key, work.file, work.format = name, record.file, record.format
            work.line = (record.line or 1) + line
            for problem in work.problems:
                problem.file, problem.line = record.file or "", work.line
            record.cited_references.append(CitedReference(work.raw or "", name, work=work))
            if element is not reference and (own_id := element.get("id")):
                cited.labels.setdefault(own_id, (name,))
        if target := reference.get("id"):
            cited.add(target, own)
    return cited


def _letter(place: int) -> str:
    """Return a letter for a place from 0, a number where the letters end."""
    return _LETTERS[place] if place < len(_LETTERS) else f"-{place + 1}"


FORMAT = Format(
    name="jats",
    title="JATS (NLM) XML: articles",
    suffixes=(".xml", ".nxml", ".jats"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
