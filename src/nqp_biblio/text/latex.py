"""LaTeX in values of bibliographies: to plain text and back.

Only what TeX would print is decoded: accents, symbols, ties, dashes, quotes, small maths.
A command that prints nothing known stays as it stands, so that nothing is lost, and nothing
is ever run or read from disk.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["decode_latex", "encode_latex"]

_SPECIAL = re.compile(r"[\\{}$~]|--|``|''")

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
_TOKEN = re.compile(
    r"""\\(?:
      (?P<mark>[`'^~=."])[ ]?(?:\{[ ]?(?P<m1>\\?[^\W\d_])[ ]?\}|(?P<m2>\\[ij](?![A-Za-z])|[^\W\d_]))
    | (?P<letter>[uvHtcdbkr])(?:[ ]?\{[ ]?(?P<l1>\\?[^\W\d_])[ ]?\}|[ ](?P<l2>\\?[^\W\d_](?!\w)))
    | (?P<script>textsuperscript|textsubscript|sp|sb)\{(?P<body>[^{}\\]{0,200})\}
    | (?:href|hyperref)[ ]{0,3}\{[^{}]{0,2000}\}[ ]{0,3}(?=\{)
    | (?:begin|end)\{[A-Za-z*]{1,40}\}
    | (?P<name>[A-Za-z]{1,60})(?P<gap>\*?(?:\{\}|[ \t\n]{1,50})?)
    | (?P<sign>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ARGUMENT = re.compile(r"(\\[A-Za-z]+)\{([^{}]*)\}")
_MATHS = re.compile(
    r"\$(?=\S)([^$\\^_{]{0,500}[\\^_{][^$]{0,500}|[-+<>=±×·~]{1,3}|[^$]{1,1000}(?=\$(?!\d)))(?<=\S)\$"
)
_SCRIPT = re.compile(r"([\^_])\{?([0-9+\-=()]{1,30}|[a-z](?![a-z]))(?:(?<=\{.)\}|\}|(?![0-9}]))")
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_TIE = re.compile(r"(?<=[^\s~])~(?=[^\s~])")
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))

_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_KNOWN_SCRIPT = {"^": frozenset("0123456789+-=()n"), "_": frozenset("0123456789+-=()")}

# Characters that mean something to the later steps wait as noncharacters.
_HIDDEN = str.maketrans("\\{}$~-`'", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7")
_SHOWN = str.maketrans("\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", "\\{}$~-`'")
_WAITING = re.compile("[\ufdd0-\ufdd7]")
_NO_BRACES = str.maketrans("", "", "{}")

_SIGNS = {
    "\\": " ",
    " ": " ",
    "\n": " ",
    "\t": " ",
    ",": "\u2009",
    ";": " ",
    ":": " ",
} | dict.fromkeys("-/!@", "")
_FONTS_TEXT = """
    bf bfseries bibcyr bibfnamefont bibinfo bibnamefont boldsymbol em emph enquote ensuremath fbox
    footnotesize hbox hphantom it itshape large lowercase mathbf mathcal mathit mathnormal
    mathrm mathsf mathtt mbox mkbibemph mkbibquote nocase noopsort normalfont path phantom
    protect relax rm sc scshape sf sl small text textbf textit textlf textmd textnormal
    textrm textsc textsf textsl textsubscript textsuperscript texttt textup tt underline
    uppercase upshape url vphantom
    """
_FONTS = frozenset(_FONTS_TEXT.split())
_NAMED = {
    "textbackslash": "\ufdd0",
    "textbraceleft": "\ufdd1",
    "textbraceright": "\ufdd2",
    "lbrace": "\ufdd1",
    "rbrace": "\ufdd2",
    "textdollar": "\ufdd3",
    "textasciitilde": "\ufdd4",
    "textasciicircum": "^",
    "textquotesingle": "\ufdd7",
    "textasciigrave": "\ufdd6",
    "mathsemicolon": ";",
    "mathplus": "+",
    "textless": "<",
    "textgreater": ">",
    "i": "ı",
    "j": "ȷ",
    "copyright": "©",
    "par": " ",
    "newline": " ",
    "slash": "/",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
}
_UNSAFE = frozenset({"input", "include", "import", "cite", "ref", "footnote", "item", "write"})
_MAX_DEPTH = 20

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
}
_ESCAPE_TABLE = str.maketrans(_ESCAPES)
_PAIR = re.compile(r"-(?=-)|`(?=`)|'(?=')")


def decode_latex(text: str) -> str:
    r"""Turn LaTeX into the text that it prints.

    Parameters
    ----------
    text : str
        A value, with or without LaTeX in it.

    Returns
    -------
    str
        The text in Unicode (NFC where an accent was set). Unknown commands stay. The cost
        is linear in the length.

    Examples
    --------
    >>> decode_latex(r"G{\"o}del, Mar{\'\i}a and {\AA}ngstr{\"o}m, 5~\% of CO$_2$ -- {IBM}")
    'Gödel, María and Ångström, 5 % of CO₂ – IBM'
    >>> decode_latex(r"\input{/etc/passwd}")
    '\\input{/etc/passwd}'
    """
    if not _SPECIAL.search(text):
        return text
    if "$" in text:
        text = text.replace(r"\$", "\ufdd3")
        text = _MATHS.sub(lambda found: _maths(found[1]).translate(_HIDDEN), text)
    if "\\" in text:
        text = _TOKEN.sub(_token, text)
        text = _ARGUMENT.sub(lambda found: f"{found[1]}\ufdd1{found[2]}\ufdd2", text)
    for typed, printed in _LIGATURES:
        text = text.replace(typed, printed)
    text = _TIE.sub(" ", text).replace("{", "").replace("}", "")
    return text.translate(_SHOWN) if _WAITING.search(text) else text


def encode_latex(text: str) -> str:
    r"""Escape what is special to BibTeX and TeX, and leave all other characters in Unicode.

    Parameters
    ----------
    text : str
        Plain text.

    Returns
    -------
    str
        A value whose braces are balanced; `decode_latex` gives the text again.

    Examples
    --------
    >>> encode_latex("R&D: 50 % of {Gödel}")
    'R\\&D: 50 \\% of \\textbraceleft{}Gödel\\textbraceright{}'
    """
    return _PAIR.sub(r"\g<0>{}", text.translate(_ESCAPE_TABLE))


def _token(found: re.Match[str]) -> str:
    """Decode one command."""
    if accent := found["mark"] or found["letter"]:
        base = found["m1"] or found["m2"] or found["l1"] or found["l2"]
        return unicodedata.normalize("NFC", base.lstrip("\\") + _ACCENTS[accent])
    if script := found["script"]:
        return _scripted("_" if script in {"textsubscript", "sb"} else "^", found["body"])
    if sign := found["sign"]:
        return _SIGNS.get(sign, sign.translate(_HIDDEN))
    if name := found["name"]:
        return _named(name, found["gap"])
    return ""


def _named(name: str, gap: str) -> str:
    """Decode a command of letters; an unknown one stays with what follows it."""
    if name in _NAMED:
        return _NAMED[name]
    if name in _FONTS:
        return ""
    symbol = _symbol(name)
    return f"\\{name}{gap}" if symbol is None else symbol


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str | None:
    r"""Look a symbol such as \alpha or \o up; None where it is none."""
    if name in _UNSAFE:
        return None
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)  # type: ignore[no-untyped-call]
    printed = getattr(spec, "simplify_repl", None)
    return printed if isinstance(printed, str) and printed and "%" not in printed else None


def _scripted(mark: str, body: str) -> str:
    """Raise or lower what Unicode can raise or lower, and leave the rest as it is."""
    if not frozenset(body) <= _KNOWN_SCRIPT[mark]:
        return body
    return body.translate(_SUPERSCRIPT if mark == "^" else _SUBSCRIPT)


@lru_cache(maxsize=4096)
def _maths(formula: str) -> str:
    """Decode a formula; one that cannot be decoded stays with its dollars."""
    formula = _SCRIPT.sub(_small_script, formula)
    if "\\" not in formula:
        return formula.translate(_NO_BRACES)
    if formula.count("{") > _MAX_DEPTH or any(rf"\{name}" in formula for name in _UNSAFE):
        return f"${formula}$"
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexWalkerError

    converter = LatexNodes2Text(  # type: ignore[no-untyped-call]
        math_mode="text", keep_comments=True
    )
    try:
        text = converter.latex_to_text(_BARE_PERCENT.sub(r"\%", formula))  # type: ignore[no-untyped-call]
    except (LatexWalkerError, IndexError, ValueError, TypeError, AttributeError):
        return f"${formula}$"
    return str(text).strip()


def _small_script(found: re.Match[str]) -> str:
    """Set one sub- or superscript of a formula in Unicode where that can be done."""
    mark, body = found[1], found[2]
    return _scripted(mark, body) if frozenset(body) <= _KNOWN_SCRIPT[mark] else found[0]
