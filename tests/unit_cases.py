"""Three works with addresses, of which one cites another, and every unit they have networks of."""

from __future__ import annotations

import nqp_biblio as nb

OSLO, LUND, GHENT = (
    "Univ Oslo, Oslo, Norway",
    "Univ Lund, Lund, Sweden",
    "Univ Ghent, Ghent, Belgium",
)
SHARED = nb.CitedReference(raw="Solow R, 1957, REV ECON STAT", first_author="Solow R")


def works() -> list[nb.Record]:
    """Give the works that cite; the one they cite comes with them."""
    old = nb.Record(
        title="Growth of harbours and towns",
        publication_year=1990,
        people=[nb.Person("Ames", "Ada"), nb.Person("Bell", "Bo")],
        affiliations=[(OSLO, 1)],
    )
    cites_old = nb.CitedReference(raw="Ames A, 1990", first_author="Ames A", work=old)
    new = nb.Record(
        title="Tidal trade of harbours",
        publication_year=2001,
        people=[nb.Person("Cole", "Cy")],
        affiliations=[(OSLO, 1), (LUND, 1)],
        cited_references=[cites_old, SHARED],
    )
    late = nb.Record(
        title="Tidal trade",
        publication_year=2005,
        abstract="The tidal trade of harbours grew.",
        people=[nb.Person("Dahl", "D")],
        affiliations=[(GHENT, 1), (LUND, None)],
        cited_references=[SHARED],
    )
    return [new, late]


CASES: list[tuple[str, str]] = [
    *(("coauthorship", of) for of in ("authors", "institutions", "countries")),
    *(("coupling", of) for of in ("works", "authors", "institutions", "countries")),
    *(("citation", of) for of in ("works", "authors", "institutions", "countries")),
    *(("cocitation", of) for of in ("references", "authors")),
    ("cooccurrence", "text_terms"),
    ("cotopic", "topics"),
    ("cotopic", "works"),
    ("multimode", "countries+authors+references"),
]
