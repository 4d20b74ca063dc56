"""What a query gives: a table of plain values, for any program.

Every row that rests on words has the document, the place of the words in it, and the
words themselves, sliced when the query ran.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a query with named columns.

    Attributes:
        columns: Their names, in order.
        rows: A value for each column: text, number, truth value, null, or, in columns of
            details, a list or an object.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_dicts())

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each row by the names of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_json(self, *, indent: int | None = 1) -> str:
        """A JSON list of objects; bytes are hexadecimal digits, as SQLite writes them in quotes.

        >>> Table(("a",), ((b"no",),)).to_json(indent=None)
        '[{"a": "6e6f"}]'
        """
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=indent, default=bytes.hex)

    def to_csv(self) -> str:
        """CSV with a line of names; lists and objects are JSON, bytes as there, null is empty.

        >>> print(Table(("a", "b"), ((1, ["x"]), (None, []))).to_csv(), end="")
        a,b
        1,"[""x""]"
        ,[]
        """
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_written(value) for value in row] for row in self.rows)
        return stream.getvalue()

    def to_arrow(self) -> "pyarrow.Table":
        """The same for Arrow; lists and objects are JSON text there.

        Raises:
            ImportError: pyarrow is not installed; ``pip install 'onrecord[arrow]'`` does it.
        """
        import pyarrow

        return pyarrow.table(
            {
                name: pyarrow.array([_cell(row[number]) for row in self.rows])
                for number, name in enumerate(self.columns)
            }
        )

    def to_parquet(self) -> bytes:
        """The same as the bytes of a Parquet file.

        Raises:
            ImportError: pyarrow is not installed.
        """
        from pyarrow import parquet

        stream = io.BytesIO()
        parquet.write_table(self.to_arrow(), stream)
        return stream.getvalue()

    def to_pandas(self) -> "pandas.DataFrame":
        """The same for pandas.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas as pd

        return pd.DataFrame(self.to_dicts(), columns=list(self.columns))

    def to_polars(self) -> "polars.DataFrame":
        """The same for polars; lists and objects are JSON text there.

        Raises:
            ImportError: polars is not installed.
        """
        import polars as pl

        plain = {
            name: [_cell(row[number]) for row in self.rows]
            for number, name in enumerate(self.columns)
        }
        return pl.DataFrame(plain, strict=False)


def table_of(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    """A table of rows that are given by name; what a row lacks is null.

    >>> table_of(("a", "b"), [{"b": 1}]).rows
    ((None, 1),)
    """
    return Table(tuple(columns), tuple(tuple(row.get(name) for name in columns) for row in rows))


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _written(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else _cell(value)
