"""Train the weights that say which links of a listing are stories', and write
`feedmaker/listing/link_weights.py`.

    python tests/bench/train_links.py            cross-validate by site, then train on everything and write the weights
    python tests/bench/train_links.py --check    cross-validate only

It needs the development pages (`FEEDMAKER_SHARED`, or `../shared` beside the project) and, which
feedmaker itself does not, numpy. The model is a logistic regression of `link_scores.FEATURES` with
an L2 penalty. Each page counts by the root of its number of links. A part of each page's weight
goes to the page as it is without names, menus and `main`, so that the model does not lean on them.
Pages of one site are always in one part, so that each page is judged by a model that has seen none
of its site. What is printed is the mean F1 of the links that the finder takes with those weights,
as `score.py --links` counts it; of pages that are cut, of those that the model alone takes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import random
import statistics
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from feedmaker.listing import candidates, link_scores
from feedmaker.listing.page_links import PageLinks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("FEEDMAKER_SHARED") or ROOT.parent / "shared")
WEIGHTS = ROOT / "feedmaker" / "listing" / "link_weights.py"
PARTS, SPLITS = 7, 3  # of the sites, for cross-validation
PENALTY = 40.0
STEPS = 12  # of Newton's method
NAMELESS = 0.3  # of a page's weight, that goes to it without its parts
LEFT = (1, 4)  # stories that are left on pages that are cut
CUT = 0.08  # of a page's weight, that each of those has
TINY = 1e-6
FAR = 30.0  # log-odds, beyond which exp() tells nothing


MADE = 60  # small pages made by program
MADE_WEIGHT = 0.1
STYLES = (
    '<li><a href="{path}">{title}</a></li>',
    '<div class="post"><h3><a href="{path}">{title}</a></h3><p>A line of it.</p></div>',
    '<article><a href="{path}"><img src="/i.jpg"></a><h2><a href="{path}">{title}</a></h2></article>',
    '<tr><td><a href="{path}">{title}</a></td></tr>',
)
PARTS_BESIDE = (
    ("<aside><h3>Most popular</h3><ol>", "</ol></aside>"),
    ('<div class="sidebar"><h4>Most read</h4><ul>', "</ul></div>"),
    ('<aside class="side"><h4>الأكثر قراءة</h4><ul>', "</ul></aside>"),
    ('<div class="related-posts"><h4>اقرأ أيضا</h4><ul>', "</ul></div>"),
)
SECTIONS = ("politics", "sport", "world", "culture", "contact-us")
WORDS = [
    "council",
    "votes",
    "river",
    "bridge",
    "workers",
    "strike",
    "museum",
    "rooms",
    "farmers",
    "water",
    "summer",
    "school",
    "classes",
    "rail",
    "coast",
    "floods",
    "city",
    "trees",
    "bakers",
    "price",
    "bread",
    "cinema",
    "library",
    "doctors",
    "winter",
    "flu",
    "ferry",
    "lake",
    "mayor",
    "buses",
    "court",
    "maps",
    "team",
    "match",
    "poet",
    "hall",
    "toll",
    "weekends",
    "harbour",
    "new",
    "plan",
    "after",
]


@dataclass
class Page:
    """A page as the model sees it."""

    name: str
    site: str
    part: float  # of a page's weight
    keys: list[str]  # of its candidates, as the scorer compares URLs
    wanted: set[str]
    free: set[str]  # neither asked for nor held against the finder
    may_be: np.ndarray  # whether a candidate has a title and leads to a page
    rows: np.ndarray
    nameless: np.ndarray
    links: PageLinks | None  # of a real page as it is
    plain: Callable[[str], str]  # a URL as the scorer compares it


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{SHARED}: no tools/score.py there; set FEEDMAKER_SHARED")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def pages() -> Iterator[Page]:
    """All development pages that have links, whole and cut to few stories."""
    score = scorer()
    for name, gold, html in score.listings():
        wanted = set(map(score.plain, gold["article_urls"]))
        free = [*gold.get("also_acceptable", []), *gold.get("optional", [])]
        yield from read_page(score, name, gold["url"], html, wanted, set(map(score.plain, free)))
    for name, html, paths in made_pages():
        wanted = {f"made.example{path}" for path in paths}
        for page in read_page(score, name, "https://made.example/", html, wanted, set()):
            if page.part == 1:
                yield replace(page, part=MADE_WEIGHT, links=None)


def made_pages() -> Iterator[tuple[str, str, set[str]]]:
    """Small pages of a list and a poorer one beside it, with the paths of the first one's stories.

    What stands in a sidebar under a heading that says "most read", and the like, is left out.
    """
    for number in range(MADE):
        chance = random.Random(number)
        style = chance.choice(STYLES)
        stories = [story(chance, at) for at in range(chance.randint(6, 14))]
        main = "".join(style.format(path=path, title=title) for path, title in stories)
        others = [story(chance, 50 + at) for at in range(chance.randint(3, 5))]
        before, after = chance.choice(PARTS_BESIDE)
        beside = "".join(STYLES[0].format(path=path, title=title) for path, title in others)
        kind = chance.choice(("main", "div"))
        menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in SECTIONS)
        page = f"<nav><ul>{menu}</ul></nav><{kind}>{main}</{kind}>{before}{beside}{after}"
        yield f"made{number}", page, {path for path, _ in stories}


def story(chance: random.Random, at: int) -> tuple[str, str]:
    """The path and the title of a made story."""
    title = " ".join(chance.sample(WORDS, chance.randint(4, 9)))
    slug = "-".join(title.split()[: chance.randint(1, 6)])
    forms = (f"/news/{24000 + at}", f"/{slug}-{at}", f"/news/{10000 + at}-{slug}", f"/p/{slug}{at}")
    return forms[chance.randrange(2)] if at % 7 else forms[2], title


def read_page(
    score: ModuleType, name: str, url: str, html: bytes | str, wanted: set[str], free: set[str]
) -> Iterator[Page]:
    """A page as it is, then with all but a few of its stories' cards cut out."""
    for left in (0, *LEFT):
        links = PageLinks(html, url)
        keep = set(random.Random(f"{name}{left}").sample(sorted(wanted), min(left, len(wanted))))
        if left:
            if len(wanted) <= left:
                continue
            links = PageLinks(without_cards(links, score, (wanted | free) - keep), url)
        found = candidates.weigh(links)
        if not found:
            continue
        yield Page(
            name=f"{name} {left}" if left else name,
            site=name.split("-", maxsplit=1)[0].rstrip("0123456789"),
            part=CUT if left else 1.0,
            keys=[score.plain(one.url) for one in found],
            wanted=keep if left else wanted,
            free=free - wanted,
            may_be=np.array([one.drop not in ("url", "wordless") for one in found]),
            rows=np.array([one.row for one in found]),
            nameless=np.array([one.row for one in candidates.weigh(links, by_parts=False)]),
            links=None if left else links,
            plain=score.plain,
        )


def without_cards(links: PageLinks, score: ModuleType, cut: set[str]) -> str:
    """The page without the cards of some stories."""
    anchors = [anchor for anchor in links.anchors if score.plain(anchor.url) in cut]
    owners = candidates.card_owners(links.anchors)
    every = [candidates.find_card(anchor, owners) for anchor in anchors]
    boxes = {card.node.mem_id: card.node for card in every if card is not None}
    for node in boxes.values():
        node.decompose(recursive=True)
    return links.tree.html or ""


def train(chosen: Iterable[Page]) -> np.ndarray:
    """The weights of the features, and the bias, of a model trained on these pages."""
    rows, labels, weights = [], [], []
    for page in chosen:
        counts = page.may_be & np.array([key not in page.free for key in page.keys])
        size = counts.sum()
        if not size:
            continue
        label = np.array([float(key in page.wanted) for key in page.keys])[counts]
        for some, part in ((page.rows, 1.0), (page.nameless, NAMELESS)):
            rows.append(some[counts])
            labels.append(label)
            weights.append(np.full(size, 20 * page.part * part / np.sqrt(size)))
    return fit(np.concatenate(rows), np.concatenate(labels), np.concatenate(weights))


def fit(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Logistic regression of standardised features, by Newton's method."""
    mean, spread = rows.mean(0), rows.std(0) + TINY
    table = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    penalty = np.eye(table.shape[1]) * PENALTY
    penalty[-1, -1] = 0
    found = np.zeros(table.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-np.clip(table @ found, -FAR, FAR)))
        slope = table.T @ (weights * (told - labels)) + penalty @ found
        bend = (table * (weights * told * (1 - told) + TINY)[:, None]).T @ table + penalty
        found -= np.linalg.solve(bend, slope)
    scaled = found[:-1] / spread
    return np.r_[scaled, found[-1] - scaled @ mean]


def f1(page: Page, model: np.ndarray) -> float:
    """F1 of the links that the finder takes of a whole page with a model, or else the model alone."""
    taken = (page.rows @ model[:-1] + model[-1] > 0) & page.may_be
    found = {key for key, one in zip(page.keys, taken, strict=True) if one} - page.free
    if page.links is not None:
        link_scores.BIAS, link_scores.WEIGHTS = float(model[-1]), tuple(model[:-1])
        every = candidates.find(page.links, None)
        found = {page.plain(one.url) for one in every if not one.drop} - page.free
    right = len(found & page.wanted)
    if not right:
        return float(not found and not page.wanted)
    return 2 * right / (len(found) + len(page.wanted))


def cross_validate(chosen: list[Page]) -> dict[str, float]:
    """The F1 of each page, judged by models that know none of its site."""
    told: dict[str, list[float]] = {page.name: [] for page in chosen}
    for split in range(SPLITS):
        part: dict[str, int] = {}
        for page in chosen:
            digest = hashlib.md5(f"{split}{page.site}".encode(), usedforsecurity=False)
            part[page.name] = int(digest.hexdigest(), 16) % PARTS
        for number in range(PARTS):
            model = train(page for page in chosen if part[page.name] != number)
            for page in chosen:
                if part[page.name] == number:
                    told[page.name].append(f1(page, model))
    return {name: statistics.fmean(values) for name, values in told.items()}


HEAD = '''"""The weights of the features of links, as `tests/bench/train_links.py` wrote them.

Change nothing here.
"""

from __future__ import annotations

from typing import Final

'''


def written(model: np.ndarray) -> str:
    """The text of `link_weights.py`."""
    lines = [
        f"    {value:.4g},  # {name}\n"
        for name, value in zip(link_scores.FEATURES, model[:-1], strict=True)
    ]
    return f"{HEAD}BIAS: Final = {model[-1]:.4g}\nWEIGHTS: Final = (\n{''.join(lines)})\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    args = parser.parse_args()
    chosen = list(pages())
    told = cross_validate(chosen)
    for name in sorted(told, key=told.__getitem__)[:20]:
        print(f"  {told[name]:.3f} {name}")
    for left in (0, *LEFT):
        values = [told[page.name] for page in chosen if page.name.endswith(f" {left}")]
        if not left:
            values = [told[page.name] for page in chosen if page.part == 1]
        under = sum(value < 0.8 for value in values)
        figures = {
            "pages": len(values),
            "f1": round(statistics.fmean(values), 4),
            "under_.8": under,
        }
        print(f"cross-validated by site, cut to {left or 'none'}:", json.dumps(figures), flush=True)
    if args.check:
        return
    model = train(chosen)
    WEIGHTS.write_text(written(model), encoding="ascii")
    print(f"{WEIGHTS.relative_to(ROOT)}: {model.size} numbers")


if __name__ == "__main__":
    main()
