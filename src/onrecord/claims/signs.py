"""What a clause and its sentence show on the face of it: turns of denial, of blame, of control.

These are patterns over words, without any row of a finder, so that they hold where a finder
misses. What they weigh stands in `scoring.py`.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping

from onrecord.claims.models import Words
from onrecord.claims.word_lists import irregular, modes, stem

# Signs that are looked for in the clause alone; all others in its whole sentence.
_OF_CLAUSE = frozenset(("neg", "strong", "open", "risen"))
_NO = re.compile(
    r"\b(?:no|not)\b(?! (?:only|just|yet|longer|doubt|more|less|fewer|matter|least|sooner|later|"
    r"comment|word)\b)|n['’]t\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_STOP = re.compile(
    r"[,;:.\"“”()]|\b(?:who|which|that|from|with|on|in|at|near|outside|to|so|after|before|during|"
    r"and not|is|was|were|are|has|have|had|did|being|broke|if|not)\b"
)
_AGENT = (
    (
        r"\b(?:set|done|carried out|committed|started|caused|stolen|taken|killed|shot|fired|"
        r"\w+ed|burnt|burned|cut|blown(?: up)?|put(?: \w+)?|hit|left behind|work|alight|fire) by "
    ),
    r"\bblamed? (?:\w+ ){0,4}?on ",
    r"\bblam(?:es|ed|ing)? (?=the |a |an |[A-Z])",
    r"\baccus(?:es|ed|ing) ",
    r"\b(?:it was|it is|they were) (?=[\w’' -]{3,60} (?:who|that|which) )",
    r"\bbehind [\w’' -]{3,60} (?:stood|stands|was|were|is|are) ",
    r"\b(?:lies?|lay|rests?) with ",
    r"\b(?:work|hand|doing|deed) of ",
)
# Words of a clause among which its first verb is looked for.
_REACH = 10
_NOUNS = frozenset(
    "men women people children feet teeth mice geese is was were has had did".split()
)
_ASIDE = frozenset("from of in on at near outside across behind with who that".split())
_BEFORE = re.compile(
    r"(?P<who>(?:[\w’'-]+ ){1,6})(?:(?:is|are|was|were|stood|stands|has been|had been) )"
    r"(?:also )?(?:behind|responsible|being blamed|blamed|to blame|accused|suspected)\b"
)


@functools.cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    path = importlib.resources.files("onrecord.claims") / "word_tables" / "signs.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: re.compile(
            r"\b(?:" + re.escape(text).replace(r"\|", "|").replace(r"\~", "~")
            .replace("\\ ", " ").replace("~", r"\w*") + r")\b",
            re.IGNORECASE,
        )
        for name, text in given.items()
    }  # fmt: skip


def signs_of(clause: str, sentence: str) -> Words:
    """The signs of a clause, by name; "by:" and a stem for words of whom a deed is laid to.

    >>> sorted(signs_of("there was no raid", "There was no raid"))
    ['neg', 'neg in sentence']
    """
    found = {name for name in _OF_CLAUSE if _patterns()[name].search(clause)}
    if _NO.search(clause):
        found.add("neg")
    found |= _signs_of_sentence(sentence)
    if "neg" not in found:
        found.discard("strong")
    by, doing = _blamed(clause), _doing(clause)
    return frozenset(found | {f"by:{w}" for w in by} | {f"who:{w}" for w in doing})


@functools.lru_cache(256)
def _signs_of_sentence(sentence: str) -> Words:
    patterns = _patterns()
    found = {
        n for n, pattern in patterns.items() if n not in _OF_CLAUSE if pattern.search(sentence)
    }
    is_negated = patterns["neg"].search(sentence) or _NO.search(sentence)
    return frozenset(found | {"neg in sentence"} if is_negated else found)


def doing(signs: Words) -> Words:
    """Stems of the words that stand before the first verb."""
    return frozenset(sign[4:] for sign in signs if sign.startswith("who:"))


def blamed(signs: Words) -> Words:
    """Stems of the words for whom a deed is laid to."""
    return frozenset(sign[3:] for sign in signs if sign.startswith("by:"))


@functools.cache
def _agents() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _AGENT))


def _blamed(clause: str) -> set[str]:
    """Words of the first party that a clause lays a deed to, by its form."""
    lowered = clause[:1].lower() + clause[1:]
    found = _agents().search(lowered)
    if found:
        behind = lowered[found.end() : found.end() + 80]
        stop = _STOP.search(behind)
        return _content(behind[: stop.start()] if stop else behind)
    before = _BEFORE.search(lowered)
    return _content(before["who"]) if before else set()


def _doing(clause: str) -> set[str]:
    """Words of who stands before the first verb of a clause, by its form."""
    words = [m[0] for m in _WORD.finditer(clause)][:_REACH]
    for n, word in enumerate(words):
        lower = word.lower()
        if n and (lower.endswith("ed") or lower in irregular()) and lower not in _NOUNS:
            who = words[:n]
            stop = next((k for k, w in enumerate(who) if k and w.lower() in _ASIDE), n)
            return _content(" ".join(who[:stop]))
    return set()


def _content(text: str) -> set[str]:
    small = modes()["small"] | modes()["numbers"] | modes()["units_of_time"]
    return {stem(w) for w in _WORD.findall(text) if w.lower() not in small}
