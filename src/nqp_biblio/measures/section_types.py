"""Standard parts of a paper, told by the words of their headings."""

from __future__ import annotations

import re

from nqp_biblio.text.unicode import fold

__all__ = ["SECTION_TYPES", "heading_type", "section_types"]

_WORDS = {
    "introduction": (
        "introduction, preface, motivation, einleitung, einfuhrung, introduccion, introducao,"
        " introduzione, введение,"
        " 引言, 前言, 绪论, 导论, 导言, 问题的提出, 问题提出, 序言, はじめに"
    ),
    "background": (
        "background, related work, related works, literature review, review of the literature,"
        " literature, previous work, prior work, state of the art, theory, theoretical framework,"
        " theoretical background, hypotheses, hypothesis development, stand der forschung,"
        " marco teorico, 文献综述, 文献回顾, 研究综述, 研究现状, 相关研究, 相关工作, 理论基础,"
        " 理论框架, 研究假设, 研究背景"
    ),
    "methods": (
        "methods, method, methodology, methodologies, materials, data, research design,"
        " experimental, experiments, experimental setup, study design, sample, procedure,"
        " methoden, methodik, daten, metodologia, metodos, metodi, methodes, методы,"
        " 方法, 研究方法, 研究设计, 数据, 数据来源, 材料, 实验, 模型"
    ),
    "results": (
        "results, result, findings, evaluation, ergebnisse, resultados, resultats, risultati,"
        " результаты, 结果, 实证分析, 研究发现, 実験結果"
    ),
    "discussion": (
        "discussion, discussions, limitations, implications, diskussion, discusion, discussao,"
        " discussione, обсуждение, 讨论, 启示, 考察"
    ),
    "conclusion": (
        "conclusion, conclusions, concluding remarks, future work, outlook, fazit,"
        " schluss, schlussfolgerungen, conclusiones, conclusoes, conclusioni,"
        " заключение, выводы, 结论, 结语, 总结, 结束语, 展望, おわりに"
    ),
}
SECTION_TYPES = (*_WORDS, "other", "before the first heading")
"""Names of the parts; other is a heading of none of the words."""

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,4})")


def _pattern(words: str) -> re.Pattern[str]:
    """Match one of the words; those written without blanks may stand inside others."""
    keys = [re.escape(fold(word)) for word in words.split(",")]
    found = [key if _WIDE.search(key) else rf"\b{key}\b" for key in keys]
    return re.compile("|".join(sorted(found, key=lambda one: (-len(one), one))))


_PATTERNS = {name: _pattern(words) for name, words in _WORDS.items()}


def heading_type(heading: str) -> str:
    """Tell which part of a paper a heading opens.

    Parameters
    ----------
    heading : str
        The heading, with or without its number.

    Returns
    -------
    str
        One of `SECTION_TYPES`: of the words that it has, the part named first, of two that
        begin in one place that of the longer one; ``other`` where it has none.

    Examples
    --------
    >>> heading_type("3. Results and discussion"), heading_type("二、研究方法")
    ('results', 'methods')
    """
    text = fold(heading)
    found = []
    for name, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match:
            found.append((match.start(), -match.end(), name))
    return min(found)[2] if found else "other"


def section_types(headings: list[str | None]) -> list[str]:
    """Tell which part each section of one paper belongs to.

    Parameters
    ----------
    headings : list of str or None
        Headings of innermost sections, in the order of the text; None before the first.

    Returns
    -------
    list of str
        A subsection without such words belongs to the section whose number it continues,
        where that one is among the headings: 2.1 to 2.
    """
    known: dict[str, str] = {}
    for heading in headings:
        number = _NUMBER.match(heading or "")
        if heading and number and heading_type(heading) != "other":
            known.setdefault(number[1], heading_type(heading))
    return [_inherited(heading, known) for heading in headings]


def _inherited(heading: str | None, known: dict[str, str]) -> str:
    """Return the part of a section, or of the one that holds it."""
    if heading is None:
        return "before the first heading"
    own = heading_type(heading)
    number = _NUMBER.match(heading)
    if own != "other" or not number:
        return own
    above = number[1]
    while "." in above:
        above = above.rpartition(".")[0]
        if above in known:
            return known[above]
    return own
