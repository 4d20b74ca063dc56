"""Whether `onrecord run` gives what `onrecord read` gives, whoever does the work, and how fast.

    python benchmarks/scale_out.py TEXTS... [--workers 1 2 3] [--ray] [--shard-mb 0.2]

Reads the texts one by one with `read`, then with `onrecord run` into a new lake for each number
of workers and, with `--ray`, on a Ray cluster of two nodes on this machine. Prints JSON: for
each way the number of documents, rows and refusals, a digest of all rows by id, whether the
digest is that of `read`, and documents a second (with the start of the workers, on the clock:
ratios within one run alone say something).
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import onrecord
from onrecord.export.records import reading_to_json
from onrecord.lake.lakes import open_lake
from onrecord.records import Reading


def digest_of(readings: Iterable[Reading]) -> dict[str, Any]:
    """Counts of documents and rows, and one digest over all, in order of document ids."""
    n_rows, digests = 0, {}
    for reading in readings:
        record = reading_to_json(reading)
        n_rows += sum(len(rows) for rows in record.values() if isinstance(rows, list))
        line = json.dumps(record, sort_keys=True, ensure_ascii=True)
        digests[reading.document.id] = hashlib.sha256(line.encode()).hexdigest()
    whole = hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()
    return {"documents": len(digests), "rows": n_rows, "digest": whole[:16]}


def read_all(texts: list[str]) -> dict[str, Any]:
    start = time.perf_counter()
    found = digest_of(one for one in onrecord.read_files(texts) if isinstance(one, Reading))
    return found | {"documents_per_s": round(found["documents"] / (time.perf_counter() - start), 2)}


def run_all(texts: list[str], lake: Path, *options: str, cwd: Path | None = None) -> dict[str, Any]:
    start = time.perf_counter()
    command = [sys.executable, "-m", "onrecord.cli.main", "run", *texts, "-o", str(lake), "--quiet"]
    done = subprocess.run(
        [*command, *options], check=False, capture_output=True, text=True, cwd=cwd
    )
    took = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"onrecord run {' '.join(options)}: {done.stderr[-2000:]}")
    opened = open_lake(str(lake))
    found = digest_of(opened.readings())
    shards = opened.finished().values()
    return found | {
        "refused": sum(shard.n_refused for shard in shards),
        "shards": len(shards),
        "documents_per_s": round(found["documents"] / took, 2),
    }


def ray_cluster() -> Any:
    """A Ray cluster of two nodes on this machine, of one core each."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    cluster.add_node(num_cpus=1)
    return cluster


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--shard-mb", default="0.2")
    given = parser.parse_args()
    texts = [str(Path(one).absolute()) if Path(one).exists() else one for one in given.texts]
    found = {"read": read_all(texts)}
    with tempfile.TemporaryDirectory() as folder:
        for workers in given.workers:
            options = ("--workers", str(workers), "--shard-mb", given.shard_mb)
            found[f"local {workers}"] = run_all(texts, Path(folder) / f"local-{workers}", *options)
        if given.ray:
            cluster = ray_cluster()
            try:
                options = ("--engine", "ray", "--address", cluster.address, "--workers", "2")
                options = (*options, "--shard-mb", given.shard_mb)
                found["ray 2 nodes"] = run_all(texts, Path(folder) / "ray", *options)
            finally:
                cluster.shutdown()
    for one in found.values():
        one["is_same"] = one["digest"] == found["read"]["digest"]
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
