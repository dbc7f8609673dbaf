"""Which names of sources are one."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.venue_joins import Spelling, Venue, join_venues
from nqp_biblio.cleaning.venues import read_aliases


def joined(*names: str, issn: dict[str, str] | None = None) -> list[Venue]:
    """Join names, each printed once in an article."""
    spellings = [
        Spelling(
            name,
            number,
            issns=frozenset({issn[name]} if issn and name in issn else ()),
            types=frozenset({"article-journal"}),
        )
        for number, name in enumerate(names, 1)
    ]
    return join_venues(spellings, aliases=read_aliases(None))


FULL = "Journal of the American Society for Information Science and Technology"


@pytest.mark.parametrize(
    ("names", "shown", "rule"),
    [
        ((FULL, FULL.upper()), FULL, "same-name"),
        (("J. Am. Soc. Inf. Sci. Technol.", FULL), FULL, "alias"),
        (("JASIST", FULL), FULL, "alias"),
        (("Opt. Express", "Optics Express"), "Optics Express", "abbreviation"),
        (("OPT EXPRESS", "Optics Express"), "Optics Express", "abbreviation"),
        (("APPL OPTICS", "APPLIED OPTICS"), "Applied Optics", "abbreviation"),
        (("PLOS ONE", "PLoS ONE"), "PLoS ONE", "same-name"),
        (
            ("J. Phys. A", "Journal of Physics A: Mathematical and Theoretical"),
            "Journal of Physics A: Mathematical and Theoretical",
            "abbreviation",
        ),
    ],
)
def test_variants_are_one_source(names: tuple[str, ...], shown: str, rule: str) -> None:
    """Variants of one journal are joined, under the name in full, by a named rule."""
    (venue,) = joined(*names)
    assert venue.display_name == shown
    assert venue.rules[names[0]] == rule or venue.rules[names[1]] == rule


@pytest.mark.parametrize(
    "names",
    [
        ("Nature", "Nature Materials"),
        ("J Phys A", "J Phys B"),
        ("J. Phys.", "Journal of Physics: Condensed Matter"),
        ("J. Phys. A", "Journal of Physics B"),
        ("Ann. Phys.", "Annals of Physics"),
        ("Science and Technology in China", "China Science & Technology Resources Review"),
        ("J. Math. Phys.", "Journal of Mathematics and Physics", "Journal of Mathematical Physics"),
    ],
)
def test_different_journals_stay_apart(names: tuple[str, ...]) -> None:
    """Nothing is joined that may be two journals; what fits two is joined to none."""
    assert len(joined(*names)) == len(names)


def test_one_issn_joins_names_that_have_something_in_common() -> None:
    """An ISSN joins a renamed journal, but not a name that it is wrongly printed with."""
    issn = dict.fromkeys(("Optics Today", "Optics and Photonics", "Medieval Letters"), "0028-0836")
    venues = joined(*issn, issn=issn)
    assert [len(venue.spellings) for venue in venues] == [2, 1]
    assert venues[0].rules["Optics Today"] == "same-issn"


def test_most_frequent_full_name_is_shown() -> None:
    """Among full spellings the one most works print is shown, never the capitals."""
    spellings = [
        Spelling("OPTICS & LASERS", 1, 9),
        Spelling("Optics & Lasers", 2, 2),
        Spelling("Optics and Lasers", 3, 3),
    ]
    (venue,) = join_venues(spellings, aliases={})
    assert venue.display_name == "Optics & Lasers"
    assert venue.abbreviated_title == "Opt. Lasers"


def test_shown_name_of_an_earlier_alias_stays() -> None:
    """A name that came from an alias is kept when the alias is no longer given."""
    (venue,) = join_venues([Spelling("OT", 1)], aliases={}, known={1: "Optics Today"})
    assert venue.display_name == "Optics Today"
