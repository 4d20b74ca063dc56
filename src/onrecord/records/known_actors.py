"""The registry: who is one and the same in several documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.records.columns import Column
from onrecord.records.vocabularies import ChangeKind, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """Somebody or some body, named in one or more documents of a store."""

    number: Annotated[int, Column("Running number in this store.", unit="from 1")]
    id: Annotated[str, Column("Hash of the entity that it was first seen as.")]
    name: Annotated[str, Column("Its best name.")]
    kind: Annotated[Kind, Column("What it is.")]
    code: Annotated[str | None, Column("Country and sector in PLOVER's terms, if all agree.")]
    country: Annotated[str | None, Column("Its country.", unit="ISO 3166-1 alpha-3")]
    first_seen: Annotated[
        str | None, Column("Earliest date of publication that names it.", unit="ISO 8601")
    ]
    n_documents: Annotated[int, Column("Documents that name it.", unit="count")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    """A name that documents use for an actor."""

    actor: Annotated[int, Column("Who.", points_to="known_actor.number", is_key=True)]
    normal: Annotated[str, Column("The name, made plain for look-up.", is_key=True)]
    name: Annotated[str, Column("The name as it stands most often.")]
    n_documents: Annotated[int, Column("Documents that use it.", unit="count")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntity:
    """An entity of a document that is taken to be an actor, and why."""

    document: Annotated[int, Column("Where.", points_to="document.number", is_key=True)]
    entity: Annotated[str, Column("The entity.", points_to="entity.id", is_key=True)]
    actor: Annotated[int, Column("Who it is.", points_to="known_actor.number")]
    why: Annotated[Mapping[str, Any], Column("What they share, as reasons with their weight.")]
    probability: Annotated[float, Column("That it is the same.", unit="0 to 1, an estimate")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorChange:
    """Two actors that became one, or one that became two, by the program or by a person."""

    number: Annotated[int, Column("Running number.", unit="from 1")]
    kind: Annotated[ChangeKind, Column("Which of the two.")]
    actor: Annotated[str, Column("The id of the actor that stays.")]
    other: Annotated[str, Column("The id of the one that went or came.")]
    why: Annotated[Mapping[str, Any], Column("Reasons, and the entities that moved.")]
    by: Annotated[str | None, Column("Who decided; null for the program.")]
    at: Annotated[str, Column("When.", unit="ISO 8601, UTC")]
