"""`python -m training.relabel_requests`: what is asked of somebody else is possible, not planned.

The annotations of `training/events` were made when a request made an event planned. An event
that is labelled so becomes possible where a word around it asks it of another, by the packaged
trees and `tables/factuality.tsv`, unless who asks is among its annotated actors, and what must or
should be only in somebody's words. Only values of factuality change; run again, it changes
nothing. ONRECORD_CORPORA names the corpora.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluation.event_articles import EVENTS, AnnotatedText, load_annotated
from onrecord.events.arguments import arguments_of
from onrecord.events.factualities import State
from onrecord.events.tellings import state_by
from onrecord.events.texts import EventText, Sentence
from onrecord.pipeline import Reader
from onrecord.records import Reading, Span, make_document
from onrecord.syntax.trees import FoundTrees


def main() -> None:
    """Relabel the files in place, and print each change in its sentence."""
    corpora = Path(os.environ["ONRECORD_CORPORA"])
    reader = Reader()
    articles = [*load_annotated(corpora, "learned"), *load_annotated(corpora, "dev")]
    changed = {a.name: set(_requests(reader, a)) for a in articles}
    for path in sorted(EVENTS.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            for event in row["events"]:
                if tuple(event["trigger"]) in changed[row["name"]]:
                    event["factuality"] = "possible"
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _requests(reader: Reader, article: AnnotatedText) -> Iterator[tuple[int, int]]:
    """Triggers of planned events of an article that are asked of another."""
    planned = [event for event in article.events if event["factuality"] == "planned"]
    if not planned:
        return
    document = make_document(text=article.text, published=None)
    reading = Reading(document=document, run=reader.run)
    for stage in reader.stages[:-1]:
        (reading,) = stage([reading])
    trees = [found for found in getattr(reading, "found", ()) if isinstance(found, FoundTrees)]
    text = EventText(reading, trees)
    for event in planned:
        span = Span(*event["trigger"])
        sentence = text.sentence_at(span)
        word = None if sentence is None else sentence.word_over(span)
        if sentence is None or word is None:
            continue
        statements = text.statements_over(span)
        light = arguments_of(sentence.tree, word, is_verb=sentence.tree.is_verb(word)).light
        statement = statements[0] if statements else None
        state = state_by(sentence, word, statement, light=light, of_type=event["type"])
        if state.is_asked and _is_of_another(sentence, state, event):
            shown = text.text[sentence.start : sentence.end].replace("\n", " ")
            sys.stdout.write(f"{article.name}\t{span.text_in(text.text)}\t{shown}\n")
            yield span.start, span.end


def _is_of_another(sentence: Sentence, state: State, event: Mapping[str, Any]) -> bool:
    """Whether who asks is not among the annotated actors: not "wants to visit"."""
    tree, asking = sentence.tree, state.asked_by
    spans = [p[key] for p in event["actors"] for key in ("span", "name") if key in p]
    if asking is None:
        return False
    if tree.relations[asking] == "aux":
        # "Should leave": who asks is who says so.
        asserter = event["asserter"]
        is_own = asserter and asserter != "?" and asserter["span"] in spans
        return bool(asserter) and not is_own
    askers = [] if tree.is_passive(asking) else tree.all_children(asking, "nsubj", "nmod:poss")
    return not any(start <= tree.starts[a] < end for a in askers for start, end in spans)


if __name__ == "__main__":
    main()
