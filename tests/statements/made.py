"""Windows, candidates and drafts made by hand from annotated text."""

from onrecord.encode.pieces import Window, cut_pieces, join_window
from onrecord.records import Spans
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from onrecord.statements.candidates import Candidate, Run
from onrecord.statements.drafts import Draft
from tests.marked import describe, parse_marked, plain_tokenizer


def window_of(text: str) -> Window:
    """All of a text as one window."""
    sentences = split_sentences(text)
    return join_window(list(cut_pieces(text, sentences, pair_quotes(text), plain_tokenizer())))


def runs_of(window: Window, spans: Spans) -> tuple[Run, ...]:
    """Runs of words of a window that stand in each span."""
    runs = []
    for span in spans:
        inside = [
            w
            for w, (start, end) in enumerate(zip(window.starts_W, window.ends_W, strict=True))
            if start < span.end and span.start < end
        ]
        runs.append((inside[0], inside[-1] + 1))
    return tuple(runs)


def candidates_of(line: str, *, probability: float = 0.9) -> tuple[str, list[Candidate]]:
    """The text of an annotated line, and its statements as found in one window, unrelated."""
    marked = parse_marked(line)
    window = window_of(marked.text)
    return marked.text, [
        Candidate(
            window,
            runs_of(window, s.cue)[0],
            runs_of(window, s.source),
            runs_of(window, s.content),
            probability,
            None,
        )
        for s in marked.statements
    ]


def drafts_of(line: str) -> tuple[str, list[Draft]]:
    """The text of an annotated line, and its statements as drafts in the order of numbers."""
    marked = parse_marked(line)
    places = {s.number: place for place, s in enumerate(marked.statements)}
    drafts: list[Draft] = []
    for s in marked.statements:
        parent = None if s.parent is None else places[s.parent]
        depth = 0 if parent is None else drafts[parent].depth + 1
        drafts.append(Draft(s.source, s.cue, s.content, 0.9, parent, depth))
    return marked.text, drafts


def tree_of(text: str, drafts: list[Draft]) -> list[str]:
    """Each draft in a line, indented by its depth, with the cue of its parent."""
    lines = []
    for draft in drafts:
        parent = "" if draft.parent is None else f" in {drafts[draft.parent].cue[0].text_in(text)}"
        lines.append("  " * draft.depth + describe(text, draft) + parent)
    return lines
