"""Make the outlines of countries for maps, from Natural Earth (public domain) in world-atlas.

Run ``python tools/make_world_outlines.py PACKAGE``, where PACKAGE is the unpacked npm package
``world-atlas`` 2; it writes src/nqp_biblio/outputs/assets/world.json.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any

from nqp_biblio.cleaning.place.country_names import country_code_of

TARGET = Path(__file__).resolve().parents[1] / "src/nqp_biblio/outputs/assets/world.json"
NAMES = {
    "W. Sahara": "EH",
    "Dem. Rep. Congo": "CD",
    "Dominican Rep.": "DO",
    "Falkland Is.": "FK",
    "Fr. S. Antarctic Lands": "TF",
    "Côte d'Ivoire": "CI",
    "Central African Rep.": "CF",
    "Eq. Guinea": "GQ",
    "eSwatini": "SZ",
    "Solomon Is.": "SB",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "Bosnia and Herz.": "BA",
    "Macedonia": "MK",
    "S. Sudan": "SS",
    "Kosovo": "XK",
    "Antarctica": None,
    "Antigua and Barb.": "AG",
    "Ashmore and Cartier Is.": None,
    "Br. Indian Ocean Ter.": "IO",
    "British Virgin Is.": "VG",
    "Cayman Is.": "KY",
    "Cook Is.": "CK",
    "Faeroe Is.": "FO",
    "Heard I. and McDonald Is.": "HM",
    "Indian Ocean Ter.": None,
    "Marshall Is.": "MH",
    "N. Mariana Is.": "MP",
    "Pitcairn Is.": "PN",
    "S. Geo. and the Is.": "GS",
    "Siachen Glacier": None,
    "St-Barthélemy": "BL",
    "St-Martin": "MF",
    "St. Pierre and Miquelon": "PM",
    "St. Vin. and Gren.": "VC",
    "Turks and Caicos Is.": "TC",
    "U.S. Virgin Is.": "VI",
    "Wallis and Futuna Is.": "WF",
}
WIDTH = 10_000
SMALLEST = 12  # units of area below which a ring of a country with larger ones is left out

Point = tuple[float, float]
Ring = list[tuple[int, int]]


def equal_earth(longitude: float, latitude: float) -> Point:
    """Project a place (Savric, Patterson & Jenny 2019); areas stay true."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    m = math.sqrt(3) / 2
    t = math.asin(m * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2**3
    x = math.radians(longitude) * math.cos(t)
    x /= m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2))
    return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def decoded_arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """Undo the differences and the scale of the arcs of a TopoJSON file."""
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def rings_of(shape: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    """Return the outer rings of a country."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    rings = []
    for polygon in polygons:
        ring: list[Point] = []
        for number in polygon[0]:
            part = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring.extend(part[1:] if ring else part)
        rings += sides(unwrapped(ring))
    return rings


def unwrapped(ring: list[Point]) -> list[Point]:
    """Let longitudes run on past 180 degrees, so that no step goes around the world."""
    made = [ring[0]]
    for x, y in ring[1:]:
        turns = round((made[-1][0] - x) / 360)
        made.append((x + 360 * turns, y))
    return made


def sides(ring: list[Point]) -> list[list[Point]]:
    """Cut a ring at 180 degrees, and bring each side into the map."""
    found = []
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in ring]
        part = clipped(clipped(moved, 180, -1), -180, 1)
        if len(part) > 2:  # noqa: PLR2004
            found.append(part)
    return found


def clipped(ring: list[Point], edge: float, sign: int) -> list[Point]:
    """Keep the part of a ring on one side of a meridian (Sutherland & Hodgman 1974)."""
    made: list[Point] = []
    for (a, b), (c, d) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        is_in, was_in = sign * (c - edge) >= 0, sign * (a - edge) >= 0
        if is_in != was_in:
            made.append((edge, b + (d - b) * (edge - a) / (c - a)))
        if is_in:
            made.append((c, d))
    return made


def scaled(ring: list[Point], scale: float) -> Ring:
    """Project a ring to whole units; points that fall together are one."""
    made: Ring = []
    for place in ring:
        x, y = equal_earth(*place)
        point = round(x * scale), round(y * scale)
        if not made or point != made[-1]:
            made.append(point)
    return made


def area(ring: Ring) -> float:
    """Return the area of a ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a * d - b * c for (a, b), (c, d) in pairs)) / 2


def differences(ring: Ring) -> list[int]:
    """Write a ring as its first point and the steps from there."""
    flat = [*ring[0]]
    for (a, b), (c, d) in itertools.pairwise(ring):
        flat += [c - a, d - b]
    return flat


def shapes(path: Path, scale: float) -> dict[str, list[Ring]]:
    """Return the rings of each country of a file, by its code."""
    atlas = json.loads(path.read_text(encoding="utf-8"))
    arcs = decoded_arcs(atlas)
    found: dict[str, list[Ring]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = NAMES[name] if name in NAMES else country_code_of(name)
        if code and shape.get("arcs"):
            rings = [scaled(ring, scale) for ring in rings_of(shape, arcs)]
            found.setdefault(code, []).extend(ring for ring in rings if len(ring) > 2)  # noqa: PLR2004
        elif name not in NAMES:
            print(f"without a code: {name}")
    return found


def main() -> None:
    """Write the file."""
    package = Path(sys.argv[1])
    scale = WIDTH / 2 / equal_earth(180, 0)[0]
    coarse = shapes(package / "countries-110m.json", scale)
    fine = shapes(package / "countries-50m.json", scale)
    places = {}
    for code in sorted(set(fine) - set(coarse)):
        ring = max(fine[code], key=area)
        places[code] = [round(sum(axis) / len(ring)) for axis in zip(*ring, strict=True)]
    outlines = {}
    for code in sorted(coarse):
        largest = max(area(ring) for ring in coarse[code])
        kept = [r for r in coarse[code] if area(r) >= min(SMALLEST, largest)]
        outlines[code] = [differences(ring) for ring in sorted(kept, key=area, reverse=True)]
    text = {
        "about": "Outlines of countries in the Equal Earth projection, from Natural Earth (public"
        " domain) through world-atlas 2; rings as a first point and steps. Places: countries too"
        " small for an outline.",
        "outlines": outlines,
        "places": places,
    }
    packed = json.dumps(text, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(packed.replace('],"', '],\n"') + "\n", encoding="utf-8")
    print(f"{len(outlines)} outlines, {len(places)} places, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
