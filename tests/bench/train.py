"""Train the model that says which blocks of a page are its story, and write
`feedmaker/article/body/weights.py`.

    python tests/bench/train.py            cross-validate by host, then train on everything and write the weights
    python tests/bench/train.py --check    cross-validate only

It needs the development pages (`FEEDMAKER_SHARED`, or `../shared` beside the project) and, which
feedmaker itself does not, numpy, lightgbm and rapidfuzz. The label of a block is the share of its
words that a longest common subsequence of the page's words and the gold's matches. Of the pages
with snippets only those blocks have a label in which a snippet stands that must, or must not, be in
the story. Pages of one host are always in one part, so that each page is judged by a model that has
seen none of its host. What is printed counts the words of blocks, and of snippets the blocks with
one, before the pages' rules of `body`.
"""

from __future__ import annotations

import argparse
import bisect
import gzip
import hashlib
import importlib.util
import json
import math
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from rapidfuzz.distance import LCSseq
from selectolax.lexbor import LexborHTMLParser

from feedmaker.article.about import read_metadata
from feedmaker.article.body import classifier
from feedmaker.html.blocks import Block, read_blocks
from feedmaker.model import Rules
from feedmaker.text.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from golden_cases import load_cases  # noqa: E402 - needs the path

SHARED = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
WEIGHTS = ROOT / "feedmaker" / "article" / "body" / "weights.py"
SETS = {
    "arabic": 6.0,
    "news": 3.0,
    "wcxb": 1.0,
}  # what a page of each set counts for: there are few Arabic ones
SNIPPETS = "snippets"
GOLDEN = "golden"  # the project's own small pages, of kinds that are rare in the sets
SNIPPET = 80.0  # what a block with a snippet counts for; a page of `wcxb` counts for 1,000
PARTS, SPLITS = 5, 3  # of the hosts, for cross-validation
TREES = 130
GROUP = 10  # trees added up in one call
SETTINGS = {
    "objective": "binary", "learning_rate": 0.2, "num_leaves": 8, "min_data_in_leaf": 200, "feature_fraction": 0.5,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "max_bin": 63, "num_threads": 1,
    "verbose": -1, "seed": 1,
}  # fmt: skip


@dataclass
class Page:
    """A page as the model sees it: for each block its words, its label, and its row or the block
    that stands for it.
    """

    group: str
    host: str
    weight: float
    gold: Counter[str]
    optional: list[Counter[str]]
    words: list[list[str]]
    rows: list[Any]
    asked: list[Any]  # as when picking: fewer blocks are asked about
    labels: list[float]
    free: list[bool] = field(default_factory=list)  # lines that may be kept or dropped

    @property
    def has_snippets(self) -> bool:
        """Whether only some blocks have a label, by the snippets in them."""
        return self.group == SNIPPETS


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{SHARED}: no tools/score.py there; set FEEDMAKER_SHARED")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def words(text: str) -> list[str]:
    """The words of a text as the scorer counts them."""
    return re.findall(r"\w+", text.replace("\xad", "").lower())


def matched(blocks: list[list[str]], gold: list[str]) -> list[float]:
    """The share of each block's words that stand in the gold, in order."""
    numbers: dict[str, int] = {}
    sequence = [numbers.setdefault(word, len(numbers)) for block in blocks for word in block]
    owner = [at for at, block in enumerate(blocks) for _ in block]
    hits = Counter(
        owner[place]
        for step in LCSseq.opcodes(sequence, [numbers.get(word, -1) for word in gold])
        if step.tag == "equal"
        for place in range(step.src_start, step.src_end)
    )
    return [hits[at] / len(block) if block else 0.0 for at, block in enumerate(blocks)]


def pages() -> Iterator[Page]:
    """All development pages."""
    score = scorer()
    publishers: dict[str, str] = {}
    for group, weight in SETS.items():
        for case in score.cases(group):
            tree = LexborHTMLParser(decode(case.html)[0])
            if tree.body is None:
                continue
            about = read_metadata(
                tree, case.url, rules=Rules(), language=None, timezone="UTC", now=None
            )
            page = read_blocks(tree.body)
            blocks = [words(block.text) for block in page.blocks]
            publisher = site(case.url or case.name)
            if group == "news":  # a publisher may have had several domains
                publisher = publishers.setdefault(case.name.split("-V")[0], publisher)
            free = (
                matched(blocks, words("\n".join(case.optional)))
                if case.optional
                else [0.0] * len(blocks)
            )
            yield Page(
                group=group,
                host=publisher,
                weight=weight * case.weight,
                gold=Counter(words(case.text)),
                optional=[Counter(words(line)) for line in case.optional],
                words=blocks,
                rows=plain_rows(classifier.classify_blocks(page, about, training=True)),
                asked=plain_rows(classifier.classify_blocks(page, about)),
                labels=matched(blocks, words(case.text)),
                free=[
                    share > 0.7 or _untold(group, block)
                    for share, block in zip(free, page.blocks, strict=True)
                ],
            )


def golden_pages() -> Iterator[Page]:
    """The golden cases that state a text."""
    for case in load_cases():
        tree = LexborHTMLParser(decode(case.page)[0])
        if "text" not in case.expected or tree.body is None:
            continue
        about = read_metadata(
            tree, case.expected["url"], rules=Rules(), language=None, timezone="UTC", now=None
        )
        page = read_blocks(tree.body)
        blocks = [words(block.text) for block in page.blocks]
        text = words("\n".join(case.expected["text"]))
        yield Page(
            group=GOLDEN,
            host=GOLDEN,
            weight=0.5,
            gold=Counter(text),
            optional=[],
            words=blocks,
            rows=plain_rows(classifier.classify_blocks(page, about, training=True)),
            asked=plain_rows(classifier.classify_blocks(page, about)),
            labels=matched(blocks, text),
            free=[False] * len(blocks),
        )


def snippet_pages() -> Iterator[Page]:
    """The development pages with snippets, each of which labels the blocks it stands in."""
    root = SHARED / "data" / SNIPPETS
    for stated in json.loads((root / "snippets.json").read_text(encoding="utf-8")):
        html = gzip.decompress((root / "html" / f"{stated['id']}.html.gz").read_bytes())
        tree = LexborHTMLParser(decode(html)[0])
        if tree.body is None:
            continue
        about = read_metadata(
            tree, stated["url"], rules=Rules(), language=None, timezone="UTC", now=None
        )
        page = read_blocks(tree.body)
        labels = snippet_labels(page.blocks, stated)
        rows = plain_rows(classifier.classify_blocks(page, about, training=True))
        yield Page(
            group=SNIPPETS,
            host=site(stated["url"]),
            weight=1.0,
            gold=Counter(),
            optional=[],
            words=[words(block.text) for block in page.blocks],
            rows=rows,
            asked=plain_rows(classifier.classify_blocks(page, about)),
            labels=[labels.get(at, 0.5) for at in range(len(page.blocks))],
            free=[at not in labels for at in range(len(page.blocks))],
        )


def snippet_labels(blocks: list[Block], stated: dict[str, Any]) -> dict[int, float]:
    """The label of each block in which a snippet stands, and stands nowhere else."""
    starts = [0]
    for block in blocks:
        starts.append(starts[-1] + block.chars + 1)
    whole = " ".join(block.text for block in blocks)
    labels: dict[int, float] = {}
    for name, label in (("with", 1.0), ("without", 0.0)):
        for snippet in stated[name]:
            text = " ".join(snippet.split())
            if text and whole.count(text) == 1:
                start = whole.index(text)
                first = bisect.bisect_right(starts, start) - 1
                last = bisect.bisect_right(starts, start + len(text) - 1) - 1
                labels.update(dict.fromkeys(range(first, last + 1), label))
    return labels


def site(url: str) -> str:
    """The registered domain of a page's address, about, behind that of an archive."""
    host = urlsplit(re.sub(r"^https?://web\.archive\.org/web/\d+/", "", url)).hostname or url
    parts = host.split(".")
    is_second = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) < 4
    return ".".join(parts[-3 if is_second else -2 :])


def _untold(group: str, block: Block) -> bool:
    """Whether the gold says nothing of a block: that of the news pages leaves out lists in their
    stories.
    """
    return (
        group == "news" and block.box.name in ("li", "dt", "dd") and 2 * block.linked < block.chars
    )


def plain_rows(verdicts: list[classifier.BlockScore]) -> list[Any]:
    """The row of each block, or the index of the block that stands for it; None for neither."""
    rows: list[Any] = []
    for index, verdict in enumerate(verdicts):
        if not verdict.row:
            rows.append(None)
        else:
            rows.append(verdict.row if verdict.first == index else verdict.first)
    return rows


def table(chosen: Iterable[Page]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, labels and weights of the makes of blocks that the model is asked about.

    Each page of a set counts the same, however long; in it each word does, and each block a little.
    A make of which half the words match says little.
    """
    rows, labels, weights = [], [], []
    for page in chosen:
        makes: dict[int, list[int]] = {}
        for at, row in enumerate(page.rows):
            if row is not None and not page.free[at]:
                makes.setdefault(at if isinstance(row, list) else row, []).append(at)
        whole = page.gold.total() + 50
        for first, blocks in makes.items():
            if not isinstance(page.rows[first], list):
                continue
            sizes = [len(page.words[at]) + 3 for at in blocks]
            label = sum(
                size * page.labels[at] for size, at in zip(sizes, blocks, strict=True)
            ) / sum(sizes)
            rows.append(page.rows[first])
            labels.append(float(label > 0.5))
            clear = 0.2 + 1.6 * abs(label - 0.5)
            share = 1000 * min(sum(sizes) / whole, 0.6)
            weights.append((SNIPPET if page.has_snippets else share) * clear * page.weight)
    return np.array(rows, dtype=np.float32), np.array(labels), np.array(weights)


def train(chosen: Iterable[Page]) -> lightgbm.Booster:
    """A model trained on these pages."""
    rows, labels, weights = table(chosen)
    return lightgbm.train(SETTINGS, lightgbm.Dataset(rows, labels, weight=weights), TREES)


def f1(page: Page, keep: list[bool]) -> float:
    """Word-multiset F1 of the kept blocks, optional lines apart, as the scorer counts it."""
    got: Counter[str] = Counter(
        word for block, kept in zip(page.words, keep, strict=True) if kept for word in block
    )
    for line in page.optional:
        got -= line & (got - page.gold)
    common = (got & page.gold).total()
    return (
        2 * common / (got.total() + page.gold.total())
        if common
        else float(not got and not page.gold)
    )


def verdicts(model: lightgbm.Booster, page: Page) -> list[bool]:
    """Which blocks of a page are kept."""
    asked = [at for at, row in enumerate(page.asked) if isinstance(row, list)]
    answers = (
        model.predict(np.array([page.asked[at] for at in asked], dtype=np.float32)) > 0.5
        if asked
        else []
    )
    said = dict(zip(asked, answers, strict=True))
    return [
        row is not None and bool(said[at if isinstance(row, list) else row])
        for at, row in enumerate(page.asked)
    ]


def cross_validate(chosen: list[Page]) -> dict[str, float]:
    """The mean F1 of each set, every page judged by a model that knows none of its host; the mean
    of several splits.
    """
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    snippets: Counter[tuple[bool, bool]] = Counter()  # whether wanted, whether kept
    for split in range(SPLITS):
        part = {
            page.host: int(hashlib.sha256(f"{split}{page.host}".encode()).hexdigest(), 16)
            for page in chosen
        }
        for number in range(PARTS):
            model = train(page for page in chosen if part[page.host] % PARTS != number)
            for page in chosen:
                if part[page.host] % PARTS != number:
                    continue
                keep = verdicts(model, page)
                if page.has_snippets:
                    told = [at for at, free in enumerate(page.free) if not free]
                    snippets.update((page.labels[at] > 0.5, keep[at]) for at in told)
                elif page.gold:
                    sums[page.group] += f1(page, keep) * page.weight
                    counts[page.group] += page.weight
    right = 2 * snippets[True, True]
    faults = snippets[True, False] + snippets[False, True]
    reached = {group: round(sums[group] / counts[group], 4) for group in SETS}
    return reached | {SNIPPETS: round(right / (right + faults), 4)}


HEAD = '''"""The trees of the block classifier, as `tests/bench/train.py` wrote them: change nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Group = tuple[Callable[[list[float]], float], float, float]

'''


def source(node: dict[str, Any]) -> str:
    """A tree of the trainer as a Python expression of the row `x`; nothing but numbers comes from
    it. Whole numbers are compared with whole ones.
    """
    if "leaf_value" in node:
        return f"({round(node['leaf_value'], 4)})"
    feature = int(node["split_feature"])
    threshold = float(f"{node['threshold']:.6g}")
    if classifier.FEATURE_NAMES[feature] not in classifier.FRACTIONS:
        threshold = math.floor(threshold)
    low, high = source(node["left_child"]), source(node["right_child"])
    return f"({low} if x[{feature}] <= {threshold} else {high})"


def written(names: Iterable[str], trees: list[str], ends: list[list[float]]) -> str:
    """The text of `weights.py`: `trees` as expressions, with the sums at which each group of them
    may be the last.
    """
    groups = [" + ".join(trees[at : at + GROUP]) for at in range(0, len(trees), GROUP)]
    lines = [
        f"    (lambda x: {group}, {low}, {high}),\n"
        for group, (low, high) in zip(groups, ends, strict=True)
    ]
    features = "".join(f'    "{name}",\n' for name in names)
    return f"{HEAD}FEATURES = (\n{features})\nGROUPS: tuple[Group, ...] = (\n{''.join(lines)})\n"


def stops(model: lightgbm.Booster, rows: np.ndarray, wrong: float = 0.00005) -> list[list[float]]:
    """For each group of trees the sums below and above which the verdict is known, but for this
    share of all rows.
    """
    final = model.predict(rows, raw_score=True)
    allowed = int(wrong * len(rows))
    found = []
    for trees in range(GROUP, model.num_trees(), GROUP):
        part = model.predict(rows, raw_score=True, num_iteration=trees)
        low, high = np.sort(part[final > 0])[allowed], np.sort(part[final <= 0])[-1 - allowed]
        found.append([round(min(float(low), -0.3), 3), round(max(float(high), 0.3), 3)])
    return [*found, [0.0, 0.0]]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    args = parser.parse_args()
    chosen = [*pages(), *golden_pages(), *snippet_pages()]
    print("cross-validated by host:", json.dumps(cross_validate(chosen)), flush=True)
    if args.check:
        return
    model = train(chosen)
    trees = [source(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    WEIGHTS.write_text(
        written(classifier.FEATURE_NAMES, trees, stops(model, table(chosen)[0])), encoding="ascii"
    )
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(trees)} trees, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
