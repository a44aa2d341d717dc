"""JSON Schemas of the configuration files, which editors complete and explain keys with."""

from __future__ import annotations

import inspect
import json
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from feedmaker.config.typed_tables import key_types
from feedmaker.model import Settings, Site

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS: dict[str, type] = {
    "feedmaker.schema.json": Settings,
    "site.schema.json": Site,
}
_JSON_NAMES = {str: "string", bool: "boolean", int: "integer", float: "number"}


def schema_text(kind: type) -> str:
    """Return the JSON Schema (draft 2020-12) of the file that is read into `kind`.

    The same types give the same text.
    """
    inner = {one.__name__: one for one in _tables_in(kind)}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {name: _table_schema(inner[name]) for name in sorted(inner)},
        **_table_schema(kind),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tables_in(kind: type) -> list[Any]:
    """Return the types of the tables in a table, and of the lists of tables."""
    parts = ((hint, *get_args(hint)) for hint in key_types(kind).values())
    return [part for one in parts for part in one if is_dataclass(part)]


def _table_schema(kind: Any) -> dict[str, Any]:
    """Return what a table may hold; the slug of a site is its file's name."""
    types = key_types(kind)
    keys = {key.name: key for key in fields(kind) if (kind, key.name) != (Site, "slug")}
    properties = {}
    for name, key in keys.items():
        schema = _type_schema(types[name]) | dict(key.metadata)
        if key.default is not MISSING:
            schema["default"] = key.default
        properties[name] = dict(sorted(schema.items()))
    schema = {
        "additionalProperties": False,
        "description": inspect.getdoc(kind),
        "properties": properties,
    }
    missing = (MISSING, MISSING)
    required = [name for name, key in keys.items() if (key.default, key.default_factory) == missing]
    if required:
        schema["required"] = required
    return schema | {"title": kind.__name__, "type": "object"}


def _type_schema(hint: Any) -> dict[str, Any]:
    """Return what a value of a type is."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": parts, "type": "string"}
    if origin is tuple:
        return {"items": _type_schema(parts[0]), "type": "array"}
    if origin is dict:
        return {"additionalProperties": _type_schema(parts[1]), "type": "object"}
    if is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}  # type: ignore[union-attr]
    return {"type": _JSON_NAMES[hint]}


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas into a configuration folder; return the files that have changed.

    Editors that know the `#:schema` comment (Taplo, Even Better TOML) complete and explain keys
    with them.
    """
    written = []
    for name, kind in SCHEMAS.items():
        path = folder / name
        text = schema_text(kind)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            written.append(path)
    return written
