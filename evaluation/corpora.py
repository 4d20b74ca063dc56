"""Gold: PolNeAR's attributions and whole records, with the digest of what was read.

Corpora are not part of the project. `ONRECORD_CORPORA` names the folder that holds
`polnear/` (`train.jsonl`, `dev.jsonl`, `data/`), `ONRECORD_GOLD` a file of whole-record
gold. What a file holds is checked here, once.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import CorpusError, FormError
from evaluation.json_rows import (
    decoded,
    digest_of,
    json_lines,
    read_bytes,
    refuse_repeated,
    rows_of,
    spans_of,
    text_of,
)
from onrecord.records import Act, Manner, Polarity, Span, Spans, as_spans

CORPORA = "ONRECORD_CORPORA"
GOLD = "ONRECORD_GOLD"
PARTS = ("train", "dev")

_SPAN_LINE = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t", re.MULTILINE)
_EVENT_LINE = re.compile(r"^E\d+\t(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One gold attribution; the source is empty if nobody is named."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as one annotator marked it.

    Attributes:
        id: Name of the article, the same for all its annotators.
        text: What the spans count.
        attributions: In the order of the corpus.
        annotator: Who marked it, if the corpus tells.
    """

    id: str
    text: str
    attributions: tuple[Attribution, ...]
    annotator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Articles with attributions.

    Attributes:
        name: ``polnear/dev`` and the like.
        digest: SHA-256 of the file, or of the names and digests of all files.
        articles: One for each article and annotator.
    """

    name: str
    digest: str
    articles: tuple[Article, ...]

    def by_id(self) -> dict[str, list[Article]]:
        """The versions of each article."""
        versions: defaultdict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            versions[article.id].append(article)
        return dict(versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """One statement of a whole record; entities go by their canonical names."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    speaker: str | None
    act: Act
    polarity: Polarity
    manner: Manner | None
    addressee: str | None
    medium: str | None
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRecord:
    """One article with the statements that a careful reader finds in it.

    Attributes:
        url: Its name.
        published: Date of publication, if known.
        text: What the spans count.
        aliases: The other names of each entity, by canonical name.
        statements: In the order of the corpus.
    """

    url: str
    published: str | None
    text: str
    aliases: Mapping[str, tuple[str, ...]]
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCorpus:
    """Whole-record gold: a name, the SHA-256 of the file, and what it holds."""

    name: str
    digest: str
    records: tuple[GoldRecord, ...]


def attributions_of(row: Mapping[str, Any], text: str, where: str) -> tuple[Attribution, ...]:
    """The attributions of a line, in order.

    Raises:
        FormError: They are not in their form.
    """
    return tuple(attribution_of(raw, text, where) for raw in rows_of(row, "attributions", where))


def attribution_of(raw: Mapping[str, Any], text: str, where: str) -> Attribution:
    """An object with three roles, each a list of [start, end].

    Raises:
        FormError: A role is not in its form.
    """
    source, cue, content = (spans_of(raw.get(r), text, where) for r in ("source", "cue", "content"))
    return Attribution(source=source, cue=cue, content=content)


def corpora_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds the corpora.

    Raises:
        CorpusError: The variable is not set, or names no folder.
    """
    return _named_path(CORPORA, "the folder that holds polnear/", environ, is_folder=True)


def gold_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The file of whole-record gold.

    Raises:
        CorpusError: The variable is not set, or names no file.
    """
    return _named_path(GOLD, "a JSON Lines file of whole-record gold", environ, is_folder=False)


def _named_path(variable: str, what: str, environ: Mapping[str, str], *, is_folder: bool) -> Path:
    given = environ.get(variable)
    if not given:
        raise CorpusError(source=variable, problem=f"it is not set; let it name {what}")
    path = Path(given)
    if not (path.is_dir() if is_folder else path.is_file()):
        raise CorpusError(source=variable, problem=f"{given} is not there; let it name {what}")
    return path


def load_polnear(folder: Path, part: str = "dev") -> Corpus:
    """A part of PolNeAR, with the first annotator of each article.

    Args:
        folder: The folder that holds ``polnear/``.
        part: ``train`` or ``dev``.

    Raises:
        FormError: It is missing or not in its form.
    """
    path = folder / "polnear" / f"{part}.jsonl"
    content = read_bytes(path)
    articles = []
    for where, row in json_lines(content, path):
        text = text_of(row, "text", where)
        found = attributions_of(row, text, where)
        annotators = row.get("annotators") or [None]
        articles.append(
            Article(
                id=text_of(row, "id", where), text=text, attributions=found, annotator=annotators[0]
            )
        )
    refuse_repeated([article.id for article in articles], path)
    return Corpus(name=f"polnear/{part}", digest=digest_of(content), articles=tuple(articles))


def load_polnear_annotators(folder: Path, part: str = "dev") -> Corpus:
    """A part of PolNeAR with the versions of all annotators, from its stand-off files.

    An attribution without a content, which the corpus has a few of, is none here.

    Raises:
        FormError: It is missing or not in its form.
    """
    base = folder / "polnear" / "data" / part
    paths = sorted((base / "attributions").glob("*.ann"), key=lambda path: path.name)
    if not paths:
        raise CorpusError(source=str(base), problem="it holds no attributions/*.ann")
    articles, lines, texts = [], [], dict[str, str]()
    for path in paths:
        name, _, annotator = path.stem.rpartition("_")
        text_path = base / "text" / f"{name}.txt"
        if name not in texts:
            content = read_bytes(text_path)
            lines.append(f"{text_path.name} {digest_of(content)}\n")
            texts[name] = decoded(content, text_path)
        content = read_bytes(path)
        lines.append(f"{path.name} {digest_of(content)}\n")
        found = _standoff(decoded(content, path), texts[name], str(path))
        articles.append(
            Article(id=name, text=texts[name], attributions=tuple(found), annotator=annotator)
        )
    digest = digest_of("".join(sorted(lines)).encode())
    return Corpus(name=f"polnear/{part}, all annotators", digest=digest, articles=tuple(articles))


def load_gold(path: Path) -> GoldCorpus:
    """Whole-record gold: entities and statements, with spans as [start, end].

    Raises:
        FormError: It is missing or not in its form.
    """
    content = read_bytes(path)
    records = tuple(_gold_record(row, where) for where, row in json_lines(content, path))
    refuse_repeated([record.url for record in records], path)
    name = f"gold/{path.parent.name}" if path.stem == "gold" else f"gold/{path.stem}"
    return GoldCorpus(name=name, digest=digest_of(content), records=records)


def _gold_record(row: Mapping[str, Any], where: str) -> GoldRecord:
    text = text_of(row, "text", where)
    statements = tuple(
        _gold_statement(raw, text, f"{where}, statement {number}")
        for number, raw in enumerate(rows_of(row, "statements", where), 1)
    )
    refuse_repeated([statement.id for statement in statements], where)
    return GoldRecord(
        url=text_of(row, "url", where),
        published=row.get("published"),
        text=text,
        aliases={
            text_of(raw, "name", where): tuple(raw.get("aliases") or ())
            for raw in rows_of(row, "entities", where)
        },
        statements=statements,
    )


def _gold_statement(raw: Mapping[str, Any], text: str, where: str) -> GoldStatement:
    roles = attribution_of(raw, text, where)
    try:
        act, polarity = Act(raw["act"]), Polarity(raw["polarity"])
        manner = Manner(raw["manner"]) if raw.get("manner") else None
    except (KeyError, ValueError) as error:
        raise FormError(source=where, problem=f"act, polarity or manner: {error}") from error
    return GoldStatement(
        id=text_of(raw, "id", where),
        source=roles.source,
        cue=roles.cue,
        content=roles.content,
        speaker=raw.get("speaker"),
        act=act,
        polarity=polarity,
        manner=manner,
        addressee=raw.get("addressee"),
        medium=raw.get("medium"),
        parent=raw.get("parent"),
    )


def _standoff(notes: str, text: str, where: str) -> Iterator[Attribution]:
    """The attributions of a file of brat's stand-off form.

    The line of a span says which role it has; where no span is a cue, the span that the
    whole attribution hangs on is.
    """
    labels = {match[1]: match[2] for match in _SPAN_LINE.finditer(notes)}
    spans = {
        match[1]: spans_of([map(int, part.split()) for part in match[3].split(";")], text, where)
        for match in _SPAN_LINE.finditer(notes)
    }
    for match in _EVENT_LINE.finditer(notes):
        roles: defaultdict[str, list[Span]] = defaultdict(list)
        for part in match[1].split():
            name = part.partition(":")[2]
            if name not in spans:
                raise FormError(source=where, problem=f"{match[0]!r}: there is no {name!r}")
            roles[labels[name].partition("-")[0]].extend(spans[name])
        if roles["Content"]:
            yield Attribution(
                source=as_spans(roles["Source"]),
                cue=as_spans(roles["Cue"] or roles["Attribution"]),
                content=as_spans(roles["Content"]),
            )
