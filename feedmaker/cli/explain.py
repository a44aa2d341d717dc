"""`feedmaker explain`: why a page gave this story, or these links.

Show what feedmaker makes of PAGE, a URL or a saved file. Of an article: which rule gave title,
authors, date, picture and section, which candidates lost, and for each block why it was kept or
dropped. With --links, of a listing: which links are stories', which not, and why. As text, as JSON,
or as the page itself in colours. The rules of a configured site are used for its pages. --record
writes a golden case, for you to review by hand.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedmaker.cli.options import add_config
from feedmaker.model.errors import ConfigError, ExtractError, FeedmakerError, FetchError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from feedmaker.model import Page, Settings, Site, Story, Trace


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("page", metavar="PAGE", help="URL or file")
    parser.add_argument("--url", default="", help="the address of a page given as a file")
    parser.add_argument(
        "--links", action="store_true", help="take the page as a listing and show its story links"
    )
    parser.add_argument("--json", action="store_true", help="the same for programs")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write the page, kept in green, dropped in grey"
    )
    parser.add_argument(
        "--record", type=Path, metavar="FOLDER", help="write a golden case, as tests/golden/NAME"
    )
    add_config(parser)


def run(options: Namespace) -> int:
    """Load the page, run one stage on it, and say why."""
    settings, sites = _configuration(options.config)
    path = Path(options.page)
    page = _read(path, options.url) if path.is_file() else _fetched(options.page, settings, sites)
    if options.links and not page.url:
        raise FeedmakerError(
            "--links of a file: say with --url which address it is of, since links are relative to it"
        )
    made = (_links if options.links else _story)(page, _site_of(page.url, sites))
    if options.json:
        print(json.dumps(made.data, ensure_ascii=False, indent=2))
    elif not (options.html or options.record):
        print("\n".join(made.lines))
    if options.html:
        from feedmaker.output import explained

        written = (explained.explained_listing if options.links else explained.explained_story)(
            page.text, page.url, made.trace, made.told
        )
        options.html.write_bytes(written)
        print(f"{made.told}\nWrote {options.html}; open it in a browser.")
    if options.record:
        _record(options.record, page, made)
    return 0


@dataclass(frozen=True)
class _Made:
    """What was made of a page: in one line, in full, for programs, and as a golden case."""

    trace: Trace
    told: str
    lines: list[str]
    data: dict[str, Any]
    case: dict[str, Any]


def _configuration(config: Path) -> tuple[Settings, tuple[Site, ...]]:
    """The configuration where there is one: a page can be explained without."""
    from feedmaker import config as configuration
    from feedmaker.model import Settings

    return configuration.load(config) if config.is_dir() else (Settings(), ())


def _site_of(url: str, sites: tuple[Site, ...]) -> Site:
    from feedmaker.model import Site
    from feedmaker.text import urls

    return next(
        (s for s in sites if urls.same_site(s.home, url)),
        Site(slug="", name="", home=url, sections=()),
    )


def _read(path: Path, url: str) -> Page:
    from datetime import UTC, datetime

    from feedmaker.model import Page
    from feedmaker.text import charset

    content = path.read_bytes()
    return Page(url=url, content=content, utf8=charset.utf8(content), fetched_at=datetime.now(UTC))


def _fetched(url: str, settings: Settings, sites: tuple[Site, ...]) -> Page:
    import asyncio

    return asyncio.run(_fetch(url, settings, sites))


async def _fetch(url: str, settings: Settings, sites: tuple[Site, ...]) -> Page:
    from feedmaker.fetch import Fetcher
    from feedmaker.model import Page
    from feedmaker.text import urls

    address = urls.canonical(url)
    if address is None:
        raise ConfigError(
            [f"{url}: neither a file nor a URL; expected one such as https://example.org/news/1"]
        )
    async with Fetcher(settings, {}) as fetcher:
        page = await fetcher.get(address, _site_of(address, sites).fetch_limits)
    if not isinstance(page, Page):
        raise FetchError(address, "answered 304 to an unconditional request")
    return page


def _links(page: Page, site: Site) -> _Made:
    from feedmaker import listing
    from feedmaker.model import Section, Trace
    from feedmaker.model.errors import ListingError

    trace = Trace()
    section = Section(slug="explain", title="explain", urls=(page.url,))
    try:
        found = listing.section_links(
            page, section, site.rules, trace=trace, limits=site.fetch.limits
        ).links
        told = f"{len(found)} story links on {page.url}"
    except ListingError as error:
        found, told = (), str(error)
    lines = [
        f"{'+' if block.kept else '-'} {block.score:6.2f}  {block.text}\n{'':10}{block.reason}"
        for block in trace.blocks
    ]
    if not trace.blocks:  # a sitemap or a feed
        lines = [
            f"{number:3}  {link.title or '(no title)'}\n     {link.url}"
            for number, link in enumerate(found, 1)
        ]
    links = [
        {"url": link.url, "title": link.title, "published": _iso(link.published)} for link in found
    ]
    data = {
        "url": page.url,
        "told": told,
        "links": links,
        "candidates": [asdict(block) for block in trace.blocks],
    }
    return _Made(
        trace, told, [*lines, told], data, {"url": page.url, "links": [link.url for link in found]}
    )


def _story(page: Page, site: Site) -> _Made:
    from feedmaker.article import page_story
    from feedmaker.model import Trace

    trace, story, problem = Trace(), None, None
    language = site.language if site.slug else None
    try:
        story = page_story(
            page.utf8, page.url, rules=site.rules, language=language, timezone=site.timezone, now=page.fetched_at,
            trace=trace, limits=site.fetch.limits,
        )  # fmt: skip
    except ExtractError as error:
        problem, story = error, error.teaser
    told = (
        f"The story has {len(story.text.split())} words."
        if story and not problem
        else f"No story: {problem and problem.reason}."
    )
    if problem and story:
        told += " Its teaser is shown instead."
    data = {
        "url": page.url, "told": told, "choices": [asdict(one) for one in trace.choices],
        "blocks": [asdict(block) for block in trace.blocks],
        "story": story and {name: _iso(v) if isinstance(v, datetime) else v for name, v in asdict(story).items()},
    }  # fmt: skip
    case: dict[str, Any] = {"url": page.url, "title": story.title if story else ""}
    if problem:
        case |= {"error": problem.reason, "teaser": story.text if story else None}
    elif story:
        case |= {"text": story.text.split("\n\n"), "html": [], "not_html": [], "image": story.image}
    rules = {name: list(selectors) for name, selectors in asdict(site.rules).items() if selectors}
    if rules:
        case["rules"] = rules
    return _Made(trace, told, _story_lines(trace, story, told), data, case)


def _story_lines(trace: Trace, story: Story | None, told: str) -> list[str]:
    lines = []
    for choice in trace.choices:
        lines += [f"{choice.name:10} {choice.value}", f"{'':10} from {choice.source}"]
        lines += [f"{'':10} not {value[:90]!r}, from {source}" for source, value in choice.losers]
    lines.append("")
    for block in trace.blocks:
        features = " ".join(f"{name}={value:.3g}" for name, value in block.features.items())
        lines.append(
            f"{'+' if block.kept else '-'} {block.score:7.2f}  {block.reason}  {block.path}  {features}"
        )
        lines.append(f"{'':11}{block.text[:100]}")
    return [*lines, "", told, *(["", story.text] if story and story.text else [])]


def _record(folder: Path, page: Page, made: _Made) -> None:
    """Write a golden case, which fails until a person has looked at it."""
    if folder.exists() and any(folder.iterdir()):
        raise FeedmakerError(
            f"{folder}: is there already and is left as it is; name another folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(page.utf8)
    case = {"reviewed": False, **made.case}
    (folder / "expected.json").write_text(
        json.dumps(case, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    print(
        f"Wrote {folder}: put right in expected.json what is not as a person would have it, then take out `reviewed`."
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
