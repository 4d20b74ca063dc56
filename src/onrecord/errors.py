"""Everything that OnRecord raises.

    OnRecordError
    ├── ConfigError        a setting has a value that it cannot have
    ├── GazetteerError     a gazetteer, or a file to be added to it, cannot be read
    ├── InputError         a caller gave something that cannot be used
    ├── LakeError          a folder of tables cannot be opened, read or written
    │   └── LakeStorageError   what keeps its files failed; trying again may help
    ├── RunError           a run over many inputs cannot begin, or cannot go on
    ├── SpanError          a span is empty, or outside its text (a ValueError too)
    ├── StageOrderError    a stage would read what no stage before it writes
    ├── StoreError         a store cannot be opened, read or written
    │   └── StoreBusyError     another program is writing to it
    └── WeightsError       weights are missing, or are other ones than the manifest names

An article that is turned away is no error: see `onrecord.records.Rejection`.
"""

from typing import Any, ClassVar


class OnRecordError(Exception):
    """Base of all errors; the facts are attributes, and survive pickling."""

    can_retry: ClassVar[bool] = False

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), str(self), dict(self.__dict__))


def _rebuild(kind: type[OnRecordError], message: str, facts: dict[str, Any]) -> OnRecordError:
    error = kind.__new__(kind)
    Exception.__init__(error, message)
    error.__dict__.update(facts)
    return error


class ConfigError(OnRecordError):
    """A setting has a value that it cannot have."""

    def __init__(self, *, setting: str, value: object, allowed: str) -> None:
        self.setting, self.value, self.allowed = setting, value, allowed
        super().__init__(f"{setting} is {value!r}; it takes {allowed}")


class GazetteerError(OnRecordError):
    """A gazetteer, or something to be added to it, cannot be read."""

    def __init__(self, *, path: str, problem: str, line: int | None = None) -> None:
        self.path, self.problem, self.line = path, problem, line
        where = path if line is None else f"{path} line {line}"
        super().__init__(f"{where}: {problem}")


class InputError(OnRecordError):
    """A caller gave something that cannot be used."""

    def __init__(self, *, source: str, problem: str) -> None:
        self.source, self.problem = source, problem
        super().__init__(f"{source}: {problem}")


class LakeError(OnRecordError):
    """A lake cannot be opened, read or written, or is not what was expected."""

    def __init__(self, *, path: str, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}")


class LakeStorageError(LakeError):
    """What keeps the files of a lake failed: a full disk, an object store that is away."""

    can_retry = True


class RunError(OnRecordError):
    """A run over many inputs cannot begin, or cannot go on; what is done stays."""

    can_retry = True

    def __init__(self, *, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


class SpanError(OnRecordError, ValueError):
    """A span is empty, runs backwards, or lies outside its text."""

    def __init__(self, *, start: int, end: int, length: int | None = None) -> None:
        self.start, self.end, self.length = start, end, length
        inside = "" if length is None else f" of a text of {length} code points"
        super().__init__(f"[{start}, {end}) is no span{inside}; it needs 0 <= start < end")


class StageOrderError(OnRecordError):
    """A stage would read what no stage before it writes."""

    def __init__(self, *, stage: str, missing: frozenset[str]) -> None:
        self.stage, self.missing = stage, missing
        names = ", ".join(sorted(missing))
        super().__init__(f"{stage} reads {names}, which no stage before it writes; reorder them")


class StoreError(OnRecordError):
    """A store cannot be opened, read or written, or has not what was asked for."""

    def __init__(self, *, path: str, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}")


class StoreBusyError(StoreError):
    """Another program is writing to the store, and did not end within the time to wait."""

    can_retry = True


class WeightsError(OnRecordError):
    """Weights are missing, or not the ones that the manifest names."""

    def __init__(self, *, path: str, expected: str, found: str) -> None:
        self.path, self.expected, self.found = path, expected, found
        what = f"have digest {found[:12]}" if found else "cannot be read"
        super().__init__(
            f"weights at {path} {what}, expected {expected[:12]}; "
            f"install onrecord again, as the weights come with it"
        )
