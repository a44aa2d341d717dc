"""Say what pip-audit found, and fail where it found anything.

    python audited.py FOUND.json WHAT_IT_SAID

Packages that could not be looked up are no fault of theirs: without PyPI none can.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Exit with 1 where a locked package has a known vulnerability."""
    found, said = map(Path, sys.argv[1:])
    try:
        packages = json.loads(found.read_text("utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        lines = said.read_text("utf-8").splitlines() if said.exists() else []
        print("skipped: the audit did not run:", *lines[-1:])
        return
    asked = [package for package in packages if "skip_reason" not in package]
    faults = [(package, known) for package in asked for known in package["vulns"]]
    for package, known in faults:
        mended = ", ".join(known["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {known['id']}, mended in {mended}")
    if asked:
        print(f"{len(asked)} of {len(packages)} packages looked up, {len(faults)} vulnerabilities")
    else:
        print("skipped: the advisories cannot be had")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
