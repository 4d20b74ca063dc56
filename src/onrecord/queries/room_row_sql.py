"""The SQL behind the rows of the reading room: one query for each kind of row.

Words are sliced by it, so that no row carries the text of its article.
"""

from collections.abc import Mapping

from onrecord.store.definitions import word_sql, words_sql

_DOCUMENT = (
    "r.document AS number, r.position, d.id AS document, d.title, d.outlet, d.published,"
    " d.url, r.id"
)
_SAYS = f"coalesce(ae.name, {words_sql('d.text', 'st.source')}, '(nobody named)')"
_ASSERTER = f"CASE WHEN st.id IS NULL THEN NULL ELSE {_SAYS} END AS asserter"
_PLACE = "p.name AS place, p.country, p.lat, p.lon, p.precision"
_DATE = """json_extract(r."date", '$.value') AS "date\""""
_WHO = f"coalesce(e.name, {words_sql('d.text', 'r.source')})"
_DEED = "r.type || coalesce(' ' || r.mode, '')"
_COUNTED = "r.document AS number, r.id, d.outlet, d.published"
_WHAT = (
    "r.act || CASE WHEN r.polarity = 'deny' AND r.act <> 'deny' THEN ' (not)' ELSE '' END AS what"
)


def _joined_asserter(column: str) -> str:
    return (
        f" LEFT JOIN statements AS st ON st.document = r.document AND st.id = r.{column}"
        " LEFT JOIN entities AS ae ON ae.document = r.document AND ae.id = st.speaker"
    )


def _joined(table: str, short: str, column: str) -> str:
    """A row of the document that a column names, or nothing."""
    return (
        f" LEFT JOIN {table} AS {short} ON {short}.document = r.document AND {short}.id = {column}"
    )


def _names(column: str) -> str:
    """The names of a list of entities."""
    return (
        f"(SELECT group_concat(e.name, '; ') FROM json_each({column}) AS j"  # noqa: S608
        " JOIN entities AS e ON e.document = r.document AND e.id = j.value)"
    )


def _place_of(span: str) -> str:
    """Where words begin and end, for one span."""
    start, end = f"json_extract({span}, '$.start')", f"json_extract({span}, '$.end')"
    return f'{word_sql("d.text", span)} AS words, {start} AS start, {end} AS "end"'


def _from(table: str) -> str:
    return f" FROM {table} AS r JOIN documents AS d ON d.number = r.document"


_STATEMENT = (
    f"SELECT {_DOCUMENT}, {_WHO} AS who,"
    f' e.actor AS code, {_WHAT}, a.name AS whom, t."value" AS "date", {_ASSERTER},'
    f" {words_sql('d.text', 'r.content')} AS words,"
    " json_extract(r.content, '$[0].start') AS start,"
    " json_extract(r.content, '$[#-1].end') AS \"end\""
    + _from("statements")
    + _joined("entities", "e", "r.speaker")
    + _joined("entities", "a", "r.addressee")
    + _joined("times", "t", 'r."time"')
    + _joined_asserter("parent")
)
_EVENT = (
    f"SELECT {_DOCUMENT}, {_names('r.actors')} AS who, {_names('r.recipients')} AS whom,"
    f" {_DEED} AS what, {_PLACE}, {_DATE}, r.factuality,"
    f" {_ASSERTER}, {_place_of('r.trigger')}"
    + _from("events")
    + _joined("places", "p", "r.place")
    + _joined_asserter("asserted_by")
)
_CONTROL = (
    f"SELECT {_DOCUMENT}, h.name AS who, h.actor AS code, r.change AS what, {_PLACE}, {_DATE},"
    f" r.factuality, {_ASSERTER}, {_place_of('r.span')}"
    + _from("control_claims")
    + _joined("entities", "h", "r.holder")
    + _joined("places", "p", "r.place")
    + _joined_asserter("asserted_by")
)
# All that a table shows of a row.
QUERIES: Mapping[str, str] = {"statement": _STATEMENT, "event": _EVENT, "control claim": _CONTROL}
# What is counted of a row, and where it stands: without its words, which take longest.
COUNTED: Mapping[str, str] = {
    "statement": (
        f"SELECT {_COUNTED}, {_WHO} AS who, {_WHAT}, NULL AS place,"
        " json_extract(r.content, '$[0].start') AS start"
        + _from("statements")
        + _joined("entities", "e", "r.speaker")
    ),
    "event": (
        f"SELECT {_COUNTED}, {_names('r.actors')} AS who, {_DEED} AS what, p.name AS place,"
        " json_extract(r.trigger, '$.start') AS start"
        + _from("events")
        + _joined("places", "p", "r.place")
    ),
    "control claim": (
        f"SELECT {_COUNTED}, h.name AS who, r.change AS what, p.name AS place,"
        " json_extract(r.span, '$.start') AS start"
        + _from("control_claims")
        + _joined("entities", "h", "r.holder")
        + _joined("places", "p", "r.place")
    ),
}


def of_actors(kind: str, n_actors: int) -> tuple[str, int]:
    """The condition that a row is of some actors, and how often their numbers stand in it."""
    marks = ", ".join("?" * n_actors)
    named = f"SELECT entity FROM actor_entities WHERE document = r.document AND actor IN ({marks})"  # noqa: S608
    if kind == "event":
        either = (
            f"EXISTS (SELECT 1 FROM json_each(r.{side}) AS j WHERE j.value IN ({named}))"  # noqa: S608
            for side in ("actors", "recipients")
        )
        return f"({' OR '.join(either)})", 2
    return f"r.{'speaker' if kind == 'statement' else 'holder'} IN ({named})", 1
