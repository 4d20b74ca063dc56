"""Entities for parties of events that no earlier stage has a row for: "the convoy", "gunmen".

They have mentions like all others; only those that an event names come into the record.
"""

import dataclasses
import functools
import re
from dataclasses import dataclass, field
from typing import Final

from onrecord.events.forms import lemmas_of
from onrecord.records import Entity, Kind, Mention, MentionForm, Span, content_id
from onrecord.syntax.descriptions import plain_description
from onrecord.syntax.trees import Tree

_KINDS: Final = {
    "person": Kind.PERSON,
    "organization": Kind.ORGANIZATION,
    "place": Kind.PLACE,
}
# Things that are attacked, blocked or seized as buildings are.
_BUILDINGS: Final = frozenset(
    "convoy bus train ship tanker vessel boat ferry plane aircraft helicopter jet truck lorry "
    "car vehicle checkpoint base barracks hospital clinic school university market church "
    "mosque temple synagogue house home building bridge road motorway railway airport port "
    "harbour harbor pipeline refinery plant factory depot dam prison jail camp embassy "
    "consulate office headquarters village town city outpost post hotel restaurant shop "
    "warehouse server computer monument statue mine field oilfield trawler skiff yacht barge "
    "freighter dinghy ambulance tractor motorcade mill archive library monastery abbey shrine "
    "chapel cathedral store kiosk barn laboratory studio tunnel canal powerplant substation "
    "target infrastructure facility installation position apartment residence dwelling "
    "terminal stadium theatre theater museum palace tower mast antenna wall fence trench".split()
)
_FOLK: Final = frozenset(
    "attaché consul envoy ambassador diplomat minister premier president commander leader "
    "candidate negotiator mediator hardliner loyalist separatist insurgent jihadist gunman "
    "gunmen fighter militant rebel soldier troop force police policeman peacekeeper agent "
    "civilian protester demonstrator guard officer official regent mob crowd sniper attacker "
    "bomber assailant bandit pirate hostage captive prisoner detainee refugee migrant "
    "journalist activist people villager resident worker mutineer conscript recruit sailor "
    "seaman fisherman islander settler poacher squatter farmer driver monk priest nurse doctor "
    "lawyer teacher student colonel major captain lieutenant sergeant admiral raider captor "
    "kidnapper marine paratrooper commando ranger warden operator youth teenager boy girl man "
    "woman child victim suspect trader smuggler pilot crew passenger bystander pedestrian "
    "shopper worshipper medic paramedic rescuer toddler infant baby schoolchild sentry recruit "
    "baker butcher chauffeur cook courier florist hairdresser jeweller jeweler merchant potter "
    "trucker vendor weaver welder".split()
)
_BODIES: Final = frozenset(
    "police army navy militia government ministry court union newspaper paper magazine station "
    "broadcaster channel website outlet company firm bank airline party agency council "
    "committee parliament cabinet movement alliance coalition brigade battalion garrison patrol "
    "regiment fleet federation league network office squad unit division corps faction gang "
    "cartel embassy mission delegation team panel tribunal legislature assembly senate junta "
    "regime".split()
)
# Buildings that stand for who works in them: "the palace pardoned", "accused the hospital of".
HOUSES: Final = frozenset(
    "palace embassy consulate hospital clinic university school church mosque temple synagogue "
    "monastery abbey cathedral prison jail port airport bank museum theatre theater library "
    "presidency chancellery headquarters office court laboratory refinery factory plant".split()
)
# What is said or written, and what comes of an act: neither acts, nor is anything done to it. Who
# says it, or whose it is, does.
_WORDINGS: Final = frozenset(
    "announcement appeal article comment communique communiqué complaint decree editorial "
    "email essay interview leaflet letter memo memorandum message missive note notice pamphlet "
    "petition proclamation remark report response ruling speech statement testimony text "
    "transcript tweet verdict casualty death injury withdrawal".split()
)
# Endings of nouns for persons, where the encoder takes a trade for a thing: "a beekeeper".
_TRADES: Final = re.compile(
    r"(?:keeper|maker|worker|smith|wright|monger|herder|herd|grower|breeder|dealer|seller|owner"
    r"|holder|player|singer|writer|painter|driver|hunter|picker|cutter|builder|man|men|woman"
    r"|women|person|folk|boy|girl|ologist|ician|eteer|eer)s?$"
)
_NO_TRADES: Final = frozenset("beer pioneer career veneer specimen regimen talisman omen".split())
_MARKS: Final = frozenset("\"“”„«‘'")
# Numbers that stand for so many people: "thousands marched".
_CROWDS: Final = frozenset("dozens hundreds thousands scores millions".split())
# Vehicles of war: they attack, and they are attacked.
WARLIKE: Final = frozenset(
    "jet warplane aircraft helicopter gunship bomber gunboat warship frigate drone tank plane "
    "submarine artillery convoy gun fighter-jet battery rocket-launcher".split()
)
# What is thrown, fired or laid by somebody else.
_MISSILES: Final = frozenset(
    "shell shellfire mortar rocket missile bomb mine landmine grenade bullet shrapnel torpedo "
    "projectile explosive ied warhead round petrol-bomb stone arrow".split()
)
_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
_BEFORE: Final = frozenset(("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc"))


@dataclass(slots=True)
class MadeEntity:
    """One entity and its mentions, in the order in which they were asked for.

    Attributes:
        row: With the mention that it was made for, alone.
        mentions: All of them, by their spans.
    """

    row: Entity
    mentions: dict[Span, Mention] = field(default_factory=dict)


class MadeEntities:
    """The made entities of one document."""

    def __init__(self, document: str, run: str, text: str) -> None:
        self.document, self.run, self.text = document, run, text
        self.by_id: dict[str, MadeEntity] = {}
        self._by_key: dict[tuple[str, ...], MadeEntity] = {}
        self._by_head: dict[str, MadeEntity] = {}
        self._by_span: dict[Span, MadeEntity] = {}

    def at(self, tree: Tree, word: int) -> Entity | None:
        """The entity that a noun names; None of what can neither act nor suffer.

        It comes with its first mention only: all are known when the text has been read.
        """
        kind = kind_of(tree, word)
        if kind is None:
            return None
        first, key = _phrase(tree, word)
        return self._named(tree, first, word, key, kind)

    def mention_at(self, tree: Tree, word: int) -> Mention | None:
        """The mention of the entity that a noun names, if it is a place or building."""
        row = self.at(tree, word)
        if row is None or row.kind not in {Kind.PLACE, Kind.FACILITY}:
            return None
        start, end = tree.starts[word], tree.ends[word]
        own = self.by_id[row.id].mentions.items()
        return next((m for span, m in own if span.start <= start and end <= span.end), None)

    def of_group(self, tree: Tree, word: int) -> Entity:
        """The group that a word before a hyphen names: "rebel-held"."""
        return self._named(tree, word, word, (lemmas_of(tree.words[word])[-1],), Kind.ORGANIZATION)

    def _named(self, tree: Tree, first: int, word: int, key: tuple[str, ...], kind: Kind) -> Entity:
        start = tree.starts[first]
        while start < tree.starts[word] and self.text[start] in _MARKS:
            start += 1
        span = Span(start, tree.ends[word])
        # Whom a phrase names does not change when it is asked about again, behind others like it.
        own = self._by_span.get(span) or self._own(tree, first, key, kind, span)
        self._by_span[span] = own
        if span not in own.mentions:
            own.mentions[span] = Mention(
                id=self._mention_id(span, own.row.kind),
                document=self.document,
                span=span,
                kind=own.row.kind,
                form=MentionForm.DESCRIPTION,
                entity=own.row.id,
                run=self.run,
            )
        return own.row

    def entity(self, own: MadeEntity) -> Entity:
        """The row of an entity with all of its mentions."""
        mentions = sorted(own.mentions.values(), key=lambda m: (m.span.start, m.span.end))
        return dataclasses.replace(own.row, mentions=tuple(m.id for m in mentions))

    def _mention_id(self, span: Span, kind: Kind) -> str:
        """Not that of a mention of an earlier stage, which may stand over the same words."""
        return content_id("mention", self.document, span, kind, "made")

    def _own(
        self, tree: Tree, first: int, key: tuple[str, ...], kind: Kind, span: Span
    ) -> MadeEntity:
        found = self._by_key.get(key)
        if found is None and len(key) == 1 and tree.words[first] in {"the", "these", "those"}:
            found = self._by_head.get(key[-1])
        if found is None:
            mention = self._mention_id(span, kind)
            row = Entity(
                id=content_id("entity", self.document, (mention,)),
                document=self.document,
                name=plain_description(span.text_in(self.text)),
                kind=kind,
                actor=None,
                country=None,
                place=None,
                mentions=(mention,),
                run=self.run,
            )
            found = MadeEntity(row)
            self.by_id[row.id] = self._by_key[key] = found
        self._by_head[key[-1]] = found
        return found


@functools.lru_cache(maxsize=20_000)
def is_folk(word: str) -> bool:
    """Whether a noun names persons or a body that act."""
    return bool(set(lemmas_of(word)) & (_FOLK | _BODIES | WARLIKE))


@functools.lru_cache(maxsize=20_000)
def is_missile(word: str) -> bool:
    """Whether a noun is a weapon that does nothing by itself: "shells", "a mine"."""
    return not _MISSILES.isdisjoint(lemmas_of(word))


@functools.lru_cache(maxsize=20_000)
def is_wording(word: str) -> bool:
    """Whether a noun is what somebody says, or comes of an act: "letter", "casualties"."""
    return not _WORDINGS.isdisjoint(lemmas_of(word))


@functools.lru_cache(maxsize=20_000)
def _listed_kind(word: str) -> Kind | None:
    """The kind under which a noun is listed here."""
    lemmas = set(lemmas_of(word))
    if lemmas & _BODIES:
        return Kind.ORGANIZATION
    if lemmas & _FOLK:
        return Kind.PERSON
    return Kind.FACILITY if lemmas & (_BUILDINGS | WARLIKE) else None


def kind_of(tree: Tree, word: int) -> Kind | None:
    """What a noun names, as far as its word and the encoder tell."""
    if tree.tags[word] not in _NOUNS:
        return None
    if not tree.tags[word].startswith("NNP") and is_wording(tree.words[word]):
        return None
    is_subject = tree.relations[word] in {"nsubj", "nsubj:pass"}
    if is_subject and tree.words[word] in _CROWDS and tree.child(word, "nmod") is None:
        return Kind.PERSON
    listed = _listed_kind(tree.words[word])
    if (listed is None or listed is Kind.FACILITY) and _is_trade(tree, word):
        return Kind.PERSON
    if listed is not None:
        return listed
    own = _KINDS.get(tree.types[word])
    return _kind_of_first(tree, word) if own is None else own


def _kind_of_first(tree: Tree, word: int) -> Kind | None:
    """Names in a row are of one kind: "in Dorn and Velt"."""
    first = tree.heads[word]
    is_listed = tree.relations[word] == "conj" and tree.tags[word] == tree.tags[first] == "NNP"
    return _KINDS.get(tree.types[first]) if is_listed else None


def _is_trade(tree: Tree, word: int) -> bool:
    """Whether a common noun names a person by its ending, and is taken for nothing else."""
    form = tree.words[word]
    is_open = tree.types[word] in {"none", "object", "abstract"}
    is_common = not tree.tags[word].startswith("NNP") and form not in _NO_TRADES
    return is_open and is_common and _ends_as_trade(form)


@functools.lru_cache(maxsize=20_000)
def _ends_as_trade(form: str) -> bool:
    return _TRADES.search(form) is not None


def _phrase(tree: Tree, word: int) -> tuple[int, tuple[str, ...]]:
    """First word of a noun phrase up to its head, and what tells it from others."""
    first = word
    modifiers = []
    for child in reversed([c for c in tree.children[word] if c < word]):
        if tree.relations[child] not in _BEFORE:
            break
        own = tree.subtree(child)
        if own[-1] >= first:
            continue
        first = min(first, own[0])
        if tree.relations[child] != "det":
            modifiers.append(tree.words[child])
    return first, (*sorted(modifiers), lemmas_of(tree.words[word])[-1])
