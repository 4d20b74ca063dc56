"""The tables of a lake for SQL, in DuckDB: a view for each, with the month as a column.

A view names the files of the shards that are finished when it is made, and gives each
document once. Links across documents have views too, once they were looked for.
"""

import importlib.resources
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError, LakeError
from onrecord.lake.link_tables import LINK_TABLES, link_fields, link_files
from onrecord.lake.shard_files import REFUSALS, VECTORS
from onrecord.records import Rejection, Run
from onrecord.schema.arrow_schemas import fields_arrow_schema, record_arrow_schema
from onrecord.schema.fields import Field, table_fields, tables
from onrecord.store.sql import Answer

if TYPE_CHECKING:
    import duckdb
    import pyarrow

    from onrecord.lake.lakes import Lake
    from onrecord.lake.shards import FinishedShard

_HOW = "DuckDB is not installed; install what is missing with: pip install 'onrecord[lake]'"
_SHARD = "parse_filename(filename, true)"
# Documents that stand in more than one shard, with the shards in which they do not count.
_REPEATED = "repeated_documents"


@contextmanager
def opened_views(
    lake: "Lake", path: Path | None = None, *, only: AbstractSet[str] | None = None
) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection with views, in memory or in a file of DuckDB; closed at the end.

    Args:
        lake: The lake.
        path: The file, which is made; None for memory.
        only: The views that are wanted; None for all.

    Raises:
        LakeError: DuckDB is not installed, or a file of the lake is broken.
    """
    try:
        import duckdb
    except ImportError as error:
        raise LakeError(path=lake.url, problem=_HOW) from error
    connection = duckdb.connect(":memory:" if path is None else str(path))
    try:
        if not lake.folder.is_local:
            connection.register_filesystem(lake.folder.files)
        try:
            make_views(connection, lake, only=only)
        except duckdb.Error as error:
            raise LakeError(path=lake.url, problem=str(error)) from error
        yield connection
    finally:
        connection.close()


def write_views(lake: "Lake", path: Path) -> None:
    """Make a file of DuckDB with all views, in place of one that is there.

    Raises:
        LakeError: DuckDB is not installed, or a file of the lake is broken.
    """
    part = path.with_name(f".part-{path.name}")
    part.unlink(missing_ok=True)
    try:
        with opened_views(lake, part):
            pass
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def run_sql(lake: "Lake", query: str, *, timeout_s: float = 300.0, limit: int = 10_000) -> Answer:
    """Answer one query; nothing it says can change a file.

    Args:
        lake: The lake.
        query: One SELECT over the views.
        timeout_s: After how many seconds it is stopped.
        limit: The most rows that are given back.

    Raises:
        LakeError: DuckDB is not installed, or a file of the lake is broken.
        InputError: The query is faulty, would write, or takes too long.
    """
    with opened_views(lake) as connection:
        import duckdb

        clock = threading.Timer(timeout_s, connection.interrupt)
        try:
            _check(connection, query)
            clock.start()
            return _answered(connection.execute(query), limit)
        except duckdb.InterruptException as error:
            problem = f"it was stopped after {timeout_s:g} seconds; ask for less, or allow more"
            raise InputError(source="query", problem=problem) from error
        except duckdb.Error as error:
            raise InputError(source="query", problem=str(error)) from error
        finally:
            clock.cancel()


def _check(connection: "duckdb.DuckDBPyConnection", query: str) -> None:
    import duckdb

    statements = connection.extract_statements(query)
    if len(statements) != 1:
        raise InputError(source="query", problem="give one statement at a time")
    if statements[0].type not in {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}:
        raise InputError(source="query", problem="queries can read and nothing else; use SELECT")


def _answered(found: "duckdb.DuckDBPyConnection", limit: int) -> Answer:
    rows = found.fetchmany(limit + 1)
    columns = tuple(column[0] for column in found.description or ())
    plain = [tuple(map(_plain, row)) for row in rows[:limit]]
    return Answer(columns=columns, rows=plain, is_cut=len(rows) > limit)


def _plain(value: Any) -> Any:
    """A value as JSON has it; days and the like become text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return str(value)


def make_views(
    connection: "duckdb.DuckDBPyConnection", lake: "Lake", *, only: AbstractSet[str] | None = None
) -> None:
    """The views of a lake, and the small tables that they need."""
    finished = lake.finished()
    files = _files_by_table(lake, finished.values())
    _make_repeated(connection, files["readings"])
    for view in _views(lake, files):
        if only is None or view.name in only:
            _make_view(connection, view)
    if only is None:
        _make_small(connection, lake, finished.values())
        named = importlib.resources.files("onrecord.lake") / "word_views.sql"
        connection.execute(named.read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a view shows.

    Attributes:
        name: Its name.
        files: Addresses of its files.
        fields: Its columns, for one without files.
        key: The column that names the document; None where rows are of none.
    """

    name: str
    files: Sequence[str]
    fields: Sequence[Field] = ()
    key: str | None = None


def _views(lake: "Lake", files: Mapping[str, Sequence[str]]) -> Iterator[_View]:
    for name, record in tables().items():
        if name != "runs":
            key = "id" if name == "documents" else "document"
            own = files.get(name, ())
            yield _View(name=name, files=own, fields=table_fields(record), key=key)
    yield _View(name=REFUSALS, files=files.get(REFUSALS, ()), fields=table_fields(Rejection))
    if VECTORS in files:
        yield _View(name=VECTORS, files=files[VECTORS], key="document")
    for name in LINK_TABLES:
        yield _View(name=name, files=link_files(lake, name), fields=link_fields(name))


def _files_by_table(lake: "Lake", shards: "Iterable[FinishedShard]") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"readings": []}
    for shard in shards:
        for file in shard.files:
            found.setdefault(file.table, []).append(lake.folder.address(file.path))
    return found


def _make_repeated(connection: "duckdb.DuckDBPyConnection", files: Sequence[str]) -> None:
    connection.execute(f"CREATE TABLE {_REPEATED} (document VARCHAR, shard VARCHAR)")
    if files:
        connection.execute(
            f"INSERT INTO {_REPEATED} SELECT document, {_SHARD}"  # noqa: S608 - paths are quoted
            f" FROM {_scan(files, filename=True)}"
            f" QUALIFY row_number() OVER (PARTITION BY document ORDER BY {_SHARD}) > 1"
        )


def _make_view(connection: "duckdb.DuckDBPyConnection", view: _View) -> None:
    if view.files:
        body = _something(connection, view.files, view.key)
    else:
        schema = fields_arrow_schema(view.fields)
        body = _nothing(connection, schema, has_month=view.key is not None)
    connection.execute(f'CREATE VIEW "{view.name}" AS {body}')


def _something(
    connection: "duckdb.DuckDBPyConnection", files: Sequence[str], key: str | None
) -> str:
    has_repeated = connection.execute(f"FROM {_REPEATED} LIMIT 1").fetchall()
    if key is None or not has_repeated:
        return f"SELECT * FROM {_scan(files)}"  # noqa: S608 - paths are quoted
    return (
        f"SELECT * EXCLUDE (filename) FROM {_scan(files, filename=True)} AS own"  # noqa: S608
        f" WHERE NOT EXISTS (SELECT 1 FROM {_REPEATED} AS r"
        f" WHERE r.document = own.{key} AND r.shard = {_SHARD})"
    )


def _nothing(
    connection: "duckdb.DuckDBPyConnection", schema: "pyarrow.Schema", *, has_month: bool
) -> str:
    """A query without rows that has the columns of a table."""
    empty = connection.from_arrow(schema.empty_table())
    types = dict(zip(empty.columns, empty.types, strict=True))
    columns = [f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in types.items()]
    if has_month:
        columns.append("CAST(NULL AS VARCHAR) AS month")
    return f"SELECT {', '.join(columns)} WHERE false"


def _scan(files: Sequence[str], *, filename: bool = False) -> str:
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    more = ", filename = true" if filename else ""
    has_month = "/month=" in files[0]
    month = ", hive_partitioning = true, hive_types = {'month': VARCHAR}" if has_month else ""
    return f"read_parquet([{listed}]{month}{more})"


def _make_small(
    connection: "duckdb.DuckDBPyConnection", lake: "Lake", shards: "Iterable[FinishedShard]"
) -> None:
    """The run, the shards that are finished, and those that were given up, as tables."""
    import pyarrow

    from onrecord.export.table_rows import row_values

    done: list[Mapping[str, Any]] = [
        {
            "id": shard.id,
            "sources": [piece.source for piece in shard.pieces],
            "n_documents": shard.n_documents,
            "n_refused": shard.n_refused,
            "n_chars": shard.n_chars,
            "n_bytes": sum(file.n_bytes for file in shard.files),
            "seconds": shard.seconds,
            "tries": shard.tries,
        }
        for shard in shards
    ]
    failed: list[Mapping[str, Any]] = [
        {"id": one.id, "sources": [p.source for p in one.pieces], "reason": one.reason,
         "tries": one.tries}
        for one in lake.failed().values()
    ]  # fmt: skip
    text, number = pyarrow.string(), pyarrow.int64()
    ends = {"id": text, "sources": pyarrow.list_(text)}
    counts = dict.fromkeys(("n_documents", "n_refused", "n_chars", "n_bytes"), number)
    columns = {**ends, **counts, "seconds": pyarrow.float64(), "tries": number}
    given = {
        "runs": pyarrow.Table.from_pylist([row_values(lake.run)], record_arrow_schema(Run)),
        "shards": pyarrow.Table.from_pylist(done, pyarrow.schema(columns)),
        "failed_shards": pyarrow.Table.from_pylist(
            failed, pyarrow.schema({**ends, "reason": text, "tries": number})
        ),
    }
    for name, rows in given.items():
        connection.register("given", rows)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
        connection.unregister("given")
