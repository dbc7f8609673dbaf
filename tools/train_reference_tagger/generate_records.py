"""Structured works to print: read from free metadata, and composed of word lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generate_words import LANGUAGES, Language

from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

FILES = (
    "openalex-json/bpy-openalex_20260529_174737.json",
    "crossref-json/ocds-0.json.gz",
    "crossref-json/ocds-40228.json",
    "datacite-json/ocds-datacite-jSonFile_1.json",
    "bibtex/acl-anthology-2500.bib",
    "ads/ads-24-solr.json",
    "pubmed-nbib/pybibx-pubmed.txt",
    "pubmed-xml/bpy-pubmed-api.xml",
    "openalex-csv/bibliometrix-openalex_sample.csv",
)
"""Free metadata (OpenAlex and Crossref CC0, DataCite CC0, ACL Anthology CC BY, ADS, PubMed)."""

_PER_FILE = 500
_MAX_TITLE = 220
_MANY = 12


@dataclass(slots=True)
class Name:
    """A person by parts, or a group."""

    family: str
    given: str = ""
    is_group: bool = False


@dataclass(slots=True)
class Work:
    """What a style prints; the names are those of CSL where it has one."""

    type: str
    title: str
    authors: list[Name]
    language: str = "en"
    date: tuple[int, ...] = ()
    container: str = ""
    container_short: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    editors: list[Name] = field(default_factory=list)
    translators: list[Name] = field(default_factory=list)
    edition: str = ""
    series: str = ""
    series_number: str = ""
    genre: str = ""
    number: str = ""
    event: str = ""
    isbn: str = ""
    doi: str = ""
    url: str = ""
    arxiv: str = ""
    accessed: tuple[int, ...] = ()
    n_pages: str = ""

    @property
    def year(self) -> str:
        """The year, as text."""
        return str(self.date[0]) if self.date else ""


def read_works(folder: Path) -> list[Work]:
    """Read the free metadata, at most so many works of each file."""
    works: list[Work] = []
    for name in FILES:
        path = folder / name
        if not path.exists():
            continue
        source = Source(path)
        found = [
            work
            for record in detect_format(source).records(source)
            if isinstance(record, Record) and (work := work_of(record)) is not None
        ]
        step = max(1, len(found) // _PER_FILE)
        works += found[::step]
    return works


def work_of(record: Record) -> Work | None:
    """Turn a record into a work to print, unless it is too poor."""
    people = {role: _names(record, role) for role in ("author", "editor")}
    title = (record.title or "").rstrip(". ").strip("[]")
    if not title or len(title) > _MAX_TITLE or not people["author"] or not record.publication_year:
        return None
    if title.isupper():
        title = title.capitalize()
    date = tuple(int(part) for part in (record.publication_date or "").split("-") if part.isdigit())
    return Work(
        type=record.type or "article-journal",
        title=re.sub(r"\s+", " ", title),
        authors=people["author"],
        language=(record.language or "en")[:2],
        date=date or (record.publication_year,),
        container=record.source_raw or "",
        volume=record.volume or "",
        issue=record.issue or "",
        pages=record.pages_raw or record.article_number or "",
        publisher=re.sub(r"\s+\([A-Z]+\)$", "", record.publisher or ""),
        place=record.publisher_place or "",
        editors=people["editor"],
        doi=record.doi or "",
        url=record.url or "",
        isbn=record.isbn or "",
        edition=record.edition or "",
        series=record.series or "",
    )


def _names(record: Record, role: str) -> list[Name]:
    names = []
    for person in record.people_of(role):
        if person.literal:
            names.append(Name(person.literal, "", is_group=True))
        elif person.family:
            family = " ".join(part for part in (person.particle, person.family) if part)
            names.append(Name(family.title() if family.isupper() else family, person.given or ""))
    return names


class Composer:
    """Composes works at random of word lists, and of the values of works that were read."""

    def __init__(self, random: Random, real: list[Work]) -> None:
        self.random = random
        self.real = real
        self.real_names = [name for work in real for name in work.authors[:4] if name.given]
        self.real_journals = sorted(
            {work.container for work in real if work.type == "article-journal" and work.container}
        )

    def work(self, language: str | None = None) -> Work:
        """Compose one work of any kind."""
        code = language or self.random.choices(_CODES, _SHARES)[0]
        words = LANGUAGES[code]
        kind = self.random.choices(tuple(_KINDS), [share for _, share in _KINDS.values()])[0]
        made = _KINDS[kind][0](self, words)
        made.language = code
        self._finish(made)
        return made

    def _finish(self, work: Work) -> None:
        """Give a work the day of a visit, and a book its number of pages."""
        year = max(work.date[0], 2005)
        work.accessed = (min(2026, year + self.random.randint(0, 4)), *self.date(2000, 3)[1:])
        if work.type in ("book", "thesis"):
            work.n_pages = str(self.random.randint(64, 720))
        if work.type in ("article-journal", "paper-conference") and len(work.date) == 1:
            work.date = (*work.date, *self.date(2000, 3)[1:])

    def mixed(self) -> Work:
        """Return a work that was read, at times with values of others."""
        if not self.real:
            return self.work("en")
        work = replace(self.random.choice(self.real))
        self._finish(work)
        if work.type == "article-journal":
            if self.chance(0.5):
                work.container = self.journal(LANGUAGES["en"])
            if not work.volume or self.chance(0.3):
                self.number(work)
        if len(work.authors) > _MANY and self.chance(0.7):
            work.authors = work.authors[: self.random.randint(2, 9)]
        if work.type in ("article-journal", "paper-conference") and self.chance(0.5):
            work.doi = ""
        if work.type == "paper-conference":
            work.place = work.place or self.pick(LANGUAGES["en"].places)
        return work

    def chance(self, share: float) -> bool:
        """Say yes so often."""
        return self.random.random() < share

    def pick(self, values: tuple[str, ...] | list[str]) -> str:
        """Choose one value."""
        return self.random.choice(values)

    def journal(self, words: Language) -> str:
        """Choose a journal."""
        if words is LANGUAGES["en"] and self.real_journals and self.chance(0.4):
            return self.pick(self.real_journals)
        return self.pick(words.journals)

    def names(self, words: Language, most: int = 6) -> list[Name]:
        """Compose a list of people, mostly a short one."""
        count = min(most, self.random.choices((1, 2, 3, 4, 5, 6, 8), (34, 26, 16, 10, 6, 5, 3))[0])
        return [self.name(words) for _ in range(count)]

    def name(self, words: Language) -> Name:
        """Compose one person."""
        if self.real_names and words.borrows_names and self.chance(0.35):
            return self.random.choice(self.real_names)
        given = self.pick(words.given)
        if words.has_second_names and self.chance(0.45):
            second = self.pick(words.given if self.chance(0.4) else _INITIALS[words.script])
            given = f"{given} {second}"
        if words.script == "han" and len(given) == 1 and self.chance(0.5):
            given += self.pick([one for one in words.given if len(one) == 1])
        return Name(self.pick(words.families), given)

    def title(self, words: Language) -> str:
        """Compose a title."""
        frame = self.pick(words.frames)
        while "{" in frame:
            slot = re.search(r"\{(\w+)\}", frame)
            value = self.pick(words.slots[slot[1]])
            frame = frame.replace(slot[0], value, 1)
        return frame[0].upper() + frame[1:]

    def date(self, oldest: int = 1955, parts: int = 1) -> tuple[int, ...]:
        """Choose a date, the recent ones more often."""
        year = 2025 - int((2025 - oldest) * self.random.random() ** 1.8)
        return (year, self.random.randint(1, 12), self.random.randint(1, 28))[:parts]

    def range(self, most: int = 1200) -> str:
        """Choose pages from and to."""
        first = int(most * self.random.random() ** 1.5) + 1
        return f"{first}-{first + self.random.randint(1, 38)}"

    def digits(self, form: str) -> str:
        """Put digits for the number signs of a form."""
        return re.sub("#", lambda _: str(self.random.randint(1, 9)), form)

    def number(self, work: Work) -> None:
        """Give an article a volume, an issue and pages."""
        work.volume, work.issue = self.random.choices(
            (
                (str(self.random.randint(1, 160)), str(self.random.randint(1, 12))),
                (str(self.random.randint(1, 160)), ""),
                ("", str(self.random.randint(1, 24))),
                (
                    self.pick(("XXXI", "XXIV", "LII", "VII", "A45", "18B")),
                    self.pick(("1-2", "3/4", "S1", "Suppl. 2", "4")),
                ),
            ),
            (56, 24, 10, 10),
        )[0]
        work.pages = self.random.choice((self.range, self.range, self.range, self._article))()

    def _article(self) -> str:
        return self.random.choice(
            (
                f"e{self.random.randint(1000, 99999)}",
                str(self.random.randint(100000, 129999)),
                f"S{self.random.randint(1, 90)}-S{self.random.randint(91, 120)}",
                str(self.random.randint(1, 999)),
            )
        )

    def doi(self) -> str:
        """Make up a DOI."""
        shape = self.pick(
            ("10.1016/j.{w}.{y}.{a}.{b}", "10.1007/s{a5}-{y}-{b5}-{c}", "10.1080/{a8}.{y}.{b7}",
             "10.3390/{w}{a8}", "10.1093/{w}/{w}{a3}", "10.1371/journal.p{w}.{a7}",
             "10.1002/{w}.{b5}", "10.{b4}/{w}.v{c}i{c}.{a3}")
        )  # fmt: skip
        values = {f"{letter}{n}": self.digits("#" * n) for letter in "ab" for n in range(3, 9)}
        return shape.format(
            w="".join(self.random.choices("abcdefghilmnoprst", k=4)),
            y=self.random.randint(2000, 2025), a=self.digits("##"), b=self.digits("###"),
            c=self.digits("#"), **values,
        )  # fmt: skip

    def url(self, words: Language) -> str:
        """Make up an address."""
        host = self.pick(words.hosts)
        path = self.pick(
            ("news/{y}/{m}/{w}-{v}", "{w}/{v}.html", "en/{w}", "{w}/{v}/{n}.pdf",
             "index.php?id={n}", "content/{n}", "{y}{m}/t{y}{m}_{n}.shtml", "")
        )  # fmt: skip
        return "https://"[: self.random.choice((8, 8, 8, 0))] + host + "/" + path.format(
            y=self.random.randint(2005, 2025), m=f"{self.random.randint(1, 12):02}",
            w=self.pick(_PATH_WORDS), v=self.pick(_PATH_WORDS), n=self.random.randint(100, 99999),
        )  # fmt: skip


_PATH_WORDS = (
    "report", "policy", "statistics", "growth", "climate", "about", "publications", "research",
    "innovation", "energy", "health", "data", "education", "trade", "law", "index", "download",
)  # fmt: skip
_INITIALS = {
    "latin": tuple("ABCDEFGHJKLMNPRSTW"),
    "cyrillic": tuple("АБВГДЕИКЛМНПРСТФ"),
    "han": tuple("明华平志文"),
}


def _article(make: Composer, words: Language) -> Work:
    work = Work("article-journal", make.title(words), make.names(words), date=make.date())
    work.container = make.journal(words)
    make.number(work)
    if make.chance(0.35):
        work.doi = make.doi()
    return work


def _book(make: Composer, words: Language) -> Work:
    publisher, place = make.random.choice(words.publishers)
    work = Work("book", make.title(words), make.names(words, 3), date=make.date(1900))
    work.publisher, work.place = publisher, place
    if make.chance(0.25):
        work.edition = str(make.random.randint(2, 9))
    if make.chance(0.2):
        work.series, work.series_number = make.pick(words.series), str(make.random.randint(1, 300))
    if make.chance(0.12):
        work.translators = make.names(words, 2)
    if make.chance(0.12):
        work.editors, work.authors = work.authors, []
    if make.chance(0.1):
        work.volume = str(make.random.randint(1, 4))
    if make.chance(0.1):
        work.isbn = make.digits("978-#-###-#####-#")
    return work


def _chapter(make: Composer, words: Language) -> Work:
    publisher, place = make.random.choice(words.publishers)
    work = Work("chapter", make.title(words), make.names(words, 4), date=make.date(1930))
    work.container = make.title(words)
    work.editors = make.names(words, 3) if make.chance(0.85) else []
    work.publisher, work.place, work.pages = publisher, place, make.range(700)
    if make.chance(0.15):
        work.edition = str(make.random.randint(2, 5))
    if make.chance(0.15):
        work.volume = str(make.random.randint(1, 12))
    if make.chance(0.15):
        work.series, work.series_number = make.pick(words.series), str(make.random.randint(1, 300))
    return work


def _conference(make: Composer, words: Language) -> Work:
    work = Work("paper-conference", make.title(words), make.names(words), date=make.date(1975))
    ordinal = make.random.randint(2, 40)
    work.container = make.pick(words.conferences).format(
        n=ordinal, nth=f"{ordinal}{_ending(ordinal)}", year=work.year, topic=make.pick(words.topics)
    )
    work.place, work.pages = make.pick(words.places), make.range(900)
    if make.chance(0.5):
        work.publisher = make.pick(_OF_PROCEEDINGS)
    if make.chance(0.15):
        work.series, work.series_number = (
            make.pick(words.series),
            str(make.random.randint(100, 9999)),
        )
    return work


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _thesis(make: Composer, words: Language) -> Work:
    work = Work("thesis", make.title(words), [make.name(words)], date=make.date(1970))
    work.genre = make.pick(words.theses)
    work.publisher, work.place = make.random.choice(words.universities)
    return work


def _report(make: Composer, words: Language) -> Work:
    group = make.chance(0.5)
    work = Work("report", make.title(words), make.names(words, 4), date=make.date(1975))
    work.publisher, work.place = make.random.choice(words.institutions)
    if group:
        work.authors = [Name(make.random.choice(words.institutions)[0], "", is_group=True)]
        work.publisher = "" if make.chance(0.6) else work.publisher
    work.genre, work.number = (
        make.pick(words.reports),
        make.pick(
            (
                make.digits("#####"),
                make.digits("##"),
                make.digits("9#-##"),
                make.digits("TR-###"),
                "",
            )
        ),
    )
    if make.chance(0.35):
        work.url = make.url(words)
    return work


def _newspaper(make: Composer, words: Language) -> Work:
    work = Work("article-newspaper", make.title(words), make.names(words, 2))
    work.date, work.container = make.date(1960, 3), make.pick(words.newspapers)
    if make.chance(0.5):
        work.pages = make.random.choice(
            (
                str(make.random.randint(1, 40)),
                f"A{make.random.randint(1, 30)}",
                f"B{make.random.randint(1, 9)}",
            )
        )
    if make.chance(0.35):
        work.url = make.url(words)
    return work


def _webpage(make: Composer, words: Language) -> Work:
    work = Work("webpage", make.title(words), make.names(words, 2), date=make.date(2000, 3))
    if make.chance(0.6):
        work.authors = [Name(make.random.choice(words.institutions)[0], "", is_group=True)]
    work.url = make.url(words)
    if make.chance(0.5):
        work.container = make.pick(words.newspapers + words.sites)
    if make.chance(0.5):
        work.date = work.date[:1]
    return work


def _preprint(make: Composer, words: Language) -> Work:
    work = Work("article", make.title(words), make.names(words), date=make.date(1995))
    number = f"{make.random.randint(8, 25):02}{make.random.randint(1, 12):02}.#####"
    work.arxiv = make.digits(make.pick((number, number, number, "hep-th/9#0####", "math/0#0####")))
    work.container = "arXiv"
    return work


def _standard(make: Composer, words: Language) -> Work:
    group = Name(make.pick(_STANDARD_BODIES), is_group=True)
    work = Work("standard", make.title(words), [group], date=make.date(1985))
    work.number = make.digits(make.pick(_STANDARDS)).format(year=work.year)
    work.publisher, work.place = make.random.choice(_STANDARD_PUBLISHERS)
    return work


def _patent(make: Composer, words: Language) -> Work:
    work = Work("patent", make.title(words), make.names(words, 4), date=make.date(1970, 3))
    work.number = make.digits(make.pick(_PATENTS))
    work.genre = "patent"
    return work


_OF_PROCEEDINGS = (
    "IEEE", "ACM", "Springer", "AAAI Press", "Elsevier", "IOS Press", "SPIE", "CEUR-WS.org",
    "USENIX Association", "IEEE Computer Society", "Association for Computing Machinery",
)  # fmt: skip
_STANDARDS = (
    "ISO ####:{year}", "ISO/IEC #####-#:{year}", "DIN EN ####", "ASTM D####-##", "DIN ####-#",
    "IEEE Std 80#.1-{year}", "IEC 6####-#", "EN ####-#:{year}", "NF X50-##", "BS ####",
)  # fmt: skip
_STANDARD_BODIES = (
    "ISO", "DIN", "ASTM International", "International Organization for Standardization", "IEEE",
    "CEN", "IEC", "American National Standards Institute",
)  # fmt: skip
_STANDARD_PUBLISHERS = (
    ("ISO", "Geneva"), ("Beuth", "Berlin"), ("ASTM International", "West Conshohocken, PA"),
    ("IEEE", "New York"), ("", ""),
)  # fmt: skip
_PATENTS = (
    "U.S. Patent #,###,###", "US Patent #######", "US#######B2", "EP ####### A1", "WO 201#/######",
    "DE 10 2### ### ### A1", "CN10#######A", "JP 201#-######", "U.S. Patent No. #,###,###",
)  # fmt: skip
_KINDS = {
    "article": (_article, 46), "book": (_book, 16), "chapter": (_chapter, 14),
    "conference": (_conference, 7), "thesis": (_thesis, 4), "report": (_report, 4),
    "newspaper": (_newspaper, 3), "webpage": (_webpage, 4), "preprint": (_preprint, 3),
    "standard": (_standard, 1), "patent": (_patent, 1),
}  # fmt: skip
_CODES = ("en", "de", "fr", "es", "it", "pt", "pl", "ru")
_SHARES = (44, 12, 12, 9, 6, 7, 4, 6)
