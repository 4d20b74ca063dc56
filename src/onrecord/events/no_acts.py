"""Happenings that are nobody's act, whatever their words: accidents, weather, names of laws.

What stands here is told by who or what does it, by the words it belongs to, and by what else
the text tells of. Words that are mostly no event: rows of the lexicon with little strength.
"""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.events.control_words import load_control_words
from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.events.modes import is_means
from onrecord.records import EventType, Kind
from onrecord.syntax.trees import Tree

_HARM: Final = frozenset(
    "hit strike kill injure wound maim hurt damage destroy devastate batter flatten claim crush "
    "topple ravage sweep lash pound cripple slam smash".split()
)
# What harms without wanting to.
_NATURE: Final = frozenset(
    "storm hurricane typhoon cyclone tornado earthquake quake tremor aftershock tsunami flood "
    "flooding landslide mudslide avalanche lightning hail hailstorm blizzard snowstorm wildfire "
    "bushfire fire blaze inferno drought heatwave heat frost wind gale rain monsoon wave eruption "
    "volcano rockfall sinkhole virus coronavirus covid covid-19 sars-cov-2 pandemic epidemic "
    "outbreak disease illness infection flu influenza cholera malaria measles ebola dengue cancer "
    "famine hunger accident crash collision derailment wreck stampede recession inflation "
    "downturn slump crisis shortage cost price".split()
)
# What hits and kills on the road: an accident where the text tells of no attack.
_VEHICLES: Final = frozenset(
    "car truck lorry bus coach van minibus train tram vehicle motorcycle motorbike bicycle bike "
    "scooter taxi ambulance tractor trailer ship ferry boat plane driver motorist".split()
)
_FIRES: Final = frozenset(("fire", "fires"))
_MINES: Final = frozenset("mine landmine bomb ied explosive device".split())
# Where the doer stands: in the active voice, and in the passive.
_DOES: Final = ("subj",)
_DONE_BY: Final = ("subj", "by")
# Where harm comes from that nobody does: "was killed in the storm".
_FROM: Final = ("subj", "by", "in", "during", "from")
_FROM_PASSIVE: Final = ("subj", "by", "in", "during")
# Nouns of laws, papers and bodies that bear the name of an act: "the Sanctions Act".
_NAMED_AFTER: Final = frozenset(
    "act law bill code decree convention commission committee ministry department court tribunal "
    "agency bureau office authority council board fund memorial museum".split()
)
# Offices that are for what stands behind them: "rapporteur on torture".
_OFFICES: Final = frozenset(
    "rapporteur envoy commissioner minister secretary spokesman spokeswoman spokesperson "
    "representative ombudsman adviser advisor prosecutor committee commission department "
    "ministry office agency tribunal directorate convention".split()
)
_FOR: Final = frozenset(("on", "for"))
_WARRANTS: Final = frozenset(("warrant", "warrants"))
_PRESS: Final = frozenset("media press reporter journalist newsman newsmen".split())
_CHAMBERS: Final = frozenset(
    "senate parliament congress assembly legislature house chamber jury court".split()
)
_WITH: Final = ("with", "to", "obj", "between")
# Harm that is said not to have come to anybody is no event: "nobody was hurt".
_SPARED: Final = frozenset("hurt injure harm wound kill maim".split())
_NOT: Final = frozenset(("not", "n't", "never"))
_NOBODY: Final = frozenset(("nobody", "none", "no"))
# Words of sports that two are enough of to tell a match by, and what players do there.
_SPORTS: Final = frozenset(
    "match goal striker midfielder goalkeeper keeper penalty league tournament halftime innings "
    "wicket quarterback playoff referee season championship semifinal touchdown defender winger "
    "batsman bowler pitcher basket lap stadium coach scorer equaliser equalizer offside visitors "
    "hosts".split()
)
_SCORE: Final = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
_PLAYED: Final = frozenset(
    "attack fire shoot strike hit beat battle fight defeat raid storm threaten shot attacker "
    "offensive assault".split()
)
_LEAST_SPORTS: Final = 2
# Who comes to a match and does not play.
_OUTSIDERS: Final = frozenset(
    "gunman militiaman policeman police officer terrorist assailant attacker bomber robber thief "
    "mob crowd fan supporter spectator hooligan rioter".split()
)
# Where shares and prices rally, nobody marches.
_MARKETS: Final = frozenset(
    "share stock index market bond investor trader price currency commodity oil gold "
    "rupee euro yen dollar sterling analyst".split()
)
_RALLIES: Final = frozenset(("rally",))
# Whose visits are no meetings of politics.
_CIVILIANS: Final = frozenset(
    "people protester demonstrator marcher crowd resident villager neighbour neighbor citizen "
    "student pupil child family parent fan supporter worshipper pilgrim tourist visitor traveller "
    "traveler holidaymaker passenger commuter shopper patient refugee migrant evacuee worker "
    "farmer fisherman reader reporter journalist".split()
)
_VISITS: Final = frozenset("visit tour travel flock".split())
# Made-up works: the war in a novel is none.
_FICTION: Final = frozenset(
    "novel play musical opera sitcom comedy thriller fable ballet cartoon videogame".split()
)


_HOLDS: Final = frozenset("hold holds held holding".split())


def without_no_acts(found: Sequence[Happening], *, least: float) -> list[Happening]:
    """Those that are somebody's act.

    Args:
        found: The happenings of a text.
        least: From which strength on one is shown.
    """
    shown = [own for own in found if own.strength >= least]
    is_violent = any(_is_attack(own) for own in shown)
    on_roads = not is_violent and any(_is_of(own, _VEHICLES) for own in shown if _is_harm(own))
    words = {(own.sentence.number, own.word) for own in shown}
    in_sports = not on_roads and _tells_of_sports(shown)
    return [
        own
        for own in found
        if not (
            _is_accident(own, is_violent=is_violent, on_roads=on_roads)
            or _is_of_name(own, words)
            or _is_session(own)
            or _is_spared(own)
            or _is_of_trade(own)
            or _is_private_visit(own)
            or _is_hold(own)
            or (in_sports and _is_play(own))
        )
    ]


def _is_harm(own: Happening) -> bool:
    if own.trigger.type is not EventType.ASSAULT:
        return False
    return not _HARM.isdisjoint(lemmas_of(own.sentence.tree.words[own.word]))


def _is_attack(own: Happening) -> bool:
    return own.trigger.type is EventType.ASSAULT and not _is_harm(own)


def _is_accident(own: Happening, *, is_violent: bool, on_roads: bool) -> bool:
    """Whether nature or traffic does harm: "the storm killed", "was hit by a lorry"."""
    if not _is_harm(own):
        return False
    if _is_of(own, _NATURE, _DONE_BY if own.arguments.is_passive else _DOES):
        return True
    if not own.actors and _is_of(own, _NATURE):
        return True
    if is_violent:
        return _is_of(own, _VEHICLES) and _is_of(own, _MINES, ("obj",))
    return _is_of(own, _VEHICLES) or (on_roads and not own.actors)


def _is_of(own: Happening, lemmas: frozenset[str], slots: Sequence[str] = ()) -> bool:
    """Whether a slot is filled with one of some nouns; without slots, one that harm comes from."""
    tree = own.sentence.tree
    slots = slots or (_FROM_PASSIVE if own.arguments.is_passive else _FROM)
    fillers = (w for slot in slots for w in own.arguments.get(slot))
    return any(
        not lemmas.isdisjoint(lemmas_of(tree.words[w])) and not _is_gunfire(tree, w)
        for w in fillers
    )


def _is_gunfire(tree: Tree, word: int) -> bool:
    """Whether a fire is one of weapons: "artillery fire", "sniper fire", "rebel fire"."""
    if tree.words[word] not in _FIRES:
        return False
    before = [tree.words[c] for c in tree.all_children(word, "compound", "amod", "nmod:poss")]
    return any(
        is_means(lemma) or load_control_words().is_one("force", lemma)
        for form in before
        for lemma in (form, *lemmas_of(form))
    )


def _is_of_name(own: Happening, shown: set[tuple[int, int]]) -> bool:
    """Whether a noun only tells what a law, paper or office is for."""
    tree, word = own.sentence.tree, own.word
    if own.trigger.is_verb or tree.is_verb(word):
        return False
    head = tree.heads[word]
    form = tree.words[head]
    if tree.relations[word] == "compound":
        if form in _WARRANTS:
            return (own.sentence.number, head) in shown
        start = tree.starts[head]
        is_name = own.sentence.text.text[start].isupper() and tree.tags[word].startswith("NNP")
        return is_name and form in _NAMED_AFTER
    while tree.relations[word] == "conj" and tree.heads[word] != word:
        word = tree.heads[word]
    case = tree.child(word, "case")
    if case is None or case < 1 or case > word or tree.child(own.word, "det") is not None:
        return False
    # Right before the preposition, whatever the tree hangs it on.
    return tree.words[case] in _FOR and not _OFFICES.isdisjoint(lemmas_of(tree.words[case - 1]))


def _is_session(own: Happening) -> bool:
    """Whether a chamber meets alone, or somebody speaks to the press."""
    if own.trigger.type is not EventType.CONSULT or not own.trigger.is_verb:
        return False
    if _is_of(own, _PRESS, _WITH):
        return True
    others = any(own.arguments.get(slot) for slot in _WITH)
    return not others and not own.recipients and _is_of(own, _CHAMBERS, ("subj",))


def _is_no_player(form: str) -> bool:
    return load_control_words().is_one("force", form) or not _OUTSIDERS.isdisjoint(lemmas_of(form))


def _is_hold(own: Happening) -> bool:
    """Whether somebody only has a place, which is no attack: "still hold the town centre"."""
    is_force = own.trigger.type in {EventType.ASSAULT, EventType.COERCE}
    if not is_force or own.sentence.tree.words[own.word] not in _HOLDS:
        return False
    held = own.arguments.get("obj")
    entities = [own.sentence.entity(w) for w in held]
    return bool(held) and all(e is not None and e.kind is Kind.PLACE for e in entities)


def _is_spared(own: Happening) -> bool:
    """Whether somebody is only said to be unharmed: "the owner was not hurt"."""
    tree, word = own.sentence.tree, own.word
    if (
        not own.arguments.is_passive
        or own.actors
        or _SPARED.isdisjoint(lemmas_of(tree.words[word]))
    ):
        return False
    if any(tree.words[c] in _NOT for c in tree.children[word]):
        return True
    suffering = own.arguments.get("obj")
    return any(
        tree.words[w] in _NOBODY or any(tree.words[c] in _NOBODY for c in tree.children[w])
        for w in suffering
    )


def _is_of_trade(own: Happening) -> bool:
    """Whether prices rally, or a war stands in a novel."""
    tree = own.sentence.tree
    if own.trigger.type is EventType.PROTEST and not own.actors:
        rallies = not _RALLIES.isdisjoint(lemmas_of(tree.words[own.word]))
        in_market = _is_any_of(own.sentence.words, _MARKETS)
        return rallies and in_market and _is_on_market(tree, own.word)
    if own.trigger.is_verb or not _is_any_of(own.sentence.words, _FICTION):
        return False
    above = [own.word, *tree.above(own.word)]
    subjects = (c for w in above for c in tree.all_children(w, "nsubj", "nsubj:pass"))
    return any(not _FICTION.isdisjoint(lemmas_of(tree.words[w])) for w in subjects)


def _is_on_market(tree: Tree, word: int) -> bool:
    """Whether a market stands in the clause of a rally: "shares fell after a rally".

    Not in another one: "rallies shook the city as prices rose".
    """
    verbs = [w for w in (word, *tree.above(word)) if tree.is_verb(w)][:1]
    level = [word, *(c for v in verbs for c in tree.all_children(v, "nsubj", "nsubj:pass", "obj"))]
    while level:
        if any(not _MARKETS.isdisjoint(lemmas_of(tree.words[w])) for w in level):
            return True
        level = [c for w in level for c in tree.children[w] if not tree.is_verb(c)]
    return False


def _is_private_visit(own: Happening) -> bool:
    """Whether people without office visit a place: "few tourists visit the town"."""
    is_visit = not _VISITS.isdisjoint(lemmas_of(own.sentence.tree.words[own.word]))
    return own.trigger.type is EventType.CONSULT and is_visit and _is_of(own, _CIVILIANS, ("subj",))


def _is_any_of(words: Sequence[str], lemmas: frozenset[str]) -> bool:
    """Whether any of some words is a form of one of these."""
    return not all(lemmas.isdisjoint(lemmas_of(word)) for word in words)


def _tells_of_sports(shown: Sequence[Happening]) -> bool:
    """Whether a text is about a match: by its words, or a word and a score."""
    if not shown:
        return False
    text = shown[0].sentence.text
    found = {w for sentence in text.sentences for w in _SPORTS.intersection(sentence.words)}
    has_score = bool(found) and _SCORE.search(text.text) is not None
    return len(found) + has_score >= _LEAST_SPORTS


def _is_play(own: Happening) -> bool:
    """Whether it is a move in a match: no weapon, and nobody is armed or only looks on."""
    tree = own.sentence.tree
    if own.trigger.type is not EventType.ASSAULT or _PLAYED.isdisjoint(
        lemmas_of(tree.words[own.word])
    ):
        return False
    return own.trigger.mode is None and not any(
        _is_no_player(tree.words[w]) for w in (*own.actors, *own.recipients)
    )
