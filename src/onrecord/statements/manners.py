"""How much of a content stands in quotation marks."""

import re
from collections.abc import Sequence

from onrecord.records import Manner, Spans
from onrecord.segment.quotations import Quotation

_TOKEN = re.compile(r"\w+")
# Between two quotations these are the outlet's, and no part of what was said.
_JOINING = frozenset({"and", "but"})


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
    is_quoted = is_plain = False
    for span in content:
        for match in _TOKEN.finditer(text, span.start, span.end):
            word, at = match.group(), match.start()
            if not word[0].isalnum():
                continue
            if any(q.inner_start <= at < q.inner_end for q in relevant):
                is_quoted = True
            elif word.lower() not in _JOINING:
                is_plain = True
            if is_quoted and is_plain:
                return Manner.MIXED
    return Manner.DIRECT if is_quoted else Manner.INDIRECT
