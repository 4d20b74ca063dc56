"""Names of companies with their legal form: "Vale Corp.", "Ardal Mining, Inc.".

A form tells that what bears it is a company, and belongs to its name, though the head for names
often ends before it.
"""

import dataclasses
import re
from typing import Final

import numpy as np

from onrecord.entities.names import NAME_KINDS
from onrecord.entities.spans import FoundMentions
from onrecord.records import Kind

_COMPANIES: Final = (NAME_KINDS.index(Kind.ORGANIZATION), NAME_KINDS.index(Kind.PERSON))
_FORM: Final = re.compile(
    r",?[ ](?:(?:Inc|Corp|Ltd|Cos|Pty|Pvt|Bros)\b\.?|Co\.|L\.?L\.?[CP]\b\.?|(?:PLC|plc)\b"
    r"|GmbH\b|Corporation\b|Incorporated\b|Limited\b|S\.p\.A\.|S\.A\.|N\.V\.|A\.G\.|A/S\b)"
)


def with_legal_forms(text: str, found: FoundMentions) -> FoundMentions:
    """The mentions, names of companies with the legal forms right behind them.

    A mention that has these words already becomes the name.
    """
    ends = {}
    for m in np.flatnonzero(np.isin(found.kind_M, _COMPANIES)).tolist():
        end = int(found.end_M[m])
        while form := _FORM.match(text, end):
            end = form.end()
        if end > found.end_M[m]:
            ends[m] = end
    if not ends:
        return found
    end_M, kind_M, phrase_M = found.end_M.copy(), found.kind_M.copy(), found.phrase_M.copy()
    kept_M = np.ones(len(end_M), dtype=np.bool_)
    starts = found.start_M.tolist()
    places = {place: m for m, place in enumerate(zip(starts, end_M.tolist(), strict=True))}
    for m, end in ends.items():
        # What is left of the name as a phrase by itself is none.
        whole = places.get((starts[m], end), m)
        kept_M[m], kept_M[whole] = False, True
        end_M[whole], kind_M[whole] = end, _COMPANIES[0]
        phrase_M[whole] |= phrase_M[m]
    made = dataclasses.replace(found, end_M=end_M, kind_M=kind_M, phrase_M=phrase_M)
    return made if kept_M.all() else made.at(kept_M)
