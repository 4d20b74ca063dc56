"""Mentions and the entities that they name."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.spans import Span
from onrecord.records.vocabularies import Kind, MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name an entity."""

    id: Annotated[str, Column("Hash of the document, span and kind.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    span: Annotated[Span, Column("The words.")]
    kind: Annotated[Kind, Column("What is named.")]
    form: Annotated[
        MentionForm, Column("Whether the words are a name, a description, a pronoun.")
    ] = MentionForm.DESCRIPTION
    entity: Annotated[str, Column("The entity named.", points_to="entity.id")]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that one document names, however often."""

    id: Annotated[str, Column("Hash of the document and its mentions.")]
    document: Annotated[str, Column("Where it is named.", points_to="document.id")]
    name: Annotated[str, Column("Its best name in this document.")]
    kind: Annotated[Kind, Column("What it is.")]
    actor: Annotated[
        str | None, Column("Country and sector in PLOVER's terms; null for things and places.")
    ]
    country: Annotated[str | None, Column("Its country.", unit="ISO 3166-1 alpha-3")]
    place: Annotated[str | None, Column("Where it is, for places.", points_to="place.id")]
    mentions: Annotated[tuple[str, ...], Column("Its mentions.", points_to="mention.id")]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
