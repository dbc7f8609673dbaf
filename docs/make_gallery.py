"""Draw the pictures of gallery.md: ``python docs/make_gallery.py``.

The works are made up by a seeded draw, so that no person, journal or number in them is real.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import nqp_biblio as nb

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

FOLDER = Path(__file__).parent / "images" / "gallery"
N_WORKS = 600
STRANGERS = 0.25
"""Share of works with a keyword of another field."""

FIELDS = {
    "Ports": ("port cities", "container shipping", "dredging", "quay walls", "pilotage"),
    "Trade": ("trade policy", "tariffs", "supply chains", "export credit", "customs unions"),
    "Towns": ("urban form", "street networks", "housing", "zoning", "public transport"),
    "Coast": ("tidal energy", "sea level rise", "wetlands", "erosion", "coastal defence"),
}
NAMES = ("Adler", "Bonde", "Cruz", "Dahl", "Evers", "Faure", "Gómez", "Hahn", "Ito", "Jansen")
COUNTRIES = ("Norway", "Netherlands", "Spain", "Japan", "Brazil", "Peoples R China", "USA", "India")


def made_corpus() -> nb.Corpus:
    """Draw works of four fields, each citing earlier ones, most of its own field."""
    random = np.random.default_rng(7)
    years = np.sort(2000 + (25 * random.random(N_WORKS) ** 0.6).astype(int))
    fields = random.choice(list(FIELDS), N_WORKS, p=(0.35, 0.25, 0.25, 0.15))
    records: list[nb.Record] = []
    for number in range(N_WORKS):
        records.append(made_record(number, (years, fields), records, random))
    return nb.find_topics(nb.clean(nb.corpus_of(records)))


def made_record(
    number: int,
    drawn: tuple[np.ndarray, np.ndarray],
    earlier: list[nb.Record],
    random: np.random.Generator,
) -> nb.Record:
    """Draw one work."""
    years, fields = drawn
    own = str(fields[number])
    weights = (0.4, 0.25, 0.15, 0.1, 0.1)
    terms = [str(term) for term in random.choice(FIELDS[own], 3, replace=False, p=weights)]
    if random.random() < STRANGERS:
        terms.append(str(random.choice(FIELDS[str(random.choice(list(FIELDS)))])))
    people = [
        nb.Person(family=f"{name}{'son' if at % 3 else ''}", given=f"{'ABCDEFGH'[at % 8]}.")
        for name, at in zip(
            random.choice(NAMES, 3), (random.pareto(1.2, 3) * 4).astype(int) % 24, strict=True
        )
    ][: 1 + int(random.integers(3))]
    chosen = {int((number - 1) * random.random() ** 0.5) for _ in range(8)} if number else set()
    cited = [as_reference(earlier[i]) for i in sorted(chosen) if fields[i] == own or i % 5 == 0]
    cited += [old_reference(random) for _ in range(int(random.integers(1, 5)))]
    place = f"Univ {own}, Town, {random.choice(COUNTRIES, p=np.arange(8, 0, -1) / 36)}"
    return nb.Record(
        type="article-journal",
        title=f"{terms[0].capitalize()} and {terms[1]}: case {number}",
        publication_year=int(years[number]),
        source_raw=f"Journal of {own} Studies {int(random.pareto(1) * 2) % 12 + 1}",
        volume=str(int(years[number]) - 1990),
        pages=[(str(10 * number + 1), str(10 * number + 9))],
        doi=f"10.5555/gallery.{number:04}",
        people=people,
        affiliations=[(place, None)],
        keywords=[("author_keyword", term) for term in dict.fromkeys(terms)],
        cited_references=cited,
        cited_by_count=int(random.pareto(1.1) * 6),
    )


def as_reference(record: nb.Record) -> nb.CitedReference:
    """Cite a work of the corpus."""
    person = record.people[0]
    return nb.CitedReference(
        raw=f"{person.family} {person.given} {record.publication_year} DOI {record.doi}",
        first_author=f"{person.family} {person.given}",
        publication_year=record.publication_year,
        doi=record.doi,
    )


def old_reference(random: np.random.Generator) -> nb.CitedReference:
    """Cite one of some old works outside the corpus."""
    at = int(random.pareto(0.9) * 3) % 60
    year = 1995 - (at * 7) % 70
    name = NAMES[at % len(NAMES)]
    return nb.CitedReference(
        raw=f"{name} Z, {year}, OLD J, V{at + 1}, P{at + 3}",
        first_author=f"{name} Z",
        publication_year=year,
        source_raw="OLD J",
        volume=str(at + 1),
        first_page=str(at + 3),
    )


def pictures(corpus: nb.Corpus) -> dict[str, Callable[[], Figure]]:
    """Name each picture, and what draws it."""
    fields = ("authors", "author_keywords", "sources")
    return {
        "network": lambda: nb.plot_network(
            nb.map_network(nb.cooccurrence_network(corpus, of="author_keywords"))
        ),
        "growth": lambda: nb.plot_growth(nb.life_cycle_curve(corpus), nb.annual_growth(corpus)),
        "spectroscopy": lambda: nb.plot_rpys(nb.rpys(corpus)),
        "lotka": lambda: nb.plot_lotka(nb.lotka(corpus)),
        "bradford": lambda: nb.plot_bradford(nb.bradford_zones(corpus), nb.bradford_law(corpus)),
        "trends": lambda: nb.plot_trends(nb.trend_topics(corpus, of="author_keywords")),
        "countries": lambda: nb.plot_countries(
            dict(
                zip(
                    nb.country_production(corpus).column("country_code"),
                    nb.country_production(corpus).column("n_works"),
                    strict=True,
                )
            ),
            label="works",
        ),
        "three_field": lambda: nb.plot_three_field(
            nb.multimode_network(corpus, fields, min_occurrences=5)
        ),
        "tree": lambda: nb.plot_tree(nb.tree_of_science(corpus)),
    }


def main() -> None:
    """Draw all pictures."""
    from PIL import Image

    FOLDER.mkdir(parents=True, exist_ok=True)
    corpus = made_corpus()
    for name, draw in pictures(corpus).items():
        buffer = io.BytesIO()
        draw().savefig(buffer, format="png", dpi=110, metadata={"Software": None})
        picture = Image.open(buffer).convert("RGB").quantize(96, dither=Image.Dither.NONE)
        picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
