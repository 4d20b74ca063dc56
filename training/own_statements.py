"""Passages and articles of our own in which all statements are marked, at all depths.

`training/chains/*.jsonl` has a text a line: {"text": "…", "statements": [{"source": [[0, 3]],
"cue": …, "content": …, "parent": null}]}. Those named in `KEPT_BACK` are never learned from.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHAINS = Path(__file__).parent / "chains"
KEPT_BACK = frozenset({"c4", "s7"})
_ROLES = ("source", "cue", "content")


def own_statement_records(folder: Path = CHAINS) -> list[dict[str, Any]]:
    """All texts to learn from, as `training/attributions.py` takes articles of PolNeAR.

    Returns:
        Each with ``id``, ``text``, ``attributions`` (outermost statements), ``inside`` (the
        others) and ``inner`` (their cues).
    """
    paths = sorted(path for path in folder.glob("*.jsonl") if path.stem not in KEPT_BACK)
    return [record for path in paths for record in _records(path)]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        given = json.loads(line)
        outer, inside = (
            [
                {role: one[role] for role in _ROLES}
                for one in given["statements"]
                if (one["parent"] is None) == is_outer
            ]
            for is_outer in (True, False)
        )
        yield {
            "id": f"{path.stem}-{number}",
            "text": given["text"],
            "attributions": outer,
            "inside": inside,
            "inner": [cue for one in inside for cue in one["cue"]],
        }
