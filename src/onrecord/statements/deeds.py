"""Cues that report nothing: plain deeds ("imposed an embargo") and what moves somebody's feelings.

The words stand in `cue_words.toml`. What is quoted, or is a clause, is reported all the same.
"""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.statements.cues import (
    AUXILIARIES,
    cue_words,
    cue_words_of,
    read_cue,
    verb_forms,
    words_of,
)

_QUOTED = re.compile(r"[\"“”„«»]|(?<!\w)[‘']\w")
_ADVERBS = frozenset(
    "not never n't also already now then just first since still again once later earlier soon "
    "twice".split()
)
_BESIDE = AUXILIARIES | _ADVERBS
_BEING = frozenset("is are was were be been being get gets got".split())
_CLAUSE = frozenset("that whether if how why what who when where because as".split())
# Words of a content in which the head of its first phrase is looked for.
_FIRST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Silent:
    """Forms of verbs that report nothing.

    Attributes:
        deeds: In any case.
        published: In the passive voice, where nobody speaks.
        feelings: Where what they are about stands before them.
        phrases: Deeds of two words, as pairs.
        naming: In the passive voice, these give a name or a place, as somebody says.
        recalled: Of "recall", before `recallable`.
        recallable: What is called back.
    """

    deeds: frozenset[str]
    published: frozenset[str]
    feelings: frozenset[str]
    phrases: frozenset[tuple[str, str]]
    naming: frozenset[str]
    recalled: frozenset[str]
    recallable: frozenset[str]


def reports_nothing(
    cue: str, content: str, *, has_source: bool, is_behind: bool, is_object: bool = True
) -> bool:
    """Whether a cue tells of a deed or a feeling, and of no words.

    Args:
        cue: Its words.
        content: What would be said.
        has_source: Whether somebody would say it.
        is_behind: Whether the cue stands behind the content.
        is_object: Whether who would say it stands behind the cue.

    >>> reports_nothing("imposed", "an embargo", has_source=True, is_behind=False)
    True
    >>> reports_nothing("recalled", "that they met", has_source=True, is_behind=False)
    False
    """
    words = cue_words_of(cue)
    verb = next((w for w in words if w not in _BESIDE and not w.endswith("ly")), "")
    table = _table()
    if any(pair in table.phrases for pair in itertools.pairwise(words)):
        deed = True
    elif verb in table.recalled:
        deed = not table.recallable.isdisjoint(words_of(content)[:_FIRST_WORDS])
    elif verb in table.published and not has_source and is_behind:
        deed = len(words) > 1
    elif is_behind and not has_source and _is_passive(words, verb):
        # "The demand was ignored": nobody says it.
        deed = read_cue(cue).word is None and verb not in table.naming
    else:
        moved = is_behind and is_object and verb in table.feelings
        deed = verb in table.deeds or moved
        deed = deed and read_cue(_without(words, verb)).word is None
    return deed and _QUOTED.search(content) is None and not _is_clause(content)


def _is_clause(content: str) -> bool:
    return not _CLAUSE.isdisjoint(words_of(content)[:1])


def _is_passive(words: Sequence[str], verb: str) -> bool:
    """Whether a form of "be" stands before a participle."""
    return verb.endswith(("ed", "en", "own", "ught", "ung", "ade", "eld")) and bool(
        _BEING & {*words}
    )


def _without(words: Sequence[str], verb: str) -> str:
    """The cue without its deed, as other words of it may report: "sentenced him, saying"."""
    return " ".join(w for w in words if w != verb)


@functools.cache
def _table() -> _Silent:
    given = cue_words()
    deeds, feelings = given["deeds"], given["feelings"]
    return _Silent(
        deeds=_forms(deeds["words"]),
        published=_forms(deeds["published"]),
        feelings=_forms(feelings["words"]),
        phrases=frozenset(
            (form, last)
            for verb, last in (phrase.split() for phrase in deeds["phrases"])
            for form in verb_forms(verb)
        ),
        naming=_forms(deeds["naming"]),
        recalled=_forms("recall"),
        recallable=frozenset(deeds["recall"]["words"].split()),
    )


def _forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in verb_forms(verb))
