"""How well doubt tells wrong lists of story links from right ones.

    python tests/bench/listing_doubts.py [--taken FILE] [--verbose]

It needs the development pages (`FEEDMAKER_SHARED`, or `../shared` beside the project). Each page is
judged as it is, and twice with the cards of its stories cut out in half of the blocks that hold
them. FILE adds lists that another finder takes: a JSON object of page names, each with the URLs.
What is printed is how many lists with an F1 under .8 are doubted (or are empty, which is told as an
error), and how many with more than .95. Pages without a story from which none is taken do not
count: they have no list to doubt.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.listing import candidates
from feedmaker.listing.link_doubts import Trust, judge_list
from feedmaker.listing.page_links import PageLinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from feedmaker.listing.link_scores import Candidate

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
WRONG, RIGHT = 0.8, 0.95  # F1
CUTS = 2  # of each page


@dataclass
class Judged:
    """A list with what it is worth and what was said of it."""

    name: str
    f1: float
    count: int
    trust: Trust

    @property
    def is_doubted(self) -> bool:
        """Whether a person is told that it may be wrong."""
        return not self.count or bool(self.trust.doubts)


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    path = SHARED / "tools" / "score.py"
    if not path.is_file():
        print(f"skipped: {path} is not there; set FEEDMAKER_SHARED")
        sys.exit(0)
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def lists(score: ModuleType, others: dict[str, list[str]]) -> Iterator[Judged]:
    """All lists that are judged."""
    for name, gold, html in score.listings():
        url = gold["url"]
        wanted = set(map(score.plain, gold["article_urls"]))
        free = [*gold.get("also_acceptable", []), *gold.get("optional", [])]
        optional = set(map(score.plain, free)) - wanted
        found = candidates.find(PageLinks(html, url), None)
        yield judge(score, name, found, wanted, optional)
        if name in others:
            take(found, {score.plain(one) for one in others[name]}, score)
            yield judge(score, f"{name} other", found, wanted, optional)
        for number in range(CUTS if wanted else 0):
            page = PageLinks(without_blocks(PageLinks(html, url), score, wanted, number), url)
            left = wanted & {score.plain(anchor.url) for anchor in page.anchors}
            found = candidates.find(page, None)
            yield judge(score, f"{name} cut {number}", found, left, optional)


def take(found: Iterable[Candidate], keys: set[str], score: ModuleType) -> None:
    """Let the links that another finder takes be the taken ones."""
    for one in found:
        if score.plain(one.url) in keys:
            one.drop = ""
        elif not one.drop:
            one.drop = "score"


def without_blocks(links: PageLinks, score: ModuleType, wanted: set[str], number: int) -> str:
    """The page without the cards of its stories in half of the blocks that hold them."""
    anchors = [anchor for anchor in links.anchors if score.plain(anchor.url) in wanted]
    owners = candidates.card_owners(links.anchors)
    blocks = defaultdict(dict)
    for anchor in anchors:
        card = candidates.find_card(anchor, owners)
        if card is not None:
            blocks[card.above][card.node.mem_id] = card.node
    chosen = list(blocks.values())
    random.Random(f"{links.url}{number}").shuffle(chosen)
    for cards in chosen[: (len(chosen) + 1) // 2]:
        for node in cards.values():
            node.decompose(recursive=True)
    return links.tree.html or ""


def judge(
    score: ModuleType, name: str, found: list[Candidate], wanted: set[str], optional: set[str]
) -> Judged:
    """Judge what was taken of a page, and compare it with the gold."""
    taken = {score.plain(one.url) for one in found if not one.drop} - optional
    right = len(taken & wanted)
    both = len(taken) + len(wanted)
    f1 = 2 * right / both if both else 1.0
    return Judged(name, f1, len(taken), judge_list(found))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--taken", type=Path, help="lists of another finder, as JSON")
    parser.add_argument("--verbose", action="store_true", help="print what is judged wrongly")
    args = parser.parse_args()
    others = json.loads(args.taken.read_text("utf-8")) if args.taken else {}
    judged = [one for one in lists(scorer(), others) if one.count or one.f1 < 1]
    wrong = [one for one in judged if one.f1 < WRONG]
    right = [one for one in judged if one.f1 > RIGHT]
    for title, some, is_told in (("under .8", wrong, True), ("over .95", right, False)):
        doubted = sum(one.is_doubted for one in some)
        print(f"F1 {title}: {doubted} of {len(some)} doubted ({doubted / max(1, len(some)):.3f})")
        for one in some if args.verbose else ():
            if one.is_doubted != is_told:
                said = ", ".join(doubt.code for doubt in one.trust.doubts)
                print(f"  {one.name}: F1 {one.f1:.2f}, {one.trust.confidence:.2f} {said}")


if __name__ == "__main__":
    main()
