"""Claims across documents: the proposition, who takes which stance, and what is disputed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.records.columns import Column
from onrecord.records.spans import Spans
from onrecord.records.vocabularies import Ground, RowKind, StanceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What several statements or outlets speak about; shown by the words that first said it."""

    number: Annotated[int, Column("Running number in this store.", unit="from 1")]
    id: Annotated[str, Column("Hash of the stance that it was first seen as.")]
    document: Annotated[int, Column("Where its words stand.", points_to="document.number")]
    row_kind: Annotated[RowKind, Column("The table of the row that says it.")]
    row: Annotated[str, Column("The id of that row.")]
    spans: Annotated[Spans, Column("Its words.")]
    story: Annotated[int | None, Column("The story it belongs to.", points_to="story.number")]
    first_seen: Annotated[str | None, Column("Earliest publication.", unit="ISO 8601")]
    last_seen: Annotated[str | None, Column("Latest publication.", unit="ISO 8601")]
    n_asserts: Annotated[int, Column("Independent voices or speakers that assert it.")]
    n_denies: Annotated[int, Column("Independent voices or speakers that deny it.")]
    n_reports: Annotated[int, Column("Independent voices that only report it.")]
    is_disputed: Annotated[bool, Column("Whether a dispute names it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Somebody asserts, denies or reports a claim, at these words."""

    document: Annotated[int, Column("Where.", points_to="document.number", is_key=True)]
    id: Annotated[str, Column("Hash of the document, the row and the holder.", is_key=True)]
    claim: Annotated[int, Column("The claim.", points_to="claim.number")]
    row_kind: Annotated[RowKind, Column("The table of the row that shows it.")]
    row: Annotated[str, Column("The id of that row.")]
    spans: Annotated[Spans, Column("The words of the proposition, as this row has it.")]
    speaker: Annotated[
        int | None,
        Column("Who takes it; null for the outlet itself.", points_to="known_actor.number"),
    ]
    speaker_spans: Annotated[Spans, Column("The words that name who takes it.")]
    stance: Annotated[StanceKind, Column("Which one.")]
    voice: Annotated[int, Column("The voice of the document; copies share one.")]
    published: Annotated[str | None, Column("When it was published.", unit="ISO 8601")]
    why: Annotated[Mapping[str, Any], Column("Why it is this claim and this stance.")]
    probability: Annotated[float, Column("That it is.", unit="0 to 1, an estimate")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two accounts that cannot both hold, with the words of both; no verdict between them."""

    number: Annotated[int, Column("Running number in this store.", unit="from 1")]
    id: Annotated[str, Column("Hash of both stances and the ground.")]
    ground: Annotated[Ground, Column("Why they cannot both hold.")]
    claim: Annotated[int, Column("The claim of the first side.", points_to="claim.number")]
    other_claim: Annotated[
        int, Column("The claim of the other side; the same for a denial.", points_to="claim.number")
    ]
    first_document: Annotated[
        int, Column("Where the first side stands.", points_to="document.number")
    ]
    first_stance: Annotated[str, Column("The stance of the first side.")]
    first_spans: Annotated[Spans, Column("Its words.")]
    first_speaker: Annotated[
        int | None, Column("Who; null for the outlet.", points_to="known_actor.number")
    ]
    second_document: Annotated[
        int, Column("Where the second side stands.", points_to="document.number")
    ]
    second_stance: Annotated[str, Column("The stance of the second side.")]
    second_spans: Annotated[Spans, Column("Its words.")]
    second_speaker: Annotated[
        int | None, Column("Who; null for the outlet.", points_to="known_actor.number")
    ]
    is_own: Annotated[bool, Column("Whether both sides are one speaker, at two times.")]
    story: Annotated[int | None, Column("The story it belongs to.", points_to="story.number")]
    first_seen: Annotated[
        str | None, Column("When the later of both was published.", unit="ISO 8601")
    ]
    why: Annotated[Mapping[str, Any], Column("What is the same, what differs, how sure.")]
    probability: Annotated[float, Column("That it is a dispute.", unit="0 to 1, an estimate")]
