"""JSON Schema (draft 2020-12) of the configuration files, made from the types they are read into.

Editors that know the `#:schema` comment (Taplo, Even Better TOML) complete and explain keys with
it.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from feedmaker.model import Settings, Site

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, type] = {"feedmaker.schema.json": Settings, "site.schema.json": Site}
_SIMPLE: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def text(kind: type) -> str:
    """The schema of the file that is read into `kind`, as JSON; the same types give the same text."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.__name__,
        **_table(kind),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write the schemas into a configuration folder; return the files that were not as they are
    now.
    """
    written = []
    for name, kind in FILES.items():
        path, new = folder / name, text(kind)
        if not path.exists() or path.read_text("utf-8") != new:
            path.write_text(new, "utf-8")
            written.append(path)
    return written


def _table(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    own = [field for field in fields(kind) if (kind, field.name) != (Site, "slug")]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "additionalProperties": False,
        "required": [f.name for f in own if f.default is MISSING and f.default_factory is MISSING],
        "properties": {
            f.name: {"description": f.metadata["doc"], **_type(hints[f.name]), **_default(f)}
            for f in own
        },
    }


def _type(hint: Any) -> dict[str, Any]:
    """The schema of a type; the `doc` of its key wins over a table's own description."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return {name: value for name, value in _table(hint).items() if name != "description"}
    if origin is tuple:
        return {
            "type": "array",
            "items": _table(inner[0]) if is_dataclass(inner[0]) else _type(inner[0]),
        }
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(inner[1])}
    if origin is Literal:
        return {"enum": list(inner)}
    if isinstance(hint, UnionType):
        return {"anyOf": [_type(one) for one in inner if one is not type(None)]}
    return {"type": _SIMPLE[hint]}


def _default(field: Any) -> dict[str, Any]:
    if field.default is MISSING or field.default in ("", ()):
        return {}
    return {"default": list(field.default) if isinstance(field.default, tuple) else field.default}
