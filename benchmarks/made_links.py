"""Fills in what a made store lacks across documents, so that every page has much to show.

    python benchmarks/made_links.py --db FILE

`benchmarks/store.py` makes documents in minutes; linking 100,000 of them takes hours. This
writes rows as linkers would, in SQL and by no rule but number: every name an actor, ten
documents a story, three claims a document, of which some have many stances, three disputes
a document, an agreement with limits in every hundredth document, and some control claims.
Their counts are those of a busy store; what they say is nonsense. It ends by making the
tables that the linkers need to go on.
"""

import argparse
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing

from onrecord.ingest.linking import TABLES
from onrecord.store.definitions import split_script

_MADE = re.compile(r"CREATE \w+ (\w+)")
_ACTORS = """
INSERT INTO known_actors (id, name, kind, code, country, first_seen, n_documents)
  SELECT printf('%08x', min(document)) || substr(min(id), 1, 18), name, min(kind), NULL, NULL,
    NULL, count(DISTINCT document) FROM entities GROUP BY name;
CREATE TEMP TABLE called AS SELECT name, number FROM known_actors;
CREATE INDEX temp.called_by_name ON called (name);
INSERT OR IGNORE INTO actor_names (actor, normal, name, n_documents)
  SELECT number, lower(name), name, n_documents FROM known_actors;
INSERT INTO actor_entities (document, entity, actor, why, probability)
  SELECT e.document, e.id, c.number, '{}', 0.9 FROM entities e JOIN called c ON c.name = e.name
  ORDER BY e.document;
"""
_STORIES = """
INSERT INTO stories (id, document, first_seen, last_seen, n_documents, n_voices)
  SELECT printf('%08x', number) || substr(id, 1, 18), number, published, published, 10, 8
  FROM documents WHERE number % 10 = 1;
INSERT INTO story_documents (document, story, similarity, why)
  SELECT d.number, s.number, 0.8, '{}' FROM documents d
  JOIN stories s ON s.document = ((d.number - 1) / 10) * 10 + 1 ORDER BY d.number;
INSERT INTO provenances (document, publisher, agency, origin, similarity, voice, why)
  SELECT number, NULL, NULL, NULL, NULL, number, '{}' FROM documents;
"""
_CLAIMS = """
INSERT INTO claims (id, document, row_kind, row, spans, story, first_seen, last_seen,
    n_asserts, n_denies, n_reports, is_disputed)
  SELECT printf('%08x', s.document) || substr(s.id, 1, 18), s.document, 'statement', s.id,
    s.content, m.story, d.published, d.published, 2, 1, 1, 1
  FROM statements s JOIN documents d ON d.number = s.document
  JOIN story_documents m ON m.document = s.document WHERE s.position < 3
  ORDER BY s.document, s.position;
CREATE TEMP TABLE taken AS
  SELECT number AS claim, document, row, spans FROM claims;
-- The first claim of a story is spoken of by every document of it.
INSERT INTO taken SELECT c.number, s.document, s.id, s.content FROM stories t
  JOIN claims c ON c.document = t.document AND c.number % 3 = 1
  JOIN statements s ON s.document BETWEEN t.document AND t.document + 9
  WHERE s.position BETWEEN 3 AND 6;
INSERT INTO stances (document, id, claim, row_kind, row, spans, speaker, speaker_spans, stance,
    voice, published, why, probability)
  SELECT t.document, 't' || t.row, t.claim, 'statement', t.row, t.spans, a.actor, s.source,
    CASE s.position % 4 WHEN 3 THEN 'denies' WHEN 2 THEN 'reports' ELSE 'asserts' END,
    t.document, d.published, '{"same words": 0.7}', 0.8
  FROM taken t JOIN statements s ON s.document = t.document AND s.id = t.row
  JOIN documents d ON d.number = t.document
  LEFT JOIN actor_entities a ON a.document = t.document AND a.entity = s.speaker
  ORDER BY t.document;
INSERT INTO disputes (id, ground, claim, other_claim, first_document, first_stance, first_spans,
    first_speaker, second_document, second_stance, second_spans, second_speaker, is_own, story,
    first_seen, why, probability)
  SELECT printf('%08x%08x', a.number, b.number),
    CASE a.number % 9 WHEN 0 THEN 'incompatible figure' ELSE 'denial' END, a.number, b.number,
    a.document, p.id, a.spans, p.speaker, b.document, q.id, b.spans, q.speaker, 0, a.story,
    b.first_seen, '{"same": ["words", "names"], "how sure": 0.8}', 0.8
  FROM claims a JOIN claims b ON b.number = a.number + 7
  JOIN stances p ON p.document = a.document AND p.id = 't' || a.row
  JOIN stances q ON q.document = b.document AND q.id = 't' || b.row ORDER BY a.number;
"""
_AGREEMENTS = """
INSERT INTO commitments (document, id, position, instrument, span, parties, limits, signed,
    in_force, extended, suspended, expires, verification, asserted_by, run)
  SELECT q.document, 'c' || q.id, 0, printf('Treaty %d', q.document / 100 % 40), q.span,
    json_array((SELECT id FROM entities e WHERE e.document = q.document ORDER BY position LIMIT 1)),
    json_array(json_object('quantity', q.id, 'of', 'launchers', 'per', NULL)), '2026-01-02',
    NULL, NULL, NULL, '2030', '[]', NULL, q.run
  FROM quantities q WHERE q.document % 100 = 0 AND q.position = 0;
INSERT INTO control_claims (document, id, position, span, place, holder, change, factuality,
    asserted_by, "date", run)
  SELECT p.document, 'k' || p.id, 0, m.span, p.id, (SELECT speaker FROM statements s
    WHERE s.document = p.document ORDER BY position LIMIT 1), 'taken', 'actual', NULL, NULL, p.run
  FROM places p JOIN mentions m ON m.document = p.document AND m.id = p.mention
  WHERE p.document % 10 = 0 AND p.position = 0;
UPDATE readings SET n_commitments = 1 WHERE document IN (SELECT document FROM commitments);
UPDATE readings SET n_control_claims = 1 WHERE document IN (SELECT document FROM control_claims);
"""


def main() -> None:
    """Fill a store, and tell how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--db", required=True)
    given = parser.parse_args()
    began = time.monotonic()
    with closing(sqlite3.connect(given.db, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN")
        for statement in _statements(connection):
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"done in {time.monotonic() - began:.0f} s", file=sys.stderr)


def _statements(connection: sqlite3.Connection) -> Iterator[str]:
    for script in (_ACTORS, _STORIES, _CLAIMS, _AGREEMENTS):
        yield from split_script(script)
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    for script in TABLES:
        for statement in split_script(script):
            made = _MADE.search(statement)
            if made is not None and made[1] not in known:
                yield statement


if __name__ == "__main__":
    main()
