"""The headings of a report, in its languages."""

from __future__ import annotations

__all__ = ["LANGUAGES", "TITLES", "WORDS"]

LANGUAGES = ("en", "zh")
"""Languages that headings can be in, ISO 639-1."""

TITLES: dict[str, tuple[str, str]] = {
    "read": ("What was read", "读取结果"),
    "information": ("Main information", "基本信息"),
    "works": ("The works", "文献"),
    "years": ("Years", "年份"),
    "sources": ("Sources", "来源"),
    "authors": ("Authors", "作者"),
    "institutions": ("Institutions", "机构"),
    "countries": ("Countries", "国家和地区"),
    "collaboration": ("Collaboration", "合作"),
    "most_cited": ("Most cited works", "高被引文献"),
    "references": ("Most cited references", "高被引参考文献"),
    "spectroscopy": ("Years of the references", "参考文献出版年谱"),
    "laws": ("Laws of Lotka and Bradford", "洛特卡定律与布拉德福定律"),
    "trends": ("Trends and bursts", "趋势与突现"),
    "themes": ("Themes", "主题图"),
    "historiograph": ("Historiograph", "引文编年图"),
    "main_path": ("Main path", "主路径"),
    "three_field": ("Three fields", "三字段图"),
    "tree": ("Tree of science", "科学树"),
    "topics": ("Topics", "主题"),
    "map": ("Map", "图谱"),
    "profile": ("In-text citations", "文中引用"),
    "left_out": ("What is left out", "未包含的内容"),
    "methods": ("Methods", "方法"),
    "data": ("Data", "数据"),
}
"""Headings of the sections, in the order of ``LANGUAGES``."""

WORDS: dict[str, tuple[str, str]] = {
    "kicker": ("Citation report", "引文报告"),
    "contents": ("Contents", "目录"),
    "skip": ("Skip to the report", "跳到正文"),
    "again": ("The same again", "重现"),
    "search": ("Search this table", "在表中搜索"),
}
"""Other words of the frame of the page."""
