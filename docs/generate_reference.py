"""Writes what is derived from the code: the files in `schemas/` and in `docs/reference/`.

    python docs/generate_reference.py           write them
    python docs/generate_reference.py --check   exit with 1 and name those that are not current

What they say is written in the dataclasses, docstrings and commands, and changed there.
"""

# ruff: noqa: INP001, T201 - a script and no package; it tells its caller what it wrote

import ast
import dataclasses
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

import click

import onrecord
from onrecord import errors, schema
from onrecord.cli import main as command
from onrecord.config import Config
from onrecord.inputs.options import ReadOptions
from onrecord.records import Reading, Rejection
from onrecord.schema.fields import Field, fields_of, reached_from, summary

ROOT = Path(__file__).parents[1]
_NOTE = "<!-- Written by docs/generate_reference.py; change the code it is derived from. -->\n\n"
_SECTION = re.compile(r"^(Args|Attributes|Raises|Returns|Yields):$", re.MULTILINE)
_TYPES = {str: "text", int: "whole number", float: "number", bool: "yes or no", Mapping: "object"}


def generated_files() -> dict[str, str]:
    """All generated files by their path from the root of the project."""
    return {
        "schemas/record.schema.json": json.dumps(schema.json_schema(), indent=2) + "\n",
        "schemas/record.d.ts": schema.typescript_types(),
        "schemas/tables.sql": schema.sql_tables(),
        "schemas/arrow.txt": schema.arrow_text(),
        "docs/reference/records.md": records_page(),
        "docs/reference/errors.md": errors_page(),
        "docs/reference/settings.md": settings_page(),
        "docs/reference/command.md": command_page(),
        "docs/reference/python.md": python_page(),
    }


def records_page() -> str:
    """All records with their fields, and all enumerations with their values."""
    kinds = reached_from(Reading, Rejection, *schema.store_tables().values())
    enumerations = [kind for kind in kinds if issubclass(kind, Enum)]
    text = (
        "# Records\n\n"
        "Every kind of row and every field, as Python, JSON, Arrow, SQL and TypeScript have"
        " them. The printed JSON names the document and the run once and leaves both out of"
        " the rows; its spans also have the words, as `text`. A section that was not looked"
        " for is null in Python and an empty list in the printed JSON, which has no"
        " `problems`. The files in `schemas/` say the same to programs. Records after"
        " `Rejection` are rows of a [store](../guide/store.md), where a document is a number.\n"
    )
    for kind in kinds:
        if kind not in enumerations:
            head = ("field", "type", "what it is", "unit", "points to")
            rows = [_field_cells(field) for field in fields_of(kind)]
            text += f"\n## {kind.__name__}\n\n{_docstring(kind)[0]}\n\n{_table(head, rows)}"
    text += "\n# Enumerations\n"
    for kind in enumerations:
        body, sections = _docstring(kind)
        meanings = sections.get("Attributes", {})
        values = [
            f"- `{member.value}`: {meanings[member.name]}" if meanings else f"`{member.value}`"
            for member in kind
        ]
        shown = ("\n" if meanings else ", ").join(values)
        text += f"\n## {kind.__name__}\n\n{body}\n\n{shown}\n"
    return _NOTE + text


def _field_cells(field: Field) -> tuple[str, ...]:
    name = field.value_type.__name__
    kind = _TYPES.get(field.value_type, f"[{name}](#{name.lower()})")
    kind = f"list of {kind}" if field.is_list else kind
    pointed = ""
    if field.points_to:
        target = field.points_to.partition(".")[0].replace("_", "")
        pointed = f"[{field.points_to}](#{target})"
    return (
        f"`{field.name}`",
        f"{kind}, or null" if field.is_nullable else kind,
        field.description,
        field.unit or "",
        pointed,
    )


def errors_page() -> str:
    """All errors: what they mean and the facts that they carry."""
    doc = inspect.cleandoc(errors.__doc__ or "")
    text = f"# Errors\n\n{doc}\n"
    text += (
        "\nReasons for turning an article away are listed under"
        " [RejectionReason](records.md#rejectionreason).\n"
    )
    for kind in _errors():
        retry = "may help" if kind.can_retry else "does not help"
        text += f"\n## {kind.__name__}\n\n{summary(kind)} Trying again {retry}.\n"
        facts = _arguments(kind.__init__) if "__init__" in vars(kind) else []
        if facts:
            rows = [(f"`{name}`", f"`{hint}`") for name, hint, _ in facts]
            text += f"\n{_table(('fact', 'type'), rows)}"
    return _NOTE + text


def _errors() -> list[type[errors.OnRecordError]]:
    found = [kind for kind in vars(errors).values() if inspect.isclass(kind)]
    return [kind for kind in found if issubclass(kind, errors.OnRecordError)]


def settings_page() -> str:
    """The settings of a reader, and what is assumed and allowed while reading."""
    text = "# Settings\n"
    for kind in (Config, ReadOptions):
        body, sections = _docstring(kind)
        rows = [
            (f"`{field.name}`", f"`{hint}`", f"`{default}`", sections["Attributes"][field.name])
            for field, (_, hint, default) in zip(
                dataclasses.fields(kind), _class_arguments(kind), strict=True
            )
        ]
        head = ("setting", "type", "default", "what it does")
        text += f"\n## {kind.__name__}\n\n{body}\n\n{_table(head, rows)}"
    return _NOTE + text


def command_page() -> str:
    """Every command with its arguments and options."""
    doc = inspect.cleandoc(command.__doc__ or "")
    text = f"# The command\n\n{doc}\n\nEvery command also takes `-h` or `--help`.\n"
    for name, one in _commands("onrecord", command.commands):
        text += f"\n## `{name}`\n\n{inspect.cleandoc(one.help or '')}\n"
        rows = [_option_cells(option) for option in one.params]
        text += f"\n{_table(('argument or option', 'value', 'default', 'what it does'), rows)}"
    return _NOTE + text


def _commands(name: str, group: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, group
    if isinstance(group, click.Group):
        for own, inner in group.commands.items():
            yield from _commands(f"{name} {own}", inner)


def _option_cells(option: click.Parameter) -> tuple[str, ...]:
    is_flag = isinstance(option, click.Option) and option.is_flag
    if isinstance(option, click.Argument):
        return (f"`{option.metavar or option.name}`", "", "", "")
    shown = isinstance(option, click.Option) and option.show_default
    return (
        ", ".join(f"`{name}`" for name in option.opts),
        "" if is_flag else option.metavar or _value_text(option.type),
        f"`{option.default}`" if shown else "",
        getattr(option, "help", None) or "",
    )


def _value_text(kind: Any) -> str:
    if isinstance(kind, click.Choice):
        return ", ".join(f"`{choice}`" for choice in kind.choices)
    name = "number" if kind.name.startswith("float") else kind.name.replace("integer", "number")
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is None and most is None:
        return name
    limits = f"{least} or more" if most is None else f"{least} to {most}"
    return f"{name.removesuffix(' range')}, {limits}"


def python_page() -> str:
    """The public names of the package."""
    text = f"# Python\n\n{inspect.cleandoc(onrecord.__doc__ or '')}\n"
    for name in sorted(onrecord.__all__, key=str.lower):
        given = getattr(onrecord, name)
        text += f"\n## {name}\n\n"
        if not inspect.isclass(given):
            text += _callable_text(name, given)
            continue
        is_setting = given is Config
        body, sections = _docstring(given)
        text += f"{body}\n"
        if dataclasses.is_dataclass(given):
            page = "settings" if is_setting else "records"
            text += f"\nIts fields: [{name}]({page}.md#{name.lower()}).\n"
        else:
            text += f"\n{_callable_text(name, given.__init__)}"
        text += _sections_text({k: v for k, v in sections.items() if k != "Attributes"})
        for own, method in vars(given).items():
            if inspect.isfunction(method) and not own.startswith("_"):
                text += f"\n### {name}.{own}\n\n{_callable_text(own, method)}"
    return _NOTE + text


def _callable_text(name: str, function: Callable[..., Any]) -> str:
    node = _function(function)
    node.args.args = [argument for argument in node.args.args if argument.arg != "self"]
    returns = "" if function.__name__ == "__init__" else f" -> {_hint(node.returns)}"
    arguments = [f"    {line},\n" for line in _argument_lines(node.args)]
    signature = f"{name}(\n{''.join(arguments)}){returns}" if arguments else f"{name}(){returns}"
    body, sections = _docstring(function)
    return f"```python\n{signature}\n```\n\n{body}\n{_sections_text(sections)}"


def _argument_lines(arguments: ast.arguments) -> Iterator[str]:
    for group in (arguments.args, arguments.kwonlyargs):
        if group and group is arguments.kwonlyargs:
            yield "*"
        for argument in group:
            default = dict(_defaults(arguments)).get(argument.arg)
            shown = "" if default is None else f" = {ast.unparse(default)}"
            yield f"{argument.arg}: {_hint(argument.annotation)}{shown}"
    if arguments.kwarg:
        yield f"**{arguments.kwarg.arg}: {_hint(arguments.kwarg.annotation)}"


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    named = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    for argument, default in zip(named, arguments.defaults, strict=True):
        yield argument.arg, default
    for argument, maybe in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if maybe is not None:
            yield argument.arg, maybe


def _arguments(function: Callable[..., Any]) -> list[tuple[str, str, str]]:
    """Name, type and default of the keyword arguments of a function."""
    arguments = _function(function).args
    defaults = {name: ast.unparse(value) for name, value in _defaults(arguments)}
    return [(a.arg, _hint(a.annotation), defaults.get(a.arg, "")) for a in arguments.kwonlyargs]


def _class_arguments(kind: type) -> list[tuple[str, str, str]]:
    """Name, type and default of the fields of a dataclass, as they are written."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    fields = [f for f in getattr(node, "body", ()) if isinstance(f, ast.AnnAssign)]
    return [
        (ast.unparse(f.target), _hint(f.annotation), ast.unparse(f.value) if f.value else "")
        for f in fields
    ]


def _function(function: Callable[..., Any]) -> ast.FunctionDef:
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    if not isinstance(node, ast.FunctionDef):
        raise TypeError(f"{function} is no function")
    return node


def _hint(node: ast.expr | None) -> str:
    """A type as it is written, without the quotation marks of a forward reference."""
    return "" if node is None else ast.unparse(node).replace("'", "")


def _docstring(given: Any) -> tuple[str, dict[str, dict[str, str]]]:
    """The text of a docstring, and its sections with their entries; "" names a plain text."""
    parts = _SECTION.split(inspect.getdoc(given) or "")
    names, texts = parts[1::2], parts[2::2]
    body = re.sub(r"(?m)(?:^>>> .*\n?)(?:^\S.*\n?)*", _as_example, parts[0].strip())
    return body.replace("``", "`"), {
        name: _entries(text, has_names=name not in {"Returns", "Yields"})
        for name, text in zip(names, texts, strict=True)
    }


def _as_example(found: re.Match[str]) -> str:
    return f"```pycon\n{found[0].rstrip()}\n```"


def _entries(text: str, *, has_names: bool) -> dict[str, str]:
    text = textwrap.dedent(text.strip("\n")).replace("``", "`")
    if not has_names:
        return {"": " ".join(text.split())}
    found = re.findall(r"^(\w+): (.*(?:\n .*)*)", text, re.MULTILINE)
    return {name: " ".join(meaning.split()) for name, meaning in found}


def _sections_text(sections: Mapping[str, Mapping[str, str]]) -> str:
    text = ""
    for name, entries in sections.items():
        lines = [f"- `{own}`: {words}" if own else words for own, words in entries.items()]
        text += f"\n**{name}**\n\n" + "\n".join(lines) + "\n"
    return text


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
    )


def main() -> int:
    """Write the files, or with ``--check`` only name those that are not current."""
    stale = 0
    for name, content in generated_files().items():
        path = ROOT / name
        if path.exists() and path.read_text("utf-8") == content:
            continue
        stale += 1
        print(name)
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    return int(stale > 0 and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
