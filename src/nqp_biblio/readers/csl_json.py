"""CSL-JSON, the form of citeproc, Zotero and content negotiation."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_people
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT", "csl_item"]

_LISTS = ("items", "references", "data", "records")
_CSL_NAME = re.compile(r'"(?:container-title|issued|date-parts|citation-key|citation-label)"\s*:')
_CSL_TYPE = re.compile(
    r'"type"\s*:\s*"(?:article(?:-\w+)?|book|chapter|paper-conference|webpage|thesis|report|dataset'
    r'|manuscript|document|software|motion_picture|legal_case|entry-\w+|post-weblog)"'
)
_CROSSREF = re.compile(r'"message-type"\s*:|"(?:container-)?title"\s*:\s*\[\s*"')
_TAG = re.compile(r"<(?:span|sup|sub|i|b)\b[^<>]{0,200}>|</(?:span|sup|sub|i|b)>")
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
_PATIENT = json.JSONDecoder(parse_int=str)
_MOST_BROKEN = 100

_TEXT = {
    "abstract": "abstract",
    "edition": "edition",
    "genre": "genre",
    "issue": "issue",
    "publisher": "publisher",
    "publisher-place": "publisher_place",
    "title": "title",
    "volume": "volume",
    "container-title": "source_raw",
    "collection-title": "series",
    "event-title": "event",
    "event": "event",
    "article-number": "article_number",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "URL": "url",
}
_VERBATIM = frozenset({"ISBN", "ISSN", "PMID", "URL"})
_ROLES = ("author", "editor", "translator")
_OWN_TEXT = ("raw", "volume_raw", "role", "year_raw", "arxiv_id", "article_number", "key")
_JOURNALS = ("article-journal", "article-magazine", "article-newspaper")


_OTHERS = ("openalex.org/", '"itemType"')
"""Signs of OpenAlex and Zotero, whose names look like those of CSL and mean other things."""


def _matches(source: Source) -> float:
    """Score a source: JSON with the names and types of CSL."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")):
        return 0.0
    if any(sign in head for sign in _OTHERS):
        return 0.0
    if head.startswith(("[[[[", '{"error')):
        return 0.2
    score = 0.45 * bool(_CSL_NAME.search(head)) + 0.4 * bool(_CSL_TYPE.search(head))
    return score / 2 if _CROSSREF.search(head) else score


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each item, in the order of the file."""
    n_items, line, counted = 0, None, 0
    for offset, item in _items(source):
        n_items += 1
        if offset is not None:
            line = (line or 1) + source.text.count("\n", counted, offset)
            counted = offset
        if isinstance(item, Problem):
            yield item
        elif isinstance(item, dict):
            yield _shallow(source.name, line, item)
        else:
            raw = json.dumps(item, ensure_ascii=False)[:2_000]
            yield Problem(source.name, line, raw, "no item: an object was expected")
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no item in the file; nothing is read")


def _shallow(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of an item, of which a value may be nested just too deeply."""
    try:
        return _record(file, line, item)
    except RecursionError:
        raise InputError(f"{file}: JSON nested too deeply to be CSL-JSON") from None


def _items(source: Source) -> Iterator[tuple[int | None, Any]]:
    """Yield the items with the offset where each begins, or a problem for what is cut off."""
    text = source.text
    start = len(text) - len(text.lstrip())
    try:
        if text.startswith("[", start):
            yield from _items_of_array(source.name, text, start + 1)
            return
        value, end = _decoded(text, start)
    except RecursionError:
        raise InputError(f"{source.name}: JSON nested too deeply to be CSL-JSON") from None
    except json.JSONDecodeError as error:
        inner = re.search(r'"(?:items|references|records)"\s*:\s*\[', text[:2_000])
        if inner is None:
            raise InputError(
                f"{source.name}:{error.lineno}: not JSON: {error.msg.lower()}"
            ) from None
        yield from _items_of_array(source.name, text, inner.end())
        return
    if not isinstance(value, dict):
        raise InputError(f"{source.name}: no record, but {type(value).__name__} in JSON")
    listed = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
    if listed is not None:
        yield from ((None, item) for item in listed)
        return
    if not {"title", "type", "DOI", "issued", "id"} & set(value):
        said = value.get("message") or value.get("error") or ", ".join(list(value)[:5])
        raise InputError(f"{source.name}: no record, an object without items: {str(said)[:200]}")
    yield start, value
    yield from _items_of_array(source.name, text, end)


def _items_of_array(name: str, text: str, at: int) -> Iterator[tuple[int | None, Any]]:
    """Yield one item after the other, so that a cut file keeps the whole ones."""
    n_broken = 0
    while True:
        found = _BETWEEN.match(text, at)
        at = found.end() if found else at
        if at >= len(text) or text[at] == "]":
            return
        try:
            item, end = _decoded(text, at)
        except RecursionError:
            raise InputError(f"{name}: JSON nested too deeply to be CSL-JSON") from None
        except json.JSONDecodeError as error:
            line = text.count("\n", 0, at) + 1
            reason = f"JSON cut short or broken, {error.msg.lower()} in line {error.lineno}"
            yield None, Problem(name, line, text[at : at + 2_000], reason)
            n_broken += 1
            at = text.find("\n{", at)  # the next item, where each begins a line
            if at < 0 or n_broken == _MOST_BROKEN:
                return
            continue
        yield at, item
        at = end


def _decoded(text: str, at: int) -> tuple[Any, int]:
    """Decode what begins somewhere; numbers of thousands of digits, which are no int, stay text."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return _PATIENT.raw_decode(text, at)


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of an item."""
    record = Record(file=file, line=line, format="csl-json")
    reasons: list[str] = []
    left = dict(item)
    key, kind = _text(left.pop("id", None)), _text(left.pop("type", None))
    record.key, record.type = key or _text(left.pop("citation-key", None)), kind or "document"
    if left.get("citation-key") == record.key:
        left.pop("citation-key")
    for name, attribute in _TEXT.items():
        read = _text if name in _VERBATIM else _plain
        if name in left and (text := read(left[name])) and getattr(record, attribute) is None:
            setattr(record, attribute, text)
            left.pop(name)
    if record.type in _JOURNALS and record.article_number is None and "number" in left:
        record.article_number = _text(left.pop("number")) or None
    record.doi_raw = _text(left.pop("DOI", None)) or None
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    record.pages_raw = _text(left.pop("page", None)) or None
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    _take_language(record, left)
    for role in _ROLES:
        record.people.extend(_people(left.pop(role, None), role, record, reasons))
    if "issued" in left and (reason := _take_date(record, left.pop("issued"))):
        reasons.append(reason)
    _take_keywords(record, left)
    _take_custom(record, left)
    record.fields.extend((name, _kept(value)) for name, value in left.items() if value)
    raw = json.dumps(item, ensure_ascii=False)[:2_000]
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _text(value: object) -> str:
    """Turn a value of any type into text: the first of a list, a number as it is."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if value is None or isinstance(value, (dict, bool)) or value != value:  # noqa: PLR0124  NaN
        return ""
    return clean_text(str(value))


def _plain(value: object) -> str:
    """Turn a value into text without the markup and entities that CSL allows in it."""
    text = _text(value)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean_text(decode_entities(text)) if "&" in text else text


def _kept(value: object) -> str:
    """Turn what no attribute takes into text."""
    return (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


def _take_language(record: Record, left: dict[str, Any]) -> None:
    """Read the language; what has no code stays."""
    record.language = language_code(_text(left.get("language")))
    if record.language is not None:
        left.pop("language")


def _people(value: object, role: str, record: Record, reasons: list[str]) -> list[Person]:
    """Read names: a list of objects, or a printed list."""
    if isinstance(value, str):
        people, et_al = parse_people(value)
        record.et_al = record.et_al or et_al
        for person in people:
            person.role = role
        return people
    names = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    people = []
    for name in names:
        read = _person(name, role)
        if read is None:
            reasons.append(f"a name of the {role}s cannot be read: {json.dumps(name)[:80]}")
        elif (read.literal or "").casefold() in {"others", "et al.", "et al"}:
            record.et_al = True
        else:
            people.append(read)
    return people


def _person(name: object, role: str) -> Person | None:
    """Read one name."""
    if isinstance(name, str):
        name = {"literal": name}
    if not isinstance(name, dict):
        return None
    family, given, literal = (_text(name.get(part)) for part in ("family", "given", "literal"))
    particles = [_text(name.get(part)) for part in ("dropping-particle", "non-dropping-particle")]
    person = Person(
        family=family or None,
        given=given or None,
        particle=" ".join(part for part in particles if part) or None,
        suffix=_text(name.get("suffix")) or None,
        literal=(literal or _text(name.get("name")) or None) if not family else None,
        role=role,
        orcid=clean_orcid(_text(name.get("ORCID"))),
    )
    if person.family is None and person.literal is None:
        person.literal, person.given = person.given, None
    person.raw = person.display or None
    return person if person.raw else None


def _take_date(record: Record, issued: object) -> str | None:
    """Read the date of publication in any of its forms."""
    printed = issued
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else parts
        printed = first if isinstance(first, list) else issued.get("raw") or issued.get("literal")
        if isinstance(first, (int, str)):
            printed = parts
    if isinstance(printed, list):
        numbers = [_text(part) for part in printed if _text(part)]
        text = "-".join(part.zfill(2) for part in numbers)
    else:
        text = _text(printed)
    if not text:
        return "no date in the field issued; the year is left empty" if issued else None
    year = parse_year(text.split("-")[0]) or parse_year(text)
    record.year_raw = (text.split("-")[0] if isinstance(printed, list) else text) or text
    if year is None:
        return f"no year in {text[:80]!r}; the year is left empty"
    record.publication_year = year
    date = parse_date(text)
    record.publication_date = date if date and len(date) > len("2001") else None
    return None


def _take_keywords(record: Record, left: dict[str, Any]) -> None:
    """Read keywords, parted by semicolons or else by commas."""
    value = left.get("keyword")
    words = value if isinstance(value, list) else None
    if isinstance(value, str):
        words = value.split(";") if ";" in value else value.split(",")
    if words is None:
        return
    left.pop("keyword")
    found = [("author_keyword", _text(word)) for word in words if _text(word)]
    record.keywords = list(dict.fromkeys(found))


def _take_custom(record: Record, left: dict[str, Any]) -> None:
    """Read what the writer of this library put under custom, and leave the rest."""
    custom = left.get("custom")
    if not isinstance(custom, dict):
        return
    rest = dict(custom)
    for name in _OWN_TEXT:
        if isinstance(rest.get(name), str):
            setattr(record, name, rest.pop(name))
    if _is_number(rest.get("confidence")):
        record.confidence = float(rest.pop("confidence"))
    if isinstance(rest.get("cited_by_count"), int):
        record.cited_by_count = rest.pop("cited_by_count")
    if pages := _pairs(rest.pop("pages", None)):
        record.pages = [(_text(first), _text(last)) for first, last in pages]
    record.et_al = record.et_al or rest.pop("et_al", False) is True
    record.affiliations = [
        (_text(address), at if isinstance(at, int) else None)
        for address, at in _pairs(rest.pop("affiliations", None))
    ]
    record.keywords += [
        ("index_keyword", word) for word in _texts(rest.pop("index_keywords", None))
    ]
    record.cited_references = [
        CitedReference(raw=raw) for raw in _texts(rest.pop("references", None))
    ]
    fields = _pairs(rest.pop("fields", None))
    record.fields += [(_text(name), value) for name, value in fields if isinstance(value, str)]
    authors = record.people_of("author")
    for at, orcid in _pairs(rest.pop("orcids", None)):
        if isinstance(at, int) and 1 <= at <= len(authors):
            authors[at - 1].orcid = clean_orcid(_text(orcid))
    if rest:
        left["custom"] = rest
    else:
        left.pop("custom")


def _is_number(value: object) -> bool:
    """Tell a number that is one."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value  # noqa: PLR0124


def _pairs(value: object) -> list[list[Any]]:
    """Return the pairs of a list, whatever else is in it."""
    pairs = value if isinstance(value, list) else []
    return [pair for pair in pairs if isinstance(pair, list) and len(pair) == 2]  # noqa: PLR2004


def _texts(value: object) -> list[str]:
    """Return the texts of a list, whatever else is in it."""
    return [text for item in value if (text := _text(item))] if isinstance(value, list) else []


def csl_item(item: dict[str, Any], file: str) -> Record:
    """Make a record of one decoded work of a service; `file` names where it came from."""
    return _record(file, None, item)


FORMAT = Format(
    name="csl-json",
    title="CSL-JSON",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
