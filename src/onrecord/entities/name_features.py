"""What speaks for and against a span being a name of a kind, beside the encoder's word.

The encoder sees a window and no lists. Here are the rest of the document (the same words
elsewhere, whether its writer uses capitals at all), what stands beside the span, and tables: how
often a word is written with a capital (`word_cases.tsv.gz`), given names, towns, known bodies.

Shapes: K kinds of names, C columns of `FEATURES`.
"""

import functools
import gzip
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final, NamedTuple

from onrecord.records import Kind
from onrecord.segment.persons import gender_of

# The groups that kinds are weighed in; a facility is a place.
GROUPS: Final = ("person", "organization", "place")
_GROUP_OF: Final = {
    Kind.PERSON: "person",
    Kind.ORGANIZATION: "organization",
    Kind.PLACE: "place",
    Kind.FACILITY: "place",
}
# Features that count otherwise for each group.
_OWN_OF_EACH: Final = (
    "one",
    "odds",
    "rival_person",
    "rival_organization",
    "rival_place",
    "given_name",
    "known_place",
    "known_body",
    "place_word",
    "body_word",
    "town",
    "after_place_word",
    "after_title",
    "after_the",
    "before_possessive",
    "all_capitals",
    "one_word",
    "lower_first",
    "mail",
    "log_words",
    "unseen",
    "unseen_capitals",
)
_COMMON: Final = (
    "odds",
    "rival",
    "same_span",
    "wider",
    "narrower",
    "other_kinds",
    "n_words",
    "one_word",
    "lower_first",
    "all_lower",
    "some_capitals",
    "all_capitals",
    "mixed_case",
    "lower_text",
    "lower_i",
    "share_of_capitals",
    "lower_in_cased",
    "sentence_start",
    "after_the",
    "after_determiner",
    "after_place_word",
    "after_of",
    "after_title",
    "after_bracket",
    "after_capital",
    "before_possessive",
    "before_bracket",
    "before_comma",
    "before_noun",
    "before_capital",
    "again",
    "is_again",
    "again_mean",
    "again_other",
    "lower_elsewhere",
    "digit",
    "dot",
    "odd_sign",
    "given_name",
    "known_people",
    "place_word",
    "body_word",
    "town",
    "n_letters",
    "least_rate",
    "most_rate",
    "first_rate",
    "least_rate_capital",
    "rate_of_one",
    "unseen",
    "log_lower",
    "log_lower_before",
    "mail",
)
FEATURES: Final = (*_COMMON, *(f"{name}:{group}" for name in _OWN_OF_EACH for group in GROUPS))

_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_TOKEN: Final = re.compile(r"[\w'’]+|[^\w\s]")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?]\s+|\n\s*)([^\W\d_])")
_MAIL: Final = ("@", ">>", "-----", "Subject:", "Regards", "Thanks,")
# As \b[iI]\b, but what begins with a set of letters is found much faster.
_ONE: Final = re.compile(r"[iI](?!\w)(?<!\w.)")
_ENDS: Final = frozenset('.!?:;”"')
_FAR: Final = 40
_ODD_SIGNS: Final = frozenset("@_/&")
# Words of names of which is kept what they tell: news names the same again and again.
_MOST_KNOWN: Final = 8192
_DETERMINERS: Final = frozenset("a an this that".split())
_PLACE_WORDS: Final = frozenset(
    "in at from to near through into around visit visited via toward towards".split()
)
_TITLES: Final = frozenset(
    "mr mrs ms dr prof president minister senator sen rep gov general gen capt coach sir judge "
    "king queen prophet uncle aunt father rev".split()
)
_FEW: Final = frozenset(
    "and or is was has in on at to for of with who that are were had will can".split()
)
_PLACES: Final = frozenset(
    "street st avenue ave road rd boulevard blvd lane river lake park mountain mount hotel inn "
    "restaurant cafe grill bar pub store shop mall plaza square hill hills valley county island "
    "islands beach airport station school university college church center centre hall house "
    "building tower bridge hospital city town village district region state north south east "
    "west".split()
)
_BODIES: Final = frozenset(
    "inc corp corporation company co llc ltd lp group committee commission department agency "
    "council association university institute bank press times post news party union team league "
    "club partners services systems energy power foundation society army force forces".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name.

    Attributes:
        start: First code point.
        end: After the last.
        shares: Probability of each kind that it may be a name of.
        groups: Probability of each group; that of kinds without one under "".
        top: That of its likeliest group.
    """

    start: int
    end: int
    shares: Mapping[Kind, float]
    groups: dict[str, float] = field(init=False, default_factory=dict)
    top: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        for kind, share in self.shares.items():
            group = _GROUP_OF.get(kind, "")
            self.groups[group] = self.groups.get(group, 0.0) + share
        object.__setattr__(self, "top", max(self.groups.values(), default=0.0))

    def share(self, group: str) -> float:
        """Probability that it is a name of this group."""
        return self.groups.get(group, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What a whole document says of how its names are written.

    Attributes:
        text: The text.
        features: Those that are the same for all its spans.
        lower: Words that stand in lower case.
    """

    text: str
    features: Mapping[str, float]
    lower: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Read a text once."""
        words = Counter(_WORD.findall(text))
        starts = _SENTENCE_START.findall(text)
        ones = _ONE.findall(text)
        n = max(words.total(), 1)
        n_capitals = sum([times for w, times in words.items() if len(w) > 1 and w.isupper()])
        features = {
            "lower_text": sum([c.islower() for c in starts]) / max(len(starts), 1),
            "lower_i": 2 * ones.count("i") > len(ones),
            "share_of_capitals": n_capitals / n,
            "mail": any(mark in text for mark in _MAIL),
            "log_words": math.log(n),
        }
        return cls(text, features, frozenset([w for w in words if w.islower()]))


@dataclass(slots=True)
class _Seen:
    """Candidates of one group that share words: how many, the sum, and the two likeliest."""

    count: int = 0
    total: float = 0.0
    best: tuple[float, int] = (0.0, -1)
    second: tuple[float, int] = (0.0, -1)

    def add(self, start: int, share: float) -> None:
        """One more, by its first code point."""
        self.count += 1
        self.total += share
        for_best = (share, start)
        if for_best > self.best:
            self.best, for_best = for_best, self.best
        self.second = max(self.second, for_best)

    def most_beside(self, start: int) -> float:
        """The probability of the likeliest of those that begin elsewhere."""
        return self.second[0] if self.best[1] == start else self.best[0]


# Of the same words, in lower case, by group.
_Sights = dict[str, _Seen]


def features_of(
    text: str,
    candidates: Sequence[Candidate],
    *,
    known: Callable[[str], Kind | None],
    town: Callable[[str], bool],
    sure: float = 2.0,
) -> Iterator[tuple[int, str, dict[str, float]]]:
    """Features of all candidates of a document, for each group that they may belong to.

    Args:
        text: That of the document.
        candidates: By start, longer ones first.
        known: The kind of a name that is known by itself.
        town: Whether a name is that of a town.
        sure: Spans that are at least as probable are passed over.

    Yields:
        The number of the candidate, a group, and its features by their `plain` names.
    """
    whole = Text.of(text)
    sights = _sights(text, candidates)
    rivals = _rivals(candidates)
    of_names: dict[str, dict[str, float]] = {}
    for number, own in enumerate(candidates):
        if max(own.shares.values()) >= sure:
            continue
        name = text[own.start : own.end]
        if name not in of_names:
            of_names[name] = dict(whole.features) | _of_name(whole, name, known, town)
        of_span = of_names[name] | _neighbours(text, own)
        near = [candidates[n] for n in rivals[number]]
        for group, share in own.groups.items():
            if group and share > 0:
                features = of_span | _shares(own, group, share, near)
                features |= _elsewhere(own, group, share, sights[name.lower()])
                yield number, group, features


def plain(feature: str, group: str) -> str | None:
    """The name without its group, of those of `FEATURES` that a group has.

    >>> plain("town:place", "place"), plain("town:place", "person"), plain("town", "person")
    ('town', None, 'town')
    """
    name, _, own = feature.partition(":")
    return name if own in {"", group} else None


def _sights(text: str, candidates: Sequence[Candidate]) -> dict[str, _Sights]:
    """All candidates of a document by their words, in lower case."""
    found: dict[str, _Sights] = {}
    for own in candidates:
        of_words = found.setdefault(text[own.start : own.end].lower(), {})
        for group, share in own.groups.items():
            if share:
                if group not in of_words:
                    of_words[group] = _Seen()
                of_words[group].add(own.start, share)
    return found


def _rivals(candidates: Sequence[Candidate]) -> list[list[int]]:
    """For each candidate the others that share words with it."""
    rivals: list[list[int]] = [[] for _ in candidates]
    open_ones: list[int] = []
    for number, own in enumerate(candidates):
        open_ones = [n for n in open_ones if candidates[n].end > own.start]
        for other in open_ones:
            rivals[number].append(other)
            rivals[other].append(number)
        open_ones.append(number)
    return rivals


def _shares(
    own: Candidate, group: str, share: float, near: Sequence[Candidate]
) -> dict[str, float]:
    """What the encoder says of this span and of those that share words with it."""
    no_group = own.share("")
    same = {f"rival_{other}": own.share(other) if other != group else 0.0 for other in GROUPS}
    rival, wider, narrower = max(no_group, *same.values()), 0.0, 0.0
    for other in near:
        rival = max(rival, other.top)
        if other.start <= own.start and other.end >= own.end:
            wider = max(wider, other.top)
        if other.start >= own.start and other.end <= own.end:
            narrower = max(narrower, other.top)
    return same | {
        "one": 1.0,
        "odds": math.log(share + 1e-3) - math.log(1 - min(share, 1.0) + 1e-3),
        "rival": rival,
        "same_span": sum(same.values()) + no_group,
        "wider": wider,
        "narrower": narrower,
        "other_kinds": no_group,
    }


def _elsewhere(own: Candidate, group: str, share: float, sights: _Sights) -> dict[str, float]:
    """What is said of the same words at other places."""
    same = sights[group]
    n = same.count - 1
    others = [seen.most_beside(own.start) for other, seen in sights.items() if other != group]
    return {
        "again": min(n, 5),
        "is_again": n > 0,
        "again_mean": (same.total - share) / n if n else share,
        "again_other": max(others, default=0.0),
    }


def _of_name(
    whole: Text, name: str, known: Callable[[str], Kind | None], town: Callable[[str], bool]
) -> dict[str, float]:
    """Features of the words of a name, which are the same for all groups and places."""
    tokens = _TOKEN.findall(name)
    words = [_word(token) for token in tokens]
    kind = known(name)
    last = tokens[-1].lower() if tokens else ""
    cases = [word.case for word in words]
    all_alike = len(set(cases)) == 1
    is_lower = bool(cases) and cases[0] == "lower"
    all_capitals = all_alike and cases[0] == "capitals"
    rates = _rates([w for w in words if w.is_letters], is_lower=is_lower)
    return rates | {
        "n_words": min(len(tokens), 5),
        "one_word": len(tokens) == 1,
        "lower_first": is_lower,
        "all_lower": all_alike and is_lower,
        "some_capitals": "capitals" in cases,
        "all_capitals": all_capitals,
        "mixed_case": "mixed" in cases,
        "lower_in_cased": is_lower and whole.features["lower_text"] < 0.2,
        "lower_elsewhere": not is_lower and name.lower() in whole.lower,
        "digit": any(c.isdigit() for c in name),
        "dot": "." in name.strip("."),
        "odd_sign": not _ODD_SIGNS.isdisjoint(name),
        "given_name": bool(words) and words[0].is_given,
        "known_place": kind is Kind.PLACE,
        "known_body": kind is Kind.ORGANIZATION,
        "known_people": kind is Kind.NATIONALITY,
        "place_word": last in _PLACES,
        "body_word": last in _BODIES,
        "town": town(name),
        "n_letters": len(name),
        "unseen_capitals": rates["unseen"] * all_capitals,
    }


class _Word(NamedTuple):
    """What one word of a name tells by itself.

    Attributes:
        case: How its letters are written.
        is_letters: Whether it begins with a letter.
        is_given: Whether it is a given name.
        lower: How often others write it in lower case inside of sentences.
        capital: How often with a capital.
    """

    case: str
    is_letters: bool
    is_given: bool
    lower: int
    capital: int


@functools.lru_cache(maxsize=_MOST_KNOWN)
def _word(token: str) -> _Word:
    lower, capital = _cases().get(token.lower(), (0, 0))
    return _Word(_case(token), token[0].isalpha(), gender_of(token) is not None, lower, capital)


def _neighbours(text: str, own: Candidate) -> dict[str, float]:
    """What stands before and behind a span."""
    near = text[max(0, own.start - _FAR) : own.start]
    told = near.rstrip()
    tokens = _TOKEN.findall(told.rpartition(" ")[2])
    before = tokens[-1] if tokens else ""
    behind_at = own.end
    while behind_at < len(text) and text[behind_at] in " \t":
        behind_at += 1
    token = _TOKEN.match(text, behind_at)
    behind = token[0] if token else ""
    if behind in {"'", "’"} or behind.lower() in {"'s", "’s"}:
        behind = "'s"
    starts = not before or before in _ENDS or "\n" in near[len(told) :]
    low = "" if starts else before.lower()
    return {
        "sentence_start": starts,
        "after_the": low == "the",
        "after_determiner": low in _DETERMINERS,
        "after_place_word": low in _PLACE_WORDS,
        "after_of": low == "of",
        "after_title": before.lower() in _TITLES,
        "after_bracket": low == "(",
        "after_capital": not starts and before[:1].isupper(),
        "before_possessive": behind == "'s",
        "before_bracket": behind in {"(", ")"},
        "before_comma": behind == ",",
        "before_noun": behind.isalpha() and behind.islower() and behind not in _FEW,
        "before_capital": behind[:1].isupper(),
        "log_lower_before": math.log1p(_cases().get(low, (0, 0))[0]),
    }


def _rates(words: Sequence[_Word], *, is_lower: bool) -> dict[str, float]:
    """How often the words are written with a capital inside of a sentence, in logs of odds."""
    counts = [(word.lower, word.capital) for word in words] or [(0, 0)]
    rates = [math.log((capital + 0.5) / (lower + 0.5)) for lower, capital in counts]
    return {
        "least_rate": min(rates),
        "most_rate": max(rates),
        "first_rate": rates[0],
        "least_rate_capital": 0.0 if is_lower else min(rates),
        "rate_of_one": rates[0] if len(words) == 1 else 0.0,
        "unseen": not any(map(any, counts)),
        "log_lower": math.log1p(max(counts)[0]),
    }


def _case(word: str) -> str:
    """How the letters of a word are written."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return "none"
    if all(c.islower() for c in letters):
        return "lower"
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return "first"
    return "capitals" if all(c.isupper() for c in letters) else "mixed"


@functools.cache
def _cases() -> Mapping[str, tuple[int, int]]:
    """How often words stand in lower case, and with a capital, inside of sentences."""
    raw = (files("onrecord.entities") / "word_cases.tsv.gz").read_bytes()
    found = {}
    for line in gzip.decompress(raw).decode("utf-8").splitlines():
        if not line.startswith("#"):
            word, lower, capital = line.split("\t")
            found[word] = (int(lower), int(capital))
    return found
