"""Windows changed so that the heads also know texts that the corpus has few of.

The corpus marks the outermost attributions only, so nothing that stands inside a
quotation is marked: the heads would take "we told the council" for no attribution.
Here third persons become first persons, and single attributions stand by themselves
as a content does when it is read again; contents without any word that reports stand
by themselves too, as what holds no attribution.
"""

import random
from collections.abc import Mapping

import numpy as np
from tokenizers import Tokenizer

from onrecord.encode.labels import label, spans_of
from onrecord.encode.pieces import QUOTES, Window, sub_window
from onrecord.statements.candidates import Candidate, inner_window
from onrecord.statements.cues import read_cue
from training.attributions import LabelledWindow

# Third person to first; "her" is taken for a possessive, which it mostly is.
PERSONS = {
    "he": "i", "she": "i", "his": "my", "her": "my", "him": "me", "himself": "myself",
    "herself": "myself", "they": "we", "their": "our", "them": "us", "themselves": "ourselves",
}  # fmt: skip
_OPENS = [label(role, part) for role in (0, 1) for part in "BU"] + [0]
_CLOSES = [label(role, part) for role in (0, 1) for part in "EU"] + [0]


def person_ids(tokenizer: Tokenizer) -> dict[int, int]:
    """`PERSONS` as vocabulary ids."""
    return {
        tokenizer.token_to_id(third): tokenizer.token_to_id(first)
        for third, first in PERSONS.items()
    }


def with_window(window: LabelledWindow, **changes: object) -> LabelledWindow:
    """The same labels on a window with other features."""
    own = {name: getattr(window.window, name) for name in Window.__slots__} | changes
    return LabelledWindow(
        Window(**own),
        window.cues,
        window.cue_labels_W,
        window.party_labels_W,
        window.role_labels_CW,
        window.inner_W,
        window.inside,
    )


def without_case(window: LabelledWindow) -> LabelledWindow:
    """The window as if its letters had one case only."""
    case_T = window.window.case_T
    return with_window(window, case_T=np.where(np.isin(case_T, (2, 3)), 1, case_T))


def in_first_person(window: LabelledWindow, ids: Mapping[int, int]) -> LabelledWindow:
    """The window as its own persons would say it; "he said" becomes "I said"."""
    given = window.window.ids_T
    changed = np.array([ids.get(int(n), int(n)) for n in given], dtype=np.int64)
    return with_window(window, ids_T=changed)


def is_unquoted(window: LabelledWindow) -> bool:
    """Whether no word stands in quotation marks."""
    return bool((window.window.quote_T == QUOTES.index("outside")).all())


def by_itself(window: LabelledWindow, rng: random.Random) -> LabelledWindow | None:
    """One attribution of the window as a window of its own; None when others are cut by it."""
    if not window.cues:
        return None
    at = rng.randrange(len(window.cues))
    words = np.flatnonzero(window.role_labels_CW[at])
    first = min(int(words.min(initial=window.cues[at][0])), window.cues[at][0])
    after = max(int(words.max(initial=0)) + 1, window.cues[at][1])
    inside = [n for n, (f, a) in enumerate(window.cues) if first <= f and a <= after]
    roles = [window.role_labels_CW[n] for n in inside]
    cut = any(
        roles_W[first] not in _OPENS
        or roles_W[after - 1] not in _CLOSES
        or roles_W[:first].any()
        or roles_W[after:].any()
        for roles_W in roles
    )
    if cut or any(f < first < a or f < after < a for f, a in window.cues):
        return None
    return LabelledWindow(
        sub_window(window.window, [(first, after)], unquote=False),
        [(window.cues[n][0] - first, window.cues[n][1] - first) for n in inside],
        window.cue_labels_W[first:after],
        window.party_labels_W[first:after],
        [roles_W[first:after] for roles_W in roles],
    )


def plain_content(window: LabelledWindow, text: str, rng: random.Random) -> LabelledWindow | None:
    """One content of the window by itself, which reports nothing; None when it may report.

    The corpus leaves open what is inside a content, so only those count that hold no
    word of the cue table.
    """
    if not window.cues:
        return None
    at = rng.randrange(len(window.cues))
    contents = tuple(spans_of(window.role_labels_CW[at], 1))
    words = " ".join(
        text[window.window.starts_W[first] : window.window.ends_W[after - 1]]
        for first, after in contents
    )
    if not contents or read_cue(words).word is not None:
        return None
    inner = inner_window(Candidate(window.window, window.cues[at], (), contents, 1.0, None))
    if inner is None:
        return None
    nothing_W = np.zeros(len(inner.starts_W), dtype=np.int64)
    return LabelledWindow(inner, [], nothing_W, nothing_W, [])
