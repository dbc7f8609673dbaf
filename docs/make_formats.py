"""Write the table of what each format keeps into formats.md: python docs/make_formats.py."""

from __future__ import annotations

from pathlib import Path

from nqp_biblio.outputs.formats import survival_matrix

PAGE = Path(__file__).with_name("formats.md")
BEGIN, END = "<!-- what is kept: python docs/make_formats.py -->\n", "<!-- end -->\n"


def formats_page(text: str) -> str:
    """Return the page with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, behind = rest.partition(END)
    return f"{before}{BEGIN}\n{survival_matrix()}\n{END}{behind}"


if __name__ == "__main__":
    PAGE.write_text(formats_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
