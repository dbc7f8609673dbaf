"""Names of columns in the tables of databases, reference managers and people, in many languages."""

from __future__ import annotations

import re
from functools import lru_cache

from nqp_biblio.text.unicode import fold

__all__ = ["COLUMNS", "column_of", "header_score", "is_likely_header"]

_NAMES = {
    "title": "title|document title|item title|article title|paper title|primary title|display name"
    "|work title|paper name|titel|titulo|titre|titolo|tytul|baslik|标题|题名|篇名|文献标题|論文名"
    "|タイトル|제목|название|заглавие",
    "full_names": "author full names|full author names",
    "authors": "authors|author|author s|author names|author name|first authors"
    "|author list|contributors|creator|creators|author display name|authors list"
    "|authorships author display name|autor|autoren|autores|autor es|auteur|auteurs|autore|autori"
    "|autorzy|作者|著者|저자|автор|авторы",
    "editors": "editors|editor|book editors|secondary authors|herausgeber|editores|editeurs",
    "translators": "translators|translator|ubersetzer|traductores|traducteurs",
    "year": "publication year|year|pubyear|pub year|py|published year|year published|year of"
    " publication|yr|cover year|jahr|erscheinungsjahr|publikationsjahr|ano"
    "|ano de publicacion|ano de publicacao|annee|annee de publication|anno|rok|yil|年|年份|出版年"
    "|发表年份|発行年|연도|год|год публикации",
    "year_raw": "year raw",
    "month": "published month|month|publication month",
    "day": "day|publication day",
    "date": "publication date|date|date published|published|pub date|pubdate|issue date"
    "|publication date online|online date|full date|originalpaperdate|cover date|datum|fecha"
    "|fecha de publicacion|data|data de publicacao|日期|发表时间|дата",
    "source_raw": "source raw|source title|publication title|journal|journal book|journal title"
    "|journal name|publication name|container title|secondary title|venue|booktitle|book title"
    "|pubtitle|scopus source title|source title anthology title|publication|periodical"
    "|source name|journal full title|journal title full"
    "|primary location source display name|host venue display name|zeitschrift|revista|revue"
    "|rivista|czasopismo|dergi|期刊|刊名|期刊名称|来源|掲載誌|学術誌|학술지|журнал",
    "source": "source|quelle|fuente|fonte",
    "abbreviated": "journal abbreviation|journal iso abbreviation|abbreviated source title"
    "|iso abbreviation|journal abbrev",
    "anthology": "anthology title",
    "volume": "volume|volume number|journal volume|vol|band|volumen|tome|tomo"
    "|biblio volume|卷|巻|권"
    "|том",
    "volume_raw": "volume raw",
    "issue": "issue|issue number|journal issue|number|no|heft|nummer|numero"
    "|biblio issue|期|期号|号|호"
    "|номер|выпуск",
    "pages": "pages|page|pagination|page range|page numbers|seiten|paginas"
    "|pagine|strony|页|页码|ページ"
    "|쪽|страницы",
    "pages_raw": "pages raw",
    "first_page": "start page|first page|page start|startpage|begin page|beginning page"
    "|pagina inicial"
    "|biblio first page",
    "last_page": "end page|last page|page end|endpage|ending page|pagina final|biblio last page",
    "article_number": "article number|art no|article no",
    "doi": "doi|item doi|dois|digital object identifier|ids doi|originalpaperdoi|doi link"
    "|article doi|doi number",
    "doi_raw": "doi raw",
    "url": "url|link|external url|pdf link|fulltext url|dimensions url|article url|web address"
    "|document url|plink|permalink|full text url|urls"
    "|primary location landing page url|enlace|lien|链接|网址",
    "open_url": "open url link",
    "pmid": "pmid|pubmed id|pubmed|ids pmid|originalpaperpubmedid",
    "arxiv_id": "arxiv id|arxiv",
    "isbn": "isbn|isbns",
    "issn": "issn|issns|eissn|e issn|primary location source issn l|primary location source issn",
    "publisher": "publisher|publisher name|verlag|editorial|editora|editeur|editore|出版社"
    "|издательство"
    "|primary location source host organization name",
    "publisher_place": "publisher place|place published|place of publication|publisher city|place"
    "|placeofpublication|location|ort|lugar|lugar de publicacion",
    "edition": "edition|auflage|edicion|edicao",
    "series": "series|series title|book series title|reihe|serie",
    "event": "event|conference|conference name|conference title|meeting name|konferenz|congreso",
    "genre": "genre",
    "language": "language|language s|languages|language of original document|sprache|idioma|langue"
    "|lingua|语言|язык",
    "abstract": "abstract|abstract note|abstracts|summary|notes abstract|zusammenfassung"
    "|kurzfassung"
    "|resumen|resumo|resume|riassunto|摘要|抄録|초록|аннотация",
    "type": "type|publication type|document type|content type|item type|type of reference|doctype"
    "|documenttype|reference type|articletype|article type|document identifier|typ|tipo"
    "|tipo de documento|文献类型|类型|тип",
    "cited_by_count": "cited by count|cited by|times cited|citing works count|citations|cites"
    "|times cited wos core|times cited all databases|article citation count|citation count"
    "|number of citations|citas|被引频次|被引|被引用数|피인용횟수",
    "author_keywords": "author keywords|keywords|keyword|keyword s|identifierkeywords|schlagworter"
    "|schlusselworter|palabras clave|palavras chave|mots cles|mots clefs"
    "|parole chiave|关键词|关键字"
    "|キーワード|키워드|ключевые слова|manual tags",
    "index_keywords": "index keywords|keywords plus|mesh terms|mesh headings|ieee terms"
    "|descriptor s"
    "|descriptors|subject terms|subjectterms|thesaurus terms|subject|subjects|keywords display name"
    "|emtree medical index terms|automatic tags",
    "affiliations": "affiliations|affiliation|author affiliations|authoraffiliation|addresses"
    "|institution|institutions|authorships institutions display name|authors affiliations",
    "addresses_by_author": "authors raw affiliation|authors with affiliations",
    "orcids": "authorships author orcid|orcid|orcids|orcid s",
    "references": "references|cited references|referenced works",
    "citation": "citation",
    "key": "key|id|citation key|lens id|publication id|work id|record id|eid|accession number"
    "|ut unique wos id|covidence|an",
    "role": "role",
    "et_al": "et al",
    "confidence": "confidence",
    "raw": "raw",
}
COLUMNS = frozenset(_NAMES)
"""Our names of columns."""

_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_TELLING = frozenset(("title", "doi", "abstract", "authors"))
_COMMON = frozenset((*_TELLING, "year", "source_raw", "source", "author_keywords", "url", "key"))
_MAX_NAME, _MIN_NAMES, _MANY_NAMES = 60, 2, 4
_WITHIN_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4_096)
def column_of(name: str) -> str | None:
    """Return our name of a column, None where there is none.

    Examples
    --------
    >>> column_of("Título"), column_of("ArticleURL"), column_of("label_included")
    ('title', 'url', None)
    """
    return _COLUMN_OF.get(fold(name)) or _COLUMN_OF.get(fold(_WITHIN_WORD.sub(" ", name)))


def header_score(cells: list[str]) -> float:
    """Score a row as a header: how many columns of works it names."""
    if any(len(name) > 2 * _MAX_NAME for name in cells):
        return 0.0
    return float(len({column for name in cells if (column := column_of(name))}))


def is_likely_header(cells: list[str]) -> bool:
    """Whether a row names enough of what works have to be told from any other row.

    Examples
    --------
    >>> is_likely_header(["Title", "Authors", "Year"]), is_likely_header(["source", "target"])
    (True, False)
    """
    known = {column for name in cells if (column := column_of(name))}
    few_others = len(known) >= _MANY_NAMES or 2 * len(known) >= len(cells)
    return (
        len(cells) > 1
        and few_others
        and all(len(name) <= _MAX_NAME for name in cells)
        and bool(known & _TELLING)
        and len(known & _COMMON) >= _MIN_NAMES
    )
