"""Recipients by way of what a word is about: "refused to free the nurses", "rejected their call".

Who threatens to bomb a town threatens the town; who condemns an attack by rebels condemns
the rebels; who marches to demand something of a mayor marches against the mayor. Here such
recipients go from the inner happening to the outer one. After: how PLOVER's gold standard
records fill their targets. Not here: recipients in slots of the word's own (`fillers.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from onrecord.events.arguments import arguments_of, surface_subject
from onrecord.events.fillers import ACTORS_ONLY, of_kinds
from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.events.texts import ACTING
from onrecord.records import EventType
from onrecord.syntax.trees import Tree

_ACTS: Final = (EventType.AGREE, EventType.REJECT, EventType.THREATEN, EventType.CONCEDE)
# What somebody says to do: its recipients are theirs.
_OF_DEEDS: Final = frozenset((*_ACTS, EventType.MOBILIZE))
_ONLY_DOERS: Final = frozenset({EventType.ACCUSE, EventType.PROTEST, EventType.COERCE})
# Words on what others do or did: who does it counts first, or alone.
_OF_OTHERS: Final = frozenset((*_ACTS, *_ONLY_DOERS, EventType.REQUEST, EventType.SUPPORT))
# Of nouns, too, that others stand for.
_LACKING: Final = _OF_OTHERS | _OF_DEEDS | {EventType.ASSAULT}
_PROMISES: Final = frozenset({EventType.AGREE, EventType.THREATEN})
_WILL: Final = frozenset("will would shall".split())
_IF: Final = frozenset(("if", "unless"))
_FORCE: Final = frozenset({EventType.COERCE, EventType.ASSAULT})
# Words on what others say or have: whose it is counts, if it is no happening by itself.
_OF_THINGS: Final = _OF_OTHERS - {EventType.COERCE, EventType.THREATEN, EventType.AGREE}
# Done together by all who act, so that nobody suffers it.
_MUTUAL: Final = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
# Nouns for words, whose speaker may stand behind "of": "the demands of the dockers".
_OF_SPEAKERS: Final = frozenset({EventType.REQUEST, EventType.THREATEN, EventType.REJECT})
_ABOUT: Final = frozenset("obj that for to on of against over at about in".split())
_TO_WHOM: Final = ("to", "against", "on", "with", "iobj", "obj")
# Whose object is given to somebody: "offered to send a mediator".
_GIVING: Final = frozenset(
    "send provide supply lend dispatch appoint name nominate hire contribute post second".split()
)
_FOR_SOMETHING: Final = ("advcl", "acl", "xcomp", "conj", "parataxis", "ccomp")
_ABOUT_THINGS: Final = ("for", "to", "of", "against", "over", "at", "with")
_STANDINGS: Final = frozenset(
    "candidacy bid nomination appointment election re-election reelection confirmation leadership "
    "presidency campaign conduct handling performance work effort role decision policy stance "
    "behaviour behavior comment remark word speech move plan proposal record swearing-in "
    "inauguration".split()
)
Found = Mapping[int, Happening]


def add_governed(found: Sequence[Happening]) -> None:
    """Fill in recipients from what the happenings of a sentence are about, inner ones first."""
    lacking = [own for own in found if _may_lack(own)]
    if not lacking:
        return
    of_word = {w: own for own in found for w in (*range(own.first, own.last + 1), own.word)}
    for own in sorted(lacking, key=_depth, reverse=True) if len(lacking) > 1 else lacking:
        inner = [other for other in _about(own, of_word) if not _is_deed(other)]
        if own.recipients and not (_stand_inside(own, inner) or _are_told(own, inner)):
            continue
        words = _of_deeds(own, inner, of_word) or _of_others(own, inner)
        words = words or _of_things(own, of_word) or _of_purposes(own, of_word)
        own.recipients = _without_own(own, words or _of_conditions(own))


def _may_lack(own: Happening) -> bool:
    """Whether it may have recipients that are not in slots of its own."""
    own_type = own.trigger.type
    if own.recipients:
        return own_type in _OF_OTHERS and own_type is not EventType.THREATEN
    if own_type in _MUTUAL and len(own.actors) > 1:
        return False
    return own.trigger.is_verb or own_type in _LACKING


def _depth(own: Happening) -> int:
    return sum(1 for _ in own.sentence.tree.above(own.word))


def _about(own: Happening, of_word: Found) -> list[Happening]:
    """The happenings that fill its slots, by themselves or behind "of": "the start of talks"."""
    if len(of_word) == own.last - own.first + 1:
        return []
    tree = own.sentence.tree
    found: list[Happening] = []
    for slot, given in own.arguments.slots.items():
        if slot != "obj" and (slot not in _ABOUT or own.trigger.type is EventType.COERCE):
            continue
        words = (
            w for one in given for joined in tree.joined(one) for w in _with_parts(tree, joined)
        )
        others = (of_word[w] for w in words if w in of_word)
        found += [other for other in others if other is not own and other not in found]
    return found


def _with_parts(tree: Tree, word: int) -> Iterator[int]:
    """A word, and nouns behind its "of": "the start of talks", "tonnes of aid"."""
    yield word
    if tree.tags[word].startswith("NN"):
        yield from (c for c in tree.all_children(word, "nmod") if tree.case(c) == "of")


def _is_deed(other: Happening) -> bool:
    """Whether it is a clause: "to free the nurses", and not a noun."""
    tree = other.sentence.tree
    return tree.is_verb(other.word) and other.trigger.is_verb and tree.tags[other.word] != "VBG"


def _stand_inside(own: Happening, inner: Sequence[Happening]) -> bool:
    """Whether those found are of what it is about: "demanded the withdrawal of troops"."""
    if own.trigger.type not in _OF_OTHERS or own.trigger.type is EventType.THREATEN:
        return False
    tree = own.sentence.tree
    heads = {other.word for other in inner if not other.trigger.is_verb}
    return all(not heads.isdisjoint((w, *tree.above(w))) for w in own.recipients)


def _are_told(own: Happening, inner: Sequence[Happening]) -> bool:
    """Whether those found are told of it, while others did it: "told the king of a raid"."""
    told = own.arguments.get("to")
    is_told = own.trigger.type is EventType.ACCUSE and set(own.recipients) <= set(told)
    return is_told and bool(_of_others(own, inner))


def _of_deeds(own: Happening, inner: Sequence[Happening], of_word: Found) -> list[int]:
    """To whom it is that somebody refuses, threatens, offers to do something."""
    if own.trigger.type not in _OF_DEEDS:
        return _of_same(own, inner)
    tree = own.sentence.tree
    words: list[int] = []
    for verb in (w for clause in _clauses(own) for w in tree.joined(clause)):
        carried = [p for c in tree.all_children(verb, "obj") for p in _with_parts(tree, c)]
        others = dict.fromkeys(of_word[w] for w in (verb, *carried) if w in of_word)
        sides = ([*other.recipients, *other.actors] for other in others if other is not own)
        found = next(filter(None, (_without_own(own, side) for side in sides)), [])
        words += found or (_to_whom(own, verb) if verb not in of_word else [])
    return words or _of_promises(own, of_word)


def _of_promises(own: Happening, of_word: Found) -> list[int]:
    """To whom others are to do it: "warned that his men would arrest the strikers"."""
    if own.trigger.type not in _PROMISES:
        return []
    tree = own.sentence.tree
    words: list[int] = []
    for verb in own.arguments.get("that"):
        if not any(tree.words[c] in _WILL for c in tree.all_children(verb, "aux")):
            continue
        objects = [of_word[w] for w in tree.all_children(verb, "obj") if w in of_word]
        words += of_word[verb].recipients if verb in of_word else []
        words += [w for other in objects for w in other.actors or other.recipients]
    return words


def _clauses(own: Happening) -> Iterator[int]:
    """Verbs of what somebody says to do: "threatens to", "the threat of"."""
    tree = own.sentence.tree
    for child in tree.children[own.word]:
        if tree.is_verb(child) and {"to", "of", "from"} & {*tree.marks(child), tree.case(child)}:
            yield child


def _of_same(own: Happening, inner: Sequence[Happening]) -> list[int]:
    """To whom a verb does what its noun tells: "provided tonnes of aid for the islands"."""
    if not own.trigger.is_verb:
        return []
    same = (other for other in inner if other.trigger.type is own.trigger.type)
    return [w for other in same for w in other.recipients]


def _to_whom(own: Happening, verb: int) -> list[int]:
    """To whom something is done that is no event by itself: "refused to answer the council"."""
    arguments = arguments_of(own.sentence.tree, verb, is_verb=True)
    is_given = not _GIVING.isdisjoint(lemmas_of(own.sentence.tree.words[verb]))
    for slot in _TO_WHOM if own.trigger.is_verb and not is_given else _TO_WHOM[:-1]:
        kinds = ACTORS_ONLY if slot == "obj" else ACTING
        words = _without_own(own, of_kinds(own.sentence, arguments.get(slot), kinds))
        if words:
            return words
    return []


def _of_others(own: Happening, inner: Sequence[Happening]) -> list[int]:
    """Whose deed or word it is that somebody rejects, condemns, demands, welcomes."""
    if own.trigger.type is EventType.MOBILIZE:
        return [w for other in inner for w in other.recipients]
    if own.trigger.type not in _OF_OTHERS:
        return []
    words: list[int] = []
    for other in inner:
        doers = _without_own(own, other.actors or _speakers(other))
        is_same = other.trigger.type is own.trigger.type
        if not doers and (is_same or own.trigger.type not in _ONLY_DOERS | {EventType.REQUEST}):
            doers = other.recipients
        words += doers
    return words


def _speakers(other: Happening) -> list[int]:
    """Whose words they are that a noun tells of: "the demands of the dockers"."""
    if other.trigger.is_verb or other.trigger.type not in _OF_SPEAKERS:
        return []
    return of_kinds(other.sentence, other.arguments.get("of"), ACTORS_ONLY)


def _of_things(own: Happening, of_word: Found) -> list[int]:
    """Whose a thing is that is asked for, turned down, praised: "criticism of the mayor's plan"."""
    if own.trigger.type not in _OF_THINGS:
        return []
    tree = own.sentence.tree
    slots = ("obj",) if own.trigger.is_verb else _ABOUT_THINGS
    given = dict.fromkeys(w for slot in slots for w in own.arguments.get(slot))
    words = [w for w in given if w not in of_word and not tree.is_verb(w)]
    owners = [
        child
        for word in words
        for child in tree.children[word]
        if tree.relations[child] == "nmod:poss"
        or tree.case(child)
        in ({"by", "from", "of"} if _is_standing(tree, word) else {"by", "from"})
    ]
    return of_kinds(own.sentence, owners, ACTING)


def _is_standing(tree: Tree, word: int) -> bool:
    """Whether a noun is what somebody does or runs for, so that "of" tells who it is."""
    return not _STANDINGS.isdisjoint(lemmas_of(tree.words[word]))


def _of_purposes(own: Happening, of_word: Found) -> list[int]:
    """Whom it is for: "marched to demand bread of the king", "fired to disperse the crowd"."""
    if own.trigger.type is EventType.PROTEST:
        types = frozenset({EventType.REQUEST})
    elif own.trigger.type is EventType.ASSAULT:
        types = _FORCE
    else:
        return []
    light = own.arguments.light
    heads = dict.fromkeys([own.word, *own.also, *([] if light is None else [light[0]])])
    tree = own.sentence.tree
    for child in (c for head in heads for c in tree.all_children(head, *_FOR_SOMETHING)):
        other = of_word.get(child)
        if other is None or other.trigger.type not in types or not other.recipients:
            continue
        if other is not own and _is_aim(own, other):
            return other.recipients
    return []


def _is_aim(own: Happening, other: Happening) -> bool:
    """Whether it is what is wanted: of force only "to" tells that."""
    tree = own.sentence.tree
    return own.trigger.type is EventType.PROTEST or "to" in tree.marks(other.word)


def _of_conditions(own: Happening) -> list[int]:
    """Of whom it hangs whether a threat is carried out: "unless the owners pay"."""
    if own.trigger.type is not EventType.THREATEN:
        return []
    tree = own.sentence.tree
    verbs = [c for w in (own.word, *_clauses(own)) for c in tree.all_children(w, "advcl")]
    subjects = [surface_subject(tree, v) for v in verbs if _IF.intersection(tree.marks(v))]
    words = [w for w in subjects if w is not None]
    return of_kinds(own.sentence, words, ACTING, houses=True)


def _without_own(own: Happening, words: Sequence[int]) -> list[int]:
    """Those who are not, and do not belong to, those who act."""
    if not words:
        return []
    sentence, tree = own.sentence, own.sentence.tree
    entities = [sentence.entity(w) for w in own.actors]
    ids = {entity.id for entity in entities if entity is not None}
    kept = []
    for word in dict.fromkeys(words):
        owner = tree.child(word, "nmod:poss")
        same = [sentence.entity(w) for w in (word, owner) if w is not None]
        if word not in own.actors and not any(e is not None and e.id in ids for e in same):
            kept.append(word)
    return kept
