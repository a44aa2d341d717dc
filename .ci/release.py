"""Make ready what a release needs, in the folder of the sources.

    python .ci/release.py TAG ADDRESS FOLDER

TAG is `v` and the version, ADDRESS where the repository is seen (https://...). Into FOLDER go
notes.md, what the changelog says of the version, and feedmaker-VERSION.cdx.json, the list of all
parts (CycloneDX). README.md gets absolute links: a package's page shows it alone.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LOCKED = re.compile(
    r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL
)
_LICENSED = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \| running \|$", re.MULTILINE)


def version() -> str:
    """The version that the sources have."""
    text = (ROOT / "feedmaker" / "_version.py").read_text("utf-8")
    (found,) = re.findall(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    return str(found)


def notes(changelog: str, number: str) -> str:
    """The part of the changelog on a version. Exits where there is none, or it has no date."""
    found = re.search(
        rf"^## {re.escape(number)}, (.+)\n((?:(?!## ).*\n?)*)", changelog, re.MULTILINE
    )
    if found is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", found[1]):
        sys.exit(f"CHANGELOG.md: no part is headed `## {number}, YEAR-MONTH-DAY`; give it its date")
    return found[2].strip() + "\n"


def absolute_links(readme: str, address: str, tag: str) -> str:
    """A README with links and pictures that lead to the repository."""
    pictures = re.compile(r"(!\[[^\]]*\]\()(?!https://)([^)#]+)(\))")
    links = re.compile(r"((?<!!)\[[^\]]*\]\()(?!https://)([^)]+)(\))")
    readme = pictures.sub(rf"\1{address}/raw/{tag}/\2\3", readme)
    return links.sub(rf"\1{address}/blob/{tag}/\2\3", readme)


def parts(lock: str, licences: str, number: str) -> dict[str, object]:
    """The bill of materials: what the package may bring along, as it was locked and tested."""
    licence_of = dict(_LICENSED.findall(licences))
    components = [
        {
            "type": "library",
            "name": name,
            "version": release,
            "purl": f"pkg:pypi/{name.lower()}@{release}",
            "licenses": [{"expression": licence_of[name].strip()}],
            "hashes": [
                {"alg": "SHA-256", "content": content}
                for content in sorted(re.findall(r"sha256:([0-9a-f]{64})", rest))
            ],
        }
        for name, release, rest in _LOCKED.findall(lock)
        if name in licence_of
    ]
    itself = {
        "type": "application",
        "name": "feedmaker",
        "version": number,
        "purl": f"pkg:pypi/feedmaker@{number}",
        "licenses": [{"expression": "MIT"}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": itself},
        "components": components,
    }


def main() -> None:
    """Exit with 1 where the tag is not that of the version, or the changelog has no date."""
    tag, address, folder = sys.argv[1:]
    number = version()
    if tag != f"v{number}":
        sys.exit(f"{tag}: feedmaker/_version.py says {number}")
    told = notes((ROOT / "CHANGELOG.md").read_text("utf-8"), number)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    bill = parts(lock, (ROOT / "LICENSES.md").read_text("utf-8"), number)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    (out / "notes.md").write_text(told, "utf-8")
    (out / f"feedmaker-{number}.cdx.json").write_text(json.dumps(bill, indent=1), "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(absolute_links(readme.read_text("utf-8"), address, tag), "utf-8")


if __name__ == "__main__":
    main()
