"""Arrows point one way: which part of the package may import which."""

import sys

import pytest

from tests.contracts.modules import imports, layer, sources

# Everything may import errors and records, so they are left out below.
LINKERS = {"independence", "stories", "registry", "claims"}
ALLOWED = {
    "": {"config", "pipeline", "public"},
    "cli": {
        *("claims", "config", "encode", "entailment", "export", "feeds", "ingest", "inputs"),
        *("lake", "limits", "pipeline", "places", "public", "queries", "registry", "segment"),
        *("scale", "serve", "store", "versions"),
    },
    # Across documents: readings go into a store, and linkers write what they share.
    "serve": {"export", "feeds", "ingest", "limits", "queries", "schema", "store", "versions"},
    "ingest": {"encode", "failures", "feeds", "inputs", "pipeline", "store", *LINKERS},
    # Any number of inputs, in shards, by workers.
    "scale": {"config", "failures", "inputs", "lake", "pipeline"},
    # The same over folders of tables.
    "lake": {"claims", "encode", "export", "independence", "ingest", "schema", "store", "versions"},
    "feeds": {"inputs", "store", "versions"},
    "queries": {"registry", "store"},
    "claims": {"actors", "encode", "export", "quantities", "segment", "store"},
    "registry": {"actors", "store"},
    "stories": {"encode", "events", "export", "segment", "store"},
    "independence": {"encode", "segment", "store"},
    "store": {"export", "schema"},
    "entailment": {"encode"},
    "public": {"config", "failures", "inputs", "pipeline"},
    "failures": {"inputs", "pipeline"},
    "pipeline": {
        *("actors", "config", "encode", "entities", "events", "places", "quantities", "segment"),
        *("statements", "syntax", "times", "versions"),
    },
    "limits": {"actors", "inputs", "places", "quantities", "segment"},
    "entities": {"encode", "segment", "syntax"},
    "actors": {"segment"},
    "places": {"segment"},
    "times": {"segment"},
    "quantities": {"segment"},
    "statements": {"encode", "segment", "syntax"},
    "events": {"encode", "syntax"},
    "syntax": {"encode"},
    "encode": {"segment"},
    "inputs": {"segment", "versions"},
    "segment": set(),
    "export": {"schema"},
    "schema": set(),
    "config": set(),
    "versions": set(),
    "records": set(),
    "errors": set(),
}
BASE = {"errors", "records"}
# What finds things within a document; these never import each other.
STAGES = {"statements", "entities", "actors", "places", "times", "quantities", "events"}
# (module, part it imports all the same): why.
EXCEPTIONS = {
    ("onrecord.records.readings", "export"): "a notebook asks the reading itself for its view",
}


def _may_import(part: str) -> set[str]:
    if part == "errors":
        return set()
    if part == "records":
        return {"errors"}
    return ALLOWED[part] | BASE


def _arrows(module: str) -> set[str]:
    """Other parts of the package that a module imports from."""
    inside = {
        layer(name)
        for name in imports(module)
        if name == "onrecord" or name.startswith("onrecord.")
    }
    return inside - {layer(module)}


def test_linkers_never_import_linkers() -> None:
    for linker in LINKERS:
        assert not _may_import(linker) & (LINKERS - {linker})


def test_every_part_is_placed() -> None:
    parts = {layer(module) for module in sources()}
    assert parts == set(ALLOWED), "place new parts in ALLOWED, and take out those that are gone"


def test_the_plan_itself_has_no_circle() -> None:
    left = {part: _may_import(part) - {part} for part in ALLOWED}
    while left:
        free = {part for part, needs in left.items() if not needs & left.keys()}
        assert free, f"these import each other: {sorted(left)}"
        left = {part: needs for part, needs in left.items() if part not in free}


def test_stages_never_import_stages() -> None:
    for stage in STAGES & ALLOWED.keys():
        assert not _may_import(stage) & (STAGES - {stage})


@pytest.mark.parametrize("module", sources())
def test_arrows_point_one_way(module: str) -> None:
    arrows = {part for part in _arrows(module) if (module, part) not in EXCEPTIONS}
    assert arrows <= _may_import(layer(module))


def test_every_exception_is_needed_and_lazy() -> None:
    for module, part in EXCEPTIONS:
        assert part in _arrows(module)
        top = [node for node in sources()[module].body if hasattr(node, "module")]
        assert not any(layer(node.module or "") == part for node in top)


def test_nothing_imports_the_package_itself() -> None:
    for module in sources():
        assert "onrecord" not in set(imports(module)) - {module}, module


def test_records_need_the_standard_library_only() -> None:
    for module in sources():
        if layer(module) in {"records", "errors", "config", "segment", "versions", ""}:
            outside = {name.split(".")[0] for name in imports(module)} - {"onrecord"}
            assert outside <= sys.stdlib_module_names, module


def test_only_tables_and_their_schemas_know_arrow() -> None:
    users = {
        module
        for module in sources()
        if any(name.split(".")[0] == "pyarrow" for name in imports(module))
    }
    assert users == {
        *("onrecord.schema.arrow_schemas", "onrecord.export.tables"),
        *("onrecord.queries.tables", "onrecord.inputs.parquet_files"),
        *("onrecord.lake.parquets", "onrecord.lake.views", "onrecord.lake.link_plans"),
    }


def test_training_tools_are_not_imported() -> None:
    forbidden = {"torch", "transformers", "safetensors", "onnx", "training", "evaluation", "tests"}
    for module in sources():
        assert not forbidden & {name.split(".")[0] for name in imports(module)}, module
