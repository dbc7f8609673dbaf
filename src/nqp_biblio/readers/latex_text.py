"""The running text of a LaTeX paper: its paragraphs, sections and citation commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nqp_biblio.readers.tagged_text import Cite, CitingParagraph, RunningText
from nqp_biblio.readers.tex_groups import argument_at, without_comments
from nqp_biblio.text.latex import decode_latex
from nqp_biblio.text.unicode import clean_text

__all__ = ["LatexText", "masked", "plain_tex", "read_macros", "read_paragraphs"]

_UNREAD = re.compile(
    r"\\begin\s{0,5}\{(filecontents\*?|verbatim\*?|lstlisting|comment|thebibliography|minted"
    r"|Verbatim)\}(?P<body>.*?)(?:\\end\s{0,5}\{\1\}|\Z)",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"\\(?P<section>part|chapter|(?:sub){0,2}section|paragraph)\*?(?![A-Za-z])"
    r"|\\(?P<aside>footnote|footnotetext|thanks|caption|endnote)(?![A-Za-z])"
    r"|\\(?P<cite>[A-Za-z]{0,30}[cC]ite[A-Za-z]{0,30}|nocite|citation)\*?(?=\s{0,5}[\[({])"
    r"|(?P<break>\\(?:begin|end)\s{0,5}\{[A-Za-z*]{1,40}\}|\\(?:par|item|maketitle|appendix)(?![A-Za-z])"
    r"|\n[ \t]*\n|\\\\)"
)
_NOT_CITING_TEXT = """
    setcitestyle citestyle DeclareCiteCommand citereset bibcite mciteSetMidEndSepPunct
    DeclareMultiCiteCommand defcitealias citesetup setcite newcites renewcite AtEveryCite
    AtEveryCitekey citenumfont citeform AtNextCite AtNextCitekey citation
    """
_NOT_CITING = frozenset(_NOT_CITING_TEXT.split())
_DEPTH = {
    "part": None,
    "chapter": 0,
    "section": 1,
    "subsection": 2,
    "subsubsection": 3,
    "paragraph": None,
}
_INLINE = re.compile(
    r"\\(?:begin|end)\s{0,5}\{(?:equation|align|displaymath|math|eqnarray|gather|multline|small|center"
    r"|flushleft|quote|document)\*?\}"
)
_DROPPED = re.compile(
    r"\\(?:label|vspace|hspace|index|includegraphics|input|include|bibliographystyle|bibliography"
    r"|addbibresource|renewcommand|setlength|color|cellcolor|thispagestyle|pagestyle|markboth"
    r"|printbibliography|hline|centering|toprule|midrule|bottomrule|noindent|clearpage|newpage"
    r"|usepackage|graphicspath|footnotemark)\*?(?![A-Za-z])(?:\s{0,3}\[[^\[\]]{0,300}\]){0,3}"
    r"(?:\s{0,3}\{[^{}]{0,300}\}){0,2}"
)
_FORM = re.compile(
    r"\\(?:makecell|multirow|multicolumn|arrayrulecolor|rowcolor|cmidrule|cline|textcolor)"
    r"(?:\s{0,3}[\[(][^\[\]()]{0,100}[\])]){0,2}(?:\{[^{}]{0,60}\}){0,2}(?=\s{0,3}[{\\])"
)
_REFERENCE = re.compile(r"\\(?:auto|c|C|eq|page|name|v)?ref\*?\s{0,3}\{([^{}]{1,200})\}")
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|providecommand|renewcommand|def)\*?\s{0,3}\{?\\([A-Za-z]{1,40})\}?"
    r"(?=\s{0,3}\{)"
)
_USE = re.compile(r"\\([A-Za-z]{1,40})(?![A-Za-z])(?:\{\}|\\?(?= ))?")
_XSPACE = re.compile(r"\\xspace(?![A-Za-z])")
_CITE = re.compile(
    r"\\[A-Za-z]{0,30}[cC]ite[A-Za-z]{0,30}\*?(?:\s{0,3}\[[^\[\]]{0,300}\]){0,2}"
    r"\s{0,3}\{[^{}]{0,2000}\}"
)
_TABLES = frozenset({"tabular", "tabular*", "tabularx", "tabulary", "longtable", "tabu"})
_FORMED = re.compile(
    r"\\(begin|end)\s{0,5}\{(tabular[xy*]?|longtable|tabu|minipage|wrapfigure|wraptable|figure\*?"
    r"|table\*?|itemize|enumerate|adjustbox|multicols|array|algorithm)\}"
)
_NOTES = frozenset({"footnote", "endnote"})
_MAX_DEPTH = 8
_MAX_MACRO = 300
_EMPTY_GROUP = re.compile(r"\{\s*\}")
_TABLE = re.compile(r"(?<!\\)&")


@dataclass(slots=True)
class LatexText:
    r"""What the text of a paper holds.

    Attributes
    ----------
    paragraphs : list of CitingParagraph
        In the order of the file; a footnote follows its paragraph.
    uncited : list of str
        Keys of ``\nocite``, which stand in the list only.
    notes : list of (text, offset)
        The footnotes with a mark in the text, and where they begin in the file, from 0.
    """

    paragraphs: list[CitingParagraph] = field(default_factory=list)
    uncited: list[str] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)


def masked(text: str) -> str:
    """Write blanks over comments, code and lists, so that the rest keeps its place."""
    return _UNREAD.sub(lambda found: " " * len(found[0]), without_comments(text))


def read_macros(text: str) -> dict[str, str]:
    """Return what the macros without arguments print, which the file defines."""
    macros: dict[str, str] = {}
    for found in _DEFINITION.finditer(text):
        body = argument_at(text, found.end())
        if body is not None and len(body[0]) <= _MAX_MACRO and "#" not in body[0]:
            macros[found[1]] = _XSPACE.sub("", body[0])
    return macros


def plain_tex(text: str, macros: dict[str, str]) -> str:
    """Turn a piece of a paper's source into what it prints, as far as is known."""
    text = _FORM.sub(" ", _DROPPED.sub(" ", _INLINE.sub(" ", text)))
    text = _REFERENCE.sub(r"\1", text)
    text = _USE.sub(lambda found: macros.get(found[1], found[0]), text)
    text = _TABLE.sub(" | ", text) if "&" in text else text
    return decode_latex(_EMPTY_GROUP.sub("", text))


def read_paragraphs(text: str, macros: dict[str, str], *, marks_notes: bool = False) -> LatexText:
    r"""Read the paragraphs of a paper.

    Parameters
    ----------
    text : str
        Its source, masked.
    macros : dict of str to str
        What its own macros print.
    marks_notes : bool
        Whether footnotes have a mark in the text, ``^1``, which is a citation of ``1``.

    Returns
    -------
    LatexText
        The marker of a citation is its command as written: ``\citep[see][]{roe,doe}``.
    """
    begin = text.find("\\begin{document}")
    begin = 0 if begin < 0 else begin + len("\\begin{document}")
    end = text.find("\\end{document}", begin)
    walker = _Walker(text, macros, marks_notes=marks_notes)
    walker.walk(begin, len(text) if end < 0 else end)
    return walker.found


class _Walker:
    """Goes through the source once, from the first character to the last."""

    def __init__(self, text: str, macros: dict[str, str], *, marks_notes: bool) -> None:
        self.found = LatexText()
        self._marks_notes = marks_notes
        self._text = text
        self._macros = macros
        self._section: str | None = None
        self._counters = [0, 0, 0, 0]
        self._is_appendix = False
        self._plain = RunningText()
        self._table = 0
        self._cites: list[Cite] = []
        self._waiting: list[tuple[int, int]] = []
        self._depth = 0

    def walk(self, begin: int, end: int) -> None:
        """Take a stretch of the source."""
        self._depth += 1
        at = begin
        while (token := _TOKEN.search(self._text, at, end)) is not None:
            if token["break"] and _INLINE.fullmatch(token[0]):
                self._add(self._text[at : token.start()] + " ")
                at = token.end()
                continue
            self._add(self._text[at : token.start()])
            at = min(self._take(token), end)
        self._add(self._text[at:end])
        self._end_paragraph()
        self._depth -= 1

    def _take(self, token: re.Match[str]) -> int:
        """Take one command; return where the text goes on."""
        if token["section"]:
            return self._begin_section(token)
        if token["aside"]:
            optional = argument_at(self._text, token.end(), "[")
            inner = argument_at(self._text, optional[1] if optional else token.end())
            if inner is None:
                return token.end()
            if self._marks_notes and token["aside"] in _NOTES:
                self._mark_note(inner[0], token.start())
            if self._depth < _MAX_DEPTH:
                self._waiting.append((inner[1] - 1 - len(inner[0]), inner[1] - 1))
            return inner[1]
        if token["cite"]:
            return self._cite(token)
        if token[0] == "\\appendix":
            self._is_appendix, self._counters = True, [0, 0, 0, 0]
        if token[0] == "\\\\" and not self._table:
            self._plain.add(" ")
        else:
            self._end_paragraph()
        return self._after_environment(token)

    def _mark_note(self, inner: str, offset: int) -> None:
        """Put the mark of a footnote into the text, and keep what the note prints."""
        self.found.notes.append((clean_text(plain_tex(inner, self._macros)), offset))
        number = str(len(self.found.notes))
        start = self._plain.length
        self._plain.add(f"^{number}")
        self._cites.append(Cite(start + 1, self._plain.length, (number,), offset))

    def _after_environment(self, token: re.Match[str]) -> int:
        """Leave the arguments of an environment out, and tell where tables are."""
        found = _FORMED.fullmatch(token[0])
        if found is None:
            return token.end()
        self._table += {"begin": 1, "end": -1}[found[1]] * (found[2] in _TABLES)
        at = token.end()
        if found[1] == "begin":
            while argument := argument_at(self._text, at, "[") or argument_at(self._text, at):
                at = argument[1]
        return at

    def _begin_section(self, token: re.Match[str]) -> int:
        """Begin a section."""
        optional = argument_at(self._text, token.end(), "[")
        title = argument_at(self._text, optional[1] if optional else token.end())
        if title is None:
            return token.end()
        self._end_paragraph()
        number = "" if token[0].endswith("*") else self._next_number(token["section"])
        heading = clean_text(plain_tex(_CITE.sub(" ", title[0]), self._macros))
        self._section = f"{number} {heading}".strip() or None
        begin = title[1] - 1 - len(title[0])
        if self._depth < _MAX_DEPTH and any(
            one["cite"] for one in _TOKEN.finditer(self._text, begin, title[1] - 1)
        ):
            self.walk(begin, title[1] - 1)
        return title[1]

    def _next_number(self, kind: str) -> str:
        """Return the number of the next section of a kind; empty where it has none."""
        depth = _DEPTH[kind]
        if depth is None:
            return ""
        self._counters[depth] += 1
        self._counters[depth + 1 :] = [0] * (len(self._counters) - depth - 1)
        parts = [str(count) for count in self._counters[: depth + 1]]
        if parts and parts[0] == "0":
            parts = parts[1:]
        if self._is_appendix and parts and int(parts[0]) <= 26:  # noqa: PLR2004  letters
            parts[0] = chr(ord("A") + max(int(parts[0]), 1) - 1)
        return ".".join(parts)

    def _cite(self, token: re.Match[str]) -> int:
        """Take a citation command with all its arguments."""
        keys, end = _keys(self._text, token.end(), is_many=token["cite"].endswith("s"))
        if token["cite"] == "nocite":
            self.found.uncited += keys
            return end
        if token["cite"] in _NOT_CITING or not keys:
            return token.end()
        start = self._plain.length
        self._plain.add(" ".join(self._text[token.start() : end].split()))
        self._cites.append(Cite(start, self._plain.length, tuple(keys), token.start()))
        return end

    def _add(self, source: str) -> None:
        """Add a piece of source, with its blanks brought in order."""
        self._plain.add(plain_tex(source, self._macros))

    def _end_paragraph(self) -> None:
        """End the paragraph, where one has begun, and take its footnotes."""
        text = self._plain.take()
        if text.strip(" {}[]|.,;"):
            self.found.paragraphs.append(CitingParagraph(self._section, text, self._cites))
        self._cites = []
        waiting, self._waiting = self._waiting, []
        for begin, end in waiting:
            self.walk(begin, end)


def _keys(text: str, at: int, *, is_many: bool) -> tuple[list[str], int]:
    r"""Read the keys of a citation, several groups of them for ``\cites`` and its like."""
    keys: list[str] = []
    end = at
    while True:
        begin = end
        while (optional := argument_at(text, begin, "[")) is not None:
            begin = optional[1]
        found = argument_at(text, begin)
        if found is None or (keys and not is_many):
            return keys, end
        keys += [key for one in found[0].split(",") if (key := " ".join(one.split()))]
        end = found[1]
