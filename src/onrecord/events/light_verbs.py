"""Verbs that carry an event noun ("launched an attack"), and what becomes of it."""

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.events.forms import verb_forms
from onrecord.events.tables import read_rows
from onrecord.syntax.trees import Tree

_PARTICLES = ("compound:prt", "advmod", "xcomp", "obj", "compound")


@dataclass(frozen=True, slots=True)
class LightVerb:
    """One row of ``tables/light_verbs.tsv``.

    Attributes:
        lemma: The verb.
        particle: What follows it, or the preposition of the noun; else empty.
        effect: ``does``, ``ends``, ``negates``, ``plans``, ``asks``, ``answers``,
            ``possible``.
        actor: Slot of the verb that does what the noun names; empty for none.
        recipient: Slot of the verb to whom it is done; empty for none.
        of_subject: Whether the noun is the subject of the verb ("fighting broke out").
        unless: Types of event that the effect leaves alone ("rejected the demand"); of
            ``asks`` those that are planned ("seeks talks").
    """

    lemma: str
    particle: str
    effect: str
    actor: str
    recipient: str
    of_subject: bool
    unless: frozenset[str] = frozenset()


def light_verb(
    tree: Tree, verb: int, *, case: str = "", of_subject: bool = False
) -> LightVerb | None:
    """The light verb that a word is; None of others.

    Args:
        tree: Of the sentence.
        verb: A word of it.
        case: The preposition of the noun, where it is no object.
        of_subject: Whether the noun is the subject of an active verb.
    """
    rows = [r for r in _by_form().get(tree.words[verb], ()) if r.of_subject == of_subject]
    if not rows:
        return None
    follow = {tree.words[c] for c in tree.all_children(verb, *_PARTICLES)}
    for row in rows:
        if row.particle and (row.particle in follow or row.particle == case):
            return row
    if case:
        return None
    return next((row for row in rows if not row.particle), None)


def may_be_light(form: str) -> bool:
    """Whether a word may be a light verb, whatever stands around it."""
    return form in _by_form()


def answers(tree: Tree, verb: int, case: str) -> bool:
    """Whether a verb speaks of what has happened: "condemn the attack", "respond to the raid"."""
    return any(
        row.effect == "answers" and row.particle in {"", case}
        for row in _by_form().get(tree.words[verb], ())
    )


@functools.cache
def _by_form() -> Mapping[str, tuple[LightVerb, ...]]:
    found: defaultdict[str, list[LightVerb]] = defaultdict(list)
    for row in read_rows("light_verbs"):
        actor = "" if row["actor"] == "-" else row["actor"]
        recipient = "" if row["recipient"] in {"", "-"} else row["recipient"]
        own = LightVerb(
            lemma=row["lemma"],
            particle=row["particle"],
            effect=row["effect"],
            actor=actor,
            recipient=recipient,
            of_subject=row["event"] == "subj",
            unless=frozenset(row["unless"].split("|") if row["unless"] else ()),
        )
        for form in verb_forms(own.lemma):
            found[form].append(own)
    return {form: tuple(rows) for form, rows in found.items()}
