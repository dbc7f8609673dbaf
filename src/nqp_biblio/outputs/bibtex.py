"""Works as BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.outputs.keys import citation_keys
from nqp_biblio.outputs.printed_numbers import printed_doi
from nqp_biblio.readers.bibtex_kinds import TYPE_OF_KIND, is_verbatim, kind_of
from nqp_biblio.text.latex import encode_latex
from nqp_biblio.text.numbers import parse_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.record import Person, Record

__all__ = ["format_bibtex"]

_ESCAPED = re.compile(r"\\[{}]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = frozenset({"paper-conference", "chapter", "entry-encyclopedia", "entry-dictionary"})
_NUMBERED_TEXT = "article-journal article-magazine article-newspaper periodical review article"
_NUMBERED = frozenset(_NUMBERED_TEXT.split())
_SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_PUBLISHER_NAMES = {"thesis": "school", "report": "institution"}
_THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_NAME_SIGNS = re.compile(r"[^a-z0-9_:+.-]+")
_HYPHEN = re.compile(r"[-‐–/]")
_SMALL_WORD_LENGTH = 3
_NOT_WRITTEN = frozenset({"entrytype", "xdata"})
_RENAMED = {"crossref": "xref"}


def format_bibtex(records: Iterable[Record]) -> str:
    r"""Write works as BibTeX.

    Parameters
    ----------
    records : iterable of Record
        The works, in order.

    Returns
    -------
    str
        One entry a work, fields in a fixed order. Values are UTF-8, with what is special
        to BibTeX escaped; capitals that a style must keep stand in braces.

    Examples
    --------
    >>> from nqp_biblio.record import Person, Record
    >>> people = [Person(family="Chen", given="L. Q.")]
    >>> record = Record(type="book", title="A study of DNA", publication_year=2025, people=people)
    >>> print(format_bibtex([record]), end="")
    @book{chen2025study,
      author = {Chen, L. Q.},
      title = {A study of {DNA}},
      year = {2025},
    }
    """
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat, write

    entries: list[Block] = [
        Entry(_kind(record), key, [Field(name, value) for name, value in _fields(record)])
        for key, record in citation_keys(records)
    ]
    style = BibtexFormat()  # type: ignore[no-untyped-call]
    style.indent, style.trailing_comma, style.block_separator = "  ", True, "\n"
    return str(write(Library(entries), style))


def _kind(record: Record) -> str:
    """Return the kind of entry: as read, or by the type."""
    read = dict(record.fields).get("entrytype")
    if read and re.fullmatch(r"[a-z][a-z0-9]{0,40}", read):
        return read
    return kind_of(record.type, record.genre)


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry in their order, each name once."""
    used: dict[str, int] = {}
    for name, value in _all_fields(record):
        safe = _NAME_SIGNS.sub("_", name.strip().lower()) or "field"
        used[safe] = used.get(safe, 0) + 1
        yield (safe if used[safe] == 1 else f"{safe}_{used[safe]}"), value


def _all_fields(record: Record) -> Iterator[tuple[str, str]]:
    """Yield names and values with their braces."""
    for name, value in _known_fields(record):
        if value:
            yield name, value
    for name, value in record.fields:
        if name not in _NOT_WRITTEN:
            braced = _verbatim(value) if is_verbatim(name) else _braced(value)
            yield _RENAMED.get(name, name), braced


def _known_fields(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what the attributes hold."""
    kept = {name for name, _ in record.fields}
    for role in ("author", "editor", "translator"):
        yield role, _people(record.people_of(role), cut=record.et_al and role == "author")
    yield "title", _title(record.title or "")
    is_part = record.type in _PARTS
    yield "booktitle" if is_part else "journal", _braced(record.source_name)
    yield from _dates(record, kept)
    yield "volume", _braced(record.volume)
    has_journal = record.source_name is not None and not is_part
    is_number = record.type in _NUMBERED or has_journal
    yield "number" if is_number else "issue", _braced(record.issue)
    yield "pages", _pages(record)
    yield "eid", _braced(record.article_number)
    yield from _imprint(record, kept)
    yield "entrysubtype", _braced(_subtype(record))
    for name in ("edition", "series"):
        yield name, _braced(getattr(record, name))
    yield "eventtitle", _braced(record.event)
    yield from _identifiers(record, kept)
    yield "language", _braced(record.language)
    yield from _lists(record, kept)


def _imprint(record: Record, kept: set[str]) -> Iterator[tuple[str, str]]:
    """Yield publisher, place and kind of thesis."""
    name = _PUBLISHER_NAMES.get(record.type or "", "publisher")
    if kept & {"school", "institution", "organization"}:
        name = "publisher"
    yield name, _braced(record.publisher)
    yield "address", _braced(record.publisher_place)
    if _THESES.get(_kind(record)) != record.genre:
        yield "type", _braced(record.genre)


def _subtype(record: Record) -> str | None:
    """Return the type where the kind of entry does not say it."""
    kind = _kind(record)
    if record.type is None or TYPE_OF_KIND.get(kind, "document") == record.type:
        return None
    return _SUBTYPES.get(record.type, record.type) if kind == "article" else record.type


def _dates(record: Record, kept: set[str]) -> Iterator[tuple[str, str]]:
    """Yield year, month and day; the date too for a newspaper."""
    year = record.year_raw or (str(record.publication_year) if record.publication_year else None)
    yield "year", _braced(year)
    date = (record.publication_date or "").split("-")
    if len(date) > 1 and "month" not in kept and date[1].isdigit():
        yield "month", _MONTHS[int(date[1]) - 1]
        if len(date) > 2 and "day" not in kept:  # noqa: PLR2004
            yield "day", _braced(str(int(date[2])))
    is_newspaper = record.type == "article-newspaper"
    if (is_newspaper or kept & {"month", "day"}) and "date" not in kept:
        yield "date", _braced(record.publication_date)


def _pages(record: Record) -> str:
    """Return the list of pages as BibTeX writes it, or as printed."""
    listed = ", ".join(a if a == b else f"{a}--{b}" for a, b in record.pages)
    if listed and parse_pages(listed.replace("--", "–")) == record.pages:
        return f"{{{listed}}}" if listed.isascii() and "\\" not in listed else _braced(listed)
    return _braced(record.pages_raw)


def _identifiers(record: Record, kept: set[str]) -> Iterator[tuple[str, str]]:
    """Yield numbers and addresses."""
    yield "isbn", _braced(record.isbn)
    yield "issn", _braced(record.issn)
    yield "doi", _verbatim(printed_doi(record))
    yield "url", _verbatim(record.url)
    if record.arxiv_id and not kept & {"eprint", "arxivid"}:
        yield "eprint", _verbatim(record.arxiv_id)
        yield "archiveprefix", "{arXiv}"
    yield "pmid", _braced(record.pmid)


def _lists(record: Record, kept: set[str]) -> Iterator[tuple[str, str]]:
    """Yield keywords, abstract, addresses, ORCIDs and citations."""
    is_wos = bool(kept & {"unique-id", "keywords-plus"})
    is_scopus = dict(record.fields).get("source") == "Scopus"
    authors_own = [word for kind, word in record.keywords if kind == "author_keyword"]
    index = [word for kind, word in record.keywords if kind == "index_keyword"]
    is_split = (bool(index) or is_scopus) and not is_wos
    yield "author_keywords" if is_split else "keywords", _joined(authors_own)
    yield "index_keywords" if is_split else "keywords-plus", _joined(index)
    yield "abstract", _braced(record.abstract)
    yield "affiliation", _affiliations(record, is_wos=is_wos)
    orcids = [
        f'{at}="{person.orcid}"'
        for at, person in enumerate(record.people_of("author"), 1)
        if person.orcid
    ]
    yield "author+an:orcid", f"{{{'; '.join(orcids)}}}" if orcids else ""
    if record.cited_by_count is not None:
        yield "times-cited", f"{{{record.cited_by_count}}}"
    raws = [cited.raw for cited in record.cited_references]
    if is_scopus:
        yield "references", _braced("; ".join(raws))
    else:
        yield "cited-references", _braced("\n   ".join(f"{raw}." for raw in raws))


def _affiliations(record: Record, *, is_wos: bool) -> str:
    """Return the addresses, in Web of Science's form with the author before each."""
    if not is_wos:
        return _joined([address for address, _ in record.affiliations], sign="; ")
    authors = record.people_of("author")
    lines = [
        address if at is None else f"{authors[at - 1].display}, {address}"
        for address, at in record.affiliations
    ]
    return _braced("\n   ".join(f"{line}." for line in lines))


def _joined(words: list[str], sign: str = "; ") -> str:
    """Join words; a single one with a comma in it gets the sign behind it."""
    if len(words) == 1 and "," in words[0]:
        return _braced(f"{words[0]};")
    return _braced(sign.join(words))


def _braced(text: str | None) -> str:
    """Return text as a value; an empty text where there is none."""
    return f"{{{encode_latex(text)}}}" if text else ""


def _verbatim(text: str | None) -> str:
    """Return an address or code as it is; what would open or close a brace becomes a code."""
    if not text:
        return ""
    if text.endswith("\\") or not (_is_paired(text) and _is_paired(_ESCAPED.sub("", text))):
        text = text.replace("\\", "%5C")
    if not _is_paired(text):
        text = text.replace("{", "%7B").replace("}", "%7D")
    return f"{{{text}}}"


def _is_paired(text: str) -> bool:
    """Tell whether each brace has its fellow."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _people(people: list[Person], *, cut: bool) -> str:
    """Return a list of names."""
    names = [_name(person) for person in people]
    return f"{{{' and '.join([*names, 'others'] if cut else names)}}}" if names else ""


def _name(person: Person) -> str:
    """Return one name: "von Last, Jr, First", or a literal one in braces."""
    if person.literal is not None or not person.family:
        return f"{{{encode_latex(person.display)}}}"
    family = encode_latex(person.family)
    words = person.family.split()
    is_odd = len(words) > 1 and any(_begins_small(word) for word in words)
    if is_odd or "," in family or " and " in f" {family} ":
        family = f"{{{family}}}"
    particle = encode_latex(person.particle or "")
    parts = [f"{particle} {family}".strip()]
    parts += [encode_latex(part) for part in (person.suffix, person.given) if part]
    if len(parts) == 1 and (len(words) > 1 or particle):
        return f"{{{parts[0]}}}"
    return ", ".join(parts)


def _begins_small(word: str) -> bool:
    """Tell a word whose first letter is small, which BibTeX takes for a particle."""
    return next((sign.islower() for sign in word if sign.isalpha()), False)


def _title(title: str) -> str:
    """Return a title with the capitals in braces that a style must keep."""
    words = title.split(" ")
    long_words = [
        word for word in words[1:] if len(word) > _SMALL_WORD_LENGTH and word[0].isalpha()
    ]
    capitals = sum(word[0].isupper() for word in long_words)
    is_sentence = 2 * capitals < len(long_words)
    marked = [_kept_word(word, is_name=is_sentence and at > 0) for at, word in enumerate(words)]
    return f"{{{' '.join(marked)}}}" if title else ""


def _kept_word(word: str, *, is_name: bool) -> str:
    """Put a word in braces whose capitals matter: an acronym, or a name in a sentence."""
    core = word.strip(".,:;!?()[]\"'“”‘’«»–—")
    has_inner = any(sign.isupper() for part in _HYPHEN.split(core) for sign in part[1:])
    needs = has_inner or (is_name and core[:1].isupper())
    if not needs:
        return encode_latex(word)
    before, _, behind = word.partition(core)
    return f"{encode_latex(before)}{{{encode_latex(core)}}}{encode_latex(behind)}"
