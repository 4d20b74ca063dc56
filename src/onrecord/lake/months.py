"""The month under which rows are kept: that in which their document was published."""

import re
from typing import Final

UNKNOWN: Final = "unknown"
_MONTH: Final = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?!\d)")


def month_of(published: str | None) -> str:
    """The month of a time of publication, as that names it.

    >>> month_of("2024-05-02T23:10:00-08:00"), month_of("2024"), month_of(None)
    ('2024-05', 'unknown', 'unknown')
    """
    found = _MONTH.match(published or "")
    return found.group(1) if found else UNKNOWN
