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
from typing import Final

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
# With those that are no group.
_ALL_GROUPS: Final = (*GROUPS, "")
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
_LAST_TOKEN: Final = re.compile(r"([\w'’]+|[^\w\s])(\s*)$")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?]\s+|\n\s*)([^\W\d_])")
_MAIL: Final = re.compile(r"@|>>|-----|Subject:|Regards|Thanks,")
_ONE: Final = re.compile(r"\b[iI]\b")
_ENDS: Final = frozenset('.!?:;”"')
_FAR: Final = 40
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
    """

    start: int
    end: int
    shares: Mapping[Kind, float]
    groups: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for kind, share in self.shares.items():
            group = _GROUP_OF.get(kind, "")
            self.groups[group] = self.groups.get(group, 0.0) + share

    def share(self, group: str) -> float:
        """Probability that it is a name of this group."""
        return self.groups.get(group, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What a whole document says of how its names are written.

    Attributes:
        text: The text.
        features: Those that are the same for all its spans.
        lower: How often each word stands in lower case.
    """

    text: str
    features: Mapping[str, float]
    lower: Counter[str]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Read a text once."""
        words = _WORD.findall(text)
        starts = _SENTENCE_START.findall(text)
        ones = Counter(_ONE.findall(text))
        n = max(len(words), 1)
        features = {
            "lower_text": sum(c.islower() for c in starts) / max(len(starts), 1),
            "lower_i": float(ones["i"] > ones["I"]),
            "share_of_capitals": sum(w.isupper() and len(w) > 1 for w in words) / n,
            "mail": float(_MAIL.search(text) is not None),
            "log_words": math.log(n),
        }
        return cls(text, features, Counter(w for w in words if w.islower()))


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


# By words and group.
_Sights = dict[tuple[str, str], _Seen]
_NO_SIGHT: Final = _Seen()


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
    for number, own in enumerate(candidates):
        if max(own.shares.values()) >= sure:
            continue
        plain = _plain_features(whole, own, known, town)
        near = [candidates[n] for n in rivals[number]]
        for group, share in own.groups.items():
            if group and share > 0:
                features = plain | _shares(own, group, share, near)
                features |= _elsewhere(text, own, group, share, sights)
                yield number, group, features


def plain(feature: str, group: str) -> str | None:
    """The name without its group, of those of `FEATURES` that a group has.

    >>> plain("town:place", "place"), plain("town:place", "person"), plain("town", "person")
    ('town', None, 'town')
    """
    name, _, own = feature.partition(":")
    return name if own in {"", group} else None


def _sights(text: str, candidates: Sequence[Candidate]) -> _Sights:
    """All candidates of a document by their words."""
    found: _Sights = {}
    for own in candidates:
        words = text[own.start : own.end].lower()
        for group, share in own.groups.items():
            if share:
                found.setdefault((words, group), _Seen()).add(own.start, share)
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
    same = {other: own.share(other) for other in GROUPS if other != group}
    # The probability of the likeliest group of each.
    tops = [(n, max(n.groups.values())) for n in near]
    wider = [top for n, top in tops if n.start <= own.start and n.end >= own.end]
    narrower = [top for n, top in tops if n.start >= own.start and n.end <= own.end]
    return {
        "one": 1.0,
        "odds": math.log(share + 1e-3) - math.log(1 - min(share, 1.0) + 1e-3),
        "rival": max([*(top for _, top in tops), *same.values(), own.share("")]),
        "same_span": sum(same.values()) + own.share(""),
        "wider": max(wider, default=0.0),
        "narrower": max(narrower, default=0.0),
        "other_kinds": own.share(""),
        **{f"rival_{other}": value for other, value in same.items()},
    }


def _elsewhere(
    text: str, own: Candidate, group: str, share: float, sights: _Sights
) -> dict[str, float]:
    """What is said of the same words at other places."""
    words = text[own.start : own.end].lower()
    same = sights[words, group]
    n = same.count - 1
    return {
        "again": float(min(n, 5)),
        "is_again": float(n > 0),
        "again_mean": (same.total - share) / n if n else share,
        "again_other": max(
            sights.get((words, other), _NO_SIGHT).most_beside(own.start)
            for other in _ALL_GROUPS
            if other != group
        ),
    }


def _plain_features(
    whole: Text, own: Candidate, known: Callable[[str], Kind | None], town: Callable[[str], bool]
) -> dict[str, float]:
    """Features of a span that are the same for all groups; those of the text among them."""
    text = whole.text
    name = text[own.start : own.end]
    tokens = _TOKEN.findall(name)
    kind = known(name)
    last = tokens[-1].lower() if tokens else ""
    cases = [_case(token) for token in tokens]
    all_alike = len(set(cases)) == 1
    is_lower = bool(cases) and cases[0] == "lower"
    features = dict(whole.features)
    features |= {
        "n_words": float(min(len(tokens), 5)),
        "one_word": float(len(tokens) == 1),
        "lower_first": float(is_lower),
        "all_lower": float(all_alike and is_lower),
        "some_capitals": float("capitals" in cases),
        "all_capitals": float(all_alike and cases[0] == "capitals"),
        "mixed_case": float("mixed" in cases),
        "lower_in_cased": float(is_lower and whole.features["lower_text"] < 0.2),
        "lower_elsewhere": float(not is_lower and name.lower() in whole.lower),
        "digit": float(any(c.isdigit() for c in name)),
        "dot": float("." in name.strip(".")),
        "odd_sign": float(any(c in "@_/&" for c in name)),
        "given_name": float(bool(tokens) and _is_given_name(tokens[0])),
        "known_place": float(kind is Kind.PLACE),
        "known_body": float(kind is Kind.ORGANIZATION),
        "known_people": float(kind is Kind.NATIONALITY),
        "place_word": float(last in _PLACES),
        "body_word": float(last in _BODIES),
        "town": float(town(name)),
        "n_letters": float(len(name)),
    }
    features |= _neighbours(text, own)
    features |= _rates([t for t in tokens if t[0].isalpha()], is_lower=is_lower)
    features["unseen_capitals"] = features["unseen"] * features["all_capitals"]
    return features


@functools.lru_cache(maxsize=4096)
def _is_given_name(word: str) -> bool:
    return gender_of(word) is not None


def _neighbours(text: str, own: Candidate) -> dict[str, float]:
    """What stands before and behind a span."""
    found = _LAST_TOKEN.search(text, max(0, own.start - _FAR), own.start)
    before, gap = (found[1], found[2]) if found else ("", "")
    behind_at = own.end
    while behind_at < len(text) and text[behind_at] in " \t":
        behind_at += 1
    token = _TOKEN.match(text, behind_at)
    behind = token[0] if token else ""
    if behind in {"'", "’"} or behind.lower() in {"'s", "’s"}:
        behind = "'s"
    starts = not before or "\n" in gap or before in _ENDS
    low = "" if starts else before.lower()
    return {
        "sentence_start": float(starts),
        "after_the": float(low == "the"),
        "after_determiner": float(low in _DETERMINERS),
        "after_place_word": float(low in _PLACE_WORDS),
        "after_of": float(low == "of"),
        "after_title": float(before.lower() in _TITLES),
        "after_bracket": float(low == "("),
        "after_capital": float(not starts and before[:1].isupper()),
        "before_possessive": float(behind == "'s"),
        "before_bracket": float(behind in {"(", ")"}),
        "before_comma": float(behind == ","),
        "before_noun": float(behind.isalpha() and behind.islower() and behind not in _FEW),
        "before_capital": float(behind[:1].isupper()),
        "log_lower_before": math.log1p(_cases().get(low, (0, 0))[0]),
    }


def _rates(words: Sequence[str], *, is_lower: bool) -> dict[str, float]:
    """How often the words are written with a capital inside of a sentence, in logs of odds."""
    counts = [_cases().get(word.lower(), (0, 0)) for word in words] or [(0, 0)]
    rates = [math.log((capital + 0.5) / (lower + 0.5)) for lower, capital in counts]
    return {
        "least_rate": min(rates),
        "most_rate": max(rates),
        "first_rate": rates[0],
        "least_rate_capital": 0.0 if is_lower else min(rates),
        "rate_of_one": rates[0] if len(words) == 1 else 0.0,
        "unseen": float(all(not lower and not capital for lower, capital in counts)),
        "log_lower": math.log1p(max(lower for lower, _ in counts)),
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
