"""Score the reading of whole papers from plain text: lists found, citations tied to references.

Usage: python benchmarks/in_text.py [FOLDER] [-v] [STYLE/LAYOUT ...]

FOLDER holds articles in JATS, whose links are the truth; it is formats/jats of the shared data
beside the checkout unless said otherwise. With -v each article and what is missed is shown.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from printed_articles import STYLES, Article, Printed, articles_of, print_article

from nqp_biblio.readers.paper import read_text
from nqp_biblio.record import Record

DEFAULT = (
    *(f"{style}/lines" for style in STYLES),
    *(f"{style}/parted" for style in ("bracket", "superscript", "apa", "harvard", "chicago")),
    *(f"{style}/pages" for style in ("bracket", "superscript", "apa", "chicago")),
    *(f"{style}/columns" for style in ("bracket", "glued", "parenthesis")),
    *(f"{style}/columns" for style in ("apa", "harvard", "chicago")),
)
BACK = 3


@dataclass
class Score:
    """Counts over articles."""

    right: int = 0
    found: int = 0
    true: int = 0
    whole_lists: int = 0
    lists: int = 0
    references: int = 0
    right_references: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Print the counts as shares."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.true if self.true else 0.0
        lists = f"{self.whole_lists}/{self.lists}"
        references = self.right_references / max(1, self.references)
        return (
            f"{name:30}{self.true:7}{precision:11.3f}{recall:9.3f}{lists:>9}{references:9.4f}"
            f"{self.seconds:8.1f}"
        )


def main() -> None:
    """Print one row per style and layout, and one per kind of citing."""
    options = sys.argv[1:]
    shown = "-v" in options
    options = [one for one in options if one != "-v"]
    folder = Path(__file__).parents[2] / "shared" / "data" / "formats" / "jats"
    if options and Path(options[0]).is_dir():
        folder = Path(options.pop(0))
    articles = list(articles_of(folder))
    print(
        f"{'style/layout':30}{'links':>7}{'precision':>11}{'recall':>9}{'whole':>9}{'refs':>9}",
        end="",
    )
    print(f"{'s':>8}")
    totals = {"numbers": Score(), "names and years": Score()}
    for name in options or DEFAULT:
        style, layout = name.split("/")
        by_kind = {kind: Score() for kind in totals}
        for stem, article in articles:
            by_name = style in {"apa", "harvard", "chicago"} or (
                style == "printed" and not article.by_number
            )
            kind = "names and years" if by_name else "numbers"
            one = score_article(article, style, layout)
            add(by_kind[kind], one)
            add(totals[kind], one)
            if shown:
                print(one.row(f"  {stem}"[:30]))
                print("".join(f"      {note}\n" for note in one.notes), end="")
        for kind, score in by_kind.items():
            if score.lists:
                print(score.row(name if style != "printed" else f"{name} {kind}"))
    for kind, score in totals.items():
        if score.lists:
            print(score.row(f"all {kind}"))


def add(total: Score, one: Score) -> None:
    """Add the counts of one article."""
    for name, count in vars(one).items():
        if name != "notes":
            setattr(total, name, getattr(total, name) + count)


def score_article(article: Article, style: str, layout: str) -> Score:
    """Print an article, read it and compare."""
    printed = print_article(article, style, layout)
    begin = time.process_time()
    items = list(read_text(printed.text, file="paper.txt"))
    score = Score(seconds=time.process_time() - begin, lists=1, references=len(printed.references))
    paper = next((one for one in items if isinstance(one, Record)), None)
    if paper is None or paper.role != "paper":
        score.true = len(printed.links)
        score.notes.append("not read as a paper")
        return score
    keys = match_references(paper, printed, score)
    match_links(paper, printed, (keys, score))
    return score


def bare(text: str) -> str:
    """Letters and digits of a text, so that broken words and blanks do not count."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def match_references(paper: Record, printed: Printed, score: Score) -> dict[str, str]:
    """Tell which reference read is which printed, and count those equal."""
    places = {}
    for key, text in printed.references:
        places.setdefault(bare(text), []).append(key)
    keys: dict[str, str] = {}
    for place, one in enumerate(paper.cited_references):
        same = places.get(bare(one.raw))
        if same:
            score.right_references += 1
            keys[one.label or ""] = same.pop(0) if len(same) > 1 else same[0]
        else:
            score.notes.append(f"reference {place + 1} differs: {one.raw[:100]}")
            head = bare(one.raw)[:40]
            begun = [key for key, text in printed.references if bare(text).startswith(head)]
            if begun:
                keys[one.label or ""] = begun[0]
    same_count = len(paper.cited_references) == len(printed.references)
    score.whole_lists += same_count and score.right_references == len(printed.references)
    if not same_count:
        found = len(paper.cited_references)
        score.notes.append(f"{found} references instead of {len(printed.references)}")
    return keys


def match_links(paper: Record, printed: Printed, context: tuple[dict[str, str], Score]) -> None:
    """Count the links read that are true."""
    keys, score = context
    free = Counter(printed.links)
    by_key: dict[str, list[int]] = {}
    for offset, key in sorted(free):
        by_key.setdefault(key, []).append(offset)
    score.true, score.found = len(printed.links), len(paper.mentions)
    for one in paper.mentions:
        key = keys.get(one.label, "?")
        span = range(one.offset - BACK, one.offset + len(one.marker) + BACK)
        at = next((at for at in by_key.get(key, []) if at in span and free[at, key]), None)
        if at is None:
            score.notes.append(f"WRONG {one.marker!r} -> {one.label} in {one.sentence[-90:]!r}")
            continue
        free[at, key] -= 1
        score.right += 1
    texts = dict(printed.references)
    for (at, key), count in sorted(free.items()):
        if count:
            near = re.sub(r"\s+", " ", printed.text[max(0, at - 30) : at + 50])
            score.notes.append(f"missed {near!r} -> {texts.get(key, key)[:60]}")
    for problem in paper.problems:
        score.notes.append(f"problem {problem.raw!r}: {problem.reason}")


if __name__ == "__main__":
    main()
