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
        (
            ("EUR J RADIOL", "EUROPEAN JOURNAL OF RADIOLOGY"),
            "European Journal of Radiology",
            "abbreviation",
        ),
        (
            ("IEEE T MAGN", "IEEE Transactions on Magnetics"),
            "IEEE Transactions on Magnetics",
            "abbreviation",
        ),
        (
            ("ANTIMICROB RESIST IN", "Antimicrobial Resistance and Infection Control"),
            "Antimicrobial Resistance and Infection Control",
            "abbreviation",
        ),
        (
            ("Drug Des Devel Ther", "Drug Design, Development and Therapy"),
            "Drug Design, Development and Therapy",
            "abbreviation",
        ),
        (
            ("Front Endocrinol (Lausanne)", "Frontiers in Endocrinology"),
            "Frontiers in Endocrinology",
            "abbreviation",
        ),
        (("APPLIED SCIENCES-BASEL", "Applied Sciences"), "Applied Sciences", "same-name"),
        (("Science (New York, N.Y.)", "Science"), "Science", "same-name"),
        (("Diabetes. Conference: 70th Sessions", "Diabetes"), "Diabetes", "same-name"),
        (
            ("Journal of drugs in dermatology : JDD", "Journal of Drugs in Dermatology"),
            "Journal of Drugs in Dermatology",
            "parallel-title",
        ),
        (
            (
                "Canadian Veterinary Journal = Revue Vétérinaire Canadienne",
                "Canadian Veterinary Journal",
            ),
            "Canadian Veterinary Journal",
            "parallel-title",
        ),
        (
            (
                "中国管理科学[Chinese Journal of Management Science]",
                "Chinese Journal of Management Science",
            ),
            "Chinese Journal of Management Science",
            "parallel-title",
        ),
        (
            ("JOURNAL OF PHYSICS D-APPLIED PHYSICS", "Journal of Physics D"),
            "Journal of Physics D",
            "part-title",
        ),
        (
            ("Applied Soft Computing Journal", "APPLIED SOFT COMPUTING"),
            "Applied Soft Computing Journal",
            "journal-behind",
        ),
        (
            (
                "JAVMA-JOURNAL OF THE AMERICAN VETERINARY MEDICAL ASSOCIATION",
                "Journal of the American Veterinary Medical Association",
            ),
            "Journal of the American Veterinary Medical Association",
            "acronym-before",
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
        ("PHYSICAL REVIEW A", "PHYSICAL REVIEW APPLIED", "PHYS REV LETT"),
        ("Scientometrics", "Journal of Scientometric Research"),
        ("Journal of Physics D: Applied Physics", "Journal of Physics B: Optics"),
        (
            "J HAND SURG",
            "JOURNAL OF HAND SURGERY-AMERICAN VOLUME",
            "JOURNAL OF HAND SURGERY-BRITISH VOLUME",
        ),
        ("FASEB Journal", "FASEB"),
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


def test_exact_abbreviation_comes_first() -> None:
    """An abbreviation that is that of one title to the letter does not go to a longer one."""
    names = (
        *("J ORTHOP TRAUMA", "JOURNAL OF ORTHOPAEDIC TRAUMA"),
        *("J ORTHOP TRAUMATOL", "JOURNAL OF ORTHOPAEDICS AND TRAUMATOLOGY"),
    )
    venues = joined(*names)
    assert [tuple(item.name for item in venue.spellings) for venue in venues] == [
        names[:2],
        names[2:],
    ]


def test_printed_abbreviation_joins() -> None:
    """What a record prints as the abbreviation beside the name is that name elsewhere."""
    spellings = [
        Spelling("Zdravniski Vestnik", 1, abbreviations=frozenset({"ZDR VESTN"})),
        Spelling("ZDR VESTN", 2),
    ]
    (venue,) = join_venues(spellings, aliases={})
    assert venue.rules["ZDR VESTN"] == "printed-abbreviation"
    two = [*spellings, Spelling("Zdravi Vestnici", 3, abbreviations=frozenset({"ZDR VESTN"}))]
    assert len(join_venues(two, aliases={})) == 3


def test_issns_keep_journals_apart() -> None:
    """A second title is no reason to join journals whose ISSNs are known and differ."""
    names = ("Ying Yong Xue Bao = Journal of Applied Ecology", "Journal of Applied Ecology")
    assert len(joined(*names)) == 1
    issn = dict(zip(names, ("1001-9332", "0021-8901"), strict=True))
    assert len(joined(*names, issn=issn)) == 2
