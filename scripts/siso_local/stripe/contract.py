"""The contract, read from the SDK: every operation of stripe-python and the parameters it takes.

The SDK is generated from Stripe's specification. Its ``*_service.py`` files name verb, path and parameter type of each
operation (read by AST, without importing); the parameter types are ``TypedDict`` classes (resolved by ``typing``) and
become plain JSON nodes:

    {"kind": "object", "fields": {name: node}, "required": [name]} · {"kind": "array", "item": node} ·
    {"kind": "map", "item": node} · {"kind": "union", "options": [node]} · {"kind": "enum", "values": [text]} ·
    {"kind": "integer" | "boolean" | "number" | "string" | "any"}

The result is cached in the state folder, one file per SDK version and set of operations.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import stripe
import typing_extensions
from stripe._request_options import RequestOptions

Node = dict[str, Any]
OPTION_TYPES: dict[str, Any] = {"StripeContext": str, "Mapping": Mapping}
Operation = tuple[str, str]  # verb in capitals, path template as the SDK writes it


def sdk_operations() -> dict[Operation, tuple[str, str] | None]:
    """Every operation of the SDK with module and name of its parameter type, ``None`` where it takes none."""
    folder = Path(stripe.__file__).parent
    found: dict[Operation, tuple[str, str] | None] = {}
    for path in sorted(folder.rglob("*_service.py")):
        tree = ast.parse(path.read_text())
        modules = {
            alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("stripe.params")
            for alias in node.names
        }
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                operation = _operation(function)
                if operation:
                    name = _params_type(function)
                    found[operation] = (modules[name], name) if name in modules else None
    return found


def _operation(function: ast.FunctionDef) -> Operation | None:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "_request":
            verb, path = call.args[0], call.args[1]
            if isinstance(path, ast.Call) and isinstance(path.func, ast.Attribute):  # "…{id}…".format(id=…)
                path = path.func.value
            if isinstance(verb, ast.Constant) and isinstance(path, ast.Constant):
                return str(verb.value).upper(), str(path.value)
    return None


def _params_type(function: ast.FunctionDef) -> str:
    for argument in function.args.args:
        if argument.arg == "params" and argument.annotation:
            for part in ast.walk(argument.annotation):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    return part.value
    return ""


def node_for(annotation: Any) -> Node:
    """The node of one annotation. Unknown constructs become ``any``: the double then lets the value through."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    simple = {int: "integer", bool: "boolean", str: "string", float: "number", Decimal: "number"}
    if annotation in simple:
        return {"kind": simple[annotation]}
    if typing_extensions.is_typeddict(annotation):
        return _object(annotation)
    if origin in (typing.Literal, typing_extensions.Literal):
        return {"kind": "enum", "values": list(arguments)}
    if origin is list:
        return {"kind": "array", "item": node_for(arguments[0])}
    if origin is dict:
        return {"kind": "map", "item": node_for(arguments[1])}
    if origin in (typing.Union, types.UnionType):
        return _union([node_for(argument) for argument in arguments if "UntypedStripeObject" not in str(argument)])
    return {"kind": "any"}


def _union(options: list[Node]) -> Node:
    # The SDK writes an enum as `Literal[…] | str`, so that newer values stay typed. The API itself knows a closed list.
    # `Literal[''] | str` is the other case: a text that may be emptied.
    kinds = {option["kind"] for option in options}
    if kinds == {"enum", "string"}:
        values = [value for option in options for value in option.get("values", [])]
        return {"kind": "string"} if values == [""] else {"kind": "enum", "values": values}
    return options[0] if len(options) == 1 else {"kind": "union", "options": options}


def _object(cls: Any) -> Node:
    # The inherited request options name types of another module; they are dropped below, so any stand-in will do.
    hints = typing_extensions.get_type_hints(cls, localns=OPTION_TYPES)
    own = {name: hint for name, hint in hints.items() if not _is_option(cls, name)}
    required = sorted(name for name in cls.__required_keys__ if name in own)
    return {"kind": "object", "fields": {name: node_for(hint) for name, hint in own.items()}, "required": required}


def _is_option(cls: Any, name: str) -> bool:
    """Older parameter types inherit the SDK's request options (api_key …), which never travel as parameters."""
    inherits = RequestOptions in getattr(cls, "__orig_bases__", ())
    return inherits and name in RequestOptions.__annotations__


def build(implemented: set[Operation]) -> dict[str, Any]:
    operations = sdk_operations()
    schemas: dict[str, Node] = {}
    for operation in sorted(implemented):
        where = operations[operation]  # a KeyError here means: the SDK knows no such operation
        if where:
            schemas[" ".join(operation)] = node_for(getattr(importlib.import_module(where[0]), where[1]))
        else:
            schemas[" ".join(operation)] = {"kind": "object", "fields": {}, "required": []}
    return {"operations": sorted(" ".join(operation) for operation in operations), "schemas": schemas}


def load(implemented: set[Operation], cache_folder: Path) -> dict[str, Any]:
    """The contract for these operations, from the cache where it is current."""
    source = Path(__file__).read_bytes()
    mark = hashlib.sha256(source + json.dumps(sorted(implemented)).encode()).hexdigest()[:12]
    cache = cache_folder / f"contract-{stripe.VERSION}-{mark}.json"
    if cache.exists():
        cached: dict[str, Any] = json.loads(cache.read_text())
        return cached
    built = build(implemented)
    cache_folder.mkdir(parents=True, exist_ok=True)
    temporary = cache.with_suffix(".new")
    temporary.write_text(json.dumps(built))
    temporary.replace(cache)
    return built
