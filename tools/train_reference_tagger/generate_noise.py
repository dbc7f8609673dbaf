"""What happens to references in real lists: labels, lost blanks, hyphens at line ends, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generate_marks import ANY_MARK, CLOSING, mark

if TYPE_CHECKING:
    from random import Random

_NUMBERS = ("[{}]", "[{}]", "{}.", "{}.", "({})", "{}", "{})")
_NOTES = (
    "[PubMed]", "[CrossRef]", "[CrossRef] [PubMed]", "[Google Scholar]", "Google Scholar",
    "[Google Scholar] [CrossRef]", "(in Chinese)", "(in Russian)", "[In Chinese]", "(in press)",
    "(In German)", "(with English abstract)", "Reprint", "[DOI]", "[MEDLINE]",
)  # fmt: skip
_MONTHS = "January February March April May June July August September October November December"
_LONG_WORD = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[a-zà-ÿ]{4})")
_DASHES = ("-", "–", "–", "-", "--", "—", "‐", "−", " – ", " - ")
_LIGATURES = {"ffi": "ﬃ", "fi": "ﬁ", "fl": "ﬂ"}
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def chance(random: Random, share: float) -> bool:
    """Say yes so often."""
    return random.random() < share


def add_label(random: Random, text: str, form: str) -> str:
    """Put the number of the reference before it."""
    return f"{mark('citation-number', form.format(random.randint(1, 160)))} {text}"


def label_form(random: Random) -> str:
    """Choose how numbers look."""
    return random.choice(_NUMBERS)


def add_noise(random: Random, text: str) -> str:
    """Give a reference the faults and leftovers of lists in print; most stay as they are."""
    text = _with_note(random, text)
    if chance(random, 0.5):
        text = text.translate(_QUOTES)
    if chance(random, 0.25):
        text = _other_dash(random, text)
    for change, share in _CHANGES:
        if chance(random, share):
            text = change(random, text)
    return text


def tidy(text: str) -> str:
    """Take out doubled signs and blanks that arise where values meet."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(rf" ({ANY_MARK}) ", r" \1", text)
    text = re.sub(rf"([.,;:])({ANY_MARK}*)[.](?=\s|$|{ANY_MARK})", r"\1\2", text)
    text = re.sub(rf"([.,;:])(\s?{ANY_MARK}*)\s?\1(?=\s|$|{ANY_MARK})", r"\1\2", text)
    text = re.sub(rf"[,;:]({ANY_MARK}*)\s\.(?=\s|$)", r"\1.", text)
    text = re.sub(rf"([?!…])({CLOSING}[”\"»’]?)\.", r"\1\2", text)
    return re.sub(r"\( ?\)|\[ ?\]", "", text).strip()


def _with_note(random: Random, text: str) -> str:
    if chance(random, 0.03):
        return text + " " + mark("note", random.choice(_NOTES))
    if chance(random, 0.005):
        return f"{text} PMID: {random.randint(1000000, 38999999)}"
    if "http" in text and chance(random, 0.05):
        month = random.choice(_MONTHS.split())
        day, year = random.randint(1, 28), random.randint(2005, 2025)
        form = random.choice(
            ("(accessed {d} {m} {y})", "Accessed {d} {m} {y}.", "[Accessed {m} {d}, {y}]",
             "(last accessed {d} {m} {y}).", "Retrieved {m} {d}, {y}.", "[cited {y} {m} {d}]")
        )  # fmt: skip
        return text + " " + mark("note", form.format(d=day, m=month, y=year))
    return text


def _other_dash(random: Random, text: str) -> str:
    """Print the range of pages with another dash."""
    dash = random.choice(_DASHES)
    opening = mark("pages", "x")[0]
    return re.sub(
        rf"({opening}[^{CLOSING}]*?\w)\s?[-–—]\s?(\w)",
        lambda found: found[1] + dash + found[2],
        text,
    )


def _hyphen(random: Random, text: str) -> str:
    places = [found.start() for found in _LONG_WORD.finditer(_without_links(text))]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + random.choice(("- ", "- ", "-")) + text[place:]


def _without_links(text: str) -> str:
    """Blank out addresses, so that places stay what they are."""
    links = rf"[{mark('doi', 'x')[0]}{mark('url', 'x')[0]}][^{CLOSING}]*"
    return re.sub(links, lambda found: " " * len(found[0]), text)


def _lost_blank(random: Random, text: str) -> str:
    places = [found.end() for found in re.finditer(rf"[.,;:){CLOSING}](?= )", text)]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + text[place + 1 :]


def _lost_blanks(random: Random, text: str) -> str:
    return re.sub(r"(?<=[.,;:]) ", lambda _: random.choice(("", " ")), text)


def _blank_before_sign(random: Random, text: str) -> str:
    return re.sub(
        rf"(?<=\w)({CLOSING}?)([,.;:])(?= )",
        lambda found: found[1] + random.choice((" ", "")) + found[2],
        text,
    )


def _no_end(_: Random, text: str) -> str:
    return text.rstrip(". ")


def _ligature(_: Random, text: str) -> str:
    for plain, joined in _LIGATURES.items():
        text = text.replace(plain, joined)
    return text


def _upper_title(_: Random, text: str) -> str:
    opening = mark("title", "x")[0]
    return re.sub(rf"{opening}[^{CLOSING}]+", lambda found: found[0].upper(), text, count=1)


def _upper_authors(_: Random, text: str) -> str:
    opening = mark("author", "x")[0]
    return re.sub(
        rf"{opening}[^{CLOSING}]+",
        lambda found: re.sub(r"\b[A-ZÀ-Þ][a-zà-ÿ]{2,}", lambda word: word[0].upper(), found[0]),
        text,
        count=1,
    )


def _open_end(random: Random, text: str) -> str:
    return text + random.choice((";", ",", " .", ".,", " (", " 3"))


def _italics(random: Random, text: str) -> str:
    opening = mark("container", "x")[0]
    return re.sub(rf"({opening}[^{CLOSING}]+{CLOSING})", random.choice((r"*\1*", r"_\1_")), text)


_CHANGES = (
    (_hyphen, 0.05), (_lost_blank, 0.06), (_lost_blanks, 0.015), (_blank_before_sign, 0.015),
    (_no_end, 0.12), (_ligature, 0.01), (_upper_title, 0.015), (_upper_authors, 0.04),
    (_open_end, 0.01), (_italics, 0.01),
)  # fmt: skip
