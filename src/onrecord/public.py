"""The functions for everyday use; see the package's own docstring."""

import functools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from onrecord.failures import Failure, read_each
from onrecord.inputs.documents import ReadOptions, document_from_text, each_source, read_inputs
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
        A reading for each article; for each thing that is none, a rejection; and one for each
        article at which this program fails, which does not stop the others.

    Raises:
        InputError: ``sources`` is one string, whose letters would be taken for paths.
        RunError: One article after the other fails, and none is read.
    """
    reader = reader or _shared_reader()
    # What was found, in its order; the name of a source stands for a document of it, which is
    # being read.
    order: deque[Rejection | str] = deque()

    def documents() -> Iterator[Document]:
        for source, found in _found_in(sources, options or ReadOptions()):
            order.append(found if isinstance(found, Rejection) else source)
            if isinstance(found, Document):
                if on_document is not None:
                    on_document(found)
                yield found

    for read in read_each(reader, documents()):
        while isinstance(first := order.popleft(), Rejection):
            yield first
        yield read.as_rejection(first) if isinstance(read, Failure) else read
    yield from (one for one in order if isinstance(one, Rejection))


def _found_in(
    sources: Iterable[str | os.PathLike[str]], options: ReadOptions
) -> Iterator[tuple[str, Document | Rejection]]:
    """What is in each source, with its name."""
    for source in each_source(sources):
        for found in read_inputs([source], options=options):
            yield source, found
