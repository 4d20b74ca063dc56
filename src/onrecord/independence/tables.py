"""The tables that link copies: the internal ones in the file of a store, and those beside this.

`copy_prints` is keyed by the period of publication first: what arrives together is written
together, so that writing costs no more in a large file than in a small one.
"""

import importlib.resources
from collections.abc import Iterator

TABLES = """
-- The prints of documents, for looking up texts that share words.
CREATE TABLE copy_prints (
  period INTEGER NOT NULL,    -- Week of publication; below 0 for those without a date.
  print INTEGER NOT NULL,     -- The smallest hash of a window of shingles.
  document INTEGER NOT NULL,
  PRIMARY KEY (period, print, document)
) STRICT, WITHOUT ROWID;
-- What of a document is in copy_prints, so that it can be taken out.
CREATE TABLE copy_documents (
  document INTEGER PRIMARY KEY,
  period INTEGER NOT NULL
) STRICT;
CREATE INDEX copy_documents_by_period ON copy_documents (period, document);
CREATE INDEX copy_voices ON provenances (voice);
"""


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table beside this module, by column."""
    path = importlib.resources.files("onrecord.independence") / name
    yield from rows_in(path.read_text("utf-8"))


def rows_in(text: str) -> Iterator[dict[str, str]]:
    """Rows of a table with tabs between its cells; lines that open with # are notes."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t") if lines else []
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=False))


def split_list(cell: str) -> list[str]:
    """Values of a cell that holds several, with | between."""
    return [value.strip() for value in cell.split("|") if value.strip()]
