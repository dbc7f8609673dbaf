"""Score the reading of two-column PDFs: lists found, citations tied to references.

Usage: python benchmarks/in_pdf.py [FOLDER] [-v] [STYLE ...]

FOLDER holds articles in JATS, whose links are the truth; it is formats/jats of the shared data
beside the checkout unless said otherwise. A browser (``chromium``) prints each article in two
justified columns with a running header, page numbers and broken words; the PDF is read back. A PDF
has no offsets that could be compared, so a reference counts as often as it is cited in both.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from in_text import Score, add, match_references
from printed_articles import FORMATS, SIGN, Article, Citing, Printed, apa, articles_of, vancouver
from printed_references import sort_key

from nqp_biblio.readers.registry import get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

STYLES = ("bracket", "superscript", "apa")
NAMED = frozenset({"apa", "harvard", "chicago"})
MARK = re.compile("[\U000f0000-\U000fffff]")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹](?:[⁰¹²³⁴⁵⁶⁷⁸⁹,⁻]*[⁰¹²³⁴⁵⁶⁷⁸⁹])?")
LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789–")
LOOK = """<meta charset=utf-8><style>
@page { size: A4; margin: 22mm 16mm 20mm;
  @top-left { content: "Journal of Printed Articles 12 (2014)"; font-size: 8pt }
  @bottom-center { content: counter(page); font-size: 8pt } }
body { font: 9.5pt/1.25 "DejaVu Serif" } h1, .a { text-align: center }
h2 { font-size: 10.5pt; margin: 8pt 0 3pt }
.c { column-count: 2; column-gap: 7mm; text-align: justify; hyphens: auto }
p { margin: 0; text-indent: 1em } sup { font-size: 6.5pt; line-height: 0 }
.r { text-indent: -1.2em; margin-left: 1.2em; font-size: 8.5pt }
</style>"""


def main() -> None:
    """Print one row per style, and one of all."""
    options = sys.argv[1:]
    shown = "-v" in options
    options = [one for one in options if one != "-v"]
    folder = Path(__file__).parents[2] / "shared" / "data" / "formats" / "jats"
    if options and Path(options[0]).is_dir():
        folder = Path(options.pop(0))
    if shutil.which("chromium") is None:
        sys.exit("chromium is not installed")
    print(f"{'style':30}{'links':>7}{'precision':>11}{'recall':>9}{'whole':>9}{'refs':>9}{'s':>8}")
    total = Score()
    for style in options or STYLES:
        score = Score()
        for stem, article in articles_of(folder):
            one = score_article(article, style)
            add(score, one)
            if shown:
                print(one.row(f"  {stem}"[:30]))
                print("".join(f"      {note}\n" for note in one.notes), end="")
        print(score.row(style))
        add(total, score)
    print(total.row("all"))


def page_of(article: Article, style: str) -> tuple[str, Printed]:
    """Lay an article out as a page of the web."""
    citing = Citing(article, style)
    listed = sorted(article.references, key=sort_key) if style in NAMED else article.references
    shape = FORMATS.get(style, apa if style in NAMED else vancouver)
    references = [(one.key, shape(one)) for one in listed]
    blocks = [(kind, citing.block(text)) for kind, text in article.blocks]
    links = [
        (0, key)
        for _, text in blocks
        for sign in MARK.findall(text)
        for key in citing.links[ord(sign) - SIGN]
    ]
    parts = [
        LOOK,
        f"<h1>{shown(article.title)}</h1><p class=a>{shown(', '.join(article.people))}</p>",
    ]
    parts.append("<div class=c lang=en>")
    for kind, text in blocks:
        parts.append(f"<h2>{shown(text)}</h2>" if kind == "heading" else f"<p>{shown(text)}</p>")
    parts.append("<h2>References</h2>")
    label = {"superscript": "{}. ", "bracket": "[{}] "}.get(style, "")
    for number, (_, text) in enumerate(references, 1):
        parts.append(f"<p class=r>{shown(label.format(number) + text)}</p>")
    return "\n".join([*parts, "</div>"]), Printed("", links, references)


def shown(text: str) -> str:
    """Write text in HTML, raised figures as such."""
    bare = html.escape(MARK.sub("", text))
    return RAISED.sub(lambda found: f"<sup>{found[0].translate(LEVEL)}</sup>", bare)


def score_article(article: Article, style: str) -> Score:
    """Print an article, read it and compare."""
    page, printed = page_of(article, style)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "paper.html", Path(folder) / "paper.pdf"
        source.write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        items = list(get_format("pdf").records(Source(target)))
    score = Score(lists=1, references=len(printed.references), true=len(printed.links))
    paper = items[0]
    if not isinstance(paper, Record) or paper.role != "paper":
        score.notes.append("not read as a paper")
        return score
    keys = match_references(paper, printed, score)
    true = Counter(key for _, key in printed.links)
    found = Counter(keys.get(one.label, "?") for one in paper.mentions)
    score.found, score.right = found.total(), (true & found).total()
    score.notes += [f"missed {key}: {count}" for key, count in (true - found).items()]
    score.notes += [f"WRONG {key}: {count}" for key, count in (found - true).items()]
    return score


if __name__ == "__main__":
    main()
