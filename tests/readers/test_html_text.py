"""HTML: what a page shows is read as a paper or a list."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.html_text import FORMAT, shown_text
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

PAGE = """<!DOCTYPE html>
<html><head><title>Maps</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home [9]</a></nav>
<h1>Maps of science</h1>
<h2>1 Introduction</h2>
<p>Co-citation was new<sup><a href="#r1">1</a></sup> and is
still used.<sup>1,2</sup> H<sub>2</sub>O is x<sup>n</sup>.</p>
<h2>References</h2>
<ol>
<li id="r1"><p>Small H. Co-citation in the scientific literature. <i>J Am Soc Inf Sci</i>.
1973;24(4):265&ndash;9.</p></li>
<li>Kessler MM. Bibliographic coupling between scientific papers. Am Doc. 1963;14:10-25.</li>
</ol>
<script>alert("[1] no reference")</script>
</body></html>
"""


def test_a_paper() -> None:
    """A page is a paper with its numbered list and its raised citations."""
    source = Source("maps.html", data=PAGE.encode())
    assert detect_format(source) is FORMAT
    (paper,) = [item for item in FORMAT.records(source) if isinstance(item, Record)]
    assert paper.title == "Maps of science"
    works = [cited.work for cited in paper.cited_references]
    assert [work.publication_year for work in works if work] == [1973, 1963]
    assert next(work.pages for work in works if work) == [("265", "269")]
    assert [mention.label for mention in paper.mentions] == ["1", "1", "2"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a<br>b</p><p>c</p>", "a\nb\n\nc"),
        ("<ol start=3><li>x</li><li><p>y</p></li></ol>", "3. x\n\n4. y"),
        ("<ul><li>x<ol><li>y</li></ol></li><li>z</li></ul>", "x\n\n1. y\n\nz"),
        ("x<sup>2, 3</sup> y<sup>th</sup>", "x^[2, 3] yth"),
        ("a &amp; b &lt;c&gt; <script>d</script>e", "a & b <c> e"),
        ("<h3>T</h3>open <p>never closed", "### T\n\nopen\n\nnever closed"),
        ("<html><head><title>t</title><body>x", "x"),
        ("<p></p><ol><li></li></ol>", ""),
    ],
)
def test_shown_text(page: str, text: str) -> None:
    """Blocks are paragraphs, numbers of lists are printed, what is not shown is left out."""
    assert shown_text(page) == text


@given(st.text(alphabet="<>/ abpolisuh1&;\"'=!-\n", max_size=200))
def test_any_page(page: str) -> None:
    """Whatever stands in a page, reading it ends well."""
    source = Source("x.html", data=f"<html>{page} x".encode())
    with suppress(InputError):
        list(FORMAT.records(source))
