"""How many independent voices documents are: copies count once, and so does a publisher."""

from collections.abc import Iterable


def count_voices(documents: Iterable[tuple[int, str | None]]) -> int:
    """The number of independent voices of documents about one thing.

    Two count once if they have one voice (`provenances.voice`) or one publisher
    (`provenances.publisher`), or if others join them.

    Args:
        documents: Voice and publisher of each.

    >>> count_voices([(1, "Herald"), (1, "Post"), (3, "Post"), (4, None), (5, None)])
    3
    """
    above: dict[int | str, int | str] = {}

    def top(item: int | str) -> int | str:
        while above.setdefault(item, item) != item:
            item = above[item]
        return item

    for voice, publisher in documents:
        if publisher is not None:
            above[top(publisher)] = top(voice)
        else:
            top(voice)
    return len({top(item) for item in above})
