"""The columns of Scopus' CSV export, in the languages of its pages."""

from __future__ import annotations

__all__ = ["TYPES", "column_name", "is_header"]

_NAMES: dict[str, str] = {
    "authors": "authors|作者|著者|著者名|авторы",
    "full_names": "author full names|作者全名|作者全稱|著者フルネーム|полные имена авторов",
    "author_ids": "author(s) id|作者 id|作者識別碼|著者id|идентификатор(-ы) автора(-ов)",
    "title": "title|titles|document title|書名|文獻標題|標題|文献标题|标题"
    "|文献タイトル|論文名|タイトル|название|название документа",
    "year": "year|年份|年|出版年|год",
    "source_raw": "source title|來源出版物名稱|来源出版物名称|出版物名|название источника",
    "volume": "volume|卷|巻|том",
    "issue": "issue|期|期號|号|выпуск",
    "article_number": "art. no.|article number|論文編號|论文编号|論文番号|статья №",
    "first_page": "page start|起始頁碼|起始页码|開始ページ|страница начала",
    "last_page": "page end|結束頁碼|结束页码|終了ページ|страница окончания",
    "page_count": "page count|頁數|頁碼計數|页码计数|ページ数|количество страниц",
    "cited_by": "cited by|施引文獻|被引频次|施引文献|被引用数|цитирования",
    "doi": "doi",
    "url": "link|連結|链接|リンク|ссылка",
    "affiliations": "affiliations|歸屬機構|归属机构|所属機関|организации",
    "placed": "authors with affiliations|含歸屬機構的作者|带归属机构的作者|著者 + 所属機関"
    "|авторы организаций",
    "abstract": "abstract|摘要|抄録|краткое описание",
    "author_keywords": "author keywords|作者關鍵字|作者关键字|著者キーワード|ключевые слова автора",
    "index_keywords": "index keywords|索引關鍵字|索引关键字|索引キーワード"
    "|ключевые слова указателя",
    "references": "references|參考文獻|参考文献|пристатейные ссылки",
    "editors": "editors|編者|编者|編集者|редакторы",
    "publisher": "publisher|出版商|出版社|出版者|издатель",
    "event": "conference name|會議名稱|会议名称|会議名|название конференции",
    "issn": "issn",
    "isbn": "isbn",
    "pmid": "pubmed id|идентификатор pubmed",
    "language": "language of original document|原始文獻語言|原始文献语言|原文献言語"
    "|язык оригинального документа",
    "abbreviated": "abbreviated source title|來源出版物名稱縮寫|来源出版物名称缩写|略記出版物名"
    "|сокращенное название источника",
    "genre": "document type|文獻類型|文献类型|文献タイプ|тип документа",
    "source": "source|來源出版物|来源出版物|情報源|источник",
    "key": "eid",
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_MIN_COLUMNS = 5
_MIN_SHARE = 0.4
_OWN = frozenset({"key", "source_raw", "cited_by", "author_ids", "placed"})

TYPES: dict[str, str] = {
    "article": "article-journal",
    "article in press": "article-journal",
    "abstract report": "article-journal",
    "book": "book",
    "book chapter": "chapter",
    "business article": "article-journal",
    "conference paper": "paper-conference",
    "conference review": "paper-conference",
    "data paper": "article-journal",
    "dissertation": "thesis",
    "editorial": "article-journal",
    "erratum": "article-journal",
    "letter": "article-journal",
    "note": "article-journal",
    "preprint": "article",
    "press release": "article",
    "report": "report",
    "retracted": "article-journal",
    "review": "article-journal",
    "short survey": "article-journal",
}
"""CSL type of a type of document; one that is not here is a document."""


def column_name(cell: str) -> str | None:
    """Return our name of a column; None where Scopus has no such column.

    Examples
    --------
    >>> column_name("Source title"), column_name("年份"), column_name("CODEN")
    ('source_raw', 'year', None)
    """
    return _COLUMNS.get(cell.strip(' "\ufeff').casefold())


def is_header(cells: list[str]) -> bool:
    """Tell the header of Scopus from any other row.

    Examples
    --------
    >>> is_header(["Authors", "Title", "Year", "Source title", "Cited by", "EID"])
    True
    >>> is_header(["Authors", "Title", "Year", "Publisher", "DOI"])
    False
    """
    found = [column_name(cell) for cell in cells]
    names = {name for name in found if name}
    if sum(name is not None for name in found) < _MIN_SHARE * len(cells):
        return False
    return len(names) >= _MIN_COLUMNS and "title" in names and bool(names & _OWN)
