"""Same names, same persons or not: cases in a table, written for this project.

A case has two documents and says whether their first entities are one. Names are invented.
"""

from dataclasses import dataclass, field

from onrecord.records import Kind, Precision
from tests.registry.made import Named, Told, body, person, place, told


@dataclass(frozen=True, kw_only=True)
class Case:
    """Two documents whose first entities are one actor, or not; or are nobody (`is_same` None).

    `before` are documents that were linked earlier.
    """

    why: str
    first: Told
    second: Told
    is_same: bool
    before: tuple[Told, ...] = field(default=())


def case(why: str, first: Told, second: Told, *, same: bool, before: tuple[Told, ...] = ()) -> Case:
    return Case(why=why, first=first, second=second, is_same=same, before=before)


def nationality(*words: str, code: str) -> Named:
    return Named(words=words, kind=Kind.NATIONALITY, code=code, country=code[:3])


CASES = (
    # Persons: full names.
    case(
        "a minister in two documents",
        told(person("Ann Vale", code="NOR.GOV")),
        told(person("Ann Vale", code="NOR.GOV"), published="2023-01-01"),
        same=True,
    ),
    case(
        "a mayor, and a minister of another land",
        told(person("Jon Harrow", "-the mayor", code="GBR.GOV")),
        told(person("Jon Harrow", "-the minister", code="AUS.GOV")),
        same=False,
    ),
    case(
        "a minister, and a footballer of the same land",
        told(person("Jon Harrow", code="GBR.GOV")),
        told(person("Jon Harrow", code="GBR.CVL")),
        same=False,
    ),
    case(
        "a minister who is then a member of parliament",
        told(person("Ann Vale", code="NOR.GOV")),
        told(person("Ann Vale", code="NOR.LEG"), published="2024-01-01"),
        same=True,
    ),
    case(
        "a general, and a rebel of the same name",
        told(person("Karim Odal", code="SDN.MIL")),
        told(person("Karim Odal", code="SDN.REB")),
        same=False,
    ),
    case(
        "a former minister who teaches now",
        told(person("Ann Vale", code="NOR.ELI")),
        told(person("Ann Vale", code="NOR.EDU")),
        same=True,
    ),
    case(
        "two private persons of one name in two stories",
        told(person("Tom Ardent"), story=1),
        told(person("Tom Ardent"), story=2),
        same=False,
    ),
    case(
        "a witness in two reports of one story",
        told(person("Tom Ardent"), story=1),
        told(person("Tom Ardent"), story=1),
        same=True,
    ),
    case(
        "a witness of one name in two documents without stories",
        told(person("Tom Ardent")),
        told(person("Tom Ardent")),
        same=False,
    ),
    case(
        "no code in the second, but its country is named",
        told(person("Ann Vale", code="NOR.GOV")),
        told(person("Ann Vale"), place("Norway", code="NOR", precision=Precision.COUNTRY)),
        same=True,
    ),
    case(
        "no code in the second, and another country is named",
        told(person("Jon Harrow", code="NOR.GOV")),
        told(person("Jon Harrow"), place("Chile", code="CHL", precision=Precision.COUNTRY)),
        same=False,
    ),
    case(
        "named with the same body both times",
        told(person("Lena Marr"), body("Halden Grain Desk")),
        told(person("Lena Marr"), body("Halden Grain Desk"), published="2023-01-01"),
        same=True,
    ),
    case(
        "a middle initial is left out",
        told(person("Ann R. Vale", code="NOR.GOV")),
        told(person("Ann Vale", code="NOR.GOV")),
        same=True,
    ),
    case(
        "two middle initials",
        told(person("Ann R. Vale", code="NOR.GOV")),
        told(person("Ann M. Vale", code="NOR.GOV")),
        same=False,
    ),
    case(
        "brothers in one government",
        told(person("Karim Odal", code="SDN.GOV")),
        told(person("Yusuf Odal", code="SDN.GOV")),
        same=False,
    ),
    case(
        "accents and capitals",
        told(person("José Ardán", code="MEX.GOV")),
        told(person("JOSE ARDAN", code="MEX.GOV")),
        same=True,
    ),
    case(
        "a title before the name",
        told(person("Foreign Minister Ann Vale", code="NOR.GOV")),
        told(person("Dr. Ann Vale", code="NOR.GOV")),
        same=True,
    ),
    case(
        "a name that is also a country",
        told(person("Jordan Holt", code="GBR.LEG")),
        told(person("Holt", code="GBR.LEG")),
        same=False,
    ),
    case(
        "without a date, one name and one country are too little",
        told(person("Jon Harrow", country="GBR"), published=None),
        told(person("Jon Harrow", country="GBR"), published=None),
        same=False,
    ),
    case(
        "two that fit alike: neither is chosen",
        told(person("Jon Harrow", code="GBR.GOV")),
        told(person("Jon Harrow", country="GBR")),
        same=False,
        before=(told(person("Jon Harrow", code="GBR.CVL")),),
    ),
    case(
        "no code, and somebody is well known by this name",
        told(person("Ann Vale", code="NOR.GOV")),
        told(person("Ann Vale")),
        same=True,
        before=tuple(told(person("Ann Vale", code="NOR.GOV")) for _ in range(5)),
    ),
    case(
        "no code, and two are known by this name",
        told(person("Jon Harrow", code="GBR.GOV")),
        told(person("Jon Harrow")),
        same=False,
        before=tuple(told(person("Jon Harrow", code=code)) for code in ("GBR.GOV", "AUS.GOV") * 4),
    ),
    # Persons: surnames.
    case(
        "a surname alone in another story",
        told(person("Ann Vale", code="NOR.GOV"), story=1),
        told(person("Vale", code="NOR.GOV"), story=2),
        same=False,
    ),
    case(
        "a surname alone in the same story",
        told(person("Ann Vale", code="NOR.GOV"), story=1),
        told(person("Ms Vale", code="NOR.GOV"), story=1),
        same=True,
    ),
    case(
        "a surname of another land in the same story",
        told(person("Ann Vale", code="NOR.GOV"), story=1),
        told(person("Vale", code="CHL.GOV"), story=1),
        same=False,
    ),
    case(
        "a surname that two of the story have",
        told(person("Ann Vale", code="NOR.GOV"), person("Per Vale", code="NOR.GOV"), story=1),
        told(person("Vale", code="NOR.GOV"), story=1),
        same=False,
    ),
    case(
        "a surname with an office that one person holds",
        told(person("Ann Vale", "-the foreign minister", code="NOR.GOV")),
        told(person("Vale", "-Foreign Minister Vale", code="NOR.GOV")),
        same=True,
    ),
    case(
        "a surname with the office of another land",
        told(person("Ann Vale", "-the foreign minister", code="NOR.GOV")),
        told(person("Vale", "-Foreign Minister Vale", code="CHL.GOV")),
        same=False,
    ),
    case(
        "a surname with an office that many hold",
        told(person("Ann Vale", "-the mayor", code="NOR.GOV")),
        told(person("Vale", "-Mayor Vale", code="NOR.GOV")),
        same=False,
    ),
    case(
        "a former president is not the president of that surname",
        told(person("Ann Vale", "-the president", code="CHL.GOV")),
        told(person("Vale", "-former president Vale", code="CHL.ELI")),
        same=False,
    ),
    case(
        "the family name comes first",
        told(person("Xun Daoling", "-President Xun Daoling", code="CHN.GOV"), story=1),
        told(person("Xun", code="CHN.GOV"), story=1),
        same=True,
    ),
    # Bodies.
    case(
        "a defence ministry, named in two ways",
        told(body("-the Norwegian defence ministry", code="NOR.GOV")),
        told(body("-the ministry of defense", code="NOR.GOV")),
        same=True,
    ),
    case(
        "defence ministries of two lands",
        told(body("Ministry of Defence", code="NOR.GOV")),
        told(body("Ministry of Defence", code="CHL.GOV")),
        same=False,
    ),
    case(
        "two ministries of one land",
        told(body("-the defence ministry", code="NOR.GOV")),
        told(body("-the foreign ministry", code="NOR.GOV")),
        same=False,
    ),
    case(
        "a ministry of nobody knows where",
        told(body("-the ministry")),
        told(body("-the ministry")),
        same=False,
    ),
    case(
        "supreme courts of two lands",
        told(body("Supreme Court", code="NOR.JUD")),
        told(body("Supreme Court", code="CHL.JUD")),
        same=False,
    ),
    case(
        "a body of several words and no country",
        told(body("Halden Grain Desk")),
        told(body("the Halden Grain Desk")),
        same=True,
    ),
    case(
        "a body of one word and no country",
        told(body("Horizon")),
        told(body("Horizon")),
        same=False,
    ),
    case(
        "parties of one name in two lands",
        told(body("Labour Union Party", code="NOR.PTY")),
        told(body("Labour Union Party", code="CHL.PTY")),
        same=False,
    ),
    case(
        "initials that a document explains",
        told(body("Tarn Relief Council", "TRC", code="NGO")),
        told(body("TRC", code="NGO")),
        same=True,
    ),
    case(
        "the same initials of another land",
        told(body("Tarn Relief Council", "TRC", code="NOR.SOC")),
        told(body("TRC", code="CHL.BUS")),
        same=False,
    ),
    case(
        "initials that nobody explained",
        told(body("Tarn Relief Council")),
        told(body("TRC")),
        same=False,
    ),
    case(
        "a legal form behind the name",
        told(body("Corvane Shipping Ltd", code="NOR.BUS")),
        told(body("Corvane Shipping", code="NOR.BUS")),
        same=True,
    ),
    # States and places.
    case(
        "a state and its capital that acts",
        told(place("Norway", code="NOR", geonames_id=3144096, precision=Precision.COUNTRY)),
        told(place("Oslo", code="NOR")),
        same=True,
    ),
    case(
        "a state, and its capital on the map",
        told(place("Norway", code="NOR", geonames_id=3144096, precision=Precision.COUNTRY)),
        told(place("Oslo", country="NOR", geonames_id=3143244)),
        same=False,
    ),
    case(
        "a state and its people, for the state",
        told(place("Norway", code="NOR")),
        told(nationality("Norwegians", code="NOR")),
        same=True,
    ),
    case(
        "a state and its citizens",
        told(place("Norway", code="NOR")),
        told(nationality("Norwegians", code="NOR.CVL")),
        same=False,
    ),
    case(
        "one town under two names",
        told(place("Ardal", country="NOR", geonames_id=11)),
        told(place("Aardal", country="NOR", geonames_id=11)),
        same=True,
    ),
    case(
        "towns of one name in two lands",
        told(place("Ardal", country="NOR", geonames_id=11)),
        told(place("Ardal", country="CHL", geonames_id=12)),
        same=False,
    ),
    case(
        "towns of one name in one land",
        told(place("Ardal", country="NOR", geonames_id=11)),
        told(place("Ardal", country="NOR", geonames_id=13)),
        same=False,
    ),
    case(
        "a person with the name of a town",
        told(place("Ardal", country="NOR", geonames_id=11)),
        told(person("Ardal", country="NOR")),
        same=False,
    ),
    # Nobody.
    case(
        "officials without a name",
        told(person("-US officials", code="USA.GOV")),
        told(person("-US officials", code="USA.GOV")),
        same=False,
    ),
    case(
        "two witnesses",
        told(person("-two witnesses"), story=1),
        told(person("-two witnesses"), story=1),
        same=False,
    ),
    case(
        "pronouns only",
        told(person("~he"), story=1),
        told(person("~he"), story=1),
        same=False,
    ),
)
