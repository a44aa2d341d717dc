"""Finding the story links of a listing by itself: the cards of the page's own lists.

Each link says how much it is one of a story: by its words, by the form of its URL and of the URLs
made after the same pattern, by the card it stands in, by its list, and by the part of the page. All
links to one story count together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from selectolax.lexbor import SelectolaxError

from feedmaker.listing import url_shape
from feedmaker.listing.candidates import DOUBT, MEDIA, THRESHOLD, Candidate, card_of, weigh
from feedmaker.listing.headings import mark_furniture
from feedmaker.listing.headlines import count_words
from feedmaker.model.errors import ListingError
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedmaker.html.page_parts import Zone
    from feedmaker.listing.anchors import Anchor, Tree, TreePosition
    from feedmaker.listing.candidates import KnownLinks

# Parts of a page that hold no list of its own. What a name says of a part is not believed where
# most of the page's headlines stand in it and next to none outside: there the name is the whole
# page's.
_FURNITURE = frozenset({"navigation", "footer", "social", "comments", "advert", "tags", "popup"})
_MOST_OF_PAGE = 0.5
_OUTSIDE = 0.1
_MAIN_SHARE = 0.3
_MOST_OF_FURNITURE = 0.8
_WITHOUT_HEADLINES = frozenset({"social", "tags", "popup", "advert"})
# What cards call parts of their own too: each has a "header", a "footer", a "social" bar.
_OF_CARDS = frozenset(
    {"header", "footer", "navigation", "sidebar", "social", "tags", "popup", "advert"}
)
_MANY_CARDS = 4
_DOUBTED = frozenset({"sidebar", "header", "ticker"})
_NO_STORY = -3  # what the URL of a search, a login or another site's profile weighs
_MENUS = frozenset({"navigation", "footer", "header"})


def find(tree: Tree, known: KnownLinks) -> list[Candidate]:
    """The candidates of a whole page in page order: story links, and the others with the reason why
    not.
    """
    mark_furniture(tree)
    _mark_beside(tree)
    menus = _drop_parts(tree.anchors, known)
    candidates = weigh(tree, [a for a in tree.anchors if not a.dropped], menus, known)
    _judge_lists(candidates)
    _drop_repeats(candidates)
    dropped: dict[str, Candidate] = {}
    have = {a.key for c in candidates for a in c.anchors}
    for anchor in tree.anchors:
        if anchor.dropped and anchor.key not in have and anchor.key not in dropped:
            dropped[anchor.key] = Candidate(
                anchor.url, [anchor], anchor.text.text, reason=f"in the page's {anchor.dropped}"
            )
    return sorted([*candidates, *dropped.values()], key=lambda c: c.order)


def under(tree: Tree, block: Sequence[Anchor], known: KnownLinks) -> list[Candidate]:
    """The candidates of one block that was asked for by name: the parts of the page make no
    difference to them.
    """
    inside = {a.order for a in block}
    found = []
    for one in weigh(tree, tree.anchors, known=known):
        here = [a for a in one.anchors if a.order in inside]
        if not here:
            continue
        one.anchors = here
        if one.title and one.score >= THRESHOLD - DOUBT and one.features.get("url", 0) > -2:
            one.reason = ""
        found.append(one)
    _drop_same(found)
    return sorted(found, key=lambda c: c.order)


def within(tree: Tree, selectors: Sequence[str], block: Sequence[Anchor]) -> list[Candidate]:
    """The candidates that CSS selectors name among some links of a page.

    A selector matches links, what stands in a link, or boxes from each of which the likeliest link
    is taken. Raises ListingError for what is no selector.
    """
    allowed = {a.order for a in block}
    anchors: dict[int, Anchor] = {}
    try:
        matched = tree.tree.css(", ".join(selectors))
    except SelectolaxError:
        raise ListingError(
            f"{tree.url}: `rules.links` holds what is no CSS selector: {', '.join(selectors)}"
        ) from None
    for node in matched:
        boxed = [
            a
            for n in node.css("a[href], area[href]")
            if (a := tree.by_id.get(n.mem_id)) is not None
        ]
        at: TreePosition | None = tree.place(node)
        while not boxed and at is not None:
            boxed = [tree.by_id[at.node.mem_id]] if at.node.mem_id in tree.by_id else []
            at = at.above
        boxed = [a for a in boxed if a.order in allowed]
        if boxed:
            best = max(weigh(tree, boxed), key=lambda c: c.score)
            anchors |= {a.order: a for a in best.anchors}
    found = weigh(tree, [anchors[order] for order in sorted(anchors)])
    for one in found:
        one.reason = ""
    return found


def _strong(anchor: Anchor) -> bool:
    return count_words(anchor.text.text) >= 5 or any(count_words(t.text) >= 5 for t in anchor.extra)


def _mark_beside(tree: Tree) -> None:
    """Note on links that they stand beside the page's `main` element, where that holds a list (HTML
    Standard).
    """
    main = tree.tree.css("main, [role=main]")
    if len(main) != 1:
        return
    within = {
        a.order
        for n in main[0].css("a[href], area[href]")
        if (a := tree.by_id.get(n.mem_id)) is not None
    }
    strong = {
        a.key for a in tree.anchors if _strong(a) and not a.zones and url_shape.shape(a.url) > -1
    }
    inside = {a.key for a in tree.anchors if a.order in within and a.key in strong}
    if len(inside) >= max(3, len(strong) * _MAIN_SHARE):
        for a in tree.anchors:
            if a.order not in within:
                a.zones = (*a.zones, ("sidebar", 0))


def _misnamed(anchors: Sequence[Anchor], strong: set[str]) -> set[tuple[Zone, int]]:
    """The parts of a page that are none: hardly a headline stands outside of one, or one each in
    many of a kind.
    """
    inside: dict[tuple[Zone, int], set[str]] = defaultdict(set)
    depth: dict[tuple[Zone, int], int] = {}
    for a in anchors:
        for level, part in enumerate(a.zones if a.key in strong else ()):
            inside[part].add(a.key)
            depth[part] = level
    small = Counter(zone for (zone, _), keys in inside.items() if len(keys) <= 2)
    void: set[tuple[Zone, int]] = set()
    free: set[str] = set()  # the headlines in none of the parts that are believed so far
    level = -1
    for part in sorted(inside, key=lambda p: (depth[p], -len(inside[p]))):
        zone, count = part[0], len(inside[part])
        if depth[part] != level:
            level = depth[part]
            free = _outside(anchors, strong, void)
        most = count > len(strong) * (_MOST_OF_FURNITURE if zone in _FURNITURE else _MOST_OF_PAGE)
        of_cards = count <= 2 and zone in _OF_CARDS and small[zone] >= _MANY_CARDS
        if of_cards or (count >= 3 and zone in _WITHOUT_HEADLINES):
            void.add(part)
        elif most and len(free) < max(3, count * _OUTSIDE):
            void.add(part)
            free = _outside(anchors, strong, void)
    return void


def _outside(anchors: Sequence[Anchor], strong: set[str], void: set[tuple[Zone, int]]) -> set[str]:
    return {a.key for a in anchors if a.key in strong and void.issuperset(a.zones)}


def _drop_parts(anchors: Sequence[Anchor], known: KnownLinks) -> frozenset[str]:
    """Mark the links that stand in the page's furniture; return the keys of those that its menus
    name in few words.
    """
    strong = {a.key for a in anchors if _strong(a) and url_shape.shape(a.url) > -1}
    void = _misnamed(anchors, strong)
    if not any(known.has(a) for a in anchors if not a.zones):
        void |= {zone for a in anchors if known.has(a) for zone in a.zones if zone[0] in _DOUBTED}
    menus = set()
    for a in anchors:
        zones = [zone[0] for zone in a.zones if zone not in void]
        if zones and not a.dropped:
            a.dropped = next((z for z in zones if z in ("most-read", "related")), zones[0])
        if a.dropped in _MENUS and 0 < count_words(a.text.text) <= 4 and a.text.rank < 3:
            menus.add(a.key)
    return frozenset(menus)


def _list_of(one: Candidate) -> int:
    return one.card.above.node.mem_id if one.card is not None and one.card.above is not None else 0


def _judge_lists(candidates: Sequence[Candidate]) -> None:
    """Let each list decide the doubtful among its links: with the most, when the most are clear."""
    lists: dict[int, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.features.get("url", 0) > _NO_STORY:
            lists[_list_of(one)].append(one)
    for where, members in lists.items():
        if not where or len(members) < 3:
            continue
        if sum("known" in c.features for c in members) >= max(2, len(members) / 5):
            for one in members:  # the list that held the section's stories before
                one.reason = (
                    one.reason if not one.title or one.score < THRESHOLD - 2 * DOUBT else ""
                )
            continue
        clear = [c for c in members if c.score >= THRESHOLD and c.reason != MEDIA]
        patterns = Counter(url_shape.template(c.url)[1] for c in clear)
        headed = all("heading" in c.features for c in clear)
        for one in members:
            near = one.score >= THRESHOLD - DOUBT
            if one.reason == MEDIA:
                one.reason = "" if len(clear) >= 0.6 * len(members) and near else MEDIA
            elif one.reason and one.title and len(clear) >= 0.7 * len(members):
                of_pattern = near and patterns[url_shape.template(one.url)[1]] > 1
                # One card like all others, whose heading has the words of a headline, whatever its
                # URL looks like.
                of_shape = headed and "heading" in one.features and (near or one.likeness >= 1)
                one.reason = "" if of_pattern or of_shape else one.reason
            elif (
                len(clear) <= 0.34 * len(members)
                and not one.reason
                and one.score < THRESHOLD + DOUBT
            ):
                one.reason = "most links of its list are no stories"


def _drop_repeats(candidates: Sequence[Candidate]) -> None:
    """Leave out bare strips (tickers) that mostly repeat stories of richer lists, and one story's
    further URLs.
    """
    strips: dict[int, list[tuple[Candidate, Anchor]]] = defaultdict(list)
    rich: set[int] = set()
    for one in candidates:
        cards = [card_of(a) for a in one.anchors]
        times = Counter(id(card) for card in cards)
        for a, card in zip(one.anchors, cards, strict=True):
            a.strip = card.above.node.mem_id if card is not None and card.above is not None else 0
            strips[a.strip].append((one, a))
            if a.image or a.text.rank >= 2 or times[id(card)] > 1:
                rich.add(a.strip)
    for where, members in strips.items():
        stories = {id(c): c for c, _ in members if not c.reason}
        if where in rich or len(stories) < 4:
            continue
        repeated = sum(any(a.strip in rich for a in c.anchors) for c in stories.values())
        if repeated >= 0.6 * len(stories):
            for one, a in members:
                a.dropped = "ticker"
                if all(b.dropped for b in one.anchors):
                    one.reason = one.reason or "in a strip that repeats other lists"
    for one in candidates:
        one.anchors = [a for a in one.anchors if not a.dropped] or one.anchors
    _drop_same(candidates)


def _drop_same(candidates: Sequence[Candidate]) -> None:
    """Leave out further URLs of one story: the same headline and the same long number."""
    seen: set[tuple[str, str]] = set()
    for one in sorted(candidates, key=lambda c: c.order):
        number = url_shape.number(one.url)
        if one.reason or not number:
            continue
        if (mark := (arabic.fold(one.title), number)) in seen:
            one.reason = "the same story under another URL"
        seen.add(mark)
