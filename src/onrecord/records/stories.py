"""Stories, and how many independent voices tell them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.records.columns import Column
from onrecord.records.vocabularies import ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the words of a document come from: its publisher, its agency, what it copies."""

    document: Annotated[int, Column("The document.", points_to="document.number", is_key=True)]
    publisher: Annotated[
        str | None, Column("The family of outlets that it belongs to; null if none is known.")
    ]
    agency: Annotated[str | None, Column("The agency that it credits, such as a wire.")]
    origin: Annotated[
        int | None, Column("The document that it copies, if it does.", points_to="document.number")
    ]
    similarity: Annotated[
        float | None, Column("Share of words in common with the origin.", unit="0 to 1")
    ]
    voice: Annotated[int, Column("The first document of its voice: all with one voice count once.")]
    why: Annotated[Mapping[str, Any], Column("Reasons, with spans on both sides.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Documents about the same happenings."""

    number: Annotated[int, Column("Running number in this store.", unit="from 1")]
    id: Annotated[str, Column("Hash of its first document; stays as the story grows.")]
    document: Annotated[
        int, Column("The one whose headline names it.", points_to="document.number")
    ]
    first_seen: Annotated[str | None, Column("Earliest publication.", unit="ISO 8601")]
    last_seen: Annotated[str | None, Column("Latest publication.", unit="ISO 8601")]
    n_documents: Annotated[int, Column("Its documents.", unit="count")]
    n_voices: Annotated[int, Column("Its independent voices.", unit="count")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDocument:
    """A document in its story, and why it is there."""

    document: Annotated[int, Column("The document.", points_to="document.number", is_key=True)]
    story: Annotated[int, Column("Its story.", points_to="story.number")]
    similarity: Annotated[float, Column("To the story as it was then.", unit="0 to 1")]
    why: Annotated[Mapping[str, Any], Column("What they share: names, places, days, words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """Two stories that became one, or one that became two."""

    number: Annotated[int, Column("Running number.", unit="from 1")]
    kind: Annotated[ChangeKind, Column("Which of the two.")]
    story: Annotated[str, Column("The id of the story that stays.")]
    other: Annotated[str, Column("The id of the one that went or came.")]
    document: Annotated[
        int | None, Column("The document that brought it about.", points_to="document.number")
    ]
    why: Annotated[Mapping[str, Any], Column("Reasons, and the documents that moved.")]
