"""A lake in an object store: the same as on a disk, and nothing half-written after errors."""

import os
from collections.abc import Iterator

import pytest

from onrecord.errors import LakeError, LakeStorageError
from onrecord.lake import open_lake
from onrecord.lake.lakes import is_lake
from onrecord.lake.views import run_sql
from tests.export.made import RUN
from tests.lake.made import MadeVectors, new_lake, page, write

s3fs = pytest.importorskip("s3fs")
servers = pytest.importorskip("moto.server")
# Raised inside libraries that talk to object stores, about themselves.
pytestmark = [pytest.mark.network, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    server = servers.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "made",
        "AWS_SECRET_ACCESS_KEY": "made",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("news")
    yield "s3://news"
    server.stop()
    for name, value in before.items():
        os.environ.pop(name)
        if value is not None:
            os.environ[name] = value


def test_what_goes_in_comes_out(bucket: str) -> None:
    url = f"{bucket}/one"
    assert not is_lake(url)
    lake = new_lake(url)
    assert is_lake(url)
    finished = write(lake, "a", [(page(1), MadeVectors()), (page(2, "2024-06-01"), None)])
    again = open_lake(url, RUN)
    assert again.finished() == {finished.id: finished}
    (first, vectors), (second, none) = again.readings_with_vectors()
    assert [first, second] == [page(1), page(2, "2024-06-01")]
    assert vectors is not None
    assert none is None


def test_sql_reads_from_there(bucket: str) -> None:
    lake = new_lake(f"{bucket}/two")
    write(lake, "a", [page(1), page(2)])
    write(lake, "b", [page(2)])
    assert run_sql(lake, "SELECT count(*), min(month) FROM documents").rows == [(2, "2024-05")]


def test_a_bucket_that_is_not_there_is_told(bucket: str) -> None:
    with pytest.raises(LakeError, match="there is no lake"):
        open_lake("s3://elsewhere/lake")
    with pytest.raises(LakeStorageError, match="s3://elsewhere/lake"):
        new_lake("s3://elsewhere/lake")


def test_an_error_while_writing_leaves_the_shard_undone(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = new_lake(f"{bucket}/three")
    write_one = lake.folder.files.pipe_file
    calls = []

    def failing(path: str, data: bytes) -> object:
        calls.append(path)
        if len(calls) == 3:
            raise OSError("the store said SlowDown")
        return write_one(path, data)

    monkeypatch.setattr(lake.folder.files, "pipe_file", failing)
    with pytest.raises(LakeStorageError, match="SlowDown") as caught:
        write(lake, "a", [page(1)])
    assert caught.value.can_retry
    assert lake.finished() == {}
    assert list(lake.readings()) == []
    write(lake, "a", [page(1)])
    assert list(lake.readings()) == [page(1)]
