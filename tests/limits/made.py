"""Limits, figures and readings made by hand. All persons, bodies and countries are invented."""

from typing import Any

from onrecord.limits.models import Asserter, Basis, Bound, Evidence, Figure, Party, Scope
from onrecord.records import Act, Commitment, Kind, Limit, Polarity, Reading, Span
from tests.export.made import RUN, Maker

ARLAND = Party(name="Arland", country="ARL")
BELMAR = Party(name="Belmar", country="BLM")


def bound(value: float | None = 100, **changes: Any) -> Bound:
    """A limit on deployed launchers for Arland and Belmar, from a file."""
    values: dict[str, Any] = {
        "instrument": "Ardal Accord",
        "parties": (ARLAND, BELMAR),
        "of": "deployed launchers",
        "per": None,
        "scope": Scope.PARTY,
        "comparator": "at most",
        "evidence": (Evidence(file="limits.csv", line=2),),
        "asserters": (Asserter(name="Accord text", side="accord text"),),
    }
    return Bound(value=value, **(values | changes))


def figure(value: float | None = 90, by: str = "Ardal Post", **changes: Any) -> Figure:
    """Arland's deployed launchers, from a file."""
    values: dict[str, Any] = {
        "of": "deployed launchers",
        "party": ARLAND,
        "date": "2031-03-01",
        "basis": Basis.FILE,
        "asserter": Asserter(name=by, side=by.lower()),
        "evidence": Evidence(file="figures.csv", line=2),
    }
    return Figure(value=value, **(values | changes))


def in_document(document: str, start: int = 0) -> Evidence:
    """Words of a document."""
    return Evidence(
        document=document, outlet="Ardal Post", start=start, end=start + 5, words="words"
    )


class LimitMaker(Maker):
    """A maker of readings that finds its words itself."""

    def at(self, words: str, nth: int = 0) -> Span:
        """Where words stand for the nth time."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def country(self, words: str, code: str, *, nth: int = 0) -> str:
        """A country that is mentioned."""
        return self.entity(words, self.at(words, nth), kind=Kind.PLACE, actor=code, country=code)

    def body(self, words: str, actor: str | None) -> str:
        """An organization that is mentioned."""
        country = None if actor is None else actor.partition(".")[0]
        return self.entity(
            words, self.at(words), kind=Kind.ORGANIZATION, actor=actor, country=country
        )

    def number(self, words: str, value: float, unit: str | None = None, **changes: Any) -> str:
        """A figure at words."""
        return self.quantity(self.at(words), value, unit=unit, **changes)

    def said(self, source: str, cue: str, content: str, **changes: Any) -> str:
        """A statement."""
        act = changes.pop("act", Act.ASSERT)
        polarity = Polarity.DENY if act is Act.DENY else Polarity.AFFIRM
        return self.statement(
            source=self.at(source),
            cue=self.at(cue),
            content=self.at(content),
            act=act,
            polarity=polarity,
            **changes,
        )

    def limited(
        self, instrument: str, *limits: Limit, words: str | None = None, **changes: Any
    ) -> str:
        """An instrument with limits; its span is where its name stands."""
        values: dict[str, Any] = {
            "parties": (),
            "signed": None,
            "in_force": None,
            "extended": None,
            "suspended": None,
            "expires": None,
            "verification": (),
            "asserted_by": None,
        }
        return self._add(
            "commitments",
            Commitment(
                id=f"commitments{len(self.rows.get('commitments', ()))}",
                document=self.document.id,
                run=RUN.id,
                instrument=instrument,
                span=self.at(words or instrument),
                limits=limits,
                **(values | changes),
            ),
        )


def accord() -> Reading:
    """An article that states a limit, and two sides' figures for one party."""
    maker = LimitMaker(
        "The Ardal Accord limits each side to no more than 100 deployed launchers. Norway has 90 "
        "deployed launchers, its defence ministry said. Sweden's foreign ministry said that Norway "
        "has 110 deployed launchers.",
        outlet="Ardal Post",
        title="Launchers counted",
        published="2031-03-10",
    )
    quantity = maker.number(
        "no more than 100 deployed launchers", 100, "launcher", comparator="at most"
    )
    norway = maker.country("Norway", "NOR")
    maker.country("Norway", "NOR", nth=1)
    sweden = maker.country("Sweden", "SWE")
    first = maker.body("its defence ministry", "NOR.GOV")
    second = maker.body("Sweden's foreign ministry", "SWE.GOV")
    maker.number("90 deployed launchers", 90, "launcher")
    maker.number("110 deployed launchers", 110, "launcher")
    maker.said("its defence ministry", "said", "Norway has 90 deployed launchers", speaker=first)
    maker.said(
        "Sweden's foreign ministry",
        "said that Norway",
        "that Norway has 110 deployed launchers",
        speaker=second,
    )
    maker.limited(
        "Ardal Accord",
        Limit(quantity=quantity, of="deployed launchers", per="party"),
        parties=(norway, sweden),
        in_force="2030-01-01",
    )
    return maker.reading()
