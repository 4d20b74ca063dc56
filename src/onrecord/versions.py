"""The version of the software, as the installed package has it."""

import functools
import importlib.metadata


@functools.cache
def software_version() -> str:
    """Version of onrecord; "0+unknown" when run from a tree that is not installed."""
    try:
        return importlib.metadata.version("onrecord")
    except importlib.metadata.PackageNotFoundError:
        return "0+unknown"
