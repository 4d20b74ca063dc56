"""One clause read closely: what is done in it, by whom, to what, and whether it is told as so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.claims.facts import Facts, name_key
from onrecord.claims.models import NOTHING, Party, Words
from onrecord.claims.parties import party_at, party_of_mention
from onrecord.claims.texts import Clause, Word
from onrecord.claims.word_lists import deeds, holding_verbs, irregular, modes, stem, thing_of
from onrecord.records import Act, Event, Factuality, Kind, MentionForm, Span, Statement

_AUX = frozenset(
    "had has have having was were is are be been being did does do not to will would could may "
    "might never get got".split()
)
_BE = frozenset("is are was were".split())
_FINITE = frozenset(
    "is are was were has have had did does do been be remain remains stay stays keep keeps run "
    "runs belong belongs lie lies stand stands".split()
)
# Verbs that leave it to a noun to tell what is done.
LIGHT = frozenset(stem(w) for w in "use make carry conduct commit stage mount play take".split())
_PASSIVE = frozenset("was were is are be been being get got".split())
_OPEN = frozenset((Factuality.POSSIBLE, Factuality.PLANNED))
# Statements in which nothing is said to have happened.
_NOT_SAID = frozenset(
    (Act.BELIEVE, Act.ASK, Act.REQUEST, Act.PROMISE, Act.OFFER, Act.THREATEN, Act.WARN)
)
_OPEN_NEGATION = re.compile(
    r"\b(?:not|n't|n’t) (?:yet |immediately |been )?(?:clear|known|sure|certain|possible|verified|"
    r"confirmed|say|rule)\b|\bno (?:immediate )?(?:word|comment|details|confirmation|reason)\b|"
    r"\bunclear\b|\bunknown\b|\bdid not (?:say|comment|respond|answer|reply|give|elaborate)\b",
    re.IGNORECASE,
)
_SPEECH = frozenset(("ACCUSE", "REJECT", "CONSULT", "REQUEST", "THREATEN"))
# "Promised on Tuesday to hire".
_TO_REACH = 6
_TO_FOLLOWS = frozenset("set due ready offer offers offered".split())
_PREPOSITIONS = frozenset("from of in at on by with across near behind along".split())
# What does harm without being anybody.
_THINGS = frozenset(
    stem(w)
    for w in "bomb blast explosion fire grenade shell missile rocket storm earthquake flood attack "
    "strike crash virus train bus car truck ship plane building house warehouse".split()
)
_NO_DOERS = frozenset((Kind.FACILITY, Kind.WEAPON, Kind.EVENT, Kind.INSTRUMENT))
_SUBJECTS = frozenset("i you he she it we they who there this these those".split())
# "Blow up", "blew it up"; "set the hall at the end of the road on fire".
_PAIR_REACH, _SET_REACH = 4, 10
_BEFORE_NOUNS = frozenset("the a an his her its their our my of during by for with in".split())
# So many words are a clause, whatever their forms are.
_LONG_WORDS = 8
_PAST = frozenset("had has have was were did".split())
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_AGENT_REACH = 8
# "was behind the attack", "carried out the attack"
_BEHIND = frozenset("behind responsible carried committed staged launched mounted for".split())


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a clause by what they are.

    Attributes:
        core: The clause itself.
        more: What is added to it, from "where", "after" and the like on.
        deeds: Words of doing in the core, each with the groups that it belongs to.
    """

    core: tuple[Word, ...]
    more: tuple[Word, ...]
    deeds: tuple[tuple[Word, Words], ...]


def parts_of(facts: Facts, clause: Clause) -> Parts:
    """A clause cut into what it says and what it adds."""
    words = facts.text.words_in(clause.spans)
    cut = len(words)
    n_told = 0
    for n, word in enumerate(words):
        is_cleft = (
            n > 2 and words[0].lower == "it" and words[1].lower in _BE and word.lower == "who"
        )
        if is_cleft:
            continue
        if n_told >= 3 and word.lower in modes()["subordinate"] and not facts.is_name(word):
            cut = n
            break
        n_told += word.lower not in modes()["small"]
    core = tuple(words[:cut])
    return Parts(core, tuple(words[cut:]), tuple(_deeds(facts, clause, core)))


def _deeds(facts: Facts, clause: Clause, core: Sequence[Word]) -> list[tuple[Word, Words]]:
    known = deeds()
    triggers = {e.trigger.start for e in facts.events_in(clause.spans) if e.type not in _SPEECH}
    found = []
    skip = modes()["small"] | modes()["saying"] | modes()["units_of_time"] | modes()["hours"]
    for n, word in enumerate(core):
        if word.lower in skip or word.form[0].isdigit():
            continue
        if facts.is_name(word) and not facts.is_first(word):
            continue
        groups = set(known.of_stem.get(word.stem, ()))
        reach = _SET_REACH if word.lower in {"set", "setting"} else _PAIR_REACH
        for other in core[n + 1 : n + reach]:
            groups |= set(known.of_pair.get((word.stem, other.stem), ()))
        if groups or word.start in triggers or is_verb(core, n):
            found.append((word, frozenset(groups)))
    return found


def is_verb(core: Sequence[Word], n: int) -> bool:
    """Whether a word looks like a verb, by its ending or the word before it."""
    lower = core[n].lower
    if len(lower) > 4 and lower.endswith(("ed", "ing")):
        return True
    if stem(lower) != lower and lower in irregular():
        return True
    before = core[n - 1].lower if n else ""
    if before.endswith("ly") and n > 1:
        before = core[n - 2].lower
    return before in _AUX - _BE and lower not in modes()["small"]


def has_verb(core: Sequence[Word]) -> bool:
    """Whether a clause has a verb, so that something is said in it."""
    return len(core) >= _LONG_WORDS or any(
        w.lower in _FINITE or is_verb(core, n) or (n > 0 and _is_present(core, n))
        for n, w in enumerate(core)
    )


def _is_present(core: Sequence[Word], n: int) -> bool:
    """Whether a word of doing stands where a verb does: not behind "the", "of" or a number."""
    before, lower = core[n - 1].lower, core[n].lower
    if before in _SUBJECTS and lower not in modes()["small"]:
        return True
    if before in modes()["small"] - _AUX or before in modes()["numbers"]:
        return False
    if lower.endswith("s") and len(lower) > 3 and not lower.endswith(("ss", "'s", "’s", "us")):
        return True
    return (
        core[n].stem in deeds().of_stem
        or core[n].lower in holding_verbs()
        or (n + 1 < len(core) and (core[n].stem, core[n + 1].stem) in deeds().of_pair)
    )


def main_deed(facts: Facts, clause: Clause, parts: Parts) -> tuple[Word, Words] | None:
    """The deed that the clause tells: that of an event, else the first that is well known."""
    if not parts.deeds:
        return None
    triggers = {e.trigger.start: e for e in facts.events_in(clause.spans) if e.type not in _SPEECH}
    own = [d for d in parts.deeds if d[0].stem not in LIGHT and not _is_reduced(parts, d[0])]
    by_event = [d for d in own if d[0].start in triggers and d[1]]
    known = [d for d in own if not _is_nominal(parts, d[0]) and d[1] and _is_verb_form(parts, d[0])]
    grouped = [d for d in own if d[1]]
    verbs = [d for d in own if _is_verb_form(parts, d[0]) and not _is_nominal(parts, d[0])]
    plain = [d for d in grouped if not _is_nominal(parts, d[0])]
    return next(iter((*by_event, *known, *plain, *verbs, *grouped, *parts.deeds)), None)


def _is_reduced(parts: Parts, word: Word) -> bool:
    """Whether a participle only tells who somebody is: "men hired by a rival cut the line"."""
    at = parts.core.index(word)
    is_by = at + 1 < len(parts.core) and parts.core[at + 1].lower == "by"
    is_passive = any(w.lower in _PASSIVE for w in parts.core[max(0, at - 3) : at])
    return is_by and not is_passive and len(parts.deeds) > 1


def _is_nominal(parts: Parts, word: Word) -> bool:
    """Whether a word of doing is a noun here: "her crossing", "the bombing"."""
    at = parts.core.index(word)
    before = parts.core[at - 1].lower if at else ""
    return before in _BEFORE_NOUNS


def _is_verb_form(parts: Parts, word: Word) -> bool:
    return is_verb(parts.core, parts.core.index(word))


def main_event(facts: Facts, clause: Clause, main: Word | None) -> Event | None:
    """The event whose trigger the main deed is."""
    if main is None:
        return None
    events = facts.events_in(clause.spans)
    return next((e for e in events if e.trigger.start <= main.start < e.trigger.end), None)


def is_open(facts: Facts, clause: Clause, parts: Parts, event: Event | None) -> bool:
    """Whether the clause tells what may be, will be, is wanted or is not known."""
    statement = clause.statement
    is_not_said = statement is not None and statement.act in _NOT_SAID
    if statement is not None and is_not_said and not _is_sure(facts, statement):
        is_of_past = any(w.lower in _PAST for w in parts.core)
        if statement.act is not Act.PROMISE or not is_of_past:
            return True  # "swore that he had paid" is no plan
    if any(s.act in _NOT_SAID or s.polarity == "deny" for s in clause.chain):
        return True
    if event is not None and event.factuality in _OPEN:
        return True
    shown = core_text(facts, clause, parts)
    if _OPEN_NEGATION.search(shown):
        return True
    end = clause.spans[-1].end
    if facts.text.text[end : end + 2].lstrip("\"”’'").startswith("?"):
        return True
    return _has_open_word(parts)


def _is_sure(facts: Facts, statement: Statement) -> bool:
    """Whether a belief is held for certain: "is convinced that"."""
    cue = facts.text.words_in(statement.cue)
    return statement.act is Act.BELIEVE and any(w.lower in modes()["sure"] for w in cue)


def _has_open_word(parts: Parts) -> bool:
    known = modes()
    first = parts.deeds[-1][0].start if parts.deeds else 0
    for n, word in enumerate(parts.core):
        lower = word.lower
        if lower in known["unsure"]:
            return True
        if word.start > first:
            break
        if lower in known["modals"] and not word.form[0].isupper():
            return True
        reach = 2 if lower in _TO_FOLLOWS else _TO_REACH
        if lower in known["plans"] and any(w.lower == "to" for w in parts.core[n + 1 : n + reach]):
            return True
        if lower in {"plan", "plans", "planned", "planning"}:
            return True
    return False


def core_text(facts: Facts, clause: Clause, parts: Parts) -> str:
    """The words of the clause itself."""
    if not parts.core:
        return ""
    end = parts.core[-1].end
    return " ".join(
        facts.text.text[s.start : min(s.end, end)] for s in clause.spans if s.start < end
    )


def agent_of(
    facts: Facts, clause: Clause, parts: Parts, main: Word | None, event: Event | None,
    speaker: Party | None,
) -> Party | None:  # fmt: skip
    """Who does what the clause tells: as the event has it, else as the words stand."""
    found = None if main is None else _agent_of(facts, clause, parts, main, event, speaker)
    row = facts.entities.get(found.entity or "") if found is not None else None
    if found is not None and (found.heads & _THINGS or (row is not None and row.kind in _NO_DOERS)):
        return None
    return found


def _agent_of(
    facts: Facts, clause: Clause, parts: Parts, main: Word, event: Event | None,
    speaker: Party | None,
) -> Party | None:  # fmt: skip
    found = _of_event(facts, clause, parts, main, event, speaker)
    if found is None and clause.statement is not None and clause.statement.act is Act.ACCUSE:
        found = _mention_before(facts, clause, main.start, speaker)
    if found is not None or main not in parts.core or (event is not None and event.actors):
        return found
    at = parts.core.index(main)
    if at == 0 and main.lower.endswith("ing"):
        return speaker
    if any(w.lower in _PASSIVE for w in parts.core[max(0, at - 3) : at]):
        return _behind_by(facts, clause, parts, at, speaker)
    return _cleft(facts, parts, at, speaker) or _mention_before(
        facts, clause, main.start, speaker, near=True
    )


def _of_event(
    facts: Facts, clause: Clause, parts: Parts, main: Word, event: Event | None,
    speaker: Party | None,
) -> Party | None:  # fmt: skip
    """The doer that the event has; the subject where that is a place beside it."""
    if event is None or not event.actors:
        return None
    found = _of_entity(facts, clause, event.actors[0], speaker)
    if not _is_aside(facts, clause, event.actors[0]):
        return found
    return _subject(facts, parts, main, speaker) or found


def _cleft(facts: Facts, parts: Parts, at: int, speaker: Party | None) -> Party | None:
    """Who did it in "It was soldiers who did it"."""
    core = parts.core
    who = next((w for w in core[:at] if w.lower == "who"), None)
    if who is None or core[0].lower != "it" or core[2].start >= who.start:
        return None
    return party_at(facts, Span(core[2].start, who.start - 1), speaker=speaker, entity=None)


def _is_aside(facts: Facts, clause: Clause, entity: str) -> bool:
    """Whether what is taken for the doer is a place, or stands behind a preposition."""
    row = facts.entities.get(entity)
    if row is not None and row.kind is Kind.PLACE:
        return True
    own = [m for m in facts.mentions_in(clause.spans) if m.entity == entity]
    if not own or own[0].span.start == 0:
        return False
    before = facts.text.words_in((Span(max(0, own[0].span.start - 14), own[0].span.start),))
    lowers = [w.lower for w in before if w.lower not in {"the", "a", "an"}]
    return bool(lowers) and lowers[-1] in _PREPOSITIONS - {"by"}


def _subject(facts: Facts, parts: Parts, main: Word, speaker: Party | None) -> Party | None:
    """Who stands first in a clause, up to the first preposition: "Thieves from abroad stole"."""
    kept: list[Word] = []
    for word in parts.core:
        if word.start >= main.start or word.lower in _PREPOSITIONS:
            break
        kept.append(word)
    if not kept or kept[-1].end > main.start or all(w.lower in modes()["small"] for w in kept):
        return None
    return party_at(facts, Span(kept[0].start, kept[-1].end), speaker=speaker, entity=None)


def _of_entity(facts: Facts, clause: Clause, entity: str, speaker: Party | None) -> Party | None:
    if speaker is not None and entity == speaker.entity:
        return speaker
    own = [m for m in facts.mentions_in(clause.spans) if m.entity == entity]
    plain = [m for m in own if m.form is not MentionForm.PRONOUN]
    for mention in (*plain, *own):
        return party_of_mention(facts, mention, speaker=speaker)
    row = facts.entities.get(entity)
    for number in () if row is None else row.mentions:
        found = facts.mentions.get(number)
        if found is not None and found.form is not MentionForm.PRONOUN:
            return party_of_mention(facts, found, speaker=speaker)
    return None


def _mention_before(
    facts: Facts, clause: Clause, at: int, speaker: Party | None, *, near: bool = False
) -> Party | None:
    """The first mention before a word; of `near`, the last one with little between."""
    found = [
        m
        for m in facts.mentions_in(clause.spans)
        if m.span.end <= at and m.span.text_in(facts.text.text).lower() not in _RELATIVE
    ]
    if not found:
        return None
    if near:
        last = max(found, key=lambda m: (m.span.end, len(m.span)))
        between = facts.text.words_in((Span(last.span.end, at),)) if last.span.end < at else []
        loose = _AUX | modes()["small"] | _BEHIND
        if any(w.lower not in loose for w in between):
            return None
        return party_of_mention(facts, last, speaker=speaker)
    return party_of_mention(facts, found[0], speaker=speaker)


def _behind_by(
    facts: Facts, clause: Clause, parts: Parts, at: int, speaker: Party | None
) -> Party | None:
    for n in range(at + 1, min(at + _AGENT_REACH, len(parts.core) - 1)):
        if parts.core[n].lower == "by":
            start = parts.core[n].end
            for mention in facts.mentions_in(clause.spans):
                if start < mention.span.start <= start + 6:
                    return party_of_mention(facts, mention, speaker=speaker)
    return None


def told_stems(facts: Facts, words: Sequence[Word], skip: Words) -> Words:
    """Stems that tell something: no names, no times, no small words."""
    known = modes()
    return frozenset(
        thing_of(w.form)
        for w in words
        if w.lower not in known["small"]
        and w.lower not in known["units_of_time"]
        and w.lower not in known["hours"]
        and w.lower not in known["saying"]
        and not w.form[0].isdigit()
        and not facts.is_name(w)
        and w.stem not in skip
        and w.lower not in known["numbers"]
        and len(w.lower) > 2
    )


def names_of(facts: Facts, words: Sequence[Word]) -> Words:
    """Keys of the names among some words."""
    return frozenset(name_key(w.form) for w in words if facts.is_name(w)) or NOTHING
