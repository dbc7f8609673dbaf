r"""The .bbl of biblatex: entries with names, lists and fields, which are data and not print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.bibtex_fields import record_of
from nqp_biblio.readers.tex_groups import argument_at, arguments_at
from nqp_biblio.record import Person, Problem
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.record import Record

__all__ = ["is_biblatex_bbl", "read_biblatex_bbl"]

_MARK = re.compile(r"\\(?:datalist|sortlist|refsection|entry)(?![A-Za-z])|biblatex auxiliary file")
_ENTRY = re.compile(r"\\entry(?![A-Za-z])|\\refsection(?![A-Za-z])|\\missing(?![A-Za-z])")
_END = re.compile(r"\\endentry(?![A-Za-z])")
_COMMAND = re.compile(
    r"\\(name|list|field|strng|range|verb|keyw|warn|set|inset|fieldnote|xref|crossref)(?![A-Za-z])"
)
_ALIAS = re.compile(r"\\keyalias\s{0,5}\{([^{}]{1,300})\}\s{0,5}\{([^{}]{1,300})\}")
_VERB = re.compile(r"\\verb ([^\n]{0,5000})")
_PART = re.compile(r"\s{0,40}+,?\s{0,40}+(family|given|prefix|suffix)\s{0,5}=")
_LINE_BREAK = re.compile(r"(?<!\\)%[ \t]{0,20}\n")
_BY_HASH = re.compile(
    r"(?:name|full|bibname|author|editor|translator|short|sort|label|extra|unique|single|primaryclass)"
    r".{0,40}(?:hash|hashraw)|sortinit.{0,10}|label(?:name|title|date|alpha).{0,20}|extra.{0,20}"
    r"|datelabelsource|.{0,10}dateunspecified|.{0,20}dateera|sort(?:name|title|year|shorthand)key"
)
_ROLES = frozenset({"author", "editor", "translator"})
_DELIMITERS = {
    "bibinitperiod": ".",
    "bibinitdelim": " ",
    "bibnamedelima": " ",
    "bibnamedelimb": " ",
    "bibnamedelimc": " ",
    "bibnamedelimd": " ",
    "bibnamedelimi": " ",
    "bibinithyphendelim": ".-",
    "bibrangedash": "--",
    "bibrangessep": ", ",
}
_DELIMITER = re.compile(rf"\\({'|'.join(_DELIMITERS)})(?![A-Za-z])\s{{0,3}}")


def is_biblatex_bbl(head: str) -> bool:
    """Tell the .bbl of biblatex from that of BibTeX."""
    return _MARK.search(head) is not None


def read_biblatex_bbl(text: str, file: str) -> Iterator[Record | Problem]:
    """Yield a record for each entry.

    Parameters
    ----------
    text : str
        The file.
    file : str
        Its name.

    Yields
    ------
    Record or Problem
        In the order of the file. An entry that other lists of its section repeat, in another
        order or for shorthands, is one; a key without an entry is a problem.
    """
    aliases: dict[str, list[str]] = {}
    for found in _ALIAS.finditer(text):
        aliases.setdefault(found[2], []).append(found[1])
    seen: set[str] = set()
    counted, line = 0, 1
    for found in _ENTRY.finditer(text):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        arguments, end = arguments_at(text, found.end(), 4 if "entry" in found[0] else 1)
        key = arguments[0].strip() if arguments else ""
        if "refsection" in found[0]:
            seen.clear()
        elif "missing" in found[0]:
            reason = f"the text cites {key!r}, of which the .bib file had no entry"
            yield Problem(file, line, text[found.start() : end], reason)
        elif len(arguments) < 2:  # noqa: PLR2004  key and kind
            reason = "\\entry without key and kind in braces"
            yield Problem(file, line, text[found.start() : found.start() + 500], reason)
        elif key not in seen:
            seen.add(key)
            following = _ENTRY.search(text, end)
            stop = following.start() if following else len(text)
            ending = _END.search(text, end, stop)
            stop = ending.start() if ending else stop
            record = _record(arguments[1].strip().lower(), key, text[end:stop])
            record.fields += [("ids", alias) for alias in aliases.get(key, ())]
            record.file, record.line, record.format = file, line, "bbl"
            if ending is None:
                raw = text[found.start() : found.start() + 2_000]
                record.problems.append(Problem(file, line, raw, "entry without \\endentry"))
            for problem in record.problems:
                problem.file, problem.line = file, line
            yield record


def _record(kind: str, key: str, body: str) -> Record:
    """Make the record of one entry."""
    body = _LINE_BREAK.sub("\n", body)
    fields: list[tuple[str, str]] = []
    people: list[Person] = []
    others: list[tuple[str, str]] = []
    is_cut = False
    at = 0
    while command := _COMMAND.search(body, at):
        name, at = command[1], command.end()
        if name == "name":
            (role, found, cut), at = _names(body, at)
            is_cut = is_cut or (cut and role == "author")
            if role in _ROLES:
                people += found
            else:
                others += [(role, person.display) for person in found]
        elif name == "list":
            (what, _, inner), at = _three(body, at)
            items = _inner_groups(inner)
            fields.append((what, " and ".join(items)))
        elif name == "verb":
            (what,), at = _at_least(body, at, 1)
            written = _VERB.search(body, at)
            if written:
                fields.append((what, written[1].strip()))
                at = written.end()
        elif name in {"keyw", "warn", "set", "inset"}:
            (inner,), at = _at_least(body, at, 1)
            fields.append(({"keyw": "keywords"}.get(name, name), inner))
        else:
            (what, value), at = _at_least(body, at, 2)
            if name in {"field", "strng"} and not _BY_HASH.fullmatch(what):
                fields.append((what, _DELIMITER.sub(lambda one: _DELIMITERS[one[1]], value)))
    record, reasons = record_of(kind, key, _dated(fields))
    record.people = people + record.people
    record.et_al = record.et_al or is_cut
    record.fields += others
    record.problems = [Problem("", None, body.strip()[:500], reason) for reason in reasons]
    return record


def _at_least(text: str, at: int, count: int) -> tuple[list[str], int]:
    """Read arguments, empty ones where they are missing."""
    found, end = arguments_at(text, at, count)
    return found + [""] * (count - len(found)), end


def _three(text: str, at: int) -> tuple[list[str], int]:
    """Read three arguments."""
    return _at_least(text, at, 3)


def _inner_groups(text: str) -> list[str]:
    """Return the groups in a group."""
    groups: list[str] = []
    at = 0
    while found := argument_at(text, at):
        groups.append(" ".join(found[0].split()))
        at = found[1]
    return groups


def _names(text: str, at: int) -> tuple[tuple[str, list[Person], bool], int]:
    r"""Read ``\name{role}{count}{options}{names}``."""
    (role, _, options, inner), end = _at_least(text, at, 4)
    people: list[Person] = []
    begin = 0
    while found := argument_at(inner, begin):
        begin = found[1]
        parts = _inner_groups(found[0])
        person = _person(parts[-1] if parts else found[0])
        if person is not None:
            person.role = role
            people.append(person)
    return (role, people, "more=true" in options or "morename" in options), end


def _person(text: str) -> Person | None:
    """Read one name: parts with their names, as from version 2.9 on, or in fixed order."""
    parts: dict[str, str] = {}
    found = list(_PART.finditer(text))
    for one in found:
        value = argument_at(text, one.end())
        if value is not None:
            plain = _DELIMITER.sub(lambda found: _DELIMITERS[found[1]], value[0])
            parts.setdefault(one[1], clean_text(decode_latex(plain)))
    family, given = parts.get("family"), parts.get("given")
    particle, suffix = parts.get("prefix"), parts.get("suffix")
    if not family and not given:
        return None
    if family and not given and not particle and " " in family:
        return Person(literal=family, raw=family)
    raw = ", ".join(part for part in (family, given) if part)
    return Person(family or given, given if family else None, particle, suffix, None, raw)


def _dated(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join year, month and day to a date, that of the work and that of the last visit."""
    values = dict(reversed(fields))
    dated = []
    for prefix in ("", "url", "event", "orig"):
        year = values.get(f"{prefix}year", "")
        month, day = (values.get(f"{prefix}{part}", "") for part in ("month", "day"))
        if year and (prefix or month.isdigit()):
            pieces = [year, *(part.zfill(2) for part in (month, day) if part.isdigit())]
            dated.append((f"{prefix}date", "-".join(pieces)))
    parts = {
        f"{prefix}{part}" for prefix in ("", "url", "event", "orig") for part in ("month", "day")
    }
    years = {f"{prefix}year" for prefix in ("url", "event", "orig")}
    if any(name == "date" for name, _ in dated):
        years.add("year")
    kept = (
        [(name, value) for name, value in fields if name not in parts | years] if dated else fields
    )
    return kept + dated
