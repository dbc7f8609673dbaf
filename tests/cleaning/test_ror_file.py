"""Dumps of ROR."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio.cleaning.place.ror_file import read_ror
from nqp_biblio.errors import InputError, MissingFileError

if TYPE_CHECKING:
    from pathlib import Path

V1: list[dict[str, Any]] = [
    {
        "id": "https://ror.org/00aaaaa11",
        "name": "University of Xaxim",
        "status": "active",
        "aliases": ["Xaxim College"],
        "acronyms": ["UXA"],
        "labels": [{"label": "Universidade de Xaxim", "iso639": "pt"}],
        "country": {"country_code": "BR", "country_name": "Brazil"},
        "addresses": [{"city": "Xaxim"}],
    },
    {"id": "https://ror.org/00gone000", "name": "Gone", "status": "withdrawn"},
]
V2 = [
    {
        "id": "https://ror.org/00aaaaa11",
        "status": "active",
        "names": [
            {"value": "University of Xaxim", "types": ["ror_display", "label"], "lang": "en"},
            {"value": "Universidade de Xaxim", "types": ["label"], "lang": "pt"},
            {"value": "Xaxim College", "types": ["alias"], "lang": None},
            {"value": "UXA", "types": ["acronym"], "lang": None},
        ],
        "locations": [{"geonames_details": {"country_code": "BR", "name": "Xaxim"}}],
    }
]
CSV_V1 = (
    "id,name,status,aliases,labels,acronyms,country.country_code,addresses[0].city\n"
    "https://ror.org/00aaaaa11,University of Xaxim,active,Xaxim College,"
    "pt: Universidade de Xaxim,UXA,BR,Xaxim\n"
)
CSV_V2 = (
    "id,status,names.types.ror_display,names.types.label,names.types.alias,names.types.acronym,"
    "locations.geonames_details.country_code,locations.geonames_details.name\n"
    "https://ror.org/00aaaaa11,active,en: University of Xaxim,"
    "en: University of Xaxim; pt: Universidade de Xaxim,no_lang_code: Xaxim College,"
    "no_lang_code: UXA,BR,Xaxim\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v1.json", json.dumps(V1)),
        ("v2.json", json.dumps(V2)),
        ("answer.json", json.dumps({"items": V2})),
        ("v1.csv", CSV_V1),
        ("v2.csv", CSV_V2),
    ],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_every_shape(tmp_path: Path, name: str, text: str, *, zipped: bool) -> None:
    """JSON and CSV of both schemas, alone or in a ZIP, hold the same."""
    path = tmp_path / name
    if zipped:
        path = tmp_path / "dump.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, text)
    else:
        path.write_text(text, "utf-8")
    index = read_ror(path)
    [one] = index.organisations
    assert one.ror == "00aaaaa11"
    assert one.name == "University of Xaxim"
    assert (one.country_code, one.city, one.acronyms) == ("BR", "Xaxim", ("UXA",))
    for printed in ("Univ Xaxim", "Universidade de Xaxim", "Xaxim Coll", "UXA"):
        assert index.find(printed, "BR", city=None) == one
        assert index.find(printed, "PT", city=None) is None
        assert index.find(printed, None, city=None) is None


def test_newest_schema_of_a_zip(tmp_path: Path) -> None:
    """Of a ZIP with both schemas the newest is read, once."""
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v1-ror-data.json", json.dumps(V1 * 2))
        archive.writestr("v1-ror-data_schema_v2.json", json.dumps(V2))
        archive.writestr("v1-ror-data_schema_v2.csv", CSV_V2)
    assert len(read_ror(path).organisations) == 1


def test_names_of_two(tmp_path: Path) -> None:
    """Of two organisations of one name the city tells; without it none is found."""
    other = {**V1[0], "id": "https://ror.org/00bbbbb22", "addresses": [{"city": "Yaxim"}]}
    path = tmp_path / "v1.json"
    path.write_text(json.dumps([V1[0], other]), "utf-8")
    index = read_ror(path)
    assert index.find("University of Xaxim", "BR", city=None) is None
    found = index.find("University of Xaxim", "BR", city="YAXIM")
    assert found is not None
    assert found.ror == "00bbbbb22"


@pytest.mark.parametrize(
    ("name", "text"), [("x.json", "{"), ("x.json", "[]"), ("x.json", "3"), ("x.csv", "a,b\n1,2\n")]
)
def test_no_dump(tmp_path: Path, name: str, text: str) -> None:
    """A file that is none is refused with a reason."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="ROR"):
        read_ror(path)


def test_missing_and_empty(tmp_path: Path) -> None:
    """A missing file, and a ZIP without a dump, are refused."""
    with pytest.raises(MissingFileError, match="no such file"):
        read_ror(tmp_path / "none.zip")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("readme.txt", "")
    with pytest.raises(InputError, match="neither JSON nor CSV"):
        read_ror(tmp_path / "x.zip")
