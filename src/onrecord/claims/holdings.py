"""Who a clause says holds a place: by its own words, else by its rows of control.

The words of `holding.tsv` are looked for one by one; where a clause says "the town", it is the
one that the article is about.
"""

import dataclasses
from collections.abc import Iterator, Sequence

from onrecord.claims.facts import Facts
from onrecord.claims.models import Holding, Party, Where
from onrecord.claims.parties import party_at, party_of_mention
from onrecord.claims.periods import period_of
from onrecord.claims.scenes import place_key, where_in
from onrecord.claims.texts import Clause, Word
from onrecord.claims.word_lists import holding_verbs, holding_words, modes
from onrecord.records import Change, ControlClaim, Factuality, MentionForm, Span

_BE = frozenset("is are was were be been being".split())
_LOSE = frozenset("lost lose loses losing ceded surrendered relinquished".split())
_GAIN = frozenset("took taken seized gained won wrested regained assumed seize take".split())
_MINE = frozenset(("ours", "mine"))
_MY = frozenset(("our", "my"))
_THEIRS = frozenset(("its", "their", "his", "her", "our", "my"))
_FLAG = frozenset(("flag", "banner", "colours", "colors"))
_OBEY = frozenset("obey obeys obeyed".split())
_LEAVE = frozenset("dislodged driven ousted expelled evicted".split())
_SPOTS = frozenset(
    "town city village island port airport fort base bridge district hill station crossing".split()
)
_REACH = 8


def holdings_of(
    facts: Facts, clause: Clause, speaker: Party | None, *, is_negated: bool
) -> tuple[Holding, ...]:
    """What a clause says of who holds which place.

    Args:
        facts: The document.
        clause: The clause.
        speaker: Who says it.
        is_negated: It says that something is not so; then only "was not driven out of" counts.
    """
    words = facts.text.words_in(clause.spans)
    lowers = {w.lower for w in words}
    if not (lowers & _hints() or facts.control_in(clause.spans)):
        return ()
    found = tuple(_Reader(facts, clause, speaker, words).holdings(is_negated=is_negated))
    if found or is_negated:
        return found
    return tuple(
        h
        for c in facts.control_in(clause.spans)
        if c.factuality is Factuality.ACTUAL and (h := _of_row(facts, c, speaker)) is not None
    )


def _hints() -> frozenset[str]:
    return (
        frozenset(w for kind in holding_words().values() for w in kind)
        | _MINE
        | _OBEY
        | _LEAVE
        | _FLAG
        | {"hands", "left"}
    )


class _Reader:
    """Looks for the words of holding in one clause."""

    def __init__(
        self, facts: Facts, clause: Clause, speaker: Party | None, words: Sequence[Word]
    ) -> None:
        self.facts, self.clause, self.speaker, self.words = facts, clause, speaker, words
        self.places = [
            (m.span, where_in(facts, (m.span,)))
            for m in facts.mentions_in(clause.spans)
            if m.id in facts.place_of_mention and m.form is not MentionForm.PRONOUN
        ]

    def holdings(self, *, is_negated: bool) -> Iterator[Holding]:
        """Holdings, word by word."""
        for n in range(len(self.words)):
            made = self._kept(n) if is_negated else self._held(n)
            if made is not None:
                yield made

    def _held(self, n: int) -> Holding | None:
        """What one word tells."""
        kinds, lower = holding_words(), self._at(n)
        if lower in kinds["fall"] and self._follows(n, "to"):
            return self._make("taken", self._before(n), self._holder_behind(n, "to"))
        if lower in kinds["noun"] and self._at(n - 1) != "take" and self._is_noun(n):
            return self._by_noun(n)
        if self._is_ours(n):
            return self._make("held", self._before(n), self.speaker, is_self=True)
        if lower in _FLAG and any(self._at(m) == "over" for m in range(n + 1, n + 5)):
            return self._of_flag(n)
        if lower in kinds["ruler"] and self._at(n + 1) in {"in", "of", "over"}:
            return self._make("held", self._behind(n), self._holder_before(n) or self.speaker)
        is_verb = lower in holding_verbs()
        return self._by_verb(n, "held" if lower in kinds["held"] else "taken") if is_verb else None

    def _is_ours(self, n: int) -> bool:
        """Whether a place is said to be in the hands of who speaks."""
        lower = self._at(n)
        return (
            lower in _MINE
            or (lower in _MY and self._at(n + 1) == "hands")
            or (lower in _OBEY and self._at(n + 1) in {"us", "me"})
        )

    def _at(self, n: int) -> str:
        return self.words[n].lower if 0 <= n < len(self.words) else ""

    def _follows(self, n: int, word: str) -> bool:
        return word in {self._at(n + 1), self._at(n + 2), self._at(n + 3)}

    def _is_noun(self, n: int) -> bool:
        before = {self._at(n - 1), self._at(n - 2), self._at(n - 3)}
        return self._at(n + 1) in {"of", "over"} or bool(before & {"under", "in"})

    def _by_noun(self, n: int) -> Holding | None:
        """In full control of a place; a place under the control of somebody."""
        near = [self._at(m) for m in range(max(0, n - 4), n)]
        if self._at(n - 1) in _THEIRS and self._at(n - 2) in {"in", "under"}:
            mine = self._at(n - 1) in _MY
            holder = self.speaker if mine else self._holder_before(n, is_first=True)
            return self._make("held", self._before(n), holder, is_self=mine)
        if "under" in near or self._at(n) in {"hands", "grip", "rule", "sway", "heel"}:
            holder = self._holder_behind(n, "of") or self._owner_before(n)
            return self._make("held", self._before(n), holder)
        if self._at(n) not in {"control", "command", "possession", "charge"}:
            return None
        change = "lost" if _LOSE & set(near) else "taken" if _GAIN & set(near) else "held"
        return self._make(change, self._behind(n), self._holder_before(n))

    def _by_verb(self, n: int, change: str) -> Holding | None:
        near = {self._at(m) for m in range(max(0, n - 3), n)}
        if near & _BE and self._follows(n, "by"):
            return self._make(change, self._before(n), self._holder_behind(n, "by"))
        if near & _BE or self._at(n - 1) in {"to", "the", "a", "an", "in", "under", "of"}:
            return None
        place = self._behind(n) or self._name_behind(n)
        return self._make(change, place, self._holder_before(n))

    def _kept(self, n: int) -> Holding | None:
        """Who was not driven out of a place, or never left it, holds it."""
        is_left = self._at(n) == "left" and self._at(n - 1) == "never"
        if self._at(n) not in _LEAVE and not is_left:
            return None
        if is_left:
            return self._make("held", self._behind(n), self._holder_before(n), is_self=True)
        mentions = [
            m for m in self.facts.mentions_in(self.clause.spans) if m.span.start > self.words[n].end
        ]
        holder = (
            party_of_mention(self.facts, mentions[0], speaker=self.speaker) if mentions else None
        )
        place = self._behind(n)
        if place is None and holder is not None:
            place = Where(local=holder.names)
        return self._make("held", place, holder)

    def _before(self, n: int) -> Where | None:
        """The first place before a word; "the town" is that of the article."""
        at = self.words[n].start
        if any(w.lower in _SPOTS for w in self.words[:2]) and self._at(2) != "of":
            return Where()
        for span, where in self.places:
            if span.end <= at and where.local:
                return where
        for word in self.words[:n]:
            if self.facts.is_name(word):
                key = place_key(word.form)
                return Where(local=frozenset((key,))) if key else None
        if any(w.lower in _SPOTS for w in self.words[:n]):
            return Where()
        return None

    def _behind(self, n: int) -> Where | None:
        end = self.words[n].end
        limit = self.words[min(n + _REACH, len(self.words) - 1)].end
        for span, where in self.places:
            if end <= span.start <= limit and where.local:
                return where
        near = self.words[n + 1 : n + 4]
        if any(w.lower in _SPOTS for w in near) and not any(self.facts.is_name(w) for w in near):
            return Where()
        return None

    def _name_behind(self, n: int) -> Where | None:
        """A name right behind a verb that the gazetteer does not know."""
        for m in range(n + 1, min(n + 6, len(self.words))):
            word = self.words[m]
            if self.facts.is_name(word):
                return Where(local=frozenset((place_key(word.form),)))
            if word.lower not in modes()["small"] | _SPOTS:
                return None
        return None

    def _of_flag(self, n: int) -> Holding | None:
        """Whose flag flies over a place."""
        if self._at(n - 1) in _MY:
            return self._make("held", self._behind(n), self.speaker, is_self=True)
        return self._make("held", self._behind(n), self._owner_before(n))

    def _holder_before(self, n: int, *, is_first: bool = False) -> Party | None:
        at = self.words[n].start
        mentions = [m for m in self.facts.mentions_in(self.clause.spans) if m.span.end <= at]
        order = sorted(mentions, key=lambda m: (-m.span.end, m.span.start))
        if order and not is_first:
            between = Span(order[0].span.end, at) if order[0].span.end < at else None
            joined = self.facts.text.words_in((between,)) if between else []
            is_first = any(w.lower == "and" for w in joined)  # "has fought and holds"
        for mention in order[::-1] if is_first else order:
            if mention.id in self.facts.place_of_mention:
                continue
            party = party_of_mention(self.facts, mention, speaker=self.speaker)
            if party is not None and party.is_known:
                return party
        first = [w for w in self.words[:n] if w.lower not in modes()["small"]]
        if first and self.words[0].start < at:
            span = Span(self.words[0].start, first[-1].end)
            return party_at(self.facts, span, speaker=self.speaker, entity=None)
        return None

    def _holder_behind(self, n: int, preposition: str) -> Party | None:
        for m in range(n + 1, min(n + 5, len(self.words) - 1)):
            if self._at(m) != preposition:
                continue
            start = self.words[m].end
            for mention in self.facts.mentions_in(self.clause.spans):
                if start < mention.span.start <= start + 6:
                    return party_of_mention(self.facts, mention, speaker=self.speaker)
            last = self.words[min(m + 3, len(self.words) - 1)].end
            return party_at(self.facts, Span(start + 1, last), speaker=self.speaker, entity=None)
        return None

    def _owner_before(self, n: int) -> Party | None:
        """Whose hands: "in rebel hands"."""
        for m in range(n - 1, max(-1, n - 3), -1):
            word = self.words[m]
            if word.lower not in modes()["small"]:
                return party_at(
                    self.facts, Span(word.start, word.end), speaker=self.speaker, entity=None
                )
        return None

    def _make(
        self,
        change: str,
        place: Where | None,
        holder: Party | None,
        *,
        is_self: bool = False,
    ) -> Holding | None:
        if place is None or holder is None or not holder.is_known:
            return None
        is_own = is_self or (self.speaker is not None and self._is_of_speaker(holder))
        return Holding(
            place=place, holder=holder, change=change, period=self._period(), is_self=is_own
        )

    def _is_of_speaker(self, holder: Party) -> bool:
        """Whether who holds it is who says so, or theirs ("her volunteers")."""
        speaker = self.speaker
        if speaker is None:
            return False
        return holder is speaker or bool(holder.names & speaker.names) or holder.is_owned

    def _period(self) -> tuple[int, int] | None:
        for time in self.facts.times_in(self.clause.spans):
            before = self.facts.text.text[max(0, time.span.start - 8) : time.span.start]
            found = period_of(time.value)
            if found is not None and "for " not in before:
                return found
        return None


def _of_row(facts: Facts, claim: ControlClaim, speaker: Party | None) -> Holding | None:
    place = facts.places.get(claim.place)
    mention = facts.mentions.get(place.mention) if place else None
    if place is None or mention is None or claim.change is Change.CONTESTED:
        return None
    where = where_in(facts, (mention.span,))
    if not where.local:
        row = facts.entities.get(mention.entity)
        is_described = mention.form is not MentionForm.NAME and place.geonames_id is None
        if row is None or (is_described and row.name[1:].islower()):
            # "Areas in the east" of two texts need not be the same.
            return None
        key = place_key(row.name)
        if not key or where.wide:
            return None
        where = dataclasses.replace(where, local=frozenset((key,)))
    holder = _row_holder(facts, claim, speaker)
    dated = claim.date is not None and claim.date.span is not None
    return Holding(
        place=where,
        holder=holder,
        change=claim.change.value,
        period=period_of(claim.date.value) if dated and claim.date is not None else None,
        is_self=holder is not None and (holder is speaker or holder.is_owned),
    )


def _row_holder(facts: Facts, claim: ControlClaim, speaker: Party | None) -> Party | None:
    if claim.holder is None:
        return None
    if speaker is not None and claim.holder == speaker.entity:
        return speaker
    row = facts.entities.get(claim.holder)
    found = [facts.mentions[m] for m in (row.mentions if row else ()) if m in facts.mentions]
    for mention in sorted(found, key=lambda m: abs(m.span.start - claim.span.start)):
        party = party_of_mention(facts, mention, speaker=speaker)
        if party is not None and party.is_known:
            return party
    return None
