"""References in the house styles of house.toml, which no style language covers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generate_marks import mark
from generate_noise import chance, tidy

if TYPE_CHECKING:
    from random import Random

    from generate_records import Composer, Name, Work

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_LABELS = {
    "authors": "author", "editors": "editor", "translators": "translator", "title": "title",
    "container": "container", "year": "date", "date": "date", "volume": "volume",
    "issue": "issue", "pages": "pages", "first_page": "pages", "n_pages": "pages",
    "publisher": "publisher", "place": "location", "edition": "edition", "series": "series",
    "series_number": "volume", "genre": "genre", "number": "number", "doi": "doi", "url": "url",
    "arxiv": "arxiv", "isbn": "isbn", "short": "container", "cited": "pages",
}  # fmt: skip
_FIELD = re.compile(r"\{(\w+)(?::([^}]*))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_KIND_NAMES = {
    "article-journal": "article", "paper-conference": "conference",
    "article-newspaper": "newspaper", "article": "preprint", "article-magazine": "newspaper",
}  # fmt: skip


@dataclass(slots=True)
class House:
    """One house style: who is printed how, and a template for each kind of work."""

    name: str
    languages: list[str]
    names: list[str | int]
    templates: dict[str, str]
    editors: list[str | int]
    dash: str = "–"
    label: str = ""
    share: float = 1.0
    title_case: float = 0.3


def house_styles() -> list[House]:
    """Read the house styles."""
    text = Path(__file__).with_name("house.toml").read_text(encoding="utf-8")
    styles = []
    for name, table in tomllib.loads(text).items():
        names = table["names"]
        styles.append(
            House(
                name=name,
                languages=table["languages"].split(),
                names=names,
                templates={key: value for key, value in table.items() if key in _KINDS},
                editors=table.get("editors", names),
                dash=table.get("dash", "–"),
                label=table.get("label", ""),
                share=table.get("share", 1.0),
                title_case=table.get("title_case", 0.3),
            )
        )
    return styles


_TRIES = 200
_FULL_DATE = 3
_LONG_NAME = 40
_KINDS = (
    "article", "book", "edited", "chapter", "conference", "thesis", "report", "newspaper",
    "webpage", "preprint", "standard", "patent",
)  # fmt: skip


def print_work(style: House, work: Work, random: Random) -> str | None:
    """Print a work in a house style, with marks; nothing if the style has no such kind."""
    kind = _KIND_NAMES.get(work.type, work.type)
    if kind == "book" and not work.authors:
        kind = "edited"
    template = style.templates.get(kind)
    if template is None:
        return None
    values = _Values(style, work, random)
    choices = [one for one in template.strip().split("\n") if _is_complete(one, values)]
    return tidy(filled(random.choice(choices).strip(), values)) if choices else None


def _is_complete(template: str, values: _Values) -> bool:
    """Tell whether a work has every value that the template cannot do without."""
    needed = template
    while _OPTIONAL.search(needed):
        needed = _OPTIONAL.sub("", needed)
    return all(values.get(found[1], found[2] or "") for found in _FIELD.finditer(needed))


def compose(style: House, composer: Composer) -> str | None:
    """Print some work in a house style; nothing if no work came that has all it wants."""
    random = composer.random
    for _ in range(_TRIES):
        language = random.choice(style.languages)
        if language == "en" and chance(random, 0.45):
            work = composer.mixed()
        else:
            work = composer.work(language)
        if work.language == "en" and chance(random, style.title_case):
            work.title = titled(work.title)
            work.container = titled(work.container) if work.type == "chapter" else work.container
        printed = print_work(style, work, random)
        if printed:
            return printed
    return None


def titled(text: str) -> str:
    """Write the words of a title with capitals, but for the small ones."""
    words = [word if word in _SMALL else word[0].upper() + word[1:] for word in text.split()]
    return " ".join(words)


class _Values:
    """The values of a work as a style prints them."""

    def __init__(self, style: House, work: Work, random: Random) -> None:
        self.style = style
        self.work = work
        first = random.randint(1, 400)
        last = first + random.randint(1, 9)
        self.made = {
            "cited": random.choice((str(first), f"{first}{style.dash}{last}")),
            "mr": str(random.randint(1000, 2999999)),
            "first_page": re.split("[-–]", work.pages)[0],
            "pin": re.split("[-–]", work.pages)[0],
            "short": shortened(work.container),
        }

    def get(self, name: str, option: str) -> str:
        """Return one value, printed as the option says."""
        work = self.work
        if name in ("authors", "editors", "translators"):
            spec = self.style.editors if name != "authors" else self.style.names
            if option:
                spec = [option, *spec[1:]]
            return print_names(getattr(work, name), spec)
        if name in ("date", "accessed"):
            return self._date(getattr(work, name), option or "D M Y")
        if name == "pages":
            return self._pages(option)
        if name == "edition":
            return edition(work.edition, option or "%n ed.") if work.edition else ""
        value = self.made[name] if name in self.made else str(getattr(work, name))
        return value.upper() if option == "upper" else value

    def _pages(self, option: str) -> str:
        parts = re.split("[-–]", self.work.pages)
        is_range = len(parts) > 1 and all(part.isdigit() for part in parts)
        if option == "short" and is_range:
            first, last = parts
            common = 0
            while (
                common < len(last) - 1 and len(first) == len(last) and first[common] == last[common]
            ):
                common += 1
            parts = [first, last[common:]]
        if option == "plus" and is_range:
            parts[1] += f" + {int(parts[1]) + len(self.work.title) // 4}"
        return self.style.dash.join(parts)

    def _date(self, date: tuple[int, ...], form: str) -> str:
        if len(date) < _FULL_DATE:
            return str(date[0]) if date else ""
        months = _MONTHS.get(self.work.language, _MONTHS["en"]).split()
        year, month, day = date
        values = {
            "D": str(day), "M": months[month - 1], "m": months[month - 1][:3] + ".",
            "Y": str(year), "N": f"{month:02}", "d": f"{day:02}",
        }  # fmt: skip
        return re.sub(r"\b[DMmYNd]\b", lambda found: values[found[0]], form)


def edition(value: str, form: str) -> str:
    """Print the number of an edition; "%" is the number, "%n" the English ordinal."""
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(value, "th")
    return form.replace("%n", value + ending).replace("%", value)


def shortened(journal: str) -> str:
    """Shorten the words of a journal's name, roughly as lists of abbreviations do."""
    words = journal.split()
    if len(words) == 1:
        return journal
    kept = [word for word in words if word.lower() not in _SMALL]
    return " ".join(_shortened(word) for word in kept)


def _shortened(word: str) -> str:
    known = _SHORT.get(word.lower())
    if known:
        return known
    stem = _STEM.match(word)
    return stem[0] + "." if stem and len(stem[0]) + 1 < len(word) else word


_STEM = re.compile(
    r"(?=\w{4})\w?[^\W\daeiouyàáâãäèéêëíîïòóôõöúûü]*[aeiouyàáâãäèéêëíîïòóôõöúûü]+"
    r"(?:[^\W\daeiouyàáâãäèéêëíîïòóôõöúûü]{2,}"
    r"|[^\W\daeiouyàáâãäèéêëíîïòóôõöúûü][aeiouyàáâãäèéêëíîïòóôõöúûü]+[^\W\daeiouyàáâãäèéêëíîïòóôõöúûü]+)"
)
_SMALL = (
    "of", "the", "and", "for", "in", "on", "&", "de", "la", "der", "des", "für", "und", "et", "y",
    "del", "di", "e",
)  # fmt: skip
_SHORT = {
    "journal": "J.", "international": "Int.", "review": "Rev.", "reviews": "Rev.", "proceedings":
    "Proc.", "transactions": "Trans.", "american": "Am.", "annals": "Ann.", "physics": "Phys.",
    "research": "Res.", "science": "Sci.", "zeitschrift": "Z.", "revue": "Rev.", "revista": "Rev.",
    "mathematical": "Math.", "chemistry": "Chem.", "letters": "Lett.", "society": "Soc.",
}  # fmt: skip


def print_names(names: list[Name], spec: list[str | int]) -> str:
    """Print people as a spec shows by example: pattern, delimiter, last delimiter, most, others."""
    pattern, delimiter, last, most, others = spec
    patterns = pattern.split(" | ")
    printed = [
        _name(name, patterns[0] if at == 0 else patterns[-1]) for at, name in enumerate(names)
    ]
    if len(printed) > most:
        return delimiter.join(printed[: max(1, min(3, most - 1))]) + others
    if len(printed) > 1:
        return delimiter.join(printed[:-1]) + last + printed[-1]
    return "".join(printed)


def _name(name: Name, pattern: str) -> str:
    if name.is_group or not name.given:
        is_upper = "FAMILY" in pattern and len(name.family) < _LONG_NAME
        return name.family.upper() if is_upper else name.family
    values = {
        "FAMILY": name.family.upper(), "Family": name.family, "Given": name.given,
        "G. H.": _initials(name.given, ". ", "."), "G.H.": _initials(name.given, ".", "."),
        "G H": _initials(name.given, " ", ""), "GH": _initials(name.given, "", ""),
    }  # fmt: skip
    return re.sub(
        r"FAMILY|Family|Given|G\. H\.|G\.H\.|G H|GH", lambda found: values[found[0]], pattern
    )


def _initials(given: str, between: str, end: str) -> str:
    parts = [part for part in re.split(r"[\s.]+", given) if part]
    hyphen = f"{end}-" if end else ""
    letters = [hyphen.join(piece[0] for piece in part.split("-") if piece) for part in parts]
    return between.join(letters) + end


def filled(template: str, values: _Values) -> str:
    """Fill a template; a bracketed part goes where one of its values is missing."""
    done = False
    while not done:
        text = _OPTIONAL.sub(lambda found: _part(found[1], values), template)
        done, template = text == template, text
    return (
        _FIELD.sub(lambda found: _value(found, values), template)
        .replace("⟦", "[")
        .replace("⟧", "]")
    )


def _part(text: str, values: _Values) -> str:
    for found in _FIELD.finditer(text):
        if not values.get(found[1], found[2] or ""):
            return ""
    return text


def _value(found: re.Match[str], values: _Values) -> str:
    name, option = found[1], found[2] or ""
    value = values.get(name, option)
    return mark(_LABELS[name], value) if name in _LABELS else value
