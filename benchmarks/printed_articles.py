"""Print articles in JATS as the plain text that a reader would hold, links kept apart.

The links of the XML (``xref`` to ``ref``) say what each citation names. A private sign stands
before each citation while the text is laid out, and is taken out with its place noted.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree
from printed_references import FORMATS, Reference, apa, sort_key, vancouver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["LAYOUTS", "STYLES", "Article", "Printed", "Reference", "print_article", "read_article"]

SIGN = 0xF0000
CITE = "\ue000(\\d+)\ue001"
GROUP = re.compile(rf"\[?{CITE}\]?(?:\s*[,;–—-]\s*\[?{CITE}\]?)*")
NAMED_GROUP = re.compile(rf"\(((?:see |e\.g\., )?{CITE}(?:; ?{CITE})*)\)|{CITE}")
ONE = re.compile(rf"(?P<dash>[–—-])?\s*\[?{CITE}")
RAISED = str.maketrans("0123456789+-−–n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ⁽⁾")
BLOCKS = {
    "fig",
    "table-wrap",
    "disp-formula",
    "list",
    "boxed-text",
    "disp-quote",
    "fig-group",
    "supplementary-material",
    "disp-formula-group",
    "media",
}
LINKING_TEXT = "by of in from to with than and see"
LINKING = frozenset(LINKING_TEXT.split())
PAIR, LONG_WORD, LEAST = 2, 6, 3


@dataclass
class Article:
    """An article: its head, its blocks as (kind, text), its citations, its references."""

    title: str
    people: list[str]
    blocks: list[tuple[str, str]] = field(default_factory=list)
    cites: list[tuple[list[str], str]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    by_number: bool = True


@dataclass
class Printed:
    """A text, where it cites what, and its references as printed, in order, with their keys."""

    text: str
    links: list[tuple[int, str]]
    references: list[tuple[str, str]]


# -- read ----------------------------------------------------------------------------------


def read_article(path: Path) -> Article | None:
    """Read an article; None where it has no linked citations."""
    root = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True)).getroot()
    if root.tag != "article":
        return None
    front = root.find("front/article-meta")
    names = front.findall("contrib-group/contrib[@contrib-type='author']/name")
    article = Article(
        plain(front.find("title-group/article-title")),
        [f"{name.findtext('given-names')} {name.findtext('surname')}" for name in names],
    )
    article.references = [
        read_reference(one, at) for at, one in enumerate(root.findall("back//ref-list//ref"), 1)
    ]
    abstract = front.find("abstract")
    if abstract is not None:
        article.blocks.append(("heading", "Abstract"))
        walk(abstract, article)
    walk(root.find("body"), article)
    for ack in root.findall("back/ack"):
        article.blocks.append(("heading", "Acknowledgments"))
        walk(ack, article)
    numbered = sum(text.strip("[]() ").isdigit() for _, text in article.cites)
    article.by_number = numbered * 2 > len(article.cites)
    return article if article.cites else None


def plain(element: etree._Element | None) -> str:
    """Text of an element on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def read_reference(element: etree._Element, number: int) -> Reference:
    """Read the fields of a reference."""
    cited = next(one for one in element if one.tag.endswith("citation"))
    group = cited.find("person-group[@person-group-type='author']")
    holder = group if group is not None else cited
    people = [
        (plain(name.find("surname")), plain(name.find("given-names")))
        for name in holder.findall("name") + holder.findall("string-name")
    ]
    first, last = plain(cited.find("fpage")), plain(cited.find("lpage"))
    pages = f"{first}–{last}" if first and last and first != last else first
    volume = plain(cited.find("volume"))
    publisher = ", ".join(
        text for tag in ("publisher-loc", "publisher-name") if (text := plain(cited.find(tag)))
    )
    return Reference(
        key=element.get("id") or str(number),
        number=number,
        people=[one for one in people if one[0]],
        group=plain(holder.find("collab")) or plain(cited.find("collab")),
        year=plain(cited.find("year"))[:4],
        letter=plain(cited.find("year"))[4:5],
        text=plain(cited),
        title=plain(cited.find("article-title")).rstrip("."),
        source=plain(cited.find("source")).rstrip("."),
        place=f"{volume}: {pages}" if volume and pages else volume or pages or publisher,
    )


def walk(element: etree._Element | None, article: Article) -> None:
    """Add the blocks of an element."""
    for child in element if element is not None else []:
        if not isinstance(child.tag, str):
            continue
        if child.tag == "title":
            article.blocks.append(("heading", flat(child, article).strip()))
        elif child.tag == "p":
            paragraph(child, article)
        elif child.tag == "disp-formula":
            label = plain(child.find("label")).strip("()") or "1"
            article.blocks.append(("text", f"y = a + bx ({label})"))
        elif child.tag == "table":
            rows = (flat(row, article, " ") for row in child.iter("tr"))
            article.blocks += [("text", row.strip()) for row in rows if row.strip()]
        elif child.tag in {"fig", "table-wrap", "supplementary-material", "media"}:
            label = plain(child.find("label"))
            caption = child.find("caption")
            shown = flat(caption, article).strip() if caption is not None else ""
            if shown:
                article.blocks.append(("text", f"{label} {shown}".strip()))
            for table in child.iter("table"):
                walk_table(table, article)
        else:
            walk(child, article)


def walk_table(table: etree._Element, article: Article) -> None:
    """Add the rows of a table, one a block."""
    for row in table.iter("tr"):
        cells = [flat(cell, article).strip() for cell in row]
        if any(cells):
            article.blocks.append(("text", "\t".join(cells)))


def paragraph(element: etree._Element, article: Article) -> None:
    """Add a paragraph, cut at the figures, formulas and lists in it."""
    text = element.text or ""
    for child in element:
        if child.tag in BLOCKS:
            keep(text, article)
            holder = etree.Element("holder")
            holder.extend([etree.fromstring(etree.tostring(child, with_tail=False))])
            walk(holder, article)
            text = child.tail or ""
        else:
            text += inline(child, article) + (child.tail or "")
    keep(text, article)


def keep(text: str, article: Article) -> None:
    """Add a block of text that is not empty."""
    text = " ".join(text.split())
    if text.strip(" .,"):
        article.blocks.append(("text", text))


def flat(element: etree._Element, article: Article, gap: str = "") -> str:
    """Text of an element with its citations."""
    parts = [element.text or ""]
    for child in element:
        parts += [gap, inline(child, article), child.tail or ""]
    return " ".join("".join(parts).split())


def inline(element: etree._Element, article: Article) -> str:
    """Text of an element within a paragraph."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "xref" and element.get("ref-type") == "bibr":
        article.cites.append(((element.get("rid") or "").split(), plain(element)))
        return f"\ue000{len(article.cites) - 1}\ue001"
    if "math" in element.tag or element.tag in {"inline-formula", "inline-graphic"}:
        return "x"
    if element.tag == "sup" and not element.findall(".//xref"):
        text = "".join(element.itertext())
        raised = text.translate(RAISED)
        return raised if all(not one.isdigit() or one in "⁰¹²³⁴⁵⁶⁷⁸⁹" for one in raised) else text
    text = element.text or ""
    return text + "".join(inline(child, article) + (child.tail or "") for child in element)


# -- print citations -----------------------------------------------------------------------


class Citing:
    """Prints the citations of an article in one style."""

    def __init__(self, article: Article, style: str) -> None:
        self.article, self.style = article, style
        self.of = {one.key: one for one in article.references}
        self.links: list[list[str]] = []
        self.count = 0
        names = {one.people[0] for one in article.references if one.people}
        families = [family for family, _ in names]
        self.shared = {family for family in families if families.count(family) > 1}
        if style in {"apa", "harvard", "chicago"}:
            self.set_letters()
        elif style != "printed":
            for one in article.references:
                one.letter = ""

    def set_letters(self) -> None:
        """Give a, b, … to the references that would be cited alike."""
        same: dict[tuple[str, str], list[Reference]] = {}
        for one in sorted(self.article.references, key=sort_key):
            same.setdefault((self.names(one), one.year), []).append(one)
        for group in same.values():
            for at, one in enumerate(group):
                one.letter = "abcdefghijklmnopqrstuvwxyz-"[min(at, 26)] if len(group) > 1 else ""

    def sign(self, keys: list[str]) -> str:
        """Make the private sign of a link to some references."""
        self.links.append([key for key in keys if key in self.of])
        return chr(SIGN + len(self.links) - 1)

    def block(self, text: str) -> str:
        """Print the citations of one block."""
        if self.style == "printed":
            return (
                re.sub(CITE, self.as_printed, text)
                if not self.article.by_number
                else (GROUP.sub(self.numbers_as_printed, text))
            )
        pattern = GROUP if self.article.by_number else NAMED_GROUP
        out, end = "", 0
        for match in pattern.finditer(text):
            out += text[end : match.start()]
            keys = self.keys_of(match[0])
            if self.style in {"apa", "harvard", "chicago"}:
                out += self.named(out, keys)
            else:
                out = self.numbered(out, match, keys)
            end = match.end()
        return out + text[end:]

    def as_printed(self, match: re.Match[str]) -> str:
        """Print one citation as in the XML."""
        keys, shown = self.article.cites[int(match[1])]
        return f"{self.sign(keys)}{shown}"

    def numbers_as_printed(self, match: re.Match[str]) -> str:
        """Print a group of numbers as in the XML; the inner ones of a range go with its last."""
        keys = self.keys_of(match[0])
        own = {key for at in re.findall(CITE, match[0]) for key in self.article.cites[int(at)][0]}
        filled = [key for key in keys if key not in own]
        if len(own) == 1:
            text = re.sub(CITE, lambda one: self.article.cites[int(one[1])][1], match[0])
            return f"{self.sign(keys)}{text}"

        def shown(one: re.Match[str]) -> str:
            cited, text = self.article.cites[int(one[1])]
            before: list[str] = []
            while filled and cited and keys.index(filled[0]) < self.place(keys, cited[0]):
                before.append(filled.pop(0))
            return f"{self.sign([*before, *cited])}{text}"

        return re.sub(CITE, shown, match[0])

    def place(self, keys: list[str], key: str) -> int:
        """Place of a reference in a group; that of none is the first."""
        return keys.index(key) if key in keys else 0

    def keys_of(self, group: str) -> list[str]:
        """Keys of all references that a group names, ranges filled."""
        keys: list[str] = []
        for one in ONE.finditer(group):
            own, text = self.article.cites[int(one[2])]
            if len(own) == 1 and (both := re.fullmatch(r"\[?(\d+)[–-](\d+)\]?", text)):
                own = [ref.key for ref in self.article.references[int(both[1]) - 1 : int(both[2])]]
            if one["dash"] and keys and keys[-1] in self.of and own and own[0] in self.of:
                first, last = self.of[keys[-1]].number, self.of[own[0]].number
                keys += [ref.key for ref in self.article.references[first : last - 1]]
            keys += own
        return list(dict.fromkeys(key for key in keys if key in self.of))

    # -- numbers

    def numbered(self, before: str, match: re.Match[str], keys: list[str]) -> str:
        """Print a group as numbers behind what stands before it."""
        if not self.article.by_number and not match[0].startswith("("):
            shown = self.article.cites[int(re.findall(CITE, match[0])[0])][1]
            before += re.sub(r",? ?\(?\d{4}[a-z]?\)?$", "", shown) + " "
        figures = ranges(sorted(self.of[key].number for key in keys))
        sign = self.sign(keys)
        if not figures:
            return before
        if self.style in {"superscript", "glued"}:
            before = before.rstrip()
            joined = ",".join(figures)
            raised = joined.translate(RAISED) if self.style == "superscript" else joined
            return f"{before}{sign}{raised}"
        if self.style == "caret":
            return f"{before.rstrip()}{sign}^[{','.join(figures)}]"
        opening, closing = {"bracket": "[]", "parenthesis": "()"}[self.style]
        gap = "" if before.endswith((" ", "(")) or not before else " "
        return f"{before}{gap}{sign}{opening}{', '.join(figures)}{closing}"

    # -- names and years

    def names(self, one: Reference) -> str:
        """Print the names by which a reference is cited."""
        if not one.people:
            return one.group or " ".join((one.title or one.source).split()[:4])
        families = [family for family, _ in one.people]
        if self.style == "apa" and families[0] in self.shared and one.people[0][1]:
            families[0] = f"{one.people[0][1][0]}. {families[0]}"
        if len(families) == 1:
            return families[0]
        if len(families) > PAIR:
            return f"{families[0]} et al."
        return f"{families[0]} {'&' if self.style == 'apa' else 'and'} {families[1]}"

    def named(self, before: str, keys: list[str]) -> str:
        """Print a group by names and years."""
        refs = [self.of[key] for key in keys]
        refs = [one for one in refs if one.can_be_named]
        if not refs:
            return ""
        self.count += 1
        word = before.rsplit(maxsplit=1)[-1].casefold() if before.strip() else ""
        open_at = before.rfind("(") > before.rfind(")")
        gap = "" if before.endswith((" ", "(")) or not before else " "
        if len(refs) <= PAIR and not open_at:
            if word in LINKING:
                return gap + " and ".join(self.narrative(one) for one in refs)
            if self.count % 9 == 0:
                one = self.narrative(refs[0], possessive=True)
                rest = f"; {self.listed(refs[1:])}" if refs[1:] else ""
                return f"{gap}as in {one} work" + (f" ({rest[2:]})" if rest else "")
        lead = {0: "see also ", 1: "e.g., ", 2: "cf. "}.get(self.count % 11, "")
        tail = ", p. 12" if self.count % 13 == 0 else ""
        inner = f"{lead}{self.listed(refs)}{tail}"
        return f"{gap}{inner}" if open_at else f"{gap}({inner})"

    def narrative(self, one: Reference, *, possessive: bool = False) -> str:
        """Print ``Smith and Lee (2019)``."""
        names = self.names(one).replace(" & ", " and ") + ("’s" if possessive else "")
        return f"{self.sign([one.key])}{names} ({one.year or 'n.d.'}{one.letter})"

    def listed(self, refs: list[Reference]) -> str:
        """Print ``Smith & Lee, 2019a, 2020; Wu et al., 2021``."""
        comma = ", " if self.style == "apa" else " "
        parts: list[str] = []
        last: str | None = None
        for one in sorted(refs, key=sort_key):
            names = self.names(one)
            year = f"{one.year or 'n.d.'}{one.letter}"
            sign = self.sign([one.key])
            if names == last:
                parts[-1] += f", {sign}{year}"
            else:
                parts.append(f"{sign}{names}{comma}{year}")
            last = names
        return "; ".join(parts)


def ranges(numbers: list[int]) -> list[str]:
    """Print 1, 2, 3, 5 as 1–3, 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]}–{run[-1]}"] if len(run) > PAIR else [str(number) for number in run]
    return shown


# -- print references and lay out ----------------------------------------------------------


LABELS = {"superscript": "{}. ", "glued": "{} ", "parenthesis": "({}) ", "caret": "{}) "}
STYLES = (
    "printed",
    "bracket",
    "caret",
    "superscript",
    "parenthesis",
    "glued",
    "apa",
    "harvard",
    "chicago",
)


def print_article(article: Article, style: str, layout: str) -> Printed:
    """Print an article in a style of citing and a layout."""
    citing = Citing(article, style)
    named = style in {"apa", "harvard", "chicago"} or (style == "printed" and not article.by_number)
    listed = sorted(article.references, key=sort_key) if named else article.references
    shape = FORMATS.get(style, apa if named else vancouver)
    shown = [(one.key, shape(one)) for one in listed]
    blocks = [("heading", article.title), ("text", ", ".join(article.people))]
    blocks += [(kind, citing.block(text)) for kind, text in article.blocks]
    blocks = [(kind, text) for kind, text in blocks if text]
    texts = [text for _, text in shown]
    if not named:
        mark = LABELS.get(style, "[{}] ")
        texts = [mark.format(at) + text for at, text in enumerate(texts, 1)]
    tail = [("heading", "Author Contributions"), ("text", "Wrote the paper: all of the authors.")]
    text, links = unsigned(LAYOUTS[layout](blocks, texts, tail), citing.links)
    return Printed(text, links, shown)


def unsigned(text: str, links: list[list[str]]) -> tuple[str, list[tuple[int, str]]]:
    """Take the private signs out and note where they stood."""
    found: list[tuple[int, str]] = []
    parts: list[str] = []
    length = end = 0
    for match in re.finditer("[\U000f0000-\U000fffff]", text):
        parts.append(text[end : match.start()])
        length += match.start() - end
        end = match.end()
        found += [(length, key) for key in links[ord(match[0]) - SIGN]]
    parts.append(text[end:])
    return "".join(parts), found


Blocks = list[tuple[str, str]]


def open_lines(blocks: Blocks, references: list[str], tail: Blocks) -> str:
    """Lay out with one line a paragraph and a reference."""
    parts = [text for _, text in blocks]
    parts += ["References", "\n".join(references), *(text for _, text in tail)]
    return "\n\n".join(parts) + "\n"


def pages(blocks: Blocks, references: list[str], tail: Blocks) -> str:
    """Lay out in pages of 80 columns with headers, broken words and hanging references."""
    lines: list[str] = []
    for _, text in blocks:
        lines += [*broken(text, 80), ""]
    lines += ["References", ""]
    for text in references:
        first, *rest = broken(text, 76)
        lines += [first, *(f"    {line}" for line in rest)]
    lines.append("")
    for _, text in tail:
        lines += [*broken(text, 80), ""]
    return paged(lines, 46)


def parted(blocks: Blocks, references: list[str], tail: Blocks) -> str:
    """Lay out in lines of 72 signs with a blank line between references."""
    parts = [broken(text, 72) for _, text in blocks] + [["References"]]
    parts += [broken(text, 72) for text in references] + [broken(text, 72) for _, text in tail]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def columns(blocks: Blocks, references: list[str], tail: Blocks) -> str:
    """Lay out in narrow columns without blank lines, as the text of a PDF."""
    lines: list[str] = []
    for _, text in blocks:
        lines += broken(text, 52)
    lines.append("References")
    for text in references:
        lines += broken(text, 52)
    for _, text in tail:
        lines += broken(text, 52)
    return paged(lines, 104)


def broken(text: str, width: int) -> list[str]:
    """Wrap a text, long words broken with a hyphen."""
    lines = textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)
    for at in range(len(lines) - 1):
        word, _, rest = lines[at + 1].partition(" ")
        room = width - len(lines[at]) - 2
        if (
            word.isalpha()
            and word.isascii()
            and word.islower()
            and len(word) > LONG_WORD
            and room >= LEAST
        ):
            cut = min(room, len(word) - 3)
            lines[at] += f" {word[:cut]}-"
            lines[at + 1] = f"{word[cut:]} {rest}".rstrip()
    return lines


def paged(lines: list[str], n_lines: int) -> str:
    """Part lines into pages with a running header and a number."""
    out = []
    for page, begin in enumerate(range(0, len(lines), n_lines), 1):
        own = "\n".join(lines[begin : begin + n_lines])
        out.append(f"Journal of Printed Articles 12 (2014)\n{own}\n{page}\n")
    return "\f".join(out)


LAYOUTS: dict[str, Callable[[Blocks, list[str], Blocks], str]] = {
    "lines": open_lines,
    "pages": pages,
    "parted": parted,
    "columns": columns,
}


def articles_of(folder: Path) -> Iterator[tuple[str, Article]]:
    """Read all articles of a folder."""
    for path in sorted(folder.glob("*.xml")):
        article = read_article(path)
        if article is not None:
            yield path.stem, article
