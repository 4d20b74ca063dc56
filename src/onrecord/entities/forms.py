"""What the words of a mention tell by themselves: its form, head, number and gender.

Not here: what two mentions tell about each other (`pairs.py`).

Shapes: M mentions.
"""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.segment.persons import Gender, gender_of

FORMS: Final = (
    *("name", "definite", "possessed", "indefinite", "bare"),
    *("he", "she", "it", "they", "i", "we", "you", "this", "who", "other"),
)
NAME, DEFINITE, POSSESSED, INDEFINITE, BARE = range(5)
HE, SHE, IT, THEY, ME, WE, YOU, THIS, WHO, OTHER = range(5, 15)
UNKNOWN, MALE, FEMALE = range(3)
SINGULAR, PLURAL = 1, 2
BOTH, SEVERAL = 1, 2
_TWO: Final = re.compile(r"(?:both|the\s(?:two|three))\s", re.IGNORECASE)
_SEVERAL: Final = re.compile(
    r"\s(?:and|&)\s|\b(?:two|three|2|3|pair)\b|^(?:each|every|all|either|neither)\s",
    re.IGNORECASE,
)

_PRONOUNS: Final = {
    word: form
    for form, words in (
        (HE, "he him his himself"),
        (SHE, "she her hers herself"),
        (IT, "it its itself"),
        (THEY, "they them their theirs themselves"),
        (ME, "i me my mine myself"),
        (WE, "we us our ours ourselves"),
        (YOU, "you your yours yourself yourselves"),
        (THIS, "this that these those"),
        (WHO, "who whom whose which what"),
        (OTHER, "one there here everyone someone everybody anyone nobody both all some none"),
    )
    for word in words.split()
}
_DEFINITE: Final = frozenset(("the", "this", "that", "these", "those", "both", "such"))
_POSSESSIVE: Final = frozenset(("his", "her", "its", "their", "my", "our", "your", "whose"))
_INDEFINITE: Final = frozenset(
    "a an some any no every each many several few most another all more much".split()
)
_MALE: Final = frozenset(
    "man men boy boys father son brother husband uncle king prince mr sir gentleman "
    "grandfather nephew lord duke actor businessman chairman spokesman policeman".split()
)
_FEMALE: Final = frozenset(
    "woman women girl girls mother daughter sister wife aunt queen princess mrs ms miss lady "
    "grandmother niece duchess actress businesswoman chairwoman spokeswoman policewoman".split()
)
_PLURAL_HEADS: Final = frozenset("people men women children police troops forces officials".split())
_WORD: Final = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*", re.UNICODE)
_AFTER_HEAD: Final = frozenset(
    "of in on at for from to with by who whom whose which that and or as about against between "
    "during under over into after before where when".split()
)
_OPENING: Final = _INDEFINITE | _DEFINITE
_SMALL: Final = frozenset(("the", "a", "an", "of", "and", "for", "in", "de", "la", "al", "s"))


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """Columns over the mentions of one document; strings as numbers that are equal with them.

    Attributes:
        form_M: Index into ``FORMS``.
        gender_M: UNKNOWN, MALE or FEMALE.
        number_M: UNKNOWN, SINGULAR or PLURAL.
        group_M: BOTH of what is two of those told before, SEVERAL of what names or counts
            them ("Ann and Ben", "two men", "each side"), else 0.
        whole_M: All words without a determiner.
        head_M: The head word; -1 for pronouns.
        initials_M: The initials of a name of several words; -1 of all else.
        acronym_M: A name of one word that may be initials; -1 of all else.
        heads_M: The head words, in lower case.
        words_M: Its words but small ones as a set of bits; equal words share theirs.
    """

    form_M: NDArray[np.int64]
    gender_M: NDArray[np.int64]
    number_M: NDArray[np.int64]
    group_M: NDArray[np.int64]
    whole_M: NDArray[np.int64]
    head_M: NDArray[np.int64]
    initials_M: NDArray[np.int64]
    acronym_M: NDArray[np.int64]
    heads_M: NDArray[np.object_]
    words_M: NDArray[np.uint64]


def traits_of(texts: Sequence[str]) -> Traits:
    """Traits of mentions given as their words."""
    number_of: dict[str, int] = {}
    row_of = [number_of.setdefault(text, len(number_of)) for text in texts]
    row_M = np.array(row_of, dtype=np.int64)
    rows = [_traits(text[:_LONGEST], gender_of) for text in number_of]
    # The empty string is there from the start, and counts for none.
    numbers: dict[str, int] = {"": -1}
    number = numbers.setdefault
    masks = []
    for row in rows:
        mask = 0
        for word in row.words:
            mask |= _bits(number(word, len(numbers) - 1))
        masks.append(mask)
    columns = np.array(
        [
            (
                *(row.form, row.gender, row.plurality),
                *[number(word, len(numbers) - 1) for word in row.strings],
            )
            for row in rows
        ],
        dtype=np.int64,
    ).reshape(-1, 7)
    groups = [
        BOTH if _TWO.match(text) else SEVERAL if _SEVERAL.search(text[:_LONGEST]) else 0
        for text in number_of
    ]
    group_M = np.array(groups, dtype=np.int64)[row_M]
    words_M = np.array(masks, dtype=np.uint64)[row_M]
    heads_M = np.array([row.head for row in rows], dtype=np.object_)[row_M]
    form_M, gender_M, number_M, whole_M, head_M, initials_M, acronym_M = np.ascontiguousarray(
        columns[row_M].T
    )
    return Traits(
        form_M=form_M,
        gender_M=gender_M,
        number_M=number_M,
        group_M=group_M,
        whole_M=whole_M,
        head_M=head_M,
        initials_M=initials_M,
        acronym_M=acronym_M,
        heads_M=heads_M,
        words_M=words_M,
    )


@functools.lru_cache(maxsize=4096)
def _bits(number: int) -> int:
    """Two of 64 bits for a word: that two words share both is rare (a Bloom filter)."""
    return 1 << number % 64 | 1 << (number * 29 + number // 64) % 61


@dataclass(frozen=True, slots=True)
class _Row:
    form: int
    gender: int
    plurality: int
    whole: str
    head: str
    initials: str
    acronym: str
    words: tuple[str, ...]

    @property
    def strings(self) -> tuple[str, str, str, str]:
        """What is compared as a whole."""
        return self.whole, self.head, self.initials, self.acronym


_OF_PRONOUN: Final = {
    HE: (MALE, SINGULAR),
    SHE: (FEMALE, SINGULAR),
    IT: (UNKNOWN, SINGULAR),
    THEY: (UNKNOWN, PLURAL),
    ME: (UNKNOWN, SINGULAR),
    WE: (UNKNOWN, PLURAL),
}
# Short names of states that share no word with the long ones.
_SAME_AS: Final = {
    short: whole
    for whole, all_short in (
        ("united states", "us|u.s|usa|u.s.a|america|united states of america"),
        ("united kingdom", "uk|u.k|britain|great britain"),
        ("soviet union", "ussr|u.s.s.r"),
        ("china", "prc|people's republic of china"),
        ("north korea", "dprk"),
    )
    for short in all_short.split("|")
}
_LONGEST: Final = 200
# Rows of mentions that are kept: news names the same again and again.
_MOST_KNOWN: Final = 8192
GenderOf = Callable[[str], Gender | None]
_COMMA: Final = re.compile(r",(?!\d)")


@functools.lru_cache(maxsize=_MOST_KNOWN)
def _traits(text: str, told_by: GenderOf) -> _Row:
    words = _WORD.findall(text[:_LONGEST])
    comma = _COMMA.search(text[:_LONGEST])
    n_before = len(_WORD.findall(text[: comma.start()])) if comma else len(words)
    lower = [w.lower() for w in words]
    if len(lower) == 1 and lower[0] in _PRONOUNS and words[0] != "US":
        form = _PRONOUNS[lower[0]]
        gender, plurality = _OF_PRONOUN.get(form, (UNKNOWN, UNKNOWN))
        return _Row(form, gender, plurality, lower[0], "", "", "", ())
    if lower and (text[:_LONGEST].endswith(("'s", "’s")) and lower[-1].endswith(("'s", "’s"))):
        words[-1], lower[-1] = words[-1][:-2], lower[-1][:-2]
    at = head_at(lower[: n_before or len(lower)])
    head = lower[at] if lower else text[:_LONGEST].lower()
    form = _form(words, lower, at)
    first = 1 if form in {DEFINITE, INDEFINITE, POSSESSED} or lower[:1] == ["the"] else 0
    content = tuple(w for w in lower[first:] if w not in _SMALL)
    whole = " ".join(lower[first:]) or head
    if form == NAME and whole in _SAME_AS:
        whole = head = _SAME_AS[whole]
        content = tuple(whole.split())
    is_several = lower[at + 1 : at + 2] in (["and"], ["or"])
    return _Row(
        form=form,
        gender=UNKNOWN if is_several else _gender(words, lower, at, form, told_by),
        plurality=PLURAL if is_several else _plurality(head, form),
        whole=whole,
        head=head,
        initials=_initials(words) if form == NAME else "",
        acronym=_acronym(words) if form == NAME else "",
        words=content,
    )


def head_at(lower: Sequence[str]) -> int:
    """Where the head word of a noun phrase probably stands: before what follows it."""
    for at, word in enumerate(lower[1:], 1):
        if word in _AFTER_HEAD:
            return at - 1
    return max(0, len(lower) - 1)


def _form(words: Sequence[str], lower: Sequence[str], at: int) -> int:
    if not lower:
        return BARE
    if words[at][:1].isupper() and (at or lower[0] not in _OPENING):
        return NAME
    if lower[0] in _DEFINITE:
        return DEFINITE
    if lower[0] in _POSSESSIVE or _has_possessor(lower[:at]):
        return POSSESSED
    return INDEFINITE if lower[0] in _INDEFINITE else BARE


def _has_possessor(lower: Sequence[str]) -> bool:
    joined = " ".join(lower)
    return ("'s" in joined or "’s" in joined) and any(w.endswith(("'s", "’s")) for w in lower)


def _gender(
    words: Sequence[str], lower: Sequence[str], at: int, form: int, told_by: GenderOf
) -> int:
    if lower and (lower[at] in _MALE or lower[0] in _MALE):
        return MALE
    if lower and (lower[at] in _FEMALE or lower[0] in _FEMALE):
        return FEMALE
    if form != NAME:
        return UNKNOWN
    return {"m": MALE, "f": FEMALE, None: UNKNOWN}[told_by(" ".join(words[: at + 1]))]


def _plurality(head: str, form: int) -> int:
    if head in _PLURAL_HEADS:
        return PLURAL
    if form == NAME:
        return UNKNOWN
    return PLURAL if head.endswith("s") and not head.endswith(("ss", "us", "is")) else SINGULAR


def _acronym(words: Sequence[str]) -> str:
    letters = words[-1].replace(".", "")
    is_alone = len(words) == 1 or (len(words) == 2 and words[0].lower() == "the")
    return letters.lower() if is_alone and letters.isupper() and 2 <= len(letters) <= 6 else ""


def _initials(words: Sequence[str]) -> str:
    first = [w[0] for w in words if w[:1].isupper() and w.lower() != "the"]
    return "".join(first).lower() if len(first) > 1 else ""
