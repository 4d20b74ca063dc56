"""Copies of articles made by rule, as outlets make them: pure functions of text and chance."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

_SENTENCE = re.compile(r"(?<=[.!?])[”\"]?\s+(?=[A-Z“\"])")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_SPELLINGS = (
    ("isation", "ization"),
    ("colour", "color"),
    ("centre", "center"),
    ("defence", "defense"),
    ("labour", "labor"),
    ("organis", "organiz"),
    ("recognis", "recogniz"),
    ("travelled", "traveled"),
    ("programme", "program"),
    ("neighbour", "neighbor"),
    ("favour", "favor"),
    ("honour", "honor"),
)
_AGENCIES = ("Reuters", "AP", "AFP", "dpa", "Associated Press")
_TOWNS = ("LONDON", "PARIS", "NEW YORK", "GENEVA", "NAIROBI")

# An article, sentences of others, chance; gives the copy.
Rule = Callable[[str, Sequence[str], random.Random], str]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, those without words left out."""
    return [part.strip() for part in _PARAGRAPHS.split(text) if any(c.isalpha() for c in part)]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, cut at full stops; those of at least six words."""
    parts = (own for paragraph in paragraphs_of(text) for own in _SENTENCE.split(paragraph))
    return [part for part in parts if len(part.split()) >= 6]


def cut(text: str, share: float) -> str:
    """The first paragraphs, and sentences of the next, up to a share of the words."""
    left = max(20, round(share * len(text.split())))
    kept: list[str] = []
    for paragraph in paragraphs_of(text):
        own: list[str] = []
        for sentence in _SENTENCE.split(paragraph):
            if left > 0:
                own.append(sentence)
                left -= len(sentence.split())
        if own:
            kept.append(" ".join(own))
    return "\n\n".join(kept)


def half(text: str, _: Sequence[str], __: random.Random) -> str:
    """The first half."""
    return cut(text, 1 / 2)


def third(text: str, _: Sequence[str], __: random.Random) -> str:
    """The first third."""
    return cut(text, 1 / 3)


def reordered(text: str, _: Sequence[str], chance: random.Random) -> str:
    """All paragraphs, in another order."""
    parts = paragraphs_of(text)
    chance.shuffle(parts)
    return "\n\n".join(parts)


def credited(text: str, _: Sequence[str], chance: random.Random) -> str:
    """A credit before the text and one behind it."""
    agency, town = chance.choice(_AGENCIES), chance.choice(_TOWNS)
    return f"{town} ({agency}) - {text.strip()}\n\n— {agency}"


def headed(text: str, foreign: Sequence[str], _: random.Random) -> str:
    """Another headline in the text, and the line with the date left out."""
    parts = paragraphs_of(text)
    first = 1 if len(parts) > 1 and len(parts[0].split()) < 8 else 0
    return "\n\n".join([" ".join(foreign[0].split()[:9]), *parts[first:]])


def added(text: str, foreign: Sequence[str], chance: random.Random) -> str:
    """Two sentences of other articles between its paragraphs."""
    parts = paragraphs_of(text)
    for sentence in foreign[:2]:
        parts.insert(chance.randint(0, len(parts)), sentence)
    return "\n\n".join(parts)


def edited(text: str, _: Sequence[str], chance: random.Random) -> str:
    """Other quotation marks, dashes and spelling; "percent" in one word; one word in fifty gone."""
    curled = re.sub(r'"([^"\n]*)"', r"“\1”", text) if '"' in text else text.replace("“", '"')
    out = curled.replace("’", "'").replace(" - ", " — ").replace("–", "-")
    for british, american in _SPELLINGS:
        old, new = (british, american) if british in out else (american, british)
        out = out.replace(old, new)
    out = re.sub(r"\bper cent\b|%", " percent", out)
    words = re.split(r"(\s+)", out)
    return "".join(w for w in words if w.isspace() or chance.random() >= 1 / 50)


def everything(text: str, foreign: Sequence[str], chance: random.Random) -> str:
    """Cut to a half or a third, edited, in another order, with two sentences, maybe a credit."""
    out = edited(cut(text, chance.choice((1 / 2, 1 / 3))), foreign, chance)
    out = added(reordered(out, foreign, chance), foreign, chance)
    return credited(out, foreign, chance) if chance.random() < 1 / 2 else out


RULES: Mapping[str, Rule] = {
    "whole": lambda text, _, __: text,
    "half": half,
    "third": third,
    "reordered": reordered,
    "credited": credited,
    "headed": headed,
    "added": added,
    "edited": edited,
    "half+added": lambda text, foreign, chance: added(cut(text, 1 / 2), foreign, chance),
    "third+added": lambda text, foreign, chance: added(cut(text, 1 / 3), foreign, chance),
    "everything": everything,
}
