"""The accuracy gate: score the development pages, time the extractor, and fail below the floors.

    python tests/bench/accuracy.py            exit 1 below a floor, or where the pages are not those of the floors
    python tests/bench/accuracy.py --update   write what was reached as the new floors; never lower ones, unless
                                              --allow-regression is given too

It counts with the shared `tools/score.py` (FEEDMAKER_SHARED, or `../shared` beside the project) and
says so and passes where that is not there. The model was trained on these pages, so these floors
guard against loss, and say little of unseen pages: `train.py --check` does. Times are multiples of
parsing alone in the same run, with the allocator settings that keep the parser's memory; being
noisy, they are printed and have no floor.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedmaker

if TYPE_CHECKING:
    from types import ModuleType

SHARED = Path(os.environ.get("FEEDMAKER_SHARED") or Path(__file__).resolve().parents[3] / "shared")
FLOORS = Path(__file__).with_name("floors.json")
SETS = ("arabic", "news", "wcxb")
# The figures with floors; `undated` is the share of pages without a date in the gold that were
# given none.
KEPT = ("f1", "precision", "recall", "with", "without", "title", "author", "date", "undated")
ROOM = 0.002  # what a figure may fall short of its floor by: less is one block of one page
ALLOCATOR = {
    "MALLOC_TRIM_THRESHOLD_": "268435456",
    "MALLOC_MMAP_THRESHOLD_": "268435456",
    "MALLOC_TOP_PAD_": "16777216",
}


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def digest(cases: list[Any]) -> str:
    """One number for the pages and their gold: floors hold for these and no others."""
    whole = hashlib.sha256()
    for case in cases:
        whole.update(case.name.encode() + hashlib.sha256(case.html).digest() + case.text.encode())
    return whole.hexdigest()[:16]


def below(reached: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """A line for each figure that is below its floor, and for each set that is not the one the
    floors are of.
    """
    lines = []
    for group, figures in floors.items():
        got = reached.get(group, {})
        if got.get("digest") != figures["digest"]:
            lines.append(
                f"{group}: other pages than the floors are of; look at the figures, then --update"
            )
            continue
        for name, floor in figures.items():
            if name != "digest" and got[name] < floor - ROOM:
                lines.append(f"{group}: {name} is {got[name]}, its floor is {floor}")
    return lines


def measured(score: ModuleType, *, speed: bool) -> dict[str, Any]:
    """The figures of each set, printed as they come."""
    reached: dict[str, Any] = {}
    for group in SETS:
        cases = list(score.cases(group))
        figures = score.summary(score.run(feedmaker.extract, cases))
        times = score.speed(feedmaker.extract, cases) if speed else {}
        print(group, json.dumps(figures | times), flush=True)
        if "dated_without_gold" in figures:
            figures["undated"] = round(1 - figures["dated_without_gold"], 4)
        reached[group] = {"digest": digest(cases)} | {
            name: figures[name] for name in KEPT if name in figures
        }
    return reached


def main(argv: list[str] | None = None) -> int:
    """Command line; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write the figures as floors")
    parser.add_argument(
        "--allow-regression", action="store_true", help="with --update: also lower ones"
    )
    parser.add_argument("--speed", action="store_true", help="time the extractor too")
    args = parser.parse_args(argv)
    if not (SHARED / "tools" / "score.py").is_file():
        print("skipped: no development pages here (set FEEDMAKER_SHARED to their folder)")
        return 0
    if args.speed and "MALLOC_TRIM_THRESHOLD_" not in os.environ:
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ALLOCATOR)
    reached = measured(scorer(), speed=args.speed)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    problems = below(reached, floors)
    if args.update:
        if problems and not args.allow_regression:
            print("not written, some figures fell:", *problems, sep="\n  ")
            return 1
        if not args.allow_regression:
            for group, figures in reached.items():
                old = floors.get(group, {})
                if old.get("digest") == figures["digest"]:
                    reached[group] = {
                        n: max(v, old.get(n, v)) if n != "digest" else v for n, v in figures.items()
                    }
        FLOORS.write_text(json.dumps(reached, indent=1) + "\n", encoding="utf-8")
        return 0
    for line in problems:
        print(line)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
