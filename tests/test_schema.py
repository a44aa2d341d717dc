"""The JSON Schemas of the configuration: committed, current, and saying what the types say."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields

import pytest
from conftest import ROOT

from feedmaker import config
from feedmaker.model import Section, Settings, Site


def resolved(schema, part):
    """A part of a schema, or the definition that it refers to."""
    return schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part


@pytest.mark.parametrize("name", config.SCHEMAS)
def test_the_committed_schema_is_current(name):
    """`feedmaker check --schema` writes it."""
    assert (ROOT / "config" / name).read_text("utf-8") == config.schema_text(config.SCHEMAS[name])


def test_every_key_has_its_text_type_and_default():
    """What an editor shows."""
    site = json.loads(config.schema_text(Site))
    assert site["required"] == ["name", "home", "sections"]
    assert "slug" not in site["properties"]
    assert site["properties"]["language"] == {
        "description": "language tag (BCP 47); plain `ar` is what readers understand",
        "type": "string",
        "default": "ar",
        "examples": ["ar", "fa", "he", "en"],
        "pattern": "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$",
    }
    section = resolved(site, site["properties"]["sections"]["items"])
    assert section["additionalProperties"] is False
    assert set(section["properties"]) == {field.name for field in fields(Section)}
    assert section["properties"]["formats"]["items"]["enum"] == ["atom", "rss", "json"]
    settings = json.loads(config.schema_text(Settings))
    assert resolved(settings, settings["properties"]["fetch"])["properties"]["delay"] == {
        "description": "seconds between the starts of two requests to one host",
        "type": "number",
        "default": 0.5,
        "minimum": 0,
        "maximum": 3600,
    }


def test_every_key_of_the_schema_explains_itself():
    """No key and no table is without a description, and none takes keys that it does not name."""
    for kind in config.SCHEMAS.values():
        schema = json.loads(config.schema_text(kind))
        for table in (schema, *schema["$defs"].values()):
            assert table["additionalProperties"] is False
            assert all(key["description"] for key in table["properties"].values())


def test_the_schema_takes_the_configurations_that_we_ship():
    """Each key of theirs is known to it, at its place."""
    schema = json.loads(config.schema_text(Site))

    def known(value, part):
        part = resolved(schema, part)
        for key, inner in value.items():
            child = (
                part["properties"][key] if "properties" in part else part["additionalProperties"]
            )
            for one in inner if isinstance(inner, list) else [inner]:
                if isinstance(one, dict):
                    known(one, child.get("items", child))

    paths = [*ROOT.glob("config/sites/*.toml"), *ROOT.glob("feedmaker/demo/config/sites/*.toml")]
    assert paths
    for path in paths:
        known(tomllib.loads(path.read_text("utf-8")), schema)
