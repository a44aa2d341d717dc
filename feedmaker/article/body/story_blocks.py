"""Which blocks of a page are its story: the classifier's verdicts, then the post-filters."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from feedmaker.article.body.classifier import FEATURE_NAMES, classify_blocks
from feedmaker.article.body.html_writer import LEAVES
from feedmaker.article.body.other_stories import find_other_stories
from feedmaker.article.body.post_filters import SENTENCE_ENDS, PostFilters
from feedmaker.html import class_names, pictures
from feedmaker.html.blocks import Block, Medium, read_blocks
from feedmaker.html.element_selectors import matching_nodes
from feedmaker.model.trace import TracedBlock
from feedmaker.text import labels

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedmaker.article.about import Metadata
    from feedmaker.article.body.classifier import BlockScore
    from feedmaker.html.blocks import Box, PageBlocks
    from feedmaker.model import Rules
    from feedmaker.model.trace import Trace

_LEAST: Final = 120  # characters of a story; less is a caption or a message
# A story may be as short as this where a page has a title and a date, and the classifier is sure.
_FLASH_LEAST: Final = 40
_FLASH_BLOCKS: Final = 3
_EAST_ASIAN: Final = 2  # letters of an alphabet, about, that a character of East Asia is worth
_FLASH_SURE: Final = 1.0  # log-odds
_MOST: Final = 0.7  # of the story's text, that the box around it holds
_RULED_LEAST: Final = -1.0  # log-odds: in a body named by a rule, the classifier must be sure
_BEFORE_STORY: Final = 3  # blocks in which the lead picture may stand, where no title is shown
_OFFER_BLOCKS: Final = 3  # after a story that is cut off, in which the offer to subscribe begins
_CAPTION_BLOCKS: Final = 5  # before and after the story, where captions are looked for
_CHARS: Final = attrgetter("chars")
_INDEX: Final = attrgetter("index")
_NO_OTHERS: Final[frozenset[int]] = frozenset()
_STUMP: Final = 40  # characters: what is shorter is a line of its own
# A sentence that goes on in the next block has no closing mark at the end there, and no opening one
# at the start here.
_OPEN_END: Final = re.compile(r"[\w,،;؛]")
_GOES_ON: Final = re.compile(r"[^\W\d_]|[,،;؛]")
# The text of these never goes on in another box.
_WHOLE: Final = frozenset(("li", "td", "th", "dt", "dd", "figcaption"))
_FURNITURE: Final = (
    class_names.RELATED
    | class_names.AUTHOR
    | class_names.SHARE
    | class_names.COMMENT
    | class_names.NAV
    | class_names.FOOT
    | class_names.CONSENT
    | class_names.PROMO
)


class StoryBody(NamedTuple):
    """What was chosen of a page."""

    blocks: list[Block]
    joined: frozenset[int]  # indexes of blocks that go on with the sentence of the one before
    media: list[Medium]  # pictures and videos
    captions: list[Block]  # that may go under the pictures


def choose_story(
    tree: LexborHTMLParser,
    page: PageBlocks,
    about: Metadata,
    rules: Rules,
    trace: Trace | None = None,
) -> StoryBody | None:
    """Return the story of a page; None where there is none.

    `page` has the tree's blocks, `about` what the page says of itself. `rules` may name the body
    and what to drop. `trace` is told of every block.
    """
    root = tree.body
    if root is None:
        return None
    skip = matching_nodes(tree, rules.drop) if rules.drop else []
    if skip:
        page = read_blocks(root, skip)
    bodies = matching_nodes(tree, rules.body) if rules.body else []
    kept = _pick_blocks(page, about, bodies, trace)
    if page.asides and not kept:
        # Some sites put all they have into a `nav` or a `footer`.
        page = read_blocks(root, skip, with_asides=True)
        kept = _pick_blocks(page, about, bodies, trace)
    if not kept:
        return None
    media = _story_media(page, kept) if page.media or page.players else []
    captions = _caption_blocks(page, kept, media[-1].at) if media else []
    return StoryBody(kept, _joined_blocks(kept), media, captions)


def is_cut_off(page: PageBlocks, body: StoryBody) -> bool:
    """Whether an offer to subscribe follows the story, on a page that is not for all readers."""
    end = body.blocks[-1].index + 1
    for block in page.blocks[end : end + _OFFER_BLOCKS]:
        if block.box.above & class_names.WALL or labels.label(block.text) == "paywall":
            return True
    return False


def _pick_blocks(
    page: PageBlocks,
    about: Metadata,
    bodies: list[LexborNode],
    trace: Trace | None,
) -> list[Block]:
    """The blocks of the story, in page order; none where that is too little for a story.

    `bodies` are the elements that a rule names.
    """
    scores = classify_blocks(page, about)
    others = _NO_OTHERS
    if page.articles > page.headline_articles or page.main_headings != 1:
        others = find_other_stories(page, about.raw_title)
    ruled = _ruled_blocks(page, bodies, scores) if bodies else []
    kept = ruled or [
        block
        for block, verdict in zip(page.blocks, scores, strict=True)
        if verdict.score > 0 and block.index not in others
    ]
    reasons = dict.fromkeys(others, "another story's, with a headline of its own")
    filters = PostFilters(page, scores, about, reasons)
    kept = filters.apply(kept, ruled=bool(ruled))
    if trace is not None:
        trace.blocks[:] = _traced_blocks(
            page,
            scores,
            kept,
            filters.reasons,
        )
    return kept if _are_story(kept, scores, page, about) else []


def _are_story(
    kept: list[Block],
    scores: list[BlockScore],
    page: PageBlocks,
    about: Metadata,
) -> bool:
    """Whether blocks are long enough for a story, and no cards of a section's page."""
    if sum(map(_CHARS, kept)) < _LEAST:
        return _is_flash(kept, scores, about) and not _shows_video(page, about)
    is_one_box = kept[0].box.parent is kept[-1].box.parent
    return is_one_box or about.article or not _are_cards(kept)


def _is_flash(kept: list[Block], scores: list[BlockScore], about: Metadata) -> bool:
    """Whether blocks are a story of a sentence or two."""
    if not 0 < len(kept) <= _FLASH_BLOCKS or not about.title:
        return False
    chars = sum(map(_letters, kept))
    if chars < _FLASH_LEAST or not (about.article or about.published):
        return False
    if about.article and kept[-1].text.endswith(SENTENCE_ENDS):
        return True
    return all(scores[block.index].score > _FLASH_SURE for block in kept)


def _letters(block: Block) -> int:
    """How long a text is, in letters of an alphabet."""
    return block.chars * _EAST_ASIAN if labels.has_east_asian(block.text) else block.chars


def _shows_video(page: PageBlocks, about: Metadata) -> bool:
    """Whether a page is about a video, so that a short text is its description."""
    if any("video" in kind for kind in about.json_ld.types):
        return True
    return any(medium.node.tag not in ("img", "blockquote") for medium in page.media)


def _are_cards(kept: list[Block]) -> bool:
    """Whether blocks are excerpts in the cards of a section's page, each beside a link."""
    paragraphs = [block for block in kept if block.good]
    cards = {_card(block.box) for block in paragraphs}
    return None not in cards and len(cards) == len(paragraphs) > _FLASH_BLOCKS


def _card(box: Box) -> int | None:
    """The order of the box of an excerpt: one of several of a template, with a link in it."""
    card = box.parent
    while card is not None and card.twins == 1 and card.parent is not None:
        if card.parent.blocks > card.blocks:
            break
        card = card.parent  # which is there for this one alone
    if card is None or card.twins <= _FLASH_BLOCKS or not card.linked:
        return None
    return card.order


def _ruled_blocks(
    page: PageBlocks, bodies: list[LexborNode], scores: list[BlockScore]
) -> list[Block]:
    """The blocks in elements that a rule names for the body, but those clearly denied."""
    ids = {node.mem_id for node in bodies}
    indexes: set[int] = set()
    for box in page.boxes:
        if box.node.mem_id in ids:
            indexes.update(range(box.first, box.last))
    return [page.blocks[at] for at in sorted(indexes) if _may_be_ruled(scores[at])]


def _may_be_ruled(verdict: BlockScore) -> bool:
    """Whether the classifier does not clearly deny a block in the body that a rule names."""
    return verdict.first < 0 or verdict.score > _RULED_LEAST


def _joined_blocks(kept: list[Block]) -> frozenset[int]:
    """The indexes of the blocks that go on with the sentence of the block before.

    A browser ends a `p` where a box begins in it, so that the rest of its text lies in the box
    around.
    """
    found: list[int] = []
    for last, block in pairwise(kept):
        opened = block.opened - last.opened
        if block.box.order >= last.opened:
            opened -= 1  # the block's own box
        # Something stands between them that was left out, be it an empty box.
        is_cut = opened > 0 or block.index - last.index > 1
        if is_cut and _is_open_sentence(last, block):
            found.append(block.index)
    return frozenset(found)


def _is_open_sentence(last: Block, block: Block) -> bool:
    """Whether a text has no end, and the next one beside it no beginning."""
    if last.chars <= _STUMP or block.text[:1].isupper():
        return False
    if not _OPEN_END.match(last.text[-1]):
        return False
    if not _GOES_ON.match(block.text):
        return False
    return _are_side_by_side(last.box, block.box)


def _are_side_by_side(last: Box, box: Box) -> bool:
    """Whether two boxes may hold one paragraph between them."""
    if last.name in LEAVES or box.name in LEAVES:
        return False
    if last is box:
        return True
    if last.name in _WHOLE or box.name in _WHOLE:
        return False
    return box is last.parent or box.parent is last.parent


def _story_media(page: PageBlocks, kept: list[Block]) -> list[Medium]:
    """The pictures and videos of the story: between title and end, in its box, in no furniture."""
    first = kept[0].index
    start = first - _BEFORE_STORY
    for block in page.blocks[:first] if page.main_headings else ():
        if block.box.name == "h1":
            start = block.index
    start = min(start, first - 1)
    around = _box_around(kept)
    # The lead picture is often in a box of its own, above that of the text.
    wide = around.parent or around
    end = max(kept[-1].index + 1, _gallery_end(page, wide))
    wide = wide.parent or wide
    chosen = set(map(_INDEX, kept))
    return [
        medium
        for medium in sorted((*page.media, *page.players), key=attrgetter("at"))
        if start < medium.at <= end
        and _is_in_story(medium.box, around, wide, chosen)
        and not _is_advert(page, medium)
    ]


def _is_advert(page: PageBlocks, medium: Medium) -> bool:
    """Whether a picture is an advert, or all that its box says is "Advertisement"."""
    if pictures.is_advert(medium.node):
        return True
    box: Box | None = medium.box
    while box is not None and not box.blocks:
        box = box.parent
    if box is None or box.blocks > 1:
        return False
    return labels.label(page.blocks[box.first].text) == "advert"


def _gallery_end(page: PageBlocks, around: Box) -> int:
    """The end of the figures in the story's box: a gallery may stand behind its last words."""
    ends = [
        box.last
        for box in page.boxes
        if box.name == "figure" and around.first <= box.first < around.last and not box.linked
    ]
    return max(ends, default=0)


def _is_in_story(
    box: Box | None,
    around: Box,
    wide: Box,
    chosen: set[int],
) -> bool:
    """Whether a box lies in one of two boxes around the story, with nothing else's box between."""
    while box is not None:
        if box is around or box is wide:
            return True
        # A card shows something else: it has linked text, and none of the story's. In a figure it
        # may be whose the picture is.
        mostly_links = box.linked > 0.5 * box.chars > 0 and box.name != "figure"
        inside = range(box.first, box.last)
        if mostly_links and chosen.isdisjoint(inside):
            return False
        flags = box.flags
        if not box.sign:  # without text, it was not asked what it is called
            flags = class_names.read_hints(box.name, box.node.attributes)[0]
        if flags & _FURNITURE:
            return False
        box = box.parent
    return False


def _box_around(blocks: list[Block]) -> Box:
    """The smallest box that holds most of the story, and its longest block."""
    indexes = list(map(_INDEX, blocks))
    sums = list(accumulate(map(_CHARS, blocks), initial=0))
    box = max(blocks, key=_CHARS).box
    while box.parent is not None:
        first, last = bisect_left(indexes, box.first), bisect_left(indexes, box.last)
        if sums[last] - sums[first] >= _MOST * sums[-1]:
            break
        box = box.parent
    return box


def _caption_blocks(page: PageBlocks, kept: list[Block], last: int) -> list[Block]:
    """The blocks in `figcaption` elements that are not the story's text.

    `last` is the number of blocks before the last picture.
    """
    chosen = set(map(_INDEX, kept))
    start = max(0, kept[0].index - _CAPTION_BLOCKS)
    end = max(kept[-1].index, last) + _CAPTION_BLOCKS
    return [
        block
        for block in page.blocks[start:end]
        if block.index not in chosen and _is_in_caption(block.box)
    ]


def _is_in_caption(box: Box | None) -> bool:
    """Whether a box is a `figcaption`, or lies in one at most three boxes out."""
    for _ in range(4):
        if box is None:
            return False
        if box.name == "figcaption":
            return True
        box = box.parent
    return False


def _traced_blocks(
    page: PageBlocks,
    scores: list[BlockScore],
    kept: list[Block],
    reasons: dict[int, str],
) -> list[TracedBlock]:
    """Every block with its features, its score and the reason."""
    chosen = {block.index for block in kept}
    found: list[TracedBlock] = []
    for block, verdict in zip(page.blocks, scores, strict=True):
        is_kept = block.index in chosen
        reason = reasons.get(block.index)
        if reason is None:
            reason = _reason(block, verdict, is_kept=is_kept)
        features: dict[str, float] = {}
        if verdict.first == block.index and verdict.row:
            for name, value in zip(FEATURE_NAMES, verdict.row, strict=True):
                features[name] = round(value, 4)
        traced = TracedBlock(
            path=_selector_path(block.box),
            text=block.text,
            kept=is_kept,
            score=round(verdict.score, 3),
            reason=reason,
            features=features,
        )
        found.append(traced)
    return found


def _reason(block: Block, verdict: BlockScore, *, is_kept: bool) -> str:
    """Why a block was kept or dropped, by what can be seen of it: a sum of trees is no reason."""
    words = [_verdict_words(block, verdict)]
    label = labels.label(block.text) or labels.starts(block.text)
    if label:
        words.append(f"labelled {label}")
    if block.linked > 0.5 * block.chars:
        words.append("mostly links")
    for bit, name in enumerate(class_names.NAMES):
        if block.box.above & _FURNITURE & (1 << bit):
            words.append(f"in {name}")
    reason = ", ".join(words)
    by_rule = verdict.first >= 0 and is_kept != (verdict.score > 0)
    return f"{reason} (by the rules)" if by_rule else reason


def _verdict_words(block: Block, verdict: BlockScore) -> str:
    """What the classifier says of a block, in words."""
    if verdict.first < 0:
        return "away from the page's running text"
    if not verdict.row:
        return "among what is not the story's"
    words = "reads like the story" if verdict.score > 0 else "does not read like the story"
    if verdict.first == block.index:
        return words
    return f"of one kind with block {verdict.first + 1}, which {words}"


def _selector_path(box: Box | None) -> str:
    """Where a box stands, as a selector of the last few boxes around it."""
    parts: list[str] = []
    while box is not None and len(parts) < 4:
        selector = ".".join(box.sign.split())
        parts.append(selector or box.name)
        box = box.parent
    return " > ".join(reversed(parts))
