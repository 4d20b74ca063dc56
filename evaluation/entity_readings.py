"""What a reading says of names and of what is mentioned again, in the form that is scored.

How names are told from other mentions, and how a document is cut into clusters, is
decided here and nowhere else.
"""

from collections.abc import Callable, Sequence

from evaluation.entity_texts import Stretch
from onrecord.pipeline import Reader
from onrecord.records import Document, Kind, MentionForm, Reading

# All mentions of a document that belong together, for each thing that is mentioned.
Clusters = Sequence[Sequence[Stretch]]
ClustersOf = Callable[[Document], Clusters]


def named_mentions(reading: Reading) -> list[tuple[int, int, Kind]]:
    """The mentions of a reading that are names."""
    return [
        (mention.span.start, mention.span.end, mention.kind)
        for mention in reading.mentions or ()
        if mention.form is MentionForm.NAME
    ]


def clusters_of_reading(reading: Reading) -> list[list[Stretch]]:
    """The spans of the mentions of each entity, in text order."""
    clusters: dict[str, set[Stretch]] = {}
    for mention in reading.mentions or ():
        clusters.setdefault(mention.entity, set()).add((mention.span.start, mention.span.end))
    return [sorted(own) for own in clusters.values()]


def clusters_by(reader: Reader) -> ClustersOf:
    """A function that reads a document and gives its clusters, of all noun phrases."""

    def clusters_of(document: Document) -> Clusters:
        found = reader.clusters_of(document)
        return [[(span.start, span.end) for span in own] for own in found]

    return clusters_of
