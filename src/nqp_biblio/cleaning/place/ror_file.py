"""A dump of ROR, the Research Organization Registry, as a file: JSON, CSV or the ZIP of both."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.cleaning.place.institution_words import institution_key
from nqp_biblio.errors import InputError, MissingFileError
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Organisation", "RorIndex", "read_ror"]

_SHORTEST_ACRONYM = 3
_ZIP_MARK = b"PK\x03\x04"
_LARGEST = 4 << 30


class Organisation(NamedTuple):
    """One organisation of ROR.

    Attributes
    ----------
    ror : str
        Its id without address.
    name : str
        The name to show.
    country_code : str or None
        ISO 3166-1, two letters.
    city : str or None
        Where it lies.
    names : tuple of str
        All its names but acronyms.
    acronyms : tuple of str
        Its acronyms.
    """

    ror: str
    name: str
    country_code: str | None
    city: str | None
    names: tuple[str, ...]
    acronyms: tuple[str, ...]


@dataclass(slots=True)
class RorIndex:
    """The organisations by country and name.

    Attributes
    ----------
    organisations : list of Organisation
        In the order of the file.
    """

    organisations: list[Organisation] = field(default_factory=list)
    _by_name: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _by_acronym: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, item: Organisation) -> None:
        """Add one organisation; one without country can never be matched."""
        at = len(self.organisations)
        self.organisations.append(item)
        if item.country_code is None:
            return
        for key in dict.fromkeys(institution_key(name) for name in item.names):
            self._by_name.setdefault((item.country_code, key), []).append(at)
        for key in dict.fromkeys(map(fold, item.acronyms)):
            self._by_acronym.setdefault((item.country_code, key), []).append(at)

    def find(self, name: str, country: str | None, *, city: str | None) -> Organisation | None:
        """Find the one organisation of a name in a country.

        Parameters
        ----------
        name : str
            A name, abbreviated or not, or an acronym in capitals.
        country : str or None
            ISO 3166-1; without one, none is found.
        city : str or None
            Tells organisations of one name apart.

        Returns
        -------
        Organisation or None
            None also where several fit.
        """
        if country is None:
            return None
        found = self._by_name.get((country, institution_key(name)), [])
        if not found and name.isupper() and len(name) >= _SHORTEST_ACRONYM:
            found = self._by_acronym.get((country, fold(name)), [])
        if len(found) > 1 and city:
            there = [at for at in found if fold(self.organisations[at].city or "") == fold(city)]
            found = there or found
        return self.organisations[found[0]] if len(found) == 1 else None


def read_ror(path: str | Path) -> RorIndex:
    """Read a dump of ROR of schema 1 or 2.

    Parameters
    ----------
    path : str or Path
        The ZIP that ROR gives out, or the JSON or CSV file in it. Of a ZIP the JSON of the
        newest schema is read.

    Returns
    -------
    RorIndex
        Organisations that are withdrawn are left out.

    Raises
    ------
    MissingFileError
        If there is no such file.
    InputError
        If it is no dump of ROR.

    References
    ----------
    .. [1] ROR data structure. https://ror.readme.io/docs/ror-data-structure
    """
    path = Path(path)
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; it should be a dump of ROR")
    data = path.read_bytes()
    name = path.name
    if data.startswith(_ZIP_MARK):
        name, data = _in_zip(path)
    index = RorIndex()
    items = _of_csv(data) if name.endswith(".csv") else _of_json(data, path)
    for item in items:
        index.add(item)
    if not index.organisations:
        raise InputError(f"{path}: no organisation of ROR in it; a dump is JSON, CSV or ZIP")
    return index


def _in_zip(path: Path) -> tuple[str, bytes]:
    """Return the newest JSON file of a ZIP, else its CSV."""
    with zipfile.ZipFile(path) as archive:
        files = [item for item in archive.infolist() if item.file_size < _LARGEST]
        names = sorted(item.filename for item in files)
        wanted = [name for name in names if name.endswith(".json")] or [
            name for name in names if name.endswith(".csv")
        ]
        if not wanted:
            raise InputError(f"{path}: neither JSON nor CSV in the ZIP; a dump of ROR has both")
        best = min(wanted, key=lambda name: ("v2" not in name, name))
        return best, archive.read(best)


def _of_json(data: bytes, path: Path) -> Iterator[Organisation]:
    """Yield the organisations of a JSON file of either schema."""
    import msgspec

    try:
        items = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.DecodeError as error:
        raise InputError(f"{path}: no JSON of ROR: {error}") from error
    if isinstance(items, dict):
        items = items.get("items", [items])
    for item in items if isinstance(items, list) else ():
        if (
            isinstance(item, dict)
            and item.get("status", "active") != "withdrawn"
            and item.get("id")
        ):
            yield _of_schema_2(item) if isinstance(item.get("names"), list) else _of_schema_1(item)


def _of_schema_1(item: Mapping[str, Any]) -> Organisation:
    labels = [label.get("label") for label in item.get("labels") or () if isinstance(label, dict)]
    places = [place for place in item.get("addresses") or () if isinstance(place, dict)]
    return _organisation(
        (item["id"], item.get("name")),
        (item.get("name"), *(item.get("aliases") or ()), *labels),
        item.get("acronyms") or (),
        (
            (item.get("country") or {}).get("country_code"),
            places[0].get("city") if places else None,
        ),
    )


def _of_schema_2(item: Mapping[str, Any]) -> Organisation:
    names = [name for name in item["names"] if isinstance(name, dict) and name.get("value")]
    shown = next((one["value"] for one in names if "ror_display" in (one.get("types") or ())), None)
    places = [place for place in item.get("locations") or () if isinstance(place, dict)]
    details = (places[0].get("geonames_details") or {}) if places else {}
    return _organisation(
        (item["id"], shown or (names[0]["value"] if names else None)),
        [one["value"] for one in names if one.get("types") != ["acronym"]],
        [one["value"] for one in names if "acronym" in (one.get("types") or ())],
        (details.get("country_code"), details.get("name")),
    )


def _of_csv(data: bytes) -> Iterator[Organisation]:
    """Yield the organisations of a CSV file of either schema."""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        if not row.get("id") or row.get("status") == "withdrawn":
            continue
        new = "names.types.ror_display" in row
        shown = row.get("names.types.ror_display" if new else "name") or ""
        columns = ("names.types.label", "names.types.alias") if new else ("aliases", "labels")
        acronyms = row.get("names.types.acronym" if new else "acronyms") or ""
        place = (
            ("locations.geonames_details.country_code", "locations.geonames_details.name")
            if new
            else ("country.country_code", "addresses[0].city")
        )
        yield _organisation(
            (row["id"], _without_language(shown)),
            (_without_language(shown), *(one for name in columns for one in _cells(row.get(name)))),
            _cells(acronyms),
            (row.get(place[0]), row.get(place[1])),
        )


def _cells(text: str | None) -> list[str]:
    """Part a cell of several names."""
    return [_without_language(piece) for piece in (text or "").split(";") if piece.strip()]


def _without_language(text: str) -> str:
    """Take the language off: 'de: Universität' and 'en::Name'."""
    head, sign, rest = text.strip().partition(":")
    is_language = sign and ((len(head) in {2, 3} and head.islower()) or head == "no_lang_code")
    return rest.strip(" :") if is_language else text.strip()


def _organisation(
    named: tuple[object, object],
    names: Iterable[object],
    acronyms: Iterable[object],
    place: tuple[object, object],
) -> Organisation:
    """Put one organisation together."""
    ror, shown = named
    country, city = (str(value) if value else None for value in place)
    kept = tuple(dict.fromkeys(str(name) for name in (shown, *names) if name))
    return Organisation(
        ror=str(ror).rpartition("/")[2],
        name=str(shown or (kept[0] if kept else ror)),
        country_code=country.upper() if country else None,
        city=city,
        names=kept,
        acronyms=tuple(dict.fromkeys(str(name) for name in acronyms if name)),
    )
