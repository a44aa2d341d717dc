"""`feedmaker explain`: why a page gave this story, or these links.

Show what feedmaker makes of PAGE, a URL or a saved file. Of an article: which rule gave title,
authors, date, picture and section, which candidates lost, and for each block why it was kept or
dropped. With --links: the story links found. The rules of a configured site are used for its pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.commands.options import add_config
from feedmaker.errors import ConfigError, ExtractError, FeedmakerError, FetchError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from feedmaker.model import Page, Settings, Site, Story, Trace


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("page", metavar="PAGE", help="URL or file")
    parser.add_argument("--url", default="", help="the address of a page given as a file")
    parser.add_argument("--links", action="store_true", help="take the page as a listing and show its story links")
    add_config(parser)


def run(options: Namespace) -> int:
    """Load the page, run one stage on it, and print why."""
    settings, sites = _configuration(options.config)
    path = Path(options.page)
    page = _read(path, options.url) if path.is_file() else _fetched(options.page, settings, sites)
    (_explain_links if options.links else _explain_story)(page, _site_of(page.url, sites))
    return 0


def _configuration(config: Path) -> tuple[Settings, tuple[Site, ...]]:
    """The configuration where there is one: a page can be explained without."""
    from feedmaker import config as configuration
    from feedmaker.model import Settings

    return configuration.load(config) if config.is_dir() else (Settings(), ())


def _site_of(url: str, sites: tuple[Site, ...]) -> Site:
    from feedmaker import urls
    from feedmaker.model import Site

    return next((s for s in sites if urls.same_site(s.home, url)), Site(slug="", name="", home=url, sections=()))


def _read(path: Path, url: str) -> Page:
    from datetime import UTC, datetime

    from feedmaker import charset
    from feedmaker.model import Page

    content = path.read_bytes()
    text, _ = charset.decode(content)
    return Page(url=url, content=content, text=text, fetched_at=datetime.now(UTC))


def _fetched(url: str, settings: Settings, sites: tuple[Site, ...]) -> Page:
    import asyncio

    return asyncio.run(_fetch(url, settings, sites))


async def _fetch(url: str, settings: Settings, sites: tuple[Site, ...]) -> Page:
    from feedmaker import urls
    from feedmaker.fetch import Fetcher
    from feedmaker.model import Page

    address = urls.canonical(url)
    if address is None:
        raise ConfigError([f"{url}: neither a file nor a URL; expected one such as https://example.org/news/1"])
    async with Fetcher(settings, {}) as fetcher:
        page = await fetcher.get(address, _site_of(address, sites))
    if not isinstance(page, Page):
        raise FetchError(address, "answered 304 to an unconditional request")
    return page


def _explain_links(page: Page, site: Site) -> None:
    from feedmaker import listing
    from feedmaker.model import Section

    if not page.url:
        raise FeedmakerError("--links of a file: say with --url which address it is of, since links are relative to it")
    section = Section(slug="explain", title="explain", urls=(page.url,))
    found = listing.section_links(page, section, site.rules)
    for number, link in enumerate(found, 1):
        print(f"{number:3}  {link.title or '(no title)'}\n     {link.url}")
    print(f"{len(found)} story links on {page.url}")


def _explain_story(page: Page, site: Site) -> None:
    from feedmaker.extract import page_story
    from feedmaker.model import Trace

    trace = Trace()
    try:
        story = page_story(
            page.text,
            page.url,
            rules=site.rules,
            language=site.language if site.slug else None,
            timezone=site.timezone,
            now=page.fetched_at,
            trace=trace,
        )
    except ExtractError as error:
        _print_blocks(trace)
        print(f"No story: {error.reason}" + ("; its teaser would be shown" if error.teaser else ""))
        return
    _print_story(story, trace)


def _print_story(story: Story, trace: Trace) -> None:
    for choice in trace.choices:
        print(f"{choice.name:10} {choice.value}\n{'':10} from {choice.source}")
        for value, source in choice.losers:
            print(f"{'':10} not {value[:90]!r}, from {source}")
    print()
    _print_blocks(trace)
    print(f"\nThe story, {len(story.text.split())} words:\n\n{story.text}")


def _print_blocks(trace: Trace) -> None:
    for block in trace.blocks:
        features = " ".join(f"{name}={value:.3g}" for name, value in block.features.items())
        print(f"{'+' if block.kept else '-'} {block.score:7.2f}  {block.reason}  {block.path}  {features}")
        print(f"{'':11}{block.text[:100]}")
