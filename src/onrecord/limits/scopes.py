"""For whom a limit holds: for each party by itself, or for all together."""

from onrecord.limits.models import Scope

_TOTAL = frozenset(
    "total together combined altogether jointly overall aggregate sum all whole".split()
)
_EACH = frozenset("party parties each every side sides both either state country per".split())


def scope_of(per: str) -> Scope | None:
    """What words such as 'each side' or 'in total' mean; None for others, such as a name.

    >>> scope_of("each side").value, scope_of("all parties together").value, scope_of("Norway")
    ('party', 'total', None)
    """
    words = set(per.lower().replace("-", " ").split())
    if words & _TOTAL:
        return Scope.TOTAL
    return Scope.PARTY if words & _EACH else None
