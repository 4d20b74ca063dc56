"""What came of the inputs, as numbers."""

import collections
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.records import DocumentStatus, Reading, Rejection


@dataclass(slots=True, kw_only=True)
class Counts:
    """Numbers of documents by what was done with them, of refusals by reason, of rows.

    Attributes:
        documents: By status.
        refused: By reason.
        statements: In documents that were read now.
        events: The same.
    """

    documents: collections.Counter[str] = field(default_factory=collections.Counter)
    refused: collections.Counter[str] = field(default_factory=collections.Counter)
    statements: int = 0
    events: int = 0

    def add_status(self, status: DocumentStatus) -> None:
        """One document more of this status."""
        self.documents[status.value] += 1

    def add_reading(self, reading: Reading) -> None:
        """The rows of a document that was kept."""
        self.statements += len(reading.statements or ())
        self.events += len(reading.events or ())

    def add_rejection(self, rejection: Rejection) -> None:
        """One input more that was turned away."""
        self.refused[rejection.reason.value] += 1

    @property
    def n_documents(self) -> int:
        """All documents that were given, whatever was done with them."""
        return sum(self.documents.values())

    @property
    def n_refused(self) -> int:
        """All inputs that were turned away."""
        return sum(self.refused.values())

    def as_json(self) -> Mapping[str, object]:
        """The same as JSON values.

        >>> Counts().as_json()
        {'documents': {}, 'refused': {}, 'statements': 0, 'events': 0}
        """
        return {
            "documents": dict(self.documents),
            "refused": dict(self.refused),
            "statements": self.statements,
            "events": self.events,
        }
