"""What a paper says of itself before its text: title, authors, abstract, keywords, date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.headings import plain_heading, section_heading
from nqp_biblio.readers.lines import join_pieces
from nqp_biblio.readers.yaml_head import read_yaml_head
from nqp_biblio.record import Record
from nqp_biblio.text.identifiers import find_doi
from nqp_biblio.text.names import parse_people, parse_person
from nqp_biblio.text.numbers import parse_date, parse_year
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.lines import Line
    from nqp_biblio.record import Person

__all__ = ["read_front_matter", "text_offset"]

_ABSTRACT = re.compile(
    r"[\s*_#【\[]{0,8}(?:abstract|summary|摘\s{0,4}要|内容提要|résumé|resumen|resumo|zusammenfassung"
    r"|riassunto|аннотация|초록)[*_\]】]{0,4}\s*(?P<sign>[:：.—–|-]?)[*_]{0,4}(?:\s+|$|(?<=[:：\]】]))",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(
    r"[\s*_#【\[]{0,8}(?:key\s?-?words?(?: and phrases)?|index terms|关\s{0,4}键\s{0,4}词|關鍵詞"
    r"|キーワード|mots[- ]clés|palabras clave|palavras-chave|schlüsselwörter|schlagwörter"
    r"|parole chiave|ключевые слова|主题词)[*_\]】]{0,4}\s*[:：.—–|-]?[*_]{0,4}\s*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:online publication|publication date|date of publication|first published(?: online)?"
    r"|published(?: online)?|available online|出版日期|网络首发(?:日期|时间)?|发布日期|发表日期"
    r"|online veröffentlicht|publicado|publié(?: le)?)(?:\s(?:on|date))?\s?[:：]?\s{0,3}"
    r"(?P<date>[^;|]{4,40})",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[^\d\n]{0,20}(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:issn|doi\b|https?:|www\.|vol(?:ume|\.)?\s?\d|no\.\s?\d|open access|received|accepted"
    r"|copyright|©|(?:original |research |review |short )?(?:article|paper|communication|letter"
    r"|review)s?$|proceedings of|arxiv:|preprint|submitted|.{1,90}\bvol(?:ume|\.)?\s?\d"
    r"|journal of .{1,60}\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s(?:\d{1,2},\s)?\d{4}"
    r"\W*$"
    r"|第\d+卷|\d{4}年|中图分类号|文章编号|文献标识码|\W*\d+\W*$)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:universit\w*|university|institut\w*|academy|academ\w+|department|dept|faculty|school"
    r"|college|hospital|laborator\w+|cent(?:er|re)|ministry|division|company|inc|gmbh|ltd|corp"
    r"|universidad\w*|université|universidade|fakultät|lehrstuhl|research|society|office)\b"
    r"|大学|学院|研究院|研究所|医院|公司|中心|实验室|Университет|институт",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"\b(?:dissertation|(?:doctoral|master'?s?|phd) thesis|a thesis|committee|requirements"
    r"|fulfil\w*|for the degree|rights reserved)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[\s*_†‡§\d]{0,8}(?:author to whom|correspond\w+|e-?mail|equal\w* contribut|these authors"
    r"|orcid|通讯作者|通信作者|作者简介|基金项目|收稿日期)|\S{1,60}@\S{1,60}",
    re.IGNORECASE,
)
_MARKS = r"[\d*†‡§¶#¹²³⁴⁵⁶⁷⁸⁹⁰✉☯]"
_TRAILING_MARKS = re.compile(
    rf"(?:\s?\^?\(?{_MARKS}[)^]?|(?<={_MARKS})\s?[a-z](?![a-z])|<sup>[^<>]{{1,20}}</sup>)+$"
)
_LEADING_MARK = re.compile(
    r"[\s(^]{0,4}(?:<sup>)?([\d*†‡§¹²³⁴⁵⁶⁷⁸⁹]|[a-f](?=[\s.)]))(?:</sup>)?[\s.)^]{0,4}"
)
_BREAK = re.compile(
    r"\s*(?:[,，;；、·•|]\s{0,3}(?:(?:and|und|et|y|&)(?=\s))?|\s(?:and|und|et|y|e|&|и)\s|&)\s*"
)
_NEXT_ADDRESS = re.compile(r"\s*[;；]\s*(?=\d[\s.,]|\d[^\W\d_])")
_DEGREE = re.compile(r"(?:ph\.?\s?d|m\.?d|msc|m\.sc|bsc|mba|jr|sr|dr|prof)\.?", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[^\W\d_]\.?-?){1,4}|(?:[^\W\d_][\w'’.-]{0,30}\s){1,5}[^\W\d_][\w'’.-]{0,30}"
    r"|[\u3400-\u9fff\u00b7]{2,8}|[\uac00-\ud7af]{2,4}"
)
_LOWER_WORDS_TEXT = "van von de del der den di da dos du la le el al ter ten bin zu"
_LOWER_WORDS = frozenset(_LOWER_WORDS_TEXT.split())
_NORMAL = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_MAX_LINES, _MAX_TITLE, _MAX_NAMES, _MAX_ABSTRACT = 80, 400, 600, 8_000
_MAX_KEYWORD = 120
_HALF = 0.5
_LONG = 500


def read_front_matter(lines: Sequence[Line]) -> Record:
    """Read what stands before the text of a paper.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the paper up to its reference list, without page furniture.

    Returns
    -------
    Record
        A record of role paper with title, people, affiliations, abstract, keywords, date
        and DOI, as far as they are printed.
    """
    record = Record(role="paper", type="article-journal")
    body = read_yaml_head(lines, record)
    blocks = _blocks(body)
    titled = record.title is not None
    end = next(
        (at for at, block in enumerate(blocks) if _begins_text(block, titled=titled or at > 0)),
        len(blocks),
    )
    head = [line for block in blocks[:end] for line in block][:_MAX_LINES]
    if record.title is None:
        _read_names(blocks[:end], record)
    _read_abstract(blocks, record)
    _read_keywords(blocks, record)
    _read_date([line.text for line in body[: 3 * _MAX_LINES]], record)
    if record.doi is None:
        record.doi = find_doi("\n".join(line.text for line in head))
    return record


def text_offset(lines: Sequence[Line]) -> int:
    """Return where the text of a paper begins, after title, names and addresses.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the paper up to its reference list, without page furniture.

    Returns
    -------
    int
        Character of the abstract, the keywords, the first section or the first long
        paragraph; the first of all where there is none.
    """
    body = read_yaml_head(lines, Record())
    for at, block in enumerate(_blocks(body)):
        titled = at > 0 or len(body) < len(lines)
        if _begins_text(block, titled=titled) or sum(len(line.text) for line in block) >= _LONG:
            return block[0].offset
    return 0


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines at blank ones and before an abstract or keywords."""
    blocks: list[list[Line]] = []
    fresh = True
    for line in lines:
        if line.is_blank:
            fresh = True
            continue
        if fresh or _ABSTRACT.match(line.text) or _KEYWORDS.match(line.text):
            blocks.append([])
        blocks[-1].append(line)
        fresh = False
    return blocks


def _begins_text(block: list[Line], *, titled: bool = True) -> bool:
    """Whether the abstract, the keywords or the first section begin here.

    A Markdown heading of the first level is the title where none stands before it.
    """
    first = block[0].text
    if _ABSTRACT.match(first) or _KEYWORDS.match(first):
        return True
    numbered = re.match(r"\s*(?:1|I)[.\s]{1,3}[^\W\d_]", first) is not None
    is_title = first.lstrip().startswith("# ") and not titled
    named = section_heading(first, alone=False) is not None and not is_title
    return named or (numbered and section_heading(first, alone=True) is not None)


def _read_names(blocks: list[list[Line]], record: Record) -> None:
    """Read title, authors and addresses, in this order."""
    rows = [(at, _shown(line.text)) for at, block in enumerate(blocks) for line in block]
    rows = [(at, text) for at, text in rows if text and not _FURNITURE.match(text)]
    title, rest = _title_of(rows)
    record.title = title
    of_degree = {at for at, text in rest if _THESIS.search(text)}
    rest = [(at, text) for at, text in rest if at not in of_degree]
    names: list[str] = []
    for at, (_, text) in enumerate(rest):
        if _ASIDE.match(text):
            continue
        if record.affiliations or not _reads_as_names(text):
            if names or _PLACE.search(text):
                _add_addresses([text for _, text in rest[at:]], record)
                break
            continue
        names.append(text)
    marks = _read_people(" ".join(names)[:_MAX_NAMES], record)
    record.affiliations = _assigned(record, marks)


def _shown(text: str) -> str:
    """Return a line as it reads, its heading sign taken away."""
    return (
        plain_heading(text)
        if text.lstrip().startswith("#")
        else " ".join(strip_markup(text[: 2 * _MAX_NAMES]).split())
    )


def _title_of(rows: list[tuple[int, str]]) -> tuple[str | None, list[tuple[int, str]]]:
    """Join the lines of the title: those of the first block that are no names."""
    if not rows:
        return None, []
    block, first = rows[0]
    taken = [first]
    for at, text in rows[1:]:
        if at != block or _reads_as_names(text) or _PLACE.search(text) or _ASIDE.match(text):
            break
        taken.append(text)
    title = join_pieces(taken)[:_MAX_TITLE].strip("* ")
    return clean_text(title), rows[len(taken) :]


def _reads_as_names(text: str) -> bool:
    """Whether a line is a list of names of people."""
    if len(text) > _MAX_NAMES or text.endswith((".", "。", ":", "?")) or _PLACE.search(text):
        return False
    tokens = [_TRAILING_MARKS.sub("", token).strip() for token in _BREAK.split(text)]
    tokens = [token for token in tokens if token and not _DEGREE.fullmatch(token)]
    named = [token for token in tokens if _NAME.fullmatch(token) and _has_case_of_name(token)]
    return bool(tokens) and len(named) > _HALF * len(tokens)


def _has_case_of_name(token: str) -> bool:
    """Whether every word of a name begins with a capital, particles apart."""
    words = [word for word in token.split() if word.casefold() not in _LOWER_WORDS]
    return bool(words) and not any(word[0].islower() for word in words)


def _read_people(text: str, record: Record) -> list[list[str]]:
    """Read the authors, and the marks behind each name."""
    if not text:
        return []
    if re.search(r",\s(?:[^\W\d_]\.\s?){1,4}(?:[,;&]|$)", text):
        record.people = parse_people(_TRAILING_MARKS.sub("", text))[0]
        return [[] for _ in record.people]
    people: list[Person] = []
    marks: list[list[str]] = []
    for token in _BREAK.split(text):
        if not token or _DEGREE.fullmatch(token):
            continue
        name = _TRAILING_MARKS.sub("", token).strip(" .^")
        found = re.findall(rf"{_MARKS}", token[len(name) :].translate(_NORMAL))
        if not name or (len(name) == 1 and name.islower()):
            if marks:
                marks[-1] += found or [name]
            continue
        person = parse_person(name)
        person.raw = name
        people.append(person)
        marks.append(found)
    record.people = people
    return marks


def _add_addresses(texts: list[str], record: Record) -> None:
    """Take the lines after the names for addresses, as long as they read like some."""
    addresses: list[str] = []
    for text in texts:
        if _ASIDE.match(text) or _FURNITURE.match(text):
            continue
        if _LEADING_MARK.match(text) or _PLACE.search(text):
            bare = text.strip("()（） ") if text[0] in "(（" else text
            addresses += _NEXT_ADDRESS.split(bare)
        elif addresses and text[0].islower():
            addresses[-1] = f"{addresses[-1]} {text}"
    record.affiliations = [(address, None) for address in addresses]


def _assigned(record: Record, marks: list[list[str]]) -> list[tuple[str, int | None]]:
    """Give each address to the authors whose marks it bears."""
    given: list[tuple[str, int | None]] = []
    for address, _ in record.affiliations:
        lead = _LEADING_MARK.match(address)
        sign = lead[1].translate(_NORMAL) if lead else None
        bare = address[lead.end() :] if lead else address
        owners = [at for at, own in enumerate(marks, 1) if sign is not None and sign in own]
        if not owners and len(marks) == 1:
            owners = [1]
        given += [(bare, owner) for owner in owners] or [(bare, None)]
    return given


def _read_abstract(blocks: list[list[Line]], record: Record) -> None:
    """Read the abstract, in the line of its name or below it."""
    for at, block in enumerate(blocks[:_MAX_LINES]):
        match = _ABSTRACT.match(block[0].text)
        if match is None:
            continue
        rest = [block[0].text[match.end() :], *(line.text for line in block[1:])]
        if (
            rest[0].strip()
            and not match["sign"]
            and not block[0].text.lstrip().startswith(("*", "【", "["))
        ):
            continue
        for following in blocks[at + 1 :] if not "".join(rest).strip() else []:
            if _begins_text(following) or section_heading(
                following[0].text, alone=len(following) == 1
            ):
                break
            rest += [line.text for line in following]
        abstract = clean_text(strip_markup(join_pieces(rest)))[:_MAX_ABSTRACT]
        record.abstract = record.abstract or abstract or None
        return


def _read_keywords(blocks: list[list[Line]], record: Record) -> None:
    """Read the keywords, parted by semicolons where there are any, else by commas."""
    for at, block in enumerate(blocks[:_MAX_LINES]):
        match = _KEYWORDS.match(block[0].text)
        if match is None or record.keywords:
            continue
        rest = [block[0].text[match.end() :], *(line.text for line in block[1:])]
        if not "".join(rest).strip() and at + 1 < len(blocks):
            rest = [line.text for line in blocks[at + 1]]
        text = strip_markup(join_pieces(rest)).rstrip(" .。")
        pattern = r"[;；]" if re.search(r"[;；]", text) else r"[,，、·•|]"
        words = [clean_text(word) for word in re.split(pattern, text)]
        record.keywords = [
            ("author_keyword", word) for word in words if word and len(word) <= _MAX_KEYWORD
        ]


def _read_date(texts: list[str], record: Record) -> None:
    """Read the date of publication, or the year of the copyright."""
    if record.publication_date is None:
        for text in texts:
            match = _PUBLISHED.search(text[:_MAX_NAMES])
            date = parse_date(match["date"].strip(" .")) if match else None
            if date:
                record.publication_date = date
                break
    if record.publication_date:
        record.publication_year = parse_year(record.publication_date)
        return
    years = (_COPYRIGHT.search(text[:_MAX_NAMES]) for text in texts)
    first = next((match for match in years if match), None)
    record.publication_year = int(first["year"]) if first else None
