"""What this package raises; all of it descends from the errors of `onrecord`.

OnRecordError
└── EvaluationError
    ├── CorpusError        a corpus is not there
    ├── FloorError         floors cannot be used, or must not be lowered like this
    ├── FormError          a file cannot be read, or is not in the form that it should have
    └── PredictionError    predictions do not belong to the gold texts
"""

from onrecord.errors import OnRecordError


class EvaluationError(OnRecordError):
    """Something given for an evaluation cannot be used."""

    def __init__(self, *, source: str, problem: str) -> None:
        self.source, self.problem = source, problem
        super().__init__(f"{source}: {problem}")


class CorpusError(EvaluationError):
    """A corpus is not there."""


class FloorError(EvaluationError):
    """Floors cannot be used, or must not be lowered like this."""


class FormError(EvaluationError):
    """A file cannot be read, or is not in the form that it should have."""


class PredictionError(EvaluationError):
    """Predictions do not belong to the gold texts."""
