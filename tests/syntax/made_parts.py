"""What heads say of the words of a window, made from trees that are wanted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.types import TYPES
from onrecord.syntax.labels import N_DISTANCES, RELATIONS, TAGS, WIDTH_ARC, tag_number
from onrecord.syntax.trees import TreeFinder

SIZES = {
    "arc_own": WIDTH_ARC,
    "arc_head": WIDTH_ARC,
    "relations": len(RELATIONS),
    "tags": len(TAGS),
    "happened": 1,
    "type_opens": len(TYPES),
    "type_closes": len(TYPES),
}
N_COLUMNS = sum(SIZES.values())


def columns() -> dict[str, slice]:
    """Where each part stands."""
    found, at = {}, 0
    for name, size in SIZES.items():
        found[name] = slice(at, at + size)
        at += size
    return found


def finder() -> TreeFinder:
    """A finder that has no taste in distances."""
    return TreeFinder(columns(), np.zeros(N_DISTANCES, dtype=np.float32))


def parts_of(
    heads: Sequence[int], relations: Sequence[str], tags: Sequence[str]
) -> NDArray[np.float32]:
    """Columns that say so; heads are counted in the window, at most 80 words of it."""
    n, where = len(heads), columns()
    parts = np.zeros((n, N_COLUMNS), dtype=np.float32)
    for word in range(n):
        parts[word, where["arc_head"].start + word] = 10.0
        parts[word, where["arc_own"].start + heads[word]] = 10.0
        parts[word, where["relations"].start + RELATIONS.index(relations[word])] = 5.0
        parts[word, where["tags"].start + tag_number(tags[word])] = 5.0
        parts[word, where["happened"].start] = word - 1
        parts[word, where["type_opens"].start + TYPES.index("none")] = 1.0
    return parts


def window(sentences: Sequence[int], own: tuple[int, int] | None = None) -> Window:
    """Words of one letter with spaces between, by the number of their sentence."""
    n = len(sentences)
    words, pieces = np.arange(n, dtype=np.int64), np.zeros(n + 2, dtype=np.int64)
    return Window(
        ids_T=pieces,
        case_T=pieces,
        quote_T=pieces,
        place_T=pieces,
        first_W=words + 1,
        starts_W=2 * words,
        ends_W=2 * words + 1,
        sentence_W=np.array(sentences, dtype=np.int64),
        own=own or (0, n),
    )
