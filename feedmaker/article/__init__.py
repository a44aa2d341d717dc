"""Page -> Story: what an article page says of itself, its story as clean HTML and text, its picture
and summary.

    page --outline--> blocks --metadata--> title, authors, dates, picture ...
                             --features, forest--> scores --body--> the story's blocks --clean--> html, text

`page_story` is the whole of it. A page is parsed once and walked once; everything later works on a
few hundred blocks.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in `feedmaker`, which imports this module first of all
if TYPE_CHECKING:
    from datetime import datetime

    from feedmaker.model import Limits, Rules, Story, Trace


def extract(
    html: bytes | str,
    url: str = "",
    *,
    rules: Rules | None = None,
    language: str | None = None,
    timezone: str = "UTC",
    now: datetime | None = None,
) -> Story:
    """Pick the story out of an article page.

    `html` is the page as bytes (decoded as browsers do) or text, `url` where it was had. `rules`
    are selectors that override the finding; `language` and `timezone` (IANA) hold where the page
    names none. Without `now`, a relative date gives none. Raises ExtractError where the page holds
    no story, and for nothing else.
    """
    from feedmaker.model import Rules
    from feedmaker.text.charset import utf8

    page = html if isinstance(html, str) else utf8(html)
    return page_story(
        page, url, rules=rules or Rules(), language=language, timezone=timezone, now=now
    )


def page_story(
    html: str | bytes,
    url: str,
    *,
    rules: Rules,
    language: str | None,
    timezone: str,
    now: datetime | None,
    trace: Trace | None = None,
    limits: Limits | None = None,
) -> Story:
    """The story of a page in text or in UTF-8; what `extract` says holds. `trace` is filled with
    how it was decided.

    `limits` are what of it is parsed, where a site has other ones than `model.LIMITS`.

    The ExtractError of an article page without a story has its teaser: title, picture and the
    page's own description.
    """
    from feedmaker.html import parsing
    from feedmaker.model import LIMITS
    from feedmaker.model.errors import ExtractError

    limits = limits or LIMITS
    content = parsing.encoded(html)
    if reason := parsing.unfit(content, limits):
        raise ExtractError(url, reason)
    # In a function of its own: what it made of the page is gone before the garbage collector is
    # back and looks at it.
    with parsing.uncollected():
        return _picked(
            parsing.uncrowded(content, limits), url, rules, language, timezone, now, trace
        )


def _picked(
    content: bytes,
    url: str,
    rules: Rules,
    language: str | None,
    timezone: str,
    now: datetime | None,
    trace: Trace | None,
) -> Story:
    """The story of a page that can be parsed."""
    from selectolax.lexbor import LexborHTMLParser

    from feedmaker.article.about.metadata import read_metadata
    from feedmaker.article.body import story_blocks, story_html
    from feedmaker.html import blocks
    from feedmaker.model import Choice, Story
    from feedmaker.model.errors import ExtractError
    from feedmaker.text.urls import absolute

    tree = LexborHTMLParser(content)
    page = blocks.read(tree.body) if tree.body is not None else blocks.PageBlocks()
    about = read_metadata(
        tree,
        url,
        rules=rules,
        language=language,
        timezone=timezone,
        now=now,
        page=page,
        trace=trace,
    )
    found = story_blocks.choose(tree, page, about, rules, trace)
    story = Story(
        url=about.canonical or url,
        title=about.title,
        authors=about.authors,
        image=about.image,
        published=about.published,
        modified=about.modified,
        category=about.category,
        tags=about.tags,
        language=about.language or language,
    )
    if not found.blocks:
        if (
            about.article
            and about.title
            and (stated := story_html.stated(story, about.article_body, about.description))
        ):
            if trace is not None:
                trace.choices.append(
                    Choice(name="text", value=stated.text, source="JSON-LD articleBody")
                )
            return stated
        teaser = (
            story_html.teaser(story, about.description) if about.article and about.title else None
        )
        raise ExtractError(url, "the page holds no story", teaser=teaser)
    base = tree.css_first("base[href]")
    address = absolute((base.attributes.get("href") or "") if base else "", url) or url
    return story_html.render(story, found, address, about.description)
