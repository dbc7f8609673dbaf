"""The institution that an address names."""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.cleaning.place.affiliation_parts import split_address
from nqp_biblio.cleaning.place.institution_aliases import alias_of
from nqp_biblio.cleaning.place.institution_names import find_institution
from nqp_biblio.cleaning.place.institution_words import institution_key

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Univ Ghent, Fac Engn, Lab Soete, B-9000 Ghent, Belgium", "Univ Ghent"),
        ("IBM Corp, Watson Res Ctr, Yorktown Hts, NY 10598 USA", "IBM Corp"),
        ("Hebei Gen Hosp, Shijiazhuang, Hebei, Peoples R China", "Hebei Gen Hosp"),
        ("Chinese Acad Sci, Inst Phys, Beijing, Peoples R China", "Chinese Acad Sci"),
        (
            "Institute of Physics, Chinese Academy of Sciences, Beijing, China",
            "Chinese Academy of Sciences",
        ),
        ("School of Law, University of X, Oslo, Norway", "University of X"),
        (
            "Women's Hospital, Zhejiang University School of Medicine, Hangzhou, China",
            "Zhejiang University",
        ),
        (
            "Department of Wildlife at the University of Missouri, United States",
            "University of Missouri",
        ),
        (
            "Administrative Headquarters of the Max Planck Society, Munich, Germany",
            "Max Planck Society",
        ),
        (
            "Dept. of Dermatology, Hospital of Central Command, Wuhan, China",
            "Hospital of Central Command",
        ),
        (
            "Minnesota Department of Natural Resources, United States",
            "Minnesota Department of Natural Resources",
        ),
        ("Federal University of Pernambuco - UFPE, Brazil", "Federal University of Pernambuco"),
        ("ETH Zurich and University of Zurich, CH-8001 Zurich, Switzerland", "ETH Zurich"),
        ("Univ Calif, Dept Stat, Berkeley, CA 94720 USA", "Univ Calif, Berkeley"),
        ("University of Nevada, Las Vegas, United States", "University of Nevada, Las Vegas"),
        (
            "Faculty of Law, University of Technology, Sydney, Australia",
            "University of Technology, Sydney",
        ),
        ("山东大学公共文化研究中心", "山东大学"),
        ("上海戏剧学院戏剧文学系", "上海戏剧学院"),
        ("中国科学院大学资源学院", "中国科学院大学"),
        ("Dept Prod Engn, 5 Andar, BR-50740530 Recife, PE, Brazil", None),
        ("Department of Law, Zaehringerstr. 24, CH-8092 Zurich, Switzerland", None),
        ("Eickedorfer Damm 35, 28865 Lilienthal, Germany", None),
        ("", None),
    ],
)
def test_main_organisation(address: str, name: str | None) -> None:
    """The main organisation is found in the orders of Web of Science and of Scopus."""
    assert find_institution(split_address(address)).name == name


def test_acronym() -> None:
    """What stands in brackets behind the name is kept as its acronym."""
    found = find_institution(split_address("Univ. Politécnica de Cartagena (UPCT), Murcia, Spain"))
    assert found == ("Univ. Politécnica de Cartagena", "university-word", "UPCT")


def _one_name(name: str, country: str | None) -> str:
    return alias_of(name, country) or institution_key(name)


@pytest.fixture(scope="module")
def judged(data: Path) -> dict[str, dict[str, str]]:
    """Addresses judged by hand, by the hash of the address."""
    with (data / "places_judged.csv").open(encoding="utf-8", newline="") as lines:
        return {row["sha256"]: row for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def addresses(shared_data: Path) -> set[str]:
    """All addresses in the files of Web of Science and Scopus."""
    return _addresses(shared_data / "formats")


@pytest.mark.parametrize("half", ["A", "B", "C"])
def test_judged_sample(addresses: set[str], judged: dict[str, dict[str, str]], half: str) -> None:
    """Of the addresses judged by hand 99 % have the right country, 95 % the institution."""
    n = n_countries = n_institutions = 0
    for address in addresses:
        row = judged.get(hashlib.sha256(address.encode()).hexdigest()[:20])
        if row is None or row["half"] != half:
            continue
        parts = split_address(address)
        found = find_institution(parts).name
        country = row["country_code"] or None
        wanted = {_one_name(name, country) for name in row["institution"].split("|") if name}
        n += 1
        n_countries += parts.country_code == country
        n_institutions += (_one_name(found, country) in wanted) if found else not wanted
    assert n == sum(row["half"] == half for row in judged.values())
    assert n_countries >= 0.99 * n
    assert n_institutions >= 0.95 * n


def _addresses(folder: Path) -> set[str]:
    import nqp_biblio as nb

    files = [
        *(path for path in folder.glob("wos-*/*") if ".expected" not in path.name),
        *folder.glob("scopus-csv/*.csv"),
        *(path for path in folder.glob("bibtex/*.bib") if _is_of_database(path)),
        *(path for path in folder.glob("ris/*") if _is_of_database(path)),
    ]
    found: set[str] = set()
    for path in sorted(files):
        if ".peer" in path.name:
            continue
        try:
            corpus = nb.read(path)
        except nb.BiblioError:
            continue
        found.update(row[0] for row in corpus.sql("SELECT affiliation_raw FROM affiliations"))
    return found


def _is_of_database(path: Path) -> bool:
    return any(word in path.name.lower() for word in ("wos", "scopus", "web_of_science")) and (
        not path.name.endswith((".json", ".colrev.bib"))
    )
