"""Markdown papers that cite by key: Pandoc, Quarto, JOSS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.readers.pandoc_citations import cited_keys, find_pandoc, without_code
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from pathlib import Path

PAPER = """---
title: 'Lists: a reader'
authors:
  - name: Jane Doe
bibliography: paper.bib
---

# Summary

Lists are old [@roe2019; see @lee2020, p. 3]. As @roe2019 [p. 4] says,
they grow [-@lee2020]. Write `@code` to jane@doe.org, or ask @admin.

```r
x <- y@slot2019
```

# References
"""
BIB = """@article{roe2019, author={Roe, Richard}, title={On lists}, year=2019, journal={J Lists}}
@book{Lee2020, author={Lee, Ann}, title={On notes}, year=2020, publisher={P}}
@book{unread, author={Poe, Ann}, title={Not cited}, year=2021, publisher={P}}
"""


def _write(folder: Path, text: str, bib: str | None = BIB) -> Path:
    path = folder / "paper.md"
    path.write_text(text, encoding="utf-8")
    if bib is not None:
        (folder / "paper.bib").write_text(bib, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("So [@roe].", [("[@roe]", "roe")]),
        ("So [see @roe, pp. 3-5; -@doe].", [("[see @roe, pp. 3-5; -@doe]", "roe doe")]),
        ("As @roe2019 says.", [("@roe2019", "roe2019")]),
        ("As @roe [p. 3] says.", [("@roe [p. 3]", "roe")]),
        ("As @{https://x.org/a?b} says.", [("@{https://x.org/a?b}", "https://x.org/a?b")]),
        ("As @roe:2019.a, or @doe.", [("@roe:2019.a", "roe:2019.a"), ("@doe", "doe")]),
        ("Mail me@x2.org, see @fig:one, @eq-two and [a](b@c).", []),
        ("**@roe** [*@doe*]", [("@roe", "roe"), ("[*@doe*]", "doe")]),
    ],
)
def test_citations(text: str, markers: list[tuple[str, str]]) -> None:
    """Groups in brackets and keys in the text are found; addresses and figures are none."""
    found = [(text[one.start : one.end], " ".join(one.labels)) for one in find_pandoc(text)]
    assert found == markers


def test_paper_with_its_bibliography(tmp_path: Path) -> None:
    """A paper has the works of the .bib that it cites, each citation tied, code left alone."""
    corpus = nb.read(_write(tmp_path, PAPER))
    assert corpus.works["title"].tolist() == ["Lists: a reader", "On lists", "On notes"]
    mentions = corpus.sql("SELECT label, reference_id, section FROM mentions ORDER BY mention_id")
    assert [label for label, *_ in mentions] == ["roe2019", "Lee2020", "roe2019", "Lee2020"]
    assert [reference for _, reference, _ in mentions] == [1, 2, 1, 2]
    assert {section for *_, section in mentions} == {"Summary"}
    assert not corpus.n_rows("problems")
    place = corpus.mentions["offset"][2]
    assert PAPER[place:].startswith("@roe2019 [p. 4]")


def test_paper_without_its_bibliography(tmp_path: Path) -> None:
    """Where the .bib is missing, the references are their keys, and a problem says so."""
    corpus = nb.read(_write(tmp_path, PAPER, bib=None))
    assert corpus.cited_references["label"].tolist() == ["roe2019", "lee2020"]
    assert corpus.n_rows("mentions") == 4
    assert "'paper.bib' is not in the folder" in corpus.problems["reason"][0]


def test_bibliography_of_the_same_name(tmp_path: Path) -> None:
    """A .bib with the name of the paper stands in for one that was renamed, and is named."""
    path = _write(tmp_path, PAPER.replace("paper.bib", "refs.bib"))
    corpus = nb.read(path)
    assert corpus.n_rows("cited_references") == 2
    assert "'paper.bib' is read instead" in corpus.problems["reason"][0]


def test_bibliography_elsewhere_is_not_opened(tmp_path: Path) -> None:
    """No file outside of the folder of the paper is read."""
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    corpus = nb.read(_write(inner, PAPER.replace("paper.bib", "../refs.bib"), bib=None))
    assert corpus.works["title"].tolist() == ["Lists: a reader"]


def test_key_that_is_not_there(tmp_path: Path) -> None:
    """A key that the bibliography has not stays a mention, with a problem."""
    corpus = nb.read(_write(tmp_path, PAPER.replace("[-@lee2020]", "[@nobody]")))
    assert corpus.mentions["label"].tolist()[-1] == "nobody"
    assert "cites 'nobody'" in corpus.problems["reason"][0]


@pytest.mark.parametrize(("nocite", "count"), [('"@*"', 3), ("|\n  @unread", 3), ("", 2)])
def test_uncited_works(nocite: str, count: int, tmp_path: Path) -> None:
    """Works that only stand in the list are in it."""
    paper = PAPER.replace("bibliography:", f"nocite: {nocite}\nbibliography:")
    assert nb.read(_write(tmp_path, paper)).n_rows("cited_references") == count


def test_printed_list(tmp_path: Path) -> None:
    """Keys of author and year are tied to a list that is printed in the paper."""
    listed = "\nLee, A. (2020). On notes. P.\n\nRoe, R. (2019). On lists. *J Lists*, 3, 5–9.\n"
    corpus = nb.read(_write(tmp_path, PAPER.replace("bibliography: paper.bib\n", "") + listed))
    assert corpus.mentions["label"].tolist() == ["2", "1", "2", "1"]
    assert corpus.n_rows("cited_references") == 2


def test_other_markdown_is_text(tmp_path: Path) -> None:
    """Markdown that does not cite by key is read as any text."""
    path = tmp_path / "paper.md"
    path.write_text("# T\n\nAsk @admin [1].\n\n# References\n\n[1] Roe R. On X. J Y 2001;3:4.\n")
    assert detect_format(Source(path)).name == "text"


@given(st.text("[]@-{}.;: `\nroe1", max_size=60))
def test_any_text(text: str) -> None:
    """Whatever stands there, markers lie in the text in order, and code leaves all in place."""
    assert len(without_code(text)) == len(text)
    assert without_code(text).count("\n") == text.count("\n")
    ends = [0]
    for marker in find_pandoc(text):
        assert ends[-1] <= marker.start < marker.end <= len(text)
        ends.append(marker.end)
    assert set(cited_keys(text)) <= {key for one in find_pandoc(text) for key in one.labels}
