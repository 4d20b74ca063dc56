"""What mentions are in the trees of their sentences: subject, object, of which clause.

Two parties of one verb never name the same: "she saw her" are two (principle B of the
binding theory, Chomsky 1981). Not here: what that tells of a pair (`pairs.py`).

Shapes: M mentions, W words of all windows, D clauses around one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.syntax.labels import RELATIONS, TAGS
from onrecord.syntax.trees import FoundTrees

ROLES: Final = (
    *("unknown", "subject", "object", "possessor", "subject's possessor", "oblique"),
    *("modifier", "other", "reflexive"),
)
UNKNOWN_ROLE, SUBJECT, OBJECT, POSSESSOR, OF_SUBJECT, OBLIQUE = range(6)
MODIFIER, OTHER_ROLE, REFLEXIVE = range(6, 9)
_ROLE_OF: Final = {
    "nsubj": SUBJECT,
    "csubj": SUBJECT,
    "obj": OBJECT,
    "iobj": OBJECT,
    "nmod:poss": POSSESSOR,
    "obl": OBLIQUE,
    "nmod": MODIFIER,
}
_ROLES: Final = np.array(
    [_ROLE_OF.get(r) or _ROLE_OF.get(r.partition(":")[0], OTHER_ROLE) for r in RELATIONS]
)
_PARTY: Final = np.isin(
    RELATIONS, ("nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl:agent")
)
# What the head of a clause is to the one around it; an open clause ("to go") has none of its own.
_CLAUSE: Final = np.array(
    [
        r.partition(":")[0] in {"root", "ccomp", "csubj", "advcl", "acl", "parataxis"}
        for r in RELATIONS
    ]
)
_CONJ, _CASE, _NMOD, _OBL, _OBJ, _NSUBJ = map(
    RELATIONS.index, ("conj", "case", "nmod", "obl", "obj", "nsubj")
)
# Forms of verbs whose subject says or wants something.
_WILLING: Final = frozenset(
    "said says say told tells promised promises vowed vows pledged pledges threatened threatens "
    "planned plans considered considers considering wanted wants hoped hopes intended intends "
    "decided decides agreed agrees refused refuses urged urges demanded demands asked asks "
    "accused accuses denied denies rejected rejects welcomed welcomes condemned condemns "
    "criticised criticises criticized criticizes denounced denounces warned warns announced "
    "announces declared declares insisted insists claimed claims replied replies believed "
    "believes expected expects offered offers proposed proposes apologised apologises "
    "apologized apologizes sought seeks summoned summons recalled recalls expelled expels "
    "ordered orders approved approves appointed appoints invited invites accepted accepts".split()
)
# Prepositions behind which somebody else stands than the subject or object of their verb.
_BESIDE: Final = frozenset(("with", "against"))
_VERB: Final = np.array([t.startswith("VB") for t in TAGS])
_NOUN: Final = np.array([t.startswith("NN") for t in TAGS])
_FINITE: Final = np.isin(TAGS, ("VBD", "VBZ", "VBP", "VBN", "VB", "MD"))
_SHORTEST_CLAUSE: Final = 3
# So many clauses around one are told apart.
DEPTH: Final = 4
# Steps up a tree, each twice as long as the one before.
_DOUBLINGS: Final = 4
_LONGEST: Final = 60
_REFLEXIVE: Final = ("self", "selves")


@dataclass(frozen=True, slots=True, eq=False)
class Clauses:
    """Columns over the mentions of one document.

    Attributes:
        role_M: Index into ``ROLES``.
        party_M: Number of the verb that it is subject or object of; -1 for none.
        clause_M: Number of the word over its clause; -1 if unknown.
        around_MD: Those of the clauses around that one, the nearest first; -1 for none.
        is_whole_M: Whether it is a clause, with a finite verb over all else, and no phrase.
        wills_M: Whether it is the subject of a verb of saying or wanting.
    """

    role_M: NDArray[np.int64]
    party_M: NDArray[np.int64]
    clause_M: NDArray[np.int64]
    around_MD: NDArray[np.int64]
    is_whole_M: NDArray[np.bool_]
    wills_M: NDArray[np.bool_]

    def of(self, numbers: NDArray[np.int64]) -> "Clauses":
        """Those of some mentions."""
        return Clauses(
            self.role_M[numbers],
            self.party_M[numbers],
            self.clause_M[numbers],
            self.around_MD[numbers],
            self.is_whole_M[numbers],
            self.wills_M[numbers],
        )


def no_clauses(n_mentions: int) -> Clauses:
    """Those of mentions in no tree."""
    nothing = np.full(n_mentions, -1, dtype=np.int64)
    around_MD = np.full((n_mentions, DEPTH), -1)
    no_M = np.zeros(n_mentions, dtype=bool)
    return Clauses(nothing * 0, nothing, nothing, around_MD, no_M, no_M)


def clauses_of(
    trees: Sequence[FoundTrees],
    start_M: NDArray[np.int64],
    end_M: NDArray[np.int64],
    words: Iterable[str],
    *,
    text: str = "",
) -> Clauses:
    """What each mention is in its sentence.

    Args:
        trees: Those of all windows, in text order; none: nothing is known.
        start_M: First code point of each mention.
        end_M: After its last.
        words: Its words.
        text: That of the document; without it no prepositions are known.
    """
    n_words = sum(len(t.start_W) for t in trees)
    if not n_words:
        return no_clauses(len(start_M))
    before = np.cumsum([0, *(len(t.start_W) for t in trees)])
    start_W = np.concatenate([t.start_W for t in trees])
    end_W = np.concatenate([t.end_W for t in trees])
    head_W = np.concatenate([t.head_W + at for t, at in zip(trees, before, strict=False)])
    relation_W = np.concatenate([t.relation_W for t in trees])
    tag_W = np.concatenate([t.tag_W for t in trees])
    first_M = np.searchsorted(end_W, start_M, side="right")
    after_M = np.searchsorted(start_W, end_M, side="left")
    word_M = _heads(head_W, first_M, after_M)
    known_M = word_M >= 0
    word_M = np.maximum(word_M, 0)
    at_W = np.arange(n_words)
    # Of several that are joined by "and", the first tells what all of them are.
    joined_W = _climbed(np.where(relation_W == _CONJ, head_W, at_W))
    is_clause_W = _CLAUSE[relation_W] | (head_W == at_W)
    is_clause_W |= (relation_W == _CONJ) & _VERB[tag_W]
    clause_W = _climbed(np.where(is_clause_W, at_W, head_W))
    above_W = np.where(head_W[joined_W] == joined_W, -1, clause_W[head_W[joined_W]])
    clause_M = np.where(known_M, clause_W[word_M], -1)
    around = [clause_M]
    for _ in range(DEPTH):
        around.append(np.where(around[-1] >= 0, above_W[around[-1]], -1))
    own_M = np.where(is_clause_W[word_M], word_M, joined_W[word_M])
    role_M = np.where(known_M, _ROLES[relation_W[own_M]], UNKNOWN_ROLE)
    of_subject = _ROLES[relation_W[joined_W[head_W[own_M]]]] == SUBJECT
    role_M = np.where((role_M == POSSESSOR) & of_subject, OF_SUBJECT, role_M)
    is_reflexive = np.array([w.lower().endswith(_REFLEXIVE) for w in words], dtype=bool)
    is_party = known_M & _PARTY[relation_W[own_M]] & (head_W[own_M] != own_M) & ~is_reflexive
    party_M = np.where(is_party, head_W[own_M], -1)
    verb_W = _verbs_beside(text, start_W, end_W, head_W, relation_W, tag_W)
    party_M = np.where(known_M & (party_M < 0) & ~is_reflexive, verb_W[own_M], party_M)
    return Clauses(
        role_M=np.where(is_reflexive, REFLEXIVE, role_M),
        party_M=party_M,
        clause_M=clause_M,
        around_MD=np.stack(around[1:], axis=1),
        is_whole_M=known_M & _FINITE[tag_W[word_M]] & (after_M - first_M >= _SHORTEST_CLAUSE),
        wills_M=known_M & _willing(text, start_W, end_W, head_W, relation_W)[own_M],
    )


def _willing(
    text: str,
    start_W: NDArray[np.int64],
    end_W: NDArray[np.int64],
    head_W: NDArray[np.int64],
    relation_W: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which words are the subject of a verb of saying or wanting; none without a text."""
    found_W = np.zeros(len(start_W), dtype=bool)
    for word in np.flatnonzero(relation_W == _NSUBJ).tolist() if text else ():
        verb = head_W[word]
        found_W[word] = text[start_W[verb] : end_W[verb]].lower() in _WILLING
    return found_W


def _verbs_beside(
    text: str,
    start_W: NDArray[np.int64],
    end_W: NDArray[np.int64],
    head_W: NDArray[np.int64],
    relation_W: NDArray[np.int64],
    tag_W: NDArray[np.int64],
) -> NDArray[np.int64]:
    """For nouns behind "with" or "against" the verb whose party they are; -1 for all others.

    "The firm held talks with the union": who stands there is neither subject nor object.
    """
    verb_W = np.full(len(start_W), -1)
    for word in np.flatnonzero(relation_W == _CASE).tolist() if text else ():
        noun = head_W[word]
        if text[start_W[word] : end_W[word]].lower() not in _BESIDE or not _NOUN[tag_W[noun]]:
            continue
        verb = head_W[noun]
        if relation_W[verb] == _OBJ:
            verb = head_W[verb]
        if _VERB[tag_W[verb]] and relation_W[noun] in {_NMOD, _OBL}:
            verb_W[noun] = verb
    return verb_W


def _heads(
    head_W: NDArray[np.int64], first_M: NDArray[np.int64], after_M: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The first word of each phrase that depends on none of its words; -1 for none."""
    n_words = np.clip(after_M - first_M, 0, _LONGEST)
    owner = np.repeat(np.arange(len(first_M)), n_words)
    word = np.arange(len(owner)) - np.repeat(np.cumsum(n_words) - n_words - first_M, n_words)
    head = head_W[word]
    is_own = (head == word) | (head < first_M[owner]) | (head >= after_M[owner])
    own = np.flatnonzero(is_own)[::-1]
    found = np.full(len(first_M), -1)
    # Of several, the first is written last.
    found[owner[own]] = word[own]
    return found


def _climbed(up_W: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where steps up end, each word's own step given; itself where they end."""
    for _ in range(_DOUBLINGS):
        up_W = up_W[up_W]
    return up_W
