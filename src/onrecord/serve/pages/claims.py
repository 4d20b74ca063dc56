"""The page of a claim: who asserts, denies or only reports it, in which words; no verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.queries import Table, claim
from onrecord.queries.room_claims import claim_figures, claim_story, voices
from onrecord.queries.room_contexts import with_both_contexts, with_contexts
from onrecord.queries.room_voices import agencies_of
from onrecord.queries.tables import table_of
from onrecord.records import Column, StanceKind
from onrecord.serve.pages.base import Page, Room, first_rows, id_parameter

_MOST_DISPUTES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One independent voice on a claim, with the copies that count no further."""

    stance: Annotated[str, Column("asserts, denies, reports.")]
    speaker: Annotated[str | None, Column("Who; null for the outlet itself.")]
    agency: Annotated[
        str | None, Column("The agency whose text it is, where one of its articles credits one.")
    ]
    first: Annotated[Mapping[str, Any], Column("The stance that was published first.")]
    copies: Annotated[Table, Column("The same from copies of one wire or publisher.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """A claim with all who speak about it."""

    claim: Annotated[Mapping[str, Any], Column("The claim, by the words that first said it.")]
    story: Annotated[Mapping[str, Any] | None, Column("Its story.")]
    voices: Annotated[
        tuple[Voice, ...],
        Column("Each independent voice, in order of time, of the first 500 stances."),
    ]
    figures: Annotated[Table, Column("The figures of all stances, side by side.")]
    disputes: Annotated[Table, Column("What cannot both hold, and on what ground.")]


def build(room: Room) -> ClaimPage:
    """The claim with an id."""
    told, stances, disputes = claim(room.store, room.given.text("id"))
    number_of_voice = voices(room.store, told["id"])
    shown = with_contexts(room.store, first_rows(stances))
    agencies = agencies_of(room.store, (row["document"] for row in shown))
    return ClaimPage(
        claim=told,
        story=claim_story(room.store, told["id"]),
        voices=tuple(_voices(shown, number_of_voice, agencies)),
        figures=claim_figures(room.store, told["id"]),
        disputes=with_both_contexts(room.store, first_rows(disputes, _MOST_DISPUTES)),
    )


def _voices(
    stances: Table, numbers: Mapping[tuple[str, str, str], int], agencies: Mapping[str, str]
) -> Iterable[Voice]:
    """Stances grouped by voice, speaker and kind, as the counts of a claim have them."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in stances:
        voice = numbers.get((row["document"], row["row"], row["stance"]))
        groups.setdefault((voice, row["speaker"], row["stance"]), []).append(row)
    for first, *copies in groups.values():
        named = (agencies.get(row["document"]) for row in (first, *copies))
        yield Voice(
            agency=next((one for one in named if one), None),
            stance=StanceKind(first["stance"]).value,
            speaker=first["speaker"],
            first=first,
            copies=table_of(stances.columns, copies),
        )


PAGE = Page(
    name="claim",
    path="/claim/{id}",
    about="A claim: who asserts, who denies, who only reports it, in which words.",
    model=ClaimPage,
    build=build,
    parameters=(id_parameter("claim"),),
)
