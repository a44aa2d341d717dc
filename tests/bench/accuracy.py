"""The accuracy gates: score the extractor, and fail below the floors in `floors.json`.

    python tests/bench/accuracy.py            exit 1 below a floor, or on other pages than it is of
    python tests/bench/accuracy.py --update   write what was reached as the new floors; it lowers
                                              none, unless --allow-regression is given too

The first gate is the project's own corpus, `tests/golden`: `pages` is how many there are, `right`
how many give all that their `expected.json` says, `f1` the mean word F1 of the pages with a text.
It always runs, and fails where the corpus is missing.

The second gate is the larger public sets, scored by the shared `tools/score.py` (FEEDMAKER_SHARED,
or `../shared` beside the project); without them it is skipped, with a line that says so. The model
was trained on these pages: their floors guard against loss and say little of unseen pages, which
`train.py --check` measures. Times are multiples of parsing alone in the same run, with the
allocator settings that keep the parser's memory; being noisy, they are printed and have no floor.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import statistics
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedmaker

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
from golden_cases import Case, extract_case, find_faults, load_cases  # noqa: E402 - needs the path

if TYPE_CHECKING:
    from types import ModuleType

SHARED = Path(os.environ.get("FEEDMAKER_SHARED") or TESTS.parents[1] / "shared")
FLOORS = Path(__file__).with_name("floors.json")
GOLDEN = "golden"
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


def words(text: str) -> Counter[str]:
    """Return the words of a text with their counts."""
    return Counter(re.findall(r"\w+", text.lower()))


def word_f1(got: str, want: str) -> float:
    """Return the F1 of the words of two texts, without regard to their order."""
    common = (words(got) & words(want)).total()
    return 2 * common / (words(got).total() + words(want).total())


def case_f1(case: Case) -> float:
    """Return the word F1 of a golden case; 0 where no story is found."""
    try:
        story = extract_case(case)
    except feedmaker.ExtractError:
        return 0.0
    return word_f1(story.text, " ".join(case.expected["text"]))


def measure_golden(cases: list[Case]) -> dict[str, float]:
    """Return the figures of the project's own corpus."""
    return {
        "pages": len(cases),
        "right": sum(not find_faults(case) for case in cases),
        "f1": round(statistics.fmean(case_f1(c) for c in cases if "text" in c.expected), 4),
    }


def scorer() -> ModuleType:
    """Return the shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def digest(cases: list[Any]) -> str:
    """Return one number for the pages and their gold: floors hold for these and no others."""
    whole = hashlib.sha256()
    for case in cases:
        whole.update(case.name.encode() + hashlib.sha256(case.html).digest() + case.text.encode())
    return whole.hexdigest()[:16]


def measure_public(score: ModuleType, *, speed: bool) -> dict[str, Any]:
    """Return the figures of each public set, and print them as they come."""
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


def below(reached: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Return a line for each figure of a measured set that is below its floor, and for each set
    that is not the one its floors are of.
    """
    lines = []
    for group, got in reached.items():
        floor = floors.get(group)
        if floor is None or got.get("digest") != floor.get("digest"):
            lines.append(
                f"{group}: other pages than the floors are of; look at the figures, then --update"
            )
            continue
        lines += [
            f"{group}: {name} is {got[name]}, its floor is {least}"
            for name, least in floor.items()
            if name != "digest" and got[name] < least - ROOM
        ]
    return lines


def raised(reached: dict[str, Any], floors: dict[str, Any]) -> dict[str, Any]:
    """Return the floors with the figures that are higher now."""
    new = dict(floors)
    for group, got in reached.items():
        old = floors.get(group, {})
        if old.get("digest") != got.get("digest"):
            new[group] = got
            continue
        new[group] = {
            name: value if name == "digest" else max(value, old.get(name, value))
            for name, value in got.items()
        }
    return new


def main(argv: list[str] | None = None) -> int:
    """Command line; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write the figures as floors")
    parser.add_argument(
        "--allow-regression", action="store_true", help="with --update: also lower ones"
    )
    parser.add_argument("--speed", action="store_true", help="time the public sets too")
    args = parser.parse_args(argv)
    if args.speed and "MALLOC_TRIM_THRESHOLD_" not in os.environ:
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ALLOCATOR)
    cases = load_cases()
    if not cases:
        print(f"the corpus is missing: there is no case in {TESTS / 'golden'}")
        return 1
    reached: dict[str, Any] = {GOLDEN: measure_golden(cases)}
    print(GOLDEN, json.dumps(reached[GOLDEN]), flush=True)
    if (SHARED / "tools" / "score.py").is_file():
        reached |= measure_public(scorer(), speed=args.speed)
    else:
        print("the second gate is skipped: no public sets here (set FEEDMAKER_SHARED)")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    problems = below(reached, floors)
    if args.update:
        if problems and not args.allow_regression:
            print("not written, some figures fell:", *problems, sep="\n  ")
            return 1
        new = floors | reached if args.allow_regression else raised(reached, floors)
        FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
        return 0
    for line in problems:
        print(line)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
