"""The functions for everyday use; see the package's own docstring."""

import functools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from onrecord.inputs.documents import ReadOptions, document_from_text, read_inputs
from onrecord.pipeline import Reader
from onrecord.records import Document, Reading, Rejection


@functools.lru_cache(maxsize=1)
def _shared_reader() -> Reader:
    """One reader for all calls of `read` in this process."""
    return Reader()


def read(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    author: str | None = None,
    published: str | None = None,
    reader: Reader | None = None,
) -> Reading:
    """Everything on record in one article given as text.

    Args:
        text: The article, as it is; spans will count its code points.
        title: Headline, when it is known and not to be looked for in the text.
        outlet: Who published it.
        url: Where.
        author: Who wrote it.
        published: When, in ISO 8601 (``2022-08-02`` or with time and offset).
        reader: One with settings of its own; otherwise one is made and kept.

    Returns:
        The reading; in a notebook it shows the marked text.

    Raises:
        InputError: The text is empty, or ``published`` is no date.
        WeightsError: The installation is damaged.
    """
    document = document_from_text(
        text, title=title, outlet=outlet, url=url, author=author, published=published
    )
    return (reader or _shared_reader()).read(document)


def read_files(
    sources: Iterable[str | os.PathLike[str]],
    *,
    options: ReadOptions | None = None,
    reader: Reader | None = None,
    on_document: Callable[[Document], None] | None = None,
) -> Iterator[Reading | Rejection]:
    """Everything on record in files, folders and addresses, in their order.

    Args:
        sources: Paths of text, HTML or JSON Lines files, folders, or http(s) addresses.
        options: Outlet and date to assume, limits of size and time.
        reader: One with settings of its own; otherwise one is made and kept.
        on_document: Called with each document before it is read, to show progress.

    Yields:
        A reading for each article; for each thing that is none, a rejection.
    """
    reader = reader or _shared_reader()
    # What was found, in its order; None stands for a document, which is being read.
    order: deque[Rejection | None] = deque()

    def documents() -> Iterator[Document]:
        for found in read_inputs(sources, options=options or ReadOptions()):
            order.append(found if isinstance(found, Rejection) else None)
            if isinstance(found, Document):
                if on_document is not None:
                    on_document(found)
                yield found

    for reading in reader.read_each(documents()):
        while (rejection := order.popleft()) is not None:
            yield rejection
        yield reading
    yield from filter(None, order)
