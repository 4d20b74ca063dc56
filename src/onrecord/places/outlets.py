"""What the name and address of an outlet tell about where it is read.

Only what every article carries is used: the ending of the address (`.ie` is Ireland) and names
of places within the outlet's name ("The Dayton Courier", `daytoncourier.com`). There is no list
of outlets.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.places.names import normal_name

# Endings that are a country's, but sold to the whole world.
_WORLDWIDE = frozenset("co tv me io ai cc ws fm am to la ly gg ms sh st vc mn eu".split())
_SPECIAL = {"uk": "GB", "gov": "US", "mil": "US", "edu": "US"}
# Words of the names of outlets, as they are stuck together in addresses.
_OUTLET_WORDS = (
    "news newspaper newspapers paper press times herald post gazette register journal tribune "
    "chronicle observer daily weekly sunday evening morning online today star sun courier mail "
    "bee globe examiner enquirer inquirer telegram telegraph dispatch record recorder review "
    "reporter republic republican democrat leader ledger mercury messenger monitor independent "
    "intelligencer item sentinel standard statesman advertiser advocate argus banner beacon "
    "bulletin call citizen echo eagle express guardian mirror pioneer progress union voice world "
    "network radio channel live local media web site the this is my and of"
).split()
_WORDS = sorted(_OUTLET_WORDS, key=len, reverse=True)
_HEAD = re.compile(rf"^(?:{'|'.join(_WORDS)})")
_TAIL = re.compile(rf"(?:{'|'.join(_WORDS)})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Where an outlet may be at home.

    Attributes:
        country: ISO 3166-1 alpha-2 by the ending of the address, if that is a country's.
        names: Normal names that may be places.
    """

    country: str | None
    names: tuple[str, ...]


def read_outlet(*, name: str | None, url: str | None) -> Outlet:
    """What the name of an outlet and the address of an article tell."""
    host = _host_of(url or "")
    labels = host.split(".") if host else []
    country = _country_of(labels[-1]) if len(labels) > 1 else None
    found: dict[str, None] = {}
    if name and "." not in name.strip("."):
        words = [w for w in normal_name(name).split() if w not in _OUTLET_WORDS]
        for n in (3, 2, 1):
            for at in range(len(words) - n + 1):
                found[" ".join(words[at : at + n])] = None
    for label in labels[:-1]:
        for own in _stripped(label.replace("-", "")):
            found[own] = None
    return Outlet(country=country, names=tuple(own for own in found if len(own) > 1))


def _host_of(url: str) -> str:
    try:
        host = urlsplit(url.strip() if "//" in url else f"//{url.strip()}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _country_of(ending: str) -> str | None:
    if ending in _SPECIAL:
        return _SPECIAL[ending]
    return ending.upper() if len(ending) == 2 and ending not in _WORLDWIDE else None


def _stripped(label: str) -> list[str]:
    """A label, and what is left of it when words of outlets are taken from its ends."""
    found = [label]
    while True:
        shorter = _TAIL.sub("", _HEAD.sub("", found[-1], count=1), count=1)
        if shorter == found[-1] or not shorter:
            return found
        found.append(shorter)
