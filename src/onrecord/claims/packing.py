"""Accounts of documents as JSON for the file of a store, and back.

A reader looks at the head of each proposition first, and unpacks only those that may match.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.claims.compatibility import Interval
from onrecord.claims.models import (
    NOTHING,
    Account,
    Circumstances,
    Count,
    Holding,
    Party,
    Proposition,
    Scene,
    Where,
    Words,
)
from onrecord.records import Act, RowKind, Span, Spans, StanceKind

_dumps = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_NOWHERE = Where()
_STANCES = tuple(StanceKind)


@dataclass(slots=True)
class Packed:
    """An account as it is kept; what is not asked for is not unpacked.

    Attributes:
        number: Of the document.
        lines: JSON: what the document is about, the heads, then a line for each proposition.
    """

    number: int
    lines: list[str]
    _account: Account | None = None
    _sentences: list[list[int]] | None = None
    _heads: list[Any] | None = None
    _read: dict[int, Proposition] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """What the document is about, without its propositions."""
        if self._account is None:
            published, outlet, scene, told, self._sentences, *more = json.loads(self.lines[0])
            self._account = Account(
                number=self.number, published=published, outlet=_party_of(outlet),
                scene=_scene_of(scene), told=frozenset(told), propositions=(),
                circumstances=_circumstances_of(*more),
            )  # fmt: skip
        return self._account

    @property
    def sentences(self) -> list[list[int]]:
        """Where the sentence of each proposition starts and ends, and 1 if somebody says it.

        Accounts that were packed by earlier versions do not tell the last.
        """
        _ = self.account
        return self._sentences or []

    @property
    def heads(self) -> list[Any]:
        """What `head_of` gives for each proposition; null for one that is never a side."""
        if self._heads is None:
            self._heads = json.loads(self.lines[1])
        return self._heads

    def proposition(self, n: int) -> Proposition:
        """One of them."""
        if n not in self._read:
            start, end = self.sentences[n][:2]
            self._read[n] = _proposition_of(json.loads(self.lines[2 + n]), Span(start, end))
        return self._read[n]

    def let_go(self) -> None:
        """Forget what was unpacked of the propositions and their heads."""
        self._heads = None
        self._read.clear()


def _place(p: Proposition) -> list[int]:
    sentence = p.sentence or p.spans[0]
    return [sentence.start, sentence.end, int(p.speaker is not None)]


def pack(account: Account) -> str:
    """An account as lines of JSON."""
    about = [
        account.published, _party(account.outlet), _scene(account.scene), sorted(account.told),
        [_place(p) for p in account.propositions], _circumstances(account.circumstances),
    ]  # fmt: skip
    heads = [head_of(p) for p in account.propositions]
    lines = [about, heads, *(_proposition(p) for p in account.propositions)]
    return "\n".join(map(_dumps, lines))


def unpack(number: int, packed: str) -> Packed:
    """What was packed."""
    return Packed(number, packed.split("\n"))


def head_of(p: Proposition) -> list[Any] | None:
    """What tells at once whether a proposition can match: the deed, figures, places held.

    The main deed, its groups, all deeds and groups, counts, places; whether it denies, denies
    something untold, and is what such a denial can mean.
    """
    if not p.is_side:
        return None
    places = sorted({name for h in p.holdings for name in h.place.local})
    counts = sorted({c.what for c in p.counts})
    is_denied = int(p.stance is StanceKind.DENIES)
    is_loose = int(p.is_short and p.refers is None)
    can_be_meant = int(p.act == Act.ACCUSE.value or (p.is_lead and not is_denied))
    return [
        p.main, sorted(p.main_groups), sorted(p.deeds), sorted(p.groups), counts, places,
        is_denied, is_loose, can_be_meant,
    ]  # fmt: skip


def _proposition(p: Proposition) -> list[Any]:
    return [
        [_spans(p.spans), p.row_kind.value, p.row],
        _party(p.speaker),
        _spans(p.speaker_spans),
        _STANCES.index(p.stance),
        p.act,
        1 if p.is_actual else 0,
        1 if p.is_short else 0,
        p.refers,
        sorted(p.deeds),
        sorted(p.groups),
        p.main,
        sorted(p.main_groups),
        sorted(p.core),
        sorted(p.more),
        sorted(p.names),
        sorted(p.spelled),
        _party(p.own),
        sorted(p.objects),
        _scene(p.scene),
        [_count(c) for c in p.counts],
        [_holding(h) for h in p.holdings],
        1 if p.is_update else 0,
        1 if p.is_lead else 0,
    ]


def _proposition_of(v: Sequence[Any], sentence: Span) -> Proposition:
    spans, row_kind, row = v[0]
    return Proposition(
        spans=_spans_of(spans), sentence=sentence, row_kind=RowKind(row_kind), row=row,
        speaker=_party_of(v[1]), speaker_spans=_spans_of(v[2]), stance=_STANCES[v[3]], act=v[4],
        is_actual=bool(v[5]),
        is_short=bool(v[6]), refers=v[7], deeds=frozenset(v[8]), groups=frozenset(v[9]),
        main=v[10], main_groups=frozenset(v[11]), core=frozenset(v[12]), more=frozenset(v[13]),
        names=frozenset(v[14]), spelled=frozenset(v[15]), own=_party_of(v[16]),
        objects=frozenset(v[17]), scene=_scene_of(v[18]), counts=tuple(map(_count_of, v[19])),
        holdings=tuple(map(_holding_of, v[20])), is_update=bool(v[21]),
        is_lead=bool(v[22]),
    )  # fmt: skip


def _spans(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _spans_of(values: Sequence[Sequence[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in values)


def _party(party: Party | None) -> list[Any] | None:
    if party is None:
        return None
    flags = int(party.is_name) + 2 * int(party.is_person) + 4 * int(party.is_owned)
    return [sorted(party.names), party.side, sorted(party.heads), flags, party.entity]


def _party_of(v: Sequence[Any] | None) -> Party | None:
    if v is None:
        return None
    return Party(
        names=_words_of(v[0]), side=v[1], heads=_words_of(v[2]), is_name=bool(v[3] & 1),
        is_person=bool(v[3] & 2), is_owned=bool(v[3] & 4), entity=v[4],
    )  # fmt: skip


def _words_of(values: Sequence[str]) -> Words:
    return frozenset(values) if values else NOTHING


def _where(where: Where) -> list[Any]:
    return [sorted(where.local), sorted(where.wide), sorted(where.countries), sorted(where.numbers)]


def _where_of(v: Sequence[Any]) -> Where:
    if not (v[0] or v[1] or v[2] or v[3]):
        return _NOWHERE
    return Where(
        local=_words_of(v[0]), wide=_words_of(v[1]), countries=_words_of(v[2]),
        numbers=frozenset(v[3]),
    )  # fmt: skip


def _scene(scene: Scene) -> list[Any]:
    return [
        _where(scene.where), scene.periods, sorted(scene.venues), sorted(scene.causes),
        sorted(scene.names),
    ]  # fmt: skip


def _scene_of(v: Sequence[Any]) -> Scene:
    return Scene(
        where=_where_of(v[0]), periods=tuple((a, b) for a, b in v[1]), venues=_words_of(v[2]),
        causes=_words_of(v[3]), names=_words_of(v[4]),
    )  # fmt: skip


def _circumstances(c: Circumstances) -> list[Any]:
    return [sorted(c.towns), c.countries, c.days, c.early]


def _circumstances_of(v: Sequence[Any] = ((), (), (), ())) -> Circumstances:
    return Circumstances(
        towns=frozenset(v[0]), countries=tuple((code, share) for code, share in v[1]),
        days=tuple(v[2]), early=tuple(v[3]),
    )  # fmt: skip


def _count(c: Count) -> list[Any]:
    high = None if c.interval.high == float("inf") else c.interval.high
    flags = int(c.is_part) + 2 * int(c.is_long)
    return [c.what, c.interval.low, high, c.value, c.thing, sorted(c.of), flags, c.shown]


def _count_of(v: Sequence[Any]) -> Count:
    high = float("inf") if v[2] is None else v[2]
    return Count(
        interval=Interval(v[1], high), value=v[3], what=v[0], thing=v[4], of=_words_of(v[5]),
        is_part=bool(v[6] & 1), is_long=bool(v[6] & 2), shown=v[7],
    )  # fmt: skip


def _holding(h: Holding) -> list[Any]:
    return [_where(h.place), _party(h.holder), h.change, h.period, int(h.is_self)]


def _holding_of(v: Sequence[Any]) -> Holding:
    return Holding(
        place=_where_of(v[0]), holder=_party_of(v[1]), change=v[2],
        period=None if v[3] is None else (v[3][0], v[3][1]), is_self=bool(v[4]),
    )  # fmt: skip
