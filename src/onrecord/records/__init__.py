"""What the system knows: one frozen dataclass for each kind of row.

The dataclasses are the only place where fields are written by hand; `onrecord.schema`
derives tables and schemas from them.
"""

from onrecord.records.columns import Column
from onrecord.records.commitments import Commitment, Limit
from onrecord.records.control import ControlClaim
from onrecord.records.documents import Document, Link, Rejection, make_document
from onrecord.records.entities import Entity, Mention
from onrecord.records.events import Event, EventDate
from onrecord.records.ids import content_id
from onrecord.records.places import Place
from onrecord.records.quantities import Quantity
from onrecord.records.readings import Problem, Reading
from onrecord.records.runs import Run, make_run
from onrecord.records.spans import Span, Spans, as_spans, check_inside, covers, joined_text
from onrecord.records.statements import Statement, statement_id
from onrecord.records.times import Time
from onrecord.records.vocabularies import (
    Act,
    Change,
    EventType,
    Factuality,
    Kind,
    Manner,
    MentionForm,
    Polarity,
    Precision,
    RejectionReason,
    TimexType,
)

__all__ = [
    "Act",
    "Change",
    "Column",
    "Commitment",
    "ControlClaim",
    "Document",
    "Entity",
    "Event",
    "EventDate",
    "EventType",
    "Factuality",
    "Kind",
    "Limit",
    "Link",
    "Manner",
    "Mention",
    "MentionForm",
    "Place",
    "Polarity",
    "Precision",
    "Problem",
    "Quantity",
    "Reading",
    "Rejection",
    "RejectionReason",
    "Run",
    "Span",
    "Spans",
    "Statement",
    "Time",
    "TimexType",
    "as_spans",
    "check_inside",
    "content_id",
    "covers",
    "joined_text",
    "make_document",
    "make_run",
    "statement_id",
]
