"""The page of the shares by phenomenon, with every sentence that is not right."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.events.phenomena.cases import PUBLISHED, Outcome, by_phenomenon, share_right

_HEAD = """\
# Which events are read well, and which are not

Made by `python -m tests.events.phenomena`; do not edit.

Model `{model}`, {n} sentences written for this project, each read as an article of its own
printed on {published}. Persons, bodies and most countries in them are invented. A sentence is
right when every event, control claim and commitment marked in it is found with its type, its
actors and recipients, factuality and asserter, and, where they are marked, its place, date,
mode and figures, and when nothing else is found. No sentence was left out for failing. They
are short and plain, so shares differ from those on whole articles.

All: {share:.1f} % right.

| phenomenon | sentences | right | rows marked | found |
|---|---:|---:|---:|---:|"""


_FRESH = """\
## Sentences written later

The sentences above were there before the rules, which were then improved on them. {n} more of the
same kinds, with other words, were written after that, in several rounds, each to see whether the
rules reach further. Later rounds ask to whom something is done. Of 15 sentences written when
the rules for that were there, 87 % were right at the first look, and 33 % with the rules as they
were before. Passages of the last three files ask for terms of treaties and for who holds what, and
compare no events; of 61 of them that were written after rules for the others, 45 were right at the
first look, and 35 with the rules before. Then rules were improved on these too. Of 88 that ask who
does what to whom, 29 as articles of three sentences, the first 64 were written before their rules
and 37 of them right at the first look; of the last 24, written when the rules were done, 19 were.

Now: {share:.1f} % right."""


def page(outcomes: Sequence[Outcome], model: str, fresh: Sequence[Outcome] = ()) -> str:
    """The page in Markdown.

    Args:
        outcomes: Of the sentences that were there first.
        model: Its name.
        fresh: Of those written later.
    """
    head = _HEAD.format(
        model=model, n=len(outcomes), published=PUBLISHED, share=share_right(outcomes)
    )
    lines = [head]
    for phenomenon, own in by_phenomenon(outcomes).items():
        marked = sum(len(_needed(outcome)) for outcome in own)
        found = sum(len(_needed(o) & o.comparison.pairs.keys()) for o in own)
        n_right = sum(o.is_right for o in own)
        lines.append(f"| {phenomenon} | {len(own)} | {n_right} | {marked} | {found} |")
    lines += ["", "A row is found when a word of its trigger and its type agree.", ""]
    lines += ["| what is wrong | times | sentences |", "|---|---:|---:|"]
    lines += [f"| {sort} | {n} | {m} |" for sort, n, m in count_faults(outcomes)]
    lines += ["", "## Sentences that are not right", ""]
    lines += ["```text", *failures(outcomes), "```", ""]
    if fresh:
        lines += [_FRESH.format(n=len(fresh), share=share_right(fresh)), ""]
        lines += ["```text", *failures(fresh), "```", ""]
    return "\n".join(lines)


def _needed(outcome: Outcome) -> set[str]:
    """The rows that must be found."""
    rows = outcome.case.sentence.rows
    sections = outcome.case.sections
    return {row.row for row in rows if row.kind in sections and not row.is_optional}


def count_faults(outcomes: Iterable[Outcome]) -> list[tuple[str, int, int]]:
    """Each sort of fault, how often it occurs, and in how many sentences; most often first."""
    times: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    for outcome in outcomes:
        sorts = [fault.sort for fault in outcome.comparison.faults]
        times.update(sorts)
        sentences.update(set(sorts))
    ordered = sorted(times, key=lambda sort: (-times[sort], sort))
    return [(sort, times[sort], sentences[sort]) for sort in ordered]


def failures(outcomes: Iterable[Outcome]) -> list[str]:
    """The sentences with a fault, by phenomenon, with what is wrong."""
    lines = []
    for phenomenon, own in by_phenomenon(outcomes).items():
        wrong = [outcome for outcome in own if not outcome.is_right]
        if wrong:
            lines.append(f"{phenomenon}: {len(own) - len(wrong)} of {len(own)} right")
        for outcome in wrong:
            text = outcome.case.sentence.text.replace("\n", "\\n")
            lines.append(f"  {text} ({outcome.case.why})")
            lines += [f"    {fault.words}" for fault in outcome.comparison.faults]
    return lines
