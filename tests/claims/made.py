"""Readings made by hand: a text, and the rows that stand at words of it."""

from collections.abc import Sequence

from onrecord.quantities.finding import find_quantities
from onrecord.records import (
    Act,
    ControlClaim,
    Entity,
    EventDate,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Place,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Span,
    Statement,
    Time,
    TimexType,
    content_id,
    make_document,
    make_run,
)
from onrecord.records.vocabularies import Change, Factuality

RUN = make_run(software="0", model="made", model_digest="", settings={})
# (source, cue, content) or with an act; "" for a source that is not named.
Said = tuple[str, str, str] | tuple[str, str, str, Act]
# A name, its kind, and for a place the code of its country.
Named = tuple[str, Kind] | tuple[str, Kind, str]


def made_reading(
    text: str,
    *said: Said,
    names: Sequence[Named] = (),
    times: dict[str, str] | None = None,
    control: Sequence[tuple[str, str, str, Change]] = (),
    outlet: str = "Made Gazette",
    published: str | None = "2020-03-05",
    url: str | None = None,
) -> Reading:
    """A reading in which everything stands that is told here, and all figures.

    Args:
        text: The article.
        said: Statements, by their words; the first place where the content stands counts.
        names: Entities, each with all its mentions.
        times: Words and the dates that they mean.
        control: Words, place, holder and change of claims of control.
        outlet: Who published it.
        published: When.
        url: Where.
    """
    document = make_document(text=text, outlet=outlet, published=published, url=url, language="en")
    maker = _Maker(document.id, text)
    for name in names:
        maker.name(*name)
    statements = tuple(maker.said(*one) for one in said)
    return Reading(
        run=RUN,
        document=document,
        mentions=tuple(maker.mentions),
        entities=tuple(maker.entities),
        statements=statements,
        events=(),
        places=tuple(maker.places),
        times=tuple(maker.time(words, value) for words, value in (times or {}).items()),
        quantities=tuple(maker.quantities()),
        control_claims=tuple(maker.control(*one) for one in control),
        commitments=(),
    )


class _Maker:
    def __init__(self, document: str, text: str) -> None:
        self.document, self.text = document, text
        self.mentions: list[Mention] = []
        self.entities: list[Entity] = []
        self.places: list[Place] = []

    def at(self, words: str, start: int = 0) -> Span:
        found = self.text.index(words, start)
        return Span(found, found + len(words))

    def name(self, words: str, kind: Kind, country: str | None = None) -> None:
        own, start = content_id("e", self.document, words), 0
        ids = []
        form = MentionForm.NAME if words[0].isupper() else MentionForm.DESCRIPTION
        while (found := self.text.find(words, start)) >= 0:
            span = Span(found, found + len(words))
            row = content_id("m", self.document, span)
            ids.append(row)
            self.mentions.append(
                Mention(id=row, document=self.document, span=span, kind=kind, form=form,
                        entity=own, run=RUN.id)
            )  # fmt: skip
            start = span.end
        place = content_id("p", own) if kind is Kind.PLACE else None
        if place is not None:
            self.places.append(
                Place(id=place, document=self.document, mention=ids[0], name=words,
                      country=country, admin1=None, geonames_id=None, lat=None, lon=None,
                      precision=Precision.SETTLEMENT, probability=0.9, candidates=1, run=RUN.id)
            )  # fmt: skip
        self.entities.append(
            Entity(id=own, document=self.document, name=words, kind=kind, actor=None,
                   country=country, place=place, mentions=tuple(ids), run=RUN.id)
        )  # fmt: skip

    def entity_in(self, span: Span) -> str | None:
        inside = [m for m in self.mentions if span.contains(m.span)]
        return max(inside, key=lambda m: len(m.span)).entity if inside else None

    def said(self, source: str, cue: str, content: str, act: Act | None = None) -> Statement:
        what = self.at(content)
        who = (self.at(source),) if source else ()
        how = self.at(cue)
        is_denial = "den" in cue or act is Act.DENY
        return Statement(
            id=content_id("s", self.document, what), document=self.document, source=who,
            cue=(how,), content=(what,), speaker=self.entity_in(who[0]) if who else None,
            act=act or (Act.DENY if is_denial else Act.ASSERT),
            polarity=Polarity.DENY if is_denial else Polarity.AFFIRM, manner=Manner.INDIRECT,
            addressee=None, medium=None, parent=None, depth=0, time=None, probability=0.9,
            run=RUN.id,
        )  # fmt: skip

    def time(self, words: str, value: str) -> Time:
        span = self.at(words)
        return Time(id=content_id("t", self.document, span), document=self.document, span=span,
                    type=TimexType.DATE, value=value, run=RUN.id)  # fmt: skip

    def quantities(self) -> list[Quantity]:
        return [
            Quantity(id=content_id("q", self.document, f.start), document=self.document,
                     span=Span(f.start, f.end), value=f.value, upper=f.upper, unit=f.unit,
                     comparator=f.comparator, run=RUN.id)
            for f in find_quantities(self.text)
        ]  # fmt: skip

    def control(self, words: str, place: str, holder: str, change: Change) -> ControlClaim:
        span = self.at(words)
        named = next(p for p in self.places if p.name == place)
        who = next(e for e in self.entities if e.name == holder)
        return ControlClaim(
            id=content_id("c", self.document, span), document=self.document, span=span,
            place=named.id, holder=who.id, change=change, factuality=Factuality.ACTUAL,
            asserted_by=None, date=None, run=RUN.id,
        )  # fmt: skip


__all__ = ["EventDate", "Named", "Said", "made_reading"]
