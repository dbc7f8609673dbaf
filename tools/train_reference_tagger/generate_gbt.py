"""References by GB/T 7714, in Chinese and English, with the habits of real lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generate_house import edition
from generate_marks import mark
from generate_noise import chance, tidy
from generate_words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from generate_records import Composer, Name, Work

_WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）"})
_CODES = {
    "article-journal": "J", "book": "M", "chapter": "M", "paper-conference": "C", "thesis": "D",
    "report": "R", "standard": "S", "patent": "P", "article-newspaper": "N", "webpage": "EB/OL",
    "article": "A", "dataset": "DB/OL", "collection": "C",
}  # fmt: skip
_FULL_DATE = 3
_MOST_NAMES = 3
_WITHOUT_VISIT = 2005


@dataclass(slots=True)
class Habit:
    """How one journal prints GB/T 7714."""

    name: str
    edition: int = 2015
    wide: float = 0.0
    blanks: float = 1.0
    label: str = "[{}]"
    with_doi: float = 0.15
    is_english: float = 0.35
    upper_families: float = 0.0
    end: str = "."
    code_marks: str = "[]"
    translated: float = 0.0
    pages: str = "-"
    loose: float = 0.0


HABITS = (
    Habit("gbt-2015"),
    Habit("gbt-2015-upper", upper_families=1.0),
    Habit("gbt-2005", edition=2005, end=".", blanks=0.6),
    Habit("gbt-2005-wide", edition=2005, wide=1.0, end="．"),
    Habit("gbt-2015-mixed", wide=0.5, blanks=0.5),
    Habit("gbt-2015-wide", wide=1.0, end="。"),
    Habit("gbt-2015-tight", blanks=0.0),
    Habit("gbt-2015-tight-wide", blanks=0.0, wide=0.7, end="."),
    Habit("gbt-2015-doi", with_doi=0.8),
    Habit("gbt-2025", edition=2025, with_doi=0.6),
    Habit("gbt-2025-plain", edition=2025, end=""),
    Habit("gbt-plain-number", label="{}"),
    Habit("gbt-dotted-number", label="{}."),
    Habit("gbt-round-number", label="({})"),
    Habit("gbt-no-number", label=""),
    Habit("gbt-wide-brackets", code_marks="［］", wide=1.0, label="［{}］"),
    Habit("gbt-tilde", pages="~", blanks=0.4),
    Habit("gbt-en-dash", pages="–"),
    Habit("gbt-em-dash", pages="—", wide=0.4),
    Habit("gbt-english", is_english=1.0),
    Habit("gbt-english-upper", is_english=1.0, upper_families=1.0),
    Habit("gbt-english-tight", is_english=1.0, blanks=0.0),
    Habit("gbt-chinese", is_english=0.0),
    Habit("gbt-chinese-wide", is_english=0.0, wide=1.0),
    Habit("gbt-translated", is_english=0.0, translated=1.0),
    Habit("gbt-loose", is_english=0.2, loose=0.6, wide=0.3),
    Habit("cn-humanities", is_english=0.0, loose=1.0),
    Habit("cn-humanities-wide", is_english=0.0, loose=1.0, wide=1.0),
    Habit("jp-sist", is_english=0.0),
    Habit("jp-humanities", is_english=0.0),
)


def references(composer: Composer, count: int) -> Iterator[tuple[str, str]]:
    """Print works by GB/T 7714 and like habits; yields (habit, reference with marks)."""
    random = composer.random
    for habit in HABITS:
        for number in range(1, round(count / len(HABITS)) + 1):
            marked = reference(composer, habit)
            if habit.label:
                label = mark("citation-number", habit.label.format(number))
                marked = label + random.choice((" ", " ", "")) + marked
            yield habit.name, marked


def reference(composer: Composer, habit: Habit) -> str:
    """Compose a work and print it."""
    random = composer.random
    if habit.name.startswith("jp"):
        return _japanese(_eastern_work(composer, "ja"), habit, random)
    if chance(random, habit.is_english):
        work = composer.mixed() if chance(random, 0.4) else composer.work("en")
        work.container = work.container if work.type != "article" else ""
        return _printed(work, habit, random, is_chinese=False)
    work = _eastern_work(composer, "zh")
    if chance(random, habit.loose):
        return _loose(work, habit, random)
    text = _printed(work, habit, random, is_chinese=True)
    if work.type in ("article-journal", "book", "chapter") and chance(random, habit.translated):
        other = composer.work("en")
        while other.type != work.type:
            other = composer.work("en")
        other.date = work.date
        other.volume, other.issue, other.pages = work.volume, work.issue, work.pages
        translated = _printed(other, habit, random, is_chinese=False)
        text = f"{text} {translated} {mark('note', '(in Chinese)')}"
    return text


def _eastern_work(composer: Composer, code: str) -> Work:
    """Compose a work in Chinese or Japanese; no work there lists Latin names."""
    random, words = composer.random, LANGUAGES[code]
    work = composer.work(code)
    while work.type == "article" or (work.type == "standard" and code == "ja"):
        work = composer.work(code)
    year = max(work.date[0], 2024 - random.randint(0, 30))
    work.date = (year, *work.date[1:])
    work.accessed = (max(year, work.accessed[0]), *work.accessed[1:])
    work.doi = composer.doi() if chance(random, 0.2) else ""
    if work.type == "standard":
        work.number = (
            f"GB{random.choice(('/T', '', '/Z'))} {random.randint(100, 50000)}-{work.year}"
        )
        work.publisher, work.place = "中国标准出版社", "北京"
    if work.type == "patent":
        work.number = (
            f"CN{random.randint(101, 119)}{random.randint(100000, 999999)}{random.choice('AUB')}"
        )
    if work.type == "paper-conference" and chance(random, 0.7):
        work.publisher, work.place = random.choice(words.publishers)
    if work.type == "article-journal" and chance(random, 0.35):
        work.volume = ""
        work.issue = work.issue or str(random.randint(1, 12))
    if work.type == "article-newspaper" and chance(random, 0.8):
        work.pages = f"{random.randint(1, 16):02}"
    if work.type == "webpage" and chance(random, 0.2):
        work.type = "dataset"
    return work


class _Pen:
    """Prints values with the punctuation of one reference."""

    def __init__(self, habit: Habit, random: Random, *, is_chinese: bool) -> None:
        self.habit = habit
        self.is_chinese = is_chinese
        self.wide = is_chinese and chance(random, habit.wide)
        self.blank = " " if chance(random, habit.blanks) else ""
        self.english_blank = " " if self.blank or (not is_chinese and chance(random, 0.7)) else ""

    def sign(self, sign: str) -> str:
        """Return a sign with the blank after it, in full width if so be it."""
        if self.wide and sign in ",:;":
            return sign.translate(_WIDE)
        return sign + (self.blank if self.is_chinese else self.english_blank)

    @property
    def stop(self) -> str:
        """The stop between parts."""
        if self.is_chinese:
            return "．" if self.wide and self.habit.end == "．" else "." + self.blank
        return "." + self.english_blank

    def between(self, text: str) -> str:
        """Put text in round brackets."""
        return f"（{text}）" if self.wide else f"({text})"

    def people(self, names: list[Name], role: str = "author") -> str:
        """Print people, three at most."""
        shown = [self._person(name) for name in names[:_MOST_NAMES]]
        text = self.sign(",").join(shown)
        if len(names) > _MOST_NAMES:
            text += self.sign(",") + ("等" if self.is_chinese else "et al")
        return mark(role, text)

    def _person(self, name: Name) -> str:
        if name.is_group or not name.given:
            return name.family
        if self.is_chinese:
            return name.family + name.given
        family = name.family.upper() if self.habit.upper_families else name.family
        initials = [part[0] for part in re.split(r"[\s.-]+", name.given) if part]
        return f"{family} {' '.join(initials) if self.blank else ''.join(initials)}"

    def pages(self, work: Work) -> str:
        """Print pages."""
        return mark("pages", re.sub("[-–]", self.habit.pages, work.pages))


def _printed(work: Work, habit: Habit, random: Random, *, is_chinese: bool) -> str:
    pen = _Pen(habit, random, is_chinese=is_chinese)
    code = _CODES.get(work.type, "Z")
    if work.url and code in ("M", "R", "J", "N", "D", "C"):
        code += "/OL"
    opening, closing = habit.code_marks
    title = mark("title", work.title)
    if work.type in ("standard", "patent") and work.number:
        title += pen.sign(":") + mark("number", work.number)
    lead = pen.people(work.authors) + pen.stop if work.authors else ""
    if not work.authors and work.editors:
        lead = pen.people(work.editors, "editor") + (",主编" if is_chinese else ", eds") + pen.stop
    text = lead + title + f"{opening}{code}{closing}" + _rest(work, pen, random)
    if work.url:
        text += pen.stop + mark("url", work.url)
    if work.doi and chance(random, habit.with_doi):
        text += (
            pen.stop
            + random.choice(("DOI:", "doi:", "DOI: ", "https://doi.org/"))
            + mark("doi", work.doi)
        )
    return tidy(text + habit.end)


def _rest(work: Work, pen: _Pen, random: Random) -> str:
    make = {
        "article-journal": _in_journal, "chapter": _in_book, "paper-conference": _in_proceedings,
        "article-newspaper": _in_newspaper, "webpage": _on_line, "dataset": _on_line,
        "patent": _patent,
    }.get(work.type, _imprint)  # fmt: skip
    return make(work, pen, random)


def _in_journal(work: Work, pen: _Pen, random: Random) -> str:
    year = mark("date", work.year)
    parts = pen.stop + mark("container", work.container)
    if chance(random, 0.04):
        return parts + pen.sign(",") + year + pen.between(mark("issue", work.issue or "1"))
    parts += pen.sign(",") + year
    if work.volume:
        parts += pen.sign(",") + mark("volume", work.volume)
    if work.issue:
        blank = random.choice(("", "", "", " "))
        issue = (
            f"{int(work.issue):02}" if work.issue.isdigit() and chance(random, 0.25) else work.issue
        )
        parts += blank + pen.between(mark("issue", issue))
    return parts + (pen.sign(":") + pen.pages(work) if work.pages else "")


def _imprint(work: Work, pen: _Pen, random: Random, *, is_in_book: bool = False) -> str:
    text = ""
    if work.edition:
        form = random.choice(("%版", "第%版", "%版")) if pen.is_chinese else "%n ed"
        text += pen.stop + mark("edition", edition(work.edition, form))
    if work.translators:
        text += (
            pen.stop
            + pen.people(work.translators, "translator")
            + pen.sign(",")
            + ("译" if pen.is_chinese else "trans")
        )
    text += pen.stop
    if work.place and work.publisher:
        text += mark("location", work.place) + pen.sign(":") + mark("publisher", work.publisher)
        text += pen.sign(",")
    elif work.publisher:
        text += mark("publisher", work.publisher) + pen.sign(",")
    text += mark("date", work.year)
    if work.pages and (is_in_book or chance(random, 0.3)):
        text += pen.sign(":") + pen.pages(work)
    elif work.type == "book" and chance(random, 0.3):
        text += pen.sign(":") + mark(
            "pages", f"{random.randint(1, 200)}{pen.habit.pages}{random.randint(201, 400)}"
        )
    return text


def _in_book(work: Work, pen: _Pen, random: Random) -> str:
    editors = pen.people(work.editors, "editor") + pen.stop if work.editors else ""
    return (
        "//"
        + random.choice(("", "", " "))
        + editors
        + mark("container", work.container)
        + _imprint(work, pen, random, is_in_book=True)
    )


def _in_proceedings(work: Work, pen: _Pen, random: Random) -> str:
    host = random.choice(("//", "//", "//", " // ")) + mark("container", work.container)
    return host + _imprint(work, pen, random, is_in_book=True)


def _day(date: tuple[int, ...]) -> str:
    return f"{date[0]}-{date[1]:02}-{date[2]:02}" if len(date) == _FULL_DATE else str(date[0])


def _eastern_day(date: tuple[int, ...]) -> str:
    return f"{date[0]}年{date[1]}月{date[2]}日" if len(date) == _FULL_DATE else f"{date[0]}年"


def _in_newspaper(work: Work, pen: _Pen, _: Random) -> str:
    text = (
        pen.stop + mark("container", work.container) + pen.sign(",") + mark("date", _day(work.date))
    )
    return text + (pen.between(mark("pages", work.pages)) if work.pages else "")


def _on_line(work: Work, pen: _Pen, random: Random) -> str:
    text = pen.stop
    if work.container and chance(random, 0.4):
        text += mark("container", work.container) + pen.sign(",")
    if chance(random, 0.3):
        text += mark("date", work.year) + pen.stop
    elif len(work.date) == _FULL_DATE:
        text += pen.between(mark("date", _day(work.date)))
    if work.accessed and (pen.habit.edition != _WITHOUT_VISIT or chance(random, 0.8)):
        text += f"[{_day(work.accessed)}]"
    return text


def _patent(work: Work, pen: _Pen, _: Random) -> str:
    return pen.stop + mark("date", _day(work.date))


_LOOSE = {
    "article-journal": (
        "{a}：《{t}》，《{c}》{y}年第{i}期，第{p}页", "{a}:《{t}》,《{c}》{y}年第{i}期",
        "{a}. {t}. {c}, {y}年第{i}期", "{a}.{t}.{c}.{y}({i}).",
        "{a}，“{t}”，《{c}》，{y}年第{i}期，第{p}页",
        "{a}，{t}，{c}，{y}，（{i}）：{p}", "{a}（{y}）{t}。{c}，{v}（{i}），{p}。",
    ),
    "book": (
        "{a}：《{t}》，{l}：{u}，{y}年，第{n}页", "{a}著：《{t}》，{u}{y}年版，第{n}页",
        "{a}:《{t}》,{l}:{u},{y}", "{a}：《{t}》，{u}，{y}年版", "{a}主编.{t}.{l}：{u}，{y}",
        "{a}（{y}）《{t}》。{l}：{u}。",
    ),
    "chapter": (
        "{a}：《{t}》，载{e}主编：《{c}》，{l}：{u}，{y}年，第{p}页",
        "{a}：“{t}”，见{e}编《{c}》，{u}{y}年版，第{p}页",
    ),
    "thesis": ("{a}：《{t}》，{g}，{u}，{y}年", "{a}.{t}.{u}{g},{y}"),
    "article-newspaper": ("{a}：《{t}》，《{c}》{d}，第{p}版", "{a}.{t}.{c},{d}",
    "《{t}》，《{c}》{d}"),
    "webpage": ("{a}：《{t}》，{w}，{d}", "{t}，{w}，访问日期：2023年5月6日"),
}  # fmt: skip


def _loose(work: Work, habit: Habit, random: Random) -> str:
    """Print a work as footnotes in the humanities do."""
    forms = _LOOSE.get(work.type)
    if forms is None or not (work.authors or work.type == "webpage"):
        return _printed(work, habit, random, is_chinese=True)
    pen = _Pen(habit, random, is_chinese=True)
    joined = random.choice(("、", "，", "、"))
    named = [name.family + name.given for name in work.authors]
    authors = joined.join(named) if len(named) <= _MOST_NAMES else named[0] + "等"
    editors = "、".join(name.family + name.given for name in work.editors)
    values = {
        "a": mark("author", authors), "t": mark("title", work.title),
        "c": mark("container", work.container), "y": mark("date", work.year),
        "i": mark("issue", work.issue or str(random.randint(1, 12))),
        "v": mark("volume", work.volume or str(random.randint(1, 60))),
        "p": pen.pages(work) if work.pages else mark("pages", str(random.randint(1, 8))),
        "l": mark("location", work.place), "u": mark("publisher", work.publisher),
        "n": mark("pages", str(random.randint(1, 500))), "g": mark("genre", work.genre),
        "e": mark("editor", editors or "本书编写组"),
        "d": mark("date", _eastern_day(work.date)), "w": mark("url", work.url),
    }  # fmt: skip
    form = random.choice(forms)
    if "《" in work.title or "“" in work.title:
        values["t"] = values["t"].translate(str.maketrans("《》", "〈〉"))
    text = re.sub(r"\{(\w)\}", lambda found: values[found[1]], form)
    return tidy(text + (habit.end if text[-1] not in "。." else ""))


_JAPANESE = {
    "article-journal": (
        "{a}. {t}. {c}. {y}, vol. {v}, no. {i}, p. {p}.", "{a}：{t}，{c}，{v}({i})，{p}，{y}",
        "{a}「{t}」『{c}』第{v}巻第{i}号、{y}年、{p}頁", "{a} ({y}). {t} {c}, {v}, {p}.",
        "{a}（{y}）「{t}」『{c}』{v}（{i}）、{p}頁。", "{a}: {t}. {c} {v}: {p}, {y}",
    ),
    "book": (
        "{a}『{t}』{u}、{y}年", "{a}. {t}. {u}, {y}, {n}p.", "{a}（{y}）『{t}』{u}。",
        "{a}：{t}，{u}，{l}，{y}",
        "{a}『{t}』（{u}、{y}年）、{n}頁",
    ),
    "chapter": (
        "{a}「{t}」{e}編『{c}』{u}、{y}年、{p}頁", "{a}. “{t}”. {c}. {e}編. {u}, {y}, p. {p}.",
        "{a}（{y}）「{t}」{e}（編）『{c}』{u}、pp. {p}。",
    ),
    "paper-conference": ("{a}：{t}，{c}，pp.{p}，{y}",),
    "thesis": ("{a}「{t}」{u}{g}、{y}年",),
    "article-newspaper": ("「{t}」『{c}』{d}", "{a}「{t}」『{c}』{d}、{p}面"),
    "webpage": ("{a}「{t}」{w}（{y}年4月1日閲覧）", "{a}. “{t}”. {w}, (参照 2020-05-03)."),
    "report": ("{a}『{t}』{u}、{y}年",),
}  # fmt: skip


def _japanese(work: Work, habit: Habit, random: Random) -> str:
    forms = _JAPANESE.get(work.type)
    if forms is None or not work.authors:
        work.type, forms = "book", _JAPANESE["book"]
    half = (len(forms) + 1) // 2
    forms = forms[:half] if habit.name == "jp-sist" and len(forms) > 1 else forms
    named = [
        name.family + (random.choice(("", "", " ")) + name.given if name.given else "")
        for name in work.authors
    ]
    editors = "・".join(name.family + name.given for name in work.editors)
    values = {
        "a": mark("author", random.choice(("・", "，", ", ", "、")).join(named[:4])),
        "t": mark("title", work.title), "c": mark("container", work.container or work.title),
        "y": mark("date", work.year),
        "v": mark("volume", work.volume or str(random.randint(1, 60))),
        "i": mark("issue", work.issue or str(random.randint(1, 6))),
        "p": mark("pages", re.sub("[-–]", random.choice("-–～"), work.pages or "12")),
        "u": mark("publisher", work.publisher or "岩波書店"),
        "l": mark("location", work.place or "東京"),
        "n": mark("pages", str(random.randint(1, 400))), "g": mark("genre", work.genre),
        "e": mark("editor", editors or "編集委員会"),
        "w": mark("url", work.url),
        "d": mark("date", _eastern_day(work.date)),
    }  # fmt: skip
    return tidy(re.sub(r"\{(\w)\}", lambda found: values[found[1]], random.choice(forms)))
