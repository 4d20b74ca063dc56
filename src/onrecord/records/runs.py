"""What made a row: versions, weights, settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.records.columns import Column
from onrecord.records.ids import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The software, weights and settings behind rows."""

    id: Annotated[str, Column("Hash of the other fields.")]
    software: Annotated[str, Column("Version of onrecord.")]
    model: Annotated[str, Column("Name and version of the weights.")]
    model_digest: Annotated[str, Column("SHA-256 over the digests of all files of weights.")]
    settings: Annotated[
        Mapping[str, Any], Column("Settings that can change a row, as JSON values.")
    ]


def make_run(*, software: str, model: str, model_digest: str, settings: Mapping[str, Any]) -> Run:
    """A run with its id; settings become the JSON values that a printed run has.

    >>> run = make_run(software="1", model="m", model_digest="", settings={"least": (0.5, 1)})
    >>> run.settings
    {'least': [0.5, 1]}
    """
    plain = _as_json(settings)
    return Run(
        id=content_id("run", software, model, model_digest, plain),
        software=software,
        model=model,
        model_digest=model_digest,
        settings=plain,
    )


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_as_json(item) for item in value]
    return value
