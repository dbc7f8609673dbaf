"""LaTeX in values: what TeX prints, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.latex import decode_latex, encode_latex

PLAIN = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(0xFDD0, 0xFDE0)))
    )
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("plain text, 50 % & more", "plain text, 50 % & more"),
        (r"G{\"o}del", "Gödel"),
        (r"G\"odel", "Gödel"),
        (r"{\"{o}}", "ö"),
        (r"Mar{\'\i}a", "María"),
        (r"\'{\i}", "í"),
        (r"\v{c} \c{c} \c c \k{a} \H{o}", "č ç ç ą ő"),
        (r"{\v S}koda", "Škoda"),
        (r"Stra{\ss}e, \O re, {\aa}, \L{}\'od\'z", "Straße, Øre, å, Łódź"),
        (r"50\% \& \_ \# \$", "50% & _ # $"),
        (r"\{a\}", "{a}"),
        ("{IBM} and {{DNA}}", "IBM and DNA"),
        ("10--20 --- ``quoted''", "10–20 — “quoted”"),
        ("Fig.~3, up to ~50", "Fig. 3, up to ~50"),
        (r"{\sc Conniver} \textit{x} {\em y} \texttt{z}", "Conniver x y z"),
        (r"\href{https://example.org}{shown}", "shown"),
        (r"\begin{it}a\end{it}", "a"),
        (r"H$_{2}$O, CO$_2$, 10$^{-5}$, $x^2$", "H₂O, CO₂, 10⁻⁵, x²"),
        (r"\textsubscript{2}, In\textsubscript{\emph{x}}", "₂, Inx"),
        (r"$\alpha$-decay at $\approx$5 K", "α-decay at ≈5 K"),
        (r"$0.1\,\%$", "0.1 %"),
        (r"\textquoteright{}s \textendash{} x", "’s – x"),
        (r"{\copyright} 2001", "©2001".replace("©", "© ")),
        ("costs $5 and $10", "costs $5 and $10"),
        (r"\unknown{thing}", r"\unknown{thing}"),
        (r"\input{/etc/passwd}", r"\input{/etc/passwd}"),
        ("open {brace", "open brace"),
        ("\\", "\\"),
        ("$", "$"),
    ],
)
def test_decodes_what_tex_prints(typed: str, printed: str) -> None:
    """Accents, symbols, dashes and small maths come out as printed; the unknown stays."""
    assert decode_latex(typed) == printed


@given(PLAIN)
def test_encoded_text_comes_back(text: str) -> None:
    """Any text that is written is read again as it was."""
    assert decode_latex(encode_latex(text)) == text


@given(PLAIN)
def test_encoded_text_cannot_break_a_file(text: str) -> None:
    """No text opens or closes a brace, or begins a command of its own."""
    written = encode_latex(text)
    assert written.count("{") == written.count("}")
    assert all(written[at + 1] == "}" for at, sign in enumerate(written) if sign == "{")


@given(st.text(alphabet="\\{}$~-`'\"aio^_ %&\n", max_size=60))
def test_nothing_makes_decoding_fail(text: str) -> None:
    """Whatever stands in a value, decoding gives a text."""
    assert isinstance(decode_latex(text), str)


@pytest.mark.parametrize(
    "unit",
    [
        "$",
        "$a",
        "$_{",
        "\\",
        "{",
        '\\"',
        "\\foo{",
        "\\textsubscript{",
        "~",
        "-",
        "`",
        "\\a ",
        "_{1",
    ],
)
def test_long_hostile_values_come_to_an_end(unit: str) -> None:
    """A hostile value of 200,000 characters gives a text that is no longer."""
    text = unit * (200_000 // len(unit))
    assert len(decode_latex(text)) <= len(text)
