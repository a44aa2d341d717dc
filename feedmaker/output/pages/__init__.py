"""The pages beside the feeds: index, a page for each section, how all fare, and a list of feeds for
readers (OPML).

For people without a reader. Arabic and right-to-left, from the Jinja templates in this folder; each
headline and name stands in its own language and direction. Nothing is loaded from elsewhere, which
the pages themselves forbid (CSP), and no script is needed to read them. What is written depends on
the store alone: no page knows the time of day. Compiled templates are kept where Python keeps its
compiled modules.
"""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedmaker.model import BROKEN, MEDIA_TYPES, Event, Figures, HealedRule, Rhythm, State
from feedmaker.output.pages import arabic_words, plots
from feedmaker.policy import schedule
from feedmaker.text import arabic, urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from jinja2.bccache import Bucket

    from feedmaker.model import Feed, Section, Site, Story

_FORMAT_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
# Pictures are elsewhere; and a story's headings stand below its title.
_PICTURE = re.compile(r"<img\b[^>]*>")
_HEADING = re.compile(r"(</?h)([234])\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section as the pages show it.

    Its stories or the newest of them, when the newest change was and how many it holds; for the
    status page also how it fares: its state, the last events, the figures of its newest stories,
    how many there were on each day, and what is used in place of its rules.
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
    def broken(self) -> bool:
        """Whether it failed when it was last run."""
        return self.state.status in BROKEN

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


def index(views: Sequence[SectionView]) -> bytes:
    """`index.html`: sections by site in the order given, each with its feeds, headlines and dates.

    All it links to in `out` is relative, so that it works from a disk and under any base URL. A
    section without a story is shown without its feeds.
    """
    return _render("index.html.j2", sites=_by_site(views), root="")


def section(view: SectionView) -> bytes:
    """The page of one section: its stories, each with its summary and its whole text, without the
    pictures.
    """
    return _render("section.html.j2", view=view, site=view.site, root="../")


def status(views: Sequence[SectionView]) -> bytes:
    """`status.html`: how each section fares: stories a day, what they have, and what broke and
    when.

    The plots end with the day of the newest story of all sections: so a section that is silent is
    seen to be, and the page does not change with the clock.
    """
    last = max((day for view in views for day in view.days), default=date(2000, 1, 1))
    broken = [view for view in views if view.broken]
    return _render("status.html.j2", sites=_by_site(views), broken=broken, last=last, root="")


def opml(sites: Sequence[Site], base_url: str = "") -> bytes:
    """`feeds.opml`: one feed of each section, grouped by site (OPML 2.0, opml.org/spec2.opml).

    Addresses are absolute under `base_url`, else relative to the file.
    """
    return _render(
        "feeds.opml.j2", sites=sites, base=f"{base_url.rstrip('/')}/" if base_url else ""
    )


def feed_css() -> bytes:
    """`feed.css`: how a browser shows a feed file that is opened in it."""
    return _asset("feed.css").encode()


def _by_site(views: Sequence[SectionView]) -> list[list[SectionView]]:
    sites: dict[str, list[SectionView]] = {}
    for view in views:
        sites.setdefault(view.site.slug, []).append(view)
    return list(sites.values())


def _render(template: str, **values: Any) -> bytes:
    text: str = _templates().get_template(template).render(values)
    return text.encode()


@cache
def _asset(name: str) -> str:
    return (files(__name__) / name).read_text("utf-8")


def _inline(name: str) -> tuple[str, str]:
    """A style sheet or script to stand in a page, and its source expression (CSP Level 3,
    "hash-source").
    """
    text = _asset(name)
    return text, f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _templates() -> Any:
    """The Jinja environment; everything is escaped in it, for HTML and XML alike."""
    from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
    from markupsafe import Markup

    class Compiled(FileSystemBytecodeCache):
        """Compiled templates, beside Python's compiled modules; where none can be written each
        process makes its own.

        A tenth of a run that has news goes into compiling them otherwise.
        """

        def load_bytecode(self, bucket: Bucket) -> None:
            with suppress(Exception):  # whatever is wrong with it, it is made anew
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    beside, tag = Path(cache_from_source(__file__)).parent, sys.implementation.cache_tag
    environment = Environment(
        loader=PackageLoader("feedmaker.output", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=None
        if sys.dont_write_bytecode
        else Compiled(str(beside), f"%s.{tag}.jinja"),
    )
    style, style_hash = _inline("page.css")
    script, script_hash = _inline("copy.js")
    environment.globals.update(
        format_names=_FORMAT_NAMES, media_types=MEDIA_TYPES, language=_language, plots=plots, broken_statuses=BROKEN,
        style=Markup(style), style_hash=style_hash, script=Markup(script), script_hash=script_hash,  # noqa: S704 - ours
    )  # fmt: skip
    environment.filters.update(
        tidy=arabic_words.line, date=arabic_words.date_and_time, day=arabic_words.day, stories=arabic_words.stories,
        stopped=arabic_words.stopped, span=arabic_words.span,
        direction=arabic.direction, address=_address, utc=_utc,
        reading=lambda html: Markup(_HEADING.sub(_lower, _PICTURE.sub("", html))),  # noqa: S704 - sanitized by `extract`
    )  # fmt: skip
    return environment


def _lower(heading: re.Match[str]) -> str:
    return f"{heading[1]}{int(heading[2]) + 1}"


def _address(url: str) -> str:
    """A configured URL as links take it."""
    return urls.canonical(url) or url


def _utc(instant: datetime) -> str:
    """An instant for machines."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def _language(view: SectionView, story: Story | None = None) -> str:
    """The language of a story, or of the section where the story does not tell."""
    return (story.language if story else None) or view.language
