"""How much of a content stands in quotation marks."""

import re
from collections.abc import Sequence

from onrecord.records import Manner, Spans
from onrecord.segment.quotations import Quotation

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Between two quotations these are the outlet's, and no part of what was said.
_JOINING = frozenset({"and", "but"})
_MARKS = frozenset("“”„‟«»‹›「」『』\"＂‘’‚'`")


def manner_of(text: str, content: Spans, cue: Spans, quotations: Sequence[Quotation]) -> Manner:
    """Direct when every word of the content is quoted, indirect when none is.

    A quotation that holds the cue as well is the outer speaker's and does not count: in
    “We hope that it ends” the hope is reported in the outer speaker's own words.
    """
    relevant = [
        q
        for q in quotations
        if any(q.start < s.end and s.start < q.end for s in content)
        and not any(q.start <= c.start and c.end <= q.end for c in cue)
    ]
    if not relevant:
        return Manner.INDIRECT
    n_quoted = n_plain = 0
    for span in content:
        for match in _TOKEN.finditer(text, span.start, span.end):
            if match.group() in _MARKS or not match.group()[0].isalnum():
                continue
            at = match.start()
            if any(q.inner_start <= at < q.inner_end for q in relevant):
                n_quoted += 1
            elif match.group().lower() not in _JOINING:
                n_plain += 1
    if not n_quoted:
        return Manner.INDIRECT
    return Manner.MIXED if n_plain else Manner.DIRECT
