"""The field tags of Web of Science, and what they hold."""

from __future__ import annotations

__all__ = ["LINE_TAGS", "TAGS", "TEXT_OF", "TYPES", "TYPE_OF_PT"]

_TAGS_TEXT = """
    AB AE AF AN AR AU AW BA BD BE BF BN BP BS C1 C3 CA CC CL CN CO CP CR CT CY D2 DA DE DI DL DT
    EA ED EF EI EM EP ER EY FN FP FU FX GA GP HC HO HP ID IS J9 JI LA LT MA MC MI MQ NR NT OA OI OR
    PA PD PG PI PM PN PS PT PU PV PY RI RP SC SE SI SN SO SP ST SU TA TC TI TN U1 U2 UR UT VL VR WC
    WE Z8 Z9 ZB ZR ZS
    """
TAGS = frozenset(_TAGS_TEXT.split())
"""Tags of the Core Collection and of the other databases of the platform."""

LINE_TAGS = frozenset({"AU", "AF", "BA", "BE", "BF", "CA", "GP", "ED", "C1", "CR"})
"""Tags that hold a list with one item a line."""

TEXT_OF: dict[str, str] = {
    "UT": "key",
    "TI": "title",
    "SO": "source_raw",
    "VL": "volume",
    "IS": "issue",
    "AR": "article_number",
    "PM": "pmid",
    "BN": "isbn",
    "SN": "issn",
    "PU": "publisher",
    "PI": "publisher_place",
    "SE": "series",
    "CT": "event",
    "DT": "genre",
    "AB": "abstract",
    "UR": "url",
}
"""Attributes that take a tag as it is."""

TYPE_OF_PT: dict[str, str] = {
    "J": "article-journal",
    "P": "patent",
    "D": "thesis",
}
"""CSL type of a type of publication that says it alone."""

TYPES: tuple[tuple[str, str], ...] = (
    ("proceedings paper", "paper-conference"),
    ("meeting", "paper-conference"),
    ("chapter", "chapter"),
    ("data set", "dataset"),
    ("data study", "dataset"),
    ("software", "software"),
    ("thesis", "thesis"),
    ("dissertation", "thesis"),
    ("patent", "patent"),
    ("preprint", "article"),
    ("book", "book"),
)
"""Words in the type of document, and the CSL type of what has one outside a journal."""
