"""The JSON Schemas of the configuration: committed, current, and saying what the types say."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields

import pytest
from conftest import ROOT

from feedmaker import schema
from feedmaker.model import Section, Settings, Site


@pytest.mark.parametrize("name", schema.FILES)
def test_the_committed_schema_is_current(name):
    """`feedmaker check --schema` writes it."""
    assert (ROOT / "config" / name).read_text("utf-8") == schema.text(schema.FILES[name])


def test_every_key_has_its_text_type_and_default():
    """What an editor shows."""
    site = json.loads(schema.text(Site))
    assert site["required"] == ["name", "home", "sections"]
    assert site["properties"]["language"] == {
        "description": "BCP 47; plain `ar` is what readers understand", "type": "string", "default": "ar",
    }  # fmt: skip
    section = site["properties"]["sections"]["items"]
    assert section["additionalProperties"] is False
    assert set(section["properties"]) == {field.name for field in fields(Section)}
    assert section["properties"]["formats"]["items"] == {"enum": ["atom", "rss", "json"]}
    assert (
        json.loads(schema.text(Settings))["properties"]["fetch"]["properties"]["delay"]["type"]
        == "number"
    )


def test_the_schema_takes_the_configurations_that_we_ship():
    """Each key of theirs is known to it, at its place."""

    def known(value, part):
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
        known(tomllib.loads(path.read_text("utf-8")), json.loads(schema.text(Site)))
