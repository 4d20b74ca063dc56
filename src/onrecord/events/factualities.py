"""Whether a happening is told as actual, negated, possible or planned.

The words around a trigger are read from the inside out: its own auxiliaries and negators,
then what governs it, as ``tables/factuality.tsv`` has them. After: FactBank (Sauri and
Pustejovsky 2009), with the four values of the record.
"""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.events.forms import lemmas_of
from onrecord.events.light_verbs import LightVerb, answers
from onrecord.events.tables import read_rows
from onrecord.records import Factuality
from onrecord.syntax.trees import Tree

_DEEPEST: Final = 12
_STICKY: Final = frozenset(("may", "might", "likely", "fear", "if", "whether"))
_POS: Final = {
    "VB": "VERB", "NN": "NOUN", "JJ": "ADJ", "RB": "ADV", "MD": "AUX", "DT": "DET", "IN": "SCONJ",
    "TO": "PART",
}  # fmt: skip
_OF_LIGHT: Final = {
    "negates": Factuality.NEGATED,
    "plans": Factuality.PLANNED,
    "possible": Factuality.POSSIBLE,
}
_FUTURE: Final = frozenset(("will", "would", "shall"))
_PAST: Final = frozenset(("was", "were", "did", "had"))
_PRESENT: Final = frozenset(("VBP", "VBZ", "VB"))
# Forms of the present, whatever the tree takes them for.
_NOT_PAST: Final = frozenset(("has", "have", "is", "are", "does"))
_HAVING: Final = frozenset(("have", "has", "had", "having"))
_NEGATORS: Final = frozenset(("not", "never", "n't"))
_MODALS: Final = frozenset(("could", "would", "may", "might", "can"))
_GOVERNED: Final = frozenset(
    (
        *("xcomp", "ccomp", "csubj", "csubj:pass", "acl", "advcl", "obl", "nmod", "obj"),
        *("nsubj:pass", "nsubj", "compound"),
    )
)
# What goes on or takes place.
_GOING_ON: Final = frozenset(
    "begin start resume continue take go open proceed happen occur last run end follow be".split()
)
_MEETING: Final = frozenset("meet convene gather sit".split())
# What is done by saying so: "I want to thank", "let me congratulate".
_PERFORMED: Final = frozenset(
    "apologise apologize applaud commend condemn congratulate denounce praise salute thank "
    "welcome".split()
)
_WILLING: Final = frozenset("want like wish have must let allow".split())
# Relations by the names that the table has for them.
_SLOTS: Final = {"obj": "obj", "nsubj:pass": "obj", "nsubj": "subj", "compound": "compound"}
_PARTIES: Final = frozenset(("obj", "iobj", "nsubj", "nsubj:pass"))
# "pleaded with X to leave".
_ASKED: Final = frozenset(("for", "of", "on", "to", "upon", "with"))
_DEMANDS: Final = frozenset(("demand", "plea", "request"))
_CLAUSES: Final = frozenset(
    ("xcomp", "ccomp", "acl", "advcl", "csubj", "csubj:pass", "obl", "nmod")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes:
        lemma: The word.
        effect: What it makes of what it governs.
        is_asked: Whether it asks somebody else for it, which leaves it possible.
        needs: One of which must hold, each with the words that it must be.
        conditions: All of which must hold too.
    """

    lemma: str
    effect: Factuality
    is_asked: bool
    needs: tuple[tuple[str, frozenset[str]], ...]
    conditions: tuple[str, ...]


@dataclass(slots=True)
class State:
    """What is known so far.

    Attributes:
        value: As read up to here.
        stays: Whether a negator leaves it possible ("may not").
        asked_by: The last word that asks it of somebody else, be it "should"; None if it is not.
    """

    value: Factuality = Factuality.ACTUAL
    stays: bool = False
    asked_by: int | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it is possible because it is asked of somebody else."""
        return self.asked_by is not None and self.value is Factuality.POSSIBLE

    def take(self, row: Row, word: int) -> None:
        """The effect of one more word around."""
        self.apply(row.effect)
        if row.is_asked:
            self.asked_by = word
        if row.lemma in _STICKY and row.effect is Factuality.POSSIBLE:
            self.stays = True

    def apply(self, effect: Factuality) -> None:
        """One more effect around.

        >>> state = State(Factuality.NEGATED)
        >>> state.apply(Factuality.NEGATED)
        >>> state.value
        <Factuality.ACTUAL: 'actual'>
        """
        before = self.value
        if effect is Factuality.NEGATED:
            if before is Factuality.NEGATED:
                self.value = Factuality.ACTUAL
            elif not (before is Factuality.POSSIBLE and self.stays):
                self.value = Factuality.NEGATED
        elif effect is Factuality.POSSIBLE:
            self.value = Factuality.POSSIBLE
        elif effect is Factuality.PLANNED:
            planned = before in {Factuality.ACTUAL, Factuality.PLANNED}
            self.value = Factuality.PLANNED if planned else Factuality.POSSIBLE


def factuality_of(
    tree: Tree,
    word: int,
    *,
    inside: Sequence[bool] = (),
    light: tuple[int, LightVerb] | None = None,
    of_type: str = "",
) -> Factuality:
    """How the happening at a word is told; for the arguments see `state_of`."""
    return state_of(tree, word, inside=inside, light=light, of_type=of_type).value


def state_of(
    tree: Tree,
    word: int,
    *,
    inside: Sequence[bool] = (),
    light: tuple[int, LightVerb] | None = None,
    of_type: str = "",
) -> State:
    """How the happening at a word is told, and by which word it is asked of somebody else.

    Args:
        tree: Of the sentence.
        word: The trigger.
        inside: For each word whether it is in the content of the statement that asserts the
            happening; what governs that content is the last word that counts. Empty for all.
        light: The verb that carries a noun, and its word.
        of_type: The type of the happening, of which some verbs leave some alone.
    """
    state = State()
    if _is_performed(tree, word):
        return state
    _read_own(tree, word, state)
    if state.value is Factuality.NEGATED and _is_delayed(tree, word):
        # "Did not leave until Monday": left.
        state.value = Factuality.ACTUAL
    if light is not None and light[0] != word:
        if light[1].effect == "ends":
            # What ends, or is to end, was going on.
            return state
        if light[1].of_subject and light[1].recipient:
            # "The shelling killed nobody": it happened all the same.
            return state
        _apply_light(state, *light, of_type)
        if _is_outside(inside, light[0]):
            return state
        if light[1].effect == "answers":
            return _answered(tree, light[0], word, state)
        _read_own(tree, light[0], state, without=word)
        word = light[0]
    elif _is_imagined(tree, word) or _is_asked_about(tree, word):
        state.apply(Factuality.POSSIBLE)
    _read_around(tree, word, state, inside)
    return state


def _is_answered(tree: Tree, word: int, head: int) -> bool:
    """Whether a noun is what a verb answers: "condemned the attack"."""
    if not tree.tags[word].startswith("NN") or not tree.is_verb(head):
        return False
    case = tree.case(word)
    relations = {"obl"} if case else {"obj", "nsubj:pass"}
    return tree.relations[word] in relations and answers(tree, head, case)


def _answered(tree: Tree, verb: int, word: int, state: State) -> State:
    """What an answer leaves of what it answers: "will not respond to requests"."""
    answer = State()
    _read_own(tree, verb, answer, without=word)
    if answer.value is Factuality.POSSIBLE:
        state.apply(answer.value)
    return state


def _is_performed(tree: Tree, word: int) -> bool:
    """Whether somebody does it by saying so: "I want to thank", "let me congratulate"."""
    if tree.tags[word] != "VB" or _PERFORMED.isdisjoint(lemmas_of(tree.words[word])):
        return False
    head = tree.heads[word]
    if head == word or tree.relations[word] not in {"xcomp", "ccomp"} or _is_turned(tree, head):
        return False
    if _WILLING.isdisjoint(lemmas_of(tree.words[head])):
        return False
    if tree.words[head] in {"let", "allow"}:
        return any(tree.words[c] in {"me", "us"} for c in range(head + 1, word))
    return _is_first_person(tree, head)


def _is_delayed(tree: Tree, word: int) -> bool:
    """Whether what is negated happened later: "did not meet until Friday"."""
    helpers = [tree.words[c] for c in tree.all_children(word, "aux", "aux:pass", "cop")]
    if not any(helper in _PAST for helper in helpers):
        return False
    children = (c for c in tree.children[word] if c > word)
    return any({"until", "till"} & {*tree.case(c).split(), *tree.marks(c)} for c in children)


def _apply_light(state: State, verb: int, light: LightVerb, of_type: str) -> None:
    """What becomes of a noun by the verb that carries it."""
    if light.effect == "asks" and of_type not in light.unless:
        state.asked_by = verb
        state.apply(Factuality.POSSIBLE)
    elif light.effect == "asks":
        state.apply(Factuality.PLANNED)
    elif light.effect in _OF_LIGHT and of_type not in light.unless:
        state.apply(_OF_LIGHT[light.effect])


def _read_around(tree: Tree, word: int, state: State, inside: Sequence[bool]) -> None:
    """What governs a word, one after the other, up to the end of what its asserter says."""
    for _ in range(_DEEPEST):
        above = _governor(tree, word)
        if above is None:
            if tree.tags[word] == "VB" and "to" in tree.marks(word) and tree.heads[word] == word:
                _take_bare(tree, word, state)
            return
        head, passes = above
        if _is_answered(tree, word, head):
            _answered(tree, head, word, state)
            return
        is_ahead = tree.relations[word] == "xcomp" and tree.heads[head] == head
        if is_ahead and tree.tags[head].startswith("NN") and "to" in tree.marks(word):
            # A headline: "King to meet miners".
            state.apply(Factuality.PLANNED)
            return
        row = _row_over(tree, head, _first_of(tree, word, head))
        outside = _is_outside(inside, head)
        if row is not None and not (outside and _is_turned(tree, head)):
            state.take(row, head)
        if outside or (row is None and not passes):
            return
        if row is None or "neg" not in row.conditions:
            # "it was not true that": the row has read the negator.
            _read_own(tree, head, state)
        word = head


def _take_bare(tree: Tree, word: int, state: State) -> None:
    """An infinitive that nothing governs: "King to meet miners", or "had to" as trees have it."""
    having = {tree.words[c] for c in tree.all_children(word, "aux")} & _HAVING
    if not having:
        state.apply(Factuality.PLANNED)
    elif "had" not in having:
        state.apply(Factuality.POSSIBLE)


def _first_of(tree: Tree, word: int, head: int) -> int:
    """The first of coordinated clauses that open alike, below a word; else the word itself.

    "Asked them to stop and to leave".
    """
    first = word
    while tree.relations[first] == "conj" and tree.heads[first] not in {first, head}:
        first = tree.heads[first]
    marks = {"to", "that"} & set(tree.marks(word))
    return first if tree.heads[first] == head and marks & set(tree.marks(first)) else word


def _is_turned(tree: Tree, word: int) -> bool:
    """Whether a word is negated: "did not deny that" leaves open what it governs."""
    return any(tree.words[c] in _NEGATORS for c in tree.children[word])


def _is_outside(inside: Sequence[bool], word: int) -> bool:
    return bool(inside) and not inside[word]


def _governor(tree: Tree, word: int) -> tuple[int, bool] | None:
    """The word that governs another, and whether its own modifiers count in any case."""
    relation, head = _relation(tree, word), tree.heads[word]
    if head == word:
        return None
    if relation == "conj":
        own = tree.child(word, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark")
        return (head, True) if own is None else _above(tree, head)
    if relation == "acl" and tree.tags[word] in {"VBN", "VBG"} and not tree.marks(word):
        return None
    # "Called for inquests to be held".
    is_for = relation == "acl" and "to" in tree.marks(word) and tree.case(head) == "for"
    return (head, relation == "xcomp" or is_for) if relation in _GOVERNED else None


def _relation(tree: Tree, word: int) -> str:
    """The relation of a word; where it is a root under another, what its form shows."""
    relation = tree.relations[word]
    if relation != "root" or tree.heads[word] == word:
        return relation
    if "to" in tree.marks(word):
        return "xcomp"
    return "obl" if tree.case(word) and tree.tags[word].startswith("NN") else relation


def _above(tree: Tree, word: int) -> tuple[int, bool] | None:
    """What governs the first of coordinated clauses governs the others too."""
    head = tree.heads[word]
    if head == word or tree.relations[word] not in {"ccomp", "xcomp", "acl", "advcl", "conj"}:
        return None
    if tree.relations[word] == "conj":
        return _above(tree, head) if tree.heads[head] != head else None
    return head, False


def _is_imagined(tree: Tree, word: int) -> bool:
    """Whether a noun is the subject of what only may be: "a strike could cut exports"."""
    if tree.relations[word] not in {"nsubj", "nsubj:pass"} or tree.tags[word] != "NN":
        return False
    determiner = tree.child(word, "det", "nmod:poss")
    indefinite = determiner is None or tree.words[determiner] in {"a", "an", "any", "another"}
    verb = tree.heads[word]
    return indefinite and any(tree.words[c] in _MODALS for c in tree.all_children(verb, "aux"))


def _is_asked_about(tree: Tree, word: int) -> bool:
    """Whether a verb is what a question asks: "did the army shell the port?"."""
    if tree.words[-1] != "?" or not tree.is_verb(word) or tree.heads[word] != word:
        return False
    subject = tree.child(word, "nsubj", "nsubj:pass")
    helpers = tree.all_children(word, "aux", "aux:pass")
    if subject is None or not helpers or helpers[0] > subject:
        return False
    # "Why did they leave?" takes for granted that they left.
    return not any(tree.tags[c].startswith("W") for c in tree.children[word] if c < helpers[0])


def _read_own(tree: Tree, word: int, state: State, *, without: int | None = None) -> None:
    """Auxiliaries, modifiers, negators and conjunctions of a word, in this order.

    Args:
        tree: Of the sentence.
        word: The word.
        state: What is known so far.
        without: A noun that has been read already.
    """
    children = tree.children[word]
    for child in children:
        if tree.relations[child] in {"aux", "aux:pass"}:
            _take(tree, child, "AUX", ("aux",), word, state)
    for child in children:
        if tree.relations[child] in {"amod", "advmod", "compound", "nmod:desc"}:
            pos = _POS.get(tree.tags[child][:2], "ADV")
            _take(tree, child, pos, ("mod",), word, state)
    for child in children:
        if tree.relations[child] in {"advmod", "det", "cc:preconj", "aux"}:
            _take_negator(tree, child, word, state)
    for child in children:
        if tree.relations[child] in {"nsubj", "nsubj:pass", "obj"} and child != without:
            _take_party(tree, child, word, state)
    for child in children:
        _take_opening(tree, child, word, state)
    _take_demand(tree, word, state)


def _take_demand(tree: Tree, word: int, state: State) -> None:
    """Their demand is the release of all."""
    if tree.child(word, "cop") is not None and _is_of_demands(tree, word):
        state.asked_by = word
        state.apply(Factuality.POSSIBLE)


def _take_negator(tree: Tree, child: int, word: int, state: State) -> None:
    """Not, never, no, no longer."""
    if tree.words[child] == "longer" and tree.words[child - 1] == "no":
        state.apply(Factuality.NEGATED)
        return
    for pos, kind in (("ADV", "neg"), ("PART", "neg"), ("DET", "det")):
        if _take(tree, child, pos, (kind,), word, state):
            return


def _take_opening(tree: Tree, child: int, word: int, state: State) -> None:
    """What opens a clause or a phrase: if, to, without."""
    relation = tree.relations[child]
    if relation == "mark" and tree.relations[word] == "advcl" and tree.words[child] == "to":
        _take(tree, child, "PART", ("purpose",), word, state)
    elif relation == "mark":
        _take(tree, child, "SCONJ", ("mark",), word, state)
    elif relation == "cc" and child < word and tree.relations[word] != "conj":
        _take(tree, child, "CCONJ", ("mark",), word, state)
    elif relation == "case":
        _take(tree, child, "ADP", ("obj", "ing"), word, state)


def _take_party(tree: Tree, party: int, word: int, state: State) -> None:
    """No soldiers were killed; nobody was arrested."""
    for child in tree.all_children(party, "det", "cc:preconj", "advmod", "cc"):
        if child < party and _take(tree, child, "DET", ("det",), word, state):
            return
    _take(tree, party, "PRON", ("subj", "obj"), word, state)


def _take(tree: Tree, child: int, pos: str, kinds: Sequence[str], word: int, state: State) -> bool:
    for row in _rows(tree.words[child], pos):
        named = [(name, own) for name, own in row.needs if name in kinds]
        if not named or not all(_condition(tree, c, word, word) for c in row.conditions):
            continue
        if any(own and tree.words[word] not in own for _, own in named):
            continue
        state.take(row, child)
        return True
    return False


def _row_over(tree: Tree, head: int, word: int) -> Row | None:
    """What a governor makes of a word."""
    pos = _POS.get(tree.tags[head][:2], "")
    relation = tree.relations[word]
    if relation == "conj":
        return None
    given = set(_ways(tree, word))
    for row in _rows(tree.words[head], pos):
        if any(name in given for name, _ in row.needs) and all(
            _condition(tree, c, head, word) for c in row.conditions
        ):
            return row
    return None


def _ways(tree: Tree, word: int) -> Iterator[str]:
    """In which ways a word hangs on its governor, in the words of the table."""
    relation, marks = _relation(tree, word), tree.marks(word)
    if relation in _SLOTS:
        yield _SLOTS[relation]
    case = tree.case(word)
    is_noun = tree.tags[word].startswith("NN")
    if case and (relation in {"obl", "nmod"} or (is_noun and relation in {*_CLAUSES, "obj"})):
        yield from (case, case.split()[-1])
        if is_noun:
            return
    if relation not in _CLAUSES and relation != "conj":
        return
    yield from marks
    yield from _clause_ways(tree, word, relation, marks)


def _clause_ways(tree: Tree, word: int, relation: str, marks: Sequence[str]) -> Iterator[str]:
    """What kind of clause hangs on a governor."""
    is_passive = tree.tags[word] in {"VBN", "VBD"} and "to" in marks
    if is_passive or (tree.tags[word] == "VB" and ("to" in marks or relation == "xcomp")):
        yield "inf"
    elif tree.tags[word] == "VBG":
        yield "ing"
    elif relation in {"ccomp", "csubj", "csubj:pass"} or "that" in marks:
        yield "that"
    elif relation == "xcomp":
        yield "inf"


def _condition(tree: Tree, condition: str, head: int, word: int) -> bool:
    """One further condition, about the form of a word or of the clause that it governs."""
    test = _CONDITIONS.get(condition)
    return test is not None and test(tree, head, word)


def _has_helper(tree: Tree, head: int, forms: frozenset[str]) -> bool:
    return any(tree.words[c] in forms for c in tree.all_children(head, "aux", "aux:pass", "cop"))


def _is_past(tree: Tree, head: int) -> bool:
    is_past = tree.tags[head] == "VBD" and tree.words[head] not in _NOT_PAST
    return is_past or _has_helper(tree, head, _PAST)


def _is_reported(tree: Tree, word: int) -> bool:
    """Whether a clause is what somebody said, in the past."""
    return tree.relations[word] in {"ccomp", "parataxis"} and tree.tags[tree.heads[word]] == "VBD"


def _is_bare(tree: Tree, head: int, word: int) -> bool:
    """Whether a clause has the bare verb of what is asked: "that the army leave"."""
    passive = tree.child(word, "aux:pass", "cop")
    if tree.all_children(word, "aux") or (passive is not None and tree.words[passive] != "be"):
        return False
    if passive is not None or tree.tags[word] == "VB":
        return True
    subject = tree.child(word, "nsubj")
    is_plural = subject is None or tree.tags[subject] not in {"NN", "NNP"}
    return tree.tags[word] == "VBP" and (not is_plural or _is_past(tree, head))


def _is_own(tree: Tree, head: int, word: int) -> bool:
    """Whether who asks is who is to do it: "asked to leave", nobody stands between."""
    if tree.is_passive(head) or "to" not in tree.marks(word):
        return False
    if any(tree.words[c] in {"who", "whom"} for c in tree.all_children(head, "obj", "iobj")):
        return False
    between = [c for c in (*tree.children[head], *tree.children[word]) if head < c < word]
    return not any(
        tree.relations[c] in _PARTIES
        or tree.tags[c] == "PRP"
        or (tree.relations[c] == "obl" and not _ASKED.isdisjoint(tree.case(c).split()))
        for c in between
    )


def _is_first_person(tree: Tree, word: int) -> bool:
    return any(tree.words[c] in {"i", "we"} for c in tree.all_children(word, "nsubj", "nsubj:pass"))


def _is_of_demands(tree: Tree, word: int) -> bool:
    """Whether the subject is a word for a request: "their demands include"."""
    subjects = tree.all_children(word, "nsubj", "nsubj:outer")
    if tree.relations[word] == "appos":
        subjects.append(tree.heads[word])
    return any(not _DEMANDS.isdisjoint(lemmas_of(tree.words[s])) for s in subjects)


def _is_meant(tree: Tree, word: int) -> bool:
    """Whether a word is what somebody means to do or asks for himself."""
    head = tree.heads[word]
    over = None if head == word else _row_over(tree, head, word)
    return over is not None and over.effect is Factuality.PLANNED


def _is_none(tree: Tree, noun: int) -> bool:
    """Whether there is none of what a noun names: "no evidence", "isn't any evidence"."""
    if any(tree.words[c] in {"no", "little"} for c in tree.all_children(noun, "det", "amod")):
        return True
    head = tree.heads[noun]
    return head != noun and tree.relations[noun] in {"nsubj", "obj"} and _is_turned(tree, head)


def _happens(tree: Tree, head: int) -> bool:
    """Whether an infinitive says that something goes on: "is set to take place"."""
    return any(
        not _GOING_ON.isdisjoint(lemmas_of(tree.words[child]))
        for child in tree.all_children(head, "xcomp", "advcl")
        if "to" in tree.marks(child)
    )


def _is_of_meeting(tree: Tree, word: int) -> bool:
    """Whether a clause hangs on a meeting that took place: "met to discuss the border"."""
    head = tree.heads[word]
    is_past = tree.tags[head] in {"VBD", "VBN"} and not _is_turned(tree, head)
    helpers = tree.all_children(head, "aux", "aux:pass")
    return (
        is_past
        and not _MEETING.isdisjoint(lemmas_of(tree.words[head]))
        and all(tree.words[c] in {*_HAVING, "was", "were", "been"} for c in helpers)
    )


_CONDITIONS: Final[Mapping[str, Callable[[Tree, int, int], bool]]] = {
    "past": lambda tree, head, _: _is_past(tree, head),
    "present": lambda tree, head, _: tree.tags[head] in _PRESENT and not _is_past(tree, head),
    "perfect": lambda tree, head, _: _has_helper(tree, head, _HAVING),
    "progressive": lambda tree, head, _: tree.tags[head] == "VBG",
    "passive": lambda tree, head, _: tree.is_passive(head),
    "future": lambda tree, _, word: any(
        tree.words[c] in _FUTURE for c in tree.all_children(word, "aux")
    ),
    "reported": lambda tree, head, _: _is_reported(tree, head),
    "neg": lambda tree, head, _: _is_turned(tree, head),
    "ing": lambda tree, _, word: tree.tags[word] == "VBG",
    "bare": _is_bare,
    "own": _is_own,
    "other": lambda tree, head, word: not _is_own(tree, head, word),
    "first": lambda tree, _, word: _is_first_person(tree, word),
    "demands": lambda tree, head, _: _is_of_demands(tree, head),
    "meant": lambda tree, head, _: _is_meant(tree, head),
    "none": lambda tree, head, _: _is_none(tree, head),
    "happens": lambda tree, head, _: _happens(tree, head),
    "met": lambda tree, _, word: _is_of_meeting(tree, word),
}


@functools.lru_cache(maxsize=10_000)
def _rows(word: str, pos: str) -> tuple[Row, ...]:
    """Rows of a form, in the order of the table."""
    table = _table()
    return tuple(row for lemma in lemmas_of(word) for row in table.get((lemma, pos), ()))


@functools.cache
def _table() -> Mapping[tuple[str, str], tuple[Row, ...]]:
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in read_rows("factuality"):
        first, *conditions = [part.strip() for part in row["needs"].split(";")]
        needs = []
        for part in first.split("|"):
            name, _, words = part.partition("=")
            needs.append((name, frozenset(w for w in words.split(",") if w)))
        asked = row["effect"] == "asked"
        effect = Factuality.POSSIBLE if asked else Factuality(row["effect"])
        own = Row(row["lemma"], effect, asked, tuple(needs), tuple(conditions))
        found[row["lemma"], row["pos"]].append(own)
    return {key: tuple(rows) for key, rows in found.items()}
