"""How well sections are found again after a redesign: real pages, changed by program, with rules
for what they were.

Of each listing under ../shared/data (the pages are never committed) the rules are made that name
its list before; then the page is redesigned in each of several ways and read with those old rules
and the stories known. It is healed where what is found is the section's list (F1 of .9 and more),
partial where some of its stories are missing, kept where the section is left as it was, and wrong
where more than a fifth of what is found is not the section's. Some redesigns put another page in
the place of the listing: those must not heal. The same for article pages with a rule for the body.

    python tests/bench/redesigns.py [--verbose]
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree, html

from feedmaker.article import body_rule, read_page
from feedmaker.listing import (
    PageLinks,
    candidates_by_key,
    common_selectors,
    find_links,
    selected_keys,
)
from feedmaker.model import Link, Rules
from feedmaker.model.errors import ExtractError, ListingError
from feedmaker.text import charset, urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = (
    Path(
        os.environ.get("FEEDMAKER_SHARED") or Path(__file__).resolve().parents[2].parent / "shared"
    )
    / "data"
)
_HEALED = 0.9
_HEADLINES = "خبر جديد عن المدينة والناس والأسواق رقم"


def elements(root) -> list:
    """The elements of the body."""
    return [
        e
        for e in root.iter()
        if isinstance(e.tag, str) and e.tag not in ("html", "head", "body", "meta", "script")
    ]


def renamed(root, seed) -> None:
    """Every class and id gets another name, the same for the same."""
    for e in elements(root):
        for name in ("class", "id"):
            words_of = (e.get(name) or "").split()
            if words_of:
                new = (
                    "n" + hashlib.md5(f"{word}{seed}".encode()).hexdigest()[:7] for word in words_of
                )
                e.set(name, " ".join(new))


def minified(root, _seed) -> None:
    """Names as CSS-in-JS makes them, ids gone."""
    for n, e in enumerate(elements(root)):
        e.attrib.pop("id", None)
        if e.get("class"):
            e.set("class", f"css-{hashlib.md5(e.get('class').encode()).hexdigest()[:6]} e{n}x")


def nameless(root, _seed) -> None:
    """No classes and no ids at all."""
    for e in elements(root):
        for name in ("class", "id", "role"):
            e.attrib.pop(name, None)


def nested(root, _seed) -> None:
    """A wrapper around what most boxes hold."""
    for e in elements(root):
        if e.tag in ("div", "li", "article", "section", "td") and len(e):
            for _ in range(2):
                wrap = etree.SubElement(e, "div", {"class": "wrap-in"})
                wrap.text, e.text = e.text, None
                for child in list(e)[:-1]:
                    wrap.append(child)


def retagged(root, _seed) -> None:
    """Lists to boxes, articles to boxes, headings to paragraphs and boxes to sections."""
    to = {"ul": "div", "ol": "div", "li": "div", "article": "div", "section": "div", "h2": "h3", "h3": "p", "h4": "p",
          "h5": "p", "main": "div", "figure": "div"}  # fmt: skip
    for e in elements(root):
        if e.tag in to:
            e.tag = to[e.tag]
            e.attrib.pop("class", None)
        elif (e.get("class") or "").strip() and e.tag == "a":
            e.set("class", "link-" + e.get("class").split()[0][:3])


def cards(root) -> Iterator:
    """The elements that hold several alike ones with links."""
    for e in elements(root):
        children = [c for c in e if isinstance(c.tag, str)]
        linked = [c for c in children if c.tag != "a" and c.find(".//a") is not None]
        common = Counter(c.tag for c in linked).most_common(1)
        if common and common[0][1] >= 4 and e.tag not in ("nav", "tr", "table", "tbody"):
            yield e, [c for c in linked if c.tag == common[0][0]]


def tabled(root, _seed) -> None:
    """Cards become rows of tables."""
    for e, all_found in list(cards(root)):
        found = [card for card in all_found if card.getparent() is e]
        if not found:
            continue
        table = etree.Element("table")
        found[0].addprevious(table)
        for card in found:
            row = etree.SubElement(table, "tr")
            cell = etree.SubElement(row, "td")
            cell.text = card.text
            for child in list(card):
                cell.append(child)
        for card in found:
            tail, before = card.tail, card.getprevious()
            e.remove(card)
            if tail and before is not None:
                before.tail = (before.tail or "") + tail


def listed(root, seed) -> None:
    """Tables become boxes."""
    for e in elements(root):
        if e.tag in ("table", "tbody", "tr", "td", "th"):
            e.tag = "div"
            e.attrib.pop("class", None)
    retagged(root, seed)


def moved(root, _seed) -> None:
    """Stories have another path, on another host of the site."""
    for a in root.iter("a"):
        href = a.get("href") or ""
        if re.match(r"(https?:)?//", href):
            a.set("href", re.sub(r"^((?:https?:)?//)([^/]+)/", r"\1beta.\2/portal/v2/", href))
        elif href.startswith("/"):
            a.set("href", "/portal/v2" + href)


def furnished(root, _seed) -> None:
    """A new navigation, a list of what is popular with other stories, and a foot, with names that
    say nothing.
    """
    body = root.find("body")
    if body is None:
        return
    menu = html.fromstring(
        "<div class='zz-top'>"
        + "".join(f"<a href='/s{n}'>قسم {n}</a>" for n in range(9))
        + "</div>"
    )
    side = html.fromstring(
        "<div class='zz-side'>"
        + "".join(f"<div><a href='/x/{90000 + n}'>{_HEADLINES} {n}</a></div>" for n in range(9))
        + "</div>"
    )
    body.insert(0, menu)
    body.insert(len(body) // 2, side)


def outside(root, _seed) -> None:
    """Headlines stand above their links, which say «more»."""
    for a in list(root.iter("a")):
        text = " ".join("".join(a.itertext()).split())
        if len(text.split()) >= 4 and a.getparent() is not None:
            heading = etree.Element("h4")
            heading.text = text
            a.addprevious(heading)
            for child in list(a):
                a.remove(child)
            a.text = "المزيد"
            a.attrib.pop("class", None)


def whole(root, seed) -> None:
    """The card is the link, and what was the link is text."""
    renamed(root, seed)
    for a in list(root.iter("a")):
        card = a.getparent()
        if card is None or card.tag not in ("h1", "h2", "h3", "h4", "td", "li", "div"):
            continue
        if len(card.findall(".//a")) == 1 and len("".join(a.itertext()).split()) >= 3:
            card.set("href", a.attrib.pop("href", ""))
            a.tag, card.tag = "span", "a"


def shortened(root, seed) -> None:
    """Headlines are cut, the whole of them is in the title, and the addresses are new."""
    renamed(root, seed)
    moved(root, seed)
    for a in root.iter("a"):
        words_of = (a.text or "").split()
        if len(words_of) >= 6 and not len(a):
            a.set("title", " ".join(words_of))
            a.text = " ".join(words_of[:5]) + "..."


def reordered(root, seed) -> None:
    """What stood first stands last."""
    renamed(root, seed)
    for e in list(root.iter("div")):
        children = list(e)
        if len(children) > 2:
            for child in children:
                e.remove(child)
            for child in reversed(children):
                child.tail = None
                e.append(child)


def together(*ways: Callable) -> Callable:
    """Several at once."""

    def all_of_them(root, seed) -> None:
        for way in ways:
            way(root, seed)

    return all_of_them


WAYS: dict[str, Callable] = {
    "renamed": renamed,
    "minified": minified,
    "nameless": nameless,
    "nested": nested,
    "retagged": retagged,
    "tabled": tabled,
    "moved": together(renamed, moved),
    "furnished": together(renamed, furnished),
    "new house": together(furnished, retagged, nested, minified),
    "new house and address": together(furnished, listed, moved, renamed),
    "tables and nothing": together(tabled, nameless),
    "headlines outside": outside,
    "whole cards": whole,
    "shortened": shortened,
    "reordered": reordered,
}


def redesigned(text: str, way: Callable, seed: int) -> str:
    """A page, redesigned."""
    root = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", text))
    way(root, seed)
    return html.tostring(root, encoding="unicode")


def listings() -> Iterator[tuple[str, str, str, set[str]]]:
    """Name, URL, text and story keys of each listing page."""
    for path in sorted((SHARED / "arabic" / "listings").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = charset.decode(path.with_suffix(".html").read_bytes())[0]
        yield (
            path.stem,
            gold["url"],
            text,
            {urls.key(u) for url in gold["article_urls"] if (u := urls.canonical(url))},
        )


def rule_of(text: str, url: str, gold: set[str]) -> tuple[str, list[Link]] | None:
    """The selector that names most of a page's stories and little else, and its links."""
    page = PageLinks(text, url)
    candidates = candidates_by_key(page)
    best, most = "", 0.0
    for name in common_selectors([a for a in page.anchors if a.key in gold]):
        if "." not in name and "#" not in name:
            continue
        keys = set(selected_keys(page, name, candidates))
        score = (
            2 * len(keys & gold) / (len(keys) + len(gold))
            if len(keys & gold) > 0.85 * len(keys)
            else 0
        )
        if score > most:
            best, most = name, score
    if not best:
        return None
    found = find_links(text, url, rules=Rules(links=(best,)))
    return (best, found) if len(found) >= 5 else None


def mark(link: Link) -> str:
    """What a link is known by though its address changed."""
    return re.sub(r"^(?:beta\.)?(?:www\.)?([^/]+)/(?:portal/v2/)?", r"\1/", urls.key(link.url))


def f1(found: list[Link], wanted: list[Link]) -> float:
    """How well two lists of links agree."""
    a, b = {mark(x) for x in found}, {mark(x) for x in wanted}
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def try_listings(verbose: bool) -> Counter[str]:
    """Every way on every listing, with all stories known and with a third of them new."""
    told: Counter[str] = Counter()
    pages = list(listings())
    for number, (name, url, text, gold) in enumerate(pages):
        made = rule_of(text, url, gold)
        if made is None:
            print(f"{name}: no selector names its list")
            continue
        rule, wanted = made
        for seed, (way, change) in enumerate(WAYS.items()):
            page = redesigned(text, change, seed)
            rng = random.Random(f"{name}{way}")
            some = [link for link in wanted if rng.random() < 0.67]
            for share, known in (("all", wanted), ("two thirds", some)):
                try:
                    found = find_links(page, url, rules=Rules(links=(rule,)), known=known)
                    score = f1(found, wanted)
                    foreign = len(found) - len({mark(x) for x in found} & {mark(x) for x in wanted})
                    result = (
                        "wrong"
                        if foreign > 0.2 * len(found)
                        else "healed"
                        if score >= _HEALED
                        else "partial"
                    )
                except ListingError as error:
                    found, score, result = [], 0.0, "kept"
                    if verbose:
                        print("   ", error)
                told[result] += 1
                if verbose or result != "healed":
                    print(
                        f"{result:7} {name:28} {way:22} {share:10}  F1 {score:.2f}  {len(found)} of {len(wanted)}"
                    )
        other = pages[(number + 1) % len(pages)]
        for way, page in (
            ("another page", other[2]),
            ("a few popular", "<main>" + "".join(f"<p class=x><a href='{k.url}'>{k.title}</a></p>" for k in wanted[:3])
             + "".join(f"<div><a href='/z/{n}00000'>{_HEADLINES} {n}</a></div>" for n in range(20)) + "</main>"),
        ):  # fmt: skip
            if (len(wanted) <= 12 and way == "a few popular") or PageLinks(
                page, url
            ).tree.css_first(rule) is not None:
                continue  # three are a quarter of what it had, or the rule goes on to name something
            try:
                find_links(page, url, rules=Rules(links=(rule,)), known=wanted)
                told["not to be healed, but was"] += 1
                print(f"WRONG   {name:28} {way}")
            except ListingError:
                told["not to be healed, and kept"] += 1
    return told


def articles(most: int) -> Iterator[tuple[str, str, str]]:
    """Name, URL and text of article pages of all collections."""
    for path in sorted((SHARED / "arabic" / "pages").glob("*.html")):
        yield path.stem, "https://site.example/1", charset.decode(path.read_bytes())[0]
    for folder in ("news", "wcxb-dev-articles"):
        for path in sorted((SHARED / folder / "html").glob("*.gz"))[
            :: 12 if folder == "news" else 40
        ][:most]:
            yield (
                path.stem,
                "https://site.example/1",
                charset.decode(gzip.decompress(path.read_bytes()))[0],
            )


def words(text: str) -> Counter[str]:
    """The words of a text, counted."""
    return Counter(re.findall(r"\w+", text))


def try_articles(verbose: bool) -> Counter[str]:
    """A rule for the body before, and what is made of the page after, with its story known."""
    told: Counter[str] = Counter()
    ways = {
        name: WAYS[name]
        for name in ("renamed", "minified", "nested", "retagged", "nameless", "new house")
    }
    for name, url, text in articles(12):
        rule = body_rule.body_selector(text, url)
        if rule is None:
            told["no rule could be made"] += 1
            continue
        try:
            before = story(text, url, Rules(body=(rule,)))
        except ExtractError:
            continue
        for seed, (way, change) in enumerate(ways.items()):
            page = redesigned(text, change, seed)
            healed = body_rule.find_replacement(page, url, Rules(body=(rule,)), before.text)
            if healed is None:
                result, score = "kept", 0.0
            else:
                try:
                    rules = body_rule.with_healed_body(Rules(body=(rule,)), healed)
                    after = story(page, url, rules)
                except ExtractError:
                    after = None
                got, had = words(after.text if after else ""), words(before.text)
                score = 2 * (got & had).total() / max(1, got.total() + had.total())
                result = "healed" if score >= _HEALED else "wrong"
            told[result] += 1
            if verbose or result != "healed":
                print(f"{result:7} {name[:40]:40} {way:12} F1 {score:.2f}  {rule}")
    return told


def story(text: str, url: str, rules: Rules):
    """The story of a page."""
    return read_page(text, url, rules=rules, language=None, timezone="UTC", now=None).story


def main() -> None:
    """Print the figures; fail where the gates are not met."""
    verbose = "--verbose" in sys.argv
    if not SHARED.is_dir():
        print(
            "the public pages are not here (set FEEDMAKER_SHARED to their folder): no redesigns are tried"
        )
        return
    bad = False
    for kind, told in (("listings", try_listings(verbose)), ("articles", try_articles(verbose))):
        tried = sum(told[name] for name in ("healed", "partial", "kept", "wrong"))
        print(
            f"{kind}: {told['healed']} of {tried} redesigns healed ({told['healed'] / max(1, tried):.0%}), ",
            end="",
        )
        print(", ".join(f"{name} {count}" for name, count in told.items() if name != "healed"))
        bad = (
            bad
            or told["healed"] < 0.97 * tried
            or told["wrong"] > 0
            or told["not to be healed, but was"] > 0
        )
    sys.exit(bad)


if __name__ == "__main__":
    main()
