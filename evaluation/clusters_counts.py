"""Counts in how many documents each term stands, for `onrecord/stories/frequencies.tsv`.

Counted on Wikinews of 2019 and 2020 and on PolNeAR's training part: numbers only, no text.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.stories.words import words_in

# Terms of fewer documents are as rare as unknown ones.
_LEAST: Final = 4
_HEAD: Final = """\
# In how many documents each term stands; terms as `words.term_of` makes them.
#
# Source: counted on Wikinews 2019 to 2020 (CC BY 2.5, 281 articles) and the training part of
# PolNeAR (840 articles of 2015 and 2016, its publishers' texts; only these counts are kept).
# Made by: python -m evaluation clusters-count. Terms of fewer than {least} documents are left out.
# documents: {n}
"""


def frequency_table(folder: Path) -> str:
    """The table of all terms that are not too rare."""
    texts = list(_texts(folder))
    counts = Counter(term for text in texts for term in set(words_in(text)) if term.isalpha())
    rows = sorted((term, n) for term, n in counts.items() if n >= _LEAST)
    head = _HEAD.format(n=len(texts), least=_LEAST)
    return head + "".join(f"{term}\t{n}\n" for term, n in rows)


def _texts(folder: Path) -> Iterator[str]:
    for path in (folder / "news" / "wikinews.jsonl", folder / "polnear" / "train.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"{row.get('title') or ''}\n{row['text']}"
