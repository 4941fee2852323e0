"""Parameters: from the wire to a checked dictionary, with Stripe's own error codes."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from siso_local.stripe.errors import StripeError, invalid

_PART = re.compile(r"\[([^\[\]]*)\]")
MAX_METADATA_KEYS, MAX_KEY, MAX_VALUE = 50, 40, 500


def from_form(text: str) -> dict[str, Any]:
    """Stripe's nested form encoding: ``a[b]=1``, ``list[]=1`` and ``list[0]=1`` alike."""
    root: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        head, _, _ = key.partition("[")
        parts = [head, *_PART.findall(key[len(head) :])]
        here = root
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            name = str(len(here)) if part == "" else part
            if following is None:
                here[name] = value
            else:
                deeper = here.setdefault(name, {})
                if not isinstance(deeper, dict):
                    raise invalid(f"Invalid object: {key}", param=head)
                here = deeper
    return root


def from_json(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError as error:
        raise invalid("Invalid JSON in the request body.", "parameter_invalid_json") from error
    if not isinstance(parsed, dict):
        raise invalid("The request body must be a JSON object.", "parameter_invalid_json")
    return parsed


def check(node: dict[str, Any], value: Any, name: str, *, strict: bool) -> Any:
    """The value, checked and converted. ``strict`` (v2 bodies) expects JSON types; v1 sends everything as text."""
    kind = node["kind"]
    if value is None and strict:
        return None  # v2: null unsets a field
    if kind == "object":
        return _check_object(node, value, name, strict=strict)
    if kind == "array":
        return _check_array(node, value, name, strict=strict)
    if kind == "map":
        return _check_map(node, value, name, strict=strict)
    if kind == "union":
        return _check_union(node, value, name, strict=strict)
    if kind == "any":
        return value
    return _check_scalar(node, value, name, strict=strict)


def _check_object(node: dict[str, Any], value: Any, name: str, *, strict: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid("Invalid object", param=name or None)
    checked = {}
    for key, inner in value.items():
        path = f"{name}[{key}]" if name else key
        if key not in node["fields"]:
            raise invalid(f"Received unknown parameter: {path}", "parameter_unknown", path)
        checked[key] = check(node["fields"][key], inner, path, strict=strict)
    for key in node["required"]:
        if key not in value:
            path = f"{name}[{key}]" if name else key
            raise invalid(f"Missing required param: {path}.", "parameter_missing", path)
    return checked


def _check_array(node: dict[str, Any], value: Any, name: str, *, strict: bool) -> list[Any]:
    if isinstance(value, dict) and all(key.isdigit() for key in value):
        value = [value[key] for key in sorted(value, key=int)]  # from indexed form parameters
    if not isinstance(value, list):
        raise invalid("Invalid array", param=name)
    return [check(node["item"], item, f"{name}[{index}]", strict=strict) for index, item in enumerate(value)]


def _check_map(node: dict[str, Any], value: Any, name: str, *, strict: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid("Invalid object", param=name)
    if name == "metadata":
        if len(value) > MAX_METADATA_KEYS:
            raise invalid(f"Metadata can have at most {MAX_METADATA_KEYS} keys.", param=name)
        for key, text in value.items():
            if len(key) > MAX_KEY:
                raise invalid(f"Metadata keys must be at most {MAX_KEY} characters long.", param=f"metadata[{key}]")
            if len(str(text or "")) > MAX_VALUE:
                raise invalid(f"Metadata values can have up to {MAX_VALUE} characters.", param=f"metadata[{key}]")
            if text == "":
                continue
    loose = node["item"] if name != "metadata" else {"kind": "any"}
    return {key: check(loose, item, f"{name}[{key}]", strict=strict) for key, item in value.items()}


def _check_union(node: dict[str, Any], value: Any, name: str, *, strict: bool) -> Any:
    failure: StripeError | None = None
    for option in node["options"]:
        try:
            return check(option, value, name, strict=strict)
        except StripeError as error:
            # The complaint of the option that fits the value's shape is the helpful one.
            fits = isinstance(value, dict) == (option["kind"] in ("object", "map"))
            failure = error if failure is None or fits else failure
    assert failure is not None
    raise failure


def _check_scalar(node: dict[str, Any], value: Any, name: str, *, strict: bool) -> Any:
    kind = node["kind"]
    if isinstance(value, dict | list):
        raise invalid(f"Invalid {kind}: {name} must not be an object or a list.", param=name)
    if value == "" and not (kind == "enum" and "" in node["values"]):
        text = f"You passed an empty string for '{name}'. It cannot be unset: leave it out or give it a value."
        raise invalid(text, "parameter_invalid_empty", name)
    if kind == "integer":
        if strict and isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,18}", str(value)):
            raise invalid(f"Invalid integer: {value}", "parameter_invalid_integer", name)
        return int(value)
    if kind == "boolean":
        if isinstance(value, bool) or (not strict and value in ("true", "false")):
            return value in (True, "true")
        raise invalid(f"Invalid boolean: {value}", param=name)
    if kind == "enum":
        if value not in node["values"]:
            allowed = ", ".join(str(item) for item in node["values"] if item != "")
            raise invalid(f"Invalid {name}: must be one of {allowed}", param=name)
        return value
    if kind == "string" and not isinstance(value, str):
        raise invalid(f"Invalid string: {value}", "parameter_invalid_string", name)
    return value
