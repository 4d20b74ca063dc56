"""What a store knows across documents, as tables with ids instead of running numbers."""

from collections.abc import Mapping

from onrecord.queries.tables import Table
from onrecord.store import Store

# A table, and the query that names documents, actors, stories and claims by their ids.
_QUERIES: Mapping[str, str] = {
    "actors": "SELECT id, name, kind, code, country, first_seen, n_documents FROM known_actors",
    "actor_entities": (
        "SELECT d.id AS document, e.entity, a.id AS actor, e.why, e.probability"
        " FROM actor_entities e JOIN documents d ON d.number = e.document"
        " JOIN known_actors a ON a.number = e.actor"
    ),
    "provenances": (
        "SELECT d.id AS document, p.publisher, p.agency, o.id AS origin, p.similarity,"
        " v.id AS voice, p.why FROM provenances p JOIN documents d ON d.number = p.document"
        " LEFT JOIN documents o ON o.number = p.origin"
        " LEFT JOIN documents v ON v.number = p.voice"
    ),
    "stories": (
        "SELECT s.id, d.id AS document, s.first_seen, s.last_seen, s.n_documents, s.n_voices"
        " FROM stories s JOIN documents d ON d.number = s.document"
    ),
    "story_documents": (
        "SELECT d.id AS document, s.id AS story, m.similarity, m.why FROM story_documents m"
        " JOIN documents d ON d.number = m.document JOIN stories s ON s.number = m.story"
    ),
    "claims": (
        "SELECT c.id, d.id AS document, c.row_kind, c.row, c.spans, s.id AS story, c.first_seen,"
        " c.last_seen, c.n_asserts, c.n_denies, c.n_reports, c.is_disputed FROM claims c"
        " JOIN documents d ON d.number = c.document LEFT JOIN stories s ON s.number = c.story"
    ),
    "stances": (
        "SELECT t.id, d.id AS document, c.id AS claim, t.row_kind, t.row, t.spans,"
        " a.id AS speaker, t.stance, t.published, t.why, t.probability FROM stances t"
        " JOIN documents d ON d.number = t.document JOIN claims c ON c.number = t.claim"
        " LEFT JOIN known_actors a ON a.number = t.speaker"
    ),
    "disputes": (
        "SELECT p.id, p.ground, c.id AS claim, o.id AS other_claim, f.id AS first_document,"
        " p.first_stance, p.first_spans, a.id AS first_speaker, g.id AS second_document,"
        " p.second_stance, p.second_spans, b.id AS second_speaker, p.is_own, p.first_seen,"
        " p.why, p.probability FROM disputes p JOIN claims c ON c.number = p.claim"
        " JOIN claims o ON o.number = p.other_claim"
        " JOIN documents f ON f.number = p.first_document"
        " JOIN documents g ON g.number = p.second_document"
        " LEFT JOIN known_actors a ON a.number = p.first_speaker"
        " LEFT JOIN known_actors b ON b.number = p.second_speaker"
    ),
    "corrections": (
        'SELECT id, kind, document, row_kind, row, field, old, new, why, "by", at, undone_by'
        " FROM corrections"
    ),
}
ACROSS = tuple(_QUERIES)


def across(store: Store, name: str) -> Table:
    """One of the tables of `ACROSS`, all of it.

    Raises:
        KeyError: There is no such table.
    """
    found = store.connection.execute(_QUERIES[name])
    columns = tuple(column[0] for column in found.description)
    return Table(columns, tuple(tuple(row) for row in found))
