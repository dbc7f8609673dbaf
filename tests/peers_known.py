"""Fields that we read otherwise than other programs on purpose, and why.

A row is ``"folder/file": {"index:field": "reason"}``: the index counts the records of the truth
from 0, the field is one of ``peers.FIELDS``, ``"*:field"`` stands for that field of all records
of the file, and the reason says what stands in the input.
"""

from __future__ import annotations

KNOWN_DIFFERENCES: dict[str, dict[str, str]] = {
    "ads/ads-24-adstagged.txt": {
        "*:issue": "the format has no tag for the issue",
        "5:venue": "Ph.D. Thesis is a kind of work, no source",
        "12:venue": "Masters Thesis is a kind of work, no source",
        "17:authors": "a point stands for the family name, which is the last word",
        "18:type": "the format does not say the kind; the bibcode tells no part of a book",
        "21:type": "the format does not say the kind; the bibcode tells a paper of a meeting",
        "23:title": "the truth keeps the tags of MathML",
    },
    "ads/ads-24-ref-abs.xml": {
        "3:venue": "the line that cites the work begins with the title of the book",
        "5:venue": "Ph.D. Thesis is a kind of work, no source",
        "12:venue": "Masters Thesis is a kind of work, no source",
        "15:venue": "the series follows the book without a sign that parts them",
        "17:authors": "a point stands for the family name, which is the last word",
        "18:venue": "the subtitle of the report follows",
        "19:venue": "the place follows the series without a sign that parts them",
        "21:venue": "AIAA written out",
        "23:title": "the truth keeps the tags of MathML",
        "23:venue": "printed with The",
    },
    "citavi/jabref-CitaviXmlImporterTest1.ctv6bak": {
        "*:title": "JabRef leaves the subtitle off",
        "*:authors": "JabRef leaves middle names off",
        "*:pages": "JabRef takes the number of pages for pages",
        "*:type": "JabRef takes all kinds but books and films for articles",
    },
    "citavi/jabref-CitaviXmlImporterTest3.ctv6bak": {
        "*:title": "JabRef leaves the subtitle off",
        "*:authors": "JabRef leaves middle names off",
        "*:pages": "JabRef takes the number of pages for pages",
        "*:type": "JabRef takes all kinds but books and films for articles",
    },
    "jats/ads-24-jats-records.xml": {
        "*:authors": "all groups of authors in the file are empty",
        "*:venue": "the file has no title of a journal, only the abbreviation that ADS uses",
        "*:pages": "the truth has the first page, or a number of the article that the file has not",
        "*:type": "the file says other or research-article of works of all kinds",
        "23:title": "the truth keeps the tags of MathML",
    },
    "marcxml/jabref-MarcXmlParserTestArticle.xml": {
        "0:type": "the leader says a part of a monograph, and the host is a Festschrift",
    },
    "mods/jabref-MODSImporterTestAllFields.xml": {
        "0:title": "JabRef takes the alternative title",
        "0:pages": "JabRef takes the number of pages for pages",
    },
    "mods/zotero-MODS-02.xml": {
        "0:year": "the date of creation is the key date; Zotero takes that of the copyright",
    },
    "mods/zotero-MODS-21.xml": {
        "0:authors": "Zotero takes the associated name for an author too; it is the same office",
    },
    "msbib/jabref-MsBibImporterTest7.xml": {
        "0:authors": "one person, whose middle name holds a second one as BibTeX writes it",
    },
}
