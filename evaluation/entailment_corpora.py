"""Pairs of texts of which one entails, contradicts or leaves open the other, by set and part.

The sets lie in `claims/` of the folder of corpora, but for two that were written for
this project (`entailment_made.tsv`). Sets without parts of their own are cut
here by a hash: all pairs of one premise (or article) are in one part.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evaluation.errors import FormError
from evaluation.json_rows import decoded, digest_of, json_lines, read_bytes
from onrecord.segment.sentences import split_sentences

ENTAILS, NEUTRAL, CONTRADICTS = range(3)
LABELS: Final = ("entails", "neutral", "contradicts")
_BY_NAME: Final = {
    "entailment": ENTAILS,
    "neutral": NEUTRAL,
    "contradiction": CONTRADICTS,
    "e": ENTAILS,
    "n": NEUTRAL,
    "c": CONTRADICTS,
    "SUPPORTS": ENTAILS,
    "REFUTES": CONTRADICTS,
    # Agree, disagree, discuss.
    "0": ENTAILS,
    "1": CONTRADICTS,
    "2": NEUTRAL,
}
# Of a hundred groups of a set without parts, how many are its development part.
_DEV_OF_100: Final = 15
_EXCERPT_SENTENCES: Final = 2
_EXCERPT_CHARS: Final = 400
_WORD: Final = re.compile(r"[a-z]{4,}|\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A premise and a hypothesis.

    Attributes:
        premise: What is given.
        hypothesis: What may follow from it or not.
        label: Index into `LABELS`.
        group: What pairs with much in common share; they are drawn together.
    """

    premise: str
    hypothesis: str
    label: int
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSet:
    """The pairs of one part of a set.

    Attributes:
        name: ``conjnli/dev`` and the like.
        digest: SHA-256 of the files.
        pairs: In the order of the files.
        labels: Those that occur; of the others no text is an instance.
    """

    name: str
    digest: str
    pairs: tuple[Pair, ...]
    labels: tuple[int, ...]


def is_held(group: str) -> bool:
    """Whether a group is in the development part, where the corpus has no parts.

    >>> [name for name in "abcdefghijk" if is_held(name)]
    ['j']
    """
    number = int(hashlib.sha1(group.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    return number % 100 < _DEV_OF_100


def load_pairs(folder: Path, name: str, part: str) -> PairSet:
    """One part of a set.

    Args:
        folder: Of all corpora.
        name: One of `SETS`.
        part: ``train`` or ``dev``.

    Raises:
        FormError: A file cannot be read or has another form.
    """
    paths, load = SETS[name](folder / "claims", part)
    contents = [read_bytes(path) for path in paths]
    pairs = tuple(load(dict(zip(paths, contents, strict=True)), part))
    digest = digest_of("".join(map(digest_of, contents)).encode())
    labels = tuple(sorted({pair.label for pair in pairs}))
    return PairSet(name=f"{name}/{part}", digest=digest, pairs=pairs, labels=labels)


Files = Mapping[Path, bytes]
Loader = Callable[[Files, str], Iterator[Pair]]


def _counterfactual(folder: Path, part: str) -> tuple[list[Path], Loader]:
    path = folder / f"counterfactual_nli/NLI/all_combined/{part}.tsv"
    return [path], _tables("sentence1", "sentence2", "gold_label")


def _conjnli(folder: Path, part: str) -> tuple[list[Path], Loader]:
    name = "conj_dev.tsv" if part == "dev" else "adversarial_train_15k.tsv"
    return [folder / "conjnli" / name], _tables("Premise", "Hypothesis", "Label")


def _breaking(folder: Path, _part: str) -> tuple[list[Path], Loader]:
    return [folder / "breaking_nli/dataset.jsonl"], _cut_lines("sentence1", "sentence2")


def _sanli(folder: Path, _part: str) -> tuple[list[Path], Loader]:
    paths = [folder / f"sanli_wiki/{own}_wiki/train.jsonl" for own in ("base", "sim", "translate")]
    return paths, _cut_lines("premise", "hypothesis")


def _lingnli(protocol: str) -> Callable[[Path, str], tuple[list[Path], Loader]]:
    def files(folder: Path, part: str) -> tuple[list[Path], Loader]:
        name, short = {"side": ("2_Ling_on_side", "LotS"), "loop": ("3_Ling_in_loop", "LitL")}[
            protocol
        ]
        own = "val" if part == "dev" else "train"
        under = folder / f"lingnli/{name}_protocol"
        return [under / f"{own}_round{n}_{short}.jsonl" for n in range(1, 6)], _lines

    return files


def _made(name: str) -> Callable[[Path, str], tuple[list[Path], Loader]]:
    def files(_folder: Path, part: str) -> tuple[list[Path], Loader]:
        _refuse_training(name, part)
        path = Path(__file__).with_name(f"entailment_{name}.tsv")
        return [path], _tables("premise", "hypothesis", "label")

    return files


def _refuse_training(name: str, part: str) -> None:
    if part != "dev":
        raise FormError(source=name, problem="it has a development part only")


def _fever(folder: Path, part: str) -> tuple[list[Path], Loader]:
    _refuse_training("fever_symmetric", part)
    return [folder / "fever_symmetric/fever_symmetric_dev.jsonl"], _fever_lines


def _fnc1(folder: Path, _part: str) -> tuple[list[Path], Loader]:
    return [folder / "fnc1/train_bodies.csv", folder / "fnc1/train_stances.csv"], _stances


# What is measured, in the order of reports.
SETS: Final[Mapping[str, Callable[[Path, str], tuple[list[Path], Loader]]]] = {
    "counterfactual": _counterfactual,
    "conjnli": _conjnli,
    "lingnli_side": _lingnli("side"),
    "lingnli_loop": _lingnli("loop"),
    "breaking": _breaking,
    "sanli": _sanli,
    "fever_symmetric": _fever,
    "fnc1": _fnc1,
    "made": _made("made"),
    "made_again": _made("made_again"),
}
# Sets that nothing is learned from.
DEV_ONLY: Final = frozenset({"fever_symmetric", "made", "made_again"})


def _label_of(value: Any, where: str) -> int:
    if value not in _BY_NAME:
        raise FormError(source=where, problem=f"{value!r} is no label")
    return _BY_NAME[value]


def _pair(row: Mapping[str, Any], names: tuple[str, str, str], where: str) -> Pair:
    """A row as a pair; pairs of one premise are one group."""
    missing = [name for name in names if not isinstance(row.get(name), str)]
    if missing:
        raise FormError(source=where, problem=f"it has no text under {', '.join(missing)}")
    premise, hypothesis, label = (row[name] for name in names)
    label = _label_of(label, where)
    return Pair(premise=premise, hypothesis=hypothesis, label=label, group=premise)


def _tables(premise: str, hypothesis: str, label: str) -> Loader:
    """Files with a head line and tabs, without quoting."""

    def load(files: Files, _part: str) -> Iterator[Pair]:
        for path, content in files.items():
            lines = decoded(content, path).lstrip("\ufeff").splitlines()
            n_remarks = sum(line.startswith("# ") for line in lines[:9])
            rows = csv.DictReader(lines[n_remarks:], delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, row in enumerate(rows, n_remarks + 2):
                yield _pair(row, (premise, hypothesis, label), f"{path} line {number}")

    return load


def _lines(files: Files, _part: str) -> Iterator[Pair]:
    for path, content in files.items():
        for where, row in json_lines(content, path):
            yield _pair(row, ("premise", "hypothesis", "label"), where)


def _cut_lines(premise: str, hypothesis: str) -> Loader:
    """A file without parts."""

    def load(files: Files, part: str) -> Iterator[Pair]:
        for path, content in files.items():
            for where, row in json_lines(content, path):
                label = "gold_label" if "gold_label" in row else "label"
                pair = _pair(row, (premise, hypothesis, label), where)
                if is_held(pair.group) == (part == "dev"):
                    yield pair

    return load


def _fever_lines(files: Files, _part: str) -> Iterator[Pair]:
    """A claim with evidence for or against it; the two pairs of a claim are one group."""
    for path, content in files.items():
        for where, row in json_lines(content, path):
            pair = _pair(row, ("evidence", "claim", "gold_label"), where)
            yield Pair(
                premise=pair.premise,
                hypothesis=pair.hypothesis,
                label=pair.label,
                group=pair.hypothesis,
            )


def _stances(files: Files, part: str) -> Iterator[Pair]:
    """Articles and headlines that agree, disagree or only discuss, cut by article."""
    (bodies_path, bodies), (stances_path, stances) = files.items()
    texts = {
        row["Body ID"]: row["articleBody"]
        for row in csv.DictReader(decoded(bodies, bodies_path).splitlines(keepends=True))
    }
    rows = csv.DictReader(decoded(stances, stances_path).splitlines(keepends=True))
    for number, row in enumerate(rows, 2):
        body, headline = row["Body_ID"], row["Headline"]
        if row["Stance"] == "3" or is_held(body) != (part == "dev"):
            continue
        label = _label_of(row["Stance"], f"{stances_path} row {number}")
        premise = excerpt_of(texts[body], headline)
        yield Pair(premise=premise, hypothesis=headline.strip(), label=label, group=body)


def excerpt_of(text: str, headline: str) -> str:
    """The two sentences of a text that share most words with a headline, in text order.

    >>> excerpt_of("Good day. The bridge broke. It rained. Officials came.", "Bridge? Officials!")
    'The bridge broke. Officials came.'
    """
    wanted = {word[:5] for word in _words(headline)}
    found = []
    for number, sentence in enumerate(split_sentences(text)):
        own = " ".join(text[sentence.start : sentence.end].split())[:_EXCERPT_CHARS]
        shared = len(wanted & {word[:5] for word in _words(own)})
        found.append((-shared, number, own))
    best = sorted(found)[:_EXCERPT_SENTENCES]
    return " ".join(own for _, _, own in sorted(best, key=lambda item: item[1]))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
