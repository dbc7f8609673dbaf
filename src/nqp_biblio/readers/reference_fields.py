"""From tagged spans to a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.reference_gbt import MARKER_TYPES
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn
from nqp_biblio.text.names import parse_people
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.reference_marks import Span

__all__ = ["record_of"]

_ONE_FIELD = {
    "title": "title",
    "container": "source_raw",
    "issue": "issue",
    "publisher": "publisher",
    "location": "publisher_place",
    "edition": "edition",
    "series": "series",
    "genre": "genre",
    "event": "event",
}
_ROLES = ("author", "editor", "translator")
_ROLE_BEHIND = re.compile(r"(?<=[\u3400-\u9fff])[,，]?\s?(?P<role>主编|编著|编|著|译)$")
_ROLES_IN_CHINESE = {"主": "editor", "译": "translator"}
_ARTICLE_NUMBER = re.compile(r"(?:[eE]\s?\d{3,}|[A-Z]{0,2}\d{5,}|[A-Z]\d{4,}|\d{6,})")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_THESIS = re.compile(
    r"thes[ie]s|dissert|\bdiss\b|ph\.?\s?d|thèse|tese|habilit|diplom|(?:master|magister|doktor)arbeit"
    r"|диссерт|学位|博士|硕士",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\breport\b|working\spaper|white\spaper|discussion\spaper|tech\.?\srep", re.IGNORECASE
)
_PATENT = re.compile(r"\bpatent\b|\b(?:US|EP|WO|CN|JP|DE)\s?\d{6,}", re.IGNORECASE)
_PROCEEDINGS = re.compile(
    r"\bproc(?:eedings|\.)|\bconf(?:erence|\.)|\bsymp(?:osium|\.)|workshop|congress|\btagung|kongress|\bICML|NeurIPS|NIPS|CVPR|ACL\b",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(
    r"\b(?:newspaper|daily|gazette|herald|tribune|zeitung|guardian|le\smonde|observer|telegraph|post|news|times|courier|chronicle)\b",
    re.IGNORECASE,
)
_JOURNAL_TIMES = re.compile(r"\b(?:medical|science|astronomical|biomedical)\s", re.IGNORECASE)
_PREPRINT = re.compile(r"xiv\b|SSRN|Research\sSquare", re.IGNORECASE)
_HAN = re.compile(r"^(?!.*[\u3040-\u30ff]).*[\u3400-\u9fff]", re.DOTALL)
_LOW = 0.35
_DOUBTFUL = 0.5
_UNSURE = 0.35


def record_of(text: str, spans: list[Span], certainty: float = 1.0) -> Record:
    """Make a record of a tagged reference.

    Parameters
    ----------
    text : str
        The reference without label and markup.
    spans : list of Span
        Its parts, as a tagger gives them.
    certainty : float
        How likely it is that these are the right parts, a share.

    Returns
    -------
    Record
        With role "reference", its confidence, and a problem where too little was found.
    """
    record = Record(role="reference", raw=text)
    for span in spans:
        printed = text[span.start : span.end].strip()
        name = _ONE_FIELD.get(span.label)
        if name is not None and getattr(record, name) is None:
            setattr(record, name, printed)
        elif span.label in _ROLES:
            _add_people(record, span.label, printed)
        elif span.label in _SETTERS:
            _SETTERS[span.label](record, printed)
    _finish(record, certainty)
    return record


def _add_people(record: Record, role: str, printed: str) -> None:
    """Add the people of one role, or of that printed behind their names."""
    if named := _ROLE_BEHIND.search(printed):
        role = _ROLES_IN_CHINESE.get(named["role"][0], role)
        printed = printed[: named.start()]
    people, et_al = parse_people(printed)
    for person in people:
        person.role = role
    order = [*_ROLES]
    record.people = sorted([*record.people, *people], key=lambda person: order.index(person.role))
    if role == "author":
        record.et_al = record.et_al or et_al


def _set_marker(record: Record, printed: str) -> None:
    """Set the kind by the letter of GB/T 7714."""
    record.type = MARKER_TYPES[printed]


def _set_number(record: Record, printed: str) -> None:
    """Keep the number of a patent, standard or report."""
    record.fields.append(("number", printed))


def _set_date(record: Record, printed: str) -> None:
    """Set year and date; "in press" and "n.d." are neither."""
    if not any(sign.isdigit() for sign in printed):
        return
    if record.publication_year is None:
        record.publication_year = parse_year(printed)
        record.year_raw = printed
    date = parse_date(printed)
    if date is not None and len(date) > len(record.publication_date or ""):
        record.publication_date = date


def _set_volume(record: Record, printed: str) -> None:
    """Set the volume printed first; where it is the year it is kept as printed alone."""
    if record.volume_raw is None:
        record.volume = record.volume_raw = printed


def _set_pages(record: Record, printed: str) -> None:
    """Set pages, or the number of an article: those printed first."""
    if record.pages_raw or record.article_number:
        return
    if _ARTICLE_NUMBER.fullmatch(printed):
        record.article_number = printed
        return
    record.pages_raw = printed
    record.pages = parse_pages(printed)


def _set_doi(record: Record, printed: str) -> None:
    """Set the DOI, and the address where it is one."""
    if record.doi is None:
        record.doi, record.doi_raw = clean_doi(printed), printed
    if printed.lower().startswith("http") and record.url is None:
        record.url = printed


def _set_url(record: Record, printed: str) -> None:
    """Set the first address."""
    record.url = record.url or printed.replace(" ", "")


def _set_pmid(record: Record, printed: str) -> None:
    """Set PubMed's number."""
    record.pmid = record.pmid or re.sub(r"\D", "", printed)


def _set_arxiv(record: Record, printed: str) -> None:
    """Set arXiv's number."""
    record.arxiv_id = record.arxiv_id or clean_arxiv_id(printed.replace(" ", ""))


def _set_isbn(record: Record, printed: str) -> None:
    """Set the ISBN, or what is printed where its check digit is wrong."""
    record.isbn = record.isbn or clean_isbn(printed) or re.sub(r"^\D+", "", printed)


_SETTERS = {
    "date": _set_date,
    "volume": _set_volume,
    "pages": _set_pages,
    "doi": _set_doi,
    "url": _set_url,
    "pmid": _set_pmid,
    "arxiv": _set_arxiv,
    "isbn": _set_isbn,
    "marker": _set_marker,
    "number": _set_number,
}


def _finish(record: Record, certainty: float) -> None:
    """Settle what follows from several fields: volume, type, confidence, problem."""
    if (
        record.volume
        and _YEAR.fullmatch(record.volume)
        and int(record.volume) == record.publication_year
    ):
        record.volume = None
    if record.type is None:
        record.type = _type_of(record)
    elif record.type == "book" and record.source_raw:
        record.type = "chapter"
    elif record.type == "webpage" and record.publisher and _PREPRINT.search(record.publisher):
        record.type = "article"
    if _HAN.search(record.title or ""):
        record.language = "zh"
    if record.title is not None and not any(sign.isalpha() for sign in record.title):
        record.title = None
    found = _share_found(record)
    record.confidence = round(found * certainty, 2)
    if found < _DOUBTFUL:
        lacking = "title" if record.title is None else "people, year or source"
        reason = f"no {lacking} found in the reference; is it one, and is it whole?"
        record.problems.append(Problem("", None, record.raw or "", reason))
    elif record.confidence < _UNSURE:
        reason = "it is doubtful where the fields of the reference begin and end; check them"
        record.problems.append(Problem("", None, record.raw or "", reason))


def _type_of(record: Record) -> str:
    """Tell the kind of work by its fields, in CSL's words: the first rule that holds."""
    return next((kind for kind, holds in _kinds_of(record) if holds), "book")


def _kinds_of(record: Record) -> Iterator[tuple[str, object]]:
    """Try one rule after the other, the surest first."""
    source, title, genre = record.source_raw or "", record.title or "", record.genre or ""
    in_serial = bool(record.volume or record.volume_raw or record.issue)
    edited, published = bool(record.people_of("editor")), bool(record.publisher)
    yield "patent", not record.volume and _PATENT.search(record.raw or "")
    yield "thesis", genre and _THESIS.search(genre)
    both = bool(record.volume and record.issue)
    yield "paper-conference", not both and _PROCEEDINGS.search(source)
    to_the_day = len(record.publication_date or "") > len("2025-02")
    daily = not in_serial and (to_the_day or not record.pages)
    news = daily and _NEWSPAPER.search(source) and not _JOURNAL_TIMES.search(source)
    yield "article-newspaper", news
    yield "chapter", source and edited and published
    yield "article-journal", source and in_serial
    yield "chapter", source and (edited or published or record.publisher_place)
    yield "article-journal", source
    yield "article", record.arxiv_id
    yield "report", _REPORT.search(genre) or _REPORT.search(title)
    yield "book", published or record.edition or record.isbn or edited
    yield "webpage", record.url and not record.doi
    yield "article-journal", record.volume or record.pages


def _share_found(record: Record) -> float:
    """Weigh what was found: people, year and title count most."""
    found = (
        (0.25, bool(record.people)),
        (0.2, record.publication_year is not None),
        (0.25, record.title is not None and len(record.title.split()) > 1),
        (0.15, bool(record.source_raw or record.publisher)),
        (
            0.15,
            bool(
                record.pages or record.article_number or record.volume or record.doi or record.url
            ),
        ),
    )
    score = sum(weight for weight, is_there in found if is_there)
    if record.title is None:
        score = min(score, 0.6 if record.source_raw and record.publication_year else _LOW)
    return score
