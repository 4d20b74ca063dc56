"""Places without a name of their own that somebody holds: "areas in the east", "the power plant".

They have words, and no position: what the text does not name is on no map.
"""

from onrecord.records import Mention, Place, Reading, content_id


class MadePlaces:
    """The made places of one document; only those that a claim names come into the record."""

    def __init__(self, document: str, run: str) -> None:
        self.document, self.run = document, run
        self.by_id: dict[str, Place] = {}
        self._entity_of: dict[str, str] = {}

    def of(self, mention: Mention, name: str) -> Place:
        """The place that a mention describes, under its plain words."""
        own = content_id("place", self.document, mention.id)
        self._entity_of[own] = mention.entity
        if own not in self.by_id:
            self.by_id[own] = Place(
                id=own,
                document=self.document,
                mention=mention.id,
                name=" ".join(name.split()),
                country=None,
                admin1=None,
                geonames_id=None,
                lat=None,
                lon=None,
                precision=None,
                probability=0.0,
                candidates=0,
                run=self.run,
            )
        return self.by_id[own]

    def entities(self, named: set[str]) -> set[str]:
        """The entities of those of some ids."""
        return {entity for i, entity in self._entity_of.items() if i in named}

    def added_to(self, reading: Reading, named: set[str]) -> Reading:
        """A reading with those of some ids, in the order of their mentions."""
        own = [place for i, place in self.by_id.items() if i in named]
        if not own:
            return reading
        number = {mention.id: n for n, mention in enumerate(reading.mentions or ())}
        places = [*(reading.places or ()), *own]
        return reading.replace(places=tuple(sorted(places, key=lambda p: number[p.mention])))
