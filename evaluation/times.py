"""Expressions of time against MEANTIME and the dates of GUM, scored as TempEval-3 did.

    python -m evaluation.times                 both corpora
    python -m evaluation.times meantime --show wrong

Strict: the span is the same. Relaxed: the spans share a character, one to one. Value and
type: relaxed, and the value (the type) is right too; F1 of these, as TempEval-3 had it.

MEANTIME (English, NewsReader 2015) marks sentences 0 to 5 of an article; what is found
after them is left out. Its texts are its tokens with spaces between. Expressions without
words (TIMEX3 that stand for nothing in the text) are no gold. GUM marks dates that stand
for a day, a year or a stretch of the calendar and no durations, sets or vague ones: what
is found of those kinds, or has no value, is left out of `gum`, and kept in `gum/plain`.

After: UzZaman et al. 2013 (TempEval-3), section 4.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from evaluation.corpora import corpora_folder
from evaluation.errors import CorpusError, FormError
from evaluation.intervals import bootstrap
from evaluation.json_rows import decoded, digest_of, read_bytes
from evaluation.matching import pair_best_first
from evaluation.report import Report, dumps, to_json, to_text
from evaluation.scores import Tally, add_tallies, matched, scores_of
from onrecord.times.finding import Timex, find_times

_LAST_SENTENCE = 5
_VALUE_KINDS = frozenset({"DATE", "TIME"})
_XML = re.compile(r"(?:^|\|)XML=(.*?)(?=\|[A-Z][A-Za-z]*=|$)")
_DATE_TAG = re.compile(r"<(/?)date\b([^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+)(?::::|=)\"([^\"]*)\"")
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTime:
    """One expression of the gold; the value is None where it has none that TIMEX3 can write."""

    start: int
    end: int
    type: str | None
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """A text with its expressions.

    Attributes:
        id: Its name.
        text: What spans count.
        published: Its date.
        times: In text order.
        end: Where the part that is marked ends.
    """

    id: str
    text: str
    published: str | None
    times: tuple[GoldTime, ...]
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedCorpus:
    """Texts, a name, and the SHA-256 over the names and digests of the files."""

    name: str
    digest: str
    texts: tuple[TimedText, ...]


def load_meantime(folder: Path) -> TimedCorpus:
    """The two sub-corpora of MEANTIME, annotated within documents.

    Raises:
        CorpusError: They are not there.
        FormError: A file is not in its form.
    """
    base = folder / "time" / "meantime" / "intra-doc_annotation"
    return _load("meantime", base, sorted(base.glob("*/*.xml")), read_meantime)


def load_gum(folder: Path) -> TimedCorpus:
    """The dates of GUM, both parts.

    Raises:
        CorpusError: They are not there.
        FormError: A file is not in its form.
    """
    base = folder / "gum" / "conllu"
    return _load("gum", base, sorted(base.glob("*/*.conllu")), read_gum)


def _load(
    name: str, base: Path, paths: Sequence[Path], read: Callable[[str, str], TimedText]
) -> TimedCorpus:
    if not paths:
        raise CorpusError(source=str(base), problem="it holds no files of this corpus")
    texts, lines = [], []
    for path in paths:
        content = read_bytes(path)
        lines.append(f"{path.name} {digest_of(content)}\n")
        texts.append(read(decoded(content, path), str(path)))
    return TimedCorpus(
        name=name, digest=digest_of("".join(sorted(lines)).encode()), texts=tuple(texts)
    )


def read_meantime(content: str, where: str) -> TimedText:
    """One CAT file of MEANTIME.

    Raises:
        FormError: It is not in its form.
    """
    try:
        root = ET.fromstring(content)  # noqa: S314 - a corpus of one's own
    except ET.ParseError as error:
        raise FormError(source=where, problem=f"it is no XML: {error}") from error
    text, spans, end, sentence = "", {}, 0, "0"
    for token in root.iter("token"):
        own = token.get("sentence", "0")
        if own != sentence:
            text, sentence = text.rstrip(" ") + "\n", own
        spans[token.get("t_id")] = (len(text), len(text) + len(token.text or ""))
        text += (token.text or "") + " "
        if int(own) <= _LAST_SENTENCE:
            end = len(text)
    times, published = [], None
    for timex in root.iter("TIMEX3"):
        anchors = [spans[a.get("t_id")] for a in timex.iter("token_anchor")]
        value = timex.get("value")
        if timex.get("functionInDocument") == "CREATION_TIME":
            published = value
        if anchors and min(anchors)[0] < end:
            start, stop = min(anchors)[0], max(anchors)[1]
            times.append(GoldTime(start=start, end=stop, type=timex.get("type"), value=value))
    times.sort(key=lambda t: (t.start, t.end))
    return TimedText(
        id=Path(where).stem, text=text, published=published or _first_day(times),
        times=tuple(times), end=end,
    )  # fmt: skip


def _first_day(times: Iterable[GoldTime]) -> str | None:
    """The date line of an article whose creation time is not marked as such."""
    days = (t.value for t in times if t.value and re.fullmatch(r"\d{4}-\d\d-\d\d", t.value))
    return next(days, None)


def read_gum(content: str, where: str) -> TimedText:
    """One CoNLL-U file of GUM: `XML=<date when="...">` in its last column."""
    text, published, is_open, times = "", None, list[tuple[int, str]](), list[GoldTime]()
    for line in content.splitlines():
        if line.startswith("# meta::dateCreated"):
            published = line.partition("=")[2].strip()
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            text = text.rstrip(" ") + "\n" if text else text
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        start, end = len(text), len(text) + len(columns[1])
        text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
        tags = _XML.search(columns[9])
        for tag in _DATE_TAG.finditer(tags.group(1) if tags else ""):
            if not tag.group(1):
                is_open.append((start, tag.group(2)))
            elif is_open:
                first, attributes = is_open.pop()
                value = gum_value(dict(_ATTRIBUTE.findall(attributes)))
                times.append(GoldTime(start=first, end=end, type=None, value=value))
    times.sort(key=lambda t: (t.start, t.end))
    return TimedText(
        id=Path(where).stem, text=text, published=published, times=tuple(times), end=len(text)
    )


def gum_value(attributes: dict[str, str]) -> str | None:
    """The TIMEX3 value of TEI's attributes; None if it takes more than one.

    >>> gum_value({"when": "2015-05-18"}), gum_value({"from": "1990-01-01", "to": "1999-12-31"})
    ('2015-05-18', '199')
    """
    when = attributes.get("when")
    if when:
        return _when_value(when)
    first = attributes.get("from") or attributes.get("notBefore") or ""
    last = attributes.get("to") or attributes.get("notAfter") or ""
    if not first or not last:
        return _when_value(first or last)
    return _stretch_value(first, last)


def _when_value(when: str) -> str:
    if when.startswith("--"):
        return f"XXXX-{when[2:]}"
    if when.startswith("-"):
        year = when[1:].split("-", maxsplit=1)[0]
        return f"BC{int(year):04d}"
    return f"{int(when):04d}" if when.isdigit() else when


def _stretch_value(first: str, last: str) -> str | None:
    """A decade, century, season, month, week, weekend or quarter, of its first and last day.

    Early, mid and late ones have the value of the whole: TIMEX3 puts those words into `mod`.
    """
    for value_of in (_season_value, _years_value, _month_value, _days_value):
        value = value_of(first, last)
        if value is not None:
            return value
    return None


def _season_value(first: str, last: str) -> str | None:
    start = re.fullmatch(r"(\d{4}|-)-(\d\d)(?:-01)?", first)
    end = re.fullmatch(r"(\d{4}|-)-(\d\d)(?:-\d\d)?", last)
    if not start or not end or int(start[2]) not in _SEASONS:
        return None
    year = "XXXX" if start[1] == "-" else start[1]
    n_months = (int(end[2]) - int(start[2])) % 12
    return f"{year}-{_SEASONS[int(start[2])]}" if n_months in {2, 3} else None


def _years_value(first: str, last: str) -> str | None:
    start, end = re.fullmatch(r"(\d{4})(-01-01)?", first), re.match(r"\d{4}", last)
    if not start or not end:
        return None
    a, b = int(start[1]), int(end[0])
    # Some begin in a year 1, some end a day early.
    if a % 100 in {0, 1} and b - a in {98, 99, 100}:
        return f"{a // 100:02d}"
    if a % 10 in {0, 1} and b - a in {8, 9, 10}:
        return f"{a // 10:03d}"
    if a // 10 == b // 10 and 3 <= b - a <= 6:
        return f"{a // 10:03d}"
    return f"{a // 100:02d}" if a // 100 == b // 100 and 20 <= b - a <= 30 else None


def _month_value(first: str, last: str) -> str | None:
    start = re.fullmatch(r"(\d{4}|-)-(\d\d)-(01|10|11|15|20)", first)
    end = re.fullmatch(r"(\d{4}|-)-(\d\d)-(\d\d)", last)
    if not start or not end or start.groups()[:2] != end.groups()[:2]:
        return None
    if int(end[3]) - int(start[3]) in {1, 2, 6, 7}:  # a week or a weekend
        return None
    return f"{'XXXX' if start[1] == '-' else start[1]}-{start[2]}"


def _days_value(first: str, last: str) -> str | None:
    try:
        start, stop = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    # A week of this corpus begins on Sunday or Monday.
    year, week, _ = date.fromordinal(start.toordinal() + 1).isocalendar()
    n_days = (stop - start).days
    if n_days in {6, 7} and start.weekday() in {0, 6}:
        return f"{year:04d}-W{week:02d}"
    if n_days in {1, 2} and start.weekday() in {4, 5}:
        return f"{year:04d}-W{week:02d}-WE"
    is_quarter = 88 <= n_days <= 92 and start.day == 1
    return f"{start.year:04d}-Q{(start.month + 2) // 3}" if is_quarter else None


def right_value(gold: str | None, predicted: str | None, *, by_day: bool) -> bool:
    """Whether a value is the gold one.

    Args:
        gold: Of the corpus.
        predicted: Found.
        by_day: The corpus has no times of the day; they are cut off.
    """
    if gold is None or predicted is None:
        return False
    if by_day:
        gold, predicted = gold.split("T")[0], predicted.split("T")[0]
    return gold == predicted


def is_marked_by_gum(found: Timex) -> bool:
    """Whether it is of a kind that GUM marks: a date that stands for a part of the calendar."""
    value = found.value or ""
    return (
        found.type.value in _VALUE_KINDS and value != "" and not value.endswith("_REF")
        and not value.startswith(("XXXX-XX-XX", "XXXX-WXX"))
    )  # fmt: skip


def pair(gold: Sequence[GoldTime], found: Sequence[Timex]) -> dict[int, int]:
    """Pairs of gold and found expressions that share a character, the same spans first."""
    worths = {}
    for g, own in enumerate(gold):
        for p, other in enumerate(found):
            shared = min(own.end, other.end) - max(own.start, other.start)
            if shared > 0:
                longest = max(own.end, other.end) - min(own.start, other.start)
                worths[g, p] = shared / longest
    return pair_best_first(worths)


def count_text(gold: Sequence[GoldTime], found: Sequence[Timex], *, by_day: bool = False) -> Tally:
    """Hits of one text: strict, relaxed, value, value of strict spans, type."""
    pairs = pair(gold, found)
    sizes = {"n_predicted": len(found), "n_gold": len(gold)}
    same = [
        (g, p) for g, p in pairs.items()
        if (gold[g].start, gold[g].end) == (found[p].start, found[p].end)
    ]  # fmt: skip

    def n_right(chosen: Iterable[tuple[int, int]]) -> int:
        return sum(right_value(gold[g].value, found[p].value, by_day=by_day) for g, p in chosen)

    tally: Tally = {
        "strict": matched(len(same), **sizes),
        "relaxed": matched(len(pairs), **sizes),
        "value": matched(n_right(pairs.items()), **sizes),
        "value/strict": matched(n_right(same), **sizes),
    }
    if any(g.type for g in gold):
        n_types = sum(gold[g].type == found[p].type.value for g, p in pairs.items())
        tally["type"] = matched(n_types, **sizes)
    return tally


def found_in(text: TimedText) -> list[Timex]:
    """What is found in the part of a text that is marked."""
    return [t for t in find_times(text.text, text.published) if t.start < text.end]


def reports_of(corpus: TimedCorpus, *, n_rounds: int = 0) -> Iterator[Report]:
    """The report on a corpus, and those that count it otherwise, which their names tell."""
    given = [(text.times, found_in(text)) for text in corpus.texts]
    if corpus.name == "gum":
        kept = [(g, [f for f in found if is_marked_by_gum(f)]) for g, found in given]
        yield _report(corpus, "gum", kept, n_rounds, by_day=True)
        yield _report(corpus, "gum/plain", given, n_rounds, by_day=True)
        return
    yield _report(corpus, corpus.name, given, n_rounds)
    bare = [
        ([g for g in gold if not _is_dateline(t, g)], [f for f in found if not _is_dateline(t, f)])
        for t, (gold, found) in zip(corpus.texts, given, strict=True)
    ]
    yield _report(corpus, f"{corpus.name}, without date lines", bare, n_rounds)


def _is_dateline(text: TimedText, time: GoldTime | Timex) -> bool:
    """Whether it is all of the second line, where Wikinews gives the date."""
    lines = text.text[: time.start].count("\n")
    return lines == 1 and text.text[time.end : time.end + 1].strip(" ") in {"\n", ""} and (
        text.text[time.start - 1] == "\n"
    )  # fmt: skip


def _report(
    corpus: TimedCorpus,
    name: str,
    pairs: Sequence[tuple[Sequence[GoldTime], Sequence[Timex]]],
    n_rounds: int,
    *,
    by_day: bool = False,
) -> Report:
    tallies = [count_text(gold, found, by_day=by_day) for gold, found in pairs]
    return Report(
        corpus=name,
        digest=corpus.digest,
        system="onrecord.times",
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def cases_of(corpus: TimedCorpus) -> Iterator[str]:
    """Lines on what is missed, spurious, or has another span or value."""
    by_day = corpus.name == "gum"
    for text in corpus.texts:
        found = [f for f in found_in(text) if not by_day or is_marked_by_gum(f)]
        pairs = pair(text.times, found)
        lines = []
        for g, own in enumerate(text.times):
            words = text.text[own.start : own.end]
            if g not in pairs:
                lines.append((own.start, f"missed    {words!r} {own.value}"))
                continue
            other = found[pairs[g]]
            is_right = right_value(own.value, other.value, by_day=by_day)
            if (own.start, own.end) == (other.start, other.end) and is_right:
                continue
            theirs = text.text[other.start : other.end]
            mark = "value    " if theirs == words else "span     " if is_right else "both     "
            lines.append((own.start, f"{mark} {words!r} {own.value} | {theirs!r} {other.value}"))
        lines += [
            (f.start, f"spurious  {text.text[f.start : f.end]!r} {f.type.value} {f.value}")
            for p, f in enumerate(found)
            if p not in set(pairs.values())
        ]
        for at, line in sorted(lines):
            around = text.text[max(0, at - 30) : at + 40].replace("\n", "⏎")
            yield f"{text.id}: {line}    … {around}"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("on", type=click.Choice(["meantime", "gum", "all"]), default="all")
@click.option("--show", type=click.Choice(["scores", "wrong"]), default="scores", show_default=True)
@click.option(
    "--half", type=click.Choice(["even", "odd"]), help="Every second text only, by file name."
)
@click.option("--bootstrap", "n_rounds", type=click.IntRange(min=0), default=1000, metavar="N")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path))
def times_command(
    on: str, show: str, half: str | None, n_rounds: int, json_path: Path | None
) -> None:
    """Expressions of time and their values, on MEANTIME and the dates of GUM."""
    written: dict[str, Any] = {}
    loaders = {"meantime": load_meantime, "gum": load_gum}
    for name, load in loaders.items():
        if on not in {name, "all"}:
            continue
        corpus = _half_of(load(corpora_folder()), half)
        if show == "wrong":
            for line in cases_of(corpus):
                click.echo(line)
            continue
        for report in reports_of(corpus, n_rounds=n_rounds):
            click.echo(to_text(report) + "\n")
            written[report.corpus] = to_json(report)
    if json_path is not None:
        json_path.write_text(dumps(written), encoding="utf-8")


def _half_of(corpus: TimedCorpus, half: str | None) -> TimedCorpus:
    if half is None:
        return corpus
    first = 0 if half == "even" else 1
    return TimedCorpus(
        name=corpus.name, digest=f"{half} half of {corpus.digest}", texts=corpus.texts[first::2]
    )


if __name__ == "__main__":
    times_command()
