"""What blocks have found, made one: the same documents and statements join it.

Blocks are read twice: to see what several of them know, and to pass the rest on. Only what
several know waits in memory, so that a lake is not held there.
"""

import collections
from collections.abc import Callable, Iterator, Mapping, Sequence

from onrecord.lake.joined_actors import JoinedActors
from onrecord.lake.joined_claims import JoinedClaims
from onrecord.lake.joined_stories import JoinedStories
from onrecord.lake.joined_voices import JoinedVoices
from onrecord.lake.link_plans import COPIES, Block, Told
from onrecord.lake.link_rows import Row, Rows


def join(
    blocks: Sequence[Block], read: Callable[[Block], Rows], told: Mapping[str, Told]
) -> Iterator[tuple[str, Row]]:
    """The rows of links of a lake, each with its table, out of those of its blocks.

    Args:
        blocks: All blocks, in order.
        read: Gives what was found in one.
        told: All documents of the lake.
    """
    shared = _shared(blocks)
    voices = JoinedVoices(blocks, told)
    stories = JoinedStories(told, shared, voices)
    actors = JoinedActors(told, shared)
    claims = JoinedClaims(told, shared, voices=voices, stories=stories, actors=actors)
    for block in blocks:
        found = read(block)
        voices.look(block, found)
        for part in (stories, actors, claims):
            part.look(block, found)
    voices.settle()
    for part in (stories, actors, claims):
        part.settle()
    for block in blocks:
        found = read(block)
        yield from (("provenances", row) for row in voices.rows(block, found))
        for part in (stories, actors, claims):
            yield from part.rows(block, found)
    for part in (stories, actors, claims):
        yield from part.left()


def _shared(blocks: Sequence[Block]) -> dict[str, list[str]]:
    """The blocks of each document that several have linked."""
    linked = [block for block in blocks if block.bucket != COPIES]
    n_blocks = collections.Counter(one for block in linked for one in block.documents)
    found: dict[str, list[str]] = collections.defaultdict(list)
    for block in linked:
        for document in block.documents:
            if n_blocks[document] > 1:
                found[document].append(block.id)
    return found
