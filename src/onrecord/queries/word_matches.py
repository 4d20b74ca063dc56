"""Documents and statements with some words, the newest kept first, however common the words.

SQLite looks up a whole word where it stands, but has to gather all documents with any word
that begins so before it gives the first of them. What begins like many words stands in the
newest documents too: these are looked at in an index of their own, in memory, and the rest
only when they are not enough.
"""

import itertools
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from onrecord.queries.articles import spans_of
from onrecord.queries.words import match_expression
from onrecord.records import Span, joined_text
from onrecord.store import Store
from onrecord.store.definitions import ROWS_PER_DOCUMENT
from onrecord.store.words import add_words, document_entry

# So many of the newest documents; a beginning of so many letters is that of few words.
_NEWEST, _RARE = 12, 5
_BEGINNING = re.compile(rf"(?<!\w)\w{{1,{_RARE - 1}}}\*")
_FIRST_STEP, _STEP = 50, 500
_ABOVE_ALL = 2**62
_DOCUMENTS = (
    "SELECT rowid FROM document_words WHERE document_words MATCH ? AND rowid < ?"
    " ORDER BY rowid DESC LIMIT ?"
)
_STATEMENTS = (
    "SELECT rowid FROM statement_words WHERE statement_words MATCH ? AND rowid >= ? AND rowid < ?"
)


class WordMatches:
    """Finds documents and statements with some words.

    Args:
        store: Open.
        words: As a user writes them.

    Raises:
        InputError: There is no word to look for.
    """

    def __init__(self, store: Store, words: str) -> None:
        self._connection, self._expression = store.connection, match_expression(words)
        self._newest = _Newest(store, self._expression) if _BEGINNING.search(words) else None
        self._older: Iterator[int] | None = None

    def documents(self) -> Iterator[int]:
        """Numbers of documents, from the greatest."""
        below = _ABOVE_ALL
        if self._newest is not None:
            yield from self._newest.documents
            below = self._newest.least
        yield from descending(self._connection, _DOCUMENTS, self._expression, below=below)

    def statements(self, numbers: Sequence[int]) -> list[int]:
        """Statements of documents, each as the table of words numbers them.

        Args:
            numbers: Documents, all of them below those of the call before.
        """
        least = min(numbers) * ROWS_PER_DOCUMENT
        above = (max(numbers) + 1) * ROWS_PER_DOCUMENT
        if self._newest is None:
            rows = self._connection.execute(_STATEMENTS, (self._expression, least, above))
            return [row[0] for row in rows]
        found = [one for one in self._newest.statements if least <= one < above]
        if min(numbers) < self._newest.least:
            found += self._from_older(least, self._newest.least * ROWS_PER_DOCUMENT)
        return found

    def _from_older(self, least: int, below: int) -> Iterator[int]:
        """Go on in one look-up of all that begins so, as each would take as long."""
        if self._older is None:
            rows = self._connection.execute(
                f"{_STATEMENTS} ORDER BY rowid DESC", (self._expression, 0, below)
            )
            self._older = (row[0] for row in rows)
        for one in self._older:
            if one < least:
                self._older = itertools.chain((one,), self._older)
                return
            yield one


def descending(
    connection: sqlite3.Connection, query: str, *given: object, below: int = _ABOVE_ALL
) -> Iterator[int]:
    """Numbers below one, from the greatest, a few at a time: few answers need many of them.

    The query takes what is given, then a number to stay below, and how many.
    """
    size = _FIRST_STEP
    while True:
        rows = connection.execute(query, (*given, below, size)).fetchall()
        yield from (int(row[0]) for row in rows)
        if len(rows) < size:
            return
        below, size = int(rows[-1][0]), min(_STEP, size * 2)


class _Newest:
    """What the newest documents hold of some words.

    Attributes:
        documents: Numbers of those that hold them, from the greatest.
        statements: Their statements that do.
        least: The number of the oldest document that was looked at; 0 if there is none.
    """

    def __init__(self, store: Store, expression: str) -> None:
        rows = store.connection.execute(
            "SELECT number FROM documents ORDER BY number DESC LIMIT ?", (_NEWEST,)
        )
        numbers = [row[0] for row in rows]
        self.least = min(numbers, default=0)
        with closing(sqlite3.connect(":memory:")) as memory:
            _copy_words(store, numbers, memory)
            self.documents = [
                row[0] for row in memory.execute(_DOCUMENTS, (expression, _ABOVE_ALL, _NEWEST))
            ]
            self.statements = [
                row[0] for row in memory.execute(_STATEMENTS, (expression, 0, _ABOVE_ALL))
            ]


def _copy_words(store: Store, numbers: Sequence[int], memory: sqlite3.Connection) -> None:
    """Make the same tables of words as in the store, with those of some documents alone."""
    for (made,) in store.connection.execute(
        "SELECT sql FROM sqlite_master WHERE name IN ('document_words', 'statement_words')"
    ).fetchall():
        memory.execute(made)
    documents = [(number, store.document(number)) for number in numbers]
    add_words(memory, "document_words", (document_entry(*one) for one in documents))
    texts = {number: document.text for number, document in documents}
    rows = store.connection.execute(
        "SELECT document, position, content, source FROM statements WHERE document >= ?",
        (min(numbers, default=0),),
    )
    entries = (
        (document * ROWS_PER_DOCUMENT + position, *(_words(one, texts[document]) for one in spans))
        for document, position, *spans in rows
    )
    add_words(memory, "statement_words", entries)


def _words(written: str, text: str) -> str:
    return joined_text(tuple(Span(*ends) for ends in spans_of(written)), text)
