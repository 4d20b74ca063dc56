"""Statements inside of contents, as the packaged heads find them: labels of our own model.

    ONRECORD_CORPORA=… python -m training.inner_cues OUT/inner.jsonl

PolNeAR marks the outermost attributions only. What the second pass finds inside of contents
teaches the first pass where there are cues, and who says what by them. A line for each article.
"""

import argparse
import json
import os
from pathlib import Path

from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader


def main() -> None:
    """Read PolNeAR's training part and write the cues."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    corpus = Path(os.environ["ONRECORD_CORPORA"]) / "polnear" / "train.jsonl"
    reader = Reader()
    with args.out.open("w", encoding="utf-8") as out:
        for line in corpus.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            reading = reader.read(document_from_text(article["text"]))
            inside = [one for one in reading.statements or () if one.depth and one.cue]
            rows = [
                {
                    role: [(span.start, span.end) for span in getattr(one, role)]
                    for role in ("source", "cue", "content")
                }
                for one in inside
            ]
            inner = [cue for row in rows for cue in row["cue"]]
            out.write(json.dumps({"id": article["id"], "inner": inner, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
