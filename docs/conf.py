"""Settings of Sphinx."""

from __future__ import annotations

import re
from typing import Any

import nqp_biblio

project = "nqp-biblio"
author = "the nqp-biblio contributors"
copyright = "the nqp-biblio contributors, MIT licence"
version = release = nqp_biblio.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
suppress_warnings = ["config.cache"]

html_theme = "furo"
html_title = f"nqp-biblio {release}"
html_copy_source = False
html_show_sphinx = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = False
python_maximum_signature_line_length = 80


def _number_references(
    app: Any,  # noqa: ANN401, ARG001
    what: str,  # noqa: ARG001
    name: str,  # noqa: ARG001
    obj: object,  # noqa: ARG001
    options: Any,  # noqa: ANN401, ARG001
    lines: list[str],
) -> None:
    """Make the numbered papers of a docstring a list, since footnotes are one per page."""
    lines[:] = [
        re.sub(r"\[(\d+)\]_", r"[\1]", re.sub(r"^\.\. \[(\d+)\] ", r"\1. ", line)) for line in lines
    ]


def setup(app: Any) -> None:  # noqa: ANN401
    """Connect to Sphinx."""
    app.connect("autodoc-process-docstring", _number_references, priority=400)
