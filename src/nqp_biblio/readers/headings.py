"""Headings of a text: of its reference list, of what follows it, of its sections."""

from __future__ import annotations

import re

from nqp_biblio.text.unicode import fold, strip_markup

__all__ = [
    "ends_list",
    "is_list_heading",
    "is_notes_heading",
    "is_vague_heading",
    "list_heading_end",
    "plain_heading",
    "section_heading",
]

_LIST_NAMES = """
references; reference; reference list; references list; list of references; references cited
cited references; references and notes; notes and references; references and further reading
references and recommended reading; references and bibliography; bibliography and references
references and links; references and citations; supplementary references
additional references; supplemental references; references for the supplement; full references
bibliography; selected bibliography; select bibliography; annotated bibliography
general bibliography; bibliographic references; bibliographical references; literature
literature cited; cited literature; literature references; literature list; works cited
work cited; cited works; works consulted; works cited and consulted; sources; sources cited
sources and references; citations; reference section; reading list; publications cited
参考文献; 參考文獻; 参考文献表; 参考文献列表; 引用文献; 引用参考文献; 主要参考文献; 参考资料
参考书目; 參考書目; 参考文献与注释; 注释与参考文献; 注释及参考文献; 引证文献; 文献; 引文; 참고문헌
참고 문헌; 인용문헌
literatur; literaturverzeichnis; quellenverzeichnis; literatur und quellenverzeichnis
quellen und literaturverzeichnis; quellen; quellen und literatur; literatur und quellen
bibliografie; bibliographie; literaturangaben; literaturliste; literaturnachweise; referenzen
literaturhinweise; verwendete literatur; zitierte literatur
references bibliographiques; ouvrages cites; references citees; bibliographie selective
references et notes; sources et bibliographie
referencias; referencias bibliograficas; bibliografia; obras citadas; literatura citada
bibliografia citada; fuentes; fuentes bibliograficas; referencias y notas; bibliografia consultada
referencias bibliograficas y notas; referencies; referencies bibliografiques
riferimenti bibliografici; riferimenti; opere citate; letteratura citata; letteratura
note bibliografiche
literatuur; literatuurlijst; referenties; bronnen; bronnenlijst; literatuurverwijzingen
bibliografie en bronnen; referenser; kallor; litteratur; litteraturforteckning
kallforteckning; referenslista; referanser; referencer; litteraturliste; kilder; referanseliste
lahteet; kirjallisuus; viitteet; lahdeluettelo; literatura; pismiennictwo; literatura cytowana
bibliografia cytowana; przypisy; pouzita literatura; seznam literatury
seznam pouzite literatury; zdroje; irodalom; irodalomjegyzek; hivatkozasok; felhasznalt irodalom
referinte; referinte bibliografice; kaynaklar; kaynakca; popis literature; viri; izvori
tai lieu tham khao; daftar pustaka; referensi; rujukan; kirjandus; viited
литература; список литературы; список использованной литературы; использованная литература
библиография; библиографический список; список использованных источников; источники
цитированная литература; список источников; список литературы и источников; ссылки
література; список літератури; список використаних джерел; список використаної літератури
литаратура; βιβλιογραφια; αναφορες; βιβλιογραφικες αναφορες; المراجع; المصادر
المصادر والمراجع; منابع; ביבליוגרפיה; מקורות
"""
_VAGUE_NAMES = """
literature; sources; citations; reference; 文献; 引文; literatur; quellen; fuentes; kilder; kallor
zdroje; literatura; bronnen; источники; ссылки; литература; 参考资料; reading list; letteratura
"""
_NOTE_NAMES = """
notes; endnotes; footnotes; notes to the text; notes and citations; anmerkungen; endnoten; fussnoten
fußnoten; anmerkungen und literatur; notas; notas finales; notas al pie; notes de fin
notes de bas de page; note; note al testo; noten; eindnoten; noter; slutnoter; przypisy koncowe
注释; 註釋; 尾注; 脚注; 注; примечания; сноски
"""
_END_NAMES = """
acknowledgement; acknowledgements; acknowledgment; acknowledgments; appendix; appendices
annex; publishers note; publisher note; publisher s note; note from the publisher
author biography; author biographies
authors biographies; biography; biographies; biographical note; biographical notes
biographical sketch; biographical sketches; about the author; about the authors; the author
the authors; author information; authors information; authors addresses; author details
author affiliations; author contributions; authors contributions; author contribution
contributions; credit author statement; credit authorship contribution statement; contributors
funding; funding statement; funding information; financial support; financial disclosure
conflict of interest; conflicts of interest; conflict of interest statement
competing interests; competing interest; declaration of competing interest; declarations
declaration of interest; declaration of interests; declaration of conflicting interests
disclosure; disclosures; disclosure statement; data availability; data availability statement
availability of data and materials; data and code availability; code availability
ethics statement; ethics approval; ethical approval; supplementary material
supplementary materials; supplementary information; supplementary data; supplemental material
supplemental materials; supplemental data; supporting information; supporting material
figure captions; figure legends; figures; figure and table captions; list of figures; tables
table captions; list of tables; figures and tables; tables and figures; legends to figures
figure legend; endnotes; footnotes; copyright; license; licence; copyright and license; index
permissions; rights and permissions; open access; article history; correspondence; contact
contact information; corresponding author; additional information; reprints
how to cite this article; cite this article; cite this; peer review; peer review file
reviewer information; abbreviations; glossary; nomenclature; abstract; summary; resumen; resume
zusammenfassung; anhang; danksagung; uber den autor; annexe; annexes; remerciements; anexo
anexos; agradecimientos; agradecimentos; apendice; apendices; ringraziamenti; appendice
附录; 附錄; 致谢; 致謝; 谢辞; 作者简介; 作者简历; 作者介绍; 摘要; 英文摘要; 出版者说明; 版权声明
基金项目; 收稿日期; 利益冲突; 利益冲突声明; 作者贡献; 作者贡献声明; 附图; 附表; 謝辞
приложение; приложения; благодарности; сведения об авторах; об авторах; информация об авторах
"""
_SECTION_NAMES = """
introduction; background; motivation; related work; literature review; theory; methods; method
methodology; materials and methods; methods and materials; data; data and methods
data and methodology; results; findings; discussion; results and discussion
discussion and conclusion; conclusion; conclusions; concluding remarks; summary; abstract
limitations; implications; future work; preface; keywords; key words; highlights
research design; experimental; experiments; evaluation; analysis; preliminaries
einleitung; methoden; methodik; ergebnisse; diskussion; fazit; schluss; zusammenfassung
introduccion; metodologia; resultados; discusion; conclusiones; conclusion generale; methodes
resultats; introducao; discussao; conclusoes; introduzione; metodi; risultati; conclusioni
引言; 前言; 绪论; 结论; 讨论; 结果; 方法; 结语; 摘要; 讨论与结论; 研究方法
введение; методы; результаты; обсуждение; заключение; выводы
"""
_TITLED_LINE = re.compile(
    r"(?:copyright\b|©|\(c\)\s?\d{4}|publisher['’]?s['’]? note|(?:article )?received:?\s\d"
    r"|received:?\s[^\W\d_]{3,9}\.?\s\d|revised\s?:|accepted\s?:|manuscript received"
    r"|fig(?:ure|\.|s\.)?\s?S?\d{1,3}\s?[.:|(]|table\s?S?\d{1,3}\s?[.:|]|figure\s\d{1,3}\s"
    r"|how to cite|cite this article|to cite this|please cite|correspondence\b.{0,12}[:]"
    r"|corresponding author|appendix\s[A-Z0-9IVX]{1,3}\b|annex\s[A-Z0-9]{1,3}\b"
    r"|this (?:article|work|paper) is (?:licensed|distributed|published)|open access\s"
    r"|about the authors?\b|author biograph|acknowledge?ments?\s?[:.]|springer nature remains"
    r"|(?:收稿日期|基金项目|作者简介|责任编辑|责任校对|通讯作者|编辑|附录|致谢|第一作者)"
    r"\s?[:：\]】 (（A-Z])",
    re.IGNORECASE,
)
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s*(?=\S)")
_CLOSING_HASHES = re.compile(r"\s*#{1,6}$")
_LATEX = re.compile(r"\\(?:sub){0,2}(?:section|chapter)\*?\{([^{}]{1,200})\}")
_NUMBERING = re.compile(
    r"(?:(?:chapter|section|kapitel|part)\s)?"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[A-Z]|[一二三四五六七八九十]{1,3}|第.{1,3}[章节])"
    r"(?:[.)、：:．]\s?|\s+)",
    re.IGNORECASE,
)
_NUMBERED_SECTION = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<stop>[.、．)]?)\s*(?=[^\W\d_a-z]|[“\"])"
    r"|(?:[IVXL]{1,6}|[A-Z])\.\s+(?=[^\W\d_a-z])"
    r"|(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第.{1,3}[章节])\s*(?=\S)"
    r"|(?i:chapter|section|appendix)\s[A-Z0-9]{1,3}\b"
)
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){4,30}")
_AROUND = " \t*_:：.。、，【】[]〔〕=-–—<>《》■●◆▪|†‡"
_CITES = re.compile(r"\bet al\b|\d\)(?:\W|$)|\d\](?:\W|$)")
_MAX_HEADING = 150
_MAX_WORDS = 14
_MAX_NAME = 80
_TERMINAL = tuple(".。,，;；:：!！")
_INLINE_HEADING = re.compile(
    r"[\s#*_【\[]{0,12}(?P<name>references(?: and notes)?|bibliography|literature cited|works cited"
    r"|参考文献|參考文獻|主要参考文献|引用文献|参考资料|literatur|литература|список литературы"
    r"|références|referencias|referências)"
    r"[\s*_】\]]{0,4}(?:[:：]|(?<=[】\]献獻料*])|\s)[\s*_]{0,4}"
    r"(?=\^?[\[［【〔(（]\s?1\s?[\]］】〕)）]|1[.．、)]\D)",
    re.IGNORECASE,
)


def _names(table: str) -> frozenset[str]:
    """Read a table of names into folded keys."""
    return frozenset(fold(name) for line in table.splitlines() for name in line.split(";")) - {""}


_LIST_KEYS, _END_KEYS = _names(_LIST_NAMES), _names(_END_NAMES)
_VAGUE_KEYS = _names(_VAGUE_NAMES)
_NOTE_KEYS = _names(_NOTE_NAMES)
_SECTION_KEYS = _names(_SECTION_NAMES) | _END_KEYS


def plain_heading(text: str) -> str:
    """Take the markup of a heading away, but leave its number.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    str
        The heading as a reader sees it.

    Examples
    --------
    >>> plain_heading("## **2.1. Data**")
    '2.1. Data'
    """
    text = text[: 2 * _MAX_HEADING].strip()
    if latex := _LATEX.match(text):
        text = latex[1]
    if hashes := _HASHES.match(text):
        text = _CLOSING_HASHES.sub("", text[hashes.end() :])
    return " ".join(strip_markup(text).split())


def is_list_heading(text: str) -> bool:
    """Whether a line is the heading of a reference list.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    bool
        True for the names that lists have in some thirty languages, in any case, numbered,
        marked up or spaced out.

    Examples
    --------
    >>> [is_list_heading(line) for line in ("7. References", "R E F E R E N C E S", "No")]
    [True, True, False]
    """
    return len(text.strip()) <= _MAX_NAME and _named(text, _LIST_KEYS)


def is_vague_heading(text: str) -> bool:
    """Whether the heading of a list may as well be that of a section: sources, literature.

    Parameters
    ----------
    text : str
        One line that `is_list_heading` takes for a heading.

    Returns
    -------
    bool
        True where what follows must prove that it is a list.
    """
    return _named(text, _VAGUE_KEYS)


def is_notes_heading(text: str) -> bool:
    """Whether a line is the heading of the notes at the end of a text or chapter.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    bool
        True for notes, endnotes, Anmerkungen and their like; what follows must cite.

    Examples
    --------
    >>> [is_notes_heading(line) for line in ("## Notes", "NOTES", "Notes to self")]
    [True, True, False]
    """
    return len(text.strip()) <= _MAX_NAME and _named(text, _NOTE_KEYS)


def list_heading_end(text: str) -> int | None:
    """Return where the list begins in a line that its heading stands in too.

    Parameters
    ----------
    text : str
        One line, such as ``"References: [1] Chen LQ, …"``.

    Returns
    -------
    int or None
        Place after the heading; None where the line does not begin with one.
    """
    match = _INLINE_HEADING.match(text)
    return match.end() if match else None


def ends_list(text: str) -> bool:
    """Whether a line begins what follows a reference list.

    Parameters
    ----------
    text : str
        One line that stands after a blank one.

    Returns
    -------
    bool
        True for the headings of appendices, notes, acknowledgements and the like, any
        Markdown heading, figure legends and lines on copyright.
    """
    text = text.strip()
    if _HASHES.match(text) or _LATEX.match(text):
        return True
    if _TITLED_LINE.match(text.lstrip(_AROUND)):
        return True
    return len(text) <= _MAX_NAME and _named(text, _END_KEYS)


def section_heading(text: str, *, alone: bool) -> str | None:
    """Return the heading that a line is, None where it is none.

    Parameters
    ----------
    text : str
        One line.
    alone : bool
        Whether it stands between blank lines.

    Returns
    -------
    str or None
        The heading with its number and without markup.

    Examples
    --------
    >>> section_heading("2.1. Data and methods", alone=True)
    '2.1. Data and methods'
    """
    if len(text) > 2 * _MAX_HEADING or not text.strip():
        return None
    plain = plain_heading(text)
    if _HASHES.match(text) or _LATEX.match(text.strip()):
        return plain
    if not plain or len(plain) > _MAX_HEADING:
        return None
    if _named(text, _SECTION_KEYS | _LIST_KEYS):
        return plain if alone or plain[0].isupper() or not plain[0].isascii() else None
    if not alone or plain.endswith(_TERMINAL) or not _reads_as_title(plain, text):
        return None
    return plain


def _reads_as_title(plain: str, text: str) -> bool:
    """Whether a line alone is numbered, or short and begins with a capital."""
    if _NUMBERED_SECTION.match(plain):
        return True
    words = plain.split()
    if "\t" in text.strip() or _CITES.search(plain):
        return False
    if not plain[0].isupper() or len(words) > _MAX_WORDS or len(plain) > _MAX_NAME:
        return False
    return not any(sign in plain for sign in "@[]=;•*†‡") and not words[-1][-1].isdigit()


def _named(text: str, keys: frozenset[str]) -> bool:
    """Whether a line is one of some names, numbered, spaced out or doubled in two languages."""
    plain = plain_heading(text).strip(_AROUND)
    forms = [plain]
    if numbering := _NUMBERING.match(plain):
        forms.append(plain[numbering.end() :])
    if _SPACED.fullmatch(plain):
        return fold(plain).replace(" ", "") in {key.replace(" ", "") for key in keys}
    parts = [part for part in re.split(r"[/|()（）]", plain) if not part.strip().isdigit()]
    if len(parts) > 1 and all(fold(part) in keys for part in parts if part.strip()):
        forms.append(parts[0])
    collapsed = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain)
    return any(fold(form) in keys for form in (*forms, collapsed))
