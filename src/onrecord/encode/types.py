"""The types of mentions, names or not, as the span head tells them; finer ones are kinds."""

from typing import Final

TYPES: Final = (
    *("person", "organization", "place", "time", "event", "object", "abstract", "none"),
)
