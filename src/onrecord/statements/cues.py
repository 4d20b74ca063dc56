"""What a cue does: its act and whether it turns its content down.

The words stand in `cue_words.toml`. Not here: where cues are (`candidates.py`).
"""

import functools
import importlib.resources
import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import Act, Polarity

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NEGATIONS = frozenset(
    """not n't never no contrary nobody nothing neither nor cannot without hardly refuse refused
    refuses refusing decline declined declines declining fail failed fails failing""".split()
)
# Verbs that say that nothing was said: "declined to comment".
_SILENT_VERBS = frozenset(
    "refuse refused refuses refusing decline declined declines declining".split()
)
# Forms that the rules of `verb_forms` do not make.
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "speak": "speaks spoke spoken speaking",
    "feel": "feels felt feeling",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "know": "knows knew known knowing",
    "see": "sees saw seen seeing",
    "hear": "hears heard hearing",
    "mean": "means meant meaning",
    "put": "puts put putting",
    "read": "reads read reading",
    "swear": "swears swore sworn swearing",
    "seek": "seeks sought seeking",
    "undertake": "undertakes undertook undertaken undertaking",
    "understand": "understands understood understanding",
    "beseech": "beseeches besought beseeched beseeching",
    "broadcast": "broadcasts broadcast broadcasting",
    "forecast": "forecasts forecast forecasting",
    "forget": "forgets forgot forgotten forgetting",
    "admit": "admits admitted admitting",
    "commit": "commits committed committing",
    "rebut": "rebuts rebutted rebutting",
    "refer": "refers referred referring",
    "prefer": "prefers preferred preferring",
    "beg": "begs begged begging",
    "brag": "brags bragged bragging",
    "slam": "slams slammed slamming",
    "quip": "quips quipped quipping",
    "rule": "rules ruled ruling",
    "regret": "regrets regretted regretting",
    "shoot": "shoots shot shooting",
    "break": "breaks broke broken breaking",
    "blow": "blows blew blown blowing",
    "take": "takes took taken taking",
    "beat": "beats beat beaten beating",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "shut": "shuts shut shutting",
    "upset": "upsets upset upsetting",
    "feed": "feeds fed feeding",
    "acquit": "acquits acquitted acquitting",
    "expel": "expels expelled expelling",
    "kidnap": "kidnaps kidnapped kidnapping",
    "appal": "appals appalled appalling",
    "hang": "hangs hanged hung hanging",
    "rebuild": "rebuilds rebuilt rebuilding",
    "make": "makes made making",
    "spread": "spreads spread spreading",
}
_HEARSAY = frozenset(("reportedly", "allegedly"))
_DETERMINERS = frozenset("a an his her its their no".split())
_BEFORE_NOUNS = _DETERMINERS | {"the", "this", "that"}
# "expressed hope": a noun right behind these tells the act.
_VOICING = frozenset("express expresses expressed expressing voice voices voiced voicing".split())
# "found no evidence that": nouns whose absence turns the content down.
_NOTHING_FOUND = frozenset("evidence sign signs indication mention proof reason".split())
# What is believed not to be so.
_DOUBTING = frozenset("doubt doubts doubted doubting skeptical sceptical".split())
# How far into a content its name for a thing is looked for.
_NAMED_CHARS = 160
AUXILIARIES = frozenset(
    """be am is are was were been being have has had having do does did will would shall should
    can could may might must to""".split()
)

# Parts of the table for words that report nothing: `deeds.py`.
_SILENT = frozenset(("deeds", "feelings"))


@dataclass(frozen=True, slots=True)
class CueReading:
    """What a cue does, and the word that told so (None when no word of it is known)."""

    act: Act
    polarity: Polarity
    word: str | None


@dataclass(frozen=True, slots=True)
class CueTable:
    """Acts of words, by part of speech; phrases come before single words.

    Attributes:
        verbs: Act of each form of a verb.
        nouns: Act of each form of a noun.
        phrases: Phrases with their acts, the longest first.
        telling: The longest word of each phrase.
        naming: Verbs that give a thing a name, which can be a reproach.
        disapproving: Words that make such a name a reproach.
        common: Forms of words of the table that mostly mean something else.
    """

    verbs: Mapping[str, Act]
    nouns: Mapping[str, Act]
    phrases: tuple[tuple[str, Act], ...]
    telling: frozenset[str]
    naming: tuple[str, ...]
    disapproving: frozenset[str]
    common: frozenset[str]


def verb_forms(verb: str) -> list[str]:
    """The base form and the regular or listed inflections of an English verb.

    >>> verb_forms("deny")
    ['deny', 'denies', 'denied', 'denying']
    """
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    if verb.endswith(("ee", "oe", "ye")):
        return [verb, f"{verb}s", f"{verb}d", f"{verb}ing"]
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    plural = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"
    return [verb, plural, f"{verb}ed", f"{verb}ing"]


def noun_forms(noun: str) -> list[str]:
    """Singular and regular plural of an English noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return [noun, f"{noun[:-1]}ies"]
    return [noun, f"{noun}s"]


def cue_words() -> dict[str, Any]:
    """The table in the package, as it is written."""
    path = importlib.resources.files("onrecord.statements") / "cue_words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def cue_table() -> CueTable:
    """The table in the package, with all forms written out."""
    given = cue_words()
    verbs: dict[str, Act] = {}
    nouns: dict[str, Act] = {}
    phrases: list[tuple[str, Act]] = []
    reproach, common = given.pop("reproach"), given.pop("common")
    given = {name: words for name, words in given.items() if name not in _SILENT}
    for name, words in given.items():
        act = Act(name)
        for verb in words["verbs"].split():
            verbs |= {form: act for form in verb_forms(verb) if form not in verbs}
        for noun in words["nouns"].split():
            nouns |= {form: act for form in noun_forms(noun) if form not in nouns}
        phrases.extend((phrase, act) for phrase in words["phrases"])
    return CueTable(
        verbs,
        nouns,
        tuple(sorted(phrases, key=lambda p: -len(p[0]))),
        frozenset(max(phrase.split(), key=len) for phrase, _ in phrases),
        tuple(reproach["naming"].split()),
        frozenset(reproach["words"].split()),
        frozenset(common["words"].split()),
    )


def words_of(text: str) -> list[str]:
    """Words in lower case; "didn't" and "didn’t" give "did" and "n't"."""
    words: list[str] = []
    for found in _WORD.findall(text):
        word = found.lower().replace("’", "'")
        if word.endswith("n't") and len(word) > 3:
            words += ["ca" if word == "can't" else word[:-3], "n't"]
        else:
            words.append(word.split("'")[0] if "'" in word else word)
    return words


@functools.lru_cache(maxsize=4096)
def cue_words_of(cue: str) -> tuple[str, ...]:
    """The same of a cue; most cues come again and again."""
    return tuple(words_of(cue))


def reporting_words(text: str) -> list[int]:
    """Where words begin that can report, by the table, and mostly do when they stand alone.

    >>> reporting_words("The mayor denied it, they say.")
    [10, 26]
    """
    known = _reporting()
    # Text in lower case has each word at its place, but for a few letters of other scripts.
    lower = text.lower()
    if len(lower) != len(text):
        return [m.start() for m in _WORD.finditer(text) if m[0].lower() in known]
    return [m.start() for m in _WORD.finditer(lower) if m[0] in known]


@functools.cache
def _reporting() -> frozenset[str]:
    table = cue_table()
    return frozenset({*table.verbs, *table.nouns, *table.telling}) - table.common


def read_cue(cue: str, content: str = "") -> CueReading:
    """Act and polarity of a cue.

    Args:
        cue: Its words; of discontinuous ones, all with a space between.
        content: What is said; "told X to go" is a request by its infinitive.

    >>> read_cue("did not deny").polarity.value, read_cue("denied").polarity.value
    ('affirm', 'deny')
    """
    words = cue_words_of(cue)
    act, word = _act_of(words)
    act = _refined(act, word, words, content)
    negations = _n_negations(words, word) + (word in _DOUBTING)
    silent = not _SILENT_VERBS.isdisjoint(words)
    turned = negations % 2 == 1
    if act is Act.DENY:
        # "did not deny" turns nothing down; it is no denial.
        return CueReading(act, Polarity.AFFIRM if turned else Polarity.DENY, word)
    if turned and act in {Act.ASSERT, Act.CONFIRM, Act.ADMIT, Act.BELIEVE, Act.ACCUSE} | (
        {Act.ENDORSE, Act.PROMISE, Act.OFFER} if not silent else set()
    ):
        return CueReading(act, Polarity.DENY, word)
    return CueReading(act, Polarity.DENY if turned else Polarity.AFFIRM, word)


@functools.lru_cache(maxsize=4096)
def _n_negations(words: tuple[str, ...], word: str | None) -> int:
    """Negations of the cue itself; "promised not to" promises."""
    table = cue_table()
    count = 0
    for at, (one, following) in enumerate(itertools.pairwise([*words, ""])):
        if one == "no":
            is_noun = following in table.nouns or following in _NOTHING_FOUND
            count += at == 0 or is_noun
        elif one == "not" and following == "to" and word in words[:at]:
            continue
        elif one == "nor" and "neither" in words[:at]:
            # One negation in two words: "neither confirmed nor denied".
            continue
        else:
            count += one in _NEGATIONS
    return count


@functools.lru_cache(maxsize=4096)
def _act_of(words: tuple[str, ...]) -> tuple[Act, str | None]:
    """The act of the words, and the word or phrase that gives it."""
    table = cue_table()
    if not table.telling.isdisjoint(words):
        joined = f" {' '.join(words)} "
        for phrase, act in table.phrases:
            # "reportedly deny": the verb beside an adverb of hearsay says what is done.
            if f" {phrase} " in joined and not (phrase in _HEARSAY and _has_verb(words, table)):
                return act, phrase
    before = ["", *words]
    verbs = [
        w
        for at, w in enumerate(words)
        if w in table.verbs
        and w not in AUXILIARIES
        and not (w in table.nouns and before[at] in _BEFORE_NOUNS)
    ]
    if not verbs:
        noun = next((w for w in words if w in table.nouns), None)
        return (Act.ASSERT, None) if noun is None else (table.nouns[noun], noun)
    if table.verbs[verbs[0]] is Act.ASSERT:
        # "wrote to accuse", "said in a warning": what comes later says more.
        later = next((w for w in verbs if table.verbs[w] is not Act.ASSERT), None)
        if later is not None and later not in table.nouns:
            return table.verbs[later], later
        noun = _telling_noun(words, table)
        if noun is not None:
            return table.nouns[noun], noun
    return table.verbs[verbs[0]], verbs[0]


def _has_verb(words: Sequence[str], table: CueTable) -> bool:
    return any(w in table.verbs and w not in AUXILIARIES for w in words)


def _telling_noun(words: Sequence[str], table: CueTable) -> str | None:
    """A noun for an act other than saying, with an article or a possessive before it."""
    for before, word in itertools.pairwise(words):
        if (
            before in _DETERMINERS | _VOICING
            and table.nouns.get(word, Act.ASSERT) is not Act.ASSERT
        ):
            return word
    return None


def _refined(act: Act, word: str | None, words: Sequence[str], content: str) -> Act:
    """The act again, with a look at what stands beside the word and in the content."""
    if word not in _refinable():
        return act
    start = words_of(content[:60])[:3]
    infinitive = start[:1] == ["to"] or start[:2] == ["not", "to"]
    if word in _forms("tell", "ask") and infinitive:
        return Act.REQUEST
    if word in _forms("insist") and ("on" in words or start[:1] in (["on"], ["be"])):
        return Act.REQUEST
    if word in _forms("agree"):
        return Act.PROMISE if infinitive or "to" in words else Act.ENDORSE
    if word in _forms(*cue_table().naming) and _is_disapproving(content):
        return Act.CRITICISE
    return act


@functools.cache
def _refinable() -> frozenset[str]:
    """Words beside which other words tell the act as well."""
    return _forms("tell", "ask", "insist", "agree", *cue_table().naming)


def _is_disapproving(content: str) -> bool:
    words = words_of(content[:_NAMED_CHARS])
    pairs = (f"{first}-{second}" for first, second in itertools.pairwise(words))
    return not cue_table().disapproving.isdisjoint([*words, *pairs])


@functools.cache
def _forms(*verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in verb_forms(verb))
