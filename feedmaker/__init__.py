"""feedmaker turns a news site into feeds that people's readers show right.

The tour: `config` reads which sites and sections there are. For each section `fetch` gets the
listing, `listing` finds its story links, `fetch` gets each due article, `article` picks the story
out of the page and `store` remembers it; then `output` renders what the store holds into `out/`.
Only `pipeline` knows this order: open `pipeline/run.py` first.

Six functions are public and kept stable. Four of them do no I/O and read no clock:

    extract(html, url="", *, rules=None, language=None, timezone="UTC", now=None) -> Story
    find_links(html, url, *, rules=None, known=(), language=None, timezone="UTC", now=None)
        -> list[Link]
    find_sections(html, url) -> list[SectionCandidate]
    parse_date(text, *, timezone="UTC", now) -> datetime | None

Two do the whole work for one page, and `feed_async` does it beside other work of an event loop:

    feed(url, *, format="atom", items=20, language="", timezone="") -> bytes

What they take and give (`Rules`, `Link`, `Story`) and raise is public too. docs/python.md has
examples.
"""

from feedmaker._version import __version__

# Type checkers take it for true. To import it from typing is a tenth of the time of `--help`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from feedmaker.article import extract as extract
    from feedmaker.listing import find_links as find_links
    from feedmaker.model import Link as Link
    from feedmaker.model import Rules as Rules
    from feedmaker.model import Story as Story
    from feedmaker.model.errors import ConfigError as ConfigError
    from feedmaker.model.errors import ExtractError as ExtractError
    from feedmaker.model.errors import FeedmakerError as FeedmakerError
    from feedmaker.model.errors import FetchError as FetchError
    from feedmaker.model.errors import ListingError as ListingError
    from feedmaker.setup import find_sections as find_sections
    from feedmaker.setup.one_feed import feed as feed
    from feedmaker.setup.one_feed import feed_async as feed_async
    from feedmaker.text.dates import parse_date as parse_date

__all__ = [
    "ConfigError",
    "ExtractError",
    "FeedmakerError",
    "FetchError",
    "Link",
    "ListingError",
    "Rules",
    "Story",
    "__version__",
    "extract",
    "feed",
    "feed_async",
    "find_links",
    "find_sections",
    "parse_date",
]

_HOMES = {
    "ConfigError": "feedmaker.model.errors",
    "ExtractError": "feedmaker.model.errors",
    "FeedmakerError": "feedmaker.model.errors",
    "FetchError": "feedmaker.model.errors",
    "Link": "feedmaker.model",
    "ListingError": "feedmaker.model.errors",
    "Rules": "feedmaker.model",
    "Story": "feedmaker.model",
    "extract": "feedmaker.article",
    "feed": "feedmaker.setup.one_feed",
    "feed_async": "feedmaker.setup.one_feed",
    "find_links": "feedmaker.listing",
    "find_sections": "feedmaker.setup",
    "parse_date": "feedmaker.text.dates",
}


def __getattr__(name: str) -> object:
    """Import a public function when it is first asked for (PEP 562): `--help` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found  # the next look finds it there
    return found


def __dir__() -> list[str]:
    """The public names."""
    return __all__
