"""The tables of the registry: the internal ones in the file of a store, and those beside this."""

import functools
import importlib.resources

from onrecord.actors.knowledge import plural_forms
from onrecord.actors.names import DETERMINERS, name_key
from onrecord.actors.tables import read_rows, split_list

TABLES = """
-- What is known of an actor from all of its documents: names, codes, countries, roles.
CREATE TABLE actor_profiles (
  actor INTEGER PRIMARY KEY REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED,
  profile TEXT NOT NULL CHECK (json_valid(profile))
) STRICT;
-- What an actor is looked up by beside its names: a state, a place, an office with a surname.
CREATE TABLE actor_keys (
  key TEXT NOT NULL,
  actor INTEGER NOT NULL REFERENCES known_actors (number) DEFERRABLE INITIALLY DEFERRED,
  n_documents INTEGER NOT NULL,
  PRIMARY KEY (key, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_keys_by_actor ON actor_keys (actor);
-- What persons have decided: two entities are one, or entities are another one than the rest.
CREATE TABLE actor_decisions (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
  kept TEXT NOT NULL CHECK (json_valid(kept)),    -- Entities of the actor that stays.
  moved TEXT NOT NULL CHECK (json_valid(moved))   -- Entities of the one that went or came.
) STRICT;
-- The documents of those entities, to find decisions when a document arrives again.
CREATE TABLE actor_decision_documents (
  document TEXT NOT NULL,
  decision INTEGER NOT NULL REFERENCES actor_decisions (number) ON DELETE CASCADE,
  PRIMARY KEY (document, decision)
) STRICT, WITHOUT ROWID;
-- Documents that made the program merge two actors, so that it can be taken back.
CREATE TABLE actor_merges (
  document INTEGER NOT NULL,
  change INTEGER NOT NULL REFERENCES actor_changes (number),
  PRIMARY KEY (document, change)
) STRICT, WITHOUT ROWID;
"""


def rows_of(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Rows of a table beside this module: its first cell, and the words of the second."""
    path = importlib.resources.files("onrecord.registry") / f"{name}.tsv"
    lines = [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    cells = (line.split("\t") for line in lines[1:])
    return [(first, tuple(word for word in words.split("|") if word)) for first, words in cells]


@functools.cache
def titles(where: str) -> frozenset[str]:
    """Words before or behind a person's name, or particles in it."""
    return frozenset(word for own, words in rows_of("titles") if own == where for word in words)


@functools.cache
def role_words() -> frozenset[str]:
    """Words that stand in some role or title: names without them need no taking apart."""
    roles = {
        word
        for row in read_rows("roles")
        for words in split_list(row["words"])
        for form in plural_forms(words)
        for word in name_key(form).split()
    }
    return frozenset(roles | titles("before") | titles("behind") | DETERMINERS)


@functools.cache
def words_in(name: str) -> frozenset[str]:
    """All words of the second column of a table."""
    return frozenset(
        part for _, words in rows_of(name) for word in words for part in name_key(word).split()
    )


@functools.cache
def offices() -> dict[str, str]:
    """The office of a role that one person of a country holds at a time."""
    return {name_key(word): office for office, words in rows_of("offices") for word in words}


@functools.cache
def bodies() -> dict[str, str]:
    """The body that words name, of which a state has one."""
    return {name_key(word): body for body, words in rows_of("bodies") for word in words}
