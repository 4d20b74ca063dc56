"""What the system knows: one frozen dataclass for each kind of row.

The dataclasses are the only place where fields are written by hand; `onrecord.schema`
derives tables and schemas from them.
"""

from onrecord.records.claims import Claim, Dispute, Stance
from onrecord.records.columns import Column
from onrecord.records.commitments import Commitment, Limit
from onrecord.records.control import ControlClaim
from onrecord.records.corrections import Correction
from onrecord.records.documents import Document, Link, Rejection, make_document
from onrecord.records.entities import Entity, Mention
from onrecord.records.events import Event, EventDate
from onrecord.records.ids import content_id
from onrecord.records.kept import Refusal, Tombstone, Version
from onrecord.records.known_actors import ActorChange, ActorEntity, ActorName, KnownActor
from onrecord.records.places import Place
from onrecord.records.quantities import Quantity
from onrecord.records.readings import Problem, Reading
from onrecord.records.runs import Run, make_run
from onrecord.records.spans import Span, Spans, as_spans, check_inside, covers, joined_text
from onrecord.records.statements import Statement, statement_id
from onrecord.records.stories import Provenance, Story, StoryChange, StoryDocument
from onrecord.records.times import Time
from onrecord.records.vocabularies import (
    Act,
    Change,
    ChangeKind,
    CorrectionKind,
    DocumentStatus,
    EventType,
    Factuality,
    Ground,
    Kind,
    Manner,
    MentionForm,
    Polarity,
    Precision,
    RejectionReason,
    RowKind,
    StanceKind,
    TimexType,
)

__all__ = [
    "Act",
    "ActorChange",
    "ActorEntity",
    "ActorName",
    "Change",
    "ChangeKind",
    "Claim",
    "Column",
    "Commitment",
    "ControlClaim",
    "Correction",
    "CorrectionKind",
    "Dispute",
    "Document",
    "DocumentStatus",
    "Entity",
    "Event",
    "EventDate",
    "EventType",
    "Factuality",
    "Ground",
    "Kind",
    "KnownActor",
    "Limit",
    "Link",
    "Manner",
    "Mention",
    "MentionForm",
    "Place",
    "Polarity",
    "Precision",
    "Problem",
    "Provenance",
    "Quantity",
    "Reading",
    "Refusal",
    "Rejection",
    "RejectionReason",
    "RowKind",
    "Run",
    "Span",
    "Spans",
    "Stance",
    "StanceKind",
    "Statement",
    "Story",
    "StoryChange",
    "StoryDocument",
    "Time",
    "TimexType",
    "Tombstone",
    "Version",
    "as_spans",
    "check_inside",
    "content_id",
    "covers",
    "joined_text",
    "make_document",
    "make_run",
    "statement_id",
]
