"""What is lifted out of a printed reference before its fields: label, markup, identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from nqp_biblio.text.identifiers import find_doi
from nqp_biblio.text.unicode import clean_text, strip_markup

__all__ = ["MASK", "Printed", "Span", "lift_identifiers", "prepare"]

MASK = "\ue003"
"""Sign that stands in the masked text for every character of an identifier."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_WRAPPED_WORD = re.compile(r"(?<=[a-zà-ÿ])[-‐\u00ad]\s*\n\s*(?=[a-zà-ÿ])")
_WRAPPED_DASH = re.compile(r"(?<=[^\s][–—‐-])\s*\n\s*(?=\S)")
_WRAPPED_URL = re.compile(r"(https?://\S{1,500}[/_=?&-])[ \t]*\n\s*(?=[\w%])")
_EMPHASIS = (
    (re.compile(r"(?<![\w*\\])(\*{1,3})(?![\s*])([^*]{1,600})(?<![\s\\])\1(?![\w*])"), 2),
    (re.compile(r"(?<![\w_\\])(_{1,2})(?![\s_])([^_]{1,600})(?<![\s\\])\1(?![\w_])"), 2),
    (re.compile(r"<(i|em)>([^<>]{1,600})</\1>", re.IGNORECASE), 2),
)
_LABEL = re.compile(
    r"^(?:[-*•–—·▪]\s+)?(?:\[\s?(?P<square>[\w.:+'’/ -]{1,40}?)\s?\](?!\s?\[[A-Z]{1,2}(?:/OL)?\])"
    r"|［(?P<wide>\d{1,4})］|【(?P<lens>\d{1,4})】"
    r"|\(\s?(?!1[5-9]\d\d|20\d\d)(?P<round>\d{1,4})\s?\)|(?P<number>\d{1,3})\s?[.)．、](?![\d])|(?P<bare>\d{1,3})\s+(?=[A-ZÀ-Þ][^\s\d]*[\s,])"
    r"|\^(?P<up>\d{1,4})\^?\s)\s*"
)
_DASH = re.compile(r"^[-*•·▪]\s+(?=\S)")
_LEAD_IN = re.compile(
    r"^(?:(?:Vgl\.|Siehe|S\.a\.)(?:\s(?:auch|dazu|hierzu))?(?:\setwa)?|See\salso|Cfr?\.|Voir(?:\saussi)?"
    r"|Véase(?:\stambién)?):?\s+(?=[A-ZÀ-Þ])"
)
"""What a note says before the work it points to."""
_URL_END = ".,;:)]}>'\"”’"
_URL_STOP = r"\s<>\u3000-\u303f\uff00-\uffef\"“”"
_URL = re.compile(rf"(?:(?:https?|ftp)\s?:\s?//\s?|www\.)[^{_URL_STOP}]{{2,1200}}", re.IGNORECASE)
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/\s?|\bdoi\s?[:=.]?\s{0,2}(?:org/)?|\binfo:doi/)?"
    r"(?<![\d.])10\.\d{4,9}(?:\.\d{1,6}){0,4}\s?/\s?[^\s\u3000-\u9fff\uff00-\uffef]{1,300}",
    re.IGNORECASE,
)
_PMID = re.compile(r"\b(?:PMID|PubMed(?:\sPMID)?)\s?:?\s{0,2}(\d{4,9})\b", re.IGNORECASE)
_PMC = re.compile(r"\b(?:PMCID\s?:?\s{0,2})?PMC\s?\d{4,9}\b", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:\barXiv[\s,.;]{0,2}(?:preprint\s?)?(?:e-?prints?\s?)?(?:abs/|\[)?[:\s]{0,3}(?:arXiv\s?:\s?)?|\[|\b)"
    r"(?:\d{4}\.\d{4,5}(?:v\d{1,2})?(?![\d])|(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|"
    r"nucl-(?:ex|th)|physics|quant-ph|math|cs|q-bio|q-fin|stat|solv-int|chao-dyn|dg-ga|alg-geom|"
    r"funct-an|patt-sol|cmp-lg|adap-org|q-alg)(?:\.[A-Za-z]{2})?\s?/\s?\d{4,7}(?:v\d{1,2})?)(?:\s?\[\s?[\w.-]{2,12}(?:\s[\w.-]{2,12})?\s?\])?\]?"
    r"|\barXiv\s?(?:preprint|e-?prints?)?\b(?=[\s,.]*(?:\(?(?:19|20)\d\d|$))",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(
    r"(?:(?<=\d\d\),)|(?<=\d\d\),\s)|(?<=\d\d\)\s))"
    r"(?:0[7-9]|[12]\d)(?:0[1-9]|1[0-2])\s?\.\s?\d{4,5}(?:v\d{1,2})?(?=\s?(?:\[|\.?\s?$))"
)
"""A number of arXiv alone behind a year in brackets, as physicists print it."""
_ISBN = re.compile(
    r"\bISBN(?:-?1[03])?\s?[:=]?\s?((?:97[89][-–\s]?)?\d(?:[-–\s]?\d){8}[-–\s]?[\dXx])\b",
    re.IGNORECASE,
)
_NEW_ARXIV_NEEDS = re.compile(r"arxiv|\[", re.IGNORECASE)


class Span(NamedTuple):
    """A part of a reference and the field it is."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Printed:
    """A reference made ready for reading.

    Attributes
    ----------
    text : str
        The reference on one line, without label, lead-in ("Vgl.") and markup.
    label : str or None
        The number or key printed before it.
    """

    text: str
    label: str | None = None


def prepare(raw: str) -> Printed:
    """Join broken lines, take label, lead-in and markup away."""
    text = raw
    if "\n" in text.strip():
        text = _joined(text.strip())
    label, text = _without_label(text.strip())
    text = _LEAD_IN.sub("", text)
    for pattern, group in _EMPHASIS:
        text = pattern.sub(rf"{_OPEN}\{group}{_CLOSE}", text)
    text = clean_text(strip_markup(text))
    return Printed(text.replace(_OPEN, "").replace(_CLOSE, ""), label)


def lift_identifiers(text: str) -> tuple[str, list[Span]]:
    """Find DOI, address, PMID, arXiv number and ISBN; mask them.

    Returns
    -------
    masked : str
        The text, as long as before, with `MASK` for each character lifted out.
    spans : list of Span
        What was lifted out, in the order of the text.
    """
    spans: list[Span] = []
    masked = text
    lowered = text.lower()
    if "10." in text:
        masked = _lift(masked, spans, _DOI, "doi")
    if "//" in text or "www." in lowered:
        masked = _lift(masked, spans, _URL, "url")
    if "isbn" in lowered:
        masked = _lift(masked, spans, _ISBN, "isbn")
    if "pm" in lowered or "pubmed" in lowered:
        masked = _lift(_lift(masked, spans, _PMID, "pmid"), spans, _PMC, "pmcid")
    if "arxiv" in lowered or "/" in text:
        masked = _lift(masked, spans, _ARXIV, "arxiv")
    if ")" in text:
        masked = _lift(masked, spans, _BARE_ARXIV, "arxiv")
    return masked, sorted(spans)


def _lift(masked: str, spans: list[Span], pattern: re.Pattern[str], label: str) -> str:
    """Lift every match of one pattern out."""
    for match in list(pattern.finditer(masked)):
        found = match.group()
        end = match.end()
        if label in {"doi", "url"}:
            end = match.start() + len(_sentence_cut(found))
            inside_address = masked[match.start() - 1 : match.start()] in tuple("/=")
            if label == "doi" and (find_doi(found) is None or inside_address):
                continue
        if pattern is _ARXIV and "/" not in found and not _NEW_ARXIV_NEEDS.match(found):
            continue
        is_doi = label == "url" and "10." in found and find_doi(found) is not None
        spans.append(Span(match.start(), end, "doi" if is_doi else label))
        masked = masked[: match.start()] + MASK * (end - match.start()) + masked[end:]
    return masked


def _sentence_cut(address: str) -> str:
    """Cut what follows an address in the sentence: stops and brackets never opened."""
    while address and address[-1] in _URL_END:
        last = address[-1]
        if last in ")]}" and address.count({")": "(", "]": "[", "}": "{"}[last]) >= address.count(
            last
        ):
            break
        address = address[:-1]
    return address


def _joined(text: str) -> str:
    """Join the lines of one reference."""
    text = _WRAPPED_URL.sub(r"\1", text)
    text = _WRAPPED_WORD.sub("", text)
    return _WRAPPED_DASH.sub("", text)


def _without_label(text: str) -> tuple[str | None, str]:
    """Take a list dash and the label before a reference off."""
    match = _LABEL.match(text)
    if match is None:
        return None, _DASH.sub("", text)
    label = next(group for group in match.groups() if group is not None)
    rest = text[match.end() :]
    return (label, rest) if rest else (None, text)
