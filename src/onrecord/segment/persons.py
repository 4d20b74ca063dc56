"""Whether a name or a title is a woman's or a man's, as far as it tells.

It serves to find whom "he" and "she" mean. Given names are in `given_names.tsv`.
"""

import functools
import importlib.resources
import re
import unicodedata
from typing import Literal

Gender = Literal["m", "f"]

# Words that tell by themselves, in any place of a name.
_TITLES: dict[str, Gender] = {
    **dict.fromkeys(
        """mr mister sir lord king prince duke earl count baron emperor sultan emir sheikh
        sheik pope father monsieur herr senor signor don sr baronet knight ayatollah imam mullah
        spokesman chairman congressman councilman assemblyman alderman businessman policeman
        fireman cameraman salesman frenchman englishman irishman scotsman welshman dutchman
        gunman serviceman nobleman clergyman man men boy boys gentleman gentlemen husband
        brother son uncle nephew grandfather grandson stepfather stepson widower bridegroom
        groom monk abbot headmaster landlord waiter godfather lad guy he his him himself
        male""".split(),
        "m",
    ),
    **dict.fromkeys(
        """mrs ms miss madam madame mme mademoiselle mlle lady dame queen princess duchess
        countess baroness empress sultana sheikha frau senora senorita signora dona
        spokeswoman chairwoman congresswoman councilwoman assemblywoman businesswoman
        policewoman camerawoman saleswoman frenchwoman englishwoman irishwoman dutchwoman
        servicewoman noblewoman woman women girl girls gentlewoman wife mother sister daughter
        aunt niece grandmother granddaughter stepmother stepdaughter widow bride nun abbess
        headmistress landlady waitress godmother actress heiress hostess she her hers herself
        female midwife""".split(),
        "f",
    ),
}
# Words before a given name that say nothing of who bears it.
_NEUTRAL = frozenset(
    """the a an dr prof professor president vice prime minister premier chancellor secretary
    foreign defence defense interior finance general colonel major captain lieutenant sergeant
    admiral senator governor mayor judge justice ambassador envoy representative rep sen gov gen
    col maj capt lt sgt hon rev reverend bishop archbishop cardinal rabbi chief deputy acting
    former ex leader spokesperson director officer detective inspector professor comrade
    commander adviser advisor analyst activist journalist lawyer party""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MAX_CHARS = 120
_MAX_WORDS = 12


def gender_of(name_or_title: str) -> Gender | None:
    """Whose name or title it is: "m", "f", or None when it does not tell.

    A title goes before a given name; of several words the first that tells counts.

    >>> gender_of("Mrs Alex Holt"), gender_of("Sergei Arden"), gender_of("the minister")
    ('f', 'm', None)
    """
    words = [_fold(match.group()) for match in _WORD.finditer(name_or_title, 0, _MAX_CHARS)][
        :_MAX_WORDS
    ]
    for word in words:
        if word in _TITLES:
            return _TITLES[word]
    name = [word for word in words if word not in _NEUTRAL]
    if len(name) == 1 and len(words) > 1:
        return None  # "Judge Martin": a surname
    return _gender_of_given_name(name, name_or_title)


def _gender_of_given_name(words: list[str], name: str) -> Gender | None:
    """By the first word of a name, which has to be written as one; else unknown."""
    if not words or not any(c.isupper() for c in name):
        return None
    known = given_names()
    first = words[0]
    return known.get(first) or known.get(first.partition("-")[0])


def _fold(word: str) -> str:
    lower = word.lower()
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in parts if not unicodedata.combining(c))


@functools.cache
def given_names() -> dict[str, Gender]:
    """Given names in lower case, without accents."""
    path = importlib.resources.files("onrecord.segment") / "given_names.tsv"
    known: dict[str, Gender] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        gender, _, names = line.partition("\t")
        if gender in {"m", "f"}:
            known.update(dict.fromkeys(names.split(), "m" if gender == "m" else "f"))
    return known
