"""`feedmaker explain`: why a page gave this story, or these links.

Show what feedmaker makes of PAGE, a URL or a saved file. Of an article: which rule gave title,
authors, date, picture and section, which candidates lost, and for each block its first words and
why it was kept or dropped. With --links, of a listing: which links are stories', which not, and
why. As text, as JSON, or as the page itself in colours. The rules of a configured site are used for
its pages. --record writes a golden case, for you to review by hand.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feedmaker.cli import print_json, reason_line, tell, told, words
from feedmaker.config import load_usable
from feedmaker.fetch import Fetcher
from feedmaker.model import Page, Section, Settings, clean_line
from feedmaker.model.errors import ConfigError, FeedmakerError
from feedmaker.output import explained
from feedmaker.pipeline import PageProcess, page_work
from feedmaker.pipeline.further_pages import join_pages
from feedmaker.pipeline.preview import Preview, site_of
from feedmaker.text import charset, urls

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from feedmaker.model import Link, Site, Story
    from feedmaker.model.errors import ExtractError
    from feedmaker.model.trace import Trace, TracedBlock
    from feedmaker.pipeline.further_pages import JoinedStory


SHARED_OPTIONS = ("--config",)
_FIRST_WORDS: Final = 76  # characters of a block that are shown, so that it is known again


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("page", metavar="PAGE", help="URL or file")
    parser.add_argument("--url", default="", help="the address of a page given as a file")
    parser.add_argument(
        "--links", action="store_true", help="take the page as a listing and show its story links"
    )
    parser.add_argument(
        "--features", action="store_true", help="also the place and the measures of each block"
    )
    parser.add_argument("--json", action="store_true", help="the same for programs")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write the page, kept in green, dropped in grey"
    )
    parser.add_argument(
        "--record", type=Path, metavar="FOLDER", help="write a golden case, as tests/golden/NAME"
    )


@dataclass(frozen=True)
class _Explanation:
    """What was made of a page: in one line, in full, for programs, and as a golden case."""

    trace: Trace
    summary: str
    lines: list[str]
    data: dict[str, Any]
    case: dict[str, Any]


def run(options: Namespace) -> int:
    """Load the page, run one stage on it, and say why."""
    settings = Settings()
    sites: tuple[Site, ...] = ()
    if options.config.is_dir():  # a page can be explained without a configuration
        settings, sites, problems = load_usable(options.config)
        for problem in problems:
            print(f"feedmaker: {told(problem)}", file=sys.stderr)
    path = Path(options.page)
    saved = _read_file(path, options.url) if path.is_file() else None
    with closing(PageProcess()) as process:
        page, explanation = asyncio.run(_explain(options, saved, settings, sites, process))
    if options.json:
        print_json(explanation.data)
    elif not (options.html or options.record):
        print("\n".join(map(_clean, explanation.lines)))
    if options.html:
        draw = explained.explained_listing if options.links else explained.explained_story
        drawn = draw(
            page.text, page.url, explanation.trace, explanation.summary, language=words().language
        )
        options.html.write_bytes(drawn)
        wrote = tell("Wrote {path}; open it in a browser.", path=options.html)
        print(f"{explanation.summary}\n{wrote}")
    if options.record:
        _record(options.record, page, explanation)
    return 0


def _clean(line: str) -> str:
    """Return a line that any terminal can show, as far in as it was."""
    margin = len(line) - len(line.lstrip(" "))
    return f"{line[:margin]}{clean_line(line)}"


async def _explain(
    options: Namespace,
    saved: Page | None,
    settings: Settings,
    sites: Sequence[Site],
    process: PageProcess,
) -> tuple[Page, _Explanation]:
    async with Fetcher(settings, {}) as fetcher:
        if saved:
            page = saved
        else:
            address = _address(options.page)
            page = await Preview(fetcher, site_of(address, sites, settings)).page(address)
        if options.links and not page.url:
            lacks = (
                "--links of a file: say with --url which address it is of, since links are"
                " relative to it"
            )
            raise FeedmakerError(tell(lacks))
        preview = Preview(fetcher, site_of(page.url, sites, settings), process)
        if options.links:
            return page, await _explain_links(preview, page)
        joins = saved is None and not options.record  # a case is one page
        return page, await _explain_story(preview, page, options, joins=joins)


def _address(given: str) -> str:
    address = urls.canonical(given)
    if address is None:
        neither = (
            "{given}: neither a file nor a URL; expected one such as https://example.org/news/1"
        )
        raise ConfigError([tell(neither, given=given)])
    return address


def _read_file(path: Path, url: str) -> Page:
    content = path.read_bytes()
    return Page(url=url, content=content, utf8=charset.utf8(content), fetched_at=datetime.now(UTC))


async def _explain_links(preview: Preview, page: Page) -> _Explanation:
    section = Section(slug="explain", title="explain", urls=(page.url,))
    read = await preview.work(page.url, page_work.trace_listing, page, preview.site, section)
    trace, links = read.trace, read.listing.links
    summary = tell("{count} story links on {page}", count=len(links), page=page.url)
    if read.problem:
        summary = reason_line(read.problem.full_reason)
    elif read.sitemaps:
        index = "{page} is a sitemap index of {count} sitemaps"
        summary = tell(index, page=page.url, count=read.sitemaps)
    lines = []
    for block in trace.blocks:
        lines += _block_lines(block, block.text)
    if not trace.blocks:  # a sitemap or a feed
        lines = [
            f"{number:3}  {link.title or tell('(no title)')}\n     {link.url}"
            for number, link in enumerate(links, 1)
        ]
    data = {
        "url": page.url,
        "told": summary,
        "links": [_link_data(link) for link in links],
        "candidates": [asdict(block) for block in trace.blocks],
    }
    case = {"url": page.url, "links": [link.url for link in links]}
    return _Explanation(trace, summary, [*lines, summary], data, case)


def _block_lines(block: TracedBlock, words: str, *, with_features: bool = False) -> list[str]:
    """Say of a block or a link what became of it and why."""
    what = tell("kept" if block.kept else "dropped")
    lines = [f"{'+' if block.kept else '-'} {words}", f"    {what}: {block.reason}"]
    if with_features:
        features = " ".join(f"{name}={value:.3g}" for name, value in block.features.items())
        lines.append(f"    {block.score:.2f}  {block.path}  {features}")
    return lines


def _link_data(link: Link) -> dict[str, str | None]:
    published = link.published.isoformat() if link.published else None
    return {"url": link.url, "title": link.title, "published": published}


async def _explain_story(
    preview: Preview, page: Page, options: Namespace, *, joins: bool
) -> _Explanation:
    read = await preview.work(page.url, page_work.trace_article, page, preview.site)
    story, problem, trace = read.story, read.problem, read.trace
    joined = None
    if story and read.further and joins:
        joined = await join_pages(preview, story, page.url, read.further)
        story = joined.story
    further = joined.pages if joined else ()
    pages_problem = joined.problem if joined else None
    summary = _story_summary(story, problem)
    data = {
        "url": page.url,
        "told": summary,
        "choices": [asdict(choice) for choice in trace.choices],
        "blocks": [asdict(block) for block in trace.blocks],
        "pages": list(map(asdict, further)),
        "pages_problem": str(pages_problem or ""),
        "story": _story_data(story) if story else None,
    }
    case = _golden_case(page, preview.site, story, problem)
    lines = _story_lines(trace, story, summary, with_features=options.features)
    if joined:
        lines = [*_page_lines(joined), "", *lines]
    return _Explanation(trace, summary, lines, data, case)


def _page_lines(joined: JoinedStory) -> list[str]:
    """Say which further pages of a story were joined, and why not more."""
    lines = [
        tell("page {number}: {words} words, {url}", number=number, words=one.words, url=one.url)
        for number, one in enumerate(joined.pages, 2)
    ]
    return [*lines, reason_line(joined.problem)] if joined.problem else lines


def _story_summary(story: Story | None, problem: ExtractError | None) -> str:
    if problem is None:
        words = len(story.text.split()) if story else 0
        return tell("The story has {count} words.", count=words)
    teaser = f" {tell('Its teaser is shown instead.')}" if story else ""
    return f"{tell('No story: {reason}.', reason=reason_line(problem.reason))}{teaser}"


def _story_data(story: Story) -> dict[str, Any]:
    """Return a story as JSON takes it."""
    data = asdict(story)
    for name, value in data.items():
        if isinstance(value, datetime):
            data[name] = value.isoformat()
    return data


def _golden_case(
    page: Page, site: Site, story: Story | None, problem: ExtractError | None
) -> dict[str, Any]:
    case: dict[str, Any] = {"url": page.url, "title": story.title if story else ""}
    if problem:
        case |= {"error": str(problem.reason), "teaser": story.text if story else None}
    elif story:
        case |= {"text": story.text.split("\n\n"), "html": [], "not_html": [], "image": story.image}
    rules = {name: list(selectors) for name, selectors in asdict(site.rules).items() if selectors}
    return case | ({"rules": rules} if rules else {})


def _story_lines(
    trace: Trace, story: Story | None, summary: str, *, with_features: bool
) -> list[str]:
    lines = []
    for choice in trace.choices:
        of = tell("from {source}", source=choice.source)
        lines += [f"{choice.name:10} {choice.value}", f"{'':10} {of}"]
        for source, value in choice.losers:
            lost = tell("not {value}, from {source}", value=repr(value[:90]), source=source)
            lines.append(f"{'':10} {lost}")
    lines.append("")
    for block in trace.blocks:
        words = clean_line(block.text, _FIRST_WORDS)
        lines += _block_lines(block, words, with_features=with_features)
    lines += ["", summary]
    if story and story.text:
        lines += ["", story.text]
    return lines


def _record(folder: Path, page: Page, explanation: _Explanation) -> None:
    """Write a golden case, which fails until a person has looked at it."""
    if folder.exists() and any(folder.iterdir()):
        there = "{folder}: is there already and is left as it is; name another folder"
        raise FeedmakerError(tell(there, folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(page.utf8)
    case = {"reviewed": False, **explanation.case}
    text = json.dumps(case, ensure_ascii=False, indent=1) + "\n"
    (folder / "expected.json").write_text(text, "utf-8")
    wrote = (
        "Wrote {folder}: put right in expected.json what is not as a person would have it, then"
        " take out `reviewed`."
    )
    print(tell(wrote, folder=folder))
