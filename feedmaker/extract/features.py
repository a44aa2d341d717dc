"""Numbers about each block, for the model that says whether it is the story's: `forest` knows what they weigh.

They are of five kinds: the block's own text; its neighbours; the boxes around it; how it lies to the *main* box, the
smallest that holds most of the page's running text; and what class names say of the boxes between. Blocks that lie
neither in the main box nor beside running text get no row: none of those is a story's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feedmaker import terms
from feedmaker.extract import hints
from feedmaker.extract.outline import HEADINGS
from feedmaker.extract.places import main_box, places

if TYPE_CHECKING:
    from feedmaker.extract.metadata import Metadata
    from feedmaker.extract.outline import Block, Box, Outline
    from feedmaker.extract.places import Place

    Row = list[float]

_KIND = {
    "p": 1, "li": 2, "h1": 3, "h2": 4, "h3": 5, "h4": 6, "h5": 7, "h6": 7, "td": 8, "th": 8, "blockquote": 9, "pre": 10,
    "dd": 11, "dt": 11, "figcaption": 12, "button": 13, "summary": 14, "header": 15, "footer": 16, "aside": 17,
    "nav": 18, "ul": 19, "ol": 19, "figure": 20, "article": 21, "main": 22, "section": 23, "form": 24, "table": 25,
    "tr": 25,
    "tbody": 25, "noscript": 26,
}  # fmt: skip
_END = re.compile(r"[.!?؟。！？…۔:»”\"’)\]]$")
_MARK = re.compile(r"[>»▶→►•■◆|*–—-]{1,3}\s?|\W{2}")
_PLEAS = (  # stems of many languages' words for what publishers ask of their readers, and tell of themselves
    "newsletter", "cookie", "abonn", "subscri", "consent", "datenschutz", "privacy", "facebook", "whatsapp",
    "instagram", "telegram", "google news", "twitter", "podcast", "app store", "advert", "sponsor", "affiliat",
    "sign up", "log in",
    "register", "copyright", "all rights", "©", "e-mail", "email", "youtube", "read more", "click here", "follow us",
    "download", "gdpr", "comment", "share", "disclaimer", "commission", "اشترك", "تابع", "للمزيد", "حقوق", "اقرأ",
    "إقرأ", "شاهد", "لمتابعة", "انضم",
)  # fmt: skip
_LABEL = 45  # characters: what heads a piece of furniture is short
_LITTLE = 0.1  # of the page's running text; branches outside the main box with less are asked about paragraphs only
_PLAIN = 100  # characters of a plain paragraph

_ABOVE = (
    "comment",
    "hidden",
    "caption",
    "form",
    "share",
    "promo",
    "player",
    "key",
    "author",
    "foot",
    "prop",
    "related",
)
_NEAR = ("caption", "comment", "body", "share")
_BETWEEN = ("caption", "comment", "promo", "hidden", "form", "side", "foot", "key", "shop")
_BRANCH = ("hidden", "comment", "caption", "box", "side", "key")
_BITS = tuple(tuple(hints.NAMES.index(name) for name in names) for names in (_ABOVE, _NEAR, _BETWEEN, _BRANCH))
_UNUSUAL = (
    sum(1 << at for at in _BITS[2]) | hints.SHARE | hints.AUTHOR | hints.RELATED | hints.PLAYER | hints.BOX
)  # fmt: skip

NAMES = (
    "kind", "chars", "link_share", "italic_share", "ends", "stops", "word_chars", "starts_low", "mark", "plea", "label",
    "under", "since_heading", "copies", "position", "from_title", "in_body_text", "good",
    "before_chars", "after_chars", "after_kind", "after_link", "after2_chars", "good_share_after", "goods_before",
    "goods_after", "rank", "own_twins", "own_images",
    "parent_chars", "parent_link", "parent_good", "parent_blocks", "parent_children", "parent_twins",
    "parent_paragraphs", "parent_images", "parent_headings",
    "grand_chars", "grand_link", "grand_good", "grand_blocks", "grand_children", "grand_twins", "grand_paragraphs",
    "grand_images", "grand_headings",
    "great_chars", "great_link", "great_good", "great_blocks", "great_twins", "in_article", "in_main",
    "inside", "climb", "depth", "depth_main",
    "branch_chars", "branch_link", "branch_good", "branch_blocks", "branch_twins", "branch_images", "branch_kind",
    "branch_label", "branch_place",
    "main_share", "main_link", "main_blocks", "main_headings", "page_chars", "page_goods", "article",
    *("above_" + name for name in _ABOVE), *("near_" + name for name in _NEAR),
    *("between_" + name for name in _BETWEEN), *("branch_" + name for name in _BRANCH),
)  # fmt: skip


def rows(page: Outline, about: Metadata, *, training: bool = False) -> list[Row | bool]:
    """For each block of the page a row of numbers in the order of `NAMES`, or the answer where none is needed.

    False: away from the page's running text. True: a plain paragraph among its like in the main box. Both are as often
    right as the model would be, and save a third of its work; for `training` they have their rows all the same.
    """
    if not page.blocks:
        return []
    reader = _Reader(page, about)
    little = _LITTLE * page.boxes[0].good
    found: list[Row | bool] = []
    for block in page.blocks:
        box = block.box
        place = reader.places[box.order]
        if place.climb:
            good = (place.branch or box).good
            asked = good > 0 and (training or good >= little or box.name == "p")
        else:
            asked = training or not reader.plain(block, place)
        found.append(reader.row(block, place) if asked else not place.climb)
        reader.go_on(block)
    return found


class _Reader:
    """Makes the rows of one page, in order: it remembers what has gone before."""

    def __init__(self, page: Outline, about: Metadata) -> None:
        root = page.boxes[0]
        self.main = main = main_box(page)
        self.places = places(page, main)
        self.blocks = page.blocks
        self.whole = max(1, root.chars)
        self.good = max(1.0, root.good)
        self.paragraphs = root.paragraphs
        self.chars = self.goods = self.since = 0
        self.good_chars = self.under = 0.0
        self.branch: Box | None = None
        self.body = " ".join(about.article_body.split()) if about.article_body else ""
        self.copies: dict[str, int] = {}
        for block in self.blocks:
            self.copies[block.text] = self.copies.get(block.text, 0) + 1
        self.title_at = next((block.index for block in self.blocks if block.box.name == "h1"), -1)
        self.around: dict[int, Row] = {}
        self.page = [
            main.chars / self.whole, main.linked / max(1, main.chars), main.blocks, main.headings, self.whole,
            root.paragraphs, about.article,
        ]  # fmt: skip

    def plain(self, block: Block, place: Place) -> bool:
        """Whether a block in the main box is a paragraph among its like, with nothing unusual around it."""
        box = block.box
        return (
            box.name == "p"
            and block.chars >= _PLAIN
            and block.good > 0
            and block.linked < 0.3 * block.chars
            and box.twins >= 3
            and not (box.above | place.hints) & _UNUSUAL
            and box.parent is not None
            and box.parent.paragraphs >= 3
            and self.copies[block.text] == 1
        )

    def go_on(self, block: Block) -> None:
        """Count a block among those that have gone before."""
        self.chars += block.chars
        self.since += 1
        if block.good:
            self.goods += 1
            self.good_chars += block.good

    def row(self, block: Block, place: Place) -> Row:
        """The row of a block."""
        box, text, chars, at = block.box, block.text, block.chars, block.index
        branch = place.branch or box
        label = _label(text) if chars <= _LABEL else 0.0
        if branch is not self.branch:
            self.branch = branch
            self.under = 0.0
        if label or box.name in HEADINGS:
            self.under, self.since = label, 0
        parent = box.parent or box
        around = self.around.get(parent.order)
        if around is None:
            around = self.around[parent.order] = self._around(parent)
        return [
            _KIND.get(box.name, 0), chars, block.linked / chars, block.italic / chars, *_look(text, chars), label,
            self.under, self.since, self.copies[text], self.chars / self.whole,
            at - self.title_at if self.title_at >= 0 else -30, self._in_body(text), block.good,
            *self._neighbours(at), 1 - self.good_chars / self.good, self.goods, self.paragraphs - self.goods,
            at - parent.first, box.twins, box.images,
            *around, place.climb == 0, place.climb, box.depth, box.depth - self.main.depth, *self._branch(branch),
            *self.page, *_bits(box.above, self._near(box), place.hints, branch.flags),
        ]  # fmt: skip

    def _in_body(self, text: str) -> float:
        """Whether JSON-LD's text of the article has this one; -1 where there is none, or too little to say."""
        if not self.body or len(text) < 12:
            return -1.0
        return 1.0 if text[:50] in self.body else 0.0

    def _neighbours(self, at: int) -> Row:
        """`before_chars` to `after2_chars`."""
        blocks = self.blocks
        last = len(blocks) - 1
        before = blocks[at - 1].chars if at else 0
        if at == last:
            return [before, 0, -1, 0, 0]
        after = blocks[at + 1]
        second = blocks[at + 2].chars if at + 1 < last else 0
        return [before, after.chars, _KIND.get(after.box.name, 0), after.linked / after.chars, second]

    def _around(self, parent: Box) -> Row:
        """The boxes around a block's own: `parent_chars` to `in_main`; the same for all blocks side by side."""
        grand = parent.parent or parent
        great = grand.parent or grand
        whole, good = self.whole, self.good
        names = set()
        box: Box | None = parent
        while box is not None:
            names.add(box.name)
            box = box.parent
        return [
            parent.chars / whole, parent.linked / max(1, parent.chars), parent.good / good, parent.blocks,
            parent.children, parent.twins, parent.paragraphs, parent.images, parent.headings,
            grand.chars / whole, grand.linked / max(1, grand.chars), grand.good / good, grand.blocks, grand.children,
            grand.twins, grand.paragraphs, grand.images, grand.headings,
            great.chars / whole, great.linked / max(1, great.chars), great.good / good, great.blocks, great.twins,
            "article" in names, "main" in names,
        ]  # fmt: skip

    def _branch(self, branch: Box) -> Row:
        """The branch of the main box that a block is in: `branch_chars` to `branch_place`."""
        main = self.main
        first = self.blocks[branch.first]
        return [
            branch.chars / self.whole, branch.linked / max(1, branch.chars), branch.good / self.good, branch.blocks,
            branch.twins, branch.images, _KIND.get(branch.name, 0),
            _label(first.text) if first.chars <= _LABEL else 0.0, (branch.first - main.first) / max(1, main.last -
            main.first),
        ]  # fmt: skip

    def _near(self, box: Box) -> int:
        """The hints of a block's own box and the two around it, up to the main box."""
        flags = 0
        near: Box | None = box
        for _ in range(3):
            if near is None or self.places[near.order].branch is None:
                break
            flags |= near.flags
            near = near.parent
        return flags


def _look(text: str, chars: int) -> Row:
    """What a text looks like: `ends` to `plea`."""
    plea = 0
    if chars < 400:
        low = text.lower()
        plea = sum([stem in low for stem in _PLEAS])
    count = text.count
    return [
        1.0 if _END.search(text, chars - 1) else 0.0,
        count(".") + count("؟") + count("!") + count("?") + count("。") + count("۔"),
        chars / (count(" ") + 1), text[0].islower(), 1.0 if _MARK.match(text) else 0.0, plea,
    ]  # fmt: skip


@lru_cache(maxsize=4096)
def _label(text: str) -> float:
    """Whether a short text labels furniture (1), or begins with such a label (2)."""
    return 1.0 if terms.label(text) else 2.0 if terms.starts(text) else 0.0


@lru_cache(maxsize=4096)
def _bits(above: int, near: int, between: int, branch: int) -> tuple[int, ...]:
    """Hints as numbers: `above_comment` to the end."""
    return tuple(
        flags >> at & 1 for flags, ats in zip((above, near, between, branch), _BITS, strict=True) for at in ats
    )
