"""PDF: the text in it, read like plain text."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from nqp_biblio.errors import InputError, MissingExtraError
from nqp_biblio.readers.paper import read_text
from nqp_biblio.readers.pdf_text import text_of_page
from nqp_biblio.readers.registry import Format, register_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Problem, Record

__all__: list[str] = []

_MARK = b"%PDF-"
_HEAD = 1_024
_MAX_PAGES = 3_000


def _matches(source: Source) -> float:
    """Tell a PDF by its mark."""
    return 1.0 if _MARK in source.start[:_HEAD] else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Read the text of a PDF as a paper or a list."""
    text = _text_of(source)
    if not text.strip():
        raise InputError(
            f"{source.name}: the PDF holds no text, only pictures; run it through OCR first"
        )
    return read_text(text, file=source.name, format_name="pdf")


def _text_of(source: Source) -> str:
    """Take the text out of a PDF, a form feed between pages.

    Raises
    ------
    MissingExtraError
        If pypdf is not installed.
    InputError
        If the PDF cannot be opened.
    """
    try:
        import pypdf
    except ImportError:
        raise MissingExtraError("pypdf", "pdf") from None
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{source.name}: the PDF is locked; save it without a password first")
        pages = [text_of_page(page) for page in reader.pages[:_MAX_PAGES]]
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{source.name}: the PDF is damaged ({error})") from error
    return "\n\f".join(pages).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


register_format(
    Format(
        name="pdf",
        title="PDF with a text layer: a paper, or its reference list",
        suffixes=(".pdf",),
        matches=_matches,
        records=_records,
    )
)
