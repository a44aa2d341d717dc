"""JSON Schemas of the configuration files, which editors complete and explain keys with."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from feedmaker.model import Settings, Site

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import TypeAdapter

SCHEMAS: dict[str, type] = {
    "feedmaker.schema.json": Settings,
    "site.schema.json": Site,
}


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what pydantic knows of a type; making it takes longer than using it."""
    from pydantic import TypeAdapter  # 35 ms, and a configuration that was right before needs none

    return TypeAdapter(kind)


def schema_text(kind: type) -> str:
    """Return the JSON Schema (draft 2020-12) of the file that is read into `kind`.

    The same types give the same text.
    """
    schema = adapter(kind).json_schema()
    for table in (schema, *schema["$defs"].values()):
        for key in table["properties"].values():
            key.pop("title", None)  # pydantic's, the key once more
    if kind is Site:
        del schema["properties"]["slug"]
        schema["required"].remove("slug")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return (
        json.dumps(
            dialect | schema,
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


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
