"""The pages beside the feeds: index, status, a page for each section, and a list of feeds (OPML).

For people without a reader. Arabic and right-to-left, from the Jinja templates in this folder; each
headline and name stands in its own language and direction. Nothing is loaded from elsewhere, which
the pages themselves forbid (CSP), and no script is needed to read them. What is written depends on
the store alone: no page knows the time of day.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feedmaker.model import BROKEN, MEDIA_TYPES, Event, Figures, HealedRule, Rhythm, State
from feedmaker.output.pages import filters
from feedmaker.policy import schedule
from feedmaker.text import arabic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedmaker.model import Feed, Section, Site, Story

__all__ = ["PLOT_DAYS", "SectionView", "feed_css", "overview_page", "section_page", "section_view"]

PLOT_DAYS = filters.PLOT_DAYS
_FORMAT_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
_NO_STORY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section as the pages show it: `stories` are all or its newest ones, of `count` in its feed.

    The status page also shows how it fares: its state, the last events, the figures of its newest
    stories, how many there were on each day, and what is used in place of its rules.
    """

    site: Site
    section: Section
    stories: tuple[Story, ...] = ()
    updated: datetime | None = None
    count: int = 0
    rhythm: Rhythm | None = None
    state: State = field(default_factory=State)
    events: tuple[Event, ...] = ()
    figures: Figures = field(default_factory=Figures)
    days: dict[date, int] = field(default_factory=dict, hash=False)
    heals: tuple[HealedRule, ...] = ()

    @property
    def language(self) -> str:
        """The section's language, else the site's."""
        return self.section.language or self.site.language


def section_view(feed: Feed) -> SectionView:
    """Return what the pages show of a feed."""
    times = [story.published for story in feed.stories if story.published]
    return SectionView(
        site=feed.site,
        section=feed.section,
        stories=feed.stories,
        updated=feed.updated,
        count=len(feed.stories),
        rhythm=schedule.rhythm(times, max(times)) if times else None,
    )


def section_page(view: SectionView) -> bytes:
    """Return the page of one section: its stories with their whole texts, without pictures."""
    page: str = _templates().get_template("section.html.j2").render(view=view, root="../")
    return page.encode()


def overview_page(name: str, views: Sequence[SectionView], base_url: str = "") -> bytes:
    """Return "index.html", "status.html" or "feeds.opml" of all sections, by site, in their order.

    All links to files in `out` are relative, so that a page works from a disk and under any base
    URL; only the addresses in the OPML are absolute where there is one (opml.org/spec2.opml). The
    plots of the status page end with the day of the newest story of all sections. So a section that
    is silent is seen to be, and the page does not change with the clock.
    """
    days = [day for view in views for day in view.days]
    page: str = (
        _templates()
        .get_template(f"{name}.j2")
        .render(
            sites=[list(group) for _, group in groupby(views, key=lambda view: view.site.slug)],
            broken=[view for view in views if not view.state.good],
            last=max(days, default=_NO_STORY),
            root="",
            base=f"{base_url.rstrip('/')}/" if base_url else "",
        )
    )
    return page.encode()


def feed_css() -> bytes:
    """Return `feed.css`: how a browser shows a feed file that is opened in it."""
    return (files(__name__) / "feed.css").read_bytes()


@cache
def _templates() -> Environment:
    """The Jinja environment; it escapes everything, for HTML and XML alike."""
    environment = Environment(
        loader=PackageLoader("feedmaker.output", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        format_names=_FORMAT_NAMES,
        media_types=MEDIA_TYPES,
        broken_statuses=BROKEN,
        plot_width=filters.PLOT_WIDTH,
        plot_height=filters.PLOT_HEIGHT,
        style=_inline("page.css"),
        script=_inline("copy.js"),
    )
    environment.filters.update(
        address=filters.address,
        date=filters.date_and_time,
        day=filters.day,
        day_bars=filters.day_bars,
        direction=arabic.direction,
        reading=filters.reading,
        shares=filters.shares,
        span=filters.span,
        stopped=filters.stopped,
        stories=filters.stories,
        tidy=filters.tidy,
        utc=filters.utc_time,
    )
    return environment


def _inline(name: str) -> dict[str, Any]:
    """A style sheet or script to stand in a page, with its source expression.

    The page allows what has this hash and nothing else (CSP Level 3, "hash-source").
    """
    data = (files(__name__) / name).read_bytes()
    digest = b64encode(sha256(data).digest()).decode()
    return {
        "text": Markup(data.decode()),  # noqa: S704 - ours
        "hash": Markup(f"'sha256-{digest}'"),  # noqa: S704 - ours
    }
