"""The tables of what is found across the documents of a lake: stories, claims, disputes.

They have the columns that they have in a store, but for running numbers: documents,
stories, claims and actors are named by their ids there, which are the same on any machine.
"""

import dataclasses
import json
from typing import TYPE_CHECKING, Final

from onrecord.errors import LakeError
from onrecord.schema.fields import Field, store_tables, table_fields

if TYPE_CHECKING:
    from onrecord.lake.lakes import Lake

LINK_TABLES: Final = (
    *("provenances", "stories", "story_documents", "known_actors", "actor_entities"),
    *("claims", "stances", "disputes"),
)
LINKS: Final = "links"
# Names the files of the last complete linking.
LINKS_MANIFEST: Final = f"{LINKS}/links.json"


def link_fields(table: str) -> tuple[Field, ...]:
    """The columns of a table of links, in order.

    >>> [(field.name, field.value_type.__name__) for field in link_fields("story_documents")]
    [('document', 'str'), ('story', 'str'), ('similarity', 'float'), ('why', 'Mapping')]
    """
    fields = table_fields(store_tables()[table])
    return tuple(_by_id(field) for field in fields if field.name != "number")


def _by_id(field: Field) -> Field:
    record, _, column = (field.points_to or "").partition(".")
    if field.name == "voice":
        record, column = "document", "number"
    if column != "number":
        return field
    return dataclasses.replace(field, value_type=str, points_to=f"{record}.id")


def link_files(lake: "Lake", table: str) -> list[str]:
    """The addresses of the files of a table of links; none before a lake was linked.

    Raises:
        LakeError: What names them cannot be read.
    """
    data = lake.folder.read(LINKS_MANIFEST)
    if data is None:
        return []
    try:
        names = json.loads(data)["files"][table]
    except (ValueError, KeyError, TypeError) as error:
        problem = f"it names no files of {table}: {error}; link the lake again"
        raise LakeError(path=lake.folder.address(LINKS_MANIFEST), problem=problem) from error
    return [lake.folder.address(name) for name in names]
