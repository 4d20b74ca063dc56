"""Which row of a new reading is the one that a correction was about.

A row is known again by its id. A new model may move an edge, which makes another id: then
it is the row of the same kind whose words are the most in common, if that is enough.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.records import Entity, Place, Span, Statement
from onrecord.schema.fields import fields_of, sections, table_pointed_to
from onrecord.store.pointers import Draft

# What share of the characters of both rows together must be common. Chosen by hand: a
# trigger of two words that becomes one of them is still the same.
LEAST_COMMON = 0.3

# For each row that a correction names, its section and the positions of its words.
Anchors = Mapping[str, Mapping[str, Any]]


def key_spans(draft: Draft, row: Any) -> tuple[Span, ...]:
    """The words that tell which row it is."""
    if isinstance(row, Entity):
        found = [draft.find("mentions", mention) for mention in row.mentions]
        return tuple(mention.span for mention in found if mention is not None)
    if isinstance(row, Place):
        mention = draft.find("mentions", row.mention)
        return () if mention is None else (mention.span,)
    if isinstance(row, Statement):
        return row.content + row.cue
    return next(
        (getattr(row, f.name),)
        for f in fields_of(type(row))
        if f.value_type is Span and not f.is_list
    )


def anchors_of(draft: Draft, named: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Where the words of rows stand, each given as its section and id."""
    found: dict[str, dict[str, Any]] = {}
    for section, row_id in named:
        row = draft.find(section, row_id)
        if row is not None:
            spans = [[span.start, span.end] for span in key_spans(draft, row)]
            found[row_id] = {"section": section, "spans": spans}
    return found


def rows_named(section: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rows that printed values of a row, or some of them, name; as section and id."""
    found: list[tuple[str, str]] = []
    if section not in sections():
        return found
    for field in fields_of(sections()[section]):
        value, pointed = values.get(field.name), table_pointed_to(field)
        if field.name == "limits":
            found += [("quantities", limit["quantity"]) for limit in value or ()]
        elif pointed is not None and pointed in sections() and value:
            found += [(pointed, own) for own in (value if field.is_list else (value,))]
        elif field.name == "instrument" and value:
            found.append(("entities", value))
    return found


def find_again(draft: Draft, section: str, row_id: str, anchors: Anchors) -> str | None:
    """The id that a row has in a draft; None if nothing there is like it."""
    if draft.find(section, row_id) is not None:
        return row_id
    anchor = anchors.get(row_id)
    if anchor is None or anchor["section"] != section:
        return None
    wanted = _characters(Span(start, end) for start, end in anchor["spans"])
    best, best_share = None, 0.0
    for row in draft.rows(section):
        share = _common_share(wanted, _characters(key_spans(draft, row)))
        if share > best_share:
            best, best_share = row.id, share
    return best if best_share >= LEAST_COMMON else None


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _common_share(some: set[int], others: set[int]) -> float:
    common = len(some & others)
    return common / len(some | others) if common else 0.0


def renamed(
    draft: Draft, section: str, values: Mapping[str, Any], anchors: Anchors
) -> dict[str, Any]:
    """Printed values that name the rows as they are called in a draft."""
    ids = {
        own: find_again(draft, pointed, own, anchors) or own
        for pointed, own in rows_named(section, values)
    }
    return {name: _renamed_value(value, ids) for name, value in values.items()}


def _renamed_value(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, list):
        return [_renamed_value(item, ids) for item in value]
    if isinstance(value, dict):
        return {name: _renamed_value(item, ids) for name, item in value.items()}
    return value
